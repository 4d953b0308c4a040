//! How long it takes until a page is connected and until it shows the other's picture.

use serde_json::Value;

use super::figure::{Target, percentile, print};
use super::house::{Guest, House};
use super::support::browser::{Setup, turn};

const TRIES: usize = 30;

/// Notes when the door was pressed, when each connection stood, and when another's picture first moved.
const WATCH: &str = "window.marks = { connected: [] };
    document.addEventListener('click', (event) => {
        if (event.target.id !== 'room-enter-in') return;
        marks.pressed = performance.now();
        const looking = setInterval(() => {
            const video = document.querySelector('.tile:not(.own) video');
            if (!video || video.currentTime === 0 || video.videoWidth === 0) return;
            clearInterval(looking);
            marks.seen = performance.now() - marks.pressed;
        }, 5);
    }, true);
    const Original = RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
        constructor(...given) {
            super(...given);
            const begun = performance.now();
            this.addEventListener('connectionstatechange', () => {
                if (this.connectionState === 'connected') marks.connected.push(performance.now() - begun);
            });
        }
    };";

pub(crate) async fn measure() {
    let _turn = turn().await;
    let house = House::open().await;
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.visit("applicant", &Setup::DESK, WATCH).await;
    party.browser.enters_the_call().await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    seen(&party).await;
    let (mut connects, mut pictures) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        party.browser.goto("/applicant").await;
        party.browser.enters_the_call().await;
        let marks = seen(&party).await;
        pictures.push(marks["seen"].as_f64().unwrap());
        let connected = marks["connected"].as_array().unwrap();
        connects.extend(connected.iter().map(|ms| ms.as_f64().unwrap()));
    }
    for (metric, values, (half, most)) in [
        ("connect", &mut connects, (150.0, 300.0)),
        ("join_to_first_frame", &mut pictures, (300.0, 900.0)),
    ] {
        for (part, most) in [(50, half), (95, most)] {
            let value = percentile(values, part);
            let metric = format!("{metric}_p{part}");
            print("rooms", &metric, value, "ms", Target::AtMost(most));
        }
    }
}

/// Waits for both connections and the first picture.
async fn seen(party: &Guest) -> Value {
    let script = "return marks.seen !== undefined && marks.connected.length >= 2 && marks";
    party
        .browser
        .until("the other's picture moves", script)
        .await
}
