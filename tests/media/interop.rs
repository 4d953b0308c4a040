//! People whose pages speak WebRTC by another stack than the rooms, together with a browser, which speaks a third.

use super::house::{House, fill, seat};
use crate::support::browser::{Setup, turn};
use crate::support::eventually;
use crate::support::participant::{all_meet, all_meet_one};
use crate::support::walk::{judge, walk};

/// Packets of sound, and of picture: about a second.
const ENOUGH: usize = 50;
const MOVES: usize = 50;

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_and_people_by_another_stack_hear_and_see_each_other() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = seat(&house.base, "mediator").await;
    let party = seat(&house.base, "applicant").await;
    let there = [mediator, party];
    all_meet(&there, ENOUGH).await;
    for one in &there {
        let stood = one.tally().stood;
        assert!(stood.both().is_some_and(|both| both > stood.welcome));
        eventually("the room answers", async || one.tally().pongs.pop()).await;
    }

    let page = house.enter("respondent", &Setup::PHONE).await;
    page.is_at("joint").await;
    for name in ["mediator", "applicant"] {
        let id = house.id(name);
        page.gets_more(&format!("{id}-a"), "packets").await;
        page.gets_more(&format!("{id}-v"), "packets").await;
    }
    let person = serde_json::from_value(house.id("respondent").into()).unwrap();
    all_meet_one(&there, person, ENOUGH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_people_are_moved_nothing_reaches_anybody_who_was_not_named() {
    let _turn = turn().await;
    let house = House::open();
    let room = fill(&house.base, 0, 4).await;
    all_meet(&room, 1).await;
    walk(&room, 1, MOVES).await;
    let before: Vec<_> = room.iter().map(|there| there.tally().pongs.len()).collect();
    for (there, before) in room.iter().zip(before) {
        // What was on its way is there by the time of a second answer.
        eventually("the room answers again", async || {
            (there.tally().pongs.len() > before + 1).then_some(())
        })
        .await;
    }
    let [packets, lines] = judge(&room);
    assert!(packets.came > 0 && lines.came > 0);
    assert_eq!((packets.astray, lines.astray), (0, 0));
}
