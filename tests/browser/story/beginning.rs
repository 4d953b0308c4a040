//! From the QR code on the door to a mediator who has disclosed.

use super::{CLAIMANT, CLAIMANT_PHONE, MEDIATOR, RESPONDENT, RESPONDENT_PHONE, Town};

/// The button that goes on.
const ON: &str = "main form button[type=submit]:not([hidden])";

impl Town {
    pub(super) async fn claimant_tells_the_matter(&mut self) {
        let one = &self.claimant;
        one.visit("/").await;
        one.visit("/q/LY-03-2").await;
        one.press_in_vain(ON).await;
        one.browser.choose("matter", "noise").await;
        one.go(ON).await;
        let prefilled = one
            .browser
            .evaluate("return document.querySelector('[name=address]').value")
            .await;
        assert!(prefilled.as_str().unwrap().contains("柳荫小区3号楼2单元"));
        one.browser
            .fill(
                "story",
                "楼上每天夜里十一点以后还在练鼓，说过三次都没有用。",
            )
            .await;
        one.go(ON).await;
        one.browser.choose("want", "stop").await;
        one.browser.choose("want", "money").await;
        one.browser.fill("amount", "1234.05").await;
        one.browser
            .fill("wish", "晚上十点以后不要再练，睡不好看病的钱请赔给我。")
            .await;
        one.go(ON).await;
        one.browser.fill("other_name", RESPONDENT).await;
        one.browser
            .fill("other_address", "柳荫小区3号楼2单元601室")
            .await;
        one.browser.fill("other_contact", RESPONDENT_PHONE).await;
        one.go(ON).await;
        one.browser.fill("name", CLAIMANT).await;
        one.browser.fill("contact", CLAIMANT_PHONE).await;
        one.go(ON).await;
        let code = self.outbox.code(CLAIMANT_PHONE).await;
        one.browser.fill("code", &code).await;
        one.go(ON).await;
        one.browser.sees(RESPONDENT).await;
        one.go(ON).await;
        one.browser.sees("号").await;
    }

    pub(super) async fn claimant_chooses_mediation(&mut self) {
        let one = &self.claimant;
        let assess = one.link("main a.button[href^='/cases/']").await;
        self.case = assess;
        one.visit(&self.below("assess")).await;
        one.browser.sees("594").await;
        one.go("button[name=way][value=mediation]").await;
        one.visit(&self.case).await;
    }

    pub(super) async fn committee_accepts(&self) {
        let dispatcher = &self.office;
        dispatcher.become_one("贺光明").await;
        dispatcher.visit("/desk").await;
        dispatcher.visit(&self.case).await;
        dispatcher.visit(&self.below("intake")).await;
        dispatcher.go("button[name=do][value=accept]").await;
    }

    /// Everything before the code is readable without registration, and opening the link spends nothing.
    pub(super) async fn respondent_agrees_to_talk(&self) {
        let other = &self.respondent;
        let link = self.outbox.link(RESPONDENT_PHONE, "/i/").await;
        for _ in 0..2 {
            other.visit(&link).await;
        }
        let shown = other.browser.text().await;
        assert!(shown.contains("江") && !shown.contains(CLAIMANT), "{shown}");
        assert!(!shown.contains("练鼓"), "{shown}");
        other.browser.fill("contact", RESPONDENT_PHONE).await;
        other
            .go("main form button[type=submit]:not([hidden])")
            .await;
        let code = self.outbox.code(RESPONDENT_PHONE).await;
        other
            .press_in_vain("main form button[type=submit]:not([hidden])")
            .await;
        other.browser.fill("code", &code).await;
        other
            .go("main form button[type=submit]:not([hidden])")
            .await;
        let asked = other.browser.path().await;
        assert!(asked.starts_with(&self.below("invitation")), "{asked}");
        other.go("button[name=do][value=accept]").await;
    }

    /// Who is related to a party is left out, with the reason in words.
    pub(super) async fn mediator_is_found_and_discloses(&self) {
        let dispatcher = &self.office;
        dispatcher.visit(&self.below("assign")).await;
        let excluded = dispatcher
            .browser
            .evaluate("return document.querySelector('main details').textContent")
            .await;
        assert!(excluded.as_str().unwrap().contains("白若兰"), "{excluded}");
        dispatcher
            .go_by(&format!("//main//button[contains(., '{MEDIATOR}')]"))
            .await;
        let mediator = &self.mediator;
        mediator.become_one(MEDIATOR).await;
        mediator.visit(&self.below("assignment")).await;
        mediator.browser.choose("ties", "none").await;
        mediator.go("button[name=do][value=accept]").await;
        self.claimant.visit(&self.case).await;
        self.claimant.browser.sees(MEDIATOR).await;
    }
}
