//! What the law and the house say about disputes, read from data that the operator may change.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::citation::{Citation, Citations, Gist};
use super::claim::ClaimKind;
use super::deadline::{Basis, Due, Term};
use super::ladder::Rung;
use super::organisation::District;
use super::time::civil_date;
use super::track::{Track, Way};
use super::wording::Wording;

pub mod calendar;
pub mod clauses;
pub mod conditions;
pub mod danger;
pub mod dispute;
pub mod limitation;
pub(in crate::domain) mod load;
pub mod messages;
pub mod term;
#[cfg(test)]
pub(crate) mod tests;
pub mod ways;

use calendar::{Calendar, YearMissing};
use conditions::{Application, Condition, Effect, Look};
pub use dispute::{DisputeKey, DisputeType};
use limitation::{ClaimDates, Interruption, Limitation, LimitationRule, LimitationTable};
pub use term::TermKey;

/// All rules of the installation, checked whole when they are read.
#[derive(Clone, Debug)]
pub struct Rules {
    pub calendar: Calendar,
    pub citations: Citations,
    pub danger: danger::Danger,
    disputes: Vec<DisputeType>,
    terms: Vec<TermRow>,
    tracks: BTreeMap<Track, TrackRow>,
    limitation: LimitationTable,
    ways: BTreeMap<ways::WayKind, Vec<Citation>>,
    conditions: Vec<Condition>,
    clauses: Vec<clauses::ClauseTemplate>,
    messages: Vec<messages::MessageTemplate>,
    /// The whole rules of each district that says something otherwise.
    districts: BTreeMap<District, Rules>,
    /// The invitation ladder from the first step.
    steps: Vec<Rung>,
    /// Days before the last at which a lamp turns amber.
    pub amber_days: i64,
}

/// Where the data is wrong, and how. `line` counts from 1; 0 means the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct RulesError {
    pub file: String,
    pub line: usize,
    pub what: String,
}

#[derive(Clone, Debug)]
struct TermRow {
    key: TermKey,
    track: Track,
    /// Empty: for every type of dispute that has no row of its own.
    only: BTreeSet<DisputeKey>,
    term: Term,
}

#[derive(Clone, Debug)]
struct TrackRow {
    name: Wording,
    confirmable: bool,
}

impl Rules {
    /// The files of assets/data that [`Rules::parse`] wants, by name.
    pub const FILES: [&str; 14] = [
        "statutes.toml",
        "gists.toml",
        "limitation.toml",
        "disputes.toml",
        "terms.toml",
        "holidays.toml",
        "conditions.toml",
        "tracks.toml",
        "ways.toml",
        "ladder.toml",
        "danger.toml",
        "clocks.toml",
        "clauses.toml",
        "messages.toml",
    ];

    /// Reads and checks all files, given as (name, text).
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, RulesError> {
        load::rules(files)
    }

    /// The files that a district may lay over the house's.
    pub const DISTRICT_FILES: [&str; 7] = [
        "disputes.toml",
        "holidays.toml",
        "ladder.toml",
        "terms.toml",
        "ways.toml",
        "clauses.toml",
        "messages.toml",
    ];

    /// Takes in what a district says otherwise, given as (name, text): types of dispute of its own, its calendar, its
    /// steps of the invitation, what mediators begin with, and terms that are house defaults. Nobody changes what an article says.
    pub fn lay_over(
        &mut self,
        district: District,
        files: &[(&str, &str)],
    ) -> Result<(), RulesError> {
        let own = load::district(self, files)?;
        self.districts.insert(district, own);
        Ok(())
    }

    /// The rules that hold in a district: the one place that knows that districts differ.
    pub fn of(&self, district: &District) -> &Self {
        self.districts.get(district).unwrap_or(self)
    }

    /// Stops the start when the current year has no holiday data.
    pub fn check_year(&self, today: Date) -> Result<(), YearMissing> {
        self.calendar.check_year(today)?;
        self.districts
            .values()
            .try_for_each(|own| own.calendar.check_year(today))
    }

    pub fn dispute(&self, key: &DisputeKey) -> Option<&DisputeType> {
        self.disputes.iter().find(|dispute| dispute.key == *key)
    }

    /// All types in the order of the data.
    pub fn disputes(&self) -> impl Iterator<Item = &DisputeType> {
        self.disputes.iter()
    }

    /// The types that may be told before anybody knows where it happened: the house's, then each district's own.
    pub fn disputes_anywhere(&self) -> impl Iterator<Item = &DisputeType> {
        let is_own = |dispute: &&DisputeType| self.dispute(&dispute.key).is_none();
        let own = self
            .districts
            .values()
            .flat_map(move |it| it.disputes.iter());
        self.disputes.iter().chain(own.filter(is_own))
    }

    pub fn any_dispute(&self) -> Option<&DisputeKey> {
        self.disputes.first().map(|dispute| &dispute.key)
    }

    pub fn gist(&self, citation: &Citation) -> Option<&Gist> {
        self.citations.gist(citation)
    }

    /// The gists a type rests on, as far as the articles were in force on `on`.
    pub fn gists_for(&self, key: &DisputeKey, on: Date) -> Vec<&Gist> {
        let basis = self.dispute(key).map_or(&[][..], |dispute| &dispute.basis);
        basis
            .iter()
            .filter(|citation| self.citations.in_force(citation, on))
            .filter_map(|citation| self.gist(citation))
            .collect()
    }

    /// How long a step has on a track, whatever the dispute is about.
    pub fn term(&self, key: TermKey, track: Track) -> Option<&Term> {
        self.terms
            .iter()
            .find(|row| row.key == key && row.track == track && row.only.is_empty())
            .map(|row| &row.term)
    }

    /// As [`Rules::term`], with the dispute's own term before the general one (labour: 15 days).
    pub fn term_for(&self, key: TermKey, track: Track, dispute: &DisputeKey) -> Option<&Term> {
        self.terms
            .iter()
            .find(|row| row.key == key && row.track == track && row.only.contains(dispute))
            .map(|row| &row.term)
            .or_else(|| self.term(key, track))
    }

    /// The end of a step that starts at `start`, whatever the dispute is about.
    pub fn due(&self, key: TermKey, track: Track, start: Timestamp) -> Due {
        self.end(self.term(key, track), track, start)
    }

    /// As [`Rules::due`], with the dispute's own term before the general one.
    pub fn due_for(
        &self,
        key: TermKey,
        track: Track,
        dispute: &DisputeKey,
        start: Timestamp,
    ) -> Due {
        self.end(self.term_for(key, track, dispute), track, start)
    }

    /// As [`Rules::due_for`], with days that do not count.
    pub fn due_without(
        &self,
        key: TermKey,
        (track, dispute): (Track, &DisputeKey),
        start: Timestamp,
        days: i64,
    ) -> Due {
        let term = self.term_for(key, track, dispute);
        match term {
            Some(term) => self.calendar.due_without(civil_date(start), term, days),
            None => self.due(key, track, start),
        }
    }

    /// The loader checked that every step has a term on every track, but for [`TermKey::MediationSimple`], which off
    /// its one track falls back on the track's mediation.
    fn end(&self, term: Option<&Term>, track: Track, start: Timestamp) -> Due {
        match term.or_else(|| self.term(TermKey::Mediation, track)) {
            Some(term) => self.calendar.due(start, term),
            None => Due {
                at: start,
                provisional: true,
                basis: Basis::HouseDefault,
            },
        }
    }

    /// The steps of the invitation ladder that come after one.
    pub fn steps_after(&self, rung: Rung) -> impl Iterator<Item = Rung> {
        let place = self.steps.iter().position(|step| *step == rung);
        let steps = self.steps.iter().enumerate();
        // A step that was taken out of the data still has its place among the others.
        let later = steps.filter(move |(at, step)| place.map_or(**step > rung, |it| *at > it));
        later.map(|(_, step)| *step)
    }

    /// Until when a claim of this kind can be brought; `None` for a kind that is not usual in such a dispute.
    pub fn limitation(
        &self,
        dispute: &DisputeKey,
        kind: ClaimKind,
        dates: &ClaimDates,
    ) -> Option<Limitation> {
        let rule = self.limitation_rule(dispute, kind)?;
        Some(limitation::limitation(
            &self.calendar,
            rule,
            dates,
            &self.limitation.interruption,
        ))
    }

    /// How the time runs for whom asks for mediation on `asked` and has not said when it happened.
    pub fn limitation_anew(
        &self,
        dispute: &DisputeKey,
        kind: ClaimKind,
        asked: Date,
    ) -> Option<Interruption> {
        let rule = self.limitation_rule(dispute, kind)?;
        limitation::anew(&self.calendar, rule, asked, &self.limitation.interruption)
    }

    fn limitation_rule(&self, dispute: &DisputeKey, kind: ClaimKind) -> Option<&LimitationRule> {
        let claims = &self.dispute(dispute)?.claims;
        self.limitation.rule(claims.get(&kind)?)
    }

    pub fn may_sign_electronically(&self, dispute: &DisputeKey) -> bool {
        self.dispute(dispute)
            .is_some_and(|dispute| dispute.esign != dispute::Signing::No)
    }

    /// Whether anything of such a dispute can be confirmed by the court.
    pub fn is_confirmable(&self, dispute: &DisputeKey) -> bool {
        self.dispute(dispute)
            .is_some_and(|dispute| dispute.confirmation != dispute::Confirmability::No)
    }

    /// Whether agreements of this track can be confirmed (民事诉讼法 205).
    pub fn is_track_confirmable(&self, track: Track) -> bool {
        self.tracks.get(&track).is_some_and(|row| row.confirmable)
    }

    pub fn track_name(&self, track: Track) -> Option<&Wording> {
        self.tracks.get(&track).map(|row| &row.name)
    }

    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter()
    }

    pub fn condition(&self, key: &str) -> Option<&Condition> {
        self.conditions
            .iter()
            .find(|condition| condition.key == key)
    }

    pub fn has_condition(&self, key: &str) -> bool {
        self.condition(key).is_some()
    }

    /// Whether it is a ground for not accepting an application at all (解释 355, 民事诉讼法 205).
    pub fn bars_intake(&self, key: &str) -> bool {
        self.condition(key)
            .is_some_and(|condition| condition.effect == Effect::NotAccepted)
    }

    pub fn condition_keys(&self) -> impl Iterator<Item = &str> {
        self.conditions
            .iter()
            .map(|condition| condition.key.as_str())
    }

    /// What the platform sees of each condition before clerk and judge look.
    pub fn precheck<'a>(&'a self, application: &Application<'_>) -> Vec<Look<'a>> {
        conditions::precheck(self, application)
    }

    /// The ways for a type, each with its texts and reasons; all three, also those that are barred.
    pub fn ways(&self, dispute: &DisputeKey) -> Vec<ways::WayCard> {
        self.dispute(dispute)
            .map_or_else(Vec::new, |dispute| ways::ways(dispute, &self.ways))
    }

    pub fn is_open(&self, dispute: &DisputeKey, way: Way) -> bool {
        self.ways(dispute)
            .iter()
            .any(|card| card.way == way && card.barred.is_none())
    }
}
