//! A mediator's time in quarter-hours: what a case takes of it, when they are away, and what a week offers.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;

use super::case::Case;
use super::ids::{PersonId, SessionId};
use super::session::Venue;
use super::time::instant;

const SECONDS: i64 = 15 * 60;

/// A quarter-hour of somebody's time that a session takes. No two sessions take the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Booking {
    pub person: PersonId,
    /// Quarter-hours since 1970.
    pub quarter: i64,
    pub session: SessionId,
}

/// The quarter-hours that a span touches, begun ones whole.
pub fn quarters(from: Timestamp, until: Timestamp) -> Range<i64> {
    let first = from.as_second().div_euclid(SECONDS);
    let last = (until.as_second() + SECONDS - 1).div_euclid(SECONDS);
    first..last.max(first)
}

/// The moment at which a quarter-hour begins.
pub fn begins(quarter: i64) -> Timestamp {
    Timestamp::from_second(quarter * SECONDS).unwrap_or(Timestamp::MAX)
}

/// What the case takes of the time of those who lead its sessions.
pub fn bookings(case: &Case) -> BTreeSet<Booking> {
    let Some(work) = case.stage.work() else {
        return BTreeSet::new();
    };
    let mut bookings = BTreeSet::new();
    for session in &work.sessions {
        if !session.is_to_come() {
            continue;
        }
        let room = session.venue.as_ref().and_then(Venue::in_calendar);
        for person in case.booked().into_iter().chain(room) {
            let booking = |quarter| Booking {
                person,
                quarter,
                session: session.id,
            };
            bookings.extend(quarters(session.at, session.ends()).map(booking));
        }
    }
    bookings
}

/// A time of the week at which somebody mediates, in minutes of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    /// 1 is Monday.
    pub weekday: i8,
    pub from: u16,
    pub until: u16,
}

/// Monday to Friday, nine to twelve and two to six, for whoever has not said otherwise.
pub fn office_hours() -> Vec<Hours> {
    (1..=5)
        .flat_map(|weekday| {
            [(9, 12), (14, 18)].map(|(from, until)| Hours {
                weekday,
                from: from * 60,
                until: until * 60,
            })
        })
        .collect()
}

/// How many hours of a week these are.
pub fn hours_a_week(hours: &[Hours]) -> u32 {
    let minutes = hours.iter().map(|it| u32::from(it.until - it.from));
    minutes.sum::<u32>() / 60
}

/// The parts of a day that somebody offers and nothing has taken.
pub fn free(day: Date, hours: &[Hours], taken: &BTreeSet<i64>) -> Vec<Range<i64>> {
    let mut free: Vec<Range<i64>> = Vec::new();
    for it in hours
        .iter()
        .filter(|it| it.weekday == day.weekday().to_monday_one_offset())
    {
        let at = |minute: u16| {
            let time = jiff::civil::Time::midnight()
                + jiff::Span::new().minutes(i64::from(minute.min(24 * 60 - 1)));
            instant(day, time)
        };
        let (Some(from), Some(until)) = (at(it.from), at(it.until)) else {
            continue;
        };
        for quarter in quarters(from, until).filter(|quarter| !taken.contains(quarter)) {
            match free.last_mut() {
                Some(last) if last.end == quarter => last.end += 1,
                _ => free.push(quarter..quarter + 1),
            }
        }
    }
    free
}

/// What is left of somebody's time, as far as it matters for giving them a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeLeft {
    /// Away now, and until then.
    pub away_until: Option<Timestamp>,
    /// Hours of the coming seven days that nothing has taken.
    pub free_hours: u32,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::action::Action;
    use crate::domain::fixture::{MEDIATOR, Quarrel, SESSION, rules};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_begun_quarter_is_taken_whole_and_the_next_one_is_free() {
        let taken = quarters(at("2026-03-02T11:20:00Z"), at("2026-03-02T12:05:00Z"));
        assert_eq!(begins(taken.start), at("2026-03-02T11:15:00Z"));
        assert_eq!(begins(taken.end), at("2026-03-02T12:15:00Z"));
        let sharp = quarters(at("2026-03-02T11:00:00Z"), at("2026-03-02T12:00:00Z"));
        assert_eq!(sharp.count(), 4);
    }

    #[test]
    fn a_session_takes_its_mediator_s_time_until_it_is_over_or_taken_back() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let schedule = Action::ScheduleSession {
            session: SESSION,
            at: quarrel.now,
            minutes: 60,
            venue: None,
        };
        quarrel.act("mediator", schedule);
        let taken = bookings(&quarrel.case);
        assert_eq!(taken.len(), 4);
        assert!(
            taken
                .iter()
                .all(|it| it.person == MEDIATOR && it.session == SESSION)
        );
        quarrel.act("mediator", Action::CancelSession { session: SESSION });
        assert!(bookings(&quarrel.case).is_empty());
    }

    #[test]
    fn free_hours_are_those_offered_and_not_taken() {
        let monday = date(2026, 3, 2);
        let ten = instant(monday, jiff::civil::time(10, 0, 0, 0)).unwrap();
        let eleven = instant(monday, jiff::civil::time(11, 0, 0, 0)).unwrap();
        let taken = quarters(ten, eleven).collect();
        let free = free(monday, &office_hours(), &taken);
        let spans: Vec<_> = free.iter().map(|it| it.end - it.start).collect();
        assert_eq!(
            spans,
            [4, 4, 16],
            "nine to ten, eleven to twelve, two to six"
        );
        assert!(super::free(date(2026, 3, 1), &office_hours(), &BTreeSet::new()).is_empty());
        assert_eq!(hours_a_week(&office_hours()), 35);
    }
}
