//! The letter to whom no message reached, and those who have nothing but the letter, as browsers see them.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

use super::outreach::{at, link};
use super::visitor::{Answer, Visitor, house};
use crate::accounts::address::Address;
use crate::accounts::people;
use crate::domain::contact_record::ContactChannel;
use crate::domain::fixture::{CLAIMANT, RESPONDENT};
use crate::domain::identity::PersonName;
use crate::domain::ladder::{Rung, TaskKind};
use crate::storage::fixture::{Database, on_each};

on_each!(
    a_letter_is_printed_for_whom_no_message_reached,
    a_letter_for_a_name_that_no_font_shows_says_so,
    whoever_has_only_the_letter_is_called,
    a_phone_of_the_family_answers_for_nobody_else,
);

async fn a_letter_is_printed_for_whom_no_message_reached(database: Database) {
    let house = house(database, false).await;
    let matter = at(&house, Rung::Letter).await;
    let mut dispatcher = matter.visitor("dispatcher").await;
    let letter = matter.at(&format!("letter/{RESPONDENT}"));
    let list = dispatcher.get("/desk/outreach").await.body;
    assert!(list.contains(&letter), "{list}");
    let looked = dispatcher.get(&letter).await.status;
    assert_eq!(
        looked,
        StatusCode::METHOD_NOT_ALLOWED,
        "looking writes nothing"
    );
    let printed = post(&mut dispatcher, &letter).await;
    assert_eq!(printed.headers[CONTENT_TYPE], "application/pdf");
    assert!(printed.bytes.starts_with(b"%PDF-"));
    let case = dispatcher
        .get(&format!("/cases/{}", matter.case.id))
        .await
        .body;
    assert!(
        case.contains("邀请函打印好了"),
        "it is an event of the case"
    );
    let other = matter.at(&format!("letter/{CLAIMANT}"));
    let refused = post(&mut dispatcher, &other).await.status;
    assert_eq!(
        refused,
        StatusCode::NOT_FOUND,
        "nobody invites the claimant"
    );
    for (stranger, status) in [
        ("claimant", StatusCode::CONFLICT),
        ("operator", StatusCode::NOT_FOUND),
        ("other_mediator", StatusCode::NOT_FOUND),
    ] {
        let mut visitor = matter.visitor(stranger).await;
        assert_eq!(
            post(&mut visitor, &letter).await.status,
            status,
            "{stranger}"
        );
    }
}

async fn post(visitor: &mut Visitor<'_>, path: &str) -> Answer {
    let csrf = visitor.csrf().await;
    visitor
        .send(Visitor::request(path, &[("csrf", &csrf)]))
        .await
}

async fn a_letter_for_a_name_that_no_font_shows_says_so(database: Database) {
    let house = house(database, false).await;
    let mut matter = at(&house, Rung::Letter).await;
    let name = PersonName::parse("康😀").unwrap();
    matter.case.party_mut(RESPONDENT).unwrap().name = name;
    let matter = matter.beside(0x77).await;
    let mut dispatcher = matter.visitor("dispatcher").await;
    let letter = matter.at(&format!("letter/{RESPONDENT}"));
    let answer = post(&mut dispatcher, &letter).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("😀"), "{}", answer.body);
}

async fn whoever_has_only_the_letter_is_called(database: Database) {
    let house = house(database, false).await;
    let mut matter = at(&house, Rung::Letter).await;
    let link = link(&house, &matter, ContactChannel::Letter).await;
    let mut neighbour = Visitor::of(&house);
    let call = format!("{link}/call");
    assert!(neighbour.get(&link).await.body.contains(&call));
    let page = neighbour.get(&call).await.body;
    for hidden in ["噪音", "安和", "康宁", "13800000002"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    let wrong = neighbour.fill(&call, &[("phone", "12345")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("12345"), "nothing typed is lost");
    for _ in 0..2 {
        let asked = neighbour.fill(&call, &[("phone", "13900000009")]).await;
        assert_eq!(asked.location(), "/i/called");
    }
    matter.reload().await;
    assert_eq!(matter.case.task(RESPONDENT), Some(TaskKind::Help));
    let known = matter.case.party(RESPONDENT).unwrap().contact.phone.clone();
    assert_eq!(
        known.unwrap().domestic(),
        "13800000002",
        "nobody has proved it"
    );
    let mut dispatcher = matter.visitor("dispatcher").await;
    let list = dispatcher.get("/desk/outreach").await.body;
    assert!(list.contains("tel:+8613900000009"), "{list}");
}

async fn a_phone_of_the_family_answers_for_nobody_else(database: Database) {
    let house = house(database, false).await;
    let mut matter = at(&house, Rung::Message).await;
    let claimant = matter.case.party(CLAIMANT).unwrap().contact.clone();
    matter.case.party_mut(RESPONDENT).unwrap().contact = claimant.clone();
    let phone = claimant.phone.unwrap();
    let to = Address::Phone(phone.clone());
    let name = PersonName::parse("安和").unwrap();
    let person = people::proven(&house.web.accounts, &to, &name, "zh-CN").await;
    matter.case.party_mut(CLAIMANT).unwrap().person = Some(person.unwrap().id);
    let mut matter = matter.beside(0x78).await;
    let link = link(&house, &matter, ContactChannel::Message).await;
    let mut both = Visitor::of(&house);
    let phone = phone.domestic();
    let sent = both.fill(&link, &[("contact", &phone)]).await;
    let code = both.code().await;
    let entered = both.fill(sent.location(), &[("code", &code)]).await;
    assert_eq!(entered.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(entered.body.contains("登记给了另一方"), "{}", entered.body);
    let case = both.get(&format!("/cases/{}", matter.case.id)).await;
    assert_ne!(case.status, StatusCode::OK, "nobody is signed in by it");
    matter.reload().await;
    assert_eq!(matter.case.party(RESPONDENT).unwrap().person, None);
    assert_eq!(matter.case.answer(RESPONDENT), None);
}
