//! What is printed in the room: what lies on the table, and no party's own.

use super::dossier::pdftotext;
use super::*;
use crate::domain::fixture::CLAIMANT;
use crate::domain::service::Wish;

on_each!(
    the_newest_paper_for_the_table_is_printed_and_no_partys_own,
    what_lies_open_for_signing_is_printed_whatever_was_made_after_it,
    a_ruling_comes_after_the_agreement_also_on_the_same_day,
    the_papers_before_the_court_are_there_in_large_print_word_for_word,
);

impl House {
    /// What a tap on "print" gives somebody.
    async fn printed(&self, name: &str) -> &'static str {
        let reader = actor(name);
        let current = self.chancery.current_paper(&reader, &self.case);
        match current.await.unwrap() {
            Some(Current::Draft(_)) => "draft",
            Some(Current::Kept(paper)) => self.case.paper(paper).unwrap().kind.name(),
            None => "nothing",
        }
    }

    /// The claimant says where it wants to be served, on a paper of its own.
    async fn address(&mut self) {
        let wish = Wish {
            address: "柳荫里 3 号楼 502 室".to_owned(),
            ..Wish::default()
        };
        let chancery = &self.chancery;
        let draft = chancery.draft_service(&self.case, CLAIMANT, &wish).await;
        let hash = draft.unwrap().hash();
        let claimant = actor("claimant");
        let kept = chancery.confirm_service(&claimant, &self.case, wish, &hash);
        self.case = kept.await.unwrap();
    }
}

async fn the_newest_paper_for_the_table_is_printed_and_no_partys_own(database: Database) {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).received();
    let mut house = house_of(database, quarrel.case, quarrel.now).await;
    house.act("dispatcher", Action::Accept).await;
    assert_eq!(house.printed("dispatcher").await, "nothing");
    house.chancery.draw_up(house.case.id).await.unwrap();
    house.reload().await;
    assert_eq!(house.printed("dispatcher").await, "rights_notice");
    house.address().await;
    for name in ["claimant", "dispatcher"] {
        assert_eq!(house.printed(name).await, "rights_notice", "{name}");
    }
    assert_eq!(house.printed("stranger").await, "nothing");
}

async fn what_lies_open_for_signing_is_printed_whatever_was_made_after_it(database: Database) {
    let mut house = house(database, true).await;
    assert_eq!(house.printed("mediator").await, "draft");
    let mediator = actor("mediator");
    let prepared = house
        .chancery
        .prepare_signing(&mediator, &house.case, Order::Free);
    house.case = prepared.await.unwrap();
    house.address().await;
    for name in ["claimant", "mediator"] {
        assert_eq!(house.printed(name).await, "agreement", "{name}");
    }
}

async fn a_ruling_comes_after_the_agreement_also_on_the_same_day(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    assert_eq!(house.printed("claimant").await, "agreement");
    house.joined().await;
    house.accepted().await;
    let clear = all_clear(&house.chancery.desk.rules);
    house.act("judge", clear).await;
    let read = house.ruling(&Decision::Confirm).await.unwrap().hash();
    let (chancery, judge, id) = (&house.chancery, actor("judge"), house.case.id);
    let issued = chancery.issue_ruling(&judge, id, &Decision::Confirm, &read, Shown::default());
    house.case = issued.await.unwrap();
    for name in ["claimant", "judge", "mediator"] {
        assert_eq!(house.printed(name).await, "ruling", "{name}");
    }
}

/// What a paper says in its own file and in large print, without white space.
async fn both_sizes(house: &House, kind: PaperKind) -> [String; 2] {
    let paper = house.case.latest_paper(kind).unwrap();
    let chancery = &house.chancery;
    let file = chancery.file(paper).await.unwrap();
    let large = chancery.large_copy(&house.case, paper).await.unwrap();
    let large = large.unwrap();
    let fields = crate::documents::unsigned_fields(&large).unwrap();
    assert!(fields.is_empty(), "nobody signs the copy: {fields:?}");
    let said = |bytes: &[u8]| pdftotext(bytes).split_whitespace().collect();
    [said(&file), said(&large)]
}

async fn the_papers_before_the_court_are_there_in_large_print_word_for_word(database: Database) {
    let mut house = house(database, true).await;
    house.settled().await;
    house.joined().await;
    house.accepted().await;
    let clear = all_clear(&house.chancery.desk.rules);
    house.act("judge", clear).await;
    let read = house.ruling(&Decision::Confirm).await.unwrap().hash();
    let (chancery, judge, id) = (&house.chancery, actor("judge"), house.case.id);
    let decision = Decision::Confirm;
    let issued = chancery.issue_ruling(&judge, id, &decision, &read, Shown::default());
    house.case = issued.await.unwrap();
    for (kind, sentences) in [
        (PaperKind::Ruling, ["裁定如下", "本裁定"]),
        (PaperKind::Application, ["司法确认申请书", "共同提出本申请"]),
        (PaperKind::Agreement, ["调解协议书", "履行"]),
    ] {
        let [file, large] = both_sizes(&house, kind).await;
        for sentence in sentences {
            assert!(file.contains(sentence), "{sentence}: {file}");
            assert!(large.contains(sentence), "{sentence}: {large}");
        }
        assert!(large.contains("大字阅读版") && !file.contains("大字阅读版"));
        assert!(
            !large.contains("它的用语改过"),
            "it is no mere notice: {large}"
        );
    }
}
