//! Who may sign papers: our own authority, and a key for each single signature that is destroyed after it.

mod certificate;
mod vault;

use std::path::Path;

use der::{Decode, Encode, EncodePem};
use jiff::Timestamp;
use p256::ecdsa::SigningKey;
use x509_cert::Certificate;
use zeroize::Zeroizing;

use crate::clock::Clock;

pub(super) use certificate::{DOCUMENT_SIGNING, Name, TIME_STAMPING, name};

const KEY_FILE: &str = "authority.key";
/// Both roots, one after the other: of whoever signs, and of the timestamps.
const CERTIFICATE_FILE: &str = "authority.crt";
const STAMPS_KEY_FILE: &str = "timestamps.key";
const STAMP_KEY_FILE: &str = "timestamp.key";
const STAMP_CERTIFICATE_FILE: &str = "timestamp.crt";

/// Why the authority cannot be opened or cannot issue.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{file}: {source}")]
    File {
        file: String,
        source: std::io::Error,
    },
    #[error("the passphrase does not open the key of the authority, or the file is damaged")]
    Passphrase,
    #[error("the key and the certificate of the authority do not belong together")]
    Mismatch,
    #[error(
        "a pseudonym is 32 to 64 lower-case hexadecimal digits, never a number of an identity document"
    )]
    Pseudonym,
    #[error("certificate: {0}")]
    Certificate(#[from] x509_cert::builder::Error),
    #[error("certificate: {0}")]
    Der(#[from] der::Error),
    #[error("key: {0}")]
    Key(#[from] signature::Error),
    #[error("deriving the key from the passphrase: {0}")]
    Derive(argon2::Error),
}

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

/// A private key and the certificate of its public half.
pub(super) struct Pair {
    pub(super) key: SigningKey,
    pub(super) certificate: Certificate,
}

/// The platform's certification authority. It is not a licensed one (电子签名法 16).
///
/// It has two roots, so that whoever could sign in a name could not set the time as well.
pub struct Authority {
    signing: Pair,
    stamps: Pair,
    stamp: Pair,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authority")
    }
}

/// A key for one signature with its certificate.
pub(super) struct OneShot {
    pub(super) own: Pair,
    pub(super) issuer: Certificate,
}

impl Authority {
    /// Opens the authority of a folder, or makes what is missing of it, as on the first start.
    ///
    /// The private keys lie encrypted by the passphrase; all files are readable by their owner only.
    ///
    /// # Errors
    /// A wrong passphrase, a damaged or unreadable file.
    pub fn open_or_create(
        folder: &Path,
        passphrase: &[u8],
        clock: &Clock,
    ) -> Result<Self, KeyError> {
        let is_there = |file: &str| folder.join(file).exists();
        if !is_there(KEY_FILE) {
            let authority = Self::create(clock)?;
            authority.keep(folder, passphrase, clock)?;
            return Ok(authority);
        }
        let signing = opened(folder, passphrase, (KEY_FILE, CERTIFICATE_FILE), 0)?;
        if !is_there(STAMP_KEY_FILE) {
            let authority = Self::with(signing, clock)?;
            authority.keep(folder, passphrase, clock)?;
            return Ok(authority);
        }
        Ok(Self {
            signing,
            stamps: opened(folder, passphrase, (STAMPS_KEY_FILE, CERTIFICATE_FILE), 1)?,
            stamp: opened(
                folder,
                passphrase,
                (STAMP_KEY_FILE, STAMP_CERTIFICATE_FILE),
                0,
            )?,
        })
    }

    /// A new authority that lives in memory only.
    pub fn create(clock: &Clock) -> Result<Self, KeyError> {
        Self::with(root("heyi document authority", clock)?, clock)
    }

    fn with(signing: Pair, clock: &Clock) -> Result<Self, KeyError> {
        let stamps = root("heyi timestamp authority", clock)?;
        let key = new_key(clock);
        let certificate = certificate::stamp(&stamps, &key, clock)?;
        Ok(Self {
            signing,
            stamps,
            stamp: Pair { key, certificate },
        })
    }

    /// The key that says there is an authority is written last.
    fn keep(&self, folder: &Path, passphrase: &[u8], clock: &Clock) -> Result<(), KeyError> {
        std::fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
        let pem = |pair: &Pair| pair.certificate.to_pem(der::pem::LineEnding::LF);
        let roots = pem(&self.signing)? + &pem(&self.stamps)?;
        vault::write(
            &folder.join(STAMP_CERTIFICATE_FILE),
            pem(&self.stamp)?.as_bytes(),
        )?;
        vault::write(&folder.join(CERTIFICATE_FILE), roots.as_bytes())?;
        for (file, pair) in [
            (STAMPS_KEY_FILE, &self.stamps),
            (STAMP_KEY_FILE, &self.stamp),
            (KEY_FILE, &self.signing),
        ] {
            let sealed = vault::seal(&pair.key.to_bytes(), passphrase, clock)?;
            vault::write(&folder.join(file), sealed.as_bytes())?;
        }
        Ok(())
    }

    /// The certificates that verifiers trust, in DER: of whoever signs, and of the timestamps.
    pub fn roots(&self) -> Result<Vec<Vec<u8>>, KeyError> {
        [&self.signing, &self.stamps]
            .map(|root| Ok(root.certificate.to_der()?))
            .into_iter()
            .collect()
    }

    /// Who says what time it is, and the root of that.
    pub(super) const fn stamp(&self) -> (&Pair, &Certificate) {
        (&self.stamp, &self.stamps.certificate)
    }

    /// What each root has taken back, in DER, as it stands at `now`.
    pub fn revocations(&self, now: Timestamp) -> Result<Vec<Vec<u8>>, KeyError> {
        [&self.signing, &self.stamps]
            .map(|root| certificate::revocations(root, now))
            .into_iter()
            .collect()
    }

    /// Makes a key for one signature and certifies it for three years from `now`.
    pub(super) fn one_shot(
        &self,
        signer: &Signer,
        now: Timestamp,
        clock: &Clock,
    ) -> Result<OneShot, KeyError> {
        let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let fits = (32..=64).contains(&signer.pseudonym.len());
        if !fits || !signer.pseudonym.bytes().all(hexadecimal) {
            return Err(KeyError::Pseudonym);
        }
        let key = new_key(clock);
        let certificate = certificate::signer(&self.signing, &key, signer, now, clock)?;
        Ok(OneShot {
            own: Pair { key, certificate },
            issuer: self.signing.certificate.clone(),
        })
    }
}

fn root(name: &str, clock: &Clock) -> Result<Pair, KeyError> {
    let key = new_key(clock);
    let certificate = certificate::root(&key, name, clock)?;
    Ok(Pair { key, certificate })
}

/// Opens a key; its certificate is the one at `place` in its file.
fn opened(
    folder: &Path,
    passphrase: &[u8],
    (key, certificates): (&str, &str),
    place: usize,
) -> Result<Pair, KeyError> {
    let key = vault::open(&vault::read(&folder.join(key))?, passphrase)?;
    let key = SigningKey::from_slice(&key)?;
    let pem = vault::read(&folder.join(certificates))?;
    let certificate = Certificate::load_pem_chain(pem.as_bytes())?
        .into_iter()
        .nth(place)
        .ok_or(KeyError::Mismatch)?;
    if certificate::public_key(&certificate)? != *key.verifying_key() {
        return Err(KeyError::Mismatch);
    }
    Ok(Pair { key, certificate })
}

/// The public key of a certificate, when it is one on P-256.
pub(super) fn public_key(certificate: &Certificate) -> Result<p256::ecdsa::VerifyingKey, KeyError> {
    certificate::public_key(certificate)
}

/// A certificate from its DER bytes, nothing after them.
pub(super) fn parse(bytes: &[u8]) -> Result<Certificate, KeyError> {
    Ok(Certificate::from_der(bytes)?)
}

/// A fresh private key; the few byte strings that are none are drawn again.
fn new_key(clock: &Clock) -> SigningKey {
    loop {
        let bytes = Zeroizing::new(clock.random::<32>());
        if let Ok(key) = SigningKey::from_slice(bytes.as_slice()) {
            return key;
        }
    }
}

fn failed(file: &Path, source: std::io::Error) -> KeyError {
    KeyError::File {
        file: file.display().to_string(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(pseudonym: &str) -> Signer {
        Signer {
            name: "张三".to_owned(),
            organisation: None,
            pseudonym: pseudonym.to_owned(),
        }
    }

    #[test]
    fn an_authority_opens_again_with_its_passphrase_only() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::system();
        let made = Authority::open_or_create(folder.path(), b"correct", &clock).unwrap();
        let opened = Authority::open_or_create(folder.path(), b"correct", &clock).unwrap();
        assert_eq!(made.roots().unwrap(), opened.roots().unwrap());
        let refused = Authority::open_or_create(folder.path(), b"wrong", &clock).unwrap_err();
        assert!(matches!(refused, KeyError::Passphrase));
    }

    #[test]
    fn the_key_never_lies_in_the_clear() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::system();
        let authority = Authority::open_or_create(folder.path(), b"correct", &clock).unwrap();
        let keys = [&authority.signing, &authority.stamps, &authority.stamp];
        let keys = keys.map(|pair| pair.key.to_bytes());
        let mut files = 0;
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            for key in &keys {
                assert!(!bytes.windows(32).any(|window| window == key.as_slice()));
            }
            files += 1;
        }
        assert_eq!(files, 5);
    }

    #[test]
    fn an_identity_number_is_refused_as_pseudonym() {
        let clock = Clock::system();
        let authority = Authority::create(&clock).unwrap();
        let now = clock.now();
        for number in ["11010519491231002X", "110105194912310021"] {
            let refused = authority.one_shot(&signer(number), now, &clock);
            assert!(matches!(refused, Err(KeyError::Pseudonym)));
        }
        let pseudonym = "0123456789abcdef".repeat(2);
        assert!(authority.one_shot(&signer(&pseudonym), now, &clock).is_ok());
    }

    #[test]
    fn every_signature_has_a_key_of_its_own() {
        let clock = Clock::system();
        let authority = Authority::create(&clock).unwrap();
        let signer = signer(&"0123456789abcdef".repeat(2));
        let [first, second] =
            [(); 2].map(|()| authority.one_shot(&signer, clock.now(), &clock).unwrap());
        assert_ne!(
            first.own.key.verifying_key(),
            second.own.key.verifying_key()
        );
    }

    #[test]
    fn a_folder_from_before_the_timestamps_keeps_its_root_and_gets_what_it_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::system();
        let made = Authority::open_or_create(folder.path(), b"correct", &clock).unwrap();
        for file in [STAMPS_KEY_FILE, STAMP_KEY_FILE, STAMP_CERTIFICATE_FILE] {
            std::fs::remove_file(folder.path().join(file)).unwrap();
        }
        let pem = std::fs::read_to_string(folder.path().join(CERTIFICATE_FILE)).unwrap();
        let (first, _) = pem.split_at(pem.find("-----END").unwrap() + 26);
        std::fs::write(folder.path().join(CERTIFICATE_FILE), first).unwrap();
        let opened = Authority::open_or_create(folder.path(), b"correct", &clock).unwrap();
        let roots = |authority: &Authority| authority.roots().unwrap();
        assert_eq!(roots(&opened)[0], roots(&made)[0]);
        let again = Authority::open_or_create(folder.path(), b"correct", &clock).unwrap();
        assert_eq!(roots(&again), roots(&opened));
    }
}
