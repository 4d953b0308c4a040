//! Forms saved at every step, so that nobody types anything twice.

use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::secrets::KeyUse;
use super::{Accounts, AccountsError};
use crate::storage::accounts::drafts as rows;
use crate::storage::write_tx;

const LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Saves the draft of a browser for a kind of form, such as `open-case`.
pub async fn save<T: Serialize>(
    accounts: &Accounts,
    browser: &str,
    kind: &str,
    draft: &T,
) -> Result<(), AccountsError> {
    let now = accounts.clock.now();
    let key = key(accounts, browser);
    let plain = serde_json::to_vec(draft)?;
    let body = accounts
        .secrets
        .seal(&accounts.clock, KeyUse::Draft, &place(&key, kind), &plain)?;
    write_tx!(accounts.store, |tx| {
        Ok(rows::save(tx, &key, kind, &body, (now, now + LIFE)).await?)
    })
}

/// What the browser has saved, unless it was too long ago.
pub async fn load<T: DeserializeOwned>(
    accounts: &Accounts,
    browser: &str,
    kind: &str,
) -> Result<Option<T>, AccountsError> {
    let key = key(accounts, browser);
    let found = rows::load(
        &mut accounts.store.read().await?,
        &key,
        kind,
        accounts.clock.now(),
    )
    .await?;
    let Some(body) = found else { return Ok(None) };
    let plain = accounts
        .secrets
        .open_sealed(KeyUse::Draft, &place(&key, kind), &body)?;
    Ok(Some(serde_json::from_slice(&plain)?))
}

pub async fn forget(accounts: &Accounts, browser: &str, kind: &str) -> Result<(), AccountsError> {
    let key = key(accounts, browser);
    write_tx!(accounts.store, |tx| {
        rows::delete(tx, &key, kind).await?;
        Ok(())
    })
}

fn key(accounts: &Accounts, browser: &str) -> String {
    accounts
        .secrets
        .hash(KeyUse::Token, &[b"browser", browser.as_bytes()])
}

fn place(key: &str, kind: &str) -> String {
    format!("draft:{key}:{kind}")
}
