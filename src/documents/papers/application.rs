//! 司法确认申请书, the joint application for judicial confirmation (民事诉讼法 205, 解释 353 and 354).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::paper::{Entry, Paper};
use super::super::words::Words;
use super::{Block, Draft, Party};
use crate::i18n::Texts;

/// What a joint application says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    pub number: String,
    pub court: String,
    /// All parties of the agreement: one party can never file alone.
    pub applicants: Vec<Party>,
    pub organisation: String,
    pub agreement_number: String,
    /// The day the agreement took effect.
    pub effective: Date,
    pub cause: String,
    /// What is handed in (解释 354), one a line.
    pub attachments: Vec<String>,
    /// How each applicant wants to be served.
    pub service: Vec<ServiceChoice>,
    pub date: Date,
    pub made_at: Timestamp,
    pub verify_url: String,
}

/// How one applicant wants to be served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceChoice {
    pub name: String,
    /// The way and the address in words.
    pub choice: String,
}

/// Puts a joint application into words.
pub fn application(content: &Application, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    draft.parties(&content.applicants);
    let names = words.list(content.applicants.iter().map(|one| one.name.as_str()));
    let fillers = [
        ("names", names.as_str()),
        ("organisation", &content.organisation),
        ("date", &words.date(content.effective)),
        ("number", &content.agreement_number),
        ("cause", &content.cause),
    ];
    draft.section("documents-application-request");
    draft.paragraph(words.say("documents-application-request-text", &fillers));
    draft.section("documents-application-reasons");
    draft.paragraph(words.say("documents-application-reasons-text", &fillers));
    draft.section("documents-application-promise");
    let promises = [
        "documents-application-promise-free",
        "documents-application-promise-true",
        "documents-application-promise-lawful",
        "documents-application-promise-once",
    ]
    .map(|key| words.plain(key));
    draft.numbered(promises.iter().map(String::as_str));
    draft.section("documents-application-attachments");
    draft.numbered(content.attachments.iter().map(String::as_str));
    draft.section("documents-application-service");
    let service = content.service.iter().map(|one| Entry {
        label: one.name.clone(),
        value: one.choice.clone(),
    });
    draft.blocks.push(Block::Table(service.collect()));
    draft.paragraph(words.plain("documents-application-to"));
    draft.blocks.push(Block::Flush(content.court.clone()));
    let date = words.date(content.date);
    draft.paragraph(words.say("documents-application-date", &[("date", &date)]));
    let slots = content.applicants.iter().map(|party| party.slot(words));
    draft.signatures(slots.collect());
    Paper {
        title: words.plain("documents-application-title"),
        issuer: String::new(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}
