//! Whether a paper says word for word what its data make of its wording, where that wording is known.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::data::packed;
use crate::documents::papers::{
    Agreement, Application, BESIDE, Certificate, Evidence, Extension, Intake, Minutes, OF_PAPERS,
    Rights, Ruling, Scan, ServiceForm, Worded,
};
use crate::i18n::forms::{Filled, Form, Piece};
use crate::i18n::{Locale, Texts};

/// Before the second language in the name of a place to sign.
pub(super) const ASIDE: char = '\u{3000}';

/// What the pages are to the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    Same,
    Other,
    /// The same, but a seal lies over something else than the name and the date it belongs to.
    Covered,
    /// In a wording of which nothing is known here.
    Unknown,
}

/// What the base shows.
pub(super) struct Shown<'a> {
    /// The Chinese text without white space.
    pub(super) text: &'a str,
    /// The text in another language beside it, in the same way.
    pub(super) aside: &'a str,
    /// The places to sign with what they are called.
    pub(super) places: &'a [(String, String)],
    /// What is written where an organisation seals.
    pub(super) sealed: &'a BTreeMap<String, String>,
    /// Where the paper says that it can be checked.
    pub(super) address: Option<&'a str>,
}

/// Whether papers of this kind carry what their wording is filled with.
pub(super) fn is_worded(kind: &str, texts: &Texts) -> bool {
    let form = texts.forms().of(OF_PAPERS, kind);
    form.is_ok_and(|form| !form.data.is_empty())
}

pub(super) fn compare(kind: &str, data: &Json, shown: &Shown<'_>, texts: &Texts) -> Match {
    let mut data = data.clone();
    let mark = data.as_object_mut().and_then(|all| all.remove("template"));
    let mut mark = mark.unwrap_or_default();
    let beside = mark.as_object_mut().and_then(|all| all.remove(BESIDE));
    let form = |mark: &Json| {
        let locale = Locale::parse(mark.get("language")?.as_str()?)?;
        let form = texts.wording((locale, kind), mark.get("sha256")?.as_str()?)?;
        (serde_json::to_value(&form.mark).ok().as_ref() == Some(mark)).then_some(form)
    };
    let Some(own) = form(&mark) else {
        return Match::Unknown;
    };
    let other = beside.as_ref().map(form);
    let Some(forms) = other.map_or(Some((own, None)), |it| it.map(|it| (own, Some(it)))) else {
        return Match::Unknown;
    };
    match expected(kind, &data, forms) {
        Some(expected) if !expected.is_shown(shown) => Match::Other,
        Some(expected) if expected.is_sealed_apart(shown) => Match::Same,
        Some(_) => Match::Covered,
        None => Match::Other,
    }
}

/// What the pages have to say.
#[derive(Default)]
struct Expected {
    text: String,
    aside: String,
    places: BTreeMap<String, String>,
    /// The name and the date under each seal, without white space.
    sealed: BTreeMap<String, String>,
    /// Where the square code leads.
    address: Option<String>,
}

impl Expected {
    fn of(own: &Filled, other: Option<&Filled>) -> Self {
        let mut expected = Self {
            places: places(own),
            sealed: own.pieces.iter().filter_map(|(_, it)| sealed(it)).collect(),
            address: own.code.as_ref().map(|(address, _)| address.clone()),
            ..Self::default()
        };
        if let Some(other) = other {
            for (field, label) in places(other) {
                let place = expected.places.entry(field);
                place.and_modify(|it| {
                    if *it != label {
                        it.push(ASIDE);
                        it.push_str(&label);
                    }
                });
            }
            expected.aside = packed(&other.title);
            let text = other.pieces.iter().filter(|(_, it)| place(it).is_none());
            let text = text.flat_map(|(_, piece)| texts(piece));
            expected.aside.extend(text.map(packed));
        }
        let caption = own.code.as_ref().map(|(_, caption)| caption.as_str());
        let head = [own.issuer.as_str(), &own.title, &own.number];
        let mut text: Vec<&str> = head.into_iter().chain(caption).collect();
        for (_, piece) in &own.pieces {
            match piece {
                Piece::Hand { field, .. } => {
                    text.extend(expected.places.get(field).map(String::as_str));
                }
                piece => text.extend(texts(piece)),
            }
        }
        expected.text = text.into_iter().map(packed).collect();
        expected
    }

    /// Whether the pages say this and nothing else.
    fn is_shown(&self, shown: &Shown<'_>) -> bool {
        let places: BTreeMap<_, _> = shown.places.iter().cloned().collect();
        self.text == shown.text
            && self.aside == shown.aside
            && self.places == places
            && self.address.as_deref() == shown.address
    }

    /// Whether every seal lies over its own name and date, or over nothing.
    fn is_sealed_apart(&self, shown: &Shown<'_>) -> bool {
        shown.sealed.iter().all(|(field, text)| {
            let own = self.sealed.get(field);
            text.is_empty() || own.is_some_and(|own| own.starts_with(text))
        })
    }
}

/// The wording filled with the data, if these are data of such a paper and nothing more.
fn expected(kind: &str, data: &Json, (own, other): (&Form, Option<&Form>)) -> Option<Expected> {
    let (data, beside) = match kind {
        Agreement::KIND => again::<Agreement>(data)?,
        Application::KIND => again::<Application>(data)?,
        Certificate::KIND => again::<Certificate>(data)?,
        Evidence::KIND => again::<Evidence>(data)?,
        Extension::KIND => again::<Extension>(data)?,
        Intake::KIND => again::<Intake>(data)?,
        Minutes::KIND => again::<Minutes>(data)?,
        Rights::KIND => again::<Rights>(data)?,
        Ruling::KIND => again::<Ruling>(data)?,
        Scan::KIND => again::<Scan>(data)?,
        ServiceForm::KIND => again::<ServiceForm>(data)?,
        _ => return None,
    };
    if beside.is_some() != other.is_some() {
        return None;
    }
    let other = other.zip(beside).map(|(form, beside)| form.fill(&beside));
    let own = own.fill(&data).ok()?;
    Some(Expected::of(&own, other.transpose().ok()?.as_ref()))
}

/// Read as what they are and written again, they say the same; what came to be said later may be missing. What its wording is filled
/// with, and that of the second language.
fn again<P: Worded + DeserializeOwned>(data: &Json) -> Option<(Json, Option<Json>)> {
    let content: P = serde_json::from_value(data.clone()).ok()?;
    let known = serde_json::to_value(&content).ok()?;
    if !is_within(data, &known) {
        return None;
    }
    let beside = content.beside().map(|it| it.content.data());
    Some((content.data().ok()?, beside.transpose().ok()?))
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

/// The places to sign, by their fields, with what they are called.
fn places(filled: &Filled) -> BTreeMap<String, String> {
    let all = filled.pieces.iter().filter_map(|(_, piece)| place(piece));
    all.map(|(field, label)| (field.clone(), label.clone()))
        .collect()
}

const fn place(piece: &Piece) -> Option<(&String, &String)> {
    match piece {
        Piece::Hand { field, label } | Piece::Seal { field, label, .. } => Some((field, label)),
        _ => None,
    }
}

/// What a seal lies over, by its field.
fn sealed(piece: &Piece) -> Option<(String, String)> {
    match piece {
        Piece::Seal {
            field,
            organisation,
            date,
            ..
        } => Some((field.clone(), packed(organisation) + &packed(date))),
        _ => None,
    }
}

fn texts(piece: &Piece) -> Vec<&str> {
    match piece {
        Piece::Heading(text)
        | Piece::Paragraph(text)
        | Piece::Flush(text)
        | Piece::NoticeTitle(text)
        | Piece::Notice(text) => vec![text.as_str()],
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
        Piece::Hand { .. } | Piece::Gap => Vec::new(),
    }
}
