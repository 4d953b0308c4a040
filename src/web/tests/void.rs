//! What anybody learns behind the code of a paper that counts no more, or was signed by hand, and how often they may ask.

use axum::http::StatusCode;
use bytes::Bytes;
use jiff::SignedDuration;

use super::matter::Matter;
use super::verify::{record_of, secrets};
use super::visitor::{Visitor, house, rules};
use crate::casework;
use crate::documents::Look;
use crate::documents::record::State;
use crate::documents::verify::{self, Standing};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::fixture::{Quarrel, actor};
use crate::domain::hash::ContentHash;
use crate::domain::paper::PaperKind;
use crate::domain::signature::Shown;
use crate::paperwork::{Scanned, ScannedFile};
use crate::storage::fixture::{Database, on_each, sqlite};

on_each!(
    what_counts_no_more_is_said_to_be_void_in_words_and_in_the_record,
    behind_the_code_of_what_was_signed_by_hand_stand_places_and_no_name,
);

const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
const REASON: &str = "我又想了想，不签了";

/// Lets the time to sign run out.
async fn lapse(matter: &mut Matter<'_>) {
    let due = matter.case.stage.signing().unwrap().lapses.clone().unwrap();
    let (desk, id) = (&matter.house.web.desk, matter.case.id);
    let left = due.at.duration_since(desk.clock.now());
    desk.clock.advance(left + SignedDuration::from_secs(1));
    let done = casework::perform(desk, &Actor::Clock, id, Action::LapseSigning);
    matter.case = done.await.unwrap();
}

/// Says it in both languages, tells nobody's name, and has it in the signed record.
async fn is_void(matter: &Matter<'_>, id: &str, state: State, words: [&str; 2]) {
    let path = format!("/v/{id}");
    let mut visitor = Visitor::of(matter.house);
    for (language, words) in ["zh-CN", "en"].into_iter().zip(words) {
        visitor.get(&format!("/?lang={language}")).await;
        let page = visitor.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(words), "{words}: {}", page.body);
        for secret in secrets(&matter.case)
            .iter()
            .map(String::as_str)
            .chain([REASON])
        {
            assert!(!page.body.contains(secret), "{secret}");
        }
    }
    let (text, record) = record_of(matter, id).await;
    assert_eq!(record.state, state, "{text}");
    assert!(!record.kind.is_empty() && !record.document.is_empty());
    let file = matter
        .case
        .voided
        .iter()
        .find(|it| it.paper.verify_id == id);
    let file = matter.house.web.chancery.file(&file.unwrap().paper).await;
    let file = file.unwrap();
    let standing = verify::compare(
        &file,
        &verify::run(&file, &crate::documents::keys::Roots::default()),
        &record,
    )
    .standing;
    assert!(
        matches!(standing, Standing::Void | Standing::Lapsed),
        "{standing:?}"
    );
}

async fn what_counts_no_more_is_said_to_be_void_in_words_and_in_the_record(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut changed = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    let mut declined = changed.beside(0xd1).await;
    let mut withdrawn = changed.beside(0xd2).await;
    let mut lapsed = changed.beside(0xd3).await;
    let id = |matter: &Matter<'_>, kind| matter.paper(kind).verify_id.clone();

    withdrawn.settle().await;
    withdrawn.join("respondent").await;
    let code = id(&withdrawn, PaperKind::Application);
    withdrawn
        .act("respondent", Action::WithdrawConfirmation)
        .await;
    let words = ["已经作废：已经撤回", "Void: it was taken back"];
    is_void(&withdrawn, &code, State::Void, words).await;

    changed.prepare().await;
    let code = id(&changed, PaperKind::Agreement);
    changed.act("mediator", Action::ReopenDraft).await;
    let words = ["已经作废：文字后来改过", "Void: its words were changed"];
    is_void(&changed, &code, State::Void, words).await;

    declined.prepare().await;
    let code = id(&declined, PaperKind::Agreement);
    let reason = REASON.to_owned();
    declined
        .act("claimant", Action::DeclineToSign { reason })
        .await;
    let words = ["已经作废：没有签成", "binds nobody"];
    is_void(&declined, &code, State::Void, words).await;

    lapsed.prepare().await;
    let code = id(&lapsed, PaperKind::Agreement);
    lapse(&mut lapsed).await;
    let words = ["没有在期限内签完", "not signed by all in time"];
    is_void(&lapsed, &code, State::Lapsed, words).await;
}

/// Takes it to paper, and two hold the scan against the original; the file that was printed.
async fn signed_by_hand(matter: &mut Matter<'_>, code: &str) -> Vec<u8> {
    let chancery = &matter.house.web.chancery;
    let respondent = actor("respondent");
    let switched = chancery.sign_on_paper(&respondent, &matter.case);
    matter.case = switched.await.unwrap();
    let waits = Visitor::of(matter.house).get(code).await;
    assert!(waits.body.contains("还在签署") && waits.body.contains("在纸上签名；"));
    let print = matter.file(PaperKind::Agreement).await;
    let scanned = Scanned {
        files: vec![ScannedFile {
            mime: "image/jpeg",
            ending: "jpg",
            bytes: Bytes::from_static(PHOTO),
        }],
        last_signed: matter.house.web.desk.clock.now(),
        look: Look::Typed("姓名".to_owned()),
        shown: Shown::default(),
    };
    let read = ContentHash::of(&print);
    let mediator = actor("mediator");
    let certified = chancery.certify_scan(&mediator, matter.case.id, &read, scanned);
    matter.case = certified.await.unwrap();
    let one = Visitor::of(matter.house).get(code).await;
    assert!(
        one.body.contains("还在签署"),
        "one alone makes nothing of it"
    );
    matter.seal().await;
    print
}

async fn behind_the_code_of_what_was_signed_by_hand_stand_places_and_no_name(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.prepare().await;
    let id = matter.paper(PaperKind::Agreement).verify_id.clone();
    let code = format!("/v/{id}");
    let print = signed_by_hand(&mut matter, &code).await;
    let mut visitor = Visitor::of(&house);
    let page = visitor.get(&code).await;
    for words in [
        "有效，是现行的文书",
        "在纸上签名、盖章；",
        "该签4处，已签4处",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let (text, record) = record_of(&matter, &id).await;
    for secret in secrets(&matter.case) {
        assert!(!page.body.contains(&secret), "{secret}");
        assert!(!text.contains(&secret), "{secret}");
    }
    let by_hand = record.by_hand.as_ref().unwrap();
    let places: Vec<_> = by_hand.hands.iter().map(|it| it.role.as_str()).collect();
    assert_eq!(places, ["party", "party", "mediator", "seal"]);
    assert_eq!(by_hand.printed, ContentHash::of(&print));
    assert_eq!(by_hand.scan, [ContentHash::of(PHOTO)]);
    let report = verify::run(&print, &crate::documents::keys::Roots::default());
    let standing = verify::compare(&print, &report, &record).standing;
    assert_eq!(standing, Standing::Printed);
    let certified = matter.file(PaperKind::Agreement).await;
    for (file, words) in [
        (print, "这是印出来给各方签名的文本"),
        (certified, "文件完整，签名都有效"),
    ] {
        let answer = visitor.upload(&code, &[], ("file", &file)).await;
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    visitor.get("/?lang=en").await;
    let page = visitor.get(&code).await;
    assert!(
        page.body.contains("By hand and with a seal"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn nobody_has_records_signed_without_end() {
    let house = house(sqlite().await, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.prepare().await;
    let page = format!("/v/{}", matter.paper(PaperKind::Agreement).verify_id);
    let record = format!("{page}/record.json");
    let mut visitor = Visitor::of(&house);
    // Whoever asks again is given the same: one signature, and a look for each of the others.
    let first = visitor.get(&record).await.bytes;
    for _ in 0..294 {
        assert!(visitor.get(&record).await.bytes == first);
    }
    for path in [&record, &page] {
        let refused = visitor.get(path).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert!(refused.headers.contains_key("retry-after"));
    }
    // Whoever looks at nothing that costs is not held up.
    assert_eq!(visitor.get("/verify").await.status, StatusCode::OK);
    house.web.desk.clock.advance(SignedDuration::from_mins(1));
    assert!(visitor.get(&record).await.bytes == first);
    // What is said of it now is another thing.
    matter.sign("claimant").await;
    assert!(visitor.get(&record).await.bytes != first);
}
