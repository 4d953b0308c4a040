//! The second factor of those whose signature binds others: one-time passwords by RFC 6238.

use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use super::secrets::{KeyUse, SecretsError};
use super::staff::{Factor, count, open_door};
use super::{Accounts, AccountsError};
use crate::domain::ids::PersonId;
use crate::storage::accounts::sessions;
use crate::storage::accounts::staff as rows;
use crate::storage::accounts::staff::Credentials;
use crate::storage::{Tx, write_tx};

const STEP_SECONDS: u64 = 30;

/// What an authenticator app is given at enrolment.
#[derive(Debug)]
pub struct Offer {
    /// For typing.
    pub base32: String,
    /// For scanning: `otpauth://totp/…`.
    pub url: String,
}

/// The secret to enrol with; made at the first call, the same until it is in force.
///
/// # Errors
/// `SecondFactor` when one is in force already.
pub async fn offer(
    accounts: &Accounts,
    person: PersonId,
    name: &str,
) -> Result<Offer, AccountsError> {
    let staff = credentials(accounts, person).await?;
    if staff.enrolled_at.is_some() {
        return Err(AccountsError::SecondFactor);
    }
    let secret = if staff.second_factor.is_some() {
        secret(accounts, &staff)?
    } else {
        let fresh = Zeroizing::new(accounts.clock.random::<20>().to_vec());
        let sealed = seal(accounts, person, &fresh)?;
        write_tx!(accounts.store, |tx| {
            Ok::<_, AccountsError>(rows::offer_second_factor(tx, person, &sealed).await?)
        })?;
        fresh
    };
    let secret = Secret::new(secret.to_vec().into_boxed_slice());
    let base32 = secret.to_base32();
    let label = format!("heyi:{name}");
    let label: String = form_urlencoded::byte_serialize(label.as_bytes()).collect();
    let url = format!(
        "otpauth://totp/{label}?secret={base32}&issuer=heyi&algorithm=SHA1&digits=6&period=30"
    );
    Ok(Offer { base32, url })
}

fn seal(accounts: &Accounts, person: PersonId, secret: &[u8]) -> Result<Vec<u8>, SecretsError> {
    let Accounts { secrets, clock, .. } = accounts;
    secrets.seal(clock, KeyUse::SecondFactor, &place(person), secret)
}

/// Puts a given secret in force at once, in the transaction that makes the account: demo towns.
pub async fn enrol_in(
    tx: &mut Tx,
    accounts: &Accounts,
    person: PersonId,
    secret: &[u8; 20],
) -> Result<(), AccountsError> {
    let sealed = seal(accounts, person, secret)?;
    rows::offer_second_factor(tx, person, &sealed).await?;
    Ok(rows::enrol(tx, person, accounts.clock.now()).await?)
}

/// Checks a one-time password given for `subject`, which is written down with it: `sign-in`, or the hash of
/// the paper to be sealed. A right one is spent, and every older one with it. At the first right one an
/// offered secret comes into force.
///
/// # Errors
/// `TooMany` after too many wrong ones in a row.
pub async fn check(
    accounts: &Accounts,
    person: PersonId,
    typed: &str,
    subject: &str,
) -> Result<bool, AccountsError> {
    let staff = credentials(accounts, person).await?;
    let now = accounts.clock.now();
    open_door(staff.code_door, now)?;
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let found = totp(&secret(accounts, &staff)?).check(typed, seconds);
    count(accounts, &staff, Factor::OneTime, found.is_some()).await?;
    let Some(step) = found else {
        return Ok(false);
    };
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    write_tx!(accounts.store, |tx| {
        let fresh = rows::spend_step(tx, person, step, subject, now).await?;
        if fresh && staff.enrolled_at.is_none() {
            rows::enrol(tx, person, now).await?;
        }
        Ok(fresh)
    })
}

/// The one-time password of this moment, which the page of people of a demo town shows.
pub async fn current(
    accounts: &Accounts,
    person: PersonId,
) -> Result<Option<String>, AccountsError> {
    let found = rows::of(&mut accounts.store.read().await?, person).await?;
    let Some(staff) = found.filter(|staff| staff.enrolled_at.is_some()) else {
        return Ok(None);
    };
    let seconds = u64::try_from(accounts.clock.now().as_second()).unwrap_or(0);
    Ok(Some(
        totp(&secret(accounts, &staff)?)
            .generate(seconds)
            .to_string(),
    ))
}

async fn credentials(accounts: &Accounts, person: PersonId) -> Result<Credentials, AccountsError> {
    rows::of(&mut accounts.store.read().await?, person)
        .await?
        .ok_or(AccountsError::SecondFactor)
}

fn secret(accounts: &Accounts, staff: &Credentials) -> Result<Zeroizing<Vec<u8>>, AccountsError> {
    let sealed = staff
        .second_factor
        .as_deref()
        .ok_or(AccountsError::SecondFactor)?;
    Ok(accounts
        .secrets
        .open_sealed(KeyUse::SecondFactor, &place(staff.person), sealed)?)
}

fn totp(secret: &[u8]) -> Totp {
    let secret = Secret::new(secret.to_vec().into_boxed_slice());
    Builder::new()
        .with_secret(secret)
        .with_skew(1)
        .with_step_duration(STEP_SECONDS)
        .build_noncompliant()
}

fn place(person: PersonId) -> String {
    format!("second factor:{person}")
}

/// Forgets a second factor, which was lost with its phone, and ends all sessions; a new one is set up at the next sign-in.
pub async fn reset(accounts: &Accounts, person: PersonId) -> Result<(), AccountsError> {
    write_tx!(accounts.store, |tx| {
        rows::forget_second_factor(tx, person).await?;
        sessions::delete_of(tx, person).await?;
        Ok(())
    })
}
