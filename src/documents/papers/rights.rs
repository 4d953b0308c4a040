//! 权利义务告知书, the rights notice: 人民调解法 23 and 24 in their own words, and what the regime adds.

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::paper::Paper;
use super::super::words::Words;
use super::{Draft, seal};
use crate::i18n::Texts;

/// What the notice says; each list is told one item a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    pub number: String,
    pub organisation: String,
    pub cause: String,
    /// The parties' names.
    pub to: Vec<String>,
    /// On what the lists rest, in words.
    pub basis: String,
    pub rights: Vec<String>,
    pub duties: Vec<String>,
    /// What else they have to know before they begin.
    pub notes: Vec<String>,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// Puts a rights notice into words.
pub fn rights(content: &Rights, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    let names = words.list(content.to.iter().map(String::as_str));
    draft.paragraph(words.say(
        "documents-rights-lead",
        &[
            ("names", &names),
            ("organisation", &content.organisation),
            ("cause", &content.cause),
            ("basis", &content.basis),
        ],
    ));
    for (key, list) in [
        ("documents-rights-rights", &content.rights),
        ("documents-rights-duties", &content.duties),
        ("documents-rights-notes", &content.notes),
    ] {
        draft.section(key);
        draft.numbered(list.iter().map(String::as_str));
    }
    draft.notice(
        "documents-rights-false-title",
        words.plain("documents-rights-false"),
    );
    draft.signatures(vec![seal(
        words,
        &content.organisation,
        &content.seal_field,
        &words.date(content.date),
    )]);
    Paper {
        title: words.plain("documents-rights-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}
