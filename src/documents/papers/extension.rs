//! 延长调解期限确认书: from which day to which the mediation goes on, why, and who agreed when (在线调解规则 24).

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::paper::{Entry, Paper};
use super::super::words::Words;
use super::{Block, Draft, Party, seal};
use crate::i18n::Texts;

/// What the paper says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    pub number: String,
    pub organisation: String,
    pub cause: String,
    pub parties: Vec<Party>,
    pub mediator: String,
    /// On what it rests, in words.
    pub basis: String,
    pub from: Date,
    pub until: Date,
    /// The last day where `until` is a holiday.
    pub rolled: Option<Date>,
    pub why: String,
    /// Who asked for it.
    pub asked: String,
    /// Name and moment of each assent, in words.
    pub assents: Vec<String>,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// Puts an extension into words.
pub fn extension(content: &Extension, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    draft.parties(&content.parties);
    draft.paragraph(words.say(
        "documents-extension-lead",
        &[
            ("organisation", &content.organisation),
            ("mediator", &content.mediator),
            ("cause", &content.cause),
            ("basis", &content.basis),
        ],
    ));
    draft.blocks.push(Block::Table(days(content, words)));
    draft.section("documents-extension-assents");
    draft.numbered(content.assents.iter().map(String::as_str));
    draft.notice(
        "documents-extension-notice-title",
        words.plain("documents-extension-notice"),
    );
    draft.signatures(vec![seal(
        words,
        &content.organisation,
        &content.seal_field,
        &words.date(content.date),
    )]);
    Paper {
        title: words.plain("documents-extension-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}

fn days(content: &Extension, words: Words<'_>) -> Vec<Entry> {
    let entry = |key: &str, value: String| Entry {
        label: words.plain(key),
        value,
    };
    let until = words.date(content.until);
    let until = match content.rolled {
        Some(day) => words.say(
            "documents-extension-rolled",
            &[("until", &until), ("day", &words.date(day))],
        ),
        None => until,
    };
    vec![
        entry("documents-extension-from", words.date(content.from)),
        entry("documents-extension-until", until),
        entry("documents-extension-why", content.why.clone()),
        entry("documents-extension-asked", content.asked.clone()),
    ]
}
