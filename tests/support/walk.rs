//! A mediator who moves people to and fro while everybody speaks and writes, and the count of what reached somebody who was
//! not named to the speaker as hearing them.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::time::interval;

use super::DEADLINE;
use super::participant::Participant;

/// What came, and what of it to somebody who should not have it.
#[derive(Debug, Default)]
pub(crate) struct Astray {
    pub(crate) came: u32,
    pub(crate) astray: u32,
}

/// Moves chosen by a generator that always gives the same; each waits until the mediator has been told.
pub(crate) async fn walk(room: &[Participant], number: usize, moves: usize) {
    let mut chance = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(number as u64 + 1);
    let mut draw = move |below: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        usize::try_from(chance % below as u64).unwrap()
    };
    let [mediator, others @ ..] = room else {
        unreachable!("a room has its mediator");
    };
    let mut alone = false;
    for _ in 0..moves {
        let before = epoch(mediator);
        let back = alone && draw(2) == 0;
        if back {
            mediator.ask(json!({ "type": "joint" }));
        } else {
            let chosen = 1 + draw((1 << others.len()) - 1);
            let people = others.iter().enumerate();
            let people = people.filter(|(at, _)| chosen >> at & 1 == 1);
            let people: Vec<_> = people.map(|(_, one)| one.person).collect();
            mediator.ask(json!({ "type": "caucus", "people": people, "left_may_talk": true }));
        }
        alone = !back;
        let writer = &room[draw(room.len())];
        let scene = epoch(writer);
        writer.ask(
            json!({ "type": "say", "epoch": scene, "to": "everybody", "text": scene.to_string() }),
        );
        told(mediator, before).await;
    }
}

fn epoch(person: &Participant) -> u64 {
    let tally = person.tally();
    tally
        .heard_by
        .last_key_value()
        .map_or(0, |(epoch, _)| *epoch)
}

/// Waits for the next scene.
async fn told(person: &Participant, before: u64) {
    let begun = Instant::now();
    let mut moments = interval(Duration::from_millis(1));
    while epoch(person) == before {
        moments.tick().await;
        assert!(begun.elapsed() < DEADLINE, "a move is made");
    }
}

/// Of packets and of lines: a speaker's scene says who hears what is said once it is acknowledged.
pub(crate) fn judge(room: &[Participant]) -> [Astray; 2] {
    let [mut packets, mut lines] = [Astray::default(), Astray::default()];
    for hearer in room {
        let tally = hearer.tally();
        let came = tally.heard.iter().chain(&tally.seen);
        let said = came.map(|(mark, _)| (mark.speaker, mark.epoch));
        let said: Vec<_> = said.collect();
        let written: Vec<_> = tally
            .lines
            .iter()
            .map(|(from, text)| (*from, text.parse().unwrap()))
            .collect();
        drop(tally);
        for (all, count) in [(said, &mut packets), (written, &mut lines)] {
            for (speaker, epoch) in all.into_iter().filter(|(from, _)| *from != hearer.person) {
                let speaker = room.iter().find(|there| there.person == speaker);
                let meant = &speaker.unwrap().tally().heard_by[&epoch];
                count.came += 1;
                count.astray += u32::from(!meant.contains(&hearer.person));
            }
        }
    }
    [packets, lines]
}
