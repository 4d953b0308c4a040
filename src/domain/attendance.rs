//! Who came to a session, who left, and when some spoke alone: the bare facts, never what was said.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::PersonId;

/// One line of a session's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    pub at: Timestamp,
    pub what: Happening,
    /// Whom it concerns; empty where it concerns all.
    pub people: Vec<PersonId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    Joined,
    Left,
    CaucusOpened,
    CaucusClosed,
    Ended,
}

impl Happening {
    pub const ALL: [Self; 5] = [
        Self::Joined,
        Self::Left,
        Self::CaucusOpened,
        Self::CaucusClosed,
        Self::Ended,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Left => "left",
            Self::CaucusOpened => "caucus_opened",
            Self::CaucusClosed => "caucus_closed",
            Self::Ended => "ended",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_happening_is_read_back_by_its_name() {
        for what in Happening::ALL {
            assert_eq!(Happening::parse(what.name()), Some(what));
        }
    }
}
