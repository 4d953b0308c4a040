//! A mediator's own calendar and ties: leave, hours, and who they stand close to.

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::assignment::Tie;
use crate::domain::diary::Hours;
use crate::domain::ids::PersonId;
use crate::storage::diary::{self, Clash};
use crate::storage::{StorageError, Store, encounters, write_tx};

/// Why a leave cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum LeaveError {
    /// A session lies in it.
    #[error("taken from {} to {}", .0.from, .0.until)]
    Taken(Clash),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Writes a leave down; nobody takes leave over a session.
///
/// # Errors
/// [`LeaveError::Taken`] with the session's time; nothing is kept then.
pub async fn take_leave(
    store: &Store,
    id: Uuid,
    person: PersonId,
    span: (Timestamp, Timestamp),
) -> Result<(), LeaveError> {
    write_tx!(store, |tx| {
        match diary::insert_leave(tx, id, person, span).await? {
            Some(clash) => Err(LeaveError::Taken(clash)),
            None => Ok(()),
        }
    })
}

/// # Errors
/// `Conflict` where the person has no such leave.
pub async fn end_leave(store: &Store, id: Uuid, person: PersonId) -> Result<(), StorageError> {
    write_tx!(store, |tx| { diary::delete_leave(tx, id, person).await })
}

pub async fn keep_hours(
    store: &Store,
    person: PersonId,
    hours: &[Hours],
) -> Result<(), StorageError> {
    write_tx!(store, |tx| { diary::set_hours(tx, person, hours).await })
}

pub async fn keep_ties(store: &Store, person: PersonId, ties: &[Tie]) -> Result<(), StorageError> {
    write_tx!(store, |tx| { encounters::set_ties(tx, person, ties).await })
}
