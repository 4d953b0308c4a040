//! What one side tells the mediator alone. It has a type of its own, which no paper, event or hand-over can hold:
//! it cannot be serialised and does not print itself.

use std::fmt;

use jiff::Timestamp;

use super::ids::{PartyId, PersonId};

/// A text for the mediator's eyes.
#[derive(Clone, PartialEq, Eq)]
pub struct Confidential(String);

impl Confidential {
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// For the page of the mediator who wrote it, and for its row in the store.
    pub fn for_the_mediator(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Confidential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Confidential")
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaucusNote {
    pub with: PartyId,
    pub author: PersonId,
    pub text: Confidential,
    pub at: Timestamp,
}
