//! Checking papers: whole, changed, cut and foreign files, and what anybody learns behind a square code.

use axum::http::StatusCode;

use super::matter::Matter;
use super::visitor::{House, Visitor, house, rules};
use crate::documents::keys::Roots;
use crate::documents::record::{Record, State};
use crate::documents::verify::{self, Standing};
use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::fixture::{Quarrel, actor};
use crate::domain::paper::PaperKind;
use crate::domain::signature::Shown;
use crate::domain::stage::EndCode;
use crate::i18n::Locale;
use crate::storage::fixture::{Database, on_each, sqlite};

const GOOD: &str = "文件完整，签名都有效";
const BAD: &str = "这份文件不能相信";
const FOREIGN: &str = "这不是本平台出具的文书";
const WHOLE: &str = "有签名靠不住，先不要采信";
const OTHER: &str = "与平台保存的文件不一致";
const OLDER: &str = "这是较早的一份";
const UNSIGNED: &str = "还没有人签名";

async fn says(house: &House, path: &str, file: &[u8]) -> &'static str {
    let answer = Visitor::of(house).upload(path, &[], ("file", file)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let title = answer
        .body
        .split("notice-title\">")
        .nth(1)
        .expect("a verdict");
    [OTHER, OLDER, UNSIGNED, GOOD, WHOLE, FOREIGN, BAD]
        .into_iter()
        .find(|verdict| title.split('<').next().unwrap().contains(verdict))
        .unwrap_or_else(|| panic!("{title}"))
}

/// The positions at which revisions end.
fn ends(file: &[u8]) -> Vec<usize> {
    let mark = b"%%EOF\n";
    let found = file.windows(mark.len()).enumerate();
    found
        .filter(|(_, window)| window == mark)
        .map(|(at, _)| at + mark.len())
        .collect()
}

on_each!(
    a_whole_file_is_told_from_a_changed_a_cut_and_a_foreign_one,
    a_paper_that_nobody_has_signed_is_called_so,
    a_ruling_is_held_against_the_agreement_sent_with_it,
    behind_the_square_code_of_no_paper_stands_anything_of_the_people_or_the_case,
    the_record_behind_the_code_is_signed_and_tells_old_from_new_without_a_name,
    the_report_on_a_signing_is_for_its_people_and_the_court_and_known_behind_the_code,
);

#[tokio::test]
async fn whoever_comes_while_many_files_are_checked_is_asked_to_come_again() {
    let house = house(sqlite().await, false).await;
    let crowd = house.web.checks.crowd();
    let answer = Visitor::of(&house)
        .upload("/verify", &[], ("file", b"%PDF-1.4"))
        .await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        answer.body.contains("请过一分钟再传一次"),
        "{}",
        answer.body
    );
    assert!(!answer.body.contains("notice-title"));
    drop(crowd);
    assert_eq!(says(&house, "/verify", b"%PDF-1.4").await, FOREIGN);
}

async fn the_report_on_a_signing_is_for_its_people_and_the_court_and_known_behind_the_code(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    let other = matter.beside(0xcb).await;
    matter.prepare().await;
    let paper = matter.paper(PaperKind::Agreement).clone();
    let report = matter.at(&format!("papers/{}/evidence", paper.id));
    let mut claimant = matter.visitor("claimant").await;
    assert_eq!(claimant.get(&report).await.status, StatusCode::CONFLICT);
    let page = claimant.get(&format!("/cases/{}", matter.case.id)).await;
    assert!(
        !page.body.contains(&report),
        "not offered before all have signed"
    );
    matter.sign_all().await;
    for name in ["respondent", "claimant"] {
        matter.join(name).await;
    }
    let page = claimant.get(&format!("/cases/{}", matter.case.id)).await;
    assert!(page.body.contains(&report), "{}", page.body);
    let made = claimant.get(&report).await.bytes;
    for name in ["respondent", "mediator", "judge", "clerk"] {
        let answer = matter.visitor(name).await.get(&report).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert!(answer.bytes == made, "{name} reads the same");
    }
    let elsewhere = report.replace(&matter.case.id.to_string(), &other.case.id.to_string());
    assert_eq!(claimant.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
    for name in [
        "stranger",
        "other_mediator",
        "dispatcher",
        "seal_holder",
        "operator",
    ] {
        let answer = matter.visitor(name).await.get(&report).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
    for path in [format!("/v/{}", paper.verify_id), "/verify".to_owned()] {
        let page = Visitor::of(&house)
            .upload(&path, &[], ("file", &made))
            .await;
        assert!(
            page.body.contains("这是这份文书的签署存证报告"),
            "{}",
            page.body
        );
    }
}

/// The platform's record of a paper, as anybody downloads it, and what it says.
pub(super) async fn record_of(matter: &Matter<'_>, verify_id: &str) -> (String, Record) {
    let path = format!("/v/{verify_id}/record.json");
    let answer = Visitor::of(matter.house).get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    let roots = matter.house.web.chancery.authority.roots().unwrap();
    let record = verify::record(&answer.bytes, &roots).unwrap();
    (answer.body, record)
}

async fn the_record_behind_the_code_is_signed_and_tells_old_from_new_without_a_name(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.prepare().await;
    let agreement = matter.paper(PaperKind::Agreement).verify_id.clone();
    let (_, begun) = record_of(&matter, &agreement).await;
    assert_eq!((begun.state, begun.history.signed()), (State::Signing, 0));
    matter.sign_all().await;
    for name in ["respondent", "claimant"] {
        matter.join(name).await;
    }
    matter.confirm().await;
    let file = matter.file(PaperKind::Agreement).await;
    let (text, done) = record_of(&matter, &agreement).await;
    assert_eq!((done.state, done.history.signed()), (State::Complete, 4));
    for secret in secrets(&matter.case) {
        assert!(!text.contains(&secret), "{secret}");
    }
    let roots = house.web.chancery.authority.roots().unwrap();
    let standing = |bytes: &[u8], record: &Record| {
        verify::compare(bytes, &verify::run(bytes, &roots), record).standing
    };
    assert_eq!(standing(&file, &done), Standing::Newest);
    assert_eq!(standing(&file, &begun), Standing::Later);
    for end in ends(&file) {
        let cut = &file[..end];
        let expected = if end == file.len() {
            Standing::Newest
        } else {
            Standing::Truncated
        };
        assert_eq!(standing(cut, &done), expected);
    }
    let ruling = matter.paper(PaperKind::Ruling).verify_id.clone();
    let (_, decision) = record_of(&matter, &ruling).await;
    assert_eq!(standing(&file, &decision), Standing::ReferredTo);
    say_their_age_and_outcome(&house, &file, [&done, &decision]);
    assert_eq!(
        standing(&file[..file.len() - 1], &decision),
        Standing::Other
    );
    for path in [format!("/v/{ruling}"), "/verify".to_owned()] {
        let page = Visitor::of(&house)
            .upload(&path, &[], ("file", &file))
            .await;
        assert!(
            page.body
                .matches("法院已经就这份文件作出裁定：调解协议有效")
                .count()
                == 1,
            "{}",
            page.body
        );
    }
    let nothing = Visitor::of(&house)
        .get(&format!("/v/{}/record.json", "f".repeat(32)))
        .await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

/// Each answer says of when the record is; a ruling that was taken back refers to nothing.
fn say_their_age_and_outcome(house: &House, file: &[u8], [done, decision]: [&Record; 2]) {
    let roots = house.web.chancery.authority.roots().unwrap();
    let compared = |record: &Record| verify::compare(file, &verify::run(file, &roots), record);
    let told = |record: &Record| {
        let texts = &house.web.texts;
        verify::describe_record(&compared(record), texts, Locale::ZhCn).join("\n")
    };
    for record in [done, decision] {
        assert!(told(record).contains("记录出具的时间：2026-"));
    }
    assert_eq!(decision.outcome.as_deref(), Some("valid"));
    assert!(told(decision).contains("作出裁定：调解协议有效"));
    for state in [State::Void, State::Lapsed, State::Signing] {
        let not = Record {
            state,
            ..decision.clone()
        };
        assert_eq!(compared(&not).standing, Standing::Other, "{state:?}");
    }
}

async fn a_whole_file_is_told_from_a_changed_a_cut_and_a_foreign_one(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.settle().await;
    let whole = matter.file(PaperKind::Agreement).await;
    let record = format!("/v/{}", matter.paper(PaperKind::Agreement).verify_id);
    assert_eq!(says(&house, "/verify", &whole).await, GOOD);
    assert_eq!(says(&house, &record, &whole).await, GOOD);

    let mut tampered = whole.clone();
    tampered[whole.len() / 2] ^= 1;
    assert_eq!(says(&house, "/verify", &tampered).await, BAD);
    assert_eq!(says(&house, &record, &tampered).await, OTHER);

    let ends = ends(&whole);
    let [base, first, .., last] = ends[..] else {
        panic!("{ends:?}")
    };
    assert_eq!(last, whole.len());
    // The file itself tells where its record is.
    for end in &ends[..ends.len() - 1] {
        assert_eq!(says(&house, "/verify", &whole[..*end]).await, OLDER);
        assert_eq!(says(&house, &record, &whole[..*end]).await, OLDER);
    }
    // What only begins as ours does is no copy of it: cut within a revision.
    for cut in [20, base - 1, first - 1, first + 100, last - 1] {
        assert_eq!(says(&house, "/verify", &whole[..cut]).await, BAD, "{cut}");
        assert_eq!(says(&house, &record, &whole[..cut]).await, OTHER, "{cut}");
    }

    let foreign = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n";
    assert_eq!(says(&house, "/verify", foreign).await, FOREIGN);
    assert_eq!(says(&house, &record, foreign).await, OTHER);
}

#[tokio::test]
async fn a_paper_of_another_house_is_whole_and_not_trusted_and_none_of_ours() {
    let (ours, theirs) = (
        house(sqlite().await, false).await,
        house(sqlite().await, false).await,
    );
    let rules = rules();
    let mut matter = Matter::begin(&ours, Quarrel::new(&rules).agreed().case).await;
    matter.settle().await;
    let mut other = Matter::begin(&theirs, Quarrel::new(&rules).agreed().case).await;
    other.settle().await;
    let file = other.file(PaperKind::Agreement).await;
    assert_eq!(says(&ours, "/verify", &file).await, WHOLE);
    let record = format!("/v/{}", matter.paper(PaperKind::Agreement).verify_id);
    assert_eq!(says(&ours, &record, &file).await, OTHER);
}

async fn a_paper_that_nobody_has_signed_is_called_so(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.prepare().await;
    let base = matter.file(PaperKind::Agreement).await;
    let record = format!("/v/{}", matter.paper(PaperKind::Agreement).verify_id);
    assert_eq!(says(&house, &record, &base).await, UNSIGNED);
    matter.act("mediator", Action::ReopenDraft).await;
    let over = Visitor::of(&house)
        .upload(&record, &[], ("file", &base))
        .await;
    assert!(over.body.contains("这份文书已经作废"));
    let gone = record.trim_start_matches("/v/");
    let (_, gone) = record_of(&matter, gone).await;
    assert_eq!(gone.state, State::Void);
    let report = verify::run(&base, &Roots::default());
    assert_eq!(
        verify::compare(&base, &report, &gone).standing,
        Standing::Void
    );
}

pub(super) const CURRENT: &str = "有效，是现行的文书";
pub(super) const STATES: [&str; 5] = [
    CURRENT,
    "还在签署",
    "已经提交法院",
    "法院已经就它作出裁定",
    "不再起作用",
];

async fn a_ruling_is_held_against_the_agreement_sent_with_it(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.settle().await;
    for name in ["respondent", "claimant"] {
        matter.join(name).await;
    }
    matter.confirm().await;
    let ruling = matter.file(PaperKind::Ruling).await;
    let agreement = matter.file(PaperKind::Agreement).await;
    let application = matter.file(PaperKind::Application).await;
    let said = async |agreement: &[u8]| {
        let mut visitor = Visitor::of(&house);
        let page = visitor.get("/verify").await;
        assert!(page.body.contains("name=\"agreement\""), "{}", page.body);
        let files = [("file", ruling.as_slice()), ("agreement", agreement)];
        let request = Visitor::multipart_of("/verify", &[("csrf", page.token())], &files);
        visitor.send(request).await.body
    };
    assert!(
        said(&agreement)
            .await
            .contains("针对的正是您一起上传的这份")
    );
    for other in [&application[..], &agreement[..agreement.len() - 1], b"%PDF"] {
        let page = said(other).await;
        assert!(page.contains("针对的不是您一起上传的这份"), "{page}");
        assert!(!page.contains("针对的正是"), "{page}");
    }
    // Without an agreement beside it nothing is said of one.
    assert_eq!(says(&house, "/verify", &ruling).await, GOOD);
}

/// What `/v/{id}` answers must name nobody and lead nobody to the case.
async fn behind_the_square_code_of_no_paper_stands_anything_of_the_people_or_the_case(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = rules();
    let mut settled = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    let mut ended = settled.beside(0xcb).await;
    settled.settle().await;
    for name in ["respondent", "claimant"] {
        settled.join(name).await;
    }
    settled.confirm().await;
    let code = EndCode::TooFarApart;
    ended.act("mediator", Action::End { code }).await;
    let chancery = &house.web.chancery;
    let read = chancery
        .draft_certificate(&ended.case)
        .await
        .unwrap()
        .hash();
    let holder = actor("seal_holder");
    let issued = chancery.issue_certificate(&holder, ended.case.id, &read, Shown::default());
    ended.case = issued.await.unwrap();

    let papers = [
        (&settled, PaperKind::Agreement, "调解协议书"),
        (&settled, PaperKind::Application, "司法确认申请书"),
        (&settled, PaperKind::Ruling, "民事裁定书"),
        (&ended, PaperKind::NonSettlement, "调解终止证明"),
    ];
    for (matter, kind, called) in papers {
        let paper = matter.paper(kind);
        let page = Visitor::of(&house)
            .get(&format!("/v/{}", paper.verify_id))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        let mark = &paper.hash.as_str()[..4];
        let state = if kind == PaperKind::Application {
            STATES[3]
        } else {
            CURRENT
        };
        for said in [called, state, "2026", mark, "Willow Street"] {
            assert!(page.body.contains(said), "{called}: {said}\n{}", page.body);
        }
        for secret in secrets(&matter.case) {
            assert!(!page.body.contains(&secret), "{called} tells {secret}");
        }
    }
    let unknown = Visitor::of(&house)
        .get(&format!("/v/{}", "f".repeat(32)))
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.body.contains("请再扫一次"), "kindly");
}

/// What would lead from a paper to its people.
pub(super) fn secrets(case: &Case) -> Vec<String> {
    let mut secrets: Vec<String> = vec![
        case.number.clone(),
        case.id.to_string(),
        case.place.address.clone(),
        case.story.clone(),
        "陈明".to_owned(),
    ];
    for party in &case.parties {
        secrets.push(party.name.to_string());
        secrets.push(party.address.clone());
        let phone = party.contact.phone.as_ref();
        secrets.extend(phone.map(|phone| phone.as_e164().trim_start_matches("+86").to_owned()));
    }
    let settlement = case.stage.settlement();
    secrets.extend(settlement.map(|settlement| settlement.agreement.number.clone()));
    secrets
}
