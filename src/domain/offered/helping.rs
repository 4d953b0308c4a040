//! What authorities are asked, and their answers.

use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::help::{Asked, HelpOutcome};
use super::super::ids::{OrganisationId, RequestId};

pub(super) fn ask(what: String) -> Action {
    Action::AskAuthority {
        id: RequestId(Uuid::nil()),
        authority: OrganisationId(Uuid::nil()),
        asked: Asked {
            what,
            contact: None,
            shown: true,
        },
    }
}

pub(super) fn answers(case: &Case, text: &str) -> Vec<Action> {
    let answer = |id| Action::AnswerRequest {
        id,
        outcome: HelpOutcome::Acted,
        text: text.to_owned(),
    };
    let requests = case.requests.iter();
    requests.map(|request| answer(request.id)).collect()
}

/// Of what is owed under an agreement.
pub(super) fn performance(case: &Case, kind: ActionKind) -> Vec<Action> {
    let clauses = case
        .stage
        .settlement()
        .into_iter()
        .flat_map(|settlement| &settlement.ledger)
        .map(|entry| entry.clause);
    let action = |clause| match kind {
        ActionKind::ReportPerformance => Action::ReportPerformance {
            clause,
            note: "…".to_owned(),
            proof: None,
        },
        ActionKind::AcknowledgePerformance => Action::AcknowledgePerformance { clause },
        _ => Action::DisputePerformance {
            clause,
            why: "…".to_owned(),
        },
    };
    clauses.map(action).collect()
}
