//! 签署存证报告, the platform's statement on how a paper was signed: its hash after each revision, and of each signer how the
//! identity was checked, what was shown at signing, certificate, timestamp and place in the chain of events.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Right, Worded, samples};
use crate::domain::hash::ContentHash;
use crate::domain::party::IdentityMethod;
use crate::domain::signature::{Device, Means};

/// What the report says. No number of an identity document has a place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub number: String,
    /// Who runs the platform and states this.
    pub operator: String,
    pub subject: Subject,
    /// Where names and seal stand on sheets of paper.
    pub by_hand: Option<ByHand>,
    pub signers: Vec<Signer>,
    /// How far the chain of the case's events had come.
    pub head: Option<Link>,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    /// The public page of the paper that it is about.
    pub verify_url: String,
}

/// The paper that the report is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub title: String,
    pub document: String,
    pub made_at: Timestamp,
    /// The hash of the file after each revision.
    pub revisions: Vec<ContentHash>,
    pub archived_at: Option<Timestamp>,
}

/// What an officer held against the original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// The file that was printed.
    pub printed: Option<ContentHash>,
    pub last_signed: Option<Timestamp>,
    /// The files of the scan.
    pub scan: Vec<ContentHash>,
}

/// An event of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub number: i64,
    pub hash: String,
}

/// As what somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seat {
    Applicant,
    Respondent,
    Mediator,
    CoMediator,
    Interpreter,
    Volunteer,
    Lawyer,
    Kin,
    Expert,
    Judge,
    Clerk,
    Seal,
    /// Who held a scan against the original.
    Officer,
    Other,
}

impl Seat {
    pub const ALL: [Self; 14] = [
        Self::Applicant,
        Self::Respondent,
        Self::Mediator,
        Self::CoMediator,
        Self::Interpreter,
        Self::Volunteer,
        Self::Lawyer,
        Self::Kin,
        Self::Expert,
        Self::Judge,
        Self::Clerk,
        Self::Seal,
        Self::Officer,
        Self::Other,
    ];
}

/// One signature and its signer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    pub role: Seat,
    pub name: String,
    /// In whose place, where somebody acts for a party.
    pub acts: Option<Acts>,
    /// For which organisation, where it is by office.
    pub organisation: Option<String>,
    /// Who put a seal on it.
    pub hand: Option<String>,
    pub identity: Option<Identity>,
    /// In ink, as the scan shows.
    pub in_ink: bool,
    /// When the record of the signing was deleted, as the law asks of what people wrote.
    #[serde(default)]
    pub erased: Option<Timestamp>,
    pub shown: Option<Shown>,
    pub consent: Option<Consent>,
    pub signed_at: Option<Timestamp>,
    pub stamped_at: Option<Timestamp>,
    pub revision: Option<ContentHash>,
    pub certificate: Option<Certificate>,
    pub event: Option<Link>,
}

impl Signer {
    /// By what the platform knows whose signature it is.
    const fn known(&self) -> &'static str {
        match (&self.identity, self.role) {
            (Some(_), _) => "card",
            _ if self.in_ink => "ink",
            _ if self.event.is_none() => "unrecorded",
            (None, Seat::Seal) if self.hand.is_some() => "seal",
            (None, Seat::Seal) => "rule",
            _ if self.organisation.is_some() => "office",
            _ => "account",
        }
    }
}

/// For whom somebody acts, by what right, and what showed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acts {
    pub party: String,
    #[serde(flatten)]
    pub right: Right,
    pub proof: ContentHash,
}

/// How somebody's identity was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub method: IdentityMethod,
    pub at: Timestamp,
    pub by: String,
}

/// What was shown at signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub means: Option<Means>,
    /// When the code went out, or the one-time password was given.
    pub code_at: Option<Timestamp>,
    pub device: Option<Device>,
}

/// That somebody agreed to sign electronically.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub at: Timestamp,
    /// The words agreed to, in the language in which they were shown; of older ones no more is kept than their hash.
    pub words: Option<String>,
    pub version: String,
    /// Of those words.
    pub hash: ContentHash,
}

/// The certificate of a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub serial: String,
    /// Stands for the checked identity; nobody can go back from it.
    pub pseudonym: String,
    pub issuer: String,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

impl Worded for Evidence {
    const KIND: &'static str = "evidence";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    /// Each file with what it is, the base, a later one or the newest; and how each signer is known.
    fn data(&self) -> Result<Value, serde_json::Error> {
        let mut data = serde_json::to_value(self)?;
        let last = self.subject.revisions.len().saturating_sub(1);
        let files = self.subject.revisions.iter().enumerate();
        let files = files.map(|(number, hash)| {
            let (base, newest) = (number == 0, number == last);
            json!({ "number": number, "hash": hash, "base": base, "newest": newest })
        });
        if let Some(members) = data.as_object_mut() {
            members.insert("files".to_owned(), files.collect());
        }
        let told = data.get_mut("signers").and_then(Value::as_array_mut);
        for (one, signer) in told.into_iter().flatten().zip(&self.signers) {
            if let Some(members) = one.as_object_mut() {
                members.insert("known".to_owned(), signer.known().into());
            }
        }
        Ok(data)
    }

    fn samples() -> Vec<Self> {
        let others = samples::evidence_of_ink();
        [samples::evidence(), samples::evidence_of_few_words()]
            .into_iter()
            .chain(others)
            .collect()
    }
}
