//! The queue: rows written in the transaction of the change they follow, leased to one worker at a time.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, StorageError, Tx, affected, instant, json, micros, parsed, to_json};
use crate::clock::Clock;
use crate::domain::ids::JobId;
use crate::domain::job::JobKind;

/// Work to be done once the transaction has committed.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    pub kind: JobKind,
    /// The same key is enqueued once, however often it is asked for.
    pub key: String,
    pub payload: Value,
    pub not_before: Timestamp,
}

/// A job under lease. `locked_until` proves the lease: closing it under another one is a `Conflict`.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub id: JobId,
    pub kind: JobKind,
    pub key: String,
    pub payload: Value,
    /// Counting the one that runs: 1 at the first.
    pub attempts: i64,
    pub locked_until: Timestamp,
}

/// A job that nobody will try again unless staff say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadJob {
    pub id: JobId,
    pub kind: JobKind,
    pub payload: Value,
    pub attempts: i64,
    /// May name an address: for staff, not for logs.
    pub last_error: String,
    pub dead_at: Timestamp,
}

/// Adds a job; false when its key was enqueued before.
pub async fn enqueue(tx: &mut Tx, job: &NewJob, now: Timestamp) -> Result<bool> {
    let result = sqlx::query(
        "INSERT INTO jobs (id, kind, key, payload, not_before, locked_until, attempts, created_at) \
         VALUES ($1, $2, $3, $4, $5, 0, 0, $6) ON CONFLICT (key) DO NOTHING",
    )
    .bind(Clock::system().new_id().to_string())
    .bind(job.kind.name())
    .bind(job.key.as_str())
    .bind(to_json("job", &job.payload)?)
    .bind(micros(job.not_before))
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    tx.has_jobs = true;
    Ok(result.rows_affected() == 1)
}

/// Leases up to `limit` due jobs until `locked_until`, the longest due first.
pub async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    locked_until: Timestamp,
    limit: i64,
) -> Result<Vec<Job>> {
    let rows = sqlx::query(
        "UPDATE jobs SET locked_until = $1, attempts = attempts + 1 WHERE id IN ( \
           SELECT id FROM jobs \
           WHERE done_at IS NULL AND dead_at IS NULL AND not_before <= $2 AND locked_until <= $2 \
           ORDER BY not_before, id LIMIT $3) \
         RETURNING id, kind, key, payload, attempts, locked_until",
    )
    .bind(micros(locked_until))
    .bind(micros(now))
    .bind(limit)
    .fetch_all(tx.conn())
    .await?;
    let mut jobs = rows.iter().map(read_job).collect::<Result<Vec<_>>>()?;
    jobs.sort_by_key(|job| job.id);
    Ok(jobs)
}

fn read_job(row: &AnyRow) -> Result<Job> {
    Ok(Job {
        id: parsed("job id", row.try_get("id")?)?,
        kind: kind(row)?,
        key: row.try_get("key")?,
        payload: json("job", row.try_get("payload")?)?,
        attempts: row.try_get("attempts")?,
        locked_until: instant(row.try_get("locked_until")?)?,
    })
}

fn kind(row: &AnyRow) -> Result<JobKind> {
    let name: &str = row.try_get("kind")?;
    JobKind::parse(name).ok_or_else(|| StorageError::Corrupt {
        what: "job kind",
        why: name.to_owned(),
    })
}

/// Closes a job that is done.
pub async fn finish(tx: &mut Tx, job: &Job, now: Timestamp) -> Result<()> {
    let end = End {
        done_at: Some(now),
        ..End::default()
    };
    close(tx, job, &end).await
}

/// Gives a job back, to be tried again from `not_before`.
pub async fn retry(tx: &mut Tx, job: &Job, not_before: Timestamp, error: &str) -> Result<()> {
    let end = End {
        not_before: Some(not_before),
        error: Some(error),
        ..End::default()
    };
    close(tx, job, &end).await
}

/// Gives a job up; it stays for staff to see.
pub async fn bury(tx: &mut Tx, job: &Job, now: Timestamp, error: &str) -> Result<()> {
    let end = End {
        dead_at: Some(now),
        error: Some(error),
        ..End::default()
    };
    close(tx, job, &end).await
}

/// How a worker leaves a job it had under lease.
#[derive(Default)]
struct End<'a> {
    /// Gives the lease up, for another try.
    not_before: Option<Timestamp>,
    done_at: Option<Timestamp>,
    dead_at: Option<Timestamp>,
    error: Option<&'a str>,
}

/// The one statement by which a lease ends; a lease that somebody else has is a `Conflict`.
async fn close(tx: &mut Tx, job: &Job, end: &End<'_>) -> Result<()> {
    let result = sqlx::query(
        "UPDATE jobs SET done_at = $1, dead_at = $2, last_error = $3, \
           not_before = COALESCE($4, not_before), \
           locked_until = CASE WHEN $4 IS NULL THEN locked_until ELSE 0 END \
         WHERE id = $5 AND locked_until = $6 AND done_at IS NULL AND dead_at IS NULL",
    )
    .bind(end.done_at.map(micros))
    .bind(end.dead_at.map(micros))
    .bind(end.error.map(str::to_owned))
    .bind(end.not_before.map(micros))
    .bind(job.id.to_string())
    .bind(micros(job.locked_until))
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

/// Puts a dead job back into the queue, as new.
pub async fn revive(tx: &mut Tx, job: JobId, now: Timestamp) -> Result<()> {
    let result = sqlx::query(
        "UPDATE jobs SET dead_at = NULL, locked_until = 0, attempts = 0, not_before = $1 \
         WHERE id = $2 AND dead_at IS NOT NULL",
    )
    .bind(micros(now))
    .bind(job.to_string())
    .execute(tx.conn())
    .await?;
    tx.has_jobs = true;
    affected(result, 1)
}

/// When the next open job becomes free to be claimed.
/// Closes every open job that was to be done by `now`, as if it had been: for a history that is made up at once.
pub async fn close_until(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    let closed = sqlx::query(
        "UPDATE jobs SET done_at = $1 WHERE done_at IS NULL AND dead_at IS NULL AND not_before <= $1",
    )
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    Ok(closed.rows_affected())
}

pub async fn next_due(read: &mut Read) -> Result<Option<Timestamp>> {
    let due: Option<i64> = sqlx::query_scalar(
        "SELECT MIN(CASE WHEN locked_until > not_before THEN locked_until ELSE not_before END) \
         FROM jobs WHERE done_at IS NULL AND dead_at IS NULL",
    )
    .fetch_one(read.conn())
    .await?;
    due.map(instant).transpose()
}

/// The dead jobs, newest first.
pub async fn dead(read: &mut Read, limit: i64) -> Result<Vec<DeadJob>> {
    let rows = sqlx::query(
        "SELECT id, kind, payload, attempts, last_error, dead_at FROM jobs \
         WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id LIMIT $1",
    )
    .bind(limit)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(read_dead).collect()
}

/// One dead job.
pub async fn dead_one(read: &mut Read, job: JobId) -> Result<Option<DeadJob>> {
    let row = sqlx::query(
        "SELECT id, kind, payload, attempts, last_error, dead_at FROM jobs \
         WHERE id = $1 AND dead_at IS NOT NULL",
    )
    .bind(job.to_string())
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(read_dead).transpose()
}

fn read_dead(row: &AnyRow) -> Result<DeadJob> {
    Ok(DeadJob {
        id: parsed("job id", row.try_get("id")?)?,
        kind: kind(row)?,
        payload: json("job", row.try_get("payload")?)?,
        attempts: row.try_get("attempts")?,
        last_error: row.try_get("last_error")?,
        dead_at: instant(row.try_get("dead_at")?)?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::storage::fixture::on_both;
    use crate::storage::{Store, write_tx};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn job(key: &str, not_before: i64) -> NewJob {
        NewJob {
            kind: JobKind::SendMessage,
            key: key.to_owned(),
            payload: json!({ "message": key }),
            not_before: at(not_before),
        }
    }

    async fn add(store: &Store, new: NewJob) -> bool {
        let added: Result<bool> = write_tx!(store, |tx| { enqueue(tx, &new, at(0)).await });
        added.unwrap()
    }

    async fn take(store: &Store, now: i64, limit: i64) -> Vec<Job> {
        let taken: Result<Vec<Job>> = write_tx!(store, |tx| {
            claim(tx, at(now), at(now + 60), limit).await
        });
        taken.unwrap()
    }

    #[tokio::test]
    async fn a_key_is_enqueued_once() {
        on_both(async |store| {
            assert!(add(&store, job("k", 0)).await);
            assert!(!add(&store, job("k", 5)).await);
            let taken = take(&store, 10, 10).await;
            assert_eq!(taken.len(), 1);
            assert_eq!(taken[0].payload, json!({ "message": "k" }));
        })
        .await;
    }

    #[tokio::test]
    async fn a_leased_job_is_nobody_elses_until_the_lease_ends() {
        on_both(async |store| {
            add(&store, job("k", 0)).await;
            let first = take(&store, 10, 10).await;
            assert_eq!(first[0].attempts, 1);
            assert!(take(&store, 69, 10).await.is_empty());
            let second = take(&store, 70, 10).await;
            assert_eq!(second[0].attempts, 2);
            let late: Result<()> = write_tx!(store, |tx| { finish(tx, &first[0], at(71)).await });
            assert!(matches!(late, Err(StorageError::Conflict)), "{late:?}");
            let done: Result<()> = write_tx!(store, |tx| { finish(tx, &second[0], at(71)).await });
            done.unwrap();
            assert!(take(&store, 1_000, 10).await.is_empty());
        })
        .await;
    }

    #[tokio::test]
    async fn jobs_are_claimed_in_batches_and_not_before_their_hour() {
        on_both(async |store| {
            for (key, not_before) in [("late", 100), ("b", 2), ("a", 1)] {
                add(&store, job(key, not_before)).await;
            }
            assert_eq!(take(&store, 50, 1).await[0].key, "a");
            assert_eq!(take(&store, 50, 5).await[0].key, "b");
            let mut read = store.read().await.unwrap();
            assert_eq!(next_due(&mut read).await.unwrap(), Some(at(100)));
            assert!(take(&store, 99, 5).await.is_empty());
            assert_eq!(take(&store, 100, 5).await[0].key, "late");
        })
        .await;
    }

    #[tokio::test]
    async fn a_job_given_back_waits_and_a_buried_one_is_seen_and_can_be_revived() {
        on_both(async |store| {
            add(&store, job("k", 0)).await;
            let taken = take(&store, 10, 1).await;
            let back: Result<()> = write_tx!(store, |tx| {
                retry(tx, &taken[0], at(40), "refused").await
            });
            back.unwrap();
            assert!(take(&store, 39, 1).await.is_empty());
            let taken = take(&store, 40, 1).await;
            let buried: Result<()> = write_tx!(store, |tx| {
                bury(tx, &taken[0], at(41), "no such address").await
            });
            buried.unwrap();
            assert!(take(&store, 5_000, 1).await.is_empty());
            let mut read = store.read().await.unwrap();
            assert_eq!(next_due(&mut read).await.unwrap(), None);
            let dead = dead(&mut read, 10).await.unwrap();
            assert_eq!(
                (dead[0].attempts, dead[0].last_error.as_str()),
                (2, "no such address")
            );
            let revived: Result<()> =
                write_tx!(store, |tx| { revive(tx, dead[0].id, at(6_000)).await });
            revived.unwrap();
            assert_eq!(take(&store, 6_000, 1).await[0].attempts, 1);
        })
        .await;
    }

    #[tokio::test]
    async fn a_commit_with_jobs_wakes_whoever_waits() {
        on_both(async |store| {
            add(&store, job("k", 0)).await;
            store.jobs_arrived().await;
        })
        .await;
    }
}
