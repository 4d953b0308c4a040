//! A phone whose network goes and comes: what was said is said once, what was missed is told, what was typed stays.

use super::door::FAILING;
use super::house::{COLLECT, Guest, House};
use crate::support::browser::{Setup, turn};
use crate::support::road::Road;

/// A party by a road that can be cut, and the mediator who let them in.
async fn on_the_road() -> (House, Road, Guest, Guest) {
    let house = House::open();
    let road = Road::to(&house.base).await;
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let script = [FAILING, COLLECT].concat();
    let party = house
        .visit_by(&road.base, "applicant", &Setup::PHONE, &script)
        .await;
    party.browser.enters_the_call().await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    party.is_at("joint").await;
    (house, road, mediator, party)
}

impl Guest {
    pub(super) async fn writes(&self, line: &str) {
        let shown = "return document.getElementById('room-chat').checkVisibility()";
        if self.browser.evaluate(shown).await == false {
            self.click("#room-talk").await;
        }
        self.browser.fill("line", line).await;
        self.click("#room-say button").await;
    }

    /// What stands in the list of lines, those on their way last.
    pub(super) async fn lines(&self) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll('#room-lines li')].map((it) => it.textContent)";
        serde_json::from_value(self.browser.evaluate(script).await).unwrap()
    }

    pub(super) async fn has_lines(&self, count: usize) {
        let script =
            format!("return document.querySelectorAll('#room-lines li').length === {count}");
        self.browser.until(&format!("{count} lines"), &script).await;
    }

    pub(super) async fn typed(&self) -> String {
        self.reads("return document.getElementById('room-line').value")
            .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_while_the_network_is_gone_arrives_once_and_what_was_missed_is_told() {
    let _turn = turn().await;
    let (_house, road, mediator, party) = on_the_road().await;
    road.cut();
    party.is_at("broken").await;
    party.writes("楼上又响了").await;
    party.shows("#room-lines .leaving", "楼上又响了").await;
    mediator.writes("我在听").await;
    mediator.has_lines(1).await;
    road.open();
    party.is_at("joint").await;
    party.has_lines(2).await;
    party.shows("#room-notice", "1 条打字").await;
    mediator.has_lines(2).await;
    let sent = "return !document.querySelector('#room-lines .leaving')";
    party.browser.until("nothing is on its way", sent).await;
    for guest in [&party, &mediator] {
        let lines = guest.lines().await.concat();
        assert_eq!(lines.matches("楼上又响了").count(), 1, "{lines}");
    }
}

/// Nobody tells a phone that its line is clogged; it notices, and goes on by whichever socket speaks first.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_silently_dead_is_noticed_and_given_up_for_another() {
    let _turn = turn().await;
    let (_house, road, mediator, party) = on_the_road().await;
    road.clog();
    party.is_at("broken").await;
    party.writes("听得到吗").await;
    road.open();
    party.is_at("joint").await;
    mediator.has_lines(1).await;
    party.has_lines(1).await;
    party.writes("现在好了").await;
    mediator.has_lines(2).await;
    assert_eq!(party.lines().await.len(), 2);
    let over = "return document.getElementById('room').dataset.at";
    assert_eq!(party.browser.evaluate(over).await, "call");
}

/// What was meant for the mediator alone comes back when the other side hears again, before what was typed since.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_would_reach_others_than_were_meant_comes_back_before_what_was_typed_since() {
    let _turn = turn().await;
    let (house, road, mediator, party) = on_the_road().await;
    let other = house.enter("respondent", &Setup::DESK).await;
    other.is_at("waiting").await;
    house.admit(&mediator, "respondent").await;
    other.is_at("joint").await;
    mediator
        .click(&format!("#pick-{}", house.id("applicant")))
        .await;
    mediator.click("#room-caucus").await;
    party.is_at("caucus").await;
    road.cut();
    party.is_at("broken").await;
    party.writes("只给您看的话").await;
    party.browser.fill("line", "还没写完").await;
    mediator.click("#room-joint").await;
    other.is_at("joint").await;
    road.open();
    party.is_at("joint").await;
    party.shows("#room-notice", "还没有发出去").await;
    assert_eq!(party.typed().await, "只给您看的话\n还没写完");
    for guest in [&mediator, &other] {
        assert_eq!(guest.lines().await, [""; 0]);
    }
    party.click("#room-say button").await;
    other.has_lines(1).await;
}

/// A phone throws pages away when it needs memory, or for a call.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_and_not_sent_outlives_the_page() {
    let _turn = turn().await;
    let (_house, road, mediator, party) = on_the_road().await;
    road.cut();
    party.is_at("broken").await;
    party.writes("没发出去的").await;
    party.browser.fill("line", "写了一半").await;
    party.browser.driver.goto("about:blank").await.unwrap();
    road.open();
    party.browser.goto("/applicant").await;
    party.browser.enters_the_call().await;
    party.is_at("joint").await;
    party.click("#room-talk").await;
    assert_eq!(party.typed().await, "没发出去的\n写了一半");
    assert_eq!(mediator.lines().await, [""; 0]);
    party.click("#room-leave").await;
    party.click("#room-again").await;
    assert_eq!(party.typed().await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_microphone_that_vanishes_is_replaced_or_said_to_be_gone() {
    let _turn = turn().await;
    let (house, _road, mediator, party) = on_the_road().await;
    let sound = format!("{}-a", house.id("applicant"));
    mediator.gets_more(&sound, "packets").await;
    let vanish = "const track = taken.filter((it) => it.kind === 'audio').at(-1);
        track.stop();
        track.dispatchEvent(new Event('ended'));";
    party.browser.evaluate(vanish).await;
    mediator.gets_more(&sound, "packets").await;
    party.fails("audio", "NotFoundError").await;
    party.browser.evaluate(vanish).await;
    party.shows("#room-notice", "断开了").await;
    let off = "return document.getElementById('room-microphone').ariaPressed === 'false'";
    party.browser.until("the microphone is off", off).await;
    let seen = format!(
        "return document.querySelector('[data-person=\"{}\"] .signs').textContent.includes('话筒关')",
        house.id("applicant")
    );
    mediator.browser.until("others see it", &seen).await;
}

/// What a page that finds no other way does with its connections: notes how those were that it closes, and sends nonsense for an
/// offer while the test wants it.
const RISING: &str = "window.parted = [];
    const Kept = RTCPeerConnection;
    window.RTCPeerConnection = class extends Kept {
        get localDescription() {
            const real = super.localDescription;
            return window.garbled && real.type === 'offer' ? { type: 'offer', sdp: 'nonsense' } : real;
        }
        restartIce() {}
        async getStats() {
            return window.deaf ? new Map([['nothing', {}]]) : super.getStats();
        }
        close() {
            const stand = window.connections.filter((it) => it !== this && it.connectionState === 'connected');
            window.parted.push({ was: this.connectionState, others: stand.length });
            super.close();
        }
    };";

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_connection_rises_beside_the_old_one_which_carries_until_it_stands() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let script = [COLLECT, RISING].concat();
    let party = house.visit("applicant", &Setup::PHONE, &script).await;
    party.browser.enters_the_call().await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let [sound, theirs] = ["applicant", "mediator"].map(|name| format!("{}-a", house.id(name)));
    let both_carry = async || {
        mediator.gets_more(&sound, "packets").await;
        party.gets_more(&theirs, "packets").await;
    };
    both_carry().await;
    // An offer that cannot be used cuts nobody off.
    let changed = "dispatchEvent(new Event('online'))";
    party
        .browser
        .evaluate(&format!("window.garbled = window.deaf = true; {changed}"))
        .await;
    party
        .browser
        .until(
            "another is tried",
            "return window.connections.length > 3 && !(window.deaf = false)",
        )
        .await;
    both_carry().await;
    party.browser.evaluate("window.garbled = false").await;
    let stands = "return parted.filter((it) => it.was === 'connected').length >= 2 && parted";
    let closed = party.browser.until("both stand anew", stands).await;
    for one in closed.as_array().unwrap() {
        if one["was"] == "connected" {
            assert!(one["others"].as_u64().unwrap() >= 2, "{closed}");
        }
    }
    both_carry().await;
    party
        .browser
        .evaluate(&format!("window.deaf = true; {changed}"))
        .await;
    let again = "return parted.filter((it) => it.was === 'connected').length >= 4 && !(window.deaf = false)";
    party.browser.until("and once more", again).await;
    both_carry().await;
}

/// The names by which each connection is known at both its ends.
const NAMES: &str = "return window.connections.map((it) =>
    [it.localDescription, it.remoteDescription].map(({ sdp }) => sdp.match(/ice-ufrag:(\\S+)/)[1]).join(' '))";

/// The network becomes another one under a phone: its connections look for the new way under new names, and go on.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_whose_network_changes_goes_on_by_the_same_connections() {
    let _turn = turn().await;
    let (house, gateway) = House::behind_a_gateway().await;
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.enter("applicant", &Setup::PHONE).await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let [theirs, ours] = ["applicant", "mediator"].map(|name| format!("{}-a", house.id(name)));
    for _ in 0..3 {
        mediator.gets_more(&theirs, "packets").await;
        party.gets_more(&ours, "packets").await;
        let before = party.browser.evaluate(NAMES).await;
        gateway.renew();
        let renamed = format!(
            "if (!window.told) dispatchEvent(new Event('online'));
             window.told = true;
             const names = (() => {{ {NAMES} }})();
             return names.every((name, at) => {before}[at] && name !== {before}[at]) && names"
        );
        let names = party.browser.until("new names", &renamed).await;
        assert_eq!(names.as_array().unwrap().len(), 2, "{names}");
        party.browser.evaluate("window.told = false").await;
    }
    mediator.gets_more(&theirs, "packets").await;
    party.gets_more(&ours, "packets").await;
    let states = "return window.connections.map((it) => it.connectionState)";
    party
        .browser
        .until(
            "both stand",
            &format!("return String((() => {{ {states} }})()) === 'connected,connected'"),
        )
        .await;
}

/// A gateway forgets a phone, or the phone goes from one mast to the next: whoever is heard and seen goes on by the same
/// connections, with nothing negotiated anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_whose_address_changes_is_heard_on_by_the_same_connections() {
    let _turn = turn().await;
    let (house, gateway) = House::behind_a_gateway().await;
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.enter("applicant", &Setup::PHONE).await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let [theirs, ours] = ["applicant", "mediator"].map(|name| format!("{}-a", house.id(name)));
    let states = "return window.connections.map((it) => it.connectionState)";
    for _ in 0..3 {
        mediator.gets_more(&theirs, "packets").await;
        party.gets_more(&ours, "packets").await;
        for guest in [&mediator, &party] {
            let states = guest.browser.evaluate(states).await;
            assert_eq!(states, serde_json::json!(["connected", "connected"]));
        }
        gateway.renew();
    }
}
