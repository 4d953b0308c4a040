//! Proposals over the demo town: who comes first, who is kept out, and that every proposal says why.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::organisation::town::Town;
use crate::domain::organisation::town::tests::{FILES, two_districts};
use crate::domain::rules::Rules;
use crate::domain::rules::tests::{key, rules};

struct Case {
    rules: Rules,
    town: Town,
    area: Area,
    languages: Vec<Language>,
    parties: Vec<PartyFacts>,
    refused: Vec<PersonId>,
    earlier: Vec<PersonId>,
}

fn person(index: usize) -> PersonId {
    PersonId(Uuid::from_u128(1000 + index as u128))
}

fn party(name: &str, address: &str) -> PartyFacts {
    PartyFacts {
        name: PersonName::parse(name).unwrap(),
        person: None,
        fingerprint: None,
        address: address.to_owned(),
        employer: None,
    }
}

fn case() -> Case {
    let rules = rules();
    let town = Town::parse(&two_districts(), &FILES).unwrap();
    Case {
        rules,
        town,
        area: Area("hefeng/qingshi/liuyin".to_owned()),
        languages: Vec::new(),
        parties: vec![
            party("赵不存", "柳荫小区3号楼501"),
            party("钱无有", "柳荫小区3号楼601"),
        ],
        refused: Vec::new(),
        earlier: Vec::new(),
    }
}

impl Case {
    fn index(&self, mediator: &str) -> usize {
        self.town
            .staff
            .iter()
            .position(|it| it.key == mediator)
            .unwrap()
    }

    fn bodies(&self) -> Vec<Body<'_>> {
        let seats = |key: &str| {
            let members = self
                .town
                .staff
                .iter()
                .enumerate()
                .filter(|(_, it)| it.organisation == key);
            members
                .filter_map(|(at, it)| {
                    Some(Seat {
                        person: person(at),
                        profile: it.mediator.as_ref()?,
                        load: it.elsewhere,
                    })
                })
                .collect()
        };
        let organisations = self.town.organisations.iter().enumerate();
        organisations
            .map(|(at, (key, organisation))| Body {
                id: OrganisationId(Uuid::from_u128(at as u128)),
                organisation,
                place: self.town.area_name(&organisation.area).unwrap(),
                roster: seats(key),
            })
            .collect()
    }

    fn rank(&self, dispute: &str) -> Vec<RankedCommittee> {
        let wanted = Wanted {
            dispute: self.rules.dispute(&key(dispute)).unwrap(),
            area: Some(&self.area),
            languages: &self.languages,
            parties: &self.parties,
            refused: &self.refused,
            earlier: &self.earlier,
        };
        rank(&wanted, &self.bodies())
    }

    /// Keys of the committees in order, each with its mediators.
    fn order(&self, dispute: &str) -> Vec<(String, Vec<String>)> {
        let keys: Vec<&String> = self.town.organisations.keys().collect();
        let name = |it: &RankedMediator| {
            self.town.staff[(it.person.0.as_u128() - 1000) as usize]
                .key
                .clone()
        };
        self.rank(dispute)
            .iter()
            .map(|it| {
                let organisation = keys[it.organisation.0.as_u128() as usize].clone();
                (organisation, it.mediators.iter().map(name).collect())
            })
            .collect()
    }

    fn why_not(&self, mediator: &str) -> Vec<Reason> {
        let person = person(self.index(mediator));
        let ranked = self.rank("noise");
        assert!(
            ranked
                .iter()
                .flat_map(|it| &it.mediators)
                .all(|it| it.person != person),
            "{mediator} is proposed"
        );
        let excluded = ranked
            .iter()
            .flat_map(|it| &it.excluded)
            .find(|it| it.person == person);
        excluded.unwrap().reasons.clone()
    }
}

#[test]
fn noise_goes_to_the_committee_of_the_place_and_to_whoever_has_most_room() {
    let order = case().order("noise");
    assert_eq!(order[0].0, "liuyin");
    assert_eq!(order[0].1, ["lu-xiaoyue", "bai-ruolan", "qin-zhengping"]);
    assert_eq!(order[1].0, "qingshi");
    // The court decides; it is never proposed for a mediation.
    assert!(
        order
            .iter()
            .all(|(organisation, _)| organisation != "court")
    );
}

#[test]
fn a_property_fee_goes_to_the_committee_of_the_trade() {
    assert_eq!(
        case().order("property-fee")[0],
        (
            "property".to_owned(),
            vec!["yu-chengxin".to_owned(), "gu-qinghe".to_owned()]
        )
    );
    assert_eq!(case().order("illegal-structure")[0].0, "housing");
}

#[test]
fn a_wished_language_moves_its_speaker_up() {
    let mut case = case();
    case.languages = vec![Language::SignLanguage];
    assert_eq!(case.order("noise")[0].1[0], "bai-ruolan");
}

#[test]
fn every_tie_keeps_a_mediator_out_and_is_named() {
    let mut case = case();
    case.parties[0] = party("江海燕", "柳荫小区3号楼501");
    assert_eq!(
        case.why_not("bai-ruolan"),
        [Reason::Relative("江海燕".to_owned())]
    );
    case.parties[0] = party(" 陆 晓 月 ", "柳荫小区3号楼501");
    assert!(matches!(
        case.why_not("lu-xiaoyue")[..],
        [Reason::SameName(_)]
    ));
    case.parties[0].person = Some(person(case.index("lu-xiaoyue")));
    assert!(matches!(
        case.why_not("lu-xiaoyue")[..],
        [Reason::SamePerson(_)]
    ));

    case.parties[0] = party("赵不存", "柳荫小区 3号楼501");
    let at = case.index("qin-zhengping");
    case.town.staff[at].mediator.as_mut().unwrap().address = Some("柳荫小区3号楼501".to_owned());
    assert!(matches!(
        case.why_not("qin-zhengping")[..],
        [Reason::SameAddress(_)]
    ));
    case.town.staff[at].mediator.as_mut().unwrap().address = None;
    case.town.staff[at].mediator.as_mut().unwrap().employer = Some("和风客运".to_owned());
    case.parties[1].employer = Some("和风客运".to_owned());
    assert!(matches!(
        case.why_not("qin-zhengping")[..],
        [Reason::SameEmployer(_)]
    ));
    case.parties[1].employer = None;
    case.town.staff[at].mediator.as_mut().unwrap().fingerprint = Some("ab12".to_owned());
    case.parties[1].fingerprint = Some("ab12".to_owned());
    assert!(matches!(
        case.why_not("qin-zhengping")[..],
        [Reason::SamePerson(_)]
    ));
}

#[test]
fn nobody_is_asked_twice_or_beyond_their_load() {
    let mut case = case();
    case.refused = vec![person(case.index("lu-xiaoyue"))];
    assert_eq!(case.why_not("lu-xiaoyue"), [Reason::Refused]);
    case.earlier = vec![person(case.index("tao-anran"))];
    assert_eq!(case.why_not("tao-anran"), [Reason::EarlierRole]);
    let at = case.index("qin-zhengping");
    case.town.staff[at].elsewhere = 6;
    assert_eq!(
        case.why_not("qin-zhengping"),
        [Reason::LoadFull { load: 6 }]
    );
}

#[test]
fn a_committee_without_anybody_free_comes_last_and_says_so() {
    let mut case = case();
    for at in 0..case.town.staff.len() {
        if case.town.staff[at].organisation == "liuyin" {
            case.town.staff[at].elsewhere = 99;
        }
    }
    let ranked = case.rank("noise");
    assert_eq!(case.order("noise")[0].0, "qingshi");
    assert!(ranked.last().unwrap().reasons.contains(&Reason::NoMediator));
}

proptest! {
    #[test]
    fn each_mediator_is_proposed_or_excluded_once_always_with_reasons_and_never_with_a_conflict(
        loads in prop::collection::vec(0..12_u32, 32),
        names in prop::collection::vec(0..32_usize, 2),
    ) {
        let mut case = case();
        for (member, load) in case.town.staff.iter_mut().zip(&loads) {
            member.elsewhere = *load;
        }
        let staff = case.town.staff.len();
        case.parties = names.iter().map(|at| party(case.town.staff[at % staff].name.as_str(), "别处")).collect();
        let ranked = case.rank("noise");
        let mediators = case.town.staff.iter().filter(|it| it.mediator.is_some()).count();
        prop_assert_eq!(ranked.iter().map(|it| it.mediators.len() + it.excluded.len()).sum::<usize>(), mediators);
        for committee in &ranked {
            prop_assert!(!committee.reasons.is_empty());
            for mediator in &committee.mediators {
                prop_assert!(mediator.reasons.contains(&Reason::NoConflict));
                let member = &case.town.staff[(mediator.person.0.as_u128() - 1000) as usize];
                prop_assert!(case.parties.iter().all(|party| party.name != member.name));
                prop_assert!(member.elsewhere < member.mediator.as_ref().unwrap().load_limit);
            }
            prop_assert!(committee.excluded.iter().all(|it| !it.reasons.is_empty() && it.reasons.iter().all(|why| !why.is_plus())));
        }
        // The order of the roster does not matter.
        let wanted = Wanted { dispute: case.rules.dispute(&key("noise")).unwrap(), area: Some(&case.area), languages: &[], parties: &case.parties, refused: &[], earlier: &[] };
        let mut bodies = case.bodies();
        bodies.reverse();
        for body in &mut bodies {
            body.roster.reverse();
        }
        prop_assert_eq!(super::rank(&wanted, &bodies).len(), ranked.len());
        prop_assert_eq!(super::rank(&wanted, &bodies).into_iter().map(|it| (it.organisation, it.mediators)).collect::<Vec<_>>(), ranked.into_iter().map(|it| (it.organisation, it.mediators)).collect::<Vec<_>>());
    }
}
