//! Every step in its time, and every answer ends the steps.

use uuid::Uuid;

use super::*;
use crate::domain::actor::Actor;
use crate::domain::contact_record::{ContactChannel, Outcome as Came};
use crate::domain::fixture::{CLAIMANT, Quarrel, RESPONDENT, Refused, actor, rules};
use crate::domain::follow_up::FollowUp;
use crate::domain::identity::Phone;
use crate::domain::ladder::TaskKind;
use crate::domain::offered::due_action;
use crate::domain::party::Contact;
use crate::domain::permission::Forbidden;
use crate::domain::rules::Rules;

/// The steps that the clock takes when nobody answers, with the day of each; it stands at every due moment.
fn climbed(quarrel: &mut Quarrel) -> Vec<(String, String)> {
    let mut steps = Vec::new();
    while let Some(due) = quarrel.case.stage.due().cloned() {
        quarrel.now = due.at;
        assert_eq!(
            due_action(quarrel.rules, &quarrel.case, quarrel.now),
            None,
            "not before its time is over"
        );
        quarrel.now = due.at + super::super::ONE_TICK;
        let action = due_action(quarrel.rules, &quarrel.case, quarrel.now).expect("it is due");
        quarrel.act("clock", action);
        let stands = quarrel
            .case
            .ladder()
            .map_or("ended", |ladder| ladder.rung.name());
        steps.push((stands.to_owned(), due.day().to_string()));
    }
    steps
}

fn as_text(steps: &[(String, String)]) -> Vec<(&str, &str)> {
    steps
        .iter()
        .map(|(step, day)| (step.as_str(), day.as_str()))
        .collect()
}

#[test]
fn one_step_follows_another_and_silence_ends_it_after_the_last() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    assert_eq!(
        as_text(&climbed(&mut quarrel)),
        [
            ("reminder", "2026-03-03"),
            ("call", "2026-03-04"),
            ("letter", "2026-03-05"),
            ("visit", "2026-03-12"),
            ("ended", "2026-03-19"),
        ]
    );
    assert!(quarrel.case.invited[0].silent_at.is_some());
    assert_eq!(quarrel.case.invited[0].answered, None);
}

#[test]
fn a_step_for_which_nothing_is_known_is_left_out_and_nothing_ends_before_the_day_that_was_named() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules);
    quarrel.case.parties[1].address.clear();
    let mut quarrel = quarrel.inviting();
    assert_eq!(
        as_text(&climbed(&mut quarrel)),
        [
            ("reminder", "2026-03-03"),
            ("call", "2026-03-04"),
            ("ended", "2026-03-05")
        ]
    );
    let mut unknown = Quarrel::new(&rules);
    unknown.case.parties[1].address.clear();
    unknown.case.parties[1].contact = Contact::default();
    let mut unknown = unknown.inviting();
    assert_eq!(as_text(&climbed(&mut unknown)), [("ended", "2026-03-05")]);
}

#[test]
fn the_clock_alone_takes_the_next_step_and_not_twice() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    let not_yours = Refused::Forbidden(Forbidden::NotYours);
    assert_eq!(quarrel.refuses("dispatcher", Action::StepUp), not_yours);
    let not_due = Refused::OutOfOrder(OutOfOrder::NotDue);
    assert_eq!(quarrel.refuses("clock", Action::StepUp), not_due);
    quarrel.wait(2);
    quarrel.act("clock", Action::StepUp);
    assert_eq!(quarrel.refuses("clock", Action::StepUp), not_due);
}

#[test]
fn staff_are_told_at_an_hour_at_which_one_may_call() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    for _ in 0..2 {
        quarrel.now = quarrel.case.stage.due().unwrap().at + super::super::ONE_TICK;
        let told = quarrel.act("clock", Action::StepUp).follow_ups;
        let later = told.iter().find_map(|follow_up| match follow_up {
            FollowUp::Later { at, .. } => Some(at.to_string()),
            _ => None,
        });
        let day = crate::domain::time::civil_date(quarrel.now);
        assert_eq!(later, Some(format!("{day}T01:00:00Z")));
    }
    assert_eq!(quarrel.case.task(RESPONDENT), Some(TaskKind::Call));
    assert_eq!(quarrel.case.task(CLAIMANT), None);
}

fn seated(rules: &Rules) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).inviting();
    let proven = quarrel.case.parties[1].contact.clone();
    let person = actor("respondent").person().unwrap();
    let party = RESPONDENT;
    quarrel.act(
        "accounts",
        Action::TakeSeat {
            party,
            person,
            proven,
        },
    );
    quarrel
}

#[test]
fn help_or_a_table_stops_the_steps_and_calls_a_person() {
    let rules = rules();
    for (action, task) in [
        (Action::AskForHelp, TaskKind::Help),
        (Action::AskToMeet, TaskKind::Meet),
    ] {
        let mut quarrel = seated(&rules);
        quarrel.act("respondent", action.clone());
        assert_eq!(quarrel.case.task(RESPONDENT), Some(task));
        let again = quarrel.refuses("respondent", action);
        assert_eq!(again, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
        quarrel.wait(300);
        assert_eq!(
            due_action(&rules, &quarrel.case, quarrel.now),
            None,
            "no clock ends it"
        );
        quarrel.act("respondent", Action::AcceptInvitation);
        assert_eq!(quarrel.case.answer(RESPONDENT), Some(Answer::Accepted));
        let answered = quarrel.case.invited[0].answered.unwrap();
        assert!(answered.at < quarrel.now, "the first answer counts");
    }
}

#[test]
fn nothing_more_goes_to_whoever_is_not_meant_until_a_better_address_is_known() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    let party = RESPONDENT;
    for stranger in ["claimant", "dispatcher", "clock"] {
        quarrel.refuses(stranger, wrong(ContactChannel::Message));
    }
    quarrel.act("accounts", wrong(ContactChannel::Message));
    assert!(quarrel.case.party(party).unwrap().contact.is_empty());
    assert_eq!(quarrel.case.task(party), Some(TaskKind::Address));
    assert_eq!(
        quarrel.case.attempts.last().unwrap().outcome,
        Came::WrongNumber
    );
    let twice = quarrel.refuses("accounts", wrong(ContactChannel::Message));
    assert_eq!(twice, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
    let better = better("13800000003");
    quarrel.wait(1);
    assert_eq!(
        quarrel.refuses("claimant", better.clone()),
        Refused::Forbidden(Forbidden::NotYours)
    );
    let told = quarrel.act("dispatcher", better).follow_ups;
    assert!(invites(&told), "the invitation itself, and no reminder");
    let answer_by = quarrel.case.stage.due_for_parties().unwrap();
    let whole = rules.due_for(
        TermKey::Invitation,
        quarrel.case.track,
        &quarrel.case.dispute,
        quarrel.now,
    );
    assert_eq!(answer_by, &whole, "with the time that everybody has");
    let ladder = quarrel.case.ladder().unwrap();
    assert_eq!((ladder.rung, ladder.since), (Rung::Message, quarrel.now));
    assert_eq!(quarrel.case.task(party), None);
    assert_eq!(quarrel.case.answer(party), None);
}

#[test]
fn a_seat_that_is_taken_keeps_its_address() {
    let rules = rules();
    let mut quarrel = seated(&rules);
    let done = Refused::OutOfOrder(OutOfOrder::AlreadyDone);
    let party = RESPONDENT;
    let before = quarrel.case.parties.clone();
    let told = quarrel.act("accounts", wrong(ContactChannel::Message));
    assert_eq!(quarrel.case.parties, before);
    assert_eq!(quarrel.case.answer(party), None);
    assert!(told.follow_ups.iter().any(|it| matches!(
        it,
        FollowUp::Notify {
            notice: Notice::WrongPerson,
            ..
        }
    )));
    assert_eq!(
        quarrel.case.attempts.last().unwrap().outcome,
        Came::WrongNumber
    );
    assert_eq!(
        quarrel.refuses("accounts", wrong(ContactChannel::Message)),
        done,
        "staff are told once"
    );
    let other = Action::CorrectContact {
        party,
        contact: quarrel.case.parties[0].contact.clone(),
        address: String::new(),
    };
    assert_eq!(quarrel.refuses("dispatcher", other), done);
}

const fn wrong(channel: ContactChannel) -> Action {
    Action::WrongPerson {
        party: RESPONDENT,
        channel,
    }
}

fn better(phone: &str) -> Action {
    Action::CorrectContact {
        party: RESPONDENT,
        contact: Contact {
            phone: Some(Phone::parse(phone).unwrap()),
            mail: None,
        },
        address: "柳荫里 3 号楼 402 室".to_owned(),
    }
}

fn invites(told: &[FollowUp]) -> bool {
    told.iter().any(|it| {
        matches!(it, FollowUp::Later { to: Recipient::Party { party }, notice: Notice::Invitation, .. } if *party == RESPONDENT)
    })
}

fn by_hand(quarrel: &Quarrel, channel: ContactChannel, outcome: Came) -> Action {
    Action::RecordContact {
        party: RESPONDENT,
        channel,
        outcome,
        note: String::new(),
        at: quarrel.now,
        message: None,
    }
}

#[test]
fn a_letter_at_the_wrong_door_takes_the_address_and_leaves_the_phone() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    let phone = quarrel.case.party(RESPONDENT).unwrap().contact.clone();
    quarrel.act("accounts", wrong(ContactChannel::Letter));
    let seat = quarrel.case.party(RESPONDENT).unwrap();
    assert_eq!((&seat.contact, seat.address.as_str()), (&phone, ""));
    let attempt = quarrel.case.attempts.last().unwrap();
    assert_eq!(
        (attempt.channel, attempt.outcome),
        (ContactChannel::Letter, Came::Moved)
    );
    assert_eq!(
        quarrel.case.answer(RESPONDENT),
        None,
        "they may still answer"
    );
    assert_eq!(quarrel.case.task(RESPONDENT), None);
}

#[test]
fn whoever_is_known_by_a_letter_alone_is_looked_for_when_it_went_wrong() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules);
    quarrel.case.parties[1].contact = Contact::default();
    let mut quarrel = quarrel.inviting();
    quarrel.act("accounts", wrong(ContactChannel::Letter));
    assert_eq!(quarrel.case.party(RESPONDENT).unwrap().address, "");
    assert_eq!(quarrel.case.task(RESPONDENT), Some(TaskKind::Address));
    let again = quarrel.refuses("accounts", wrong(ContactChannel::Letter));
    assert_eq!(again, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
}

#[test]
fn a_wrong_number_leaves_the_letter_and_the_visit_to_be_done() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    quarrel.act("accounts", wrong(ContactChannel::Message));
    for (rung, task) in [
        (Rung::Letter, TaskKind::Letter),
        (Rung::Visit, TaskKind::Visit),
    ] {
        while quarrel.case.ladder().unwrap().rung != rung {
            quarrel.now = quarrel.case.stage.due().unwrap().at + super::super::ONE_TICK;
            quarrel.act("clock", Action::StepUp);
        }
        assert_eq!(quarrel.case.task(RESPONDENT), Some(task));
    }
    let visited = by_hand(&quarrel, ContactChannel::Visit, Came::NoAnswer);
    quarrel.act("dispatcher", visited);
    assert_eq!(quarrel.case.task(RESPONDENT), Some(TaskKind::Address));
}

#[test]
fn a_better_number_starts_again_also_where_they_had_wanted_to_meet() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    let meets = by_hand(&quarrel, ContactChannel::Call, Came::WantsToMeet);
    quarrel.act("dispatcher", meets);
    assert_eq!(quarrel.case.task(RESPONDENT), Some(TaskKind::Meet));
    quarrel.wait(1);
    quarrel.act("accounts", wrong(ContactChannel::Message));
    assert!(
        !quarrel.case.ladder().unwrap().held,
        "nobody is left to meet"
    );
    let told = quarrel.act("dispatcher", better("13800000003")).follow_ups;
    assert!(invites(&told));
    assert_eq!(quarrel.case.answer(RESPONDENT), None);
    assert_eq!(quarrel.case.ladder().unwrap().rung, Rung::Message);
}

#[test]
fn help_that_was_given_starts_a_wait_and_may_be_asked_for_again() {
    let rules = rules();
    for (action, task) in [
        (Action::AskForHelp, TaskKind::Help),
        (Action::AskToMeet, TaskKind::Meet),
    ] {
        let mut quarrel = seated(&rules);
        quarrel.act("respondent", action.clone());
        quarrel.wait(1);
        let spoke = by_hand(&quarrel, ContactChannel::Call, Came::Answered);
        quarrel.act("dispatcher", spoke);
        assert_eq!(quarrel.case.task(RESPONDENT), None, "{task:?} is done");
        let ladder = quarrel.case.ladder().unwrap();
        assert!(!ladder.held && ladder.due.at > quarrel.now);
        quarrel.wait(1);
        quarrel.act("respondent", action);
        assert_eq!(quarrel.case.task(RESPONDENT), Some(task));
    }
}

#[test]
fn an_address_that_fails_on_the_last_evening_ends_nothing_before_a_better_one_could_be_found() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules);
    quarrel.case.parties[1].address.clear();
    let mut quarrel = quarrel.inviting();
    quarrel.now = quarrel.case.stage.due_for_parties().unwrap().at;
    quarrel.act("accounts", wrong(ContactChannel::Message));
    let case = &quarrel.case;
    let find = rules.due_for(TermKey::FindAddress, case.track, &case.dispute, quarrel.now);
    assert_eq!(case.stage.due().unwrap(), &find);
    quarrel.now += super::super::ONE_TICK;
    assert_eq!(due_action(&rules, &quarrel.case, quarrel.now), None);
    quarrel.now = find.at + super::super::ONE_TICK;
    assert!(due_action(&rules, &quarrel.case, quarrel.now).is_some());
}

#[test]
fn a_case_from_before_there_were_steps_gets_them_when_it_is_touched() {
    let rules = rules();
    let mut quarrel = seated(&rules);
    quarrel.case.invited.clear();
    if let Stage::Mediate { at } = &mut quarrel.case.stage
        && let Mediate::Inviting { ladder, .. } = at.as_mut()
    {
        *ladder = None;
    }
    quarrel.act("respondent", Action::AskToMeet);
    assert_eq!(quarrel.case.task(RESPONDENT), Some(TaskKind::Meet));
    assert_eq!(quarrel.case.invited.len(), 1);
}

fn at_the_door(rules: &Rules) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).inviting();
    while quarrel.case.ladder().unwrap().rung != Rung::Visit {
        quarrel.now = quarrel.case.stage.due().unwrap().at + super::super::ONE_TICK;
        quarrel.act("clock", Action::StepUp);
    }
    quarrel
}

#[test]
fn whoever_goes_to_the_door_writes_down_the_visit_and_does_not_see_the_case() {
    let rules = rules();
    let mut quarrel = at_the_door(&rules);
    let person = PersonId(Uuid::from_u128(0x99));
    let worker = Actor::Person { person };
    let visit = |channel, outcome, at| Action::RecordContact {
        party: RESPONDENT,
        channel,
        outcome,
        note: "按了门铃".to_owned(),
        at,
        message: None,
    };
    let now = quarrel.now;
    let nobody_home = visit(ContactChannel::Visit, Came::NoAnswer, now);
    let stranger = quarrel.attempt(&worker, nobody_home.clone()).unwrap_err();
    assert_eq!(stranger, Refused::Forbidden(Forbidden::Stranger));
    quarrel.act("accounts", Action::TakeVisit { person });
    assert!(!quarrel.case.may_see(&worker));
    let call = visit(ContactChannel::Call, Came::NoAnswer, now);
    let not_yours = Refused::Forbidden(Forbidden::NotYours);
    assert_eq!(quarrel.attempt(&worker, call).unwrap_err(), not_yours);
    assert_eq!(
        quarrel.attempt(&worker, Action::Accept).unwrap_err(),
        not_yours
    );
    quarrel.case = quarrel.attempt(&worker, nobody_home.clone()).unwrap().case;
    assert_eq!(quarrel.case.task(RESPONDENT), None);
    let twice = quarrel.attempt(&worker, nobody_home).unwrap_err();
    assert_eq!(twice, not_yours, "one visit, one record");
}

#[test]
fn an_address_where_nobody_lives_any_more_is_not_gone_to() {
    let rules = rules();
    let mut quarrel = at_the_door(&rules);
    let moved = Action::RecordContact {
        party: RESPONDENT,
        channel: ContactChannel::Visit,
        outcome: Came::Moved,
        note: String::new(),
        at: quarrel.now,
        message: None,
    };
    quarrel.act("dispatcher", moved);
    assert_eq!(quarrel.case.party(RESPONDENT).unwrap().address, "");
    assert_eq!(quarrel.case.task(RESPONDENT), None);
}

#[test]
fn a_wait_over_the_new_year_is_counted_again_when_the_holidays_are_known() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules);
    quarrel.now = "2026-12-30T02:00:00Z".parse().unwrap();
    let mut quarrel = quarrel.inviting();
    let due = quarrel.case.stage.due().unwrap().clone();
    assert!(due.provisional);
    let published =
        crate::domain::fixture::rules_with_holidays(crate::domain::fixture::INVENTED_2027);
    quarrel.rules = &published;
    quarrel.wait(1);
    if due_action(&published, &quarrel.case, quarrel.now) == Some(Action::Recalculate) {
        quarrel.act("clock", Action::Recalculate);
    }
    quarrel.now = quarrel.case.stage.due().unwrap().at + super::super::ONE_TICK;
    quarrel.act("clock", Action::StepUp);
    let again = quarrel.case.stage.due().unwrap();
    assert!(
        !again.provisional && again.day().to_string().as_str() > "2027-01-05",
        "{again:?}"
    );
}

#[test]
fn a_letter_gives_its_reader_the_day_that_the_page_names_and_a_call_gives_nobody_one() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    let asked = quarrel.case.stage.due_for_parties().cloned();
    while quarrel.case.task(RESPONDENT) != Some(TaskKind::Letter) {
        assert_eq!(quarrel.case.stage.due_for_parties(), asked.as_ref());
        quarrel.now = quarrel.case.stage.due().unwrap().at + super::super::ONE_TICK;
        quarrel.act("clock", Action::StepUp);
    }
    let longer = quarrel.case.stage.due_for_parties().unwrap();
    assert!(longer.at > asked.unwrap().at);
    assert_eq!(Some(longer), quarrel.case.stage.due());
}

#[test]
fn a_letter_is_printed_for_whoever_is_asked_and_can_be_written_to() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).inviting();
    let letter = |party| Action::PrintLetter { party };
    let unknown = Refused::OutOfOrder(OutOfOrder::Unknown);
    assert_eq!(quarrel.refuses("dispatcher", letter(CLAIMANT)), unknown);
    quarrel.act("dispatcher", letter(RESPONDENT));
    quarrel.case.party_mut(RESPONDENT).unwrap().address.clear();
    let nowhere = Refused::OutOfOrder(OutOfOrder::Empty);
    assert_eq!(quarrel.refuses("dispatcher", letter(RESPONDENT)), nowhere);
    let over = Quarrel::new(&rules).selecting();
    let late = Refused::OutOfOrder(OutOfOrder::WrongState);
    assert_eq!(over.refuses("dispatcher", letter(RESPONDENT)), late);
}
