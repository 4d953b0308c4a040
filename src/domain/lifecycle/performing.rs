//! Performance of the agreement: reported by the debtor, acknowledged or disputed by the other side.

use super::super::agreement::PerformanceState;
use super::super::confirmation::Phase;
use super::super::ids::ClauseId;
use super::super::time::civil_date;
use super::ending::close_if_performed;
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, Stage, Step, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    let at = step.now;
    match action {
        Action::ReportPerformance {
            clause,
            note,
            proof,
        } => {
            let state = entry(step, *clause)?;
            let (PerformanceState::Owed | PerformanceState::Disputed { .. }) = state else {
                return Err(OutOfOrder::AlreadyDone);
            };
            if proof.is_none() {
                said(note)?;
            }
            *state = PerformanceState::Reported {
                at,
                note: note.clone(),
                proof: proof.clone(),
            };
            step.notify_parties(Notice::PerformanceReported);
        }
        Action::AcknowledgePerformance { clause } => {
            let state = entry(step, *clause)?;
            if let PerformanceState::Acknowledged { .. } = state {
                return Err(OutOfOrder::AlreadyDone);
            }
            *state = PerformanceState::Acknowledged { at };
            step.notify_parties(Notice::PerformanceAcknowledged);
            close_if_performed(step);
        }
        Action::DisputePerformance { clause, why } => {
            said(why)?;
            let state = entry(step, *clause)?;
            let PerformanceState::Reported { .. } = state else {
                return Err(OutOfOrder::WrongState);
            };
            *state = PerformanceState::Disputed {
                at,
                why: why.clone(),
            };
            step.notify_parties(Notice::PerformanceDisputed);
            step.notify_mediator(Notice::PerformanceDisputed);
        }
        Action::ReportBreach => breach(step)?,
        _ => return Err(OutOfOrder::WrongState),
    }
    Ok(())
}

fn entry<'a>(step: &'a mut Step, clause: ClauseId) -> Result<&'a mut PerformanceState, OutOfOrder> {
    let settlement = step
        .case
        .stage
        .settlement_mut()
        .ok_or(OutOfOrder::WrongState)?;
    Ok(&mut settlement
        .entry_mut(clause)
        .ok_or(OutOfOrder::Unknown)?
        .state)
}

/// Only the creditor of a clause whose last day has passed can say that the agreement is broken.
fn breach(step: &mut Step) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let today = civil_date(step.now);
    let (settlement, mediator) = match &step.case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Settled {
                settlement,
                mediator,
            }
            | Mediate::Partial {
                settlement,
                mediator,
            } => (settlement.clone(), *mediator),
            _ => return Err(OutOfOrder::WrongState),
        },
        Stage::Perform {
            settlement,
            mediator,
        }
        | Stage::Confirm {
            phase: Phase::Dismissed { .. } | Phase::NotAccepted { .. } | Phase::Withdrawn { .. },
            settlement,
            mediator,
            ..
        } => (settlement.as_ref().clone(), *mediator),
        _ => return Err(OutOfOrder::WrongState),
    };
    let overdue = settlement.ledger.iter().any(|entry| {
        !matches!(entry.state, PerformanceState::Acknowledged { .. })
            && settlement
                .clause(entry.clause)
                .is_some_and(|clause| clause.terms.due < today && clause.terms.debtor != party)
    });
    if !overdue {
        return Err(OutOfOrder::NotDue);
    }
    step.case.stage = Stage::Breached {
        settlement: Box::new(settlement),
        mediator,
        at: step.now,
    };
    step.notify_parties(Notice::Breached);
    step.notify_mediator(Notice::Breached);
    Ok(())
}
