//! Nobody's word alone closes a case, and nobody who was not there says what they saw.

use super::*;
use crate::domain::action::ActionKind;
use crate::domain::actor::{Actor, System};
use crate::domain::fixture::{CLAUSE, Quarrel, Refused, actor, rules};
use crate::domain::follow_up::{FollowUp, Recipient};
use crate::domain::ids::ClauseId;
use crate::domain::offered::is_offered;
use crate::domain::permission::Forbidden;

fn seen(kept: bool) -> Action {
    Action::VerifyPerformance {
        seen: Seen {
            kept,
            saw: "地垫已经铺好".to_owned(),
            place: String::new(),
            photo: None,
        },
    }
}

const DONE: Action = Action::AcknowledgePerformance { clause: CLAUSE };

#[test]
fn a_case_is_done_when_it_was_acknowledged_and_somebody_has_looked() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    let early = Refused::OutOfOrder(OutOfOrder::NotDue);
    assert_eq!(quarrel.refuses("mediator", seen(true)), early);
    let told = quarrel.attempt(&actor("claimant"), DONE).unwrap();
    let asked = |it: &FollowUp| matches!(it, FollowUp::Notify { to: Recipient::Person { .. }, notice } if *notice == Notice::VerificationDue);
    assert!(told.follow_ups.iter().any(asked), "the mediator is told");
    quarrel.case = told.case;
    assert_eq!(quarrel.case.stage.name(), "mediate.settled");
    assert!(quarrel.case.to_verify().is_some());
    for name in [
        "claimant",
        "respondent",
        "dispatcher",
        "grid_worker",
        "clock",
    ] {
        let forbidden = quarrel.refuses(name, seen(true));
        assert!(matches!(forbidden, Refused::Forbidden(_)), "{name}");
    }
    quarrel.act("mediator", seen(false));
    assert_ne!(quarrel.case.stage.name(), "closed", "it was not done");
    quarrel.act("mediator", seen(true));
    assert_eq!(quarrel.case.stage.name(), "closed");
}

#[test]
fn another_wish_takes_the_place_of_the_first_until_somebody_has_gone() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    quarrel.act("claimant", DONE);
    let ask = |what: &str| Action::AskVerification {
        what: what.to_owned(),
    };
    quarrel.act("dispatcher", ask("看看阳台"));
    quarrel.act("dispatcher", ask("看看客厅"));
    let asked = |quarrel: &Quarrel| quarrel.case.to_verify().unwrap().visit.clone();
    assert_eq!(asked(&quarrel).as_deref(), Some("看看客厅"));
    let accounts = Actor::System {
        system: System::Accounts,
    };
    let person = actor("grid_worker").person().unwrap();
    let taken = quarrel.attempt(&accounts, Action::TakeVisit { person });
    quarrel.case = taken.unwrap().case;
    let late = Refused::OutOfOrder(OutOfOrder::AlreadyDone);
    assert_eq!(quarrel.refuses("dispatcher", ask("看看厨房")), late);
}

#[test]
fn what_was_seen_takes_no_partys_objection_away_and_counts_once_it_is_withdrawn() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    let report = |note: &str| Action::ReportPerformance {
        clause: CLAUSE,
        note: note.to_owned(),
        proof: None,
    };
    let why = "还是响".to_owned();
    let no = Action::DisputePerformance {
        clause: CLAUSE,
        why,
    };
    quarrel.act("respondent", report("铺了地垫"));
    quarrel.act("claimant", no.clone());
    quarrel.act("mediator", seen(true));
    assert_eq!(quarrel.case.stage.name(), "mediate.settled");
    let mut renewed = quarrel.clone();
    quarrel.act("claimant", DONE);
    assert_eq!(
        quarrel.case.stage.name(),
        "closed",
        "it was looked at before"
    );
    renewed.wait(1);
    renewed.act("respondent", report("又铺了一层"));
    renewed.act("claimant", DONE);
    assert_ne!(renewed.case.stage.name(), "closed", "nobody saw the second");
    assert!(renewed.case.to_verify().is_some());
}

#[test]
fn a_grid_worker_who_was_asked_says_what_they_saw_and_no_other_does() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    quarrel.act("claimant", DONE);
    let visit = |what: &str| Action::AskVerification {
        what: what.to_owned(),
    };
    let empty = Refused::OutOfOrder(OutOfOrder::Empty);
    assert_eq!(quarrel.refuses("mediator", visit(" ")), empty);
    quarrel.act("dispatcher", visit("看看客厅有没有地垫"));
    let person = actor("stranger").person().unwrap();
    let office = Actor::System {
        system: System::Accounts,
    };
    let take = Action::TakeVisit { person };
    quarrel.case = quarrel.attempt(&office, take).unwrap().case;
    let worker = actor("stranger");
    assert!(!quarrel.case.may_see(&worker), "nothing else of the case");
    let other = quarrel.refuses("operator", seen(true));
    assert_eq!(other, Refused::Forbidden(Forbidden::Stranger));
    quarrel.act("stranger", seen(true));
    assert_eq!(quarrel.case.stage.name(), "closed");
    assert_eq!(
        quarrel.case.stage.settlement().unwrap().findings[0].by,
        person
    );
}

#[test]
fn it_is_asked_once_more_how_it_stands_a_while_after_the_end() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    quarrel.act("claimant", DONE);
    quarrel.act("mediator", seen(true));
    let due = quarrel.case.due(quarrel.now).unwrap().at;
    let days = due.duration_since(quarrel.now);
    assert!(days.as_hours() > 24 * 20, "not at once");
    let again = |note: &str| Action::FollowUp {
        kept: true,
        note: note.to_owned(),
    };
    let empty = Refused::OutOfOrder(OutOfOrder::Empty);
    assert_eq!(quarrel.refuses("mediator", again("")), empty);
    quarrel.act("mediator", again("双方相处得不错"));
    assert_eq!(quarrel.case.to_follow_up(), None);
    let claimant = actor("claimant");
    let offered = |kind| is_offered(&rules, &quarrel.case, &claimant, kind, quarrel.now);
    assert!(!offered(ActionKind::FollowUp) && !offered(ActionKind::VerifyPerformance));
}

#[test]
fn a_look_while_a_part_was_still_owed_does_not_stand_for_the_whole() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    let settlement = quarrel.case.stage.settlement_mut().unwrap();
    let later = ClauseId(uuid::Uuid::from_u128(0x0c02));
    let mut clause = settlement.agreement.clauses[0].clone();
    let mut owed = settlement.ledger[0].clone();
    (clause.id, owed.clause) = (later, later);
    settlement.agreement.clauses.push(clause);
    settlement.ledger.push(owed);
    quarrel.act("claimant", DONE);
    quarrel.act("mediator", seen(true));
    quarrel.act("claimant", Action::AcknowledgePerformance { clause: later });
    assert_ne!(quarrel.case.stage.name(), "closed", "nobody saw the second");
    quarrel.act("mediator", seen(true));
    assert_eq!(quarrel.case.stage.name(), "closed");
}

#[test]
fn what_was_acknowledged_and_found_wanting_may_be_disputed_after_all() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).settled();
    let no = || Action::DisputePerformance {
        clause: CLAUSE,
        why: "只铺了一半".to_owned(),
    };
    quarrel.act("claimant", DONE);
    let early = Refused::OutOfOrder(OutOfOrder::WrongState);
    assert_eq!(quarrel.refuses("claimant", no()), early);
    quarrel.act("mediator", seen(false));
    quarrel.act("claimant", no());
    let ledger = &quarrel.case.stage.settlement().unwrap().ledger;
    assert!(matches!(ledger[0].state, PerformanceState::Disputed { .. }));
}
