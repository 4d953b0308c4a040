//! A child who helps a parent with the phone, from the mediator's form to the session: asked, agreed to by both sides, shown the
//! session and nothing else of the case.

use super::person::Person;
use super::story::local;
use crate::support::browser::{Setup, turn};
use crate::support::neighbours::{CLAIMANT, RESPONDENT_PHONE, Town};

const CHILD: &str = "秦小雨";
const CHILD_PHONE: &str = "13900001234";

impl Person {
    /// A session by video, soon.
    pub(super) async fn plans_a_call(&self, town: &Town) -> String {
        let soon = jiff::SignedDuration::from_mins(10);
        let (day, time) = local(heyi::clock::Clock::system().now() + soon);
        self.visit(&town.below("sessions")).await;
        self.set("day", &day).await;
        self.set("time", &time).await;
        self.go("button[name=do][value=schedule]").await;
        self.link("main a[href*='/sessions/']").await
    }

    /// Refused as if nothing were there.
    async fn finds_nothing_at(&self, path: &str) {
        self.browser.goto(path).await;
        let found = self
            .browser
            .evaluate("return fetch(location.href).then((it) => it.status)");
        assert_eq!(found.await, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_helps_a_parent_in_the_session_and_sees_nothing_else_of_the_case() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let claimant = town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mediator = town.assign().await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.browser.goes_on_as(&mediator).await;
    let here = desk.plans_a_call(&town).await;
    desk.visit(&town.below("team")).await;
    let helper = format!("//label[contains(., '陪同{CLAIMANT}')]");
    desk.click_on(thirtyfour::By::XPath(helper)).await;
    desk.browser.fill("name", CHILD).await;
    // Whoever mistyped finds everything as it was.
    desk.browser.fill("contact", "12").await;
    desk.press_in_vain("button[value=outside]").await;
    let kept =
        "return document.querySelector('input[name=capacity]:checked').value.startsWith('helper-')
        && document.querySelector('[name=name]').value";
    assert_eq!(desk.browser.evaluate(kept).await, CHILD);
    desk.browser.fill("contact", CHILD_PHONE).await;
    desk.go("button[value=outside]").await;

    let child = town.sign_in(CHILD_PHONE).await;
    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    phone.browser.goes_on_as(&child).await;
    phone.visit(&town.below("joining")).await;
    phone.go("button[value=yes]").await;
    phone.finds_nothing_at(&here).await;
    let parents = Person::open(&town.server.base, &Setup::PHONE).await;
    for party in [&claimant, &respondent] {
        parents.browser.goes_on_as(party).await;
        parents.visit(&town.below("team")).await;
        parents.go("button[value=consent]").await;
    }
    phone.visit(&town.below("joining")).await;
    phone.browser.sees("到时间就可以来").await;
    for page in ["", "board", "team", "exhibits"] {
        let page = town.below(page);
        phone.finds_nothing_at(page.trim_end_matches('/')).await;
    }

    desk.visit(&here).await;
    desk.press("form:has([name=do][value=open]) button").await;
    desk.browser.enters_the_call().await;
    phone.visit(&town.below("joining")).await;
    phone.go("main a[href*='/sessions/']").await;
    phone.click("#room-enter-listen").await;
    phone.is_told("waiting").await;
    desk.row(CHILD, "button[@data-act='admit']").await;
    phone.is_told("off").await;
    phone.sees_moving_pictures(CHILD).await;
    phone.judge_as_it_stands().await;
    desk.judge_as_it_stands().await;
    let row = format!(
        "return document.getElementById('room-people').textContent.includes('{CHILD}（陪同）')"
    );
    desk.browser.until("the helper is named", &row).await;
}
