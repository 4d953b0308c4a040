//! Tokens of integrators: shown once, known as hashes, scoped to a way and a district, revocable.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD as BASE64, URL_SAFE_NO_PAD as BASE64URL};
use zeroize::Zeroizing;

use super::secrets::{KeyUse, Secrets};
use super::{Accounts, AccountsError};
use crate::domain::ids::IntegratorId;
use crate::domain::intake::Source;
use crate::domain::integrator::Integrator;
use crate::domain::organisation::District;
use crate::storage::integrators as rows;
use crate::storage::write_tx;

/// What is told once, to whoever sets the integrator up.
#[derive(Debug)]
pub struct Told {
    pub integrator: Integrator,
    pub token: String,
    /// The secret by which the receiver checks what we send, `whsec_…`.
    pub secret: String,
}

/// Sets an integrator up.
pub async fn add(
    accounts: &Accounts,
    name: &str,
    source: Source,
    district: District,
    webhook: Option<String>,
) -> Result<Told, AccountsError> {
    let clock = &accounts.clock;
    let token = format!("hyi_{}", BASE64URL.encode(clock.random::<32>()));
    let secret = format!("whsec_{}", BASE64.encode(clock.random::<32>()));
    let integrator = Integrator {
        id: IntegratorId(clock.new_id()),
        name: name.to_owned(),
        source,
        district,
        webhook,
        created_at: clock.now(),
        revoked_at: None,
    };
    let secrets = &accounts.secrets;
    let place = place(integrator.id);
    let sealed = secrets.seal(clock, KeyUse::Webhook, &place, secret.as_bytes())?;
    let hash = hash(secrets, &token);
    write_tx!(accounts.store, |tx| {
        rows::insert(tx, &integrator, &hash, &sealed).await?;
        Ok::<_, AccountsError>(())
    })?;
    Ok(Told {
        integrator,
        token,
        secret,
    })
}

/// Whose token this is, unless it was revoked.
pub async fn find(accounts: &Accounts, token: &str) -> Result<Option<Integrator>, AccountsError> {
    let hash = hash(&accounts.secrets, token);
    let found = rows::by_token(&mut accounts.store.read().await?, &hash).await?;
    Ok(found.filter(|it| it.revoked_at.is_none()))
}

/// Where an integrator is told of its matters, with the secret to sign by; nothing where it wants to hear nothing or was
/// revoked.
pub async fn webhook(
    accounts: &Accounts,
    id: IntegratorId,
) -> Result<Option<(String, Zeroizing<String>)>, AccountsError> {
    let found = rows::with_secret(&mut accounts.store.read().await?, id).await?;
    let Some((integrator, sealed)) = found.filter(|(it, _)| it.revoked_at.is_none()) else {
        return Ok(None);
    };
    let Some(url) = integrator.webhook else {
        return Ok(None);
    };
    let opened = accounts
        .secrets
        .open_sealed(KeyUse::Webhook, &place(id), &sealed)?;
    let secret = Zeroizing::new(String::from_utf8_lossy(&opened).into_owned());
    Ok(Some((url, secret)))
}

fn hash(secrets: &Secrets, token: &str) -> String {
    secrets.hash(KeyUse::Token, &[b"integrator", token.as_bytes()])
}

fn place(id: IntegratorId) -> String {
    format!("integrator:{id}")
}
