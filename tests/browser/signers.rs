//! Who signs an agreement beside the two neighbours, each in turn and on a phone; and signings that came to nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use heyi::clock::Clock;
use image::{DynamicImage, ImageFormat};
use jiff::SignedDuration;
use tempfile::TempDir;

use super::person::Person;
use super::story::{authority, convinces, local};
use crate::support::browser::{Setup, turn};
use crate::support::eventually;
use crate::support::http::Client;
use crate::support::neighbours::{
    CLAIMANT, CLAIMANT_PHONE, ID_NUMBERS, RESPONDENT, RESPONDENT_PHONE, Town,
};
use crate::support::server::Server;

/// Whoever acts for a party: by what right, name, phone, number.
struct Acting {
    right: &'static str,
    name: &'static str,
    phone: &'static str,
    number: &'static str,
}

const ATTORNEY: Acting = Acting {
    right: "attorney",
    name: "言正",
    phone: "13810040003",
    number: "110101190003030035",
};
const MOTHER: Acting = Acting {
    right: "guardian",
    name: "江慈",
    phone: "13810040004",
    number: "110101190004040040",
};
const INTERPRETER: &str = "玛依拉";
const INTERPRETER_PHONE: &str = "13810040005";
/// Of somebody born in 2015.
const CHILD: &str = "110101201501010003";

impl Person {
    /// Names somebody who acts for the party that reads the page, with a photo of what shows it.
    async fn names(&self, acting: &Acting, proof: &Path) {
        const SAVE: &str = "form:has([name=right]) button[type=submit]";
        let page = &self.browser;
        page.choose("right", acting.right).await;
        page.fill("name", acting.name).await;
        page.fill("contact", acting.phone).await;
        if acting.right == "guardian" {
            page.fill("relation", "母亲").await;
            self.tick("for_both").await;
        } else {
            let yesterday = Clock::system().now() - SignedDuration::from_hours(24);
            self.set("power", &local(yesterday).0).await;
            self.tick("signs").await;
            self.chooses_files("file", &[proof]).await;
            // To sign for somebody needs a special authority.
            self.press_in_vain(SAVE).await;
            assert!(page.has("#special-error").await);
            self.tick("special").await;
        }
        self.chooses_files("file", &[proof]).await;
        self.go(SAVE).await;
    }

    /// The mediator holds the card beside the face and looks at the authority; whoever acts reads out the code on their phone.
    async fn looks_at(&self, town: &mut Town, acting: &Acting) {
        self.click("details:has([value=accept]) summary").await;
        self.browser.choose("method", "card_at_counter").await;
        self.browser.fill("number", acting.number).await;
        self.tick("face_matches").await;
        self.tick("proof_seen").await;
        if self.browser.has("[name=address]").await {
            self.browser.fill("address", "柳荫里 3 号楼 502 室").await;
        }
        let before = town.count().await;
        self.press("button[value=code]").await;
        let code = town.sent_code(before).await;
        self.browser.fill("code", &code).await;
        self.go("button[value=accept]").await;
    }

    /// Opens a page of the case as somebody who signed in elsewhere.
    async fn opens(&self, town: &Town, who: &Client, page: &str) {
        self.browser.goes_on_as(who).await;
        self.visit(&town.below(page)).await;
    }

    /// Reads, types the name that stands in the agreement, consents and proves it by the code that comes.
    async fn signs_in_turn(&self, town: &mut Town, who: &Client) {
        self.opens(town, who, "sign").await;
        let name =
            "return document.getElementById('typed-hint').textContent.split('：').at(-1).trim()";
        let name = self.browser.evaluate(name).await;
        self.types_a_name(name.as_str().unwrap()).await;
        let before = town.count().await;
        self.consents().await;
        self.confirms_with(&town.sent_code(before).await).await;
    }

    async fn reads(&self, wanted: &[&str], hidden: &[&str]) {
        let text = self.browser.text().await;
        for words in wanted {
            assert!(text.contains(words), "{words}: {text}");
        }
        for words in hidden {
            assert!(!text.contains(words), "{words}: {text}");
        }
    }
}

fn photo(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("authority.jpg");
    DynamicImage::new_luma8(300, 200)
        .save_with_format(&path, ImageFormat::Jpeg)
        .unwrap();
    path
}

/// The claimant by an attorney and the respondent by their mother, as the mediator has seen.
async fn both_are_represented(
    town: &mut Town,
    (phone, desk): (&Person, &Person),
    [claimant, respondent]: [&Client; 2],
) -> [Client; 2] {
    let proof = photo(&town.folder);
    phone.opens(town, claimant, "agents").await;
    phone.names(&ATTORNEY, &proof).await;
    phone.opens(town, respondent, "agents").await;
    phone.names(&MOTHER, &proof).await;
    desk.visit(&town.below("agents")).await;
    for acting in [&ATTORNEY, &MOTHER] {
        desk.looks_at(town, acting).await;
    }
    [
        town.sign_in(ATTORNEY.phone).await,
        town.sign_in(MOTHER.phone).await,
    ]
}

/// A colleague mediates beside the mediator, and somebody interprets, to whom both parties agree.
async fn others_sit_in(
    town: &mut Town,
    (phone, desk): (&Person, &Person),
    parties: [&Client; 2],
) -> [Client; 2] {
    desk.visit(&town.below("team")).await;
    let first = "return document.querySelector('select[name=colleague] option').textContent.trim()";
    let colleague = desk.browser.evaluate(first).await;
    desk.go("button[value=colleague]").await;
    desk.visit(&town.below("team")).await;
    desk.browser.choose("capacity", "interpreter").await;
    desk.browser.fill("name", INTERPRETER).await;
    desk.browser.fill("contact", INTERPRETER_PHONE).await;
    desk.go("button[value=outside]").await;
    let mut colleague = town.become_one(colleague.as_str().unwrap()).await;
    let asked = colleague.get(&town.below("joining")).await;
    colleague.submit(&asked, "/joining", &[("do", "yes")]).await;
    let interpreter = town.sign_in(INTERPRETER_PHONE).await;
    phone.opens(town, &interpreter, "joining").await;
    phone.go("button[value=yes]").await;
    for party in parties {
        phone.opens(town, party, "team").await;
        phone.go("button[value=consent]").await;
    }
    [colleague, interpreter]
}

/// Other programs and the public page name everybody with the capacity in which they signed.
async fn everybody_is_named(town: &Town, phone: &Person, claimant: &Client) {
    phone.browser.goes_on_as(claimant).await;
    phone.visit(&town.case).await;
    let path = phone.link("main a[href*='/papers/']").await;
    let public = phone.link("main a[href*='/v/']").await;
    let file = phone.keeps(&path).await;
    let root = authority(&town.folder.path().join("data"));
    let (words, verified) = convinces(file.path(), &root, 6);
    let interpreter = format!("翻译：{INTERPRETER}");
    let attorney = format!("{CLAIMANT}（委托代理人：{}）", ATTORNEY.name);
    let mother = format!("{RESPONDENT}（法定代理人：{}）", MOTHER.name);
    for label in [&attorney, &mother, "共同调解员：", &interpreter] {
        assert!(words.contains(label), "{label}: {words}");
    }
    let capacities = [
        format!("申请人{CLAIMANT}的委托代理人{}于", ATTORNEY.name),
        format!("被申请人{RESPONDENT}的法定代理人{}于", MOTHER.name),
        "共同调解员".to_owned(),
        format!("翻译{INTERPRETER}于"),
        "（印章）于".to_owned(),
    ];
    phone.visit(&public).await;
    phone
        .reads(&["该签6处，已签6处"], &[RESPONDENT, INTERPRETER])
        .await;
    phone.chooses_files("file", &[file.path()]).await;
    phone
        .press("main form button[type=submit]:not([hidden])")
        .await;
    let shown = phone.browser.text().await;
    for capacity in capacities {
        assert!(verified.contains(&capacity), "{capacity}: {verified}");
        assert!(shown.contains(&capacity), "{capacity}: {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_a_mother_a_co_mediator_and_an_interpreter_sign_in_their_turn() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let mut claimant = town.tell(RESPONDENT_PHONE).await;
    let respondent = town.invite().await;
    let mut mediator = town.assign().await;
    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    desk.browser.goes_on_as(&mediator).await;
    let people = (&phone, &desk);
    let parties = [&claimant, &respondent];
    let [attorney, mut mother] = both_are_represented(&mut town, people, parties).await;
    let [colleague, interpreter] = others_sit_in(&mut town, people, parties).await;
    town.identify(&mut mediator, [ID_NUMBERS[0], CHILD]).await;
    town.add_clause(&mut mediator).await;
    let one_by_one = [("in_turn", "yes")];
    let hands = [&mut claimant, &mut mother];
    town.lay_open(&mut mediator, hands, &one_by_one).await;

    phone.opens(&town, &mother, "sign").await;
    let first = format!("现在由{CLAIMANT}（由{}代签）签", ATTORNEY.name);
    phone
        .reads(&["还没有轮到", &first], &["签上您的名字"])
        .await;
    phone.opens(&town, &claimant, "sign").await;
    let by_another = format!("由{}替您签", ATTORNEY.name);
    phone
        .reads(&[&by_another], &["签上您的名字", "还没有轮到"])
        .await;
    for who in [&attorney, &mother, &mediator, &colleague, &interpreter] {
        phone.signs_in_turn(&mut town, who).await;
    }
    town.seals().await;
    everybody_is_named(&town, &phone, &claimant).await;
}

/// What somebody downloaded before a signing came to nothing is void for everybody who checks it.
async fn is_void(person: &Person, file: &Path) {
    person.visit("/verify").await;
    person.chooses_files("file", &[file]).await;
    person.press("form:has([name=file]) button").await;
    person
        .reads(
            &["这份文书已经作废", "对任何人都没有约束力"],
            &["文件完整，签名都有效"],
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_no_and_then_silence_end_a_signing_and_everybody_is_told() {
    const REASON: &str = "金额写错了，请改一改";
    let _turn = turn().await;
    let clock = Arc::new(Clock::fixed(Clock::system().now()));
    let mut town = Town::of(Server::by(&clock).await);
    let mut claimant = town.tell(RESPONDENT_PHONE).await;
    let mut respondent = town.invite().await;
    let mut mediator = town.assign().await;
    town.draft(&mut mediator, [&mut claimant, &mut respondent])
        .await;
    town.signs(&mut claimant, "sign").await;
    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    phone.opens(&town, &respondent, "sign").await;
    let path = phone.link("main a[href*='/papers/']").await;
    let half = phone.keeps(&path).await;
    phone.click("details:has([value=decline]) summary").await;
    phone.browser.fill("reason", REASON).await;
    phone.go("form:has([value=decline]) button").await;
    phone.opens(&town, &claimant, "board").await;
    phone.reads(&["有一方没有签协议"], &[REASON]).await;
    is_void(&phone, half.path()).await;
    phone.opens(&town, &mediator, "board").await;
    phone.reads(&["有一方没有签协议", REASON], &[]).await;

    // A code is sent once a minute.
    clock.advance(SignedDuration::from_mins(2));
    let parties = [&mut claimant, &mut respondent];
    town.lay_open(&mut mediator, parties, &[]).await;
    town.signs(&mut claimant, "sign").await;
    clock.advance(SignedDuration::from_hours(24 * 8));
    // A week later everybody signs in again; the code wakes whatever is due.
    let mut claimant = town.sign_in(CLAIMANT_PHONE).await;
    let lapsed = "协议没有在期限内签完";
    eventually("the signing lapses", async || {
        let board = claimant.get(&town.below("board")).await;
        board.body.contains(lapsed).then_some(())
    })
    .await;
    phone.opens(&town, &claimant, "board").await;
    phone
        .reads(&[lapsed, "已有的签名都作废了"], &[REASON])
        .await;
    phone.visit(&town.below("sign")).await;
    // There is nothing to sign any more.
    phone.stands_at(&town.case).await;
}

/// The mediator says which language stands beside the Chinese, and writes each text in it; one may be left for later.
async fn is_translated(town: &Town, mediator: &Client, desk: &Person) {
    const TEXTS: [(&str, &str); 3] = [
        ("act", "moves no chairs after ten at night"),
        ("proof", "the neighbours tell each other"),
        ("default", "pays another hundred yuan"),
    ];
    const SAVE: &str = "form:has(textarea) button[type=submit]";
    desk.opens(town, mediator, "board").await;
    desk.browser.choose("tongue", "en").await;
    desk.go("#second-language form button").await;
    let path = town.below("translation");
    desk.stands_at(&path).await;
    for (kind, text) in TEXTS {
        let name = format!("return document.querySelector('[name^=\"{kind}-\"]').name");
        let name = desk.browser.evaluate(&name).await;
        desk.browser.fill(name.as_str().unwrap(), text).await;
        if kind == "act" {
            desk.go(SAVE).await;
            desk.stands_at(&path).await;
            desk.reads(&["还没有译文", "已译"], &[]).await;
        }
    }
    desk.go(SAVE).await;
    desk.stands_at(&town.below("board")).await;
    desk.reads(&["译文都齐了", TEXTS[0].1], &["还没有译文"])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_in_two_languages_is_read_in_both_and_checked_by_anybody() {
    let _turn = turn().await;
    let mut town = Town::open(&[]).await;
    let mut claimant = town.tell(RESPONDENT_PHONE).await;
    let mut respondent = town.invite().await;
    let mut mediator = town.assign().await;
    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    let desk = Person::open(&town.server.base, &Setup::DESK).await;
    town.identify(&mut mediator, ID_NUMBERS).await;
    town.add_clause(&mut mediator).await;
    is_translated(&town, &mediator, &desk).await;
    let parties = [&mut claimant, &mut respondent];
    town.lay_open(&mut mediator, parties, &[]).await;
    phone.opens(&town, &respondent, "sign").await;
    let both = [
        "以中文文本为准",
        "the Chinese text prevails",
        "moves no chairs after ten at night",
    ];
    phone.reads(&both, &[]).await;
    for who in [&respondent, &claimant, &mediator] {
        phone.signs_in_turn(&mut town, who).await;
    }
    town.seals().await;
    phone.browser.goes_on_as(&claimant).await;
    phone.visit(&town.case).await;
    let path = phone.link("main a[href*='/papers/']").await;
    let kept = phone.keeps(&path).await;
    phone.visit("/verify").await;
    phone.chooses_files("file", &[kept.path()]).await;
    phone.press("form:has([name=file]) button").await;
    phone.reads(&["文件完整，签名都有效"], &[]).await;
}
