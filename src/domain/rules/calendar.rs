//! Working days by the State Council's yearly arrangement, and the end of any term by 民事诉讼法 85.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time, Weekday};
use jiff::{Span, Timestamp};

use crate::domain::deadline::{Basis, Due, Term, Unit, end_of};
use crate::domain::time::{civil, civil_date, instant};

/// The published arrangement of one year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearTable {
    /// Days off, weekends among them included or not.
    pub off: BTreeSet<Date>,
    /// Saturdays and Sundays that are worked in exchange.
    pub worked: BTreeSet<Date>,
    /// The notice it is taken from.
    pub source: String,
}

/// All published years. A year that is missing is counted by weekends alone, and the result says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, YearTable>,
}

/// The current year has no holiday data, so no clock of today can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("holidays.toml has no table for the current year {0}")]
pub struct YearMissing(pub i16);

impl Calendar {
    pub(in crate::domain) fn new(years: BTreeMap<i16, YearTable>) -> Self {
        Self { years }
    }

    /// Takes the tables of `other` for the years that it has.
    pub(in crate::domain) fn lay_over(&mut self, other: Self) {
        self.years.extend(other.years);
    }

    /// Stops the start when the year of `today` is unpublished.
    pub fn check_year(&self, today: Date) -> Result<(), YearMissing> {
        if self.years.contains_key(&today.year()) {
            Ok(())
        } else {
            Err(YearMissing(today.year()))
        }
    }

    pub fn is_published(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    pub fn is_working_day(&self, day: Date) -> bool {
        // An arrangement may name days of the December before it: 2018-12-29 was worked for the New Year of 2019.
        let mut tables = [day.year(), day.year() + 1]
            .into_iter()
            .filter_map(|year| self.years.get(&year));
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if tables.clone().any(|table| table.worked.contains(&day)) {
            return true;
        }
        !weekend && !tables.any(|table| table.off.contains(&day))
    }

    /// The end of a term that starts at `start`. The first day does not count, and a last day off moves to the
    /// first working day after it (民事诉讼法 85, 民法典 201–203).
    pub fn due(&self, start: Timestamp, term: &Term) -> Due {
        self.due_from(civil_date(start), term)
    }

    /// As [`Calendar::due`], from a day instead of an instant.
    pub fn due_from(&self, start: Date, term: &Term) -> Due {
        self.due_without(start, term, 0)
    }

    /// As [`Calendar::due_from`], with days that do not count (在线调解规则 26).
    pub fn due_without(&self, start: Date, term: &Term, days: i64) -> Due {
        let mut count = Count {
            calendar: self,
            provisional: false,
        };
        let length = i64::from(term.length);
        let last = match term.unit {
            Unit::CalendarDays => plus(start, Span::new().try_days(length)),
            Unit::Months => plus(start, Span::new().try_months(length)),
            Unit::Years => plus(start, Span::new().try_years(length)),
            Unit::WorkingDays => (0..term.length).fold(start, |day, _| count.next_working(day)),
        };
        let last = plus(last, Span::new().try_days(days));
        let last = if count.works(last) {
            last
        } else {
            count.next_working(last)
        };
        Due {
            at: end_of(last),
            provisional: count.provisional,
            basis: term.basis.clone(),
        }
    }

    /// The end of a term that was agreed on by its day; a day off moves on like any other.
    pub fn agreed_on(&self, day: Date, basis: &Basis) -> Due {
        let term = Term {
            length: 0,
            unit: Unit::CalendarDays,
            basis: basis.clone(),
        };
        self.due_without(day, &term, 0)
    }

    /// The working day before a day.
    pub fn working_day_before(&self, mut day: Date) -> Date {
        while let Ok(before) = day.yesterday() {
            day = before;
            if self.is_working_day(day) {
                break;
            }
        }
        day
    }

    /// Counts a provisional end again; `None` when nothing changed.
    pub fn recalculate(&self, start: Timestamp, term: &Term, before: &Due) -> Option<Due> {
        let again = self.due(start, term);
        (before.provisional && again != *before).then_some(again)
    }

    /// The next moment at which one may disturb people: on a working day between nine and twenty o'clock.
    pub fn civil_hour(&self, from: Timestamp) -> Timestamp {
        let (nine, twenty) = (Time::constant(9, 0, 0, 0), Time::constant(20, 0, 0, 0));
        let local = civil(from);
        let today = local.date();
        let mut day = today;
        if self.is_working_day(today) && local.time() < twenty {
            return if local.time() >= nine {
                from
            } else {
                instant(today, nine).unwrap_or(from)
            };
        }
        while let Ok(next) = day.tomorrow() {
            day = next;
            if self.is_working_day(day) {
                break;
            }
        }
        instant(day, nine).unwrap_or(from)
    }

    /// Working days after `from` up to and including `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        let mut day = from;
        let mut days = 0;
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            days += u32::from(self.is_working_day(day));
        }
        days
    }

    fn is_settled(&self, day: Date) -> bool {
        // The last days of December may still be rearranged by the notice of the following year.
        let reached_by_next = (day.month(), day.day()) >= (12, 29);
        self.is_published(day.year()) && (!reached_by_next || self.is_published(day.year() + 1))
    }
}

/// Asks the calendar about days and remembers whether any answer was only by weekends.
struct Count<'a> {
    calendar: &'a Calendar,
    provisional: bool,
}

impl Count<'_> {
    fn works(&mut self, day: Date) -> bool {
        self.provisional |= !self.calendar.is_settled(day);
        self.calendar.is_working_day(day)
    }

    fn next_working(&mut self, mut day: Date) -> Date {
        while let Ok(next) = day.tomorrow() {
            day = next;
            if self.works(day) {
                break;
            }
        }
        day
    }
}

/// A term beyond the calendar's last year 9999 ends with it.
fn plus(day: Date, span: Result<Span, jiff::Error>) -> Date {
    span.map_or(Date::MAX, |span| day.saturating_add(span))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn table(off: &[Date], worked: &[Date]) -> YearTable {
        YearTable {
            off: off.iter().copied().collect(),
            worked: worked.iter().copied().collect(),
            source: "a test".to_owned(),
        }
    }

    /// 2026 with New Year and National Day, as published.
    fn calendar() -> Calendar {
        let mut off: Vec<Date> = (1..=3).map(|d| date(2026, 1, d)).collect();
        off.extend((1..=7).map(|d| date(2026, 10, d)));
        let worked = [date(2026, 1, 4), date(2026, 9, 20), date(2026, 10, 10)];
        Calendar::new(BTreeMap::from([(2026, table(&off, &worked))]))
    }

    fn term(length: u32, unit: Unit) -> Term {
        Term {
            length,
            unit,
            basis: Basis::HouseDefault,
        }
    }

    fn ends(start: &str, length: u32, unit: Unit) -> (Date, bool) {
        let due = calendar().due(start.parse().unwrap(), &term(length, unit));
        (due.day(), due.provisional)
    }

    #[test]
    fn the_first_day_does_not_count_and_a_last_day_off_moves_on() {
        // 30 days from 22 November are over on Tuesday 22 December.
        assert_eq!(
            ends("2026-11-22T02:00:00Z", 30, Unit::CalendarDays),
            (date(2026, 12, 22), false)
        );
        // The last day 3 October is a holiday: the first day after the holidays is Thursday the 8th.
        assert_eq!(
            ends("2026-09-03T02:00:00Z", 30, Unit::CalendarDays),
            (date(2026, 10, 8), false)
        );
        // A Sunday that is worked is no day off.
        assert_eq!(
            ends("2026-08-21T02:00:00Z", 30, Unit::CalendarDays),
            (date(2026, 9, 20), false)
        );
    }

    #[test]
    fn the_day_begins_in_shanghai_not_in_greenwich() {
        assert_eq!(
            ends("2026-11-22T15:59:59Z", 1, Unit::CalendarDays).0,
            date(2026, 11, 23)
        );
        assert_eq!(
            ends("2026-11-22T16:00:00Z", 1, Unit::CalendarDays).0,
            date(2026, 11, 24)
        );
    }

    #[test]
    fn working_days_skip_holidays_and_count_worked_weekends() {
        // 30 September → 8 and 9 October, then Saturday the 10th, which is worked.
        assert_eq!(
            ends("2026-09-30T02:00:00Z", 3, Unit::WorkingDays),
            (date(2026, 10, 10), false)
        );
        // From a Saturday: Monday, Tuesday, Wednesday.
        assert_eq!(
            ends("2026-11-21T02:00:00Z", 3, Unit::WorkingDays),
            (date(2026, 11, 25), false)
        );
    }

    #[test]
    fn nobody_is_disturbed_at_night_or_on_a_day_off() {
        let hour = |from: &str| calendar().civil_hour(from.parse().unwrap()).to_string();
        // Monday midnight, noon and ten in the evening in Shanghai; Saturday; the eve of the National Day.
        assert_eq!(hour("2026-11-22T16:00:01Z"), "2026-11-23T01:00:00Z");
        assert_eq!(hour("2026-11-23T04:00:00Z"), "2026-11-23T04:00:00Z");
        assert_eq!(hour("2026-11-23T14:00:00Z"), "2026-11-24T01:00:00Z");
        assert_eq!(hour("2026-11-21T04:00:00Z"), "2026-11-23T01:00:00Z");
        assert_eq!(hour("2026-09-30T16:00:01Z"), "2026-10-08T01:00:00Z");
    }

    #[test]
    fn months_and_years_end_on_the_corresponding_day_or_the_months_last() {
        assert_eq!(
            ends("2026-01-31T02:00:00Z", 3, Unit::Months).0,
            date(2026, 4, 30)
        );
        assert_eq!(
            ends("2025-02-10T02:00:00Z", 1, Unit::Years).0,
            date(2026, 2, 10)
        );
    }

    #[test]
    fn a_clock_that_reaches_an_unpublished_year_is_provisional_until_data_arrives() {
        let start: Timestamp = "2026-12-30T02:00:00Z".parse().unwrap();
        let three = term(3, Unit::WorkingDays);
        let guess = calendar().due(start, &three);
        // By weekends alone 1 January 2027, a Friday, is worked.
        assert_eq!((guess.day(), guess.provisional), (date(2027, 1, 4), true));
        assert_eq!(calendar().recalculate(start, &three, &guess), None);
        let mut later = calendar();
        later.years.insert(2027, table(&[date(2027, 1, 1)], &[]));
        let sure = later.recalculate(start, &three, &guess).unwrap();
        assert_eq!((sure.day(), sure.provisional), (date(2027, 1, 5), false));
    }

    #[test]
    fn the_last_days_of_december_wait_for_the_next_notice() {
        assert_eq!(
            ends("2026-12-28T02:00:00Z", 1, Unit::WorkingDays),
            (date(2026, 12, 29), true)
        );
        let mut later = calendar();
        later
            .years
            .insert(2027, table(&[date(2026, 12, 31), date(2027, 1, 1)], &[]));
        let due = later.due_from(date(2026, 12, 28), &term(3, Unit::WorkingDays));
        assert_eq!(due.day(), date(2027, 1, 4));
    }

    #[test]
    fn a_current_year_without_data_stops_the_start() {
        assert_eq!(calendar().check_year(date(2026, 11, 22)), Ok(()));
        assert_eq!(
            calendar().check_year(date(2027, 1, 1)),
            Err(YearMissing(2027))
        );
    }

    fn day() -> impl Strategy<Value = Date> {
        (0..1500_i64).prop_map(|n| date(2024, 6, 1).saturating_add(Span::new().days(n)))
    }

    proptest! {
        #[test]
        fn working_day_clocks_end_on_a_working_day_after_exactly_that_many(start in day(), length in 1..60_u32) {
            let due = calendar().due_from(start, &term(length, Unit::WorkingDays));
            prop_assert!(calendar().is_working_day(due.day()));
            prop_assert_eq!(calendar().working_days_between(start, due.day()), length);
        }

        #[test]
        fn every_clock_ends_on_a_working_day_not_before_its_length(start in day(), length in 1..400_u32) {
            let due = calendar().due_from(start, &term(length, Unit::CalendarDays));
            let plain = start.saturating_add(Span::new().days(i64::from(length)));
            prop_assert!(due.day() >= plain);
            prop_assert!(calendar().is_working_day(due.day()));
            // Nothing but days off lies between the plain end and the end.
            prop_assert!(calendar().working_days_between(plain, due.day()) <= 1);
        }

        #[test]
        fn a_longer_clock_never_ends_earlier(start in day(), length in 0..200_u32, unit in prop::sample::select(&Unit::ALL[..])) {
            let calendar = calendar();
            prop_assert!(calendar.due_from(start, &term(length, unit)).at <= calendar.due_from(start, &term(length + 1, unit)).at);
        }

        #[test]
        fn an_end_in_published_days_is_not_provisional(start in day(), length in 1..40_u32) {
            let due = calendar().due_from(start, &term(length, Unit::WorkingDays));
            if start >= date(2026, 1, 1) && due.day() < date(2026, 12, 29) {
                prop_assert!(!due.provisional);
            } else if due.day() >= date(2026, 12, 29) || start < date(2025, 12, 28) {
                prop_assert!(due.provisional);
            }
        }
    }
}
