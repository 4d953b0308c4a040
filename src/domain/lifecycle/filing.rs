//! Papers that go with a mediation and decide nothing: what the chancery draws up, and where a party wants to be served.

use super::super::ids::PartyId;
use super::super::paper::{Paper, PaperKind};
use super::super::service::{Service, Wish};
use super::super::stage::{Mediate, Stage};
use super::{Action, Notice, OutOfOrder, Outcome, Recipient, Step, extending, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::FilePaper { paper } => file(step, paper),
        Action::ConfirmService { wish, paper } => confirm(step, wish, paper),
        Action::ReadNotice => read(step),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// After the matter was accepted: its record and its notice once each, and a paper for each extension.
fn file(step: &mut Step, paper: &Paper) -> Outcome {
    match paper.kind {
        PaperKind::IntakeRecord | PaperKind::RightsNotice => {
            accepted(&step.case.stage)?;
            if step.case.latest_paper(paper.kind).is_some() {
                return Err(OutOfOrder::AlreadyDone);
            }
        }
        PaperKind::Extension => extending::file(step, paper.id)?,
        _ => return Err(OutOfOrder::Unknown),
    }
    add(step, paper)?;
    if paper.kind == PaperKind::RightsNotice {
        tell(step);
    }
    Ok(())
}

/// To those who are here already; the others are invited, and find it before their answer.
fn tell(step: &mut Step) {
    let here = step.case.parties.iter().filter(|it| it.person.is_some());
    let here: Vec<PartyId> = here.map(|it| it.id).collect();
    for party in here {
        step.notify(Recipient::Party { party }, Notice::Accepted);
    }
}

/// Noted once, while they can still be made use of: that somebody was told of their rights, and when (人民调解法 23, 24).
fn read(step: &mut Step) -> Outcome {
    let me: PartyId = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let made = step.case.latest_paper(PaperKind::RightsNotice).is_some();
    if !made || !step.case.stage.is_in_mediation() {
        return Err(OutOfOrder::WrongState);
    }
    let at = step.now;
    let seat = step.case.party_mut(me).ok_or(OutOfOrder::Unknown)?;
    if seat.told.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    seat.told = Some(at);
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{Quarrel, Refused, actor, rules};
    use super::super::super::offered::offered;
    use super::super::super::permission::may_know_of;
    use super::super::super::stage::EndCode;
    use super::super::{FollowUp, Transition};
    use super::*;
    use crate::domain::action::ActionKind;
    use crate::domain::fixture::{CLAIMANT, RESPONDENT};

    fn told(transition: &Transition) -> Vec<PartyId> {
        let told = transition.follow_ups.iter().filter_map(|it| match it {
            FollowUp::Notify {
                to: Recipient::Party { party },
                notice: Notice::Accepted,
            } => Some(*party),
            _ => None,
        });
        told.collect()
    }

    #[test]
    fn a_notice_of_rights_is_told_of_and_its_opening_noted_once_for_each() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        let early = quarrel.refuses("claimant", Action::ReadNotice);
        assert_eq!(early, Refused::OutOfOrder(OutOfOrder::WrongState));
        let paper = quarrel.paper(PaperKind::RightsNotice, "rights");
        let filed = quarrel.act("accounts", Action::FilePaper { paper });
        assert_eq!(told(&filed), [CLAIMANT], "the other side is invited");
        let at = quarrel.now;
        quarrel.act("claimant", Action::ReadNotice);
        quarrel.wait(1);
        let again = quarrel.refuses("claimant", Action::ReadNotice);
        assert_eq!(again, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
        let noted = |party| quarrel.case.party(party).unwrap().told;
        assert_eq!((noted(CLAIMANT), noted(RESPONDENT)), (Some(at), None));
        for (name, knows) in [
            ("dispatcher", true),
            ("respondent", false),
            ("judge", false),
        ] {
            let known = may_know_of(&actor(name), &quarrel.case, ActionKind::ReadNotice);
            assert_eq!(known, knows, "{name}");
        }
    }

    #[test]
    fn nobody_is_told_of_rights_in_a_mediation_that_is_over() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).active();
        let paper = quarrel.paper(PaperKind::RightsNotice, "rights");
        quarrel.act("accounts", Action::FilePaper { paper });
        let code = EndCode::TooFarApart;
        quarrel.act("mediator", Action::End { code });
        for _ in 0..2 {
            let late = quarrel.refuses("claimant", Action::ReadNotice);
            assert_eq!(late, Refused::OutOfOrder(OutOfOrder::WrongState));
            let now = quarrel.now;
            let offers = offered(&rules, &quarrel.case, &actor("claimant"), now);
            assert!(!offers.contains(&ActionKind::ReadNotice));
            quarrel.wait(400);
        }
    }
}
