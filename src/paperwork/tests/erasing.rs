//! What people wrote is erased, and how the papers were signed is told all the same.

use super::evidence::{data, reads, says, signed_by_many};
use super::*;
use crate::domain::stage::Closing;
use crate::storage::erasure::{self, AskedBy, Erasure};
use crate::storage::{StorageError, cases, events};

on_each!(
    before_words_are_erased_the_report_on_every_paper_is_made,
    of_a_signing_whose_record_is_erased_the_report_says_that_and_nothing_instead,
    a_paper_that_is_lost_keeps_nobodys_words,
    what_was_checked_after_the_signing_is_not_told_of_it,
);

impl House {
    /// Everybody did what was agreed.
    async fn done(&mut self) {
        let at = self.chancery.desk.clock.now();
        let mut case = self.case.clone();
        let settlement = case.stage.settlement().unwrap().clone();
        case.stage = Stage::Closed {
            at,
            why: Closing::Performed {
                settlement: Box::new(settlement),
                mediator: case.stage.mediator().unwrap(),
                confirmed: false,
                follow_up_by: None,
                followed_up: Vec::new(),
            },
        };
        self.keep(case).await;
    }

    async fn keep(&mut self, mut case: Case) {
        case.version += 1;
        let now = self.chancery.desk.clock.now();
        let kept: Result<(), StorageError> = write_tx!(self.chancery.desk.store, |tx| {
            cases::update(tx, &case, now).await
        });
        kept.unwrap();
        self.case = case;
    }

    fn asked(&self) -> Erasure {
        let clock = &self.chancery.desk.clock;
        Erasure {
            id: clock.new_id(),
            number: self.case.number.clone(),
            at: clock.now(),
            asked_by: AskedBy::Respondent,
            why: "本人要求".to_owned(),
        }
    }

    async fn tells_no_details(&self) {
        let mut read = self.chancery.desk.store.read().await.unwrap();
        let first = events::details(&mut read, self.case.id, 1).await;
        assert_eq!(first.unwrap(), None);
    }
}

async fn before_words_are_erased_the_report_on_every_paper_is_made(database: Database) {
    let mut house = signed_by_many(database).await;
    let early = house.chancery.erase(&house.asked()).await;
    let early = early.unwrap_err();
    assert!(
        matches!(early, PaperworkError::Storage(StorageError::Conflict)),
        "{early}"
    );
    house.done().await;
    let erased = house.chancery.erase(&house.asked()).await.unwrap();
    assert!(erased.rows > 0 && erased.unreported.is_empty());
    house.tells_no_details().await;
    let (_, report) = house.witnessed(PaperKind::Agreement).await;
    let text = reads(&report);
    says(
        &text,
        &["安和的委托代理人：言正", "短信验证码", "用印方章", "号事件"],
    );
    assert!(!text.contains("已于"), "{text}");
}

async fn of_a_signing_whose_record_is_erased_the_report_says_that_and_nothing_instead(
    database: Database,
) {
    let mut house = signed_by_many(database).await;
    house.done().await;
    let asked = house.asked();
    let gone: Result<u64, StorageError> = write_tx!(house.chancery.desk.store, |tx| {
        erasure::erase(tx, &asked).await
    });
    assert!(gone.unwrap() > 0);
    house.tells_no_details().await;
    let (_, report) = house.witnessed(PaperKind::Agreement).await;
    let text = reads(&report);
    // Whoever acted is known by the name in the signature.
    says(&text, &["安和的委托代理人：言正", "签署记录已于"]);
    for untrue in ["由平台按规则自动加盖", "身份核验", "凭本人账号"] {
        assert!(!text.contains(untrue), "{untrue}: {text}");
    }
    let told = data(&report);
    let signers = told["signers"].as_array().unwrap();
    assert_eq!(signers.len(), 6);
    for signer in signers {
        assert!(signer["erased"].is_string(), "{signer}");
        assert!(signer["identity"].is_null() && signer["hand"].is_null());
        assert!(
            !signer["certificate"].is_null(),
            "what the file itself shows"
        );
    }
}

async fn a_paper_that_is_lost_keeps_nobodys_words(database: Database) {
    let mut house = signed_by_many(database).await;
    house.done().await;
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let (id, hash) = (paper.id, paper.hash.as_str());
    std::fs::remove_file(house.folder.path().join(&hash[..2]).join(hash)).unwrap();
    let erased = house.chancery.erase(&house.asked()).await.unwrap();
    assert_eq!(erased.unreported, [id]);
    house.tells_no_details().await;
}

async fn what_was_checked_after_the_signing_is_not_told_of_it(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    let mut case = house.case.clone();
    let later = house.chancery.desk.clock.now() + jiff::SignedDuration::from_hours(1);
    case.parties[0].identity.as_mut().unwrap().at = later;
    house.keep(case).await;
    let (_, report) = house.witnessed(PaperKind::Agreement).await;
    let told = data(&report);
    let signers = told["signers"].as_array().unwrap();
    assert!(signers[0]["identity"].is_null(), "{}", signers[0]);
    assert!(!signers[1]["identity"].is_null(), "{}", signers[1]);
    says(&reads(&report), &["没有签署前核对证件的记录"]);
}
