//! Recordings of the joint session: what of it is kept, where, and that nothing of it was changed. Each person's sound and
//! each person's picture is a row of segments, append-only files of packets, of which each names the hash of the one before;
//! a film for a browser is made of them afterwards. What may be recorded is decided by `room` and `graphs`.

mod chain;
mod film;
mod line;
mod opus;
mod picture;
mod recorder;
mod scribe;
mod segment;
mod sound;
mod stream;
#[cfg(test)]
mod tests;
mod vp8;
mod webm;
mod writing;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::chain::{Broken, chain, erase, people};
pub use self::film::{Film, NotFilmed, film};
pub(super) use self::recorder::{Ends, Recorder};
pub use self::segment::Damage;
use super::rewrite::Kind;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{PersonId, RecordingId};

/// What is to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    pub id: RecordingId,
    /// Who has agreed and has not taken it back. It runs only while nobody else is in the joint session.
    pub consented: BTreeSet<PersonId>,
    /// Whether it begins where it does not run yet; otherwise it is told of one that runs who has agreed by now.
    pub begins: bool,
}

/// What is carried in one row of segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Microphone,
    Camera,
}

impl Source {
    pub(crate) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Audio => Self::Microphone,
            Kind::Video => Self::Camera,
        }
    }

    /// As it stands in the names of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Microphone => "microphone",
            Self::Camera => "camera",
        }
    }
}

/// Where a recording stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Running,
    /// No mediator leads the joint session: they are away in a caucus, or gone.
    Paused,
    /// For good, unless it is asked for again.
    Stopped(WhyStopped),
}

/// Why a recording has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyStopped {
    /// By [`super::Rooms::stop_recording`], or because another recording took its place.
    Asked,
    /// This person is in the joint session and does not agree, or no longer.
    Unconsented { person: PersonId },
    /// No room is left on the disk.
    Full,
    /// What was recorded could not be written.
    Failed,
    /// The session was ended, or nobody sits in the room.
    Ended,
    /// The process ended, in good order or not.
    Interrupted,
}

/// A part of a recording that is kept and will not change any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub recording: RecordingId,
    pub person: PersonId,
    pub source: Source,
    /// From 0, without a gap.
    pub number: u32,
    /// Of the whole file.
    pub hash: ContentHash,
    /// Of the segment before; none for the first.
    pub previous: Option<ContentHash>,
    /// The name of the file in the folder of its recording.
    pub file: String,
    pub bytes: u64,
    pub packets: u64,
    /// When its first and its last packet came.
    pub from: Timestamp,
    pub until: Timestamp,
    /// The process ended while it was written; what came after its last whole packet is lost.
    pub torn: bool,
}

/// Packets that were not kept, because those before them still waited for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub recording: RecordingId,
    pub person: PersonId,
    pub source: Source,
    pub packets: u64,
}
