//! A term that ran into a year without published holidays is counted again once they are known.

use super::super::confirmation::Phase;
use super::{Due, Mediate, OutOfOrder, Outcome, Stage, Step, TermKey, extending, inviting};

pub(super) fn carry_out(step: &mut Step) -> Outcome {
    if !step.case.stage.due().is_some_and(|due| due.provisional) {
        return Err(OutOfOrder::NotDue);
    }
    inviting::count_answer(step);
    let counted = count(step).ok_or(OutOfOrder::WrongState)?;
    let due = step.case.stage.due_mut().ok_or(OutOfOrder::WrongState)?;
    if *due == counted {
        return Err(OutOfOrder::NotDue);
    }
    *due = counted;
    step.watch();
    Ok(())
}

/// The running term, from the instant it began and by the calendar of today.
fn count(step: &Step) -> Option<Due> {
    let case = &step.case;
    let (key, start) = match &case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Inviting { .. } => return inviting::count(step),
            Mediate::Selecting {
                consented_at,
                choice,
                ..
            } if choice.over => (TermKey::Appointment, *consented_at),
            Mediate::Selecting { consented_at, .. } => (TermKey::Selection, *consented_at),
            Mediate::Disclosing { assignment, .. } => (TermKey::Acceptance, assignment.at),
            Mediate::Active { work }
            | Mediate::Signing { work, .. }
            | Mediate::Paused { work, .. } => return Some(extending::term(step, work)),
            Mediate::Settled { settlement, .. } | Mediate::Partial { settlement, .. } => {
                (TermKey::Confirmation, settlement.effective_at)
            }
            Mediate::Received { .. } | Mediate::Ended { .. } => return None,
        },
        Stage::Confirm {
            phase, settlement, ..
        } => match phase {
            Phase::Prepared => (TermKey::Confirmation, settlement.effective_at),
            Phase::Filed { at, .. } => (TermKey::FilingIntake, *at),
            Phase::Reviewing { filing, .. } => (TermKey::ConfirmationReview, filing.at),
            _ => return None,
        },
        _ => return None,
    };
    Some(step.rules.due_for(key, case.track, &case.dispute, start))
}
