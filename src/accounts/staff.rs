//! Staff and their passwords.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};

use super::{Accounts, AccountsError};
use crate::domain::ids::PersonId;
use crate::storage::accounts::{people, sessions, setups, staff as rows};
use crate::storage::write_tx;
use crate::storage::{StorageError, Tx};

pub use rows::Credentials;
use rows::Door;
pub(super) use rows::Factor;

/// After so many wrong passwords in a row the door stays shut for a while.
const FAILURES: i64 = 8;
const SHUT: SignedDuration = SignedDuration::from_mins(15);

/// The shortest password, in characters.
pub const SHORTEST_PASSWORD: usize = 10;

/// Makes somebody a member of staff, within a transaction that may also give them posts.
///
/// # Errors
/// `Taken` when login, phone or mail address belongs to somebody else.
pub async fn add_in(
    tx: &mut Tx,
    person: &people::Person,
    login: &str,
    password_hash: &str,
) -> Result<(), AccountsError> {
    let taken = |error| match error {
        StorageError::Unique => AccountsError::Taken,
        other => other.into(),
    };
    people::insert(tx, person).await.map_err(taken)?;
    rows::insert(
        tx,
        person.id,
        &login.to_lowercase(),
        password_hash,
        person.created_at,
    )
    .await
    .map_err(taken)
}

/// A PHC string of argon2id. Takes about a tenth of a second of one core: not inside a transaction.
pub fn hash_password(accounts: &Accounts, password: &str) -> Result<String, AccountsError> {
    let salt = accounts.clock.random::<16>();
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(AccountsError::Password)?;
    Ok(hash.to_string())
}

/// The hash of a password that nobody knows, for whoever is given one later.
pub fn nobody_s_password(accounts: &Accounts) -> Result<String, AccountsError> {
    let secret: String = accounts
        .clock
        .random::<32>()
        .map(|it| format!("{it:02x}"))
        .concat();
    hash_password(accounts, &secret)
}

/// Who has this login and this password. `None` says neither which of the two was wrong nor whether the
/// login exists, and takes as long either way.
///
/// # Errors
/// `TooMany` after too many wrong passwords in a row.
pub async fn sign_in(
    accounts: &Accounts,
    login: &str,
    password: &str,
) -> Result<Option<Credentials>, AccountsError> {
    let now = accounts.clock.now();
    let found = rows::by_login(
        &mut accounts.store.read().await?,
        &login.trim().to_lowercase(),
    )
    .await?;
    let Some(staff) = found else {
        hash_password(accounts, password)?;
        return Ok(None);
    };
    open_door(staff.password_door, now)?;
    let right = verify(&staff.password, password)?;
    count(accounts, &staff, Factor::Password, right).await?;
    if !right || staff.disabled_at.is_some() {
        return Ok(None);
    }
    Ok(Some(staff))
}

/// Whether the door is open, or how long it stays shut after too many failures.
pub(super) fn open_door(door: Door, now: Timestamp) -> Result<(), AccountsError> {
    let Some(until) = door.locked_until.filter(|until| *until > now) else {
        return Ok(());
    };
    let seconds = u32::try_from(until.duration_since(now).as_secs()).unwrap_or(u32::MAX);
    Err(AccountsError::TooMany {
        seconds: seconds.max(1),
    })
}

/// Counts wrong guesses at one factor in a row, and shuts its door after too many. Each factor has a door of its own:
/// logins can be guessed, and a stranger before the first door must not stop a judge who is signed in; and a known
/// password is no way to guess the second factor for ever.
pub(super) async fn count(
    accounts: &Accounts,
    staff: &Credentials,
    factor: Factor,
    right: bool,
) -> Result<(), AccountsError> {
    let before = match factor {
        Factor::Password => staff.password_door,
        Factor::OneTime => staff.code_door,
    };
    let failures = if right { 0 } else { before.failures + 1 };
    if failures == before.failures {
        return Ok(());
    }
    let shut = (failures >= FAILURES).then(|| accounts.clock.now() + SHUT);
    let door = Door {
        failures: if shut.is_some() { 0 } else { failures },
        locked_until: shut,
    };
    write_tx!(accounts.store, |tx| {
        Ok(rows::failed(tx, staff.person, factor, door).await?)
    })
}

fn verify(hash: &str, password: &str) -> Result<bool, AccountsError> {
    let hash = PasswordHash::new(hash).map_err(|error| AccountsError::Password(error.into()))?;
    Ok(Argon2::default()
        .verify_password(password.as_bytes(), &hash)
        .is_ok())
}

/// Closes an account and ends its sessions.
pub async fn disable(accounts: &Accounts, person: PersonId) -> Result<(), AccountsError> {
    let now = accounts.clock.now();
    write_tx!(accounts.store, |tx| {
        rows::disable(tx, person, Some(now)).await?;
        sessions::delete_of(tx, person).await?;
        Ok(())
    })
}

/// Gives somebody another password and ends their sessions.
pub async fn set_password(
    accounts: &Accounts,
    person: PersonId,
    password: &str,
) -> Result<(), AccountsError> {
    let hash = hash_password(accounts, password)?;
    write_tx!(accounts.store, |tx| {
        rows::set_password(tx, person, &hash).await?;
        setups::done(tx, person).await?;
        sessions::delete_of(tx, person).await?;
        Ok(())
    })
}
