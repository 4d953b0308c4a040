//! What one side told the mediator alone. Read for the mediator's page, and by nothing that writes a paper.

use jiff::Timestamp;
use sqlx::Row;

use super::{Read, Result, Tx, instant, micros, parsed};
use crate::domain::caucus::{CaucusNote, Confidential};
use crate::domain::ids::{CaseId, PersonId};

pub async fn insert(tx: &mut Tx, id: uuid::Uuid, case: CaseId, note: &CaucusNote) -> Result<()> {
    sqlx::query("INSERT INTO caucus_notes (id, case_id, party_id, author, text, written_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id.to_string())
        .bind(case.to_string())
        .bind(note.with.to_string())
        .bind(note.author.to_string())
        .bind(note.text.for_the_mediator())
        .bind(micros(note.at))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The notes that `author` wrote in a case, oldest first; nobody else's.
pub async fn of_author(read: &mut Read, case: CaseId, author: PersonId) -> Result<Vec<CaucusNote>> {
    let rows = sqlx::query("SELECT party_id, text, written_at FROM caucus_notes WHERE case_id = $1 AND author = $2 ORDER BY written_at, id")
        .bind(case.to_string())
        .bind(author.to_string())
        .fetch_all(read.conn())
        .await?;
    let note = |row: &sqlx::any::AnyRow| -> Result<CaucusNote> {
        let at: Timestamp = instant(row.try_get("written_at")?)?;
        Ok(CaucusNote {
            with: parsed("party id", row.try_get("party_id")?)?,
            author,
            text: Confidential::new(row.try_get("text")?),
            at,
        })
    };
    rows.iter().map(note).collect()
}
