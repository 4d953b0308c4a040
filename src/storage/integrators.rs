//! Integrators, and what was answered to their keys.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, StorageError, Tx, affected, instant, micros, parsed};
use crate::domain::ids::IntegratorId;
use crate::domain::intake::Source;
use crate::domain::integrator::Integrator;
use crate::domain::organisation::District;

/// The columns of an integrator, as [`read_row`] wants them.
const COLUMNS: &str = "id, name, source, district, webhook, created_at, revoked_at";

pub async fn insert(
    tx: &mut Tx,
    integrator: &Integrator,
    token_hash: &str,
    secret: &[u8],
) -> Result<()> {
    sqlx::query(
        "INSERT INTO integrators (id, name, source, district, token_hash, webhook, secret, created_at, revoked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)",
    )
    .bind(integrator.id.to_string())
    .bind(&integrator.name)
    .bind(integrator.source.name())
    .bind(&integrator.district.0)
    .bind(token_hash)
    .bind(integrator.webhook.clone())
    .bind(secret.to_vec())
    .bind(micros(integrator.created_at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whose token has this hash.
pub async fn by_token(read: &mut Read, token_hash: &str) -> Result<Option<Integrator>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM integrators WHERE token_hash = $1"
    ));
    let row = sqlx::query(sql)
        .bind(token_hash)
        .fetch_optional(read.conn())
        .await?;
    row.as_ref().map(read_row).transpose()
}

/// An integrator with the sealed secret of its webhook.
pub async fn with_secret(
    read: &mut Read,
    id: IntegratorId,
) -> Result<Option<(Integrator, Vec<u8>)>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS}, secret FROM integrators WHERE id = $1"
    ));
    let row = sqlx::query(sql)
        .bind(id.to_string())
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| Ok((read_row(&row)?, row.try_get("secret")?)))
        .transpose()
}

pub async fn all(read: &mut Read) -> Result<Vec<Integrator>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM integrators ORDER BY id"));
    let rows = sqlx::query(sql).fetch_all(read.conn()).await?;
    rows.iter().map(read_row).collect()
}

/// # Errors
/// `Conflict` where there is none, or it is revoked already.
pub async fn revoke(tx: &mut Tx, id: IntegratorId, now: Timestamp) -> Result<()> {
    let result =
        sqlx::query("UPDATE integrators SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
            .bind(id.to_string())
            .bind(micros(now))
            .execute(tx.conn())
            .await?;
    affected(result, 1)
}

fn read_row(row: &AnyRow) -> Result<Integrator> {
    let source: &str = row.try_get("source")?;
    let revoked: Option<i64> = row.try_get("revoked_at")?;
    Ok(Integrator {
        id: parsed("integrator id", row.try_get("id")?)?,
        name: row.try_get("name")?,
        source: Source::parse(source).ok_or_else(|| StorageError::Corrupt {
            what: "source",
            why: source.to_owned(),
        })?,
        district: District(row.try_get("district")?),
        webhook: row.try_get("webhook")?,
        created_at: instant(row.try_get("created_at")?)?,
        revoked_at: revoked.map(instant).transpose()?,
    })
}

/// What was answered to a key before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub body_hash: String,
    pub answer: String,
}

/// Takes a key for this body; nothing where it is new, else what was answered to it. Whoever comes second waits here until
/// the first has committed.
pub async fn take_key(
    tx: &mut Tx,
    id: IntegratorId,
    key: &str,
    body_hash: &str,
    now: Timestamp,
) -> Result<Option<Kept>> {
    let taken = sqlx::query(
        "INSERT INTO intake_keys (integrator_id, key, body_hash, answer, kept_at) VALUES ($1, $2, $3, '', $4) \
         ON CONFLICT (integrator_id, key) DO NOTHING",
    )
    .bind(id.to_string())
    .bind(key)
    .bind(body_hash)
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    if taken.rows_affected() == 1 {
        return Ok(None);
    }
    let row = sqlx::query(
        "SELECT body_hash, answer FROM intake_keys WHERE integrator_id = $1 AND key = $2",
    )
    .bind(id.to_string())
    .bind(key)
    .fetch_one(tx.conn())
    .await?;
    Ok(Some(Kept {
        body_hash: row.try_get("body_hash")?,
        answer: row.try_get("answer")?,
    }))
}

/// Keeps what is answered to a key just taken.
pub async fn keep_answer(tx: &mut Tx, id: IntegratorId, key: &str, answer: &str) -> Result<()> {
    let result =
        sqlx::query("UPDATE intake_keys SET answer = $3 WHERE integrator_id = $1 AND key = $2")
            .bind(id.to_string())
            .bind(key)
            .bind(answer)
            .execute(tx.conn())
            .await?;
    affected(result, 1)
}

/// Forgets keys that were taken before `before`.
pub async fn forget_keys(tx: &mut Tx, id: IntegratorId, before: Timestamp) -> Result<()> {
    sqlx::query("DELETE FROM intake_keys WHERE integrator_id = $1 AND kept_at < $2")
        .bind(id.to_string())
        .bind(micros(before))
        .execute(tx.conn())
        .await?;
    Ok(())
}
