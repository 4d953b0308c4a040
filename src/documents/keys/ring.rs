//! What the authority keeps: every root it ever had, the keys of its timestamps, the seals, and what was taken back.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use der::pem::LineEnding;
use der::{Decode, Encode, EncodePem};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::key::{Key, Public};
use super::life::still;
use super::{Entry, KeyError, Kind, Noted, Pair, Signer, TakenBack, Use, certificate};
use crate::clock::Clock;
use crate::config::Algorithm;

pub(super) const SIGNING: &str = "heyi document authority";
pub(super) const STAMPING: &str = "heyi timestamp authority";

/// What the names of fields, an instant, a number and a hash take in JSON.
const OF_NAMES: usize = 200;

/// A seal that runs out sooner gets a new key.
const RENEWED: SignedDuration = SignedDuration::from_hours(30 * 24);

#[derive(Clone)]
pub(super) struct Ring {
    /// The roots of whoever signs. What the former ones issued stays valid.
    pub(super) signing: Line,
    /// The roots of the timestamps.
    pub(super) stamping: Line,
    pub(super) stamps: Line,
    /// Of organisations and courts.
    pub(super) seals: Vec<Arc<Pair>>,
    pub(super) revoked: Vec<Revoked>,
    /// The newest anchor last.
    pub(super) anchors: Vec<Noted>,
}

/// Pairs of which each took over from the one before.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) now: Arc<Pair>,
    /// The oldest first.
    pub(super) before: Vec<Arc<Pair>>,
}

impl Line {
    pub(super) fn new(pair: Pair) -> Self {
        Self {
            now: Arc::new(pair),
            before: Vec::new(),
        }
    }

    /// The oldest first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Pair>> {
        self.before.iter().chain([&self.now])
    }

    fn give_way(&mut self, next: Pair) {
        let former = std::mem::replace(&mut self.now, Arc::new(next));
        self.before.push(former);
    }

    /// Of the next one, counted from 1.
    fn next(&self) -> usize {
        self.before.len() + 2
    }
}

/// A certificate that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoked {
    /// Its serial number in lower-case hexadecimal digits.
    pub serial: String,
    pub reason: Reason,
    /// What was signed before this stays valid.
    pub since: Timestamp,
}

/// Why a certificate was taken back (RFC 5280, 5.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Unspecified,
    KeyCompromise,
    AffiliationChanged,
    Superseded,
    CessationOfOperation,
}

impl Reason {
    pub const ALL: [Self; 5] = [
        Self::Unspecified,
        Self::KeyCompromise,
        Self::AffiliationChanged,
        Self::Superseded,
        Self::CessationOfOperation,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "key-compromise",
            Self::AffiliationChanged => "affiliation-changed",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessation-of-operation",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// What follows the one at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The root of whoever signs; seals get a new key when they are next used.
    Signing(Algorithm),
    /// The key of the timestamps.
    Timestamps,
    /// The root of the timestamps, and their key with it.
    TimestampRoot,
}

impl Ring {
    pub(super) fn new(algorithm: Algorithm, now: Timestamp) -> Result<Self, KeyError> {
        let signing = root((SIGNING, 1), algorithm, now)?;
        Self::with(signing, now)
    }

    /// Makes what is missing beside the root of whoever signs.
    pub(super) fn with(signing: Pair, now: Timestamp) -> Result<Self, KeyError> {
        let stamping = root((STAMPING, 1), Algorithm::P256, now)?;
        let stamp = stamp(&stamping, now)?;
        Ok(Self {
            signing: Line::new(signing),
            stamping: Line::new(stamping),
            stamps: Line::new(stamp),
            seals: Vec::new(),
            revoked: Vec::new(),
            anchors: Vec::new(),
        })
    }

    pub(super) fn rotate(&mut self, part: Part, now: Timestamp) -> Result<(), KeyError> {
        match part {
            Part::Signing(algorithm) => {
                let next = root((SIGNING, self.signing.next()), algorithm, now)?;
                self.signing.give_way(next);
            }
            Part::Timestamps => self.stamps.give_way(stamp(&self.stamping.now, now)?),
            Part::TimestampRoot => {
                let generation = (STAMPING, self.stamping.next());
                let next = root(generation, Algorithm::P256, now)?;
                self.stamping.give_way(next);
                self.rotate(Part::Timestamps, now)?;
            }
        }
        Ok(())
    }

    /// Every root, the newest of whoever signs and of the timestamps first.
    pub(super) fn roots(&self) -> impl Iterator<Item = &Arc<Pair>> {
        self.used_roots().map(|(_, root)| root)
    }

    /// The same, each with what it is trusted for.
    pub(super) fn used_roots(&self) -> impl Iterator<Item = (Use, &Arc<Pair>)> {
        let signing = |root| (Use::Signing, root);
        let stamping = |root| (Use::Stamping, root);
        let former = self.signing.before.iter().map(signing);
        let former = former.chain(self.stamping.before.iter().map(stamping));
        [signing(&self.signing.now), stamping(&self.stamping.now)]
            .into_iter()
            .chain(former)
    }

    pub(super) fn roots_pem(&self) -> Result<String, KeyError> {
        let pem = |root: &Arc<Pair>| Ok(root.certificate.to_pem(LineEnding::LF)?);
        let all: Result<Vec<String>, KeyError> = self.roots().map(pem).collect();
        Ok(all?.concat())
    }

    /// The key of an organisation's seal, where it has one that holds for a while yet.
    pub(super) fn seal(
        &self,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Option<Arc<Pair>>, KeyError> {
        let subject = certificate::subject_of(signer)?;
        let issuer = &self.signing.now.certificate;
        still(issuer, now)?;
        // What would end with its root anyway gets no new key before.
        let long = (now + RENEWED).min(certificate::until(issuer));
        let found = self.seals.iter().rev().find(|seal| {
            let tbs = seal.certificate.tbs_certificate();
            *tbs.subject() == subject
                && tbs.issuer() == issuer.tbs_certificate().subject()
                && certificate::holds(&seal.certificate, now)
                && certificate::holds(&seal.certificate, long)
                && !self.is_revoked(&seal.certificate)
        });
        Ok(found.map(Arc::clone))
    }

    pub(super) fn make_seal(
        &mut self,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Arc<Pair>, KeyError> {
        let made = self.one_shot(signer, now, &Clock::fixed(now))?;
        self.seals.push(Arc::clone(&made));
        Ok(made)
    }

    pub(super) fn one_shot(
        &self,
        signer: &Signer,
        now: Timestamp,
        clock: &Clock,
    ) -> Result<Arc<Pair>, KeyError> {
        let root = &self.signing.now;
        still(&root.certificate, now)?;
        let key = Key::new(root.key.public().algorithm(), clock);
        let certificate = certificate::signer(root, &key, signer, (now, clock))?;
        Ok(Arc::new(Pair { key, certificate }))
    }

    pub(super) fn take_back(
        &mut self,
        revoked: Revoked,
        now: Timestamp,
    ) -> Result<TakenBack, KeyError> {
        let serial = revoked.serial.clone();
        let is = |pair: &&Arc<Pair>| certificate::serial(&pair.certificate) == serial;
        if self.roots().any(|root| is(&root)) {
            return Err(KeyError::IsRoot(serial));
        }
        if self.revoked.iter().any(|it| it.serial == serial) {
            return Err(KeyError::RevokedBefore(serial));
        }
        let seal = self.seals.iter().find(is);
        let taken_back = match seal {
            Some(seal) => TakenBack::Seal(certificate::common_name(&seal.certificate)),
            None if self.stamps.all().any(|stamp| is(&stamp)) => TakenBack::Timestamps,
            None => TakenBack::Signature,
        };
        let at_work = is(&&self.stamps.now);
        self.revoked.push(revoked);
        if at_work {
            self.rotate(Part::Timestamps, now)?;
        }
        Ok(taken_back)
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        let of = |line: &Line, kind| {
            let former = line
                .before
                .iter()
                .map(|pair| self.entry(pair, (kind, true)));
            let mut entries: Vec<_> = former.collect();
            entries.push(self.entry(&line.now, (kind, false)));
            entries
        };
        let seals = self.seals.iter().map(|seal| {
            let issuer = self.signing.now.certificate.tbs_certificate();
            let former = seal.certificate.tbs_certificate().issuer() != issuer.subject();
            self.entry(seal, (Kind::Seal, former))
        });
        [
            of(&self.signing, Kind::SigningRoot),
            of(&self.stamping, Kind::TimestampRoot),
            of(&self.stamps, Kind::Timestamps),
            seals.collect(),
        ]
        .concat()
    }

    fn entry(&self, pair: &Pair, (kind, former): (Kind, bool)) -> Entry {
        let serial = certificate::serial(&pair.certificate);
        let revoked = self.revoked.iter().find(|it| it.serial == serial).cloned();
        Entry {
            kind,
            name: certificate::common_name(&pair.certificate),
            until: certificate::until(&pair.certificate),
            former: former || revoked.is_some(),
            serial,
            revoked,
        }
    }

    pub(super) fn is_revoked(&self, certificate: &Certificate) -> bool {
        let serial = certificate::serial(certificate);
        self.revoked.iter().any(|it| it.serial == serial)
    }

    /// What each root has taken back, in DER, in the order of [`Ring::roots`]. Which root issued the certificate of a
    /// signature is not kept, so that every list names all: serial numbers are random and never come twice.
    pub(super) fn lists(&self, now: Timestamp) -> Result<Vec<Vec<u8>>, KeyError> {
        self.roots()
            .map(|root| certificate::revocations(root, &self.revoked, now))
            .collect()
    }

    pub(super) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let kept = |pairs: &mut dyn Iterator<Item = &Arc<Pair>>| {
            let kept = pairs.map(|pair| KeptPair::of(pair));
            kept.collect::<Result<Vec<_>, KeyError>>()
        };
        let all = Kept {
            signing: kept(&mut self.signing.all())?,
            timestamp_roots: kept(&mut self.stamping.all())?,
            timestamps: kept(&mut self.stamps.all())?,
            seals: kept(&mut self.seals.iter())?,
            revoked: self.revoked.clone(),
            anchors: self.anchors.clone(),
        };
        // Of one size from the beginning: what grows leaves each former copy behind, with the keys in it.
        let mut bytes = Zeroizing::new(vec![0; all.room()]);
        let mut free = bytes.as_mut_slice();
        serde_json::to_writer(&mut free, &all).or(Err(KeyError::Damaged))?;
        let left = free.len();
        let written = bytes.len() - left;
        bytes.truncate(written);
        Ok(bytes)
    }

    /// What was wrong with the bytes is not said, since they are secret.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let kept: Kept = serde_json::from_slice(bytes).or(Err(KeyError::Damaged))?;
        Ok(Self {
            signing: line(&kept.signing)?,
            stamping: line(&kept.timestamp_roots)?,
            stamps: line(&kept.timestamps)?,
            seals: pairs(&kept.seals)?,
            revoked: kept.revoked,
            anchors: kept.anchors,
        })
    }
}

/// As it is written, before it is sealed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    signing: Vec<KeptPair>,
    timestamp_roots: Vec<KeptPair>,
    timestamps: Vec<KeptPair>,
    seals: Vec<KeptPair>,
    revoked: Vec<Revoked>,
    #[serde(default)]
    anchors: Vec<Noted>,
}

impl Kept {
    /// More bytes than it takes in JSON.
    fn room(&self) -> usize {
        let lines = [
            &self.signing,
            &self.timestamp_roots,
            &self.timestamps,
            &self.seals,
        ];
        let pairs = lines.into_iter().flatten();
        let pairs: usize = pairs
            .map(|it| it.key.len() + it.certificate.len() + OF_NAMES)
            .sum();
        let revoked: usize = self
            .revoked
            .iter()
            .map(|it| it.serial.len() + OF_NAMES)
            .sum();
        OF_NAMES + pairs + revoked + self.anchors.len() * OF_NAMES
    }
}

/// Both in base64.
#[derive(Serialize, Deserialize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct KeptPair {
    key: String,
    #[zeroize(skip)]
    certificate: String,
}

impl KeptPair {
    fn of(pair: &Pair) -> Result<Self, KeyError> {
        Ok(Self {
            key: STANDARD.encode(pair.key.to_bytes().as_slice()),
            certificate: STANDARD.encode(pair.certificate.to_der()?),
        })
    }

    fn open(&self) -> Result<Pair, KeyError> {
        let decoded = |text: &str| STANDARD.decode(text).or(Err(KeyError::Damaged));
        let certificate = Certificate::from_der(&decoded(&self.certificate)?)?;
        let algorithm = Public::of(&certificate)?.algorithm();
        let key = Key::from_slice(algorithm, &Zeroizing::new(decoded(&self.key)?))?;
        Pair::of(key, certificate)
    }
}

fn pairs(kept: &[KeptPair]) -> Result<Vec<Arc<Pair>>, KeyError> {
    kept.iter().map(|pair| Ok(Arc::new(pair.open()?))).collect()
}

fn line(kept: &[KeptPair]) -> Result<Line, KeyError> {
    let mut before = pairs(kept)?;
    let now = before.pop().ok_or(KeyError::Damaged)?;
    Ok(Line { now, before })
}

/// Generations have different names, so that nobody looks for the list of one at the other.
fn root(
    (name, generation): (&str, usize),
    algorithm: Algorithm,
    now: Timestamp,
) -> Result<Pair, KeyError> {
    let clock = Clock::fixed(now);
    let name = match generation {
        1 => name.to_owned(),
        later => format!("{name} G{later}"),
    };
    let key = Key::new(algorithm, &clock);
    let certificate = certificate::root(&key, &name, &clock)?;
    Ok(Pair { key, certificate })
}

fn stamp(root: &Pair, now: Timestamp) -> Result<Pair, KeyError> {
    let clock = Clock::fixed(now);
    let key = Key::new(Algorithm::P256, &clock);
    let certificate = certificate::stamp(root, &key, &clock)?;
    Ok(Pair { key, certificate })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hash::ContentHash;

    /// The buffer with all private keys is as long as it was made, whatever is in it.
    #[test]
    fn keys_are_written_into_a_buffer_that_never_grows() {
        fn wiped<T: zeroize::ZeroizeOnDrop>() {}
        wiped::<KeptPair>();
        wiped::<Key>();
        let now = "2026-11-22T02:00:00Z".parse().unwrap();
        let mut ring = Ring::new(Algorithm::P256, now).unwrap();
        for number in 0..30 {
            let signer = Signer {
                name: "和平街道人民调解委员会".to_owned(),
                organisation: Some("和平街道人民调解委员会".to_owned()),
                pseudonym: format!("{number:064x}"),
            };
            ring.make_seal(&signer, now).unwrap();
            ring.revoked.push(Revoked {
                serial: "f".repeat(40),
                reason: Reason::CessationOfOperation,
                since: now,
            });
            ring.anchors.push(Noted {
                number: u64::MAX,
                hash: ContentHash::of(b""),
            });
        }
        let bytes = ring.to_bytes().unwrap();
        assert!(bytes.capacity() > bytes.len());
        assert!(bytes.capacity() < 2 * bytes.len());
        let again = Ring::from_bytes(&bytes).unwrap();
        assert_eq!(again.seals.len(), 30);
        assert_eq!(again.to_bytes().unwrap(), bytes);
    }
}
