//! Both ask the court, the clerk and the judge look, the ruling is served; then the sum is paid.

use super::{CLAIMANT, CLAIMANT_PHONE, RESPONDENT, RESPONDENT_PHONE, Town};

impl Town {
    pub(super) async fn both_ask_the_court(&self) {
        let parties = [
            (&self.claimant, CLAIMANT, CLAIMANT_PHONE),
            (&self.respondent, RESPONDENT, RESPONDENT_PHONE),
        ];
        for (party, name, phone) in parties {
            party.visit(&self.below("confirmation")).await;
            party.signs(name, &self.outbox, phone).await;
        }
    }

    pub(super) async fn court_confirms(&self) {
        let office = &self.office;
        office.become_one("叶知秋").await;
        office.visit("/court").await;
        office.visit(&self.below("review")).await;
        office
            .go("form:has([value=accept]) button[type=submit]")
            .await;
        let code = office
            .become_one("雷明鉴")
            .await
            .expect("a judge has a second factor");
        office.visit(&self.below("review")).await;
        let all_clear = "for (const box of document.querySelectorAll(\"[name^='clear-'][value=yes]\")) box.click(); return true";
        office.browser.evaluate(all_clear).await;
        office
            .go("form:has([value=find]) button[type=submit]")
            .await;
        office.go("main a.button[href$='/review/ruling']").await;
        office.browser.fill("code", &code).await;
        office.go("button[name=act][value=sign]").await;
    }

    pub(super) async fn ruling_is_served(&self) {
        for party in [&self.claimant, &self.respondent] {
            party.visit(&self.below("confirmation")).await;
            party
                .go("form:has([value=receive]) button[type=submit]")
                .await;
            let ruling = party.link("main a.button[href*='/papers/']").await;
            // The judge and the seal of the court.
            let words = self.convinces(party, &ruling, 2).await;
            assert!(!words.contains("被申请人"), "{words}");
        }
    }

    pub(super) async fn promises_are_kept(&self) {
        for _ in 0..2 {
            self.respondent.visit(&self.below("performance")).await;
            self.respondent
                .go("main a.button[href*='/performance/']")
                .await;
            self.respondent.browser.fill("note", "已经转账").await;
            self.respondent
                .go("main form button[type=submit]:not([hidden])")
                .await;
            self.claimant.visit(&self.below("performance")).await;
            self.claimant
                .go("form:has([value=acknowledge]) button[type=submit]")
                .await;
        }
        // Done is what somebody has seen on the spot.
        self.mediator.visit(&self.below("verify")).await;
        self.mediator.browser.choose("kept", "yes").await;
        self.mediator.browser.fill("saw", "看过，都做到了").await;
        self.mediator
            .go("main form button[type=submit]:not([hidden])")
            .await;
        self.claimant.visit(&self.case).await;
        self.claimant.browser.sees("已结案").await;
    }
}
