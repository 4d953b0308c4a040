//! How long it takes until a page is connected and until it shows the other's picture.

use serde_json::Value;

use crate::figure::{Target, percentile, print};
use crate::house::{Guest, House};
use crate::support::browser::{Setup, turn};

const TRIES: usize = 30;

/// Notes when the door was pressed, how long each connection took and when it stood, and when another's picture first moved.
pub(super) const WATCH: &str = "window.marks = { connected: [], stood: {} };
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
                if (this.connectionState !== 'connected') return;
                const gives = this.getTransceivers().some((it) => it.direction === 'sendonly');
                marks.connected.push(performance.now() - begun);
                marks.stood[gives ? 'publishing' : 'hearing'] ??= performance.now() - marks.pressed;
            });
        }
    };";

pub(crate) async fn measure() {
    let _turn = turn().await;
    let house = House::open();
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
    for (metric, part, most) in [
        ("page_connect", 50, Target::None),
        ("page_connect", 95, Target::AtMost(300.0)),
        ("join_to_first_frame", 50, Target::AtMost(300.0)),
        ("join_to_first_frame", 95, Target::AtMost(900.0)),
    ] {
        let values = if metric == "page_connect" {
            &mut connects
        } else {
            &mut pictures
        };
        let value = percentile(values, part);
        print("rooms", &format!("{metric}_p{part}"), value, "ms", most);
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
