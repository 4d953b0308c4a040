use uuid::Uuid;

use super::{committee_for, court_for, propose, propose_all};
use crate::domain::actor::{Post, Role};
use crate::domain::assignment::{Encounter, MetAs, Reason, Tie, marks};
use crate::domain::fixture::{Quarrel, rules};
use crate::domain::identity::PersonName;
use crate::domain::ids::{CaseId, OrganisationId, PersonId};
use crate::domain::organisation::town::tests::two_districts;
use crate::domain::organisation::town::{self, QrPlace, Town};
use crate::domain::organisation::{Area, District, OrganisationKind};
use crate::domain::rules::DisputeKey;
use crate::storage::accounts::people::{self, Person};
use crate::storage::fixture::on_both;
use crate::storage::office::{self, Listed, RosterRow};
use crate::storage::{Store, cases, diary, encounters, write_tx};

/// The demo town's organisations and mediators under ids in the order of the file.
async fn settle(store: &Store) -> Town {
    let town = Town::parse(&two_districts(), &town::tests::FILES).unwrap();
    let ids = |number: usize| OrganisationId(Uuid::from_u128(number as u128 + 1));
    let keys: Vec<_> = town.organisations.keys().cloned().collect();
    write_tx!(store, |tx| {
        for (area, name) in &town.areas {
            office::insert_area(tx, area, name).await?;
        }
        for place in &town.places {
            office::insert_place(tx, place).await?;
        }
        for (number, organisation) in town.organisations.values().enumerate() {
            let listed = Listed {
                id: ids(number),
                organisation: organisation.clone(),
            };
            office::insert_organisation(tx, &listed).await?;
        }
        for (number, member) in town.staff.iter().enumerate() {
            let person = PersonId(Uuid::from_u128(number as u128 + 100));
            let organisation = ids(keys
                .iter()
                .position(|key| *key == member.organisation)
                .unwrap());
            people::insert(tx, &known(person, &member.name)).await?;
            for role in &member.roles {
                office::give_post(
                    tx,
                    person,
                    Post {
                        organisation,
                        role: *role,
                    },
                )
                .await?;
            }
            if let Some(profile) = member.mediator.clone() {
                let row = RosterRow {
                    person,
                    organisation,
                    profile,
                    elsewhere: member.elsewhere,
                };
                office::insert_mediator(tx, &row).await?;
            }
        }
        Ok::<_, crate::storage::StorageError>(())
    })
    .unwrap();
    town
}

fn known(id: PersonId, name: &PersonName) -> Person {
    Person {
        id,
        name: name.clone(),
        phone: None,
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: "2026-03-02T01:00:00Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn noise_in_liuyin_goes_to_its_own_committee_and_a_mediator_of_the_field() {
    on_both(async |store| {
        let town = settle(&store).await;
        let mut read = store.read().await.unwrap();
        let rules = rules();
        let mut case = Quarrel::new(&rules).case;
        case.place.code = Some("LY-03-2".to_owned());
        let best = propose(&mut read, &rules, &case, case.opened_at)
            .await
            .unwrap()
            .remove(0);
        let committee = office::organisation(&mut read, best.organisation)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(committee.organisation, town.organisations["liuyin"]);
        let roster = office::roster(&mut read).await.unwrap();
        let first = roster
            .iter()
            .find(|row| row.person == best.mediators[0].person)
            .unwrap();
        assert!(
            first
                .profile
                .fields
                .contains(&DisputeKey("noise".to_owned()))
        );
        assert!(!best.mediators[0].reasons.is_empty());
        case.organisation = best.organisation;
        let court = court_for(&mut read, &case).await.unwrap().unwrap();
        assert_eq!(court.organisation.kind, OrganisationKind::Court);
    })
    .await;
}

/// What is stored of other matters, declared and booked reaches the proposal, for one case and for many alike.
#[tokio::test]
async fn leave_ties_and_earlier_matters_reach_the_proposal() {
    on_both(async |store| {
        settle(&store).await;
        let rules = rules();
        let mut case = Quarrel::new(&rules).selecting().case;
        case.place.code = Some("LY-03-2".to_owned());
        let now = case.opened_at;
        let ranked = async || {
            let mut read = store.read().await.unwrap();
            let one = propose(&mut read, &rules, &case, now).await.unwrap();
            let cases = [case.clone(), case.clone()];
            let both = propose_all(&mut read, &rules, &cases, now).await.unwrap();
            assert!(both.iter().all(|ranked| *ranked == one), "many as one");
            one
        };
        let first = ranked().await.remove(0);
        let people: Vec<_> = first.mediators.iter().map(|it| it.person).collect();
        assert_eq!(people.len(), 3);
        let met = Encounter {
            person: people[1],
            mark: marks(&case.parties[0])[0].clone(),
            case: CaseId(Uuid::from_u128(77)),
            role: MetAs::Companion,
        };
        let mut earlier = case.clone();
        earlier.id = met.case;
        earlier.number = "和调〔2026〕000077号".to_owned();
        let of_this_case = Encounter {
            person: people[0],
            case: case.id,
            ..met.clone()
        };
        let tie = Tie::Relative(case.parties[1].name.clone());
        let week = (now, now + jiff::SignedDuration::from_hours(24));
        write_tx!(store, |tx| {
            cases::insert(tx, &earlier).await?;
            encounters::insert(tx, &met).await?;
            encounters::insert(tx, &of_this_case).await?;
            encounters::set_ties(tx, people[2], std::slice::from_ref(&tie)).await?;
            diary::insert_leave(tx, Uuid::from_u128(5), people[0], week).await?;
            Ok::<_, crate::storage::StorageError>(())
        })
        .unwrap();
        let after = ranked().await;
        let after = after
            .iter()
            .find(|it| it.organisation == first.organisation);
        let after = after.unwrap();
        assert!(after.mediators.is_empty(), "{after:?}");
        let why = |person| {
            let found = after.excluded.iter().find(|it| it.person == person);
            found.unwrap().reasons.clone()
        };
        assert_eq!(why(people[0]), [Reason::Away { until: week.1 }]);
        let (beside, relative) = (case.parties[0].name.as_str(), case.parties[1].name.as_str());
        assert_eq!(why(people[1]), [Reason::StoodBeside(beside.to_owned())]);
        assert_eq!(why(people[2]), [Reason::Relative(relative.to_owned())]);
    })
    .await;
}

/// Whoever stood on a side elsewhere does not mediate here; who, where and how often is that district's own.
#[tokio::test]
async fn matters_of_another_district_bar_and_tell_nothing_of_themselves() {
    on_both(async |store| {
        settle(&store).await;
        let rules = rules();
        let mut case = Quarrel::new(&rules).selecting().case;
        case.place.code = Some("LY-03-2".to_owned());
        let now = case.opened_at;
        let first = async || {
            let mut read = store.read().await.unwrap();
            let ranked = propose(&mut read, &rules, &case, now).await;
            ranked.unwrap().remove(0)
        };
        let before = first().await;
        let people: Vec<_> = before.mediators.iter().map(|it| it.person).collect();
        let mut elsewhere = case.clone();
        elsewhere.id = CaseId(Uuid::from_u128(78));
        elsewhere.number = "北调〔2026〕000078号".to_owned();
        elsewhere.district = District("beiling".to_owned());
        let met = |person, party: usize, role| Encounter {
            person,
            mark: marks(&case.parties[party])[0].clone(),
            case: elsewhere.id,
            role,
        };
        let all = [
            met(people[0], 0, MetAs::Companion),
            met(people[0], 1, MetAs::Opponent),
            met(people[1], 0, MetAs::Mediator),
        ];
        write_tx!(store, |tx| {
            cases::insert(tx, &elsewhere).await?;
            for encounter in &all {
                encounters::insert(tx, encounter).await?;
            }
            Ok::<_, crate::storage::StorageError>(())
        })
        .unwrap();
        let after = first().await;
        assert_eq!(after.excluded.len(), 1 + before.excluded.len());
        let barred = after.excluded.iter().find(|it| it.person == people[0]);
        assert_eq!(barred.unwrap().reasons, [Reason::StoodElsewhere]);
        assert_eq!(after.mediators, before.mediators[1..]);
    })
    .await;
}

/// Nobody of another district is proposed, whatever speaks for them; nor is its court.
#[tokio::test]
async fn proposals_stay_in_the_district_of_the_case() {
    on_both(async |store| {
        let town = settle(&store).await;
        let mut read = store.read().await.unwrap();
        let rules = two_districts();
        let mut case = Quarrel::new(&rules).case;
        for (district, dispute) in [("hefeng", "noise"), ("beiling", "terrace-water")] {
            case.district = District(district.to_owned());
            case.dispute = DisputeKey(dispute.to_owned());
            case.place.area = Some(Area("hefeng/qingshi/liuyin".to_owned()));
            let ranked = propose(&mut read, &rules, &case, case.opened_at)
                .await
                .unwrap();
            let mut bodies = 0;
            for committee in &ranked {
                let found = office::organisation(&mut read, committee.organisation).await;
                let body = found.unwrap().unwrap().organisation;
                assert_eq!(body.area.district(), case.district, "{}", body.key);
                bodies += 1;
            }
            let own = town.organisations.values().filter(|body| {
                body.area.district() == case.district && body.kind.track().is_some()
            });
            assert_eq!(bodies, own.count());
        }
        case.district = District("hefeng".to_owned());
        let ranked = propose(&mut read, &rules, &case, case.opened_at)
            .await
            .unwrap();
        assert!(ranked.is_empty(), "its type is not known next door");
    })
    .await;
}

#[tokio::test]
async fn a_matter_outside_the_table_goes_to_the_people_of_the_place() {
    on_both(async |store| {
        let town = settle(&store).await;
        let mut read = store.read().await.unwrap();
        let other = DisputeKey("something-else".to_owned());
        let area = Area("hefeng/nanqiao/xiting".to_owned());
        let taker = committee_for(&mut read, &rules(), &other, Some(&area))
            .await
            .unwrap()
            .unwrap();
        let taker = office::organisation(&mut read, taker)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(taker.organisation, town.organisations["xiting"]);
    })
    .await;
}

#[tokio::test]
async fn a_matter_goes_to_who_covers_its_place_and_else_to_the_widest_area() {
    on_both(async |store| {
        let town = settle(&store).await;
        let mut read = store.read().await.unwrap();
        for (dispute, area, taker) in [
            ("noise", Some("hefeng/nanqiao/xiting"), "xiting"),
            ("noise", Some("hefeng/qingshi/liuyin"), "liuyin"),
            ("noise", Some("hefeng/qingshi/yuquan"), "qingshi"),
            // No people's committee covers the other street, and nobody knows the place.
            ("noise", Some("hefeng/nanqiao"), "qingshi"),
            ("noise", Some("hefeng"), "qingshi"),
            ("something-else", Some("hefeng"), "qingshi"),
            ("noise", Some("beiling"), "songshan"),
            ("noise", Some("beiling/songshan/yunxi"), "yunxi"),
            // Beiling has no committee for property matters, and the neighbour's is not asked.
            ("property-fee", Some("beiling/songshan/yunxi"), "yunxi"),
            ("terrace-water", Some("beiling/songshan/yunxi"), "yunxi"),
            ("property-fee", Some("hefeng/nanqiao/xiting"), "property"),
            ("property-fee", Some("hefeng"), "property"),
        ] {
            let (key, area) = (
                DisputeKey(dispute.to_owned()),
                area.map(|path| Area(path.to_owned())),
            );
            let rules = two_districts();
            let found = committee_for(&mut read, &rules, &key, area.as_ref()).await;
            let found = found.unwrap().unwrap();
            let listed = office::organisation(&mut read, found)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(
                listed.organisation.name, town.organisations[taker].name,
                "{dispute} at {area:?}"
            );
        }
        let noise = DisputeKey("noise".to_owned());
        let nowhere = committee_for(&mut read, &rules(), &noise, None).await;
        assert_eq!(nowhere.unwrap(), None, "of two districts neither");
    })
    .await;
}

#[tokio::test]
async fn offices_are_given_found_and_taken_back() {
    on_both(async |store| {
        settle(&store).await;
        let mut read = store.read().await.unwrap();
        let person = PersonId(Uuid::from_u128(100));
        let post = office::posts(&mut read, person).await.unwrap()[0];
        assert_eq!(post.role, Role::Dispatcher);
        assert_eq!(office::holders(&mut read, post).await.unwrap(), [person]);
        drop(read);
        write_tx!(store, |tx| { office::give_post(tx, person, post).await }).unwrap();
        write_tx!(store, |tx| { office::take_post(tx, person, post).await }).unwrap();
        let again = write_tx!(store, |tx| { office::take_post(tx, person, post).await });
        assert!(again.is_err(), "taken once");
        let mut read = store.read().await.unwrap();
        assert_eq!(office::posts(&mut read, person).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_code_that_no_door_carries_leads_nowhere() {
    on_both(async |store| {
        let town = settle(&store).await;
        let mut read = store.read().await.unwrap();
        assert_eq!(office::place(&mut read, "nowhere").await.unwrap(), None);
        let all: Vec<QrPlace> = office::places(&mut read).await.unwrap();
        assert_eq!(all.len(), town.places.len());
        let one = office::place(&mut read, &all[0].code).await.unwrap();
        assert_eq!(one.as_ref(), Some(&all[0]));
    })
    .await;
}
