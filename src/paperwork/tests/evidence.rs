//! The report on how a paper was signed: what is in it, that it stays, and that it is of the platform.

use super::acting::represented;
use super::dossier::text_in_order;
use super::*;
use crate::documents::record::State;
use crate::documents::verify::{Standing, compare, public_id, run};
use crate::domain::ids::PersonId;
use crate::domain::signature::{Device, Means};
use crate::domain::team::{Capacity, Member};
use crate::storage::fixture::{Database, on_each};

on_each!(
    the_report_says_how_everybody_signed_and_stays_as_it_was_made,
    the_pages_of_the_report_say_all_that_shows_who_signed_what_and_when,
    whoever_acts_for_a_party_or_signs_beside_is_named_as_what_they_are,
    an_application_and_a_ruling_tell_how_their_signers_were_known,
    there_is_no_report_while_somebody_has_yet_to_sign,
);

/// On a phone, known by this, at the hour of the house.
fn shown(house: &House, means: Means) -> Shown {
    Shown {
        identified: Some(means),
        code_at: Some(house.chancery.desk.clock.now()),
        device: Some(Device::Phone),
    }
}

/// Everybody signs, each with what they showed on the page.
async fn settled_on_pages(house: &mut House) {
    prepared(house).await;
    let read = house.text();
    for (name, means) in [
        ("claimant", Means::CodeByPhone),
        ("respondent", Means::CodeByMail),
        ("mediator", Means::SecondFactor),
    ] {
        let (hand, look, id) = (actor(name), drawn(), house.case.id);
        let (chancery, shown) = (&house.chancery, shown(house, means));
        let signed = chancery.sign(&hand, id, &read, &look, shown);
        house.case = signed.await.unwrap();
    }
    sealed(house, &read).await;
}

async fn sealed(house: &mut House, read: &ContentHash) {
    let holder = actor("seal_holder");
    let (chancery, shown) = (&house.chancery, shown(house, Means::SecondFactor));
    let sealed = chancery.seal(&holder, house.case.id, read, shown);
    house.case = sealed.await.unwrap();
}

/// On paper, and both parties willing to sign it electronically.
pub(super) async fn prepared(house: &mut House) {
    let mediator = actor("mediator");
    let chancery = &house.chancery;
    let prepared = chancery.prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    house.willing().await;
    let willing = casework::load(&chancery.desk, &mediator, house.case.id);
    house.case = willing.await.unwrap();
}

impl House {
    /// The newest paper of a kind, and the report on it.
    pub(super) async fn witnessed(&self, kind: PaperKind) -> (Paper, bytes::Bytes) {
        let paper = self.case.latest_paper(kind).unwrap().clone();
        let report = self.chancery.evidence_report(&self.case, &paper).await;
        (paper, report.unwrap())
    }
}

/// What a report says on its pages, without white space.
pub(super) fn reads(report: &[u8]) -> String {
    text_in_order(report).split_whitespace().collect()
}

pub(super) fn says(text: &str, words: &[&str]) {
    for words in words {
        let words: String = words.split_whitespace().collect();
        assert!(text.contains(&words), "{words}: {text}");
    }
}

/// The data within a report.
pub(super) fn data(report: &[u8]) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, report).unwrap();
    let shown = std::process::Command::new("qpdf")
        .arg("--show-attachment=evidence.json")
        .arg(&file)
        .output()
        .unwrap();
    serde_json::from_slice(&shown.stdout).unwrap()
}

/// What the data of the report say of the paper and its four signers.
fn tells_of_everybody(data: &serde_json::Value, paper: &Paper) {
    assert_eq!(data["template"]["version"], "2026-11-1");
    assert_eq!(
        data["subject"]["revisions"]
            .as_array()
            .unwrap()
            .last()
            .unwrap(),
        paper.hash.as_str()
    );
    let signers = data["signers"].as_array().unwrap();
    let seats: Vec<_> = signers
        .iter()
        .map(|it| it["role"].as_str().unwrap())
        .collect();
    assert_eq!(seats, ["applicant", "respondent", "mediator", "seal"]);
    let means = [
        "code_by_phone",
        "code_by_mail",
        "second_factor",
        "second_factor",
    ];
    for (signer, means) in signers.iter().zip(means) {
        assert_eq!(signer["shown"]["means"], means, "{signer}");
        assert_eq!(signer["shown"]["device"], "phone");
        let link = signer["event"]["hash"].as_str();
        assert!(link.is_some_and(|hash| hash.len() == 64), "{signer}");
        assert!(!signer["certificate"]["serial"].as_str().unwrap().is_empty());
    }
    assert_eq!(signers[0]["identity"]["by"], "陈明");
    // The very words whose hash was kept when they were ticked.
    let consent = &signers[0]["consent"];
    let words = consent["words"].as_str().unwrap();
    let hash = ContentHash::of(words.as_bytes());
    assert_eq!(consent["hash"], hash.as_str(), "{words}");
    assert!(
        signers[3]["consent"].is_null(),
        "the holder of the seal is asked nothing"
    );
    assert!(!data.to_string().contains("110101"), "{data}");
}

async fn the_report_says_how_everybody_signed_and_stays_as_it_was_made(database: Database) {
    let mut house = house(database, true).await;
    settled_on_pages(&mut house).await;
    let paper = house
        .case
        .latest_paper(PaperKind::Agreement)
        .unwrap()
        .clone();
    let before = house
        .chancery
        .record(&house.case, &paper.verify_id)
        .await
        .unwrap();
    assert_eq!((before.state, before.evidence), (State::Complete, None));
    let (_, report) = house.witnessed(PaperKind::Agreement).await;
    let (_, again) = house.witnessed(PaperKind::Agreement).await;
    assert_eq!(report, again, "made once");

    let roots = house.chancery.authority.roots().unwrap();
    let checked = run(&report, &roots);
    assert!(
        checked.accepted && checked.archived_at.is_some(),
        "{checked:?}"
    );
    assert_eq!(checked.signatures[0].signer, "和议在线解纷平台");
    assert_eq!(public_id(&report).as_ref(), Some(&paper.verify_id));
    let record = house
        .chancery
        .record(&house.case, &paper.verify_id)
        .await
        .unwrap();
    assert_eq!(
        compare(&report, &checked, &record).standing,
        Standing::Report
    );

    tells_of_everybody(&data(&report), &paper);
    let mut read = house.chancery.desk.store.read().await.unwrap();
    let kept = referred::files(&mut read).await.unwrap();
    assert!(kept.contains(&ContentHash::of(&report)), "it is not swept");
}

/// As papers write an instant.
fn moment(at: jiff::Timestamp) -> String {
    let civil = at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    civil.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

async fn the_pages_of_the_report_say_all_that_shows_who_signed_what_and_when(database: Database) {
    let mut house = house(database, true).await;
    settled_on_pages(&mut house).await;
    let (paper, report) = house.witnessed(PaperKind::Agreement).await;
    let text = reads(&report);
    // The hash of every revision, and of the file as it is now.
    let record = house.chancery.record(&house.case, &paper.verify_id).await;
    for hash in &record.unwrap().history.revisions {
        says(&text, &[hash.as_str()]);
    }
    says(&text, &["最后一次写入后（现行文件）", paper.hash.as_str()]);
    // Identity, consent, code and its time, device.
    let check = house.case.parties[0].identity.as_ref().unwrap();
    let now = moment(house.chancery.desk.clock.now());
    let agreement = &house.case.stage.settlement().unwrap().agreement;
    let asked = &agreement.consents[0].text;
    for words in [
        "申请人：安和",
        "被申请人：康宁",
        "调解员：陈明",
        "盖章单位：柳荫街道人民调解委员会",
        &format!("身份核验{}由陈明", moment(check.at)),
        "：“我同意”（告知文本2026-11版，指纹",
        asked.as_str(),
        &format!("短信验证码（{now}）"),
        &format!("只对这份文书有效的验证码（{now}）"),
        &format!("一次性口令（{now}）"),
        "设备手机",
        &format!("签名时间{now}"),
        "用印方章",
    ] {
        says(&text, &[words]);
    }
    proves_each_signature(&house, &text).await;
}

/// Certificate, timestamp and place in the chain.
async fn proves_each_signature(house: &House, text: &str) {
    let checked = house.report(PaperKind::Agreement).await;
    assert_eq!(checked.signatures.len(), 4);
    for signature in &checked.signatures {
        let certificate = signature.certificate.as_ref().unwrap();
        let stamped = format!("时间戳{}", moment(signature.stamped_at.unwrap()));
        says(
            text,
            &[
                signature.serial.as_ref().unwrap(),
                signature.pseudonym.as_ref().unwrap(),
                &certificate.issuer,
                &stamped,
            ],
        );
    }
    // Where each act lies in the chain, and how far that had come.
    let signings = casework::signings(&house.chancery.desk, house.case.id).await;
    let signings = signings.unwrap();
    let head = signings.head.unwrap();
    says(
        text,
        &[&format!(
            "已到第{}号事件，其哈希值为{}",
            head.seq, head.hash
        )],
    );
    for act in signings.acts.iter().rev().take(4) {
        says(
            text,
            &[&format!("第{}号事件，{}", act.event.seq, act.event.hash)],
        );
    }
}

/// A party with an agent, one with a guardian, and two more who sign beside the mediator.
async fn with_many_hands(database: Database) -> House {
    let rules = rules();
    let mut quarrel = represented(&rules);
    let now = quarrel.now;
    let beside = |name, capacity| Member {
        person: actor(name).person().unwrap(),
        capacity,
        since: now,
    };
    quarrel.case.team.extend([
        beside("other_mediator", Capacity::CoMediator),
        beside("stranger", Capacity::Interpreter),
    ]);
    house_of(database, quarrel.case, now).await
}

/// All of them have signed.
pub(super) async fn signed_by_many(database: Database) -> House {
    let mut house = with_many_hands(database).await;
    let (chancery, mediator) = (&house.chancery, actor("mediator"));
    let laid = chancery.prepare_signing(&mediator, &house.case, Order::Free);
    house.case = laid.await.unwrap();
    let read = house.text();
    for number in [0x5001, 0x5002_u128] {
        let hand = Actor::Person {
            person: PersonId(Uuid::from_u128(number)),
        };
        let (desk, id) = (&house.chancery.desk, house.case.id);
        perform(desk, &hand, id, willing()).await.unwrap();
        let (look, shown) = (drawn(), shown(&house, Means::CodeByPhone));
        let signed = house.chancery.sign(&hand, id, &read, &look, shown);
        house.case = signed.await.unwrap();
    }
    for name in ["other_mediator", "mediator", "stranger"] {
        house.case = house.sign(name, &read).await.unwrap();
    }
    sealed(&mut house, &read).await;
    house
}

async fn whoever_acts_for_a_party_or_signs_beside_is_named_as_what_they_are(database: Database) {
    let mut house = signed_by_many(database).await;
    // The report tells of then: who acts no more signed all the same.
    let seen = house.case.parties[0].agent().unwrap().mark();
    let party = house.case.parties[0].id;
    house
        .act("claimant", Action::DismissAgent { party, seen })
        .await;
    let (_, report) = house.witnessed(PaperKind::Agreement).await;
    let text = reads(&report);
    says(
        &text,
        &[
            "安和的委托代理人：言正",
            "特别授权，授权委托书2026年2月20日",
            ContentHash::of(b"power").as_str(),
            "康宁的法定代理人：康慈",
            "与当事人的关系：母亲",
            "共同调解员：周和",
            "翻译：林译",
            "、调解员：陈明",
        ],
    );
    assert!(!text.contains("签名人："), "{text}");
    // The agent's own check, not that of the one in whose place they sign.
    let data = data(&report);
    for signer in &data["signers"].as_array().unwrap()[..2] {
        assert_eq!(signer["identity"]["method"], "card_at_counter", "{signer}");
    }
}

async fn an_application_and_a_ruling_tell_how_their_signers_were_known(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    for name in ["respondent", "claimant"] {
        let draft = house
            .chancery
            .application(&house.case, COURT)
            .await
            .unwrap();
        let (hand, read) = (actor(name), draft.text_hash());
        let look = Look::Typed("姓名".to_owned());
        let with = (&look, shown(&house, Means::CodeByMail));
        let (chancery, id) = (&house.chancery, house.case.id);
        let joined = chancery.join_confirmation(&hand, id, COURT, &read, with);
        house.case = joined.await.unwrap();
    }
    let (_, report) = house.witnessed(PaperKind::Application).await;
    let told = data(&report);
    let text = reads(&report);
    says(
        &text,
        &[
            "申请人：安和",
            "申请人：康宁",
            "只对这份文书有效的验证码",
            "设备手机",
        ],
    );
    assert!(!text.contains("被申请人"), "all of them apply: {text}");
    for signer in told["signers"].as_array().unwrap() {
        assert_eq!(signer["shown"]["means"], "code_by_mail", "{signer}");
        assert!(!signer["shown"]["code_at"].is_null(), "{signer}");
    }

    house.accepted().await;
    let clear = all_clear(&house.chancery.desk.rules);
    house.act("judge", clear).await;
    let read = house.ruling(&Decision::Confirm).await.unwrap().hash();
    let (judge, id) = (actor("judge"), house.case.id);
    let (chancery, shown) = (&house.chancery, shown(&house, Means::SecondFactor));
    let issued = chancery.issue_ruling(&judge, id, &Decision::Confirm, &read, shown);
    house.case = issued.await.unwrap();
    let (_, report) = house.witnessed(PaperKind::Ruling).await;
    let text = reads(&report);
    let words = [
        "审判员：赵明理",
        "盖章单位：柳荫区人民法院",
        "一次性口令",
        "设备手机",
    ];
    says(&text, &words);
    let told = data(&report);
    let signers = told["signers"].as_array().unwrap();
    assert_eq!(signers.len(), 2);
    for signer in signers {
        assert_eq!(signer["shown"]["means"], "second_factor", "{signer}");
    }
}

async fn there_is_no_report_while_somebody_has_yet_to_sign(database: Database) {
    let mut house = house(database, true).await;
    prepared(&mut house).await;
    let read = house.text();
    house.case = house.sign("claimant", &read).await.unwrap();
    let paper = house
        .case
        .latest_paper(PaperKind::Agreement)
        .unwrap()
        .clone();
    let early = house.chancery.evidence_report(&house.case, &paper).await;
    let early = early.unwrap_err();
    let why = PaperworkError::from(OutOfOrder::WrongState);
    assert_eq!(early.to_string(), why.to_string());
}
