//! Who signs after whom, however many they are.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::actor::Actor;
use crate::domain::agreement::Agreement;
use crate::domain::fixture::{
    CLAUSE, COMMITTEE, MEDIATOR, Quarrel, Refused, actor, rules, willing,
};
use crate::domain::follow_up::FollowUp;
use crate::domain::identity::Phone;
use crate::domain::ids::{PartyId, PersonId};
use crate::domain::party::IdentityMethod;
use crate::domain::rules::Rules;
use crate::domain::signature::{Device, Means};
use crate::domain::team::{Capacity, Member};

/// A quarrel of so many parties that lies ready for paper, with co-mediators and interpreters beside it.
fn ready(rules: &Rules, parties: usize, (mediators, interpreters): (u128, u128)) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).agreed().with_parties(parties);
    let beside = |capacity, number: u128| Member {
        person: PersonId(Uuid::from_u128(number)),
        capacity,
        since: quarrel.now,
    };
    let mediators = (0..mediators).map(|it| beside(Capacity::CoMediator, 0x2000 + it));
    let interpreters = (0..interpreters).map(|it| beside(Capacity::Interpreter, 0x3000 + it));
    let team: Vec<_> = interpreters.chain(mediators).collect();
    quarrel.case.team.extend(team);
    quarrel
}

fn prepare(quarrel: &mut Quarrel<'_>, order: Order) -> Vec<FollowUp> {
    let paper = quarrel.paper(PaperKind::Agreement, "base");
    let action = Action::PrepareSigning {
        number: "1".to_owned(),
        paper,
        order: Some(order),
    };
    let follow_ups = quarrel.act("mediator", action).follow_ups;
    for seat in quarrel.case.parties.clone() {
        let person = seat.person.unwrap();
        let done = quarrel.attempt(&Actor::Person { person }, willing());
        quarrel.case = done.unwrap().case;
    }
    follow_ups
}

fn agreement<'a>(quarrel: &'a Quarrel<'_>) -> &'a Agreement {
    quarrel.case.stage.signing().unwrap()
}

/// Who signs in this place.
fn hand(quarrel: &Quarrel<'_>, signer: Signer) -> Actor {
    let person = |person| Actor::Person { person };
    match signer {
        Signer::Party { party } => {
            person(quarrel.case.party(party).and_then(|it| it.person).unwrap())
        }
        Signer::Member { person: member } => person(member),
        Signer::Mediator => actor("mediator"),
        Signer::Organisation => actor("seal_holder"),
    }
}

fn signing(quarrel: &Quarrel<'_>, signer: Signer) -> Action {
    let from_hash = quarrel
        .case
        .latest_paper(PaperKind::Agreement)
        .unwrap()
        .hash
        .clone();
    let to_hash = ContentHash::of(from_hash.as_str().as_bytes());
    let shown = None;
    match signer {
        Signer::Organisation => Action::Seal {
            from_hash,
            to_hash,
            shown,
        },
        _ => Action::Sign {
            from_hash,
            to_hash,
            shown,
        },
    }
}

/// Whose turn it is, by the rule in plain words.
fn is_due(line: &[Signer], done: &[Signer], signer: Signer, order: Order) -> bool {
    let rank = |it: &Signer| match it {
        Signer::Party { .. } => 0,
        Signer::Member { person } if person.0.as_u128() >= 0x3000 => 2,
        Signer::Mediator | Signer::Member { .. } => 1,
        Signer::Organisation => 3,
    };
    let place = line.iter().position(|it| *it == signer).unwrap();
    let mut before = line.iter().enumerate().filter(|(at, it)| match order {
        Order::Fixed => *at < place,
        Order::Free => rank(it) < rank(&signer),
    });
    !done.contains(&signer) && before.all(|(_, it)| done.contains(it))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// 人民调解法 29: whoever tries when, each signs once and in turn, the seal comes last, and nothing takes effect
    /// before it.
    #[test]
    fn each_signs_once_and_in_turn_and_the_seal_makes_it_whole(
        parties in 2..=20_usize,
        beside in (0..=2_u128, 0..=2_u128),
        is_fixed in any::<bool>(),
        tries in prop::collection::vec(any::<prop::sample::Index>(), 40),
    ) {
        let rules = rules();
        let order = if is_fixed { Order::Fixed } else { Order::Free };
        let mut quarrel = ready(&rules, parties, beside);
        prepare(&mut quarrel, order);
        let line = agreement(&quarrel).signers(&quarrel.case.party_ids());
        prop_assert_eq!(line.len() as u128, parties as u128 + beside.0 + beside.1 + 2);
        let mut signed: Vec<Signer> = Vec::new();
        // At random first; then whoever is left, as the paper names them.
        let wishes: Vec<Signer> = tries.iter().map(|it| *it.get(&line)).chain(line.clone()).collect();
        for signer in wishes {
            if signed.len() == line.len() {
                break;
            }
            let action = signing(&quarrel, signer);
            let outcome = quarrel.attempt(&hand(&quarrel, signer), action);
            prop_assert_eq!(outcome.is_ok(), is_due(&line, &signed, signer, order), "{:?}", signer);
            if let Ok(transition) = outcome {
                quarrel.case = transition.case;
                signed.push(signer);
                let is_settled = quarrel.case.stage.name() == "mediate.settled";
                prop_assert_eq!(is_settled, signed.len() == line.len());
            }
        }
        prop_assert_eq!(signed.last(), Some(&Signer::Organisation));
    }
}

#[test]
fn in_a_fixed_order_each_is_called_when_their_turn_has_come_and_nobody_before() {
    let rules = rules();
    let mut quarrel = ready(&rules, 3, (1, 1));
    let told = |follow_ups: &[FollowUp]| -> Vec<Recipient> {
        let asked = [Notice::ReadyToSign, Notice::ToSignLast, Notice::ToSeal];
        let to = |it: &FollowUp| match it {
            FollowUp::Notify { to, notice } if asked.contains(notice) => Some(*to),
            _ => None,
        };
        follow_ups.iter().filter_map(to).collect()
    };
    let party = |number: usize| Recipient::Party {
        party: quarrel.case.parties[number].id,
    };
    let person = |number| Recipient::Person {
        person: PersonId(Uuid::from_u128(number)),
    };
    let seal = Recipient::Post {
        organisation: COMMITTEE,
        role: Role::SealHolder,
    };
    let mediator = Recipient::Person { person: MEDIATOR };
    let expected = [
        party(0),
        party(1),
        party(2),
        mediator,
        person(0x2000),
        person(0x3000),
        seal,
    ];
    let mut called = told(&prepare(&mut quarrel, Order::Fixed));
    for signer in agreement(&quarrel).signers(&quarrel.case.party_ids()) {
        let action = signing(&quarrel, signer);
        let transition = quarrel.attempt(&hand(&quarrel, signer), action).unwrap();
        called.extend(told(&transition.follow_ups));
        quarrel.case = transition.case;
    }
    assert_eq!(called, expected);
}

#[test]
fn kin_and_whoever_joined_after_the_paper_was_made_do_not_sign_it() {
    let rules = rules();
    let mut quarrel = ready(&rules, 2, (0, 0));
    let kin = Member {
        person: PersonId(Uuid::from_u128(0x4000)),
        capacity: Capacity::Kin,
        since: quarrel.now,
    };
    quarrel.case.team.push(kin);
    prepare(&mut quarrel, Order::Free);
    assert_eq!(agreement(&quarrel).members, []);
    let late = Member {
        person: PersonId(Uuid::from_u128(0x3000)),
        capacity: Capacity::Interpreter,
        since: quarrel.now,
    };
    quarrel.case.team.push(late);
    for person in [kin.person, late.person] {
        let action = signing(&quarrel, Signer::Member { person });
        assert!(quarrel.attempt(&Actor::Person { person }, action).is_err());
    }
}

#[test]
fn what_showed_that_it_was_they_stands_beside_the_signature() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).signing();
    quarrel.consents("claimant");
    let from_hash = quarrel.case.papers[0].hash.clone();
    let shown = Shown {
        identified: Some(Means::CodeByPhone),
        code_at: Some(quarrel.now),
        device: Some(Device::Phone),
    };
    let sign = Action::Sign {
        to_hash: ContentHash::of(b"signed"),
        from_hash,
        shown: Some(shown),
    };
    quarrel.act("claimant", sign);
    let signature = agreement(&quarrel).signatures[0].clone();
    assert_eq!(signature.shown, shown);
    let mut body = serde_json::to_value(&signature).unwrap();
    for name in ["identified", "code_at", "device"] {
        body.as_object_mut().unwrap().remove(name).unwrap();
    }
    let older: Signature = serde_json::from_value(body).unwrap();
    assert_eq!(older.shown, Shown::default(), "older bodies load");
}

/// From the invitation on: nobody signs before everybody has come, and then all do.
#[test]
fn people_who_come_late_take_their_seats_agree_and_sign_with_the_others() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules);
    let both = quarrel.case.parties.clone();
    for (number, seat) in (0x41_u128..).zip([&both[0], &both[1], &both[1]]) {
        let mut seat = seat.clone();
        seat.id = PartyId(Uuid::from_u128(number));
        seat.person = None;
        let phone = format!("139000000{number}");
        seat.contact.phone = Some(Phone::parse(&phone).unwrap());
        quarrel.case.parties.push(seat);
    }
    let mut quarrel = quarrel.agreed();
    let base = quarrel.paper(PaperKind::Agreement, "base");
    let early = Action::PrepareSigning {
        number: "1".to_owned(),
        paper: base,
        order: None,
    };
    let refused = quarrel.refuses("mediator", early);
    assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::SeatEmpty));
    for seat in quarrel.case.parties.clone().into_iter().skip(2) {
        let (party, proven) = (seat.id, seat.contact);
        let person = PersonId(party.0);
        quarrel.act(
            "accounts",
            Action::TakeSeat {
                party,
                person,
                proven,
            },
        );
        let text = |text: &str| text.to_owned();
        quarrel.act(
            "mediator",
            Action::RecordIdentity {
                party,
                method: IdentityMethod::CardAtCounter,
                address: text("柳荫里 3 号楼"),
                masked: text("1**2"),
                sealed: text("x"),
                fingerprint: party.to_string(),
                document: None,
            },
        );
        let revision = quarrel.case.stage.work().unwrap().draft.revision;
        let agree = Action::AgreeClause {
            clause: CLAUSE,
            revision,
        };
        let agreed = quarrel.attempt(&Actor::Person { person }, agree);
        quarrel.case = agreed.unwrap().case;
    }
    prepare(&mut quarrel, Order::Free);
    let signers = agreement(&quarrel).signers(&quarrel.case.party_ids());
    assert_eq!(signers.len(), 7, "five, the mediator, the seal");
    for signer in signers {
        let signed = quarrel.attempt(&hand(&quarrel, signer), signing(&quarrel, signer));
        quarrel.case = signed.unwrap().case;
    }
    assert_eq!(quarrel.case.stage.name(), "mediate.settled");
}
