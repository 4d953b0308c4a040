//! Whoever abuses a room: tokens used twice or elsewhere, floods of messages and datagrams, and a page that was sent away and does
//! not go. The others talk on.

use std::net::SocketAddr;

use serde_json::json;

use super::house::{COLLECT, House};
use super::session::still;
use crate::support::browser::{Setup, turn};
use crate::support::http::Client;
use crate::support::participant::all_meet;
use crate::support::socket::Socket;

/// Packets of sound, and of picture: about a second.
const ENOUGH: usize = 50;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_one_socket_of_one_room_and_no_other() {
    let house = House::with_rooms(2);
    let mut client = Client::new(&house.base);
    let token = Socket::token(&mut client, "/applicant", "").await;
    let mut elsewhere = Socket::greet(&mut client, "/applicant-1", &token).await;
    assert!(elsewhere.ear.next().await.is_none());
    // The right one was not used up by that.
    let mut first = Socket::greet(&mut client, "/applicant", &token).await;
    first.until("welcome").await;
    let mut again = Socket::greet(&mut client, "/applicant", &token).await;
    assert!(again.ear.next().await.is_none());
    let forged = token.replace(|letter: char| letter.is_ascii_digit(), "7");
    let mut forged = Socket::greet(&mut client, "/applicant", &forged).await;
    assert!(forged.ear.next().await.is_none());
    first.mouth.say(&ask(&json!({"type": "ping"}))).await;
    first.until("pong").await;
}

fn ask(request: &serde_json::Value) -> String {
    json!({"n": 0, "ask": request}).to_string()
}

/// Each socket is closed by its own flood, and nobody else's.
#[tokio::test(flavor = "multi_thread")]
async fn a_flood_closes_its_own_socket_and_the_others_talk_on() {
    let _turn = turn().await;
    let house = House::open();
    let there = house.fill(0).await;
    all_meet(&there, ENOUGH).await;
    let long = "一".repeat(20_000);
    let nonsense = json!({"type": "publish", "generation": 9, "sdp": "v=0\r\nm=audio"});
    for request in [
        json!({"type": "ping"}),
        json!({"type": "subscribe"}),
        json!({"type": "say", "epoch": 0, "to": "everybody", "text": long}),
        json!({"type": "caucus", "people": vec![house.id("applicant"); 500], "left_may_talk": true}),
        nonsense,
    ] {
        let mut client = Client::new(&house.base);
        let flooding = Socket::open(&mut client, "/helper", "").await;
        let (mut mouth, mut ear) = (flooding.mouth, flooding.ear);
        let text = ask(&request);
        let floods = tokio::spawn(async move {
            // Far more than is taken; the socket may break meanwhile.
            for _ in 0..5_000 {
                if !mouth.says(&text).await {
                    return;
                }
            }
        });
        while ear.next().await.is_some() {}
        floods.await.unwrap();
    }
    let now: Vec<_> = there.iter().map(|one| one.tally().heard.len()).collect();
    for (one, before) in there.iter().zip(now) {
        crate::support::eventually("they talk on", async || {
            (one.tally().heard.len() > before + 2 * ENOUGH).then_some(())
        })
        .await;
    }
}

/// Everything the socket for sound and picture must tell apart, without a proof of anything.
#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_datagrams_reaches_nobody() {
    let _turn = turn().await;
    let house = House::open();
    let there = house.fill(0).await;
    all_meet(&there, ENOUGH).await;
    let to = house.rooms.announced()[0];
    let flooding = std::net::UdpSocket::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let mut letters = (0_u32..).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    for length in (0..20_000).map(|n| n % 1_400) {
        let mut datagram: Vec<u8> = letters.by_ref().take(length).collect();
        // Binding requests, handshakes, sound and picture, control.
        let kinds: [&[u8]; 5] = [
            &[0, 1],
            &[22, 254, 253],
            &[0x80, 111],
            &[0x80, 96],
            &[0x81, 206],
        ];
        let kind = kinds[length % kinds.len()];
        let head = kind.len().min(datagram.len());
        datagram[..head].copy_from_slice(&kind[..head]);
        // A full buffer is as good as a flood.
        let _sent = flooding.send_to(&datagram, to);
    }
    let marks = |one: &crate::support::participant::Participant| one.tally().heard.len();
    let before: Vec<usize> = there.iter().map(marks).collect();
    for (one, before) in there.iter().zip(before) {
        crate::support::eventually("they talk on", async || {
            (marks(one) > before + ENOUGH).then_some(())
        })
        .await;
        let tally = one.tally();
        let known: Vec<_> = there.iter().map(|one| one.person).collect();
        assert!(
            tally
                .heard
                .iter()
                .all(|(mark, _)| known.contains(&mark.speaker))
        );
    }
    flooding.set_nonblocking(true).unwrap();
    let answered = flooding.recv(&mut [0; 1500]);
    assert_eq!(answered.unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

/// A page that keeps its connections when it is sent away, with a token that is still good.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_sent_away_hears_nothing_and_waits_when_they_come_back() {
    const STAYS: &str = "RTCPeerConnection.prototype.close = () => {};
        MediaStreamTrack.prototype.stop = () => {};";
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let script = [STAYS, COLLECT].concat();
    let party = house.visit("applicant", &Setup::PHONE, &script).await;
    party.browser.enters_the_call().await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    let [theirs, ours] = ["applicant", "mediator"].map(|name| house.id(name));
    party.gets_more(&format!("{ours}-a"), "packets").await;
    mediator.gets_more(&format!("{theirs}-a"), "packets").await;

    let mut client = Client::new(&house.base);
    let token = Socket::token(&mut client, "/applicant", "").await;
    let away = format!("[data-act=remove][data-person='{theirs}']");
    mediator.click(&away).await;
    party.browser.sees("请您离开").await;
    still(&party, &[ours]).await;
    still(&mediator, &[theirs]).await;
    let mut back = Socket::greet(&mut client, "/applicant", &token).await;
    back.until("welcome").await;
    let scene = back.until("scene").await;
    assert_eq!(scene["place"], "waiting");
    let shown = scene["people"].as_array().unwrap().iter();
    assert!(shown.clone().all(|one| one["with_you"] == false), "{scene}");
}
