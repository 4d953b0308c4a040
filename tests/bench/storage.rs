//! Durable changes of cases by 32 writers on both databases, beside the raw driver writing as many rows of that size: how
//! many a second, and how long the unluckiest waits. What was acknowledged is read back after the database was closed.

use std::time::Instant;

use futures_util::future::try_join_all;
use heyi::casework::{Desk, perform};
use heyi::clock::Clock;
use heyi::config::DatabaseUrl;
use heyi::domain::action::Action;
use heyi::domain::actor::Actor;
use heyi::domain::case::Case;
use heyi::domain::chain;
use heyi::storage::{Store, cases, events};
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor};

use super::assign;
use super::figure::{Target, percentile, print};
use super::support::postgres::fresh_database;

const WRITERS: u128 = 32;
const EACH: u32 = 60;

/// Bytes of a case and of an event as they lie in the database.
const CASE: usize = 3_000;
const EVENT: usize = 400;

pub(crate) async fn measure() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = |name: &str| DatabaseUrl::Sqlite(folder.path().join(name));
    let raw = raw_sqlite(&folder.path().join("raw.db")).await;
    run("sqlite", &file("bench.db"), raw, Target::AtLeast(100.0)).await;
    let postgres = DatabaseUrl::Postgres(fresh_database().await);
    let raw = AnyPoolOptions::new().max_connections(10);
    let raw = raw.connect(&fresh_database().await).await.unwrap();
    run("postgres", &postgres, (raw, "BEGIN"), Target::None).await;
}

async fn run(database: &str, url: &DatabaseUrl, raw: (AnyPool, &'static str), target: Target) {
    let driver = rate(&drive(raw).await);
    let mut ours = change(url).await;
    let through_the_door = rate(&ours);
    let tell = |what: &str, value, unit, target| {
        print(
            "storage",
            &format!("{database}_{what}"),
            value,
            unit,
            target,
        );
    };
    tell("raw_driver", driver, "transactions/s", Target::None);
    tell("case_changes", through_the_door, "changes/s", target);
    tell(
        "case_changes_of_raw",
        through_the_door / driver,
        "x",
        Target::None,
    );
    let p99 = percentile(&mut ours.waits, 99);
    tell("case_change_p99", p99, "ms", Target::None);
}

/// Milliseconds of each, and seconds of all.
struct Written {
    waits: Vec<f64>,
    seconds: f64,
}

#[expect(clippy::cast_precision_loss, reason = "a small count")]
fn rate(written: &Written) -> f64 {
    written.waits.len() as f64 / written.seconds
}

/// Changes through the one door: permission, the next state, the words that are searched, the chain of events, jobs.
async fn change(url: &DatabaseUrl) -> Written {
    let desk = Desk {
        store: Store::open(url).await.unwrap(),
        clock: Clock::system().into(),
        rules: assign::rules().into(),
    };
    assign::town(&desk).await;
    let mut opened = Vec::new();
    for number in 0..WRITERS {
        opened.push(assign::open_by(&desk, number).await);
    }
    let started = Instant::now();
    let waits = try_join_all(opened.iter().map(|case| wish(&desk, case))).await;
    let seconds = started.elapsed().as_secs_f64();
    let waits = waits.unwrap().concat();
    desk.store.close().await;
    assert_stored(url, &opened).await;
    Written { waits, seconds }
}

async fn wish(desk: &Desk, case: &Case) -> Result<Vec<f64>, heyi::casework::CaseworkError> {
    let person = case.parties[0].person.unwrap();
    let mut waits = Vec::new();
    for number in 0..EACH {
        let wish = Action::TellWishes {
            languages: Vec::new(),
            employer: Some(format!("和风第{number}厂")),
        };
        let started = Instant::now();
        Box::pin(perform(desk, &Actor::Person { person }, case.id, wish)).await?;
        waits.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(waits)
}

/// Every change that was answered for is there, in the case and in its chain, and none besides.
async fn assert_stored(url: &DatabaseUrl, opened: &[Case]) {
    let store = Store::open(url).await.unwrap();
    let mut read = store.read().await.unwrap();
    for before in opened {
        let case = cases::load(&mut read, before.id).await.unwrap().unwrap();
        assert_eq!(case.version, before.version + i64::from(EACH));
        let last = format!("和风第{}厂", EACH - 1);
        assert_eq!(case.parties[0].employer.as_deref(), Some(last.as_str()));
        let links = events::chain(&mut read, case.id).await.unwrap();
        assert_eq!(links.last().map(|link| link.seq), Some(case.version));
        chain::verify(&case.id.to_string(), &links).unwrap();
    }
}

async fn raw_sqlite(file: &std::path::Path) -> (AnyPool, &'static str) {
    sqlx::any::install_default_drivers();
    let pool = AnyPoolOptions::new()
        .max_connections(1)
        .connect(&format!("sqlite://{}?mode=rwc", file.display()))
        .await
        .unwrap();
    for pragma in ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"] {
        pool.execute(pragma).await.unwrap();
    }
    (pool, "BEGIN IMMEDIATE")
}

/// The least that a change must write: the case under its next version, and one event.
async fn drive((pool, begin): (AnyPool, &'static str)) -> Written {
    for table in [
        "CREATE TABLE raw_cases (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL)",
        "CREATE TABLE raw_events (id BIGINT, seq BIGINT, details TEXT NOT NULL, PRIMARY KEY (id, seq))",
    ] {
        pool.execute(table).await.unwrap();
    }
    let writers = 0..i64::try_from(WRITERS).unwrap();
    let started = Instant::now();
    let waits = try_join_all(writers.map(|id| write(&pool, begin, id))).await;
    let seconds = started.elapsed().as_secs_f64();
    let waits = waits.unwrap().concat();
    pool.close().await;
    Written { waits, seconds }
}

#[expect(clippy::disallowed_methods, reason = "the driver without our store")]
async fn write(pool: &AnyPool, begin: &'static str, id: i64) -> sqlx::Result<Vec<f64>> {
    let (case, event) = ("c".repeat(CASE), "e".repeat(EVENT));
    sqlx::query("INSERT INTO raw_cases (id, version, body) VALUES ($1, 0, $2)")
        .bind(id)
        .bind(&case)
        .execute(pool)
        .await?;
    let mut waits = Vec::new();
    for seq in 1..=i64::from(EACH) {
        let started = Instant::now();
        let mut tx = pool.begin_with(begin).await?;
        sqlx::query("UPDATE raw_cases SET version = $2, body = $3 WHERE id = $1 AND version = $4")
            .bind(id)
            .bind(seq)
            .bind(&case)
            .bind(seq - 1)
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO raw_events (id, seq, details) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(seq)
            .bind(&event)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        waits.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(waits)
}
