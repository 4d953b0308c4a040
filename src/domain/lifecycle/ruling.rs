//! The ruling: confirm, dismiss, not accept, and who has read it.

use super::super::confirmation::{Phase, Ruling, Service};
use super::super::paper::{Paper, PaperKind};
use super::super::service::Ways;
use super::confirming::{application_phase, filing, grounded, reviewing};
use super::ending::close_if_performed;
use super::{Action, Notice, OutOfOrder, Outcome, Stage, Step, serving};

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
    ruled(step);
    Ok(())
}

pub(super) fn dismiss(step: &mut Step, action: &Action) -> Outcome {
    let Action::DismissApplication {
        paper,
        grounds,
        reasons,
        ..
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    grounded(step, grounds, reasons)?;
    reviewing(step)?;
    let ruling = rule(step, paper, grounds.clone(), reasons.clone())?;
    *application_phase(step)? = Phase::Dismissed { ruling };
    ruled(step);
    Ok(())
}

/// 解释 355: on the grounds of intake alone; those of 358 are for after it.
pub(super) fn refuse(step: &mut Step, action: &Action) -> Outcome {
    let Action::RefuseFiling {
        number,
        grounds,
        reasons,
        paper,
        ..
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    grounded(step, grounds, reasons)?;
    if !grounds.iter().all(|ground| step.rules.bars_intake(ground)) {
        return Err(OutOfOrder::GroundsMissing);
    }
    let filing = filing(step, number)?;
    let Phase::Filed { .. } = application_phase(step)? else {
        return Err(OutOfOrder::WrongState);
    };
    let served = serve(step, paper, Notice::ApplicationRefused)?;
    *application_phase(step)? = Phase::NotAccepted {
        filing,
        grounds: grounds.clone(),
        reasons: reasons.clone(),
        paper: Some(paper.id),
        served,
    };
    ruled(step);
    Ok(())
}

/// What is performed already is closed by the ruling itself: who is to be brought it is said before.
fn ruled(step: &mut Step) {
    serving::owe(step);
    close_if_performed(step);
}

/// Makes the ruling and lays it open to every party at once.
fn rule(
    step: &mut Step,
    paper: &Paper,
    grounds: Vec<String>,
    reasons: String,
) -> Result<Ruling, OutOfOrder> {
    let filing = application_phase(step)?.filing().cloned();
    let filing = filing.ok_or(OutOfOrder::WrongState)?;
    let at = step.now;
    let judge = step.acting_person()?;
    let served = serve(step, paper, Notice::Ruled)?;
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

/// The paper of a ruling, under the name of its court, and the parties it is served on.
fn serve(step: &mut Step, paper: &Paper, notice: Notice) -> Result<Vec<Service>, OutOfOrder> {
    if paper.kind != PaperKind::Ruling {
        return Err(OutOfOrder::Unknown);
    }
    let Stage::Confirm { application, .. } = &step.case.stage else {
        return Err(OutOfOrder::WrongState);
    };
    // The case will not always be before the court, its paper always says which one it was.
    let court = Some(application.court);
    step.case.papers.push(Paper {
        court,
        ..paper.clone()
    });
    step.notify_parties(notice);
    step.notify_mediator(notice);
    let parties = step.case.party_ids().into_iter();
    let open = |party| Service {
        party,
        at: step.now,
        read_at: None,
    };
    Ok(parties.map(open).collect())
}

pub(super) fn receive(step: &mut Step) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let now = step.now;
    // Looking at it online serves nobody who wanted it on paper (在线诉讼规则 29).
    let seat = step.case.party(party);
    if seat.is_some_and(|seat| seat.ways() == Ways::OnPaper) {
        return Err(OutOfOrder::WrongState);
    }
    let served = match application_phase(step)? {
        Phase::Valid { ruling } | Phase::Dismissed { ruling } => &mut ruling.served,
        Phase::NotAccepted { served, .. } => served,
        _ => return Err(OutOfOrder::WrongState),
    };
    let service = served
        .iter_mut()
        .find(|service| service.party == party)
        .ok_or(OutOfOrder::Unknown)?;
    if service.read_at.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    service.read_at = Some(now);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::super::confirmation::Tick;
    use super::super::super::fixture::{COURT, COURT_NUMBER, Quarrel, Refused, rules};
    use super::super::super::permission::Forbidden;
    use super::super::{FollowUp, Recipient, Role};
    use super::*;

    fn out(why: OutOfOrder) -> Refused {
        Refused::OutOfOrder(why)
    }

    /// 解释 355 lists what is not accepted; what 358 lists is found by the judge, after acceptance.
    #[test]
    fn an_application_is_refused_on_grounds_of_intake_alone() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).filed();
        let paper = quarrel.paper(PaperKind::Ruling, "refusal");
        let refuse = |ground: &str| Action::RefuseFiling {
            number: COURT_NUMBER.to_owned(),
            grounds: vec![ground.to_owned()],
            reasons: "应由另一家法院管辖。".to_owned(),
            paper: paper.clone(),
            shown: None,
        };
        assert_eq!(
            quarrel.refuses("judge", refuse("unclear")),
            out(OutOfOrder::GroundsMissing)
        );
        assert_eq!(
            quarrel.refuses("clerk", refuse("other-court")),
            Refused::Forbidden(Forbidden::NotYours),
            "a ruling is the judge's"
        );
        quarrel.act("judge", refuse("other-court"));
        assert_eq!(quarrel.case.stage.name(), "confirm.not_accepted");
        let kept = quarrel.case.latest_paper(PaperKind::Ruling).unwrap();
        assert_eq!(kept.court, Some(COURT));
        quarrel.act("claimant", Action::ReceiveRuling);
        assert_eq!(quarrel.case.open_deliveries().count(), 1);
    }

    #[test]
    fn the_judges_are_told_once_when_a_clerk_sees_what_bars_intake() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).filed();
        let judges = Recipient::Post {
            organisation: COURT,
            role: Role::Judge,
        };
        let find = |condition: &str, clear| Action::Find {
            ticks: vec![Tick {
                condition: condition.to_owned(),
                clear,
                note: String::new(),
            }],
        };
        for (name, action, told) in [
            ("clerk", find("unclear", false), false),
            ("clerk", find("other-court", true), false),
            ("clerk", find("other-court", false), true),
            ("clerk", find("other-court", false), false),
            ("judge", find("late", false), false),
        ] {
            let follow_ups = quarrel.act(name, action.clone()).follow_ups;
            let notice = Notice::IntakeDoubted;
            let asked = FollowUp::Notify { to: judges, notice };
            assert_eq!(follow_ups.contains(&asked), told, "{name} {action:?}");
        }
    }

    #[test]
    fn a_ruling_is_served_on_every_party_and_read_once() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).confirmed();
        quarrel.act("claimant", Action::ReceiveRuling);
        assert_eq!(
            quarrel.refuses("claimant", Action::ReceiveRuling),
            out(OutOfOrder::AlreadyDone)
        );
        let Stage::Confirm {
            phase: Phase::Valid { ruling },
            ..
        } = &quarrel.case.stage
        else {
            panic!("a valid ruling")
        };
        assert_eq!(ruling.served.len(), 2);
        assert_eq!(
            ruling
                .served
                .iter()
                .filter(|service| service.read_at.is_some())
                .count(),
            1
        );
    }
}
