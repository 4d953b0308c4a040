mod at_once;
mod calendars;
mod erasure;
mod triage;

use std::sync::Arc;

use jiff::SignedDuration;

use super::{
    CaseworkError, Desk, NewCase, NewClaim, NewParty, Origin, caucus_notes, foresee_number,
    history, list, load, mediation_record, note_caucus, open, perform, perform_numbered,
    recalculate, tick,
};
use crate::clock::Clock;
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::{Case, Place};
use crate::domain::chain;
use crate::domain::claim::ClaimKind;
use crate::domain::fixture::{
    COMMITTEE, COURT, INVENTED_2027, MEDIATOR, Quarrel, actor, actors, all_clear, rules,
    rules_with_holidays,
};
use crate::domain::identity::{PersonName, Phone};
use crate::domain::ids::{OrganisationId, PersonId, SessionId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::organisation::{Area, OrganisationKind};
use crate::domain::party::Contact;
use crate::domain::rules::DisputeKey;
use crate::domain::stage::{EndCode, Stage};
use crate::domain::team::{Capacity, Member};
use crate::domain::track::{Track, Way};
use crate::storage::fixture::{body, falsify, on_both, write_body};
use crate::storage::office::insert_organisation;
use crate::storage::{StorageError, Store, cases, encounters, events, write_tx};

async fn desk(store: Store) -> Desk {
    let committee = body(
        COMMITTEE,
        OrganisationKind::People,
        "柳荫街道人民调解委员会",
        "柳荫",
    );
    let court = body(COURT, OrganisationKind::Court, "和风区人民法院", "和0199");
    write_tx!(store, |tx| {
        insert_organisation(tx, &committee).await?;
        insert_organisation(tx, &court).await
    })
    .unwrap();
    let clock = Clock::fixed("2026-03-02T01:00:00Z".parse().unwrap());
    Desk {
        store,
        clock: Arc::new(clock),
        rules: Arc::new(rules()),
    }
}

fn new_case() -> NewCase {
    let party = |name: &str, phone: &str| NewParty {
        name: PersonName::parse(name).unwrap(),
        contact: Contact {
            phone: Some(Phone::parse(phone).unwrap()),
            mail: None,
        },
        address: "柳荫里 3 号楼".to_owned(),
    };
    NewCase {
        person: actor("claimant").person(),
        by: actor("claimant"),
        wants_mediation: false,
        origin: Origin::default(),
        organisation: COMMITTEE,
        dispute: DisputeKey("noise".to_owned()),
        track: Track::People,
        place: Place {
            code: None,
            area: None,
            address: "柳荫里 3 号楼".to_owned(),
        },
        story: "夜里总有拖椅子的声音。".to_owned(),
        happened_on: None,
        claims: vec![NewClaim {
            kind: ClaimKind::Stop,
            text: "夜里安静".to_owned(),
            amount: None,
        }],
        claimant: party("安和", "13800000001"),
        respondent: party("康宁", "13800000002"),
        further: Vec::new(),
    }
}

/// Opens a case and brings it to the table.
async fn inviting(desk: &Desk) -> Case {
    let case = open(desk, new_case()).await.unwrap();
    perform(
        desk,
        &actor("claimant"),
        case.id,
        Action::ChooseWay {
            way: Way::Mediation,
        },
    )
    .await
    .unwrap();
    perform(desk, &actor("dispatcher"), case.id, Action::Accept)
        .await
        .unwrap()
}

async fn selecting(desk: &Desk) -> Case {
    let case = inviting(desk).await;
    let seat = &case.parties[1];
    let take = Action::TakeSeat {
        party: seat.id,
        person: actor("respondent").person().unwrap(),
        proven: seat.contact.clone(),
    };
    perform(
        desk,
        &Actor::System {
            system: System::Accounts,
        },
        case.id,
        take,
    )
    .await
    .unwrap();
    perform(
        desk,
        &actor("respondent"),
        case.id,
        Action::AcceptInvitation,
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn a_case_keeps_its_history_in_a_chain_that_erasing_does_not_break() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = selecting(&desk).await;
        let entries = history(&desk, &actor("claimant"), case.id).await.unwrap();
        let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "open",
                "choose_way",
                "accept",
                "take_seat",
                "accept_invitation"
            ]
        );
        let mut read = desk.store.read().await.unwrap();
        let mut links = events::chain(&mut read, case.id).await.unwrap();
        assert_eq!(chain::verify(&case.id.to_string(), &links), Ok(()));
        links[2].kind = "decline_invitation".to_owned();
        assert!(chain::verify(&case.id.to_string(), &links).is_err());
    })
    .await;
}

/// Otherwise the next event would cover what somebody wrote into the database.
#[tokio::test]
async fn a_case_that_was_changed_behind_its_events_goes_no_further() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = selecting(&desk).await;
        let other = |body: &str| body.replace("\"version\":5", "\"version\":5 ");
        write_body(&desk.store, case.id, other).await;
        let assign = Action::Assign { mediator: MEDIATOR };
        let refused = perform(&desk, &actor("dispatcher"), case.id, assign).await;
        let Err(CaseworkError::Storage(StorageError::Corrupt { what, .. })) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(what, "body of a case");
        let mut read = desk.store.read().await.unwrap();
        assert_eq!(events::chain(&mut read, case.id).await.unwrap().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_leaves_no_trace() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = open(&desk, new_case()).await.unwrap();
        let refused = perform(&desk, &actor("claimant"), case.id, Action::AskForHelp)
            .await
            .unwrap_err();
        assert!(matches!(refused, CaseworkError::Forbidden));
        let early = perform(&desk, &actor("dispatcher"), case.id, Action::Accept)
            .await
            .unwrap_err();
        assert!(matches!(
            early,
            CaseworkError::OutOfOrder(OutOfOrder::WrongState)
        ));
        let stranger = perform(&desk, &actor("stranger"), case.id, Action::Accept)
            .await
            .unwrap_err();
        assert!(matches!(stranger, CaseworkError::NotFound));
        assert_eq!(
            load(&desk, &actor("claimant"), case.id).await.unwrap(),
            case
        );
        assert_eq!(
            history(&desk, &actor("claimant"), case.id)
                .await
                .unwrap()
                .len(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_at_the_same_moment_one_is_faster_and_the_other_is_told() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = selecting(&desk).await;
        let dispatcher = actor("dispatcher");
        let assign = || {
            perform(
                &desk,
                &dispatcher,
                case.id,
                Action::Assign { mediator: MEDIATOR },
            )
        };
        let (first, second) = tokio::join!(assign(), assign());
        assert_eq!(
            [first.is_ok(), second.is_ok()]
                .into_iter()
                .filter(|ok| *ok)
                .count(),
            1
        );
        let lost = first.err().or(second.err()).unwrap();
        assert!(
            matches!(
                lost,
                CaseworkError::OutOfOrder(OutOfOrder::WrongState) | CaseworkError::Conflict
            ),
            "{lost:?}"
        );
        assert_eq!(history(&desk, &dispatcher, case.id).await.unwrap().len(), 6);
    })
    .await;
}

#[tokio::test]
async fn the_clock_ends_an_invitation_that_nobody_answered() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = inviting(&desk).await;
        assert_eq!(tick(&desk, case.id).await.unwrap(), None);
        for _ in 0..4 {
            desk.clock.advance(SignedDuration::from_hours(24 * 10));
            let climbed = tick(&desk, case.id).await.unwrap().unwrap();
            assert_eq!(climbed.stage.name(), "mediate.inviting");
        }
        desk.clock.advance(SignedDuration::from_hours(24 * 10));
        let ended = tick(&desk, case.id).await.unwrap().unwrap();
        assert_eq!(ended.stage.name(), "mediate.ended");
        assert_eq!(
            tick(&desk, case.id).await.unwrap(),
            None,
            "looking twice does nothing twice"
        );
        let code = Action::End {
            code: EndCode::Withdrawn,
        };
        assert!(
            perform(&desk, &actor("claimant"), case.id, code)
                .await
                .is_err()
        );
    })
    .await;
}

/// A case is transferred within its district and to nobody outside of it, whoever asks.
#[tokio::test]
async fn a_case_does_not_leave_its_district() {
    on_both(async |store| {
        let desk = desk(store).await;
        let (near, far) = [0xc7, 0xc8]
            .map(|id| OrganisationId(uuid::Uuid::from_u128(id)))
            .into();
        let mut next_door = body(
            far,
            OrganisationKind::People,
            "云溪村人民调解委员会",
            "云溪",
        );
        next_door.organisation.area = Area("beiling/songshan".to_owned());
        let other = body(
            near,
            OrganisationKind::People,
            "青石街道人民调解委员会",
            "青石",
        );
        write_tx!(desk.store, |tx| {
            insert_organisation(tx, &other).await?;
            insert_organisation(tx, &next_door).await
        })
        .unwrap();
        let case = open(&desk, new_case()).await.unwrap();
        let way = Action::ChooseWay {
            way: Way::Mediation,
        };
        perform(&desk, &actor("claimant"), case.id, way)
            .await
            .unwrap();
        let transfer = async |organisation| {
            let action = Action::Transfer { organisation };
            perform(&desk, &actor("dispatcher"), case.id, action).await
        };
        let refused = transfer(far).await.unwrap_err();
        assert!(
            matches!(
                refused,
                CaseworkError::OutOfOrder(OutOfOrder::OtherDistrict)
            ),
            "{refused:?}"
        );
        let moved = transfer(near).await.unwrap();
        assert_eq!((moved.organisation, moved.district), (near, case.district));
    })
    .await;
}

/// Lists filter in SQL; a single case is judged by `may_see`. The two must say the same of everybody.
#[tokio::test]
async fn lists_show_exactly_what_may_be_seen() {
    on_both(async |store| {
        let desk = desk(store).await;
        let rules = rules();
        let start = || Quarrel::new(&rules);
        let mut prepared = start().settled();
        prepared.join("claimant");
        let mut watched = start().active();
        for (person, capacity) in [(0xba, Capacity::Observer), (0xb9, Capacity::Kin)] {
            let person = PersonId(uuid::Uuid::from_u128(person));
            let since = watched.now;
            watched.case.team.push(Member {
                person,
                capacity,
                since,
            });
        }
        let states = [
            start(),
            start().inviting(),
            start().disclosing(),
            start().active(),
            start().settled(),
            prepared,
            start().filed(),
            start().confirmed(),
            watched,
        ];
        let mut stored = Vec::new();
        for (number, quarrel) in (1..).zip(states) {
            let mut case = quarrel.case;
            case.id = crate::domain::ids::CaseId(desk.clock.new_id());
            case.number = number.to_string();
            for paper in &mut case.papers {
                paper.id = crate::domain::ids::DocumentId(desk.clock.new_id());
                paper.verify_id = paper.id.to_string();
            }
            write_tx!(desk.store, |tx| { cases::insert(tx, &case).await }).unwrap();
            stored.push(case);
        }
        for (name, actor) in actors() {
            let mut listed: Vec<_> = list(&desk, &actor, None, 100)
                .await
                .unwrap()
                .into_iter()
                .map(|row| row.id)
                .collect();
            let mut seen: Vec<_> = stored
                .iter()
                .filter(|case| case.may_see(&actor))
                .map(|case| case.id)
                .collect();
            listed.sort();
            seen.sort();
            assert_eq!(listed, seen, "{name}");
        }
        assert!(stored.iter().any(|case| case.may_see(&actor("judge"))) && COURT != COMMITTEE);
    })
    .await;
}

#[tokio::test]
async fn published_holidays_are_counted_in_with_an_event() {
    on_both(async |store| {
        let mut desk = desk(store).await;
        desk.clock = Arc::new(Clock::fixed("2026-12-30T02:00:00Z".parse().unwrap()));
        let case = inviting(&desk).await;
        assert_eq!(recalculate(&desk).await.unwrap(), 0);
        desk.rules = Arc::new(rules_with_holidays(INVENTED_2027));
        assert_eq!(recalculate(&desk).await.unwrap(), 1);
        assert_eq!(recalculate(&desk).await.unwrap(), 0);
        let entries = history(&desk, &actor("claimant"), case.id).await.unwrap();
        assert_eq!(
            entries.last().map(|entry| entry.kind.as_str()),
            Some("recalculate")
        );
    })
    .await;
}

/// What clerk and judge note before the ruling is the court's own.
#[tokio::test]
async fn the_court_s_notes_are_not_in_the_history_of_the_others() {
    on_both(async |store| {
        let desk = desk(store).await;
        let rules = rules();
        let case = Quarrel::new(&rules).reviewing().case;
        write_tx!(desk.store, |tx| { cases::insert(tx, &case).await }).unwrap();
        perform(&desk, &actor("clerk"), case.id, all_clear(&rules))
            .await
            .unwrap();
        let question = "隔音垫由谁购买？".to_owned();
        let ask = Action::AskSupplement { question };
        perform(&desk, &actor("judge"), case.id, ask).await.unwrap();
        for (name, knows) in [
            ("clerk", true),
            ("judge", true),
            ("claimant", false),
            ("respondent", false),
            ("mediator", false),
            ("dispatcher", false),
            ("seal_holder", false),
        ] {
            let entries = history(&desk, &actor(name), case.id).await.unwrap();
            let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
            let expected: &[&str] = if knows {
                &["find", "ask_supplement"]
            } else {
                &["ask_supplement"]
            };
            assert_eq!(kinds, expected, "{name}");
        }
    })
    .await;
}

/// A number is drawn with its event, or not at all.
#[tokio::test]
async fn what_is_refused_spends_no_number() {
    on_both(async |store| {
        let desk = desk(store).await;
        let rules = rules();
        let case = Quarrel::new(&rules).filed().case;
        write_tx!(desk.store, |tx| { cases::insert(tx, &case).await }).unwrap();
        let accept = async |name: &str| {
            let action = |year: i16, number: i64| Action::AcceptFiling {
                number: format!("{year}/{number}"),
            };
            perform_numbered(&desk, &actor(name), case.id, "court", action).await
        };
        assert!(matches!(
            accept("judge").await,
            Err(CaseworkError::Forbidden)
        ));
        assert!(matches!(
            accept("stranger").await,
            Err(CaseworkError::NotFound)
        ));
        let Stage::Confirm { phase, .. } = accept("clerk").await.unwrap().stage else {
            panic!("before the court")
        };
        assert_eq!(phase.filing().unwrap().number, "2026/1");
        assert!(accept("clerk").await.is_err(), "accepted once");
        let next = foresee_number(&desk, "court").await.unwrap();
        assert_eq!((next.year, next.number), (2026, 2));
    })
    .await;
}

/// A court takes the record for the mediation itself: from a changed chain it gets none.
#[tokio::test]
async fn no_record_is_told_of_a_changed_chain() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = selecting(&desk).await;
        let claimant = actor("claimant");
        assert!(mediation_record(&desk, &claimant, case.id).await.is_ok());
        falsify(&desk.store).await;
        let told = mediation_record(&desk, &claimant, case.id).await;
        assert!(matches!(told, Err(CaseworkError::Storage(_))), "{told:?}");
    })
    .await;
}

/// What is said alone is read by the mediator who wrote it, and stands in no event.
#[tokio::test]
async fn a_private_talk_stays_with_its_mediator() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = selecting(&desk).await;
        let assign = Action::Assign { mediator: MEDIATOR };
        perform(&desk, &actor("dispatcher"), case.id, assign)
            .await
            .unwrap();
        let (with, secret) = (case.parties[0].id, "底线是三百元");
        let write = async |name: &str| {
            note_caucus(&desk, &actor(name), case.id, with, secret.to_owned()).await
        };
        for name in ["claimant", "respondent", "dispatcher", "seal_holder"] {
            assert!(
                matches!(write(name).await, Err(CaseworkError::Forbidden)),
                "{name}"
            );
        }
        for name in ["other_mediator", "judge", "stranger"] {
            assert!(
                matches!(write(name).await, Err(CaseworkError::NotFound)),
                "{name}"
            );
        }
        write("mediator").await.unwrap();
        let mine = caucus_notes(&desk, &actor("mediator"), case.id)
            .await
            .unwrap();
        assert_eq!(mine.len(), 1);
        assert_eq!(mine[0].text.for_the_mediator(), secret);
        for name in ["claimant", "respondent", "dispatcher", "seal_holder"] {
            let theirs = caucus_notes(&desk, &actor(name), case.id).await.unwrap();
            assert_eq!(theirs, [], "{name}");
        }
        let mut read = desk.store.read().await.unwrap();
        for link in events::chain(&mut read, case.id).await.unwrap() {
            let details = events::details(&mut read, case.id, link.seq).await.unwrap();
            assert!(!details.unwrap().payload.contains(secret));
        }
    })
    .await;
}

/// A mediator sits in one room at a time; whoever comes second hears when the time is taken.
#[tokio::test]
async fn one_hour_of_a_mediator_is_given_to_one_case() {
    on_both(async |store| {
        let desk = desk(store).await;
        let (one, other) = (active(&desk).await, active(&desk).await);
        let at = desk.clock.now() + SignedDuration::from_hours(24);
        let schedule = |number: u128| Action::ScheduleSession {
            session: SessionId(uuid::Uuid::from_u128(number)),
            at,
            minutes: 60,
            venue: None,
        };
        let mediator = actor("mediator");
        let meet = |case, number| Box::pin(perform(&desk, &mediator, case, schedule(number)));
        let (first, second) = tokio::join!(meet(one.id, 1), meet(other.id, 2));
        let (kept, refused) = if first.is_ok() {
            (1, second)
        } else {
            (2, first)
        };
        let Err(CaseworkError::Taken(clash)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((clash.person, clash.from), (MEDIATOR, at));
        assert_eq!(clash.until, at + SignedDuration::from_hours(1));
        let (busy, idle) = if kept == 1 {
            (&one, &other)
        } else {
            (&other, &one)
        };
        let idle = load(&desk, &mediator, idle.id).await.unwrap();
        assert!(idle.stage.work().unwrap().sessions.is_empty());
        let session = SessionId(uuid::Uuid::from_u128(kept));
        let cancel = Action::CancelSession { session };
        perform(&desk, &mediator, busy.id, cancel).await.unwrap();
        perform(&desk, &mediator, idle.id, schedule(3))
            .await
            .unwrap();
    })
    .await;
}

/// What a case leaves behind for later assignments is written as it happens.
#[tokio::test]
async fn who_waits_is_found_and_who_mediated_is_remembered() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = selecting(&desk).await;
        let mut read = desk.store.read().await.unwrap();
        let waiting = cases::waiting(&mut read, COMMITTEE, 10).await.unwrap();
        assert_eq!(waiting, std::slice::from_ref(&case));
        assert!(cases::open_loads(&mut read).await.unwrap().is_empty());
        drop(read);
        let assign = Action::Assign { mediator: MEDIATOR };
        perform(&desk, &actor("dispatcher"), case.id, assign)
            .await
            .unwrap();
        let take = Action::AcceptAssignment { disclosure: None };
        perform(&desk, &actor("mediator"), case.id, take)
            .await
            .unwrap();
        let mut read = desk.store.read().await.unwrap();
        assert!(
            cases::waiting(&mut read, COMMITTEE, 10)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(cases::open_loads(&mut read).await.unwrap()[&MEDIATOR], 1);
        let marks = crate::domain::assignment::marks(&case.parties[0]);
        let marks = marks.into_iter().collect();
        let met = encounters::of_marks(&mut read, &marks);
        let met: Vec<_> = met.await.unwrap();
        assert!(met.iter().any(|it| it.encounter.person == MEDIATOR
            && it.encounter.case == case.id
            && it.district.as_ref() == Some(&case.district)));
    })
    .await;
}

async fn active(desk: &Desk) -> Case {
    let case = selecting(desk).await;
    let assign = Action::Assign { mediator: MEDIATOR };
    perform(desk, &actor("dispatcher"), case.id, assign)
        .await
        .unwrap();
    let take = Action::AcceptAssignment { disclosure: None };
    perform(desk, &actor("mediator"), case.id, take)
        .await
        .unwrap()
}
