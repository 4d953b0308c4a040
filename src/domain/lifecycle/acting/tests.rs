//! Who acts for whom, by what right, and how far it reaches.

mod children;
mod companies;

use proptest::prelude::*;
use uuid::Uuid;

use self::companies::licensed;
use super::super::FollowUp;
use super::*;
use crate::domain::actor::Actor;
use crate::domain::agreement::WhyUnsigned;
use crate::domain::fixture::{
    CLAIMANT, CLAUSE, GRID_WORKER, MEDIATOR, Quarrel, RESPONDENT, Refused, SESSION, actor, rules,
    willing,
};
use crate::domain::hash::ContentHash;
use crate::domain::identity::{PersonName, Phone};
use crate::domain::paper::PaperKind;
use crate::domain::party::{Contact, Title};
use crate::domain::permission::{Forbidden, may_open, may_sit_in_sessions};
use crate::domain::team::{Capacity, Member};

/// Somebody from outside.
const WANG: PersonId = PersonId(Uuid::from_u128(0xba));

fn out(why: OutOfOrder) -> Refused {
    Refused::OutOfOrder(why)
}

fn attorney(special: bool, signs: bool) -> Right {
    Right::Attorney {
        special,
        signs,
        power: jiff::civil::date(2026, 3, 1),
    }
}

fn mother() -> Right {
    Right::Guardian {
        relation: "母亲".to_owned(),
        for_both: true,
    }
}

/// Each has another.
fn phone_of(person: PersonId) -> String {
    format!("137{:08}", person.0.as_u128() % 100_000_000)
}

fn names(party: PartyId, person: PersonId, right: Right) -> Action {
    Action::NameAgent {
        party,
        named: Box::new(Named {
            name: PersonName::parse("王五").unwrap(),
            contact: Contact {
                phone: Some(Phone::parse(&phone_of(person)).unwrap()),
                mail: None,
            },
            right,
            proof: ContentHash::of(b"power of attorney"),
        }),
    }
}

/// Whoever is named now, looked at, and their contact proved.
fn accepts(
    quarrel: &Quarrel<'_>,
    (party, person): (PartyId, PersonId),
    fingerprint: &str,
) -> Action {
    let named = quarrel.case.party(party).and_then(Party::waiting);
    Action::AcceptAgent {
        party,
        seen: named.map_or_else(|| ContentHash::of(b"nobody"), Agent::mark),
        person,
        method: IdentityMethod::CardAtCounter,
        masked: "3**4".to_owned(),
        sealed: "x".to_owned(),
        fingerprint: fingerprint.to_owned(),
        address: Some("柳荫里 4 号楼 101 室".to_owned()),
        document: Some(Document::HkMacaoPermit),
    }
}

fn wang() -> Actor {
    Actor::Person { person: WANG }
}

/// The claimant's, looked at by the mediator.
fn acting(quarrel: &mut Quarrel<'_>, right: Right) {
    quarrel.act("claimant", names(CLAIMANT, WANG, right));
    let action = accepts(quarrel, (CLAIMANT, WANG), "wang");
    quarrel.act("mediator", action);
}

fn agrees(quarrel: &Quarrel<'_>) -> Action {
    Action::AgreeClause {
        clause: CLAUSE,
        revision: quarrel.case.stage.work().unwrap().draft.revision,
    }
}

fn clause(quarrel: &mut Quarrel<'_>) {
    let terms = quarrel.terms();
    let clause = CLAUSE;
    quarrel.act("mediator", Action::AddClause { clause, terms });
}

#[test]
fn whoever_acts_sees_and_does_nothing_before_the_mediator_has_looked() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    clause(&mut quarrel);
    quarrel.act("claimant", names(CLAIMANT, WANG, attorney(true, true)));
    assert!(!quarrel.case.may_see(&wang()));
    let early = quarrel.attempt(&wang(), agrees(&quarrel));
    assert_eq!(early.unwrap_err(), Refused::Forbidden(Forbidden::Stranger));
    let action = accepts(&quarrel, (CLAIMANT, WANG), "wang");
    quarrel.act("mediator", action);
    assert!(quarrel.case.may_see(&wang()) && may_sit_in_sessions(&wang(), &quarrel.case));
    assert_eq!(
        quarrel.case.seat_for(&wang()),
        Some(CLAIMANT),
        "on its side of every wall"
    );
    assert!(quarrel.attempt(&wang(), agrees(&quarrel)).is_ok());
    let shown = &quarrel.case.exhibits[0];
    assert_eq!(shown.kind, ExhibitKind::Authority);
    let action = dismiss(&quarrel);
    quarrel.act("claimant", action);
    assert!(!quarrel.case.may_see(&wang()), "and nothing any more");
}

/// A number that a party types is nobody's until somebody has read out the code that came there.
#[test]
fn a_name_and_a_number_that_somebody_typed_are_no_person() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.act("claimant", names(CLAIMANT, WANG, mother()));
    let seat = quarrel.case.party(CLAIMANT).unwrap();
    assert_eq!(seat.waiting().unwrap().person, None);
    assert!(!seat.people().contains(&WANG) && quarrel.case.named_as(WANG).is_none());
    let action = accepts(&quarrel, (CLAIMANT, WANG), "wang");
    quarrel.act("mediator", action);
    let seat = quarrel.case.party(CLAIMANT).unwrap();
    assert_eq!(seat.agent().unwrap().person, Some(WANG));
}

/// 民事诉讼法 62: to settle needs a special authority, and to sign that it says so.
#[test]
fn a_general_authority_settles_and_signs_nothing() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    clause(&mut quarrel);
    acting(&mut quarrel, attorney(false, true));
    let refused = quarrel.attempt(&wang(), agrees(&quarrel)).unwrap_err();
    assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours));
    let action = agrees(&quarrel);
    quarrel.act("claimant", action);
    let asked = Action::AskForRoom;
    let may_talk = quarrel.attempt(&wang(), asked);
    assert!(
        !matches!(may_talk, Err(Refused::Forbidden(_))),
        "{may_talk:?}"
    );
}

fn signs(quarrel: &Quarrel<'_>) -> Action {
    let paper = quarrel.case.latest_paper(PaperKind::Agreement).unwrap();
    Action::Sign {
        from_hash: paper.hash.clone(),
        to_hash: ContentHash::of(paper.hash.as_str().as_bytes()),
        shown: None,
    }
}

#[test]
fn one_name_stands_in_the_party_s_field_and_it_is_whose_the_power_says() {
    let rules = rules();
    for (right, by_agent) in [
        (attorney(true, true), true),
        (attorney(true, false), false),
        (mother(), true),
        (Right::Representative, true),
    ] {
        let mut quarrel = Quarrel::new(&rules).agreed();
        if right == Right::Representative {
            licensed(&mut quarrel);
        }
        acting(&mut quarrel, right.clone());
        quarrel.prepare();
        let hands = [wang(), actor("claimant")];
        let may: Vec<bool> = hands
            .iter()
            .map(|it| quarrel.attempt(it, willing()).is_ok())
            .collect();
        assert_eq!(may, [by_agent, !by_agent], "{right:?}");
        let hand = if by_agent { wang() } else { actor("claimant") };
        quarrel.case = quarrel.attempt(&hand, willing()).unwrap().case;
        quarrel.case = quarrel.attempt(&hand, signs(&quarrel)).unwrap().case;
        let agreement = quarrel.case.stage.signing().unwrap();
        assert_eq!(Some(agreement.signatures[0].person), hand.person());
    }
}

/// 民法典 19, 20, 23: a child may talk, and is bound by its guardian alone.
#[test]
fn a_child_is_bound_by_its_guardian_and_needs_no_card() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    quarrel.case.parties[0].identity = None;
    let paper = quarrel.paper(PaperKind::Agreement, "base");
    let prepare = Action::PrepareSigning {
        number: "1".to_owned(),
        paper,
        order: None,
    };
    let unknown = quarrel.refuses("mediator", prepare.clone());
    assert_eq!(unknown, out(OutOfOrder::IdentityMissing));
    let nameless = Right::Guardian {
        relation: " ".to_owned(),
        for_both: true,
    };
    let refused = quarrel.refuses("mediator", names(CLAIMANT, WANG, nameless));
    assert_eq!(refused, out(OutOfOrder::Empty), "the relation is named");
    acting(&mut quarrel, mother());
    let child = quarrel.refuses("claimant", agrees(&quarrel));
    assert_eq!(child, Refused::Forbidden(Forbidden::NotYours));
    quarrel.act("mediator", prepare);
}

#[test]
fn nobody_acts_for_two_sides_nor_for_one_and_as_something_else() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    let other = quarrel.case.parties[1].person.unwrap();
    for person in [other, MEDIATOR, GRID_WORKER] {
        quarrel.act("claimant", names(CLAIMANT, person, mother()));
        let accepted = accepts(&quarrel, (CLAIMANT, person), "somebody");
        let refused = quarrel.refuses("mediator", accepted);
        assert_eq!(refused, out(OutOfOrder::OtherSide));
    }
    quarrel.wait(1);
    acting(&mut quarrel, attorney(true, true));
    let refused = quarrel.refuses("respondent", names(RESPONDENT, WANG, attorney(true, true)));
    assert_eq!(refused, out(OutOfOrder::OtherSide));
    let of_another = quarrel.refuses("respondent", names(CLAIMANT, WANG, mother()));
    assert!(
        matches!(of_another, Refused::Forbidden(_)),
        "nobody else's agent"
    );
    let person = PersonId(Uuid::from_u128(0x77));
    quarrel.act("respondent", names(RESPONDENT, person, mother()));
    let same_card = quarrel.refuses("mediator", accepts(&quarrel, (RESPONDENT, person), "wang"));
    assert_eq!(
        same_card,
        out(OutOfOrder::OtherSide),
        "another account, the same card"
    );
    for name in ["claimant", "respondent", "dispatcher", "head", "stranger"] {
        let refused = quarrel.refuses(name, accepts(&quarrel, (RESPONDENT, person), "li"));
        assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
    }
}

#[test]
fn nobody_is_accepted_who_was_named_after_the_mediator_had_looked() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.act("claimant", names(CLAIMANT, WANG, attorney(false, false)));
    let looked_at = accepts(&quarrel, (CLAIMANT, WANG), "wang");
    let other = PersonId(Uuid::from_u128(0x78));
    for (person, right) in [
        (other, attorney(false, false)),
        (WANG, attorney(true, true)),
    ] {
        quarrel.act("claimant", names(CLAIMANT, person, right));
        let refused = quarrel.refuses("mediator", looked_at.clone());
        assert_eq!(refused, out(OutOfOrder::PaperChanged));
        assert!(quarrel.case.party(CLAIMANT).unwrap().agent().is_none());
    }
}

#[test]
fn nobody_is_named_to_sign_while_the_agreement_lies_open() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    acting(&mut quarrel, attorney(true, true));
    quarrel.prepare();
    let refused = quarrel.refuses("mediator", names(CLAIMANT, WANG, mother()));
    assert_eq!(refused, out(OutOfOrder::WrongState));
}

/// Of whoever acts for the claimant.
fn dismiss(quarrel: &Quarrel<'_>) -> Action {
    let agent = quarrel.case.party(CLAIMANT).unwrap().agent();
    Action::DismissAgent {
        party: CLAIMANT,
        seen: agent.map_or_else(|| ContentHash::of(b"nobody"), Agent::mark),
    }
}

fn resigns(quarrel: &mut Quarrel<'_>) {
    let action = dismiss(quarrel);
    quarrel.case = quarrel.attempt(&wang(), action).unwrap().case;
}

/// 民法典 173 (2): the client cancels or the agent resigns. The paper names them as the hand of the party, and so nobody
/// signs it.
#[test]
fn an_agent_who_is_gone_before_signing_takes_the_open_agreement_with_them() {
    let rules = rules();
    for resigning in [true, false] {
        let mut quarrel = Quarrel::new(&rules).agreed();
        acting(&mut quarrel, attorney(true, true));
        quarrel.prepare();
        quarrel.sign_next("respondent");
        if resigning {
            resigns(&mut quarrel);
        } else {
            let action = dismiss(&quarrel);
            quarrel.act("claimant", action);
        }
        assert_eq!(quarrel.case.stage.name(), "mediate.active");
        assert!(quarrel.case.latest_paper(PaperKind::Agreement).is_none());
        let work = quarrel.case.stage.work().unwrap();
        assert_eq!(work.unsigned[0].why, WhyUnsigned::AgentGone);
        assert!(!work.was_declined(), "nobody refused");
        let action = agrees(&quarrel);
        quarrel.act("claimant", action);
    }
}

#[test]
fn what_an_agent_has_signed_stands_when_they_are_gone() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    acting(&mut quarrel, attorney(true, true));
    quarrel.prepare();
    quarrel.case = quarrel.attempt(&wang(), willing()).unwrap().case;
    let action = signs(&quarrel);
    quarrel.case = quarrel.attempt(&wang(), action).unwrap().case;
    let action = dismiss(&quarrel);
    quarrel.act("claimant", action);
    for name in ["respondent", "mediator", "seal_holder"] {
        quarrel.sign_next(name);
    }
    let settlement = quarrel.case.stage.settlement().unwrap();
    let by = settlement.agreement.signatures[0].person;
    assert_eq!((by, quarrel.case.may_see(&wang())), (WANG, false));
}

#[test]
fn a_client_ends_the_authority_after_the_settlement_and_goes_to_court_alone() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    acting(&mut quarrel, attorney(true, true));
    quarrel.prepare();
    quarrel.case = quarrel.attempt(&wang(), willing()).unwrap().case;
    let action = signs(&quarrel);
    quarrel.case = quarrel.attempt(&wang(), action).unwrap().case;
    for name in ["respondent", "mediator", "seal_holder"] {
        quarrel.sign_next(name);
    }
    let action = dismiss(&quarrel);
    let done = quarrel.act("claimant", action);
    let told = |to| FollowUp::Notify {
        to,
        notice: Notice::AgentNamed,
    };
    let other = told(Recipient::Party { party: RESPONDENT });
    assert!(done.follow_ups.contains(&other), "民事诉讼法 63");
    quarrel.join("respondent");
    quarrel.join("claimant");
    assert_eq!(quarrel.case.stage.name(), "confirm.filed");
}

#[test]
fn nobody_but_whoever_works_on_the_case_ends_a_guardianship() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    acting(&mut quarrel, mother());
    let own = quarrel.attempt(&wang(), dismiss(&quarrel)).unwrap_err();
    assert_eq!(own, Refused::Forbidden(Forbidden::NotYours));
    for name in ["claimant", "respondent", "stranger"] {
        let refused = quarrel.refuses(name, dismiss(&quarrel));
        assert!(matches!(refused, Refused::Forbidden(_)), "{name}");
    }
    let action = dismiss(&quarrel);
    quarrel.act("mediator", action);
}

/// The ward stays bound by its guardian, whoever is named beside them.
#[test]
fn whoever_acts_goes_on_until_the_mediator_has_looked_at_the_next() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    clause(&mut quarrel);
    acting(&mut quarrel, mother());
    let next_person = PersonId(Uuid::from_u128(0x78));
    let done = quarrel.act("dispatcher", names(CLAIMANT, next_person, mother()));
    let told = FollowUp::Notify {
        to: Recipient::Party { party: CLAIMANT },
        notice: Notice::AgentNamed,
    };
    assert!(done.follow_ups.contains(&told), "party and guardian");
    let alone = quarrel.refuses("claimant", agrees(&quarrel));
    assert_eq!(alone, Refused::Forbidden(Forbidden::NotYours));
    assert!(quarrel.attempt(&wang(), agrees(&quarrel)).is_ok());
    let next = Actor::Person {
        person: next_person,
    };
    assert!(!quarrel.case.may_see(&next), "nobody has looked");
    let withdrawn = Action::DismissAgent {
        party: CLAIMANT,
        seen: quarrel
            .case
            .party(CLAIMANT)
            .unwrap()
            .waiting()
            .unwrap()
            .mark(),
    };
    let kept = quarrel
        .attempt(&actor("dispatcher"), withdrawn)
        .unwrap()
        .case;
    let seat = kept.party(CLAIMANT).unwrap();
    assert!(seat.waiting().is_none() && seat.agent().is_some());
    let action = accepts(&quarrel, (CLAIMANT, next_person), "next");
    let done = quarrel.act("mediator", action);
    let gone = FollowUp::Notify {
        to: Recipient::Person { person: WANG },
        notice: Notice::AgentGone,
    };
    assert!(done.follow_ups.contains(&gone));
    assert!(quarrel.case.may_see(&next) && !quarrel.case.may_see(&wang()));
    let seat = quarrel.case.party(CLAIMANT).unwrap();
    assert_eq!(
        seat.former[0].agent.person,
        Some(WANG),
        "papers of before name her"
    );
}

#[test]
fn an_attorney_lays_down_their_own_authority_and_nobody_else_s() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    acting(&mut quarrel, attorney(true, true));
    let next = PersonId(Uuid::from_u128(0x78));
    quarrel.act("claimant", names(CLAIMANT, next, attorney(true, true)));
    let of_next = Action::DismissAgent {
        party: CLAIMANT,
        seen: quarrel
            .case
            .party(CLAIMANT)
            .unwrap()
            .waiting()
            .unwrap()
            .mark(),
    };
    let refused = quarrel.attempt(&wang(), of_next).unwrap_err();
    assert_eq!(refused, Refused::Forbidden(Forbidden::NotYours));
    resigns(&mut quarrel);
    assert!(quarrel.case.party(CLAIMANT).unwrap().waiting().is_some());
}

/// A body of before: an agent who waited stood where one who acts stands.
#[test]
fn a_seat_of_before_is_read_with_whoever_waited_at_it() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.act("claimant", names(CLAIMANT, WANG, mother()));
    let seat = quarrel.case.party(CLAIMANT).unwrap();
    let mut old = serde_json::to_value(seat).unwrap();
    for new in ["named", "former"] {
        assert!(old.as_object_mut().unwrap().remove(new).is_some());
    }
    old["agent"]["person"] = serde_json::to_value(WANG).unwrap();
    let read: Party = serde_json::from_value(old).unwrap();
    let waiting = read.waiting().unwrap();
    assert_eq!(
        (waiting.person, waiting.name.as_str()),
        (Some(WANG), "王五")
    );
    assert!(read.agent().is_none() && read.former.is_empty());
}

/// A side that agreed by telephone and has no account: a child without a phone, a company.
#[test]
fn a_seat_is_taken_by_whoever_acts_for_it_by_law() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let child = &mut quarrel.case.parties[0];
    child.person = None;
    child.identity = None;
    child.contact = Contact::default();
    child.address = String::new();
    let paper = quarrel.paper(PaperKind::Agreement, "base");
    let prepare = Action::PrepareSigning {
        number: "1".to_owned(),
        paper,
        order: None,
    };
    let empty = quarrel.refuses("mediator", prepare.clone());
    assert_eq!(empty, out(OutOfOrder::SeatEmpty));
    quarrel.act("dispatcher", names(CLAIMANT, WANG, attorney(true, true)));
    let action = accepts(&quarrel, (CLAIMANT, WANG), "wang");
    quarrel.act("mediator", action);
    let by_power = quarrel.refuses("mediator", prepare.clone());
    assert_eq!(
        by_power,
        out(OutOfOrder::SeatEmpty),
        "a client gives the power"
    );
    quarrel.act("dispatcher", names(CLAIMANT, WANG, mother()));
    let action = accepts(&quarrel, (CLAIMANT, WANG), "wang");
    quarrel.act("mediator", action);
    let seat = quarrel.case.party(CLAIMANT).unwrap();
    assert_eq!(seat.address, "柳荫里 4 号楼 101 室");
    quarrel.act("mediator", prepare);
    quarrel.case = quarrel.attempt(&wang(), willing()).unwrap().case;
    let action = signs(&quarrel);
    quarrel.case = quarrel.attempt(&wang(), action).unwrap().case;
    for name in ["respondent", "mediator", "seal_holder"] {
        quarrel.sign_next(name);
    }
    assert_eq!(quarrel.case.stage.name(), "mediate.settled");
}

/// A household register or a birth certificate tells of a family what is not the other side's.
#[test]
fn what_shows_an_authority_is_for_its_side_the_mediator_and_the_court_and_stays() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    acting(&mut quarrel, mother());
    let proof = ContentHash::of(b"power of attorney");
    let opens = |quarrel: &Quarrel<'_>, actor: &Actor| may_open(actor, &quarrel.case, &proof);
    for (name, may) in [
        ("claimant", true),
        ("mediator", true),
        ("respondent", false),
    ] {
        assert_eq!(opens(&quarrel, &actor(name)), may, "{name}");
    }
    assert!(opens(&quarrel, &wang()));
    let kin = Member {
        person: PersonId(Uuid::from_u128(0x79)),
        capacity: Capacity::Kin,
        since: quarrel.now,
    };
    quarrel.case.team.push(kin);
    let kin = Actor::Person { person: kin.person };
    assert!(quarrel.case.may_see(&kin) && !opens(&quarrel, &kin));
    let file = proof.clone();
    let back = quarrel.refuses("claimant", Action::TakeBack { file: file.clone() });
    assert_eq!(back, out(OutOfOrder::WrongState));
    let action = dismiss(&quarrel);
    quarrel.act("mediator", action);
    let back = quarrel.refuses("claimant", Action::TakeBack { file });
    assert_eq!(
        back,
        out(OutOfOrder::WrongState),
        "what they did rests on it"
    );
    let mut before_court = Quarrel::new(&rules).reviewing();
    before_court.case.exhibits = quarrel.case.exhibits.clone();
    assert!(opens(&before_court, &actor("judge")));
    assert!(!opens(&before_court, &actor("respondent")));
}

/// Under the record stands who was there, and not who was not.
#[test]
fn whoever_comes_alone_for_a_party_signs_the_record_under_their_own_name() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    acting(&mut quarrel, attorney(false, false));
    let (session, at, minutes) = (SESSION, quarrel.now, 60);
    let venue = None;
    let schedule = Action::ScheduleSession {
        session,
        at,
        minutes,
        venue,
    };
    quarrel.act("mediator", schedule);
    quarrel.act("mediator", Action::OpenSession { session });
    let Action::DraftRecord { mut text, .. } = quarrel.record_draft() else {
        panic!("a draft")
    };
    let claimant = actor("claimant").person().unwrap();
    let mut present = text.0.present.iter_mut();
    present.find(|it| it.person == claimant).unwrap().person = WANG;
    quarrel.act("mediator", Action::DraftRecord { session, text });
    quarrel.lays();
    let record = quarrel.case.record_of(SESSION).unwrap();
    assert_eq!(record.parties(&quarrel.case), [CLAIMANT, RESPONDENT]);
    assert!(
        record.members(&quarrel.case).is_empty(),
        "an agent is no third side"
    );
    let named = quarrel.case.named_as(WANG).unwrap();
    assert_eq!((named.name.as_str(), named.party.id), ("王五", CLAIMANT));
    assert_eq!(named.check.unwrap().fingerprint, "wang");
    let paper = quarrel.case.latest_paper(PaperKind::SessionRecord).unwrap();
    let signs = Action::SignRecord {
        session,
        from_hash: paper.hash.clone(),
        to_hash: ContentHash::of(b"signed"),
        shown: None,
    };
    let absent = quarrel.refuses("claimant", signs.clone());
    assert_eq!(absent, out(OutOfOrder::NotYourTurn), "was not there");
    assert!(quarrel.attempt(&wang(), signs).is_ok());
}

#[test]
fn papers_go_on_naming_whoever_acted_when_they_were_made() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    acting(&mut quarrel, attorney(true, true));
    let then = quarrel.now;
    quarrel.wait(1);
    let action = dismiss(&quarrel);
    quarrel.act("claimant", action);
    let seat = quarrel.case.party(CLAIMANT).unwrap();
    let named = |at| seat.agent_at(at).map(|agent| agent.name.as_str());
    assert_eq!((named(then), named(quarrel.now)), (Some("王五"), None));
    let before = then - jiff::SignedDuration::from_hours(1);
    assert_eq!(named(before), None, "nobody had looked yet");
    let known = quarrel.case.named_as(WANG).unwrap();
    assert_eq!(known.name.as_str(), "王五", "and history knows them");
    assert!(!quarrel.case.may_see(&wang()) && quarrel.case.seat_of(WANG).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// However a power is written: there is exactly one who signs for the party, and whoever may sign may settle.
    #[test]
    fn exactly_one_person_signs_for_a_party(special in any::<bool>(), signs in any::<bool>(), kind in 0..3_u8) {
        let right = match kind {
            0 => attorney(special, signs),
            1 => mother(),
            _ => Right::Representative,
        };
        prop_assert!(!right.signs() || right.settles());
        let rules = rules();
        let mut quarrel = Quarrel::new(&rules).agreed();
        if right == Right::Representative {
            licensed(&mut quarrel);
        }
        acting(&mut quarrel, right);
        quarrel.prepare();
        let hands = [wang(), actor("claimant"), actor("respondent"), actor("mediator")];
        let for_claimant = hands.iter().filter(|hand| {
            quarrel.attempt(hand, willing()).is_ok_and(|done| {
                done.case.stage.signing().is_some_and(|it| it.consent_of(CLAIMANT).is_some())
            })
        });
        prop_assert_eq!(for_claimant.count(), 1);
    }
}
