//! Who else sits at the table: asked by the mediator, agreed to by the parties, free to leave at any time.

use super::super::agreement::Agreement;
use super::super::case::Standing;
use super::super::ids::PersonId;
use super::super::stage::Stage;
use super::super::team::{Asked, Capacity, Member};
use super::{Action, Notice, OutOfOrder, Outcome, Step};

/// People beside the mediator and the parties; more is a meeting and no mediation.
const MOST: usize = 8;

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::InviteMember { person, capacity } => invite(step, *person, *capacity),
        Action::JoinTeam => join(step),
        Action::ConsentToMember { person, agrees } => consent(step, *person, *agrees),
        Action::LeaveTeam => leave(step),
        Action::DismissMember { person } => dismiss(step, *person),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn invite(step: &mut Step, person: PersonId, capacity: Capacity) -> Outcome {
    let (by, at) = (step.acting_person()?, step.now);
    if step.case.stage.work().is_none() {
        return Err(OutOfOrder::WrongState);
    }
    let confirms = capacity == Capacity::Confirmer;
    let scanned = step.case.stage.signing();
    if confirms && !scanned.is_some_and(Agreement::is_certified) {
        return Err(OutOfOrder::WrongState);
    }
    let case = &mut step.case;
    let nobody = matches!(capacity, Capacity::Helper(party) if case.party(party).is_none());
    if nobody || !capacity.sits_in() && !confirms {
        return Err(OutOfOrder::Unknown);
    }
    if confirms && case.second_look().is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    if case.named_as(person).is_some() || case.stage.mediator() == Some(person) {
        return Err(OutOfOrder::NotYourTurn);
    }
    let sits = |it: &&Member| it.capacity.sits_in();
    let sitting = case.team.iter().filter(sits).count() + case.asked.len();
    if sitting >= MOST {
        return Err(OutOfOrder::TooMany);
    }
    let there = case
        .team
        .iter()
        .any(|it| it.person == person && it.capacity.sits_in());
    if there || case.asked.iter().any(|it| it.person == person) {
        return Err(OutOfOrder::AlreadyDone);
    }
    case.asked.push(Asked {
        person,
        capacity,
        by,
        at,
        accepted: false,
        consented: std::collections::BTreeSet::new(),
    });
    step.notify_person(person, Notice::MemberAsked);
    if capacity.wants_consent() {
        step.notify_parties(Notice::MemberProposed);
    }
    Ok(())
}

fn join(step: &mut Step) -> Outcome {
    let person = step.acting_person()?;
    let invited = step.case.asked.iter_mut();
    let invited = invited.into_iter().find(|it| it.person == person);
    let invited = invited.ok_or(OutOfOrder::Unknown)?;
    if invited.accepted {
        return Err(OutOfOrder::AlreadyDone);
    }
    invited.accepted = true;
    seat_the_ready(step);
    Ok(())
}

/// A yes and a no can both be taken back: consent is for as long as it is given (人民调解法 20).
fn consent(step: &mut Step, person: PersonId, agrees: bool) -> Outcome {
    let party = step.permitted.party().ok_or(OutOfOrder::WrongState)?;
    let asked = |it: &Asked| it.person == person && it.capacity.wants_consent();
    let sits =
        |it: &Member| it.person == person && it.capacity.sits_in() && it.capacity.wants_consent();
    if agrees {
        let invited = step.case.asked.iter_mut().find(|it| asked(it));
        let invited = invited.ok_or(OutOfOrder::Unknown)?;
        if !invited.consented.insert(party) {
            return Err(OutOfOrder::AlreadyDone);
        }
        seat_the_ready(step);
        return Ok(());
    }
    let before = step.case.asked.len() + step.case.team.len();
    step.case.asked.retain(|it| !asked(it));
    step.case.team.retain(|it| !sits(it));
    if step.case.asked.len() + step.case.team.len() == before {
        return Err(OutOfOrder::Unknown);
    }
    step.notify_mediator(Notice::MemberGone);
    Ok(())
}

fn seat_the_ready(step: &mut Step) {
    let (parties, since) = (step.case.party_ids(), step.now);
    let (ready, waiting): (Vec<_>, Vec<_>) = std::mem::take(&mut step.case.asked)
        .into_iter()
        .partition(|it| it.is_ready(&parties));
    step.case.asked = waiting;
    for it in ready {
        step.case.team.push(Member {
            person: it.person,
            capacity: it.capacity,
            since,
        });
        if it.capacity.only_hears() {
            step.notify_person(it.person, Notice::MemberSeated);
        }
        step.notify_mediator(Notice::MemberJoined);
    }
}

fn leave(step: &mut Step) -> Outcome {
    let person = step.acting_person()?;
    go(step, person)?;
    step.notify_mediator(Notice::MemberGone);
    Ok(())
}

fn dismiss(step: &mut Step, person: PersonId) -> Outcome {
    let of_the_mediator = step.permitted.by() == Standing::Mediator;
    if of_the_mediator && step.acting_person()? == person {
        return Err(OutOfOrder::Unknown);
    }
    go(step, person)?;
    step.notify_person(person, Notice::MemberGone);
    Ok(())
}

/// Whoever wrote the matter down for a party stays who they are.
fn go(step: &mut Step, person: PersonId) -> Outcome {
    if matches!(step.case.stage, Stage::Closed { .. }) {
        return Err(OutOfOrder::WrongState);
    }
    let before = step.case.asked.len() + step.case.team.len();
    step.case.asked.retain(|it| it.person != person);
    let stays = |it: &Member| it.person != person || matches!(it.capacity, Capacity::EnteredFor(_));
    step.case.team.retain(stays);
    if step.case.asked.len() + step.case.team.len() == before {
        return Err(OutOfOrder::Unknown);
    }
    Ok(())
}

#[cfg(test)]
#[path = "teaming/tests.rs"]
mod tests;
