//! The report on how a paper was signed: what is in it, that it stays, and that it is of the platform.

use super::*;
use crate::documents::record::State;
use crate::documents::verify::{Standing, compare, public_id, run};
use crate::domain::signature::{Device, Means};
use crate::storage::fixture::{Database, on_each};

on_each!(
    the_report_says_how_everybody_signed_and_stays_as_it_was_made,
    there_is_no_report_while_somebody_has_yet_to_sign,
);

/// Everybody signs, each with what they showed on the page.
async fn settled_on_pages(house: &mut House) {
    let at = house.chancery.desk.clock.now();
    let shown = |means| Shown {
        identified: Some(means),
        code_at: Some(at),
        device: Some(Device::Phone),
    };
    prepared(house).await;
    let read = house.text();
    for (name, means) in [
        ("claimant", Means::CodeByPhone),
        ("respondent", Means::CodeByMail),
        ("mediator", Means::SecondFactor),
    ] {
        let (hand, look, id) = (actor(name), drawn(), house.case.id);
        let chancery = &house.chancery;
        let signed = chancery.sign(&hand, id, &read, &look, shown(means));
        house.case = signed.await.unwrap();
    }
    let holder = actor("seal_holder");
    let (chancery, shown) = (&house.chancery, shown(Means::SecondFactor));
    let sealed = chancery.seal(&holder, house.case.id, &read, shown);
    house.case = sealed.await.unwrap();
}

/// On paper, and both parties willing to sign it electronically.
async fn prepared(house: &mut House) {
    let mediator = actor("mediator");
    let chancery = &house.chancery;
    let prepared = chancery.prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    house.willing().await;
}

/// The data within a report.
fn data(report: &[u8]) -> serde_json::Value {
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
    assert_eq!(
        data["subject"]["revisions"]
            .as_array()
            .unwrap()
            .last()
            .unwrap(),
        paper.hash.as_str()
    );
    let signers = data["signers"].as_array().unwrap();
    assert_eq!(signers.len(), 4);
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
    let consent = signers[0]["consent"]["text"].as_str().unwrap();
    assert!(consent.contains("电子签名"), "{consent}");
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
    let report = house
        .chancery
        .evidence_report(&house.case, &paper)
        .await
        .unwrap();
    let again = house
        .chancery
        .evidence_report(&house.case, &paper)
        .await
        .unwrap();
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
