//! Judicial confirmation: join, file, look at the conditions, ask, rule, serve.

use super::super::agreement::Settlement;
use super::super::case::Standing;
use super::super::confirmation::{
    Answer, Application, Filing, Finding, Joined, Phase, Supplement, Tick,
};
use super::super::hash::ContentHash;
use super::super::ids::{OrganisationId, PartyId};
use super::super::paper::{Paper, PaperKind, WhyVoid};
use super::super::party::Party;
use super::super::rules::TermKey;
use super::ending::close_if_performed;
use super::signing::replace;
use super::{
    Action, Mediate, Notice, OutOfOrder, Outcome, PersonId, Recipient, Role, Stage, Step, ruling,
    said,
};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::JoinConfirmation {
            court,
            from_hash,
            paper,
            ..
        } => join(step, *court, from_hash.as_ref(), paper),
        Action::WithdrawConfirmation => withdraw(step),
        Action::LapseConfirmation => lapse(step),
        Action::AcceptFiling { number } => accept_filing(step, number),
        Action::RefuseFiling { .. } => ruling::refuse(step, action),
        Action::Find { ticks } => find(step, ticks),
        Action::AskSupplement { question } => ask(step, question),
        Action::AnswerSupplement { text } => answer(step, text),
        Action::ConfirmAgreement { paper, .. } => ruling::confirm(step, paper),
        Action::DismissApplication { .. } => ruling::dismiss(step, action),
        Action::ReceiveRuling => ruling::receive(step),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn join(
    step: &mut Step,
    court: OrganisationId,
    from: Option<&ContentHash>,
    paper: &Paper,
) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    if !step.rules.is_confirmable(&step.case.dispute)
        || !step.rules.is_track_confirmable(step.case.track)
    {
        return Err(OutOfOrder::NotConfirmable);
    }
    if step
        .case
        .stage
        .settlement()
        .is_some_and(|settlement| settlement.confirm_by.has_passed(step.now))
    {
        return Err(OutOfOrder::TooLate);
    }
    if paper.kind != PaperKind::Application {
        return Err(OutOfOrder::Unknown);
    }
    if step.case.party(party).is_some_and(Party::lacks_hand) {
        return Err(OutOfOrder::HandMissing);
    }
    match &step.case.stage {
        Stage::Mediate { at } => {
            let (Mediate::Settled {
                mediator,
                settlement,
            }
            | Mediate::Partial {
                mediator,
                settlement,
            }) = at.as_ref()
            else {
                return Err(OutOfOrder::WrongState);
            };
            let (mediator, settlement) = (*mediator, settlement.clone());
            open_application(step, court, paper, mediator, settlement)
        }
        Stage::Confirm {
            application,
            phase: Phase::Prepared,
            ..
        } => {
            if application.has_joined(party) {
                return Err(OutOfOrder::AlreadyDone);
            }
            if application.court != court || application.paper != paper.id {
                return Err(OutOfOrder::PaperChanged);
            }
            let id = application.paper;
            replace(step, id, from.ok_or(OutOfOrder::PaperChanged)?, &paper.hash)?;
            add(step, party)
        }
        _ => Err(OutOfOrder::WrongState),
    }
}

fn open_application(
    step: &mut Step,
    court: OrganisationId,
    paper: &Paper,
    mediator: PersonId,
    settlement: Settlement,
) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    step.case.papers.push(paper.clone());
    let application = Application {
        court,
        paper: paper.id,
        joined: Vec::new(),
        findings: Vec::new(),
        supplements: Vec::new(),
    };
    step.case.stage = Stage::Confirm {
        settlement: Box::new(settlement),
        mediator,
        application,
        phase: Phase::Prepared,
    };
    step.watch();
    add(step, party)
}

/// The last to join files it: jointly or not at all (民事诉讼法 205).
fn add(step: &mut Step, party: PartyId) -> Outcome {
    let now = step.now;
    let parties = step.case.party_ids();
    let due = step.due(TermKey::FilingIntake);
    let (application, phase) = application(step)?;
    application.joined.push(Joined { party, at: now });
    if !parties.iter().all(|party| application.has_joined(*party)) {
        step.notify_parties(Notice::ConfirmationJoined);
        return Ok(());
    }
    let court = application.court;
    *phase = Phase::Filed { at: now, due };
    step.watch();
    step.notify_post(court, Role::Clerk, Notice::ApplicationFiled);
    for party in parties {
        step.notify(Recipient::Party { party }, Notice::ApplicationFiled);
    }
    Ok(())
}

fn application<'a>(step: &'a mut Step) -> Result<(&'a mut Application, &'a mut Phase), OutOfOrder> {
    match &mut step.case.stage {
        Stage::Confirm {
            application, phase, ..
        } => Ok((application, phase)),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// Before the ruling either may withdraw (解释 357); before filing this just undoes the joining.
fn withdraw(step: &mut Step) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let now = step.now;
    let Stage::Confirm {
        settlement,
        mediator,
        application,
        phase,
    } = &mut step.case.stage
    else {
        return Err(OutOfOrder::WrongState);
    };
    match phase {
        Phase::Prepared => {
            let (mediator, settlement, paper) =
                (*mediator, settlement.as_ref().clone(), application.paper);
            step.void(paper, WhyVoid::Withdrawn);
            step.enter(Mediate::Settled {
                mediator,
                settlement,
            });
        }
        Phase::Filed { .. } | Phase::Reviewing { .. } => {
            *phase = Phase::Withdrawn {
                at: now,
                by: party,
                filing: phase.filing().cloned(),
            }
        }
        _ => return Err(OutOfOrder::WrongState),
    }
    step.notify_parties(Notice::ConfirmationWithdrawn);
    close_if_performed(step);
    Ok(())
}

/// The 30 days are over: the agreement binds as it is (人民调解法 31), the court cannot confirm it any more.
fn lapse(step: &mut Step) -> Outcome {
    let now = step.now;
    let (settlement, mediator) = match &step.case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Settled {
                mediator,
                settlement,
            }
            | Mediate::Partial {
                mediator,
                settlement,
            } => (settlement.clone(), *mediator),
            _ => return Err(OutOfOrder::WrongState),
        },
        Stage::Confirm {
            settlement,
            mediator,
            phase: Phase::Prepared,
            ..
        } => (settlement.as_ref().clone(), *mediator),
        _ => return Err(OutOfOrder::WrongState),
    };
    if !settlement.confirm_by.has_passed(now) {
        return Err(OutOfOrder::NotDue);
    }
    step.case.stage = Stage::Perform {
        settlement: Box::new(settlement),
        mediator,
    };
    step.notify_parties(Notice::ConfirmationLapsed);
    Ok(())
}

pub(super) fn filing(step: &Step, number: &str) -> Result<Filing, OutOfOrder> {
    said(number)?;
    Ok(Filing {
        number: number.to_owned(),
        by: step.acting_person()?,
        at: step.now,
    })
}

fn accept_filing(step: &mut Step, number: &str) -> Outcome {
    let filing = filing(step, number)?;
    let due = step.due(TermKey::ConfirmationReview);
    let (application, phase) = application(step)?;
    let Phase::Filed { .. } = phase else {
        return Err(OutOfOrder::WrongState);
    };
    let court = application.court;
    *phase = Phase::Reviewing { filing, due };
    step.watch();
    step.notify_post(court, Role::Judge, Notice::ApplicationAccepted);
    step.notify_parties(Notice::ApplicationAccepted);
    Ok(())
}

pub(super) fn grounded(step: &Step, grounds: &[String], reasons: &str) -> Outcome {
    said(reasons)?;
    if grounds.is_empty()
        || !grounds
            .iter()
            .all(|ground| step.rules.has_condition(ground))
    {
        return Err(OutOfOrder::GroundsMissing);
    }
    Ok(())
}

fn find(step: &mut Step, ticks: &[Tick]) -> Outcome {
    if ticks.is_empty() {
        return Err(OutOfOrder::Empty);
    }
    if !ticks
        .iter()
        .all(|tick| step.rules.has_condition(&tick.condition))
    {
        return Err(OutOfOrder::Unknown);
    }
    let (by, at, rules) = (step.acting_person()?, step.now, step.rules);
    let (application, phase) = application(step)?;
    let (Phase::Filed { .. } | Phase::Reviewing { .. }) = phase else {
        return Err(OutOfOrder::WrongState);
    };
    let (court, filed) = (application.court, matches!(phase, Phase::Filed { .. }));
    let known = |key: &str| application.finding(key).is_some_and(|it| !it.clear);
    let mut bars = ticks.iter().filter(|it| !it.clear && !known(&it.condition));
    let barred = bars.any(|it| rules.bars_intake(&it.condition));
    for tick in ticks {
        application
            .findings
            .retain(|finding| finding.condition != tick.condition);
        application.findings.push(Finding {
            condition: tick.condition.clone(),
            clear: tick.clear,
            note: tick.note.clone(),
            by,
            at,
        });
    }
    // Not to accept is a ruling, and the clerk has no button for it (解释 355).
    if filed && barred && step.permitted.by() == Standing::Clerk {
        step.notify_post(court, Role::Judge, Notice::IntakeDoubted);
    }
    Ok(())
}

pub(super) fn reviewing<'a>(step: &'a mut Step) -> Result<&'a mut Application, OutOfOrder> {
    match application(step)? {
        (application, Phase::Reviewing { .. }) => Ok(application),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn ask(step: &mut Step, question: &str) -> Outcome {
    said(question)?;
    let asked_at = step.now;
    let application = reviewing(step)?;
    if application.open_question().is_some() {
        return Err(OutOfOrder::QuestionOpen);
    }
    application.supplements.push(Supplement {
        asked_at,
        question: question.to_owned(),
        answer: None,
    });
    step.notify_parties(Notice::SupplementAsked);
    Ok(())
}

fn answer(step: &mut Step, text: &str) -> Outcome {
    said(text)?;
    let by = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let at = step.now;
    let application = reviewing(step)?;
    let court = application.court;
    let open = application
        .supplements
        .iter_mut()
        .find(|supplement| supplement.answer.is_none())
        .ok_or(OutOfOrder::WrongState)?;
    open.answer = Some(Answer {
        by,
        at,
        text: text.to_owned(),
    });
    step.notify_post(court, Role::Judge, Notice::SupplementAnswered);
    Ok(())
}

pub(super) fn application_phase<'a>(step: &'a mut Step) -> Result<&'a mut Phase, OutOfOrder> {
    Ok(application(step)?.1)
}
