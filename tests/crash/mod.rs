//! What survives when the process is killed, and what a backup made meanwhile holds.

mod backup;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use heyi::clock::Clock;
use heyi::config::DatabaseUrl;
use heyi::domain::hash::ContentHash;
use heyi::domain::job::JobKind;
use heyi::storage::files::Files;
use heyi::storage::jobs::{NewJob, enqueue};
use heyi::storage::{Result, Store, write_tx};
use jiff::Timestamp;
use sqlx::Row;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::support::server::heyi;

/// Set in the process that writes until it is killed.
const WRITER: &str = "CRASH_TEST_WRITES_TO";

/// Writes a file and then a row that names it, again and again, saying each number once it is committed.
async fn write_until_killed(folder: &Path) {
    let store = open(folder).await;
    let files = Files::open(&folder.join("files")).unwrap();
    for number in 0_u32.. {
        let hash = files.put(format!("revision {number}")).await.unwrap();
        let job = NewJob {
            kind: JobKind::Watch,
            key: format!("{number:08}"),
            payload: serde_json::json!({ "file": hash }),
            not_before: Timestamp::MAX,
        };
        let now = Clock::system().now();
        let written: Result<bool> = write_tx!(store, |tx| { enqueue(tx, &job, now).await });
        assert!(written.unwrap());
        eprintln!("\ncommitted {number}");
    }
}

async fn open(folder: &Path) -> Store {
    let url = DatabaseUrl::Sqlite(folder.join("heyi.db"));
    Store::open(&url).await.unwrap()
}

/// Number → hash of every committed row.
async fn rows(folder: &Path) -> BTreeMap<u32, ContentHash> {
    let store = open(folder).await;
    let mut read = store.read().await.unwrap();
    let rows = sqlx::query("SELECT key, payload FROM jobs ORDER BY key")
        .fetch_all(read.conn())
        .await
        .unwrap();
    let rows = rows.iter().map(|row| {
        let key: String = row.try_get("key").unwrap();
        let payload: String = row.try_get("payload").unwrap();
        let payload: serde_json::Value = serde_json::from_str(&payload).unwrap();
        let hash = serde_json::from_value(payload["file"].clone()).unwrap();
        (key.parse().unwrap(), hash)
    });
    rows.collect()
}

/// Every row is there without a gap, and finds its file.
async fn assert_whole(folder: &Path) -> u32 {
    let rows = rows(folder).await;
    let files = Files::open(&folder.join("files")).unwrap();
    for (expected, (number, hash)) in rows.iter().enumerate() {
        assert_eq!(usize::try_from(*number).unwrap(), expected);
        assert_eq!(files.get(hash).await.unwrap(), format!("revision {number}"));
    }
    u32::try_from(rows.len()).unwrap()
}

/// Starts the writer and waits until it has committed `number`.
async fn write_until(folder: &Path, number: u32) -> (Child, impl AsyncFnMut() -> Option<u32>) {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::what_was_committed_before_a_kill_is_in_the_database_and_in_the_backup",
            "--nocapture",
        ])
        .env(WRITER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stderr.take().unwrap()).lines();
    let mut next = async move || {
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some(number) = line.strip_prefix("committed ") {
                return Some(number.parse().unwrap());
            }
        }
        None
    };
    while next().await.expect("the writer writes") < number {}
    (writer, next)
}

#[tokio::test]
async fn what_was_committed_before_a_kill_is_in_the_database_and_in_the_backup() {
    // This test starts itself once more, in a process that can be killed.
    if let Ok(folder) = std::env::var(WRITER) {
        return write_until_killed(Path::new(&folder)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("master.key"), "kept").unwrap();
    let (mut writer, mut next) = write_until(&data, 20).await;

    let backup = folder.path().join("backup");
    let made = heyi()
        .args(["backup", "--data"])
        .arg(&data)
        .arg(&backup)
        .output()
        .await
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );

    let mut last = 0;
    for _ in 0..20 {
        last = next().await.expect("the backup held nobody up");
    }
    writer.kill().await.unwrap();
    while let Some(number) = next().await {
        last = number;
    }

    let survived = assert_whole(&data).await;
    assert!(
        survived > last,
        "{last} was committed, {survived} rows survived"
    );

    let restored = folder.path().join("restored");
    let done = heyi()
        .args(["restore", "--data"])
        .arg(&restored)
        .arg(&backup)
        .output()
        .await
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let saved = assert_whole(&restored).await;
    assert!(saved > 20 && saved <= survived, "{saved} of {survived}");
    let (all, copied) = (rows(&data).await, rows(&restored).await);
    assert!(copied.iter().all(|(number, hash)| all[number] == *hash));
    assert_eq!(
        std::fs::read_to_string(restored.join("master.key")).unwrap(),
        "kept"
    );
}

#[tokio::test]
async fn a_backup_with_a_changed_file_is_not_restored_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let files = Files::open(&data.join("files")).unwrap();
    let hash = files.put("协议").await.unwrap();
    open(&data).await.close().await;
    let backup = folder.path().join("backup");
    let run = async |verb: &[&str], paths: [&Path; 2]| {
        let output = heyi().args(verb).args(paths).output().await.unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert!(run(&["backup", "--data"], [&data, &backup]).await.0);
    let (again, why) = run(&["backup", "--data"], [&data, &backup]).await;
    assert!(!again && why.contains("exists"), "{why}");
    let (over, why) = run(&["restore", "--data"], [&data, &backup]).await;
    assert!(!over && why.contains("exists"), "{why}");
    let copy = backup
        .join("files")
        .join(&hash.as_str()[..2])
        .join(hash.as_str());
    std::fs::write(copy, "另一份协议").unwrap();
    let restored = folder.path().join("restored");
    let (changed, why) = run(&["restore", "--data"], [&restored, &backup]).await;
    assert!(!changed && why.contains("differs"), "{why}");
    assert!(!restored.exists());
}
