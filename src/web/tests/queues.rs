//! The queues of the desk: nothing is lost behind the first page, and what waits longest comes first.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::link::dispatcher;
use super::visitor::{Answer, House, house};
use crate::domain::action::Action;
use crate::domain::fixture::{CLAIMANT, Quarrel, rules};
use crate::domain::ids::{CaseId, DocumentId};
use crate::domain::paper::PaperKind;
use crate::domain::service::Wish;
use crate::domain::stage::EndCode;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{StorageError, cases, write_tx};

on_each!(
    every_case_of_a_long_queue_is_found_the_longest_waiting_first,
    a_certified_end_waits_for_nobody,
    no_paper_to_bring_is_lost_behind_the_first_page,
);

/// Stores the quarrel as a case of the house, opened so many minutes later than the first.
async fn keep(house: &House, quarrel: &Quarrel<'_>, minute: i64) -> String {
    let mut case = quarrel.case.clone();
    case.id = CaseId(house.web.desk.clock.new_id());
    case.organisation = house.committee;
    case.number = format!("第{minute:03}件");
    case.opened_at += SignedDuration::from_mins(minute);
    for paper in &mut case.papers {
        let (before, now) = (paper.id, DocumentId(house.web.desk.clock.new_id()));
        let mut brought = case.deliveries.iter_mut();
        if let Some(delivery) = brought.find(|it| it.paper == before) {
            delivery.paper = now;
        }
        paper.id = now;
        paper.verify_id = paper.id.to_string();
    }
    let kept: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        cases::insert(tx, &case).await
    });
    kept.unwrap();
    case.number
}

/// The case numbers of a page in their order.
fn numbers(page: &Answer) -> Vec<String> {
    let parts = page.body.split("第").skip(1);
    let found = parts.filter_map(|part| part.split_once("件").map(|(digits, _)| digits));
    let three = found.filter(|digits| digits.len() == 3);
    three.map(|digits| format!("第{digits}件")).collect()
}

/// Where the page says that the queue goes on.
fn rest_of(page: &Answer) -> Option<String> {
    let main = page.body.split("<main").nth(1)?;
    let rest = main.split("/desk?of=accept&amp;after=").nth(1)?;
    rest.split('"').next().map(str::to_owned)
}

async fn every_case_of_a_long_queue_is_found_the_longest_waiting_first(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut kept = Vec::new();
    for minute in 0..201 {
        kept.push(keep(&house, &Quarrel::new(&rules).received(), minute).await);
    }
    // What is over and changed last must push nothing out.
    for minute in 300..303 {
        keep(&house, &Quarrel::new(&rules).confirmed(), minute).await;
    }
    let mut he = dispatcher(&house).await;
    let mut page = he.get("/desk").await;
    assert!(page.body.contains("99 件以上"), "{}", page.body);
    assert_eq!(numbers(&page)[..10], kept[..10]);
    let mut found: Vec<_> = numbers(&page)[..10].to_vec();
    let mut before = 0;
    while let Some(from) = rest_of(&page) {
        // Whatever comes in meanwhile pushes nothing out of the page that follows, and nothing into it twice.
        before -= 1;
        keep(&house, &Quarrel::new(&rules).received(), before).await;
        page = he.get(&format!("/desk?of=accept&after={from}")).await;
        found.extend(numbers(&page));
    }
    assert_eq!(found, kept);
    let once: BTreeSet<_> = found.iter().collect();
    assert_eq!(once.len(), 201);
}

async fn a_certified_end_waits_for_nobody(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut ended = Quarrel::new(&rules).active();
    let code = EndCode::Refused;
    ended.act("mediator", Action::End { code });
    keep(&house, &ended, 1).await;
    let mut he = dispatcher(&house).await;
    let waits = he.get("/desk").await;
    assert!(waits.body.contains("调解已结束"), "{}", waits.body);
    let paper = ended.paper(PaperKind::NonSettlement, "终止证明");
    ended.act(
        "seal_holder",
        Action::IssueCertificate { paper, shown: None },
    );
    keep(&house, &ended, 2).await;
    let page = he.get("/desk").await;
    let (waiting, over) = page.body.split_once("已移交或结案").unwrap();
    assert!(waiting.contains("第001件") && !waiting.contains("第002件"));
    assert!(over.contains("第002件") && over.contains("证明已出具"));
}

async fn no_paper_to_bring_is_lost_behind_the_first_page(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut settled = Quarrel::new(&rules).settled();
    let mut paper = settled.paper(PaperKind::ServiceAddress, "service");
    paper.party = Some(CLAIMANT);
    let wish = Wish {
        address: "柳荫里 3 号楼 502 室".to_owned(),
        ..Wish::default()
    };
    settled.act("claimant", Action::ConfirmService { wish, paper });
    let mut kept = BTreeSet::new();
    for minute in 0..52 {
        kept.insert(keep(&house, &settled, minute).await);
    }
    let mut he = dispatcher(&house).await;
    let rest_of = |page: &Answer| {
        let main = page.body.split("<main").nth(1)?;
        let rest = main.split("/desk/deliveries?after=").nth(1)?;
        rest.split('"').next().map(str::to_owned)
    };
    let first = he.get("/desk/deliveries").await;
    let rest = rest_of(&first).unwrap();
    let second = he.get(&format!("/desk/deliveries?after={rest}")).await;
    assert_eq!(rest_of(&second), None);
    let of = |page: &Answer| numbers(page).into_iter().collect::<BTreeSet<_>>();
    let (first, second) = (of(&first), of(&second));
    assert_eq!((first.len(), second.len()), (50, 2));
    assert_eq!(first.union(&second).cloned().collect::<BTreeSet<_>>(), kept);
}
