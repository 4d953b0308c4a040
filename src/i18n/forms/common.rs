//! What all papers of a language share: how they count, their phrases and words.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::leaf::{self, Known, Part};
use super::{FormError, Source, Tables, wrong};

/// What every template may do to a field beside the tables of words.
const FILTERS: [&str; 6] = ["day", "moment", "second", "lines", "bare", "names"];

/// What all papers of a language share.
#[derive(Debug)]
pub(super) struct Common {
    pub(super) caption: Vec<Part>,
    pub(super) heading: String,
    pub(super) numerals: Vec<String>,
    pub(super) clause: String,
    pub(super) term: String,
    pub(super) list: String,
    pub(super) day: String,
    pub(super) months: Vec<String>,
    pub(super) phrases: BTreeMap<String, Vec<Part>>,
    pub(super) words: Tables,
    pub(super) file: String,
    /// The line of every place that a sample of some paper has to reach.
    pub(super) places: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCommon {
    #[serde(rename = "version")]
    _version: String,
    caption: Spanned<String>,
    heading: Spanned<String>,
    numerals: Vec<String>,
    clause: Spanned<String>,
    term: Spanned<String>,
    list: String,
    day: Spanned<String>,
    #[serde(default)]
    months: Vec<String>,
    #[serde(default)]
    phrases: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    words: Tables,
}

/// The line in which a byte of a text stands.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.matches('\n').count() + 1
}

pub(super) fn read_toml<'a, T: Deserialize<'a>>(file: &str, text: &'a str) -> Result<T, FormError> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        wrong(file, line_of(text, at), error.message())
    })
}

impl Common {
    pub(super) fn parse((file, text): &Source) -> Result<Self, FormError> {
        let raw: RawCommon = read_toml(file, text)?;
        let line = |it: &Spanned<String>| line_of(text, it.span().start);
        for (pattern, marks) in [
            (&raw.heading, &["number", "title"][..]),
            (&raw.clause, &["number"]),
            (&raw.term, &["number"]),
            (&raw.day, &["year", "month", "day"]),
        ] {
            let missing = marks.iter().map(|mark| format!("{{{{ {mark} }}}}"));
            let mut missing = missing.filter(|mark| !pattern.get_ref().contains(mark));
            if let Some(mark) = missing.next() {
                return Err(wrong(file, line(pattern), &format!("`{mark}` is missing")));
            }
        }
        let mut known = Known {
            filters: filters(file, [&raw.words])?,
            ..Known::default()
        };
        let mut read = |it: &Spanned<String>| {
            leaf::parse(it.get_ref(), line(it), &mut known)
                .map_err(|what| wrong(file, line(it), &what))
        };
        let caption = read(&raw.caption)?;
        let phrases = raw.phrases.iter();
        let phrases = phrases.map(|(name, text)| Ok((name.clone(), read(text)?)));
        let phrases = phrases.collect::<Result<_, FormError>>()?;
        Ok(Self {
            file: file.clone(),
            places: known.places,
            caption,
            phrases,
            heading: raw.heading.into_inner(),
            numerals: raw.numerals,
            clause: raw.clause.into_inner(),
            term: raw.term.into_inner(),
            list: raw.list,
            day: raw.day.into_inner(),
            months: raw.months,
            words: raw.words,
        })
    }
}

/// The names behind a `|`: ours and the tables of words, which take none of ours.
pub(super) fn filters<'a>(
    file: &str,
    tables: impl IntoIterator<Item = &'a Tables>,
) -> Result<BTreeSet<String>, FormError> {
    let mut known: BTreeSet<String> = FILTERS.map(str::to_owned).into();
    for name in tables.into_iter().flat_map(Tables::keys) {
        if FILTERS.contains(&name.as_str()) {
            let what = format!("`{name}` is the name of a filter, not of words");
            return Err(wrong(file, 1, &what));
        }
        known.insert(name.clone());
    }
    Ok(known)
}
