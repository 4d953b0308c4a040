//! Who mediates: assigned, disclosed, accepted, or refused and challenged.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::super::agreement::Draft;
use super::super::rules::TermKey;
use super::super::stage::{Assignment, Challenge, Disclosure};
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, PersonId, Role, Step, Work, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::Assign { mediator } => assign(step, *mediator),
        Action::AcceptAssignment { disclosure } => accept(step, disclosure.as_deref()),
        Action::RefuseAssignment { reason } => {
            said(reason)?;
            select_again(step, Notice::AssignmentRefused)
        }
        Action::Waive => waive(step),
        Action::Challenge { why } => challenge(step, why),
        Action::DecideChallenge { uphold, reason } => decide(step, *uphold, reason),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn assign(step: &mut Step, mediator: PersonId) -> Outcome {
    let now = step.now;
    let by = step.acting_person()?;
    if step.case.seat_of(mediator).is_some() {
        return Err(OutOfOrder::NotYourTurn);
    }
    let Mediate::Selecting { refused, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if refused.contains(&mediator) {
        return Err(OutOfOrder::AlreadyDone);
    }
    let refused = refused.clone();
    let due = step.due(TermKey::Acceptance);
    step.enter(Mediate::Disclosing {
        assignment: Assignment {
            mediator,
            by,
            at: now,
        },
        due,
        disclosure: None,
        refused,
    });
    step.notify_person(mediator, Notice::AssignmentAsked);
    Ok(())
}

fn accept(step: &mut Step, says: Option<&str>) -> Outcome {
    let Mediate::Disclosing {
        disclosure,
        assignment,
        ..
    } = step.mediate()?
    else {
        return Err(OutOfOrder::WrongState);
    };
    if disclosure.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    let Some(text) = says else {
        let mediator = assignment.mediator;
        start(step, mediator);
        return Ok(());
    };
    said(text)?;
    *disclosure = Some(Disclosure {
        text: text.to_owned(),
        waived: BTreeSet::new(),
        challenge: None,
    });
    step.notify_parties(Notice::Disclosed);
    Ok(())
}

/// The term runs from the mediator's acceptance (在线调解规则 24).
fn start(step: &mut Step, mediator: PersonId) {
    let due = step.due(TermKey::Mediation);
    let work = Work {
        mediator,
        accepted_at: step.now,
        paused: SignedDuration::ZERO,
        due,
        proposal: None,
        extended: Vec::new(),
        sessions: Vec::new(),
        draft: Draft::default(),
    };
    step.enter(Mediate::Active { work });
    step.notify_parties(Notice::MediatorReady);
}

fn select_again(step: &mut Step, notice: Notice) -> Outcome {
    let now = step.now;
    let Mediate::Disclosing {
        assignment,
        refused,
        ..
    } = step.mediate()?
    else {
        return Err(OutOfOrder::WrongState);
    };
    let mut refused = std::mem::take(refused);
    refused.push(assignment.mediator);
    let due = step.due(TermKey::Selection);
    step.enter(Mediate::Selecting {
        consented_at: now,
        due,
        refused,
    });
    step.notify_post(step.case.organisation, Role::Dispatcher, notice);
    Ok(())
}

fn disclosed<'a>(step: &'a mut Step) -> Result<&'a mut Disclosure, OutOfOrder> {
    match step.mediate()? {
        Mediate::Disclosing {
            disclosure: Some(disclosure),
            ..
        } => Ok(disclosure),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn waive(step: &mut Step) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let parties = step.case.party_ids();
    let disclosure = disclosed(step)?;
    if disclosure.challenge.is_some() {
        return Err(OutOfOrder::WrongState);
    }
    if !disclosure.waived.insert(party) {
        return Err(OutOfOrder::AlreadyDone);
    }
    if parties
        .iter()
        .all(|party| disclosure.waived.contains(party))
        && let Some(mediator) = step.case.stage.mediator()
    {
        start(step, mediator);
        step.notify_mediator(Notice::MediatorReady);
    }
    Ok(())
}

fn challenge(step: &mut Step, why: &str) -> Outcome {
    said(why)?;
    let by = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let disclosure = disclosed(step)?;
    if disclosure.challenge.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    disclosure.challenge = Some(Challenge {
        by,
        why: why.to_owned(),
    });
    step.notify_post(step.case.organisation, Role::Dispatcher, Notice::Challenged);
    Ok(())
}

fn decide(step: &mut Step, uphold: bool, reason: &str) -> Outcome {
    said(reason)?;
    if disclosed(step)?.challenge.is_none() {
        return Err(OutOfOrder::WrongState);
    }
    if uphold {
        return select_again(step, Notice::Challenged);
    }
    let mediator = step.case.stage.mediator().ok_or(OutOfOrder::WrongState)?;
    start(step, mediator);
    step.notify_mediator(Notice::MediatorReady);
    Ok(())
}
