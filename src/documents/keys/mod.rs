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

pub(super) use certificate::{DOCUMENT_SIGNING, Name, name};

const KEY_FILE: &str = "authority.key";
const CERTIFICATE_FILE: &str = "authority.crt";

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

/// The platform's certification authority. It is not a licensed one (电子签名法 16).
pub struct Authority {
    key: SigningKey,
    certificate: Certificate,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authority")
    }
}

/// A key for one signature with its certificate.
pub(super) struct OneShot {
    pub(super) key: SigningKey,
    pub(super) certificate: Certificate,
    pub(super) issuer: Certificate,
}

impl Authority {
    /// Opens the authority of a folder, or makes one there on the first start.
    ///
    /// The private key lies encrypted by the passphrase; both files are readable by their owner only.
    ///
    /// # Errors
    /// A wrong passphrase, a damaged or unreadable file.
    pub fn open_or_create(
        folder: &Path,
        passphrase: &[u8],
        clock: &Clock,
    ) -> Result<Self, KeyError> {
        let file = folder.join(KEY_FILE);
        if file.exists() {
            return Self::open(folder, passphrase);
        }
        let authority = Self::create(clock)?;
        let sealed = vault::seal(&authority.key.to_bytes(), passphrase, clock)?;
        let pem = authority.certificate.to_pem(der::pem::LineEnding::LF)?;
        std::fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
        vault::write(&folder.join(CERTIFICATE_FILE), pem.as_bytes())?;
        vault::write(&file, sealed.as_bytes())?;
        Ok(authority)
    }

    /// A new authority that lives in memory only.
    pub fn create(clock: &Clock) -> Result<Self, KeyError> {
        let key = new_key(clock);
        let certificate = certificate::authority(&key, clock)?;
        Ok(Self { key, certificate })
    }

    fn open(folder: &Path, passphrase: &[u8]) -> Result<Self, KeyError> {
        let key = vault::open(&vault::read(&folder.join(KEY_FILE))?, passphrase)?;
        let key = SigningKey::from_slice(&key)?;
        let pem = vault::read(&folder.join(CERTIFICATE_FILE))?;
        let certificate = <Certificate as der::DecodePem>::from_pem(pem.as_bytes())?;
        if certificate::public_key(&certificate)? != *key.verifying_key() {
            return Err(KeyError::Mismatch);
        }
        Ok(Self { key, certificate })
    }

    /// The certificate that verifiers trust, in DER.
    pub fn root(&self) -> Result<Vec<u8>, KeyError> {
        Ok(self.certificate.to_der()?)
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
        let certificate = certificate::signer(self, &key, signer, now, clock)?;
        Ok(OneShot {
            key,
            certificate,
            issuer: self.certificate.clone(),
        })
    }
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
        assert_eq!(made.root().unwrap(), opened.root().unwrap());
        let refused = Authority::open_or_create(folder.path(), b"wrong", &clock).unwrap_err();
        assert!(matches!(refused, KeyError::Passphrase));
    }

    #[test]
    fn the_key_never_lies_in_the_clear() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::system();
        let authority = Authority::open_or_create(folder.path(), b"correct", &clock).unwrap();
        let key = authority.key.to_bytes();
        for file in [KEY_FILE, CERTIFICATE_FILE] {
            let bytes = std::fs::read(folder.path().join(file)).unwrap();
            assert!(!bytes.windows(32).any(|window| window == key.as_slice()));
        }
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
        assert_ne!(first.key.verifying_key(), second.key.verifying_key());
    }
}
