//! What the rooms tell of recordings, brought to the law; and what the law says of them, brought to the rooms.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;

use crate::casework::{self, CaseworkError, Desk};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::follow_up::FollowUp;
use crate::domain::ids::{CaseId, PersonId, RecordingId};
use crate::domain::job::JobKind;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::recording::{RecordingState, Segment, Stop};
use crate::rooms::recording::{self as taped, Phase, WhyStopped};
use crate::rooms::{self, RoomId};
use crate::storage::jobs::{NewJob, enqueue};
use crate::storage::{Read, StorageError, cases, recordings, write_tx};

/// Lets the room record while all who are inside have agreed, and nothing otherwise.
pub(super) async fn follow(
    read: &mut Read,
    rooms: &rooms::Desk,
    (room, inside): (RoomId, &BTreeSet<PersonId>),
) -> Result<(), StorageError> {
    let Some(case) = cases::load(read, room.case).await? else {
        return Ok(());
    };
    if case.recordings.iter().all(|it| it.session != room.session) {
        return Ok(());
    }
    match wanted(&case, room) {
        // Before everybody has said yes nothing begins: whoever has not is nobody's fault. What runs among those who have, and
        // among others no more, such as somebody new in front of the room's screen, the room stops.
        Some(recording) => {
            let begins = inside.is_subset(&recording.consented);
            let recording = taped::Recording {
                begins,
                ..recording
            };
            rooms.record(room, recording);
        }
        None => rooms.stop_recording(room),
    }
    Ok(())
}

fn wanted(case: &Case, room: RoomId) -> Option<taped::Recording> {
    let open = case.open_recording(room.session)?;
    Some(taped::Recording {
        id: open.id,
        consented: open.may_sit(case),
        begins: false,
    })
}

/// Nothing runs any more of what ran here when the process before this one ended.
pub(super) async fn stop_what_ran(desk: &Desk, folder: &Path) -> Result<(), CaseworkError> {
    let running = recordings::running(&mut desk.store.read().await?).await?;
    for (case, recording) in running {
        // Another node may hold it.
        if folder.join(recording.to_string()).is_dir() {
            let why = Stop::Interrupted;
            if let Err(error) = act(desk, case, Action::StopRecording { recording, why }).await {
                tracing::error!(%recording, %error, "a recording that ran before is still shown as running");
            }
        }
    }
    Ok(())
}

/// Brings to the law that a recording goes on, pauses or has stopped.
pub(super) async fn told(
    desk: &Desk,
    rooms: &rooms::Desk,
    (room, at): (RoomId, Timestamp),
    (recording, phase): (RecordingId, Phase),
) -> Result<(), CaseworkError> {
    let action = match phase {
        Phase::Running => {
            let runs = act(desk, room.case, Action::StartRecording { recording }).await;
            if !matches!(runs, Ok(true)) {
                // Taken back or ended meanwhile, or nobody knows of it: then it is asked for again.
                rooms.stop_recording(room);
            }
            return runs.map(drop);
        }
        Phase::Paused => Some(Stop::NobodyLeads),
        Phase::Stopped(why) => stop(desk, room, why).await?,
    };
    if let Some(why) = action {
        act(desk, room.case, Action::StopRecording { recording, why }).await?;
    }
    if matches!(phase, Phase::Stopped(_)) {
        make_ready(desk, (room, at), recording).await?;
    }
    Ok(())
}

/// What the law calls it; nothing where the law itself had asked for it.
async fn stop(desk: &Desk, room: RoomId, why: WhyStopped) -> Result<Option<Stop>, StorageError> {
    Ok(match why {
        WhyStopped::Asked => None,
        WhyStopped::Unconsented { .. } => Some(Stop::NotAgreed),
        WhyStopped::Full => Some(Stop::Full),
        WhyStopped::Failed => Some(Stop::Failed),
        WhyStopped::Interrupted => Some(Stop::Interrupted),
        WhyStopped::Ended => {
            let case = cases::load(&mut desk.store.read().await?, room.case).await?;
            let held = case.is_some_and(|it| it.is_held(room.session, desk.clock.now()));
            Some(if held {
                Stop::Interrupted
            } else {
                Stop::SessionOver
            })
        }
    })
}

/// Whether it was done; what does not fit any more was done by another door.
async fn act(desk: &Desk, case: CaseId, action: Action) -> Result<bool, CaseworkError> {
    let rooms = Actor::System {
        system: System::Rooms,
    };
    match casework::perform(desk, &rooms, case, action).await {
        Ok(_) | Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => Ok(true),
        Err(CaseworkError::OutOfOrder(why)) => {
            tracing::debug!(%case, %why, "what a room told of its recording was known");
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Nothing more comes of it: it is sealed as soon as it is over.
async fn make_ready(
    desk: &Desk,
    (room, at): (RoomId, Timestamp),
    recording: RecordingId,
) -> Result<(), StorageError> {
    let case = cases::load(&mut desk.store.read().await?, room.case).await?;
    let over = case.is_some_and(|case| {
        let known = case.recording(recording);
        known.is_some_and(|it| matches!(it.state, RecordingState::Over { .. }))
    });
    if !over {
        return Ok(());
    }
    let follow_up = FollowUp::KeepRecording { at, recording };
    let job = NewJob {
        kind: JobKind::KeepRecording,
        key: format!("recording/{recording}/{at}"),
        payload: serde_json::json!({ "case": room.case, "follow_up": follow_up }),
        not_before: at,
    };
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| { enqueue(tx, &job, now).await })?;
    Ok(())
}

/// Notes a part that is on the disk, or that some of it is not.
pub(super) async fn note(desk: &Desk, what: &rooms::What) -> Result<(), StorageError> {
    match what {
        rooms::What::Segment(part) => {
            let segment = Segment {
                person: part.person,
                source: part.source.name().to_owned(),
                number: part.number,
                hash: part.hash.clone(),
                previous: part.previous.clone(),
                bytes: part.bytes,
                from: part.from,
                until: part.until,
                torn: part.torn,
            };
            write_tx!(desk.store, |tx| {
                recordings::insert(tx, part.recording, &segment).await
            })
        }
        rooms::What::Gap(gap) => {
            let line = (gap.person, gap.source.name());
            write_tx!(desk.store, |tx| {
                recordings::miss(tx, gap.recording, line, gap.packets).await
            })
        }
        _ => Ok(()),
    }
}
