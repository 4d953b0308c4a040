//! 权利义务告知书, the rights notice: 人民调解法 23 and 24 in their own words, and what the regime adds.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::wording::{Beside, InEnglish};
use super::{Worded, samples};
use crate::domain::track::Track;

/// What the notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    pub number: String,
    pub organisation: String,
    pub cause: String,
    /// The parties' names.
    pub to: Vec<String>,
    /// Each regime adds something of its own.
    pub track: Track,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
    /// Beside the Chinese, for whoever does not read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<InEnglish>,
}

impl Worded for Rights {
    const KIND: &'static str = "rights";

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
        let all = Track::ALL.into_iter().map(samples::rights);
        let translated = Track::ALL.into_iter().map(|track| Self {
            translation: Some(samples::in_english()),
            ..samples::rights(track)
        });
        all.chain(translated).collect()
    }
}
