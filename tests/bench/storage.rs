//! Write transactions of 32 writers on both databases: how many a second, and how long the unluckiest waits.

use std::time::Instant;

use futures_util::future::try_join_all;
use heyi::clock::Clock;
use heyi::config::DatabaseUrl;
use heyi::domain::job::JobKind;
use heyi::storage::jobs::{NewJob, enqueue};
use heyi::storage::{StorageError, Store, write_tx};

use super::figure::{Target, percentile, print};
use super::support::postgres::fresh_database;

const WRITERS: usize = 32;
const EACH: usize = 60;

pub(crate) async fn measure() {
    let folder = tempfile::TempDir::new().unwrap();
    let sqlite = DatabaseUrl::Sqlite(folder.path().join("bench.db"));
    run("sqlite", &sqlite, Target::AtLeast(100.0)).await;
    let postgres = DatabaseUrl::Postgres(fresh_database().await);
    run("postgres", &postgres, Target::None).await;
}

async fn run(database: &str, url: &DatabaseUrl, target: Target) {
    let store = Store::open(url).await.unwrap();
    let started = Instant::now();
    let waits = try_join_all((0..WRITERS).map(|writer| write(&store, writer))).await;
    let seconds = started.elapsed().as_secs_f64();
    let mut waits = waits.unwrap().concat();
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let rate = waits.len() as f64 / seconds;
    print(
        "storage",
        &format!("{database}_writes"),
        rate,
        "transactions/s",
        target,
    );
    let p99 = percentile(&mut waits, 99);
    print(
        "storage",
        &format!("{database}_wait_p99"),
        p99,
        "ms",
        Target::None,
    );
}

/// Milliseconds of each transaction.
async fn write(store: &Store, writer: usize) -> Result<Vec<f64>, StorageError> {
    let clock = Clock::system();
    let mut waits = Vec::with_capacity(EACH);
    for number in 0..EACH {
        let job = NewJob {
            kind: JobKind::SendMessage,
            key: format!("{writer}-{number}"),
            payload: serde_json::Value::Null,
            not_before: clock.now(),
        };
        let started = Instant::now();
        let added: Result<bool, StorageError> =
            write_tx!(store, |tx| { enqueue(tx, &job, clock.now()).await });
        assert!(added?);
        waits.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(waits)
}
