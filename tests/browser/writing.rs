//! A mediation in writing: proposed, agreed to by both, offered, countered, accepted, and on the board as clauses.

use jiff::SignedDuration;

use super::person::Person;
use crate::support::browser::{Setup, turn};
use crate::support::http::Client;
use crate::support::neighbours::{RESPONDENT_PHONE, Town};

const SUM: &str = "600";
const COUNTER: &str = "800";

/// The day so many days from now, as a field has it.
fn day(days: i64) -> String {
    let at = heyi::clock::Clock::system().now() + SignedDuration::from_hours(24 * days);
    super::story::local(at).0
}

/// One phone, which the two hold in turn: each page is judged once.
struct Phone<'a> {
    person: Person,
    town: &'a Town,
}

impl Phone<'_> {
    async fn opens(&self, who: &Client, page: &str) {
        self.person.browser.goes_on_as(who).await;
        self.person.visit(&self.town.below(page)).await;
    }

    async fn sends(&self, act: &str) {
        self.person
            .go(&format!("button[name=do][value={act}]"))
            .await;
    }
}

#[tokio::test]
async fn two_settle_in_writing_and_their_offer_becomes_a_clause() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let claimant = town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mediator = town.assign().await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.browser.goes_on_as(&mediator).await;
    desk.visit(&town.below("writing")).await;
    desk.go("button[name=do][value=propose]").await;
    let phone = Phone {
        person: Person::open(&town.server.base, &Setup::PHONE).await,
        town: &town,
    };
    for party in [&claimant, &respondent] {
        phone.opens(party, "writing").await;
        phone.sends("agree").await;
    }
    let phone_browser = &phone.person.browser;
    phone.opens(&respondent, "writing/offer").await;
    phone
        .person
        .press_in_vain("button[name=do][value=send]")
        .await;
    phone.person.click("label:has(input[name=debtor])").await;
    phone_browser.fill("purpose", "看病的费用").await;
    phone_browser.fill("sum", SUM).await;
    phone.person.set("day_1", &day(20)).await;
    phone.sends("send").await;

    phone.opens(&claimant, "writing").await;
    phone_browser.sees(SUM).await;
    phone.person.go("main a[href*='counters=']").await;
    phone_browser.fill("sum", COUNTER).await;
    phone_browser.fill("amount_1", COUNTER).await;
    phone.sends("send").await;

    phone.opens(&respondent, "writing").await;
    phone_browser.sees(COUNTER).await;
    phone.sends("accept").await;

    desk.visit(&town.below("writing")).await;
    desk.click("#write summary").await;
    desk.press("main button[name=begin][value=think-it-over]")
        .await;
    let text = "return document.getElementById('text').value";
    let text = desk.browser.evaluate(text).await;
    let text = text.as_str().unwrap();
    assert!(text.contains("商量") && !text.contains('{'), "{text}");
    desk.visit(&town.below("board")).await;
    desk.browser.sees("看病的费用").await;
    desk.browser.sees("捌佰元").await;
    assert!(!desk.browser.text().await.contains("陆佰元"));
}
