//! Ten rooms while papers are made beside them, as often again without: how much later sound arrives, in one run.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::interval;

use super::documents::Press;
use super::figure::{Target, percentile, print};
use super::house::House;
use super::support::participant::{Participant, all_meet, now};

const ROOMS: usize = 10;
/// Each a stretch of time without papers and one with them, in turns first and second.
const PAIRS: usize = 8;
const PAPERS: usize = 30;
const PAPER_EVERY: Duration = Duration::from_millis(500);
/// What is said so shortly after the beginning or before the end of a stretch is not counted.
const EDGE: Duration = Duration::from_millis(500);

/// Milliseconds from mouth to ear of every packet of sound, and how many should have come.
#[derive(Default)]
struct Heard {
    late: Vec<f64>,
    expected: usize,
}

pub(crate) async fn measure() {
    let house = Arc::new(House::with_rooms(ROOMS));
    let elsewhere = elsewhere();
    let mut crowd = Vec::new();
    for room in 0..ROOMS {
        let house = Arc::clone(&house);
        let seats = elsewhere.spawn(async move { house.fill(room).await });
        crowd.push(seats.await.unwrap());
    }
    for room in &crowd {
        all_meet(room, 1).await;
    }
    let press = Arc::new(Press::new());
    let mut pairs = Vec::new();
    for pair in 0..PAIRS {
        let papers_first = pair % 2 == 1;
        let first = stretch(papers_first.then_some(&press)).await;
        let second = stretch((!papers_first).then_some(&press)).await;
        let (without, with) = if papers_first {
            (second, first)
        } else {
            (first, second)
        };
        pairs.push([without, with].map(|when| Heard::during(&when, &crowd)));
    }
    tell(pairs);
    drop(crowd);
    elsewhere.shutdown_background();
}

/// Pages run on other machines; here at least on a thread of their own.
fn elsewhere() -> Runtime {
    let threads = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("crowd")
        .enable_all()
        .build();
    threads.unwrap()
}

/// Lets a stretch of time pass, making papers where there is a press: on the threads that answer requests, as the
/// product does.
async fn stretch(press: Option<&Arc<Press>>) -> Range<Duration> {
    let begin = now();
    let mut moments = interval(PAPER_EVERY);
    let mut made = Vec::new();
    for _ in 0..PAPERS {
        moments.tick().await;
        if let Some(press) = press.cloned() {
            made.push(tokio::spawn(async move { press.signed(1) }));
        }
    }
    for paper in made {
        assert!(!paper.await.unwrap().is_empty());
    }
    moments.tick().await;
    begin + EDGE..now().saturating_sub(EDGE)
}

impl Heard {
    fn during(when: &Range<Duration>, crowd: &[Vec<Participant>]) -> Self {
        let mut all = Self::default();
        for room in crowd {
            for there in room {
                let tally = there.tally();
                let said = tally.said.iter().filter(|sent| when.contains(*sent));
                all.expected += said.count() * (room.len() - 1);
                let heard = tally.heard.iter();
                let heard = heard.filter(|(mark, _)| when.contains(&mark.sent));
                let late =
                    heard.map(|(mark, at)| at.saturating_sub(mark.sent).as_secs_f64() * 1_000.0);
                all.late.extend(late);
            }
        }
        all
    }

    fn add(mut self, other: Self) -> Self {
        self.late.extend(other.late);
        self.expected += other.expected;
        self
    }

    #[expect(clippy::cast_precision_loss, reason = "some hundred thousand packets")]
    fn lost_percent(&self) -> f64 {
        (1.0 - self.late.len() as f64 / self.expected as f64) * 100.0
    }
}

fn tell(mut pairs: Vec<[Heard; 2]>) {
    let mut ratios: Vec<f64> = pairs
        .iter_mut()
        .map(|[without, with]| percentile(&mut with.late, 99) / percentile(&mut without.late, 99))
        .collect();
    let (without, with) = pairs.into_iter().fold(
        (Heard::default(), Heard::default()),
        |(without, with), [less, more]| (without.add(less), with.add(more)),
    );
    for (name, mut heard) in [("without", without), ("with", with)] {
        for part in [50, 95, 99] {
            let metric = format!("sound_{name}_papers_p{part}");
            let late = percentile(&mut heard.late, part);
            print("beside", &metric, late, "ms", Target::None);
        }
        // What did not come was not late either: a run that loses much says nothing of lateness.
        let metric = format!("sound_{name}_papers_lost");
        let lost = heard.lost_percent();
        print("beside", &metric, lost, "%", Target::AtMost(1.0));
    }
    let ratio = percentile(&mut ratios, 50);
    print(
        "beside",
        "p99_with_papers_over_without",
        ratio,
        "x",
        Target::AtMost(1.5),
    );
}
