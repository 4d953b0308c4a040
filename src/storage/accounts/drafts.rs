//! Forms being filled in, sealed before they come here.

use jiff::Timestamp;
use sqlx::Row;

use crate::storage::{Read, Result, Tx, micros};

pub async fn save(
    tx: &mut Tx,
    browser: &str,
    kind: &str,
    body: &[u8],
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<()> {
    sqlx::query(
        "INSERT INTO drafts (browser, kind, body, saved_at, expires_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (browser, kind) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at, \
         expires_at = excluded.expires_at",
    )
    .bind(browser)
    .bind(kind)
    .bind(body.to_vec())
    .bind(micros(now))
    .bind(micros(expires_at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn load(
    read: &mut Read,
    browser: &str,
    kind: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>> {
    let row =
        sqlx::query("SELECT body FROM drafts WHERE browser = $1 AND kind = $2 AND expires_at > $3")
            .bind(browser)
            .bind(kind)
            .bind(micros(now))
            .fetch_optional(read.conn())
            .await?;
    row.map(|row| Ok(row.try_get("body")?)).transpose()
}

/// Forgets a draft; gives how many there were.
pub async fn delete(tx: &mut Tx, browser: &str, kind: &str) -> Result<u64> {
    let result = sqlx::query("DELETE FROM drafts WHERE browser = $1 AND kind = $2")
        .bind(browser)
        .bind(kind)
        .execute(tx.conn())
        .await?;
    Ok(result.rows_affected())
}

/// Removes what nobody came back for; gives how many.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    let result = sqlx::query("DELETE FROM drafts WHERE expires_at <= $1")
        .bind(micros(now))
        .execute(tx.conn())
        .await?;
    Ok(result.rows_affected())
}
