//! Three-colour lamps: how near the end of a term is, in colour and in words.

use jiff::Timestamp;

use super::time::civil_date;

/// Red on the last day and after it, amber when few days are left. How few is data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lamp {
    Green,
    Amber,
    Red,
}

/// A lamp with what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub lamp: Lamp,
    /// Days from today to the last day; negative once it is over.
    pub days: i64,
}

impl Reading {
    pub fn of(due: Timestamp, now: Timestamp, amber_days: i64) -> Self {
        let days = civil_date(now).until(civil_date(due));
        let days = days.map_or(0, |span| i64::from(span.get_days()));
        let lamp = match days {
            ..=0 => Lamp::Red,
            days if days <= amber_days => Lamp::Amber,
            _ => Lamp::Green,
        };
        Self { lamp, days }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lamp_turns_amber_with_few_days_left_and_red_on_the_last() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let due = at("2026-03-20T15:59:59.999999Z");
        for (now, lamp, days) in [
            ("2026-03-10T01:00:00Z", Lamp::Green, 10),
            ("2026-03-16T15:59:00Z", Lamp::Green, 4),
            ("2026-03-16T16:00:00Z", Lamp::Amber, 3),
            ("2026-03-19T15:00:00Z", Lamp::Amber, 1),
            ("2026-03-19T16:00:00Z", Lamp::Red, 0),
            ("2026-03-22T01:00:00Z", Lamp::Red, -2),
        ] {
            let reading = Reading::of(due, at(now), 3);
            assert_eq!(reading, Reading { lamp, days }, "{now}");
        }
    }
}
