//! Civil time of the installation: China keeps +08:00 all year.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// The civil moment of an instant.
pub fn civil(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::fixed(Offset::constant(8)))
}

/// The civil day of an instant.
pub fn civil_date(at: Timestamp) -> Date {
    civil(at).date()
}

/// The first day of the quarter in which a day lies.
pub fn quarter(day: Date) -> Date {
    let first = (day.month() - 1) / 3 * 3 + 1;
    day.first_of_month()
        .with()
        .month(first)
        .build()
        .unwrap_or(day)
}

/// The first day after a quarter, by its own first day.
pub fn next_quarter(quarter: Date) -> Date {
    quarter.saturating_add(jiff::Span::new().months(3))
}

/// The instant of a day and a time of day; `None` at the end of all time.
pub fn instant(day: Date, time: Time) -> Option<Timestamp> {
    let zoned = day
        .to_datetime(time)
        .to_zoned(TimeZone::fixed(Offset::constant(8)));
    zoned.ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_year_has_four_quarters() {
        for (day, first, next) in [
            (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
            (date(2026, 5, 31), date(2026, 4, 1), date(2026, 7, 1)),
            (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
        ] {
            assert_eq!(quarter(day), first);
            assert_eq!(next_quarter(first), next);
        }
    }
}
