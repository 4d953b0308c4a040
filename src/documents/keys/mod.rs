//! Who may sign papers: our own authority, a key for each single signature that is destroyed after it, and one for each
//! organisation's seal.

mod certificate;
mod error;
mod folder;
mod key;
mod life;
mod noted;
mod ring;
mod roots;
mod vault;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use der::{Decode, Encode};
use jiff::Timestamp;
use x509_cert::Certificate;

pub use self::error::KeyError;
use self::folder::{Folder, Seen};
use self::key::Key;
pub(super) use self::key::Public;
use self::ring::Ring;
use super::outside::Outside;
use crate::clock::Clock;
use crate::config::Algorithm;

pub(super) use certificate::{DOCUMENT_SIGNING, Name, STAMP_NAME, TIME_STAMPING, name, serial};
pub use life::Ending;
pub use noted::Noted;
pub use ring::{Part, Reason, Revoked};
pub use roots::{Root, Roots, Task, Use};

/// For whom a certificate is issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The real name, or for a seal the name of the organisation.
    pub name: String,
    /// The organisation whose seal this is, or for which a mediator or judge signs.
    pub organisation: Option<String>,
    /// A salted HMAC of the verified identity in lower-case hexadecimal digits.
    pub pseudonym: String,
}

/// A private key and the certificate of its public half. The key wipes itself when it is dropped.
pub(super) struct Pair {
    pub(super) key: Key,
    pub(super) certificate: Certificate,
}

impl Pair {
    fn of(key: Key, certificate: Certificate) -> Result<Self, KeyError> {
        if Public::of(&certificate)? != key.public() {
            return Err(KeyError::Mismatch);
        }
        Ok(Self { key, certificate })
    }
}

/// What proves the certificates that a root issued.
pub(super) struct Proof {
    pub(super) root: Certificate,
    /// In DER.
    pub(super) list: Vec<u8>,
}

/// One certificate of the authority, as the operator reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub kind: Kind,
    pub name: String,
    /// In lower-case hexadecimal digits.
    pub serial: String,
    pub until: Timestamp,
    /// Nothing is signed with it any more; what was, stays valid.
    pub former: bool,
    pub revoked: Option<Revoked>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    SigningRoot,
    TimestampRoot,
    Timestamps,
    Seal,
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenBack {
    /// The seal of this organisation, which gets a new key when it next seals.
    Seal(String),
    /// The key of the timestamps; another is at work already.
    Timestamps,
    /// No certificate that is kept: of a single signature, if of any.
    Signature,
}

/// The platform's certification authority. It is not a licensed one (电子签名法 16).
///
/// It has two roots, so that whoever could sign in a name could not set the time as well.
pub struct Authority {
    folder: Option<Folder>,
    held: RwLock<Held>,
    outside: Outside,
    /// When the timestamps were last to get a new key in vain.
    failed: Mutex<Option<Timestamp>>,
}

struct Held {
    ring: Arc<Ring>,
    /// The file from which it was read.
    seen: Option<Seen>,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authority")
    }
}

impl Authority {
    /// Opens the authority of a folder, or makes one where there is none, as on the first start.
    ///
    /// The private keys lie encrypted by the passphrase; all files are readable by their owner only. What a command
    /// changes in the folder counts from the next signature on.
    ///
    /// # Errors
    /// A wrong passphrase, a damaged or unreadable file.
    pub fn open_or_create(
        folder: &Path,
        passphrase: &[u8],
        clock: &Clock,
    ) -> Result<Self, KeyError> {
        if Folder::new(folder, passphrase).is_there() {
            Self::open(folder, passphrase, clock)
        } else {
            Self::init(folder, passphrase, (Algorithm::default(), clock))
        }
    }

    /// Opens what is there.
    pub fn open(folder: &Path, passphrase: &[u8], clock: &Clock) -> Result<Self, KeyError> {
        let path = folder;
        let folder = Folder::new(path, passphrase);
        if !folder.is_there() {
            return Err(KeyError::Missing(path.display().to_string()));
        }
        let _waiting = folder.lock()?;
        folder.bring_up_to_date(clock.now())?;
        let (ring, seen) = folder.read()?;
        Ok(Self::of(Some(folder), ring, Some(seen)))
    }

    /// Makes both roots and the key of the timestamps.
    pub fn init(
        folder: &Path,
        passphrase: &[u8],
        (algorithm, clock): (Algorithm, &Clock),
    ) -> Result<Self, KeyError> {
        if Folder::new(folder, passphrase).is_without_keys() {
            return Err(KeyError::Lost(folder.display().to_string()));
        }
        Self::settle(folder, passphrase, Ring::new(algorithm, clock.now())?)
    }

    /// Makes the authority anew from what [`Authority::backup`] gave.
    pub fn restore(
        folder: &Path,
        (backup, secret): (&str, &[u8]),
        passphrase: &[u8],
    ) -> Result<Self, KeyError> {
        let ring = Ring::from_bytes(&vault::open(backup, secret)?)?;
        Self::settle(folder, passphrase, ring)
    }

    fn settle(path: &Path, passphrase: &[u8], ring: Ring) -> Result<Self, KeyError> {
        let folder = Folder::new(path, passphrase);
        let _waiting = folder.lock()?;
        if folder.is_there() {
            return Err(KeyError::Exists(path.display().to_string()));
        }
        let seen = folder.write(&ring)?;
        Ok(Self::of(Some(folder), ring, Some(seen)))
    }

    /// A new authority that lives in memory only.
    pub fn create(clock: &Clock) -> Result<Self, KeyError> {
        Self::create_with(Algorithm::default(), clock)
    }

    /// The same, by an algorithm of choice.
    pub fn create_with(algorithm: Algorithm, clock: &Clock) -> Result<Self, KeyError> {
        Ok(Self::of(None, Ring::new(algorithm, clock.now())?, None))
    }

    /// Whether a folder holds one.
    pub fn is_in(folder: &Path) -> bool {
        Folder::new(folder, &[]).is_there()
    }

    fn of(folder: Option<Folder>, ring: Ring, seen: Option<Seen>) -> Self {
        let ring = Arc::new(ring);
        Self {
            folder,
            held: RwLock::new(Held { ring, seen }),
            outside: Outside::default(),
            failed: Mutex::new(None),
        }
    }

    /// With services elsewhere that sign or stamp; whoever checks papers trusts their roots as well.
    pub fn with(mut self, mut outside: Outside) -> Result<Self, KeyError> {
        if let Some(folder) = &self.folder {
            folder.write_outside(&outside)?;
            outside.keep_in(folder.path());
        }
        self.outside = outside;
        Ok(self)
    }

    pub(super) const fn outside(&self) -> &Outside {
        &self.outside
    }

    /// Fetches what services elsewhere have taken back, so that it is here when a paper is closed.
    pub fn fetch_lists(&self, now: Timestamp) {
        self.outside.fetch(now);
    }

    /// The keys as they are now.
    fn ring(&self) -> Result<Arc<Ring>, KeyError> {
        let Some(folder) = &self.folder else {
            return Ok(self.known(None).1);
        };
        let seen = folder.seen()?;
        let (is_newest, ring) = self.known(Some(seen));
        if is_newest {
            return Ok(ring);
        }
        match folder.read() {
            Ok((ring, seen)) => {
                tracing::info!("the keys of the authority were changed and are read anew");
                Ok(self.hold(Arc::new(ring), seen))
            }
            // Said once for each file that is put there.
            Err(KeyError::Passphrase) => {
                tracing::error!(
                    "the keys of the authority lie under another passphrase now: those known so far sign on, and nothing that is changed is seen until a start with that passphrase"
                );
                Ok(self.hold(ring, seen))
            }
            Err(error) => Err(error),
        }
    }

    fn known(&self, seen: Option<Seen>) -> (bool, Arc<Ring>) {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        (held.seen == seen, Arc::clone(&held.ring))
    }

    fn hold(&self, ring: Arc<Ring>, seen: Seen) -> Arc<Ring> {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.ring = Arc::clone(&ring);
        held.seen = Some(seen);
        ring
    }

    /// Changes the newest keys; whoever else changes them waits.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut Ring) -> Result<T, KeyError>,
    ) -> Result<T, KeyError> {
        let Some(folder) = &self.folder else {
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            let mut ring = (*held.ring).clone();
            let done = change(&mut ring)?;
            held.ring = Arc::new(ring);
            return Ok(done);
        };
        let _waiting = folder.lock()?;
        let (mut ring, _) = folder.read()?;
        let done = change(&mut ring)?;
        let seen = folder.write(&ring)?;
        self.hold(Arc::new(ring), seen);
        Ok(done)
    }

    /// Makes the next generation; what was signed under the one before stays valid.
    pub fn rotate(&self, parts: &[Part], clock: &Clock) -> Result<(), KeyError> {
        let now = clock.now();
        self.change(|ring| parts.iter().try_for_each(|part| ring.rotate(*part, now)))
    }

    /// Takes a certificate back: of a seal, of the timestamps, or of a single signature.
    pub fn revoke(
        &self,
        serial: &str,
        (reason, since): (Reason, Timestamp),
        clock: &Clock,
    ) -> Result<TakenBack, KeyError> {
        let revoked = Revoked {
            serial: certificate::read_serial(serial)?,
            reason,
            since,
        };
        self.change(|ring| ring.take_back(revoked, clock.now()))
    }

    /// All keys and certificates under a passphrase of its own.
    pub fn backup(&self, secret: &[u8]) -> Result<String, KeyError> {
        vault::seal(&self.ring()?.to_bytes()?, secret)
    }

    /// Seals the keys of a folder under another passphrase.
    pub fn reseal(
        folder: &Path,
        (former, passphrase): (&[u8], &[u8]),
        clock: &Clock,
    ) -> Result<(), KeyError> {
        let opened = Self::open(folder, former, clock)?;
        let folder = Folder::new(folder, passphrase);
        let _waiting = folder.lock()?;
        folder.write(&*opened.ring()?)?;
        Ok(())
    }

    /// Every certificate that is kept.
    pub fn entries(&self) -> Result<Vec<Entry>, KeyError> {
        Ok(self.ring()?.entries())
    }

    /// The certificates that verifiers trust, each for what it may vouch for: of whoever signs, of the timestamps, and of former
    /// generations.
    pub fn roots(&self) -> Result<Roots, KeyError> {
        let ring = self.ring()?;
        let ours = ring.used_roots();
        let ours = ours.map(|(used, root)| Ok((used, root.certificate.to_der()?)));
        let theirs = self.outside.roots();
        let theirs = theirs.map(|(used, root)| Ok((used, root.0.clone())));
        let all: Result<Vec<_>, KeyError> = ours.chain(theirs).collect();
        Ok(Roots::of(all?))
    }

    /// The same in PEM, one after the other.
    pub fn roots_pem(&self) -> Result<String, KeyError> {
        Ok(self.ring()?.roots_pem()? + &self.outside.roots_pem()?)
    }

    /// What each root has taken back, in DER, as it stands at `now`.
    pub fn revocations(&self, now: Timestamp) -> Result<Vec<Vec<u8>>, KeyError> {
        self.ring()?.lists(now)
    }

    /// Each root with the list of what it has taken back, in DER, as it stands at `now`.
    pub(super) fn evidence(&self, now: Timestamp) -> Result<Vec<Proof>, KeyError> {
        let ring = self.ring()?;
        let proofs = ring.roots().zip(ring.lists(now)?);
        let proof = |(root, list): (&Arc<Pair>, _)| Proof {
            root: root.certificate.clone(),
            list,
        };
        Ok(proofs.map(proof).collect())
    }

    /// The key of the timestamps at work.
    pub(super) fn stamp(&self) -> Result<Arc<Pair>, KeyError> {
        Ok(Arc::clone(&self.ring()?.stamps.now))
    }

    /// Makes a key for one signature and certifies it for three years from `now`, where its root lasts so long.
    pub(super) fn one_shot(
        &self,
        signer: &Signer,
        now: Timestamp,
        clock: &Clock,
    ) -> Result<Arc<Pair>, KeyError> {
        signer.check()?;
        self.ring()?.one_shot(signer, now, clock)
    }

    /// The key of an organisation's seal: made when it first seals, and anew before it runs out.
    pub(super) fn seal(&self, signer: &Signer, now: Timestamp) -> Result<Arc<Pair>, KeyError> {
        signer.check()?;
        if let Some(seal) = self.ring()?.seal(signer, now)? {
            return Ok(seal);
        }
        self.change(|ring| match ring.seal(signer, now)? {
            Some(made_meanwhile) => Ok(made_meanwhile),
            None => ring.make_seal(signer, now),
        })
    }
}

impl Signer {
    fn check(&self) -> Result<(), KeyError> {
        let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let fits = (32..=64).contains(&self.pseudonym.len());
        if fits && self.pseudonym.bytes().all(hexadecimal) {
            Ok(())
        } else {
            Err(KeyError::Pseudonym)
        }
    }
}

/// A certificate from its DER bytes, nothing after them.
pub(super) fn parse(bytes: &[u8]) -> Result<Certificate, KeyError> {
    Ok(Certificate::from_der(bytes)?)
}

fn failed(file: &Path, source: std::io::Error) -> KeyError {
    KeyError::File {
        file: file.display().to_string(),
        source,
    }
}

#[cfg(test)]
mod tests;
