//! The numbers as those who may read them meet them: by district and committee, and in files.

use axum::http::{StatusCode, header};

use super::matter::Matter;
use super::visitor::{house, rules};
use crate::domain::fixture::Quarrel;
use crate::storage::fixture::{Database, on_each};

on_each!(a_supervisor_reads_numbers_and_finds_nobody_in_them);

async fn a_supervisor_reads_numbers_and_finds_nobody_in_them(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let settled = Quarrel::new(&rules).settled().case;
    let matter = Matter::begin(&house, settled).await;
    let whole_year = "/statistics?from=2026-01-01&to=2026-12-31&by=month";
    let mut supervisor = matter.visitor("supervisor").await;
    let few = supervisor.get(whole_year).await;
    assert_eq!(few.status, StatusCode::OK);
    assert!(few.body.contains("少于 5"), "{}", few.body);
    for id in 1..=6 {
        matter.beside(0x500 + id).await;
    }
    let told = supervisor.get(whole_year).await;
    assert!(told.body.contains("<td>7</td>"), "{}", told.body);
    let none = "/statistics?from=2025-01-01&to=2025-12-31&by=month";
    let none = supervisor.get(none).await;
    assert!(none.body.contains("没有收到"), "{}", none.body);
    let wrong = supervisor.get("/statistics?from=morgen&by=month").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("morgen") && wrong.body.contains("from-error"));

    let csv = whole_year.replace("/statistics?", "/statistics.csv?");
    let csv = supervisor.get(&csv).await;
    assert!(
        csv.body.starts_with('\u{feff}') && csv.body.contains(",7,"),
        "{}",
        csv.body
    );
    let xlsx = whole_year.replace("/statistics?", "/statistics.xlsx?");
    let xlsx = supervisor.get(&xlsx).await;
    assert!(xlsx.bytes.starts_with(b"PK"));
    let named = xlsx.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(named.contains("statistics.xlsx"), "{named}");
    for name in ["claimant", "mediator", "dispatcher", "judge", "operator"] {
        let answer = matter.visitor(name).await.get(whole_year).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
}
