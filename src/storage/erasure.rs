//! Erasing what people wrote in a case that is over, beside its chain, which holds all the same.

use super::{Result, StorageError, Tx, cases, events, writing};
use crate::domain::ids::CaseId;

/// Erases every word that stands beside the body and the papers of a case: details of events, what was written at the
/// table, what was confided, notes. How many rows. With the mediation the body has lost what was offered and why it was
/// declined; before that the words are still needed.
///
/// # Errors
/// `Conflict` while the mediation goes on, `NotFound` where there is no such case.
pub async fn erase_words(tx: &mut Tx, case: CaseId) -> Result<u64> {
    let body = cases::load(tx, case).await?.ok_or(StorageError::NotFound)?;
    if body.stage.begun().is_some() {
        return Err(StorageError::Conflict);
    }
    writing::drop_offers(tx, case).await?;
    let mut erased = events::erase_details(tx, case).await?;
    for sql in [
        "DELETE FROM written_messages WHERE case_id = $1",
        "DELETE FROM confided_messages WHERE case_id = $1",
        "DELETE FROM caucus_notes WHERE case_id = $1",
        "DELETE FROM private_notes WHERE case_id = $1",
    ] {
        let result = sqlx::query(sql)
            .bind(case.to_string())
            .execute(tx.conn())
            .await?;
        erased += result.rows_affected();
    }
    Ok(erased)
}
