//! Whether a paper says word for word what its data make of its wording, where that wording is known.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::documents::papers::{Agreement, Evidence, OF_PAPERS, Ruling, Scan, Worded};
use crate::i18n::Texts;
use crate::i18n::forms::{Filled, Form, Piece};

/// Before the second language in the name of a place to sign.
const ASIDE: char = '\u{3000}';
/// More than the same takes in another language.
const LONGEST: usize = 600;

/// What the pages are to the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Same,
    Other,
    /// In a wording of which nothing is known here.
    Unknown,
}

/// What the base shows.
pub(super) struct Shown<'a> {
    /// The Chinese text without white space.
    pub(super) text: &'a str,
    /// Whether another language stands beside it.
    pub(super) aside: bool,
    /// The places to sign with what they are called.
    pub(super) places: Vec<(String, String)>,
}

/// Whether papers of this kind carry what their wording is filled with.
pub(super) fn is_worded(kind: &str, texts: &Texts) -> bool {
    let form = texts.forms().of(OF_PAPERS, kind);
    form.is_ok_and(|form| !form.data.is_empty())
}

pub(super) fn compare(kind: &str, data: &Json, shown: &Shown<'_>, texts: &Texts) -> Match {
    let mut data = data.clone();
    let mark = data.as_object_mut().and_then(|all| all.remove("template"));
    let hash = mark.as_ref().and_then(|mark| mark.get("sha256"));
    let form = hash
        .and_then(Json::as_str)
        .and_then(|hash| texts.wording(kind, hash));
    let Some(form) = form.filter(|form| serde_json::to_value(&form.mark).ok() == mark) else {
        return Match::Unknown;
    };
    match filled(kind, data, form) {
        Some(filled) if says(&filled, shown) && has_places(&filled, shown) => Match::Same,
        _ => Match::Other,
    }
}

/// The wording filled with the data, if these are data of such a paper and nothing more.
fn filled(kind: &str, data: Json, form: &Form) -> Option<Filled> {
    let data = match kind {
        Agreement::KIND => again::<Agreement>(&data)?,
        Ruling::KIND => again::<Ruling>(&data)?,
        Evidence::KIND => again::<Evidence>(&data)?,
        Scan::KIND => again::<Scan>(&data)?,
        _ => data,
    };
    form.fill(&data).ok()
}

/// Read as what they are and written again, they say the same; what came to be said later may be missing.
fn again<P: Worded + DeserializeOwned>(data: &Json) -> Option<Json> {
    let content: P = serde_json::from_value(data.clone()).ok()?;
    let known = serde_json::to_value(&content).ok()?;
    let data = is_within(data, &known).then(|| content.data());
    data?.ok()
}

fn is_within(data: &Json, known: &Json) -> bool {
    match (data, known) {
        (Json::Object(data), Json::Object(known)) => data
            .iter()
            .all(|(key, value)| known.get(key).is_some_and(|it| is_within(value, it))),
        (Json::Array(data), Json::Array(known)) => {
            data.len() == known.len() && data.iter().zip(known).all(|(one, it)| is_within(one, it))
        }
        (one, other) => one == other,
    }
}

/// A text of the paper; behind the name of a place to sign the same may stand in another language.
struct Segment<'a> {
    text: &'a str,
    place: bool,
}

fn segments(filled: &Filled) -> Vec<Segment<'_>> {
    let caption = filled.code.as_ref();
    let caption = caption.map_or("", |(_, caption)| caption.as_str());
    let head = [
        filled.issuer.as_str(),
        &filled.title,
        &filled.number,
        caption,
    ];
    let head = head.map(|text| Segment { text, place: false });
    let pieces = filled.pieces.iter().flat_map(|(_, piece)| {
        let place = matches!(piece, Piece::Hand { .. });
        let texts = texts(piece).into_iter();
        texts.map(move |text| Segment { text, place })
    });
    head.into_iter().chain(pieces).collect()
}

fn texts(piece: &Piece) -> Vec<&str> {
    match piece {
        Piece::Heading(text)
        | Piece::Paragraph(text)
        | Piece::Flush(text)
        | Piece::NoticeTitle(text)
        | Piece::Notice(text)
        | Piece::Hand { label: text, .. } => vec![text.as_str()],
        Piece::Row {
            label: first,
            value: then,
        }
        | Piece::Clause {
            number: first,
            text: then,
        }
        | Piece::Term {
            number: first,
            text: then,
        }
        | Piece::Seal {
            organisation: first,
            date: then,
            ..
        } => vec![first.as_str(), then.as_str()],
        Piece::Gap => Vec::new(),
    }
}

/// Whether the pages say the text and no other.
fn says(filled: &Filled, shown: &Shown<'_>) -> bool {
    let mut rest = shown.text;
    let mut open = false;
    for Segment { text, place } in segments(filled) {
        let text = super::data::packed(text);
        let at = if open {
            rest.find(&text)
        } else {
            rest.starts_with(&text).then_some(0)
        };
        let Some(at) = at.filter(|at| *at <= LONGEST) else {
            return false;
        };
        rest = rest.get(at + text.len()..).unwrap_or_default();
        open = place && shown.aside;
    }
    rest.is_empty() || (open && rest.len() <= LONGEST)
}

/// Whether the places to sign are those of the text, each under its name.
fn has_places(filled: &Filled, shown: &Shown<'_>) -> bool {
    let wanted = filled.pieces.iter().filter_map(|(_, piece)| match piece {
        Piece::Hand { field, label } | Piece::Seal { field, label, .. } => Some((field, label)),
        _ => None,
    });
    let wanted: Vec<_> = wanted.collect();
    let named = |(field, label): (&String, &String)| {
        shown.places.iter().any(|(here, called)| {
            let rest = called.strip_prefix(label.as_str());
            here == field && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(ASIDE))
        })
    };
    wanted.len() == shown.places.len() && wanted.into_iter().all(named)
}
