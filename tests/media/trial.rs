//! The try before a session, in networks that let everything through, little, or nothing.

use serde_json::json;

use crate::support::axe::assert_accessible;
use crate::support::browser::{Browser, Setup, turn};
use crate::support::fit::assert_fits;
use crate::support::neighbours::Town;

/// A network that lets no datagram through but to relays; or, without those, none at all.
const NO_UDP: &str = "const Original = RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
        constructor(given = {}) { super({ ...given, iceTransportPolicy: 'relay', iceServers: RELAYS }); }
    };";

struct Tried {
    advice: String,
    checks: serde_json::Value,
    browser: Browser,
}

async fn tried(town: &Town, language: &'static str, script: &str) -> Tried {
    let party = town.become_one("贺光明").await;
    let setup = Setup {
        language,
        ..Setup::PHONE
    };
    let browser = Browser::open(&town.server.base, &setup).await;
    let script = json!({ "source": script });
    let cdp = browser.driver.cdp();
    cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script)
        .await
        .unwrap();
    browser.goes_on_as(&party).await;
    browser.goto("/room/test").await;
    browser
        .find("#room-test-begin")
        .await
        .click()
        .await
        .unwrap();
    let said = "return document.getElementById('room-test-advice').checkVisibility()
        && document.getElementById('room-test-advice').dataset.said";
    let advice = browser.until("the sentence is said", said).await;
    let checks = "return Object.fromEntries([...document.querySelectorAll('[data-check]')]
        .filter((it) => it.checkVisibility()).map((it) => [it.dataset.check, it.dataset.look]))";
    Tried {
        advice: advice.as_str().unwrap().to_owned(),
        checks: browser.evaluate(checks).await,
        browser,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_learns_before_the_session_what_its_network_lets_through() {
    let _turn = turn().await;
    let town = Town::open(&[("HEYI_RTC__TURN__LISTEN", "127.0.0.1:0")]).await;
    let all = tried(&town, "zh-CN", "").await;
    assert_eq!(all.advice, "fine", "{}", all.checks);
    let good = [
        "browser",
        "microphone",
        "camera",
        "socket",
        "direct",
        "relay-udp",
    ];
    let good: serde_json::Map<_, _> = good
        .map(|name| (name.to_owned(), json!("good")))
        .into_iter()
        .collect();
    assert_eq!(all.checks, json!(good), "no relay speaks TCP or TLS here");
    all.browser
        .sees("都可以：到时候您用声音和画面参加就行")
        .await;
    assert_accessible(&all.browser).await;
    assert_fits(&all.browser).await;

    let through = NO_UDP.replace("RELAYS", "given.iceServers");
    let detour = tried(&town, "en", &through).await;
    assert_eq!(detour.advice, "detour", "{}", detour.checks);
    assert_eq!(detour.checks["direct"], "bad");
    assert_eq!(detour.checks["relay-udp"], "good");
    detour.browser.sees("sound and picture take a detour").await;
    assert_fits(&detour.browser).await;

    let nothing = tried(&town, "zh-CN", &NO_UDP.replace("RELAYS", "[]")).await;
    assert_eq!(nothing.advice, "blocked", "{}", nothing.checks);
    assert_eq!(nothing.checks["socket"], "good");
    nothing.browser.sees("这个网络不让声音和画面通过").await;
}

/// What is missing is named by what a person can do about it.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_lacks_something_is_told_what_to_do() {
    let _turn = turn().await;
    let town = Town::open(&[]).await;
    for (script, advice, words) in [
        (
            "delete window.RTCPeerConnection;",
            "browser",
            "在浏览器打开",
        ),
        (
            "const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async (wanted) => {
                if (wanted.audio) throw new DOMException('', 'NotAllowedError');
                return real(wanted);
            };",
            "microphone",
            "请允许使用话筒",
        ),
        (
            "window.WebSocket = class { constructor() { setTimeout(() => this.onclose(), 1); } close() {} };",
            "socket",
            "换一个 Wi-Fi",
        ),
    ] {
        let tried = tried(&town, "zh-CN", script).await;
        assert_eq!(tried.advice, advice, "{}", tried.checks);
        tried.browser.sees(words).await;
    }
}
