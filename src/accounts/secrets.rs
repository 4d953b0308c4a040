//! The master key and what is made of it: one sub-key a purpose, sealed fields, keyed hashes.

use std::path::{Path, PathBuf};

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::clock::Clock;

/// What a sub-key is for. One key never serves two purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// Tokens in forms, bound to a browser's cookies.
    Csrf,
    /// One-time codes sent to a phone or mailbox.
    Code,
    /// Files that a page took in for a matter and is given back with the next round.
    Carried,
    /// Cookies and links, which the database knows only as hashes.
    Token,
    /// Comparing identity numbers without reading them.
    IdentityHash,
    /// The words by which cases are found.
    Index,
    /// Names of signers in certificates that lead nobody to their identity.
    Pseudonym,
    /// Identity numbers at rest.
    Identity,
    /// Secrets of the second factor at rest.
    SecondFactor,
    /// Room tokens.
    Room,
    /// Names by which pages use relays.
    Relay,
    /// What a user is still filling in.
    Draft,
    /// The passwords of the key stores of the platform's own certificates.
    Authority,
    /// Secrets by which integrators check what we tell them.
    Webhook,
}

impl KeyUse {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Csrf => b"heyi csrf v1",
            Self::Code => b"heyi code v1",
            Self::Carried => b"heyi carried v1",
            Self::Token => b"heyi token v1",
            Self::IdentityHash => b"heyi identity hash v1",
            Self::Index => b"heyi index v1",
            Self::Pseudonym => b"heyi pseudonym v1",
            Self::Identity => b"heyi identity seal v1",
            Self::SecondFactor => b"heyi second factor seal v1",
            Self::Room => b"heyi room v1",
            Self::Relay => b"heyi relay v1",
            Self::Draft => b"heyi draft seal v1",
            Self::Authority => b"heyi authority v1",
            Self::Webhook => b"heyi webhook seal v1",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    #[error("the master key in {0} is not 32 bytes in base64")]
    Malformed(String),
    #[error("{}: {source}", file.display())]
    File {
        file: PathBuf,
        source: std::io::Error,
    },
    /// The field was sealed under another key, for another row, or was changed.
    #[error("a sealed field does not open")]
    DoesNotOpen,
    #[error("a field could not be sealed")]
    DoesNotSeal,
}

/// Sub-keys are derived by HKDF-SHA-256 from one master key, which lives in the environment or in
/// a file of the data folder that only the operator's account may read.
pub struct Secrets {
    master: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(..)")
    }
}

impl Secrets {
    /// From base64 text as it stands in `HEYI_MASTER_KEY`.
    pub fn from_text(text: &str) -> Result<Self, SecretsError> {
        Self::parse(text, "the environment")
    }

    /// From `<folder>/master.key`, made with mode 0600 at the first start.
    pub fn open(folder: &Path, clock: &Clock) -> Result<Self, SecretsError> {
        let file = folder.join("master.key");
        let failed = |source| SecretsError::File {
            file: file.clone(),
            source,
        };
        match std::fs::read_to_string(&file) {
            Ok(text) => Self::parse(&text, &file.display().to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let master = Zeroizing::new(clock.random::<32>());
                write_private(&file, BASE64.encode(*master).as_bytes()).map_err(failed)?;
                Ok(Self { master })
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// A key that dies with the process, for tests.
    pub fn fleeting(clock: &Clock) -> Self {
        Self {
            master: Zeroizing::new(clock.random()),
        }
    }

    fn parse(text: &str, place: &str) -> Result<Self, SecretsError> {
        let malformed = || SecretsError::Malformed(place.to_owned());
        let bytes = Zeroizing::new(BASE64.decode(text.trim()).map_err(|_error| malformed())?);
        let master: [u8; 32] = bytes.as_slice().try_into().map_err(|_error| malformed())?;
        Ok(Self {
            master: Zeroizing::new(master),
        })
    }

    /// The sub-key for a purpose.
    #[expect(
        clippy::expect_used,
        reason = "32 bytes are within HKDF's bound of 8,160"
    )]
    pub fn key(&self, used: KeyUse) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        hkdf::Hkdf::<Sha256>::new(None, self.master.as_slice())
            .expand(used.label(), key.as_mut_slice())
            .expect("the length fits");
        key
    }

    /// HMAC-SHA-256 over the parts, each with its length, in lowercase hex.
    pub fn hash(&self, used: KeyUse, parts: &[&[u8]]) -> String {
        hex(&self.mac(used, parts).finalize().into_bytes())
    }

    /// Whether `hash` is the hash of the parts, in constant time.
    pub fn is_hash(&self, used: KeyUse, parts: &[&[u8]], hash: &str) -> bool {
        self.hash(used, parts)
            .as_bytes()
            .ct_eq(hash.as_bytes())
            .into()
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    pub(super) fn mac(&self, used: KeyUse, parts: &[&[u8]]) -> Hmac<Sha256> {
        let key = self.key(used);
        let mut mac =
            <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key.as_slice()).expect("any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }

    /// Seals a field for one place (`context`, such as `person:<id>`): nonce, then ciphertext.
    pub fn seal(
        &self,
        clock: &Clock,
        used: KeyUse,
        context: &str,
        plain: &[u8],
    ) -> Result<Vec<u8>, SecretsError> {
        let nonce = clock.random::<12>();
        let payload = Payload {
            msg: plain,
            aad: context.as_bytes(),
        };
        let sealed = self
            .cipher(used)
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_error| SecretsError::DoesNotSeal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Secrets::seal`] made for the same context.
    pub fn open_sealed(
        &self,
        used: KeyUse,
        context: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SecretsError> {
        let (nonce, body) = sealed
            .split_first_chunk::<12>()
            .ok_or(SecretsError::DoesNotOpen)?;
        let payload = Payload {
            msg: body,
            aad: context.as_bytes(),
        };
        let plain = self
            .cipher(used)
            .decrypt(&Nonce::from(*nonce), payload)
            .map_err(|_error| SecretsError::DoesNotOpen)?;
        Ok(Zeroizing::new(plain))
    }

    fn cipher(&self, used: KeyUse) -> Aes256Gcm {
        Aes256Gcm::new(&(*self.key(used)).into())
    }
}

fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Lowercase hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing into a String cannot fail.
            if write!(text, "{byte:02x}").is_err() {
                text.clear();
            }
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_master_key_is_made_once_and_only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::system();
        let first = Secrets::open(folder.path(), &clock).unwrap();
        let second = Secrets::open(folder.path(), &clock).unwrap();
        assert_eq!(*first.key(KeyUse::Csrf), *second.key(KeyUse::Csrf));
        let mode = std::fs::metadata(folder.path().join("master.key"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_sealed_field_opens_only_in_its_place_and_unchanged() {
        let clock = Clock::system();
        let secrets = Secrets::fleeting(&clock);
        let mut sealed = secrets
            .seal(&clock, KeyUse::Identity, "person:1", b"secret")
            .unwrap();
        let opened = secrets
            .open_sealed(KeyUse::Identity, "person:1", &sealed)
            .unwrap();
        assert_eq!(opened.as_slice(), b"secret");
        assert!(
            secrets
                .open_sealed(KeyUse::Identity, "person:2", &sealed)
                .is_err()
        );
        assert!(
            secrets
                .open_sealed(KeyUse::SecondFactor, "person:1", &sealed)
                .is_err()
        );
        *sealed.last_mut().unwrap() ^= 1;
        assert!(
            secrets
                .open_sealed(KeyUse::Identity, "person:1", &sealed)
                .is_err()
        );
        assert!(
            secrets
                .open_sealed(KeyUse::Identity, "person:1", b"short")
                .is_err()
        );
    }

    #[test]
    fn the_border_between_hashed_parts_counts() {
        let secrets = Secrets::fleeting(&Clock::system());
        let one = secrets.hash(KeyUse::Code, &[b"ab", b"c"]);
        assert_ne!(one, secrets.hash(KeyUse::Code, &[b"a", b"bc"]));
        assert_ne!(one, secrets.hash(KeyUse::Token, &[b"ab", b"c"]));
        assert!(secrets.is_hash(KeyUse::Code, &[b"ab", b"c"], &one));
    }
}
