//! Who stands before a page: who is not signed in is led to the sign-in, a stranger finds nothing.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::visitor::{Answer, House, Visitor, house};
use crate::storage::fixture::{Database, on_each};

/// Every address that the router knows, as it was routed; the router tells them when it is printed.
pub(super) fn addresses(house: &House, below: &str) -> Vec<String> {
    let printed = format!("{:?}", house.router);
    let quoted = printed.split('"').skip(1).step_by(2);
    let mut found: Vec<_> = quoted
        .filter(|text| text.starts_with(below))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The address with a case, and with something well formed for everything else.
pub(super) fn filled(address: &str, case: &str) -> String {
    let parts = address.split('/').map(|part| match part {
        "{id}" => case.rsplit('/').next().unwrap(),
        "{hash}" => "0000000000000000000000000000000000000000000000000000000000000000",
        "{code}" => "no_agreement",
        "{way}" => "court",
        part if part.starts_with('{') => "01900000-0000-7000-8000-000000000000",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// A case that nobody has opened.
const NONE: &str = "/cases/01900000-0000-7000-8000-000000000001";

async fn look(visitor: &mut Visitor<'_>, path: &str) -> Answer {
    visitor
        .send(Request::get(path).body(Body::empty()).unwrap())
        .await
}

async fn post(visitor: &mut Visitor<'_>, path: &str, token: &str) -> Answer {
    visitor
        .send(Visitor::request(path, &[("csrf", token)]))
        .await
}

on_each!(
    every_page_of_a_case_asks_for_the_sign_in_and_leads_back,
    a_stranger_finds_no_page_of_a_case,
);

async fn every_page_of_a_case_asks_for_the_sign_in_and_leads_back(database: Database) {
    let house = house(database, false).await;
    let case = Visitor::at_home(&house, "13800138000").await.case().await;
    let mut nobody = Visitor::of(&house);
    let token = nobody.csrf().await;
    let pages = addresses(&house, "/cases/{id}");
    assert!(pages.len() > 25, "the router told {pages:?}");
    for page in pages {
        let path = filled(&page, &case);
        let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
        let to = format!("/sign-in?next={next}");
        let looked = look(&mut nobody, &path).await;
        if looked.status != StatusCode::METHOD_NOT_ALLOWED {
            assert_eq!(looked.status, StatusCode::SEE_OTHER, "{page}");
            assert_eq!(looked.location(), to, "{page}");
        }
        let sent = post(&mut nobody, &path, &token).await;
        if sent.status != StatusCode::METHOD_NOT_ALLOWED {
            assert_eq!(sent.status, StatusCode::UNAUTHORIZED, "{page}");
            assert!(sent.body.contains(&to), "{page}: {}", sent.body);
        }
    }
    let asked = look(&mut nobody, &format!("{case}/board?clause=2")).await;
    let onward = asked.location().to_owned();
    assert!(onward.ends_with("%2Fboard%3Fclause%3D2"), "{onward}");
}

async fn a_stranger_finds_no_page_of_a_case(database: Database) {
    let house = house(database, false).await;
    let case = Visitor::at_home(&house, "13800138000").await.case().await;
    let mut stranger = Visitor::at_home(&house, "13900139000").await;
    let token = stranger.csrf().await;
    for page in addresses(&house, "/cases/{id}") {
        let (path, none) = (filled(&page, &case), filled(&page, NONE));
        let looked = look(&mut stranger, &path).await;
        // The socket is opened by the token in its first frame, not by its address.
        let hidden = looked.status == StatusCode::NOT_FOUND
            || looked.status == StatusCode::METHOD_NOT_ALLOWED
            || page.ends_with("/socket");
        assert!(hidden, "{page} answers a stranger {}", looked.status);
        let sent = post(&mut stranger, &path, &token).await;
        let nothing = post(&mut stranger, &none, &token).await;
        assert!(sent.status.is_client_error(), "{page}: {}", sent.status);
        assert_eq!(sent.status, nothing.status, "{page} tells that it is there");
    }
}
