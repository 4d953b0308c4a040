//! Payloads of asking for a recording of a session, agreeing to it, and of what becomes of it.

use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::hash::ContentHash;
use super::super::ids::{PersonId, RecordingId};
use super::super::recording::{Deletion, Stop, TrackHead};

/// No recording has this id.
const FRESH: RecordingId = RecordingId(Uuid::max());

pub(super) fn examples(case: &Case, kind: ActionKind) -> Vec<Action> {
    if kind == ActionKind::AskRecording {
        let sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
        let ask = |session| Action::AskRecording {
            recording: FRESH,
            session,
        };
        return sessions.map(|it| ask(it.id)).collect();
    }
    let known = case.recordings.iter().map(|it| it.id);
    known.flat_map(|it| of(kind, it)).collect()
}

fn of(kind: ActionKind, recording: RecordingId) -> Vec<Action> {
    let words = || "…".to_owned();
    match kind {
        ActionKind::ConsentRecording => vec![Action::ConsentRecording {
            recording,
            version: words(),
            text: ContentHash::of(words().as_bytes()),
            words: words(),
            shown: None,
        }],
        ActionKind::WithdrawRecording => vec![Action::WithdrawRecording { recording }],
        ActionKind::StartRecording => vec![Action::StartRecording { recording }],
        ActionKind::StopRecording => {
            let stop = |why| Action::StopRecording { recording, why };
            Stop::ALL.map(stop).to_vec()
        }
        ActionKind::SealRecording => vec![Action::SealRecording {
            recording,
            tracks: vec![track()],
        }],
        ActionKind::KeepRecording => vec![Action::KeepRecording {
            recording,
            films: Vec::new(),
            faults: Vec::new(),
        }],
        _ => {
            let decided = Deletion::Decided { reason: words() };
            [Deletion::Term, decided, Deletion::Erased]
                .map(|why| Action::DeleteRecording { recording, why })
                .to_vec()
        }
    }
}

fn track() -> TrackHead {
    TrackHead {
        person: PersonId(Uuid::nil()),
        source: "microphone".to_owned(),
        head: ContentHash::of(b""),
        segments: 1,
        bytes: 0,
    }
}

/// What the clock may have to do: end what was forgotten, delete what was kept long enough.
pub(super) fn due(case: &Case) -> Vec<Action> {
    let over = |recording| Action::StopRecording {
        recording,
        why: Stop::SessionOver,
    };
    let delete = |recording| Action::DeleteRecording {
        recording,
        why: Deletion::Term,
    };
    let known = case.recordings.iter().map(|it| it.id);
    known.flat_map(|it| [over(it), delete(it)]).collect()
}
