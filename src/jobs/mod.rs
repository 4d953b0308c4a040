//! The durable queue: what follows a committed change, with leases, retries and idempotency keys.

mod anchor;
mod calendar;
mod contact;
mod notices;
mod recording;
mod send;
mod sweep;
#[cfg(test)]
mod tests;
mod webhook;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;

use crate::accounts::{Accounts, AccountsError};
use crate::audit::AuditError;
use crate::casework::{CaseworkError, Desk};
use crate::domain::ids::CaseId;
use crate::domain::job::JobKind;
use crate::i18n::Texts;
use crate::notify::Carriers;
use crate::paperwork::{Chancery, PaperworkError};
use crate::storage::StorageError;
use crate::storage::files::Files;
use crate::storage::jobs::Job;

pub use worker::Worker;

/// What jobs work with.
#[derive(Clone, Debug)]
pub struct Work {
    pub desk: Desk,
    pub accounts: Accounts,
    /// Papers and proofs, of which those that lost their race are swept.
    pub files: Files,
    /// The folder of what is recorded of sessions.
    pub recordings: PathBuf,
    /// Papers that follow from a change.
    pub chancery: Arc<Chancery>,
    pub carriers: Arc<Carriers>,
    pub texts: Arc<Texts>,
    /// How people reach us, without a slash at the end.
    pub base_url: String,
    /// A demo town keeps the words of its messages, to show them.
    pub demo: bool,
}

/// Why a job did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum Setback {
    /// It may succeed another time.
    #[error("{0}")]
    Retry(String),
    /// It will never succeed.
    #[error("{0}")]
    Fail(String),
}

impl From<StorageError> for Setback {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::NotFound | StorageError::Corrupt { .. } => Self::Fail(whole(&error)),
            other => Self::Retry(whole(&other)),
        }
    }
}

impl From<AuditError> for Setback {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Illegible(_) => Self::Fail(whole(&error)),
            other => Self::Retry(whole(&other)),
        }
    }
}

impl From<CaseworkError> for Setback {
    fn from(error: CaseworkError) -> Self {
        match error {
            CaseworkError::NotFound => Self::Fail(whole(&error)),
            other => Self::Retry(whole(&other)),
        }
    }
}

impl From<PaperworkError> for Setback {
    fn from(error: PaperworkError) -> Self {
        match error {
            PaperworkError::Casework(error) => error.into(),
            // The text will not change by itself.
            PaperworkError::Document(_) => Self::Fail(whole(&error)),
            other => Self::Retry(whole(&other)),
        }
    }
}

impl From<AccountsError> for Setback {
    fn from(error: AccountsError) -> Self {
        Self::Retry(whole(&error))
    }
}

/// An error with its causes, in one line.
fn whole(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        line = format!("{line}: {inner}");
        cause = inner.source();
    }
    line
}

fn case_of(job: &Job) -> Result<CaseId, Setback> {
    serde_json::from_value(job.payload["case"].clone())
        .map_err(|error| Setback::Fail(whole(&error)))
}

/// Does one job. Every kind can be done twice and counts once.
async fn run(work: &Work, job: &Job) -> Result<(), Setback> {
    match job.kind {
        JobKind::SendMessage => send::send(work, job).await,
        JobKind::Watch => {
            crate::casework::tick(&work.desk, case_of(job)?).await?;
            Ok(())
        }
        JobKind::DrawUp => {
            work.chancery.draw_up(case_of(job)?).await?;
            Ok(())
        }
        JobKind::Notify => notices::notify(work, job).await,
        JobKind::RecordContact => contact::record(work, job).await,
        JobKind::Webhook => webhook::tell(work, job).await,
        JobKind::Anchor => anchor::make(work, job).await,
        JobKind::KeepRecording => recording::keep(work, job).await,
        JobKind::DropRecording => recording::drop(work, job).await,
    }
}
