//! Files that parties and mediator hand in for the court beside the agreement (解释 354): what the agreement touches
//! and what the judge asked for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::hash::ContentHash;
use super::ids::PersonId;

/// One person hands in at most so many in a case, those taken back counted: nobody uses up what others may hand in.
pub const MOST_EXHIBITS: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    pub kind: ExhibitKind,
    /// What it is, in the words of whoever handed it in; may be empty.
    pub note: String,
    pub file: ContentHash,
    pub by: PersonId,
    pub at: Timestamp,
}

/// What an exhibit shows, in words that papers can print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExhibitKind {
    /// 不动产权证书, or another proof of a right to property.
    Property,
    /// 合同
    Contract,
    /// 发票、付款凭证
    Receipt,
    /// 授权委托书、监护证明、法定代表人身份证明
    Authority,
    Other,
}

impl ExhibitKind {
    pub const ALL: [Self; 5] = [
        Self::Property,
        Self::Contract,
        Self::Receipt,
        Self::Authority,
        Self::Other,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Property => "property",
            Self::Contract => "contract",
            Self::Receipt => "receipt",
            Self::Authority => "authority",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_by_its_name() {
        for kind in ExhibitKind::ALL {
            assert_eq!(ExhibitKind::parse(kind.name()), Some(kind));
        }
    }
}
