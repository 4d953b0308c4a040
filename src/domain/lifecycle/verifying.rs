//! Verify before close: somebody of the house looks on the spot whether what was agreed is done, and asks again later.

use super::super::actor::Role;
use super::super::agreement::PerformanceState;
use super::super::ids::PersonId;
use super::super::rules::TermKey;
use super::super::stage::Closing;
use super::super::verification::{Check, Finding, FollowedUp, Seen};
use super::ending::close_if_performed;
use super::{Action, Notice, OutOfOrder, Outcome, Stage, Step, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::AskVerification { what } => {
            said(what)?;
            ask(step, what)
        }
        Action::TakeVisit { person } => take(step, *person),
        Action::VerifyPerformance { seen } => verify(step, seen),
        Action::FollowUp { kept, note } => follow_up(step, *kept, note),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// Everything is acknowledged, and nobody has looked: the mediator is told to.
pub(super) fn expect(step: &mut Step) {
    let (at, due) = (step.now, step.due(TermKey::Verification));
    let Some(settlement) = step.case.stage.settlement_mut() else {
        return;
    };
    if settlement.check.is_some() {
        return;
    }
    settlement.check = Some(Check {
        at,
        due,
        visit: None,
        visitor: None,
    });
    step.notify_mediator(Notice::VerificationDue);
}

/// A grid worker of the place is to go there; until one has gone, another wish takes the place of the first.
fn ask(step: &mut Step, what: &str) -> Outcome {
    begun(step)?;
    let (at, due) = (step.now, step.due(TermKey::Verification));
    let settlement = step.case.stage.settlement_mut();
    let settlement = settlement.ok_or(OutOfOrder::WrongState)?;
    if settlement
        .check
        .as_ref()
        .is_some_and(|it| it.visitor.is_some())
    {
        return Err(OutOfOrder::AlreadyDone);
    }
    settlement.check = Some(Check {
        at,
        due,
        visit: Some(what.to_owned()),
        visitor: None,
    });
    // At the stations of the place, which the case does not know.
    step.notify_post(step.case.organisation, Role::GridWorker, Notice::LookAsked);
    Ok(())
}

/// There is something to look at: at least one clause has been said to be done.
fn begun(step: &mut Step) -> Outcome {
    let settlement = step.case.stage.settlement_mut();
    let settlement = settlement.ok_or(OutOfOrder::WrongState)?;
    let mut ledger = settlement.ledger.iter();
    if ledger.any(|entry| entry.state != PerformanceState::Owed) {
        Ok(())
    } else {
        Err(OutOfOrder::NotDue)
    }
}

fn take(step: &mut Step, person: PersonId) -> Outcome {
    let settlement = step.case.stage.settlement_mut();
    let check = settlement.and_then(|settlement| settlement.check.as_mut());
    let check = check
        .filter(|check| check.visit.is_some())
        .ok_or(OutOfOrder::WrongState)?;
    if check.visitor.replace(person) == Some(person) {
        return Err(OutOfOrder::AlreadyDone);
    }
    Ok(())
}

/// Closes what both sides call done; where they do not agree, both read what was seen, and nobody's word is taken away.
fn verify(step: &mut Step, seen: &Seen) -> Outcome {
    said(&seen.saw)?;
    begun(step)?;
    let (by, at) = (step.acting_person()?, step.now);
    let settlement = step.case.stage.settlement_mut();
    let settlement = settlement.ok_or(OutOfOrder::WrongState)?;
    settlement.check = None;
    let mut ledger = settlement.ledger.iter();
    let whole = ledger.all(|entry| entry.state != PerformanceState::Owed);
    settlement.findings.push(Finding {
        by,
        at,
        seen: seen.clone(),
        whole,
    });
    close_if_performed(step);
    if !matches!(step.case.stage, Stage::Closed { .. }) {
        step.notify_parties(Notice::PerformanceVerified);
        step.notify_mediator(Notice::PerformanceVerified);
    }
    Ok(())
}

fn follow_up(step: &mut Step, kept: bool, note: &str) -> Outcome {
    said(note)?;
    let (by, at) = (step.acting_person()?, step.now);
    let Stage::Closed {
        why: Closing::Performed { followed_up, .. },
        ..
    } = &mut step.case.stage
    else {
        return Err(OutOfOrder::WrongState);
    };
    followed_up.push(FollowedUp {
        by,
        at,
        kept,
        note: note.to_owned(),
    });
    Ok(())
}

#[cfg(test)]
mod tests;
