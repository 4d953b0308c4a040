//! How somebody joins a session by telephone: by a PIN of theirs for that session, which is known here as a hash alone.

use jiff::Timestamp;

use super::secrets::KeyUse;
use super::{Accounts, AccountsError};
use crate::storage::dial_ins::{self as rows, Caller};
use crate::storage::write_tx;

const DIGITS: usize = 8;
/// Of a hundred million numbers hardly any is in use.
const TRIES: usize = 5;

/// A new PIN for whoever is to call, in place of any before; `None` where no number is free.
pub async fn offer(
    accounts: &Accounts,
    caller: Caller,
    until: Timestamp,
) -> Result<Option<String>, AccountsError> {
    let now = accounts.clock.now();
    for _ in 0..TRIES {
        let random = u64::from_le_bytes(accounts.clock.random::<8>());
        let pin = format!("{:0DIGITS$}", random % 10_u64.pow(8));
        let hash = hash(accounts, &pin);
        let free: Result<bool, AccountsError> = write_tx!(accounts.store, |tx| {
            rows::sweep(tx, now).await?;
            Ok(rows::offer(tx, &caller, &hash, until).await?)
        });
        if free? {
            return Ok(Some(pin));
        }
    }
    Ok(None)
}

/// Who calls with this PIN.
pub async fn caller(accounts: &Accounts, pin: &str) -> Result<Option<Caller>, AccountsError> {
    let digits: String = pin.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != DIGITS {
        return Ok(None);
    }
    let (hash, now) = (hash(accounts, &digits), accounts.clock.now());
    let mut read = accounts.store.read().await?;
    Ok(rows::of_pin(&mut read, &hash, now).await?)
}

fn hash(accounts: &Accounts, pin: &str) -> String {
    let parts = [b"dial in".as_slice(), pin.as_bytes()];
    accounts.secrets.hash(KeyUse::Code, &parts)
}
