//! What the generator makes, in a folder of its own.

use std::path::Path;

use super::*;
use crate::domain::chain;
use crate::storage::{cases, events};

fn config(folder: &Path) -> Config {
    Config {
        data: folder.to_owned(),
        ..Config::default()
    }
}

fn until() -> Timestamp {
    "2026-11-22T04:00:00Z".parse().unwrap()
}

fn extent(cases: usize, seed: u64) -> Extent {
    Extent {
        cases,
        seed,
        days: 730,
        until: until(),
    }
}

/// The heads of the chains of all cases without papers, and how many cases there are in all.
async fn heads(folder: &Path) -> (Vec<String>, usize) {
    let app = App::open(config(folder), Kind::Demo).await.unwrap();
    let mut read = app.store.read().await.unwrap();
    let rows = lists::visible_to(&mut read, &Actor::Clock, None, 1_000).await;
    let rows = rows.unwrap();
    let mut heads = Vec::new();
    for row in &rows {
        let case = cases::load(&mut read, row.id).await.unwrap().unwrap();
        assert!(row.changed_at <= until(), "{} is of tomorrow", row.number);
        let links = events::chain(&mut read, row.id).await.unwrap();
        chain::verify(&row.id.to_string(), &links).unwrap();
        if case.papers.is_empty() {
            heads.push(links.last().unwrap().hash.to_string());
        }
    }
    heads.sort();
    (heads, rows.len())
}

#[tokio::test]
async fn the_same_seed_makes_the_same_matters_and_another_seed_others() {
    let mut made = Vec::new();
    for seed in [7, 7, 8] {
        let folder = tempfile::tempdir().unwrap();
        let figures = Box::pin(generate(config(folder.path()), extent(60, seed), |_| {}));
        let figures = figures.await.unwrap();
        assert_eq!(figures.cases, 60);
        assert!(figures.stages.len() >= 6, "{:?}", figures.stages);
        let (heads, all) = heads(folder.path()).await;
        assert_eq!(all, 60);
        assert!(
            heads.len() >= 55,
            "papers are signed under keys of their own"
        );
        made.push(heads);
    }
    assert_eq!(made[0], made[1]);
    assert_ne!(made[0], made[2]);
}

#[tokio::test]
async fn a_folder_with_cases_and_a_folder_of_somebody_else_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let once = generate(config(folder.path()), extent(3, 1), |_| {});
    Box::pin(once).await.unwrap();
    let again = generate(config(folder.path()), extent(3, 1), |_| {});
    let again = Box::pin(again).await;
    assert!(matches!(again, Err(GenerateError::NotEmpty)), "{again:?}");
    let real = tempfile::tempdir().unwrap();
    std::fs::write(real.path().join("heyi.db"), "somebody's").unwrap();
    let refused = generate(config(real.path()), extent(3, 1), |_| {});
    assert!(matches!(
        Box::pin(refused).await,
        Err(GenerateError::Start(_))
    ));
    assert_eq!(
        std::fs::read(real.path().join("heyi.db")).unwrap(),
        b"somebody's"
    );
}

#[tokio::test]
async fn every_state_is_there_among_few() {
    let folder = tempfile::tempdir().unwrap();
    let made = generate(config(folder.path()), extent(90, 3), |_| {});
    let figures = Box::pin(made).await.unwrap();
    let names: Vec<&str> = figures.stages.keys().map(String::as_str).collect();
    insta::assert_debug_snapshot!(names);
}

#[tokio::test]
async fn a_busy_fortnight_ends_with_its_last_day() {
    let folder = tempfile::tempdir().unwrap();
    let days = Extent {
        days: 14,
        ..extent(100, 5)
    };
    let made = generate(config(folder.path()), days, |_| {});
    assert_eq!(Box::pin(made).await.unwrap().cases, 100);
    assert_eq!(heads(folder.path()).await.1, 100);
}
