//! The dossier as data, `heyi-dossier/1`. Every field is written down here by name, so that nothing gets in by itself: what was
//! said in caucus, confided evidence, offers and a mediator's notes have types that cannot be serialised, and no field.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The record of one case for one reader. Instants are RFC 3339 in UTC, sums are fen, hashes SHA-256 in hexadecimal.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Dossier {
    /// `heyi-dossier/1`
    pub schema: String,
    /// `keeper`, or `party` for a party's own version.
    pub version: String,
    pub made_at: String,
    pub case: CaseFacts,
    pub parties: Vec<PartyFacts>,
    pub mediators: Vec<String>,
    pub claims: Vec<ClaimFacts>,
    pub events: Vec<EventFacts>,
    pub meetings: Vec<MeetingFacts>,
    /// What was recorded of the meetings in sound and picture, by its hashes; it takes the place of no record.
    pub recordings: Vec<RecordingFacts>,
    /// What every party confirmed as a fact.
    pub undisputed: Vec<String>,
    pub agreement: Option<AgreementFacts>,
    pub evidence: Vec<FileFacts>,
    /// What was handed in for the court.
    pub exhibits: Vec<FileFacts>,
    pub decisions: Vec<DecisionFacts>,
    /// How the parties were reached; empty in a party's version.
    pub contacts: Vec<ContactFacts>,
    /// How papers were brought by post or by hand; in a party's version to itself.
    pub deliveries: Vec<DeliveryFacts>,
    pub papers: Vec<PaperFacts>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseFacts {
    pub id: Uuid,
    pub number: String,
    pub organisation: String,
    /// Such as `people`.
    pub track: String,
    pub dispute: String,
    pub cause: String,
    pub place: String,
    pub stage: String,
    pub story: String,
    pub opened_at: String,
    pub accepted_at: Option<String>,
    pub assigned_at: Option<String>,
    /// Why it ended without agreement, such as `too_far_apart`.
    pub ended: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartyFacts {
    pub id: Uuid,
    /// `claimant` or `respondent`.
    pub role: String,
    pub name: String,
    /// The rest is missing where it is not the reader's.
    pub address: Option<String>,
    pub contact: Option<String>,
    /// The masked number of the identity document that was compared.
    pub identity: Option<String>,
    pub service: Option<ServiceFacts>,
    /// Who acts for the party; everybody at the table knows.
    pub agent: Option<AgentFacts>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgentFacts {
    pub name: String,
    /// `attorney`, `guardian` or `representative`.
    pub right: String,
    /// Of an attorney: whether the power allows to settle (民事诉讼法 62).
    pub special: Option<bool>,
    /// The day of the power of attorney.
    pub power: Option<String>,
    /// Of a guardian: what they are to the party.
    pub relation: Option<String>,
    /// The masked number of the identity document that was compared; missing where it is not the reader's.
    pub identity: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServiceFacts {
    pub address: String,
    pub receiver: Option<String>,
    /// `platform`, `sms`, `mail`: each was agreed to.
    pub channels: Vec<String>,
    pub confirmed_at: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClaimFacts {
    /// `stop`, `money` or `conduct`.
    pub kind: String,
    pub text: String,
    pub amount_fen: Option<i64>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventFacts {
    pub at: String,
    /// Such as `accept`.
    pub kind: String,
    pub who: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeetingFacts {
    pub session: Uuid,
    pub present: Vec<PresenceFacts>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PresenceFacts {
    pub name: String,
    pub from: String,
    pub until: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordingFacts {
    pub session: Uuid,
    /// When it began to run.
    pub from: String,
    /// `open`, `over`, `sealed`, `kept` or `deleted`.
    pub state: String,
    /// What is wrong with it, such as `broken`.
    pub faults: Vec<String>,
    /// Until when it is kept.
    pub until: Option<String>,
    /// Why it was deleted: `term`, `decided` or `erased`.
    pub deleted: Option<String>,
    /// The last hash of each line, which was written down before a file was made of it.
    pub tracks: Vec<TrackFacts>,
    pub films: Vec<FilmFacts>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackFacts {
    pub name: String,
    /// `microphone` or `camera`.
    pub line: String,
    pub segments: u32,
    pub sha256: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FilmFacts {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgreementFacts {
    pub number: String,
    /// Missing until all have signed and it is sealed.
    pub effective_at: Option<String>,
    pub obligations: Vec<ObligationFacts>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ObligationFacts {
    pub debtor: String,
    pub act: String,
    pub amount_fen: Option<i64>,
    /// The last day.
    pub due: String,
    /// `owed`, `reported`, `disputed` or `acknowledged`; missing before it takes effect.
    pub performance: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileFacts {
    pub name: String,
    pub note: String,
    pub by: String,
    pub at: String,
    pub bytes: Option<u64>,
    pub sha256: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DecisionFacts {
    pub at: String,
    pub about: String,
    pub replaced: bool,
    pub reason: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactFacts {
    pub at: String,
    pub party: String,
    /// Such as `call`.
    pub channel: String,
    /// Such as `no_answer`.
    pub outcome: String,
    pub note: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryFacts {
    /// The kind of the paper, such as `agreement`.
    pub paper: String,
    pub party: String,
    /// `handed`, `household`, `posted`, `received`, `returned`, `left`, `announced`, `abandoned`, `opened` by the party
    /// itself, or `mistaken`: the one before does not count.
    pub how: String,
    /// The day on which it happened.
    pub on: String,
    /// Tracking number, number of the receipt, or who signed for it.
    pub mark: String,
    /// Who wrote it down, and when.
    pub by: String,
    pub at: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperFacts {
    /// Such as `agreement`.
    pub kind: String,
    /// The name of the file attached to the PDF.
    pub file: String,
    pub sha256: String,
    pub made_at: String,
    pub verify_id: String,
}
