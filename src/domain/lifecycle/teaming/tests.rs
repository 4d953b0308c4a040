//! Who comes to the table, by whose leave, and what each may see there.

use uuid::Uuid;

use super::*;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::agreement::Matter;
use crate::domain::exhibit::ExhibitKind;
use crate::domain::fixture::{COMMITTEE, MEDIATOR, Quarrel, Refused, SESSION, actor, rules};
use crate::domain::hash::ContentHash;
use crate::domain::permission::{
    Forbidden, may_attend_sessions, may_check_identities, may_enter, may_keep_caucus_notes,
    may_lead_sessions, may_open, may_reach_parties, may_read_record, may_read_writing,
    may_see_team, may_sit_in_sessions, permit,
};

const KIN: PersonId = PersonId(Uuid::from_u128(0xba));
const COLLEAGUE: PersonId = PersonId(Uuid::from_u128(0xb9));

fn invite(person: PersonId, capacity: Capacity) -> Action {
    Action::InviteMember { person, capacity }
}

fn consent(person: PersonId, agrees: bool) -> Action {
    Action::ConsentToMember { person, agrees }
}

/// With an open session, and a photo on the table.
fn meeting(rules: &crate::domain::rules::Rules) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).active();
    let (session, at, minutes) = (SESSION, quarrel.now, 60);
    quarrel.act(
        "mediator",
        Action::ScheduleSession {
            session,
            at,
            minutes,
            venue: None,
        },
    );
    quarrel.act("mediator", Action::OpenSession { session });
    quarrel
}

/// 人民调解法 20: kin are asked by the mediator and come with the consent of every party, each given for themselves.
#[test]
fn kin_come_once_they_and_both_parties_agree_and_not_before() {
    let rules = rules();
    let mut quarrel = meeting(&rules);
    quarrel.act("mediator", invite(KIN, Capacity::Kin));
    let kin = actor("stranger");
    assert!(!quarrel.case.may_see(&kin) && quarrel.case.is_invited(&kin));
    quarrel.act("stranger", Action::JoinTeam);
    quarrel.act("claimant", consent(KIN, true));
    assert!(!quarrel.case.may_see(&kin), "one side has not agreed");
    assert!(may_enter(&kin, &quarrel.case, SESSION).is_none());
    quarrel.act("respondent", consent(KIN, true));
    assert!(quarrel.case.may_see(&kin) && may_enter(&kin, &quarrel.case, SESSION).is_some());
    for (may, what) in [
        (may_reach_parties(&kin, &quarrel.case), "contacts"),
        (may_keep_caucus_notes(&kin, &quarrel.case), "notes"),
        (may_check_identities(&kin, &quarrel.case), "identities"),
        (may_lead_sessions(&kin, &quarrel.case), "lead"),
    ] {
        assert!(!may, "{what}");
    }
    let facts = Action::WriteFacts {
        matter: Matter::default(),
    };
    let refused = permit(&kin, &quarrel.case, facts).unwrap_err();
    assert_eq!(refused, Forbidden::NotYours);
}

#[test]
fn consent_can_be_taken_back_and_everybody_may_leave() {
    let rules = rules();
    let mut quarrel = meeting(&rules);
    let seated = |quarrel: &mut Quarrel| {
        quarrel.act("mediator", invite(KIN, Capacity::Expert));
        quarrel.act("stranger", Action::JoinTeam);
        quarrel.act("claimant", consent(KIN, true));
        quarrel.act("respondent", consent(KIN, true));
        assert!(quarrel.case.may_see(&actor("stranger")));
    };
    seated(&mut quarrel);
    quarrel.act("claimant", consent(KIN, false));
    assert!(!quarrel.case.may_see(&actor("stranger")));
    seated(&mut quarrel);
    quarrel.act("stranger", Action::LeaveTeam);
    assert!(!quarrel.case.may_see(&actor("stranger")));
    quarrel.act("mediator", invite(KIN, Capacity::Kin));
    quarrel.act("stranger", Action::LeaveTeam);
    assert!(quarrel.case.asked.is_empty(), "said no");
}

/// 人民调解法 19: the organisation lets several mediate; what one alone answers for stays with the mediator.
#[test]
fn a_co_mediator_leads_and_takes_nothing_on() {
    let rules = rules();
    let mut quarrel = meeting(&rules);
    quarrel.act("mediator", invite(COLLEAGUE, Capacity::CoMediator));
    quarrel.act("other_mediator", Action::JoinTeam);
    let colleague = actor("other_mediator");
    assert!(may_lead_sessions(&colleague, &quarrel.case));
    assert!(may_reach_parties(&colleague, &quarrel.case));
    assert!(
        quarrel.case.booked().contains(&COLLEAGUE),
        "their hour is taken too"
    );
    quarrel.act(
        "other_mediator",
        Action::WriteFacts {
            matter: Matter {
                facts: "夜里有声音".to_owned(),
                ..Matter::default()
            },
        },
    );
    let forbidden = Refused::Forbidden(Forbidden::NotYours);
    let hash = ContentHash::of(b"x");
    let sign = Action::Sign {
        from_hash: hash.clone(),
        to_hash: hash,
        shown: None,
    };
    let nothing_to_sign = Refused::OutOfOrder(OutOfOrder::WrongState);
    assert_eq!(quarrel.refuses("other_mediator", sign), nothing_to_sign);
    let told = Action::AcceptAssignment { disclosure: None };
    assert_eq!(quarrel.refuses("other_mediator", told), forbidden);
    quarrel.act("mediator", Action::DismissMember { person: COLLEAGUE });
    assert!(!quarrel.case.may_see(&colleague));
}

/// 特邀调解规定 16: nobody has two roles in one matter.
#[test]
fn neither_a_party_nor_the_mediator_is_asked_and_no_expert_mediates_later() {
    let rules = rules();
    let mut quarrel = meeting(&rules);
    let party = quarrel.case.parties[0].person.unwrap();
    let turn = Refused::OutOfOrder(OutOfOrder::NotYourTurn);
    for person in [party, MEDIATOR] {
        assert_eq!(
            quarrel.refuses("mediator", invite(person, Capacity::Expert)),
            turn
        );
    }
    quarrel.act("mediator", invite(COLLEAGUE, Capacity::Expert));
    quarrel.act("other_mediator", Action::JoinTeam);
    quarrel.act("claimant", consent(COLLEAGUE, true));
    quarrel.act("respondent", consent(COLLEAGUE, true));
    let go = Action::DecideReplacement {
        replace: true,
        reason: "病了".to_owned(),
    };
    quarrel.act("head", go);
    let assign = Action::Assign {
        mediator: COLLEAGUE,
    };
    assert_eq!(quarrel.refuses("dispatcher", assign), turn);
}

#[test]
fn those_at_the_table_open_what_lies_on_it_and_whoever_only_wrote_it_down_does_not() {
    let rules = rules();
    let mut quarrel = meeting(&rules);
    let file = ContentHash::of(b"photo");
    quarrel.act(
        "claimant",
        Action::HandIn {
            kind: ExhibitKind::ALL[0],
            note: "照片".to_owned(),
            file: file.clone(),
        },
    );
    quarrel.act("mediator", invite(KIN, Capacity::Interpreter));
    quarrel.act("stranger", Action::JoinTeam);
    assert!(!may_open(&actor("stranger"), &quarrel.case, &file));
    quarrel.act("claimant", consent(KIN, true));
    quarrel.act("respondent", consent(KIN, true));
    assert!(may_open(&actor("stranger"), &quarrel.case, &file));
    let entered = quarrel
        .case
        .team
        .iter()
        .find(|it| !it.capacity.sits_in())
        .unwrap();
    let writer = Actor::Staff {
        person: entered.person,
        posts: vec![Post {
            organisation: COMMITTEE,
            role: Role::GridWorker,
        }],
    };
    assert!(!may_open(&writer, &quarrel.case, &file));
    assert!(may_enter(&writer, &quarrel.case, SESSION).is_none());
}

/// The dispatcher brings in whoever knows the matter; with whom one mediates, and whose kin come, is not theirs to say.
#[test]
fn the_dispatcher_asks_partners_to_sit_in_and_nobody_else() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    for capacity in [Capacity::CoMediator, Capacity::Kin, Capacity::Volunteer] {
        let refused = quarrel.refuses("dispatcher", invite(KIN, capacity));
        assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours));
    }
    quarrel.act("dispatcher", invite(KIN, Capacity::Lawyer));
    quarrel.act("stranger", Action::JoinTeam);
    assert!(!quarrel.case.may_see(&actor("stranger")));
    quarrel.act("claimant", consent(KIN, true));
    quarrel.act("respondent", consent(KIN, true));
    assert!(quarrel.case.may_see(&actor("stranger")));
}

/// They hear what is said at the table and read nothing that lies on it, and nothing bears their name.
#[test]
fn whoever_helps_or_watches_comes_by_consent_of_all_and_sees_the_session_alone() {
    let rules = rules();
    for helps in [true, false] {
        let mut quarrel = meeting(&rules);
        let file = ContentHash::of(b"photo");
        let handed = Action::HandIn {
            kind: ExhibitKind::ALL[0],
            note: "照片".to_owned(),
            file: file.clone(),
        };
        quarrel.act("claimant", handed);
        let party = quarrel.case.parties[0].id;
        let capacity = if helps {
            Capacity::Helper(party)
        } else {
            Capacity::Observer
        };
        quarrel.act("mediator", invite(KIN, capacity));
        quarrel.act("stranger", Action::JoinTeam);
        let them = actor("stranger");
        quarrel.act("claimant", consent(KIN, true));
        assert!(may_enter(&them, &quarrel.case, SESSION).is_none());
        quarrel.act("respondent", consent(KIN, true));
        let case = &quarrel.case;
        assert!(may_enter(&them, case, SESSION).is_some());
        assert!(may_attend_sessions(&them, case) && !case.is_invited(&them));
        assert!(!case.booked().contains(&KIN));
        for (may, what) in [
            (case.may_see(&them), "the case"),
            (may_sit_in_sessions(&them, case), "the table"),
            (may_open(&them, case, &file), "files"),
            (may_read_record(&them, case), "the record"),
            (may_read_writing(&them, case), "what is written"),
            (may_see_team(&them, case), "who else comes"),
            (may_reach_parties(&them, case), "contacts"),
            (may_lead_sessions(&them, case), "lead"),
        ] {
            assert!(!may, "{what}");
        }
        let read = ContentHash::of(b"x");
        let sign = Action::SignRecord {
            session: SESSION,
            from_hash: read.clone(),
            to_hash: read,
            shown: None,
        };
        assert_eq!(permit(&them, case, sign).unwrap_err(), Forbidden::Stranger);
        quarrel.act("claimant", consent(KIN, false));
        assert!(may_enter(&them, &quarrel.case, SESSION).is_none());
    }
}

#[test]
fn nobody_helps_who_is_no_party_of_the_case() {
    let rules = rules();
    let quarrel = meeting(&rules);
    let party = crate::domain::ids::PartyId(Uuid::from_u128(0xdead));
    let unknown = Refused::OutOfOrder(OutOfOrder::Unknown);
    let asked = invite(KIN, Capacity::Helper(party));
    assert_eq!(quarrel.refuses("mediator", asked), unknown);
}

/// What was carried from one language into another is answered for with a name, by voice or by signs.
#[test]
fn whoever_interprets_by_signs_has_a_place_to_sign_and_whoever_watches_has_none() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let since = quarrel.now;
    for (person, capacity) in [
        (KIN, Capacity::SignLanguage),
        (COLLEAGUE, Capacity::Observer),
    ] {
        quarrel.case.team.push(Member {
            person,
            capacity,
            since,
        });
    }
    let work = quarrel.case.stage.work().unwrap();
    let paper = crate::domain::ids::DocumentId(Uuid::from_u128(9));
    let agreement = work.draft.agreement("1".to_owned(), paper, &quarrel.case);
    let members: Vec<_> = agreement.members.iter().map(|it| it.person).collect();
    assert_eq!(members, [KIN]);
}
