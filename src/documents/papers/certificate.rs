//! 调解终止证明, the certificate of non-settlement: no offers, no blame, nothing said in confidence (人民调解法 26).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Party, Signatory, Worded, samples};

/// What a certificate says. There is no place in it for an offer or for what was said alone with the mediator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub number: String,
    pub organisation: String,
    pub cause: String,
    pub parties: Vec<Party>,
    pub mediators: Vec<Signatory>,
    pub course: Course,
    pub ended: Date,
    pub ending: Ending,
    /// Facts that all parties agreed to have written down.
    pub undisputed: Vec<String>,
    /// The ways that stay open, in the order of the paper.
    pub remedies: Vec<Remedy>,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// How far it had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Course {
    /// It was asked for, and never taken in.
    Requested,
    /// Taken in; nobody had begun to mediate.
    Accepted(Date),
    Mediated(Date),
}

/// Why mediation ended, in the words of 在线调解规则 25, which other organisations follow by house rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// They settled it themselves, or the application was withdrawn (2).
    Withdrawn,
    /// Somebody could not be reached (3).
    Unreachable,
    /// Somebody does not want to go on (4); the paper does not say who.
    Declined,
    /// The views are too far apart (5).
    FarApart,
    /// The term ran out without a common wish for more (6).
    TermOver,
    /// The agreement was not signed by all (7).
    NotSigned,
    /// It cannot go on for another reason (8).
    Impossible,
}

impl Ending {
    pub const ALL: [Self; 7] = [
        Self::Withdrawn,
        Self::Unreachable,
        Self::Declined,
        Self::FarApart,
        Self::TermOver,
        Self::NotSigned,
        Self::Impossible,
    ];
}

/// A way that stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// A suit in court.
    Court,
    /// Commercial arbitration, by agreement of all.
    Arbitration,
    /// Labour arbitration, usually before any suit.
    LabourArbitration,
    /// Arbitration over contracted rural land.
    LandArbitration,
    /// An administrative body decides or handles it.
    Administration,
    /// Mediation once more, if all want it.
    MediateAgain,
}

impl Remedy {
    pub const ALL: [Self; 6] = [
        Self::Court,
        Self::Arbitration,
        Self::LabourArbitration,
        Self::LandArbitration,
        Self::Administration,
        Self::MediateAgain,
    ];
}

impl Worded for Certificate {
    const KIND: &'static str = "certificate";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        let full = samples::certificate();
        let day = full.ended;
        let courses = [
            Course::Requested,
            Course::Accepted(day),
            Course::Mediated(day),
        ];
        let endings = Ending::ALL.into_iter().zip(courses.into_iter().cycle());
        let each = endings.map(|(ending, course)| Self {
            course,
            ending,
            ..full.clone()
        });
        let bare = Self {
            mediators: Vec::new(),
            undisputed: Vec::new(),
            ..full.clone()
        };
        each.chain([bare]).collect()
    }
}
