//! The telephone in place of a line that carries no sound: a stand-in gateway takes the PIN that the page shows, and the person
//! goes on talking by it while the page goes on showing.

use reqwest::Method;
use serde_json::{Value, json};

use super::person::Person;
use crate::support::browser::{Setup, turn};
use crate::support::eventually;
use crate::support::http::{Answer, Client};
use crate::support::neighbours::{RESPONDENT, RESPONDENT_PHONE, Town};
use crate::support::participant::Participant;
use crate::support::socket::Socket;

const NUMBER: &str = "0571-8888 0000";
const SECRET: &str = "known to the gateway and to us";

impl Person {
    async fn tells_in(&self, id: &str, text: &str) {
        let script = format!("return document.getElementById('{id}').innerText.includes('{text}')");
        self.browser.until(&format!("{id}: {text}"), &script).await;
    }

    async fn chooses_the_rung(&self, rung: &str) {
        let open = "document.querySelector('details.network').open = true";
        self.browser.evaluate(open).await;
        self.browser.choose("room-rung", rung).await;
    }

    /// Pictures decoded so far.
    async fn pictures(&self) -> u64 {
        let script = "let frames = 0;
            for (const connection of window.connections)
                for (const entry of (await connection.getStats()).values())
                    if (entry.type === 'inbound-rtp') frames += entry.framesDecoded ?? 0;
            return frames";
        self.browser.evaluate(script).await.as_u64().unwrap()
    }
}

/// What the gateway is told for this PIN.
async fn give(gateway: &mut Client, secret: &str, pin: &str) -> Answer {
    let request = gateway.request(Method::POST, "/api/v1/dial-in");
    let request = request
        .header("authorization", format!("Bearer {secret}"))
        .body(json!({ "pin": pin }).to_string());
    gateway.send(request).await
}

/// The mediator at a desk and a party on a phone, who see each other.
async fn both_talk() -> (Town, Person, Person) {
    let known = [
        ("HEYI_RTC__DIAL_IN__NUMBER", NUMBER),
        ("HEYI_RTC__DIAL_IN__SECRET", SECRET),
    ];
    let mut town = Town::open(&known).await;
    town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mediator = town.assign().await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.browser.goes_on_as(&mediator).await;
    let here = desk.plans_a_call(&town).await;
    desk.visit(&here).await;
    desk.press("form:has([name=do][value=open]) button").await;
    let page = Person::open(&town.server.base, &Setup::PHONE).await;
    page.browser.goes_on_as(&respondent).await;
    page.visit(&here).await;
    for person in [&desk, &page] {
        person.browser.enters_the_call().await;
    }
    page.is_told("waiting").await;
    desk.row(RESPONDENT, "button[@data-act='admit']").await;
    page.is_told("joint").await;
    page.sees_moving_pictures(RESPONDENT).await;
    (town, desk, page)
}

/// The number and a PIN, on the page.
async fn is_shown_a_pin(page: &Person) -> String {
    page.chooses_the_rung("phone").await;
    page.tells_in("room-phone", NUMBER).await;
    let shown = "return document.getElementById('room-phone-pin').textContent";
    let pin = page.browser.until("a PIN", shown).await;
    let pin = pin.as_str().unwrap().to_owned();
    assert_eq!(pin.chars().filter(char::is_ascii_digit).count(), 8, "{pin}");
    let leads = "return document.getElementById('room-phone-number').href";
    assert_eq!(page.browser.evaluate(leads).await, "tel:057188880000");
    page.judge_as_it_stands().await;
    pin
}

/// The gateway takes a call with this PIN; nobody without the secret does, and no other PIN is known.
async fn calls(town: &Town, pin: &str) -> Participant {
    let mut gateway = Client::new(&town.server.base);
    assert_eq!(
        give(&mut gateway, "guessed by somebody", pin).await.status,
        401
    );
    let wrong = if pin.starts_with('0') {
        "10000000"
    } else {
        "00000000"
    };
    assert_eq!(give(&mut gateway, SECRET, wrong).await.status, 404);
    let call = give(&mut gateway, SECRET, pin).await;
    assert_eq!(call.status, 200, "{}", call.body);
    let call = call.json();
    let socket = call["socket"].as_str().unwrap();
    let room = socket.strip_suffix("/socket").unwrap();
    let hello = json!({ "token": call["token"] }).to_string();
    let socket = Socket::greet(&mut gateway, room, &hello).await;
    Participant::sit(socket).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_line_but_the_telephone_goes_on_talking_by_it() {
    let _turn = turn().await;
    let (town, desk, page) = both_talk().await;
    let pin = is_shown_a_pin(&page).await;
    let phone = calls(&town, &pin).await;
    page.tells_in("room-notice", "电话接通了").await;
    desk.tells_in("room-people", "用电话").await;
    eventually("the gateway carries sound to the caller", async || {
        let heard: usize = phone.tally().came.values().map(|(sound, _)| sound).sum();
        (heard > 20).then_some(())
    })
    .await;
    assert!(!town.server.tells(&pin.replace(' ', "")), "in the log");
    // By telephone one is heard, and the page goes on showing.
    let heard = format!(
        "return document.getElementById('room-banner-text').textContent.includes('{RESPONDENT}')"
    );
    desk.browser
        .until("the mediator is heard by telephone", &heard)
        .await;
    page.chooses_the_rung("video").await;
    let before = page.pictures().await;
    eventually("the page goes on showing", async || {
        (page.pictures().await > before + 5).then_some(())
    })
    .await;
    page.judge_as_it_stands().await;
    desk.judge_as_it_stands().await;
    let rows = "return document.getElementById('room-people').children.length";
    assert_eq!(
        desk.browser.evaluate(rows).await,
        Value::from(1),
        "one person"
    );
    drop(phone);
    page.tells_in("room-notice", "电话挂断了").await;
}
