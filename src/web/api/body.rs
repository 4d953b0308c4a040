//! The shapes of the interface. Instants are RFC 3339 in UTC, sums are whole fen, days are of Shanghai.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::casework::Entry;
use crate::domain::action::ActionKind;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::claim::ClaimOutcome;
use crate::domain::deadline::{Basis, Due};
use crate::domain::permission::may_read_paper;
use crate::storage::lists::CaseRow;

/// A line of the list.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseLine {
    id: Uuid,
    number: String,
    /// Such as `mediate.active`.
    stage: String,
    /// Key of the kind of matter, such as `noise`.
    dispute: String,
    opened_at: String,
    changed_at: String,
    due_at: Option<String>,
    /// Where the next page begins behind this line.
    key: String,
}

impl From<CaseRow> for CaseLine {
    fn from(row: CaseRow) -> Self {
        Self {
            id: row.id.0,
            number: row.number,
            stage: row.stage,
            dispute: row.dispute,
            opened_at: row.opened_at.to_string(),
            changed_at: row.changed_at.to_string(),
            due_at: row.due_at.map(|at| at.to_string()),
            key: row.key.to_string(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct CaseBody {
    id: Uuid,
    /// Grows by one with every change.
    version: i64,
    number: String,
    opened_at: String,
    organisation: Uuid,
    dispute: String,
    track: String,
    stage: String,
    place: String,
    story: String,
    claims: Vec<ClaimBody>,
    parties: Vec<PartyBody>,
    papers: Vec<PaperBody>,
    due: Option<DueBody>,
    /// What you can do now, such as `accept_invitation`.
    offered: Vec<String>,
}

#[derive(Serialize, ToSchema)]
struct ClaimBody {
    id: Uuid,
    /// `stop`, `money` or `conduct`.
    kind: String,
    text: String,
    amount_fen: Option<i64>,
    /// `open`, `settled` or `unsettled`.
    outcome: String,
}

#[derive(Serialize, ToSchema)]
struct PartyBody {
    id: Uuid,
    /// `claimant` or `respondent`.
    role: String,
    name: String,
    /// Whether somebody has proved to hold the contact of the seat.
    arrived: bool,
}

#[derive(Serialize, ToSchema)]
struct PaperBody {
    id: Uuid,
    /// `intake_record`, `rights_notice`, `service_address`, `session_record`, `agreement`, `non_settlement`, `application` or `ruling`.
    kind: String,
    /// SHA-256 of the file, in hexadecimal.
    hash: String,
    verify_id: String,
    made_at: String,
}

#[derive(Serialize, ToSchema)]
struct DueBody {
    at: String,
    /// Counted over days whose holidays are not published yet.
    provisional: bool,
    /// The article, or nothing for a default of the house.
    article: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct EventBody {
    seq: i64,
    /// Such as `schedule_session`.
    kind: String,
    /// `person`, `staff`, `clock`, `accounts`, `rooms`, `messages`, `integrator`, `chancery` or `anonymous`.
    by: String,
    person: Option<Uuid>,
    at: String,
    to_stage: String,
    /// SHA-256 over the event and the hash before it.
    hash: String,
}

/// RFC 9457.
#[derive(Serialize, ToSchema)]
pub(in crate::web) struct Problem {
    /// Such as `urn:heyi:problem:not-found`.
    pub(in crate::web) r#type: String,
    pub(in crate::web) title: String,
    pub(in crate::web) status: u16,
    pub(in crate::web) detail: String,
    /// What to tell us on the phone.
    pub(in crate::web) reference: String,
}

impl CaseBody {
    pub(super) fn of(case: &Case, actor: &Actor, offered: &[ActionKind]) -> Self {
        // How long staff have to reach somebody is no party's business.
        let due = match case.seat_for(actor) {
            Some(_) => case.stage.due_for_parties(),
            None => case.stage.due(),
        };
        let papers = case.papers.iter();
        let papers = papers.filter(|paper| may_read_paper(actor, case, paper));
        Self {
            id: case.id.0,
            version: case.version,
            number: case.number.clone(),
            opened_at: case.opened_at.to_string(),
            organisation: case.organisation.0,
            dispute: case.dispute.to_string(),
            track: case.track.name().to_owned(),
            stage: case.stage.name().to_owned(),
            place: case.place.address.clone(),
            story: case.story.clone(),
            claims: case.claims.iter().map(ClaimBody::from).collect(),
            parties: case.parties.iter().map(PartyBody::from).collect(),
            papers: papers.map(PaperBody::from).collect(),
            due: due.map(DueBody::from),
            offered: offered.iter().map(|kind| kind.name().to_owned()).collect(),
        }
    }
}

impl From<&crate::domain::claim::Claim> for ClaimBody {
    fn from(claim: &crate::domain::claim::Claim) -> Self {
        let outcome = match claim.outcome {
            ClaimOutcome::Open => "open",
            ClaimOutcome::Settled => "settled",
            ClaimOutcome::Unsettled => "unsettled",
        };
        Self {
            id: claim.id.0,
            kind: claim.kind.name().to_owned(),
            text: claim.text.clone(),
            amount_fen: claim.amount.map(|amount| amount.0),
            outcome: outcome.to_owned(),
        }
    }
}

impl From<&crate::domain::party::Party> for PartyBody {
    fn from(party: &crate::domain::party::Party) -> Self {
        Self {
            id: party.id.0,
            role: party.role.name().to_owned(),
            name: party.name.as_str().to_owned(),
            arrived: party.person.is_some(),
        }
    }
}

impl From<&crate::domain::paper::Paper> for PaperBody {
    fn from(paper: &crate::domain::paper::Paper) -> Self {
        Self {
            id: paper.id.0,
            kind: paper.kind.name().to_owned(),
            hash: paper.hash.to_string(),
            verify_id: paper.verify_id.clone(),
            made_at: paper.made_at.to_string(),
        }
    }
}

impl From<&Due> for DueBody {
    fn from(due: &Due) -> Self {
        let article = match &due.basis {
            Basis::Article(citation) => Some(citation.to_string()),
            Basis::HouseDefault => None,
        };
        Self {
            at: due.at.to_string(),
            provisional: due.provisional,
            article,
        }
    }
}

impl From<Entry> for EventBody {
    fn from(entry: Entry) -> Self {
        let by = match &entry.actor {
            Actor::Anonymous => "anonymous",
            Actor::Person { .. } => "person",
            Actor::Staff { .. } => "staff",
            Actor::Clock => "clock",
            Actor::System {
                system: System::Accounts,
            } => "accounts",
            Actor::System {
                system: System::Rooms,
            } => "rooms",
            Actor::System {
                system: System::Messages,
            } => "messages",
            Actor::System {
                system: System::Integrators,
            } => "integrator",
            Actor::System {
                system: System::Chancery,
            } => "chancery",
        };
        Self {
            seq: entry.seq,
            kind: entry.kind,
            by: by.to_owned(),
            person: entry.actor.person().map(|person| person.0),
            at: entry.at.to_string(),
            to_stage: entry.to_stage,
            hash: entry.hash,
        }
    }
}
