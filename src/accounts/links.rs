//! Links that lead a party to their case. Possession is not identity: behind the link a code is asked for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use hmac::Mac as _;
use jiff::SignedDuration;

use super::secrets::{KeyUse, Secrets};
use super::{Accounts, AccountsError};
use crate::domain::contact_record::ContactChannel;
use crate::domain::ids::{CaseId, PartyId};
use crate::storage::Tx;
use crate::storage::accounts::links as rows;

pub use rows::Link;

const LIFE: SignedDuration = SignedDuration::from_hours(180 * 24);

/// Of a token, in letters.
const LENGTH: usize = 22;

const WAYS: [(char, ContactChannel); 2] =
    [('m', ContactChannel::Mail), ('l', ContactChannel::Letter)];

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

/// A token as it is sent one way. The last letter tells which, so that "wrong person" stops that way and no other; a
/// text message, where every letter counts, has none.
pub fn by(token: &str, channel: ContactChannel) -> String {
    let way = WAYS.iter().find(|(_, way)| *way == channel);
    way.map_or_else(
        || token.to_owned(),
        |(letter, _)| format!("{token}{letter}"),
    )
}

/// The token itself, and which way it came.
pub fn way(token: &str) -> (&str, ContactChannel) {
    let came = WAYS.iter().find_map(|(letter, way)| {
        let bare = token.strip_suffix(*letter)?;
        (bare.len() == LENGTH).then_some((bare, *way))
    });
    came.unwrap_or((token, ContactChannel::Message))
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
    let hash = hash(&accounts.secrets, way(token).0);
    Ok(rows::find_former(&mut accounts.store.read().await?, &hash).await?)
}

async fn find(accounts: &Accounts, token: &str) -> Result<Option<Link>, AccountsError> {
    let hash = hash(&accounts.secrets, way(token).0);
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
