//! How far a case has come. Each state carries its own facts, so that a state cannot be half filled.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::agreement::{Agreement, Draft, Settlement};
use super::confirmation::{Application, Phase};
use super::deadline::Due;
use super::ids::{DocumentId, PartyId, PersonId};
use super::session::Session;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    Consult,
    Assess {
        at: Assess,
    },
    Mediate {
        at: Box<Mediate>,
    },
    Confirm {
        settlement: Box<Settlement>,
        mediator: PersonId,
        application: Application,
        phase: Phase,
    },
    /// Being performed, the time for a joint application being over or the ruling served.
    Perform {
        settlement: Box<Settlement>,
        mediator: PersonId,
    },
    /// A due clause was not performed, says the creditor.
    Breached {
        settlement: Box<Settlement>,
        mediator: PersonId,
        at: Timestamp,
    },
    Arbitrate {
        handed_over: HandOver,
    },
    Litigate {
        handed_over: HandOver,
    },
    Closed {
        at: Timestamp,
        why: Closing,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Assess {
    /// Nobody has sorted it yet: the type is not in the table.
    Submitted,
    /// The ways lie open; the party chooses.
    Routed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Mediate {
    Received {
        at: Timestamp,
    },
    Inviting {
        invited_at: Timestamp,
        due: Due,
        help_wanted: bool,
    },
    Selecting {
        consented_at: Timestamp,
        due: Due,
        refused: Vec<PersonId>,
    },
    Disclosing {
        assignment: Assignment,
        due: Due,
        disclosure: Option<Disclosure>,
        refused: Vec<PersonId>,
    },
    Active {
        work: Work,
    },
    Paused {
        work: Work,
        since: Timestamp,
        why: PauseReason,
    },
    Signing {
        work: Work,
        agreement: Agreement,
    },
    Settled {
        mediator: PersonId,
        settlement: Settlement,
    },
    /// Some claims settled, the others open.
    Partial {
        mediator: PersonId,
        settlement: Settlement,
    },
    Ended {
        ending: Ending,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    pub mediator: PersonId,
    pub by: PersonId,
    pub at: Timestamp,
}

/// What the mediator says about ties to the matter (在线调解规则 13, 特邀调解规定 15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    pub text: String,
    pub waived: BTreeSet<PartyId>,
    pub challenge: Option<Challenge>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    pub by: PartyId,
    pub why: String,
}

/// What a mediator works on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    pub mediator: PersonId,
    pub accepted_at: Timestamp,
    /// Time that does not count against the term (在线调解规则 26).
    pub paused: SignedDuration,
    pub due: Due,
    pub sessions: Vec<Session>,
    pub draft: Draft,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// Excluded from the clock (在线调解规则 26).
    Appraisal,
    SuspectedFraud,
    Safety,
}

/// A mediation without agreement. It carries no offer and no blame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub code: EndCode,
    pub at: Timestamp,
    pub mediator: Option<PersonId>,
    pub undisputed: Vec<String>,
    /// 调解终止证明, once it is made.
    pub certificate: Option<DocumentId>,
}

/// How a mediation can end without agreement (after 在线调解规则 25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndCode {
    /// The claimant took the application back.
    Withdrawn,
    /// The respondent does not wish to mediate.
    Declined,
    /// The respondent could not be reached within the term.
    Unreachable,
    /// A party clearly does not wish to go on.
    Refused,
    /// The views lie too far apart.
    TooFarApart,
    /// The term is over and nobody extended it.
    TermExpired,
    /// A party refused to sign the agreement.
    SigningRefused,
    /// Not fit for mediation: danger, fraud, another's rights.
    Unfit,
}

impl EndCode {
    pub const ALL: [Self; 8] = [
        Self::Withdrawn,
        Self::Declined,
        Self::Unreachable,
        Self::Refused,
        Self::TooFarApart,
        Self::TermExpired,
        Self::SigningRefused,
        Self::Unfit,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Declined => "declined",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::TooFarApart => "too_far_apart",
            Self::TermExpired => "term_expired",
            Self::SigningRefused => "signing_refused",
            Self::Unfit => "unfit",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }
}

/// Handed over with the papers so far; nothing said in caucus is among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    pub at: Timestamp,
    pub by: PartyId,
    pub ended: Option<Ending>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Closing {
    /// Every clause is acknowledged.
    Performed {
        settlement: Box<Settlement>,
        mediator: PersonId,
        confirmed: bool,
    },
    /// Ended without agreement, and the party wants no other way.
    Ended { ending: Option<Ending> },
}

impl Stage {
    /// One name a state, `mediate.inviting`; lists, charts and logs use it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Consult => "consult",
            Self::Assess {
                at: Assess::Submitted,
            } => "assess.submitted",
            Self::Assess { at: Assess::Routed } => "assess.routed",
            Self::Mediate { at } => at.name(),
            Self::Confirm { phase, .. } => phase.name(),
            Self::Perform { .. } => "perform",
            Self::Breached { .. } => "breached",
            Self::Arbitrate { .. } => "arbitrate",
            Self::Litigate { .. } => "litigate",
            Self::Closed { .. } => "closed",
        }
    }

    /// The agreement in effect, where there is one.
    pub fn settlement(&self) -> Option<&Settlement> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                    Some(settlement)
                }
                _ => None,
            },
            Self::Confirm { settlement, .. }
            | Self::Perform { settlement, .. }
            | Self::Breached { settlement, .. }
            | Self::Closed {
                why: Closing::Performed { settlement, .. },
                ..
            } => Some(settlement),
            _ => None,
        }
    }

    /// Mutable twin of [`Stage::settlement`], except that a closed case does not change.
    pub fn settlement_mut(&mut self) -> Option<&mut Settlement> {
        match self {
            Self::Mediate { at } => match at.as_mut() {
                Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                    Some(settlement)
                }
                _ => None,
            },
            Self::Confirm { settlement, .. }
            | Self::Perform { settlement, .. }
            | Self::Breached { settlement, .. } => Some(settlement),
            _ => None,
        }
    }

    /// The mediator who was asked, works on it, or worked on it.
    pub fn mediator(&self) -> Option<PersonId> {
        match self {
            Self::Mediate { at } => at.mediator(),
            Self::Confirm { mediator, .. }
            | Self::Perform { mediator, .. }
            | Self::Breached { mediator, .. } => Some(*mediator),
            Self::Arbitrate { handed_over } | Self::Litigate { handed_over } => handed_over
                .ended
                .as_ref()
                .and_then(|ending| ending.mediator),
            Self::Closed { why, .. } => match why {
                Closing::Performed { mediator, .. } => Some(*mediator),
                Closing::Ended { ending } => ending.as_ref().and_then(|ending| ending.mediator),
            },
            Self::Consult | Self::Assess { .. } => None,
        }
    }

    /// The end without agreement, also after the case went on to arbitration or court or was closed.
    pub fn ending(&self) -> Option<&Ending> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Ended { ending } => Some(ending),
                _ => None,
            },
            Self::Arbitrate { handed_over } | Self::Litigate { handed_over } => {
                handed_over.ended.as_ref()
            }
            Self::Closed {
                why: Closing::Ended { ending },
                ..
            } => ending.as_ref(),
            _ => None,
        }
    }

    /// Mutable twin of [`Stage::ending`].
    pub(in crate::domain) fn ending_mut(&mut self) -> Option<&mut Ending> {
        match self {
            Self::Mediate { at } => match at.as_mut() {
                Mediate::Ended { ending } => Some(ending),
                _ => None,
            },
            Self::Arbitrate { handed_over } | Self::Litigate { handed_over } => {
                handed_over.ended.as_mut()
            }
            Self::Closed {
                why: Closing::Ended { ending },
                ..
            } => ending.as_mut(),
            _ => None,
        }
    }

    /// What the mediator works on, while the mediation lasts.
    pub fn work(&self) -> Option<&Work> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Active { work }
                | Mediate::Paused { work, .. }
                | Mediate::Signing { work, .. } => Some(work),
                _ => None,
            },
            _ => None,
        }
    }

    /// The agreement that lies open for signing.
    pub fn signing(&self) -> Option<&Agreement> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Signing { agreement, .. } => Some(agreement),
                _ => None,
            },
            _ => None,
        }
    }

    /// The moment by which the next step is due, and of which the clock reminds or acts.
    pub fn due(&self) -> Option<&Due> {
        match self {
            Self::Mediate { at } => match at.as_ref() {
                Mediate::Inviting { due, .. }
                | Mediate::Selecting { due, .. }
                | Mediate::Disclosing { due, .. } => Some(due),
                Mediate::Active { work } | Mediate::Signing { work, .. } => Some(&work.due),
                Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                    Some(&settlement.confirm_by)
                }
                Mediate::Received { .. } | Mediate::Paused { .. } | Mediate::Ended { .. } => None,
            },
            Self::Confirm {
                phase, settlement, ..
            } => match phase {
                Phase::Prepared => Some(&settlement.confirm_by),
                Phase::Filed { due, .. } | Phase::Reviewing { due, .. } => Some(due),
                _ => None,
            },
            _ => None,
        }
    }

    /// Mutable twin of [`Stage::due`], for a term that is counted again.
    pub(in crate::domain) fn due_mut(&mut self) -> Option<&mut Due> {
        match self {
            Self::Mediate { at } => match at.as_mut() {
                Mediate::Inviting { due, .. }
                | Mediate::Selecting { due, .. }
                | Mediate::Disclosing { due, .. } => Some(due),
                Mediate::Active { work } | Mediate::Signing { work, .. } => Some(&mut work.due),
                Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                    Some(&mut settlement.confirm_by)
                }
                Mediate::Received { .. } | Mediate::Paused { .. } | Mediate::Ended { .. } => None,
            },
            Self::Confirm {
                phase, settlement, ..
            } => match phase {
                Phase::Prepared => Some(&mut settlement.confirm_by),
                Phase::Filed { due, .. } | Phase::Reviewing { due, .. } => Some(due),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Mediate {
    const fn name(&self) -> &'static str {
        match self {
            Self::Received { .. } => "mediate.received",
            Self::Inviting { .. } => "mediate.inviting",
            Self::Selecting { .. } => "mediate.selecting",
            Self::Disclosing { .. } => "mediate.disclosing",
            Self::Active { .. } => "mediate.active",
            Self::Paused { .. } => "mediate.paused",
            Self::Signing { .. } => "mediate.signing",
            Self::Settled { .. } => "mediate.settled",
            Self::Partial { .. } => "mediate.partial",
            Self::Ended { .. } => "mediate.ended",
        }
    }

    fn mediator(&self) -> Option<PersonId> {
        match self {
            Self::Disclosing { assignment, .. } => Some(assignment.mediator),
            Self::Active { work } | Self::Paused { work, .. } | Self::Signing { work, .. } => {
                Some(work.mediator)
            }
            Self::Settled { mediator, .. } | Self::Partial { mediator, .. } => Some(*mediator),
            Self::Ended { ending } => ending.mediator,
            Self::Received { .. } | Self::Inviting { .. } | Self::Selecting { .. } => None,
        }
    }
}

impl Phase {
    const fn name(&self) -> &'static str {
        match self {
            Self::Prepared => "confirm.prepared",
            Self::Filed { .. } => "confirm.filed",
            Self::Reviewing { .. } => "confirm.reviewing",
            Self::Valid { .. } => "confirm.valid",
            Self::Dismissed { .. } => "confirm.dismissed",
            Self::NotAccepted { .. } => "confirm.not_accepted",
            Self::Withdrawn { .. } => "confirm.withdrawn",
        }
    }
}
