//! Judicial confirmation: the joint application, the court's review of it, and the ruling.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::deadline::Due;
use super::ids::{DocumentId, OrganisationId, PartyId, PersonId};

/// One application of all parties together; nobody can file alone (民事诉讼法 205).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    pub court: OrganisationId,
    pub paper: DocumentId,
    pub joined: Vec<Joined>,
    /// What clerk and judge found of each condition of 解释 355 and 358.
    pub findings: Vec<Finding>,
    pub supplements: Vec<Supplement>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    pub party: PartyId,
    pub at: Timestamp,
}

/// One condition as clerk or judge ticks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// Key of the condition in the rules.
    pub condition: String,
    /// `true`: nothing stands in the way.
    pub clear: bool,
    pub note: String,
}

/// A person's answer to one condition; rules only point at things, people tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Key of the condition in the rules.
    pub condition: String,
    /// `true`: nothing stands in the way.
    pub clear: bool,
    pub note: String,
    pub by: PersonId,
    pub at: Timestamp,
}

/// A question of the judge to the parties and its answer (解释 356).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    pub asked_at: Timestamp,
    pub question: String,
    pub answer: Option<Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub by: PartyId,
    pub at: Timestamp,
    pub text: String,
}

impl Application {
    pub fn has_joined(&self, party: PartyId) -> bool {
        self.joined.iter().any(|joined| joined.party == party)
    }

    pub fn finding(&self, condition: &str) -> Option<&Finding> {
        self.findings
            .iter()
            .find(|finding| finding.condition == condition)
    }

    pub fn open_question(&self) -> Option<&Supplement> {
        self.supplements
            .iter()
            .find(|supplement| supplement.answer.is_none())
    }
}

/// 立案: the number under which the court took the application in or refused to (2011 司法确认规定 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// （2026）和0101诉前调确12号
    pub number: String,
    /// Who decided on intake; of an accepted application, the clerk whom the ruling names.
    pub by: PersonId,
    pub at: Timestamp,
}

/// Where the application stands. Dismissed and not accepted leave the agreement as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    /// Some have joined, not all.
    Prepared,
    /// All have joined; the clerk decides on intake by `due`.
    Filed {
        at: Timestamp,
        due: Due,
    },
    /// Accepted; one judge rules by `due` (民事诉讼法 185, 187).
    Reviewing {
        filing: Filing,
        due: Due,
    },
    Valid {
        ruling: Ruling,
    },
    Dismissed {
        ruling: Ruling,
    },
    NotAccepted {
        filing: Filing,
        grounds: Vec<String>,
        reasons: String,
        /// The ruling that says so, and on whom it is served; older cases have none.
        #[serde(default)]
        paper: Option<DocumentId>,
        #[serde(default)]
        served: Vec<Service>,
    },
    Withdrawn {
        at: Timestamp,
        by: PartyId,
        /// Where it had been accepted.
        filing: Option<Filing>,
    },
}

impl Phase {
    /// The paper of the ruling, whatever it says, and on whom it is served.
    pub fn ruled(&self) -> Option<(DocumentId, &[Service])> {
        match self {
            Self::Valid { ruling } | Self::Dismissed { ruling } => {
                Some((ruling.paper, &ruling.served))
            }
            Self::NotAccepted { paper, served, .. } => paper.map(|paper| (paper, &served[..])),
            _ => None,
        }
    }

    /// The court's number and who gave it, once there is one.
    pub const fn filing(&self) -> Option<&Filing> {
        match self {
            Self::Prepared | Self::Filed { .. } => None,
            Self::Reviewing { filing, .. } | Self::NotAccepted { filing, .. } => Some(filing),
            Self::Valid { ruling } | Self::Dismissed { ruling } => Some(&ruling.filing),
            Self::Withdrawn { filing, .. } => filing.as_ref(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    pub filing: Filing,
    pub judge: PersonId,
    pub at: Timestamp,
    pub paper: DocumentId,
    /// Keys of the conditions a dismissal rests on; empty when valid.
    pub grounds: Vec<String>,
    pub reasons: String,
    pub served: Vec<Service>,
}

/// 送达: the ruling lies open to the party from `at`; `read_at` is the receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub party: PartyId,
    pub at: Timestamp,
    pub read_at: Option<Timestamp>,
}
