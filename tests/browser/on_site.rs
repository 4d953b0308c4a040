//! People at one table and before one screen: a room of the list, presence, the record and its signatures; and a mixed
//! session that a community's screen joins as one participant.

use super::outbox::Outbox;
use super::person::Person;
use super::story::local;
use crate::support::browser::{Setup, turn};
use crate::support::http::Client;
use crate::support::neighbours::{
    CLAIMANT, CLAIMANT_PHONE, RESPONDENT, RESPONDENT_PHONE, Town, after,
};

/// Who heads the committee of the town's story.
const HEAD: &str = "薛长乐";
const NUMBERS: [&str; 2] = ["110101190001010022", "110101190002020011"];
const SUBMIT: &str = "main form button[type=submit]:not([hidden])";

impl Person {
    /// In the room that stands first in the list, soon. A form knows no seconds: what is a minute from now when it is filled in
    /// may be over when it is sent.
    async fn schedules(&self, town: &Town, mode: &str) {
        let soon = jiff::SignedDuration::from_mins(10);
        let (day, time) = local(heyi::clock::Clock::system().now() + soon);
        self.visit(&town.below("sessions")).await;
        self.set("day", &day).await;
        self.set("time", &time).await;
        self.browser.choose("mode", mode).await;
        self.go("button[name=do][value=schedule]").await;
        // The form offers the room too: only the list tells that the session is there.
        self.browser.find("main a[href*='/sessions/']").await;
        self.browser.sees("1号调解室").await;
    }

    /// Compares the cards of both at the table.
    async fn checks_identities(&self, town: &Town) {
        for (at, number) in (1..).zip(NUMBERS) {
            self.visit(&town.below("identity")).await;
            self.go(&format!("main li:nth-child({at}) a[href*='/identity/']"))
                .await;
            self.browser.choose("method", "card_at_counter").await;
            self.browser.fill("number", number).await;
            self.browser.fill("address", "柳荫里 3 号楼").await;
            self.tick("name_matches").await;
            self.tick("face_matches").await;
            self.go(SUBMIT).await;
        }
    }
}

/// Signs in on the tablet at the table; the code comes to the own phone.
async fn signs_on(
    tablet: &Person,
    town: &Town,
    (who, name, phone): (&Client, &str, &str),
    outbox: &Outbox,
    record: &str,
) {
    tablet.browser.goes_on_as(who).await;
    tablet.visit(record).await;
    tablet.browser.sees("1号调解室").await;
    tablet.signs(name, outbox, phone).await;
    assert_eq!(
        tablet.browser.path().await.split('?').next(),
        Some(record),
        "{}",
        town.case
    );
}

#[tokio::test]
async fn two_meet_in_a_room_and_sign_the_record_on_the_screen_before_them() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let outbox = Outbox::new(&town.server.base);
    let claimant = town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mediator = town.assign().await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.become_one(HEAD).await;
    desk.visit("/desk/rooms").await;
    desk.browser.fill("name", "一号调解室").await;
    desk.browser.fill("seats", "6").await;
    desk.press_in_vain("button[name=do][value=keep]").await;
    desk.browser.fill("name", "2号调解室").await;
    desk.go("button[name=do][value=keep]").await;
    desk.visit("/desk").await;

    desk.browser.goes_on_as(&mediator).await;
    desk.schedules(&town, "on-site").await;
    desk.visit(&town.below("sessions")).await;
    let here = desk.link("main a[href*='/sessions/']").await;
    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    phone.browser.goes_on_as(&claimant).await;
    phone.visit(&here).await;
    phone.browser.sees("1号调解室").await;
    assert!(!phone.browser.has("#room").await, "no video page");

    desk.visit(&here).await;
    desk.go("form:has([name=do][value=open]) button").await;
    desk.checks_identities(&town).await;
    let record = format!("{here}/record");
    desk.visit(&record).await;
    let all = "for (const it of document.querySelectorAll(\"select[name^='at_']\")) it.value = 'on_site'; return true";
    desk.browser.evaluate(all).await;
    for told in ["identity", "rights", "recusal"] {
        desk.browser.choose("opening", told).await;
    }
    desk.browser.fill("recusal", "都不申请回避").await;
    desk.browser.fill("result", "双方约好下周再谈").await;
    desk.go("form:has([name=act][value=draft]) button[type=submit]")
        .await;
    desk.go("form:has([name=act][value=lay]) button[type=submit]")
        .await;
    for (who, name, number) in [
        (&claimant, CLAIMANT, CLAIMANT_PHONE),
        (&respondent, RESPONDENT, RESPONDENT_PHONE),
    ] {
        signs_on(&phone, &town, (who, name, number), &outbox, &record).await;
    }
    desk.visit(&here).await;
    desk.go("form:has([name=do][value=close]) button").await;
}

/// The mediator lets the claimant sit down there; the tablet becomes the screen by its code.
async fn opens_the_screen(desk: &Person, tablet: &Person, seats: &str) {
    desk.visit(seats).await;
    desk.go("main li:nth-child(1) button[value=sit]").await;
    desk.press("button[name=do][value=code]").await;
    let notice = desk.browser.find("main .notice").await;
    let notice = notice.text().await.unwrap();
    let mut words = notice.split_whitespace();
    let code = words.find(|word| word.matches('-').count() == 2);
    tablet.visit("/screen").await;
    tablet.browser.fill("code", code.unwrap()).await;
    tablet.go(SUBMIT).await;
}

/// Says at another window of the mediator that the respondent sits down before the screen as well.
async fn the_other_sits_down(mut mediator: Client, seats: &str) {
    let form = mediator.get(seats).await;
    let party = form.body.split("value=\"sit\"").next().unwrap();
    let party = party.rsplit("name=\"party\" value=\"").next().unwrap();
    let party = party.split('"').next().unwrap();
    let csrf = after(&form.body, "name=\"csrf\" value=\"").unwrap();
    let fields = [("csrf", csrf), ("party", party), ("do", "sit")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let sat = mediator.post(seats, &fields).await;
    assert_eq!(sat.path, seats, "{}", sat.body);
}

/// The screen moves whole into a private talk, and not at all once both sides sit before it.
async fn walls_hold([desk, tablet, phone]: [&Person; 3], mediator: Client, seats: &str) {
    desk.row("1号调解室", "input").await;
    desk.click("#room-caucus").await;
    tablet.is_told("caucus").await;
    let names_it =
        "return document.getElementById('room-notice').textContent.includes('没有登记的人')";
    let what = "who is noted there hears it, and whoever is not";
    desk.browser.until(what, names_it).await;
    phone.is_told("hushed").await;
    tablet.judge_as_it_stands().await;
    desk.click("#room-joint").await;
    phone.is_told("joint").await;

    the_other_sits_down(mediator, seats).await;
    let over = "return document.getElementById('room').dataset.at === 'over'";
    phone.browser.until("the phone is put away", over).await;
    let both = format!(
        "return document.getElementById('room-people').textContent.includes('{RESPONDENT}')"
    );
    desk.browser.until("both sit there", &both).await;
    desk.click("#room-caucus").await;
    let told = "return document.getElementById('room-notice').textContent.includes('双方')";
    let what = "no private talk before both";
    desk.browser.until(what, told).await;
    tablet.is_told("joint").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_community_s_screen_joins_a_session_as_one_participant() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mediator = town.assign().await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.browser.goes_on_as(&mediator).await;
    desk.checks_identities(&town).await;
    desk.schedules(&town, "mixed").await;
    desk.visit(&town.below("sessions")).await;
    let here = desk.link("main a[href*='/sessions/']").await;
    let seats = format!("{here}/screen");
    desk.visit(&here).await;
    desk.press("form:has([name=do][value=open]) button").await;
    let tablet = Person::open(&town.server.base, &Setup::DESK).await;
    opens_the_screen(&desk, &tablet, &seats).await;
    desk.visit(&here).await;
    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    phone.browser.goes_on_as(&respondent).await;
    phone.visit(&here).await;
    for person in [&desk, &tablet, &phone] {
        person.browser.enters_the_call().await;
    }
    for (person, name) in [(&tablet, "1号调解室"), (&phone, RESPONDENT)] {
        person.is_told("waiting").await;
        desk.row(name, "button[@data-act='admit']").await;
        person.is_told("joint").await;
    }
    let banner = phone.browser.find("#room-banner-text").await;
    let banner = banner.text().await.unwrap();
    let names_all = banner.contains("1号调解室") && banner.contains(CLAIMANT);
    assert!(names_all, "{banner}");
    walls_hold([&desk, &tablet, &phone], mediator, &seats).await;
}
