//! What can stand in the way of a change. The only place that says which of them a stranger may notice.

use crate::domain::lifecycle::OutOfOrder;
use crate::domain::permission::Forbidden;
use crate::storage::StorageError;
use crate::storage::diary::Clash;

#[derive(Debug, thiserror::Error)]
pub enum CaseworkError {
    /// There is no such case, or none that this actor may know of.
    #[error("no such case")]
    NotFound,
    #[error("not this actor's to do")]
    Forbidden,
    #[error(transparent)]
    OutOfOrder(#[from] OutOfOrder),
    /// Somebody was faster; nothing of this change was kept.
    #[error("somebody was faster")]
    Conflict,
    /// Somebody who leads the session is taken at that time.
    #[error("taken from {} to {}", .0.from, .0.until)]
    Taken(Clash),
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for CaseworkError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Conflict => Self::Conflict,
            other => Self::Storage(other),
        }
    }
}

impl From<Forbidden> for CaseworkError {
    fn from(error: Forbidden) -> Self {
        match error {
            Forbidden::Stranger => Self::NotFound,
            Forbidden::NotYours => Self::Forbidden,
        }
    }
}
