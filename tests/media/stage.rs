//! Who is large on a phone that is held upright, and whether everybody else still finds a place there.

use serde_json::json;

use super::house::{Guest, House};
use crate::support::axe::assert_accessible;
use crate::support::browser::{Setup, turn};
use crate::support::fit::{assert_fits, held_upright, out_of_sight};
use crate::support::http::Client;
use crate::support::socket::Socket;

impl House {
    /// Somebody who sits there without a browser, let in by the mediator's socket.
    async fn sits(&self, lead: &mut Socket, name: &str) -> Socket {
        let mut socket = Socket::open(&mut Client::new(&self.base), &format!("/{name}"), "").await;
        socket.until("welcome").await;
        self.lets_in(lead, name).await;
        socket
    }

    async fn lets_in(&self, lead: &mut Socket, name: &str) {
        let ask = json!({ "type": "admit", "person": self.id(name) });
        let frame = json!({ "n": 0, "ask": ask });
        lead.mouth.say(&frame.to_string()).await;
    }
}

impl Guest {
    async fn sees_large(&self, id: &str) {
        let script =
            format!("return document.querySelector('.tile.large')?.dataset.person === '{id}'");
        self.browser.until(&format!("{id} is large"), &script).await;
    }

    async fn sees_people(&self, count: usize) {
        let script = format!("return document.querySelectorAll('.tile').length === {count} + 1");
        self.browser
            .until(&format!("{count} people"), &script)
            .await;
    }
}

/// The banner that says who hears one, every face and every button.
const ALL: &str = "#room-banner, #room-tiles .tile, .controls button";

#[tokio::test(flavor = "multi_thread")]
async fn two_to_eight_people_and_five_labelled_buttons_fit_on_a_phone_held_upright() {
    let _turn = turn().await;
    let house = House::open();
    let mut client = Client::new(&house.base);
    let mut lead = Socket::open(&mut client, "/mediator", "").await;
    lead.until("welcome").await;
    let phone = house.enter("applicant", &Setup::PHONE).await;
    phone.is_at("waiting").await;
    held_upright(&phone.browser).await;
    house.lets_in(&mut lead, "applicant").await;
    phone.sees_people(2).await;
    phone.sees_large(&house.id("mediator")).await;
    assert_eq!(out_of_sight(&phone.browser, ALL).await, [""; 0], "2 people");
    phone.pictured("2").await;
    let mut others = Vec::new();
    let names = [
        "respondent",
        "helper",
        "sister",
        "expert",
        "lawyer",
        "interpreter",
    ];
    for (number, name) in (3..).zip(names) {
        others.push(house.sits(&mut lead, name).await);
        phone.sees_people(number).await;
        let hidden = out_of_sight(&phone.browser, ALL).await;
        assert_eq!(hidden, [""; 0], "{number} people");
        phone.pictured(&number.to_string()).await;
    }
    let labels = "return [...document.querySelectorAll('.controls button')]
        .filter((it) => it.checkVisibility()).map((it) => it.innerText.trim())";
    let labels = phone.browser.evaluate(labels).await;
    let labels: Vec<String> = serde_json::from_value(labels).unwrap();
    assert!(
        labels.len() <= 5 && !labels.contains(&String::new()),
        "{labels:?}"
    );
    assert_accessible(&phone.browser).await;
    let large = "document.documentElement.classList.add('elder')";
    phone.browser.evaluate(large).await;
    phone.pictured("8-elder").await;
    assert_fits(&phone.browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_speaks_is_large_unless_the_mediator_puts_somebody_into_the_light() {
    let _turn = turn().await;
    let house = House::open();
    let mediator = house.enter("mediator", &Setup::DESK).await;
    let phone = house.enter("applicant", &Setup::PHONE).await;
    let other = house.enter("respondent", &Setup::PHONE).await;
    for guest in [&phone, &other] {
        guest.is_at("waiting").await;
        house.admit(&mediator, &guest.name).await;
        guest.is_at("joint").await;
    }
    let [lead, speaks] = ["mediator", "respondent"].map(|name| house.id(name));
    mediator.click("#room-microphone").await;
    phone.sees_large(&speaks).await;
    mediator.click("#room-microphone").await;
    other.click("#room-microphone").await;
    phone.sees_large(&lead).await;
    let light = format!("[data-act=spotlight][data-person='{speaks}']");
    mediator.click(&light).await;
    phone.sees_large(&speaks).await;
    other.shows(".tile.own .signs", "大家正看着您").await;
    mediator.pictured("light").await;
    mediator.click(&light).await;
    phone.sees_large(&lead).await;
}
