//! What seals the keys with which papers are signed, and who else signs and stamps.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Secret;

/// Shorter ones are guessed.
const SHORTEST: usize = 12;

/// The keys of the platform's certificates.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keys {
    /// Under which they lie encrypted; without it and `passphrase_file`, under one made of the master key.
    pub passphrase: Option<Secret>,
    /// A file with the passphrase and nothing else.
    pub passphrase_file: Option<PathBuf>,
    /// Of new roots and of what they certify; timestamps are always by P-256, which everybody reads.
    pub algorithm: Algorithm,
    /// A signing service elsewhere, which has the keys of all signatures; without it, our own authority.
    pub signer: Option<SigningService>,
    /// A timestamp authority elsewhere; without it, our own.
    pub timestamps: Option<TimestampService>,
}

/// By which curve signatures are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// ECDSA with SHA-256.
    #[default]
    P256,
    /// SM2 with SM3 (GM/T 0003).
    #[cfg(feature = "sm")]
    Sm2,
}

/// Whoever signs for us over HTTP; what is asked stands in `documents::outside::signatures`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SigningService {
    pub url: String,
    /// A file with the bearer token.
    pub token_file: PathBuf,
    /// PEM: the certificates that issue those of signers, which are trusted from then on.
    pub roots: PathBuf,
    /// Where the lists of what they took back are found; each paper gets them when it is closed.
    pub lists: Vec<String>,
    #[serde(default = "patience")]
    pub patience_seconds: u64,
}

/// Whoever stamps for us (RFC 3161): by RSA of 2048 bits and more or ECDSA on P-256, with SHA-256, under a root of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimestampService {
    pub url: String,
    /// PEM: the certificates that issue those of timestamps, which are trusted from then on.
    pub roots: PathBuf,
    /// Where the lists of what they took back are found; each paper gets them when it is closed.
    pub lists: Vec<String>,
    /// The only policy that is taken, such as `1.2.3.4.1`.
    pub policy: Option<String>,
    #[serde(default)]
    pub otherwise: Otherwise,
    #[serde(default = "patience")]
    pub patience_seconds: u64,
}

/// What happens when no timestamp comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Otherwise {
    /// Nothing is signed, and the signer is asked to come again.
    #[default]
    Refuse,
    /// Our own authority stamps, and the log says so.
    Own,
}

const fn patience() -> u64 {
    10
}

impl Keys {
    /// Whether they lie under a passphrase of their own.
    pub const fn are_sealed(&self) -> bool {
        self.passphrase.is_some() || self.passphrase_file.is_some()
    }

    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        if self.passphrase.is_some() && self.passphrase_file.is_some() {
            wrong.push("keys.passphrase, keys.passphrase_file: one of them, not both".to_owned());
        }
        let short = |it: &Secret| it.reveal().chars().count() < SHORTEST;
        if self.passphrase.as_ref().is_some_and(short) {
            wrong.push(format!(
                "keys.passphrase: shorter than {SHORTEST} characters"
            ));
        }
        if let Some(file) = &self.passphrase_file
            && !file.is_file()
        {
            wrong.push(format!(
                "keys.passphrase_file: {}: no such file",
                file.display()
            ));
        }
        if let Some(signer) = &self.signer
            && !(signer.url.starts_with("https://") || signer.url.starts_with("http://127.0.0.1"))
        {
            wrong.push("keys.signer.url: a token goes there: https:// only".to_owned());
        }
        let lists = [
            ("signer", self.signer.as_ref().map(|it| &it.lists)),
            ("timestamps", self.timestamps.as_ref().map(|it| &it.lists)),
        ];
        for (name, lists) in lists {
            if lists.is_some_and(Vec::is_empty) {
                wrong.push(format!(
                    "keys.{name}.lists: none, so that no paper could be closed"
                ));
            }
        }
    }

    /// The passphrase, where one is set.
    ///
    /// # Errors
    /// The file cannot be read, or holds too little.
    pub fn passphrase(&self) -> std::io::Result<Option<Zeroizing<String>>> {
        match (&self.passphrase, &self.passphrase_file) {
            (Some(passphrase), _) => Ok(Some(Zeroizing::new(passphrase.reveal().to_owned()))),
            (None, Some(file)) => read_passphrase(file).map(Some),
            (None, None) => Ok(None),
        }
    }
}

/// The passphrase in a file, without the end of its line.
pub fn read_passphrase(file: &std::path::Path) -> std::io::Result<Zeroizing<String>> {
    let text = Zeroizing::new(std::fs::read_to_string(file)?);
    let passphrase = text.trim_end_matches(['\r', '\n']);
    if passphrase.chars().count() < SHORTEST {
        let kind = std::io::ErrorKind::InvalidData;
        let why = format!("shorter than {SHORTEST} characters");
        return Err(std::io::Error::new(kind, why));
    }
    Ok(Zeroizing::new(passphrase.to_owned()))
}
