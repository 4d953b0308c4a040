//! A whole year, day by day: many cases on every track, and each term fires exactly on its day, by a count of its own that
//! knows nothing of the calendar under test.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, Timestamp};
use proptest::prelude::*;
use serde::Deserialize;

use super::super::action::Action;
use super::super::deadline::{Basis, Term, Unit};
use super::super::fixture::{INVENTED_2027, Quarrel, rules, rules_with_holidays};
use super::super::follow_up::FollowUp;
use super::super::offered::due_action;
use super::super::rules::Rules;
use super::super::stage::PauseReason;
use super::super::time::{civil_date, instant};
use super::super::track::Track;
use super::Transition;

/// Days off and worked weekends as the data file lists them, read without the code under test.
struct Slow {
    off: BTreeSet<Date>,
    worked: BTreeSet<Date>,
}

#[derive(Deserialize)]
struct File {
    year: Vec<Year>,
}

#[derive(Deserialize)]
struct Year {
    holidays: Vec<Holiday>,
}

#[derive(Deserialize)]
struct Holiday {
    from: String,
    to: String,
    worked: Vec<String>,
}

impl Slow {
    fn read(further: &str) -> Self {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/data/holidays.toml");
        let text = std::fs::read_to_string(file).unwrap() + further;
        let file: File = toml::from_str(&text).unwrap();
        let mut slow = Self {
            off: BTreeSet::new(),
            worked: BTreeSet::new(),
        };
        for holiday in file.year.into_iter().flat_map(|year| year.holidays) {
            let mut day: Date = holiday.from.parse().unwrap();
            let to: Date = holiday.to.parse().unwrap();
            while day <= to {
                slow.off.insert(day);
                day = day.tomorrow().unwrap();
            }
            let worked = holiday.worked.iter();
            slow.worked
                .extend(worked.map(|day| day.parse::<Date>().unwrap()));
        }
        slow
    }

    fn works(&self, day: Date) -> bool {
        let weekend = [Weekday::Saturday, Weekday::Sunday].contains(&day.weekday());
        self.worked.contains(&day) || (!weekend && !self.off.contains(&day))
    }

    /// One day after the other, from the day after the first.
    fn last_day(&self, start: Date, length: u32, unit: Unit, excluded: i64) -> Date {
        let mut day = start;
        match unit {
            Unit::CalendarDays => {
                for _ in 0..length {
                    day = day.tomorrow().unwrap();
                }
            }
            Unit::WorkingDays => {
                let mut left = length;
                while left > 0 {
                    day = day.tomorrow().unwrap();
                    left -= u32::from(self.works(day));
                }
            }
            Unit::Months => day = day.saturating_add(Span::new().months(length)),
            Unit::Years => day = day.saturating_add(Span::new().years(length)),
        }
        for _ in 0..excluded {
            day = day.tomorrow().unwrap();
        }
        while !self.works(day) {
            day = day.tomorrow().unwrap();
        }
        day
    }
}

/// One case on its way through the year.
struct Walker<'a> {
    quarrel: Quarrel<'a>,
    /// When the queue is to look at it.
    watches: BTreeSet<Timestamp>,
    /// What the clock did, with the last day of the term that was over.
    fired: Vec<(String, Date)>,
    expected: Vec<(String, Date)>,
    /// What people do, and when.
    plans: Vec<(Timestamp, &'static str, Action)>,
    name: String,
}

impl Walker<'_> {
    fn note(&mut self, transition: &Transition) {
        for follow_up in &transition.follow_ups {
            if let FollowUp::Watch { at } = follow_up {
                self.watches.insert(*at);
            }
        }
    }

    /// Looks at the case as the queue would, when it asked for it.
    fn tick(&mut self, now: Timestamp) {
        self.quarrel.now = now;
        while let Some(action) = due_action(self.quarrel.rules, &self.quarrel.case, now) {
            let kind = action.kind().name().to_owned();
            let transition = self.quarrel.act("clock", action);
            self.note(&transition);
            if kind != "recalculate" {
                self.fired
                    .push((kind, civil_date(now).yesterday().unwrap()));
            }
        }
    }

    fn go_until(&mut self, until: Timestamp) {
        loop {
            let watch = self.watches.first().copied().filter(|at| *at < until);
            let plan = self
                .plans
                .first()
                .map(|(at, ..)| *at)
                .filter(|at| *at < until);
            match (watch, plan) {
                (Some(at), plan) if plan.is_none_or(|plan| at <= plan) => {
                    self.watches.pop_first();
                    self.tick(at);
                }
                (_, Some(at)) => {
                    let (_, who, action) = self.plans.remove(0);
                    self.quarrel.now = at;
                    let transition = self.quarrel.act(who, action);
                    self.note(&transition);
                }
                _ => return,
            }
        }
    }
}

fn noon(day: Date) -> Timestamp {
    instant(day, jiff::civil::Time::constant(12, 0, 0, 0)).unwrap()
}

fn after(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

const fn mediation_days(track: Track) -> u32 {
    match track {
        Track::CourtEntrusted => 15,
        _ => 30,
    }
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    Silent,
    Expires,
    Appraised,
    Suspected,
    Extended,
    Lapses,
}

const FATES: [Fate; 6] = [
    Fate::Silent,
    Fate::Expires,
    Fate::Appraised,
    Fate::Suspected,
    Fate::Extended,
    Fate::Lapses,
];

/// A case that begins at noon of a day, what will become of it, and what the slow count says of its terms.
#[expect(clippy::too_many_lines, reason = "one table, an arm a fate")]
fn walker<'a>(rules: &'a Rules, slow: &Slow, track: Track, fate: Fate, start: Date) -> Walker<'a> {
    let mut quarrel = Quarrel::new(rules);
    quarrel.case.track = track;
    quarrel.now = noon(start);
    let mut walker = Walker {
        quarrel: quarrel.clone(),
        watches: BTreeSet::new(),
        fired: Vec::new(),
        expected: Vec::new(),
        plans: Vec::new(),
        name: format!("{track:?} {fate:?} {start}"),
    };
    let term = |excluded| slow.last_day(start, mediation_days(track), Unit::CalendarDays, excluded);
    let act = |day, who, action| (noon(day), who, action);
    let mut expected = Vec::new();
    match fate {
        Fate::Silent => {
            walker.quarrel = quarrel.inviting();
            let mut day = start;
            for (length, kind) in [
                (1, "step_up"),
                (1, "step_up"),
                (1, "step_up"),
                (5, "step_up"),
                (5, "end"),
            ] {
                day = slow.last_day(day, length, Unit::WorkingDays, 0);
                expected.push((kind, day));
            }
        }
        Fate::Lapses => {
            walker.quarrel = quarrel.settled();
            walker.quarrel.join("claimant");
            expected.push((
                "lapse_confirmation",
                slow.last_day(start, 30, Unit::CalendarDays, 0),
            ));
        }
        _ => {
            walker.quarrel = quarrel.active();
            let why = match fate {
                Fate::Suspected => PauseReason::SuspectedFraud,
                _ => PauseReason::Appraisal,
            };
            let (ends, plans) = match fate {
                Fate::Appraised | Fate::Suspected => {
                    let (from, to) = (after(start, 4), after(start, 13));
                    let plans = vec![
                        act(from, "mediator", Action::Pause { why }),
                        act(to, "mediator", Action::Resume),
                    ];
                    (term(if why.is_excluded() { 9 } else { 0 }), plans)
                }
                Fate::Extended => {
                    let until = after(term(0), 11);
                    let why = "还要几天".to_owned();
                    let asked = act(
                        after(start, 2),
                        "mediator",
                        Action::ProposeExtension { until, why },
                    );
                    let one = act(after(start, 3), "claimant", Action::AgreeExtension);
                    let other = act(after(start, 4), "respondent", Action::AgreeExtension);
                    (
                        slow.last_day(until, 0, Unit::CalendarDays, 0),
                        vec![asked, one, other],
                    )
                }
                _ => (term(0), Vec::new()),
            };
            walker.plans = plans;
            expected.push(("end", ends));
        }
    }
    // The queue looks as the case asked for on its way here.
    if let Some(due) = walker.quarrel.case.stage.due() {
        walker.watches.insert(due.at + super::ONE_TICK);
    }
    walker.expected = expected
        .into_iter()
        .map(|(kind, day)| (kind.to_owned(), day))
        .collect();
    walker
}

#[test]
fn a_whole_year_fires_each_term_on_its_day_never_early_and_never_twice() {
    let before = rules();
    let published = rules_with_holidays(INVENTED_2027);
    let slow = Slow::read(INVENTED_2027);
    let mut walkers = Vec::new();
    let mut start = date(2026, 1, 5);
    while start < date(2026, 12, 31) {
        for track in Track::ALL {
            for fate in FATES {
                if matches!(fate, Fate::Lapses) && !before.is_track_confirmable(track) {
                    continue;
                }
                walkers.push(walker(&before, &slow, track, fate, start));
            }
        }
        start = after(start, 17);
    }
    assert!(walkers.len() > 700, "{}", walkers.len());
    live_until(&mut walkers, date(2026, 1, 5), date(2026, 12, 10));
    // The holidays of 2027 become known; cases that begin later know them from the start.
    let known = noon(date(2026, 12, 10));
    for walker in &mut walkers {
        walker.quarrel.rules = &published;
        if walker
            .quarrel
            .case
            .stage
            .due()
            .is_some_and(|due| due.provisional)
        {
            // As `casework::recalculate` does at the start of the program.
            walker.tick(known.max(walker.quarrel.now));
        }
    }
    live_until(&mut walkers, date(2026, 12, 10), date(2027, 3, 31));
    for walker in &walkers {
        assert_eq!(walker.fired, walker.expected, "{}", walker.name);
    }
}

/// Day by day; now and then somebody looks whether anything is due that no case asked to be called for.
fn live_until(walkers: &mut [Walker<'_>], from: Date, to: Date) {
    let mut day = from;
    while day <= to {
        for walker in walkers.iter_mut() {
            walker.go_until(noon(day));
            let now = noon(day).max(walker.quarrel.now);
            let missed = due_action(walker.quarrel.rules, &walker.quarrel.case, now);
            assert_eq!(missed, None, "{} was not asked for in time", walker.name);
        }
        day = after(day, 6);
    }
}

fn unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(&Unit::ALL[..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_calendar_counts_as_one_who_counts_on_the_fingers(day in 0_i64..1000, length in 1_u32..60, unit in unit(), excluded in 0_i64..40) {
        let rules = rules_with_holidays(INVENTED_2027);
        let slow = Slow::read(INVENTED_2027);
        let start = after(date(2025, 1, 1), day);
        let term = Term { length, unit, basis: Basis::HouseDefault };
        let due = rules.calendar.due_without(start, &term, excluded);
        prop_assert_eq!(due.day(), slow.last_day(start, length, unit, excluded));
    }
}
