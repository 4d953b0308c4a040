//! What a party wants, claim by claim, each with its own outcome, so that a part can be settled.

use serde::{Deserialize, Serialize};

use super::ids::ClaimId;
use super::money::Fen;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub id: ClaimId,
    pub kind: ClaimKind,
    pub text: String,
    pub amount: Option<Fen>,
    pub outcome: ClaimOutcome,
}

/// What is asked for; limitation differs by it (民法典 188, 196).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// Stop a nuisance, remove an obstruction, avert a danger.
    Stop,
    Money,
    /// Repair, rework, return, apologise.
    Conduct,
}

impl ClaimKind {
    pub const ALL: [Self; 3] = [Self::Stop, Self::Money, Self::Conduct];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Money => "money",
            Self::Conduct => "conduct",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimOutcome {
    Open,
    Settled,
    Unsettled,
}
