//! The dispatcher sorts what comes in by keys alone, and the first page of a community's screen.

use super::person::Person;
use crate::support::browser::{Setup, turn};
use crate::support::neighbours::{RESPONDENT_PHONE, Town};

/// The keys as the driver writes them.
const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";

impl Person {
    /// Presses one key, wherever the focus is.
    async fn types(&self, key: &str) {
        let chain = self.browser.driver.action_chain();
        chain.send_keys(key).perform().await.unwrap();
    }

    async fn focus(&self) -> String {
        let script = "return document.activeElement.dataset.key ?? document.activeElement.tagName";
        let focus = self.browser.evaluate(script).await;
        focus.as_str().unwrap_or_default().to_owned()
    }

    /// Goes on with the key for it until the focus is on what the selector finds.
    async fn tabs_to(&self, css: &str) {
        let there = format!("return document.activeElement.matches('main :is({css})')");
        for _ in 0..60 {
            self.types(TAB).await;
            if self.browser.evaluate(&there).await == true {
                return;
            }
        }
        panic!("no key leads to {css}");
    }

    async fn arrives(&self, end: &str) {
        let script = format!("return location.pathname.endsWith('{end}') || null");
        self.browser.until(end, &script).await;
    }
}

#[tokio::test]
async fn a_dispatcher_sorts_by_keys_alone() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    town.tell("other@example.com").await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.become_one("贺光明").await;
    desk.visit("/desk/triage").await;
    desk.types("j").await;
    assert_eq!(desk.focus().await, "Enter", "the first case");
    desk.types("?").await;
    assert!(desk.browser.has("#keys[open]").await);
    desk.types("j").await;
    desk.types("s").await;
    desk.arrives("/safety").await;
    desk.judge().await;
    desk.visit("/desk/triage").await;
    desk.types("j").await;
    desk.types("d").await;
    desk.arrives("/similar").await;
    desk.judge().await;
    desk.visit("/desk/triage").await;
    desk.types("k").await;
    desk.types(ENTER).await;
    desk.arrives(town.below("").trim_end_matches('/')).await;
    desk.visit("/desk/enter").await;
    desk.visit("/desk/doors").await;
    let screen = Person::open(&town.server.base, &Setup::PHONE).await;
    screen.visit("/kiosk/LY-03-2").await;
    screen.go("a.button").await;
    screen.arrives("/start/matter").await;
    assert!(screen.browser.has("html.kiosk").await);
}

#[tokio::test]
async fn a_dispatcher_assigns_and_a_clerk_finds_the_way_by_keys_alone() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    town.tell(RESPONDENT_PHONE).await;
    town.invite().await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.become_one("贺光明").await;
    desk.visit(&town.below("assign")).await;
    desk.tabs_to("form button.button").await;
    desk.types(ENTER).await;
    desk.arrives(town.below("").trim_end_matches('/')).await;
    desk.judge().await;
    for (name, list) in [("薛长乐", "/desk/staff"), ("叶知秋", "/court")] {
        desk.become_one(name).await;
        desk.visit("/desk").await;
        desk.visit(list).await;
    }
}
