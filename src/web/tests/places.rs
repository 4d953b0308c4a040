//! Where people come to: the rooms of a body, sessions in them, and what a calendar and a party are told of the place.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use jiff::SignedDuration;

use super::matter::Matter;
use super::mediators::active;
use super::visitor::{House, Visitor, house};
use crate::domain::action::Action;
use crate::domain::diary::{Booking, quarters};
use crate::domain::fixture::{COMMITTEE, SESSION};
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::meeting_room::MeetingRoom;
use crate::domain::session::Venue;
use crate::domain::time::{civil_date, instant};
use crate::storage::fixture::{Database, on_each};
use crate::storage::{diary, meeting_rooms, write_tx};

on_each!(
    a_head_lists_a_room_once_however_it_is_written,
    a_room_that_is_mended_stays_the_one_that_sessions_have_taken,
    a_room_is_chosen_from_the_list_and_a_taken_one_is_told_beside_it,
    whoever_is_asked_to_come_reads_where_and_finds_no_video_room,
    a_calendar_tells_the_rooms_of_the_list_and_no_place_that_was_typed,
);

const ADDRESS: &str = "和平路 8 号";

async fn rooms(house: &House) -> Vec<MeetingRoom> {
    let mut read = house.web.desk.store.read().await.unwrap();
    let rooms = meeting_rooms::of_organisation(&mut read, COMMITTEE).await;
    rooms.unwrap()
}

/// A room on the committee's list.
pub(super) async fn room(matter: &Matter<'_>, name: &str) -> MeetingRoom {
    let mut head = matter.visitor("head").await;
    let new = [
        ("do", "keep"),
        ("name", name),
        ("address", ADDRESS),
        ("seats", "8"),
    ];
    head.expect("/desk/rooms", &new, "/desk/rooms").await;
    let rooms = rooms(matter.house).await;
    rooms.into_iter().find(|it| it.name == name).unwrap()
}

async fn a_head_lists_a_room_once_however_it_is_written(database: Database) {
    let house = house(database, false).await;
    let matter = active(&house).await;
    room(&matter, "1号调解室").await;
    let mut head = matter.visitor("head").await;
    let again = [
        ("do", "keep"),
        ("name", "一号 调解室"),
        ("address", "和平路8号"),
        ("seats", "many"),
    ];
    let refused = head.fill("/desk/rooms", &again).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"seats-error\""));
    let mut again = again;
    again[3].1 = "6";
    let refused = head.fill("/desk/rooms", &again).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"name-error\"") && refused.body.contains("一号 调解室"));
    assert_eq!(rooms(&house).await.len(), 1);
    for name in ["mediator", "dispatcher", "claimant"] {
        let mut other = matter.visitor(name).await;
        let page = other.get("/desk/rooms").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{name}");
    }
    let known = rooms(&house).await[0].id.to_string();
    let discard = [("do", "discard"), ("room", known.as_str())];
    head.expect("/desk/rooms", &discard, "/desk/rooms").await;
    assert!(rooms(&house).await.is_empty());
}

async fn a_room_that_is_mended_stays_the_one_that_sessions_have_taken(database: Database) {
    let house = house(database, false).await;
    let matter = active(&house).await;
    let before = room(&matter, "1号调解室").await;
    let other = room(&matter, "2号调解室").await;
    let id = before.id.to_string();
    let form = format!("/desk/rooms?room={id}");
    let mut head = matter.visitor("head").await;
    let shown = head.get(&form).await.body;
    assert!(shown.contains("value=\"1号调解室\""), "{shown}");
    let mended = |name: &'static str| {
        let id = id.clone();
        [
            ("do", "change".to_owned()),
            ("room", id),
            ("name", name.to_owned()),
            ("address", ADDRESS.to_owned()),
            ("seats", "12".to_owned()),
        ]
    };
    for (name, status) in [
        ("二号调解室", StatusCode::UNPROCESSABLE_ENTITY),
        ("1号调解室", StatusCode::SEE_OTHER),
    ] {
        let fields = mended(name);
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let answer = head.fill("/desk/rooms", &fields).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
    let after = MeetingRoom {
        seats: 12,
        ..before.clone()
    };
    assert_eq!(rooms(&house).await, [after, other.clone()]);

    let now = house.web.desk.clock.now();
    let hour =
        |from| now + SignedDuration::from_hours(from)..now + SignedDuration::from_hours(from + 1);
    take(&matter, &before, hour(24)).await;
    take(&matter, &other, hour(-24)).await;
    let refused = [("do", "discard"), ("room", id.as_str())];
    let refused = head.fill("/desk/rooms", &refused).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("还有约好的见面"));
    let other = other.id.to_string();
    let over = [("do", "discard"), ("room", other.as_str())];
    head.expect("/desk/rooms", &over, "/desk/rooms").await;
    assert_eq!(rooms(&house).await.len(), 1);
}

/// Somebody else's session in a room.
async fn take(matter: &Matter<'_>, room: &MeetingRoom, hour: std::ops::Range<jiff::Timestamp>) {
    let taken = Booking {
        person: PersonId(room.id.0),
        quarter: quarters(hour.start, hour.end).start,
        session: SessionId(uuid::Uuid::from_u128(9)),
    };
    let (store, none) = (&matter.house.web.desk.store, BTreeSet::new());
    let kept = write_tx!(store, |tx| {
        diary::rebook(tx, matter.case.id, &none, &BTreeSet::from([taken])).await
    });
    assert_eq!(kept.unwrap(), None);
}

async fn schedule(
    mediator: &mut Visitor<'_>,
    matter: &Matter<'_>,
    (time, mode, room, address): (&str, &str, &str, &str),
) -> super::visitor::Answer {
    let day = civil_date(matter.house.web.desk.clock.now());
    let day = day.tomorrow().unwrap().to_string();
    let typed = [
        ("day", day.as_str()),
        ("time", time),
        ("minutes", "60"),
        ("mode", mode),
        ("room", room),
        ("address", address),
        ("do", "schedule"),
    ];
    mediator.fill(&matter.at("sessions"), &typed).await
}

async fn a_room_is_chosen_from_the_list_and_a_taken_one_is_told_beside_it(database: Database) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let room = room(&matter, "1号调解室").await;
    let day = civil_date(house.web.desk.clock.now()).tomorrow().unwrap();
    let at = |hour| instant(day, jiff::civil::time(hour, 0, 0, 0)).unwrap();
    take(&matter, &room, at(10)..at(11)).await;
    let mut mediator = matter.visitor("mediator").await;
    let form = mediator.get(&matter.at("sessions")).await;
    assert!(
        form.body.contains("1号调解室（和平路 8 号，8 座）"),
        "{}",
        form.body
    );
    let chosen = room.id.to_string();
    let foreign = uuid::Uuid::from_u128(0x77).to_string();
    for (time, room, address, wrong) in [
        ("14:00", "elsewhere", " ", "address-error"),
        ("14:00", foreign.as_str(), "", "room-error"),
        ("10:00", chosen.as_str(), "", "room-error"),
    ] {
        let asked = (time, "on-site", room, address);
        let answer = schedule(&mut mediator, &matter, asked).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.body.contains(wrong), "{}", answer.body);
    }
    let asked = ("14:00", "on-site", chosen.as_str(), "");
    let booked = schedule(&mut mediator, &matter, asked).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
    matter.reload().await;
    let work = matter.case.stage.work().unwrap();
    assert_eq!(work.sessions[0].venue, Some(room.venue(false)));
}

async fn whoever_is_asked_to_come_reads_where_and_finds_no_video_room(database: Database) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let room = room(&matter, "1号调解室").await;
    let at = house.web.desk.clock.now() + SignedDuration::from_hours(1);
    let (session, minutes, venue) = (SESSION, 60, Some(room.venue(false)));
    let set = Action::ScheduleSession {
        session,
        at,
        minutes,
        venue,
    };
    matter.act("mediator", set).await;
    let mut claimant = matter.visitor("claimant").await;
    let case = matter.at("").trim_end_matches('/').to_owned();
    let page = claimant.get(&case).await.body;
    assert!(page.contains("和平路 8 号 1号调解室"), "{page}");
    assert!(!page.contains("/sessions/"), "no way into a video room");
    let typed = matter.at(&format!("sessions/{SESSION}"));
    for open in [false, true] {
        if open {
            matter
                .act("mediator", Action::OpenSession { session })
                .await;
        }
        for name in ["claimant", "mediator"] {
            let mut reader = matter.visitor(name).await;
            let door = reader.get(&typed).await;
            let told = door.body.contains("和平路 8 号 1号调解室");
            assert!(told, "{name}: {}", door.body);
            assert!(!door.body.contains("data-socket"), "{name}");
            let token = reader.fill_at(&format!("{typed}/token"), &door).await;
            assert_eq!(token.status, StatusCode::NOT_FOUND, "{name}");
        }
    }
    let mut mediator = matter.visitor("mediator").await;
    let door = mediator.get(&typed).await.body;
    assert!(door.contains(&format!("{typed}/record")), "{door}");
    mediator.expect(&typed, &[("do", "close")], &case).await;
}

async fn a_calendar_tells_the_rooms_of_the_list_and_no_place_that_was_typed(database: Database) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let room = room(&matter, "1号调解室").await;
    let party = &matter.case.parties[0];
    let named = |address: String| Venue {
        address,
        room: String::new(),
        mixed: true,
        kept: None,
    };
    let venues = [
        room.venue(true),
        named(format!("{}家里", party.name)),
        named(party.address.replace(' ', "")),
        named("东门口的亭子".to_owned()),
    ];
    for (number, venue) in (1..).zip(venues) {
        let set = Action::ScheduleSession {
            session: SessionId(uuid::Uuid::from_u128(number)),
            at: house.web.desk.clock.now()
                + SignedDuration::from_hours(24 * i64::try_from(number).unwrap()),
            minutes: 60,
            venue: Some(venue),
        };
        matter.act("mediator", set).await;
    }
    let mut mediator = matter.visitor("mediator").await;
    let made = mediator.fill("/desk/calendar", &[("do", "feed")]).await;
    let secret = made.body.split("/calendar/").nth(1).unwrap();
    let address = format!("/calendar/{}.ics", secret.split('.').next().unwrap());
    let feed = Visitor::of(&house).get(&address).await.body;
    let feed = feed.replace("\r\n ", "");
    let places = feed
        .lines()
        .filter_map(|line| line.strip_prefix("LOCATION:"));
    let places: Vec<_> = places.map(str::trim_end).collect();
    assert_eq!(places, ["和平路 8 号 1号调解室"], "{feed}");
    assert_eq!(feed.matches("BEGIN:VEVENT").count(), 4);
    for party in &matter.case.parties {
        assert!(!feed.contains(party.name.as_str()));
    }
}
