//! The private keys of the authority at rest: AES-256-GCM under a key that argon2id makes from the passphrase.

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

/// Text of one line: the mark, then salt, nonce and sealed bytes in base64.
pub(super) fn seal(plain: &[u8], passphrase: &[u8]) -> Result<String, KeyError> {
    // Never of a clock of invented matters: what is random there comes again.
    let clock = Clock::system();
    let salt = clock.random::<SALT>();
    let nonce = clock.random::<NONCE>();
    let sealed = cipher(passphrase, &salt)?
        .encrypt(&Nonce::from(nonce), plain)
        .or(Err(KeyError::Damaged))?;
    let all = [salt.as_slice(), &nonce, &sealed].concat();
    Ok(format!("{MARK}{}\n", STANDARD.encode(all)))
}

pub(super) fn open(text: &str, passphrase: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let all = text
        .trim_end()
        .strip_prefix(MARK)
        .and_then(|rest| STANDARD.decode(rest).ok())
        .ok_or(KeyError::Damaged)?;
    let parts = all
        .split_first_chunk::<SALT>()
        .and_then(|(salt, rest)| Some((salt, rest.split_first_chunk::<NONCE>()?)));
    let (salt, (nonce, sealed)) = parts.ok_or(KeyError::Damaged)?;
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

/// Puts a file that only its owner may read in the place of the one before: it is there whole, or not at all.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let mut name = file.as_os_str().to_owned();
    name.push(".partial");
    let partial = Path::new(&name);
    write(partial, bytes)
        .and_then(|()| std::fs::rename(partial, file))
        .and_then(|()| sync_folder(file))
        .map_err(|source| failed(file, source))
}

fn write(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(file)?;
    open.write_all(bytes)?;
    open.sync_all()
}

fn sync_folder(file: &Path) -> std::io::Result<()> {
    match file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

pub(super) fn read(file: &Path) -> Result<String, KeyError> {
    std::fs::read_to_string(file).map_err(|source| failed(file, source))
}
