//! How far a case has come. Each state carries its own facts, so that a state cannot be half filled.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::agreement::{Agreement, Draft, Settlement, Unsigned};
use super::confirmation::{Application, Phase};
use super::deadline::{Basis, Due};
use super::ids::{CaseId, DocumentId, PartyId, PersonId};
use super::ladder::Ladder;
use super::session::Session;
use super::verification::FollowedUp;
use super::writing::Writing;

mod choice;
mod facts;

pub use choice::{
    Appointed, Choice, Decision, Declaration, Ground, HandOverNote, MOST_NAMED, Request,
};

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
        /// By when an answer is asked for.
        due: Due,
        help_wanted: bool,
        /// How far one has got in reaching them; nothing in cases from before there were steps.
        #[serde(default)]
        ladder: Option<Ladder>,
    },
    Selecting {
        consented_at: Timestamp,
        due: Due,
        refused: Vec<PersonId>,
        #[serde(default)]
        choice: Choice,
        /// What another mediator had begun.
        #[serde(default)]
        kept: Option<Box<Work>>,
    },
    Disclosing {
        assignment: Assignment,
        due: Due,
        disclosure: Option<Disclosure>,
        refused: Vec<PersonId>,
        /// What another mediator had begun, or this one before they disclosed something new.
        #[serde(default)]
        kept: Option<Box<Work>>,
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
        agreement: Box<Agreement>,
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
    #[serde(default)]
    pub how: Appointed,
}

/// What the mediator says about ties to the matter (在线调解规则 13, 特邀调解规定 15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    #[serde(flatten)]
    pub declared: Declaration,
    pub waived: BTreeSet<PartyId>,
    pub challenge: Option<Challenge>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    pub by: PartyId,
    #[serde(default)]
    pub ground: Ground,
    pub why: String,
}

/// What a mediator works on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    pub mediator: PersonId,
    pub accepted_at: Timestamp,
    /// Whole days that do not count against the term (在线调解规则 26).
    pub paused: SignedDuration,
    pub due: Due,
    /// More time that somebody asked all for.
    #[serde(default)]
    pub proposal: Option<Extension>,
    /// More time that all agreed to, in the order of agreeing.
    #[serde(default)]
    pub extended: Vec<Extended>,
    pub sessions: Vec<Session>,
    /// Where the mediation may go on without the room.
    #[serde(default)]
    pub writing: Option<Writing>,
    pub draft: Draft,
    /// Who assigned the mediator, and so does not decide whether another takes over.
    #[serde(default)]
    pub assigned_by: Option<PersonId>,
    /// Who is not asked again.
    #[serde(default)]
    pub refused: Vec<PersonId>,
    /// Somebody asked for another mediator, and it is not decided yet.
    #[serde(default)]
    pub replacement: Option<Request>,
    /// For whoever takes over; never what was said in private, which has a type that fits in no case.
    #[serde(default)]
    pub notes: Vec<HandOverNote>,
    /// Signings that came to nothing, oldest first.
    #[serde(default)]
    pub unsigned: Vec<Unsigned>,
}

/// A later day for the end of the mediation, which counts once every party has agreed (在线调解规则 24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub until: Date,
    pub why: String,
    pub by: PersonId,
    pub at: Timestamp,
    pub agreed: BTreeSet<PartyId>,
    /// When each of them agreed, in that order.
    #[serde(default)]
    pub assents: Vec<Assent>,
}

/// That a party agreed, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assent {
    pub party: PartyId,
    pub at: Timestamp,
}

/// An extension that all agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    pub from: Date,
    pub until: Date,
    pub why: String,
    pub at: Timestamp,
    /// The excluded time before it, which is not added once more.
    pub paused: SignedDuration,
    /// Who asked, and who agreed when; not known of older ones.
    #[serde(default)]
    pub by: Option<PersonId>,
    #[serde(default)]
    pub assents: Vec<Assent>,
    /// 延长调解期限确认书, once it is made.
    #[serde(default)]
    pub paper: Option<DocumentId>,
}

/// An extension that goes on paper yet, with what the paper says of the work: that may be over before it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unwritten {
    /// Which of the extensions it is, from one on.
    pub number: usize,
    pub mediator: PersonId,
    /// What the term rests on.
    pub basis: Basis,
    pub extended: Extended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// Excluded from the clock (在线调解规则 26).
    Appraisal,
    SuspectedFraud,
    Safety,
}

impl PauseReason {
    /// Whether its days do not count against the term: an appraisal's alone (在线调解规则 26).
    pub const fn is_excluded(self) -> bool {
        matches!(self, Self::Appraisal)
    }
}

/// A mediation without agreement. It carries no offer and no blame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub code: EndCode,
    pub at: Timestamp,
    pub mediator: Option<PersonId>,
    /// Somebody had taken the mediation on; whoever was only asked has not mediated.
    #[serde(default)]
    pub began: bool,
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
    /// What was agreed and not kept: it goes on proving what it proves. Missing in cases of before.
    #[serde(default)]
    pub settled: Option<Box<Settled>>,
}

/// An agreement, and who led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub settlement: Settlement,
    pub mediator: PersonId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Closing {
    /// Every clause is acknowledged, and somebody has looked.
    Performed {
        settlement: Box<Settlement>,
        mediator: PersonId,
        confirmed: bool,
        /// By when somebody asks how it stands.
        #[serde(default)]
        follow_up_by: Option<Due>,
        #[serde(default)]
        followed_up: Vec<FollowedUp>,
    },
    /// Ended without agreement, and the party wants no other way.
    Ended { ending: Option<Ending> },
    /// It was told twice, and goes on as part of another case.
    Joined { into: CaseId },
}
