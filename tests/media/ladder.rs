//! The way down and up again as the network allows: picture, small picture, sound, written words, by measured loss and by hand.

use serde_json::{Value, json};

use super::house::{COLLECT, Guest, House};
use super::session::still;
use crate::support::browser::{Setup, turn};

impl Guest {
    /// What the page's own picture is sent as: whether at all, and how much smaller.
    async fn sends(&self, active: bool, smaller: u32) {
        let script = format!(
            "for (const connection of window.connections) {{
                const sender = connection.getSenders().find((it) => it.track?.kind === 'video');
                const [encoding] = sender?.getParameters().encodings ?? [];
                if (connection.connectionState === 'connected' && encoding)
                    return encoding.active === {active} && (!{active} || encoding.scaleResolutionDownBy === {smaller});
            }}
            return false"
        );
        let waiting = format!("{} sends {active}, {smaller}", self.name);
        self.browser.until(&waiting, &script).await;
    }

    pub(super) async fn chooses(&self, rung: &str) {
        let shown = "document.querySelector('details.network').open = true";
        self.browser.evaluate(shown).await;
        self.browser.choose("room-rung", rung).await;
    }
}

/// The rungs after each of these looks at the line.
async fn rungs(guest: &Guest, looks: &[(f64, f64, Option<u32>)]) -> Vec<String> {
    let looks: Vec<Value> = looks
        .iter()
        .map(|(loss, delay, room)| json!({ "loss": loss, "delay": delay, "room": room }))
        .collect();
    let script = format!(
        "const {{ Ladder }} = await import('/assets/0/js/room-ladder.js');
        const ladder = new Ladder();
        return {}.map((look) => ladder.look(look))",
        json!(looks)
    );
    serde_json::from_value(guest.browser.evaluate(&script).await).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rung_is_left_after_two_bad_looks_and_taken_again_with_growing_patience() {
    let _turn = turn().await;
    let house = House::open();
    let guest = house.visit("applicant", &Setup::PHONE, "").await;
    let look = |loss| (loss, 0.1, None);
    let (bad, good, garbled) = (look(0.2), look(0.0), look(0.6));
    let down = rungs(&guest, &[bad; 12]).await;
    let expected = ["video", "small", "small"].into_iter().chain(["audio"; 9]);
    assert_eq!(down, expected.collect::<Vec<_>>(), "sound stays at a fifth");
    let silent = rungs(&guest, &[garbled; 10]).await;
    assert_eq!(silent[8..], ["messages", "messages"]);
    // One bad look, or a line between good and bad, changes nothing.
    let mixed = [bad, look(0.05)].repeat(10);
    assert!(
        rungs(&guest, &mixed)
            .await
            .iter()
            .all(|rung| rung == "video")
    );
    let late = (0.0, 1.2, None);
    let narrow = (0.0, 0.1, Some(100_000));
    for slow in [late, narrow] {
        assert_eq!(rungs(&guest, &[slow; 2]).await, ["video", "small"]);
    }
    // What does not last is tried again after twice as long each time.
    let mut looks = vec![bad; 2];
    let mut rises = Vec::new();
    for _ in 0..3 {
        let mut tried = looks.clone();
        tried.extend([good; 45]);
        let rung = rungs(&guest, &tried).await;
        let at = rung
            .iter()
            .skip(looks.len())
            .position(|rung| rung == "video");
        let looked = at.unwrap() + 1;
        rises.push(looked);
        looks.extend(vec![good; looked]);
        looks.extend([bad; 2]);
    }
    assert_eq!(rises, [5, 10, 20]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_line_keeps_the_sound_and_gets_its_picture_back_when_it_is_good_again() {
    let _turn = turn().await;
    let (house, gateway) = House::behind_a_gateway().await;
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.visit("applicant", &Setup::PHONE, COLLECT).await;
    party.browser.enters_the_call().await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let [theirs, ours] = ["applicant", "mediator"].map(|name| house.id(name));
    party.gets_more(&format!("{ours}-v"), "frames").await;
    party.sends(true, 1).await;

    gateway.loses(25);
    party.shows("#room-notice", "画面先改小了").await;
    party.sends(true, 2).await;
    party.shows("#room-notice", "先只留声音").await;
    party.sends(false, 1).await;
    mediator.shows("#room-people .state", "只有声音").await;
    party.gets_more(&format!("{ours}-a"), "packets").await;
    mediator.gets_more(&format!("{theirs}-a"), "packets").await;
    party.pictured("audio").await;
    mediator.pictured("audio-lead").await;

    gateway.loses(0);
    party.shows("#room-notice", "先恢复小画面").await;
    party.shows("#room-notice", "画面恢复了").await;
    party.sends(true, 1).await;
    party.gets_more(&format!("{ours}-v"), "frames").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_chooses_by_hand_spares_their_line_and_the_others_see_it() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.enter("applicant", &Setup::PHONE).await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let [theirs, ours] = ["applicant", "mediator"].map(|name| house.id(name));
    party.gets_more(&format!("{ours}-v"), "frames").await;
    party.chooses("small").await;
    mediator.sends(true, 2).await;
    party.sends(true, 2).await;
    party.pictured("chosen").await;
    party.chooses("audio").await;
    // Nobody is left who sees the mediator.
    mediator.sends(false, 1).await;
    mediator.shows("#room-people .state", "只有声音").await;
    party.gets_more(&format!("{ours}-a"), "packets").await;
    party.chooses("messages").await;
    mediator.shows("#room-people .state", "只打字").await;
    still(&party, std::slice::from_ref(&ours)).await;
    still(&mediator, std::slice::from_ref(&theirs)).await;
    party.chooses("video").await;
    party.gets_more(&format!("{ours}-v"), "frames").await;
    mediator.gets_more(&format!("{theirs}-v"), "frames").await;
}
