//! 延长调解期限确认书: from which day to which the mediation goes on, why, and who agreed when (在线调解规则 24).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Party, Worded, samples};

/// What the paper says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub number: String,
    pub organisation: String,
    pub cause: String,
    pub parties: Vec<Party>,
    pub mediator: String,
    pub basis: Basis,
    pub from: Date,
    pub until: Date,
    /// The last day where `until` is a holiday.
    pub rolled: Option<Date>,
    pub why: String,
    /// Who asked for it, where it was somebody.
    pub asked: String,
    pub assents: Vec<Assent>,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// On what the extension rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// 在线调解规则 24.
    Court,
    /// The rules of the mediating organisation.
    House,
}

/// Who agreed on the platform, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assent {
    pub name: String,
    pub at: Timestamp,
}

impl Worded for Extension {
    const KIND: &'static str = "extension";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        let by_rules = samples::extension();
        let by_law = Self {
            basis: Basis::Court,
            rolled: None,
            asked: String::new(),
            parties: samples::parties_of_few_words(),
            ..by_rules.clone()
        };
        vec![by_rules, by_law]
    }
}
