//! How a browser becomes the screen of a session's room: by a code that is good once, and without being anybody.

use jiff::SignedDuration;

use super::secrets::KeyUse;
use super::{Accounts, AccountsError};
use crate::domain::ids::{CaseId, SessionId};
use crate::storage::{screens as rows, write_tx};

/// Made when people are at the door.
const LIFE: SignedDuration = SignedDuration::from_hours(2);
/// What cannot be taken for something else when it is read aloud or typed.
const LETTERS: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// A new code for the session's screen, in place of any before.
pub async fn offer(
    accounts: &Accounts,
    place: (CaseId, SessionId),
) -> Result<String, AccountsError> {
    let random = accounts.clock.random::<12>();
    let letters = random.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
    let code: String = letters.iter().collect();
    let (hash, until) = (hash(accounts, "code", &code), accounts.clock.now() + LIFE);
    let made: Result<(), AccountsError> = write_tx!(accounts.store, |tx| {
        Ok(rows::offer(tx, place, &hash, until).await?)
    });
    made?;
    Ok([&code[..4], &code[4..8], &code[8..]].join("-"))
}

/// The browser becomes the screen that the code is for. False where the code is not good.
pub async fn take(accounts: &Accounts, code: &str, browser: &str) -> Result<bool, AccountsError> {
    let plain = code.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = plain.map(|c| c.to_ascii_lowercase()).collect();
    let (code, browser) = (
        hash(accounts, "code", &plain),
        hash(accounts, "browser", browser),
    );
    let now = accounts.clock.now();
    write_tx!(accounts.store, |tx| {
        Ok(rows::take(tx, &code, &browser, now).await?)
    })
}

/// The session whose screen this browser is.
pub async fn place(
    accounts: &Accounts,
    browser: &str,
) -> Result<Option<(CaseId, SessionId)>, AccountsError> {
    let browser = hash(accounts, "browser", browser);
    Ok(rows::of_browser(&mut accounts.store.read().await?, &browser).await?)
}

fn hash(accounts: &Accounts, what: &str, secret: &str) -> String {
    let parts = [b"screen".as_slice(), what.as_bytes(), secret.as_bytes()];
    accounts.secrets.hash(KeyUse::Token, &parts)
}
