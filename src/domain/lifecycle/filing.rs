//! Papers that go with a mediation and decide nothing: what the chancery draws up, and where a party wants to be served.

use super::super::ids::PartyId;
use super::super::paper::{Paper, PaperKind};
use super::super::service::{Service, Wish};
use super::super::stage::{Mediate, Stage};
use super::{Action, OutOfOrder, Outcome, Step, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::FilePaper { paper } => file(step, paper),
        Action::ConfirmService { wish, paper } => confirm(step, wish, paper),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// Once each, after the matter was accepted.
fn file(step: &mut Step, paper: &Paper) -> Outcome {
    accepted(&step.case.stage)?;
    if !matches!(
        paper.kind,
        PaperKind::IntakeRecord | PaperKind::RightsNotice
    ) {
        return Err(OutOfOrder::Unknown);
    }
    if step.case.latest_paper(paper.kind).is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    add(step, paper)
}

/// A newer form replaces the older one as what holds; the older paper stays, since something may have been served by it.
fn confirm(step: &mut Step, wish: &Wish, paper: &Paper) -> Outcome {
    let me: PartyId = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    accepted(&step.case.stage)?;
    // The application names it; what lies before the court is changed there.
    if matches!(step.case.stage, Stage::Confirm { .. }) {
        return Err(OutOfOrder::WrongState);
    }
    said(&wish.address)?;
    if paper.kind != PaperKind::ServiceAddress || paper.party != Some(me) {
        return Err(OutOfOrder::Unknown);
    }
    let at = step.now;
    let seat = step.case.party_mut(me).ok_or(OutOfOrder::Unknown)?;
    seat.service = Some(Service {
        wish: wish.clone(),
        at,
        paper: paper.id,
    });
    add(step, paper)
}

fn add(step: &mut Step, paper: &Paper) -> Outcome {
    if step.case.paper(paper.id).is_some() {
        return Err(OutOfOrder::Unknown);
    }
    step.case.papers.push(paper.clone());
    Ok(())
}

fn accepted(stage: &Stage) -> Outcome {
    let is = match stage {
        Stage::Consult | Stage::Assess { .. } | Stage::Closed { .. } => false,
        Stage::Mediate { at } => !matches!(**at, Mediate::Received { .. }),
        _ => true,
    };
    if is {
        Ok(())
    } else {
        Err(OutOfOrder::WrongState)
    }
}
