//! A missed target as the head above a committee reads it: how late, whom to call, and nothing of the case.

use axum::http::StatusCode;
use jiff::SignedDuration;

use super::matter::Matter;
use super::visitor::{House, house, rules};
use crate::domain::case::Case;
use crate::domain::fixture::{COMMITTEE, Quarrel};
use crate::domain::ids::OrganisationId;
use crate::domain::intake::{Pace, Target};
use crate::domain::organisation::OrganisationKey;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{StorageError, office, write_tx};

on_each!(the_head_above_reads_how_late_it_is_and_whom_to_call_and_nothing_else,);

/// A committee without a head of its own, below the one that has one.
async fn small_committee(house: &House) -> OrganisationId {
    let store = &house.web.desk.store;
    let above = office::organisation(&mut store.read().await.unwrap(), COMMITTEE).await;
    let mut body = above.unwrap().unwrap();
    body.organisation.parent = Some(body.organisation.key.clone());
    body.id = OrganisationId(uuid::Uuid::from_u128(0x5a11));
    body.organisation.key = OrganisationKey("small".to_owned());
    let kept: Result<(), StorageError> =
        write_tx!(store, |tx| { office::insert_organisation(tx, &body).await });
    kept.unwrap();
    body.id
}

fn late(house: &House, mut case: Case) -> Case {
    let begun = house.web.desk.clock.now() - SignedDuration::from_mins(10);
    let mut pace = Pace::new(begun);
    pace.missed.insert(Target::Receive);
    case.intake.pace = Some(pace);
    case
}

async fn the_head_above_reads_how_late_it_is_and_whom_to_call_and_nothing_else(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let received = Quarrel::new(&rules).received().case;
    let matter = Matter::begin(&house, received.clone()).await;
    let mut case = late(&house, received.clone());
    case.organisation = small_committee(&house).await;
    let below = matter.beside_as(0x61, case).await;
    let own = matter.beside_as(0x62, late(&house, received)).await;
    let mut head = matter.visitor("head").await;
    let case = format!("/cases/{}", below.case.id);
    assert_eq!(head.get(&case).await.status, StatusCode::NOT_FOUND);
    let path = format!("/desk/late/{}", below.case.id);
    let page = head.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for told in [
        below.case.number.as_str(),
        "超时，已过 10:00",
        "01065550100",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    for hidden in ["安和", "康宁", "13800000001", "拖椅子", case.as_str()] {
        assert!(!page.body.contains(hidden), "{hidden}: {}", page.body);
    }
    let page = head.get(&format!("/desk/late/{}", own.case.id)).await.body;
    assert!(
        page.contains(&format!("/cases/{}", own.case.id)),
        "their own"
    );
    assert!(page.contains("陈明"), "who sorts there: {page}");
    for name in [
        "dispatcher",
        "mediator",
        "supervisor",
        "operator",
        "claimant",
    ] {
        let answer = matter.visitor(name).await.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
    let in_time = format!("/desk/late/{}", matter.case.id);
    let nothing = head.get(&in_time).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND, "nothing was missed");
}
