//! When something was said or shown, from the times by a sender's clock and those at which packets came. The quickest packet
//! of each second tells the two clocks apart, because nothing but waiting makes one late; through those goes the line of
//! least squares, since no two clocks run alike.

/// Seconds before the pace of a clock can be told from chance.
const ENOUGH: usize = 10;
/// No clock is further off than one in so many parts.
const WORST: i128 = 2_000;

/// The time of arrival of an unhindered packet, by the sender's ticks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    rate: i64,
    /// The first tick, and microseconds of our clock there if theirs ran as it should.
    origin: i64,
    at: i64,
    /// How much faster or slower it runs, in microseconds a tick, around this tick.
    lean: (i128, i128),
    middle: i64,
}

impl Line {
    /// Through packets with ticks and microseconds of arrival; there must be one.
    pub(super) fn through(packets: impl Iterator<Item = (i64, i64)> + Clone, rate: i64) -> Self {
        let origin = packets.clone().map(|(ticks, _)| ticks).min().unwrap_or(0);
        let quickest = quickest(packets, origin, rate);
        let count = i128::try_from(quickest.len()).unwrap_or(1).max(1);
        let sum = |of: fn(&(i128, i128)) -> i128| quickest.iter().map(of).sum::<i128>();
        let (x, y) = (sum(|(x, _)| *x), sum(|(_, y)| *y));
        let lean = (
            count * sum(|(x, y)| x * y) - x * y,
            count * sum(|(x, _)| x * x) - x * x,
        );
        let is_sane = lean.1 > 0 && lean.0.abs() * i128::from(rate) * WORST <= lean.1 * 1_000_000;
        let leans = quickest.len() >= ENOUGH && is_sane;
        let least = quickest.iter().map(|(_, y)| *y).min().unwrap_or(0);
        let at = if leans { y / count } else { least };
        Self {
            rate,
            origin,
            at: i64::try_from(at).unwrap_or(0),
            lean: if leans { lean } else { (0, 1) },
            middle: origin.saturating_add(i64::try_from(x / count).unwrap_or(0)),
        }
    }

    /// In microseconds of our clock.
    pub(super) fn at(&self, ticks: i64) -> i64 {
        let since = i128::from(ticks) - i128::from(self.origin);
        let nominal = since * 1_000_000 / i128::from(self.rate);
        let lean = self.lean.0 * (i128::from(ticks) - i128::from(self.middle)) / self.lean.1;
        i64::try_from(i128::from(self.at) + nominal + lean).unwrap_or(self.at)
    }
}

/// Of each second by the sender's clock the packet that came soonest: its ticks, and by how much it came after a sender who
/// began at 0.
fn quickest(
    packets: impl Iterator<Item = (i64, i64)>,
    origin: i64,
    rate: i64,
) -> Vec<(i128, i128)> {
    let mut seconds = std::collections::BTreeMap::new();
    for (ticks, at) in packets {
        let since = i128::from(ticks) - i128::from(origin);
        let delay = i128::from(at) - since * 1_000_000 / i128::from(rate);
        let best = seconds
            .entry(since / i128::from(rate))
            .or_insert((since, delay));
        if delay < best.1 {
            *best = (since, delay);
        }
    }
    seconds.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packets of 20 ms by a clock that is so many millionths too fast, each late by a number that looks random, the
    /// quickest by 3 ms.
    fn heard(seconds: i64, faster: i64) -> impl Iterator<Item = (i64, i64)> + Clone {
        (0..seconds * 50).map(move |n| {
            let late = 3_000 + (n * 7_919 % 97) * 400;
            let said = n * 20_000;
            (
                7_000 + n * 960,
                5_000_000 + said - said * faster / 1_000_000 + late,
            )
        })
    }

    #[test]
    fn a_line_is_that_of_the_quickest_and_follows_a_clock_that_runs_fast() {
        for faster in [0, 60, -120] {
            let line = Line::through(heard(1_800, faster), 48_000);
            for second in [0, 900, 1_799] {
                let said = second * 1_000_000;
                let truth = 5_003_000 + said - said * faster / 1_000_000;
                let off = line.at(7_000 + second * 48_000) - truth;
                assert!(off.abs() < 2_000, "{off} µs off at {second} s");
            }
        }
    }

    #[test]
    fn a_moment_is_enough_and_nonsense_does_not_bend_it() {
        let line = Line::through(heard(2, 0), 48_000);
        assert_eq!(line.at(7_000 + 48_000) - line.at(7_000), 1_000_000);
        assert_eq!(line.at(7_000), 5_003_000);
        let wild = (0..100).map(|n| (n * 48_000, n * n * 1_000_000));
        let line = Line::through(wild, 48_000);
        assert_eq!(line.at(96_000) - line.at(48_000), 1_000_000);
        let one = Line::through(std::iter::once((i64::MAX, i64::MIN)), 90_000);
        assert_eq!(one.at(i64::MAX), one.at(i64::MAX));
        let none = Line::through(std::iter::empty(), 90_000);
        assert_eq!(none.at(90_000), 1_000_000);
    }
}
