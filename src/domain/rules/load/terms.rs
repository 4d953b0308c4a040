//! How long each step may take on each track.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::super::dispute::{DisputeKey, DisputeType};
use super::super::term::TermKey;
use super::super::{RulesError, TermRow};
use super::Source;
use super::statutes::cited;
use crate::domain::citation::{Citation, Citations};
use crate::domain::deadline::{Basis, Term, Unit};
use crate::domain::track::Track;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermsFile {
    term: Vec<Spanned<RawTerm>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    key: TermKey,
    length: u32,
    unit: Unit,
    tracks: Vec<Track>,
    #[serde(default)]
    disputes: Vec<Spanned<String>>,
    basis: Option<Spanned<Citation>>,
}

pub(in crate::domain::rules) fn terms(
    source: &Source<'_>,
    citations: &Citations,
    disputes: &[DisputeType],
) -> Result<Vec<TermRow>, RulesError> {
    let rows = rows(source, citations, disputes)?;
    let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
    complete(source, &rows)?;
    Ok(rows)
}

/// As they stand in the file, each with its place.
pub(super) fn rows(
    source: &Source<'_>,
    citations: &Citations,
    disputes: &[DisputeType],
) -> Result<Vec<(Range<usize>, TermRow)>, RulesError> {
    let mut rows: Vec<(Range<usize>, TermRow)> = Vec::new();
    for raw in source.read::<TermsFile>()?.term {
        let at = raw.span();
        let raw = raw.into_inner();
        let mut only = BTreeSet::new();
        for dispute in raw.disputes {
            if !disputes
                .iter()
                .any(|known| known.key.0 == *dispute.get_ref())
            {
                return Err(source.error(
                    &dispute.span(),
                    format!("unknown dispute type `{}`", dispute.get_ref()),
                ));
            }
            only.insert(DisputeKey(dispute.into_inner()));
        }
        if raw.length == 0 {
            return Err(source.error(&at, "a term has a length"));
        }
        let article = cited(source, citations, raw.basis.into_iter().collect())?.pop();
        let term = Term {
            length: raw.length,
            unit: raw.unit,
            basis: article.map_or(Basis::HouseDefault, Basis::Article),
        };
        for track in raw.tracks {
            let row = TermRow {
                key: raw.key,
                track,
                only: only.clone(),
                term: term.clone(),
            };
            if rows.iter().any(|(_, other)| {
                (other.key, other.track, &other.only) == (row.key, row.track, &row.only)
            }) {
                return Err(source.error(
                    &at,
                    format!("two terms for {:?} on the track {}", row.key, track.name()),
                ));
            }
            rows.push((at.clone(), row));
        }
    }
    Ok(rows)
}

fn complete(source: &Source<'_>, rows: &[TermRow]) -> Result<(), RulesError> {
    let end = source.text.len()..source.text.len();
    for key in TermKey::ALL {
        for track in Track::ALL {
            let needed = key != TermKey::MediationSimple || track == Track::CourtEntrusted;
            if needed
                && !rows
                    .iter()
                    .any(|row| row.key == key && row.track == track && row.only.is_empty())
            {
                return Err(source.error(
                    &end,
                    format!("no term for {key:?} on the track {}", track.name()),
                ));
            }
        }
    }
    Ok(())
}
