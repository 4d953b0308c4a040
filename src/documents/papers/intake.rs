//! 受理登记, the intake record: who asked for what, by which way, with whose consent (人民调解法 17, 27).

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::paper::{Entry, Paper};
use super::super::words::Words;
use super::{Block, Draft, Role, seal};
use crate::i18n::Texts;

/// What the record says. Names without addresses or phones: both sides read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    pub number: String,
    /// The case's own number.
    pub case: String,
    pub organisation: String,
    /// The regime in words.
    pub track: String,
    pub cause: String,
    pub parties: Vec<(Role, String)>,
    pub place: String,
    /// By which way it came, in words.
    pub source: String,
    /// How whoever asked agreed, in words.
    pub consent: String,
    /// What happened, in the words of whoever asked.
    pub summary: String,
    /// What is asked for, one a line.
    pub claims: Vec<String>,
    pub asked: Date,
    pub accepted: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// Puts an intake record into words.
pub fn intake(content: &Intake, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    draft.blocks.push(Block::Table(facts(content, words)));
    draft.told("documents-intake-summary", &content.summary);
    if !content.claims.is_empty() {
        draft.section("documents-intake-claims");
        draft.numbered(content.claims.iter().map(String::as_str));
    }
    draft.told("documents-intake-consent", &content.consent);
    draft.section("documents-intake-accepted");
    draft.paragraph(words.say(
        "documents-intake-accepted-text",
        &[
            ("organisation", &content.organisation),
            ("date", &words.date(content.accepted)),
            ("cause", &content.cause),
        ],
    ));
    draft.signatures(vec![seal(
        words,
        &content.organisation,
        &content.seal_field,
        &words.date(content.accepted),
    )]);
    Paper {
        title: words.plain("documents-intake-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}

fn facts(content: &Intake, words: Words<'_>) -> Vec<Entry> {
    let entry = |key: &str, value: &str| Entry {
        label: words.plain(key),
        value: value.to_owned(),
    };
    let people = content.parties.iter().map(|(role, name)| Entry {
        label: words.plain(role.key()),
        value: name.clone(),
    });
    [entry("documents-intake-case", &content.case)]
        .into_iter()
        .chain(people)
        .chain([
            entry("documents-intake-cause", &content.cause),
            entry("documents-intake-track", &content.track),
            entry("documents-intake-place", &content.place),
            entry("documents-intake-source", &content.source),
            entry("documents-intake-asked", &words.date(content.asked)),
        ])
        .filter(|entry| !entry.value.trim().is_empty())
        .collect()
}
