//! Who stands by a case beside its parties and its mediator, and as what. A member sees the case; what a member may do
//! beyond that, `permission` says for each capacity.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{PartyId, PersonId};

/// Somebody who has been brought into the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub person: PersonId,
    pub capacity: Capacity,
    pub since: Timestamp,
}

/// Somebody who was asked to stand by the case and does not yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub person: PersonId,
    pub capacity: Capacity,
    pub by: PersonId,
    pub at: Timestamp,
    /// Said yes.
    pub accepted: bool,
    /// The parties that agree.
    pub consented: BTreeSet<PartyId>,
}

impl Asked {
    /// Whether nothing is missing any more.
    pub fn is_ready(&self, parties: &[PartyId]) -> bool {
        let agreed = |party| self.consented.contains(party);
        self.accepted && (!self.capacity.wants_consent() || parties.iter().all(agreed))
    }
}

/// As what somebody stands by a case. One person can do so in several capacities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// Wrote the matter down for a party who wished so: a grid worker at the door, the counter, the hotline.
    EnteredFor(PartyId),
    /// Mediates beside the mediator of the case (人民调解法 19).
    CoMediator,
    Volunteer,
    Lawyer,
    /// 亲属, neighbours and colleagues, invited with the parties' consent (人民调解法 20).
    Kin,
    /// Somebody with special knowledge, likewise (人民调解法 20).
    Expert,
    Interpreter,
    /// Looks at the scan of an agreement beside the officer who certified it, where the committee has nobody else to.
    Confirmer,
}

impl Capacity {
    /// In which somebody can be invited.
    pub const INVITED: [Self; 6] = [
        Self::CoMediator,
        Self::Volunteer,
        Self::Lawyer,
        Self::Kin,
        Self::Expert,
        Self::Interpreter,
    ];

    /// Of those in which somebody can be invited.
    pub fn parse(name: &str) -> Option<Self> {
        Self::INVITED.into_iter().find(|it| it.name() == name)
    }

    /// Whether every party has to agree first: to whoever comes from outside of the organisation (人民调解法 20); that
    /// several of its own mediate, the organisation decides (人民调解法 19).
    pub const fn wants_consent(self) -> bool {
        !matches!(
            self,
            Self::CoMediator | Self::EnteredFor(_) | Self::Confirmer
        )
    }

    /// Whether somebody sits at the table in it.
    pub const fn sits_in(self) -> bool {
        !matches!(self, Self::EnteredFor(_) | Self::Confirmer)
    }

    /// Whether somebody comes for the case and not for a party, so that the session takes their time.
    pub const fn is_booked(self) -> bool {
        self.sits_in() && !matches!(self, Self::Kin)
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::EnteredFor(_) => "entered_for",
            Self::CoMediator => "co_mediator",
            Self::Volunteer => "volunteer",
            Self::Lawyer => "lawyer",
            Self::Kin => "kin",
            Self::Expert => "expert",
            Self::Interpreter => "interpreter",
            Self::Confirmer => "confirmer",
        }
    }
}
