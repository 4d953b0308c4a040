//! Somebody at a browser, whose every page is judged for accessibility on the way.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use thirtyfour::prelude::*;

use crate::support::axe::assert_accessible;
use crate::support::browser::{Browser, Setup};
use crate::support::fit::{assert_fits, narrowed};

/// The pictures kept so far, in the order in which the pages were opened.
static PICTURES: AtomicUsize = AtomicUsize::new(0);

pub(super) struct Person {
    pub(super) browser: Browser,
    /// The pages seen in both languages so far: their addresses without ids, and what they are about.
    judged: RefCell<BTreeSet<String>>,
}

impl Person {
    pub(super) async fn open(base: &str, setup: &Setup) -> Self {
        let browser = Browser::open(base, setup).await;
        browser.runs_first(COLLECT).await;
        Self {
            browser,
            judged: RefCell::default(),
        }
    }

    /// Opens an address and judges the page in both languages.
    pub(super) async fn visit(&self, path: &str) {
        self.browser.goto(path).await;
        self.judge().await;
    }

    /// Presses what the selector finds and judges the page that follows in both languages.
    pub(super) async fn go(&self, css: &str) {
        self.leave_by(By::Css(css.to_owned())).await;
        self.judge().await;
    }

    /// The same for an `XPath`, which can ask for words.
    pub(super) async fn go_by(&self, xpath: &str) {
        self.leave_by(By::XPath(xpath.to_owned())).await;
        self.judge().await;
    }

    /// Presses what the selector finds; the answer to the form is judged as it stands.
    pub(super) async fn press(&self, css: &str) {
        self.leave_by(By::Css(css.to_owned())).await;
        self.judge_as_it_stands().await;
    }

    /// Presses too early; the page comes back with what is wrong, judged as it stands.
    pub(super) async fn press_in_vain(&self, css: &str) {
        self.press(css).await;
        self.browser.find(".error-summary").await;
    }

    /// Presses something that stays on the page.
    pub(super) async fn click(&self, css: &str) {
        self.click_on(By::Css(css.to_owned())).await;
    }

    pub(super) async fn click_on(&self, by: By) {
        let what = format!("{by:?}");
        let element = self.browser.query(by, &what).await;
        element.scroll_into_view().await.unwrap();
        element.wait_until().clickable().await.unwrap();
        element.click().await.unwrap();
    }

    /// Presses and waits for the page that follows.
    async fn leave_by(&self, by: By) {
        let what = format!("the page after {by:?}");
        let mark = "window.before = true; return true";
        self.browser.evaluate(mark).await;
        self.click_on(by).await;
        let arrived = "return !window.before && document.readyState === 'complete'";
        self.browser.until(&what, arrived).await;
    }

    pub(super) async fn tick(&self, name: &str) {
        self.browser.choose(name, "yes").await;
    }

    /// Sets a field that a person would pick from a calendar or a clock.
    pub(super) async fn set(&self, name: &str, value: &str) {
        let script =
            format!("document.querySelector(\"[name='{name}']\").value = '{value}'; return true");
        self.browser.evaluate(&script).await;
    }

    /// Picks files of this machine for the field with this name, in this order.
    pub(super) async fn chooses_files(&self, name: &str, files: &[&Path]) {
        let field = self.browser.find(&format!("input[name='{name}']")).await;
        let files: Vec<_> = files.iter().map(|file| file.to_str().unwrap()).collect();
        field.send_keys(files.join("\n")).await.unwrap();
    }

    /// The open page is this one, in whatever language.
    pub(super) async fn stands_at(&self, path: &str) {
        let here = self.browser.path().await;
        assert_eq!(here.split('?').next(), Some(path));
    }

    /// Where the first link leads that the selector finds.
    pub(super) async fn link(&self, css: &str) -> String {
        let link = self.browser.find(css).await;
        let href = link.attr("href").await.unwrap();
        href.expect("a link leads somewhere")
    }

    /// Steps into somebody of the demo town; gives the one-time password shown beside the name, if any.
    pub(super) async fn become_one(&self, name: &str) -> Option<String> {
        self.visit("/demo").await;
        let row = format!("//li[.//strong[normalize-space()='{name}']]");
        let shown = self.browser.query(By::XPath(row.clone()), name).await;
        let shown = shown.text().await.unwrap();
        let mut words = shown.split(|c: char| !c.is_ascii_digit());
        let code = words.find(|word| word.len() == 6).map(str::to_owned);
        self.go_by(&format!("{row}//button")).await;
        code
    }

    /// Judges the open page as it stands, and each kind and state of a page once in the other language.
    pub(super) async fn judge(&self) {
        self.judge_as_it_stands().await;
        let path = self.browser.path().await;
        let path = path.split("?lang=").next().unwrap();
        let parts = path.split('/');
        let kind: Vec<&str> = parts
            .map(|part| if part.len() > 20 { "*" } else { part })
            .collect();
        let headings = "return [...document.querySelectorAll('main :is(h1, h2, .notice-title)')]
            .map((it) => it.textContent.trim()).join(' / ')";
        let headings = self.browser.evaluate(headings).await.to_string();
        let state = format!("{} {headings}", kind.join("/"));
        if !self.judged.borrow_mut().insert(state) {
            return;
        }
        // The way so far is what one wants to read when the story fails.
        eprintln!("at {path}");
        let own = self.language().await;
        let other = if own == "en" { "zh-CN" } else { "en" };
        let mark = if path.contains('?') { '&' } else { '?' };
        for language in [other, &own] {
            let page = format!("{path}{mark}lang={language}");
            self.browser.goto(&page).await;
            assert_eq!(self.language().await, language, "{page}");
            self.judge_as_it_stands().await;
        }
    }

    /// For those who do not see it, for small phones, for large text.
    pub(super) async fn judge_as_it_stands(&self) {
        assert_accessible(&self.browser).await;
        assert_fits(&self.browser).await;
        if let Some(folder) = std::env::var_os("HEYI_PICTURES") {
            let folder = Path::new(&folder);
            self.picture(folder).await;
            narrowed(&self.browser, async || self.picture(folder).await).await;
        }
    }

    /// Keeps the whole page as a PNG file for a person to look at, named by its place, width and language.
    async fn picture(&self, folder: &Path) {
        let (path, language) = (self.browser.path().await, self.language().await);
        let place: Vec<&str> = path
            .split(['/', '?'])
            .filter(|part| part.len() < 20)
            .collect();
        let width = self.browser.evaluate("return window.innerWidth").await;
        let number = PICTURES.fetch_add(1, Ordering::Relaxed);
        let name = format!("{number:04}{}-{width}-{language}.png", place.join("-"));
        self.browser.pictured(&folder.join(name)).await;
    }

    async fn language(&self) -> String {
        let script = "return document.documentElement.lang";
        let language = self.browser.evaluate(script).await;
        language.as_str().unwrap().to_owned()
    }
}

/// Keeps every connection a page makes, so that the story can read its statistics.
const COLLECT: &str = "window.connections = [];
    const Original = RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
        constructor(...given) { super(...given); window.connections.push(this); }
    };";
