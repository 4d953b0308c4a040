//! Another mediator in the middle of it: disclosed, asked for, decided, handed over.

use super::super::agreement::Agreement;
use super::super::case::Standing;
use super::super::paper::WhyVoid;
use super::super::session::SessionState;
use super::super::stage::{Appointed, Assignment, Declaration, Ground, HandOverNote, Request};
use super::assigning::{choose_again, told};
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, Step, Work, said};
use crate::domain::rules::TermKey;

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::Disclose { declared } => disclose(step, declared),
        Action::AskReplacement { ground, why } => ask(step, *ground, why),
        Action::DecideReplacement { replace, reason } => decide(step, *replace, reason),
        Action::WriteHandOver { text } => note(step, text),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// The work, open or paused or on paper.
fn any_work<'a>(step: &'a mut Step) -> Result<&'a mut Work, OutOfOrder> {
    match step.mediate()? {
        Mediate::Active { work } | Mediate::Paused { work, .. } | Mediate::Signing { work, .. } => {
            Ok(work)
        }
        _ => Err(OutOfOrder::WrongState),
    }
}

/// The parties have the word on it before anything goes on (在线调解规则 13).
fn disclose(step: &mut Step, declared: &Declaration) -> Outcome {
    let disclosure = Some(told(declared)?);
    let (now, mediator) = (step.now, step.acting_person()?);
    let work = step.work()?.clone();
    let due = step.due(TermKey::Acceptance);
    let assignment = Assignment {
        mediator,
        by: work.assigned_by.unwrap_or(mediator),
        at: now,
        how: Appointed::default(),
    };
    step.enter(Mediate::Disclosing {
        assignment,
        due,
        disclosure,
        refused: work.refused.clone(),
        kept: Some(Box::new(work)),
    });
    step.notify_parties(Notice::Disclosed);
    Ok(())
}

fn ask(step: &mut Step, ground: Ground, why: &str) -> Outcome {
    said(why)?;
    let (now, by) = (step.now, step.permitted.party());
    let work = any_work(step)?;
    if work.replacement.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    work.replacement = Some(Request {
        by,
        ground,
        why: why.to_owned(),
        at: now,
    });
    step.notify_deciders(Notice::ReplacementAsked);
    Ok(())
}

/// Where nobody asked, the head acts of their own motion: a mediator fell ill, or has to go (人民调解法 15).
fn decide(step: &mut Step, replace: bool, reason: &str) -> Outcome {
    said(reason)?;
    let work = any_work(step)?;
    if work.replacement.is_none() && !replace {
        return Err(OutOfOrder::WrongState);
    }
    let asked = work.replacement.is_some();
    if !asked && step.permitted.by() != Standing::Head {
        return Err(OutOfOrder::WrongState);
    }
    let work = any_work(step)?;
    let (mediator, assigned_by) = (work.mediator, work.assigned_by);
    step.decided(mediator, assigned_by, replace, reason)?;
    if !replace {
        any_work(step)?.replacement = None;
        return Ok(());
    }
    hand_on(step)
}

/// What is planned is called off, since another has other hours; what lay open for signing names the former mediator and
/// is void. What was done stays.
fn hand_on(step: &mut Step) -> Outcome {
    let now = step.now;
    // All have signed, says the scan; whether it is so is for another to say, and then for nobody to mediate.
    let open = step.case.stage.signing();
    if open.is_some_and(Agreement::is_certified) {
        return Err(OutOfOrder::WrongState);
    }
    let mut work = any_work(step)?.clone();
    work.replacement = None;
    let mut refused = std::mem::take(&mut work.refused);
    refused.push(work.mediator);
    let mut called_off = Vec::new();
    for session in &mut work.sessions {
        match session.state {
            SessionState::Scheduled => {
                session.state = SessionState::Cancelled;
                called_off.push(session.id);
            }
            SessionState::Open { since } => {
                session.state = SessionState::Closed { since, until: now };
            }
            _ => {}
        }
    }
    if let Some(paper) = step.case.stage.signing().map(|agreement| agreement.paper) {
        step.void(paper, WhyVoid::Changed);
        work.draft.revision += 1;
        for clause in &mut work.draft.clauses {
            clause.agreed.clear();
        }
        step.notify_parties(Notice::SigningVoided);
    }
    for session in called_off {
        step.notify_parties(Notice::SessionCancelled { session });
    }
    choose_again(step, refused, Some(Box::new(work)));
    step.notify_deciders(Notice::MediatorDecided);
    Ok(())
}

fn note(step: &mut Step, text: &str) -> Outcome {
    said(text)?;
    let (by, at) = (step.acting_person()?, step.now);
    any_work(step)?.notes.push(HandOverNote {
        by,
        at,
        text: text.to_owned(),
    });
    Ok(())
}

#[cfg(test)]
#[path = "replacing/tests.rs"]
mod tests;
