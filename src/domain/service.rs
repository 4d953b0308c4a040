//! Where and how a party wants papers to reach it: the address, and each electronic way it agreed to (在线诉讼规则 29, 30).

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::DocumentId;
use super::paper::Paper;
use super::party::Party;

/// What a party says in the form; a way that is not named was not agreed to, and nothing is inferred (在线诉讼规则 4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub address: String,
    /// Somebody else who takes post for the party.
    pub receiver: Option<String>,
    pub channels: BTreeSet<Channel>,
}

/// An electronic way. Post to the address stays open whatever was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The page of the case on this platform.
    Platform,
    Sms,
    Mail,
}

impl Channel {
    pub const ALL: [Self; 3] = [Self::Platform, Self::Sms, Self::Mail];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Sms => "sms",
            Self::Mail => "mail",
        }
    }
}

/// A wish that the party confirmed, and the paper that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub wish: Wish,
    pub at: Timestamp,
    pub paper: DocumentId,
}

/// How papers reach a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ways {
    /// Each was agreed to and still leads somewhere.
    Electronic(BTreeSet<Channel>),
    /// By post or by hand: the party agreed to no electronic way, or to none that is left.
    OnPaper,
    /// The party has confirmed no form.
    Unsaid,
}

impl Party {
    pub fn ways(&self) -> Ways {
        let Some(service) = &self.service else {
            return Ways::Unsaid;
        };
        let leads = |channel: &Channel| match channel {
            Channel::Platform => true,
            Channel::Sms => self.contact.phone.is_some(),
            Channel::Mail => self.contact.mail.is_some(),
        };
        let channels = service.wish.channels.iter().copied();
        let channels: BTreeSet<Channel> = channels.filter(leads).collect();
        if channels.is_empty() {
            Ways::OnPaper
        } else {
            Ways::Electronic(channels)
        }
    }

    /// Whether somebody has to bring the party this paper: it said that no electronic way will do, or the paper is a
    /// court's and it has said nothing, which is no consent (在线诉讼规则 4, 29).
    pub fn is_brought(&self, paper: &Paper) -> bool {
        match self.ways() {
            Ways::Electronic(_) => false,
            Ways::OnPaper => true,
            Ways::Unsaid => paper.court.is_some(),
        }
    }

    /// Where post for the party goes, and who takes it.
    pub fn post(&self) -> (&str, &str) {
        let wish = self.service.as_ref().map(|service| &service.wish);
        let address = wish.map_or(self.address.as_str(), |wish| wish.address.as_str());
        let receiver = wish.and_then(|wish| wish.receiver.as_deref());
        (address, receiver.unwrap_or(self.name.as_str()))
    }
}
