//! What a room counts of how well its lines hold, and tells from time to time.

use std::time::{Duration, Instant};

use super::{Place, Room, What};
use crate::domain::ids::PersonId;
use crate::domain::quality::Quality;

const TOLD_EVERY: Duration = Duration::from_mins(1);
/// A page that loses everything.
const ALL: u16 = 1_000;

#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) sum: Quality,
    /// Up to when time has been counted, and when all was told last.
    until: Option<Instant>,
    told: Option<Instant>,
}

impl Room {
    /// What a page lost lately, in thousandths.
    pub(super) fn measured(&mut self, me: PersonId, lost: u16) {
        let sits = |id| {
            self.people
                .get(&id)
                .is_some_and(|it| it.place != Place::Waiting)
        };
        if sits(me) {
            self.counted.sum.measured += 1;
            self.counted.sum.lost += u64::from(lost.min(ALL));
        }
    }

    pub(super) fn count_time(&mut self, now: Instant) {
        let counted = &mut self.counted;
        let until = counted.until.replace(now).unwrap_or(now);
        let passed = now.saturating_duration_since(until);
        let here =
            |person: &&super::Person| person.link.is_some() && person.place != Place::Waiting;
        for person in self.people.values().filter(here) {
            *counted.sum.spent.entry(person.rung).or_default() += passed;
        }
        let told = *counted.told.get_or_insert(now);
        if self.people.is_empty() || now.saturating_duration_since(told) >= TOLD_EVERY {
            counted.told = Some(now);
            self.tell_quality();
        }
    }

    /// What was counted since the last time.
    pub(super) fn tell_quality(&mut self) {
        let sum = std::mem::take(&mut self.counted.sum);
        if sum != Quality::default() {
            self.report(What::Counted(sum));
        }
    }
}
