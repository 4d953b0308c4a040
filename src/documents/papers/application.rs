//! 司法确认申请书, the joint application for judicial confirmation (民事诉讼法 205, 解释 353 and 354).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Party, Worded, samples};

/// What a joint application says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    pub number: String,
    pub court: String,
    /// All parties of the agreement: one party can never file alone.
    pub applicants: Vec<Party>,
    pub organisation: String,
    pub agreement_number: String,
    /// The day the agreement took effect.
    pub effective: Date,
    pub cause: String,
    /// What is handed in (解释 354), one a line.
    pub attachments: Vec<String>,
    /// How each applicant wants to be served.
    pub service: Vec<ServiceChoice>,
    pub date: Date,
    pub made_at: Timestamp,
    pub verify_url: String,
}

/// How one applicant wants to be served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceChoice {
    pub name: String,
    /// The way and the address in words.
    pub choice: String,
}

impl Worded for Application {
    const KIND: &'static str = "application";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        let by_agents = Self {
            applicants: samples::parties_with_agents(),
            ..samples::application()
        };
        vec![samples::application(), by_agents]
    }
}
