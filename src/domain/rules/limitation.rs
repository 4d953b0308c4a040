//! Until when a claim can be brought, and what starts the time anew.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::Calendar;
use crate::domain::citation::Citation;
use crate::domain::deadline::{Basis, Due, Term, Unit};

/// A row of limitation.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitationRule {
    pub runs: Option<Runs>,
    /// Never empty; the first is the ground.
    pub basis: Vec<Citation>,
}

/// limitation.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitationTable {
    pub(super) rules: BTreeMap<String, LimitationRule>,
    /// 诉讼时效规定 12 and 民法典 195.
    pub(super) interruption: Vec<Citation>,
}

impl LimitationTable {
    pub fn rule(&self, key: &str) -> Option<&LimitationRule> {
        self.rules.get(key)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    pub years: u32,
    pub from: RunsFrom,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunsFrom {
    /// The day on which the harm and who did it were known or should have been (民法典 188).
    Known,
    /// The end of the last instalment (民法典 189).
    Last,
}

/// The days that a claimant can tell, in Shanghai.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimDates {
    pub known: Option<Date>,
    /// When it last happened, or when the last instalment fell due.
    pub last: Option<Date>,
    /// When a mediation body was asked for help.
    pub mediation_asked: Option<Date>,
}

/// What can be said about the time left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limitation {
    /// No limit at all.
    None { basis: Vec<Citation> },
    Runs {
        /// The last day, by the rules for ends of terms, had nobody asked for mediation.
        until: Due,
        basis: Vec<Citation>,
        interrupted: Option<Interruption>,
    },
    /// There is a limit, but the day from which it runs is not known.
    Unknown { years: u32, basis: Vec<Citation> },
}

/// Asking a mediation body interrupts the time (诉讼时效规定 12), which then runs anew (民法典 195).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interruption {
    pub asked: Date,
    /// The last day of the time that began then.
    pub until: Due,
    pub basis: Vec<Citation>,
}

impl Limitation {
    /// Whether the last day lies before `today`.
    pub fn has_passed(&self, today: Date) -> bool {
        let Self::Runs {
            until, interrupted, ..
        } = self
        else {
            return false;
        };
        let last = interrupted.as_ref().map_or(until, |by| &by.until);
        last.day() < today
    }
}

/// Counts `rule` over `dates`. A request that came after the end interrupts nothing.
pub(in crate::domain) fn limitation(
    calendar: &Calendar,
    rule: &LimitationRule,
    dates: &ClaimDates,
    interruption: &[Citation],
) -> Limitation {
    let basis = rule.basis.clone();
    let Some(runs) = rule.runs else {
        return Limitation::None { basis };
    };
    let start = match runs.from {
        // A wrong that goes on is known anew each time it happens; the claimant's last date is the later one.
        RunsFrom::Known => dates.known.max(dates.last),
        RunsFrom::Last => dates.last,
    };
    let Some(start) = start else {
        return Limitation::Unknown {
            years: runs.years,
            basis,
        };
    };
    let until = calendar.due_from(start, &term(rule, runs));
    let in_time = |asked: &Date| *asked >= start && *asked <= until.day();
    let asked = dates.mediation_asked.filter(in_time);
    Limitation::Runs {
        interrupted: asked.and_then(|asked| anew(calendar, rule, asked, interruption)),
        until,
        basis,
    }
}

/// The time that begins anew when a mediation body is asked on `asked`, if the old one was not over then; `None` for
/// what knows no limit.
pub(in crate::domain) fn anew(
    calendar: &Calendar,
    rule: &LimitationRule,
    asked: Date,
    interruption: &[Citation],
) -> Option<Interruption> {
    Some(Interruption {
        asked,
        until: calendar.due_from(asked, &term(rule, rule.runs?)),
        basis: interruption.to_vec(),
    })
}

fn term(rule: &LimitationRule, runs: Runs) -> Term {
    let ground = rule.basis.first();
    Term {
        length: runs.years,
        unit: Unit::Years,
        basis: ground.map_or(Basis::HouseDefault, |c| Basis::Article(c.clone())),
    }
}
