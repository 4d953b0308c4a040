//! Seats without a voice, the picture that is one, and the channel of whoever interprets, as people have them.

use super::house::{Guest, House, seat};
use super::session::still;
use crate::support::axe::assert_accessible;
use crate::support::browser::{Setup, turn};
use crate::support::eventually;
use crate::support::fit::{assert_fits, held_upright, out_of_sight};

impl House {
    /// Somebody opens the page, comes in by the button with this id, and is let in.
    async fn joins(&self, mediator: &Guest, name: &str, setup: &Setup) -> Guest {
        let guest = self.enter(name, setup).await;
        guest.is_at("waiting").await;
        self.admit(mediator, name).await;
        guest.is_at("joint").await;
        guest
    }

    /// The same for whoever only hears, who has one button.
    async fn joins_to_hear(&self, mediator: &Guest, name: &str, setup: &Setup) -> Guest {
        let guest = self.visit(name, setup, super::house::COLLECT).await;
        guest.pictured("door").await;
        assert_accessible(&guest.browser).await;
        guest.click("#room-enter-listen").await;
        guest.is_at("waiting").await;
        self.admit(mediator, name).await;
        guest.is_at("off").await;
        guest
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_only_hears_comes_in_by_one_button_and_nobody_is_shown_a_voice_of_theirs() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.joins(&mediator, "applicant", &Setup::PHONE).await;
    let child = house.joins_to_hear(&mediator, "child", &Setup::PHONE).await;
    let [lead, theirs] = ["mediator", "applicant"].map(|name| house.id(name));
    for id in [&lead, &theirs] {
        child.gets_more(&format!("{id}-v"), "frames").await;
        child.gets_more(&format!("{id}-a"), "packets").await;
    }
    assert!(child.banner().await.contains("只看、只听"));
    let buttons = "return [...document.querySelectorAll('#room-enter button, .controls button, #room-say button')]
        .filter((it) => it.checkVisibility()).map((it) => it.id).join()";
    assert_eq!(child.reads(buttons).await, "room-talk,room-leave");
    let tile = format!(".tile[data-person=\"{}\"]", house.id("child"));
    party
        .shows(&format!("{tile} figcaption"), "child（陪applicant）")
        .await;
    party.shows(&format!("{tile} .signs"), "只看只听").await;
    assert!(party.banner().await.contains("陪applicant"), "they hear");
    child.click("#room-talk").await;
    assert_fits(&child.browser).await;
    assert_accessible(&child.browser).await;
    for guest in [&child, &party, &mediator] {
        guest.pictured("helper").await;
    }
    // Alone with the mediator the helper is not, and beside the one they help they are.
    let child_is = house.id("child");
    mediator.click(&format!("#pick-{child_is}")).await;
    mediator.click("#room-caucus").await;
    mediator.shows("#room-notice", "陪同的人要和他陪的人").await;
    mediator.click(&format!("#pick-{theirs}")).await;
    mediator.click("#room-caucus").await;
    party.is_at("caucus").await;
    child.shows("#room-notice", "单独").await;
    child.gets_more(&format!("{theirs}-a"), "packets").await;
    child.pictured("helper-alone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_observer_cannot_be_picked_for_a_private_talk_and_hears_none() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.joins(&mediator, "applicant", &Setup::PHONE).await;
    let watches = house
        .joins_to_hear(&mediator, "observer", &Setup::PHONE)
        .await;
    let [lead, theirs, observer] = ["mediator", "applicant", "observer"].map(|name| house.id(name));
    watches.gets_more(&format!("{theirs}-a"), "packets").await;
    let hidden = format!("return document.getElementById('pick-{observer}').hidden");
    assert_eq!(mediator.browser.evaluate(&hidden).await, true);
    let tile = format!(".tile[data-person=\"{observer}\"] figcaption");
    party.shows(&tile, "旁听").await;
    mediator.click(&format!("#pick-{theirs}")).await;
    mediator.click("#room-caucus").await;
    party.is_at("caucus").await;
    still(&watches, &[lead, theirs]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_of_the_signs_stays_in_view_and_is_given_up_after_all_others() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.joins(&mediator, "applicant", &Setup::PHONE).await;
    let signer = house.joins(&mediator, "signer", &Setup::DESK).await;
    let _lawyer = seat(&house.base, "lawyer").await;
    house.admit(&mediator, "lawyer").await;
    let [lead, theirs, signs, lit] =
        ["mediator", "applicant", "signer", "lawyer"].map(|name| house.id(name));
    let (seen, other) = (format!("{signs}-v"), format!("{lead}-v"));
    party.gets_more(&seen, "frames").await;
    held_upright(&party.browser).await;
    let pinned = format!("#room-signs .tile[data-person=\"{signs}\"] video");
    // Neither the light nor the way down to what was written takes it away.
    let light = format!("[data-act=spotlight][data-person='{lit}']");
    mediator.click(&light).await;
    party.shows(".tile.large figcaption", "lawyer").await;
    let all = format!("{pinned}, #room-banner, .controls button");
    assert_eq!(out_of_sight(&party.browser, &all).await, [""; 0]);
    party.pictured("signs").await;
    party.click("#room-talk").await;
    party
        .browser
        .evaluate("document.getElementById('room-say').scrollIntoView({ block: 'end' })")
        .await;
    assert_eq!(out_of_sight(&party.browser, &pinned).await, [""; 0]);
    party.pictured("signs-below").await;
    assert_accessible(&party.browser).await;
    mediator.pictured("signs").await;

    party.chooses("signs").await;
    party.shows(".tile.own .signs", "声音和手语").await;
    still_picture(&party, &other).await;
    party.gets_more(&seen, "frames").await;
    party.gets_more(&format!("{lead}-a"), "packets").await;
    signer.gets_more(&format!("{theirs}-v"), "frames").await;
    party.pictured("signs-alone").await;
    party.chooses("audio").await;
    still_picture(&party, &seen).await;
    party.chooses("video").await;
    party.gets_more(&other, "frames").await;
}

/// Whether somebody is to be heard so loud.
fn loud(person: &str, much: f64) -> String {
    format!(
        "const video = document.querySelector('.tile[data-person=\"{person}\"] video');
        return Math.abs((video.muted ? 0 : video.volume) - {much}) < .01"
    )
}

impl Guest {
    async fn chooses_whom_to_hear(&self) -> bool {
        let shown = "return document.getElementById('room-channel').checkVisibility()";
        self.browser.evaluate(shown).await == true
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_listens_to_the_speakers_or_the_interpreter_as_they_chose_and_the_speaker_is_told() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.joins(&mediator, "applicant", &Setup::PHONE).await;
    assert!(!party.chooses_whom_to_hear().await, "nobody interprets");
    let speaks = house.joins(&mediator, "interpreter", &Setup::DESK).await;
    assert!(!speaks.chooses_whom_to_hear().await, "who interprets");
    let [lead, theirs, other] = ["mediator", "applicant", "interpreter"].map(|name| house.id(name));
    let (original, interpreted) = (format!("{lead}-a"), format!("{other}-a"));
    party.gets_more(&original, "packets").await;
    party.gets_more(&interpreted, "packets").await;
    held_upright(&party.browser).await;
    party.pictured("channel").await;
    let sees = |id: &str| format!("{id}-v");

    party.browser.choose("room-channel", "interpreter").await;
    still(&party, std::slice::from_ref(&lead)).await;
    party.gets_more(&interpreted, "packets").await;
    party.gets_more(&sees(&lead), "frames").await;
    mediator
        .shows("#room-banner-text", "听不到您原话的：applicant")
        .await;
    mediator.pictured("channel").await;
    // The interpreter hears whoever is not listened to.
    speaks.gets_more(&original, "packets").await;

    party.browser.choose("room-channel", "original").await;
    still(&party, std::slice::from_ref(&other)).await;
    party.gets_more(&original, "packets").await;
    speaks
        .shows("#room-banner-text", "听不到您翻译的：applicant")
        .await;
    let told = mediator.banner().await;
    assert!(
        told.contains("applicant") && !told.contains("听不到"),
        "{told}"
    );

    party.browser.choose("room-channel", "faded").await;
    party.browser.until("softly", &loud(&lead, 0.2)).await;
    party.browser.until("as it is", &loud(&other, 1.0)).await;
    party.gets_more(&original, "packets").await;
    party.gets_more(&interpreted, "packets").await;
    // Remembered on this phone, and of no effect while the interpreter is silent.
    party.browser.choose("room-channel", "interpreter").await;
    still(&party, std::slice::from_ref(&lead)).await;
    speaks.click("#room-microphone").await;
    party.gets_more(&original, "packets").await;
    party.browser.until("aloud again", &loud(&lead, 1.0)).await;
    speaks.click("#room-microphone").await;
    party.browser.driver.refresh().await.unwrap();
    party.browser.enters_the_call().await;
    party.gets_more(&interpreted, "packets").await;
    mediator
        .shows("#room-banner-text", "听不到您原话的：applicant")
        .await;
    mediator.gets_more(&format!("{theirs}-a"), "packets").await;
}

/// Waits until no picture of this stream comes any more.
async fn still_picture(guest: &Guest, stream: &str) {
    let mut before = guest.count(stream, "frames").await;
    eventually("the picture stands still", async || {
        let now = guest.count(stream, "frames").await;
        let still = now == before;
        before = now;
        still.then_some(())
    })
    .await;
}
