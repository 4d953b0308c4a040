//! 笔录, the record of a session: who was there, what was told and said, read by those present and signed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::agreement::{Signature, Signer};
use super::case::Case;
use super::ids::{DocumentId, PartyId, PersonId, SessionId};

/// One record. Once it is closed it does not change; what is to be put right is another record of the same session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRecord {
    pub session: SessionId,
    pub text: RecordText,
    /// When each thing of the opening was first ticked.
    pub opening: BTreeMap<Opening, Timestamp>,
    /// Who wants the proposals in it (在线调解规则 18).
    pub proposals_agreed: BTreeSet<PartyId>,
    pub corrections: Vec<Correction>,
    /// On paper, to be read and signed.
    pub laid: Option<Laid>,
    pub closed: Option<Timestamp>,
}

/// What the mediator writes. Nothing of it is said alone: that has a type that fits in no case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordText {
    pub place: String,
    pub from: Timestamp,
    pub until: Timestamp,
    pub present: Vec<Present>,
    pub opening: BTreeSet<Opening>,
    /// What the parties said when they were asked whether anybody should step aside.
    pub recusal: String,
    pub statements: Vec<Statement>,
    pub undisputed: Vec<String>,
    pub proposals: String,
    pub result: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    pub person: PersonId,
    pub from: Timestamp,
    pub until: Timestamp,
    pub on_site: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub party: PartyId,
    pub text: String,
}

/// What is told before the mediation begins (在线调解规则 17, 人民调解法 23, 24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    Identity,
    FalseMediation,
    ServiceForm,
    Rights,
    Recusal,
}

impl Opening {
    pub const ALL: [Self; 5] = [
        Self::Identity,
        Self::FalseMediation,
        Self::ServiceForm,
        Self::Rights,
        Self::Recusal,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::FalseMediation => "false-mediation",
            Self::ServiceForm => "service-form",
            Self::Rights => "rights",
            Self::Recusal => "recusal",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What a party wants put right before it signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub by: PartyId,
    pub note: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laid {
    pub paper: DocumentId,
    pub signatures: Vec<Signature>,
    pub refusals: Vec<Refusal>,
}

/// A party does not sign, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub party: PartyId,
    pub reason: String,
    pub at: Timestamp,
}

impl SessionRecord {
    /// The parties who were there, in the order of the case: they read it and sign.
    pub fn parties(&self, case: &Case) -> Vec<PartyId> {
        let there = |person| self.text.present.iter().any(|it| Some(it.person) == person);
        let parties = case.parties.iter();
        let there = parties.filter(|party| there(party.person));
        there.map(|party| party.id).collect()
    }

    /// Proposals stand in it only where every party of the case wants them there.
    pub fn tells_proposals(&self, case: &Case) -> bool {
        let mut parties = case.party_ids().into_iter();
        !self.text.proposals.is_empty() && parties.all(|it| self.proposals_agreed.contains(&it))
    }

    /// Parties in any order, the mediator when each has signed or refused.
    pub fn may_sign_next(&self, signer: Signer, case: &Case) -> bool {
        let Some(laid) = self.laid.as_ref().filter(|_| self.closed.is_none()) else {
            return false;
        };
        let has_signed = |signer| laid.signatures.iter().any(|it| it.signer == signer);
        let done = |party: PartyId| {
            has_signed(Signer::Party { party }) || laid.refusals.iter().any(|it| it.party == party)
        };
        !has_signed(signer)
            && match signer {
                Signer::Party { party } => self.parties(case).contains(&party) && !done(party),
                Signer::Mediator => self.parties(case).into_iter().all(done),
                Signer::Organisation => false,
            }
    }
}

impl Case {
    /// The newest record of a session.
    pub fn record_of(&self, session: SessionId) -> Option<&SessionRecord> {
        self.records.iter().rev().find(|it| it.session == session)
    }
}
