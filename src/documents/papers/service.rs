//! 送达地址确认书, the service-address form: where one party wants to be served, and which ways it agreed to (在线诉讼规则 29–31).

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::paper::{Entry, Paper};
use super::super::words::Words;
use super::{Block, Draft, Role, seal};
use crate::i18n::Texts;

/// What the form says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceForm {
    pub number: String,
    pub case: String,
    pub organisation: String,
    pub cause: String,
    pub role: Role,
    pub name: String,
    pub address: String,
    /// Somebody else who takes post.
    pub receiver: Option<String>,
    /// Each electronic way with its address, and whether the party agreed to it.
    pub channels: Vec<(String, bool)>,
    /// How the party confirmed, in words.
    pub confirmed: String,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// Puts a service-address form into words.
pub fn service_form(content: &ServiceForm, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    draft.blocks.push(Block::Table(facts(content, words)));
    draft.section("documents-service-channels");
    let ways = content.channels.iter().map(|(label, agreed)| Entry {
        label: words.plain(if *agreed {
            "documents-service-agreed"
        } else {
            "documents-service-not-agreed"
        }),
        value: label.clone(),
    });
    let post = Entry {
        label: words.plain("documents-service-post"),
        value: words.plain("documents-service-post-always"),
    };
    draft
        .blocks
        .push(Block::Table(ways.chain([post]).collect()));
    draft.section("documents-service-told");
    let told = [
        "documents-service-told-scope",
        "documents-service-told-effect",
        "documents-service-told-change",
        "documents-service-told-post",
    ]
    .map(|key| words.plain(key));
    draft.numbered(told.iter().map(String::as_str));
    draft.told("documents-service-confirmed", &content.confirmed);
    draft.signatures(vec![seal(
        words,
        &content.organisation,
        &content.seal_field,
        &words.date(content.date),
    )]);
    Paper {
        title: words.plain("documents-service-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}

fn facts(content: &ServiceForm, words: Words<'_>) -> Vec<Entry> {
    let entry = |key: &str, value: &str| Entry {
        label: words.plain(key),
        value: value.to_owned(),
    };
    let receiver = content.receiver.as_deref().unwrap_or(&content.name);
    vec![
        entry("documents-intake-case", &content.case),
        entry("documents-intake-cause", &content.cause),
        entry(content.role.key(), &content.name),
        entry("documents-service-address", &content.address),
        entry("documents-service-receiver", receiver),
    ]
}
