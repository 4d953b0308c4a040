//! 笔录, the record of a session: who was there, what was told and said, read by those present and signed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::agreement::{Signature, Signer};
use super::case::Case;
use super::ids::{DocumentId, PartyId, PersonId, SessionId};
use super::party::Party;

/// How long those who were there have for reading before it may be noted that one of them does not sign.
const READING: SignedDuration = SignedDuration::from_hours(3 * 24);

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
    /// Who has a place to sign beside the parties and the mediator: an interpreter, a co-mediator, kin, in this order.
    #[serde(default)]
    pub members: Vec<PersonId>,
}

/// Somebody does not sign, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    #[serde(flatten)]
    pub by: Reader,
    pub reason: String,
    pub at: Timestamp,
    /// The mediator wrote it down, because they said so or could not be reached any more.
    #[serde(default)]
    pub noted_by: Option<PersonId>,
}

/// Who reads the record and signs it before the mediator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Reader {
    Party { party: PartyId },
    Member { person: PersonId },
}

impl From<Reader> for Signer {
    fn from(reader: Reader) -> Self {
        match reader {
            Reader::Party { party } => Self::Party { party },
            Reader::Member { person } => Self::Member { person },
        }
    }
}

impl SessionRecord {
    /// The parties of whom somebody was there, they or whoever acts for them, in the order of the case: each reads it and
    /// signs, in one place a party.
    pub fn parties(&self, case: &Case) -> Vec<PartyId> {
        let there = |party: &&Party| !self.hands(party, case).is_empty();
        case.parties.iter().filter(there).map(|it| it.id).collect()
    }

    /// Who puts the name in the party's place: whoever signs for it if they were there, or else the party, or else whoever
    /// was there for it.
    pub fn hand(&self, party: &Party, case: &Case) -> Option<PersonId> {
        let there = self.hands(party, case);
        let signs = there.iter().find(|person| party.is_signed_by(**person));
        let itself = there.iter().find(|person| party.person == Some(**person));
        signs.or(itself).or(there.first()).copied()
    }

    fn hands(&self, party: &Party, case: &Case) -> Vec<PersonId> {
        let present = self.text.present.iter().map(|it| it.person);
        let of = |person: &PersonId| {
            case.named_as(*person)
                .is_some_and(|it| it.party.id == party.id)
        };
        present.filter(of).collect()
    }

    /// Everybody else who was there, but for the mediator, who signs last, and for whoever only heard.
    pub fn members(&self, case: &Case) -> Vec<PersonId> {
        let present = self.text.present.iter().map(|it| it.person);
        let only_heard = |person: PersonId| {
            let mut team = case.team.iter().filter(|it| it.person == person);
            team.any(|it| it.capacity.only_hears())
        };
        let others = present.filter(|person| {
            let of_a_side = case.named_as(*person).is_some();
            !of_a_side && case.stage.mediator() != Some(*person) && !only_heard(*person)
        });
        others.collect()
    }

    /// Whoever reads what was laid out and signs it before the mediator.
    pub fn readers(&self, case: &Case) -> Vec<Reader> {
        let parties = self.parties(case).into_iter();
        let parties = parties.map(|party| Reader::Party { party });
        let members = self.laid.iter().flat_map(|laid| &laid.members);
        let members = members.map(|person| Reader::Member { person: *person });
        parties.chain(members).collect()
    }

    /// Proposals stand in it only where every party of the case wants them there.
    pub fn tells_proposals(&self, case: &Case) -> bool {
        let mut parties = case.party_ids().into_iter();
        !self.text.proposals.is_empty() && parties.all(|it| self.proposals_agreed.contains(&it))
    }

    /// Whether it lies open, and somebody has neither signed nor refused.
    pub fn waits_for_readers(&self, case: &Case) -> bool {
        self.closed.is_none() && self.laid.is_some() && !self.may_sign_next(Signer::Mediator, case)
    }

    /// Whether it may be noted that somebody does not sign who has not said so: once they had time to read it, or were
    /// called upon since it was laid out.
    pub fn may_note(&self, reader: Reader, case: &Case, now: Timestamp) -> bool {
        let laid = self.laid.as_ref();
        let Some(paper) = laid.and_then(|laid| case.paper(laid.paper)) else {
            return false;
        };
        let noted = laid.is_some_and(|laid| laid.refusals.iter().any(|it| it.by == reader));
        let called = |party| {
            let mut attempts = case.attempts.iter();
            attempts.any(|it| it.party == party && it.by.is_some() && it.at >= paper.made_at)
        };
        let asked = matches!(reader, Reader::Party { party } if called(party));
        let has_read = now.duration_since(paper.made_at) >= READING;
        !noted && (asked || has_read) && self.may_sign_next(reader.into(), case)
    }

    /// Parties and others in any order, the mediator when each has signed or refused. What is merely noted of somebody
    /// does not bind them: until the mediator signs they can still sign, or say in their own words why not.
    pub fn may_sign_next(&self, signer: Signer, case: &Case) -> bool {
        let Some(laid) = self.laid.as_ref().filter(|_| self.closed.is_none()) else {
            return false;
        };
        let has_signed = |signer| laid.signatures.iter().any(|it| it.signer == signer);
        let done = |reader: Reader| {
            has_signed(reader.into()) || laid.refusals.iter().any(|it| it.by == reader)
        };
        let refused = |reader: Reader| {
            let mut own = laid.refusals.iter().filter(|it| it.noted_by.is_none());
            own.any(|it| it.by == reader)
        };
        let readers = self.readers(case);
        let reads = |reader| readers.contains(&reader) && !refused(reader);
        !has_signed(signer)
            && match signer {
                Signer::Party { party } => reads(Reader::Party { party }),
                Signer::Member { person } => reads(Reader::Member { person }),
                Signer::Mediator => readers.iter().copied().all(done),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A record from before others than parties were asked to sign.
    #[test]
    fn a_refusal_is_read_back_as_it_was_written_before_and_is_now() {
        let party = PartyId(uuid::Uuid::from_u128(1));
        let old = format!(r#"{{"party":"{party}","reason":"不对","at":"2026-03-02T01:00:00Z"}}"#);
        let read: Refusal = serde_json::from_str(&old).unwrap();
        assert_eq!((read.by, read.noted_by), (Reader::Party { party }, None));
        let person = PersonId(uuid::Uuid::from_u128(2));
        let by = Reader::Member { person };
        let new = Refusal { by, ..read };
        let text = serde_json::to_string(&new).unwrap();
        assert_eq!(serde_json::from_str::<Refusal>(&text).unwrap(), new);
    }
}
