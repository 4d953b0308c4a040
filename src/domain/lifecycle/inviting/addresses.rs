//! The address that was somebody else's, and the better one.

use super::super::super::contact_record::{Attempt, ContactChannel, Outcome as Came};
use super::super::super::ids::PartyId;
use super::super::super::ladder::{Answer, Rung};
use super::super::super::party::{Contact, Party, PartyRole};
use super::super::super::rules::TermKey;
use super::super::{Mediate, Notice, OutOfOrder, Outcome, Recipient, Role, Stage, Step};
use super::{answered, give_ladder, ladder_mut, on, recount, release};

/// Nothing goes that way any more; where none is left, a person finds a better address. Whoever sits at the table has
/// proved a contact, and what stands on paper stays, so there a person looks what is to be changed.
pub(super) fn wrong_person(step: &mut Step, party: PartyId, channel: ContactChannel) -> Outcome {
    if matches!(step.case.stage, Stage::Closed { .. }) {
        return Err(OutOfOrder::WrongState);
    }
    let outcome = match channel {
        ContactChannel::Letter => Came::Moved,
        _ => Came::WrongNumber,
    };
    let attempt = Attempt {
        party,
        channel,
        outcome,
        note: String::new(),
        by: None,
        at: step.now,
        message: None,
    };
    let same = |it: &Attempt| (it.party, it.channel, it.by) == (party, channel, None);
    let mut attempts = step.case.attempts.iter();
    let told = attempts.any(|it| same(it) && it.outcome == outcome);
    let on_paper = step.case.stage.is_on_paper();
    let seat = step.case.party_mut(party).ok_or(OutOfOrder::Unknown)?;
    let stays = on_paper || seat.person.is_some();
    if (stays || !clear(seat, channel)) && told {
        return Err(OutOfOrder::AlreadyDone);
    }
    let lost = !stays && seat.contact.is_empty();
    step.case.attempts.push(attempt);
    if lost {
        answered(step, Some(party), Answer::WrongPerson);
        release(step);
    }
    recount(step);
    let organisation = step.case.organisation;
    step.notify_post(organisation, Role::Dispatcher, Notice::WrongPerson);
    Ok(())
}

/// Takes out what leads that way; whether there was anything.
fn clear(seat: &mut Party, channel: ContactChannel) -> bool {
    match channel {
        ContactChannel::Letter | ContactChannel::Visit => {
            let known = !seat.address.trim().is_empty();
            seat.address.clear();
            known
        }
        ContactChannel::Mail => seat.contact.mail.take().is_some(),
        ContactChannel::Message | ContactChannel::Call => seat.contact.phone.take().is_some(),
    }
}

/// The letter is for whoever is still asked, and somewhere it can be sent to.
pub(super) fn letter(step: &Step, party: PartyId) -> Outcome {
    let mut awaited = step.case.awaited();
    let seat = awaited.find(|seat| seat.id == party);
    if Rung::Letter.reaches(seat.ok_or(OutOfOrder::Unknown)?) {
        Ok(())
    } else {
        Err(OutOfOrder::Empty)
    }
}

/// A better address. An invitation that has not been answered begins anew with it.
pub(super) fn correct(
    step: &mut Step,
    party: PartyId,
    contact: &Contact,
    address: &str,
) -> Outcome {
    if matches!(step.case.stage, Stage::Closed { .. }) || step.case.stage.is_on_paper() {
        return Err(OutOfOrder::WrongState);
    }
    if contact.is_empty() && address.trim().is_empty() {
        return Err(OutOfOrder::Empty);
    }
    let seat = step.case.party_mut(party).ok_or(OutOfOrder::Unknown)?;
    // Whoever sits there has proved their contact; it is theirs to change.
    if seat.person.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    contact.clone_into(&mut seat.contact);
    address.clone_into(&mut seat.address);
    let respondent = seat.role == PartyRole::Respondent;
    give_ladder(step);
    // With whoever asked for a person, a person goes on; now at the better address.
    if !respondent || step.case.ladder().is_none() || step.case.wish(party).is_some() {
        return Ok(());
    }
    let mut invited = step.case.invited.iter_mut();
    if let Some(invited) = invited.find(|invited| invited.party == party) {
        invited.answered = None;
        invited.call_back = None;
    }
    invite_anew(step, party)
}

/// From the first step, with the time that everybody has to answer.
fn invite_anew(step: &mut Step, party: PartyId) -> Outcome {
    step.notify_later(Recipient::Party { party }, Notice::Invitation);
    let case = &step.case;
    // Another of the other side waits for a person.
    if case.awaited().any(|party| case.wish(party.id).is_some()) {
        return Ok(());
    }
    let (now, answer_by) = (step.now, step.due(TermKey::Invitation));
    if let Mediate::Inviting {
        invited_at, due, ..
    } = step.mediate()?
    {
        *invited_at = now;
        *due = answer_by.clone();
    }
    *ladder_mut(step)? = on(step, Rung::Message, now, &answer_by);
    step.watch();
    Ok(())
}
