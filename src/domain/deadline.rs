//! How long somebody has, why, and until when.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::time::civil_date;

/// What a length counts. Months and years end on the corresponding day, or on the month's last (民法典 202).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    CalendarDays,
    WorkingDays,
    Months,
    Years,
}

impl Unit {
    pub const ALL: [Self; 4] = [
        Self::CalendarDays,
        Self::WorkingDays,
        Self::Months,
        Self::Years,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::CalendarDays => "calendar_days",
            Self::WorkingDays => "working_days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// Where a length comes from: an article that binds this track, or a default that an organisation may change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    Article(Citation),
    HouseDefault,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    pub length: u32,
    pub unit: Unit,
    pub basis: Basis,
}

/// The end of a term: [`crate::domain::rules::calendar::Calendar::due`] makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last instant of the last day in Shanghai; whoever acts at or before it is in time (民法典 203: until 24:00).
    pub at: Timestamp,
    /// The count reached days whose holidays are not published yet; it is done again when they are.
    pub provisional: bool,
    pub basis: Basis,
}

impl Due {
    /// The last day, in Shanghai.
    pub fn day(&self) -> Date {
        civil_date(self.at)
    }

    pub fn has_passed(&self, now: Timestamp) -> bool {
        now > self.at
    }
}

/// The last microsecond of a day in Shanghai; microseconds are what the database keeps.
pub(in crate::domain) fn end_of(day: Date) -> Timestamp {
    day.at(23, 59, 59, 999_999_000)
        .to_zoned(TimeZone::fixed(Offset::constant(8)))
        .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_ends_at_midnight_in_shanghai() {
        let end = end_of(date(2026, 11, 22));
        assert_eq!(end.to_string(), "2026-11-22T15:59:59.999999Z");
        let due = Due {
            at: end,
            provisional: false,
            basis: Basis::HouseDefault,
        };
        assert_eq!(due.day(), date(2026, 11, 22));
        assert!(!due.has_passed(end));
        assert!(due.has_passed("2026-11-22T16:00:00Z".parse().unwrap()));
    }
}
