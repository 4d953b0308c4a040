//! Recordings that may or may not be open, of a few at the most.

use uuid::Uuid;

use super::super::super::ids::{PersonId, RecordingId, SessionId};
use super::super::super::recording::{Deletion, Fault, Stop, TrackHead};
use super::{Action, ActionKind, ContentHash};

pub(super) fn payload(kind: ActionKind, session: SessionId, which: usize) -> Action {
    let recording = RecordingId(Uuid::from_u128(which as u128 % 2));
    match kind {
        ActionKind::AskRecording => Action::AskRecording { recording, session },
        ActionKind::ConsentRecording => {
            let words = ["会录音录像", ""][usize::from(which == 5)].to_owned();
            Action::ConsentRecording {
                recording,
                version: "1".to_owned(),
                text: ContentHash::of(words.as_bytes()),
                words,
                shown: None,
            }
        }
        ActionKind::WithdrawRecording => Action::WithdrawRecording { recording },
        ActionKind::StartRecording => Action::StartRecording { recording },
        ActionKind::StopRecording => Action::StopRecording {
            recording,
            why: Stop::ALL[which],
        },
        ActionKind::SealRecording => Action::SealRecording {
            recording,
            tracks: vec![TrackHead {
                person: PersonId(Uuid::nil()),
                source: "camera".to_owned(),
                head: ContentHash::of(b"head"),
                segments: 1,
                bytes: 1,
            }],
        },
        ActionKind::KeepRecording => Action::KeepRecording {
            recording,
            films: Vec::new(),
            faults: vec![Fault::ALL[which % 5]],
        },
        _ => Action::DeleteRecording {
            recording,
            why: [
                Deletion::Term,
                Deletion::Erased,
                Deletion::Decided {
                    reason: "本人请求".to_owned(),
                },
            ][which % 3]
                .clone(),
        },
    }
}
