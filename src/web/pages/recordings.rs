//! Recordings of a case's sessions: asked for and agreed to, played, and deleted before their time.

mod asking;
mod play;
mod wording;

pub use asking::AskingPage;
pub use play::PlayPage;

use serde::Serialize;

use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::permission::may_see_recording;
use crate::domain::recording::{Recording, RecordingState};
use crate::i18n::Text;
use crate::web::Routes;

pub(in crate::web) fn routes() -> Routes {
    asking::routes().merge(play::routes())
}

/// A recording in the list of a case.
#[derive(Clone, Debug, Serialize)]
pub struct RecordingFace {
    pub href: String,
    pub at: jiff::Timestamp,
    pub state: Text,
}

impl RecordingFace {
    pub(in crate::web) fn sample(state: &'static str) -> Self {
        Self {
            href: "/cases/1/recordings/1".to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
            state: Text::key(format!("recording-state-{state}")),
        }
    }
}

/// Those in which something was recorded, the newest first, for whoever may know of them.
pub(in crate::web) fn faces(case: &Case, actor: &Actor) -> Vec<RecordingFace> {
    if !may_see_recording(actor, case) {
        return Vec::new();
    }
    let begun = case
        .recordings
        .iter()
        .rev()
        .filter(|it| began(it).is_some());
    begun
        .filter_map(|it| {
            Some(RecordingFace {
                href: format!("/cases/{}/recordings/{}", case.id, it.id),
                at: began(it)?,
                state: state(it),
            })
        })
        .collect()
}

fn began(recording: &Recording) -> Option<jiff::Timestamp> {
    recording.runs.first().map(|run| run.from)
}

fn state(recording: &Recording) -> Text {
    let name = match &recording.state {
        RecordingState::Open if recording.is_running() => "running",
        RecordingState::Open => "paused",
        RecordingState::Over { .. } | RecordingState::Sealed { .. } => "making",
        RecordingState::Kept { .. } => "kept",
        RecordingState::Deleted { .. } => "deleted",
    };
    Text::key(format!("recording-state-{name}"))
}
