//! Looking at evidence and at screens together in a call, as the mediator and both parties have it on their screens.

use serde_json::json;
use thirtyfour::prelude::*;

use super::person::Person;
use super::restart::all_meet;
use crate::support::browser::turn;
use crate::support::eventually;
use crate::support::fit::{held_upright, out_of_sight};
use crate::support::neighbours::{CLAIMANT, RESPONDENT, Town};
use crate::support::pdf::receipt;

const FOR_ALL: &str = "everybody";
const ALONE: &str = "mediator";

/// Hands in what `blob` makes, as the page of evidence does.
const HAND_IN: &str = "
    const [address, audience, note, kind] = given;
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 900 });
    const pen = canvas.getContext('2d');
    const paint = (shade) => {
        pen.fillStyle = `hsl(${shade} 40% 70%)`;
        pen.fillRect(0, 0, 1200, 900);
        pen.fillStyle = '#321';
        pen.font = '80px serif';
        pen.fillText(note, 120, 300);
        pen.fillRect(700, 500, 300, 200);
    };
    paint(30);
    const photo = () => new Promise((done) => canvas.toBlob(done, 'image/jpeg'));
    const clip = async () => {
        const film = new MediaRecorder(canvas.captureStream(15), { mimeType: 'video/webm' });
        const parts = [];
        film.ondataavailable = ({ data }) => parts.push(data);
        const ended = new Promise((done) => (film.onstop = done));
        film.start();
        for (let shade = 0; shade < 90; shade += 1) {
            paint(shade * 4);
            await new Promise(requestAnimationFrame);
        }
        film.stop();
        await ended;
        return new Blob(parts, { type: 'video/webm' });
    };
    const paper = () => new Blob([given[4]], { type: 'application/pdf' });
    const file = await { photo, clip, paper }[kind]();
    const form = new FormData();
    form.set('csrf', document.getElementById('room').dataset.csrf);
    form.set('audience', audience);
    form.set('note', note);
    form.set('file', file, `one.${{ photo: 'jpg', clip: 'webm', paper: 'pdf' }[kind]}`);
    const answer = await fetch(address, { method: 'POST', body: form });
    return answer.redirected;";

impl Person {
    async fn hands_in(&self, town: &Town, audience: &str, note: &str, kind: &str) {
        let given = json!([town.below("evidence"), audience, note, kind, receipt()]);
        let script = format!("const given = {given}; {HAND_IN}");
        assert_eq!(self.browser.evaluate(&script).await, true, "{note}");
    }

    /// Presses the button beside the file that is called so.
    async fn shows(&self, note: &str) {
        self.click("#room-show").await;
        let row = format!("//ul[@id='room-things']/li[.//b[.='{note}']]//button");
        self.click_on(By::XPath(row)).await;
    }

    /// A picture of something called so lies there, decoded.
    async fn sees_shown(&self, note: &str) {
        let script = format!(
            "const it = document.querySelector('#room-table img');
             return it.checkVisibility() && it.complete && it.naturalWidth > 0 && it.alt === '{note}'
                 && document.getElementById('room-table-title').textContent.includes('{note}')"
        );
        self.browser
            .until(&format!("{note} is shown"), &script)
            .await;
    }

    async fn sees_nothing_shown(&self) {
        let script = "const table = document.getElementById('room-table');
            return !table.checkVisibility() && !table.querySelector('img[src], video[src]')";
        self.browser.until("nothing is shown", script).await;
    }

    /// The pixels of what is shown, as a number that other pixels do not have.
    async fn look(&self) -> String {
        let script = "const it = document.querySelector('#room-table img');
            const canvas = new OffscreenCanvas(it.naturalWidth, it.naturalHeight);
            const pen = canvas.getContext('2d');
            pen.drawImage(it, 0, 0);
            const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
            let [dark, sum] = [0, 0];
            for (let at = 0; at < data.length; at += 4)
                if (data[at] < 128) { dark += 1; sum = (sum + at) % 1000003; }
            return `${it.naturalWidth} ${dark} ${sum}`";
        self.browser
            .evaluate(script)
            .await
            .as_str()
            .unwrap()
            .to_owned()
    }

    async fn reads_in(&self, css: &str, words: &str) {
        let script = format!(
            "return [...document.querySelectorAll(\"{css}\")].some((it) => it.checkVisibility() \
             && it.textContent.includes('{words}'))"
        );
        self.browser
            .until(&format!("{css}: {words}"), &script)
            .await;
    }

    /// Holds the pointer in the middle of what is shown.
    async fn points(&self) {
        let leaf = self.browser.find("#room-table .leaf").await;
        let hand = self.browser.driver.action_chain();
        let hand = hand.move_to_element_center(&leaf).click_and_hold();
        hand.move_by_offset(3, 3).perform().await.unwrap();
    }

    async fn clip(&self, what: &str) -> serde_json::Value {
        let script = format!("return document.querySelector('#room-table video').{what}");
        self.browser.evaluate(&script).await
    }

    async fn clip_plays(&self, plays: bool) {
        let script = format!(
            "const clip = document.querySelector('#room-table video');
             return clip.readyState > 1 && clip.paused === {}",
            !plays
        );
        self.browser
            .until("the clip plays or stands", &script)
            .await;
    }
}

#[tokio::test]
async fn what_is_shown_is_seen_by_all_who_sit_together_and_by_nobody_else() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let [desk, claimant, respondent] = all_meet(&mut town).await;
    claimant.hands_in(&town, FOR_ALL, "客厅水渍", "photo").await;
    claimant.hands_in(&town, ALONE, "存折照片", "photo").await;
    respondent
        .hands_in(&town, FOR_ALL, "维修收据", "paper")
        .await;
    claimant
        .hands_in(&town, FOR_ALL, "夜里的声音", "clip")
        .await;

    desk.click("#room-show").await;
    desk.reads_in("#room-pick-who", CLAIMANT).await;
    desk.reads_in("#room-things", "只给调解员").await;
    desk.judge_as_it_stands().await;
    desk.click("#room-pick-close").await;
    desk.shows("客厅水渍").await;
    for person in [&desk, &claimant, &respondent] {
        person.sees_shown("客厅水渍").await;
    }
    respondent
        .reads_in("#room-table-title", "（调解员） 展示")
        .await;
    held_upright(&respondent.browser).await;
    let needed = "#room-banner, #room-table .leaf, .tile.above, .controls button";
    let hidden = out_of_sight(&respondent.browser, needed).await;
    assert_eq!(hidden, [""; 0], "on a phone");
    for person in [&desk, &claimant] {
        person.judge_as_it_stands().await;
    }
    pointing(&desk, &claimant, &respondent).await;
    turning(&desk, &respondent).await;
    playing(&desk, &claimant).await;

    // What one of them may not see is shown where that one is not.
    desk.shows("存折照片").await;
    desk.reads_in("#room-notice", "不能看这份材料").await;
    claimant.reads_in("#room-table-title", "夜里的声音").await;
    desk.row(CLAIMANT, "input").await;
    desk.click("#room-caucus").await;
    claimant.is_told("caucus").await;
    for person in [&desk, &claimant, &respondent] {
        person.sees_nothing_shown().await;
    }
    desk.shows("存折照片").await;
    claimant.sees_shown("存折照片").await;
    claimant.judge_as_it_stands().await;
    respondent.sees_nothing_shown().await;
    let named = "return document.documentElement.outerHTML.includes('存折照片')";
    assert_eq!(respondent.browser.evaluate(named).await, false);
    desk.click("#room-joint").await;
    for person in [&desk, &claimant, &respondent] {
        person.is_told("joint").await;
        person.sees_nothing_shown().await;
    }
    letting(&desk, &claimant, &respondent).await;
    in_the_other_language(&desk, &respondent).await;
}

async fn in_the_other_language(desk: &Person, respondent: &Person) {
    let here = respondent.browser.path().await;
    let here = here.split('?').next().unwrap();
    respondent.browser.goto(&format!("{here}?lang=en")).await;
    respondent.browser.enters_the_call().await;
    respondent.is_told("joint").await;
    desk.row(RESPONDENT, "button[@data-act='allow']").await;
    respondent.click("#room-show").await;
    respondent
        .reads_in("#room-pick-who", "It will be seen by")
        .await;
    respondent.judge_as_it_stands().await;
    respondent.click("#room-pick-close").await;
    desk.shows("维修收据").await;
    respondent.sees_shown("维修收据").await;
    respondent
        .reads_in("#room-table-title", "(mediator) shows:")
        .await;
    respondent.judge_as_it_stands().await;
}

/// The others see where, and who points there.
async fn pointing(desk: &Person, claimant: &Person, respondent: &Person) {
    desk.points().await;
    for person in [claimant, respondent] {
        let there = "const it = document.querySelector('#room-table .pointer');
            if (!it?.dataset.name.endsWith('（调解员）')) return false;
            const [x, y] = [it.style.left, it.style.top].map(parseFloat);
            return Math.abs(x - 50) < 3 && Math.abs(y - 50) < 3";
        person.browser.until("the pointer", there).await;
    }
    claimant.judge_as_it_stands().await;
    let hand = desk.browser.driver.action_chain();
    hand.release().perform().await.unwrap();
    for person in [claimant, respondent] {
        let gone = "return !document.querySelector('#room-table .pointer')";
        person.browser.until("no pointer", gone).await;
    }
    // Whoever may show nothing points at nothing, and may look closer.
    claimant.click("[data-tool=larger]").await;
    let large = "const view = document.querySelector('#room-table .view');
        return view.scrollWidth > 1.5 * view.clientWidth";
    claimant.browser.until("it is large", large).await;
    claimant.click("[data-tool=larger]").await;
    assert!(!claimant.browser.has("#room-table.points").await);
}

async fn turning(desk: &Person, respondent: &Person) {
    desk.shows("维修收据").await;
    respondent.sees_shown("维修收据").await;
    let first = respondent.look().await;
    desk.reads_in("[data-tool=page]", "第 1 页，共 2 页").await;
    desk.click("[data-tool=next]").await;
    respondent
        .reads_in("[data-tool=page]", "第 2 页，共 2 页")
        .await;
    let second = eventually("another page", async || {
        let now = respondent.look().await;
        (now != first).then_some(now)
    })
    .await;
    // Both pages have writing on them.
    for page in [&first, &second] {
        let dark: u32 = page.split(' ').nth(1).unwrap().parse().unwrap();
        assert!(dark > 2_000, "{page}");
    }
    respondent.judge_as_it_stands().await;
}

async fn playing(desk: &Person, claimant: &Person) {
    desk.shows("夜里的声音").await;
    for person in [desk, claimant] {
        person.clip_plays(false).await;
    }
    assert_eq!(claimant.clip("controls").await, false);
    let plays = "const clip = document.querySelector('#room-table video');
        clip.loop = true; await clip.play(); return true";
    desk.browser.evaluate(plays).await;
    claimant.clip_plays(true).await;
    let goes_on = "return document.querySelector('#room-table video').currentTime > 0";
    claimant.browser.until("the clip goes on", goes_on).await;
    let stands = "document.querySelector('#room-table video').pause(); return true";
    desk.browser.evaluate(stands).await;
    claimant.clip_plays(false).await;
    eventually("both stand at the same place", async || {
        let at = [
            desk.clip("currentTime").await,
            claimant.clip("currentTime").await,
        ];
        let [own, others] = at.map(|at| at.as_f64().unwrap());
        ((own - others).abs() < 0.3).then_some(())
    })
    .await;
}

/// A party shows things while the mediator lets them.
async fn letting(desk: &Person, claimant: &Person, respondent: &Person) {
    assert!(!claimant.browser.evaluate(VISIBLE).await.as_bool().unwrap());
    desk.row(CLAIMANT, "button[@data-act='allow']").await;
    claimant.browser.until("leave to show", VISIBLE).await;
    claimant.judge_as_it_stands().await;
    claimant.shows("客厅水渍").await;
    respondent.sees_shown("客厅水渍").await;
    claimant.reads_in("#room-table-title", "您在展示").await;
    desk.row(CLAIMANT, "button[@data-act='allow']").await;
    for person in [desk, claimant, respondent] {
        person.sees_nothing_shown().await;
    }
    assert!(!claimant.browser.evaluate(VISIBLE).await.as_bool().unwrap());
}

const VISIBLE: &str = "return document.getElementById('room-may-show').checkVisibility()";

impl Person {
    async fn shares_the_screen(&self) {
        self.click("#room-show").await;
        self.click("#room-share").await;
        self.reads_in("#room-table-title", "大家正看着您的屏幕")
            .await;
    }

    /// The large picture is of a screen, wider than any camera here.
    async fn sees_a_screen(&self) {
        let moving = "const video = document.querySelector('.tile.screen video');
            return video?.checkVisibility() && video.videoWidth > 400
                && video.getVideoPlaybackQuality().totalVideoFrames > 0";
        self.browser.until("a screen", moving).await;
    }

    /// Of the mediator comes the camera's picture again, or none.
    async fn sees_no_screen(&self) {
        let gone = "return !document.querySelector('.tile.screen')
            && document.getElementById('room-table').hidden";
        self.browser.until("no screen", gone).await;
    }

    /// Whether the browser still takes the screen.
    async fn captures(&self) -> bool {
        let script = "return window.screens.some((track) => track.readyState === 'live')";
        self.browser.evaluate(script).await.as_bool().unwrap()
    }
}

/// Keeps every screen that the page is given.
const SCREENS: &str = "window.screens = [];
    const devices = navigator.mediaDevices;
    const given = devices.getDisplayMedia.bind(devices);
    devices.getDisplayMedia = async (wish) => {
        const stream = await given(wish);
        window.screens.push(...stream.getVideoTracks());
        return stream;
    };
    return true";

#[tokio::test]
async fn a_screen_is_shown_to_those_who_sit_there_and_follows_its_sharer_into_no_other_talk() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let [desk, claimant, respondent] = all_meet(&mut town).await;
    desk.browser.evaluate(SCREENS).await;
    desk.shares_the_screen().await;
    for person in [&claimant, &respondent] {
        person.sees_a_screen().await;
        person
            .reads_in("#room-table-title", "（调解员） 展示自己的屏幕")
            .await;
    }
    held_upright(&respondent.browser).await;
    let needed = "#room-banner, .tile.screen, .tile.above, .controls button";
    assert_eq!(out_of_sight(&respondent.browser, needed).await, [""; 0]);
    for person in [&desk, &claimant] {
        person.judge_as_it_stands().await;
    }

    desk.row(CLAIMANT, "input").await;
    desk.click("#room-caucus").await;
    claimant.is_told("caucus").await;
    for person in [&desk, &claimant, &respondent] {
        person.sees_no_screen().await;
    }
    assert!(!desk.captures().await, "the browser was let go");
    // In the caucus comes the camera, which is smaller.
    claimant.sees_moving_pictures("the mediator").await;
    let small = "const tiles = [...document.querySelectorAll('.tile:not(.own) video')];
        return tiles.every((video) => video.videoWidth <= 320)";
    assert_eq!(claimant.browser.evaluate(small).await, true);

    // Ended by the browser's own button.
    desk.click("#room-joint").await;
    respondent.is_told("joint").await;
    desk.shares_the_screen().await;
    respondent.sees_a_screen().await;
    let ends = "const track = window.screens.at(-1);
        track.stop(); track.dispatchEvent(new Event('ended')); return true";
    desk.browser.evaluate(ends).await;
    respondent.sees_no_screen().await;
    respondent.sees_moving_pictures("the mediator").await;
}
