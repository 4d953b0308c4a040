//! One-time codes, and the counters that limit how many are asked for.

use jiff::Timestamp;
use sqlx::Row;

use crate::storage::{Read, Result, Tx, affected, instant, micros};

/// The newest code of a subject.
#[derive(Clone, Debug)]
pub struct Code {
    pub code_hash: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub tries: i64,
    pub spent_at: Option<Timestamp>,
}

/// Keeps a code, in place of any older one of the same subject.
pub async fn replace(
    tx: &mut Tx,
    subject: &str,
    code_hash: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO codes (subject, code_hash, created_at, expires_at, tries, spent_at) VALUES ($1, $2, $3, $4, 0, $5) \
         ON CONFLICT (subject) DO UPDATE SET code_hash = excluded.code_hash, created_at = excluded.created_at, \
         expires_at = excluded.expires_at, tries = 0, spent_at = excluded.spent_at",
    )
    .bind(subject)
    .bind(code_hash)
    .bind(micros(now))
    .bind(micros(expires_at))
    .bind(None::<i64>)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn find(read: &mut Read, subject: &str) -> Result<Option<Code>> {
    let row = sqlx::query(
        "SELECT code_hash, created_at, expires_at, tries, spent_at FROM codes WHERE subject = $1",
    )
    .bind(subject)
    .fetch_optional(read.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let spent: Option<i64> = row.try_get("spent_at")?;
    Ok(Some(Code {
        code_hash: row.try_get("code_hash")?,
        created_at: instant(row.try_get("created_at")?)?,
        expires_at: instant(row.try_get("expires_at")?)?,
        tries: row.try_get("tries")?,
        spent_at: spent.map(instant).transpose()?,
    }))
}

/// Counts a wrong try.
///
/// # Errors
/// `Conflict` when another try was counted in between.
pub async fn tried(tx: &mut Tx, subject: &str, tries: i64) -> Result<()> {
    let result = sqlx::query("UPDATE codes SET tries = $2 WHERE subject = $1 AND tries = $3")
        .bind(subject)
        .bind(tries)
        .bind(tries - 1)
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

/// Spends a code.
///
/// # Errors
/// `Conflict` when it is spent already.
pub async fn spend(tx: &mut Tx, subject: &str, now: Timestamp) -> Result<()> {
    let result =
        sqlx::query("UPDATE codes SET spent_at = $2 WHERE subject = $1 AND spent_at IS NULL")
            .bind(subject)
            .bind(micros(now))
            .execute(tx.conn())
            .await?;
    affected(result, 1)
}

/// Removes codes and counts older than `before`; gives how many.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let codes = sqlx::query("DELETE FROM codes WHERE expires_at < $1")
        .bind(micros(before))
        .execute(tx.conn())
        .await?;
    let counts = sqlx::query("DELETE FROM requests WHERE at < $1")
        .bind(micros(before))
        .execute(tx.conn())
        .await?;
    Ok(codes.rows_affected() + counts.rows_affected())
}

/// Counts a request.
pub async fn count(tx: &mut Tx, counter: &str, now: Timestamp) -> Result<()> {
    sqlx::query("INSERT INTO requests (counter, at) VALUES ($1, $2)")
        .bind(counter)
        .bind(micros(now))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The instants of a counter's requests since `since`, oldest first.
pub async fn counted(read: &mut Read, counter: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
    let rows = sqlx::query("SELECT at FROM requests WHERE counter = $1 AND at > $2 ORDER BY at")
        .bind(counter)
        .bind(micros(since))
        .fetch_all(read.conn())
        .await?;
    rows.iter().map(|row| instant(row.try_get("at")?)).collect()
}
