//! 送达地址确认书, the service-address form: where one party wants to be served, and which ways it agreed to (在线诉讼规则 29–31).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::wording::{Beside, InEnglish};
use super::{Role, Worded, samples};
use crate::domain::service::Channel;

/// What the form says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceForm {
    pub number: String,
    pub case: String,
    pub organisation: String,
    pub cause: String,
    pub role: Role,
    pub name: String,
    pub address: String,
    /// Somebody else who takes post.
    pub receiver: Option<String>,
    pub channels: Vec<ElectronicWay>,
    /// Where the code went by which the party confirmed it.
    pub contact: String,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
    /// Beside the Chinese, for whoever does not read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<InEnglish>,
}

/// An electronic way, and whether the party agreed to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElectronicWay {
    pub channel: Channel,
    /// Empty where the way itself says it.
    pub address: String,
    pub agreed: bool,
}

impl Worded for ServiceForm {
    const KIND: &'static str = "service";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn beside(&self) -> Option<Beside<Self>> {
        let names = self.translation.as_ref()?;
        Some(names.beside(|organisation, cause| Self {
            organisation,
            cause,
            ..self.clone()
        }))
    }

    fn samples() -> Vec<Self> {
        let alone = Self {
            receiver: None,
            role: Role::Applicant,
            ..samples::service_form()
        };
        let translated = Self {
            translation: Some(samples::in_english()),
            ..samples::service_form()
        };
        vec![samples::service_form(), alone, translated]
    }
}
