//! 卷宗, the dossier: cover, index with page numbers, what is on record in words, and the papers themselves as attached files,
//! byte for byte, because a signed file stays valid only unaltered (人民调解法 27).

use jiff::Timestamp;
use serde::Serialize;

use super::super::DocumentError;
use super::super::layout;
use super::super::paper::{Attachment, Entry, Paper};
use super::{Worded, in_words, samples};
use crate::i18n::{Locale, Texts};

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
pub fn dossier(content: &Dossier, words: (&Texts, Locale)) -> Result<Paper, DocumentError> {
    let blank = paper(content, words, &[])?;
    let pages = layout::lay_out(&blank)?.headings();
    let pages: Vec<usize> = pages.iter().map(|heading| heading.page + 1).collect();
    paper(content, words, &pages)
}

fn paper(
    content: &Dossier,
    (texts, locale): (&Texts, Locale),
    pages: &[usize],
) -> Result<Paper, DocumentError> {
    let files = content.papers.iter().map(|paper| paper.file.clone());
    let attachments = files.chain([content.data.clone()]).collect();
    Ok(Paper {
        attachments,
        beside: None,
        bookmarks: true,
        ..in_words(&Said::of(content, pages), texts, locale)?
    })
}

/// What the pages of the dossier say.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Said {
    number: String,
    organisation: String,
    cover: Vec<Row>,
    sections: Vec<SaidSection>,
    papers: Vec<Listed>,
    made_at: Timestamp,
}

#[derive(Debug, Clone, Serialize)]
struct Row {
    label: String,
    value: String,
}

#[derive(Debug, Clone, Serialize)]
struct SaidSection {
    title: String,
    page: usize,
    empty: bool,
    rows: Vec<Row>,
    lines: Vec<String>,
}

/// A paper in the index: the number and name of the attached file, and its hash.
#[derive(Debug, Clone, Serialize)]
struct Listed {
    number: usize,
    title: String,
    file: String,
    hash: String,
}

impl Said {
    fn of(content: &Dossier, pages: &[usize]) -> Self {
        let sections = content.sections.iter().enumerate();
        let sections = sections.map(|(index, section)| SaidSection {
            title: section.title.clone(),
            // The first heading is that of the index.
            page: pages.get(index + 1).copied().unwrap_or(1),
            empty: section.rows.is_empty() && section.lines.is_empty(),
            rows: rows(&section.rows),
            lines: section.lines.clone(),
        });
        let papers = (1..).zip(&content.papers).map(|(number, paper)| Listed {
            number,
            title: paper.title.clone(),
            file: paper.file.name.clone(),
            hash: paper.hash.clone(),
        });
        Self {
            number: content.number.clone(),
            organisation: content.organisation.clone(),
            cover: rows(&content.cover),
            sections: sections.collect(),
            papers: papers.collect(),
            made_at: content.made_at,
        }
    }
}

fn rows(entries: &[Entry]) -> Vec<Row> {
    let row = |entry: &Entry| Row {
        label: entry.label.clone(),
        value: entry.value.clone(),
    };
    entries.iter().map(row).collect()
}

impl Worded for Said {
    const KIND: &'static str = "dossier";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        vec![Self::of(&samples::dossier(), &[])]
    }
}
