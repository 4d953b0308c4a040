//! 民事裁定书, the ruling on a joint application: the agreement is valid, or the application is dismissed (民事诉讼法 206) or
//! not accepted (解释 355).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::paper::{Attachment, Nature, Paper, Slot, canonical_json};
use super::super::words::Words;
use super::{Draft, Party, Signatory, hand, seal};
use crate::i18n::Texts;

/// What a ruling says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    pub court: String,
    /// The case number of the court.
    pub number: String,
    pub applicants: Vec<Party>,
    pub organisation: String,
    pub agreement_number: String,
    /// The fingerprint of the file of the agreement, in the data only.
    pub agreement_hash: Option<String>,
    /// The day the agreement took effect.
    pub effective: Date,
    /// The day the court accepted the application, or got the one that it does not accept.
    pub accepted: Date,
    pub cause: String,
    /// The clauses of the agreement in one sentence each.
    pub terms: Vec<String>,
    pub outcome: Outcome,
    pub judge: Signatory,
    pub clerk: Signatory,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// How the court rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Valid,
    Dismissed {
        ground: Ground,
        /// The judge's reasons in full sentences.
        reasons: String,
    },
    /// 裁定不予受理 (解释 355).
    NotAccepted {
        /// The circumstance and the article, in words.
        ground: String,
        article: String,
        reasons: String,
    },
}

/// On what ground an application is dismissed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// Not for this procedure, found only after acceptance (解释 355).
    NotForConfirmation,
    /// Against mandatory law (解释 358, 1).
    AgainstLaw,
    /// Harms public or other people's interests (2).
    HarmsOthers,
    /// Against public order and good morals (3).
    AgainstMorals,
    /// Not voluntary (4).
    NotVoluntary,
    /// Unclear (5).
    Unclear,
    /// Cannot be confirmed for another reason (6).
    Other,
}

impl Ground {
    pub const ALL: [Self; 7] = [
        Self::NotForConfirmation,
        Self::AgainstLaw,
        Self::HarmsOthers,
        Self::AgainstMorals,
        Self::NotVoluntary,
        Self::Unclear,
        Self::Other,
    ];

    /// The circumstance in the words of the article.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotForConfirmation => "documents-ground-not-for-confirmation",
            Self::AgainstLaw => "documents-ground-against-law",
            Self::HarmsOthers => "documents-ground-harms-others",
            Self::AgainstMorals => "documents-ground-against-morals",
            Self::NotVoluntary => "documents-ground-not-voluntary",
            Self::Unclear => "documents-ground-unclear",
            Self::Other => "documents-ground-other",
        }
    }

    const fn article(self) -> &'static str {
        match self {
            Self::NotForConfirmation => "documents-ruling-article-355",
            _ => "documents-ruling-article-358",
        }
    }
}

/// Puts a ruling into words; its data goes along as canonical JSON and names the agreement's file.
pub fn ruling(content: &Ruling, texts: &Texts) -> Result<Paper, serde_json::Error> {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    draft.parties(&content.applicants);
    let names = words.list(content.applicants.iter().map(|one| one.name.as_str()));
    let fillers = [
        ("names", names.as_str()),
        ("organisation", &content.organisation),
        ("effective", &words.date(content.effective)),
        ("accepted", &words.date(content.accepted)),
        ("number", &content.agreement_number),
        ("cause", &content.cause),
    ];
    let refused = matches!(content.outcome, Outcome::NotAccepted { .. });
    if refused {
        draft.paragraph(words.say("documents-ruling-received", &fillers));
    } else {
        draft.paragraph(words.say("documents-ruling-accepted", &fillers));
        draft.paragraph(words.say("documents-ruling-agreed", &fillers));
        draft.numbered(content.terms.iter().map(String::as_str));
    }
    match &content.outcome {
        Outcome::Valid => valid(&mut draft, &fillers),
        Outcome::Dismissed { ground, reasons } => {
            dismissed(&mut draft, &fillers, *ground, reasons);
        }
        Outcome::NotAccepted {
            ground,
            article,
            reasons,
        } => not_accepted(&mut draft, &fillers, (ground, article), reasons),
    }
    if !content.clerk.signs() && !content.clerk.name.is_empty() {
        let role = words.plain("documents-role-clerk");
        let clerk = [("role", role.as_str()), ("name", &content.clerk.name)];
        draft.paragraph(words.say("documents-signs-as", &clerk));
    }
    draft.signatures(slots(content, words));
    Ok(Paper {
        title: words.plain("documents-ruling-title"),
        issuer: content.court.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: vec![Attachment {
            name: "ruling.json".to_owned(),
            description: words.plain("documents-ruling-data"),
            bytes: canonical_json(&serde_json::to_value(content)?),
            nature: Nature::Data,
        }],
        bookmarks: false,
        made_at: content.made_at,
    })
}

fn valid(draft: &mut Draft<'_>, fillers: &[(&str, &str)]) {
    let words = draft.words;
    draft.paragraph(words.plain("documents-ruling-fits"));
    draft.paragraph(words.plain("documents-ruling-basis"));
    draft.paragraph(words.say("documents-ruling-valid", fillers));
    draft.paragraph(words.plain("documents-ruling-perform"));
    draft.notice(
        "documents-ruling-objection-title",
        words.plain("documents-ruling-objection"),
    );
}

fn dismissed(draft: &mut Draft<'_>, fillers: &[(&str, &str)], ground: Ground, reasons: &str) {
    let words = draft.words;
    let circumstance = words.plain(ground.key());
    draft.paragraph(words.say(
        "documents-ruling-fails",
        &[("ground", &circumstance), ("reasons", reasons)],
    ));
    let article = words.plain(ground.article());
    draft.paragraph(words.say("documents-ruling-basis-dismissed", &[("article", &article)]));
    draft.paragraph(words.say("documents-ruling-dismissed", fillers));
    draft.notice(
        "documents-ruling-ways-title",
        words.plain("documents-ruling-ways"),
    );
}

fn not_accepted(
    draft: &mut Draft<'_>,
    fillers: &[(&str, &str)],
    (ground, article): (&str, &str),
    reasons: &str,
) {
    let words = draft.words;
    draft.paragraph(words.say(
        "documents-ruling-bars",
        &[("ground", ground), ("reasons", reasons)],
    ));
    draft.paragraph(words.say("documents-ruling-basis-refused", &[("article", article)]));
    draft.paragraph(words.say("documents-ruling-refused", fillers));
    draft.notice(
        "documents-ruling-ways-title",
        words.plain("documents-ruling-ways"),
    );
}

fn slots(content: &Ruling, words: Words<'_>) -> Vec<Slot> {
    let judge = words.plain("documents-role-judge");
    let clerk = words.plain("documents-role-clerk");
    let date = words.date(content.date);
    [(&judge, &content.judge), (&clerk, &content.clerk)]
        .into_iter()
        .filter(|(_, one)| one.signs())
        .map(|(role, one)| hand(words, role, &one.name, &one.field))
        .chain([seal(words, &content.court, &content.seal_field, &date)])
        .collect()
}
