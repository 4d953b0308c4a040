//! What is written for the mediator alone, as each of three people has it on the screen.

use super::house::House;
use crate::support::axe::assert_accessible;
use crate::support::browser::{Setup, turn};
use crate::support::fit::assert_fits;

#[tokio::test(flavor = "multi_thread")]
async fn a_line_for_the_mediator_is_marked_on_two_pages_and_on_no_third() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.enter("applicant", &Setup::PHONE).await;
    let other = house.enter("respondent", &Setup::PHONE).await;
    for guest in [&party, &other] {
        guest.is_at("waiting").await;
        house.admit(&mediator, &guest.name).await;
        guest.is_at("joint").await;
    }
    party.click("#room-talk").await;
    party.click("#room-alone").await;
    party.shows("#room-send", "只发给调解员").await;
    party.writes("最多五百").await;
    for guest in [&mediator, &party] {
        guest.has_lines(1).await;
        assert_eq!(guest.lines().await, ["applicant（只给调解员）：最多五百"]);
    }
    mediator.click("#room-talk").await;
    for guest in [&mediator, &party] {
        guest.pictured("alone").await;
        assert_accessible(&guest.browser).await;
        assert_fits(&guest.browser).await;
    }

    // For whom it was is kept with what was typed, over a page that is thrown away.
    party.browser.fill("line", "还没写完").await;
    party.browser.goto("/applicant").await;
    party.browser.enters_the_call().await;
    party.is_at("joint").await;
    party.click("#room-talk").await;
    assert_eq!(party.typed().await, "还没写完");
    party.shows("#room-send", "只发给调解员").await;
    party.click("#room-alone").await;
    party.writes("大家好").await;
    other.has_lines(1).await;
    assert_eq!(other.lines().await, ["applicant：大家好"]);
    mediator.has_lines(2).await;

    // While the mediator is away, it comes back.
    mediator
        .click(&format!("#pick-{}", house.id("applicant")))
        .await;
    mediator.click("#room-caucus").await;
    other.is_at("hushed").await;
    other.click("#room-talk").await;
    other.click("#room-alone").await;
    other.writes("在吗").await;
    other.shows("#room-notice", "调解员现在不在这里").await;
    assert_eq!(other.typed().await, "在吗");
}
