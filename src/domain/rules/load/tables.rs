//! Limitation, conditions of confirmation, tracks and ways.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::super::conditions::{BY_RULE, Condition, Effect, Found};
use super::super::limitation::{LimitationRule, LimitationTable, Runs, RunsFrom};
use super::super::ways::WayKind;
use super::super::{RulesError, TrackRow};
use super::Source;
use super::statutes::cited;
use crate::domain::citation::{Citation, Citations};
use crate::domain::ladder::Rung;
use crate::domain::track::Track;
use crate::domain::wording::Wording;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitationFile {
    interruption: RawInterruption,
    rule: Vec<RawLimitation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInterruption {
    basis: Vec<Spanned<Citation>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimitation {
    key: Spanned<String>,
    years: Option<u32>,
    from: Option<RunsFrom>,
    basis: Vec<Spanned<Citation>>,
}

pub(in crate::domain::rules) fn limitation(
    source: &Source<'_>,
    citations: &Citations,
) -> Result<LimitationTable, RulesError> {
    let file = source.read::<LimitationFile>()?;
    let interruption = cited(source, citations, file.interruption.basis)?;
    let mut rules = BTreeMap::new();
    for raw in file.rule {
        let at = raw.key.span();
        let key = raw.key.into_inner();
        let runs = match (raw.years, raw.from) {
            (Some(years), Some(from)) if years > 0 => Some(Runs { years, from }),
            (None, None) => None,
            _ => {
                return Err(source.error(
                    &at,
                    format!("`{key}` needs both years and from, or neither"),
                ));
            }
        };
        if raw.basis.is_empty() {
            return Err(source.error(&at, format!("`{key}` names no article")));
        }
        let rule = LimitationRule {
            runs,
            basis: cited(source, citations, raw.basis)?,
        };
        if rules.insert(key.clone(), rule).is_some() {
            return Err(source.error(&at, format!("`{key}` appears twice")));
        }
    }
    Ok(LimitationTable {
        rules,
        interruption,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionsFile {
    condition: Vec<RawCondition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    key: Spanned<String>,
    article: Spanned<Citation>,
    effect: Effect,
    found: Found,
    text: Spanned<Wording>,
}

pub(in crate::domain::rules) fn conditions(
    source: &Source<'_>,
    citations: &Citations,
) -> Result<Vec<Condition>, RulesError> {
    let mut seen = BTreeSet::new();
    let mut list = Vec::new();
    for raw in source.read::<ConditionsFile>()?.condition {
        let at = raw.key.span();
        let key = raw.key.into_inner();
        source.once(&mut seen, &key, &at)?;
        if raw.found == Found::Rule && !BY_RULE.contains(&key.as_str()) {
            return Err(source.error(&at, format!("`{key}` cannot be found by rule")));
        }
        let article = cited(source, citations, vec![raw.article])?;
        for article in article {
            let (effect, found, text) = (raw.effect, raw.found, source.wording(raw.text.clone())?);
            list.push(Condition {
                key: key.clone(),
                article,
                effect,
                found,
                text,
            });
        }
    }
    Ok(list)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TracksFile {
    track: Vec<RawTrack>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTrack {
    key: Spanned<Track>,
    name: Spanned<Wording>,
    confirmable: bool,
}

pub(in crate::domain::rules) fn tracks(
    source: &Source<'_>,
) -> Result<BTreeMap<Track, TrackRow>, RulesError> {
    let mut tracks = BTreeMap::new();
    for raw in source.read::<TracksFile>()?.track {
        let at = raw.key.span();
        let key = raw.key.into_inner();
        let row = TrackRow {
            name: source.wording(raw.name)?,
            confirmable: raw.confirmable,
        };
        if tracks.insert(key, row).is_some() {
            return Err(source.error(&at, format!("`{}` appears twice", key.name())));
        }
    }
    let end = source.text.len()..source.text.len();
    match Track::ALL
        .into_iter()
        .find(|track| !tracks.contains_key(track))
    {
        Some(missing) => {
            Err(source.error(&end, format!("the track `{}` is missing", missing.name())))
        }
        None => Ok(tracks),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaysFile {
    way: Vec<RawWay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWay {
    key: Spanned<WayKind>,
    basis: Vec<Spanned<Citation>>,
}

pub(in crate::domain::rules) fn ways(
    source: &Source<'_>,
    citations: &Citations,
) -> Result<BTreeMap<WayKind, Vec<Citation>>, RulesError> {
    let ways = some_ways(source, citations)?;
    let end = source.text.len()..source.text.len();
    match WayKind::ALL
        .into_iter()
        .find(|kind| !ways.contains_key(kind))
    {
        Some(missing) => Err(source.error(&end, format!("{missing:?} is missing"))),
        None => Ok(ways),
    }
}

/// As many as the file names.
pub(super) fn some_ways(
    source: &Source<'_>,
    citations: &Citations,
) -> Result<BTreeMap<WayKind, Vec<Citation>>, RulesError> {
    let mut ways = BTreeMap::new();
    for raw in source.read::<WaysFile>()?.way {
        let at = raw.key.span();
        let key = raw.key.into_inner();
        if raw.basis.is_empty() {
            return Err(source.error(&at, format!("{key:?} names no article")));
        }
        if ways
            .insert(key, cited(source, citations, raw.basis)?)
            .is_some()
        {
            return Err(source.error(&at, format!("{key:?} appears twice")));
        }
    }
    Ok(ways)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LadderFile {
    steps: Spanned<Vec<Rung>>,
}

/// Each step once, the message first.
pub(in crate::domain::rules) fn steps(source: &Source<'_>) -> Result<Vec<Rung>, RulesError> {
    let raw = source.read::<LadderFile>()?.steps;
    let at = raw.span();
    let steps = raw.into_inner();
    let once: BTreeSet<_> = steps.iter().collect();
    if steps.first() != Some(&Rung::Message) || once.len() != steps.len() {
        return Err(source.error(&at, "the message comes first, and each step once"));
    }
    Ok(steps)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClocksFile {
    amber_days: Spanned<i64>,
}

pub(in crate::domain::rules) fn amber_days(source: &Source<'_>) -> Result<i64, RulesError> {
    let raw = source.read::<ClocksFile>()?.amber_days;
    let at = raw.span();
    let days = raw.into_inner();
    if days < 1 {
        return Err(source.error(&at, "a lamp is amber for a day at least"));
    }
    Ok(days)
}
