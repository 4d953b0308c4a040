//! 调解邀请函: the invitation as a letter, for whom no message reached. It tells no more of the matter than a message does.

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::paper::{Check, Entry, Paper};
use super::super::words::Words;
use super::{Block, Draft};
use crate::i18n::Texts;

/// What the letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub number: String,
    pub organisation: String,
    /// To whom, and where it is posted to.
    pub name: String,
    pub address: String,
    /// Of whoever asked for the mediation.
    pub surname: String,
    pub cause: String,
    pub phone: String,
    pub office: String,
    /// By when an answer is asked for.
    pub answer_by: Option<Date>,
    pub made_at: Timestamp,
    pub dated: Date,
    /// Leads to the invitation; behind it a code is asked for.
    pub link: String,
}

/// Puts the letter into words.
pub fn letter(content: &Letter, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    let entry = |key: &str, value: &str| Entry {
        label: words.plain(key),
        value: value.to_owned(),
    };
    draft.blocks.push(Block::Table(vec![
        entry("documents-letter-to", &content.name),
        entry("documents-letter-address", &content.address),
    ]));
    let args = [
        ("organisation", content.organisation.as_str()),
        ("surname", content.surname.as_str()),
        ("cause", content.cause.as_str()),
    ];
    draft.paragraph(words.say("documents-letter-what", &args));
    draft.paragraph(words.plain("documents-letter-free"));
    draft.section("documents-letter-answers");
    let by = match content.answer_by {
        Some(day) => words.say("documents-letter-by", &[("day", &words.date(day))]),
        None => words.plain("documents-letter-soon"),
    };
    let call = words.say(
        "documents-letter-call",
        &[("phone", &content.phone), ("office", &content.office)],
    );
    let scan = words.plain("documents-letter-scan");
    let wrong = words.plain("documents-letter-wrong");
    draft.numbered([scan.as_str(), &call, &wrong, &by]);
    draft.notice(
        "documents-letter-genuine-title",
        words.say("documents-letter-genuine", &[("phone", &content.phone)]),
    );
    draft.blocks.push(Block::Flush(words.say(
        "documents-letter-signed",
        &[
            ("organisation", &content.organisation),
            ("day", &words.date(content.dated)),
        ],
    )));
    Paper {
        title: words.plain("documents-letter-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(Check {
            url: content.link.clone(),
            caption: words.plain("documents-letter-caption"),
        }),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}
