//! Holds templates to samples of their data before anybody gets a paper: every field named is there, every line and
//! both answers to every question are reached by some sample, and both languages say the same piece by piece.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fill::Seen;
use super::{Filled, Form, FormError, Forms, Piece, wrong};
use crate::i18n::Locale;

pub(super) fn check(forms: &Forms, samples: &[(&str, Vec<Value>)]) -> Result<(), FormError> {
    let (mut common_zh, mut common_en) = (BTreeSet::new(), BTreeSet::new());
    let mut last = None;
    for (kind, samples) in samples {
        let (zh, en) = (forms.of(Locale::ZhCn, kind)?, forms.of(Locale::En, kind)?);
        let (mut seen_zh, mut seen_en) = (Seen::default(), Seen::default());
        for sample in samples {
            let chinese = zh.fill_seeing(sample, &mut seen_zh)?;
            let english = en.fill_seeing(sample, &mut seen_en)?;
            same(zh, (en, &english), &chinese)?;
        }
        reached(&zh.file, &zh.places, &seen_zh.own)?;
        reached(&en.file, &en.places, &seen_en.own)?;
        common_zh.append(&mut seen_zh.common);
        common_en.append(&mut seen_en.common);
        last = Some((zh, en));
    }
    let Some((zh, en)) = last else {
        return Ok(());
    };
    reached(&zh.common.file, &zh.common.places, &common_zh)?;
    reached(&en.common.file, &en.common.places, &common_en)
}

/// Bilingual papers set the languages side by side.
fn same(zh: &Form, (en, english): (&Form, &Filled), chinese: &Filled) -> Result<(), FormError> {
    let mut others = chinese.pieces.iter();
    for (line, piece) in &english.pieces {
        let other = others.next();
        if other.is_some_and(|(_, other)| corresponds(piece, other)) {
            continue;
        }
        let there = match other {
            Some((line, other)) => format!("{} in {}:{line}", other.name(), zh.file),
            None => format!("nothing more in {}", zh.file),
        };
        let here = piece.name();
        let what = format!("{here} stands here, and {there}: languages must go piece by piece");
        return Err(wrong(&en.file, *line, &what));
    }
    match others.next() {
        Some((line, piece)) => {
            let what = format!("{} stands here, and nothing in {}", piece.name(), en.file);
            Err(wrong(&zh.file, *line, &what))
        }
        None => Ok(()),
    }
}

/// The same kind of piece, and the same place to sign.
fn corresponds(one: &Piece, other: &Piece) -> bool {
    match (one, other) {
        (Piece::Hand { field, .. }, Piece::Hand { field: other, .. })
        | (Piece::Seal { field, .. }, Piece::Seal { field: other, .. }) => field == other,
        _ => one.name() == other.name(),
    }
}

/// What no sample reaches stands behind a misspelt condition, or is for a case that does not exist.
fn reached(file: &str, places: &[usize], seen: &BTreeSet<usize>) -> Result<(), FormError> {
    let mut lines = places.iter().enumerate();
    match lines.find(|(place, _)| !seen.contains(place)) {
        Some((_, line)) => {
            let what = "no paper ever gets here: a field is misspelt, or always or never there";
            Err(wrong(file, *line, what))
        }
        None => Ok(()),
    }
}
