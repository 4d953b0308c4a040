//! Links that lead a party to their case. Possession is not identity: behind the link a code is asked for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use hmac::Mac as _;
use jiff::SignedDuration;

use super::secrets::{KeyUse, Secrets};
use super::{Accounts, AccountsError};
use crate::domain::ids::{CaseId, PartyId};
use crate::storage::accounts::links as rows;
use crate::storage::{Tx, write_tx};

pub use rows::Link;

const LIFE: SignedDuration = SignedDuration::from_hours(180 * 24);

/// The token of a party's link, for `/i/{token}`. While the link is in force it is the same and runs anew, since it is
/// derived and not drawn: a message that is sent twice carries one link. After a link that has lapsed comes another.
pub async fn token(
    tx: &mut Tx,
    accounts: &Accounts,
    case: CaseId,
    party: PartyId,
) -> Result<String, AccountsError> {
    let now = accounts.clock.now();
    let generation = match rows::of(tx, party).await? {
        Some(link) if link.expires_at > now => link.generation,
        Some(lapsed) => {
            let former = hash(&accounts.secrets, &derive(&accounts.secrets, &lapsed));
            rows::keep_former(tx, &former, party).await?;
            lapsed.generation + 1
        }
        None => 1,
    };
    let link = Link {
        case,
        party,
        generation,
        expires_at: now + LIFE,
    };
    let token = derive(&accounts.secrets, &link);
    rows::replace(tx, &hash(&accounts.secrets, &token), &link, now).await?;
    Ok(token)
}

/// Where a token leads, if it is in force. Looking spends nothing.
pub async fn open(accounts: &Accounts, token: &str) -> Result<Option<Link>, AccountsError> {
    let link = find(accounts, token).await?;
    Ok(link.filter(|link| link.expires_at > accounts.clock.now()))
}

/// Where a token led whose time is over, also where a newer link has taken its place: an old message still helps
/// whoever finds it first.
pub async fn lapsed(accounts: &Accounts, token: &str) -> Result<Option<Link>, AccountsError> {
    if let Some(link) = find(accounts, token).await? {
        return Ok(Some(link).filter(|link| link.expires_at <= accounts.clock.now()));
    }
    let hash = hash(&accounts.secrets, token);
    Ok(rows::find_former(&mut accounts.store.read().await?, &hash).await?)
}

/// Ends the link of a party at once; the next one will be another.
pub async fn lapse(accounts: &Accounts, party: PartyId) -> Result<(), AccountsError> {
    let now = accounts.clock.now();
    write_tx!(accounts.store, |tx| {
        rows::lapse(tx, party, now).await?;
        Ok(())
    })
}

async fn find(accounts: &Accounts, token: &str) -> Result<Option<Link>, AccountsError> {
    let hash = hash(&accounts.secrets, token);
    Ok(rows::find(&mut accounts.store.read().await?, &hash).await?)
}

/// 128 bits, 22 letters: short enough for a text message.
fn derive(secrets: &Secrets, link: &Link) -> String {
    let parts = [
        link.case.to_string(),
        link.party.to_string(),
        link.generation.to_string(),
    ];
    let parts: Vec<&[u8]> = std::iter::once(b"link".as_slice())
        .chain(parts.iter().map(String::as_bytes))
        .collect();
    let mac = secrets.mac(KeyUse::Token, &parts).finalize().into_bytes();
    BASE64URL.encode(&mac[..16])
}

fn hash(secrets: &Secrets, token: &str) -> String {
    secrets.hash(KeyUse::Token, &[b"link hash", token.as_bytes()])
}
