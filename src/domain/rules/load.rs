//! Reads the data files and checks them whole, so that a slip stops the start with its file and line.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::calendar::{Calendar, YearTable};
use super::conditions::{BY_RULE, Condition, Effect, Found};
use super::dispute::{
    Arbitration, Committee, Concern, Confirmability, DisputeKey, DisputeType, Signing,
};
use super::limitation::{LimitationRule, LimitationTable, Runs, RunsFrom};
use super::term::TermKey;
use super::ways::WayKind;
use super::{Rules, RulesError, TermRow, TrackRow};
use crate::domain::citation::{Citation, Citations, Gist, Statute, StatuteKey};
use crate::domain::claim::ClaimKind;
use crate::domain::deadline::{Basis, Term, Unit};
use crate::domain::track::Track;
use crate::domain::wording::Wording;

/// One file with its text, able to say on which line something stands.
pub(in crate::domain) struct Source<'a> {
    pub(in crate::domain) file: &'a str,
    pub(in crate::domain) text: &'a str,
}

impl Source<'_> {
    pub(in crate::domain) fn read<T: DeserializeOwned>(&self) -> Result<T, RulesError> {
        toml::from_str(self.text)
            .map_err(|e| self.error(&e.span().unwrap_or_default(), e.message()))
    }

    pub(in crate::domain) fn error(
        &self,
        at: &Range<usize>,
        what: impl Into<String>,
    ) -> RulesError {
        let before = self.text.get(..at.start).unwrap_or_default();
        RulesError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            what: what.into(),
        }
    }

    /// Both languages must be there, and the English must not be a copy of the Chinese.
    pub(in crate::domain) fn wording(
        &self,
        wording: Spanned<Wording>,
    ) -> Result<Wording, RulesError> {
        let at = wording.span();
        let wording = wording.into_inner();
        let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        if wording.zh.trim().is_empty() || wording.en.trim().is_empty() {
            return Err(self.error(&at, "a translation is missing"));
        }
        if wording.en.chars().any(is_han) || !wording.zh.chars().any(is_han) {
            return Err(self.error(&at, "a text stands in the wrong language"));
        }
        Ok(wording)
    }

    pub(in crate::domain) fn once<K: Ord + std::fmt::Display + Clone>(
        &self,
        seen: &mut BTreeSet<K>,
        key: &K,
        at: &Range<usize>,
    ) -> Result<(), RulesError> {
        if seen.insert(key.clone()) {
            Ok(())
        } else {
            Err(self.error(at, format!("`{key}` appears twice")))
        }
    }
}

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

pub(super) fn citations(
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
fn cited(
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DisputesFile {
    dispute: Vec<Spanned<RawDispute>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDispute {
    key: Spanned<String>,
    name: Spanned<Wording>,
    by: Committee,
    basis: Vec<Spanned<Citation>>,
    remedy: Spanned<Wording>,
    arbitration: Arbitration,
    confirmation: Confirmability,
    concerns: Option<Concern>,
    #[serde(default)]
    fraud_check: bool,
    #[serde(default)]
    violence_screen: bool,
    #[serde(default)]
    government_first: bool,
    esign: Signing,
    claims: BTreeMap<ClaimKind, Spanned<String>>,
}

pub(super) fn disputes(
    source: &Source<'_>,
    citations: &Citations,
    limitation: &LimitationTable,
) -> Result<Vec<DisputeType>, RulesError> {
    let mut seen = BTreeSet::new();
    source
        .read::<DisputesFile>()?
        .dispute
        .into_iter()
        .map(|raw| {
            let at = raw.span();
            let raw = raw.into_inner();
            source.once(&mut seen, raw.key.get_ref(), &raw.key.span())?;
            dispute(source, citations, limitation, raw, &at)
        })
        .collect()
}

fn dispute(
    source: &Source<'_>,
    citations: &Citations,
    limitation: &LimitationTable,
    raw: RawDispute,
    at: &Range<usize>,
) -> Result<DisputeType, RulesError> {
    if raw.basis.is_empty() {
        return Err(source.error(at, format!("`{}` names no article", raw.key.get_ref())));
    }
    if raw.concerns.is_some() == (raw.confirmation == Confirmability::Yes) {
        return Err(source.error(
            at,
            "`concerns` is given exactly where confirmation is not `yes`",
        ));
    }
    let mut claims = BTreeMap::new();
    for (kind, rule) in raw.claims {
        if limitation.rule(rule.get_ref()).is_none() {
            return Err(source.error(
                &rule.span(),
                format!("unknown limitation rule `{}`", rule.get_ref()),
            ));
        }
        claims.insert(kind, rule.into_inner());
    }
    Ok(DisputeType {
        key: DisputeKey(raw.key.into_inner()),
        name: source.wording(raw.name)?,
        by: raw.by,
        basis: cited(source, citations, raw.basis)?,
        remedy: source.wording(raw.remedy)?,
        arbitration: raw.arbitration,
        confirmation: raw.confirmation,
        concerns: raw.concerns,
        fraud_check: raw.fraud_check,
        violence_screen: raw.violence_screen,
        government_first: raw.government_first,
        esign: raw.esign,
        claims,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidaysFile {
    year: Vec<RawYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawYear {
    year: Spanned<i16>,
    source: String,
    holidays: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHoliday {
    name: Spanned<String>,
    from: Date,
    to: Date,
    worked: Vec<Spanned<Date>>,
}

pub(super) fn calendar(source: &Source<'_>) -> Result<Calendar, RulesError> {
    let mut years = BTreeMap::new();
    for raw in source.read::<HolidaysFile>()?.year {
        let at = raw.year.span();
        let year = raw.year.into_inner();
        let mut table = YearTable {
            source: raw.source,
            ..YearTable::default()
        };
        for holiday in raw.holidays {
            add_holiday(source, year, holiday, &mut table)?;
        }
        if years.insert(year, table).is_some() {
            return Err(source.error(&at, format!("the year {year} appears twice")));
        }
    }
    Ok(Calendar::new(years))
}

fn add_holiday(
    source: &Source<'_>,
    year: i16,
    holiday: RawHoliday,
    table: &mut YearTable,
) -> Result<(), RulesError> {
    let at = holiday.name.span();
    let name = holiday.name.into_inner();
    // An arrangement may reach into the December before its year, and no further.
    let belongs = |day: Date| day.year() == year || (day.year() == year - 1 && day.month() == 12);
    if holiday.to < holiday.from || !belongs(holiday.from) || holiday.to.year() != year {
        return Err(source.error(
            &at,
            format!("`{name}` does not lie in {year}, first day before last"),
        ));
    }
    table.off.extend(
        holiday
            .from
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day <= holiday.to),
    );
    for worked in holiday.worked {
        let day = *worked.get_ref();
        if !belongs(day) || !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Err(source.error(&worked.span(), format!("{day} is no weekend day of {year}")));
        }
        table.worked.insert(day);
    }
    Ok(())
}

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

pub(super) fn terms(
    source: &Source<'_>,
    citations: &Citations,
    disputes: &[DisputeType],
) -> Result<Vec<TermRow>, RulesError> {
    let mut rows: Vec<TermRow> = Vec::new();
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
            if rows.iter().any(|other| {
                (other.key, other.track, &other.only) == (row.key, row.track, &row.only)
            }) {
                return Err(source.error(
                    &at,
                    format!("two terms for {:?} on the track {}", row.key, track.name()),
                ));
            }
            rows.push(row);
        }
    }
    complete(source, &rows)?;
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

pub(super) fn limitation(
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

pub(super) fn conditions(
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

pub(super) fn tracks(source: &Source<'_>) -> Result<BTreeMap<Track, TrackRow>, RulesError> {
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

pub(super) fn ways(
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
    let end = source.text.len()..source.text.len();
    match WayKind::ALL
        .into_iter()
        .find(|kind| !ways.contains_key(kind))
    {
        Some(missing) => Err(source.error(&end, format!("{missing:?} is missing"))),
        None => Ok(ways),
    }
}

/// Reads all files; see [`Rules::parse`].
pub(super) fn rules(files: &[(&str, &str)]) -> Result<Rules, RulesError> {
    let find = |name: &'static str| {
        files
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(file, text)| Source { file, text })
            .ok_or_else(|| RulesError {
                file: name.to_owned(),
                line: 0,
                what: "the file is missing".to_owned(),
            })
    };
    let citations = citations(&find("statutes.toml")?, &find("gists.toml")?)?;
    let limitation = limitation(&find("limitation.toml")?, &citations)?;
    let disputes = disputes(&find("disputes.toml")?, &citations, &limitation)?;
    let terms = terms(&find("terms.toml")?, &citations, &disputes)?;
    Ok(Rules {
        calendar: calendar(&find("holidays.toml")?)?,
        conditions: conditions(&find("conditions.toml")?, &citations)?,
        tracks: tracks(&find("tracks.toml")?)?,
        ways: ways(&find("ways.toml")?, &citations)?,
        citations,
        limitation,
        disputes,
        terms,
    })
}
