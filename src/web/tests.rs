//! The router as a browser without scripts meets it.

mod codes;
mod court;
mod desks;
mod districts;
mod doors;
mod enter;
mod evidence;
mod further;
mod handing_over;
mod hands;
mod help;
mod inclusion;
mod interface;
mod kiosk;
mod late;
mod leaks;
mod letters;
mod library;
mod limitation;
mod link;
mod matrix;
mod matter;
mod mediators;
mod metrics;
mod minutes;
mod on_paper;
mod outreach;
mod papers;
mod places;
mod queues;
mod recordings;
mod refusals;
mod register;
mod room;
mod screen;
mod search;
mod service;
mod sheet;
mod signers;
mod signing;
mod statistics;
mod translation;
mod triage;
mod verification;
mod verify;
mod visitor;
mod void;
mod writing;

use axum::http::{StatusCode, header};

use super::*;
use crate::accounts::{second_factor, staff};
use crate::casework;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::identity::PersonName;
use crate::domain::ids::PersonId;
use crate::storage::accounts::people::Person;
use crate::storage::fixture::{Database, on_each, sqlite};
use crate::storage::{StorageError, messages, office, write_tx};
use visitor::{Answer, House, Visitor, house, rules};

on_each!(
    a_matter_is_told_in_four_pages_and_gets_a_number,
    what_was_typed_comes_back_with_a_message_beside_its_field,
    a_neighbourhood_is_chosen_from_the_list_alone,
    a_sheet_fills_in_its_neighbourhood,
    the_check_page_is_not_reached_with_an_unproved_contact,
    a_form_without_its_token_or_from_elsewhere_changes_nothing,
    a_known_and_an_unknown_number_get_the_same_answer,
    a_party_signs_in_with_a_code_and_out_again,
    a_judge_has_no_powers_before_the_second_factor,
    an_unknown_address_answers_in_the_reader_s_language_with_a_reference,
    every_answer_carries_its_policy_and_keeps_its_secrets,
    large_text_is_one_switch_and_stays,
    large_text_follows_its_reader_to_another_phone,
    styles_and_scripts_are_kept_by_browsers_until_they_change,
);

async fn a_matter_is_told_in_four_pages_and_gets_a_number(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    assert_eq!(wang.get("/q/b3").await.location(), "/start/matter");
    assert!(
        wang.get("/start/story")
            .await
            .body
            .contains("Building 3, 8 Willow Street"),
        "filled in by the sheet"
    );
    wang.tell().await;
    let check = wang.get("/start/check").await;
    for said in [
        "Drums after ten",
        "¥1,200.50",
        "Quiet nights",
        "The flat above",
        "王小明",
    ] {
        assert!(check.body.contains(said), "{said}");
    }
    wang.expect("/start/check", &[], "/start/done").await;
    assert!(
        wang.get("/start/done")
            .await
            .body
            .contains("和调〔2026〕000001号")
    );
    let (desk, actor) = (&house.web.desk, signed_in_as(&house, &wang).await);
    let cases = casework::list(desk, &actor, None, 10).await.unwrap();
    assert_eq!(cases.len(), 1);
    let case = casework::load(desk, &actor, cases[0].id).await.unwrap();
    assert_eq!(
        (case.organisation, case.place.code.as_deref()),
        (house.committee, Some("b3"))
    );
    assert_eq!(case.claims.len(), 2);
    assert_eq!(
        case.claims.iter().filter_map(|claim| claim.amount).count(),
        1,
        "a sum for money only"
    );
    assert_eq!(
        wang.get("/start").await.location(),
        "/start/matter",
        "the draft is done with"
    );
}

async fn signed_in_as(house: &House, visitor: &Visitor<'_>) -> Actor {
    let token = &visitor.cookies["heyi-session"];
    let session = crate::accounts::sessions::find(&house.web.accounts, token)
        .await
        .unwrap()
        .unwrap();
    Actor::Person {
        person: session.person.id,
    }
}

async fn what_was_typed_comes_back_with_a_message_beside_its_field(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    let typed = [
        ("want", "conduct"),
        ("amount", "a lot"),
        ("wish", "Say <sorry> & mend it"),
    ];
    let answer = wang.fill("/start/wish", &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("id=\"amount-error\"") && answer.body.contains("href=\"#amount\"")
    );
    assert!(
        answer.body.contains("a lot") && answer.body.contains("Say &lt;sorry&gt; &amp; mend it")
    );
    assert!(answer.body.contains("value=\"conduct\" checked"));
}

async fn a_neighbourhood_is_chosen_from_the_list_alone(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    let mut story = [
        ("area", "hefeng/liu/2"),
        ("address", "8 Willow Street"),
        ("story", "Drums after ten"),
    ];
    let answer = wang.fill("/start/story", &story).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("id=\"area-error\""), "{}", answer.body);
    assert!(answer.body.contains("Drums after ten"));
    story[0].1 = "hefeng/liu/1";
    wang.tell_at(&story).await;
    let check = wang.get("/start/check").await;
    assert!(
        check.body.contains("Willow\n8 Willow Street"),
        "{}",
        check.body
    );
}

/// The sheet knows its neighbourhood, also where the form was sent without it.
async fn a_sheet_fills_in_its_neighbourhood(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    wang.get("/q/b3").await;
    let story = wang.get("/start/story").await;
    assert!(story.body.contains("value=\"hefeng/liu/1\" selected"));
    wang.tell().await;
    wang.expect("/start/check", &[], "/start/done").await;
    let actor = signed_in_as(&house, &wang).await;
    let id = casework::list(&house.web.desk, &actor, None, 1)
        .await
        .unwrap()[0]
        .id;
    let case = casework::load(&house.web.desk, &actor, id).await.unwrap();
    let area = case.place.area.map(|area| area.0);
    assert_eq!(area.as_deref(), Some("hefeng/liu/1"));
}

async fn the_check_page_is_not_reached_with_an_unproved_contact(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    wang.tell().await;
    wang.expect(
        "/start/me",
        &[("name", "王小明"), ("contact", "139 0013 9000")],
        "/start/code",
    )
    .await;
    assert_eq!(
        wang.get("/start/check").await.location(),
        "/start/code",
        "the new contact is not proved"
    );
}

async fn a_form_without_its_token_or_from_elsewhere_changes_nothing(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    let token = wang.get("/start/matter").await.token().to_owned();
    let no_token = wang
        .send(Visitor::request("/start/matter", &[("matter", "noise")]))
        .await;
    assert_eq!(no_token.status, StatusCode::FORBIDDEN);
    let mut elsewhere = Visitor::request("/start/matter", &[("csrf", &token), ("matter", "noise")]);
    elsewhere
        .headers_mut()
        .insert(header::ORIGIN, "http://evil.test".parse().unwrap());
    assert_eq!(wang.send(elsewhere).await.status, StatusCode::FORBIDDEN);
    let mut other = Visitor::of(&house);
    other.get("/start/matter").await;
    let stolen = other
        .send(Visitor::request(
            "/start/matter",
            &[("csrf", &token), ("matter", "noise")],
        ))
        .await;
    assert_eq!(
        stolen.status,
        StatusCode::FORBIDDEN,
        "a token of another browser"
    );
    assert_eq!(
        wang.get("/start").await.location(),
        "/start/matter",
        "nothing was saved"
    );
}

async fn a_known_and_an_unknown_number_get_the_same_answer(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    wang.tell().await;
    wang.expect("/start/check", &[], "/start/done").await;
    house
        .web
        .accounts
        .clock
        .advance(jiff::SignedDuration::from_mins(5));
    let mut pages = Vec::new();
    for number in ["13800138000", "13900138000"] {
        let mut somebody = Visitor::of(&house);
        somebody
            .expect("/sign-in", &[("contact", number)], "/sign-in/code")
            .await;
        let page = somebody.get("/sign-in/code").await;
        let wrong = somebody.fill("/sign-in/code", &[("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        pages.push((page.status, wrong.body.contains('4'), page.body.len()));
    }
    assert_eq!(pages[0], pages[1]);
    let mut read = house.web.accounts.store.read().await.unwrap();
    let sent = messages::newest(&mut read, 10).await.unwrap();
    assert!(
        sent.iter()
            .all(|message| message.address != "+8613900138000"),
        "strangers get no message"
    );
}

async fn a_party_signs_in_with_a_code_and_out_again(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    wang.tell().await;
    wang.expect("/start/check", &[], "/start/done").await;
    house
        .web
        .accounts
        .clock
        .advance(jiff::SignedDuration::from_mins(5));
    let mut again = Visitor::of(&house);
    again
        .expect(
            "/sign-in?next=/start/done",
            &[("contact", "13800138000"), ("next", "//evil.test")],
            "/sign-in/code",
        )
        .await;
    let code = again.code().await;
    again
        .expect("/sign-in/code", &[("code", &code)], "/cases")
        .await;
    let home = again.get("/").await;
    assert!(home.body.contains("王小明"));
    let token = home.token().to_owned();
    let out = again
        .send(Visitor::request("/sign-out", &[("csrf", &token)]))
        .await;
    assert_eq!(out.location(), "/");
    assert!(!again.get("/").await.body.contains("王小明"));
}

/// A judge with the login `zhao` and a second factor in force.
async fn appoint_judge(house: &House) -> PersonId {
    let accounts = &house.web.accounts;
    let judge = Person {
        id: PersonId(accounts.clock.new_id()),
        name: PersonName::parse("赵法官").unwrap(),
        phone: None,
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: accounts.clock.now(),
    };
    let hash = staff::hash_password(accounts, "a long password").unwrap();
    let post = Post {
        organisation: house.committee,
        role: Role::Judge,
    };
    let outcome: Result<(), crate::accounts::AccountsError> = write_tx!(accounts.store, |tx| {
        staff::add_in(tx, &judge, "zhao", &hash).await?;
        office::give_post(tx, judge.id, post).await?;
        second_factor::enrol_in(tx, accounts, judge.id, &[7; 20]).await
    });
    outcome.unwrap();
    judge.id
}

async fn a_judge_has_no_powers_before_the_second_factor(database: Database) {
    let house = house(database, false).await;
    let judge = appoint_judge(&house).await;
    let mut zhao = Visitor::of(&house);
    let wrong = zhao
        .fill(
            "/sign-in/staff",
            &[("login", "zhao"), ("password", "guess")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !wrong.body.contains("guess"),
        "a password is not shown again"
    );
    let fields = [("login", "zhao"), ("password", "a long password")];
    zhao.expect(
        "/sign-in/staff",
        &fields,
        "/sign-in/second-factor?next=%2Fcases",
    )
    .await;
    let cases = zhao.get("/cases").await;
    assert_eq!(
        cases.location(),
        "/sign-in/second-factor?next=%2Fcases",
        "halfway in is not in"
    );
    let none = zhao.fill("/sign-in/second-factor", &[("code", "12")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = crate::accounts::second_factor::current(&house.web.accounts, judge)
        .await
        .unwrap()
        .unwrap();
    zhao.expect(
        "/sign-in/second-factor",
        &[("code", &code), ("next", "/cases")],
        "/cases",
    )
    .await;
    assert_eq!(
        zhao.get("/sign-in/second-factor").await.status,
        StatusCode::SEE_OTHER,
        "it is given"
    );
}

#[tokio::test]
async fn the_pages_of_the_demo_are_not_there_without_it() {
    let plain = house(sqlite().await, false).await;
    let town = house(sqlite().await, true).await;
    for path in ["/demo", "/demo/outbox"] {
        assert_eq!(
            Visitor::of(&plain).get(path).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(Visitor::of(&town).get(path).await.status, StatusCode::OK);
    }
}

async fn an_unknown_address_answers_in_the_reader_s_language_with_a_reference(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    let page = wang.get("/nowhere?lang=en").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("We did not find this page") && page.body.contains("Reference: "));
    assert!(
        wang.get("/nowhere").await.body.contains("We did not find"),
        "the choice of language is kept"
    );
    let problem = wang.get("/api/nowhere").await;
    assert_eq!(
        problem.headers[header::CONTENT_TYPE],
        "application/problem+json"
    );
    let problem: serde_json::Value = serde_json::from_str(&problem.body).unwrap();
    assert_eq!(
        (problem["status"].as_u64(), problem["type"].as_str()),
        (Some(404), Some("urn:heyi:problem:not-found"))
    );
    assert_eq!(problem["reference"].as_str().unwrap().len(), 9);
    let method = wang.get("/sign-out").await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
}

async fn every_answer_carries_its_policy_and_keeps_its_secrets(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    let page = wang.get("/").await;
    let policy = page.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap();
    assert!(page.body.contains(&format!("nonce=\"{nonce}\"")));
    assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    let cookie = page.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let again = wang.get("/").await;
    assert!(!again.body.contains(nonce), "a nonce is used once");
    assert!(again.headers.get(header::SET_COOKIE).is_none());
}

async fn large_text_is_one_switch_and_stays(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    assert!(!wang.get("/").await.body.contains("class=\"elder\""));
    assert!(
        wang.get("/?elder=on")
            .await
            .body
            .contains("class=\"elder\"")
    );
    assert!(wang.get("/sign-in").await.body.contains("class=\"elder\""));
    wang.get("/?elder=off").await;
    assert!(!wang.get("/sign-in").await.body.contains("class=\"elder\""));
}

async fn large_text_follows_its_reader_to_another_phone(database: Database) {
    let house = house(database, false).await;
    let mut wang = Visitor::of(&house);
    wang.tell().await;
    wang.expect("/start/check", &[], "/start/done").await;
    wang.get("/?elder=on").await;
    let five = jiff::SignedDuration::from_mins(5);
    house.web.accounts.clock.advance(five);
    let mut again = Visitor::of(&house);
    again
        .expect("/sign-in", &[("contact", "13800138000")], "/sign-in/code")
        .await;
    let code = again.code().await;
    again
        .expect("/sign-in/code", &[("code", &code)], "/cases")
        .await;
    let large = |page: &Answer| page.body.contains("class=\"elder\"");
    assert!(large(&again.get("/").await), "as on the first phone");
    again.get("/?elder=off").await;
    assert!(!large(&again.get("/").await));
    assert!(large(&wang.get("/").await), "each phone keeps its switch");
}

async fn styles_and_scripts_are_kept_by_browsers_until_they_change(database: Database) {
    let house = house(database, false).await;
    let address = house.web.assets.address("css/heyi.css").unwrap();
    let mut wang = Visitor::of(&house);
    let style = wang.get(&address).await;
    assert_eq!(style.status, StatusCode::OK);
    assert_eq!(
        style.headers[header::CONTENT_TYPE],
        "text/css; charset=utf-8"
    );
    assert!(
        style.headers[header::CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    assert_eq!(
        wang.get("/assets/x/css/../../Cargo.toml").await.status,
        StatusCode::NOT_FOUND
    );
}
