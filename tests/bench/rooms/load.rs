//! Twenty rooms of three, the server on one core and the people on another: what a forwarded packet costs, how much later
//! it comes, how many do not come, and what a room takes in memory; beside Janus, to which the same people come in turn.

use std::ops::Range;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::apart::{Apart, Place, Plan, keep_to, pass, settled, spent};
use super::janus::{self, Janus};
use super::net::Net;
use crate::figure::{Target, percentile, print};
use crate::house::fill;
use crate::support::participant::{Mark, Participant, all_meet, now};

const ROOMS: usize = 20;
/// Each a stretch of time with us and one with the other.
const PAIRS: usize = 3;
const STRETCH: Duration = Duration::from_secs(20);
/// Time until everything is as it will be.
const WARM: Duration = Duration::from_secs(5);
/// What is said so shortly before the end may still be on its way.
const EDGE: Duration = Duration::from_millis(500);

/// What came of what was said in a stretch of time.
#[derive(Default)]
pub(super) struct Forwarded {
    /// Milliseconds from mouth to ear.
    late: Vec<f64>,
    expected: usize,
    seconds: f64,
    /// Processor time of the server.
    spent: Duration,
}

const OURS: &str = "rooms";

/// Who forwards.
struct Contender {
    name: &'static str,
    base: String,
    process: u32,
    memory: f64,
    /// What it takes of a processor with nobody there.
    idle: f64,
    all: Forwarded,
    costs: Vec<f64>,
}

pub(crate) async fn measure() {
    let _net = Net::lay();
    let plan = Plan {
        rooms: ROOMS,
        led: false,
        place: Place::Near,
        core: Some(0),
    };
    let (house, janus) = (Apart::open(plan).await, Janus::start().await);
    let mut ours = Contender::new(OURS, &house.base, house.id()).await;
    let mut peer = Contender::new("janus", &janus.base, janus.id()).await;
    keep_to("1");
    for _ in 0..PAIRS {
        ours.turn().await;
        peer.turn().await;
    }
    keep_to(&format!("0-{}", cores() - 1));
    let ratios = ours
        .costs
        .iter()
        .zip(&peer.costs)
        .map(|(ours, peer)| ours / peer);
    let ratio = percentile(&mut ratios.collect::<Vec<_>>(), 50);
    ours.tell();
    peer.tell();
    print(
        "rooms",
        "processor_a_packet_over_janus",
        ratio,
        "x",
        Target::AtMost(0.6),
    );
}

impl Contender {
    async fn new(name: &'static str, base: &str, process: u32) -> Self {
        let memory = settled(process).await;
        let before = spent(process);
        pass(WARM).await;
        let idle = spent(process).saturating_sub(before).as_secs_f64() / WARM.as_secs_f64();
        Self {
            name,
            base: base.to_owned(),
            process,
            memory,
            idle,
            all: Forwarded::default(),
            costs: Vec::new(),
        }
    }

    /// People come, talk for a while and go.
    async fn turn(&mut self) {
        let crowd = Crowd::of_one_thread();
        let mut rooms = Vec::new();
        for room in 0..ROOMS {
            let seats = seats(self.base.clone(), self.name == OURS, room);
            rooms.push(crowd.runs(seats).await);
        }
        for room in &rooms {
            all_meet(room, 1).await;
        }
        pass(WARM).await;
        let one = stretch(&rooms, STRETCH, || spent(self.process)).await;
        self.costs.push(one.cost(self.idle));
        self.all = std::mem::take(&mut self.all).and(one);
        if self.costs.len() == PAIRS {
            self.memory = settled(self.process).await - self.memory;
        }
    }

    fn tell(&mut self) {
        self.all.tell(self.name, self.idle);
        let rooms = u32::try_from(ROOMS).unwrap();
        let memory = self.memory / 1_024.0 / f64::from(rooms);
        let target = judged(self.name, 6.0);
        print(
            "rooms",
            &format!("{}_memory_of_a_room", self.name),
            memory,
            "MB",
            target,
        );
    }
}

async fn seats(base: String, ours: bool, room: usize) -> Vec<Participant> {
    if ours {
        fill(&base, room, 3).await
    } else {
        janus::fill(&base, room).await
    }
}

/// What the other does is watched.
fn judged(who: &str, most: f64) -> Target {
    if who == OURS {
        Target::AtMost(most)
    } else {
        Target::None
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, |it| it.get().max(2))
}

/// People on a thread of their own.
pub(super) struct Crowd(Option<Runtime>);

impl Crowd {
    pub(super) fn of_one_thread() -> Self {
        let threads = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("crowd")
            .enable_all()
            .build();
        Self(Some(threads.unwrap()))
    }

    pub(super) async fn runs<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> T {
        self.0.as_ref().unwrap().spawn(work).await.unwrap()
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        if let Some(threads) = self.0.take() {
            threads.shutdown_background();
        }
    }
}

/// One stretch of time, by who says how much of the processor the server has taken so far.
pub(super) async fn stretch(
    rooms: &[Vec<Participant>],
    time: Duration,
    spent: impl Fn() -> Duration,
) -> Forwarded {
    forget(rooms);
    let (begin, before) = (now(), spent());
    pass(time).await;
    let (end, after) = (now(), spent());
    pass(EDGE).await;
    let mut forwarded = Forwarded {
        seconds: end.saturating_sub(begin).as_secs_f64(),
        spent: after.saturating_sub(before),
        ..Forwarded::default()
    };
    for room in rooms {
        forwarded.count(&(begin..end), room);
    }
    forwarded
}

/// What came before is of no more use.
fn forget(rooms: &[Vec<Participant>]) {
    for there in rooms.iter().flatten() {
        let tally = &mut *there.tally();
        for times in [&mut tally.said, &mut tally.shown] {
            times.clear();
        }
        for marks in [&mut tally.heard, &mut tally.seen] {
            marks.clear();
        }
    }
}

impl Forwarded {
    fn count(&mut self, when: &Range<Duration>, room: &[Participant]) {
        for there in room {
            let tally = there.tally();
            let sent = tally.said.iter().chain(&tally.shown);
            let sent = sent.filter(|sent| when.contains(*sent)).count();
            self.expected += sent * (room.len() - 1);
            let came = tally.heard.iter().chain(&tally.seen);
            let came = came.filter(|(mark, _)| when.contains(&mark.sent));
            self.late.extend(came.map(late));
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.late.extend(other.late);
        self.expected += other.expected;
        self.seconds += other.seconds;
        self.spent += other.spent;
        self
    }

    /// Microseconds of the processor a forwarded packet, but for what the server takes anyway.
    #[expect(clippy::cast_precision_loss, reason = "some million packets")]
    fn cost(&self, idle: f64) -> f64 {
        let spent = self.spent.as_secs_f64() - idle * self.seconds;
        spent * 1_000_000.0 / self.late.len() as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "some million packets")]
    fn tell(&mut self, who: &str, idle: f64) {
        let came = self.late.len() as f64;
        let say = |metric: &str, value: f64, unit: &str, target: Target| {
            print("rooms", &format!("{who}_{metric}"), value, unit, target);
        };
        let rate = came / self.seconds;
        say("forwarded", rate, "packets/s", Target::None);
        say(
            "processor",
            self.spent.as_secs_f64() / self.seconds * 100.0,
            "%",
            Target::None,
        );
        say("processor_a_packet", self.cost(idle), "us", Target::None);
        say(
            "late_p50",
            percentile(&mut self.late, 50),
            "ms",
            judged(who, 1.0),
        );
        say(
            "late_p99",
            percentile(&mut self.late, 99),
            "ms",
            judged(who, 10.0),
        );
        say("lost", self.lost_percent(), "%", judged(who, 0.05));
    }

    #[expect(clippy::cast_precision_loss, reason = "some million packets")]
    pub(super) fn lost_percent(&self) -> f64 {
        (1.0 - self.late.len() as f64 / self.expected as f64) * 100.0
    }
}

fn late((mark, at): &(Mark, Duration)) -> f64 {
    at.saturating_sub(mark.sent).as_secs_f64() * 1_000.0
}
