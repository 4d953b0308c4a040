//! How papers name people.

use serde::{Deserialize, Serialize};

use super::super::paper::{Entry, Slot};
use super::super::words::Words;

/// As what a party stands in a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Applicant,
    Respondent,
}

impl Role {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Applicant => "documents-role-applicant",
            Self::Respondent => "documents-role-respondent",
        }
    }
}

/// A party as it is printed; what is empty or `None` is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub role: Role,
    pub name: String,
    /// The number of the identity document with all but the last four characters masked, never the whole number.
    pub masked_identity: Option<String>,
    pub address: String,
    /// A phone number or mail address.
    pub contact: String,
    /// The name of the signature field.
    pub field: String,
}

/// Someone who signs by office: a mediator, a judge, a clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    pub name: String,
    /// The name of the signature field; empty for somebody who is only named.
    pub field: String,
}

impl Signatory {
    pub(super) const fn signs(&self) -> bool {
        !self.field.is_empty()
    }
}

impl Party {
    /// One row of a table: the role, then everything known in one sentence.
    pub(super) fn entry(&self, words: Words<'_>) -> Entry {
        let mut parts = vec![self.name.clone()];
        if let Some(number) = &self.masked_identity {
            parts.push(words.say("documents-party-identity", &[("number", number)]));
        }
        if !self.address.is_empty() {
            parts.push(words.say("documents-party-address", &[("address", &self.address)]));
        }
        if !self.contact.is_empty() {
            parts.push(words.say("documents-party-contact", &[("contact", &self.contact)]));
        }
        Entry {
            label: words.plain(self.role.key()),
            value: parts.join(&words.plain("documents-party-mark")),
        }
    }

    /// The place where this party signs.
    pub(super) fn slot(&self, words: Words<'_>) -> Slot {
        super::hand(
            words,
            &words.plain(self.role.key()),
            &self.name,
            &self.field,
        )
    }
}
