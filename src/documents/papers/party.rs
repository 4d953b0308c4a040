//! How papers name people.

use jiff::civil::Date;
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
    /// Who signs in this field in the party's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
}

/// Who acts for a party, and by what right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    pub name: String,
    pub masked_identity: Option<String>,
    #[serde(flatten)]
    pub right: Right,
    /// Whether the name in the party's field is theirs.
    pub signs: bool,
}

/// By what right somebody acts for a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "right", rename_all = "kebab-case")]
pub enum Right {
    /// 委托代理人, by a power of attorney of this day (民事诉讼法 62).
    Attorney { special: bool, power: Date },
    /// 法定代理人 of whoever cannot act for themselves, such as 母亲 (民法典 23, 27).
    Guardian { relation: String },
    /// 法定代表人 of a legal person (民法典 61).
    Representative,
}

impl Agent {
    /// As the signature's place names it: 委托代理人：王五.
    fn short(&self, words: Words<'_>) -> String {
        let role = match self.right {
            Right::Attorney { .. } => "documents-agent-attorney",
            Right::Guardian { .. } => "documents-agent-guardian",
            Right::Representative => "documents-agent-representative",
        };
        let role = words.plain(role);
        words.say(
            "documents-signs-as",
            &[("role", &role), ("name", &self.name)],
        )
    }

    /// With everything that the authority rests on.
    fn long(&self, words: Words<'_>) -> String {
        let mut parts = vec![self.short(words)];
        if let Some(number) = &self.masked_identity {
            parts.push(words.say("documents-party-identity", &[("number", number)]));
        }
        match &self.right {
            Right::Attorney { special, power } => {
                parts.push(words.plain(if *special {
                    "documents-agent-special"
                } else {
                    "documents-agent-general"
                }));
                let date = words.date(*power);
                parts.push(words.say("documents-agent-power", &[("date", &date)]));
            }
            Right::Guardian { relation } => {
                let fillers = [("relation", relation.as_str())];
                parts.push(words.say("documents-agent-relation", &fillers));
            }
            Right::Representative => {}
        }
        parts.join(&words.plain("documents-party-mark"))
    }
}

/// Someone who signs by office: a mediator, a judge, a clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    pub name: String,
    /// The name of the signature field; empty for somebody who is only named.
    pub field: String,
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
        if let Some(agent) = &self.agent {
            parts.push(agent.long(words));
        }
        Entry {
            label: words.plain(self.role.key()),
            value: parts.join(&words.plain("documents-party-mark")),
        }
    }

    /// The place where this party signs.
    pub(super) fn slot(&self, words: Words<'_>) -> Slot {
        let name = match self.agent.as_ref().filter(|agent| agent.signs) {
            Some(agent) => words.say(
                "documents-signs-for",
                &[("name", &self.name), ("agent", &agent.short(words))],
            ),
            None => self.name.clone(),
        };
        super::hand(words, &words.plain(self.role.key()), &name, &self.field)
    }
}
