//! 就地申请执法: an authority is asked to help where a matter needs one, such as an illegal structure, a fire hazard or noise
//! at night. It is told what to look after and where, and of the people only whoever agreed to it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, Role};
use super::case::Case;
use super::deadline::Due;
use super::ids::{OrganisationId, PartyId, PersonId, RequestId};

/// What an authority is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpRequest {
    pub id: RequestId,
    pub authority: OrganisationId,
    pub asked: Asked,
    pub by: PersonId,
    pub at: Timestamp,
    /// By when an answer is hoped for; no law binds the authority to it.
    pub due: Due,
    pub answer: Option<HelpAnswer>,
}

/// What is asked, with as little of the people as will do (个人信息保护法 6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What to look after; read by the authority, and by the parties where they are shown it.
    pub what: String,
    /// Whose name and number the authority gets, who agreed to that alone (个人信息保护法 23).
    pub contact: Option<PartyId>,
    /// Whether the parties read of it.
    pub shown: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpAnswer {
    pub by: PersonId,
    /// Written down by staff from a letter or a call, and not by the authority itself.
    pub recorded: bool,
    pub outcome: HelpOutcome,
    pub text: String,
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HelpOutcome {
    /// It went there and did something.
    Acted,
    /// It looked and found nothing to act against.
    NothingFound,
    /// It is another authority's matter.
    NotOurs,
}

impl HelpOutcome {
    pub const ALL: [Self; 3] = [Self::Acted, Self::NothingFound, Self::NotOurs];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Acted => "acted",
            Self::NothingFound => "nothing-found",
            Self::NotOurs => "not-ours",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl HelpRequest {
    pub const fn is_open(&self) -> bool {
        self.answer.is_none()
    }

    /// Whether `actor` answers for the authority itself.
    pub fn is_for(&self, actor: &Actor) -> bool {
        actor.holds(Role::Dispatcher, self.authority)
    }
}

impl Case {
    pub fn request(&self, id: RequestId) -> Option<&HelpRequest> {
        self.requests.iter().find(|request| request.id == id)
    }
}
