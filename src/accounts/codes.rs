//! Codes of six digits that prove who holds a phone or a mailbox, each good for one purpose.

use std::collections::BTreeMap;
use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::address::Address;
use super::secrets::{KeyUse, Secrets};
use super::{Accounts, AccountsError};
use crate::domain::hash::ContentHash;
use crate::domain::ids::{PartyId, PersonId, RecordingId};
use crate::domain::message::Channel;
use crate::storage::accounts::codes as rows;
use crate::storage::messages::{NewMessage, post};
use crate::storage::write_tx;

const LIFE: SignedDuration = SignedDuration::from_mins(10);
const TRIES: i64 = 5;
/// Between two codes of one kind to one address from one client: who has just signed in can sign a paper at once.
const PAUSE: SignedDuration = SignedDuration::from_secs(60);
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// In a window: of one kind to one address from one client, so that a stranger who knows the number does not use up
/// what its holder may ask for; of any kind to one address; and from one client. A building or a mobile network shares
/// one client.
const PER_KIND: usize = 5;
const PER_ADDRESS: usize = 15;
const PER_CLIENT: usize = 60;

/// What a code is good for. A code for one purpose is worthless for any other, and so is a code
/// for another version of the same paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// Signing in, from the browser with this id: nobody spends or voids the code of another browser.
    SignIn { browser: &'a str },
    /// The contact in a form not yet sent, of the browser with this id.
    ContactProof { browser: &'a str },
    /// The seat that a link leads to, from the browser with this id.
    Invitation { party: PartyId, browser: &'a str },
    /// Signing the paper with this content.
    Sign {
        party: PartyId,
        hash: &'a ContentHash,
    },
    /// The same for somebody who signs in an office.
    SignInOffice {
        person: PersonId,
        hash: &'a ContentHash,
    },
    /// Acting for a party: of whoever was named with this mark, before the mediator who looks at them.
    Agent { mark: &'a ContentHash },
    /// Agreeing to this recording of a session, in the words with this hash.
    Recording {
        recording: RecordingId,
        person: PersonId,
        hash: &'a ContentHash,
    },
    /// Joining the application for judicial confirmation on this paper.
    Confirm {
        party: PartyId,
        hash: &'a ContentHash,
    },
}

impl Purpose<'_> {
    /// What the message says it is for: `notice-code-<kind>-subject` and `-body`.
    const fn kind(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign-in",
            Self::ContactProof { .. } => "contact",
            Self::Invitation { .. } => "invitation",
            Self::Sign { .. } | Self::SignInOffice { .. } => "sign",
            Self::Confirm { .. } => "confirm",
            Self::Agent { .. } => "agent",
            Self::Recording { .. } => "recording",
        }
    }

    fn name(&self) -> String {
        let kind = self.kind();
        match self {
            Self::SignIn { browser } | Self::ContactProof { browser } => {
                format!("{kind} {browser}")
            }
            Self::Invitation { party, browser } => format!("{kind} {party} {browser}"),
            Self::Sign { party, hash } | Self::Confirm { party, hash } => {
                format!("{kind} {party} {hash}")
            }
            Self::Agent { mark } => format!("{kind} {mark}"),
            Self::Recording {
                recording,
                person,
                hash,
            } => format!("{kind} {recording} {person} {hash}"),
            Self::SignInOffice { person, hash } => format!("{kind} in office {person} {hash}"),
        }
    }
}

/// Whether a typed code was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// Right, and now spent; it was made then.
    Right {
        made_at: Timestamp,
    },
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
) -> Result<(), AccountsError> {
    let Accounts {
        store,
        clock,
        secrets,
    } = accounts;
    let now = clock.now();
    let code = six_digits(clock);
    let subject = subject(secrets, request.purpose, request.to);
    let counters = counters(secrets, request);
    let code_hash = secrets.hash(KeyUse::Code, &[subject.as_bytes(), code.as_bytes()]);
    let message = message(request, &code, clock.new_id());
    write_tx!(store, |tx| {
        for (counter, most, pause) in &counters {
            let asked = rows::counted(tx, counter, now - WINDOW).await?;
            if let Some(seconds) = wait(&asked, now, *most, *pause) {
                return Err(AccountsError::TooMany { seconds });
            }
            rows::count(tx, counter, now).await?;
        }
        rows::replace(tx, &subject, &code_hash, now, now + LIFE).await?;
        if send {
            post(tx, &message, now).await?;
        }
        Ok(())
    })
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
            return Ok(Checked::Right {
                made_at: code.created_at,
            });
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

/// What a request is counted under: name, how many in a window, pause between two.
fn counters(secrets: &Secrets, request: &Request<'_>) -> [(String, usize, SignedDuration); 3] {
    let counter = |parts: &[&[u8]]| secrets.hash(KeyUse::Code, parts);
    let to = request.to.as_str().as_bytes();
    // By the kind alone: a fresh browser or another paper is no way round the pause.
    let kind = request.purpose.kind().as_bytes();
    let client = request.client.to_string();
    let none = SignedDuration::ZERO;
    [
        (
            counter(&[b"kind", kind, to, client.as_bytes()]),
            PER_KIND,
            PAUSE,
        ),
        (counter(&[b"address", to]), PER_ADDRESS, none),
        (counter(&[b"client", client.as_bytes()]), PER_CLIENT, none),
    ]
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

/// The message with a code. The row forgets the code once it is sent.
fn message(request: &Request<'_>, code: &str, id: Uuid) -> NewMessage {
    let channel = match request.to {
        Address::Phone(_) => Channel::Sms,
        Address::Mail(_) => Channel::Mail,
    };
    NewMessage {
        key: format!("code/{id}"),
        channel,
        address: request.to.as_str().to_owned(),
        locale: request.locale.to_owned(),
        name: format!("code-{}", request.purpose.kind()),
        facts: BTreeMap::from([
            ("code".to_owned(), code.to_owned()),
            ("minutes".to_owned(), LIFE.as_mins().to_string()),
        ]),
        case: None,
        calendar: None,
    }
}
