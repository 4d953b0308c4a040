//! Somebody acts for a party: named with their authority, looked at, and gone again.

use super::super::agent::{Agent, Named, Past, Right};
use super::super::exhibit::{Exhibit, ExhibitKind};
use super::super::hash::ContentHash;
use super::super::ids::{PartyId, PersonId};
use super::super::party::{Document, IdentityCheck, IdentityMethod, Party};
use super::super::session::Session;
use super::super::stage::{Mediate, Stage};
use super::super::time::civil_date;
use super::{Action, Notice, OutOfOrder, Outcome, Recipient, Step, said, unsigned};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    // 民法典 173 (2): either's word ends it, whatever has been agreed since.
    if let Action::DismissAgent { party, seen } = action {
        return dismiss(step, *party, seen);
    }
    // Once the agreement is on paper, nobody signs it for another who is not named there: an edit goes over the board.
    let open = matches!(step.case.stage, Stage::Assess { .. }) || step.case.stage.is_in_mediation();
    if !open || step.case.stage.signing().is_some() {
        return Err(OutOfOrder::WrongState);
    }
    match action {
        Action::NameAgent { party, named } => name(step, *party, named),
        Action::AcceptAgent { .. } => accept(step, action),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// The new one is looked at anew, and until then whoever acts goes on acting: a ward is not without its guardian because
/// somebody else was named.
fn name(step: &mut Step, party: PartyId, named: &Named) -> Outcome {
    match &named.right {
        Right::Guardian { relation, .. } => said(relation)?,
        Right::Attorney { power, .. } if *power > civil_date(step.now) => {
            return Err(OutOfOrder::BadTime);
        }
        Right::Attorney { .. } | Right::Representative => {}
    }
    step.case.party(party).ok_or(OutOfOrder::Unknown)?;
    let mut others = step.case.parties.iter().filter(|seat| seat.id != party);
    let shares = |seat: &Party| {
        let agents = seat.agent.iter().chain(&seat.named);
        let agents = agents.map(|it| &it.contact);
        let mut contacts = agents.chain([&seat.contact]);
        contacts.any(|contact| contact.shares(&named.contact))
    };
    if others.any(shares) {
        return Err(OutOfOrder::OtherSide);
    }
    let (by, at) = (step.acting_person()?, step.now);
    let Named {
        name,
        contact,
        right,
        proof,
    } = named.clone();
    unname(step, party)?;
    let seat = step.case.party_mut(party).ok_or(OutOfOrder::Unknown)?;
    let new = Some(Box::new(Agent {
        person: None,
        name,
        contact,
        right,
        proof: proof.clone(),
        named_by: by,
        named_at: at,
        accepted: None,
    }));
    if seat.agent.is_some() {
        seat.named = new;
    } else {
        seat.agent = new;
    }
    if !step.case.exhibits.iter().any(|known| known.file == proof) {
        step.case.exhibits.push(Exhibit {
            kind: ExhibitKind::Authority,
            note: named.name.to_string(),
            file: proof,
            by,
            at,
        });
    }
    step.notify_mediator(Notice::AgentNamed);
    tell_side(step, party);
    Ok(())
}

/// The party and whoever acts for it hear who was named, but for whoever did it.
fn tell_side(step: &mut Step, party: PartyId) {
    let by = step.permitted.actor().person();
    let seat = step.case.party(party);
    if seat.is_some_and(|seat| seat.person != by) {
        step.notify(Recipient::Party { party }, Notice::AgentNamed);
    } else if let Some(agent) = seat.and_then(Party::agent).and_then(|it| it.person)
        && Some(agent) != by
    {
        step.notify_person(agent, Notice::AgentNamed);
    }
}

/// Whoever was named and not looked at is nobody any more, and what was to show their right is not kept.
fn unname(step: &mut Step, party: PartyId) -> Outcome {
    let seat = step.case.party_mut(party).ok_or(OutOfOrder::Unknown)?;
    let gone = match seat.named.take() {
        Some(named) => Some(named),
        None => seat.agent.take_if(|agent| !agent.stands()),
    };
    let Some(gone) = gone else { return Ok(()) };
    let case = &mut step.case;
    let rests = case.parties.iter().any(|it| it.rests_on(&gone.proof));
    case.exhibits.retain(|it| {
        let is_theirs = it.file == gone.proof && it.kind == ExhibitKind::Authority;
        rests || !is_theirs || it.by != gone.named_by
    });
    Ok(())
}

/// 特邀调解规定 16, 民法典 168: nobody acts for two sides, nor for one and as something else. Asked once it is known who
/// holds the contact.
fn stands_on_no_other_side(step: &Step, party: PartyId, person: PersonId) -> Outcome {
    let case = &step.case;
    if case.party(party).is_none() {
        return Err(OutOfOrder::Unknown);
    }
    let mut others = case.parties.iter().filter(|seat| seat.id != party);
    let is_of_another = others.any(|seat| seat.named_as(person).is_some());
    let team = case.team.iter().map(|it| it.person);
    let mut beside = team.chain(case.asked.iter().map(|it| it.person));
    let works_on_it = case.stage.mediator() == Some(person) || beside.any(|it| it == person);
    if is_of_another || works_on_it {
        return Err(OutOfOrder::OtherSide);
    }
    Ok(())
}

/// Another account, and the same card.
fn is_on_no_other_card(step: &Step, party: PartyId, fingerprint: &str) -> Outcome {
    let others = step.case.parties.iter().filter(|seat| seat.id != party);
    let mut checks = others.flat_map(|seat| {
        let agent = seat.agent().and_then(|it| it.accepted.as_ref());
        agent.into_iter().chain(&seat.identity)
    });
    if checks.any(|check| check.fingerprint == fingerprint) {
        return Err(OutOfOrder::OtherSide);
    }
    Ok(())
}

fn accept(step: &mut Step, action: &Action) -> Outcome {
    let Action::AcceptAgent {
        party,
        seen,
        person,
        method,
        masked,
        sealed,
        fingerprint,
        address,
        document,
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    if *method == IdentityMethod::CardInRoom && !is_in_call(step) {
        return Err(OutOfOrder::NoSession);
    }
    // No company acts for another: people do.
    let document = document.clone().unwrap_or_default();
    if matches!(document, Document::Licence { .. }) {
        return Err(OutOfOrder::Unknown);
    }
    let seat = step.case.party(*party).ok_or(OutOfOrder::Unknown)?;
    let none = || match seat.agent() {
        Some(_) => OutOfOrder::AlreadyDone,
        None => OutOfOrder::Unknown,
    };
    let mut agent = seat.waiting().ok_or_else(none)?.clone();
    // Whoever was named since then was not looked at.
    if agent.mark() != *seen {
        return Err(OutOfOrder::PaperChanged);
    }
    stands_on_no_other_side(step, *party, *person)?;
    is_on_no_other_card(step, *party, fingerprint)?;
    let check = IdentityCheck {
        method: *method,
        by: step.acting_person()?,
        at: step.now,
        masked: masked.clone(),
        sealed: sealed.clone(),
        fingerprint: fingerprint.clone(),
        document,
    };
    agent.accepted = Some(check);
    agent.person = Some(*person);
    let before = leave(step, *party)?.filter(Agent::stands);
    let seat = step.case.party_mut(*party).ok_or(OutOfOrder::Unknown)?;
    // Whose card is never looked at is asked nowhere else.
    if let Some(address) = address.as_ref().filter(|_| seat.address.trim().is_empty()) {
        address.clone_into(&mut seat.address);
    }
    seat.named = None;
    seat.agent = Some(Box::new(agent));
    let before = before.and_then(|before| before.person);
    if let Some(before) = before.filter(|before| before != person) {
        step.notify_person(before, Notice::AgentGone);
    }
    step.notify(Recipient::Party { party: *party }, Notice::AgentAccepted);
    Ok(())
}

fn is_in_call(step: &mut Step) -> bool {
    match step.mediate() {
        Ok(Mediate::Active { work }) => work.sessions.iter().any(Session::is_open),
        _ => false,
    }
}

/// Whoever acted does so no more, and the papers of their time go on naming them.
fn leave(step: &mut Step, party: PartyId) -> Result<Option<Agent>, OutOfOrder> {
    let until = step.now;
    let seat = step.case.party_mut(party).ok_or(OutOfOrder::Unknown)?;
    let gone = seat.agent.take().map(|agent| *agent);
    if let Some(agent) = gone.clone().filter(Agent::stands) {
        seat.former.push(Past { agent, until });
    }
    Ok(gone)
}

/// Everybody is told (民事诉讼法 63). What lies open for the signature of whoever is gone is signed by nobody.
fn dismiss(step: &mut Step, party: PartyId, seen: &ContentHash) -> Outcome {
    let seat = step.case.party(party).ok_or(OutOfOrder::Unknown)?;
    if seat
        .waiting()
        .is_some_and(|waiting| waiting.mark() == *seen)
    {
        unname(step, party)?;
        step.notify_mediator(Notice::AgentNamed);
        return Ok(());
    }
    if seat.agent().ok_or(OutOfOrder::Unknown)?.mark() != *seen {
        return Err(OutOfOrder::PaperChanged);
    }
    let waited = step.case.waits_for_agent(party);
    let gone = leave(step, party)?.ok_or(OutOfOrder::Unknown)?;
    let seat = step.case.party_mut(party).ok_or(OutOfOrder::Unknown)?;
    seat.agent = seat.named.take();
    let by = step.permitted.actor().person();
    if let Some(gone) = gone.person.filter(|gone| Some(*gone) != by) {
        step.notify_person(gone, Notice::AgentGone);
    }
    step.notify_mediator(Notice::AgentNamed);
    tell_parties(step, party);
    if waited {
        unsigned::agent_gone(step)?;
    }
    Ok(())
}

/// All but whoever does it; the party also where its agent does.
fn tell_parties(step: &mut Step, party: PartyId) {
    step.notify_parties(Notice::AgentNamed);
    let by = step.permitted.actor().person();
    let is_party = step.case.party(party).is_some_and(|it| it.person == by);
    if step.permitted.party() == Some(party) && !is_party {
        step.notify(Recipient::Party { party }, Notice::AgentNamed);
    }
}

#[cfg(test)]
#[path = "acting/tests.rs"]
mod tests;
