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

/// The instant of a day and a time of day; `None` at the end of all time.
pub fn instant(day: Date, time: Time) -> Option<Timestamp> {
    let zoned = day
        .to_datetime(time)
        .to_zoned(TimeZone::fixed(Offset::constant(8)));
    zoned.ok().map(|zoned| zoned.timestamp())
}
