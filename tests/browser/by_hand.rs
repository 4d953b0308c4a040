//! What the law keeps on paper (电子签名法 3): printed, signed by hand, photographed sheet by sheet, held against the original.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use tempfile::TempDir;

use super::person::Person;
use super::story::{authority, convinces, local};
use crate::documents::checkers::run;
use crate::support::browser::{Setup, turn};
use crate::support::http::Client;
use crate::support::neighbours::{CLAIMANT, RESPONDENT, RESPONDENT_PHONE, Town, act};

const NEXT: &str = "form:has([name=last_signed]) button[type=submit]";

/// Photos of the sheets as they come out of a printer.
fn photos(printed: &Path, folder: &TempDir, name: &str) -> Vec<PathBuf> {
    let names = folder.path().join(name);
    let options = ["-r", "150", "-jpeg"];
    let made = run("pdftoppm", &options, printed, &[names.to_str().unwrap()]);
    assert!(made.status.success(), "{made:?}");
    let files = std::fs::read_dir(folder.path()).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let begins = |file: &PathBuf| {
        let file = file.file_name().unwrap().to_string_lossy();
        file.starts_with(&format!("{name}-"))
    };
    let mut photos: Vec<_> = files.filter(begins).collect();
    photos.sort();
    photos
}

/// How far two pictures of one size are apart, over all their points.
fn difference(one: &Path, other: &Path) -> u64 {
    let [one, other] = [one, other].map(|file| image::open(file).unwrap().into_luma8());
    assert_eq!(one.dimensions(), other.dimensions());
    let points = one.as_raw().iter().zip(other.as_raw());
    points
        .map(|(one, other)| u64::from(one.abs_diff(*other)))
        .sum()
}

impl Person {
    /// Opens what is to be printed.
    async fn prints(&self, town: &Town, who: &Client) -> tempfile::NamedTempFile {
        self.browser.goes_on_as(who).await;
        self.visit(&town.below("sign")).await;
        let here = self.browser.path().await;
        assert!(here.starts_with(&town.below("on-paper")), "{here}");
        self.browser.sees("电子签名法第三条").await;
        assert!(
            !self.browser.has("[name=consent]").await,
            "nothing electronic"
        );
        let path = self.link("main a[href*='/papers/']").await;
        self.keeps(&path).await
    }

    /// Everything about the original that an officer looks at.
    async fn fills_in_what_was_seen(&self) {
        let (day, time) = local(heyi::clock::Clock::system().now() - SignedDuration::from_mins(1));
        self.set("last_signed", &format!("{day}T{time}")).await;
        for tick in ["pages", "signatures", "text", "original"] {
            self.tick(tick).await;
        }
        let name =
            "return document.getElementById('typed-hint').textContent.split('：').at(-1).trim()";
        let name = self.browser.evaluate(name).await;
        self.types_a_name(name.as_str().unwrap()).await;
    }

    /// Sends sheets that are not the whole agreement, and reads what is wrong with them.
    async fn sends_in_vain(&self, sheets: &[&PathBuf], wrong: &str) {
        let sheets: Vec<&Path> = sheets.iter().map(|sheet| sheet.as_path()).collect();
        self.chooses_files("file", &sheets).await;
        self.press_in_vain(NEXT).await;
        let beside = self.browser.find("#file-error").await;
        let beside = beside.text().await.unwrap();
        assert!(beside.contains(wrong), "{wrong}: {beside}");
    }
}

/// The mediator takes the draft back and lays it open anew: another paper, of the same words.
async fn another_version(town: &Town, mediator: &mut Client, parties: [&mut Client; 2]) {
    let board = mediator.get(&town.below("board")).await;
    act(mediator, &board, "reopen", &[]).await;
    town.lay_open(mediator, parties, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_law_keeps_on_paper_is_signed_by_hand_and_its_scan_certified() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let inheritance = ("inheritance", "《民法典》第1127条");
    let mut claimant = town.tell_about(inheritance, RESPONDENT_PHONE).await;
    let mut respondent = town.invite().await;
    let mut mediator = town.assign().await;
    town.draft(&mut mediator, [&mut claimant, &mut respondent])
        .await;
    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    let first = phone.prints(&town, &claimant).await;
    let old = photos(first.path(), &town.folder, "old");
    let parties = [&mut claimant, &mut respondent];
    another_version(&town, &mut mediator, parties).await;
    let printed = phone.prints(&town, &claimant).await;
    let sheets = photos(printed.path(), &town.folder, "sheet");
    let [one, two] = sheets.as_slice() else {
        panic!("two sheets: {sheets:?}")
    };

    desk.browser.goes_on_as(&mediator).await;
    desk.visit(&town.below("on-paper")).await;
    desk.fills_in_what_was_seen().await;
    desk.press_in_vain(NEXT).await;
    desk.sends_in_vain(&[one, &old[1]], "第 2 个文件不是这份协议的纸")
        .await;
    desk.sends_in_vain(&[one], "缺第 2 页").await;
    desk.sends_in_vain(&[one, two, two], "都是第 2 页").await;
    desk.sends_in_vain(&[two, one], "顺序不对").await;
    let before = town.count().await;
    // They are in order now, and nothing has to be sent again.
    desk.press(NEXT).await;
    let code = town.sent_code(before).await;
    desk.confirms_with(&code).await;
    desk.stands_at(&town.below("on-paper")).await;

    phone.browser.goes_on_as(&claimant).await;
    phone.visit(&town.below("on-paper")).await;
    let shown = phone.link("main a[href*='/proofs/']").await;
    assert!(!phone.download(&shown).await.is_empty(), "before it counts");
    let holder = town.become_one("方书怡").await;
    desk.browser.goes_on_as(&holder).await;
    desk.visit(&town.below("on-paper")).await;
    desk.tick("held").await;
    let code = town.one_time_password("方书怡").await;
    desk.confirms_with(&code).await;
    desk.stands_at(&town.case).await;

    phone.visit(&town.case).await;
    is_certified(&phone, &town, [one, two]).await;
    let public = phone.link("main a[href*='/v/']").await;
    phone.visit(&public).await;
}

/// The certificate on the page of the case holds the print and both sheets in their order, and convinces others.
async fn is_certified(phone: &Person, town: &Town, [one, two]: [&PathBuf; 2]) {
    let path = phone.link("main a[href*='/papers/']").await;
    let certified = phone.keeps(&path).await;
    let root = authority(&town.folder.path().join("data"));
    let (words, verified) = convinces(certified.path(), &root, 2);
    for said in ["扫描件核对证明", CLAIMANT, RESPONDENT] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(verified.contains("签名有效"), "{verified}");
    let inside = run("pdfdetach", &["-list"], certified.path(), &[]);
    let inside = String::from_utf8_lossy(&inside.stdout).into_owned();
    for file in ["agreement.pdf", "scan-1.jpg", "scan-2.jpg"] {
        assert!(inside.contains(file), "{file}: {inside}");
    }
    let kept = town.folder.path().join("kept.jpg");
    let save = ["-savefile", "scan-1.jpg", "-o", kept.to_str().unwrap()];
    run("pdfdetach", &save, certified.path(), &[]);
    let [first, second] = [one, two].map(|sheet| difference(sheet, &kept));
    assert!(
        first < second / 4,
        "the first sheet comes first: {first} {second}"
    );
}
