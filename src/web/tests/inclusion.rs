//! The proof that a paper is under an hourly anchor: for those of the case, who hand it on to whoever checks it elsewhere.

use std::sync::Arc;

use axum::http::StatusCode;
use jiff::SignedDuration;

use super::matter::Matter;
use super::visitor::{Visitor, house, rules};
use crate::audit::{Anchoring, Inclusion, Unproven};
use crate::domain::anchor::hour_of;
use crate::domain::fixture::Quarrel;
use crate::domain::paper::PaperKind;
use crate::storage::fixture::{Database, on_each};

on_each!(whoever_reads_a_paper_takes_the_proof_away_and_checks_it_without_the_platform);

async fn whoever_reads_a_paper_takes_the_proof_away_and_checks_it_without_the_platform(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.settle().await;
    let paper = matter.paper(PaperKind::Agreement).clone();
    let path = matter.at(&format!("papers/{}?proof=inclusion", paper.id));
    let mut claimant = matter.visitor("claimant").await;
    assert_eq!(claimant.get(&path).await.status, StatusCode::CONFLICT);

    let clock = Arc::clone(&house.web.desk.clock);
    let anchoring = Anchoring {
        store: house.web.desk.store.clone(),
        files: house.web.files.clone(),
        clock: Arc::clone(&clock),
        authority: Arc::clone(&house.web.chancery.authority),
    };
    clock.advance(SignedDuration::from_hours(1));
    assert_eq!(anchoring.make(hour_of(clock.now())).await.unwrap(), 1);
    let shown = claimant.get(&path).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);

    let roots = house.web.chancery.authority.roots().unwrap();
    let file = matter.file(PaperKind::Agreement).await;
    let check = |file: &[u8]| Inclusion::check(&shown.bytes, file, (&roots, &[]));
    assert_eq!(check(&file).unwrap().number, 1);
    let cut = &file[..file.len() - 1];
    assert_eq!(check(cut), Err(Unproven::OtherFile));

    for name in ["stranger", "other_mediator"] {
        let refused = matter.visitor(name).await.get(&path).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{name}");
    }
    // It names the matter, so that it stands behind the code for its people alone.
    let code = format!("/v/{}", paper.verify_id);
    let link = "?proof=inclusion";
    assert!(claimant.get(&code).await.body.contains(link));
    let anybody = Visitor::of(&house).get(&code).await;
    assert!(!anybody.body.contains(link), "{}", anybody.body);
}
