//! The name of a file by its content.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// SHA-256 in 64 lowercase hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentHash(String);

/// The text is not 64 lowercase hexadecimal digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a content hash")]
pub struct NotAHash;

impl ContentHash {
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_digest(Sha256::digest(bytes).into())
    }

    /// The name of what was hashed elsewhere, part by part.
    pub fn of_digest(digest: [u8; 32]) -> Self {
        let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Self(
            digits
                .filter_map(|digit| char::from_digit(digit.into(), 16))
                .collect(),
        )
    }

    /// The digest that the digits stand for.
    pub fn digest(&self) -> [u8; 32] {
        let mut digest = [0; 32];
        for (byte, digits) in digest.iter_mut().zip(self.0.as_bytes().chunks(2)) {
            let value = |digit: &u8| char::from(*digit).to_digit(16).unwrap_or(0);
            let value = digits.iter().fold(0, |sum, digit| sum * 16 + value(digit));
            *byte = u8::try_from(value).unwrap_or(0);
        }
        digest
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ContentHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 64 && text.bytes().all(hexadecimal) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAHash)
        }
    }
}

impl TryFrom<String> for ContentHash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        text.parse()
    }
}

impl From<ContentHash> for String {
    fn from(hash: ContentHash) -> Self {
        hash.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_64_lowercase_digits_and_nothing_else() {
        let hash = ContentHash::of(b"heyi");
        assert_eq!(hash.as_str().parse(), Ok(hash.clone()));
        assert_eq!(ContentHash::of_digest(hash.digest()), hash);
        assert_eq!(
            hash.as_str().to_uppercase().parse::<ContentHash>(),
            Err(NotAHash)
        );
        assert_eq!(hash.as_str()[1..].parse::<ContentHash>(), Err(NotAHash));
    }
}
