//! The first minutes of a case in words: reached in time, late, or still running.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::domain::case::Case;
use crate::domain::intake::{Pace, Target};
use crate::i18n::Text;

/// One target as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaceFace {
    pub label: Text,
    pub state: Text,
    /// The colour of the tag: good, bad, or waiting.
    pub kind: &'static str,
}

impl PaceFace {
    pub(in crate::web) fn samples() -> Vec<Self> {
        let mut pace = Pace::new(Timestamp::UNIX_EPOCH);
        pace.received = Some(Timestamp::UNIX_EPOCH);
        pace.urgent_since = Some(Timestamp::UNIX_EPOCH);
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_mins(4);
        of(&pace, now)
    }
}

/// What is wanted of the case's first minutes; nothing of a case from before anybody measured.
pub(in crate::web) fn faces(case: &Case, now: Timestamp) -> Vec<PaceFace> {
    let pace = case.intake.pace.as_ref();
    pace.map_or_else(Vec::new, |pace| of(pace, now))
}

/// As [`faces`], of the minutes alone.
pub(in crate::web) fn of(pace: &Pace, now: Timestamp) -> Vec<PaceFace> {
    let face = |target: Target| {
        let taken = pace.taken(target, now)?;
        let (state, kind) = match (pace.reached(target).is_some(), pace.is_late(target, now)) {
            (true, false) => ("reached", "good"),
            (true, true) => ("reached-late", "care"),
            (false, false) => ("runs", "waiting"),
            (false, true) => ("missed", "bad"),
        };
        Some(PaceFace {
            label: Text::key(format!("triage-target-{}", target.name())),
            state: Text::key(format!("triage-pace-{state}")).with("time", clock(taken)),
            kind,
        })
    };
    Target::ALL.into_iter().filter_map(face).collect()
}

/// `4:07`, `3:20:00`: minutes and seconds, with hours where there are any.
fn clock(taken: SignedDuration) -> String {
    let seconds = taken.as_secs().max(0);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_reads_as_reached_late_running_or_missed() {
        let kinds: Vec<_> = PaceFace::samples().iter().map(|it| it.kind).collect();
        assert_eq!(
            kinds,
            ["good", "bad", "waiting"],
            "4 minutes: received, not routed, 5 for a call"
        );
        assert_eq!(clock(SignedDuration::from_secs(247)), "4:07");
        assert_eq!(clock(SignedDuration::from_secs(12_000)), "3:20:00");
    }
}
