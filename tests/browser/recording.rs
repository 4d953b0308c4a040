//! A session that everybody agrees to have recorded, until one takes it back; then it is sealed, played, and stands in the
//! dossier with its hashes.

use super::person::Person;
use super::story::local;
use crate::support::browser::{Setup, turn};
use crate::support::eventually;
use crate::support::neighbours::{CLAIMANT, RESPONDENT, RESPONDENT_PHONE, Town};

impl Person {
    /// What the room says of the recording, in whatever place one is.
    async fn is_recorded(&self, how: &str) {
        let line = format!(
            "const it = document.getElementById('room-recorded');
             return it.dataset.look === '{how}' && it.checkVisibility() && it.getAttribute('role') === 'status'"
        );
        self.browser.until(&format!("it says {how}"), &line).await;
    }

    async fn answers(&self, act: &str) {
        let button = format!("#room-recording form:has([value='{act}']) button");
        self.click(&button).await;
    }

    /// Reads what is asked beside the call, and agrees by the code that comes.
    async fn agrees(&self, town: &mut Town) {
        let asked = "#room-recording form:has([value='look']) button";
        self.browser.find(asked).await;
        self.judge_as_it_stands().await;
        let before = town.count().await;
        self.answers("look").await;
        let code = town.sent_code(before).await;
        let field = self.browser.find("#room-recording #code").await;
        field.send_keys(&code).await.unwrap();
        self.answers("sign").await;
        self.browser
            .find("#room-recording form:has([value='withdraw'])")
            .await;
    }

    /// Plays the first film of a page until something of it was heard or seen, and gives how wide its picture is.
    async fn plays(&self) -> u64 {
        let play =
            "const it = document.querySelector('recording-player video, recording-player audio');
            it.muted = true;
            it.play();
            return true";
        self.browser.evaluate(play).await;
        let at =
            "const it = document.querySelector('recording-player video, recording-player audio');
            return it.currentTime > 0.5 && !it.error && (it.videoWidth ?? 0) + 1";
        self.browser.until("it plays", at).await.as_u64().unwrap() - 1
    }

    /// The hashes of the films as they come over the network, each piece by piece.
    async fn hashes_of_films(&self) -> Vec<String> {
        let script = "const hex = (bytes) => [...new Uint8Array(bytes)].map((it) => it.toString(16).padStart(2, '0')).join('');
            const hashes = [];
            for (const film of document.querySelectorAll('recording-player [src]')) {
                const parts = [];
                for (let at = 0, size = 1; at < size; ) {
                    const part = await fetch(film.src, { headers: { range: `bytes=${at}-` } });
                    size = Number(part.headers.get('content-range').split('/')[1]);
                    const bytes = new Uint8Array(await part.arrayBuffer());
                    at += bytes.length;
                    parts.push(bytes);
                }
                const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
                hashes.push(hex(await crypto.subtle.digest('SHA-256', whole)));
            }
            return hashes;";
        let hashes = self.browser.evaluate(script).await;
        serde_json::from_value(hashes).unwrap()
    }
}

/// The mediator at the desk, the claimant and the respondent on their phones, all in the joint session.
async fn all_meet(town: &mut Town) -> ([Person; 3], String) {
    let claimant = town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mediator = town.assign().await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.browser.goes_on_as(&mediator).await;
    let soon = jiff::SignedDuration::from_mins(10);
    let (day, time) = local(heyi::clock::Clock::system().now() + soon);
    desk.visit(&town.below("sessions")).await;
    desk.set("day", &day).await;
    desk.set("time", &time).await;
    desk.go("button[name=do][value=schedule]").await;
    desk.visit(&town.below("sessions")).await;
    let here = desk.link("main a[href*='/sessions/']").await;
    desk.visit(&here).await;
    desk.press("form:has([name=do][value=open]) button").await;
    let phones = [
        Person::open(&town.server.base, &Setup::PHONE).await,
        Person::open(&town.server.base, &Setup::PHONE).await,
    ];
    for (phone, client) in phones.iter().zip([&claimant, &respondent]) {
        phone.browser.goes_on_as(client).await;
        phone.visit(&here).await;
    }
    // One of them reads in large text.
    phones[1].browser.goto(&format!("{here}?elder=on")).await;
    let [claimant, respondent] = phones;
    for person in [&desk, &claimant, &respondent] {
        person.browser.enters_the_call().await;
    }
    for (party, name) in [(&claimant, CLAIMANT), (&respondent, RESPONDENT)] {
        party.is_told("waiting").await;
        desk.row(name, "button[@data-act='admit']").await;
        party.is_told("joint").await;
    }
    ([desk, claimant, respondent], here)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_all_agreed_to_is_recorded_until_one_takes_it_back_and_is_played_afterwards() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let ([desk, claimant, respondent], _) = all_meet(&mut town).await;
    let all = [&desk, &claimant, &respondent];
    desk.answers("ask").await;
    desk.agrees(&mut town).await;
    claimant.agrees(&mut town).await;
    let silent = "return document.getElementById('room-recorded').hidden";
    for person in all {
        assert_eq!(
            person.browser.evaluate(silent).await,
            true,
            "one has not agreed"
        );
    }
    respondent.agrees(&mut town).await;
    for person in all {
        person.is_recorded("on").await;
        person.judge_as_it_stands().await;
    }
    claimant.sees_moving_pictures(CLAIMANT).await;

    desk.row(CLAIMANT, "input").await;
    desk.click("#room-caucus").await;
    claimant.is_told("caucus").await;
    for person in all {
        person.is_recorded("paused").await;
    }
    desk.click("#room-joint").await;
    for person in all {
        person.is_recorded("on").await;
    }
    claimant.sees_moving_pictures(CLAIMANT).await;

    respondent.answers("withdraw").await;
    for person in all {
        person.is_recorded("off").await;
    }
    let recorded = "main a[href*='/recordings/']";
    eventually("the recording is ready", async || {
        desk.browser.goto(&town.case).await;
        let text = desk.browser.text().await;
        text.contains("可以回看").then_some(())
    })
    .await;
    is_played_and_listed(&town, all, &desk.link(recorded).await).await;
}

/// Whoever was in it plays it; what they get has the hashes that their dossier tells.
async fn is_played_and_listed(town: &Town, all: [&Person; 3], page: &str) {
    for person in all {
        person.visit(page).await;
        assert!(person.plays().await > 0, "somebody is seen");
        let hashes = person.hashes_of_films().await;
        assert_eq!(hashes.len(), 3, "each of the three");
        let dossier = format!(
            "return await (await fetch('{}')).json()",
            town.below("dossier/json")
        );
        let dossier = person.browser.evaluate(&dossier).await;
        let recording = &dossier["recordings"][0];
        assert_eq!(recording["state"], "kept", "{recording}");
        assert_eq!(
            recording["faults"].as_array().unwrap().len(),
            0,
            "{recording}"
        );
        let films = recording["films"].as_array().unwrap();
        let listed: Vec<_> = films
            .iter()
            .map(|it| it["sha256"].as_str().unwrap())
            .collect();
        assert_eq!(hashes, listed);
        let lengths = "return [...document.querySelectorAll('recording-player video')].map((it) => it.duration)";
        let lengths = person.browser.evaluate(lengths).await;
        eprintln!("films of {lengths} s");
    }
}
