//! How long a claim may wait, from the day that the claimant tells.

use axum::http::StatusCode;
use jiff::SignedDuration;

use super::visitor::{House, Visitor, house};
use crate::storage::fixture::{Database, on_each};

on_each!(
    the_time_left_is_counted_from_the_day_that_was_told,
    a_day_to_come_is_refused_beside_its_field,
);

/// What is said of the time left to whoever tells this day.
async fn told(house: &House, when: &str) -> String {
    // Nobody is sent two codes in one minute.
    house
        .web
        .accounts
        .clock
        .advance(SignedDuration::from_mins(2));
    let mut visitor = Visitor::of(house);
    let story = [
        ("address", "Building 3, 8 Willow Street"),
        ("story", "Drums after ten"),
        ("when", when),
    ];
    visitor.tell_at(&story).await;
    let check = visitor.get("/start/check").await;
    assert!(check.body.contains(when));
    visitor.expect("/start/check", &[], "/start/done").await;
    let case = visitor.case().await;
    visitor.get(&format!("{case}/assess")).await.body
}

async fn the_time_left_is_counted_from_the_day_that_was_told(database: Database) {
    // 民法典 188, 195; 诉讼时效规定 12
    let house = house(database, false).await;
    let counted = told(&house, "2026-03-02").await;
    assert!(counted.contains("最晚到 2029年3月2日"), "{counted}");
    assert!(counted.contains("从那天重新算起，到 2029年11月22日"));
    let over = told(&house, "2023-03-02").await;
    assert!(over.contains("到 2026年3月2日 已经满了"), "{over}");
    assert!(
        !over.contains("重新算起"),
        "what is over does not begin anew"
    );
    let untold = told(&house, "").await;
    assert!(untold.contains("3 年之内") && untold.contains("到 2029年11月22日"));
    assert!(!untold.contains("最晚到"), "{untold}");
}

async fn a_day_to_come_is_refused_beside_its_field(database: Database) {
    let house = house(database, false).await;
    let mut visitor = Visitor::of(&house);
    visitor
        .expect("/start/matter", &[("matter", "noise")], "/start/story")
        .await;
    let story = [
        ("address", "3-1204"),
        ("story", "Drums after ten"),
        ("when", "2026-11-23"),
    ];
    let refused = visitor.fill("/start/story", &story).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"when-error\""));
    assert!(refused.body.contains("Drums after ten"), "nothing is lost");
    let today = [story[0], story[1], ("when", "2026-11-22")];
    visitor.expect("/start/story", &today, "/start/wish").await;
}
