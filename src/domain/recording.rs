//! A recording of a session in sound and picture: who agreed to it, when it ran, and what became of it. The written record is
//! another thing, `session_record`, and no recording takes its place here (在线调解规则 22).

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::deadline::Due;
use super::hash::ContentHash;
use super::ids::{PartyId, PersonId, RecordingId, SessionId};
use super::session::Session;
use super::signature::Shown;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    pub id: RecordingId,
    pub session: SessionId,
    pub asked_at: Timestamp,
    pub asked_by: PersonId,
    pub consents: Vec<Consent>,
    pub runs: Vec<Run>,
    pub state: RecordingState,
}

/// Somebody's yes to the words they were shown (个人信息保护法 14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub person: PersonId,
    /// For whom they spoke there, if for a party.
    pub party: Option<PartyId>,
    pub at: Timestamp,
    pub version: String,
    pub text: ContentHash,
    pub words: String,
    pub shown: Shown,
}

/// A stretch without a pause; no end while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RecordingState {
    /// Asked for: it runs while everybody at the joint table has agreed and whoever leads is there.
    Open,
    Over {
        at: Timestamp,
        why: Stop,
    },
    /// What was recorded is fixed by the last hash of each track.
    Sealed {
        at: Timestamp,
        tracks: Vec<TrackHead>,
    },
    /// It can be played, until it is deleted. What is wrong with it is told, never hidden.
    Kept {
        at: Timestamp,
        tracks: Vec<TrackHead>,
        films: Vec<Film>,
        faults: Vec<Fault>,
        until: Due,
    },
    /// `files` are gone, or about to go.
    Deleted {
        at: Timestamp,
        why: Deletion,
        files: Vec<ContentHash>,
    },
}

impl RecordingState {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Over { .. } => "over",
            Self::Sealed { .. } => "sealed",
            Self::Kept { .. } => "kept",
            Self::Deleted { .. } => "deleted",
        }
    }
}

/// A part of a track that is on the disk and changes no more, as the room told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub person: PersonId,
    /// Such as `microphone`.
    pub source: String,
    /// From 0.
    pub number: u32,
    pub hash: ContentHash,
    /// Of the one before.
    pub previous: Option<ContentHash>,
    pub bytes: u64,
    pub from: Timestamp,
    pub until: Timestamp,
    /// The platform stopped while it was written.
    pub torn: bool,
}

/// Why it stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// Somebody is there who has not agreed; it goes on once they have.
    NotAgreed,
    /// Whoever leads is not at the joint table; it goes on when they are back.
    NobodyLeads,
    /// Nobody is in the room, or the platform stood still; it goes on when people are back.
    Interrupted,
    /// Whoever leads ended it.
    Led,
    /// Somebody took their consent back.
    Withdrawn,
    SessionOver,
    /// No room was left on the disk.
    Full,
    /// It could not be written.
    Failed,
}

impl Stop {
    pub const ALL: [Self; 8] = [
        Self::NotAgreed,
        Self::NobodyLeads,
        Self::Interrupted,
        Self::Led,
        Self::Withdrawn,
        Self::SessionOver,
        Self::Full,
        Self::Failed,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAgreed => "not_agreed",
            Self::NobodyLeads => "nobody_leads",
            Self::Interrupted => "interrupted",
            Self::Led => "led",
            Self::Withdrawn => "withdrawn",
            Self::SessionOver => "session_over",
            Self::Full => "full",
            Self::Failed => "failed",
        }
    }

    /// Whether it can go on by itself.
    pub const fn is_pause(self) -> bool {
        matches!(
            self,
            Self::NotAgreed | Self::NobodyLeads | Self::Interrupted
        )
    }
}

/// Why it was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Deletion {
    /// The time for which it is kept is over (个人信息保护法 19).
    Term,
    /// Somebody asked for it, and whoever answers for the committee says why (个人信息保护法 47).
    Decided { reason: String },
    /// The words of the matter were erased.
    Erased,
}

impl Deletion {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Decided { .. } => "decided",
            Self::Erased => "erased",
        }
    }
}

/// What one person sent over one line, as a chain of segments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackHead {
    pub person: PersonId,
    /// Such as `microphone`.
    pub source: String,
    /// Hash of the last segment, which names the one before it, and so on.
    pub head: ContentHash,
    pub segments: u32,
    pub bytes: u64,
}

/// Sound and picture of one person, as a file that a browser plays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Film {
    pub person: PersonId,
    pub file: ContentHash,
    pub bytes: u64,
    /// When its first sound or picture came.
    pub from: Timestamp,
    pub seconds: u32,
    pub has_picture: bool,
}

/// What is wrong with a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A segment does not follow the one before it: something was changed or taken away.
    Broken,
    /// Its last hash is not the one that was sealed.
    OtherHead,
    /// Packets were not kept, because the disk was too slow.
    Gap,
    /// The platform stopped in the middle of a segment, whose end is lost.
    Torn,
    /// Of somebody nothing can be played.
    Empty,
}

impl Fault {
    pub const ALL: [Self; 5] = [
        Self::Broken,
        Self::OtherHead,
        Self::Gap,
        Self::Torn,
        Self::Empty,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::OtherHead => "other_head",
            Self::Gap => "gap",
            Self::Torn => "torn",
            Self::Empty => "empty",
        }
    }
}

impl Recording {
    pub const fn is_open(&self) -> bool {
        matches!(self.state, RecordingState::Open)
    }

    pub fn is_running(&self) -> bool {
        self.runs.last().is_some_and(|run| run.until.is_none())
    }

    pub fn consent_of(&self, person: PersonId) -> Option<&Consent> {
        self.consents.iter().find(|it| it.person == person)
    }

    /// Whether this participant of the room has agreed; the screen of a room has when everybody in front of it has.
    pub fn is_agreed_by(&self, case: &Case, participant: PersonId) -> bool {
        let mut sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
        let session = sessions.find(|it| it.id == self.session);
        let Some(session) = session.filter(|it| it.screen() == Some(participant)) else {
            return self.consent_of(participant).is_some();
        };
        let agreed =
            |person: Option<PersonId>| person.is_some_and(|it| self.consent_of(it).is_some());
        let mut seated = session.at_screen.iter().map(|it| it.who.person(case));
        !session.at_screen.is_empty() && seated.all(agreed)
    }

    /// Those who may sit at the joint table while it runs: everybody of the room who has agreed, and whoever only hears there
    /// and sends nothing that could be recorded.
    pub fn may_sit(&self, case: &Case) -> BTreeSet<PersonId> {
        let screen = Session::screen_of(self.session);
        let screen = Some(screen).filter(|it| self.is_agreed_by(case, *it));
        let people = self.consents.iter().map(|it| it.person);
        let hearing = case.team.iter().filter(|it| it.capacity.only_hears());
        let hearing = hearing.map(|it| it.person);
        people.chain(screen).chain(hearing).collect()
    }

    pub fn faults(&self) -> &[Fault] {
        match &self.state {
            RecordingState::Kept { faults, .. } => faults,
            _ => &[],
        }
    }

    /// What can be played.
    pub fn films(&self) -> &[Film] {
        match &self.state {
            RecordingState::Kept { films, .. } => films,
            _ => &[],
        }
    }

    /// The files of what was deleted.
    pub fn deleted(&self) -> &[ContentHash] {
        match &self.state {
            RecordingState::Deleted { files, .. } => files,
            _ => &[],
        }
    }

    pub fn tracks(&self) -> &[TrackHead] {
        match &self.state {
            RecordingState::Sealed { tracks, .. } | RecordingState::Kept { tracks, .. } => tracks,
            _ => &[],
        }
    }

    /// Ends the stretch that runs.
    pub fn halt(&mut self, at: Timestamp) {
        if let Some(run) = self.runs.last_mut() {
            run.until.get_or_insert(at);
        }
    }
}

impl Case {
    pub fn recording(&self, id: RecordingId) -> Option<&Recording> {
        self.recordings.iter().find(|it| it.id == id)
    }

    /// Whether the session takes place, and is not merely forgotten.
    pub fn is_held(&self, session: SessionId, now: Timestamp) -> bool {
        let mut sessions = self.stage.work().into_iter().flat_map(|it| &it.sessions);
        sessions.any(|it| it.id == session && it.is_under_way(now))
    }

    /// The one that is asked for or runs in this session.
    pub fn open_recording(&self, session: SessionId) -> Option<&Recording> {
        let mut recordings = self.recordings.iter().rev();
        recordings.find(|it| it.session == session && it.is_open())
    }
}
