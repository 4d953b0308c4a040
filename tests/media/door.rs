//! The door of the call on phones as they are: devices that are there, refused, missing or taken, and what a person can do then.

use super::house::{Guest, House};
use crate::support::axe::assert_accessible;
use crate::support::browser::{Setup, turn};
use crate::support::fit::assert_fits;

/// A phone whose devices fail with the errors of `failing.audio` and `failing.video`, and which keeps what they gave.
pub(super) const FAILING: &str = "window.failing = {};
    window.taken = [];
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
        for (const kind of ['audio', 'video'])
            if (wanted[kind] && failing[kind]) throw new DOMException('as the test says', failing[kind]);
        const got = await real(wanted);
        window.taken.push(...got.getTracks());
        return got;
    };
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...given) { window.tones += 1; return start.apply(this, given); };";

impl House {
    async fn at_the_door(&self, setup: &Setup) -> Guest {
        self.visit(
            "applicant",
            setup,
            &[FAILING, super::house::COLLECT].concat(),
        )
        .await
    }
}

impl Guest {
    pub(super) async fn fails(&self, kind: &str, error: &str) {
        let script = format!("window.failing.{kind} = '{error}'");
        self.browser.evaluate(&script).await;
    }

    pub(super) async fn shows(&self, css: &str, text: &str) {
        let script = format!("return document.querySelector('{css}').innerText.includes('{text}')");
        self.browser.until(&format!("{css}: {text}"), &script).await;
    }

    async fn is_on(&self, device: &str, on: bool) {
        let script =
            format!("return document.getElementById('room-try-{device}').ariaPressed === '{on}'");
        self.browser.until(&format!("{device} {on}"), &script).await;
    }

    /// Which of the pictured ways is on the screen.
    async fn helped(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('[data-help]')]
            .filter((it) => it.checkVisibility() && it.querySelectorAll('svg').length === 3)
            .map((it) => it.dataset.help)";
        let shown = self.browser.evaluate(script).await;
        serde_json::from_value(shown).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_microphone_is_tried_at_the_door_and_the_camera_stays_off_until_it_is_wanted() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.at_the_door(&Setup::PHONE).await;
    party.click("#room-try-speaker").await;
    party.shows("#room-speaker-text", "三声").await;
    party
        .browser
        .until("three tones", "return window.tones === 3")
        .await;
    party.click("#room-try-microphone").await;
    party.shows("#room-level-text", "听到您了").await;
    let level = "return document.getElementById('room-level').value > 0.3";
    party.browser.until("the bar moves", level).await;
    party.is_on("camera", false).await;
    party.click("#room-try-camera").await;
    party.is_on("camera", true).await;
    let mirror = "return document.querySelector('#room-mirror video').videoWidth > 0";
    party.browser.until("one sees oneself", mirror).await;
    assert_accessible(&party.browser).await;
    assert_fits(&party.browser).await;
    party.click("#room-try-camera").await;
    party.is_on("camera", false).await;

    party.click("#room-enter-in").await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let id = house.id("applicant");
    mediator.gets_more(&format!("{id}-a"), "packets").await;
    assert_eq!(mediator.count(&format!("{id}-v"), "packets").await, 0);
}

/// Several microphones: the one that is picked is heard from then on, and stays off where the one before was off.
#[tokio::test(flavor = "multi_thread")]
async fn of_several_microphones_one_is_picked() {
    let _turn = turn().await;
    let house = House::open();
    let party = house.at_the_door(&Setup::PHONE).await;
    let hidden = "return document.getElementById('room-pick-audio').checkVisibility()";
    assert_eq!(party.browser.evaluate(hidden).await, false);
    party.click("#room-try-microphone").await;
    let other = "const pick = document.getElementById('room-pick-audio');
        if (!pick.checkVisibility() || pick.options.length < 2) return false;
        return [...pick.options].find((it) => it.value !== pick.value).value";
    let other = party.browser.until("there are several", other).await;
    let other = other.as_str().unwrap();
    party.browser.choose("room-pick-audio", other).await;
    let used = format!(
        "const [first, second] = window.taken;
        return first?.readyState === 'ended' && second?.getSettings().deviceId === '{other}'"
    );
    party.browser.until("the other one is used", &used).await;
    party.shows("#room-level-text", "听到您了").await;

    party.click("#room-try-microphone").await;
    party.is_on("microphone", false).await;
    party.browser.choose("room-pick-audio", "default").await;
    let third = "const [first, second, third] = window.taken; return third !== undefined && [first, second, third]
        .every((it) => it.readyState === (it === third ? 'live' : 'ended')) && !third.enabled";
    party.browser.until("the third one is silent", third).await;
    party.is_on("microphone", false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_neither_microphone_nor_camera_comes_in_to_listen_and_write() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.at_the_door(&Setup::PHONE).await;
    party.fails("audio", "NotFoundError").await;
    party.fails("video", "NotFoundError").await;
    party.click("#room-try-camera").await;
    party.shows("#room-trouble", "没有找到").await;
    party.click("#room-enter-in").await;
    party.shows("#room-trouble", "没有找到").await;
    assert_eq!(party.helped().await, [""; 0]);
    party.click("#room-enter-listen").await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let id = house.id("mediator");
    party.gets_more(&format!("{id}-a"), "packets").await;
    party.gets_more(&format!("{id}-v"), "frames").await;
    party.click("#room-talk").await;
    party.browser.fill("line", "我听得到").await;
    party.click("#room-say button").await;
    mediator.click("#room-talk").await;
    mediator.shows("#room-lines", "我听得到").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_camera_alone_is_seen_and_who_has_a_microphone_alone_is_heard() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let id = house.id("applicant");
    let party = house.at_the_door(&Setup::PHONE).await;
    party.fails("audio", "NotReadableError").await;
    party.click("#room-try-camera").await;
    party.is_on("camera", true).await;
    party.click("#room-enter-in").await;
    party.shows("#room-trouble", "占用").await;
    party.click("#room-enter-listen").await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    mediator.gets_more(&format!("{id}-v"), "frames").await;
    assert_eq!(mediator.count(&format!("{id}-a"), "packets").await, 0);
    drop(party);

    let party = house.at_the_door(&Setup::PHONE).await;
    party.fails("video", "NotFoundError").await;
    party.click("#room-try-camera").await;
    party.shows("#room-trouble", "没有找到").await;
    party.is_on("camera", false).await;
    party.click("#room-enter-in").await;
    mediator.gets_more(&format!("{id}-a"), "packets").await;
}

/// A refusal is shown with the way to the permission of just this browser, in pictures; after it, one goes on from here.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_microphone_is_helped_in_pictures_for_this_phone() {
    let _turn = turn().await;
    let house = House::open();
    for (agent, way) in [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50",
            "wechat",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
            "ios",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Phone) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
            "android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
            "computer",
        ),
    ] {
        let named =
            format!("Object.defineProperty(navigator, 'userAgent', {{ get: () => '{agent}' }});");
        let party = house
            .visit("applicant", &Setup::PHONE, &[FAILING, &named].concat())
            .await;
        party.fails("audio", "NotAllowedError").await;
        party.click("#room-enter-in").await;
        party.shows("#room-trouble", "没有让我们用").await;
        assert_eq!(party.helped().await, [way], "{agent}");
        if way == "wechat" {
            assert_accessible(&party.browser).await;
            assert_fits(&party.browser).await;
        }
        party.fails("audio", "").await;
        party.click("#room-try-again").await;
        party.shows("#room-level-text", "听到您了").await;
        assert_eq!(party.helped().await, [""; 0]);
        party.click("#room-enter-in").await;
        party.is_at("waiting").await;
    }
}
