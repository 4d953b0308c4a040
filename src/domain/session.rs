//! A scheduled meeting of the mediator and the parties; its id is also the name of its video room.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::ids::SessionId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: SessionId,
    pub at: Timestamp,
    pub minutes: u32,
    pub state: SessionState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SessionState {
    Scheduled,
    Open { since: Timestamp },
    Closed { since: Timestamp, until: Timestamp },
    Cancelled,
}

impl Session {
    /// When it is planned to be over.
    pub fn ends(&self) -> Timestamp {
        self.at + SignedDuration::from_mins(i64::from(self.minutes))
    }

    pub const fn is_open(&self) -> bool {
        matches!(self.state, SessionState::Open { .. })
    }
}
