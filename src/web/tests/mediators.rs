//! Mediators through the browser's eyes: chosen, replaced, complained about, and their calendars.

use axum::http::StatusCode;

use super::matter::{Matter, found};
use super::visitor::{House, Visitor, house};
use crate::domain::action::Action;
use crate::domain::actor::{Post, Role};
use crate::domain::fixture::{Quarrel, SESSION, actor, rules};
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::OrganisationKind;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{StorageError, office, write_tx};

on_each!(
    a_double_booking_is_told_beside_the_day_with_its_time,
    a_calendar_is_read_by_its_secret_without_a_name_and_stops_when_revoked,
    what_was_said_in_private_stays_with_its_author_when_another_takes_over,
    kin_who_were_asked_see_the_question_and_nothing_of_the_case,
    whoever_helps_a_party_finds_the_session_and_nothing_else_of_the_case,
    a_lawyer_of_a_partner_firm_is_asked_from_the_list,
    nobody_but_whoever_complained_and_the_supervisor_finds_a_complaint,
);

pub(super) async fn active(house: &House) -> Matter<'_> {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.now = house.web.desk.clock.now();
    let store = &house.web.desk.store;
    let listed = office::organisation(&mut store.read().await.unwrap(), house.committee).await;
    quarrel.case.district = listed.unwrap().unwrap().organisation.area.district();
    Matter::begin(house, quarrel.case).await
}

/// The district's bureau, with the supervisor in it.
pub(super) async fn supervised(house: &House) {
    let bureau = OrganisationId(uuid::Uuid::from_u128(0xc7));
    found(house, bureau, OrganisationKind::Bureau).await;
    let person = actor("supervisor").person().unwrap();
    let post = Post {
        organisation: bureau,
        role: Role::Supervisor,
    };
    let store = &house.web.desk.store;
    let kept: Result<(), StorageError> =
        write_tx!(store, |tx| { office::give_post(tx, person, post).await });
    kept.unwrap();
}

async fn a_double_booking_is_told_beside_the_day_with_its_time(database: Database) {
    let house = house(database, false).await;
    let matter = active(&house).await;
    let other = matter.beside(0xcb).await;
    let mut mediator = matter.visitor("mediator").await;
    let day = crate::domain::time::civil_date(house.web.desk.clock.now());
    let day = day.tomorrow().unwrap().to_string();
    let at = |time: &'static str| {
        [
            ("day".to_owned(), day.clone()),
            ("time".to_owned(), time.to_owned()),
            ("minutes".to_owned(), "60".to_owned()),
            ("do".to_owned(), "schedule".to_owned()),
        ]
    };
    let fill = |pairs: &[(String, String); 4]| -> Vec<(String, String)> { pairs.to_vec() };
    let first = fill(&at("19:30"));
    let first: Vec<_> = first
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let booked = mediator.fill(&matter.at("sessions"), &first).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER);
    let second = fill(&at("20:00"));
    let second: Vec<_> = second
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let refused = mediator.fill(&other.at("sessions"), &second).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("id=\"day-error\""),
        "{}",
        refused.body
    );
    assert!(refused.body.contains(&format!("{day} 19:30")) && refused.body.contains("20:30"));
}

async fn a_calendar_is_read_by_its_secret_without_a_name_and_stops_when_revoked(
    database: Database,
) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let at = house.web.desk.clock.now() + jiff::SignedDuration::from_hours(24);
    let (session, minutes) = (SESSION, 60);
    matter
        .act(
            "mediator",
            Action::ScheduleSession {
                session,
                at,
                minutes,
                venue: None,
            },
        )
        .await;
    let mut mediator = matter.visitor("mediator").await;
    let made = mediator.fill("/desk/calendar", &[("do", "feed")]).await;
    let secret = made.body.split("/calendar/").nth(1).unwrap();
    let secret = secret.split('.').next().unwrap().to_owned();
    let address = format!("/calendar/{secret}.ics");
    let mut phone = super::visitor::Visitor::of(&house);
    let feed = phone.get(&address).await;
    assert_eq!(feed.status, StatusCode::OK);
    assert!(feed.body.contains("BEGIN:VEVENT") && feed.body.contains(&matter.case.number));
    for party in &matter.case.parties {
        assert!(!feed.body.contains(party.name.as_str()));
        assert!(!feed.body.contains(&party.address));
    }
    assert_eq!(
        phone.get("/calendar/guess.ics").await.status,
        StatusCode::NOT_FOUND
    );
    mediator.fill("/desk/calendar", &[("do", "no-feed")]).await;
    assert_eq!(phone.get(&address).await.status, StatusCode::NOT_FOUND);
    let mut party = matter.visitor("claimant").await;
    assert_eq!(
        party.get("/desk/calendar").await.status,
        StatusCode::NOT_FOUND
    );
}

async fn what_was_said_in_private_stays_with_its_author_when_another_takes_over(
    database: Database,
) {
    const SECRET: &str = "底线是三百元";
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let mut mediator = matter.visitor("mediator").await;
    let with = matter.case.parties[0].id.to_string();
    let note = [("with", with.as_str()), ("text", SECRET)];
    let kept = mediator.fill(&matter.at("caucus"), &note).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    matter
        .act(
            "mediator",
            Action::WriteHandOver {
                text: "量过一次分贝".to_owned(),
            },
        )
        .await;
    matter
        .act(
            "head",
            Action::DecideReplacement {
                replace: true,
                reason: "病了".to_owned(),
            },
        )
        .await;
    let other = actor("other_mediator").person().unwrap();
    matter
        .act("dispatcher", Action::Assign { mediator: other })
        .await;
    matter
        .act(
            "other_mediator",
            Action::AcceptAssignment { disclosure: None },
        )
        .await;
    let mut next = matter.visitor("other_mediator").await;
    for page in ["caucus", "replacement", "board", "sessions", ""] {
        let answer = next.get(matter.at(page).trim_end_matches('/')).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(!answer.body.contains(SECRET), "{page}");
    }
    let handed = next.get(&matter.at("replacement")).await;
    assert!(handed.body.contains("量过一次分贝"));
    let stored = serde_json::to_string(&matter.case).unwrap();
    assert!(!stored.contains(SECRET), "a case cannot hold it");
    let mut party = matter.visitor("claimant").await;
    let seen = party.get(&matter.at("replacement")).await;
    assert!(!seen.body.contains("量过一次分贝"), "not for the parties");
    assert_eq!(
        mediator.get(&matter.at("caucus")).await.status,
        StatusCode::NOT_FOUND
    );
}

async fn kin_who_were_asked_see_the_question_and_nothing_of_the_case(database: Database) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let kin = actor("stranger").person().unwrap();
    let capacity = crate::domain::team::Capacity::Kin;
    matter
        .act(
            "mediator",
            Action::InviteMember {
                person: kin,
                capacity,
            },
        )
        .await;
    let mut visitor = matter.visitor("stranger").await;
    let asked = visitor.get(&matter.at("joining")).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    assert!(!asked.body.contains(&matter.case.story));
    let root = matter.at("");
    for page in ["board", "team", "exhibits", "caucus", ""] {
        let answer = visitor.get(matter.at(page).trim_end_matches('/')).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    visitor
        .expect(
            &matter.at("joining"),
            &[("do", "yes")],
            &matter.at("joining"),
        )
        .await;
    for name in ["claimant", "respondent"] {
        let mut party = matter.visitor(name).await;
        let person = kin.to_string();
        let yes = [("person", person.as_str()), ("do", "consent")];
        let answer = party.fill(&matter.at("team"), &yes).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
    }
    let seen = visitor.get(root.trim_end_matches('/')).await;
    assert_eq!(seen.status, StatusCode::OK);
    let contact = matter.case.parties[0]
        .contact
        .phone
        .as_ref()
        .unwrap()
        .domestic();
    assert!(seen.body.contains(&matter.case.story) && !seen.body.contains(&contact));
}

async fn whoever_helps_a_party_finds_the_session_and_nothing_else_of_the_case(database: Database) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let (session, minutes, venue) = (SESSION, 60, None);
    let at = house.web.desk.clock.now();
    let planned = Action::ScheduleSession {
        session,
        at,
        minutes,
        venue,
    };
    matter.act("mediator", planned).await;
    let mut mediator = matter.visitor("mediator").await;
    let page = mediator.get(&matter.at("team")).await;
    let party = matter.case.parties[0].id;
    let code = format!("helper-{party}");
    assert!(page.body.contains(&code) && page.body.contains("陪同安和"));
    let person = actor("stranger").person().unwrap();
    let capacity = crate::domain::team::Capacity::parse(&code).unwrap();
    let asked = Action::InviteMember { person, capacity };
    matter.act("mediator", asked).await;
    let mut visitor = matter.visitor("stranger").await;
    let room = matter.at(&format!("sessions/{SESSION}"));
    let joining = matter.at("joining");
    assert_eq!(visitor.get(&room).await.status, StatusCode::NOT_FOUND);
    visitor.expect(&joining, &[("do", "yes")], &joining).await;
    for name in ["claimant", "respondent"] {
        let mut party = matter.visitor(name).await;
        let person = person.to_string();
        let yes = [("person", person.as_str()), ("do", "consent")];
        let answer = party.fill(&matter.at("team"), &yes).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
    }
    let own = visitor.get(&joining).await;
    assert!(own.body.contains(&room), "{}", own.body);
    assert!(!own.body.contains(&matter.case.story));
    let call = visitor.get(&room).await;
    assert_eq!(call.status, StatusCode::OK);
    assert!(call.body.contains("进去听") && !call.body.contains("id=\"room-microphone\""));
    assert!(!call.body.contains("room-board"), "no clauses");
    let csrf = visitor.csrf().await;
    let ask = Visitor::request(&format!("{room}/token"), &[("csrf", &csrf)]);
    let pass = visitor.send(ask).await;
    assert_eq!(pass.status, StatusCode::OK, "{}", pass.body);
    let below = [
        "board",
        "board/fragment",
        "team",
        "exhibits",
        "evidence",
        "record",
        "",
    ];
    for page in below {
        let answer = visitor.get(matter.at(page).trim_end_matches('/')).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    visitor.expect(&joining, &[("do", "no")], "/cases").await;
    assert_eq!(visitor.get(&room).await.status, StatusCode::NOT_FOUND);
}

async fn nobody_but_whoever_complained_and_the_supervisor_finds_a_complaint(database: Database) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    supervised(&house).await;
    let mut party = matter.visitor("claimant").await;
    let silent = party
        .fill(&matter.at("complain"), &[("kind", "bias")])
        .await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let before = matter.case.version;
    let said = [("kind", "bias"), ("text", "总向着对方")];
    let made = party.fill(&matter.at("complain"), &said).await;
    let here = made.location().to_owned();
    assert!(here.starts_with("/complaints/"), "{here}");
    for name in [
        "mediator",
        "head",
        "dispatcher",
        "respondent",
        "stranger",
        "other_mediator",
    ] {
        let mut other = matter.visitor(name).await;
        assert_eq!(
            other.get(&here).await.status,
            StatusCode::NOT_FOUND,
            "{name}"
        );
        assert!(
            !other.get("/complaints").await.body.contains(&here),
            "{name}"
        );
    }
    let mut supervisor = matter.visitor("supervisor").await;
    assert!(supervisor.get("/complaints").await.body.contains(&here));
    let seen = supervisor.get(&here).await;
    assert!(seen.body.contains("总向着对方") && !seen.body.contains(&matter.case.story));
    let root = matter.at("");
    let of_the_case = supervisor.get(root.trim_end_matches('/')).await;
    assert_eq!(of_the_case.status, StatusCode::NOT_FOUND, "no case content");
    let answer = [
        ("finding", "upheld"),
        ("answer", "已经约谈"),
        ("do", "answer"),
    ];
    supervisor.expect(&here, &answer, &here).await;
    assert!(party.get(&here).await.body.contains("已经约谈"));
    let mut head = matter.visitor("head").await;
    assert_eq!(head.get(&here).await.status, StatusCode::NOT_FOUND);
    supervisor.expect(&here, &[("do", "share")], &here).await;
    assert_eq!(head.get(&here).await.status, StatusCode::OK);
    matter.reload().await;
    assert_eq!(
        matter.case.version, before,
        "nothing in the case has changed"
    );
}

async fn a_lawyer_of_a_partner_firm_is_asked_from_the_list(database: Database) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let firm = OrganisationId(uuid::Uuid::from_u128(0xc8));
    found(&house, firm, OrganisationKind::LawFirm).await;
    let person = actor("stranger").person().unwrap();
    let seat = office::RosterRow {
        person,
        organisation: firm,
        profile: crate::domain::organisation::MediatorProfile {
            name: crate::domain::identity::PersonName::parse("言正").unwrap(),
            fields: Vec::new(),
            languages: vec![crate::domain::organisation::Language::Mandarin],
            load_limit: 5,
            employer: None,
            address: None,
            relatives: Vec::new(),
            fingerprint: None,
            paused: false,
        },
        elsewhere: 0,
    };
    let kept: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        office::insert_mediator(tx, &seat).await
    });
    kept.unwrap();
    let mut dispatcher = matter.visitor("dispatcher").await;
    let page = dispatcher.get(&matter.at("team")).await.body;
    assert!(
        page.contains("言正") && !page.contains("value=\"kin\""),
        "{page}"
    );
    let stranger = actor("other_mediator").person().unwrap().to_string();
    let nobody = [("do", "partner"), ("partner", stranger.as_str())];
    let refused = dispatcher.fill(&matter.at("team"), &nobody).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = person.to_string();
    let ask = [("do", "partner"), ("partner", asked.as_str())];
    let case = format!("/cases/{}", matter.case.id);
    dispatcher.expect(&matter.at("team"), &ask, &case).await;
    matter.reload().await;
    assert_eq!(matter.case.asked[0].person, person);
    assert_eq!(
        matter.case.asked[0].capacity,
        crate::domain::team::Capacity::Lawyer
    );
}
