//! Thousands of moves between the joint session and caucuses while everybody speaks and writes: nothing may reach anybody who
//! was not named to the speaker as hearing them.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::apart::{Apart, Place, Plan, pass};
use crate::figure::{Target, print};
use crate::house::fill;
use crate::support::participant::all_meet;
use crate::support::walk::{Astray, judge, walk};

const ROOMS: usize = 4;
const PEOPLE: usize = 4;
const MOVES_A_ROOM: usize = 2_500;
const EDGE: Duration = Duration::from_secs(1);

pub(crate) async fn measure() {
    let house = Apart::open(Plan {
        rooms: ROOMS,
        led: false,
        place: Place::Loopback,
        core: None,
    })
    .await;
    let mut rooms = Vec::new();
    for room in 0..ROOMS {
        let there = fill(&house.base, room, PEOPLE).await;
        all_meet(&there, 1).await;
        rooms.push(there);
    }
    let begun = Instant::now();
    let walks = rooms.iter().enumerate();
    join_all(walks.map(|(number, room)| walk(room, number, MOVES_A_ROOM))).await;
    let took = begun.elapsed();
    pass(EDGE).await;
    let mut all = [Astray::default(), Astray::default()];
    for room in &rooms {
        for (all, one) in all.iter_mut().zip(judge(room)) {
            all.came += one.came;
            all.astray += one.astray;
        }
    }
    let [packets, lines] = all;
    tell(took, &packets, &lines);
}

fn tell(took: Duration, packets: &Astray, lines: &Astray) {
    let moves = u32::try_from(ROOMS * MOVES_A_ROOM).unwrap();
    let say = |metric: &str, value: f64, unit: &str, target: Target| {
        print("rooms", metric, value, unit, target);
    };
    say("moves", f64::from(moves), "moves", Target::None);
    say(
        "moves_a_second",
        f64::from(moves) / took.as_secs_f64(),
        "1/s",
        Target::None,
    );
    for (what, all) in [("packets", packets), ("lines", lines)] {
        say(
            &format!("{what}_while_moving"),
            f64::from(all.came),
            what,
            Target::None,
        );
        let astray = f64::from(all.astray);
        say(
            &format!("{what}_at_a_non_member"),
            astray,
            what,
            Target::AtMost(0.0),
        );
    }
}
