//! Ends without agreement, and closings: the certificate, the other ways, the last page.

use jiff::Timestamp;

use super::super::agreement::Signer;
use super::super::case::Standing;
use super::super::claim::ClaimOutcome;
use super::super::confirmation::Phase;
use super::super::paper::{PaperKind, WhyVoid};
use super::super::stage::{Assess, Closing, EndCode, Ending, Settled};
use super::super::track::Way;
use super::intake::hand_over;
use super::{
    Action, Mediate, Notice, OutOfOrder, Outcome, Recipient, Role, Stage, Step, TermKey, inviting,
    verifying,
};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::End { code } => end(step, *code),
        Action::IssueCertificate { paper, .. } => {
            // Whoever has gone on to arbitration or court still needs it.
            let ending = step.case.stage.ending_mut().ok_or(OutOfOrder::WrongState)?;
            if ending.certificate.is_some() {
                return Err(OutOfOrder::AlreadyDone);
            }
            if paper.kind != PaperKind::NonSettlement {
                return Err(OutOfOrder::Unknown);
            }
            ending.certificate = Some(paper.id);
            step.case.papers.push(paper.clone());
            step.notify_parties(Notice::CertificateIssued);
            Ok(())
        }
        Action::HandOver { to } => leave(step, *to),
        Action::Close => close(step),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// Whoever has signed does not end it for those who have yet to, nor for whoever has signed as well. What is signed by hand
/// ends by whoever mediates and by no clock: nobody else knows whether all hands are under it (人民调解法 29).
fn is_free_to_leave(step: &Step) -> Outcome {
    let Some(agreement) = step.case.stage.signing() else {
        return Ok(());
    };
    let has_sheets = step.permitted.by() == Standing::Mediator && !agreement.is_certified();
    if agreement.by_hand.is_some() && !has_sheets {
        return Err(OutOfOrder::WrongState);
    }
    let has_signed = |party| agreement.is_signed_by(Signer::Party { party });
    if step.permitted.party().is_some_and(has_signed) {
        return Err(OutOfOrder::AlreadyDone);
    }
    Ok(())
}

fn end(step: &mut Step, code: EndCode) -> Outcome {
    is_free_to_leave(step)?;
    let now = step.now;
    let parties = step.case.party_ids();
    let exhausted = inviting::is_exhausted(step);
    if !fits(step.mediate()?, code, now, exhausted) {
        return Err(if step.now_is_too_early(code) {
            OutOfOrder::NotDue
        } else {
            OutOfOrder::WrongState
        });
    }
    let work = step.case.stage.begun();
    let began = work.is_some();
    let undisputed = work
        .map(|work| work.draft.facts_agreed_by(&parties))
        .unwrap_or_default();
    let mediator = step.case.stage.mediator();
    // A draft that was never signed by all is nobody's agreement; its paper goes with it.
    if let Some(paper) = step.case.stage.signing().map(|agreement| agreement.paper) {
        step.void(paper, WhyVoid::Withdrawn);
    }
    for claim in &mut step.case.claims {
        claim.outcome = ClaimOutcome::Unsettled;
    }
    step.enter(Mediate::Ended {
        ending: Ending {
            code,
            at: now,
            mediator,
            began,
            undisputed,
            certificate: None,
        },
    });
    step.notify_parties(Notice::Ended);
    step.notify_mediator(Notice::Ended);
    step.notify_post(
        step.case.organisation,
        Role::SealHolder,
        Notice::CertificateToIssue,
    );
    Ok(())
}

/// Which codes fit which state; what only time can bring waits for it.
fn fits(state: &Mediate, code: EndCode, now: Timestamp, exhausted: bool) -> bool {
    match state {
        Mediate::Received { .. } => code == EndCode::Withdrawn,
        Mediate::Inviting { .. } => match code {
            EndCode::Unreachable => exhausted,
            code => code == EndCode::Withdrawn,
        },
        Mediate::Selecting { .. } | Mediate::Disclosing { .. } => {
            matches!(code, EndCode::Withdrawn | EndCode::Refused | EndCode::Unfit)
        }
        Mediate::Active { work } => match code {
            EndCode::TermExpired => work.due.has_passed(now),
            // Said while it lay open; the mediator looked for another way since.
            EndCode::SigningRefused => work.was_declined(),
            code => code != EndCode::Unreachable,
        },
        Mediate::Signing { work, .. } => match code {
            EndCode::TermExpired => work.due.has_passed(now),
            code => code != EndCode::Unreachable,
        },
        Mediate::Paused { work, why, .. } => match code {
            EndCode::TermExpired => !why.is_excluded() && work.due.has_passed(now),
            code => matches!(code, EndCode::Withdrawn | EndCode::Refused | EndCode::Unfit),
        },
        Mediate::Settled { .. } | Mediate::Partial { .. } | Mediate::Ended { .. } => false,
    }
}

impl Step<'_> {
    fn now_is_too_early(&self, code: EndCode) -> bool {
        matches!(code, EndCode::Unreachable | EndCode::TermExpired)
            && self
                .case
                .stage
                .due()
                .is_some_and(|due| !due.has_passed(self.now) || self.case.ladder().is_some())
    }
}

/// From an end, or from an agreement that is not kept, to arbitration or court.
fn leave(step: &mut Step, to: Way) -> Outcome {
    if !step.rules.is_open(&step.case.dispute, to) {
        return Err(OutOfOrder::WayClosed);
    }
    let so_far = match &step.case.stage {
        Stage::Assess { at: Assess::Routed } => (None, None),
        Stage::Breached {
            settlement,
            mediator,
            ..
        } => {
            let settled = Settled {
                settlement: settlement.as_ref().clone(),
                mediator: *mediator,
            };
            (None, Some(Box::new(settled)))
        }
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Ended { ending } => (Some(ending.clone()), None),
            _ => return Err(OutOfOrder::WrongState),
        },
        _ => return Err(OutOfOrder::WrongState),
    };
    hand_over(step, to, so_far)
}

fn close(step: &mut Step) -> Outcome {
    let why = match &step.case.stage {
        Stage::Assess { .. } => Closing::Ended { ending: None },
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Ended { ending } => Closing::Ended {
                ending: Some(ending.clone()),
            },
            _ => return Err(OutOfOrder::WrongState),
        },
        _ => return Err(OutOfOrder::WrongState),
    };
    step.case.stage = Stage::Closed { at: step.now, why };
    step.notify_parties(Notice::Closed);
    Ok(())
}

/// Closes when every clause is acknowledged, somebody has looked, and no application lies before the court.
pub(super) fn close_if_performed(step: &mut Step) {
    if !step
        .case
        .stage
        .settlement()
        .is_some_and(super::super::agreement::Settlement::is_performed)
    {
        return;
    }
    let confirmed = match &step.case.stage {
        Stage::Confirm {
            phase: Phase::Prepared | Phase::Filed { .. } | Phase::Reviewing { .. },
            ..
        } => return,
        Stage::Confirm { phase, .. } => matches!(phase, Phase::Valid { .. }),
        Stage::Mediate { .. } | Stage::Perform { .. } | Stage::Breached { .. } => false,
        _ => return,
    };
    let Some(settlement) = step.case.stage.settlement().cloned() else {
        return;
    };
    let Some(mediator) = step.case.stage.mediator() else {
        return;
    };
    if !settlement.is_verified() {
        verifying::expect(step);
        return;
    }
    let why = Closing::Performed {
        settlement: Box::new(settlement),
        mediator,
        confirmed,
        follow_up_by: Some(step.due(TermKey::FollowUp)),
        followed_up: Vec::new(),
    };
    step.case.stage = Stage::Closed { at: step.now, why };
    for party in step.case.party_ids() {
        step.notify(Recipient::Party { party }, Notice::Performed);
    }
}

#[cfg(test)]
#[path = "ending/tests.rs"]
mod tests;
