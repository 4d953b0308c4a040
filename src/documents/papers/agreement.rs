//! 调解协议书, the settlement agreement (人民调解法 29).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::paper::{Attachment, Block, Clause, Nature, Paper, canonical_json};
use super::super::words::Words;
use super::{Draft, Party, Signatory, hand, seal};
use crate::i18n::Texts;

/// What an agreement says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub number: String,
    /// The mediating organisation, whose seal stands at the end.
    pub organisation: String,
    pub regime: Regime,
    /// Whether this organisation's agreements can be confirmed by a court at all (民事诉讼法 205).
    pub confirmable: bool,
    /// The kind of dispute in words, such as 噪声纠纷.
    pub cause: String,
    pub parties: Vec<Party>,
    /// The mediator, and the co-mediators behind.
    pub mediators: Vec<Signatory>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpreters: Vec<Signatory>,
    pub facts: String,
    /// Facts that all parties agreed to have written down.
    pub undisputed: Vec<String>,
    pub disputed: String,
    /// Each side's responsibility.
    pub responsibility: String,
    pub obligations: Vec<Obligation>,
    /// The day of drafting, under the name of the organisation.
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    /// The public page of the paper.
    pub verify_url: String,
}

/// Under which law the organisation mediates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// A people's mediation committee: 人民调解法.
    Peoples,
    /// Any other organisation established by law.
    Other,
}

/// One clause: who does what by when, how it is shown, what follows if not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    pub who: String,
    pub does: String,
    pub sum: Option<Sum>,
    pub by: String,
    pub proof: String,
    pub on_default: String,
}

/// A sum of money in both ways of writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Such as `1,234.05`.
    pub figures: String,
    /// Such as 壹仟贰佰叁拾肆元零伍分.
    pub capital: String,
}

/// Puts an agreement into words; its data goes along as canonical JSON.
pub fn agreement(content: &Agreement, texts: &Texts) -> Result<Paper, serde_json::Error> {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    draft.section("documents-agreement-parties");
    draft.parties(&content.parties);
    draft.told("documents-agreement-facts", &content.facts);
    if !content.undisputed.is_empty() {
        draft.section("documents-agreement-undisputed");
        draft.numbered(content.undisputed.iter().map(String::as_str));
    }
    draft.told("documents-agreement-disputed", &content.disputed);
    draft.told(
        "documents-agreement-responsibility",
        &content.responsibility,
    );
    draft.section("documents-agreement-terms");
    let mediators = words.list(content.mediators.iter().map(|one| one.name.as_str()));
    draft.paragraph(words.say(
        "documents-agreement-lead",
        &[
            ("organisation", &content.organisation),
            ("mediators", &mediators),
            ("cause", &content.cause),
        ],
    ));
    draft.blocks.push(Block::Clauses(clauses(content, words)));
    draft.section("documents-agreement-effect");
    draft.paragraph(words.plain(match content.regime {
        Regime::Peoples => "documents-agreement-effect-peoples",
        Regime::Other => "documents-agreement-effect-other",
    }));
    draft.paragraph(words.plain("documents-agreement-electronic"));
    draft.notice(
        "documents-agreement-consequence-title",
        consequence(content, words),
    );
    draft.signatures(slots(content, words));
    Ok(Paper {
        title: words.plain("documents-agreement-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: vec![Attachment {
            name: "agreement.json".to_owned(),
            description: words.plain("documents-agreement-data"),
            bytes: canonical_json(&serde_json::to_value(content)?),
            nature: Nature::Data,
        }],
        bookmarks: false,
        made_at: content.made_at,
    })
}

fn clauses(content: &Agreement, words: Words<'_>) -> Vec<Clause> {
    (1..)
        .zip(&content.obligations)
        .map(|(number, obligation)| Clause {
            number: format!("{number}."),
            text: words.say(
                "documents-agreement-clause",
                &[("who", &obligation.who), ("does", bare(&obligation.does))],
            ),
            terms: terms(obligation, words),
        })
        .collect()
}

/// The terms of a clause, numbered; what was not agreed is left out.
fn terms(obligation: &Obligation, words: Words<'_>) -> Vec<Clause> {
    let mut texts = Vec::new();
    if let Some(sum) = &obligation.sum {
        texts.push(words.say(
            "documents-agreement-sum",
            &[("figures", &sum.figures), ("capital", &sum.capital)],
        ));
    }
    for (key, text) in [
        ("documents-agreement-by", &obligation.by),
        ("documents-agreement-proof", &obligation.proof),
        ("documents-agreement-default", &obligation.on_default),
    ] {
        if !text.trim().is_empty() {
            texts.push(words.say(key, &[("text", bare(text))]));
        }
    }
    (1..)
        .zip(texts)
        .map(|(number, text)| Clause {
            number: words.say(
                "documents-agreement-term",
                &[("number", &i32::to_string(&number))],
            ),
            text,
            terms: Vec::new(),
        })
        .collect()
}

/// A text without the full stop that its sentence brings along.
pub fn bare(text: &str) -> &str {
    text.trim_end_matches(['。', '；', '，', '.', ';', ' ', '\n'])
}

/// 人民调解法 31 to 33, and for other organisations 民事诉讼法 205 to 206.
fn consequence(content: &Agreement, words: Words<'_>) -> String {
    let mut lines = vec![words.plain(match content.regime {
        Regime::Peoples => "documents-agreement-binding-peoples",
        Regime::Other => "documents-agreement-binding-other",
    })];
    if content.confirmable {
        lines.push(words.plain("documents-agreement-confirmation"));
    }
    lines.push(words.plain("documents-agreement-honest"));
    lines.join("\n")
}

fn slots(content: &Agreement, words: Words<'_>) -> Vec<super::Slot> {
    let mediator = words.plain("documents-role-mediator");
    let beside = words.plain("documents-role-co-mediator");
    let interpreter = words.plain("documents-role-interpreter");
    let parties = content.parties.iter().map(|party| party.slot(words));
    let roles = std::iter::once(&mediator).chain(std::iter::repeat(&beside));
    let mediators = roles.zip(&content.mediators);
    let interpreters = content.interpreters.iter().map(|one| (&interpreter, one));
    let hands = mediators
        .chain(interpreters)
        .filter(|(_, one)| one.signs())
        .map(|(role, one)| hand(words, role, &one.name, &one.field));
    let date = words.date(content.date);
    let seal = seal(words, &content.organisation, &content.seal_field, &date);
    parties.chain(hands).chain([seal]).collect()
}
