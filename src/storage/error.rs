//! What can go wrong in the database, named so that callers need not know which database it is.

use sqlx::migrate::MigrateError;

/// The one error of this room. SQLite does not report names of constraints, so `Unique` carries none: the
/// SQL function that may meet it turns it into the user's error where its statement stands.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("a row with this key exists already")]
    Unique,
    #[error("the row changed since it was read")]
    Conflict,
    #[error("there is no such row")]
    NotFound,
    /// The database asked to try again; `Store::write_tx` does, and gives up after some tries.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    #[error("a stored {what} cannot be read: {why}")]
    Corrupt { what: &'static str, why: String },
    #[error("the schema cannot be brought up to date")]
    Migrate(#[from] MigrateError),
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Database(cause) if cause.is_unique_violation() => Self::Unique,
            _ if is_transient(&error) => Self::Busy(error),
            _ => Self::Database(error),
        }
    }
}

/// Whether the whole transaction may succeed when tried again. A caller's error is searched to its root,
/// because the storage error may sit inside an error of casework or web.
pub(super) fn is_retryable(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if matches!(
            error.downcast_ref::<StorageError>(),
            Some(StorageError::Busy(_))
        ) || error
            .downcast_ref::<sqlx::Error>()
            .is_some_and(is_transient)
        {
            return true;
        }
        next = error.source();
    }
    false
}

/// PostgreSQL: serialization failure, deadlock. SQLite: BUSY and LOCKED with their extended codes.
fn is_transient(error: &sqlx::Error) -> bool {
    const CODES: [&str; 8] = ["40001", "40P01", "5", "6", "261", "262", "517", "773"];
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| CODES.contains(&code.as_ref()))
}
