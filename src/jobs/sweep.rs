//! Clearing away: what is over in the accounts once an hour, files that no record names once a day.

use jiff::{SignedDuration, Timestamp};

use super::{Work, whole};
use crate::accounts;
use crate::storage::files::FileError;
use crate::storage::{StorageError, referred, uploads, write_tx};

const ACCOUNTS_EVERY: SignedDuration = SignedDuration::from_hours(1);
const FILES_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// A file is written before the record that names it; one that is still unnamed after a week has lost its race. A
/// week also leaves time to put right a database that was restored too old.
const UNNAMED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// When what was swept last.
#[derive(Debug, Default)]
pub(super) struct Broom {
    accounts_at: Option<Timestamp>,
    files_at: Option<Timestamp>,
}

#[derive(Debug, thiserror::Error)]
enum SweepError {
    #[error("the records")]
    Storage(#[from] StorageError),
    #[error("the files")]
    Files(#[from] FileError),
}

impl Broom {
    /// Sweeps what is due.
    pub(super) async fn sweep(&mut self, work: &Work) {
        let now = work.desk.clock.now();
        if due(&mut self.accounts_at, ACCOUNTS_EVERY, now)
            && let Err(error) = accounts::sweep(&work.accounts).await
        {
            tracing::error!(%error, "sessions, codes and drafts that are over were not swept; again in an hour");
        }
        if due(&mut self.files_at, FILES_EVERY, now) {
            match files(work, now - UNNAMED_FOR).await {
                Ok(0) => {}
                Ok(swept) => tracing::info!(swept, "files that no record names are gone"),
                Err(error) => {
                    let error = whole(&error);
                    tracing::error!(
                        error,
                        "files that no record names were not swept; again in a day"
                    );
                }
            }
        }
    }
}

/// Whether it is time again, which it then is not.
fn due(last: &mut Option<Timestamp>, every: SignedDuration, now: Timestamp) -> bool {
    let due = last.is_none_or(|at| now >= at + every);
    if due {
        *last = Some(now);
    }
    due
}

async fn files(work: &Work, before: Timestamp) -> Result<usize, SweepError> {
    let named = referred::files(&mut work.desk.store.read().await?).await?;
    work.files.sweep_parts(before).await?;
    write_tx!(work.desk.store, |tx| { uploads::sweep(tx, before).await })?;
    Ok(work.files.sweep(&named, before).await?)
}
