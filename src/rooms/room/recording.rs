//! The recording of the joint session: it runs only while everybody there has agreed and a mediator leads, and every page
//! is shown whether it does.

use super::{Output, Place, Room};
use crate::domain::ids::{PersonId, RecordingId};
use crate::rooms::recording::{Phase, Recording, WhyStopped};
use crate::rooms::signaling::{Recorded, SeatKind};

/// What is to be recorded, and where that stands.
#[derive(Debug, Default)]
pub(super) struct State {
    asked: Option<Recording>,
    phase: Option<Phase>,
    pub(super) shown: Recorded,
}

impl Room {
    pub(super) fn record(&mut self, recording: Recording) {
        let other = |running: &Recording| running.id != recording.id;
        if !recording.begins && self.recording.asked.as_ref().is_none_or(other) {
            return;
        }
        let same = |asked: &Recording| asked.consented == recording.consented;
        if self
            .recording
            .asked
            .as_ref()
            .is_some_and(|it| !other(it) && same(it))
        {
            return;
        }
        if self.recording.asked.as_ref().is_some_and(other) {
            self.stop_recording(WhyStopped::Asked);
        }
        self.recording.asked = Some(recording);
        self.stale = true;
    }

    pub(super) fn stop_recording(&mut self, why: WhyStopped) {
        let Some(recording) = self.recording.asked.take() else {
            return;
        };
        self.graphs.end_tape();
        self.recording.shown = Recorded::after(why);
        self.recording.phase = None;
        self.stale = true;
        self.out.push(Output::Recording {
            recording: recording.id,
            phase: Phase::Stopped(why),
        });
    }

    pub(super) fn recording_failed(&mut self, recording: RecordingId, why: WhyStopped) {
        let asked = self.recording.asked.as_ref();
        if asked.is_some_and(|running| running.id == recording) {
            self.stop_recording(why);
        }
    }

    /// After everybody has sat down, before anything opens: whether this may go on the tape.
    pub(super) fn look_to_recording(&mut self) {
        let Some(recording) = &self.recording.asked else {
            return;
        };
        let agreed = |id: &PersonId| recording.consented.contains(id);
        let stranger = self.graphs.in_joint().find(|id| !agreed(id));
        if self.people.is_empty() {
            self.stop_recording(WhyStopped::Ended);
        } else if let Some(person) = stranger {
            self.stop_recording(WhyStopped::Unconsented { person });
        } else {
            let phase = self.tape(self.epoch);
            self.turn(phase);
        }
    }

    fn tape(&mut self, scene: u64) -> Phase {
        let led = self.is_led();
        match &self.recording.asked {
            Some(recording) if led => {
                let consented = &recording.consented;
                self.graphs.tape_joint(recording.id, consented, scene);
                self.recording.shown = Recorded::On;
                Phase::Running
            }
            _ => {
                self.graphs.pause_tape();
                self.recording.shown = Recorded::Paused;
                Phase::Paused
            }
        }
    }

    fn is_led(&self) -> bool {
        let mut people = self.people.values();
        people.any(|person| {
            person.seat.kind == SeatKind::Mediator && person.place == Place::Joint && !person.left
        })
    }

    fn turn(&mut self, phase: Phase) {
        let before = self.recording.phase.replace(phase);
        if let Some(recording) = &self.recording.asked
            && before != Some(phase)
        {
            let recording = recording.id;
            self.out.push(Output::Recording { recording, phase });
        }
    }
}

impl Recorded {
    const fn after(why: WhyStopped) -> Self {
        match why {
            WhyStopped::Unconsented { .. } => Self::Unconsented,
            WhyStopped::Full => Self::Full,
            WhyStopped::Failed => Self::Failed,
            WhyStopped::Asked | WhyStopped::Ended | WhyStopped::Interrupted => Self::Off,
        }
    }
}
