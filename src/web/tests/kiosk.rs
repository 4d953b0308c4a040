//! A community's screen keeps nothing of whoever stood before it.

use axum::http::StatusCode;

use super::visitor::{Visitor, house};
use crate::casework;
use crate::domain::actor::Actor;
use crate::domain::intake::Source;
use crate::storage::fixture::{Database, on_each};

on_each!(a_matter_told_at_the_screen_leaves_a_case_and_nothing_on_the_screen);

async fn a_matter_told_at_the_screen_leaves_a_case_and_nothing_on_the_screen(database: Database) {
    let house = house(database, false).await;
    let mut screen = Visitor::of(&house);
    let first = screen.get("/kiosk/b3").await;
    assert!(first.body.contains("/kiosk/b3/begin"));
    let begun = screen.get("/kiosk/b3/begin").await;
    assert_eq!(begun.location(), "/start/matter");
    screen.tell().await;
    let browser = screen.cookies["heyi-browser"].clone();
    screen.expect("/start/check", &[], "/start/done").await;
    assert!(
        screen
            .cookies
            .get("heyi-session")
            .is_none_or(String::is_empty),
        "nobody is signed in"
    );
    let done = screen.get("/start/done").await;
    assert!(done.body.contains("和调〔2026〕000001号"));
    assert!(done.body.contains("/kiosk/b3/end") && !done.body.contains("/cases/"));
    let end = screen.get("/kiosk/b3/end").await;
    assert_eq!(end.location(), "/kiosk/b3");
    assert_ne!(
        screen.cookies["heyi-browser"], browser,
        "another browser now"
    );
    assert_eq!(
        screen.get("/start/done").await.location(),
        "/start",
        "no number is left"
    );
    assert!(
        !screen
            .get("/start/story")
            .await
            .body
            .contains("Drums after ten")
    );
    assert_eq!(screen.get("/cases").await.status, StatusCode::SEE_OTHER);
    let all = casework::list(&house.web.desk, &Actor::Clock, None, 5)
        .await
        .unwrap();
    let case = casework::load(&house.web.desk, &Actor::Clock, all[0].id)
        .await
        .unwrap();
    assert_eq!(case.intake.source, Source::Kiosk);
    assert_eq!(
        screen.get("/kiosk/nowhere").await.status,
        StatusCode::NOT_FOUND
    );
}
