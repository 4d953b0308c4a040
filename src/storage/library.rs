//! What mediators write for themselves: clauses of their own, and notes on a case. Each is found by its writer.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::{Read, Result, Tx, affected, instant, micros, parsed};
use crate::domain::caucus::Confidential;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::note::PrivateNote;

/// A clause that somebody keeps for their cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnClause {
    pub id: Uuid,
    pub title: String,
    /// May hold names in braces, see `domain::fillers`.
    pub text: String,
}

pub async fn keep(tx: &mut Tx, person: PersonId, clause: &OwnClause, now: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO own_clauses (id, person, title, text, written_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(clause.id.to_string())
    .bind(person.to_string())
    .bind(&clause.title)
    .bind(&clause.text)
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// # Errors
/// `Conflict` where the person has no such clause.
pub async fn discard(tx: &mut Tx, person: PersonId, id: Uuid) -> Result<()> {
    let result = sqlx::query("DELETE FROM own_clauses WHERE id = $1 AND person = $2")
        .bind(id.to_string())
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

/// By title.
pub async fn of_person(read: &mut Read, person: PersonId) -> Result<Vec<OwnClause>> {
    let rows =
        sqlx::query("SELECT id, title, text FROM own_clauses WHERE person = $1 ORDER BY title, id")
            .bind(person.to_string())
            .fetch_all(read.conn())
            .await?;
    let clause = |row: &AnyRow| {
        Ok(OwnClause {
            id: parsed("clause id", row.try_get("id")?)?,
            title: row.try_get("title")?,
            text: row.try_get("text")?,
        })
    };
    rows.iter().map(clause).collect()
}

pub async fn note(tx: &mut Tx, id: Uuid, case: CaseId, note: &PrivateNote) -> Result<()> {
    sqlx::query("INSERT INTO private_notes (id, case_id, author, text, written_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.to_string())
        .bind(case.to_string())
        .bind(note.author.to_string())
        .bind(note.text.for_the_mediator())
        .bind(micros(note.at))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The notes on a case, oldest first; whose of them somebody reads, `casework` knows.
pub async fn notes(read: &mut Read, case: CaseId) -> Result<Vec<PrivateNote>> {
    let rows = sqlx::query("SELECT author, text, written_at FROM private_notes WHERE case_id = $1 ORDER BY written_at, id")
        .bind(case.to_string())
        .fetch_all(read.conn())
        .await?;
    let note = |row: &AnyRow| {
        Ok(PrivateNote {
            author: parsed("person id", row.try_get("author")?)?,
            text: Confidential::new(row.try_get("text")?),
            at: instant(row.try_get("written_at")?)?,
        })
    };
    rows.iter().map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::fixture::on_both;
    use crate::storage::write_tx;

    #[tokio::test]
    async fn a_clause_is_read_and_discarded_by_its_writer_alone() {
        on_both(async |store| {
            let (me, you) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
            let clause = OwnClause {
                id: Uuid::from_u128(3),
                title: "门口".to_owned(),
                text: "门口不放鞋柜。".to_owned(),
            };
            let now = Timestamp::UNIX_EPOCH;
            let kept: Result<()> = write_tx!(store, |tx| { keep(tx, me, &clause, now).await });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            let mine = of_person(&mut read, me).await.unwrap();
            assert_eq!(mine, std::slice::from_ref(&clause));
            assert!(of_person(&mut read, you).await.unwrap().is_empty());
            drop(read);
            let stolen: Result<()> = write_tx!(store, |tx| { discard(tx, you, clause.id).await });
            assert!(stolen.is_err());
            let gone: Result<()> = write_tx!(store, |tx| { discard(tx, me, clause.id).await });
            gone.unwrap();
        })
        .await;
    }
}
