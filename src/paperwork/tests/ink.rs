//! The report on an agreement that was signed by hand.

use super::acting::PHOTO;
use super::evidence::{data, prepared, reads, says};
use super::*;
use crate::documents::verify::run;
use crate::storage::fixture::{Database, on_each};

on_each!(an_agreement_signed_by_hand_has_its_report_as_well);

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
