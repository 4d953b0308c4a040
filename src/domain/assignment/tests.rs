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
    preferred: Vec<PersonId>,
    met: BTreeMap<PersonId, Vec<Met>>,
    time: BTreeMap<PersonId, TimeLeft>,
    ties: BTreeMap<PersonId, Vec<Tie>>,
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
        preferred: Vec::new(),
        met: BTreeMap::new(),
        time: BTreeMap::new(),
        ties: BTreeMap::new(),
    }
}

/// Nothing in the calendar of the coming week.
const FREE: TimeLeft = TimeLeft {
    away_until: None,
    free_hours: 30,
};

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
                        time: self.time.get(&person(at)).copied().unwrap_or(FREE),
                        ties: self.ties.get(&person(at)).map_or(&[], Vec::as_slice),
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
        rank(&self.wanted(dispute), &self.bodies())
    }

    fn wanted(&self, dispute: &str) -> Wanted<'_> {
        Wanted {
            dispute: self.rules.dispute(&key(dispute)).unwrap(),
            area: Some(&self.area),
            languages: &self.languages,
            parties: &self.parties,
            refused: &self.refused,
            earlier: &self.earlier,
            preferred: &self.preferred,
            met: &self.met,
        }
    }

    /// What is said of a mediator who is proposed, with the score.
    fn why(&self, mediator: &str) -> (i32, Vec<Reason>) {
        let person = person(self.index(mediator));
        let ranked = self.rank("noise");
        let found = ranked.iter().flat_map(|it| &it.mediators);
        let found = found.into_iter().find(|it| it.person == person);
        let found = found.unwrap_or_else(|| panic!("{mediator} is not proposed"));
        (found.score, found.reasons.clone())
    }

    fn has_met(&mut self, mediator: &str, party: &str, role: MetAs, cases: u32) {
        let person = person(self.index(mediator));
        let party = party.to_owned();
        let met = Met {
            party,
            role,
            cases,
            elsewhere: false,
        };
        self.met.entry(person).or_default().push(met);
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

/// What a mediator declared keeps them out as what was found does (在线调解规则 13).
#[test]
fn every_declared_tie_keeps_a_mediator_out() {
    let mut case = case();
    let name = |text: &str| PersonName::parse(text).unwrap();
    case.parties[0].employer = Some("和风客运".to_owned());
    let of_party = case.parties[0].name.as_str().to_owned();
    let told = [
        (
            Tie::Relative(name("赵不存")),
            Reason::Relative(of_party.clone()),
        ),
        (Tie::Person(name("赵不存")), Reason::Close(of_party.clone())),
        (
            Tie::Address("柳荫小区 3号楼501".to_owned()),
            Reason::SameAddress(of_party.clone()),
        ),
        (
            Tie::Employer("和风客运".to_owned()),
            Reason::SameEmployer(of_party.clone()),
        ),
        (
            Tie::Employer("赵不存".to_owned()),
            Reason::SameEmployer(of_party),
        ),
    ];
    let mediator = person(case.index("lu-xiaoyue"));
    for (tie, reason) in told {
        assert_eq!(Tie::read(tie.kind(), tie.value()), Some(tie.clone()));
        case.ties = BTreeMap::from([(mediator, vec![tie])]);
        assert_eq!(case.why_not("lu-xiaoyue"), [reason]);
    }
    case.ties = BTreeMap::from([(mediator, vec![Tie::Employer("别家".to_owned())])]);
    assert!(case.why("lu-xiaoyue").1.contains(&Reason::NoConflict));
    assert_eq!(Tie::read("enemy", "赵不存"), None);
}

/// 特邀调解规定 16: no other role in the matter; and whoever stood on a side once does not sit in the middle later.
#[test]
fn whoever_stood_on_a_side_before_is_kept_out() {
    let mut case = case();
    case.has_met("lu-xiaoyue", "赵不存", MetAs::Opponent, 1);
    case.has_met("bai-ruolan", "钱无有", MetAs::Companion, 2);
    let against = Reason::StoodAgainst("赵不存".to_owned());
    assert_eq!(case.why_not("lu-xiaoyue"), [against]);
    let beside = Reason::StoodBeside("钱无有".to_owned());
    assert_eq!(case.why_not("bai-ruolan"), [beside]);
}

/// 在线调解规则 13 (3): what ties to one side alone is said and counts against; knowing both is no leaning.
#[test]
fn having_mediated_for_one_side_counts_against_and_for_both_in_favour() {
    let mut case = case();
    let (before, _) = case.why("lu-xiaoyue");
    case.has_met("lu-xiaoyue", "赵不存", MetAs::Mediator, 2);
    let (one_side, reasons) = case.why("lu-xiaoyue");
    assert!(one_side < before);
    let party = "赵不存".to_owned();
    assert!(reasons.contains(&Reason::KnowsOne { party, cases: 2 }));
    case.has_met("lu-xiaoyue", "钱无有", MetAs::Mediator, 1);
    let (both, reasons) = case.why("lu-xiaoyue");
    assert!(both > before && reasons.contains(&Reason::KnowsAll));
}

/// 人民调解法 23 (1), 在线调解规则 10: the parties' wish carries weight, and none over a conflict.
#[test]
fn a_party_s_preference_moves_up_and_never_over_a_conflict() {
    let mut case = case();
    let wished = person(case.index("qin-zhengping"));
    case.preferred = vec![wished, wished];
    assert_eq!(case.order("noise")[0].1[0], "qin-zhengping");
    assert!(
        case.why("qin-zhengping")
            .1
            .contains(&Reason::Preferred { by: 2 })
    );
    case.parties[1] = party("秦正平", "别处");
    assert!(matches!(
        case.why_not("qin-zhengping")[..],
        [Reason::SameName(_)]
    ));
}

#[test]
fn a_full_week_counts_against_and_leave_keeps_out() {
    let mut case = case();
    let mediator = person(case.index("lu-xiaoyue"));
    let (free, _) = case.why("lu-xiaoyue");
    case.time.insert(mediator, TimeLeft::default());
    let (full, reasons) = case.why("lu-xiaoyue");
    assert!(full < free && reasons.contains(&Reason::WeekFull));
    let until = "2026-03-09T16:00:00Z".parse().unwrap();
    let away = TimeLeft {
        away_until: Some(until),
        free_hours: 30,
    };
    case.time.insert(mediator, away);
    assert_eq!(case.why_not("lu-xiaoyue"), [Reason::Away { until }]);
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
        // People of partner bodies sit in on matters of others; nobody is sent to them for mediation.
        let mediates = |it: &&Body<'_>| it.organisation.kind.track().is_some();
        let mediators: usize = case.bodies().iter().filter(mediates).map(|it| it.roster.len()).sum();
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
        let wanted = case.wanted("noise");
        let mut bodies = case.bodies();
        bodies.reverse();
        for body in &mut bodies {
            body.roster.reverse();
        }
        prop_assert_eq!(super::rank(&wanted, &bodies).len(), ranked.len());
        prop_assert_eq!(super::rank(&wanted, &bodies).into_iter().map(|it| (it.organisation, it.mediators)).collect::<Vec<_>>(), ranked.into_iter().map(|it| (it.organisation, it.mediators)).collect::<Vec<_>>());
    }

    #[test]
    fn the_order_is_total_and_the_score_is_what_the_reasons_say(
        loads in prop::collection::vec(0..8_u32, 32),
        hours in prop::collection::vec(0..40_u32, 32),
    ) {
        let mut case = case();
        for (at, (load, hours)) in loads.iter().zip(&hours).enumerate().take(case.town.staff.len()) {
            case.town.staff[at].elsewhere = *load;
            case.time.insert(person(at), TimeLeft { away_until: None, free_hours: *hours });
        }
        let ranked = case.rank("noise");
        for mediators in ranked.iter().map(|it| &it.mediators) {
            for it in mediators {
                prop_assert_eq!(it.score, it.reasons.iter().map(Reason::weight).sum::<i32>());
                // Whatever is said counts for or against: its sign is the direction in which it moves the score.
                prop_assert!(it.reasons.iter().all(|why| why.weight() != 0 && why.is_plus() == (why.weight() > 0)));
            }
            for pair in mediators.windows(2) {
                prop_assert!((Reverse(pair[0].score), pair[0].person) < (Reverse(pair[1].score), pair[1].person));
            }
        }
        prop_assert_eq!(case.rank("noise"), ranked, "stable");
    }

    /// Whatever conflict is added, nobody gains by it, and whoever it hits is not ranked.
    #[test]
    fn adding_a_conflict_never_raises_anybody(hit in 0..32_usize, kind in 0..6_usize) {
        let mut case = case();
        let before = case.rank("noise");
        let hit = person(hit % case.town.staff.len());
        let relative = Tie::Relative(case.parties[0].name.clone());
        let met = |role| Met { party: "赵不存".to_owned(), role, cases: 1, elsewhere: false };
        match kind {
            0 => case.refused.push(hit),
            1 => case.earlier.push(hit),
            2 => { case.ties.insert(hit, vec![relative]); }
            3 => { case.met.insert(hit, vec![met(MetAs::Opponent)]); }
            4 => { case.met.insert(hit, vec![met(MetAs::Companion)]); }
            _ => case.parties[1].person = Some(hit),
        }
        let after = case.rank("noise");
        let scores = |ranked: &[RankedCommittee]| -> BTreeMap<PersonId, i32> {
            ranked.iter().flat_map(|it| &it.mediators).map(|it| (it.person, it.score)).collect()
        };
        let (before, after) = (scores(&before), scores(&after));
        prop_assert!(!after.contains_key(&hit));
        for (person, score) in after {
            prop_assert!(score <= before[&person]);
        }
    }
}
