//! 卷宗, the dossier: cover, index with page numbers, what is on record in words, and the papers themselves as attached files,
//! byte for byte, because a signed file stays valid only unaltered (人民调解法 27).

use jiff::Timestamp;

use super::super::DocumentError;
use super::super::layout;
use super::super::paper::{Attachment, Entry, Paper};
use super::super::words::Words;
use super::{Block, Draft};
use crate::i18n::Texts;

/// What the dossier says.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub number: String,
    pub organisation: String,
    /// What stands on the cover.
    pub cover: Vec<Entry>,
    pub sections: Vec<Section>,
    pub papers: Vec<Enclosed>,
    /// The same as data.
    pub data: Attachment,
    pub made_at: Timestamp,
}

/// A part with its heading; one that says nothing says so.
#[derive(Debug, Clone)]
pub struct Section {
    pub title: String,
    pub rows: Vec<Entry>,
    pub lines: Vec<String>,
}

/// A paper of the case as it lies in the store.
#[derive(Debug, Clone)]
pub struct Enclosed {
    pub title: String,
    /// SHA-256 of the file, in hexadecimal.
    pub hash: String,
    pub file: Attachment,
}

/// Puts a dossier into words: laid out once to learn its page numbers, and again with them.
///
/// # Errors
/// As [`super::super::write`].
pub fn dossier(content: &Dossier, texts: &Texts) -> Result<Paper, DocumentError> {
    let words = Words::of_papers(texts);
    let blank = paper(content, words, &[]);
    let pages = layout::lay_out(&blank)?.headings();
    let pages: Vec<usize> = pages.iter().map(|heading| heading.page + 1).collect();
    Ok(paper(content, words, &pages))
}

fn paper(content: &Dossier, words: Words<'_>, pages: &[usize]) -> Paper {
    let mut draft = Draft::new(words);
    draft.blocks.push(Block::Table(content.cover.clone()));
    draft.section("documents-dossier-index");
    draft
        .blocks
        .push(Block::Table(index(content, words, pages)));
    for section in &content.sections {
        let heading = words.titled(draft.sections, &section.title);
        draft.sections += 1;
        draft.blocks.push(Block::Heading(heading));
        if section.rows.is_empty() && section.lines.is_empty() {
            draft.paragraph(words.plain("documents-dossier-nothing"));
        }
        if !section.rows.is_empty() {
            draft.blocks.push(Block::Table(section.rows.clone()));
        }
        if !section.lines.is_empty() {
            draft.numbered(section.lines.iter().map(String::as_str));
        }
    }
    let files = content.papers.iter().map(|paper| paper.file.clone());
    Paper {
        title: words.plain("documents-dossier-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        blocks: draft.blocks,
        check: None,
        attachments: files.chain([content.data.clone()]).collect(),
        bookmarks: true,
        made_at: content.made_at,
    }
}

/// Sections by page, papers by attached file and hash.
fn index(content: &Dossier, words: Words<'_>, pages: &[usize]) -> Vec<Entry> {
    let at = |index: usize| pages.get(index).copied().unwrap_or(1).to_string();
    let sections = content.sections.iter().enumerate();
    let sections = sections.map(|(index, section)| Entry {
        // The first heading is that of the index.
        label: words.say("documents-dossier-page", &[("page", &at(index + 1))]),
        value: section.title.clone(),
    });
    let papers = content.papers.iter().enumerate();
    let papers = papers.map(|(index, paper)| Entry {
        label: words.say(
            "documents-dossier-file",
            &[("number", &(index + 1).to_string())],
        ),
        value: words.say(
            "documents-dossier-enclosed",
            &[
                ("title", &paper.title),
                ("file", &paper.file.name),
                ("hash", &paper.hash),
            ],
        ),
    });
    sections.chain(papers).collect()
}
