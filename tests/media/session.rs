//! One session as people have it: waiting, seeing each other, a caucus, mute, leaving and coming back.

use super::house::{Guest, House};
use crate::support::axe::assert_accessible;
use crate::support::browser::{Setup, turn};
use crate::support::eventually;
use crate::support::fit::{assert_fits, narrowed};

fn video(id: &str) -> String {
    format!("{id}-v")
}

fn sound(id: &str) -> String {
    format!("{id}-a")
}

impl House {
    async fn pick(&self, mediator: &Guest, name: &str) {
        mediator
            .click(&format!("#pick-{}", self.id(name).replace(' ', "")))
            .await;
    }

    /// Each sees and hears each other.
    async fn all_meet(&self, guests: &[&Guest]) {
        for hearer in guests {
            for speaker in guests.iter().filter(|speaker| speaker.name != hearer.name) {
                let id = self.id(&speaker.name);
                hearer.gets_more(&video(&id), "frames").await;
                hearer.gets_more(&sound(&id), "packets").await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_meet_after_the_mediator_admits_one() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.enter("applicant", &Setup::PHONE).await;
    party.is_at("waiting").await;
    assert_eq!(party.received().await.as_object().unwrap().len(), 0);
    house.admit(&mediator, "applicant").await;
    house.all_meet(&[&mediator, &party]).await;
    party.is_at("joint").await;
    assert!(party.banner().await.contains("mediator"));
    for guest in [&mediator, &party] {
        assert_accessible(&guest.browser).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caucus_is_silent_and_dark_for_the_one_left_out() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let applicant = house.enter("applicant", &Setup::PHONE).await;
    let respondent = house.enter("respondent", &Setup::PHONE).await;
    for guest in [&applicant, &respondent] {
        guest.is_at("waiting").await;
        house.admit(&mediator, &guest.name).await;
    }
    house.all_meet(&[&mediator, &applicant, &respondent]).await;

    house.pick(&mediator, "applicant").await;
    mediator.click("#room-caucus").await;
    applicant.is_at("caucus").await;
    respondent.is_at("hushed").await;
    assert!(!applicant.banner().await.contains("respondent"));
    let (alone, ids) = (
        &respondent,
        ["mediator", "applicant"].map(|name| house.id(name)),
    );
    let before = still(alone, &ids).await;
    house.all_meet(&[&mediator, &applicant]).await;
    assert_eq!(
        counts(alone, &ids).await,
        before,
        "something crossed the wall"
    );
    let own = [house.id("respondent")];
    let before = counts(&applicant, &own).await;
    house.all_meet(&[&mediator, &applicant]).await;
    assert_eq!(
        counts(&applicant, &own).await,
        before,
        "something crossed back"
    );

    mediator.click("#room-joint").await;
    respondent.is_at("joint").await;
    house.all_meet(&[&mediator, &applicant, &respondent]).await;
    let record = format!("{:?}", house.reports.lock().unwrap());
    assert!(record.contains("CaucusOpened") && record.contains("CaucusClosed"));
}

/// Who is away, what that means, and that they need do nothing, is on their screens; whether they talk is the mediator's
/// to say.
#[tokio::test(flavor = "multi_thread")]
async fn those_left_behind_wait_in_silence_unless_the_mediator_lets_them_talk() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let applicant = house.enter("applicant", &Setup::DESK).await;
    let respondent = house.enter("respondent", &Setup::PHONE).await;
    let helper = house.enter("helper", &Setup::PHONE).await;
    for guest in [&applicant, &respondent, &helper] {
        guest.is_at("waiting").await;
        house.admit(&mediator, &guest.name).await;
    }
    house.all_meet(&[&mediator, &respondent, &helper]).await;

    house.pick(&mediator, "applicant").await;
    mediator.click("#room-caucus").await;
    let [own, other] = ["respondent", "helper"].map(|name| house.id(name));
    for guest in [&respondent, &helper] {
        guest.is_at("hushed").await;
        guest.shows("#room-wait", "mediator（调解员）").await;
        guest.shows("#room-wait", "先不说话").await;
        guest.shows("#room-microphone", "话筒先停着").await;
        guest.shows(".tile.absent", "不在这里").await;
    }
    respondent
        .shows(&format!("[data-person=\"{other}\"] .signs"), "安静等候")
        .await;
    mediator
        .shows(&format!("#room-people [data-person=\"{own}\"]"), "安静等候")
        .await;
    let before = still(&respondent, std::slice::from_ref(&other)).await;
    house.all_meet(&[&mediator, &applicant]).await;
    let now = counts(&respondent, std::slice::from_ref(&other)).await;
    assert_eq!(now, before, "somebody was heard in the silence");
    for guest in [&mediator, &respondent] {
        guest.pictured("silence").await;
        assert_accessible(&guest.browser).await;
        assert_fits(&guest.browser).await;
    }

    mediator.click("#room-left-may-talk").await;
    respondent.is_at("joint").await;
    respondent.shows("#room-notice", "同意大家先聊着").await;
    respondent.shows("#room-wait", "先聊着").await;
    house.all_meet(&[&respondent, &helper]).await;
    assert!(!respondent.banner().await.contains("mediator"));
    narrowed(&helper.browser, async || helper.pictured("talk").await).await;
    mediator.click("#room-left-may-talk").await;
    respondent.is_at("hushed").await;

    // What was on can be switched off for later, and nothing can be switched on.
    helper.is_at("hushed").await;
    helper.click("#room-microphone").await;
    helper.shows("#room-notice", "话筒已关").await;
    helper.click("#room-microphone").await;
    helper.shows("#room-notice", "现在是安静等候").await;
    mediator.click("#room-joint").await;
    respondent.shows("#room-notice", "您的话筒是开着的").await;
    helper.shows("#room-notice", "您的话筒关着").await;
    let hidden = "return !document.getElementById('room-wait').checkVisibility()";
    respondent.browser.until("the wait is over", hidden).await;
    house.all_meet(&[&mediator, &applicant, &respondent]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn muting_is_heard_and_leaving_can_be_taken_back() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let party = house.enter("applicant", &Setup::PHONE).await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    house.all_meet(&[&mediator, &party]).await;

    let id = house.id("applicant");
    mediator
        .click(&format!("[data-act=mute][data-person='{id}']"))
        .await;
    let off = "return document.getElementById('room-microphone').ariaPressed === 'false'";
    party
        .browser
        .until("the party's microphone is off", off)
        .await;
    let before = still(&mediator, std::slice::from_ref(&id)).await;
    mediator.gets_more(&video(&id), "frames").await;
    assert_eq!(
        mediator.count(&sound(&id), "packets").await,
        before[0].0,
        "a muted person was heard"
    );
    party.click("#room-microphone").await;
    mediator.gets_more(&sound(&id), "packets").await;

    party.click("#room-leave").await;
    still_all(&mediator, &id).await;
    party.click("#room-again").await;
    party.browser.enters_the_call().await;
    house.all_meet(&[&mediator, &party]).await;
    party.is_at("joint").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn four_people_meet_and_a_second_window_takes_over() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let mut guests = vec![mediator];
    for name in ["applicant", "respondent", "helper"] {
        let guest = house.enter(name, &Setup::PHONE).await;
        guest.is_at("waiting").await;
        house.admit(&guests[0], name).await;
        guests.push(guest);
    }
    house.all_meet(&guests.iter().collect::<Vec<_>>()).await;
    let second = house.enter("applicant", &Setup::PHONE).await;
    guests[1].browser.sees("通话在那边继续").await;
    house.all_meet(&[&guests[0], &second]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_knows_only_the_name_of_a_connection_gets_no_answer() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let up = "return window.connections.find(c => c.connectionState === 'connected') \
              ?.remoteDescription.sdp.match(/ice-ufrag:(\\S+)/)[1]";
    let ours = mediator.browser.until("the mediator publishes", up).await;
    let theirs = "return window.connections[0].localDescription.sdp.match(/ice-ufrag:(\\S+)/)[1]";
    let theirs = mediator.browser.evaluate(theirs).await;
    let name = format!("{}:{}", ours.as_str().unwrap(), theirs.as_str().unwrap());
    let stranger = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    stranger.connect(house.rooms.announced()[0]).await.unwrap();
    for _ in 0..20 {
        stranger
            .send(&check_without_integrity(&name))
            .await
            .unwrap();
    }
    // Whatever the server answers a stranger, it would have answered before this picture arrived.
    let party = house.enter("applicant", &Setup::DESK).await;
    party.is_at("waiting").await;
    house.admit(&mediator, "applicant").await;
    house.all_meet(&[&mediator, &party]).await;
    let nothing = stranger.try_recv(&mut [0; 1500]).unwrap_err();
    assert_eq!(nothing.kind(), std::io::ErrorKind::WouldBlock);
}

/// A binding request that chooses its path, with everything but the proof (RFC 8489, RFC 8445).
fn check_without_integrity(name: &str) -> Vec<u8> {
    let mut attributes = Vec::new();
    for (kind, value) in [
        (0x0006_u16, name.as_bytes()),
        (0x0025, &[]),
        (0x802a, &[9; 8]),
        (0x0024, &[1; 4]),
    ] {
        attributes.extend(kind.to_be_bytes());
        attributes.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
        attributes.extend(value);
        attributes.resize(attributes.len().next_multiple_of(4), 0);
    }
    let mut request = vec![0, 1];
    request.extend(u16::try_from(attributes.len()).unwrap().to_be_bytes());
    request.extend([0x21, 0x12, 0xa4, 0x42]);
    request.extend([7; 12]);
    request.extend(attributes);
    request
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_is_announced_and_the_page_waits_for_it() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let inside = "return document.getElementById('room').dataset.at === 'call'";
    mediator.browser.until("the call", inside).await;
    house.rooms.goodbye();
    mediator.browser.sees("平台正在重启").await;
    mediator.is_at("broken").await;
}

/// Packets of sound and pictures decoded, per person.
async fn counts(guest: &Guest, ids: &[String]) -> Vec<(u64, u64)> {
    let received = guest.received().await;
    let of = |stream: String, what: &str| received[stream][what].as_u64().unwrap_or(0);
    ids.iter()
        .map(|id| (of(sound(id), "packets"), of(video(id), "packets")))
        .collect()
}

/// Waits until what was under way has arrived, and gives the counts that must not grow any more.
pub(super) async fn still(guest: &Guest, ids: &[String]) -> Vec<(u64, u64)> {
    let mut before = counts(guest, ids).await;
    eventually("sound ceases", async || {
        let now = counts(guest, ids).await;
        let ceased = now
            .iter()
            .zip(&before)
            .all(|(now, before)| now.0 == before.0);
        before.clone_from(&now);
        ceased.then_some(now)
    })
    .await
}

async fn still_all(guest: &Guest, id: &str) {
    still(guest, &[id.to_owned()]).await;
}
