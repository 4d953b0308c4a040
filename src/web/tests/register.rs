//! The register on the web: tried, taken in, given out; a new colleague's first password; and the head's people.

use axum::http::StatusCode;

use super::matter::{Matter, employ};
use super::visitor::{House, Visitor, house, rules};
use crate::accounts::{setup, staff};
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::fixture::{COMMITTEE, MEDIATOR, Quarrel, actor};
use crate::domain::ids::PersonId;
use crate::domain::organisation::{Language, MediatorProfile};
use crate::domain::rules::DisputeKey;
use crate::storage::fixture::{Database, on_each};
use crate::storage::office::{self, RosterRow};
use crate::storage::register::changes::{What, newest};
use crate::storage::{StorageError, messages, write_tx};
use jiff::SignedDuration;

mod seen;

const HERE: &str = "/desk/register";

on_each!(
    tables_are_tried_before_they_are_taken_in_and_come_out_again,
    a_first_password_is_chosen_once_by_whoever_has_the_link,
    a_head_says_what_the_mediators_of_the_committee_take_and_no_others,
    nobody_s_password_is_taken_from_them_by_a_link_from_the_page,
    whoever_takes_tables_in_changes_nothing_of_themselves,
    whoever_is_changed_is_told_where_they_were_before_and_so_is_their_head,
    what_would_come_out_otherwise_than_shown_is_shown_again,
);

fn new_colleague(prefix: &str, phone: &str) -> String {
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

/// Takes in what lies ready, as the page shows it.
async fn take(visitor: &mut Visitor<'_>) -> super::visitor::Answer {
    let page = visitor.get(HERE).await.body;
    let shown = shown(&page);
    let fields = [("do", "take"), ("shown", shown)];
    visitor.upload(HERE, &fields, ("none", b"")).await
}

fn shown(page: &str) -> &str {
    let rest = page.split("name=\"shown\" value=\"").nth(1).unwrap_or("");
    rest.split('"').next().unwrap_or("")
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
    let wrong = upload(&mut operator, &new_colleague(&body, "12")).await;
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
    let right = upload(&mut operator, &new_colleague(&body, "19900000091")).await;
    assert_eq!(right.location(), HERE);
    let told = operator.get(HERE).await.body;
    assert!(told.contains("value=\"take\""), "{told}");
    let before = setup::waiting(&house.web.accounts).await.unwrap();
    assert!(before.is_empty(), "a dry run keeps nothing");
    let done = take(&mut operator).await;
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
    upload(&mut operator, &new_colleague(&body, "19900000091")).await;
    let done = take(&mut operator).await;
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

const OLD: &str = "柳荫路上的第九棵树，很高";

/// With a password of their own.
async fn lin_works_here(house: &House) -> PersonId {
    let lin = Actor::Staff {
        person: PersonId(uuid::Uuid::from_u128(0x77)),
        posts: vec![Post {
            organisation: COMMITTEE,
            role: Role::Dispatcher,
        }],
    };
    employ(house, "lin", &lin).await;
    let person = lin.person().unwrap();
    let accounts = &house.web.accounts;
    staff::set_password(accounts, person, OLD).await.unwrap();
    person
}

async fn nobody_s_password_is_taken_from_them_by_a_link_from_the_page(database: Database) {
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules()).case).await;
    let lin = lin_works_here(&house).await;
    let accounts = &house.web.accounts;
    let invite = async || setup::offer_anew(accounts, lin).await.unwrap();
    let first = invite().await;
    let mut operator = matter.visitor("operator").await;
    let page = operator.get(HERE).await.body;
    assert!(!page.contains("<strong>lin</strong>"), "{page}");
    let asked = [("do", "link"), ("login", "lin")];
    let refused = operator.upload(HERE, &asked, ("none", b"")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.body.contains("/setup/"), "{}", refused.body);
    let mut visitor = Visitor::of(&house);
    let link = visitor.get(&first).await;
    assert_eq!(
        link.status,
        StatusCode::OK,
        "the link from the shell is good"
    );
    let signed_in = staff::sign_in(accounts, "lin", OLD).await.unwrap();
    assert_eq!(signed_in.map(|it| it.person), Some(lin));
    let fresh = format!("{OLD}，又长了一尺");
    let both = [("password", fresh.as_str()), ("again", fresh.as_str())];
    visitor
        .expect(&first, &both, "/sign-in/staff?next=/desk")
        .await;
    let stolen = staff::sign_in(accounts, "lin", OLD).await.unwrap();
    assert!(
        stolen.is_none(),
        "whoever else knew the old password kept nobody from another"
    );
    assert_eq!(visitor.get(&first).await.status, StatusCode::GONE, "spent");
    let second = invite().await;
    accounts.clock.advance(SignedDuration::from_hours(11 * 24));
    assert_eq!(visitor.get(&second).await.status, StatusCode::GONE);
    let mut operator = matter.visitor("operator").await;
    let refused = operator.upload(HERE, &asked, ("none", b"")).await;
    assert!(!refused.body.contains("/setup/"), "lapsed is lapsed");
}

fn row(login: &str, phone: &str, roles: &str) -> String {
    let mail = login.replace('_', "-");
    format!("{login},陈明,{mail}@heyi.test,{phone},{COMMITTEE},{roles},,,,,,,\n")
}

/// The committee as its people stand in it, some of them, with one row in the place of the one that was there.
fn table(instead: &str) -> String {
    let login = instead.split(',').next().unwrap();
    let known = [
        ("operator", "operator"),
        ("head", "head"),
        ("dispatcher", "dispatcher"),
    ];
    let others = known.into_iter().filter(|(other, _)| *other != login);
    let rows: String = others.map(|(login, role)| row(login, "", role)).collect();
    let heading = new_colleague("", "");
    let heading = heading.lines().next().unwrap();
    format!("{heading}\n{rows}{instead}")
}

async fn whoever_takes_tables_in_changes_nothing_of_themselves(database: Database) {
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules()).case).await;
    let mut operator = matter.visitor("operator").await;
    for (phone, roles) in [("", "operator head"), ("19900000055", "operator")] {
        let table = table(&row("operator", phone, roles));
        upload(&mut operator, &table).await;
        let page = operator.get(HERE).await.body;
        assert!(page.contains("请另一位运维人员来改"), "{page}");
        let refused = take(&mut operator).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
    }
    let mut read = house.web.desk.store.read().await.unwrap();
    let person = actor("operator").person().unwrap();
    let held = office::posts(&mut read, person).await.unwrap();
    assert!(
        held.iter().all(|post| post.role == Role::Operator),
        "{held:?}"
    );
    let log = newest(&mut read, 10).await.unwrap();
    assert_eq!(log, [], "and nothing is written down as done");
}

async fn whoever_is_changed_is_told_where_they_were_before_and_so_is_their_head(
    database: Database,
) {
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules()).case).await;
    let lin = lin_works_here(&house).await;
    let mut operator = matter.visitor("operator").await;
    let changed = row("lin", "19900000066", "dispatcher").replace("lin@heyi.test", "");
    let table = table(&changed);
    upload(&mut operator, &table).await;
    let done = take(&mut operator).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let mut read = house.web.desk.store.read().await.unwrap();
    let told = messages::newest(&mut read, 99).await.unwrap();
    let told: Vec<_> = told.iter().map(|it| (&*it.name, &*it.address)).collect();
    assert!(
        told.contains(&("register-own", "lin@heyi.test")),
        "{told:?}"
    );
    assert!(
        told.contains(&("register-body", "head@heyi.test")),
        "{told:?}"
    );
    let untouched = [
        "+8619900000066",
        "dispatcher@heyi.test",
        "operator@heyi.test",
    ];
    assert!(
        told.iter().all(|(_, address)| !untouched.contains(address)),
        "{told:?}"
    );
    let log = newest(&mut read, 10).await.unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].hand, actor("operator").person());
    let What::Import { touched, .. } = &log[0].what else {
        panic!("{log:?}");
    };
    assert!(touched.contains(&lin) && !touched.contains(&log[0].hand.unwrap()));
    drop(read);
    let page = operator.get(HERE).await.body;
    assert!(page.contains("最近谁改过名册"), "{page}");
}

async fn what_would_come_out_otherwise_than_shown_is_shown_again(database: Database) {
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules()).case).await;
    let mut operator = matter.visitor("operator").await;
    let table = table(&row("tao", "19900000066", "dispatcher"));
    upload(&mut operator, &table).await;
    let page = operator.get(HERE).await.body;
    // Meanwhile somebody is employed whom the table, which tells the whole, does not know.
    let lin = lin_works_here(&house).await;
    let fields = [("do", "take"), ("shown", shown(&page))];
    let again = operator.upload(HERE, &fields, ("none", b"")).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("又被别人改过"), "{}", again.body);
    assert!(again.body.contains("lin:"), "and says what it is");
    let mut read = house.web.desk.store.read().await.unwrap();
    let held = office::posts(&mut read, lin).await.unwrap();
    assert_eq!(held.len(), 1, "nobody's post ended unseen");
    drop(read);
    let done = take(&mut operator).await;
    assert_eq!(
        done.status,
        StatusCode::OK,
        "once it was seen: {}",
        done.body
    );
}
