//! Codes of six digits that prove who holds a phone or a mailbox, each good for one purpose.

use std::net::IpAddr;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::address::Address;
use super::secrets::{KeyUse, Secrets, SecretsError, hex};
use super::{Accounts, AccountsError};
use crate::domain::hash::ContentHash;
use crate::domain::ids::PartyId;
use crate::storage::accounts::codes as rows;
use crate::storage::write_tx;

const LIFE: SignedDuration = SignedDuration::from_mins(10);
const TRIES: i64 = 5;
/// Between two codes to one address.
const PAUSE: SignedDuration = SignedDuration::from_secs(60);
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// In a window: to one address, and from one client. A building or a mobile network shares one address.
const PER_ADDRESS: usize = 5;
const PER_CLIENT: usize = 60;

/// What a code is good for. A code for one purpose is worthless for any other, and so is a code
/// for another version of the same paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose<'a> {
    SignIn,
    /// The contact in a form not yet sent, of the browser with this id.
    ContactProof {
        browser: &'a str,
    },
    /// The seat that a link leads to.
    Invitation {
        party: PartyId,
    },
    /// Signing the paper with this content.
    Sign {
        party: PartyId,
        hash: &'a ContentHash,
    },
    /// Joining the application for judicial confirmation on this paper.
    Confirm {
        party: PartyId,
        hash: &'a ContentHash,
    },
}

impl Purpose<'_> {
    fn name(&self) -> String {
        match self {
            Self::SignIn => "sign-in".to_owned(),
            Self::ContactProof { browser } => format!("contact {browser}"),
            Self::Invitation { party } => format!("invitation {party}"),
            Self::Sign { party, hash } => format!("sign {party} {hash}"),
            Self::Confirm { party, hash } => format!("confirm {party} {hash}"),
        }
    }
}

/// What the queue carries to the worker that sends a code. The code in it is sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Delivery {
    pub to: Address,
    /// `zh-CN` or `en`.
    pub locale: String,
    sealed: String,
    context: String,
}

impl Delivery {
    /// The six digits.
    pub fn code(&self, secrets: &Secrets) -> Result<String, SecretsError> {
        let sealed = unhex(&self.sealed).ok_or(SecretsError::DoesNotOpen)?;
        let plain = secrets.open_sealed(KeyUse::Code, &self.context, &sealed)?;
        Ok(String::from_utf8_lossy(&plain).into_owned())
    }
}

/// Whether a typed code was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// Right, and now spent.
    Right,
    Wrong {
        tries_left: u32,
    },
    /// There is none in force: too old, spent, or tried too often. A new one must be asked for.
    Void,
}

/// Who asks for a code, and what for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub purpose: Purpose<'a>,
    pub to: &'a Address,
    pub client: IpAddr,
    /// Language of the message.
    pub locale: &'a str,
}

/// Makes a code, voids older ones for the same purpose and address, and queues its message.
/// With `send` false all looks the same but nothing is sent: a stranger's number gets the same answer.
///
/// # Errors
/// `TooMany` when the address or the client has asked too often.
pub async fn issue(
    accounts: &Accounts,
    request: &Request<'_>,
    send: bool,
) -> Result<Option<Delivery>, AccountsError> {
    let Accounts {
        store,
        clock,
        secrets,
    } = accounts;
    let now = clock.now();
    let code = six_digits(clock);
    let subject = subject(secrets, request.purpose, request.to);
    let delivery = seal(accounts, request, &subject, &code)?;
    let counters = [
        (
            secrets.hash(KeyUse::Code, &[b"address", request.to.as_str().as_bytes()]),
            PER_ADDRESS,
            PAUSE,
        ),
        (
            secrets.hash(
                KeyUse::Code,
                &[b"client", request.client.to_string().as_bytes()],
            ),
            PER_CLIENT,
            SignedDuration::ZERO,
        ),
    ];
    let code_hash = secrets.hash(KeyUse::Code, &[subject.as_bytes(), code.as_bytes()]);
    write_tx!(store, |tx| {
        for (counter, most, pause) in &counters {
            let asked = rows::counted(tx, counter, now - WINDOW).await?;
            if let Some(seconds) = wait(&asked, now, *most, *pause) {
                return Err(AccountsError::TooMany { seconds });
            }
            rows::count(tx, counter, now).await?;
        }
        rows::replace(tx, &subject, &code_hash, now, now + LIFE).await?;
        Ok(())
    })?;
    Ok(send.then_some(delivery))
}

/// Checks a typed code. A right one is spent; a wrong one counts.
pub async fn check(
    accounts: &Accounts,
    purpose: Purpose<'_>,
    to: &Address,
    typed: &str,
) -> Result<Checked, AccountsError> {
    let Accounts {
        store,
        clock,
        secrets,
    } = accounts;
    let now = clock.now();
    let subject = subject(secrets, purpose, to);
    write_tx!(store, |tx| {
        let Some(code) = rows::find(tx, &subject).await? else {
            return Ok(Checked::Void);
        };
        if code.spent_at.is_some() || code.expires_at <= now || code.tries >= TRIES {
            return Ok(Checked::Void);
        }
        if secrets.is_hash(
            KeyUse::Code,
            &[subject.as_bytes(), typed.as_bytes()],
            &code.code_hash,
        ) {
            rows::spend(tx, &subject, now).await?;
            return Ok(Checked::Right);
        }
        rows::tried(tx, &subject, code.tries + 1).await?;
        let left = u32::try_from(TRIES - code.tries - 1).unwrap_or(0);
        Ok::<_, AccountsError>(if left == 0 {
            Checked::Void
        } else {
            Checked::Wrong { tries_left: left }
        })
    })
}

fn subject(secrets: &Secrets, purpose: Purpose<'_>, to: &Address) -> String {
    secrets.hash(
        KeyUse::Code,
        &[
            b"subject",
            purpose.name().as_bytes(),
            to.as_str().as_bytes(),
        ],
    )
}

/// Seconds to wait, if one of the limits is reached.
fn wait(
    asked: &[jiff::Timestamp],
    now: jiff::Timestamp,
    most: usize,
    pause: SignedDuration,
) -> Option<u32> {
    let until = |at: jiff::Timestamp| {
        u32::try_from(at.duration_since(now).as_secs().max(1)).unwrap_or(u32::MAX)
    };
    if let Some(last) = asked.last().filter(|last| **last + pause > now) {
        return Some(until(*last + pause));
    }
    let oldest = asked.len().checked_sub(most)?;
    Some(until(asked[oldest] + WINDOW))
}

/// Uniform over all codes: a number from the last, incomplete round of 2³² is drawn again.
fn six_digits(clock: &crate::clock::Clock) -> String {
    const CODES: u32 = 1_000_000;
    loop {
        let number = u32::from_be_bytes(clock.random());
        if number < u32::MAX - u32::MAX % CODES {
            return format!("{:06}", number % CODES);
        }
    }
}

fn seal(
    accounts: &Accounts,
    request: &Request<'_>,
    subject: &str,
    code: &str,
) -> Result<Delivery, SecretsError> {
    let context = format!("code:{subject}");
    let sealed = accounts
        .secrets
        .seal(&accounts.clock, KeyUse::Code, &context, code.as_bytes())?;
    Ok(Delivery {
        to: request.to.clone(),
        locale: request.locale.to_owned(),
        sealed: hex(&sealed),
        context,
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks_exact(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
