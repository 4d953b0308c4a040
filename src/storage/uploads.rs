//! Files on their way in: what each is to become, and how far it has come.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, StorageError, Tx, affected, micros, parsed};
use crate::domain::evidence::Audience;
use crate::domain::ids::{CaseId, PersonId, UploadId};

/// One file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub case: CaseId,
    pub person: PersonId,
    pub name: String,
    pub note: String,
    pub audience: Audience,
    /// Bytes of the whole file.
    pub size: u64,
    /// Bytes that have arrived.
    pub received: u64,
    pub parts: u32,
}

pub async fn insert(tx: &mut Tx, upload: &Upload, now: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO uploads (id, case_id, person_id, name, note, audience, size, received, parts, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(upload.id.to_string())
    .bind(upload.case.to_string())
    .bind(upload.person.to_string())
    .bind(&upload.name)
    .bind(&upload.note)
    .bind(upload.audience.name())
    .bind(whole(upload.size))
    .bind(whole(upload.received))
    .bind(i64::from(upload.parts))
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What somebody has on its way into a case, the newest first.
pub async fn of_person(read: &mut Read, person: PersonId, case: CaseId) -> Result<Vec<Upload>> {
    let rows = sqlx::query(
        "SELECT id, case_id, person_id, name, note, audience, size, received, parts FROM uploads \
         WHERE person_id = $1 AND case_id = $2 ORDER BY changed_at DESC, id",
    )
    .bind(person.to_string())
    .bind(case.to_string())
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(upload).collect()
}

/// Notes that one more part lies stored behind the first `received` bytes.
///
/// # Errors
/// `Conflict` where another part has come in between.
pub async fn advance(tx: &mut Tx, upload: &Upload, by: u64, now: Timestamp) -> Result<()> {
    let result = sqlx::query(
        "UPDATE uploads SET received = $2, parts = $3, changed_at = $4 WHERE id = $1 AND received = $5",
    )
    .bind(upload.id.to_string())
    .bind(whole(upload.received + by))
    .bind(i64::from(upload.parts) + 1)
    .bind(micros(now))
    .bind(whole(upload.received))
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

/// Forgets an upload that is over; one that is gone already stays gone.
pub async fn delete(tx: &mut Tx, id: UploadId) -> Result<()> {
    sqlx::query("DELETE FROM uploads WHERE id = $1")
        .bind(id.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Forgets what nobody went on with since `before`; gives how many.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let result = sqlx::query("DELETE FROM uploads WHERE changed_at < $1")
        .bind(micros(before))
        .execute(tx.conn())
        .await?;
    Ok(result.rows_affected())
}

/// Sizes are far below what the column holds: a larger one is refused before it comes here.
fn whole(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

fn upload(row: &AnyRow) -> Result<Upload> {
    let audience: &str = row.try_get("audience")?;
    let number = |column: &str| -> Result<u64> {
        let value: i64 = row.try_get(column)?;
        u64::try_from(value).map_err(|error| corrupt("size of an upload", &error.to_string()))
    };
    Ok(Upload {
        id: parsed("upload id", row.try_get("id")?)?,
        case: parsed("case id", row.try_get("case_id")?)?,
        person: parsed("person id", row.try_get("person_id")?)?,
        name: row.try_get("name")?,
        note: row.try_get("note")?,
        audience: Audience::parse(audience).ok_or_else(|| corrupt("audience", audience))?,
        size: number("size")?,
        received: number("received")?,
        parts: u32::try_from(number("parts")?)
            .map_err(|error| corrupt("parts of an upload", &error.to_string()))?,
    })
}

fn corrupt(what: &'static str, why: &str) -> StorageError {
    StorageError::Corrupt {
        what,
        why: why.to_owned(),
    }
}
