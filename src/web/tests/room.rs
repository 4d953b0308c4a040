//! The door of a session's room, its page and its tokens.

use super::*;
use crate::accounts::people;
use crate::accounts::sessions::{self, Method};
use crate::domain::action::Action;
use crate::domain::fixture::{COMMITTEE, MEDIATOR, Quarrel, SESSION, actor};
use crate::domain::ids::CaseId;
use crate::domain::quality::Quality;
use crate::storage::{cases, session_quality};

/// A case at the table with one session agreed, and its address.
async fn agreed_session(house: &House) -> String {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    let at = quarrel.now + jiff::SignedDuration::from_hours(30);
    let (session, minutes) = (SESSION, 60);
    quarrel.act(
        "mediator",
        Action::ScheduleSession {
            session,
            at,
            minutes,
            venue: None,
        },
    );
    let accounts = &house.web.accounts;
    let mut read = accounts.store.read().await.unwrap();
    let mut committee = office::organisation(&mut read, house.committee)
        .await
        .unwrap()
        .unwrap();
    committee.id = COMMITTEE;
    committee.organisation.key.0 = COMMITTEE.to_string();
    drop(read);
    let post = Post {
        organisation: COMMITTEE,
        role: Role::Mediator,
    };
    let outcome: Result<(), StorageError> = write_tx!(accounts.store, |tx| {
        office::insert_organisation(tx, &committee).await?;
        cases::insert(tx, &quarrel.case).await
    });
    outcome.unwrap();
    let hash = staff::hash_password(accounts, "a long password").unwrap();
    let mediator = somebody(accounts, MEDIATOR);
    let outcome: Result<(), crate::accounts::AccountsError> = write_tx!(accounts.store, |tx| {
        staff::add_in(tx, &mediator, "wang", &hash).await?;
        Ok(office::give_post(tx, MEDIATOR, post).await?)
    });
    outcome.unwrap();
    format!("/cases/{}/sessions/{SESSION}", quarrel.case.id)
}

fn somebody(accounts: &Accounts, id: PersonId) -> Person {
    Person {
        id,
        name: PersonName::parse("王调解").unwrap(),
        phone: None,
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: accounts.clock.now(),
    }
}

async fn sign_in(house: &House, person: PersonId, method: Method) -> Visitor<'_> {
    let accounts = &house.web.accounts;
    let mut read = accounts.store.read().await.unwrap();
    let known = people::load(&mut read, person).await.unwrap();
    drop(read);
    if known.is_none() {
        let new = somebody(accounts, person);
        let outcome: Result<(), StorageError> = write_tx!(accounts.store, |tx| {
            crate::storage::accounts::people::insert(tx, &new).await
        });
        outcome.unwrap();
    }
    let token = sessions::open(accounts, person, method).await.unwrap();
    let mut visitor = Visitor::of(house);
    visitor.cookies.insert("heyi-session".to_owned(), token);
    visitor
}

on_each!(
    the_mediator_opens_a_session_and_its_people_get_tokens,
    for_everybody_else_there_is_no_room,
    who_tries_before_a_session_is_told_of_relays_and_sends_no_nonsense,
);

async fn the_mediator_opens_a_session_and_its_people_get_tokens(database: Database) {
    let house = house(database, false).await;
    let here = agreed_session(&house).await;
    let claimant = actor("claimant").person().unwrap();
    let mut party = sign_in(&house, claimant, Method::Code).await;
    let mut mediator = sign_in(&house, MEDIATOR, Method::Password).await;

    let waiting = party.get(&here).await;
    assert!(
        waiting
            .body
            .contains(&format!("data-socket=\"{here}/socket\""))
    );
    assert!(!waiting.body.contains("room-lead"), "a party does not lead");
    let door = mediator.get(&here).await;
    assert!(door.body.contains("value=\"open\"") && !door.body.contains("data-socket"));
    mediator.expect(&here, &[("do", "open")], &here).await;
    let call = mediator.get(&here).await;
    assert!(call.body.contains("id=\"room-lead\""));

    let token = party.fill_at(&format!("{here}/token"), &waiting).await;
    assert_eq!(token.status, StatusCode::OK);
    assert!(token.body.starts_with("{\"token\":\"ey"), "{}", token.body);
    let relay = "\"urls\":[\"turns:relay.example:443?transport=tcp\"],\"username\":\"";
    assert!(token.body.contains(relay), "{}", token.body);
    let case = here.split("/sessions/").next().unwrap();
    mediator.expect(&here, &[("do", "close")], case).await;
    assert!(
        !party.get(&here).await.body.contains("data-socket"),
        "it is over"
    );
    let counted = Quality {
        reconnects: 4,
        measured: 10,
        lost: 123,
        ..Quality::default()
    };
    let case = CaseId(case.strip_prefix("/cases/").unwrap().parse().unwrap());
    let kept: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        session_quality::add(tx, (case, SESSION), &counted).await
    });
    kept.unwrap();
    // How the lines held is for whoever led the session.
    let held = "断线后又连上 4 次。声音和画面平均丢失 1.2%。";
    assert!(mediator.get(&here).await.body.contains(held));
    assert!(!party.get(&here).await.body.contains("断线"));
}

async fn for_everybody_else_there_is_no_room(database: Database) {
    let house = house(database, false).await;
    let here = agreed_session(&house).await;
    let stranger = actor("stranger").person().unwrap();
    let mut stranger = sign_in(&house, stranger, Method::Code).await;
    assert_eq!(stranger.get(&here).await.status, StatusCode::NOT_FOUND);
    let home = stranger.get("/").await;
    let token = stranger.fill_at(&format!("{here}/token"), &home).await;
    assert_eq!(token.status, StatusCode::NOT_FOUND);
    let anonymous = Visitor::of(&house).get(&here).await;
    assert_eq!(anonymous.status, StatusCode::SEE_OTHER);
}

async fn who_tries_before_a_session_is_told_of_relays_and_sends_no_nonsense(database: Database) {
    let house = house(database, false).await;
    let asked = Visitor::of(&house).get("/room/test").await;
    assert_eq!(
        asked.status,
        StatusCode::SEE_OTHER,
        "relays are for members"
    );
    let mut party = Visitor::at_home(&house, "13800138000").await;
    let page = party.get("/room/test").await;
    assert!(
        page.body.contains("turns:relay.example:443"),
        "{}",
        page.body
    );
    let token = page.body.split("data-csrf=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    let long = "x".repeat(crate::rooms::MESSAGE_BYTES + 1);
    for (sdp, status) in [
        ("", StatusCode::BAD_REQUEST),
        ("v=0", StatusCode::BAD_REQUEST),
        (&long, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let fields = [("csrf", token.as_str()), ("sdp", sdp)];
        let request = Visitor::request("/room/test/connection", &fields);
        assert_eq!(party.send(request).await.status, status);
    }
}

impl Visitor<'_> {
    /// Posts with the token of a page that was opened before, as the page's script does.
    pub(super) async fn fill_at(&mut self, path: &str, page: &Answer) -> Answer {
        let marks = ["data-csrf=\"", "name=\"csrf\" value=\""];
        let mut found = marks.iter().filter_map(|mark| page.body.split(mark).nth(1));
        let token = found.next().unwrap().split('"').next().unwrap();
        self.send(Self::request(path, &[("csrf", token)])).await
    }
}
