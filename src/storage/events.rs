//! The events of a case: appended, chained, never changed; their details can be erased.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, parsed};
use crate::domain::chain::Link;
use crate::domain::ids::CaseId;

/// What is kept beside an event and can be erased: JSON under a random salt of 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    pub salt: String,
    pub payload: String,
}

pub async fn append(tx: &mut Tx, case: CaseId, link: &Link, details: &Details) -> Result<()> {
    sqlx::query(
        "INSERT INTO events (case_id, seq, kind, actor, at, from_stage, to_stage, details, body, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(case.to_string())
    .bind(link.seq)
    .bind(&link.kind)
    .bind(&link.actor)
    .bind(link.at)
    .bind(&link.from_stage)
    .bind(&link.to_stage)
    .bind(link.details.as_str())
    .bind(link.body.as_ref().map(ToString::to_string))
    .bind(link.hash.as_str())
    .execute(tx.conn())
    .await?;
    sqlx::query("INSERT INTO event_details (case_id, seq, salt, payload) VALUES ($1, $2, $3, $4)")
        .bind(case.to_string())
        .bind(link.seq)
        .bind(&details.salt)
        .bind(&details.payload)
        .execute(tx.conn())
        .await?;
    super::anchors::wait(tx, case, link.seq).await
}

/// The newest link, behind which the next one goes.
pub async fn head(read: &mut Read, case: CaseId) -> Result<Option<Link>> {
    let row = sqlx::query(
        "SELECT seq, kind, actor, at, from_stage, to_stage, details, body, hash FROM events WHERE case_id = $1 ORDER BY seq DESC LIMIT 1",
    )
    .bind(case.to_string())
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(link).transpose()
}

/// All links from the first on.
pub async fn chain(read: &mut Read, case: CaseId) -> Result<Vec<Link>> {
    let rows = sqlx::query("SELECT seq, kind, actor, at, from_stage, to_stage, details, body, hash FROM events WHERE case_id = $1 ORDER BY seq")
        .bind(case.to_string())
        .fetch_all(read.conn())
        .await?;
    rows.iter().map(link).collect()
}

/// The details of one event; `None` once they are erased.
pub async fn details(read: &mut Read, case: CaseId, seq: i64) -> Result<Option<Details>> {
    let row =
        sqlx::query("SELECT salt, payload FROM event_details WHERE case_id = $1 AND seq = $2")
            .bind(case.to_string())
            .bind(seq)
            .fetch_optional(read.conn())
            .await?;
    row.map(|row| {
        Ok(Details {
            salt: row.try_get("salt")?,
            payload: row.try_get("payload")?,
        })
    })
    .transpose()
}

/// The details of all events of a case that are not erased, with the numbers of the events.
pub async fn all_details(read: &mut Read, case: CaseId) -> Result<Vec<(i64, Details)>> {
    let rows =
        sqlx::query("SELECT seq, salt, payload FROM event_details WHERE case_id = $1 ORDER BY seq")
            .bind(case.to_string())
            .fetch_all(read.conn())
            .await?;
    let details = |row: &AnyRow| {
        let details = Details {
            salt: row.try_get("salt")?,
            payload: row.try_get("payload")?,
        };
        Ok((row.try_get("seq")?, details))
    };
    rows.iter().map(details).collect()
}

fn link(row: &AnyRow) -> Result<Link> {
    Ok(Link {
        seq: row.try_get("seq")?,
        kind: row.try_get("kind")?,
        actor: row.try_get("actor")?,
        at: row.try_get("at")?,
        from_stage: row.try_get("from_stage")?,
        to_stage: row.try_get("to_stage")?,
        details: parsed("digest", row.try_get("details")?)?,
        body: row
            .try_get::<Option<&str>, _>("body")?
            .map(|body| parsed("hash", body))
            .transpose()?,
        hash: parsed("hash", row.try_get("hash")?)?,
    })
}
