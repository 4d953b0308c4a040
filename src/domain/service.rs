//! Where and how a party wants papers to reach it: the address, and each electronic way it agreed to (在线诉讼规则 29, 30).

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::DocumentId;

/// What a party says in the form; a way that is not named was not agreed to, and nothing is inferred (在线诉讼规则 4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub address: String,
    /// Somebody else who takes post for the party.
    pub receiver: Option<String>,
    pub channels: BTreeSet<Channel>,
}

/// An electronic way. Post to the address stays open whatever was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The page of the case on this platform.
    Platform,
    Sms,
    Mail,
}

impl Channel {
    pub const ALL: [Self; 3] = [Self::Platform, Self::Sms, Self::Mail];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Sms => "sms",
            Self::Mail => "mail",
        }
    }
}

/// A wish that the party confirmed, and the paper that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub wish: Wish,
    pub at: Timestamp,
    pub paper: DocumentId,
}
