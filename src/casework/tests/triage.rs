//! The queue in its order, the first minutes by the clock, and matters told twice.

use jiff::SignedDuration;

use super::super::{CaseworkError, join, link, open, perform, similar, similar_to, tick, waiting};
use super::{desk, new_case};
use crate::casework::{Desk, NewCase};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::alike::Alike;
use crate::domain::case::Case;
use crate::domain::fixture::actor;
use crate::domain::identity::Phone;
use crate::domain::intake::Target;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::organisation::{Language, OrganisationKind};
use crate::domain::safety::Sign;
use crate::storage::fixture::{body, on_both};
use crate::storage::office::insert_organisation;
use crate::storage::write_tx;

/// Told by somebody else against somebody else, somewhere else.
fn of_others(number: u32) -> NewCase {
    let mut new = new_case();
    let phone = |line: u32| Phone::parse(&format!("1390000{line:04}")).unwrap();
    new.person = None;
    new.by = actor("dispatcher");
    new.wants_mediation = true;
    new.claimant.contact.phone = Some(phone(number * 2));
    new.respondent.contact.phone = Some(phone(number * 2 + 1));
    new.respondent.name = crate::domain::identity::PersonName::parse("高远").unwrap();
    new.place.address = format!("高街 {number} 号院");
    new
}

async fn told(desk: &Desk, new: NewCase) -> Case {
    desk.clock.advance(SignedDuration::from_secs(1));
    open(desk, new).await.unwrap()
}

#[tokio::test]
async fn the_queue_begins_with_danger_and_goes_on_with_what_has_waited_longest() {
    on_both(async |store| {
        let desk = desk(store).await;
        let old = told(&desk, of_others(1)).await;
        let mut wu = of_others(2);
        wu.origin.language = Some(Language::Wu);
        let wu = told(&desk, wu).await;
        let mut knife = of_others(3);
        "他拿刀堵在门口。".clone_into(&mut knife.story);
        let knife = told(&desk, knife).await;
        let mut afraid = of_others(4);
        afraid.origin.signs = Some([Sign::Afraid].into());
        let afraid = told(&desk, afraid).await;
        let dispatcher = actor("dispatcher");
        let queue = waiting(&desk, &dispatcher, None, None, 10).await.unwrap();
        let order: Vec<_> = queue.cases.iter().map(|it| it.case.id).collect();
        assert_eq!(order, [knife.id, afraid.id, old.id, wu.id]);
        assert_eq!(queue.total, 4);
        let queue = waiting(&desk, &dispatcher, Some(Language::Wu), None, 10)
            .await
            .unwrap();
        assert_eq!(queue.cases.len(), 1);
        let first = waiting(&desk, &dispatcher, None, None, 2).await.unwrap();
        let rest = waiting(&desk, &dispatcher, None, first.next, 2)
            .await
            .unwrap();
        let order: Vec<_> = rest.cases.iter().map(|it| it.case.id).collect();
        assert_eq!((order, rest.next), (vec![old.id, wu.id], None));
        for name in ["mediator", "judge", "claimant", "operator"] {
            let none = waiting(&desk, &actor(name), None, None, 10).await.unwrap();
            assert!(none.cases.is_empty(), "{name}");
        }
        perform(&desk, &dispatcher, old.id, Action::Accept)
            .await
            .unwrap();
        let queue = waiting(&desk, &dispatcher, None, None, 10).await.unwrap();
        assert_eq!(queue.total, 3, "what is accepted waits no more");
    })
    .await;
}

#[tokio::test]
async fn a_matter_nobody_answers_is_told_above_at_its_minute_and_goes_on_all_the_same() {
    on_both(async |store| {
        let desk = desk(store).await;
        let mut new = of_others(1);
        "家暴，打孩子。".clone_into(&mut new.story);
        let case = told(&desk, new).await;
        assert!(tick(&desk, case.id).await.unwrap().is_none());
        for (seconds, target) in [
            (61, Target::Receive),
            (120, Target::Route),
            (120, Target::Contact),
        ] {
            desk.clock.advance(SignedDuration::from_secs(seconds));
            let ticked = tick(&desk, case.id).await.unwrap().unwrap();
            let missed = &ticked.intake.pace.as_ref().unwrap().missed;
            assert!(missed.contains(&target), "{target:?}: {missed:?}");
            assert!(tick(&desk, case.id).await.unwrap().is_none(), "told once");
        }
        let accepted = perform(&desk, &actor("dispatcher"), case.id, Action::Accept)
            .await
            .unwrap();
        let pace = accepted.intake.pace.unwrap();
        assert!(
            pace.is_late(Target::Route, desk.clock.now()),
            "late, and done"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_told_twice_is_pointed_out_and_becomes_one_case() {
    on_both(async |store| {
        let desk = desk(store).await;
        let first = told(&desk, new_case()).await;
        let second = told(&desk, new_case()).await;
        let dispatcher = actor("dispatcher");
        let found = similar(&desk, &dispatcher, second.id).await.unwrap();
        assert_eq!((found.cases.len(), found.elsewhere.len()), (1, 0));
        for why in [
            Alike::Claimant,
            Alike::Opponent,
            Alike::OpponentName,
            Alike::Address,
        ] {
            assert!(found.cases[0].why.contains(&why), "{why:?}");
        }
        assert!(found.cases[0].joins);
        let into = join(&desk, &dispatcher, second.id, first.id).await.unwrap();
        assert_eq!(into.intake.joined, [second.id]);
        let gone = super::super::load(&desk, &dispatcher, second.id)
            .await
            .unwrap();
        assert_eq!(gone.stage.name(), "closed");
        let again = join(&desk, &dispatcher, second.id, first.id).await;
        assert!(matches!(
            again,
            Err(CaseworkError::OutOfOrder(OutOfOrder::WrongState))
        ));
        let party = similar(&desk, &actor("claimant"), first.id).await;
        assert!(matches!(party, Err(CaseworkError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_serial_matter_is_linked_in_both_and_stays_with_its_own_people() {
    on_both(async |store| {
        let desk = desk(store).await;
        let first = told(&desk, new_case()).await;
        let mut neighbour = of_others(5);
        neighbour.respondent = new_case().respondent;
        let neighbour = told(&desk, neighbour).await;
        let dispatcher = actor("dispatcher");
        let found = similar(&desk, &dispatcher, first.id).await.unwrap();
        assert_eq!(found.cases[0].why, [Alike::Opponent, Alike::OpponentName]);
        let joined = join(&desk, &dispatcher, neighbour.id, first.id).await;
        assert!(matches!(
            joined,
            Err(CaseworkError::OutOfOrder(OutOfOrder::OtherPeople))
        ));
        let stranger = link(&desk, &actor("other_mediator"), first.id, neighbour.id).await;
        assert!(matches!(stranger, Err(CaseworkError::NotFound)));
        link(&desk, &dispatcher, first.id, neighbour.id)
            .await
            .unwrap();
        let seen = similar(&desk, &dispatcher, neighbour.id).await.unwrap();
        assert!(seen.cases[0].linked);
        let claimant: Actor = actor("claimant");
        let theirs = super::super::load(&desk, &claimant, neighbour.id).await;
        assert!(matches!(theirs, Err(CaseworkError::NotFound)));
        let entries = super::super::history(&desk, &claimant, first.id)
            .await
            .unwrap();
        assert!(
            entries.iter().all(|entry| entry.kind != "link"),
            "a party is not told"
        );
    })
    .await;
}

#[tokio::test]
async fn of_another_committees_case_nothing_is_told_but_whose_it_is() {
    on_both(async |store| {
        let desk = desk(store).await;
        let other = crate::domain::ids::OrganisationId(uuid::Uuid::from_u128(0xc9));
        let body = body(other, OrganisationKind::People, "玉泉调委会", "玉泉");
        write_tx!(desk.store, |tx| { insert_organisation(tx, &body).await }).unwrap();
        let mut theirs = new_case();
        theirs.organisation = other;
        theirs.wants_mediation = true;
        told(&desk, theirs.clone()).await;
        told(&desk, theirs).await;
        let mut ours = new_case();
        ours.wants_mediation = true;
        let ours = told(&desk, ours).await;
        let dispatcher = actor("dispatcher");
        let found = similar(&desk, &dispatcher, ours.id).await.unwrap();
        assert!(found.cases.is_empty(), "{found:?}");
        assert_eq!(found.elsewhere, [other].into(), "once, however many");
        let queue = waiting(&desk, &dispatcher, None, None, 10).await.unwrap();
        assert!(queue.cases[0].alike.is_empty() && queue.cases[0].elsewhere);
        let marks = new_case().marks();
        let untold = similar_to(&desk, &dispatcher, &ours.district, &marks).await;
        let untold = untold.unwrap();
        assert_eq!((untold.cases.len(), untold.elsewhere.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_was_corrected_makes_nothing_alike_any_more() {
    on_both(async |store| {
        let desk = desk(store).await;
        let first = told(&desk, new_case()).await;
        let mut new = of_others(5);
        new.respondent.contact = new_case().respondent.contact;
        let second = told(&desk, new).await;
        let dispatcher = actor("dispatcher");
        let found = similar(&desk, &dispatcher, first.id).await.unwrap();
        assert_eq!(found.cases[0].why, [Alike::Opponent]);
        let correct = Action::CorrectContact {
            party: second.parties[1].id,
            contact: of_others(6).respondent.contact,
            address: "高街 5 号院".to_owned(),
        };
        perform(&desk, &dispatcher, second.id, correct)
            .await
            .unwrap();
        let found = similar(&desk, &dispatcher, first.id).await.unwrap();
        assert!(found.cases.is_empty(), "{:?}", found.cases[0].why);
    })
    .await;
}
