//! Another body hands a matter over through the interface.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::visitor::{Answer, House, Visitor, house};
use crate::accounts::integrators::{self, Told};
use crate::casework;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::intake::Source;
use crate::domain::organisation::District;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{StorageError, integrators as rows, write_tx};

on_each!(
    a_matter_is_handed_over_once_however_often_it_is_sent,
    two_that_come_at_once_are_one_case,
    a_wrong_field_is_named_and_nothing_is_taken_in,
    a_token_counts_for_its_district_and_until_it_is_revoked,
);

async fn police(house: &House) -> Told {
    let district = District("hefeng".to_owned());
    let accounts = &house.web.accounts;
    integrators::add(accounts, "柳街派出所", Source::Police, district, None)
        .await
        .unwrap()
}

fn matter() -> Value {
    json!({
        "reference": "警 2026-0117",
        "dispute": "minor-fight",
        "story": "两家因停车推搡，出警后双方愿意调解。",
        "happened_on": "2026-11-20",
        "place": { "address": "柳街 8 号", "area": "hefeng/liu/1" },
        "claims": [{ "kind": "money", "text": "医药费", "amount_fen": 80_000 }],
        "claimant": { "name": "秦安", "phone": "13900000077" },
        "respondent": { "name": "高远", "phone": "13900000078" },
        "consent": { "how": "in_writing", "at": "2026-11-21T03:00:00Z" },
        "wants_mediation": true,
        "signs": ["hurt"]
    })
}

async fn send(house: &House, token: &str, key: &str, body: &Value) -> Answer {
    let request = Request::post("/api/v1/intake")
        .header(header::HOST, "heyi.test")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key)
        .body(Body::from(body.to_string()))
        .unwrap();
    Visitor::of(house).send(request).await
}

async fn cases(house: &House) -> Vec<Case> {
    let listed = casework::list(&house.web.desk, &Actor::Clock, None, 50)
        .await
        .unwrap();
    let mut cases = Vec::new();
    for row in listed {
        cases.push(
            casework::load(&house.web.desk, &Actor::Clock, row.id)
                .await
                .unwrap(),
        );
    }
    cases
}

fn fields(answer: &Answer) -> Vec<String> {
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    let fields = problem["fields"].as_array().cloned().unwrap_or_default();
    let name = |it: &Value| it["field"].as_str().unwrap_or_default().to_owned();
    fields.iter().map(name).collect()
}

async fn a_matter_is_handed_over_once_however_often_it_is_sent(database: Database) {
    let house = house(database, false).await;
    let told = police(&house).await;
    let first = send(&house, &told.token, "k1", &matter()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let again = send(&house, &told.token, "k1", &matter()).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    let mut other = matter();
    other["story"] = json!("另一件事");
    let refused = send(&house, &told.token, "k1", &other).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(
        refused.headers[header::CONTENT_TYPE],
        "application/problem+json"
    );
    let all = cases(&house).await;
    assert_eq!(all.len(), 1);
    let case = &all[0];
    assert_eq!(case.intake.source, Source::Police);
    assert_eq!(case.stage.name(), "mediate.received");
    assert_eq!(
        case.intake.referral.as_ref().unwrap().reference,
        "警 2026-0117"
    );
    assert!(case.intake.safety.stands(), "somebody was hurt");
    assert!(first.body.contains(&case.number));
}

async fn two_that_come_at_once_are_one_case(database: Database) {
    let house = house(database, false).await;
    let told = police(&house).await;
    let body = matter();
    let (one, other) = tokio::join!(
        send(&house, &told.token, "twin", &body),
        send(&house, &told.token, "twin", &body)
    );
    assert_eq!((one.status, &one.body), (StatusCode::CREATED, &other.body));
    assert_eq!(cases(&house).await.len(), 1);
}

async fn a_wrong_field_is_named_and_nothing_is_taken_in(database: Database) {
    let house = house(database, false).await;
    let told = police(&house).await;
    let mut wrong = matter();
    wrong["dispute"] = json!("weather");
    wrong["claimant"]["phone"] = json!("12");
    wrong["claims"][0]["amount_fen"] = json!(-1);
    wrong["place"]["area"] = json!("elsewhere/street");
    wrong["happened_on"] = json!("2027-01-01");
    wrong["consent"]["how"] = json!("silence");
    wrong["respondent"]["name"] = json!("高远😀");
    wrong["further"] = json!([{ "side": "judge", "party": { "name": "康健" } }]);
    let refused = send(&house, &told.token, "k1", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let named = fields(&refused);
    for field in [
        "dispute",
        "claimant.phone",
        "claims[0].amount_fen",
        "place.area",
        "happened_on",
        "consent.how",
        "respondent.name",
        "further[0].side",
    ] {
        assert!(named.iter().any(|it| it == field), "{field}: {named:?}");
    }
    let mut unknown = matter();
    unknown["judge"] = json!("me");
    let refused = send(&house, &told.token, "k2", &unknown).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let without_key = send(&house, &told.token, "", &matter()).await;
    assert_eq!(without_key.status, StatusCode::BAD_REQUEST);
    assert!(cases(&house).await.is_empty());
    let mut right = matter();
    right["further"] = json!([
        { "side": "respondent", "party": { "name": "康健", "phone": "13900000079" } },
        { "side": "claimant", "party": { "name": "安心" } },
    ]);
    let right = send(&house, &told.token, "k1", &right).await;
    assert_eq!(right.status, StatusCode::CREATED, "a refusal spends no key");
    let cases = cases(&house).await;
    let seats: Vec<_> = cases[0].parties.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(seats, ["秦安", "安心", "高远", "康健"], "side by side");
}

async fn a_token_counts_for_its_district_and_until_it_is_revoked(database: Database) {
    let house = house(database, false).await;
    let told = police(&house).await;
    for token in ["", "hyi_guessed", &told.secret] {
        let refused = send(&house, token, "k1", &matter()).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{token}");
    }
    let (id, now) = (told.integrator.id, house.web.desk.clock.now());
    let revoked: Result<(), StorageError> = write_tx!(house.web.accounts.store, |tx| {
        rows::revoke(tx, id, now).await
    });
    revoked.unwrap();
    let refused = send(&house, &told.token, "k1", &matter()).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(cases(&house).await.is_empty());
    let mut read = house.web.accounts.store.read().await.unwrap();
    let all = rows::all(&mut read).await.unwrap();
    assert!(all[0].revoked_at.is_some());
}
