//! Nothing is taken in but what was seen, and nobody is made unseen.

use super::*;
use crate::domain::identity::Email;
use crate::storage::accounts::people::{self, Person};
use crate::storage::register::update_person;

on_each!(
    of_two_tables_that_change_the_same_row_only_the_one_that_was_seen_is_taken_in,
    a_body_made_on_the_page_is_told_to_the_supervisor_and_no_operator_is_made_there,
);

async fn of_two_tables_that_change_the_same_row_only_the_one_that_was_seen_is_taken_in(
    database: Database,
) {
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules()).case).await;
    let lin = lin_works_here(&house).await;
    let mut operator = matter.visitor("operator").await;
    let mut checked = async |phone: &str, roles: &str| {
        upload(&mut operator, &table(&row("lin", phone, roles))).await;
        let page = operator.get(HERE).await.body;
        shown(&page).to_owned()
    };
    let seen = checked("19900000066", "dispatcher").await;
    // In a second tab: a number that looks the same where it is masked, and a post.
    for (phone, roles) in [
        ("19911110066", "dispatcher"),
        ("19900000066", "dispatcher head"),
    ] {
        assert_ne!(checked(phone, roles).await, seen, "{phone} {roles}");
    }
    let fields = [("do", "take"), ("shown", seen.as_str())];
    let refused = operator.upload(HERE, &fields, ("none", b"")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let store = &house.web.desk.store;
    let held = office::posts(&mut store.read().await.unwrap(), lin).await;
    assert_eq!(held.unwrap().len(), 1, "no post that was not seen");
    let again = shown(&refused.body).to_owned();
    // And somebody else has meanwhile put another address into that row.
    let known = people::load(&mut store.read().await.unwrap(), lin).await;
    let other = Person {
        mail: Email::parse("lin.kefeng@heyi.test").ok(),
        ..known.unwrap().unwrap()
    };
    let kept: Result<(), StorageError> = write_tx!(store, |tx| { update_person(tx, &other).await });
    kept.unwrap();
    let fields = [("do", "take"), ("shown", again.as_str())];
    let refused = operator.upload(HERE, &fields, ("none", b"")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "not written over");
}

async fn a_body_made_on_the_page_is_told_to_the_supervisor_and_no_operator_is_made_there(
    database: Database,
) {
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules()).case).await;
    let mut operator = matter.visitor("operator").await;
    let bureau = "key,kind,name_zh,name_en,prefix,area,address,phone,hours_zh,hours_en\n\
                  bureau,bureau,新司法局,Bureau,新司,hefeng/liu/1,新街 1 号,19900009001,9,9\n";
    let fields = [("do", "check")];
    let file = ("organisations", bureau.as_bytes());
    operator.upload(HERE, &fields, file).await;
    let newcomer = |roles: &str| {
        let table = new_colleague("bureau", "19900000091");
        table.replace(",dispatcher,", &format!(",{roles},"))
    };
    upload(&mut operator, &newcomer("supervisor operator")).await;
    let page = operator.get(HERE).await.body;
    assert!(page.contains("请在服务器上办理"), "{page}");
    let refused = take(&mut operator).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(!refused.body.contains("/setup/"), "{}", refused.body);
    upload(&mut operator, &newcomer("supervisor")).await;
    let done = take(&mut operator).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let mut read = house.web.desk.store.read().await.unwrap();
    let told = messages::newest(&mut read, 99).await.unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|it| (&*it.name, &*it.address, &*it.facts["name"]))
        .collect();
    let supervisor = "supervisor@heyi.test";
    for (name, whom) in [("register-office", "新司法局"), ("register-body", "林可风")] {
        assert!(told.contains(&(name, supervisor, whom)), "{told:?}");
    }
    assert_eq!(told.len(), 2, "nobody else watches over it: {told:?}");
}
