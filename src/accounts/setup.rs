//! How a new colleague comes to a password that nobody else knows: a link, shown once to whoever sets them up, good for
//! one choice within some days.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use jiff::SignedDuration;

use super::secrets::KeyUse;
use super::{Accounts, AccountsError, staff};
use crate::domain::ids::PersonId;
use crate::storage::accounts::{sessions, setups as rows, staff as stored};
use crate::storage::register::changes::{self, Change, What};
use crate::storage::write_tx;

pub use rows::Waiting;

/// Long enough for somebody who is on leave for a week.
const LIFE: SignedDuration = SignedDuration::from_hours(10 * 24);

/// The path of a new link, in place of any before; `None` for whoever has a password already, or had. Who gave it out is
/// written down: somebody on the page, or nobody by name from the shell.
pub async fn offer(
    accounts: &Accounts,
    person: PersonId,
    hand: Option<PersonId>,
) -> Result<Option<String>, AccountsError> {
    let token = BASE64URL.encode(accounts.clock.random::<32>());
    let (hash, at) = (hash(accounts, &token), accounts.clock.now());
    let change = Change {
        id: accounts.clock.new_id(),
        at,
        hand,
        what: What::Link { person },
    };
    let offered: Result<bool, AccountsError> = write_tx!(accounts.store, |tx| {
        let offered = rows::offer(tx, person, &hash, at + LIFE).await?;
        if offered {
            changes::insert(tx, &change).await?;
        }
        Ok(offered)
    });
    Ok(offered?.then(|| format!("/setup/{token}")))
}

/// As [`offer`], for somebody whose password is to be forgotten, and from the shell alone: it stays in force until they
/// choose another. Signing in with it does not end the link: it may be the very one that somebody else knows.
pub async fn offer_anew(accounts: &Accounts, person: PersonId) -> Result<String, AccountsError> {
    let token = BASE64URL.encode(accounts.clock.random::<32>());
    let (hash, now) = (hash(accounts, &token), accounts.clock.now());
    let offered: Result<(), AccountsError> = write_tx!(accounts.store, |tx| {
        rows::drop_lapsed(tx, now).await?;
        Ok(rows::offer_anew(tx, person, &hash, now + LIFE).await?)
    });
    offered?;
    Ok(format!("/setup/{token}"))
}

/// Whose link it is. Looking spends nothing.
pub async fn whose(accounts: &Accounts, token: &str) -> Result<Option<Waiting>, AccountsError> {
    let hash = hash(accounts, token);
    let now = accounts.clock.now();
    Ok(rows::whose(&mut accounts.store.read().await?, &hash, now).await?)
}

/// Everybody who never chose a password.
pub async fn waiting(accounts: &Accounts) -> Result<Vec<Waiting>, AccountsError> {
    Ok(rows::all(&mut accounts.store.read().await?).await?)
}

/// Puts the chosen password in force and spends the link. False where it is not good any more.
pub async fn choose(
    accounts: &Accounts,
    token: &str,
    password: &str,
) -> Result<bool, AccountsError> {
    let (token, now) = (hash(accounts, token), accounts.clock.now());
    let password = staff::hash_password(accounts, password)?;
    write_tx!(accounts.store, |tx| {
        let Some(waiting) = rows::whose(tx, &token, now).await? else {
            return Ok(false);
        };
        if !rows::done(tx, waiting.person).await? {
            return Ok(false);
        }
        stored::set_password(tx, waiting.person, &password).await?;
        sessions::delete_of(tx, waiting.person).await?;
        Ok::<_, AccountsError>(true)
    })
}

fn hash(accounts: &Accounts, token: &str) -> String {
    let parts = [b"setup".as_slice(), token.as_bytes()];
    accounts.secrets.hash(KeyUse::Token, &parts)
}
