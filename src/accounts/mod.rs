//! People, sign-in, codes, sessions and drafts of forms: who somebody is, never what they may do.

use std::sync::Arc;

pub mod address;
pub mod codes;
pub mod dial_in;
pub mod drafts;
pub mod feeds;
pub mod integrators;
pub mod links;
pub mod people;
pub mod screens;
pub mod second_factor;
pub mod secrets;
pub mod sessions;
pub mod setup;
pub mod slips;
pub mod staff;

use crate::clock::Clock;
use crate::storage::{StorageError, Store, accounts as rows, write_tx};
use secrets::{Secrets, SecretsError};

/// What the functions of this room work with.
#[derive(Clone, Debug)]
pub struct Accounts {
    pub store: Store,
    pub clock: Arc<Clock>,
    pub secrets: Arc<Secrets>,
}

#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    #[error("storage")]
    Storage(#[from] StorageError),
    #[error("secrets")]
    Secrets(#[from] SecretsError),
    /// Too many codes asked for, or too many wrong passwords; seconds until the next may be tried.
    #[error("too many attempts")]
    TooMany { seconds: u32 },
    #[error("this login, phone or mail address belongs to somebody else")]
    Taken,
    #[error("the password could not be hashed: {0}")]
    Password(argon2::password_hash::Error),
    #[error("a stored draft cannot be read: {0}")]
    Draft(#[from] serde_json::Error),
    /// A second factor is asked of somebody who has none, or offered to somebody who has one.
    #[error("the second factor is not in this state")]
    SecondFactor,
}

/// Removes sessions, codes and drafts that are over; gives how many rows went. For the queue, once an hour.
pub async fn sweep(accounts: &Accounts) -> Result<u64, AccountsError> {
    let now = accounts.clock.now();
    // Counters are looked at for an hour back.
    let before = now - jiff::SignedDuration::from_hours(1);
    write_tx!(accounts.store, |tx| {
        let sessions = rows::sessions::sweep(tx, now).await?;
        let drafts = rows::drafts::sweep(tx, now).await?;
        Ok(sessions + drafts + rows::codes::sweep(tx, before).await?)
    })
}

#[cfg(test)]
mod tests;
