//! Rooms: a mediation session by sound and picture, forwarded by this process between the pages of those who
//! sit together. `room` and `graphs` decide, without I/O; `peer` speaks WebRTC; `media` is the thread with the
//! one socket; `turn` is a way to it for pages that cannot reach it; `registry` is the handle for everybody else.
//! What the rooms must know they ask, what happens they report; they read no database and speak no HTTP.

mod allowance;
mod desk;
mod early;
mod figures;
mod flights;
mod graphs;
mod listen;
mod media;
mod nomination;
mod path;
mod peer;
mod queue;
pub mod recording;
mod registry;
mod rewrite;
mod room;
mod screen;
mod signaling;
mod stun;
mod table;
mod token;
mod turn;

use std::fmt;

use crate::domain::ids::{CaseId, SessionId};

pub use desk::{Desk, Question, Reply, Report};
pub use figures::Figures;
pub use listen::MediaConfig;
pub use registry::{
    ConnectError, Connection, Incoming, MESSAGE_BYTES, NotTaken, Rooms, RoomsError,
};
pub use room::{Audience, QuestionKind, What};
pub use signaling::{Seat, SeatKind, Topic};
pub use token::TokenError;
pub use turn::{Ice, NoRelay, RelayConfig};

/// A room: one session of one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomId {
    pub case: CaseId,
    pub session: SessionId,
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.case, self.session)
    }
}

/// Bytes as text, two digits each.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    bytes.iter().fold(String::new(), |mut text, byte| {
        if write!(text, "{byte:02x}").is_err() {
            tracing::error!("a text could not be written into memory");
        }
        text
    })
}
