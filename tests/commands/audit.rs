//! What an operator or a court's expert runs: the whole database held to its anchors.

use std::path::{Path, PathBuf};

use heyi::domain::anchor::Anchor;
use heyi::domain::hash::ContentHash;
use sqlx::{AnyConnection, Connection, Executor};

use super::{run, text};
use crate::support::http::Client;
use crate::support::server::Server;

/// A demo town with matters that were sealed in several hours.
async fn town(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    let demo = ["demo", "--cases", "30", "--until", "2026-11-20", "--data"];
    let (done, said) = run(&[demo.as_slice(), &[text(&data)]].concat(), &[], "").await;
    assert!(done, "{said}");
    data
}

async fn audit(data: &Path, more: &[&str]) -> (bool, String) {
    let verify = ["audit", "verify", "--data", text(data)];
    run(&[verify.as_slice(), more].concat(), &[], "").await
}

/// What somebody does who can write the file of the database.
async fn tamper(data: &Path, sql: &'static str) {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}", text(&data.join("heyi.db")));
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    connection.execute(sql).await.unwrap();
    connection.close().await.unwrap();
}

/// The first file with this ending below a folder, by name.
fn first(folder: &Path, ending: &str) -> Option<PathBuf> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    entries.into_iter().find_map(|path| {
        if path.is_dir() {
            first(&path, ending)
        } else {
            text(&path).ends_with(ending).then_some(path)
        }
    })
}

#[tokio::test]
async fn the_first_event_that_was_tampered_with_is_named_and_the_backup_tells_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let data = town(folder.path()).await;
    let (whole, said) = audit(&data, &[]).await;
    assert!(whole && said.contains("all is as it was sealed"), "{said}");
    assert!(said.starts_with("6 anchors over "), "{said}");
    let copy = folder.path().join("copy");
    let (done, said) = run(&["backup", "--data", text(&data), text(&copy)], &[], "").await;
    assert!(done, "{said}");

    tamper(&data, "UPDATE events SET actor = '{}' WHERE seq = 2").await;
    let (whole, said) = audit(&data, &[]).await;
    assert!(!whole, "{said}");
    let line = said
        .lines()
        .find(|line| line.starts_with("first: "))
        .unwrap();
    assert!(line.contains("case 和调〔202"), "{line}");
    assert!(
        line.contains(", event 2: changed (sealed in anchor 1 of "),
        "{line}"
    );
    let (whole, said) = audit(&copy, &[]).await;
    assert!(whole, "the backup has its anchors: {said}");
}

#[tokio::test]
async fn roots_of_somebody_else_and_a_missing_anchor_are_told_from_a_whole_row() {
    let folder = tempfile::tempdir().unwrap();
    let data = town(folder.path()).await;
    let anchors = data.join("files").join("anchors");
    let kept = folder.path().join("kept");
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .args([&anchors, &kept])
        .status();
    assert!(copied.unwrap().success());
    let elsewhere = ["--anchors", text(&kept)];
    let (whole, said) = audit(&data, &elsewhere).await;
    assert!(whole, "{said}");

    let other = folder.path().join("other");
    let (done, said) = run(&["migrate", "--data", text(&other)], &[], "").await;
    assert!(done, "{said}");
    let strangers = other.join("authority").join("authority.crt");
    let (whole, said) = audit(&data, &["--roots", text(&strangers)]).await;
    assert!(
        !whole && said.contains("anchor 1: it is not signed as it must be"),
        "{said}"
    );

    std::fs::remove_file(first(&anchors, ".json").unwrap()).unwrap();
    let (whole, said) = audit(&data, &elsewhere).await;
    assert!(
        !whole && said.contains("anchor 1: its file was removed"),
        "{said}"
    );
    let (absent, said) = audit(&folder.path().join("nowhere"), &[]).await;
    assert!(!absent && said.contains("no such database"), "{said}");
}

/// Everything that anybody can take away of one anchor, beside each other in a folder.
async fn taken(anybody: &mut Client, number: u64, folder: &Path) -> Anchor {
    for file in ["anchor.json", "anchor.p7s", "leaves.txt"] {
        let asked = format!("/transparency/{number}/{file}");
        let asked = anybody.request(reqwest::Method::GET, &asked);
        let answer = anybody.send_once(asked).await;
        assert_eq!(answer.status(), 200, "{file}");
        std::fs::write(folder.join(file), answer.bytes().await.unwrap()).unwrap();
    }
    Anchor::read(&std::fs::read_to_string(folder.join("anchor.json")).unwrap()).unwrap()
}

/// What the page tells people to run.
fn openssl_accepts(folder: &Path) -> bool {
    let words = "cms -verify -binary -inform DER -in anchor.p7s -content anchor.json -CAfile heyi-roots.pem \
                 -purpose any -out checked.json";
    let openssl = std::process::Command::new("openssl")
        .args(words.split_whitespace())
        .current_dir(folder)
        .output();
    openssl.expect("openssl is installed").status.success()
}

#[tokio::test]
async fn anybody_checks_an_anchor_with_openssl_and_the_standards_arithmetic() {
    let folder = tempfile::tempdir().unwrap();
    let data = town(folder.path()).await;
    let server = Server::start(&data, &["--demo"], &[]).await;
    let mut anybody = Client::new(&server.base);
    let page = anybody.get("/transparency").await;
    assert_eq!(page.status, 200);
    for number in 1..=6 {
        let link = format!("href=\"/transparency/{number}/anchor.json\"");
        assert!(page.body.contains(&link), "{number}");
    }
    let roots = anybody.get("/transparency/roots.pem").await.body;
    std::fs::write(folder.path().join("heyi-roots.pem"), roots).unwrap();
    let before = taken(&mut anybody, 1, folder.path()).await;
    let previous = ContentHash::of(&std::fs::read(folder.path().join("anchor.json")).unwrap());
    let anchor = taken(&mut anybody, 2, folder.path()).await;
    assert!(openssl_accepts(folder.path()));
    assert_eq!(anchor.previous, Some(previous));
    let leaves = std::fs::read_to_string(folder.path().join("leaves.txt")).unwrap();
    let mut tree = before.tree().unwrap();
    for line in leaves.lines() {
        tree.push(line.parse::<ContentHash>().unwrap().digest());
    }
    assert!(anchor.added > 0 && Some(tree) == anchor.tree());

    let file = folder.path().join("anchor.json");
    let changed = std::fs::read_to_string(&file)
        .unwrap()
        .replace("\"number\": 2", "\"number\": 3");
    std::fs::write(&file, changed).unwrap();
    assert!(!openssl_accepts(folder.path()));
    assert_eq!(
        anybody.get("/transparency/999/anchor.json").await.status,
        404
    );
    assert_eq!(anybody.get("/transparency/x/anchor.json").await.status, 404);
    let entries = first(&data.join("files").join("anchors"), ".entries").unwrap();
    let entries = std::fs::read_to_string(entries).unwrap();
    let case = entries.split('"').nth(3).unwrap();
    assert!(!page.body.contains(case) && !leaves.contains(case));
}
