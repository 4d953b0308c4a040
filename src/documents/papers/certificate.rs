//! 调解终止证明, the certificate of non-settlement: no offers, no blame, nothing said in confidence (人民调解法 26).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::paper::{Entry, Paper};
use super::super::words::Words;
use super::{Block, Draft, Party, Signatory, hand, seal};
use crate::i18n::Texts;

/// What a certificate says. There is no place in it for an offer or for what was said alone with the mediator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub number: String,
    pub organisation: String,
    pub cause: String,
    pub parties: Vec<Party>,
    pub mediators: Vec<Signatory>,
    pub course: Course,
    pub ended: Date,
    pub ending: Ending,
    /// Facts that all parties agreed to have written down.
    pub undisputed: Vec<String>,
    /// The ways that stay open, in the order of the paper.
    pub remedies: Vec<Remedy>,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// How far it had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// It was asked for, and never taken in.
    Requested,
    /// Taken in; nobody had begun to mediate.
    Accepted(Date),
    Mediated(Date),
}

/// Why mediation ended, in the words of 在线调解规则 25, which other organisations follow by house rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// They settled it themselves, or the application was withdrawn (2).
    Withdrawn,
    /// Somebody could not be reached (3).
    Unreachable,
    /// Somebody does not want to go on (4); the paper does not say who.
    Declined,
    /// The views are too far apart (5).
    FarApart,
    /// The term ran out without a common wish for more (6).
    TermOver,
    /// The agreement was not signed by all (7).
    NotSigned,
    /// It cannot go on for another reason (8).
    Impossible,
}

impl Ending {
    pub const ALL: [Self; 7] = [
        Self::Withdrawn,
        Self::Unreachable,
        Self::Declined,
        Self::FarApart,
        Self::TermOver,
        Self::NotSigned,
        Self::Impossible,
    ];

    /// The code on the paper.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Withdrawn => "E2",
            Self::Unreachable => "E3",
            Self::Declined => "E4",
            Self::FarApart => "E5",
            Self::TermOver => "E6",
            Self::NotSigned => "E7",
            Self::Impossible => "E8",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Withdrawn => "documents-ending-withdrawn",
            Self::Unreachable => "documents-ending-unreachable",
            Self::Declined => "documents-ending-declined",
            Self::FarApart => "documents-ending-far-apart",
            Self::TermOver => "documents-ending-term-over",
            Self::NotSigned => "documents-ending-not-signed",
            Self::Impossible => "documents-ending-impossible",
        }
    }
}

/// A way that stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// A suit in court.
    Court,
    /// Commercial arbitration, by agreement of all.
    Arbitration,
    /// Labour arbitration, usually before any suit.
    LabourArbitration,
    /// Arbitration over contracted rural land.
    LandArbitration,
    /// An administrative body decides or handles it.
    Administration,
    /// Mediation once more, if all want it.
    MediateAgain,
}

impl Remedy {
    const fn key(self) -> &'static str {
        match self {
            Self::Court => "documents-remedy-court",
            Self::Arbitration => "documents-remedy-arbitration",
            Self::LabourArbitration => "documents-remedy-labour",
            Self::LandArbitration => "documents-remedy-land",
            Self::Administration => "documents-remedy-administration",
            Self::MediateAgain => "documents-remedy-again",
        }
    }
}

/// Puts a certificate into words.
pub fn certificate(content: &Certificate, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    draft.parties(&content.parties);
    draft.section("documents-certificate-course");
    draft.paragraph(course(content, words));
    draft.blocks.push(Block::Table(ending(content, words)));
    draft.section("documents-certificate-undisputed");
    if content.undisputed.is_empty() {
        draft.paragraph(words.plain("documents-certificate-none"));
    } else {
        draft.numbered(content.undisputed.iter().map(String::as_str));
    }
    draft.section("documents-certificate-remedies");
    draft.paragraph(words.plain("documents-certificate-remedies-lead"));
    let remedies: Vec<String> = content
        .remedies
        .iter()
        .map(|remedy| words.plain(remedy.key()))
        .collect();
    draft.numbered(remedies.iter().map(String::as_str));
    draft.notice(
        "documents-certificate-notice-title",
        words.plain("documents-certificate-notice"),
    );
    let mediator = words.plain("documents-role-mediator");
    let date = words.date(content.ended);
    let mut slots: Vec<_> = content
        .mediators
        .iter()
        .filter(|one| one.signs())
        .map(|one| hand(words, &mediator, &one.name, &one.field))
        .collect();
    slots.push(seal(
        words,
        &content.organisation,
        &content.seal_field,
        &date,
    ));
    draft.signatures(slots);
    Paper {
        title: words.plain("documents-certificate-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}

fn course(content: &Certificate, words: Words<'_>) -> String {
    let (key, date) = match content.course {
        Course::Requested => ("documents-certificate-requested", None),
        Course::Accepted(date) => ("documents-certificate-accepted", Some(date)),
        Course::Mediated(date) => ("documents-certificate-mediated", Some(date)),
    };
    let date = date.map(|date| words.date(date)).unwrap_or_default();
    words.say(
        key,
        &[
            ("organisation", &content.organisation),
            ("date", &date),
            ("cause", &content.cause),
        ],
    )
}

fn ending(content: &Certificate, words: Words<'_>) -> Vec<Entry> {
    let entry = |key: &str, value: String| Entry {
        label: words.plain(key),
        value,
    };
    let ending = words.say(
        "documents-certificate-ending",
        &[
            ("code", content.ending.code()),
            ("text", &words.plain(content.ending.key())),
        ],
    );
    let names = words.list(content.mediators.iter().map(|one| one.name.as_str()));
    let led = entry("documents-certificate-mediators", names);
    let led = (!content.mediators.is_empty()).then_some(led);
    let rest = [
        entry("documents-certificate-ended", words.date(content.ended)),
        entry("documents-certificate-reason", ending),
    ];
    led.into_iter().chain(rest).collect()
}
