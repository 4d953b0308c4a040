//! A paper of a case: what kind it is, which bytes it is now, and the id under which anybody can check it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::hash::ContentHash;
use super::ids::{DocumentId, OrganisationId, PartyId};

/// The current revision of a document. Earlier revisions stay in the store under their own hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub id: DocumentId,
    pub kind: PaperKind,
    pub hash: ContentHash,
    /// 32 lowercase hexadecimal digits, random: `/v/{id}` on the paper's QR code.
    pub verify_id: String,
    pub made_at: Timestamp,
    /// The court that issued it; the case's organisation where nothing else is said.
    #[serde(default)]
    pub court: Option<OrganisationId>,
    /// Whose own it is, where the other side does not read it.
    #[serde(default)]
    pub party: Option<PartyId>,
}

/// A paper that counts no more, kept so that whoever holds a copy of it is told so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    pub paper: Paper,
    pub at: Timestamp,
    pub why: WhyVoid,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyVoid {
    /// Its words were changed; what follows is another paper.
    Changed,
    /// Somebody would not sign.
    Declined,
    /// Not signed by all in time.
    Lapsed,
    /// Taken back, or given up with what it was for.
    Withdrawn,
}

impl WhyVoid {
    pub const ALL: [Self; 4] = [Self::Changed, Self::Declined, Self::Lapsed, Self::Withdrawn];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// 调解协议书; never 调解书, which is the court's instrument.
    Agreement,
    /// 调解终止证明
    NonSettlement,
    /// 司法确认申请书
    Application,
    /// 民事裁定书
    Ruling,
    /// 受理登记
    IntakeRecord,
    /// 权利义务告知书
    RightsNotice,
    /// 送达地址确认书
    ServiceAddress,
    /// 调解笔录
    SessionRecord,
    /// 延长调解期限确认书
    Extension,
}

impl PaperKind {
    pub const ALL: [Self; 9] = [
        Self::Agreement,
        Self::NonSettlement,
        Self::Application,
        Self::Ruling,
        Self::IntakeRecord,
        Self::RightsNotice,
        Self::ServiceAddress,
        Self::SessionRecord,
        Self::Extension,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::NonSettlement => "non_settlement",
            Self::Application => "application",
            Self::Ruling => "ruling",
            Self::IntakeRecord => "intake_record",
            Self::RightsNotice => "rights_notice",
            Self::ServiceAddress => "service_address",
            Self::SessionRecord => "session_record",
            Self::Extension => "extension",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
