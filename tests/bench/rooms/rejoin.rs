//! How long a page is gone from a call after its network was cut or became another one: until it hears anew and the room
//! answers it.

use std::time::Duration;

use serde_json::Value;

use super::apart::{Apart, Place, Plan, pass};
use super::net::Net;
use crate::figure::{Target, percentile, print};
use crate::house::Guest;
use crate::support::browser::Setup;

const TRIES: usize = 40;
const CUT: Duration = Duration::from_secs(3);
/// So long everything is well before the next try.
const WELL: Duration = Duration::from_secs(4);

/// Notes when sound first came and when the room first answered since a moment.
const WATCH: &str = "window.marks = { since: 0 };
    const came = (what) => { marks[what] ??= performance.now() - marks.since; };
    const all = [];
    const Connection = RTCPeerConnection;
    window.RTCPeerConnection = class extends Connection {
        constructor(...given) { super(...given); all.push(this); }
    };
    const Line = WebSocket;
    window.WebSocket = class extends Line {
        constructor(...given) {
            super(...given);
            this.addEventListener('message', ({ data }) => {
                if (JSON.parse(data).type === 'pong') came('pong');
            });
        }
    };
    const counts = new WeakMap();
    setInterval(() => all.filter((it) => it.connectionState !== 'closed').forEach(async (it) => {
        let count = 0;
        for (const entry of (await it.getStats()).values()) {
            if (entry.type === 'inbound-rtp' && entry.kind === 'audio') count += entry.packetsReceived;
        }
        if (count > (counts.get(it) ?? 0)) came('sound');
        counts.set(it, count);
    }), 20);";

pub(crate) async fn measure() {
    let mut net = Net::lay();
    let house = Apart::open(Plan {
        rooms: 1,
        led: true,
        place: Place::Beyond,
        core: None,
    })
    .await;
    let page = Guest::visits(&house.base, "applicant", &Setup::DESK, WATCH).await;
    page.browser.enters_the_call().await;
    page.is_at("joint").await;
    let mut tries = [Vec::new(), Vec::new()];
    for _ in 0..TRIES {
        well(&page).await;
        net.cut();
        pass(CUT).await;
        net.open();
        tries[0].push(back(&page).await);
    }
    for _ in 0..TRIES {
        well(&page).await;
        net.move_on();
        tries[1].push(back(&page).await);
    }
    for (what, mut tries) in ["a_cut_of_3s", "a_new_address"].into_iter().zip(tries) {
        for (part, target) in [(50, Target::None), (95, Target::AtMost(3_000.0))] {
            let metric = format!("page_back_after_{what}_p{part}");
            print("rooms", &metric, percentile(&mut tries, part), "ms", target);
        }
    }
}

/// Waits until sound and answers have come for a while.
async fn well(page: &Guest) {
    back(page).await;
    pass(WELL).await;
    back(page).await;
}

/// How many milliseconds from now on until sound has come and the room has answered.
async fn back(page: &Guest) -> f64 {
    page.browser
        .evaluate("window.marks = { since: performance.now() }")
        .await;
    let script = "const { sound, pong } = marks; return sound && pong && Math.max(sound, pong)";
    let took: Value = page.browser.until("sound and an answer", script).await;
    took.as_f64().unwrap()
}
