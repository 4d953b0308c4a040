//! What the rooms ask the platform and report to it, and the ways of its answers.

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::RoomId;
use super::recording::Recording;
use super::registry::{Command, Commands};
use super::room::{Answer, Input, QuestionId, QuestionKind, What};
use super::signaling::Seat;
use crate::domain::attendance::Whereabouts;
use crate::domain::ids::PersonId;

/// May this person be here? To be answered from storage within two seconds; a dropped reply is a refusal.
#[derive(Debug)]
pub struct Question {
    pub room: RoomId,
    pub person: PersonId,
    pub kind: QuestionKind,
    pub reply: Reply,
}

/// One line of the session's record.
#[derive(Clone, Debug)]
pub struct Report {
    pub room: RoomId,
    pub at: Timestamp,
    pub what: What,
}

/// What the rooms need the platform for.
pub struct Desk {
    pub questions: mpsc::Receiver<Question>,
    pub reports: mpsc::UnboundedReceiver<Report>,
    commands: Commands,
}

impl Desk {
    pub(super) const fn new(
        questions: mpsc::Receiver<Question>,
        reports: mpsc::UnboundedReceiver<Report>,
        commands: Commands,
    ) -> Self {
        Self {
            questions,
            reports,
            commands,
        }
    }

    /// As [`super::Rooms::record`]; a room that does not hear it is told again with the next change.
    pub fn record(&self, room: RoomId, recording: Recording) {
        self.send_recording(room, Input::Record(recording));
    }

    /// As [`super::Rooms::stop_recording`].
    pub fn stop_recording(&self, room: RoomId) {
        self.send_recording(room, Input::StopRecording);
    }

    fn send_recording(&self, room: RoomId, input: Input) {
        if self
            .commands
            .send(Command::Recording { room, input })
            .is_err()
        {
            tracing::error!(%room, "a room was not told what to record; it is told again");
        }
    }

    /// Has the room ask about everybody in it: something has changed that may bear on who may be here.
    pub fn recheck(&self, room: RoomId) {
        if self.commands.send(Command::Recheck { room }).is_err() {
            tracing::error!(%room, "a room was not told to ask about its people; it is told again");
        }
    }
}

/// The way of one answer.
#[derive(Debug)]
pub struct Reply {
    commands: Commands,
    room: RoomId,
    question: QuestionId,
    open: bool,
}

impl Reply {
    /// `None` refuses. `before` is where the person was in this session when the process that held the room ended; it counts
    /// at a [`QuestionKind::Join`].
    pub fn answer(mut self, seat: Option<Seat>, before: Option<Whereabouts>) {
        self.open = false;
        self.send(seat.map_or(Answer::Refused, |seat| Answer::Granted(seat, before)));
    }

    fn send(&self, answer: Answer) {
        let command = Command::Answer {
            room: self.room,
            question: self.question,
            answer,
        };
        if self.commands.send(command).is_err() {
            tracing::warn!(room = %self.room, "an answer did not reach the rooms; the person is refused");
        }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if self.open {
            self.send(Answer::Silence);
        }
    }
}

/// Makes the ways of answers.
pub(super) struct Answers(Commands);

impl Answers {
    pub(super) const fn new(commands: Commands) -> Self {
        Self(commands)
    }

    pub(super) fn reply(&self, room: RoomId, question: QuestionId) -> Reply {
        Reply {
            commands: self.0.clone(),
            room,
            question,
            open: true,
        }
    }
}
