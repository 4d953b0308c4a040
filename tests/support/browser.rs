//! Real Chromium browsers, one profile a person, as people use them: by label, by text, by pressing.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::chromedriver::Chromedriver;
use super::http::Client;
use super::{DEADLINE, soon, tool};

/// One browser or media test at a time: two cores carry four Chromiums, not eight.
static TURN: Semaphore = Semaphore::const_new(1);

/// Waits for this test's turn to use browsers; hold it to the end of the test.
pub(crate) async fn turn() -> SemaphorePermit<'static> {
    TURN.acquire().await.unwrap()
}

/// What kind of machine a person sits at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Device {
    /// 360 × 800, with a touch screen.
    Phone,
    /// 1280 × 900.
    Desk,
}

/// How a person's browser is set up.
pub(crate) struct Setup {
    pub(crate) device: Device,
    /// The language asked for in `Accept-Language`.
    pub(crate) language: &'static str,
    pub(crate) javascript: bool,
}

impl Setup {
    pub(crate) const PHONE: Self = Self {
        device: Device::Phone,
        language: "zh-CN",
        javascript: true,
    };
    pub(crate) const DESK: Self = Self {
        device: Device::Desk,
        ..Self::PHONE
    };
}

/// One person's browser. It ends when dropped.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    base: String,
    _chromedriver: Chromedriver,
    _profile: TempDir,
}

impl Browser {
    /// Opens a browser that knows nothing yet; `base` is the server's address without a trailing slash.
    pub(crate) async fn open(base: &str, setup: &Setup) -> Self {
        let profile = TempDir::new().unwrap();
        let chromedriver = Chromedriver::start();
        let driver = WebDriver::new(
            chromedriver.url(),
            capabilities(base, setup, profile.path()),
        )
        .await
        .unwrap();
        Self {
            driver,
            base: base.to_owned(),
            _chromedriver: chromedriver,
            _profile: profile,
        }
    }

    /// Runs this script in every page from now on, before the page's own.
    pub(crate) async fn runs_first(&self, script: &str) {
        let script = json!({ "source": script });
        let cdp = self.driver.cdp();
        cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script)
            .await
            .unwrap();
    }

    /// Opens a path of the server, or a whole address as it stands in a message.
    pub(crate) async fn goto(&self, path: &str) {
        let url = if path.starts_with('/') {
            format!("{}{path}", self.base)
        } else {
            path.to_owned()
        };
        self.driver.goto(url).await.unwrap();
    }

    /// Goes on as somebody who signed in elsewhere.
    pub(crate) async fn goes_on_as(&self, client: &Client) {
        self.goto("/").await;
        let session = client.cookie("heyi-session").unwrap();
        let session = Cookie::new("heyi-session", session);
        self.driver.add_cookie(session).await.unwrap();
    }

    /// The path and query of the page that is open.
    pub(crate) async fn path(&self) -> String {
        let url = self.driver.current_url().await.unwrap();
        let query = url.query().map(|query| format!("?{query}"));
        format!("{}{}", url.path(), query.unwrap_or_default())
    }

    /// What a person reads on the page.
    pub(crate) async fn text(&self) -> String {
        let body = self.find("body").await;
        body.text().await.unwrap()
    }

    /// The first element that the selector finds, awaited.
    pub(crate) async fn find(&self, css: &str) -> WebElement {
        self.query(By::Css(css.to_owned()), css).await
    }

    pub(crate) async fn has(&self, css: &str) -> bool {
        !self
            .driver
            .find_all(By::Css(css.to_owned()))
            .await
            .unwrap()
            .is_empty()
    }

    /// Types into the field with this name, in place of what stood there.
    pub(crate) async fn fill(&self, name: &str, value: &str) {
        let field = self.find(&format!("[name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(value).await.unwrap();
    }

    /// Ticks a box or picks a radio button or an option by its value.
    pub(crate) async fn choose(&self, name: &str, value: &str) {
        let css = format!(
            "label:has(input[name='{name}'][value='{value}']), select[name='{name}'] option[value='{value}']"
        );
        self.find(&css).await.click().await.unwrap();
    }

    /// Presses the button or follows the link whose whole text is `label`.
    pub(crate) async fn press(&self, label: &str) {
        let xpath = format!(
            "//button[normalize-space()='{label}'] | //a[normalize-space()='{label}'] \
             | //summary[normalize-space()='{label}'] | //input[@type='submit'][@value='{label}']"
        );
        self.query(By::XPath(xpath), label)
            .await
            .click()
            .await
            .unwrap();
    }

    /// Waits until the page says `text`.
    pub(crate) async fn sees(&self, text: &str) {
        let xpath = format!("//body[contains(normalize-space(), '{text}')]");
        self.query(By::XPath(xpath), text).await;
    }

    /// Goes in by the door of a call, heard and seen.
    pub(crate) async fn enters_the_call(&self) {
        self.tries_the_camera().await;
        self.find("#room-enter-in").await.click().await.unwrap();
    }

    /// At the door of a call.
    pub(crate) async fn tries_the_camera(&self) {
        let camera = self.find("#room-try-camera").await;
        camera.wait_until().displayed().await.unwrap();
        camera.click().await.unwrap();
        let on = "return document.getElementById('room-try-camera').ariaPressed === 'true'";
        self.until("the camera is on", on).await;
    }

    /// Runs the body of a JavaScript function in the page and gives what it returns.
    pub(crate) async fn evaluate(&self, script: &str) -> Value {
        let returned = self.driver.execute(script, Vec::new()).await.unwrap();
        returned.json().clone()
    }

    /// Waits until the body of a JavaScript function returns something that is true.
    pub(crate) async fn until(&self, what: &str, script: &str) -> Value {
        let held = soon(async || {
            let value = self.evaluate(script).await;
            let holds = !matches!(value, Value::Null | Value::Bool(false));
            holds.then_some(value)
        });
        match held.await {
            Some(value) => value,
            None => panic!(
                "waited {DEADLINE:?} in vain: {what}\n{}",
                self.describe().await
            ),
        }
    }

    pub(crate) async fn query(&self, by: By, what: &str) -> WebElement {
        let wait = self
            .driver
            .query(by)
            .wait(DEADLINE, Duration::from_millis(100));
        match wait.first().await {
            Ok(element) => element,
            Err(error) => panic!("{what:?} not found: {error}\n{}", self.describe().await),
        }
    }

    /// Keeps the whole page as a PNG file.
    pub(crate) async fn pictured(&self, file: &Path) {
        let whole = json!({ "captureBeyondViewport": true });
        let cdp = self.driver.cdp();
        let taken = cdp.send_raw("Page.captureScreenshot", whole).await.unwrap();
        let png = BASE64_STANDARD.decode(taken["data"].as_str().unwrap());
        std::fs::write(file, png.unwrap()).unwrap();
    }

    /// Where a failed test stood: the address, the text, and a picture beside the build.
    async fn describe(&self) -> String {
        let path = self.path().await;
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failed.png");
        self.driver.screenshot(&picture).await.unwrap();
        let body = self.driver.find(By::Tag("body")).await.unwrap();
        let text = body.text().await.unwrap();
        format!("at {path}, pictured in {}:\n{text}", picture.display())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // chromedriver's own end takes the session along; thirtyfour need not block on it.
        if self.driver.clone().leak().is_err() {
            eprintln!("the browser had quit before");
        }
    }
}

fn capabilities(base: &str, setup: &Setup, profile: &Path) -> Capabilities {
    let mut chrome = DesiredCapabilities::chrome();
    chrome.set_binary(&tool("HEYI_CHROMIUM")).unwrap();
    let video = profile.join("camera.y4m");
    std::fs::write(&video, camera()).unwrap();
    for flag in FLAGS {
        chrome.add_arg(flag).unwrap();
    }
    for (flag, value) in [
        ("user-data-dir", profile.join("profile").to_str().unwrap()),
        ("use-file-for-fake-video-capture", video.to_str().unwrap()),
        ("lang", setup.language),
        // Without encryption, devices are for this machine alone otherwise.
        ("unsafely-treat-insecure-origin-as-secure", base),
    ] {
        chrome.add_arg(&format!("--{flag}={value}")).unwrap();
    }
    if setup.device == Device::Phone {
        let metrics = json!({"width": 360, "height": 800, "pixelRatio": 2.0, "touch": true});
        chrome
            .add_experimental_option("mobileEmulation", json!({ "deviceMetrics": metrics }))
            .unwrap();
    }
    let mut preferences = json!({"intl.accept_languages": setup.language});
    if !setup.javascript {
        preferences["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    chrome
        .add_experimental_option("prefs", preferences)
        .unwrap();
    chrome.into()
}

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
];

/// A second of moving grey, 320 × 180 at 15 frames a second, which the fake camera repeats.
fn camera() -> Vec<u8> {
    let mut film = b"YUV4MPEG2 W320 H180 F15:1 Ip A1:1 C420\n".to_vec();
    for frame in 0..15_usize {
        film.extend_from_slice(b"FRAME\n");
        film.extend((0..320 * 180).map(|at| {
            let shade = (at % 320 + at / 320 + frame * 17) % 256;
            u8::try_from(shade).unwrap()
        }));
        film.resize(film.len() + 320 * 180 / 2, 128);
    }
    film
}
