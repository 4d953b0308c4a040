//! The register on the web: tried, taken in, given out; a new colleague's first password; and the head's people.

use axum::http::StatusCode;

use super::matter::{Matter, employ};
use super::visitor::{Visitor, house, rules};
use crate::accounts::setup;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::fixture::{COMMITTEE, MEDIATOR, Quarrel, actor};
use crate::domain::organisation::{Language, MediatorProfile};
use crate::domain::rules::DisputeKey;
use crate::storage::fixture::{Database, on_each};
use crate::storage::office::{self, RosterRow};
use crate::storage::{StorageError, write_tx};
use jiff::SignedDuration;

const HERE: &str = "/desk/register";

on_each!(
    tables_are_tried_before_they_are_taken_in_and_come_out_again,
    a_first_password_is_chosen_once_by_whoever_has_the_link,
    a_head_says_what_the_mediators_of_the_committee_take_and_no_others,
);

fn staff(prefix: &str, phone: &str) -> String {
    format!(
        "login,name,mail,phone,organisation,roles,fields,languages,load_limit,elsewhere,employer,address,relatives\n\
         lin,林可风,lin@example.com,{phone},{prefix},dispatcher,,,,,,,\n"
    )
}

/// What stands behind a text, up to the next tag.
fn after<'a>(body: &'a str, text: &str) -> &'a str {
    let rest = body.split(text).nth(1).unwrap_or("");
    rest.split('<').next().unwrap_or("")
}

async fn upload(visitor: &mut Visitor<'_>, table: &str) -> super::visitor::Answer {
    let fields = [("do", "check")];
    visitor
        .upload(HERE, &fields, ("staff", table.as_bytes()))
        .await
}

async fn tables_are_tried_before_they_are_taken_in_and_come_out_again(database: Database) {
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules()).case).await;
    let mut operator = matter.visitor("operator").await;
    for name in ["dispatcher", "head", "claimant"] {
        let refused = matter.visitor(name).await.get(HERE).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{name}");
    }
    let body = COMMITTEE.to_string();
    let wrong = upload(&mut operator, &staff(&body, "12")).await;
    assert_eq!(wrong.location(), HERE);
    let told = operator.get(HERE).await.body;
    assert!(
        told.contains("staff.csv") && told.contains("第 2 行"),
        "{told}"
    );
    assert!(
        told.contains("phone") && !told.contains("value=\"take\""),
        "{told}"
    );
    let right = upload(&mut operator, &staff(&body, "19900000091")).await;
    assert_eq!(right.location(), HERE);
    let told = operator.get(HERE).await.body;
    assert!(told.contains("value=\"take\""), "{told}");
    let before = setup::waiting(&house.web.accounts).await.unwrap();
    assert!(before.is_empty(), "a dry run keeps nothing");
    let done = operator
        .upload(HERE, &[("do", "take")], ("none", b""))
        .await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.body.contains("/setup/"), "{}", done.body);
    let again = operator.get(HERE).await.body;
    assert!(!again.contains("/setup/"), "shown once");
    assert!(again.contains("lin"));
    let table = operator.get("/desk/register/staff.csv").await.body;
    assert!(table.contains("lin,林可风,lin@example.com"), "{table}");
    let none = operator.get("/desk/register/cases.csv").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

async fn a_first_password_is_chosen_once_by_whoever_has_the_link(database: Database) {
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules()).case).await;
    let mut operator = matter.visitor("operator").await;
    let body = COMMITTEE.to_string();
    upload(&mut operator, &staff(&body, "19900000091")).await;
    let done = operator
        .upload(HERE, &[("do", "take")], ("none", b""))
        .await;
    let first = format!("/setup/{}", after(&done.body, "/setup/"));
    let accounts = &house.web.accounts;
    accounts.clock.advance(SignedDuration::from_hours(11 * 24));
    let mut lin = Visitor::of(&house);
    assert_eq!(lin.get(&first).await.status, StatusCode::GONE, "lapsed");
    let mut operator = matter.visitor("operator").await;
    let stranger = [("do", "link"), ("login", "dispatcher")];
    let refused = operator.upload(HERE, &stranger, ("none", b"")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "has one");
    let again = [("do", "link"), ("login", "lin")];
    let given = operator.upload(HERE, &again, ("none", b"")).await;
    let link = format!("/setup/{}", after(&given.body, "/setup/"));
    assert_ne!(link, first);
    assert_eq!(lin.get(&first).await.status, StatusCode::GONE);
    assert_eq!(lin.get(&link).await.status, StatusCode::OK);
    assert_eq!(
        lin.get(&link).await.status,
        StatusCode::OK,
        "looking spends nothing"
    );
    let long = "柳荫路上的第九棵树";
    let long = format!("{long}很高");
    let short = lin
        .fill(&link, &[("password", "短"), ("again", "短")])
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = [("password", long.as_str()), ("again", "别的")];
    let differs = lin.fill(&link, &other).await;
    assert!(differs.body.contains("again-error") && !differs.body.contains(&long));
    let both = [("password", long.as_str()), ("again", long.as_str())];
    lin.expect(&link, &both, "/sign-in/staff?next=/desk").await;
    assert_eq!(lin.get(&link).await.status, StatusCode::GONE, "spent");
    let sign_in = [("login", "lin"), ("password", long.as_str())];
    let inside = lin.fill("/sign-in/staff", &sign_in).await;
    assert_eq!(inside.status, StatusCode::SEE_OTHER);
    assert_eq!(lin.get("/desk").await.status, StatusCode::OK);
}

/// A mediator of the committee, as the register has them.
async fn on_the_roster(matter: &Matter<'_>) {
    let profile = MediatorProfile {
        name: crate::domain::identity::PersonName::parse("林可风").unwrap(),
        fields: Vec::new(),
        languages: vec![Language::Mandarin],
        load_limit: 8,
        employer: None,
        address: None,
        relatives: Vec::new(),
        fingerprint: None,
        paused: false,
    };
    let row = RosterRow {
        person: MEDIATOR,
        organisation: COMMITTEE,
        profile,
        elsewhere: 1,
    };
    let kept: Result<(), StorageError> = write_tx!(matter.house.web.desk.store, |tx| {
        office::insert_mediator(tx, &row).await
    });
    kept.unwrap();
}

async fn a_head_says_what_the_mediators_of_the_committee_take_and_no_others(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let matter = Matter::begin(&house, Quarrel::new(&rules).selecting().case).await;
    on_the_roster(&matter).await;
    let mut head = matter.visitor("head").await;
    let page = head.get("/desk/staff").await.body;
    assert!(page.contains("林可风") && page.contains("1 / 8"), "{page}");
    assert!(page.contains("陈明"), "and the other posts");
    let seat = format!("/desk/staff/{COMMITTEE}/{MEDIATOR}");
    let wrong = head.fill(&seat, &[("limit", "0")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("limit-error") && wrong.body.contains("language-error"));
    let rest = [
        ("limit", "5"),
        ("language", "wu"),
        ("field", "noise"),
        ("paused", "yes"),
    ];
    head.expect(&seat, &rest, "/desk/staff").await;
    let mut read = house.web.desk.store.read().await.unwrap();
    let roster = office::roster(&mut read).await.unwrap();
    let kept = &roster
        .iter()
        .find(|it| it.person == MEDIATOR)
        .unwrap()
        .profile;
    assert_eq!(kept.fields, [DisputeKey("noise".to_owned())]);
    assert_eq!((kept.load_limit, kept.paused), (5, true));
    let now = house.web.desk.clock.now();
    let ranked = crate::office::propose(&mut read, &rules, &matter.case, now)
        .await
        .unwrap();
    let own = ranked
        .iter()
        .find(|it| it.organisation == COMMITTEE)
        .unwrap();
    assert!(own.mediators.is_empty(), "whoever rests is not proposed");
    let elsewhere = Actor::Staff {
        person: crate::domain::ids::PersonId(uuid::Uuid::from_u128(0x99)),
        posts: vec![Post {
            organisation: house.committee,
            role: Role::Head,
        }],
    };
    employ(&house, "other-head", &elsewhere).await;
    let mut other = super::matter::enter(&house, &elsewhere).await;
    assert_eq!(other.get(&seat).await.status, StatusCode::NOT_FOUND);
    let page = other.get("/desk/staff").await.body;
    assert!(!page.contains("林可风"), "{page}");
    let refused = matter.visitor("dispatcher").await.get("/desk/staff").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(actor("head").person().is_some());
}
