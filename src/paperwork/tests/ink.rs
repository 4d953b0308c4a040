//! The report on an agreement that was signed by hand.

use super::acting::{PHOTO, agent};
use super::dossier::pdftotext;
use super::evidence::{data, prepared, reads, says};
use super::*;
use crate::documents::verify::run;
use crate::domain::permission::may_open;
use crate::storage::fixture::{Database, on_each};

on_each!(
    an_agreement_signed_by_hand_has_its_report_as_well,
    what_was_signed_and_not_kept_is_proved_before_the_court_as_before,
    a_word_in_between_costs_the_officer_no_round_of_certifying,
    a_company_without_an_account_is_named_as_a_company,
);

async fn an_agreement_signed_by_hand_has_its_report_as_well(database: Database) {
    let mut house = house(database, true).await;
    prepared(&mut house).await;
    house.reload().await;
    let respondent = actor("respondent");
    let switched = house.chancery.sign_on_paper(&respondent, &house.case);
    house.case = switched.await.unwrap();
    let printed = house.text();
    let now = house.chancery.desk.clock.now();
    house.case = house.certified(now).await.unwrap();
    house.confirmed().await;
    let (paper, report) = house.witnessed(PaperKind::Agreement).await;
    let text = reads(&report);
    says(
        &text,
        &[
            "纸质原件",
            printed.as_str(),
            ContentHash::of(PHOTO).as_str(),
            paper.hash.as_str(),
            "申请人：安和",
            "被申请人：康宁",
            "在纸上亲笔签名或者盖章，见扫描件",
            "核对扫描件的人：陈明",
        ],
    );
    let told = data(&report);
    let signers = told["signers"].as_array().unwrap();
    let seats: Vec<_> = signers
        .iter()
        .map(|it| it["role"].as_str().unwrap())
        .collect();
    let expected = [
        "applicant",
        "respondent",
        "mediator",
        "seal",
        "officer",
        "seal",
    ];
    assert_eq!(seats, expected);
    for signer in &signers[..4] {
        assert_eq!(signer["in_ink"], true, "{signer}");
        assert!(signer["certificate"].is_null() && signer["consent"].is_null());
    }
    assert_eq!(signers[0]["identity"]["by"], "陈明");
    assert!(
        !signers[4]["certificate"].is_null(),
        "the officer signs electronically"
    );
    assert_eq!(signers[5]["hand"], "方章", "and another confirms it");
    let roots = house.chancery.authority.roots().unwrap();
    assert!(run(&report, &roots).accepted);
}

async fn what_was_signed_and_not_kept_is_proved_before_the_court_as_before(database: Database) {
    let mut house = house(database, true).await;
    prepared(&mut house).await;
    house.reload().await;
    let respondent = actor("respondent");
    let switched = house.chancery.sign_on_paper(&respondent, &house.case);
    house.case = switched.await.unwrap();
    let now = house.chancery.desk.clock.now();
    house.case = house.certified(now).await.unwrap();
    house.confirmed_by("head").await;
    let clock = &house.chancery.desk.clock;
    clock.advance(jiff::SignedDuration::from_hours(24 * 11));
    house.act("claimant", Action::ReportBreach).await;
    let to = crate::domain::track::Way::Court;
    house.act("claimant", Action::HandOver { to }).await;
    assert_eq!(house.case.stage.name(), "litigate");
    let (paper, report) = house.witnessed(PaperKind::Agreement).await;
    says(&reads(&report), &["纸质原件", "核对扫描件的人：陈明"]);
    let record = house.chancery.record(&house.case, &paper.verify_id).await;
    let on_paper = record.unwrap().by_hand.unwrap();
    assert_eq!(on_paper.hands.len(), 4, "whose names stand on the sheets");
    let large = house.chancery.large_copy(&house.case, &paper).await;
    says(
        &pdftotext(&large.unwrap().unwrap()).replace(['\n', ' '], ""),
        &["调解协议书", "每晚十点至次日七点不拖动家具"],
    );
    let scan = ContentHash::of(PHOTO);
    for name in ["claimant", "respondent", "mediator"] {
        assert!(may_open(&actor(name), &house.case, &scan), "{name}");
    }
    assert!(!may_open(&actor("stranger"), &house.case, &scan));
}

/// The code is spent on the text that was printed, and that is the same still.
async fn a_word_in_between_costs_the_officer_no_round_of_certifying(database: Database) {
    let mut house = house(database, true).await;
    prepared(&mut house).await;
    house.reload().await;
    let respondent = actor("respondent");
    let switched = house.chancery.sign_on_paper(&respondent, &house.case);
    house.case = switched.await.unwrap();
    let now = house.chancery.desk.clock.now();
    let seen = house.case.clone();
    let reason = "想再看看".to_owned();
    house
        .act("respondent", Action::DeclineToSign { reason })
        .await;
    house.case = seen;
    let certified = house.certified(now).await.unwrap();
    let open = certified.stage.signing().unwrap();
    assert!(open.is_certified());
    let told = open.by_hand.as_ref().map(|it| it.refusals.len());
    assert_eq!(told, Some(1), "and the word stands");
}

/// 解释 353: before anybody has seen its licence its seat is 住所地 already.
async fn a_company_without_an_account_is_named_as_a_company(database: Database) {
    let rules = crate::domain::fixture::rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let (now, head) = (quarrel.now, crate::domain::agent::Right::Representative);
    let company = &mut quarrel.case.parties[0];
    (company.person, company.identity) = (None, None);
    company.agent = Some(agent("赵总", 0x5003, head, now));
    let house = house_of(database, quarrel.case, now).await;
    let mediator = actor("mediator");
    let Some(Current::Draft(draft)) = house
        .chancery
        .current_paper(&mediator, &house.case)
        .await
        .unwrap()
    else {
        panic!("the clauses lie on the board");
    };
    let text = pdftotext(&draft).replace(['\n', ' '], "");
    says(&text, &["住所地柳荫里3号楼502室", "法定代表人：赵总"]);
}
