//! What a program that watches over the machine reads, and nobody else.

use axum::body::Body;
use axum::http::{Method, Request, header};

use super::visitor::{METRICS_TOKEN, Visitor, house};
use crate::storage::fixture::{Database, on_each};

fn asking(token: &str) -> Request<Body> {
    let mut request = Visitor::request("/metrics", &[]);
    *request.method_mut() = Method::GET;
    let bearer = format!("Bearer {token}").parse().unwrap();
    request.headers_mut().insert(header::AUTHORIZATION, bearer);
    request
}

on_each! {
    what_the_rooms_do_is_told_to_whoever_knows_the_token,
}

async fn what_the_rooms_do_is_told_to_whoever_knows_the_token(database: Database) {
    let house = house(database, true).await;
    let mut program = Visitor::of(&house);
    assert_eq!(program.get("/metrics").await.status, 404);
    for wrong in ["", "0123456789abcdeF", "0123456789abcdef0"] {
        assert_eq!(program.send(asking(wrong)).await.status, 404, "{wrong}");
    }
    let answer = program.send(asking(METRICS_TOKEN)).await;
    assert_eq!(answer.status, 200);
    let told = answer.body.lines().filter(|line| !line.starts_with('#'));
    let told: Vec<_> = told.collect();
    assert!(told.contains(&"heyi_rooms 0"), "{told:?}");
    assert!(
        told.contains(&"heyi_room_rung_seconds_total{rung=\"audio\"} 0"),
        "{told:?}"
    );
    for line in told {
        let (name, value) = line.rsplit_once(' ').unwrap();
        let plain = |c: char| c.is_ascii_lowercase() || "_{}=\"".contains(c);
        assert!(name.chars().all(plain), "{name} may name somebody");
        assert!(value.parse::<f64>().is_ok(), "{line}");
    }
}
