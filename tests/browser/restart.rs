//! Sessions that something befalls from outside: the platform's process is killed, or ends in good order, and begins anew; who may
//! be there is decided anew elsewhere.

use super::person::Person;
use super::story::local;
use crate::support::browser::{Setup, turn};
use crate::support::http::Client;
use crate::support::neighbours::{CLAIMANT, CLAIMANT_PHONE, RESPONDENT, RESPONDENT_PHONE, Town};
use crate::support::server::Server;

impl Person {
    async fn microphone_is(&self, on: bool) {
        let script =
            format!("return document.getElementById('room-microphone').ariaPressed === '{on}'");
        self.browser
            .until(&format!("microphone {on}"), &script)
            .await;
    }
}

/// The mediator and both parties in an open session.
pub(super) async fn all_meet(town: &mut Town) -> [Person; 3] {
    let claimant = town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mediator = town.assign().await;
    let base = &town.server.base;
    let desk = Person::open(base, &Setup::DESK).await;
    desk.browser.goes_on_as(&mediator).await;
    let soon = heyi::clock::Clock::system().now() + jiff::SignedDuration::from_mins(10);
    let (day, time) = local(soon);
    desk.visit(&town.below("sessions")).await;
    desk.set("day", &day).await;
    desk.set("time", &time).await;
    desk.go("button[name=do][value=schedule]").await;
    let here = desk.link("main a[href*='/sessions/']").await;
    desk.visit(&here).await;
    desk.press("form:has([name=do][value=open]) button").await;
    desk.browser.enters_the_call().await;
    let claimant = joins(&desk, (&claimant, CLAIMANT), &here, base).await;
    let respondent = joins(&desk, (&respondent, RESPONDENT), &here, base).await;
    [desk, claimant, respondent]
}

/// A party comes by phone and is let in.
async fn joins(desk: &Person, (client, name): (&Client, &str), here: &str, base: &str) -> Person {
    let phone = Person::open(base, &Setup::PHONE).await;
    phone.browser.goes_on_as(client).await;
    phone.visit(here).await;
    phone.browser.enters_the_call().await;
    phone.is_told("waiting").await;
    desk.row(name, "button[@data-act='admit']").await;
    phone.is_told("joint").await;
    phone
}

#[tokio::test]
async fn whoever_was_in_a_session_is_back_in_it_after_the_platform_began_anew() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let [desk, claimant, respondent] = all_meet(&mut town).await;
    desk.row(CLAIMANT, "input").await;
    desk.click("#room-caucus").await;
    claimant.is_told("caucus").await;
    respondent.is_told("hushed").await;

    let data = town.folder.path().join("data");
    let address = town.server.base.strip_prefix("http://").unwrap().to_owned();
    let options = ["--demo", "--listen", &address];
    town.server.kill().await;
    for person in [&desk, &claimant, &respondent] {
        person.is_told("broken").await;
    }
    let mut again = Server::start(&data, &options, &[]).await;
    for person in [&desk, &claimant, &respondent] {
        person.is_told("joint").await;
    }
    // Whoever spoke in private says nothing to all before wanting to.
    claimant.browser.sees("话筒先替您关上了").await;
    claimant.microphone_is(false).await;
    desk.microphone_is(false).await;
    respondent.microphone_is(true).await;
    claimant.click("#room-microphone").await;
    claimant.microphone_is(true).await;
    for person in [&claimant, &respondent] {
        person.sees_moving_pictures("a party").await;
    }

    again.ask_to_end().await;
    assert!(again.ended().await.success());
    let _third = Server::start(&data, &options, &[]).await;
    for person in [&desk, &claimant, &respondent] {
        person.is_told("joint").await;
    }
    claimant.microphone_is(true).await;
}

/// Decided elsewhere, while they sit in the session: whoever may no longer be there is let go, without a move or a new socket.
#[tokio::test]
async fn nobody_sits_on_in_the_session_of_a_mediator_who_was_replaced() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let [desk, claimant, respondent] = all_meet(&mut town).await;
    let page = town.below("replacement");
    let mut asks = town.sign_in(CLAIMANT_PHONE).await;
    let form = asks.get(&page).await;
    let why = [("ground", "other"), ("why", "觉得谈不拢"), ("do", "ask")];
    asks.submit(&form, "/replacement", &why).await;
    let mut head = town.become_one("薛长乐").await;
    let form = head.get(&page).await;
    let decides = [("do", "replace"), ("reason", "换一位再谈")];
    let answer = head.submit(&form, "/replacement", &decides).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    // Without a mediator there is no session; it is fixed anew with the next one.
    for person in [&desk, &claimant, &respondent] {
        person.browser.sees("现在不能进入这间调解室").await;
    }
}
