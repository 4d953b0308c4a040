//! What integrators are told, by a real receiver on this machine.

use std::convert::Infallible;

use axum::ServiceExt as _;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use standardwebhooks::Webhook;
use tokio::sync::mpsc;

use super::*;
use crate::accounts::integrators;
use crate::config::Webhooks;
use crate::domain::intake::{Consent, ConsentWay, Referral, Source};
use crate::domain::organisation::District;

/// What came in, and the address it came to. It answers `answers` one after the other, then 204.
async fn receiver(mut answers: Vec<u16>) -> (String, mpsc::UnboundedReceiver<(HeaderMap, Bytes)>) {
    let (sender, received) = mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = format!("localhost:{}", listener.local_addr().unwrap().port());
    answers.reverse();
    let answers = Arc::new(std::sync::Mutex::new(answers));
    let hook = tower::service_fn(move |request: Request| {
        let (sender, answers) = (sender.clone(), Arc::clone(&answers));
        async move {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            sender.send((parts.headers, body)).unwrap();
            let answer = answers.lock().unwrap().pop().unwrap_or(204);
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::from_u16(answer).unwrap();
            Ok::<_, Infallible>(response)
        }
    });
    tokio::spawn(async move { axum::serve(listener, hook.into_make_service()).await });
    (host, received)
}

/// A case that an integrator handed over, accepted by its dispatcher.
async fn accept(worker: &Worker, store: &Store, url: &str) -> (integrators::Told, Case) {
    let work = worker.work();
    let district = District("hefeng".to_owned());
    let told = integrators::add(
        &work.accounts,
        "派出所",
        Source::Police,
        district,
        Some(url.to_owned()),
    );
    let told = told.await.unwrap();
    let rules = crate::domain::fixture::rules();
    let mut case = Quarrel::new(&rules).received().case;
    case.intake.referral = Some(Referral {
        integrator: told.integrator.id,
        consent: Consent {
            how: ConsentWay::InWriting,
            at: Timestamp::UNIX_EPOCH,
        },
        reference: "警 2026-0117".to_owned(),
    });
    write_tx!(store, |tx| {
        office::insert_organisation(
            tx,
            &body(COMMITTEE, OrganisationKind::People, "柳荫", "柳荫"),
        )
        .await?;
        cases::insert(tx, &case).await
    })
    .unwrap();
    let dispatcher = actor("dispatcher");
    let case = perform(&work.desk, &dispatcher, case.id, Action::Accept)
        .await
        .unwrap();
    (told, case)
}

#[tokio::test]
async fn an_integrator_is_told_in_signed_words_and_again_until_it_answers() {
    on_both(async |store| {
        let (host, mut received) = receiver(vec![503]).await;
        let config = Config {
            webhooks: Webhooks {
                allow: vec![host.clone()],
            },
            ..Config::default()
        };
        let clock = Clock::fixed(Clock::system().now());
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let (worker, clock) = worker_with(&store, &config, true, clock, files);
        let (told, case) = accept(&worker, &store, &format!("http://{host}/hook")).await;
        worker.drain().await.unwrap();
        let (first, _) = received.recv().await.unwrap();
        clock.advance(SignedDuration::from_secs(60));
        worker.drain().await.unwrap();
        let (headers, body) = received.recv().await.unwrap();
        assert_eq!(
            headers["webhook-id"], first["webhook-id"],
            "the same at every try"
        );
        Webhook::new(&told.secret)
            .unwrap()
            .verify(&body, &headers)
            .unwrap();
        let event: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(event["type"], "matter.accepted");
        assert_eq!(event["data"]["reference"], "警 2026-0117");
        assert_eq!(event["data"]["number"], case.number);
        let words = String::from_utf8(body.to_vec()).unwrap();
        for secret in [case.story.as_str(), "安和", "康宁", "13800000001"] {
            assert!(
                !words.contains(secret),
                "{secret} is nobody's business there"
            );
        }
        worker.drain().await.unwrap();
        assert!(received.try_recv().is_err(), "told once");
    })
    .await;
}

#[tokio::test]
async fn a_private_address_is_refused_and_staff_see_it() {
    on_both(async |store| {
        let (host, mut received) = receiver(Vec::new()).await;
        let (worker, _) = worker(&store, &Config::default(), true);
        accept(&worker, &store, &format!("https://{host}/hook")).await;
        worker.drain().await.unwrap();
        assert!(received.try_recv().is_err(), "nobody named the host");
        let mut read = store.read().await.unwrap();
        let dead = dead(&mut read, 10).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!(dead[0].kind, JobKind::Webhook);
        assert!(
            dead[0].last_error.contains("private"),
            "{}",
            dead[0].last_error
        );
    })
    .await;
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_leads_nowhere() {
    on_both(async |store| {
        let (host, mut received) = receiver(vec![302]).await;
        let config = Config {
            webhooks: Webhooks {
                allow: vec![host.clone()],
            },
            ..Config::default()
        };
        let (worker, _) = worker(&store, &config, true);
        accept(&worker, &store, &format!("http://{host}/hook")).await;
        worker.drain().await.unwrap();
        received.recv().await.unwrap();
        assert!(
            received.try_recv().is_err(),
            "it waits and tries the same address"
        );
        let mut read = store.read().await.unwrap();
        assert!(jobs::next_due(&mut read).await.unwrap().is_some());
    })
    .await;
}
