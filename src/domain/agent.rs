//! Who acts for a party: by a power of attorney, as a guardian, or at the head of a legal person.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::hash::ContentHash;
use super::identity::PersonName;
use super::ids::PersonId;
use super::party::{Contact, IdentityCheck, Party};

/// Somebody who acts in the place of a party. Until the mediator has seen what that rests on they are nobody to the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Set when they have proved to hold the contact, at which they act and sign.
    pub person: Option<PersonId>,
    pub name: PersonName,
    pub contact: Contact,
    pub right: Right,
    /// 授权委托书, or what shows the guardianship or the office; it lies among the exhibits.
    pub proof: ContentHash,
    pub named_by: PersonId,
    pub named_at: Timestamp,
    /// The card beside the face, and the proof looked at with it.
    pub accepted: Option<IdentityCheck>,
}

/// Somebody who acted for a party and does no more; what was done until then stands (民法典 162, 173).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub agent: Agent,
    pub until: Timestamp,
}

/// As whom a person stands in a case on a party's side: as the party, or under their own name for it.
#[derive(Clone, Copy, Debug)]
pub struct NamedAs<'a> {
    pub party: &'a Party,
    /// Missing while nobody sits at the party's own seat.
    pub person: Option<PersonId>,
    pub name: &'a PersonName,
    /// By what right they act; `None` for the party itself.
    pub right: Option<&'a Right>,
    /// How they showed who they are.
    pub check: Option<&'a IdentityCheck>,
}

/// Whoever is named, before anybody has looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub name: PersonName,
    pub contact: Contact,
    pub right: Right,
    pub proof: ContentHash,
}

/// By what right somebody acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "right", rename_all = "snake_case")]
pub enum Right {
    /// 委托代理人, by a power of attorney of this day (民事诉讼法 62).
    Attorney {
        /// 特别授权: to settle, to give way, to accept.
        special: bool,
        /// To put the name under the agreement.
        signs: bool,
        power: Date,
    },
    /// 法定代理人 of somebody who cannot act alone (民法典 19, 20, 23, 27); of two parents one is enough who declares to act
    /// for both.
    Guardian { relation: String, for_both: bool },
    /// Who heads a legal person, a shop or another body: 法定代表人, 经营者 or 负责人 (民法典 54, 61, 105).
    Representative,
}

impl NamedAs<'_> {
    /// By what right they act, as it is called; `None` for the party itself.
    pub fn right_name(&self) -> Option<&'static str> {
        self.right.map(|right| self.party.right_name(right))
    }
}

impl Right {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Attorney { .. } => "attorney",
            Self::Guardian { .. } => "guardian",
            Self::Representative => "representative",
        }
    }

    /// Whether nobody but them acts for the party.
    pub const fn is_by_law(&self) -> bool {
        !matches!(self, Self::Attorney { .. })
    }

    /// To admit, give way and settle needs a special authority (民事诉讼法 62).
    pub const fn settles(&self) -> bool {
        match self {
            Self::Attorney { special, .. } => *special,
            Self::Guardian { .. } | Self::Representative => true,
        }
    }

    pub const fn signs(&self) -> bool {
        match self {
            Self::Attorney { special, signs, .. } => *special && *signs,
            Self::Guardian { .. } | Self::Representative => true,
        }
    }
}

impl Agent {
    /// Whether the mediator has seen who they are and what their right rests on.
    pub const fn stands(&self) -> bool {
        self.accepted.is_some()
    }

    /// Another for another person, right or proof: whoever looked at one does not accept another.
    pub fn mark(&self) -> ContentHash {
        let told = serde_json::json!([
            self.name,
            self.contact,
            self.right,
            self.proof,
            self.named_by,
            self.named_at,
        ]);
        ContentHash::of(told.to_string().as_bytes())
    }

    pub fn is(&self, person: PersonId) -> bool {
        self.person == Some(person)
    }

    pub(super) const fn named_for<'a>(&'a self, party: &'a Party) -> NamedAs<'a> {
        NamedAs {
            party,
            person: self.person,
            name: &self.name,
            right: Some(&self.right),
            check: self.accepted.as_ref(),
        }
    }
}
