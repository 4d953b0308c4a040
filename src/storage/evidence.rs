//! What a party shows to the mediator alone. Read for the pages of the two, and by nothing that writes a paper.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, affected, instant, json, micros, parsed, to_json};
use crate::domain::caucus::Confidential;
use crate::domain::evidence::ConfidedEvidence;
use crate::domain::ids::{CaseId, EvidenceId, PersonId};

pub async fn insert(tx: &mut Tx, case: CaseId, evidence: &ConfidedEvidence) -> Result<()> {
    sqlx::query(
        "INSERT INTO confided_evidence (id, case_id, party_id, giver, mediator, file, note, confided_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(evidence.id.to_string())
    .bind(case.to_string())
    .bind(evidence.from.to_string())
    .bind(evidence.by.to_string())
    .bind(evidence.to.to_string())
    .bind(to_json("evidence", &evidence.file)?)
    .bind(evidence.note.for_the_mediator())
    .bind(micros(evidence.at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// All that was confided in a case, oldest first; who sees which is decided by `permission`.
pub async fn of_case(read: &mut Read, case: CaseId) -> Result<Vec<ConfidedEvidence>> {
    let rows = sqlx::query(
        "SELECT id, party_id, giver, mediator, file, note, confided_at FROM confided_evidence \
         WHERE case_id = $1 ORDER BY confided_at, id",
    )
    .bind(case.to_string())
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(confided).collect()
}

/// Says that another mediator may see it from now on.
///
/// # Errors
/// `Conflict` where it is not there.
pub async fn hand_on(tx: &mut Tx, case: CaseId, id: EvidenceId, to: PersonId) -> Result<()> {
    let result =
        sqlx::query("UPDATE confided_evidence SET mediator = $3 WHERE id = $1 AND case_id = $2")
            .bind(id.to_string())
            .bind(case.to_string())
            .bind(to.to_string())
            .execute(tx.conn())
            .await?;
    affected(result, 1)
}

/// # Errors
/// `Conflict` where it is not there.
pub async fn delete(tx: &mut Tx, case: CaseId, id: EvidenceId) -> Result<()> {
    let result = sqlx::query("DELETE FROM confided_evidence WHERE id = $1 AND case_id = $2")
        .bind(id.to_string())
        .bind(case.to_string())
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

fn confided(row: &AnyRow) -> Result<ConfidedEvidence> {
    Ok(ConfidedEvidence {
        id: parsed("evidence id", row.try_get("id")?)?,
        from: parsed("party id", row.try_get("party_id")?)?,
        by: parsed("person id", row.try_get("giver")?)?,
        to: parsed("person id", row.try_get("mediator")?)?,
        file: json("evidence", row.try_get("file")?)?,
        note: Confidential::new(row.try_get("note")?),
        at: instant(row.try_get("confided_at")?)?,
    })
}
