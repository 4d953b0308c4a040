//! Looking on the spot before a case is done, and rating it without a name, as browsers see them.

use axum::http::StatusCode;

use super::evidence::photo;
use super::matter::Matter;
use super::outreach::at_the_station;
use super::visitor::{Visitor, house};
use crate::accounts::{sessions, slips};
use crate::domain::action::Action;
use crate::domain::fixture::{CLAIMANT, CLAUSE, Quarrel, RESPONDENT, rules};
use crate::domain::stage::{Closing, Stage};
use crate::storage::fixture::{Database, on_each, put};
use crate::storage::{StorageError, office, ratings, write_tx};

on_each!(
    a_mediator_writes_down_what_they_saw_and_the_case_is_done,
    a_grid_worker_looks_and_learns_nothing_else_of_the_case,
    where_no_station_covers_the_place_nobody_is_asked,
    a_grid_worker_who_is_a_party_bears_no_witness,
    a_party_rates_once_and_the_slip_gives_nothing_away,
);

/// A settled case whose one clause both call done.
async fn acknowledged(house: &super::visitor::House) -> Matter<'_> {
    let rules = rules();
    let area = {
        let mut read = house.web.desk.store.read().await.unwrap();
        let committee = office::organisation(&mut read, house.committee).await;
        committee.unwrap().unwrap().organisation.area
    };
    let mut quarrel = Quarrel::new(&rules).settled();
    quarrel.case.place.area = Some(area);
    quarrel.act(
        "claimant",
        Action::AcknowledgePerformance { clause: CLAUSE },
    );
    Matter::begin(house, quarrel.case).await
}

async fn a_mediator_writes_down_what_they_saw_and_the_case_is_done(database: Database) {
    let house = house(database, false).await;
    let mut matter = acknowledged(&house).await;
    let mut claimant = matter.visitor("claimant").await;
    let mut mediator = matter.visitor("mediator").await;
    let ledger = matter.at("performance");
    assert!(
        claimant
            .get(&ledger)
            .await
            .body
            .contains("工作人员会到现场看一看")
    );
    let list = mediator.get("/desk/due").await;
    assert_eq!(list.status, StatusCode::OK);
    let desk = mediator.get("/desk").await.body;
    assert!(desk.contains("请核实是否做到"), "{desk}");
    let verify = matter.at("verify");
    assert_eq!(claimant.get(&verify).await.status, StatusCode::CONFLICT);
    let fields = [("kept", "yes"), ("place", "3 号楼门口")];
    let empty = mediator.upload(&verify, &fields, ("photo", b"")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("3 号楼门口"), "nothing typed is lost");
    let fields = [("kept", "yes"), ("saw", "地垫铺好了"), ("place", "")];
    let text = ("photo", b"words".as_slice());
    let wrong = mediator.upload(&verify, &fields, text).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let photo = photo();
    let done = mediator.upload(&verify, &fields, ("photo", &photo)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "closed");
    let seen = &matter.case.stage.settlement().unwrap().findings[0].seen;
    let file = seen.photo.clone().unwrap();
    let path = |hash: &_| matter.at(&format!("proofs/{hash}"));
    let shown = claimant.get(&path(file.preview.as_ref().unwrap())).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        !shown.bytes.windows(3).any(|part| part == b"GPS"),
        "no place"
    );
    let original = claimant.get(&path(&file.original)).await;
    assert_eq!(original.status, StatusCode::NOT_FOUND, "the place is in it");
    assert_eq!(mediator.get(&path(&file.original)).await.bytes, photo);
    let after = mediator.get(&matter.at("follow-up")).await;
    assert_eq!(after.status, StatusCode::OK);
    let fields = [("kept", "yes"), ("note", "双方都说还好")];
    let asked = mediator.fill(&matter.at("follow-up"), &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    matter.reload().await;
    let Stage::Closed {
        why: Closing::Performed { followed_up, .. },
        ..
    } = &matter.case.stage
    else {
        panic!("closed as performed")
    };
    assert_eq!(followed_up[0].note, "双方都说还好");
}

async fn a_grid_worker_looks_and_learns_nothing_else_of_the_case(database: Database) {
    let house = house(database, false).await;
    let mut matter = acknowledged(&house).await;
    let mut worker = at_the_station(&house).await;
    let spot = format!("/checks/{}", matter.case.id);
    assert_eq!(worker.get(&spot).await.status, StatusCode::NOT_FOUND);
    let mut dispatcher = matter.visitor("dispatcher").await;
    let ask = matter.at("verify/visit");
    let csrf = dispatcher.csrf().await;
    let fields = [("csrf", csrf.as_str()), ("what", "看看客厅的地垫")];
    let asked = dispatcher.send(Visitor::request(&ask, &fields)).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let desk = worker.get("/desk").await.body;
    assert!(desk.contains("现在有 1 处"), "{desk}");
    let list = worker.get("/visits").await.body;
    assert!(
        list.contains("看看客厅的地垫") && list.contains(&spot),
        "{list}"
    );
    let page = worker.get(&spot).await.body;
    for hidden in [
        "13800000002",
        "安和",
        "康宁",
        "拖椅子",
        matter.case.number.as_str(),
    ] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    let case = format!("/cases/{}", matter.case.id);
    let fields = [("kept", "no"), ("saw", "没有看到地垫"), ("place", "")];
    let done = worker.upload(&spot, &fields, ("photo", b"")).await;
    assert_eq!(done.location(), "/visits", "{}", done.body);
    assert_eq!(worker.get(&spot).await.status, StatusCode::NOT_FOUND);
    assert_eq!(worker.get(&case).await.status, StatusCode::NOT_FOUND);
    matter.reload().await;
    assert_eq!(
        matter.case.stage.name(),
        "mediate.settled",
        "it is not done"
    );
    let mut claimant = matter.visitor("claimant").await;
    let ledger = claimant.get(&matter.at("performance")).await.body;
    assert!(ledger.contains("没有看到地垫"), "{ledger}");
}

/// What the dispatcher gets for asking a grid worker to look.
async fn ask(matter: &Matter<'_>, what: &str) -> super::visitor::Answer {
    let mut dispatcher = matter.visitor("dispatcher").await;
    let csrf = dispatcher.csrf().await;
    let fields = [("csrf", csrf.as_str()), ("what", what)];
    let path = matter.at("verify/visit");
    dispatcher.send(Visitor::request(&path, &fields)).await
}

async fn where_no_station_covers_the_place_nobody_is_asked(database: Database) {
    let house = house(database, false).await;
    let mut matter = acknowledged(&house).await;
    let refused = ask(&matter, "看看客厅的地垫").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("what-error"), "{}", refused.body);
    assert!(refused.body.contains("没有网格员能去看"));
    assert!(refused.body.contains("看看客厅的地垫"), "nothing is lost");
    matter.reload().await;
    assert_eq!(matter.case.to_verify().unwrap().visit, None);
    let mut worker = at_the_station(&house).await;
    for what in ["看看客厅的地垫", "看看阳台的地垫"] {
        assert_eq!(ask(&matter, what).await.status, StatusCode::SEE_OTHER);
    }
    let list = worker.get("/visits").await.body;
    assert!(list.contains("阳台") && !list.contains("客厅"), "{list}");
}

async fn a_grid_worker_who_is_a_party_bears_no_witness(database: Database) {
    let house = house(database, false).await;
    let mut matter = acknowledged(&house).await;
    let mut worker = at_the_station(&house).await;
    assert_eq!(ask(&matter, "看看地垫").await.status, StatusCode::SEE_OTHER);
    let spot = format!("/checks/{}", matter.case.id);
    assert_eq!(worker.get(&spot).await.status, StatusCode::OK);
    let token = &worker.cookies["heyi-session"];
    let session = sessions::find(&house.web.accounts, token).await;
    matter.reload().await;
    let mut own = matter.case.clone();
    own.parties[0].person = Some(session.unwrap().unwrap().person.id);
    own.version += 1;
    let kept: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        put(tx, &own, house.web.desk.clock.now()).await
    });
    kept.unwrap();
    assert_eq!(worker.get(&spot).await.status, StatusCode::NOT_FOUND);
    let list = worker.get("/visits").await.body;
    assert!(!list.contains("看看地垫"), "{list}");
}

async fn a_party_rates_once_and_the_slip_gives_nothing_away(database: Database) {
    let house = house(database, false).await;
    let mut matter = acknowledged(&house).await;
    let slip = |party| {
        let token = slips::token(&house.web.accounts.secrets, &matter.case, party);
        format!("/r/{token}")
    };
    let (mine, theirs) = (slip(CLAIMANT), slip(RESPONDENT));
    let printed = matter.at(&format!("slips/{CLAIMANT}"));
    let mut dispatcher = matter.visitor("dispatcher").await;
    let early = dispatcher.get(&printed).await.status;
    assert_eq!(early, StatusCode::NOT_FOUND, "there is nothing to rate");
    matter.act("mediator", Quarrel::new(&rules()).seen()).await;
    let mut claimant = matter.visitor("claimant").await;
    let ledger = claimant.get(&matter.at("performance")).await.body;
    assert!(ledger.contains(&mine) && !ledger.contains(&theirs));
    let mut mediator = matter.visitor("mediator").await;
    let other = mediator.get(&matter.at("performance")).await.body;
    assert!(!other.contains("/r/"), "whoever is rated sees no slip");
    assert_eq!(mediator.get(&printed).await.status, StatusCode::NOT_FOUND);
    assert!(dispatcher.get(&printed).await.bytes.starts_with(b"%PDF-"));
    let mut anybody = Visitor::of(&house);
    let page = anybody.get(&mine).await.body;
    for hidden in ["安和", "康宁", "噪音", "石磊", matter.case.number.as_str()] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    let empty = anybody.fill(&mine, &[("words", "很耐心")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("很耐心"));
    for stars in ["5", "1"] {
        let csrf = anybody.csrf().await;
        let fields = [
            ("csrf", csrf.as_str()),
            ("stars", stars),
            ("again", "yes"),
            ("words", "很耐心"),
        ];
        let rated = anybody.send(Visitor::request(&mine, &fields)).await;
        assert_eq!(rated.location(), "/r/done");
    }
    let case = anybody.get(&format!("/cases/{}", matter.case.id)).await;
    assert_ne!(case.status, StatusCode::OK, "a slip is no identity");
    let guessed = anybody.get("/r/AAAA").await.status;
    assert_eq!(guessed, StatusCode::NOT_FOUND);
    let mut read = house.web.desk.store.read().await.unwrap();
    let of = [matter.case.organisation];
    let ever = (jiff::civil::Date::MIN, jiff::civil::Date::MAX);
    let all = ratings::of_period(&mut read, &of, ever).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].quarter, jiff::civil::date(2026, 10, 1));
    assert_eq!(all[0].ratings.len(), 1, "one rating a seat");
    assert_eq!(all[0].ratings[0].stars, 5);
    found_nothing_but(&matter).await;
}

/// Of one rating nothing is told, not even to whoever reads the numbers.
async fn found_nothing_but(matter: &Matter<'_>) {
    let mut head = matter.visitor("head").await;
    let numbers = head.get("/statistics").await;
    assert_eq!(numbers.status, StatusCode::OK, "{}", numbers.body);
    assert!(numbers.body.contains("少于五份的季度不显示") && !numbers.body.contains("很耐心"));
}
