//! What leaves the house and is checked outside: dossier and archive, the anchors, and papers at the public page.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use heyi::domain::hash::ContentHash;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::person::Person;
use super::story::authority;
use crate::support::browser::{Setup, turn};
use crate::support::eventually;
use crate::support::http::Client;
use crate::support::neighbours::{CLAIMANT, RESPONDENT, RESPONDENT_PHONE, Town};
use crate::support::python_tool;

const HEAD: &str = "薛长乐";
const SEND: &str = "form:has([name=file]) button";

type Zip = zip::ZipArchive<std::io::Cursor<Vec<u8>>>;

fn file(zip: &mut Zip, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Every file is in the manifest under its hash and none besides, and the manifest bears the platform's signature; their names.
fn is_as_its_manifest_says(bytes: Vec<u8>, folder: &Path) -> Vec<String> {
    let mut zip = Zip::new(std::io::Cursor::new(bytes)).unwrap();
    let manifest = file(&mut zip, "manifest.json");
    let listed: Value = serde_json::from_slice(&manifest).unwrap();
    let listed = listed["files"].as_array().unwrap();
    for line in listed {
        let bytes = file(&mut zip, line["name"].as_str().unwrap());
        assert_eq!(line["sha256"], json!(ContentHash::of(&bytes)), "{line}");
        assert_eq!(line["bytes"], json!(bytes.len()), "{line}");
    }
    assert_eq!(
        zip.len(),
        listed.len() + 2,
        "the manifest and its signature"
    );
    let (said, seal) = (folder.join("manifest.json"), folder.join("manifest.p7s"));
    std::fs::write(&said, &manifest).unwrap();
    std::fs::write(&seal, file(&mut zip, "manifest.p7s")).unwrap();
    let checked = Command::new("openssl")
        .args(["cms", "-verify", "-binary", "-inform", "DER", "-in"])
        .arg(&seal)
        .arg("-content")
        .arg(&said)
        .arg("-CAfile")
        .arg(authority(&folder.join("data")))
        .args(["-purpose", "any", "-out"])
        .arg(folder.join("checked.json"))
        .output()
        .unwrap();
    assert!(checked.status.success(), "{checked:?}");
    let names = listed.iter().map(|line| line["name"].as_str().unwrap());
    names.map(str::to_owned).collect()
}

impl Person {
    /// What comes when the page's form is sent.
    async fn takes(&self, form: &str) -> Vec<u8> {
        let script = format!(
            "const form = document.querySelector('{form}');
             const answer = await fetch(form.action, {{ method: 'POST', body: new URLSearchParams(new FormData(form)) }});
             if (!answer.ok) return answer.status;
             const bytes = new Uint8Array(await answer.arrayBuffer());
             return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))"
        );
        let file = self.browser.evaluate(&script).await;
        let file = file.as_str().unwrap_or_else(|| panic!("{form}: {file}"));
        BASE64_STANDARD.decode(file).unwrap()
    }

    /// Sends files to be checked; what the page says of them.
    async fn checks(&self, files: &[(&str, &Path)], says: &str) -> String {
        self.browser.goto("/verify").await;
        for (field, path) in files {
            self.chooses_files(field, &[path]).await;
        }
        self.press(SEND).await;
        let shown = self.browser.text().await;
        assert!(shown.contains(says), "{says}: {shown}");
        shown
    }

    /// The papers of a case that its reader finds on its page, kept for other programs.
    async fn paper(&self, label: &str) -> tempfile::NamedTempFile {
        let link = format!(
            "return [...document.querySelectorAll(\"main a[href*='/papers/']\")]
                .find((it) => it.textContent.trim() === '{label}').getAttribute('href')"
        );
        let link = self.browser.evaluate(&link).await;
        self.keeps(link.as_str().unwrap()).await
    }
}

/// Closed, with all that a matter can leave behind.
async fn closed(town: &mut Town) -> Client {
    let mut claimant = town.tell(RESPONDENT_PHONE).await;
    let mut respondent = town.invite().await;
    let mut mediator = town.assign().await;
    town.draft(&mut mediator, [&mut claimant, &mut respondent])
        .await;
    for who in [&mut claimant, &mut respondent, &mut mediator] {
        town.signs(who, "sign").await;
    }
    town.seals().await;
    let parties = [&mut claimant, &mut respondent];
    town.goes_to_its_end(parties, &mut mediator).await;
    claimant
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_matter_goes_to_the_archive_and_its_papers_are_checked_by_anybody() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let claimant = closed(&mut town).await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.become_one(HEAD).await;
    desk.visit("/desk/archive").await;
    let year = heyi::domain::time::civil_date(heyi::clock::Clock::system().now()).year();
    desk.browser.choose("year", &year.to_string()).await;
    let archive = desk.takes("main form").await;
    let names = is_as_its_manifest_says(archive, town.folder.path());
    for part in ["index.csv", "dossier.pdf", "agreement", "ruling"] {
        assert!(
            names.iter().any(|name| name.contains(part)),
            "{part}: {names:?}"
        );
    }
    let told = |name: &String| name.contains(CLAIMANT) || name.contains(RESPONDENT);
    assert!(!names.iter().any(told), "{names:?}");
    desk.become_one("贺光明").await;
    desk.visit(&town.case).await;
    let dossier = desk.download(&town.below("dossier/zip")).await;
    let names = is_as_its_manifest_says(dossier, town.folder.path());
    assert!(names.contains(&"dossier.json".to_owned()), "{names:?}");

    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    phone.browser.goes_on_as(&claimant).await;
    phone.visit(&town.case).await;
    let agreement = phone.paper("调解协议书").await;
    let ruling = phone.paper("民事裁定书").await;
    the_anchors_are_there(&town, &phone).await;
    anybody_checks_them(&town, (agreement.path(), ruling.path())).await;
}

/// What the house sealed this hour lies open, and says nothing of anybody.
async fn the_anchors_are_there(town: &Town, phone: &Person) {
    let mut citizen = Client::new(&town.server.base);
    eventually("the hour is sealed", async || {
        let page = citizen.get("/transparency").await;
        page.body.contains("anchor.json").then_some(())
    })
    .await;
    phone.visit("/transparency").await;
    let anchor = phone.link("main a[href$='/anchor.json']").await;
    let anchor = String::from_utf8(phone.download(&anchor).await).unwrap();
    let shown = phone.browser.find("main").await.text().await.unwrap();
    for said in [CLAIMANT, RESPONDENT, town.below("").trim_matches('/')] {
        assert!(!anchor.contains(said) && !shown.contains(said), "{said}");
    }
}

/// One byte in the middle of the text.
fn tampered(agreement: &Path, folder: &TempDir) -> PathBuf {
    let mut bytes = std::fs::read(agreement).unwrap();
    bytes[20_000] ^= 1;
    let path = folder.path().join("tampered.pdf");
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A contract of somebody else, signed with a key of their own.
async fn foreign(person: &Person, folder: &TempDir) -> PathBuf {
    let at = |name: &str| folder.path().join(name);
    let cdp = person.browser.driver.cdp();
    let printed = cdp.send_raw("Page.printToPDF", json!({})).await.unwrap();
    let pdf = BASE64_STANDARD.decode(printed["data"].as_str().unwrap());
    std::fs::write(at("plain.pdf"), pdf.unwrap()).unwrap();
    let made = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args(["-subj", "/CN=Somebody Else", "-keyout"])
        .arg(at("key.pem"))
        .arg("-out")
        .arg(at("certificate.pem"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let signed = Command::new(python_tool("pyhanko"))
        .args([
            "sign",
            "addsig",
            "--field",
            "Sig1",
            "pemder",
            "--no-pass",
            "--key",
        ])
        .arg(at("key.pem"))
        .arg("--cert")
        .args([at("certificate.pem"), at("plain.pdf"), at("foreign.pdf")])
        .output()
        .unwrap();
    assert!(signed.status.success(), "{signed:?}");
    at("foreign.pdf")
}

/// In both languages: a good file, a changed one, somebody else's, and a ruling with its agreement.
async fn anybody_checks_them(town: &Town, (agreement, ruling): (&Path, &Path)) {
    let english = Setup {
        language: "en",
        ..Setup::PHONE
    };
    let said = [
        [
            "文件完整，签名都有效",
            "这份文件不能相信",
            "这不是本平台出具的文书",
            "裁定是真的，针对的正是您一起上传的这份调解协议书",
            "裁定针对的不是您一起上传的这份调解协议书",
        ],
        [
            "The file is whole and all signatures are good",
            "This file cannot be trusted",
            "This is not one of our papers",
            "The ruling is genuine and is about the very agreement",
            "The ruling is not about the agreement",
        ],
    ];
    let by = ["申请人安和静于", "Applicant 安和静 signed"];
    for ((setup, said), by) in [Setup::PHONE, english].iter().zip(said).zip(by) {
        let citizen = Person::open(&town.server.base, setup).await;
        citizen.visit("/verify").await;
        let foreign = foreign(&citizen, &town.folder).await;
        let changed = tampered(agreement, &town.folder);
        let [good, bad, strange, about, other] = said;
        let shown = citizen.checks(&[("file", agreement)], good).await;
        assert!(shown.contains(by), "{shown}");
        citizen.checks(&[("file", &changed)], bad).await;
        let shown = citizen.checks(&[("file", &foreign)], strange).await;
        assert!(shown.contains("Somebody Else"), "{shown}");
        let both = [("file", ruling), ("agreement", agreement)];
        citizen.checks(&both, about).await;
        let another = [("file", ruling), ("agreement", changed.as_path())];
        citizen.checks(&another, other).await;
    }
}
