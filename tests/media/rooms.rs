//! Several rooms at once, each with three people who need no browser.

use std::collections::BTreeSet;

use super::house::House;
use crate::support::browser::turn;
use crate::support::participant::{Participant, all_meet};

/// Packets of sound, and of picture: about a second.
const ENOUGH: usize = 50;

#[tokio::test(flavor = "multi_thread")]
async fn a_packet_of_one_reaches_the_others_of_the_same_room_and_nobody_of_another() {
    let _turn = turn().await;
    let house = House::with_rooms(2);
    let rooms = [house.fill(0).await, house.fill(1).await];
    for room in &rooms {
        all_meet(room, ENOUGH).await;
    }
    for room in &rooms {
        let people: BTreeSet<_> = room.iter().map(|there| there.person).collect();
        for hearer in room {
            let tally = hearer.tally();
            let mut others = people.clone();
            others.remove(&hearer.person);
            for marks in [&tally.heard, &tally.seen] {
                let speakers = marks.iter().map(|(mark, _)| mark.speaker);
                assert_eq!(speakers.collect::<BTreeSet<_>>(), others);
            }
        }
        each_packet_once_and_as_it_was_said(room);
    }
}

fn each_packet_once_and_as_it_was_said(room: &[Participant]) {
    for hearer in room {
        let heard = hearer.tally().heard.clone();
        let packets = heard.iter().map(|(mark, _)| (mark.speaker, mark.number));
        assert_eq!(packets.collect::<BTreeSet<_>>().len(), heard.len());
        for (mark, arrived) in heard {
            let speaker = room.iter().find(|there| there.person == mark.speaker);
            let said = speaker.unwrap().tally().said[usize::try_from(mark.number).unwrap() - 1];
            assert_eq!(mark.sent, said);
            assert!(arrived > said, "heard before it was said");
        }
    }
}
