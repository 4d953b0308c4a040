//! Erasing what people wrote in a matter that is over. The reports on how its papers were signed come first: they are gathered
//! from what goes.

use super::{Chancery, PaperworkError};
use crate::casework::{self, CaseworkError};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::ids::DocumentId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::recording::{Deletion, Recording, RecordingState};
use crate::storage::erasure::{self, Erasure};
use crate::storage::files::FileError;
use crate::storage::{StorageError, write_tx};

/// What came of it.
#[derive(Debug)]
pub struct Erased {
    pub rows: u64,
    /// Papers whose file is lost, of which there can be no report any more.
    pub unreported: Vec<DocumentId>,
}

impl Chancery {
    /// Erases the words and writes down that it was done.
    ///
    /// # Errors
    /// `NotFound` where there is no such matter, `Conflict` where it is not over.
    pub async fn erase(&self, erasure: &Erasure) -> Result<Erased, PaperworkError> {
        let case = erasure::over(&mut self.desk.store.read().await?, &erasure.number).await?;
        let unreported = self.report_on_all(&case).await?;
        self.delete_recordings(&case).await?;
        let rows: Result<u64, StorageError> =
            write_tx!(self.desk.store, |tx| { erasure::erase(tx, erasure).await });
        let rows = rows?;
        Ok(Erased { rows, unreported })
    }

    /// What people said and how they looked goes with what they wrote; the files by a job.
    async fn delete_recordings(&self, case: &Case) -> Result<(), PaperworkError> {
        let chancery = Actor::System {
            system: System::Chancery,
        };
        let left = |it: &&Recording| !matches!(it.state, RecordingState::Deleted { .. });
        for recording in case.recordings.iter().filter(left) {
            let action = Action::DeleteRecording {
                recording: recording.id,
                why: Deletion::Erased,
            };
            casework::perform(&self.desk, &chancery, case.id, action).await?;
        }
        Ok(())
    }

    async fn report_on_all(&self, case: &Case) -> Result<Vec<DocumentId>, PaperworkError> {
        let mut unreported = Vec::new();
        for paper in &case.papers {
            match self.evidence_report(case, paper).await {
                // Nobody signed it, or not all did.
                Ok(_)
                | Err(PaperworkError::Casework(CaseworkError::OutOfOrder(
                    OutOfOrder::WrongState,
                ))) => {}
                // What is lost must not keep anybody's words.
                Err(PaperworkError::File(FileError::Missing(_) | FileError::Damaged(_))) => {
                    unreported.push(paper.id);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(unreported)
    }
}
