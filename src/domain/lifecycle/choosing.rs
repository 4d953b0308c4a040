//! What the parties wish of their mediator, and whom they name, each without sight of the other's list.

use super::super::rules::TermKey;
use super::super::stage::{Appointed, MOST_NAMED, Stage};
use super::assigning::ask;
use super::{Action, Mediate, Notice, OutOfOrder, Outcome, PersonId, Role, Step};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::TellWishes {
            languages,
            employer,
        } => {
            if !matches!(
                step.case.stage,
                Stage::Assess { .. } | Stage::Mediate { .. }
            ) {
                return Err(OutOfOrder::WrongState);
            }
            let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
            let seat = step.case.party_mut(party).ok_or(OutOfOrder::Unknown)?;
            languages.clone_into(&mut seat.languages);
            employer.clone_into(&mut seat.employer);
            Ok(())
        }
        Action::NameMediators { mediators } => name(step, mediators),
        Action::EndChoice => end(step),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// A party may think again until all have spoken.
fn name(step: &mut Step, mediators: &[PersonId]) -> Outcome {
    let now = step.now;
    let parties = step.case.party_ids();
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let of_the_case = |it: &PersonId| {
        step.case.named_as(*it).is_some()
            || step.case.team.iter().any(|member| member.person == *it)
    };
    let twice = (1..mediators.len()).any(|at| mediators[..at].contains(&mediators[at]));
    if mediators.len() > MOST_NAMED || twice || mediators.iter().any(of_the_case) {
        return Err(OutOfOrder::Unknown);
    }
    let Mediate::Selecting {
        due,
        refused,
        choice,
        ..
    } = step.mediate()?
    else {
        return Err(OutOfOrder::WrongState);
    };
    if choice.over || due.has_passed(now) {
        return Err(OutOfOrder::TooLate);
    }
    if mediators.iter().any(|it| refused.contains(it)) {
        return Err(OutOfOrder::Unknown);
    }
    choice.named.insert(party, mediators.to_vec());
    if !choice.is_complete(&parties) {
        return Ok(());
    }
    if let Some(common) = choice.common(&parties) {
        return ask(step, common, Appointed::Joint);
    }
    appoint(step)
}

/// Nobody is assigned by the clock: a person appoints.
fn end(step: &mut Step) -> Outcome {
    let now = step.now;
    let Mediate::Selecting { due, choice, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if choice.over {
        return Err(OutOfOrder::AlreadyDone);
    }
    if !due.has_passed(now) {
        return Err(OutOfOrder::NotDue);
    }
    appoint(step)
}

/// Nobody was chosen together: a mediator of the organisation that was asked is appointed within days of the house, counted
/// from the consent of both. 在线调解规则 10 counts its own from the application, and so names no day for this.
fn appoint(step: &mut Step) -> Outcome {
    let Mediate::Selecting { consented_at, .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    let from = *consented_at;
    let (track, dispute) = (step.case.track, step.case.dispute.clone());
    let by = step
        .rules
        .due_for(TermKey::Appointment, track, &dispute, from);
    if let Mediate::Selecting { due, choice, .. } = step.mediate()? {
        choice.over = true;
        *due = by;
    }
    step.notify_post(step.case.organisation, Role::Dispatcher, Notice::ChoiceOver);
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::fixture::{MEDIATOR, Quarrel, Refused, actor, rules};
    use super::super::super::offered::due_action;
    use super::super::super::permission::may_know_of;
    use super::*;
    use crate::domain::action::ActionKind;
    use crate::domain::deadline::Basis;
    use crate::domain::organisation::Language;
    use crate::domain::track::Track;

    const OTHER: PersonId = PersonId(Uuid::from_u128(0xb9));

    fn names(mediators: &[PersonId]) -> Action {
        Action::NameMediators {
            mediators: mediators.to_vec(),
        }
    }

    fn assignment(quarrel: &Quarrel) -> (PersonId, Appointed) {
        let Stage::Mediate { at } = &quarrel.case.stage else {
            panic!()
        };
        let Mediate::Disclosing { assignment, .. } = at.as_ref() else {
            panic!()
        };
        (assignment.mediator, assignment.how)
    }

    /// 在线调解规则 10: on the court's tracks the parties have their two days before anybody is appointed.
    fn of_the_court(rules: &crate::domain::rules::Rules) -> Quarrel<'_> {
        let mut begin = Quarrel::new(rules).inviting();
        begin.case.track = Track::CourtDelegated;
        let proven = begin.case.parties[1].contact.clone();
        let party = begin.case.parties[1].id;
        let person = PersonId(Uuid::from_u128(0xb2));
        begin.act(
            "accounts",
            Action::TakeSeat {
                party,
                person,
                proven,
            },
        );
        begin.act("respondent", Action::AcceptInvitation);
        begin
    }

    #[test]
    fn whom_both_name_is_asked_and_the_way_is_written_down() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).selecting();
        quarrel.act("claimant", names(&[OTHER, MEDIATOR]));
        for name in ["claimant", "respondent", "dispatcher"] {
            let knows = may_know_of(&actor(name), &quarrel.case, ActionKind::NameMediators);
            assert_eq!(knows, name == "dispatcher", "{name}");
        }
        quarrel.act("respondent", names(&[MEDIATOR]));
        assert_eq!(assignment(&quarrel), (MEDIATOR, Appointed::Joint));
    }

    #[test]
    fn while_a_party_is_choosing_nobody_is_appointed() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).selecting();
        quarrel.act("claimant", names(&[OTHER]));
        let assign = Action::Assign { mediator: MEDIATOR };
        let waits = Refused::OutOfOrder(OutOfOrder::StillChoosing);
        assert_eq!(quarrel.refuses("dispatcher", assign.clone()), waits);
        quarrel.act("respondent", names(&[MEDIATOR]));
        quarrel.act("dispatcher", assign);
        assert_eq!(assignment(&quarrel), (MEDIATOR, Appointed::NoneInCommon));
    }

    /// 在线调解规则 10: a side may leave it to whoever appoints.
    #[test]
    fn a_side_that_leaves_it_to_the_organisation_ends_the_choosing() {
        let rules = rules();
        let mut quarrel = of_the_court(&rules);
        let assign = Action::Assign { mediator: MEDIATOR };
        let waits = Refused::OutOfOrder(OutOfOrder::StillChoosing);
        assert_eq!(
            quarrel.refuses("dispatcher", assign.clone()),
            waits,
            "two days are theirs"
        );
        quarrel.act("claimant", names(&[]));
        quarrel.act("respondent", names(&[OTHER]));
        quarrel.act("dispatcher", assign);
        assert_eq!(
            assignment(&quarrel),
            (MEDIATOR, Appointed::LeftToOrganisation)
        );
    }

    #[test]
    fn the_clock_ends_the_choosing_and_appoints_nobody() {
        let rules = rules();
        let mut quarrel = of_the_court(&rules);
        quarrel.act("claimant", names(&[OTHER]));
        assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
        quarrel.wait(10);
        let late = Refused::OutOfOrder(OutOfOrder::TooLate);
        assert_eq!(quarrel.refuses("respondent", names(&[OTHER])), late);
        assert_eq!(
            due_action(&rules, &quarrel.case, quarrel.now),
            Some(Action::EndChoice)
        );
        quarrel.act("clock", Action::EndChoice);
        assert_eq!(quarrel.case.stage.name(), "mediate.selecting");
        assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None, "once");
        quarrel.act("dispatcher", Action::Assign { mediator: OTHER });
        assert_eq!(assignment(&quarrel), (OTHER, Appointed::TimeOver));
    }

    #[test]
    fn an_appointment_has_its_own_last_day_without_an_article_once_nobody_was_chosen_together() {
        let rules = rules();
        let mut quarrel = of_the_court(&rules);
        let consent = quarrel.now;
        let chosen_by = quarrel.case.stage.due().unwrap().clone();
        quarrel.act("claimant", names(&[]));
        quarrel.act("respondent", names(&[OTHER]));
        let by = quarrel.case.stage.due().unwrap();
        let dispute = &quarrel.case.dispute;
        let three = rules.due_for(
            TermKey::Appointment,
            Track::CourtDelegated,
            dispute,
            consent,
        );
        assert_eq!((by.at, &by.basis), (three.at, &Basis::HouseDefault));
        assert!(by.at > chosen_by.at && chosen_by.basis != Basis::HouseDefault);
    }

    #[test]
    fn nobody_names_a_party_the_same_one_twice_or_too_many() {
        let rules = rules();
        let quarrel = Quarrel::new(&rules).selecting();
        let unknown = Refused::OutOfOrder(OutOfOrder::Unknown);
        let party = quarrel.case.parties[1].person.unwrap();
        let many: Vec<_> = (0..4).map(|it| PersonId(Uuid::from_u128(it))).collect();
        for list in [vec![party], vec![OTHER, OTHER], many] {
            assert_eq!(quarrel.refuses("claimant", names(&list)), unknown);
        }
    }

    #[test]
    fn a_party_s_wishes_stand_at_its_seat() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).selecting();
        let wish = Action::TellWishes {
            languages: vec![Language::Wu],
            employer: Some("和风客运".to_owned()),
        };
        quarrel.act("respondent", wish);
        assert_eq!(quarrel.case.parties[1].languages, [Language::Wu]);
        assert_eq!(
            quarrel.case.parties[1].employer.as_deref(),
            Some("和风客运")
        );
        assert!(
            quarrel.case.parties[0].languages.is_empty(),
            "nobody else's"
        );
    }
}
