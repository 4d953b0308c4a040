//! 民事裁定书, the ruling on a joint application: the agreement is valid, or the application is dismissed (民事诉讼法 206) or
//! not accepted (解释 355).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Party, Signatory, Worded, samples};

/// What a ruling says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    pub court: String,
    /// The case number of the court.
    pub number: String,
    pub applicants: Vec<Party>,
    pub organisation: String,
    pub agreement_number: String,
    /// The fingerprint of the file of the agreement, in the data only.
    pub agreement_hash: Option<String>,
    /// The day the agreement took effect.
    pub effective: Date,
    /// The day the court accepted the application, or got the one that it does not accept.
    pub accepted: Date,
    pub cause: String,
    /// The clauses of the agreement in one sentence each.
    pub terms: Vec<String>,
    pub outcome: Outcome,
    pub judge: Signatory,
    pub clerk: Signatory,
    pub date: Date,
    pub made_at: Timestamp,
    pub seal_field: String,
    pub verify_url: String,
}

/// How the court rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Valid,
    Dismissed {
        ground: Ground,
        /// The judge's reasons in full sentences.
        reasons: String,
    },
    /// 裁定不予受理 (解释 355).
    NotAccepted {
        /// The circumstance and the article, in words.
        ground: String,
        article: String,
        reasons: String,
    },
}

/// On what ground an application is dismissed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// Not for this procedure, found only after acceptance (解释 355).
    NotForConfirmation,
    /// Against mandatory law (解释 358, 1).
    AgainstLaw,
    /// Harms public or other people's interests (2).
    HarmsOthers,
    /// Against public order and good morals (3).
    AgainstMorals,
    /// Not voluntary (4).
    NotVoluntary,
    /// Unclear (5).
    Unclear,
    /// Cannot be confirmed for another reason (6).
    Other,
}

impl Ground {
    pub const ALL: [Self; 7] = [
        Self::NotForConfirmation,
        Self::AgainstLaw,
        Self::HarmsOthers,
        Self::AgainstMorals,
        Self::NotVoluntary,
        Self::Unclear,
        Self::Other,
    ];
}

impl Worded for Ruling {
    const KIND: &'static str = "ruling";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        let dismissed = Ground::ALL.map(|ground| Outcome::Dismissed {
            ground,
            reasons: samples::REASONS.to_owned(),
        });
        let refused = Outcome::NotAccepted {
            ground: "不归收到申请的这家法院管".to_owned(),
            article: "《中华人民共和国民事诉讼法》第二百零五条".to_owned(),
            reasons: samples::REASONS.to_owned(),
        };
        let heard = dismissed.into_iter().chain([Outcome::Valid]);
        let heard = heard.map(samples::ruling);
        let clerk_signs = Self {
            clerk: samples::signatory("钱小记", "clerk"),
            ..samples::ruling(Outcome::Valid)
        };
        let unfiled = Self {
            clerk: samples::signatory("", ""),
            ..samples::ruling(refused)
        };
        heard.chain([clerk_signs, unfiled]).collect()
    }
}
