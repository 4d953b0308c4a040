//! Statutes with the gists of their articles.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::super::RulesError;
use super::Source;
use crate::domain::citation::{Citation, Citations, Gist, Statute, StatuteKey};
use crate::domain::wording::Wording;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatutesFile {
    statute: Vec<RawStatute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStatute {
    key: Spanned<String>,
    title: Spanned<Wording>,
    short: Spanned<Wording>,
    repealed: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GistsFile {
    gist: Vec<RawGist>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGist {
    article: Spanned<Citation>,
    zh: String,
    en: String,
}

pub(in crate::domain::rules) fn citations(
    statutes: &Source<'_>,
    gists: &Source<'_>,
) -> Result<Citations, RulesError> {
    let mut known = BTreeSet::new();
    let mut table = Vec::new();
    for raw in statutes.read::<StatutesFile>()?.statute {
        let at = raw.key.span();
        let key: StatuteKey = raw.key.get_ref().parse().map_err(|_e| {
            statutes.error(
                &at,
                "a statute's key is a name, @ and the day from which it holds",
            )
        })?;
        statutes.once(&mut known, &key, &at)?;
        table.push(Statute {
            key,
            title: statutes.wording(raw.title)?,
            short: statutes.wording(raw.short)?,
            repealed: raw.repealed,
        });
    }
    let mut seen = BTreeSet::new();
    let mut texts = Vec::new();
    for raw in gists.read::<GistsFile>()?.gist {
        let at = raw.article.span();
        let citation = raw.article.into_inner();
        if !known.contains(&citation.statute) {
            return Err(gists.error(&at, format!("unknown statute `{}`", citation.statute)));
        }
        gists.once(&mut seen, &citation, &at)?;
        let text = gists.wording(Spanned::new(
            at,
            Wording {
                zh: raw.zh,
                en: raw.en,
            },
        ))?;
        texts.push(Gist { citation, text });
    }
    Ok(Citations::new(table, texts))
}

/// The cited articles, each known with its statute and its gist.
pub(super) fn cited(
    source: &Source<'_>,
    citations: &Citations,
    list: Vec<Spanned<Citation>>,
) -> Result<Vec<Citation>, RulesError> {
    list.into_iter()
        .map(|citation| {
            let at = citation.span();
            let citation = citation.into_inner();
            if citations.statute(&citation.statute).is_none() {
                return Err(source.error(&at, format!("unknown statute `{}`", citation.statute)));
            }
            if citations.gist(&citation).is_none() {
                return Err(source.error(&at, format!("`{citation}` has no gist in gists.toml")));
            }
            Ok(citation)
        })
        .collect()
}
