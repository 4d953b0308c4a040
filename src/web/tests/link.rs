//! A link that has lapsed leads to a fresh one, at the contact that is known and nowhere else.

use axum::http::StatusCode;
use jiff::SignedDuration;

use super::visitor::{Answer, House, Visitor, house};
use crate::accounts::sessions::{self, Method};
use crate::accounts::{AccountsError, links, staff};
use crate::casework::perform;
use crate::domain::action::Action;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::case::Case;
use crate::domain::identity::PersonName;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::track::Way;
use crate::storage::accounts::people::Person;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{StorageError, cases, jobs, office, write_tx};

async fn load(house: &House, path: &str) -> Case {
    let id = CaseId(path.rsplit('/').next().unwrap().parse().unwrap());
    let mut read = house.web.desk.store.read().await.unwrap();
    cases::load(&mut read, id).await.unwrap().unwrap()
}

/// How many jobs wait that send a link again.
async fn sends(house: &House) -> usize {
    let now = house.web.desk.clock.now();
    let claimed: Result<_, StorageError> = write_tx!(house.web.desk.store, |tx| {
        jobs::claim(tx, now, now, 100).await
    });
    let claimed = claimed.unwrap();
    claimed
        .iter()
        .filter(|job| job.key.starts_with("link/"))
        .count()
}

async fn ask_again(visitor: &mut Visitor<'_>, link: &str) -> Answer {
    let token = visitor.csrf().await;
    let again = Visitor::request(&format!("{link}/again"), &[("csrf", &token)]);
    visitor.send(again).await
}

on_each!(
    a_lapsed_link_says_so_and_a_fresh_one_is_sent_with_the_same_answer_always,
    staff_send_a_link_again_and_nobody_else_can,
);

async fn a_lapsed_link_says_so_and_a_fresh_one_is_sent_with_the_same_answer_always(
    database: Database,
) {
    let house = house(database, false).await;
    let mut wang = Visitor::at_home(&house, "13800138000").await;
    let case = load(&house, &wang.case().await).await;
    let accounts = &house.web.accounts;
    let token: Result<_, AccountsError> = write_tx!(accounts.store, |tx| {
        links::token(tx, accounts, case.id, case.parties[1].id).await
    });
    let early = format!("/i/{}", token.unwrap());
    let nobody = Visitor::of(&house).get(&early).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND, "before 受理");
    invite(&house, &case).await;
    let token: Result<_, AccountsError> = write_tx!(accounts.store, |tx| {
        links::token(tx, accounts, case.id, case.parties[1].id).await
    });
    let link = format!("/i/{}", token.unwrap());
    let mut neighbour = Visitor::of(&house);
    let early = ask_again(&mut neighbour, &link).await;
    assert_eq!(early.location(), "/i/sent");
    assert_eq!(sends(&house).await, 0, "a link in force is not replaced");
    assert_eq!(neighbour.get(&link).await.status, StatusCode::OK);
    accounts.clock.advance(SignedDuration::from_hours(181 * 24));
    let again = format!("{link}/again");
    assert_eq!(neighbour.get(&link).await.location(), again);
    let page = neighbour.get(&again).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.body.contains("01065550100"), "{}", page.body);
    assert!(!page.body.contains("王"), "no word of the matter");
    for asked in [&link, &link, &"/i/guessed".to_owned()] {
        let answer = ask_again(&mut neighbour, asked).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), "/i/sent");
    }
    assert_eq!(sends(&house).await, 1);
    let renewed: Result<_, AccountsError> = write_tx!(accounts.store, |tx| {
        links::token(tx, accounts, case.id, case.parties[1].id).await
    });
    let newer = neighbour.get(&format!("/i/{}", renewed.unwrap())).await;
    assert_eq!(newer.status, StatusCode::OK);
    assert_eq!(
        neighbour.get(&link).await.location(),
        again,
        "the older one"
    );
    assert_eq!(neighbour.get(&again).await.status, StatusCode::GONE);
    assert_eq!(neighbour.get("/i/sent").await.status, StatusCode::OK);
}

/// 受理.
async fn invite(house: &House, case: &Case) {
    let person = case.parties[0].person.unwrap();
    let organisation = house.committee;
    let way = Way::Mediation;
    let role = Role::Dispatcher;
    let steps = [
        (Actor::Person { person }, Action::ChooseWay { way }),
        (
            Actor::Staff {
                person: PersonId(house.web.accounts.clock.new_id()),
                posts: vec![Post { organisation, role }],
            },
            Action::Accept,
        ),
    ];
    for (actor, action) in steps {
        perform(&house.web.desk, &actor, case.id, action)
            .await
            .unwrap();
    }
}

/// Somebody at the dispatcher's desk of the committee.
pub(super) async fn dispatcher(house: &House) -> Visitor<'_> {
    let accounts = &house.web.accounts;
    let person = Person {
        id: PersonId(accounts.clock.new_id()),
        name: PersonName::parse("贺小满").unwrap(),
        phone: None,
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: accounts.clock.now(),
    };
    let post = Post {
        organisation: house.committee,
        role: Role::Dispatcher,
    };
    let hired: Result<(), AccountsError> = write_tx!(accounts.store, |tx| {
        staff::add_in(tx, &person, "he", "no password").await?;
        Ok(office::give_post(tx, person.id, post).await?)
    });
    hired.unwrap();
    let session = sessions::open(accounts, person.id, Method::Full)
        .await
        .unwrap();
    let mut visitor = Visitor::of(house);
    visitor.cookies.insert("heyi-session".to_owned(), session);
    visitor
}

async fn staff_send_a_link_again_and_nobody_else_can(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::at_home(&house, "13800138000").await;
    let path = wang.case().await;
    let case = load(&house, &path).await;
    let [known, unknown] = [0, 1].map(|seat| format!("{path}/link/{}", case.parties[seat].id));
    assert_eq!(wang.get(&known).await.status, StatusCode::NOT_FOUND);
    let mut he = dispatcher(&house).await;
    let early = he.get(&path).await;
    assert!(!early.body.contains(&unknown), "not before the invitation");
    assert_eq!(he.get(&unknown).await.status, StatusCode::NOT_FOUND);
    assert_eq!(sends(&house).await, 0);
    invite(&house, &case).await;
    let page = he.get(&path).await;
    assert!(
        page.body.contains(&unknown),
        "offered while the seat is empty"
    );
    assert!(!page.body.contains(&known));
    assert!(!wang.get(&path).await.body.contains("/link/"));
    let nowhere = he.get(&unknown).await;
    assert!(!nowhere.body.contains(&format!("action=\"{unknown}\"")));
    assert_eq!(sends(&house).await, 0);
    let sent = he.fill(&known, &[]).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert!(sent.body.contains("13800138000"), "{}", sent.body);
    assert_eq!(sends(&house).await, 1);
}
