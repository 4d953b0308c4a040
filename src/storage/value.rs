//! Values as both databases keep them.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Result, StorageError};

/// Microseconds UTC, the only form of an instant in the database.
pub fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The instant of a stored number of microseconds.
pub fn instant(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| corrupt("instant", &error))
}

/// A stored text as its type: an id, a name of a state, a sum.
pub fn parsed<T: FromStr<Err: Display>>(what: &'static str, text: &str) -> Result<T> {
    text.parse().map_err(|error: T::Err| corrupt(what, &error))
}

/// A stored JSON text as its type.
pub fn json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| corrupt(what, &error))
}

/// A value as JSON text for storing.
pub fn to_json<T: Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| corrupt(what, &error))
}

fn corrupt(what: &'static str, why: &dyn Display) -> StorageError {
    StorageError::Corrupt {
        what,
        why: why.to_string(),
    }
}
