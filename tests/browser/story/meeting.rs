//! The session: a time, the waiting room, all together, one side alone.

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use thirtyfour::prelude::*;

use super::{ANNOUNCED, CLAIMANT, RESPONDENT, Town};
use crate::browser::person::Person;
use crate::support::eventually;

/// How much has arrived so far: pictures decoded, and packets of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Arrived {
    frames: u64,
    packets: u64,
}

impl Person {
    async fn arrived(&self) -> Arrived {
        let script = "let frames = 0, packets = 0;
            for (const connection of window.connections)
                for (const entry of (await connection.getStats()).values())
                    if (entry.type === 'inbound-rtp') {
                        frames += entry.framesDecoded ?? 0;
                        packets += entry.packetsReceived;
                    }
            return [frames, packets];";
        let counts = self.browser.evaluate(script).await;
        Arrived {
            frames: counts[0].as_u64().unwrap(),
            packets: counts[1].as_u64().unwrap(),
        }
    }

    pub(in crate::browser) async fn sees_moving_pictures(&self, who: &str) {
        let before = self.arrived().await.frames;
        eventually(&format!("{who} sees moving pictures"), async || {
            (self.arrived().await.frames > before + 5).then_some(())
        })
        .await;
    }

    pub(in crate::browser) async fn is_told(&self, look: &str) {
        let script =
            format!("return document.getElementById('room-banner').dataset.look === '{look}'");
        self.browser
            .until(&format!("the banner says {look}"), &script)
            .await;
    }

    /// Pictures and sound are offered from this address.
    async fn is_offered(&self, address: &str) {
        let script = format!(
            "return window.connections.every((it) => it.remoteDescription.sdp.includes(' {address} '))"
        );
        assert_eq!(self.browser.evaluate(&script).await, true, "{address}");
    }

    /// Presses a button in the row of somebody in the room's list.
    pub(in crate::browser) async fn row(&self, name: &str, part: &str) {
        let xpath = format!("//ul[@id='room-people']/li[contains(., '{name}')]//{part}");
        let found = self
            .browser
            .driver
            .query(By::XPath(xpath))
            .and_clickable()
            .first()
            .await;
        found.unwrap().click().await.unwrap();
    }
}

impl Town {
    pub(super) async fn mediator_fixes_a_time(&self) {
        let soon = heyi::clock::Clock::system().now() + SignedDuration::from_mins(10);
        let (day, time) = local(soon);
        let mediator = &self.mediator;
        mediator.visit(&self.below("sessions")).await;
        mediator.set("day", &day).await;
        mediator.set("time", &time).await;
        mediator.go("button[name=do][value=schedule]").await;
        for contact in [super::CLAIMANT_PHONE, super::RESPONDENT_PHONE] {
            eventually("the parties hear of the time", async || {
                let messages = self.outbox.messages(contact).await;
                messages
                    .iter()
                    .any(|words| words.contains(&time))
                    .then_some(())
            })
            .await;
        }
    }

    pub(super) async fn all_meet(&self) {
        for person in [&self.mediator, &self.claimant, &self.respondent] {
            person.visit(&self.case).await;
            person
                .press("main .task a.button[href*='/sessions/']")
                .await;
            if !person.browser.has("#room").await {
                person.press("form:has([name=do][value=open]) button").await;
            }
            person.browser.enters_the_call().await;
        }
        for (party, name) in [(&self.claimant, CLAIMANT), (&self.respondent, RESPONDENT)] {
            party.is_told("waiting").await;
            assert_eq!(
                party.arrived().await,
                Arrived {
                    frames: 0,
                    packets: 0
                }
            );
            self.mediator.row(name, "button[@data-act='admit']").await;
            party.is_told("joint").await;
        }
        for (person, who) in [
            (&self.mediator, "the mediator"),
            (&self.claimant, CLAIMANT),
            (&self.respondent, RESPONDENT),
        ] {
            person.sees_moving_pictures(who).await;
            person.is_offered(ANNOUNCED).await;
            let controls = "return [...document.querySelectorAll('.controls button')].filter((it) => it.checkVisibility()).length";
            let controls = person.browser.evaluate(controls).await;
            assert!(controls.as_u64().unwrap() <= 5, "{who}: {controls} buttons");
            person.judge_as_it_stands().await;
        }
    }

    /// What is said alone with the mediator does not reach the other.
    pub(super) async fn mediator_hears_one_alone(&self) {
        self.mediator.row(CLAIMANT, "input").await;
        self.mediator.click("#room-caucus").await;
        self.claimant.is_told("caucus").await;
        self.respondent.is_told("hushed").await;
        let silent = eventually("the last packets have arrived", async || {
            let before = self.respondent.arrived().await;
            self.claimant.sees_moving_pictures(CLAIMANT).await;
            let after = self.respondent.arrived().await;
            (before == after).then_some(after)
        })
        .await;
        self.mediator.sees_moving_pictures("the mediator").await;
        self.claimant.sees_moving_pictures(CLAIMANT).await;
        assert_eq!(
            self.respondent.arrived().await,
            silent,
            "something crossed the wall"
        );
        self.mediator.click("#room-joint").await;
        self.respondent.is_told("joint").await;
        self.respondent.sees_moving_pictures(RESPONDENT).await;
    }
}

/// Day and time of day in Shanghai, as fields of a form hold them.
pub(in crate::browser) fn local(at: Timestamp) -> (String, String) {
    let shanghai = TimeZone::fixed(Offset::constant(8));
    let civil = at.to_zoned(shanghai);
    (
        civil.strftime("%Y-%m-%d").to_string(),
        civil.strftime("%H:%M").to_string(),
    )
}
