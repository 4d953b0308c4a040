//! The 135 targets: received in one minute, routed in three, first contact in five where it is urgent. Measured and
//! told to whoever is above, and never a reason to refuse anything.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The person has been told that the matter arrived.
    Receive,
    /// The committee is fixed.
    Route,
    /// Somebody has spoken with the person, where it is urgent.
    Contact,
}

impl Target {
    pub const ALL: [Self; 3] = [Self::Receive, Self::Route, Self::Contact];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Route => "route",
            Self::Contact => "contact",
        }
    }

    pub const fn within(self) -> SignedDuration {
        SignedDuration::from_mins(match self {
            Self::Receive => 1,
            Self::Route => 3,
            Self::Contact => 5,
        })
    }
}

/// When a matter came in, and when each target was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    pub begun: Timestamp,
    pub received: Option<Timestamp>,
    pub routed: Option<Timestamp>,
    pub urgent_since: Option<Timestamp>,
    pub contacted: Option<Timestamp>,
    /// Of which whoever is above was told.
    #[serde(default)]
    pub missed: BTreeSet<Target>,
}

impl Pace {
    pub const fn new(begun: Timestamp) -> Self {
        Self {
            begun,
            received: None,
            routed: None,
            urgent_since: None,
            contacted: None,
            missed: BTreeSet::new(),
        }
    }

    /// When it began to run; nothing for what is not wanted of this matter.
    pub const fn started(&self, target: Target) -> Option<Timestamp> {
        match target {
            Target::Receive | Target::Route => Some(self.begun),
            Target::Contact => self.urgent_since,
        }
    }

    pub fn due(&self, target: Target) -> Option<Timestamp> {
        self.started(target).map(|start| start + target.within())
    }

    pub const fn reached(&self, target: Target) -> Option<Timestamp> {
        match target {
            Target::Receive => self.received,
            Target::Route => self.routed,
            Target::Contact => self.contacted,
        }
    }

    /// How long it took, or has taken until `now`.
    pub fn taken(&self, target: Target, now: Timestamp) -> Option<SignedDuration> {
        let until = self.reached(target).unwrap_or(now);
        self.started(target)
            .map(|start| until.duration_since(start))
    }

    pub fn is_late(&self, target: Target, now: Timestamp) -> bool {
        let until = self.reached(target).unwrap_or(now);
        self.due(target).is_some_and(|due| until > due)
    }

    /// Not reached in time, and nobody above has been told.
    pub fn is_to_be_told(&self, target: Target, now: Timestamp) -> bool {
        self.reached(target).is_none()
            && self.is_late(target, now)
            && !self.missed.contains(&target)
    }

    /// Notes the first moment at which a target was reached.
    pub fn reach(&mut self, target: Target, now: Timestamp) {
        let reached = match target {
            Target::Receive => &mut self.received,
            Target::Route => &mut self.routed,
            Target::Contact => &mut self.contacted,
        };
        reached.get_or_insert(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_target_is_missed_one_moment_after_its_minute_and_told_once() {
        let mut pace = Pace::new(at(0));
        assert!(!pace.is_to_be_told(Target::Receive, at(60)));
        assert!(pace.is_to_be_told(Target::Receive, at(61)));
        pace.missed.insert(Target::Receive);
        assert!(!pace.is_to_be_told(Target::Receive, at(90)));
        pace.reach(Target::Receive, at(100));
        pace.reach(Target::Receive, at(200));
        assert_eq!(
            pace.taken(Target::Receive, at(900)),
            Some(SignedDuration::from_secs(100))
        );
        assert!(pace.is_late(Target::Receive, at(900)), "it stays late");
    }

    #[test]
    fn a_contact_is_wanted_from_the_moment_it_became_urgent_and_not_before() {
        let mut pace = Pace::new(at(0));
        assert!(!pace.is_late(Target::Contact, at(10_000)));
        pace.urgent_since = Some(at(1_000));
        assert!(!pace.is_late(Target::Contact, at(1_300)));
        assert!(pace.is_late(Target::Contact, at(1_301)));
    }
}
