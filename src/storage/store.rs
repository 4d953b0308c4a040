//! The database: opened once, shared by everything.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Executor};
use tokio::sync::Notify;

use super::Result;
use super::attempts::Attempts;
use super::migrate::migrate;
use super::tx::{Read, Tx};
use super::words::IndexKey;
use crate::clock::Clock;
use crate::config::DatabaseUrl;

/// SQLite: one writer and four read-only connections, because a shared pool under load answers "locked".
/// PostgreSQL: two pools of ten, the second read-only too, so that both behave alike.
#[derive(Clone, Debug)]
pub struct Store(Arc<Pools>);

#[derive(Debug)]
struct Pools {
    writer: AnyPool,
    readers: AnyPool,
    begin: &'static str,
    jobs: Notify,
    jitter: Clock,
    index_key: OnceLock<IndexKey>,
}

impl Store {
    /// Opens the database, made if it is a SQLite file not yet there, and brings its schema up to date.
    pub async fn open(url: &DatabaseUrl) -> Result<Self> {
        let store = Self::connect(url).await?;
        store.migrate(url).await?;
        Ok(store)
    }

    /// Opens a database as it is: its schema stays as old as it may be.
    pub async fn as_it_is(url: &DatabaseUrl) -> Result<Self> {
        Self::connect(url).await
    }

    async fn connect(url: &DatabaseUrl) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let (writer, readers, begin) = match url {
            DatabaseUrl::Sqlite(file) => sqlite(file).await?,
            DatabaseUrl::Postgres(url) => postgres(url).await?,
        };
        Ok(Self(Arc::new(Pools {
            writer,
            readers,
            begin,
            jobs: Notify::new(),
            jitter: Clock::system(),
            index_key: OnceLock::new(),
        })))
    }

    async fn migrate(&self, url: &DatabaseUrl) -> Result<()> {
        migrate(&mut *self.0.writer.acquire().await?, url).await
    }

    /// Keeps the words of cases under this key from now on; once, before anything is written.
    pub fn index_under(&self, key: IndexKey) {
        self.0.index_key.get_or_init(|| key);
    }

    /// A store that nobody gave a key, such as a test's, keeps the words under none that is secret.
    fn index_key(&self) -> IndexKey {
        self.0.index_key.get().copied().unwrap_or(IndexKey([0; 32]))
    }

    /// A connection that can only read.
    pub async fn read(&self) -> Result<Read> {
        let connection = self.0.readers.acquire().await?;
        Ok(Read::pooled(connection, self.index_key()))
    }

    /// For `write_tx!`: the tries of one write transaction.
    pub fn attempts(&self) -> Attempts<'_> {
        Attempts::new(self)
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that begins")]
    pub(super) async fn begin(&self) -> Result<Tx> {
        let begun = self.0.writer.begin_with(self.0.begin).await?;
        Ok(Tx::new(begun, self.index_key()))
    }

    /// Doubles from 4 ms up to half a second, half of it by chance.
    pub(super) fn pause(&self, attempt: u32) -> Duration {
        let whole = (2_u64 << attempt.min(8)).min(500);
        let [chance] = self.0.jitter.random::<1>();
        Duration::from_millis(whole / 2 + whole * u64::from(chance) / 512)
    }

    pub(super) fn announce_jobs(&self) {
        self.0.jobs.notify_one();
    }

    /// Resolves when a transaction with jobs has committed in this process since the last call.
    pub async fn jobs_arrived(&self) {
        self.0.jobs.notified().await;
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        let mut read = self.read().await?;
        read.conn().execute("SELECT 1").await?;
        Ok(())
    }

    /// Waits for the connections and closes them; SQLite folds its log into the file.
    pub async fn close(&self) {
        self.0.readers.close().await;
        self.0.writer.close().await;
    }
}

type Opened = (AnyPool, AnyPool, &'static str);

async fn sqlite(file: &Path) -> Result<Opened> {
    let writer = AnyPoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(|connection, _| Box::pin(writer_pragmas(connection)))
        .connect(&sqlite_url(file, "rwc")?)
        .await?;
    let readers = AnyPoolOptions::new()
        .max_connections(4)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(|connection, _| Box::pin(reader_pragmas(connection)))
        .connect(&sqlite_url(file, "ro")?)
        .await?;
    Ok((writer, readers, "BEGIN IMMEDIATE"))
}

async fn postgres(url: &str) -> Result<Opened> {
    // Serializable transactions that read a table from end to end stand in the way of all that write it; along an
    // index only of those beside them.
    let writer = AnyPoolOptions::new()
        .max_connections(10)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute("SET enable_seqscan = off").await?;
                Ok(())
            })
        })
        .connect(url)
        .await?;
    let readers = AnyPoolOptions::new()
        .max_connections(10)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection
                    .execute("SET default_transaction_read_only = on")
                    .await?;
                Ok(())
            })
        })
        .connect(url)
        .await?;
    Ok((writer, readers, "BEGIN ISOLATION LEVEL SERIALIZABLE"))
}

/// Every answer of a commit is on the disk (FULL), and readers do not wait for the writer (WAL).
async fn writer_pragmas(connection: &mut AnyConnection) -> sqlx::Result<()> {
    for pragma in [
        "PRAGMA busy_timeout = 10000",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
    ] {
        connection.execute(pragma).await?;
    }
    Ok(())
}

async fn reader_pragmas(connection: &mut AnyConnection) -> sqlx::Result<()> {
    connection.execute("PRAGMA busy_timeout = 10000").await?;
    Ok(())
}

pub(super) fn sqlite_url(file: &Path, mode: &str) -> Result<String> {
    let file = std::path::absolute(file).map_err(sqlx::Error::Io)?;
    let path = percent_encoding::utf8_percent_encode(
        &file.display().to_string(),
        percent_encoding::NON_ALPHANUMERIC,
    )
    .to_string()
    .replace("%2F", "/");
    Ok(format!("sqlite://{path}?mode={mode}"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::storage::fixture::{on_both, sqlite};
    use crate::storage::{StorageError, affected, write_tx};

    const INSERT: &str = "INSERT INTO jobs (id, kind, key, payload, not_before, locked_until, attempts, created_at) \
         VALUES ($1, 'send-message', $2, '{}', 0, 0, 0, 0)";

    async fn insert(tx: &mut Tx, id: &str, key: &str) -> Result<()> {
        let result = sqlx::query(INSERT)
            .bind(id)
            .bind(key)
            .execute(tx.conn())
            .await?;
        affected(result, 1)
    }

    async fn count(read: &mut Read) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM jobs")
            .fetch_one(read.conn())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_double_key_is_named_unique() {
        on_both(async |store| {
            let first: Result<()> = write_tx!(store, |tx| { insert(tx, "a", "k").await });
            first.unwrap();
            let again: Result<()> = write_tx!(store, |tx| { insert(tx, "b", "k").await });
            assert!(matches!(again, Err(StorageError::Unique)), "{again:?}");
        })
        .await;
    }

    #[tokio::test]
    async fn a_failed_transaction_leaves_nothing() {
        on_both(async |store| {
            let outcome: Result<()> = write_tx!(store, |tx| {
                insert(tx, "a", "k").await?;
                assert_eq!(count(tx).await, 1);
                Err(StorageError::NotFound)
            });
            assert!(matches!(outcome, Err(StorageError::NotFound)));
            assert_eq!(count(&mut store.read().await.unwrap()).await, 0);
        })
        .await;
    }

    #[tokio::test]
    async fn an_update_that_touches_nothing_is_a_conflict() {
        on_both(async |store| {
            let outcome: Result<()> = write_tx!(store, |tx| {
                let update = sqlx::query("UPDATE jobs SET attempts = 1 WHERE id = $1");
                affected(update.bind("none").execute(tx.conn()).await?, 1)
            });
            assert!(matches!(outcome, Err(StorageError::Conflict)));
        })
        .await;
    }

    #[tokio::test]
    async fn a_read_handle_cannot_write() {
        on_both(async |store| {
            let mut read = store.read().await.unwrap();
            let outcome = sqlx::query("DELETE FROM jobs").execute(read.conn()).await;
            assert!(outcome.is_err());
        })
        .await;
    }

    const ATTEMPTS: &str = "SELECT attempts FROM jobs WHERE id = 'a'";

    /// Reads, then writes: without the isolation level and the retry, PostgreSQL would lose counts.
    async fn count_up(store: &Store, runs: &AtomicU32) -> Result<()> {
        write_tx!(store, |tx| {
            runs.fetch_add(1, Ordering::Relaxed);
            let seen: i64 = sqlx::query_scalar(ATTEMPTS).fetch_one(tx.conn()).await?;
            let update = sqlx::query("UPDATE jobs SET attempts = $1 WHERE id = 'a'");
            affected(update.bind(seen + 1).execute(tx.conn()).await?, 1)
        })
    }

    #[tokio::test]
    async fn concurrent_writers_lose_nothing() {
        on_both(async |store| {
            let made: Result<()> = write_tx!(store, |tx| { insert(tx, "a", "k").await });
            made.unwrap();
            let runs = Arc::new(AtomicU32::new(0));
            let writers: Vec<_> = (0..6)
                .map(|_| {
                    let (store, runs) = (store.clone(), Arc::clone(&runs));
                    tokio::spawn(async move { count_up(&store, &runs).await })
                })
                .collect();
            for writer in writers {
                writer.await.unwrap().unwrap();
            }
            let mut read = store.read().await.unwrap();
            let total: i64 = sqlx::query_scalar(ATTEMPTS)
                .fetch_one(read.conn())
                .await
                .unwrap();
            assert_eq!(total, 6, "after {} runs", runs.load(Ordering::Relaxed));
        })
        .await;
    }

    #[tokio::test]
    async fn sqlite_syncs_every_commit() {
        let database = sqlite().await;
        let mut connection = database.store.0.writer.acquire().await.unwrap();
        for (pragma, value) in [
            ("synchronous", 2_i64),
            ("foreign_keys", 1),
            ("busy_timeout", 10_000),
        ] {
            let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("PRAGMA {pragma}")))
                .fetch_one(&mut *connection)
                .await
                .unwrap();
            assert_eq!(found, value, "{pragma}");
        }
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
            .fetch_one(&mut *connection)
            .await
            .unwrap();
        assert_eq!(mode, "wal");
    }

    #[tokio::test]
    async fn opening_twice_changes_nothing() {
        let database = sqlite().await;
        let again = Store::open(&database.url).await.unwrap();
        assert_eq!(count(&mut again.read().await.unwrap()).await, 0);
    }
}
