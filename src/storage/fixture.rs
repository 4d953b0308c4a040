//! Fresh databases for tests, one of each kind: a SQLite file, and a schema of its own in the PostgreSQL server
//! that `HEYI_TEST_POSTGRES` names.

use std::collections::BTreeMap;

use crate::clock::Clock;
use crate::config::DatabaseUrl;
use crate::domain::case::Case;
use crate::domain::chain::Link;
use crate::domain::identity::Phone;
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::organisation::{Area, Organisation, OrganisationKey, OrganisationKind};
use crate::domain::wording::Wording;
use crate::storage::events::{self, Details};
use crate::storage::office::Listed;
use crate::storage::{StorageError, Store, Tx, cases, write_tx};
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection, Executor};

/// A migrated store; the SQLite file goes with it.
pub(crate) struct Database {
    pub(crate) store: Store,
    pub(crate) url: DatabaseUrl,
    _folder: Option<tempfile::TempDir>,
}

pub(crate) async fn sqlite() -> Database {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("heyi.db"));
    open(url, Some(folder)).await
}

pub(crate) async fn postgres() -> Database {
    open(empty_postgres().await, None).await
}

/// Where nothing has been migrated yet.
pub(crate) async fn empty_postgres() -> DatabaseUrl {
    let server = std::env::var("HEYI_TEST_POSTGRES")
        .expect("HEYI_TEST_POSTGRES names a PostgreSQL server for tests; tests/run starts one");
    sqlx::any::install_default_drivers();
    let schema = format!("test_{}", Clock::system().new_id().simple());
    let mut connection = sqlx::AnyConnection::connect(&server).await.unwrap();
    connection
        .execute(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .await
        .unwrap();
    connection.close().await.unwrap();
    let mark = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{mark}options[search_path]={schema}");
    DatabaseUrl::Postgres(url)
}

async fn open(url: DatabaseUrl, folder: Option<tempfile::TempDir>) -> Database {
    Database {
        store: Store::open(&url).await.unwrap(),
        url,
        _folder: folder,
    }
}

/// An organisation of the invented district 和风区.
pub(crate) fn body(id: OrganisationId, kind: OrganisationKind, name: &str, prefix: &str) -> Listed {
    let wording = |text: &str| Wording {
        zh: text.to_owned(),
        en: text.to_owned(),
    };
    Listed {
        id,
        organisation: Organisation {
            key: OrganisationKey(id.to_string()),
            kind,
            name: wording(name),
            prefix: prefix.to_owned(),
            area: Area("hefeng".to_owned()),
            address: "柳荫街 1 号".to_owned(),
            phone: Phone::parse("13800000009").unwrap(),
            hours: wording("9"),
            fields: Vec::new(),
            parent: None,
            fee: None,
        },
    }
}

/// What somebody does who can write the database and wants a second event to be another.
pub(crate) async fn falsify(store: &Store) {
    let done: Result<(), StorageError> = write_tx!(store, |tx| {
        sqlx::query("UPDATE events SET kind = 'accept' WHERE seq = 2")
            .execute(tx.conn())
            .await?;
        Ok(())
    });
    done.unwrap();
}

/// One event with its details, of which there may be none.
pub(crate) type Written = (Link, Option<Details>);

/// All events of a case with their details.
pub(crate) async fn written(store: &Store, case: CaseId) -> Vec<Written> {
    let mut read = store.read().await.unwrap();
    let mut details = BTreeMap::from_iter(events::all_details(&mut read, case).await.unwrap());
    let links = events::chain(&mut read, case).await.unwrap();
    links
        .into_iter()
        .map(|link| {
            let details = details.remove(&link.seq);
            (link, details)
        })
        .collect()
}

/// What somebody does who can write the database and wants a case to have these events and no others.
pub(crate) async fn rewrite(store: &Store, case: CaseId, all: &[Written]) {
    let done: Result<(), StorageError> = write_tx!(store, |tx| {
        for table in ["event_details", "events", "unanchored"] {
            clear(tx, table, case).await?;
        }
        for (link, details) in all {
            let erased = Details {
                salt: String::new(),
                payload: String::new(),
            };
            events::append(tx, case, link, details.as_ref().unwrap_or(&erased)).await?;
        }
        clear(tx, "unanchored", case).await?;
        sqlx::query("DELETE FROM event_details WHERE salt = ''")
            .execute(tx.conn())
            .await?;
        Ok(())
    });
    done.unwrap();
}

async fn clear(tx: &mut Tx, table: &str, case: CaseId) -> Result<(), StorageError> {
    sqlx::query(AssertSqlSafe(format!(
        "DELETE FROM {table} WHERE case_id = $1"
    )))
    .bind(case.to_string())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What somebody does who wants a case never to have been.
pub(crate) async fn remove(store: &Store, case: CaseId) {
    const TABLES: [&str; 14] = [
        "event_details",
        "events",
        "unanchored",
        "case_people",
        "case_team",
        "case_words",
        "case_marks",
        "papers",
        "triage",
        "milestones",
        "invitations",
        "checks",
        "pleas",
        "deliveries",
    ];
    let done: Result<(), StorageError> = write_tx!(store, |tx| {
        for table in TABLES {
            clear(tx, table, case).await?;
        }
        sqlx::query("DELETE FROM cases WHERE id = $1")
            .bind(case.to_string())
            .execute(tx.conn())
            .await?;
        Ok(())
    });
    done.unwrap();
}

/// Puts a case as a test needs it, as if the newest event had left it so.
pub(crate) async fn put(tx: &mut Tx, case: &Case, now: Timestamp) -> Result<(), StorageError> {
    cases::update(tx, case, now).await?;
    let mut links = events::chain(tx, case.id).await?;
    let Some(mut last) = links.pop() else {
        return Ok(());
    };
    let before = links.pop();
    let before = before.map_or_else(|| case.id.to_string(), |link| link.hash.to_string());
    last.body = Some(cases::hash(case)?);
    let hash = last.expected(&before);
    sqlx::query("UPDATE events SET body = $3, hash = $4 WHERE case_id = $1 AND seq = $2")
        .bind(case.id.to_string())
        .bind(last.seq)
        .bind(last.body.map(|body| body.to_string()))
        .bind(hash.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What somebody does who wants a case to say something else.
pub(crate) async fn write_body(store: &Store, case: CaseId, how: impl Fn(&str) -> String) {
    let done: Result<(), StorageError> = write_tx!(store, |tx| {
        let body: String = sqlx::query_scalar("SELECT body FROM cases WHERE id = $1")
            .bind(case.to_string())
            .fetch_one(tx.conn())
            .await?;
        sqlx::query("UPDATE cases SET body = $2 WHERE id = $1")
            .bind(case.to_string())
            .bind(how(&body))
            .execute(tx.conn())
            .await?;
        Ok(())
    });
    done.unwrap();
}

/// What somebody does who wants an anchor never to have been.
pub(crate) async fn forget_anchors(store: &Store, from: i64) {
    let done: Result<(), StorageError> = write_tx!(store, |tx| {
        sqlx::query("DELETE FROM anchors WHERE number >= $1")
            .bind(from)
            .execute(tx.conn())
            .await?;
        Ok(())
    });
    done.unwrap();
}

/// As a program left the database that knew nothing of queues, marks, calendars and earlier matters.
pub(crate) async fn forget_copies(store: &Store) {
    let done: Result<(), StorageError> = write_tx!(store, |tx| {
        for table in ["triage", "case_marks", "invitations", "slots", "encounters"] {
            sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}")))
                .execute(tx.conn())
                .await?;
        }
        sqlx::query("UPDATE cases SET copies = 0, queue = stage, place_in_queue = 0")
            .execute(tx.conn())
            .await?;
        Ok(())
    });
    done.unwrap();
}

/// A body that nobody can read, of a case that everything is to be made anew of.
pub(crate) async fn spoil(store: &Store, case: CaseId) {
    let done: Result<(), StorageError> = write_tx!(store, |tx| {
        sqlx::query(
            "UPDATE cases SET body = '{\"story\": 1}', copies = 0, words = 0, provisional = 1 WHERE id = $1",
        )
        .bind(case.to_string())
        .execute(tx.conn())
        .await?;
        Ok(())
    });
    done.unwrap();
}

/// Tells one story on each database. What it prints stands above the panic of the story that failed.
pub(crate) async fn on_both(story: impl AsyncFn(Store)) {
    eprintln!("on SQLite:");
    let database = sqlite().await;
    story(database.store.clone()).await;
    eprintln!("on PostgreSQL:");
    let database = postgres().await;
    story(database.store.clone()).await;
}

/// Makes two tests of each story named: one with a SQLite database, one with a PostgreSQL database of its own.
macro_rules! on_each {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::storage::fixture::sqlite().await).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::storage::fixture::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_each;
