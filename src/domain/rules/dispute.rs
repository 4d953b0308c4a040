//! A type of dispute: who takes it, what the law rests on, what it can lead to.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::citation::Citation;
use crate::domain::claim::ClaimKind;
use crate::domain::track::Track;
use crate::domain::wording::Wording;

/// The key of a row of disputes.toml, such as `noise`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisputeKey(pub String);

impl fmt::Display for DisputeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One row of DOMAIN's table, loaded from data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeType {
    pub key: DisputeKey,
    pub name: Wording,
    pub by: Committee,
    pub basis: Vec<Citation>,
    /// What such quarrels usually end with.
    pub remedy: Wording,
    pub arbitration: Arbitration,
    pub confirmation: Confirmability,
    /// What a court will not confirm in it; always given where `confirmation` is not `Yes`.
    pub concerns: Option<Concern>,
    /// Look closely for a sham before an agreement is drafted.
    pub fraud_check: bool,
    /// Ask about violence before anybody meets (反家庭暴力法 10, 23).
    pub violence_screen: bool,
    /// The government decides first, and a suit is open against its decision (土地管理法 14).
    pub government_first: bool,
    pub esign: Signing,
    /// The key of the limitation rule for each kind of claim that is usual here.
    pub claims: BTreeMap<ClaimKind, String>,
}

/// Which kind of committee usually takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Committee {
    People,
    Industry,
    Administrative,
}

impl Committee {
    /// The track of a mediation that such a committee takes from a party.
    pub const fn track(self) -> Track {
        match self {
            Self::People => Track::People,
            Self::Industry => Track::Industry,
            Self::Administrative => Track::Administrative,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arbitration {
    /// Both must agree in writing (仲裁法 4).
    Agreement,
    /// One applies; it comes before a suit (劳动争议调解仲裁法 5).
    Labour,
    /// One applies; a suit is open as well (农村土地承包经营纠纷调解仲裁法 4).
    RuralLand,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmability {
    Yes,
    /// The part about money or conduct only.
    Part,
    No,
}

/// 解释 355(3) and (5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// Marriage, parenthood, adoption.
    Status,
    /// To whom a thing or a right belongs.
    Title,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signing {
    /// By electronic signature.
    Yes,
    /// Wet ink only: personal relations (电子签名法 3).
    No,
    /// Electronic signature, and by house rule a paper copy as well.
    PaperToo,
}
