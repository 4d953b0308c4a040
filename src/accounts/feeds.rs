//! The secret address of somebody's calendar: shown once, kept as a hash, taken back at will.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;

use super::secrets::KeyUse;
use super::{Accounts, AccountsError};
use crate::domain::ids::PersonId;
use crate::storage::{diary, write_tx};

/// A new secret of 256 bits; the one before leads nowhere from now on.
pub async fn renew(accounts: &Accounts, person: PersonId) -> Result<String, AccountsError> {
    let token = BASE64URL.encode(accounts.clock.random::<32>());
    let (hash, now) = (hash(accounts, &token), accounts.clock.now());
    let done: Result<(), AccountsError> = write_tx!(accounts.store, |tx| {
        Ok(diary::set_feed(tx, person, &hash, now).await?)
    });
    done.map(|()| token)
}

/// The address leads nowhere from now on.
pub async fn revoke(accounts: &Accounts, person: PersonId) -> Result<(), AccountsError> {
    write_tx!(accounts.store, |tx| {
        Ok(diary::delete_feed(tx, person).await?)
    })
}

/// Whose calendar a secret opens.
pub async fn reader(accounts: &Accounts, token: &str) -> Result<Option<PersonId>, AccountsError> {
    let hash = hash(accounts, token);
    Ok(diary::fed(&mut accounts.store.read().await?, &hash).await?)
}

fn hash(accounts: &Accounts, token: &str) -> String {
    let parts = [b"calendar".as_slice(), token.as_bytes()];
    accounts.secrets.hash(KeyUse::Token, &parts)
}
