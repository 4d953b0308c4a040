//! Replaced, challenged, disclosed in the middle of it: what stays, what goes, and who decides.

use uuid::Uuid;

use super::*;
use crate::domain::actor::Role;
use crate::domain::fixture::{MEDIATOR, Quarrel, Refused, SESSION, actor, rules};
use crate::domain::follow_up::{FollowUp, Recipient};
use crate::domain::ids::PersonId;
use crate::domain::permission::{Forbidden, may_read_hand_over};
use crate::domain::stage::Stage;

const OTHER: PersonId = PersonId(Uuid::from_u128(0xb9));

fn ask(ground: Ground) -> Action {
    Action::AskReplacement {
        ground,
        why: "信不过".to_owned(),
    }
}

fn decide(replace: bool) -> Action {
    Action::DecideReplacement {
        replace,
        reason: "双方都不放心".to_owned(),
    }
}

fn declared() -> Declaration {
    Declaration {
        relation: "是申请人的表哥".to_owned(),
        ..Declaration::default()
    }
}

/// 在线调解规则 14: a party asks, the organisation decides, what was done stays, and nobody is asked twice.
#[test]
fn whoever_takes_over_finds_facts_clauses_and_sessions_and_the_former_one_is_out() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let at = quarrel.now;
    let schedule = Action::ScheduleSession {
        session: SESSION,
        at,
        minutes: 60,
        venue: None,
    };
    quarrel.act("mediator", schedule);
    let note = Action::WriteHandOver {
        text: "已经量过一次分贝".to_owned(),
    };
    quarrel.act("mediator", note);
    let draft = quarrel.case.stage.work().unwrap().draft.clone();
    quarrel.act("respondent", ask(Ground::Conduct));
    let done = quarrel.act("head", decide(true));
    let told = |to: Recipient| {
        let notice = Notice::MediatorDecided;
        done.follow_ups.contains(&FollowUp::Notify { to, notice })
    };
    for party in quarrel.case.party_ids() {
        assert!(told(Recipient::Party { party }));
    }
    assert!(told(Recipient::Person { person: MEDIATOR }));
    assert!(
        !quarrel.case.may_see(&actor("mediator")),
        "out of it at once"
    );
    let decision = quarrel.case.decisions.last().unwrap();
    assert!(decision.replaced && decision.about == MEDIATOR);
    let again = quarrel.refuses("dispatcher", Action::Assign { mediator: MEDIATOR });
    assert_eq!(again, Refused::OutOfOrder(OutOfOrder::AlreadyDone));
    quarrel.wait(3);
    quarrel.act("dispatcher", Action::Assign { mediator: OTHER });
    quarrel.act(
        "other_mediator",
        Action::AcceptAssignment { disclosure: None },
    );
    let work = quarrel.case.stage.work().unwrap();
    assert_eq!((work.mediator, work.accepted_at), (OTHER, quarrel.now));
    assert_eq!(work.draft, draft, "nothing that both agreed to is lost");
    assert_eq!(
        work.sessions[0].state,
        SessionState::Cancelled,
        "another has other hours"
    );
    assert_eq!(work.notes[0].text, "已经量过一次分贝");
    // The term runs from the acceptance of whoever mediates (在线调解规则 24).
    assert!(work.due.at > quarrel.now);
}

/// 特邀调解规定 15: the organisation decides; nobody decides about themselves or about whom they assigned.
#[test]
fn neither_the_mediator_nor_whoever_assigned_decides() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.act("claimant", ask(Ground::OtherTie));
    let forbidden = Refused::Forbidden(Forbidden::NotYours);
    assert_eq!(quarrel.refuses("mediator", decide(false)), forbidden);
    let own = Refused::OutOfOrder(OutOfOrder::OwnMatter);
    assert_eq!(quarrel.refuses("dispatcher", decide(true)), own);
    quarrel.act("head", decide(false));
    assert_eq!(quarrel.case.stage.mediator(), Some(MEDIATOR));
    assert!(quarrel.case.stage.work().unwrap().replacement.is_none());
    assert!(!quarrel.case.decisions[0].replaced);
}

#[test]
fn a_head_replaces_a_sick_mediator_whom_nobody_asked_to_go_and_a_dispatcher_does_not() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    let early = Refused::OutOfOrder(OutOfOrder::WrongState);
    assert_eq!(quarrel.refuses("dispatcher", decide(true)), early);
    assert_eq!(
        quarrel.refuses("head", decide(false)),
        early,
        "there is nothing to refuse"
    );
    quarrel.act("head", decide(true));
    assert_eq!(quarrel.case.stage.name(), "mediate.selecting");
}

#[test]
fn a_mediator_asks_to_be_relieved_and_an_open_signing_is_void() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).signing();
    quarrel.sign_next("claimant");
    quarrel.act("mediator", ask(Ground::Unable));
    quarrel.act("head", decide(true));
    let kept = quarrel.case.stage.begun().unwrap();
    assert!(
        kept.draft
            .clauses
            .iter()
            .all(|clause| clause.agreed.is_empty())
    );
    assert!(
        quarrel.case.papers.is_empty(),
        "it named the former mediator"
    );
}

/// 在线调解规则 13: also in the middle of it; who still wants the mediator says so, and the work goes on where it was.
#[test]
fn what_comes_up_later_is_laid_before_the_parties() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let before = quarrel.case.stage.work().unwrap().clone();
    quarrel.act(
        "mediator",
        Action::Disclose {
            declared: declared(),
        },
    );
    assert_eq!(quarrel.case.stage.name(), "mediate.disclosing");
    quarrel.act("claimant", Action::Waive);
    quarrel.act("respondent", Action::Waive);
    assert_eq!(*quarrel.case.stage.work().unwrap(), before);
}

#[test]
fn an_upheld_challenge_in_the_middle_of_it_keeps_the_work_for_another() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    quarrel.act(
        "mediator",
        Action::Disclose {
            declared: declared(),
        },
    );
    let challenge = Action::Challenge {
        ground: Ground::Relation,
        why: "是亲戚".to_owned(),
    };
    quarrel.act("respondent", challenge);
    let uphold = Action::DecideChallenge {
        uphold: true,
        reason: "是近亲属".to_owned(),
    };
    let own = Refused::OutOfOrder(OutOfOrder::OwnMatter);
    assert_eq!(quarrel.refuses("dispatcher", uphold.clone()), own);
    quarrel.act("head", uphold);
    let Stage::Mediate { at } = &quarrel.case.stage else {
        panic!()
    };
    let Mediate::Selecting { refused, kept, .. } = at.as_ref() else {
        panic!()
    };
    assert_eq!(refused[..], [MEDIATOR]);
    assert_eq!(kept.as_ref().unwrap().draft.clauses.len(), 1);
}

#[test]
fn hand_over_notes_are_for_whoever_mediates_or_decides() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).active();
    for (name, may) in [
        ("mediator", true),
        ("head", true),
        ("claimant", false),
        ("respondent", false),
        ("dispatcher", false),
        ("other_mediator", false),
        ("stranger", false),
    ] {
        assert_eq!(
            may_read_hand_over(&actor(name), &quarrel.case),
            may,
            "{name}"
        );
    }
    assert_eq!(Role::Head.name(), "head");
}
