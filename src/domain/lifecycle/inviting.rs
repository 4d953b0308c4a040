//! The invitation: step by step until the other side answers, and what each answer brings about.

use jiff::{SignedDuration, Timestamp};

use super::super::identity::Phone;
use super::super::ids::{PartyId, PersonId};
use super::super::ladder::{Answer, Answered, Invited, Ladder, Rung};
use super::super::party::Party;
use super::super::rules::TermKey;
use super::super::stage::{Choice, EndCode, Ending};
use super::{
    Action, Due, Mediate, Notice, OutOfOrder, Outcome, Recipient, Role, Stage, Step, said,
};

const A_DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn carry_out(step: &mut Step, action: &Action) -> Outcome {
    match action {
        Action::CorrectContact {
            party,
            contact,
            address,
        } => return addresses::correct(step, *party, contact, address),
        Action::WrongPerson { party, channel } => {
            return addresses::wrong_person(step, *party, *channel);
        }
        _ => {}
    }
    let Mediate::Inviting { .. } = step.mediate()? else {
        return Err(OutOfOrder::WrongState);
    };
    give_ladder(step);
    let by = step.permitted.party();
    match action {
        Action::AskForHelp => ask(step, by, Answer::Help, Notice::HelpWanted),
        // Whoever asks is told of no fear: the way is not open, and that is all.
        Action::AskToMeet if step.case.intake.safety.stands() => Err(OutOfOrder::WrongState),
        Action::AskToMeet => ask(step, by, Answer::Meet, Notice::MeetingWanted),
        Action::AcceptInvitation => {
            agree(step, by);
            Ok(())
        }
        Action::DeclineInvitation { reason } => {
            said(reason)?;
            decline(step, by);
            Ok(())
        }
        Action::StepUp => step_up(step),
        Action::TakeVisit { person } => take_visit(step, *person),
        Action::PrintLetter { party } => addresses::letter(step, *party),
        Action::AskCall { party, phone } => ask_call(step, *party, phone),
        _ => Err(OutOfOrder::WrongState),
    }
}

/// 受理: everybody on the other side is invited.
pub(super) fn begin(step: &mut Step) {
    let respondents = respondents(step);
    note_invited(step, step.now);
    let due = step.due(TermKey::Invitation);
    let ladder = on(step, Rung::Message, step.now, &due);
    step.enter(Mediate::Inviting {
        invited_at: step.now,
        due,
        help_wanted: false,
        ladder: Some(ladder),
    });
    for party in respondents {
        step.notify(Recipient::Party { party }, Notice::Invitation);
    }
}

fn note_invited(step: &mut Step, at: Timestamp) {
    for party in respondents(step) {
        if !step.case.invited.iter().any(|it| it.party == party) {
            step.case.invited.push(Invited {
                party,
                at,
                answered: None,
                silent_at: None,
                call_back: None,
            });
        }
    }
}

/// A case that was invited before there were steps stands on the first of them from now.
pub(super) fn give_ladder(step: &mut Step) {
    let Ok(Mediate::Inviting {
        invited_at,
        due,
        ladder: None,
        ..
    }) = step.mediate()
    else {
        return;
    };
    let (at, answer_by) = (*invited_at, due.clone());
    note_invited(step, at);
    let first = on(step, Rung::Message, step.now, &answer_by);
    if let Ok(Mediate::Inviting { ladder, .. }) = step.mediate() {
        *ladder = Some(first);
    }
    step.watch();
}

fn respondents(step: &Step) -> Vec<PartyId> {
    step.case.awaited().map(|party| party.id).collect()
}

/// On a rung from now. Silence ends nothing before the day that was named in the invitation.
fn on(step: &Step, rung: Rung, from: Timestamp, answer_by: &Due) -> Ladder {
    Ladder {
        rung,
        since: step.now,
        from,
        due: wait(step, rung, from, answer_by),
        held: false,
        visitor: None,
    }
}

fn wait(step: &Step, rung: Rung, since: Timestamp, answer_by: &Due) -> Due {
    let case = &step.case;
    let due = step
        .rules
        .due_for(rung.term(), case.track, &case.dispute, since);
    if next(step, rung).is_some() {
        return due;
    }
    let later = |one: Due, other: Due| if other.at > one.at { other } else { one };
    let last = later(due, answer_by.clone());
    match to_find(step) {
        Some(found_by) => later(last, found_by),
        None => last,
    }
}

/// By when a better address should be found for whoever has none left.
fn to_find(step: &Step) -> Option<Due> {
    let case = &step.case;
    let lost = case.awaited().filter(|party| case.needs_address(party));
    let told = |party: &Party| {
        let mut of_party = case.attempts.iter().filter(|it| it.party == party.id);
        of_party.rfind(|it| it.by.is_none()).map(|it| it.at)
    };
    let since = lost.filter_map(told).max()?;
    let due = step
        .rules
        .due_for(TermKey::FindAddress, case.track, &case.dispute, since);
    Some(due)
}

/// The next step by which somebody can be reached at all.
fn next(step: &Step, rung: Rung) -> Option<Rung> {
    let reaches = |rung: &Rung| step.case.awaited().any(|party| rung.reaches(party));
    step.rules.steps_after(rung).find(reaches)
}

/// The running wait and the day of the answer, counted again by the calendar of today.
pub(super) fn count(step: &Step) -> Option<Due> {
    let Stage::Mediate { at } = &step.case.stage else {
        return None;
    };
    let Mediate::Inviting {
        invited_at, ladder, ..
    } = at.as_ref()
    else {
        return None;
    };
    let case = &step.case;
    let answer_by = |since| {
        step.rules
            .due_for(TermKey::Invitation, case.track, &case.dispute, since)
    };
    Some(match ladder {
        None => answer_by(*invited_at),
        Some(ladder) if ladder.held => answer_by(ladder.from),
        Some(ladder) => wait(step, ladder.rung, ladder.from, &answer_by(*invited_at)),
    })
}

/// Whether every step was taken and the last wait is over; of cases from before there were steps, whether their term is.
pub(super) fn is_exhausted(step: &Step) -> bool {
    let passed = |due: Option<&Due>| due.is_some_and(|due| due.has_passed(step.now));
    let answer_by = passed(step.case.stage.answer_by());
    step.case.ladder().map_or(answer_by, |ladder| {
        let over = answer_by && passed(Some(&ladder.due));
        !ladder.held && over && next(step, ladder.rung).is_none()
    })
}

/// Waiting for whoever has not answered ends with the invitation, whatever ended it.
pub(super) fn end_waiting(step: &mut Step) {
    if matches!(step.mediate(), Ok(Mediate::Inviting { .. })) {
        return;
    }
    let now = step.now;
    for invited in &mut step.case.invited {
        if invited.answered.is_none() {
            invited.silent_at.get_or_insert(now);
        }
    }
}

fn ladder_mut<'a>(step: &'a mut Step) -> Result<&'a mut Ladder, OutOfOrder> {
    match step.mediate()? {
        Mediate::Inviting {
            ladder: Some(ladder),
            ..
        } => Ok(ladder),
        _ => Err(OutOfOrder::WrongState),
    }
}

fn step_up(step: &mut Step) -> Outcome {
    let ladder = step.case.ladder().ok_or(OutOfOrder::WrongState)?;
    if ladder.held || !ladder.due.has_passed(step.now) {
        return Err(OutOfOrder::NotDue);
    }
    let rung = next(step, ladder.rung).ok_or(OutOfOrder::NotDue)?;
    // The wait before ended with its day. Where the clock itself came late, nobody has less time for it.
    let ended = ladder.due.at;
    let in_time = step.now.duration_since(ended) < A_DAY;
    let from = if in_time { ended } else { step.now };
    climb(step, rung, from)
}

fn climb(step: &mut Step, rung: Rung, from: Timestamp) -> Outcome {
    let answer_by = step
        .case
        .stage
        .answer_by()
        .cloned()
        .ok_or(OutOfOrder::WrongState)?;
    *ladder_mut(step)? = on(step, rung, from, &answer_by);
    step.watch();
    let organisation = step.case.organisation;
    let notice = match rung {
        Rung::Message | Rung::Reminder => {
            // The first step is never climbed to: whoever begins anew is invited anew.
            for party in respondents(step) {
                step.notify_later(Recipient::Party { party }, Notice::InvitationReminder);
            }
            return Ok(());
        }
        Rung::Call => Notice::CallDue,
        Rung::Letter => Notice::LetterDue,
        Rung::Visit => Notice::VisitDue,
    };
    let role = Role::Dispatcher;
    step.notify_later(Recipient::Post { organisation, role }, notice);
    Ok(())
}

fn take_visit(step: &mut Step, person: PersonId) -> Outcome {
    let ladder = ladder_mut(step)?;
    if ladder.rung != Rung::Visit || ladder.held {
        return Err(OutOfOrder::WrongState);
    }
    if ladder.visitor.replace(person) == Some(person) {
        return Err(OutOfOrder::AlreadyDone);
    }
    Ok(())
}

/// Help, or a table to sit at: a person goes on from here, within the term of an invitation.
fn ask(step: &mut Step, by: Option<PartyId>, answer: Answer, notice: Notice) -> Outcome {
    let party = by.ok_or(OutOfOrder::WrongState)?;
    let waits = step.case.wish(party).is_some();
    let due = step.due(TermKey::Invitation);
    let now = step.now;
    let Mediate::Inviting {
        help_wanted,
        ladder,
        ..
    } = step.mediate()?
    else {
        return Err(OutOfOrder::WrongState);
    };
    if answer == Answer::Help {
        *help_wanted = true;
    }
    if let Some(ladder) = ladder {
        ladder.held = true;
        ladder.since = now;
        ladder.from = now;
        ladder.due = due;
    }
    if waits && step.case.answer(party) == Some(answer) {
        return Err(OutOfOrder::AlreadyDone);
    }
    answered(step, by, answer);
    step.watch();
    step.notify_post(step.case.organisation, Role::Dispatcher, notice);
    Ok(())
}

/// As [`Action::AskForHelp`], from whoever holds the link and could not prove a contact: nothing of the matter goes to that
/// number before a person has spoken with them.
fn ask_call(step: &mut Step, party: PartyId, phone: &Phone) -> Outcome {
    let seat = step.case.awaited().find(|seat| seat.id == party);
    if seat.ok_or(OutOfOrder::Unknown)?.person.is_some() {
        return Err(OutOfOrder::AlreadyDone);
    }
    ask(step, Some(party), Answer::Help, Notice::HelpWanted)?;
    let mut invited = step.case.invited.iter_mut();
    if let Some(invited) = invited.find(|it| it.party == party) {
        invited.call_back = Some(phone.clone());
    }
    Ok(())
}

/// Whether a number was left to call, which is called no more: whoever left it need not be the party.
pub(super) fn forget_call_back(step: &mut Step, party: PartyId) -> bool {
    let mut invited = step.case.invited.iter_mut();
    let invited = invited.find(|it| it.party == party);
    invited.is_some_and(|it| it.call_back.take().is_some())
}

/// A person has been in touch with everybody who asked for one: the clock goes on from here.
pub(super) fn release(step: &mut Step) {
    let case = &step.case;
    let now = step.now;
    if case.awaited().any(|party| case.wish(party.id).is_some()) {
        return;
    }
    if let Ok(ladder) = ladder_mut(step)
        && ladder.held
    {
        ladder.held = false;
        ladder.from = now;
        recount(step);
    }
}

/// As [`Action::AskToMeet`], said by word of mouth.
pub(super) fn would_meet(step: &mut Step, party: PartyId) -> Outcome {
    if step.case.intake.safety.stands() {
        return Err(OutOfOrder::Unsafe);
    }
    match ask(step, Some(party), Answer::Meet, Notice::MeetingWanted) {
        // Said once more; it is in the record all the same.
        Err(OutOfOrder::AlreadyDone) => Ok(()),
        other => other,
    }
}

fn answered(step: &mut Step, by: Option<PartyId>, answer: Answer) {
    let now = step.now;
    let mut invited = step.case.invited.iter_mut();
    if let Some(invited) = invited.find(|invited| Some(invited.party) == by) {
        let at = invited.answered.map_or(now, |before| before.at);
        invited.answered = Some(Answered { at, answer });
    }
}

/// The other side will mediate.
pub(super) fn agree(step: &mut Step, by: Option<PartyId>) {
    answered(step, by, Answer::Accepted);
    let due = step.due(TermKey::Selection);
    step.enter(Mediate::Selecting {
        consented_at: step.now,
        due,
        refused: Vec::new(),
        choice: Choice::default(),
        kept: None,
    });
    let organisation = step.case.organisation;
    step.notify_post(organisation, Role::Dispatcher, Notice::InvitationAccepted);
    step.notify_parties(Notice::InvitationAccepted);
}

/// The other side will not, and nothing is held against it.
pub(super) fn decline(step: &mut Step, by: Option<PartyId>) {
    answered(step, by, Answer::Declined);
    let ending = Ending {
        code: EndCode::Declined,
        at: step.now,
        mediator: None,
        began: false,
        undisputed: Vec::new(),
        certificate: None,
    };
    step.enter(Mediate::Ended { ending });
    step.notify_parties(Notice::Ended);
    let organisation = step.case.organisation;
    step.notify_post(organisation, Role::SealHolder, Notice::CertificateToIssue);
}

/// The letter is on its way: it has its time from the day of posting.
pub(super) fn posted(step: &mut Step, at: Timestamp) {
    if let Ok(ladder) = ladder_mut(step)
        && ladder.rung == Rung::Letter
        && !ladder.held
    {
        ladder.from = at;
        recount(step);
    }
}

/// By when an answer is asked for, by the calendar of today.
pub(super) fn count_answer(step: &mut Step) {
    let case = &step.case;
    let (track, dispute) = (case.track, case.dispute.clone());
    let rules = step.rules;
    if let Ok(Mediate::Inviting {
        invited_at, due, ..
    }) = step.mediate()
    {
        *due = rules.due_for(TermKey::Invitation, track, &dispute, *invited_at);
    }
}

/// What can no longer be tried shortens or lengthens the wait.
pub(super) fn recount(step: &mut Step) {
    if step.case.ladder().is_none_or(|ladder| ladder.held) {
        return;
    }
    let due = count(step);
    if let (Some(due), Ok(ladder)) = (due, ladder_mut(step)) {
        ladder.due = due;
        step.watch();
    }
}

mod addresses;
#[cfg(test)]
mod tests;
