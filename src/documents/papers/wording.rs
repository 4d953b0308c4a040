//! Puts a paper into words: its data through its template, and piece after piece into blocks.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::DocumentError;
use super::super::paper::{
    Attachment, Block, Check, Clause, Entry, Nature, Paper, Parallel, Slot, SlotKind,
    canonical_json,
};
use super::agreement::PREVAILS;
use super::{Rights, ServiceForm};
use crate::i18n::forms::{Filled, Form, Piece, bare};
use crate::i18n::{Locale, Texts};

/// The language in which papers are issued and signed; in another there are samples, and the second column.
pub const OF_PAPERS: Locale = Locale::ZhCn;

/// A paper whose wording lies in a template.
pub trait Worded: Serialize + Sized {
    /// The name of its template.
    const KIND: &'static str;

    fn made_at(&self) -> Timestamp;

    /// What its template may name.
    ///
    /// # Errors
    /// Where it cannot be written as JSON.
    fn data(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self)
    }

    /// The same in a second language, where the paper has one.
    fn beside(&self) -> Option<Beside<Self>> {
        None
    }

    /// Invented ones of every face that the paper can have, to which the templates are held before anybody gets one.
    fn samples() -> Vec<Self>;
}

/// Whatever the language of what people typed, what papers always say stands in this one in the second column: wording
/// of law is translated with care, once, and no mediator writes it.
pub const OF_WORDING: Locale = Locale::En;

/// In the data, which wording the second column has.
pub const BESIDE: &str = "beside";

/// A paper as it stands in the second column.
#[derive(Debug)]
pub struct Beside<P> {
    pub content: P,
    /// The tag of the language in which people's own words stand.
    pub language: String,
    /// Those words.
    pub typed: Vec<String>,
}

/// The second column of a paper without people's own words: the names that are Chinese in the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InEnglish {
    /// The tag of [`OF_WORDING`].
    pub language: String,
    /// [`PREVAILS`](super::agreement::PREVAILS).
    pub prevails: String,
    pub organisation: String,
    pub cause: String,
}

impl InEnglish {
    pub fn new(organisation: String, cause: String) -> Self {
        Self {
            language: OF_WORDING.tag().to_owned(),
            prevails: PREVAILS.to_owned(),
            organisation,
            cause,
        }
    }

    /// A second column, of the content with its organisation and cause; nobody's own words were translated for it.
    pub(super) fn beside<P>(&self, content: impl FnOnce(String, String) -> P) -> Beside<P> {
        Beside {
            content: content(self.organisation.clone(), self.cause.clone()),
            language: self.language.clone(),
            typed: Vec::new(),
        }
    }
}

/// The paper in a language, in the wording of `texts`; what is signed also in its second language.
///
/// # Errors
/// `Wording` where the template names what the data lack, which the check at the start rules out.
pub fn in_words<P: Worded>(
    content: &P,
    texts: &Texts,
    locale: Locale,
) -> Result<Paper, DocumentError> {
    let form = texts.forms().of(locale, P::KIND)?;
    let filled = form.fill(&content.data()?)?;
    let mut paper = paper((form, locale), filled, content.made_at());
    if !form.data.is_empty() {
        let data = serde_json::to_value(content)?;
        let beside = content
            .beside()
            .map(|_| texts.forms().of(OF_WORDING, P::KIND));
        let forms = (form, beside.transpose()?);
        paper.attachments.push(attached(P::KIND, data, forms)?);
    }
    if let Some(beside) = content.beside().filter(|_| locale == OF_PAPERS) {
        paper.beside = Some(parallel(&beside, texts)?);
    }
    Ok(paper)
}

/// A paper of this kind from the data that it carries, as its file was written where the wording is still the same; nothing
/// where these are no data of such a paper. For kinds whose templates name what the data hold and no more, but for a second
/// language.
///
/// # Errors
/// As [`in_words`].
pub fn of_data(kind: &str, json: &[u8], texts: &Texts) -> Result<Option<Paper>, DocumentError> {
    let Ok(Value::Object(mut members)) = serde_json::from_slice(json) else {
        return Ok(None);
    };
    members.remove("template");
    if members.contains_key("translation") {
        let data = Value::Object(members);
        return match kind {
            Rights::KIND => again::<Rights>(data, texts),
            ServiceForm::KIND => again::<ServiceForm>(data, texts),
            _ => Ok(None),
        };
    }
    let made_at = members.get("made_at").cloned().unwrap_or_default();
    let Ok(made_at) = serde_json::from_value::<Timestamp>(made_at) else {
        return Ok(None);
    };
    let form = texts.forms().of(OF_PAPERS, kind)?;
    let data = Value::Object(members);
    let mut paper = paper((form, OF_PAPERS), form.fill(&data)?, made_at);
    paper.attachments.push(attached(kind, data, (form, None))?);
    Ok(Some(paper))
}

fn again<P: Worded + DeserializeOwned>(
    data: Value,
    texts: &Texts,
) -> Result<Option<Paper>, DocumentError> {
    let content = serde_json::from_value::<P>(data).ok();
    let paper = content.map(|content| in_words(&content, texts, OF_PAPERS));
    paper.transpose()
}

fn paper((form, locale): (&Form, Locale), filled: Filled, made_at: Timestamp) -> Paper {
    Paper {
        language: locale.tag(),
        blocks: blocks(&filled),
        beside: None,
        title: filled.title,
        issuer: filled.issuer,
        number: filled.number,
        check: filled.code.map(|(url, caption)| Check {
            url,
            caption,
            on_each_page: false,
        }),
        attachments: Vec::new(),
        bookmarks: form.bookmarks,
        made_at,
    }
}

/// That the pieces of both are alike, the check at the start has seen.
fn parallel<P: Worded>(beside: &Beside<P>, texts: &Texts) -> Result<Parallel, DocumentError> {
    let paper = in_words(&beside.content, texts, OF_WORDING)?;
    let lines = beside.typed.iter().flat_map(|text| text.lines());
    let lines = lines.map(|line| bare(line.trim()).to_owned());
    Ok(Parallel {
        language: beside.language.clone(),
        wording: OF_WORDING.tag(),
        typed: lines.filter(|line| !line.is_empty()).collect(),
        title: paper.title,
        blocks: paper.blocks,
    })
}

/// The data of the paper as canonical JSON, with the wording in which it was written, and with that of its second column.
fn attached(
    kind: &str,
    mut data: Value,
    (form, beside): (&Form, Option<&Form>),
) -> Result<Attachment, serde_json::Error> {
    let mut mark = serde_json::to_value(&form.mark)?;
    if let (Some(beside), Some(members)) = (beside, mark.as_object_mut()) {
        members.insert(BESIDE.to_owned(), serde_json::to_value(&beside.mark)?);
    }
    if let Some(members) = data.as_object_mut() {
        members.insert("template".to_owned(), mark);
    }
    Ok(Attachment {
        name: format!("{kind}.json"),
        description: form.data.clone(),
        bytes: canonical_json(&data),
        nature: Nature::Data,
    })
}

/// Rows become a table, clauses a list, places to sign the signatures.
fn blocks(filled: &Filled) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut apart = true;
    for (_, piece) in &filled.pieces {
        if *piece == Piece::Gap {
            apart = true;
            continue;
        }
        let last = if apart { None } else { blocks.last_mut() };
        if !joined(last, piece) {
            blocks.extend(block(piece));
        }
        apart = false;
    }
    blocks
}

/// Adds a piece to the block before it, where it belongs there.
fn joined(last: Option<&mut Block>, piece: &Piece) -> bool {
    match (last, piece) {
        (Some(Block::Table(rows)), Piece::Row { label, value }) => rows.push(entry(label, value)),
        (Some(Block::Clauses(clauses)), Piece::Clause { number, text }) => {
            clauses.push(clause(number, text));
        }
        (Some(Block::Clauses(clauses)), Piece::Term { number, text }) => {
            if let Some(last) = clauses.last_mut() {
                last.terms.push(clause(number, text));
            }
        }
        (Some(Block::Notice { text, .. }), Piece::Notice(line)) => {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
        (Some(Block::Signatures(slots)), Piece::Hand { .. } | Piece::Seal { .. }) => {
            slots.extend(slot(piece));
        }
        _ => return false,
    }
    true
}

fn block(piece: &Piece) -> Option<Block> {
    Some(match piece {
        Piece::Heading(text) => Block::Heading(text.clone()),
        Piece::Paragraph(text) => Block::Paragraph(text.clone()),
        Piece::Flush(text) => Block::Flush(text.clone()),
        Piece::Row { label, value } => Block::Table(vec![entry(label, value)]),
        Piece::Clause { number, text } | Piece::Term { number, text } => {
            Block::Clauses(vec![clause(number, text)])
        }
        Piece::NoticeTitle(title) => Block::Notice {
            title: title.clone(),
            text: String::new(),
        },
        Piece::Hand { .. } | Piece::Seal { .. } => Block::Signatures(vec![slot(piece)?]),
        // A line of a notice stands under its title; a gap is nothing.
        Piece::Notice(_) | Piece::Gap => return None,
    })
}

fn entry(label: &str, value: &str) -> Entry {
    Entry {
        label: label.to_owned(),
        value: value.to_owned(),
    }
}

fn clause(number: &str, text: &str) -> Clause {
    Clause {
        number: number.to_owned(),
        text: text.to_owned(),
        terms: Vec::new(),
    }
}

fn slot(piece: &Piece) -> Option<Slot> {
    match piece {
        Piece::Hand { field, label } => Some(Slot {
            field: field.clone(),
            label: label.clone(),
            kind: SlotKind::Hand,
        }),
        Piece::Seal {
            field,
            label,
            organisation,
            date,
        } => Some(Slot {
            field: field.clone(),
            label: label.clone(),
            kind: SlotKind::Seal {
                organisation: organisation.clone(),
                date: date.clone(),
            },
        }),
        _ => None,
    }
}
