//! One room at a time, and what an older version of the program has left.

use std::collections::BTreeSet;

use super::super::{CaseworkError, catch_up, in_queue, perform, recalculate, similar, waiting};
use super::{active, desk, inviting, selecting};
use crate::casework::Desk;
use crate::domain::action::Action;
use crate::domain::assignment::marks;
use crate::domain::case::Case;
use crate::domain::diary::{Booking, quarters};
use crate::domain::fixture::{MEDIATOR, actor};
use crate::domain::ids::{MeetingRoomId, PersonId, SessionId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::session::Venue;
use crate::domain::stage::Ground;
use crate::domain::team::{Capacity, Member};
use crate::storage::fixture::{forget_copies, on_both, put, spoil};
use crate::storage::{diary, encounters, words, write_tx};
use jiff::SignedDuration;

fn session(number: u128) -> SessionId {
    SessionId(uuid::Uuid::from_u128(number))
}

/// A case with a meeting so many hours from now.
async fn meeting(desk: &Desk, number: u128, hours: i64) -> Case {
    let case = active(desk).await;
    let schedule = Action::ScheduleSession {
        session: session(number),
        at: desk.clock.now() + SignedDuration::from_hours(hours),
        minutes: 60,
        venue: None,
    };
    perform(desk, &actor("mediator"), case.id, schedule)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_room_is_booked_once_and_free_again_after_a_cancellation() {
    on_both(async |store| {
        let desk = desk(store).await;
        let (one, other) = (active(&desk).await, active(&desk).await);
        let at = desk.clock.now() + SignedDuration::from_hours(24);
        let venue = || Venue {
            address: "和平路 8 号".to_owned(),
            room: "一号调解室".to_owned(),
            mixed: false,
            kept: Some(MeetingRoomId(uuid::Uuid::from_u128(7))),
        };
        let schedule = |number, at| Action::ScheduleSession {
            session: session(number),
            at,
            minutes: 60,
            venue: Some(venue()),
        };
        let mediator = actor("mediator");
        perform(&desk, &mediator, one.id, schedule(1, at))
            .await
            .unwrap();
        // Somebody else's session, in a calendar of which only the room is the same.
        let elsewhere = Booking {
            person: venue().in_calendar().unwrap(),
            quarter: quarters(at, at).start + 8,
            session: session(9),
        };
        let booked = write_tx!(desk.store, |tx| {
            diary::rebook(tx, other.id, &BTreeSet::new(), &BTreeSet::from([elsewhere])).await
        });
        assert_eq!(booked.unwrap(), None);
        let later = at + SignedDuration::from_hours(2);
        let refused = perform(&desk, &mediator, one.id, schedule(2, later)).await;
        let Err(CaseworkError::Taken(clash)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(Some(clash.person), venue().in_calendar());
        let cancel = Action::CancelSession {
            session: session(1),
        };
        perform(&desk, &mediator, one.id, cancel).await.unwrap();
        perform(&desk, &mediator, other.id, schedule(3, at))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn whoever_mediates_sits_in_one_open_room_at_a_time() {
    on_both(async |store| {
        let desk = desk(store).await;
        let (one, other) = (meeting(&desk, 1, 1).await, meeting(&desk, 2, 3).await);
        let mediator = actor("mediator");
        let open = |number| Action::OpenSession {
            session: session(number),
        };
        perform(&desk, &mediator, one.id, open(1)).await.unwrap();
        let second = perform(&desk, &mediator, other.id, open(2)).await;
        let Err(CaseworkError::OutOfOrder(OutOfOrder::InOtherRoom)) = second else {
            panic!("{second:?}")
        };
        let close = Action::CloseSession {
            session: session(1),
        };
        perform(&desk, &mediator, one.id, close).await.unwrap();
        perform(&desk, &mediator, other.id, open(2)).await.unwrap();
    })
    .await;
}

/// A meeting so many hours from now that somebody leads, with the one interpreter there is.
async fn interpreted(desk: &Desk, leader: &str, number: u128, hours: i64) -> Case {
    let (lead, waiting) = (actor(leader), selecting(desk).await);
    let mediator = lead.person().unwrap();
    let assign = Action::Assign { mediator };
    let assigned = perform(desk, &actor("dispatcher"), waiting.id, assign).await;
    assigned.unwrap();
    let take = Action::AcceptAssignment { disclosure: None };
    let mut case = perform(desk, &lead, waiting.id, take).await.unwrap();
    case.team.push(Member {
        person: PersonId(uuid::Uuid::from_u128(0x66)),
        capacity: Capacity::Interpreter,
        since: desk.clock.now(),
    });
    case.version += 1;
    let joined = write_tx!(desk.store, |tx| { put(tx, &case, desk.clock.now()).await });
    joined.unwrap();
    let schedule = Action::ScheduleSession {
        session: session(number),
        at: desk.clock.now() + SignedDuration::from_hours(hours),
        minutes: 60,
        venue: None,
    };
    perform(desk, &lead, case.id, schedule).await.unwrap()
}

#[tokio::test]
async fn whoever_helps_and_sits_elsewhere_keeps_no_party_waiting_nor_does_a_forgotten_room() {
    on_both(async |store| {
        let desk = desk(store).await;
        let one = interpreted(&desk, "other_mediator", 1, 1).await;
        let other = interpreted(&desk, "mediator", 2, 3).await;
        let open = |number| Action::OpenSession {
            session: session(number),
        };
        let lead = actor("other_mediator");
        perform(&desk, &lead, one.id, open(1)).await.unwrap();
        perform(&desk, &actor("mediator"), other.id, open(2))
            .await
            .unwrap();
        let next = meeting(&desk, 3, 6).await;
        let refused = perform(&desk, &actor("mediator"), next.id, open(3)).await;
        assert!(
            matches!(
                refused,
                Err(CaseworkError::OutOfOrder(OutOfOrder::InOtherRoom))
            ),
            "who leads sits in one: {refused:?}"
        );
        // An hour after it was to be over nobody sits there any more.
        desk.clock
            .advance(SignedDuration::from_hours(5) + SignedDuration::from_mins(1));
        perform(&desk, &actor("mediator"), next.id, open(3))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn older_cases_are_in_every_list_after_the_start_and_twice_changes_nothing() {
    on_both(async |store| {
        let desk = desk(store).await;
        let met = meeting(&desk, 1, 24).await;
        let invited = inviting(&desk).await;
        forget_copies(&desk.store).await;
        let dispatcher = actor("dispatcher");
        let lost = similar(&desk, &dispatcher, met.id).await.unwrap();
        assert!(lost.cases.is_empty());
        assert_eq!(catch_up(&desk).await.unwrap(), 2);
        assert_eq!(catch_up(&desk).await.unwrap(), 0);
        let found = similar(&desk, &dispatcher, met.id).await.unwrap();
        assert_eq!(found.cases[0].case.id, invited.id);
        let queue = waiting(&desk, &dispatcher, None, None, 10).await.unwrap();
        assert_eq!(queue.total, 0, "neither waits to be sorted");
        let mut read = desk.store.read().await.unwrap();
        let marks: BTreeSet<_> = met.parties.iter().flat_map(marks).collect();
        let known = encounters::of_marks(&mut read, &marks).await.unwrap();
        assert!(known.iter().any(|it| it.encounter.person == MEDIATOR));
        drop(read);
        let taken = write_tx!(desk.store, |tx| { diary::cases_of(tx, MEDIATOR).await });
        assert_eq!(taken.unwrap(), [met.id]);
        let other = active(&desk).await;
        let clash = Action::ScheduleSession {
            session: session(3),
            at: desk.clock.now() + SignedDuration::from_hours(24),
            minutes: 60,
            venue: None,
        };
        let refused = perform(&desk, &actor("mediator"), other.id, clash).await;
        assert!(
            matches!(refused, Err(CaseworkError::Taken(_))),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_older_case_that_waits_for_a_decision_is_in_that_queue_after_the_start() {
    on_both(async |store| {
        let desk = desk(store).await;
        let case = active(&desk).await;
        let ask = Action::AskReplacement {
            ground: Ground::Conduct,
            why: "总是催着签字".to_owned(),
        };
        perform(&desk, &actor("claimant"), case.id, ask)
            .await
            .unwrap();
        let head = actor("head");
        let waiting = async || {
            let waiting = in_queue(&desk, &head, &["mediate.to_decide"]).await;
            waiting.unwrap()
        };
        assert_eq!(waiting().await, 1);
        forget_copies(&desk.store).await;
        assert_eq!(waiting().await, 0);
        catch_up(&desk).await.unwrap();
        assert_eq!(waiting().await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_body_that_cannot_be_read_keeps_nobody_from_the_others() {
    on_both(async |store| {
        let desk = desk(store).await;
        let (one, _) = (inviting(&desk).await, inviting(&desk).await);
        forget_copies(&desk.store).await;
        spoil(&desk.store, one.id).await;
        assert_eq!(catch_up(&desk).await.unwrap(), 1, "the other one");
        assert_eq!(catch_up(&desk).await.unwrap(), 0);
        assert_eq!(words::catch_up(&desk.store).await.unwrap(), 0);
        assert_eq!(recalculate(&desk).await.unwrap(), 0);
    })
    .await;
}
