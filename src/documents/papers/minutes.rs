//! 调解笔录, the record of a session: who was there, what was told, said and not in dispute, and what came of it
//! (在线调解规则 17, 22; 人民调解法 27).

use jiff::Timestamp;

use super::super::paper::{Entry, Paper};
use super::super::words::Words;
use super::{Block, Draft, Party, Signatory, hand};
use crate::i18n::Texts;

/// What the record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    pub number: String,
    pub organisation: String,
    pub cause: String,
    pub place: String,
    pub time: String,
    /// Name and role; from, until, where from, and how the identity was checked.
    pub present: Vec<(String, String)>,
    /// What was told at the opening, each with its time.
    pub opening: Vec<String>,
    pub recusal: String,
    /// Whose words, and what.
    pub statements: Vec<(String, String)>,
    pub undisputed: Vec<String>,
    /// Only where every party wants them in it; empty otherwise.
    pub proposals: String,
    pub result: String,
    /// The parties who were there.
    pub parties: Vec<Party>,
    /// As what the others were there, and who: an interpreter, kin.
    pub members: Vec<(String, Signatory)>,
    pub mediator: Signatory,
    pub made_at: Timestamp,
    pub verify_url: String,
}

/// Puts a record into words.
pub fn minutes(content: &Minutes, texts: &Texts) -> Paper {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    let entry = |key: &str, value: &str| Entry {
        label: words.plain(key),
        value: value.to_owned(),
    };
    draft.blocks.push(Block::Table(vec![
        entry("documents-intake-cause", &content.cause),
        entry("documents-minutes-time", &content.time),
        entry("documents-minutes-place", &content.place),
    ]));
    let table = |pairs: &[(String, String)]| {
        let entry = |(label, value): &(String, String)| Entry {
            label: label.clone(),
            value: value.clone(),
        };
        Block::Table(pairs.iter().map(entry).collect())
    };
    draft.section("documents-minutes-present");
    draft.blocks.push(table(&content.present));
    if !content.opening.is_empty() {
        draft.section("documents-minutes-opening");
        draft.numbered(content.opening.iter().map(String::as_str));
    }
    draft.told("documents-minutes-recusal", &content.recusal);
    if !content.statements.is_empty() {
        draft.section("documents-minutes-statements");
        draft.blocks.push(table(&content.statements));
    }
    if !content.undisputed.is_empty() {
        draft.section("documents-minutes-undisputed");
        draft.numbered(content.undisputed.iter().map(String::as_str));
    }
    draft.told("documents-minutes-proposals", &content.proposals);
    draft.told("documents-minutes-result", &content.result);
    draft.paragraph(words.plain("documents-minutes-read"));
    let mediator = words.plain("documents-role-mediator");
    let parties = content.parties.iter().map(|party| party.slot(words));
    let members = content.members.iter();
    let members = members.map(|(role, one)| hand(words, role, &one.name, &one.field));
    let last = hand(
        words,
        &mediator,
        &content.mediator.name,
        &content.mediator.field,
    );
    draft.signatures(parties.chain(members).chain([last]).collect());
    Paper {
        title: words.plain("documents-minutes-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: Vec::new(),
        bookmarks: false,
        made_at: content.made_at,
    }
}
