//! The record of who came to a session, who left, and who spoke alone.

use sqlx::Row;

use super::{Read, Result, StorageError, Tx, instant, json, micros, to_json};
use crate::domain::attendance::{Attendance, Happening};
use crate::domain::ids::{CaseId, SessionId};

pub async fn insert(
    tx: &mut Tx,
    id: uuid::Uuid,
    (case, session): (CaseId, SessionId),
    line: &Attendance,
) -> Result<()> {
    sqlx::query("INSERT INTO attendance (id, case_id, session_id, at, what, people) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id.to_string())
        .bind(case.to_string())
        .bind(session.to_string())
        .bind(micros(line.at))
        .bind(line.what.name())
        .bind(to_json("people", &line.people)?)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The record of one session of a case, oldest line first.
pub async fn of_session(
    read: &mut Read,
    (case, session): (CaseId, SessionId),
) -> Result<Vec<Attendance>> {
    let rows = sqlx::query("SELECT at, what, people FROM attendance WHERE case_id = $1 AND session_id = $2 ORDER BY at, id")
        .bind(case.to_string())
        .bind(session.to_string())
        .fetch_all(read.conn())
        .await?;
    let line = |row: &sqlx::any::AnyRow| -> Result<Attendance> {
        let what: &str = row.try_get("what")?;
        let unknown = || StorageError::Corrupt {
            what: "attendance",
            why: format!("nobody knows {what}"),
        };
        Ok(Attendance {
            at: instant(row.try_get("at")?)?,
            what: Happening::parse(what).ok_or_else(unknown)?,
            people: json("people", row.try_get("people")?)?,
        })
    };
    rows.iter().map(line).collect()
}
