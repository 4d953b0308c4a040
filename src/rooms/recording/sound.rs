//! Packets of sound set one behind the other without a gap: where nothing was said or something was lost there is silence, so
//! that what follows sounds when it was said, beside its picture.

use super::film::NotFilmed;
use super::opus::{self, SILENCE_SAMPLES, samples};
use super::stream::{Place, Run, Shelf};

/// By how much a packet may be too early for its place before it is left out: two packets, which is how far a clock that runs
/// fast gets ahead in minutes.
const TOO_EARLY: i64 = 2 * 960;

/// One packet of sound.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) at: i64,
    samples: u32,
    place: Place,
}

/// What is heard at some time.
#[derive(Debug)]
pub(super) struct Heard {
    /// Samples since the film began.
    pub(super) from: i64,
    /// None is silence.
    pub(super) place: Option<Place>,
}

/// What was said by a microphone.
pub(super) fn said(shelf: &mut Shelf, runs: Vec<Run>) -> Result<Vec<Said>, NotFilmed> {
    let mut said = Vec::new();
    for seen in runs.into_iter().flatten() {
        let samples = samples(shelf.payload(&seen.place)?);
        said.extend(samples.map(|samples| Said {
            at: seen.at,
            samples,
            place: seen.place,
        }));
    }
    Ok(said)
}

/// What is heard in a film that began at this time, and where it ends, in samples.
pub(super) fn heard(said: &[Said], begun: i64) -> (Vec<Heard>, i64) {
    let mut heard = Vec::with_capacity(said.len());
    let mut end = 0;
    for packet in said {
        let since = packet.at.saturating_sub(begun).max(0);
        let place = i128::from(since) * i128::from(opus::RATE) / 1_000_000;
        let place = i64::try_from(place).unwrap_or(i64::MAX / 2);
        if place + TOO_EARLY < end {
            continue;
        }
        let silence = i64::from(SILENCE_SAMPLES);
        while place - end >= silence {
            heard.push(Heard {
                from: end,
                place: None,
            });
            end += silence;
        }
        heard.push(Heard {
            from: end,
            place: Some(packet.place.clone()),
        });
        end += i64::from(packet.samples);
    }
    (heard, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: &[i64]) -> Vec<Said> {
        let said = milliseconds.iter().map(|at| Said {
            at: at * 1_000,
            samples: 960,
            place: Place::nowhere(),
        });
        said.collect()
    }

    fn placed(milliseconds: &[i64]) -> Vec<(i64, bool)> {
        let (heard, _) = heard(&at(milliseconds), 1_000_000);
        let placed = heard.iter().map(|it| (it.from / 48, it.place.is_some()));
        placed.collect()
    }

    #[test]
    fn what_was_lost_is_silent_and_what_follows_stands_in_its_time() {
        assert_eq!(
            placed(&[1_040, 1_060, 1_120]),
            [
                (0, false),
                (20, false),
                (40, true),
                (60, true),
                (80, false),
                (100, false),
                (120, true),
            ]
        );
    }

    /// 100 packets in 1.9 s: a clock that runs fast by a twentieth.
    #[test]
    fn a_clock_that_runs_fast_gets_no_further_ahead_than_two_packets() {
        let fast: Vec<i64> = (0..100).map(|n| 1_000 + n * 19).collect();
        let (heard, end) = heard(&at(&fast), 1_000_000);
        assert!(heard.len() < 100 && heard.iter().all(|it| it.place.is_some()));
        assert!(end / 48 <= 1_900 + 60, "{}", end / 48);
    }

    /// And one that runs slow is silent now and then.
    #[test]
    fn a_clock_that_runs_slow_does_not_fall_behind() {
        let slow: Vec<i64> = (0..100).map(|n| 1_000 + n * 21).collect();
        let (heard, end) = heard(&at(&slow), 1_000_000);
        assert_eq!(heard.iter().filter(|it| it.place.is_none()).count(), 4);
        assert!(end / 48 >= 2_060, "{}", end / 48);
    }
}
