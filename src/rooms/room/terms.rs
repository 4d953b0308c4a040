//! What goes into a room and what comes out.

use super::{Link, QuestionId};
use crate::domain::attendance::Whereabouts;
use crate::domain::ids::{EvidenceId, PersonId, RecordingId};
use crate::domain::quality::Quality;
use crate::rooms::recording::{Gap, Phase, Recording, Segment, WhyStopped};
use crate::rooms::signaling::{Frame, Resume, Seat, Topic};

/// What happens to a room.
#[derive(Debug)]
pub(crate) enum Input {
    Connected {
        link: Link,
        person: PersonId,
        resume: Option<Resume>,
    },
    Disconnected {
        link: Link,
    },
    Asked {
        link: Link,
        frame: Frame,
    },
    /// The platform's answer to [`Output::Ask`].
    Answered {
        question: QuestionId,
        answer: Answer,
    },
    /// The answer to an offer to publish is made.
    PublishAnswered {
        person: PersonId,
        generation: u32,
        sdp: String,
    },
    /// An offer to subscribe is made.
    SubscribeOffered {
        person: PersonId,
        generation: u32,
        fresh: bool,
        sdp: String,
    },
    /// What a person hears and sees can flow, or no longer.
    Listening {
        person: PersonId,
        on: bool,
    },
    /// An offer or answer of this person's could not be used.
    NotNegotiated {
        person: PersonId,
    },
    Tell {
        audience: Audience,
        topic: Topic,
        version: u64,
    },
    /// The platform gives a person another seat, or none any more.
    Reseated {
        person: PersonId,
        seat: Option<Seat>,
    },
    /// Something has changed that may bear on who may be here.
    Recheck,
    /// The joint session is to be recorded, or those who agreed to that are others now.
    Record(Recording),
    /// Nothing is to be recorded any more.
    StopRecording,
    /// What was recorded can no longer be kept.
    RecordingFailed {
        recording: RecordingId,
        why: WhyStopped,
    },
    Goodbye,
    /// The session was closed.
    End,
    Tick,
}

/// Whether somebody may be here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// With where they were in this session before this process began.
    Granted(Seat, Option<Whereabouts>),
    Refused,
    /// No answer in time: treated as a refusal of this one step, not of a seat already held.
    Silence,
}

/// Whom a [`Message::Refresh`] reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who has been admitted.
    Everyone,
    Person(PersonId),
}

/// What follows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Output {
    Send {
        link: Link,
        text: String,
    },
    /// Outside the count, and of no use to a page that is behind.
    Glimpse {
        link: Link,
        text: String,
    },
    Close {
        link: Link,
    },
    Ask {
        question: QuestionId,
        person: PersonId,
        kind: QuestionKind,
    },
    Report(What),
    /// A recording goes on, pauses or stops. It is reported once all that was recorded until then is kept.
    Recording {
        recording: RecordingId,
        phase: Phase,
    },
    Media(Order),
}

/// Why the platform is asked whether somebody may be here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    Join,
    /// A socket broke or a page was loaded again.
    Rejoin,
    /// Whether somebody may go on being here.
    Stay,
    /// Somebody is about to be moved into a caucus or back.
    Move,
    /// This file is to be shown to them. A refusal takes nothing from them but the sight of it.
    Look(EvidenceId),
}

/// What the record of the session keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Joined {
        person: PersonId,
    },
    Left {
        person: PersonId,
    },
    CaucusOpened {
        people: Vec<PersonId>,
    },
    CaucusClosed {
        people: Vec<PersonId>,
    },
    /// How well the lines have held since this was told last.
    Counted(Quality),
    /// The process ends while these are in the session.
    Interrupted {
        people: Vec<PersonId>,
    },
    Ended,
    /// A recording runs, for the first time or again, pauses or has stopped; all its segments were reported before.
    Recording {
        recording: RecordingId,
        phase: Phase,
    },
    /// A part of a recording is kept.
    Segment(Segment),
    /// A part of a recording could not be kept, because the disk was too slow.
    Gap(Gap),
}

/// What becomes of the connection that an offer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// A new one begins.
    Fresh,
    /// It looks for another way to the page.
    Restart,
    /// It carries more.
    Further,
}

/// What the media thread is to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Make a connection that receives this person, in place of any earlier one, or have the one there is look for another
    /// way, and answer.
    Publish {
        person: PersonId,
        generation: u32,
        restart: bool,
        sdp: String,
    },
    /// Add streams of these people to the connection that serves this person, or make a new one, or have it look for
    /// another way.
    Offer {
        person: PersonId,
        generation: u32,
        how: How,
        people: Vec<PersonId>,
    },
    Accept {
        person: PersonId,
        sdp: String,
    },
    /// Close both connections.
    Drop {
        person: PersonId,
    },
    /// Ask these people's cameras for a key frame.
    KeyFrames {
        people: Vec<PersonId>,
    },
}
