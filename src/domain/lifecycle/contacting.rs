//! Attempts to reach a party, and what an answer by word of mouth brings about.

use super::super::contact_record::{Attempt, ContactChannel, Outcome as Came};
use super::super::intake::Target;
use super::super::party::PartyRole;
use super::super::time::civil_date;
use super::{Action, Mediate, OutOfOrder, Outcome, Stage, Step, inviting, said};

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    let Action::RecordContact {
        party,
        channel,
        outcome,
        note,
        at,
        message,
    } = action
    else {
        return Err(OutOfOrder::WrongState);
    };
    if matches!(step.case.stage, Stage::Closed { .. }) {
        return Err(OutOfOrder::WrongState);
    }
    let attempt = Attempt {
        party: *party,
        channel: *channel,
        outcome: *outcome,
        note: note.clone(),
        by: step.permitted.actor().person(),
        at: *at,
        message: *message,
    };
    check(step, &attempt)?;
    inviting::give_ladder(step);
    stop_what_leads_nowhere(step, &attempt);
    measure(step, &attempt);
    step.case.attempts.push(attempt);
    inviting::release(step);
    answer(step, *party, *outcome, note)
}

fn check(step: &Step, attempt: &Attempt) -> Outcome {
    let case = &step.case;
    case.party(attempt.party).ok_or(OutOfOrder::Unknown)?;
    if !attempt.channel.outcomes().contains(&attempt.outcome) {
        return Err(OutOfOrder::Unknown);
    }
    if attempt.at > step.now || civil_date(attempt.at) < civil_date(case.opened_at) {
        return Err(OutOfOrder::BadTime);
    }
    // What was given up may go out after all, when staff try it again.
    let after_all =
        |other: &Attempt| (other.outcome, attempt.outcome) == (Came::Undelivered, Came::Sent);
    let known = |other: &Attempt| other.message == attempt.message && !after_all(other);
    if attempt.message.is_some() && case.attempts.iter().any(known) {
        return Err(OutOfOrder::AlreadyDone);
    }
    Ok(())
}

/// The claimant was told that the matter arrived, or somebody spoke with them.
fn measure(step: &mut Step, attempt: &Attempt) {
    let seat = step.case.party(attempt.party);
    if seat.is_none_or(|seat| seat.role != PartyRole::Claimant) {
        return;
    }
    match (attempt.channel, attempt.outcome) {
        (ContactChannel::Message | ContactChannel::Mail, Came::Sent) => step.reach(Target::Receive),
        (ContactChannel::Call | ContactChannel::Visit, Came::Answered) => {
            step.reach(Target::Receive);
            step.reach(Target::Contact);
        }
        _ => {}
    }
}

/// A number or an address that is somebody else's is written to no more; what it was stays in the chain of events.
fn stop_what_leads_nowhere(step: &mut Step, attempt: &Attempt) {
    if (attempt.channel, attempt.outcome) == (ContactChannel::Call, Came::WrongNumber)
        && inviting::forget_call_back(step, attempt.party)
    {
        return inviting::recount(step);
    }
    if step.case.stage.is_on_paper() {
        return;
    }
    let Some(seat) = step.case.party_mut(attempt.party) else {
        return;
    };
    match (attempt.channel, attempt.outcome) {
        (ContactChannel::Call, Came::WrongNumber) if seat.person.is_none() => {
            seat.contact.phone = None;
        }
        (ContactChannel::Letter, Came::Posted) => return inviting::posted(step, attempt.at),
        (ContactChannel::Letter | ContactChannel::Visit, Came::Moved) => seat.address.clear(),
        _ => return,
    }
    inviting::recount(step);
}

/// What the other side says to whoever calls or comes is its answer, and the note says in which words.
fn answer(
    step: &mut Step,
    party: super::super::ids::PartyId,
    outcome: Came,
    note: &str,
) -> Outcome {
    if !outcome.is_answer() {
        return Ok(());
    }
    let respondent = step
        .case
        .party(party)
        .is_some_and(|party| party.role == PartyRole::Respondent);
    let Mediate::Inviting { .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    if !respondent {
        return Err(OutOfOrder::WrongState);
    }
    match outcome {
        Came::Agreed => inviting::agree(step, Some(party)),
        Came::Declined => {
            said(note)?;
            inviting::decline(step, Some(party));
        }
        _ => return inviting::would_meet(step, party),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::actor::{Actor, System};
    use super::super::super::fixture::{CLAIMANT, Quarrel, RESPONDENT, Refused, rules};
    use super::super::super::identity::Phone;
    use super::super::super::permission::Forbidden;
    use super::*;

    fn call(quarrel: &Quarrel, outcome: Came) -> Action {
        Action::RecordContact {
            party: RESPONDENT,
            channel: ContactChannel::Call,
            outcome,
            note: "说要想一想".to_owned(),
            at: quarrel.now,
            message: None,
        }
    }

    #[test]
    fn a_wrong_number_that_a_stranger_left_does_not_cost_the_party_theirs() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        let stranger = Phone::parse("13900000099").unwrap();
        let asks = Action::AskCall {
            party: RESPONDENT,
            phone: stranger,
        };
        quarrel.act("accounts", asks);
        let theirs = quarrel.case.party(RESPONDENT).unwrap().contact.clone();
        let wrong = call(&quarrel, Came::WrongNumber);
        quarrel.act("dispatcher", wrong);
        assert!(theirs.phone.is_some());
        assert_eq!(quarrel.case.party(RESPONDENT).unwrap().contact, theirs);
        assert!(quarrel.case.invited[0].call_back.is_none());
        let wrong = call(&quarrel, Came::WrongNumber);
        quarrel.act("dispatcher", wrong);
        let seat = quarrel.case.party(RESPONDENT).unwrap();
        assert_eq!(
            seat.contact.phone, None,
            "now it was theirs that was dialled"
        );
    }

    #[test]
    fn who_works_on_the_case_writes_down_whom_they_called_and_nobody_else_does() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        for stranger in ["claimant", "operator", "clerk", "clock"] {
            quarrel.refuses(stranger, call(&quarrel, Came::NoAnswer));
        }
        let forbidden = quarrel.refuses("claimant", call(&quarrel, Came::NoAnswer));
        assert_eq!(forbidden, Refused::Forbidden(Forbidden::NotYours));
        quarrel.act("dispatcher", call(&quarrel, Came::NoAnswer));
        let attempt = &quarrel.case.attempts[0];
        assert_eq!(
            (attempt.party, attempt.outcome),
            (RESPONDENT, Came::NoAnswer)
        );
        assert!(attempt.by.is_some());
        assert_eq!(quarrel.case.stage.name(), "mediate.inviting");
    }

    #[test]
    fn a_message_is_written_down_once_and_by_the_platform_alone() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        let sent = |message| Action::RecordContact {
            party: RESPONDENT,
            channel: ContactChannel::Message,
            outcome: Came::Sent,
            note: String::new(),
            at: quarrel.now,
            message,
        };
        let id = Some(Uuid::from_u128(7));
        let (known, unknown) = (sent(id), sent(None));
        let forbidden = Refused::Forbidden(Forbidden::NotYours);
        assert_eq!(quarrel.refuses("dispatcher", known.clone()), forbidden);
        let messages = Actor::System {
            system: System::Messages,
        };
        assert_eq!(quarrel.attempt(&messages, unknown).unwrap_err(), forbidden);
        quarrel.case = quarrel.attempt(&messages, known.clone()).unwrap().case;
        let twice = quarrel.attempt(&messages, known).unwrap_err();
        assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
    }

    #[test]
    fn a_message_that_was_given_up_and_goes_out_after_all_is_proof_once() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        let messages = Actor::System {
            system: System::Messages,
        };
        let noted = |outcome| Action::RecordContact {
            party: RESPONDENT,
            channel: ContactChannel::Message,
            outcome,
            note: String::new(),
            at: quarrel.now,
            message: Some(Uuid::from_u128(7)),
        };
        let (lost, sent) = (noted(Came::Undelivered), noted(Came::Sent));
        for action in [&lost, &sent] {
            quarrel.case = quarrel.attempt(&messages, action.clone()).unwrap().case;
        }
        for action in [lost, sent] {
            let twice = quarrel.attempt(&messages, action).unwrap_err();
            assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
        }
    }

    #[test]
    fn a_yes_or_no_by_word_of_mouth_is_the_other_sides_answer() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        let mut no = quarrel.clone();
        quarrel.act("dispatcher", call(&quarrel, Came::Agreed));
        assert_eq!(quarrel.case.stage.name(), "mediate.selecting");
        no.act("dispatcher", call(&no, Came::Declined));
        assert_eq!(no.case.stage.name(), "mediate.ended");
        let again = quarrel.refuses("dispatcher", call(&quarrel, Came::Agreed));
        assert_eq!(again, Refused::OutOfOrder(OutOfOrder::WrongState));
    }

    #[test]
    fn an_outcome_fits_its_channel_and_its_time() {
        let rules = rules();
        let quarrel = Quarrel::new(&rules).inviting();
        let unknown = Refused::OutOfOrder(OutOfOrder::Unknown);
        assert_eq!(
            quarrel.refuses("dispatcher", call(&quarrel, Came::Posted)),
            unknown
        );
        let bad_time = Refused::OutOfOrder(OutOfOrder::BadTime);
        for hours in [1, -24 * 30] {
            let mut action = call(&quarrel, Came::NoAnswer);
            if let Action::RecordContact { at, .. } = &mut action {
                *at += jiff::SignedDuration::from_hours(hours);
            }
            assert_eq!(quarrel.refuses("dispatcher", action), bad_time);
        }
        let mut claimant = call(&quarrel, Came::Agreed);
        if let Action::RecordContact { party, .. } = &mut claimant {
            *party = CLAIMANT;
        }
        let wrong = Refused::OutOfOrder(OutOfOrder::WrongState);
        assert_eq!(quarrel.refuses("dispatcher", claimant), wrong);
    }

    #[test]
    fn nothing_goes_to_a_number_that_is_somebody_elses() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).inviting();
        quarrel.act("dispatcher", call(&quarrel, Came::WrongNumber));
        assert_eq!(quarrel.case.party(RESPONDENT).unwrap().contact.phone, None);
    }

    /// 解释 353, 354: the application names where each of them lives, as the agreement does.
    #[test]
    fn a_letter_that_comes_back_changes_nothing_that_stands_on_paper() {
        let rules = rules();
        let moved = |quarrel: &Quarrel| Action::RecordContact {
            party: RESPONDENT,
            channel: ContactChannel::Letter,
            outcome: Came::Moved,
            note: "收件人已搬走".to_owned(),
            at: quarrel.now,
            message: None,
        };
        let lives = |quarrel: &Quarrel| quarrel.case.parties[1].address.clone();
        let mut before = Quarrel::new(&rules).agreed();
        let action = moved(&before);
        before.act("mediator", action);
        assert_eq!(lives(&before), "", "nobody writes there any more");
        for mut quarrel in [
            Quarrel::new(&rules).signing(),
            Quarrel::new(&rules).settled(),
        ] {
            let address = lives(&quarrel);
            assert!(!address.is_empty());
            let action = moved(&quarrel);
            quarrel.act("mediator", action);
            assert_eq!(lives(&quarrel), address);
            let noted = quarrel.case.attempts.last().unwrap();
            assert_eq!(noted.outcome, Came::Moved, "it is noted");
        }
    }

    /// A child or a company has no account that would keep staff from changing where it is reached.
    #[test]
    fn where_a_seat_without_an_account_is_reached_stays_while_its_papers_are_open() {
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).signing();
        quarrel.case.parties[1].person = None;
        let seat = quarrel.case.parties[1].clone();
        let better = Action::CorrectContact {
            party: RESPONDENT,
            contact: seat.contact.clone(),
            address: "别处 1 号".to_owned(),
        };
        let refused = quarrel.refuses("dispatcher", better);
        assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::WrongState));
        let channel = ContactChannel::Message;
        let party = RESPONDENT;
        quarrel.act("accounts", Action::WrongPerson { party, channel });
        let wrong = call(&quarrel, Came::WrongNumber);
        quarrel.act("mediator", wrong);
        let after = &quarrel.case.parties[1];
        assert_eq!(
            (&after.contact, &after.address),
            (&seat.contact, &seat.address)
        );
    }
}
