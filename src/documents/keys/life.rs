//! How long keys last, and what is done before they run out.
//!
//! The key of the timestamps gets a successor by itself, as seals do: it hangs on a root that everybody has already, so that
//! nobody need be told. A root gets none by itself. Whoever checks papers elsewhere, a court with its own list of roots, trusts
//! one because a person handed it over; papers under a root that came overnight would be refused there, and nobody would know
//! why. So its end is told years ahead by every start, every day and by `heyi check-config`, an operator makes the next one by
//! `heyi ca rotate` and hands it on, and past the end nothing is issued: a paper under a root that has run out would be
//! nobody's.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use jiff::{SignedDuration, Timestamp};
use x509_cert::Certificate;

use super::certificate::{self, SIGNER_DAYS};
use super::folder::Folder;
use super::ring::{Part, Ring};
use super::{Authority, KeyError, Kind, Pair};

/// A key of the timestamps with less left gets a successor, so that every timestamp holds for that long at least, but for the last
/// years of its root.
const LEFT_TO_STAMPS: SignedDuration = days(5 * 366);

/// The root of whoever signs is told of when it has less left: from then on it certifies for less than the usual time.
const LEFT_TO_SIGNERS: SignedDuration = days(SIGNER_DAYS);

/// Opening the folder takes as long as some signatures.
const BETWEEN_TRIES: SignedDuration = SignedDuration::from_hours(1);

#[expect(clippy::cast_possible_wrap, reason = "some thousand days")]
const fn days(days: u64) -> SignedDuration {
    SignedDuration::from_hours(24 * days as i64)
}

/// A root whose end is near, or past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub kind: Kind,
    pub name: String,
    pub until: Timestamp,
    pub is_past: bool,
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, until) = (&self.name, self.until.strftime("%F"));
        if self.is_past {
            write!(
                f,
                "{name} ran out on {until} and nothing is issued under it any more: "
            )?;
        } else {
            write!(
                f,
                "{name} runs out on {until}, and with it all that it certifies: "
            )?;
        }
        let part = match self.kind {
            Kind::TimestampRoot => "timestamp-root",
            _ => "signing",
        };
        write!(
            f,
            "`heyi ca rotate {part}` makes the next one. What was signed before stays valid; whoever checks papers elsewhere needs \
             the new authority.crt"
        )
    }
}

impl Authority {
    /// The roots at work in a folder of which the operator is to make the next generation. Nothing is opened for that.
    ///
    /// # Errors
    /// A file that cannot be read or is no certificate.
    pub fn ending_in(folder: &Path, now: Timestamp) -> Result<Vec<Ending>, KeyError> {
        let roots = Folder::new(folder, &[]).roots_at_work()?;
        Ok(near(&roots.iter().collect::<Vec<_>>(), now))
    }

    /// The same of this authority, as it works.
    ///
    /// # Errors
    /// Keys that cannot be read again.
    pub fn endings(&self, now: Timestamp) -> Result<Vec<Ending>, KeyError> {
        let ring = self.ring()?;
        let roots = [&ring.signing.now, &ring.stamping.now].map(|it| &it.certificate);
        Ok(near(&roots, now))
    }

    /// Who says what time it is at `now`: a fresh key, where the one at work has come far.
    pub(in crate::documents) fn stamp_at(&self, now: Timestamp) -> Result<Arc<Pair>, KeyError> {
        let ring = self.ring()?;
        let failed = || self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let is_early = failed().is_some_and(|at| at <= now && now < at + BETWEEN_TRIES);
        if !ring.stamps_are_due(now) || is_early {
            return ring.stamp(now);
        }
        let renewed = self.change(|ring| {
            // Somebody may have made it meanwhile.
            if ring.stamps_are_due(now) {
                ring.rotate(Part::Timestamps, now)?;
                let until = certificate::until(&ring.stamps.now.certificate);
                tracing::info!(%until, "the timestamps have a new key, before the one at work runs out");
            }
            ring.stamp(now)
        });
        renewed.or_else(|error| {
            tracing::warn!(%error, "the timestamps get no new key: the one at work goes on until it runs out");
            *failed() = Some(now);
            ring.stamp(now)
        })
    }
}

impl Ring {
    /// Nothing that a root certifies outlasts it, so that one of its last years gives no longer life to a new key. One that a
    /// clock far ahead brought about is not valid yet once the clock is right again, and nothing that it stamped.
    fn stamps_are_due(&self, now: Timestamp) -> bool {
        let (own, root) = (&self.stamps.now.certificate, &self.stamping.now.certificate);
        let until = certificate::until(own);
        let runs_out = until < now + LEFT_TO_STAMPS && until < certificate::until(root);
        runs_out || (now <= until && !certificate::holds(own, now))
    }

    fn stamp(&self, now: Timestamp) -> Result<Arc<Pair>, KeyError> {
        still(&self.stamps.now.certificate, now)?;
        still(&self.stamping.now.certificate, now)?;
        Ok(Arc::clone(&self.stamps.now))
    }
}

/// Of the root of whoever signs and that of the timestamps, those whose end is near or past.
fn near(roots: &[&Certificate], now: Timestamp) -> Vec<Ending> {
    let roots = roots.iter().zip([
        (Kind::SigningRoot, LEFT_TO_SIGNERS),
        (Kind::TimestampRoot, LEFT_TO_STAMPS),
    ]);
    let ending = |(root, (kind, left)): (&&Certificate, _)| {
        let until = certificate::until(root);
        (until < now + left).then(|| Ending {
            kind,
            name: certificate::common_name(root),
            until,
            is_past: until < now,
        })
    };
    roots.filter_map(ending).collect()
}

/// Refuses what has run out.
pub(super) fn still(certificate: &Certificate, now: Timestamp) -> Result<(), KeyError> {
    let until = certificate::until(certificate);
    if now <= until {
        return Ok(());
    }
    Err(KeyError::RanOut {
        name: certificate::common_name(certificate),
        until,
    })
}
