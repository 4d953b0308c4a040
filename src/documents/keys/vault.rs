//! The private key of the authority at rest: AES-256-GCM under a key that argon2id makes from the passphrase.

use std::io::Write as _;
use std::path::Path;

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use argon2::Argon2;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::{KeyError, failed};
use crate::clock::Clock;

/// Names the format, so that another can follow it.
const MARK: &str = "heyi-key-1:";
const SALT: usize = 16;
const NONCE: usize = 12;

/// Text of one line: the mark, then salt, nonce and sealed key in base64.
pub(super) fn seal(key: &[u8], passphrase: &[u8], clock: &Clock) -> Result<String, KeyError> {
    let salt = clock.random::<SALT>();
    let nonce = clock.random::<NONCE>();
    let sealed = cipher(passphrase, &salt)?
        .encrypt(&Nonce::from(nonce), key)
        .or(Err(KeyError::Passphrase))?;
    let all = [salt.as_slice(), &nonce, &sealed].concat();
    Ok(format!("{MARK}{}\n", STANDARD.encode(all)))
}

pub(super) fn open(text: &str, passphrase: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let all = text
        .trim_end()
        .strip_prefix(MARK)
        .and_then(|rest| STANDARD.decode(rest).ok())
        .ok_or(KeyError::Passphrase)?;
    let parts = all
        .split_first_chunk::<SALT>()
        .and_then(|(salt, rest)| Some((salt, rest.split_first_chunk::<NONCE>()?)));
    let (salt, (nonce, sealed)) = parts.ok_or(KeyError::Passphrase)?;
    cipher(passphrase, salt)?
        .decrypt(&Nonce::from(*nonce), sealed)
        .map(Zeroizing::new)
        .or(Err(KeyError::Passphrase))
}

fn cipher(passphrase: &[u8], salt: &[u8]) -> Result<Aes256Gcm, KeyError> {
    let mut key = Zeroizing::new([0; 32]);
    Argon2::default()
        .hash_password_into(passphrase, salt, key.as_mut_slice())
        .map_err(KeyError::Derive)?;
    Ok(Aes256Gcm::new(&Key::<Aes256Gcm>::from(*key)))
}

/// Writes a new file that only its owner may read.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(file)
        .and_then(|mut open| {
            open.write_all(bytes)?;
            open.sync_all()
        })
        .map_err(|source| failed(file, source))
}

pub(super) fn read(file: &Path) -> Result<String, KeyError> {
    std::fs::read_to_string(file).map_err(|source| failed(file, source))
}
