//! 受理登记, the intake record: who asked for what, by which way, with whose consent (人民调解法 17, 27).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Role, Worded, samples};
use crate::domain::claim::ClaimKind;
use crate::domain::intake::{ConsentWay, Source};
use crate::domain::track::Track;

/// What the record says. Names without addresses or phones: both sides read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    pub number: String,
    /// The case's own number.
    pub case: String,
    pub organisation: String,
    pub track: Track,
    pub cause: String,
    pub parties: Vec<Named>,
    pub place: String,
    pub source: Source,
    pub consent: Consent,
    /// What happened, in the words of whoever asked.
    pub summary: String,
    pub claims: Vec<Asked>,
    pub asked: Date,
    pub accepted: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// A party by role and name alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub role: Role,
    pub name: String,
}

/// How whoever asked agreed to the mediation and to being written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// By asking themselves.
    Own,
    /// Another body handed it over.
    Referred,
    /// Staff wrote it down.
    Entered { how: ConsentWay, on: Date },
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub kind: ClaimKind,
    pub text: String,
    /// In yuan, such as `1,234.05`.
    pub sum: Option<String>,
}

impl Worded for Intake {
    const KIND: &'static str = "intake";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        let full = samples::intake();
        let entered = ConsentWay::ALL.map(|how| Consent::Entered {
            how,
            on: full.asked,
        });
        let consents = [Consent::Own, Consent::Referred].into_iter().chain(entered);
        let tracks = Track::ALL.into_iter().cycle();
        let bare = Self {
            place: String::new(),
            summary: String::new(),
            claims: Vec::new(),
            ..full.clone()
        };
        let each = Source::ALL.into_iter().zip(consents.cycle()).zip(tracks);
        let each = each.map(|((source, consent), track)| Self {
            track,
            source,
            consent,
            ..full.clone()
        });
        each.chain([bare]).collect()
    }
}
