//! How a matter came to the house: by which way, who entered it with whose consent, how soon it was answered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::hash::ContentHash;
use super::identity::{PersonName, Phone};
use super::ids::{CaseId, IntegratorId, PersonId};
use super::organisation::Language;
use super::safety::{Safety, Urgency};

pub mod pace;

pub use pace::{Pace, Target};

/// What is known of the beginning of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Intake {
    pub source: Source,
    /// Where somebody of the staff wrote it down for the party.
    pub entry: Option<Entry>,
    /// Where another body sent it through the interface.
    pub referral: Option<Referral>,
    /// What was photographed or spoken then; for the claimant and whoever works on the case, not for the other side.
    pub files: Vec<IntakeFile>,
    /// What the claimant would rather speak.
    pub language: Option<Language>,
    pub safety: Safety,
    /// Missing in cases that were opened before anybody measured.
    pub pace: Option<Pace>,
    /// Other cases of what may be one serial matter; parties are not told of them.
    pub links: Vec<CaseId>,
    /// Cases that became part of this one.
    pub joined: Vec<CaseId>,
}

/// By which way a matter came.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The QR sheet on the door of a building.
    Building,
    /// The QR sheet of a shop.
    Shop,
    /// The QR card on the desk of a merchant in a mall.
    MerchantDesk,
    #[default]
    Web,
    GridWorker,
    Counter,
    Hotline,
    Kiosk,
    Police,
    PetitionOffice,
    Court,
    /// Another platform.
    Platform,
    /// A letter on paper, photographed.
    Letter,
}

impl Source {
    pub const ALL: [Self; 13] = [
        Self::Building,
        Self::Shop,
        Self::MerchantDesk,
        Self::Web,
        Self::GridWorker,
        Self::Counter,
        Self::Hotline,
        Self::Kiosk,
        Self::Police,
        Self::PetitionOffice,
        Self::Court,
        Self::Platform,
        Self::Letter,
    ];

    /// What somebody of the staff may enter.
    pub const BY_STAFF: [Self; 4] = [Self::GridWorker, Self::Counter, Self::Hotline, Self::Letter];

    /// What comes through the interface.
    pub const BY_INTERFACE: [Self; 4] = [
        Self::Police,
        Self::PetitionOffice,
        Self::Court,
        Self::Platform,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Building => "building",
            Self::Shop => "shop",
            Self::MerchantDesk => "merchant_desk",
            Self::Web => "web",
            Self::GridWorker => "grid_worker",
            Self::Counter => "counter",
            Self::Hotline => "hotline",
            Self::Kiosk => "kiosk",
            Self::Police => "police",
            Self::PetitionOffice => "petition_office",
            Self::Court => "court",
            Self::Platform => "platform",
            Self::Letter => "letter",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// Entered for a party who asked for it: by whom, and how the party agreed (个人信息保护法 13, 29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub by: PersonId,
    pub consent: Consent,
    /// Whom to ask where the claimant has no phone.
    pub contact_person: Option<ContactPerson>,
}

/// That the party agreed to have the matter entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub how: ConsentWay,
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentWay {
    /// Face to face.
    InPerson,
    OnThePhone,
    /// In the letter itself, or on a paper that the party signed.
    InWriting,
}

impl ConsentWay {
    pub const ALL: [Self; 3] = [Self::InPerson, Self::OnThePhone, Self::InWriting];

    pub const fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::OnThePhone => "on_the_phone",
            Self::InWriting => "in_writing",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// A relative or neighbour through whom the claimant is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPerson {
    pub name: PersonName,
    pub phone: Phone,
}

/// What was photographed or spoken when the matter was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeFile {
    pub kind: IntakeFileKind,
    pub file: ContentHash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeFileKind {
    /// The letter.
    Letter,
    /// What the place looks like.
    Scene,
    /// The party's own voice, or that of whoever was there.
    Voice,
}

impl IntakeFileKind {
    pub const ALL: [Self; 3] = [Self::Letter, Self::Scene, Self::Voice];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Scene => "scene",
            Self::Voice => "voice",
        }
    }
}

/// A matter that another body handed to us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    pub integrator: IntegratorId,
    pub consent: Consent,
    /// What they call it.
    pub reference: String,
}

impl Intake {
    pub fn urgency(&self) -> Urgency {
        self.safety.urgency()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_and_way_of_consent_is_read_back_by_its_name() {
        for source in Source::ALL {
            assert_eq!(Source::parse(source.name()), Some(source));
        }
        for way in ConsentWay::ALL {
            assert_eq!(ConsentWay::parse(way.name()), Some(way));
        }
        assert_eq!(Source::parse("pigeon"), None);
    }

    #[test]
    fn a_case_from_before_is_one_from_the_web_that_nobody_measured() {
        let read: Intake = serde_json::from_str("{}").unwrap();
        assert_eq!((read.source, read.pace), (Source::Web, None));
    }
}
