//! The JSON interface does what its description says, for those who may and for those who may not.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use axum::http::header;
use serde_json::Value;

use super::doors::{addresses, filled};
use super::visitor::{Answer, House, Visitor, house};
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, DocumentId};
use crate::domain::paper::{Paper, PaperKind};
use crate::storage::fixture::{Database, on_each, put, sqlite};
use crate::storage::{StorageError, cases, write_tx};

async fn description(house: &House) -> Value {
    let answer = Visitor::of(house).get("/api/openapi.json").await;
    serde_json::from_str(&answer.body).unwrap()
}

/// Puts a paper with this content among those of the case.
async fn put_paper(house: &House, case: &str, hash: ContentHash) -> DocumentId {
    let (id, clock) = (CaseId(case[7..].parse().unwrap()), &house.web.desk.clock);
    let paper = Paper {
        id: DocumentId(clock.new_id()),
        kind: PaperKind::Agreement,
        hash,
        verify_id: clock.new_id().simple().to_string(),
        made_at: clock.now(),
        court: None,
        party: None,
    };
    let outcome: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        let mut case = cases::load(tx, id).await?.unwrap();
        case.version += 1;
        case.papers.push(paper.clone());
        put(tx, &case, paper.made_at).await
    });
    outcome.unwrap();
    paper.id
}

fn problem(answer: &Answer, status: u16, slug: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    let kind = &answer.headers[header::CONTENT_TYPE];
    assert_eq!(kind, "application/problem+json");
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["status"].as_u64(), Some(u64::from(status)));
    assert_eq!(body["type"], format!("urn:heyi:problem:{slug}"));
    for field in ["title", "detail", "reference"] {
        assert!(!body[field].as_str().unwrap().is_empty(), "{field}");
    }
}

on_each!(
    each_path_answers_as_described,
    every_failure_below_api_is_a_problem_that_programs_can_read,
);

#[tokio::test]
async fn what_is_routed_is_described_and_the_other_way_round() {
    let house = house(sqlite().await, false).await;
    let description = description(&house).await;
    let paths = description["paths"].as_object().unwrap();
    let described: BTreeSet<_> = paths.keys().cloned().collect();
    let routed: BTreeSet<_> = addresses(&house, "/api/v1/").into_iter().collect();
    assert_eq!(described, routed);
    let mut lines = String::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap();
            let answers: Vec<_> = answers.keys().map(String::as_str).collect();
            writeln!(lines, "{method} {path}: {}", answers.join(" ")).unwrap();
        }
    }
    insta::assert_snapshot!(lines);
}

async fn each_path_answers_as_described(database: Database) {
    let house = house(database, false).await;
    let mut claimant = Visitor::at_home(&house, "13800138000").await;
    let case = claimant.case().await;
    let hash = house.web.files.put(&b"%PDF-1.7"[..]).await.unwrap();
    let paper = put_paper(&house, &case, hash).await.to_string();
    let mut stranger = Visitor::at_home(&house, "13900139000").await;
    let mut nobody = Visitor::of(&house);
    let description = description(&house).await;
    let paths = description["paths"].as_object().unwrap().iter();
    for (address, methods) in paths.filter(|(_, methods)| methods["get"].is_object()) {
        let path = filled(&address.replace("{paper}", &paper), &case);
        let described = |answer: &Answer, status: u16| {
            assert_eq!(answer.status.as_u16(), status, "{address}");
            let said = &methods["get"]["responses"][status.to_string()]["content"];
            let kind = answer.headers[header::CONTENT_TYPE].to_str().unwrap();
            assert!(said[kind].is_object(), "{address} {status} is {kind}");
        };
        described(&claimant.get(&path).await, 200);
        described(&nobody.get(&path).await, 401);
        if address.contains("{id}") {
            described(&stranger.get(&path).await, 404);
        } else {
            assert!(!stranger.get(&path).await.body.contains(&case[7..]));
            described(&claimant.get(&format!("{path}?limit=many")).await, 400);
        }
    }
}

async fn every_failure_below_api_is_a_problem_that_programs_can_read(database: Database) {
    let house = house(database, false).await;
    let mut claimant = Visitor::at_home(&house, "13800138000").await;
    let case = claimant.case().await;
    let lost = put_paper(&house, &case, ContentHash::of(b"never stored")).await;
    let api = format!("/api/v1{case}");
    let mut nobody = Visitor::of(&house);
    problem(&nobody.get(&api).await, 401, "sign-in");
    problem(&claimant.get("/api/v1/nowhere").await, 404, "not-found");
    problem(
        &claimant.get("/api/v1/cases?limit=-1").await,
        400,
        "bad-request",
    );
    problem(
        &claimant.get(&format!("{api}/papers/{lost}")).await,
        500,
        "internal",
    );
    let token = claimant.csrf().await;
    let mut post = Visitor::request(&api, &[]);
    post.headers_mut()
        .insert("x-csrf-token", token.parse().unwrap());
    problem(&claimant.send(post).await, 405, "method");
    problem(
        &claimant.send(Visitor::request(&api, &[])).await,
        403,
        "stale-form",
    );
}
