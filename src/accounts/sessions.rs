//! Who is signed in, by the cookie of a browser.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use jiff::{SignedDuration, Timestamp};

use super::secrets::KeyUse;
use super::{Accounts, AccountsError};
use crate::domain::ids::PersonId;
use crate::storage::accounts::sessions as rows;
use crate::storage::write_tx;

pub use rows::Session;

/// A party stays signed in for a month after the last visit, staff for a working day after signing in.
const PARTY_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);
const STAFF_LIFE: SignedDuration = SignedDuration::from_hours(12);
/// How often a visit is written down.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// How somebody has just signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By a code to phone or mailbox: as a party, whatever offices the person holds besides.
    Code,
    /// By password, the second factor still to come if a post asks for it.
    Password,
    /// By password and second factor, or by a tap in a demo town.
    Full,
}

/// Opens a session and gives the value of its cookie, which is stored nowhere.
pub async fn open(
    accounts: &Accounts,
    person: PersonId,
    method: Method,
) -> Result<String, AccountsError> {
    let now = accounts.clock.now();
    let token = BASE64URL.encode(accounts.clock.random::<32>());
    let hash = hash(accounts, &token);
    let life = if method == Method::Code {
        PARTY_LIFE
    } else {
        STAFF_LIFE
    };
    let new = rows::NewSession {
        token_hash: &hash,
        person,
        now,
        expires_at: now + life,
        as_staff: method != Method::Code,
        second_factor_at: (method == Method::Full).then_some(now),
    };
    write_tx!(accounts.store, |tx| {
        Ok::<_, AccountsError>(rows::insert(tx, &new).await?)
    })?;
    Ok(token)
}

/// The session of a cookie, if it is in force; now and then the visit is written down.
pub async fn find(accounts: &Accounts, token: &str) -> Result<Option<Session>, AccountsError> {
    let (now, hash) = (accounts.clock.now(), hash(accounts, token));
    let found = rows::find(&mut accounts.store.read().await?, &hash, now).await?;
    if let Some(session) = &found
        && session.seen_at + SEEN_EVERY < now
    {
        let expires_at = prolonged(session, now);
        write_tx!(accounts.store, |tx| {
            Ok::<_, AccountsError>(rows::seen(tx, &hash, now, expires_at).await?)
        })?;
    }
    Ok(found)
}

fn prolonged(session: &Session, now: Timestamp) -> Timestamp {
    if session.staff {
        session.expires_at
    } else {
        now + PARTY_LIFE
    }
}

pub async fn second_factor_given(accounts: &Accounts, token: &str) -> Result<(), AccountsError> {
    let (now, hash) = (accounts.clock.now(), hash(accounts, token));
    write_tx!(accounts.store, |tx| {
        Ok(rows::second_factor_given(tx, &hash, now).await?)
    })
}

/// Signs out. A session that is gone already is as good.
pub async fn close(accounts: &Accounts, token: &str) -> Result<(), AccountsError> {
    let hash = hash(accounts, token);
    write_tx!(accounts.store, |tx| {
        rows::delete(tx, &hash).await?;
        Ok(())
    })
}

fn hash(accounts: &Accounts, token: &str) -> String {
    accounts
        .secrets
        .hash(KeyUse::Token, &[b"session", token.as_bytes()])
}
