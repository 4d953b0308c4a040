//! How long a page is gone from a call after its network was cut or became another one, or the platform was killed: until
//! it hears anew and the room answers it.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::Value;

use super::apart::{Apart, Place, Plan, pass};
use super::net::Net;
use crate::figure::{Target, percentile, print};
use crate::house::Guest;
use crate::support::browser::{Browser, Setup};
use crate::support::neighbours::{RESPONDENT_PHONE, Town};
use crate::support::server::Server;

const TRIES: usize = 40;
/// Of the whole platform, with three people each.
const RESTARTS: usize = 14;
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

const ADMIT: &str = "const all = [...document.querySelectorAll('button[data-act=admit]')];
    const shown = all.find((button) => button.offsetParent);
    shown?.click();
    return Boolean(shown);";

pub(crate) async fn measure() {
    let [cut, moved] = lines().await;
    tell("a_cut_of_3s", cut, 3_000.0);
    tell("a_new_address", moved, 3_000.0);
    tell("a_restart", restarts().await, 5_000.0);
}

fn tell(what: &str, mut tries: Vec<f64>, most: f64) {
    for (part, target) in [(50, Target::None), (95, Target::AtMost(most))] {
        let metric = format!("page_back_after_{what}_p{part}");
        print("rooms", &metric, percentile(&mut tries, part), "ms", target);
    }
}

/// A line that is cut, and one that becomes another.
async fn lines() -> [Vec<f64>; 2] {
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
    let page = &page.browser;
    let mut tries = [Vec::new(), Vec::new()];
    for _ in 0..TRIES {
        well(page).await;
        net.cut();
        pass(CUT).await;
        net.open();
        tries[0].push(back(page).await);
    }
    for _ in 0..TRIES {
        well(page).await;
        net.move_on();
        tries[1].push(back(page).await);
    }
    tries
}

/// From the moment on at which the platform takes connections again.
async fn restarts() -> Vec<f64> {
    let mut town = Town::open(&[]).await;
    let claimant = town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mut mediator = town.assign().await;
    let (room, _) = town.open_session(&mut mediator).await;
    let mut people = Vec::new();
    for client in [&mediator, &claimant, &respondent] {
        let page = Browser::open(&town.server.base, &Setup::DESK).await;
        page.runs_first(WATCH).await;
        page.goes_on_as(client).await;
        page.goto(&room).await;
        page.enters_the_call().await;
        people.push(page);
    }
    for _ in ["claimant", "respondent"] {
        people[0].until("somebody waits and is let in", ADMIT).await;
    }
    let data = town.folder.path().join("data");
    let address = town.server.base.strip_prefix("http://").unwrap().to_owned();
    let mut tries = Vec::new();
    for _ in 0..RESTARTS {
        for page in &people {
            well(page).await;
        }
        town.server.kill().await;
        town.server = Server::start(&data, &["--demo", "--listen", &address], &[]).await;
        tries.extend(join_all(people.iter().map(back)).await);
    }
    tries
}

/// Waits until sound and answers have come for a while.
async fn well(page: &Browser) {
    back(page).await;
    pass(WELL).await;
    back(page).await;
}

/// How many milliseconds from now on until sound has come and the room has answered.
async fn back(page: &Browser) -> f64 {
    page.evaluate("window.marks = { since: performance.now() }")
        .await;
    let script = "const { sound, pong } = marks; return sound && pong && Math.max(sound, pong)";
    let took: Value = page.until("sound and an answer", script).await;
    took.as_f64().unwrap()
}
