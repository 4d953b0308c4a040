//! The ruling: confirm, dismiss, and who has read it.

use super::super::confirmation::{Phase, Ruling, Service};
use super::super::paper::{Paper, PaperKind};
use super::super::service::Ways;
use super::confirming::{application_phase, grounded, reviewing};
use super::ending::close_if_performed;
use super::{Action, Notice, OutOfOrder, Outcome, Stage, Step};

pub(super) fn confirm(step: &mut Step, paper: &Paper) -> Outcome {
    let rules = step.rules;
    let application = reviewing(step)?;
    if application.open_question().is_some() {
        return Err(OutOfOrder::QuestionOpen);
    }
    let clear = |key: &str| {
        application
            .finding(key)
            .is_some_and(|finding| finding.clear)
    };
    if !rules.condition_keys().all(clear) {
        return Err(OutOfOrder::FindingsMissing);
    }
    let ruling = rule(step, paper, Vec::new(), String::new())?;
    *application_phase(step)? = Phase::Valid { ruling };
    close_if_performed(step);
    Ok(())
}

pub(super) fn dismiss(step: &mut Step, action: &Action) -> Outcome {
    let Action::DismissApplication {
        paper,
        grounds,
        reasons,
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    grounded(step, grounds, reasons)?;
    reviewing(step)?;
    let ruling = rule(step, paper, grounds.clone(), reasons.clone())?;
    *application_phase(step)? = Phase::Dismissed { ruling };
    close_if_performed(step);
    Ok(())
}

/// Makes the ruling and lays it open to every party at once.
fn rule(
    step: &mut Step,
    paper: &Paper,
    grounds: Vec<String>,
    reasons: String,
) -> Result<Ruling, OutOfOrder> {
    if paper.kind != PaperKind::Ruling {
        return Err(OutOfOrder::Unknown);
    }
    let filing = application_phase(step)?.filing().cloned();
    let filing = filing.ok_or(OutOfOrder::WrongState)?;
    let at = step.now;
    let judge = step.acting_person()?;
    let served = step
        .case
        .party_ids()
        .into_iter()
        .map(|party| Service {
            party,
            at,
            read_at: None,
        })
        .collect();
    let Stage::Confirm { application, .. } = &step.case.stage else {
        return Err(OutOfOrder::WrongState);
    };
    // The case will not always be before the court, its paper always says which one it was.
    let court = Some(application.court);
    step.case.papers.push(Paper {
        court,
        ..paper.clone()
    });
    step.notify_parties(Notice::Ruled);
    step.notify_mediator(Notice::Ruled);
    Ok(Ruling {
        filing,
        judge,
        at,
        paper: paper.id,
        grounds,
        reasons,
        served,
    })
}

pub(super) fn receive(step: &mut Step) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let now = step.now;
    // Looking at it online serves nobody who wanted it on paper (在线诉讼规则 29).
    let seat = step.case.party(party);
    if seat.is_some_and(|seat| seat.ways() == Ways::OnPaper) {
        return Err(OutOfOrder::WrongState);
    }
    let (Phase::Valid { ruling } | Phase::Dismissed { ruling }) = application_phase(step)? else {
        return Err(OutOfOrder::WrongState);
    };
    let service = ruling
        .served
        .iter_mut()
        .find(|service| service.party == party)
        .ok_or(OutOfOrder::Unknown)?;
    if service.read_at.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    service.read_at = Some(now);
    Ok(())
}
