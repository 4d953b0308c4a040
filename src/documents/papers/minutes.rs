//! 调解笔录, the record of a session: who was there, what was told, said and not in dispute, and what came of it
//! (在线调解规则 17, 22; 人民调解法 27).

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Party, Right, Signatory, Worded, samples};
use crate::domain::party::IdentityMethod;
use crate::domain::session_record::Opening;

/// What the record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    pub number: String,
    pub organisation: String,
    pub cause: String,
    pub place: String,
    pub from: Timestamp,
    pub until: Timestamp,
    pub present: Vec<Present>,
    /// What was told at the opening.
    pub opening: Vec<Told>,
    pub recusal: String,
    pub statements: Vec<Statement>,
    pub undisputed: Vec<String>,
    /// Only where every party wants them in it; empty otherwise.
    pub proposals: String,
    pub result: String,
    /// The parties who were there.
    pub parties: Vec<Party>,
    pub members: Vec<Member>,
    pub mediator: Signatory,
    pub made_at: Timestamp,
    pub verify_url: String,
}

/// Who was there, when, from where, and how the identity was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    pub name: String,
    /// For whom, where they are no party themselves.
    pub acts: Option<ActsFor>,
    /// `claimant`, `respondent`, `mediator`, or the capacity of somebody else, such as `interpreter`.
    pub standing: Cow<'static, str>,
    pub from: Timestamp,
    pub until: Timestamp,
    pub on_site: bool,
    /// Whether it is a party or whoever acts for one, whose identity is to be checked.
    pub party: bool,
    pub checked: Option<Checked>,
}

/// For which party somebody is there, and by what right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActsFor {
    pub party: String,
    #[serde(flatten)]
    pub right: Right,
}

/// How an identity was checked, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    pub method: IdentityMethod,
    pub by: String,
}

/// What was told before the mediation, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub what: Opening,
    pub at: Timestamp,
}

/// What a party said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub name: String,
    pub text: String,
}

/// Who signs beside the parties and the mediator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// As in [`Present`].
    pub standing: Cow<'static, str>,
    pub name: String,
    pub field: String,
}

impl Worded for Minutes {
    const KIND: &'static str = "minutes";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        let full = samples::minutes();
        let bare = Self {
            opening: Vec::new(),
            recusal: String::new(),
            statements: Vec::new(),
            undisputed: Vec::new(),
            proposals: String::new(),
            result: String::new(),
            members: Vec::new(),
            ..full.clone()
        };
        vec![full, bare]
    }
}
