//! What the parties agree: clauses drafted live, frozen into an agreement, and the ledger of its performance.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::deadline::Due;
use super::hash::ContentHash;
use super::ids::{ClauseId, DocumentId, PartyId, PersonId};
use super::money::Fen;
use super::signature::{Order, Shown};
use super::team::{Capacity, Member};
use super::translation::{Translated, Translation};
use super::verification::{Check, Finding};

/// The board that everybody sees during a session. Any change of a clause voids its assents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Grows by one with every change; an assent names the revision that was read.
    pub revision: u32,
    /// Main facts, disputed points and each side's responsibility, in the mediator's words (人民调解法 29).
    #[serde(flatten)]
    pub matter: Matter,
    pub undisputed: Vec<UndisputedFact>,
    pub clauses: Vec<Clause>,
    #[serde(default, skip_serializing_if = "Translation::is_empty")]
    pub translation: Translation,
}

/// What the quarrel is about; what is not written stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    pub facts: String,
    #[serde(default)]
    pub disputed: String,
    #[serde(default)]
    pub responsibility: String,
}

/// A fact that counts as undisputed once every party has said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndisputedFact {
    pub text: String,
    pub agreed: BTreeSet<PartyId>,
}

/// Who does what, how much, by when, how it is proved, what follows on default (人民调解法 29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    pub id: ClauseId,
    pub terms: Terms,
    pub agreed: BTreeSet<PartyId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Whose duty it is.
    pub debtor: PartyId,
    pub act: String,
    pub amount: Option<Fen>,
    /// The last day for it.
    pub due: Date,
    pub proof: String,
    pub on_default: String,
}

impl Draft {
    /// Every clause has the assent of everybody in `parties`, and there is at least one.
    pub fn is_agreed_by(&self, parties: &[PartyId]) -> bool {
        !self.clauses.is_empty() && self.unassented(parties).next().is_none()
    }

    /// The clauses that somebody in `parties` has not assented to.
    pub fn unassented(&self, parties: &[PartyId]) -> impl Iterator<Item = &Clause> {
        let lacks = |clause: &&Clause| parties.iter().any(|it| !clause.agreed.contains(it));
        self.clauses.iter().filter(lacks)
    }

    /// The clauses as they stand, ready for signing under a number by the parties, whoever mediates and whoever
    /// interpreted.
    pub fn agreement(&self, number: String, paper: DocumentId, case: &Case) -> Agreement {
        let of = |is: fn(Capacity) -> bool| {
            let team = case.team.iter().filter(move |it| is(it.capacity));
            team.copied()
        };
        Agreement {
            number,
            matter: self.matter.clone(),
            undisputed: self.facts_agreed_by(&case.party_ids()),
            clauses: self.clauses.clone(),
            translated: self.translated(&case.party_ids()),
            paper,
            order: Order::Free,
            members: of(|it| it == Capacity::CoMediator)
                .chain(of(Capacity::interprets))
                .collect(),
            by_hand: None,
            consents: Vec::new(),
            lapses: None,
            signatures: Vec::new(),
        }
    }

    /// Facts which every one of `parties` called undisputed; the only ones a certificate may carry.
    pub fn facts_agreed_by(&self, parties: &[PartyId]) -> Vec<String> {
        let agreed =
            |fact: &&UndisputedFact| parties.iter().all(|party| fact.agreed.contains(party));
        self.undisputed
            .iter()
            .filter(agreed)
            .map(|fact| fact.text.clone())
            .collect()
    }
}

/// Clauses put on paper for signing. A change of a word makes a new one, with no signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// 柳荫调协〔2026〕第12号
    pub number: String,
    #[serde(flatten)]
    pub matter: Matter,
    /// Facts that all parties called undisputed.
    #[serde(default)]
    pub undisputed: Vec<String>,
    pub clauses: Vec<Clause>,
    /// The same in the second language of the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translated: Option<Translated>,
    pub paper: DocumentId,
    #[serde(default)]
    pub order: Order,
    /// Who signs beside the parties and the mediator, with the capacity in which they stood by the case when it was put
    /// on paper: co-mediators, then interpreters.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Signed on paper instead.
    #[serde(default)]
    pub by_hand: Option<ByHand>,
    /// Who is willing to sign electronically, and in which words they were asked.
    #[serde(default)]
    pub consents: Vec<Consent>,
    /// When the signing lapses if not all have signed; never in older ones.
    #[serde(default)]
    pub lapses: Option<Due>,
    pub signatures: Vec<Signature>,
}

/// That a party signs electronically of its own free will (电子签名法 3), given before its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub party: PartyId,
    pub person: PersonId,
    pub at: Timestamp,
    /// Of the words in which it was asked.
    pub version: String,
    pub text: ContentHash,
    /// What `text` is the hash of; missing in older ones.
    #[serde(default)]
    pub words: Option<String>,
}

/// An agreement that everybody signs by hand (电子签名法 3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// The files of the scan, once it was certified.
    pub scan: Vec<ContentHash>,
    pub last_signed: Option<Timestamp>,
    /// Who said that they do not sign. Whether their hand stood under it before, the sheets alone show.
    #[serde(default)]
    pub refusals: Vec<Refusal>,
    /// Why the last scan was taken back.
    #[serde(default)]
    pub returned: Option<String>,
}

/// That a party said no to what is signed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub by: PartyId,
    /// May be empty.
    pub reason: String,
    pub at: Timestamp,
}

/// A signing that came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsigned {
    /// Of the agreement that nobody is bound by.
    pub number: String,
    /// Of its public page, which says that it is void; empty in older ones.
    #[serde(default)]
    pub verify_id: String,
    pub at: Timestamp,
    #[serde(flatten)]
    pub why: WhyUnsigned,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum WhyUnsigned {
    /// The reason may be empty; no certificate and no other party tells it.
    Declined {
        by: PartyId,
        reason: String,
    },
    Lapsed,
    /// Whoever was to sign for a party acts no more.
    AgentGone,
}

impl WhyUnsigned {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Declined { .. } => "declined",
            Self::Lapsed => "lapsed",
            Self::AgentGone => "agent-gone",
        }
    }

    /// The reason, for whoever mediates; empty for everybody else.
    pub fn reason(&self, mediates: bool) -> &str {
        match self {
            Self::Declined { reason, .. } if mediates => reason,
            _ => "",
        }
    }
}

/// One act of signing: who, when, and which revision of the file it made from which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub signer: Signer,
    pub person: PersonId,
    pub at: Timestamp,
    pub from_hash: ContentHash,
    pub to_hash: ContentHash,
    #[serde(flatten)]
    pub shown: Shown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "signer", rename_all = "snake_case")]
pub enum Signer {
    Party {
        party: PartyId,
    },
    /// Somebody else who was at the table: a co-mediator, an interpreter, under a record also kin and experts.
    Member {
        person: PersonId,
    },
    Mediator,
    /// The committee's seal.
    Organisation,
}

impl Agreement {
    pub fn is_signed_by(&self, signer: Signer) -> bool {
        self.signatures
            .iter()
            .any(|signature| signature.signer == signer)
    }

    /// Signed by hand, and the scan certified: it waits for another who confirms it.
    pub fn is_certified(&self) -> bool {
        self.by_hand.as_ref().is_some_and(|it| !it.scan.is_empty())
    }

    pub fn consent_of(&self, party: PartyId) -> Option<&Consent> {
        self.consents.iter().find(|consent| consent.party == party)
    }

    /// Everybody who signs, as the paper names them: the parties, whoever mediates, interpreters, and the seal last
    /// (人民调解法 29).
    pub fn signers(&self, parties: &[PartyId]) -> Vec<Signer> {
        let parties = parties.iter().map(|party| Signer::Party { party: *party });
        let members = self
            .members
            .iter()
            .map(|it| Signer::Member { person: it.person });
        parties
            .chain([Signer::Mediator])
            .chain(members)
            .chain([Signer::Organisation])
            .collect()
    }

    /// Whose turn it is now.
    pub fn turn(&self, parties: &[PartyId]) -> Vec<Signer> {
        let mut signers = self.signers(parties);
        signers.retain(|signer| self.may_sign_next(*signer, parties));
        signers
    }

    /// Whether everybody has signed who signs before `signer`, and `signer` has not.
    pub fn may_sign_next(&self, signer: Signer, parties: &[PartyId]) -> bool {
        if self.by_hand.is_some() {
            // On a screen no more than the scan is sealed.
            let seals = signer == Signer::Organisation && self.is_certified();
            return seals && !self.is_signed_by(signer);
        }
        let line = self.signers(parties);
        let Some(place) = line.iter().position(|it| *it == signer) else {
            return false;
        };
        let is_before = |it: &Signer| match self.order {
            Order::Fixed => true,
            Order::Free => self.rank(*it) < self.rank(signer),
        };
        let mut before = line[..place].iter().filter(|it| is_before(it));
        !self.is_signed_by(signer) && before.all(|it| self.is_signed_by(*it))
    }

    fn rank(&self, signer: Signer) -> u8 {
        let interprets = |person| {
            let mut members = self.members.iter();
            members.any(|it| it.person == person && it.capacity.interprets())
        };
        match signer {
            Signer::Party { .. } => 0,
            Signer::Member { person } if interprets(person) => 2,
            Signer::Mediator | Signer::Member { .. } => 1,
            Signer::Organisation => 3,
        }
    }
}

/// An agreement in effect: signed by all, sealed, and being performed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    pub agreement: Agreement,
    /// All parties, mediator and seal (人民调解法 29): starts the 30 days.
    pub effective_at: Timestamp,
    /// The last moment for a joint application (人民调解法 33, 民事诉讼法 205).
    pub confirm_by: Due,
    pub ledger: Vec<LedgerEntry>,
    /// A look on the spot that is waited for.
    #[serde(default)]
    pub check: Option<Check>,
    /// What was seen on the spot, oldest first.
    #[serde(default)]
    pub findings: Vec<Finding>,
}

/// How far one clause has been performed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    pub clause: ClauseId,
    pub state: PerformanceState,
    /// What the debtor said and sent, oldest first. It stays, whatever the other side answers.
    #[serde(default)]
    pub reports: Vec<Report>,
}

/// The debtor's word that a clause is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub at: Timestamp,
    pub note: String,
    pub proof: Option<ContentHash>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PerformanceState {
    Owed,
    /// By the newest of the reports.
    Reported,
    Disputed {
        at: Timestamp,
        why: String,
    },
    Acknowledged {
        at: Timestamp,
    },
}

impl Settlement {
    pub fn is_performed(&self) -> bool {
        self.ledger
            .iter()
            .all(|entry| matches!(entry.state, PerformanceState::Acknowledged { .. }))
    }

    /// The files that show the performance: what was sent, and what was photographed on the spot, without its place.
    pub fn proofs(&self) -> impl Iterator<Item = &ContentHash> {
        let reports = self.ledger.iter().flat_map(|entry| &entry.reports);
        let photos = self.findings.iter().filter_map(|it| it.seen.photo.as_ref());
        let sent = reports.filter_map(|report| report.proof.as_ref());
        sent.chain(photos.filter_map(|photo| photo.preview.as_ref()))
    }

    pub fn clause(&self, id: ClauseId) -> Option<&Clause> {
        self.agreement.clauses.iter().find(|clause| clause.id == id)
    }

    pub fn entry_mut(&mut self, id: ClauseId) -> Option<&mut LedgerEntry> {
        self.ledger.iter_mut().find(|entry| entry.clause == id)
    }
}
