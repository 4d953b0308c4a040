//! What people owe and look after on the spot, and what authorities are asked.

use jiff::civil::date;
use uuid::Uuid;

use super::super::super::case::Case;
use super::super::super::delivery::How;
use super::super::super::help::{Asked, HelpOutcome};
use super::super::super::ids::{ClauseId, DocumentId, OrganisationId, RequestId};
use super::super::super::verification::Seen;
use super::{Action, ActionKind};

/// Of a clause that is owed, if any is; otherwise of `clause`.
pub(super) fn payload(
    case: &Case,
    kind: ActionKind,
    which: usize,
    clause: ClauseId,
    text: String,
) -> Action {
    let settlement = case.stage.settlement();
    let clause = settlement
        .and_then(|settlement| settlement.ledger.first())
        .map_or(clause, |entry| entry.clause);
    match kind {
        ActionKind::ReportPerformance => Action::ReportPerformance {
            clause,
            note: text,
            proof: None,
        },
        ActionKind::AcknowledgePerformance => Action::AcknowledgePerformance { clause },
        ActionKind::DisputePerformance => Action::DisputePerformance { clause, why: text },
        ActionKind::ReportBreach => Action::ReportBreach,
        ActionKind::AskVerification => Action::AskVerification { what: text },
        ActionKind::VerifyPerformance => Action::VerifyPerformance {
            seen: Seen {
                kept: which != 4,
                saw: text,
                place: String::new(),
                photo: None,
            },
        },
        ActionKind::AskAuthority => Action::AskAuthority {
            id: RequestId(Uuid::from_u128(which as u128 + 1)),
            authority: OrganisationId(Uuid::from_u128(0xe1)),
            asked: Asked {
                what: text,
                contact: None,
                shown: which != 4,
            },
        },
        ActionKind::AnswerRequest => Action::AnswerRequest {
            id: case
                .requests
                .first()
                .map_or(RequestId(Uuid::nil()), |request| request.id),
            outcome: HelpOutcome::ALL[which % 3],
            text,
        },
        ActionKind::RecordDelivery => {
            let owed = case.deliveries.first();
            let begun = owed.is_some_and(|it| !it.entries.is_empty());
            Action::RecordDelivery {
                paper: owed.map_or(DocumentId(Uuid::nil()), |it| it.paper),
                party: owed.map_or(case.parties[0].id, |it| it.party),
                how: How::ALL[which + usize::from(begun)],
                on: date(2026, 3, 2),
                mark: text,
            }
        }
        _ => Action::FollowUp {
            kept: which != 4,
            note: text,
        },
    }
}
