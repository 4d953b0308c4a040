//! A town that is copied while its people act, killed, and opened again from the copy.

use std::path::Path;
use std::process::Stdio;

use crate::support::http::Client;
use crate::support::neighbours::{RESPONDENT_PHONE, Town, WISH, after};
use crate::support::server::{Server, heyi};

/// What a reader finds of the case: its pages, its events in an unbroken chain, its paper.
struct Found {
    events: usize,
    paper: Vec<u8>,
}

async fn look(base: &str, case: &str) -> Found {
    let mut mediator = Client::new(base);
    let people = mediator.get("/demo").await;
    let holder = people.body.find("<strong>方书怡<").unwrap();
    let row = crate::support::http::Answer {
        body: people.body[holder..].to_owned(),
        ..people
    };
    mediator.submit(&row, "/demo/as/", &[]).await;
    let page = mediator.get(case).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains(WISH));
    // The interface answers only where the chain of events holds.
    let events = mediator.get(&format!("/api/v1{case}/events")).await;
    assert_eq!(events.status, 200, "{}", events.body);
    let papers = format!("href=\"{case}/papers/");
    let paper = after(&page.body, &papers).unwrap();
    let paper = mediator.request(reqwest::Method::GET, &format!("{case}/papers/{paper}"));
    let paper = mediator.send_once(paper).await.bytes().await.unwrap();
    Found {
        events: events.json().as_array().unwrap().len(),
        paper: paper.to_vec(),
    }
}

/// What `heyi verify` says of a paper, trusting the authority of a data folder.
async fn is_valid(paper: &[u8], data: &Path) -> bool {
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), paper).unwrap();
    let verify = heyi()
        .arg("verify")
        .arg(file.path())
        .arg("--trust")
        .arg(data.join("authority/authority.crt"))
        .output();
    verify.await.unwrap().status.success()
}

#[tokio::test]
async fn a_running_town_is_copied_with_cases_and_papers_and_opens_again_elsewhere() {
    let mut town = Town::open(&[]).await;
    let mut claimant = town.tell(RESPONDENT_PHONE).await;
    let mut respondent = town.invite().await;
    let mut mediator = town.assign().await;
    town.draft(&mut mediator, [&mut claimant, &mut respondent])
        .await;
    town.end(&mut mediator).await;
    let before = look(&town.server.base, &town.case).await;

    let data = town.folder.path().join("data");
    let copy = town.folder.path().join("copy");
    let backup = heyi()
        .args(["backup", "--data"])
        .arg(&data)
        .arg(&copy)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Meanwhile somebody goes on, and then the power fails.
    let court = claimant.get(&town.below("hand-over/court")).await;
    let handed = claimant.submit(&court, "/hand-over/court", &[]).await;
    assert_eq!(handed.status, 200);
    town.server.kill().await;
    let made = backup.wait_with_output().await.unwrap();
    assert!(made.status.success(), "{made:?}");

    let restored = town.folder.path().join("restored");
    let restore = heyi()
        .args(["restore", "--data"])
        .arg(&restored)
        .arg(&copy)
        .output();
    let done = restore.await.unwrap();
    assert!(done.status.success(), "{done:?}");

    let again = Server::start(&data, &["--demo"], &[]).await;
    let survived = look(&again.base, &town.case).await;
    assert_eq!(
        survived.events,
        before.events + 1,
        "what was answered is kept"
    );
    let elsewhere = Server::start(&restored, &["--demo"], &[]).await;
    let copied = look(&elsewhere.base, &town.case).await;
    assert!([before.events, survived.events].contains(&copied.events));
    assert!(copied.paper == before.paper && survived.paper == before.paper);
    assert!(is_valid(&copied.paper, &restored).await);
}
