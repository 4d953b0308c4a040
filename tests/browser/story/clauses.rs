//! During the call: identity papers beside the face, then clauses that all agree on.

use jiff::SignedDuration;
use thirtyfour::prelude::*;

use super::meeting::local;
use super::{CLAIMANT, RESPONDENT, Town};
use crate::browser::person::Person;

impl Person {
    /// Looks at another page while the call goes on.
    async fn aside(&self, path: &str) {
        let tab = self.browser.driver.new_tab().await.unwrap();
        self.browser.driver.switch_to_window(tab).await.unwrap();
        self.visit(path).await;
    }

    /// Half a clause stands in its form while another form is sent, in vain at first and then for good.
    async fn writes_beside_the_call(&self) {
        const FORM: &str = "#room-board form:has([name=act][value=facts]) button[type=submit]";
        const HALF: &str = "每日二十二时以后";
        self.browser.find("#room-board [name=terms]").await;
        self.browser.fill("terms", HALF).await;
        self.browser
            .fill("facts", "双方为上下楼邻居，因夜间练鼓发生纠纷。")
            .await;
        let cut = "window.network = window.fetch; window.fetch = () => Promise.reject(new TypeError()); return true";
        self.browser.evaluate(cut).await;
        self.click(FORM).await;
        let told = "return !document.getElementById('room-notice').hidden";
        self.browser.until("who is not heard is told", told).await;
        let mend = "window.fetch = window.network; return true";
        self.browser.evaluate(mend).await;
        self.click(FORM).await;
        let saved = "return document.querySelector('#board .preline')?.textContent.includes('练鼓')
            && document.getElementById('room-notice').hidden";
        self.browser
            .until("the facts are on the board", saved)
            .await;
        let kept = "return document.querySelector('#room-board [name=terms]').value";
        assert_eq!(self.browser.evaluate(kept).await, HALF, "half-typed text");
    }

    /// Back to the call.
    async fn back(&self) {
        self.browser.driver.close_window().await.unwrap();
        let first = self.browser.driver.windows().await.unwrap().remove(0);
        self.browser.driver.switch_to_window(first).await.unwrap();
    }
}

impl Town {
    pub(super) async fn mediator_compares_faces_and_papers(&self) {
        let mediator = &self.mediator;
        mediator.aside(&self.below("identity")).await;
        let script = "return [...document.querySelectorAll(\"a[href*='/identity/']\")].map((link) => link.getAttribute('href'))";
        let doors = mediator.browser.evaluate(script).await;
        let doors: Vec<&str> = doors
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|door| door.as_str())
            .collect();
        assert_eq!(doors.len(), 2, "{doors:?}");
        for door in doors {
            mediator.visit(door).await;
            let claimant = mediator.browser.text().await.contains(CLAIMANT);
            let number = if claimant {
                "110101190001010022"
            } else {
                "110101190002020011"
            };
            mediator.browser.fill("number", number).await;
            mediator.browser.fill("address", "柳荫小区3号楼2单元").await;
            mediator.tick("name_matches").await;
            mediator.tick("face_matches").await;
            mediator
                .go("main form button[type=submit]:not([hidden])")
                .await;
            let kept = mediator.browser.text().await;
            assert!(!kept.contains(number), "the number is shown masked");
        }
        mediator.back().await;
    }

    pub(super) async fn all_agree_on_two_clauses(&self) {
        let mediator = &self.mediator;
        mediator.writes_beside_the_call().await;
        mediator.aside(&self.below("board")).await;
        let (until, _) =
            local(heyi::clock::Clock::system().now() + SignedDuration::from_hours(24 * 20));
        for (terms, amount) in [
            ("每日二十二时以后不再练鼓", ""),
            ("赔偿看病的费用", "1234.05"),
        ] {
            let who =
                format!("//form[.//textarea[@name='terms']]//label[contains(., '{RESPONDENT}')]");
            let who = mediator.browser.driver.find(By::XPath(who)).await.unwrap();
            who.click().await.unwrap();
            mediator.browser.fill("terms", terms).await;
            mediator.browser.fill("amount", amount).await;
            mediator.set("due", &until).await;
            mediator.browser.fill("proof", "转账记录或者邻居确认").await;
            mediator
                .browser
                .fill("on_default", "逾期一日按日支付十元")
                .await;
            mediator
                .go("form:has([name=terms]) button[type=submit]")
                .await;
        }
        mediator.browser.sees("壹仟贰佰叁拾肆元零伍分").await;
        for party in [&self.claimant, &self.respondent] {
            party.aside(&self.below("board")).await;
            for _ in 0..2 {
                party
                    .go("form:has([value=agree]) button[type=submit]")
                    .await;
            }
            party.back().await;
        }
        mediator.visit(&self.below("board")).await;
        mediator
            .go("form:has([value=prepare]) button[type=submit]")
            .await;
        mediator.back().await;
        mediator.click("#room-end").await;
    }
}
