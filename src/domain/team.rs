//! Who stands by a case beside its parties and its mediator, and as what. A member sees the case; what a member may do
//! beyond that, `permission` says for each capacity.

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
}

impl Capacity {
    pub const fn name(self) -> &'static str {
        match self {
            Self::EnteredFor(_) => "entered_for",
            Self::CoMediator => "co_mediator",
            Self::Volunteer => "volunteer",
            Self::Lawyer => "lawyer",
            Self::Kin => "kin",
            Self::Expert => "expert",
            Self::Interpreter => "interpreter",
        }
    }
}
