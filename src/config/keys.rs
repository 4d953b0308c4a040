//! What seals the keys with which papers are signed.

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
}

impl Keys {
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
