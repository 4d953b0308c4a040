//! How long a connection of another stack takes, and how surely it comes to stand where a fifth of everything is lost.

use std::time::Duration;

use futures_util::future::{join_all, select_all};
use tokio::time::timeout;

use super::apart::{Apart, Place, Plan, pass};
use super::net::Net;
use super::pages::WATCH;
use crate::figure::{Target, percentile, print};
use crate::house::{Guest, name_in, seat};
use crate::support::browser::Setup;
use crate::support::eventually;
use crate::support::http::Client;
use crate::support::participant::{Participant, now};
use crate::support::socket::Socket;

const TRIES: usize = 200;
const LOSS: u32 = 20;
const WITHIN: Duration = Duration::from_secs(8);
/// When the call page begins, and begins again.
const BESIDE: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_millis(1_200),
    Duration::from_millis(3_600),
];
const ROOMS: usize = 10;
const TRIES_A_ROOM: usize = 30;
const PAGE_TRIES: usize = 102;

/// Without loss: from the room's welcome until both connections stand.
pub(crate) async fn clean() {
    let house = Apart::open(Plan {
        rooms: 1,
        led: true,
        place: Place::Loopback,
        core: None,
    })
    .await;
    let mut took = Vec::new();
    for _ in 0..TRIES {
        let party = seat(&house.base, "applicant").await;
        let stood = stands(&party).await;
        took.push(milliseconds(
            stood.saturating_sub(party.tally().stood.welcome),
        ));
    }
    for (part, target) in [(50, Target::None), (95, Target::AtMost(150.0))] {
        let value = percentile(&mut took, part);
        print(
            "rooms",
            &format!("other_stack_connect_p{part}"),
            value,
            "ms",
            target,
        );
    }
}

/// With loss in both directions, of datagrams and of the socket's segments: from the click.
pub(crate) async fn lossy() {
    let net = Net::lay();
    let house = Apart::open(Plan {
        rooms: ROOMS,
        led: true,
        place: Place::Beyond,
        core: None,
    })
    .await;
    net.lose(LOSS);
    let tries = (0..ROOMS).map(|room| tries_of(&house, room));
    let tries: Vec<_> = join_all(tries).await.into_iter().flatten().collect();
    net.open();
    let whole: Vec<_> = tries.iter().map(|it| it.map(|(whole, _)| whole)).collect();
    tell("other_stack", &whole);
    let inside = tries
        .iter()
        .flatten()
        .map(|(_, inside)| milliseconds(*inside));
    let value = percentile(&mut inside.collect::<Vec<_>>(), 95);
    let metric = "other_stack_connect_at_20%_loss_from_the_welcome_p95";
    print("rooms", metric, value, "ms", Target::None);
    tell("page", &pages(&house, &net).await);
}

/// How long each try took from the beginning and from the room's welcome, where it came to stand within the time.
async fn tries_of(house: &Apart, room: usize) -> Vec<Option<(Duration, Duration)>> {
    let mut tries = Vec::new();
    for _ in 0..TRIES_A_ROOM {
        let begun = now();
        let joining = async {
            let party = sits_down(&house.base, &name_in(room, "applicant")).await;
            let stood = stands(&party).await;
            let welcome = party.tally().stood.welcome;
            (stood.saturating_sub(begun), stood.saturating_sub(welcome))
        };
        tries.push(timeout(WITHIN, joining).await.ok());
    }
    tries
}

/// As the call page does it: beside a beginning that gets nowhere others are made, and the first that gets through greets.
async fn sits_down(base: &str, name: &str) -> Participant {
    let room = format!("/{name}");
    let begin = async |after: Duration| {
        if !after.is_zero() {
            pass(after).await;
        }
        let mut client = Client::new(base);
        let hello = Socket::token(&mut client, &room, "").await;
        let socket = Socket::upgrade(&mut client, &format!("{room}/socket"), &[]).await;
        (socket, hello)
    };
    loop {
        let beginnings = BESIDE.map(|after| Box::pin(begin(after)));
        let ((mut socket, hello), ..) = select_all(beginnings).await;
        if socket.mouth.says(&hello).await
            && let Some(welcome) = socket.find("welcome").await
        {
            return Participant::welcomed(socket, &welcome);
        }
    }
}

/// The page is there already; what is lost is lost from the click on.
async fn pages(house: &Apart, net: &Net) -> Vec<Option<Duration>> {
    let page = Guest::visits(&house.base, "applicant", &Setup::DESK, WATCH).await;
    let mut tries = Vec::new();
    for _ in 0..PAGE_TRIES {
        net.open();
        page.browser.goto("/applicant").await;
        page.browser.tries_the_camera().await;
        net.lose(LOSS);
        page.click("#room-enter-in").await;
        let script = format!(
            "const {{ publishing, hearing }} = marks.stood;
             if (publishing && hearing) return Math.max(publishing, hearing);
             return performance.now() - marks.pressed > {} && 'late'",
            WITHIN.as_millis()
        );
        let stood = page.browser.until("two connections or time", &script).await;
        let stood = stood
            .as_f64()
            .map(|ms| Duration::from_secs_f64(ms / 1_000.0));
        tries.push(stood.filter(|stood| *stood <= WITHIN));
    }
    tries
}

#[expect(clippy::cast_precision_loss, reason = "some hundred tries")]
fn tell(who: &str, tries: &[Option<Duration>]) {
    let mut stood: Vec<_> = tries.iter().flatten().map(|it| milliseconds(*it)).collect();
    let share = stood.len() as f64 / tries.len() as f64 * 100.0;
    let metric = format!("{who}_connected_within_8s_at_20%_loss");
    print("rooms", &metric, share, "%", Target::AtLeast(99.0));
    for part in [50, 95].into_iter().filter(|_| share > 0.0) {
        let value = percentile(&mut stood, part);
        let metric = format!("{who}_connect_at_20%_loss_p{part}");
        print("rooms", &metric, value, "ms", Target::None);
    }
}

/// When both connections stood, awaited.
async fn stands(party: &Participant) -> Duration {
    eventually("both connections stand", async || {
        party.tally().stood.both()
    })
    .await
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
