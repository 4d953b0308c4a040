//! Which report was made on the signing of which file.

use jiff::Timestamp;
use sqlx::Row;

use super::{Read, Result, Tx, micros, parsed};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;

/// Keeps the report on `signed`, unless there is one: the first stays, so that all who ask read the same.
pub async fn keep(
    tx: &mut Tx,
    case: CaseId,
    (signed, report): (&ContentHash, &ContentHash),
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO evidence_reports (signed, case_id, report, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT (signed) DO NOTHING",
    )
    .bind(signed.as_str())
    .bind(case.to_string())
    .bind(report.as_str())
    .bind(micros(at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The report on this file.
pub async fn on(read: &mut Read, signed: &ContentHash) -> Result<Option<ContentHash>> {
    let row = sqlx::query("SELECT report FROM evidence_reports WHERE signed = $1")
        .bind(signed.as_str())
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| parsed("report", row.try_get("report")?))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{Quarrel, rules};
    use crate::storage::fixture::on_both;
    use crate::storage::{cases, referred, write_tx};

    #[tokio::test]
    async fn the_first_report_on_a_file_stays_and_is_not_swept() {
        on_both(async |store| {
            let rules = rules();
            let quarrel = Quarrel::new(&rules);
            let [signed, first, second] =
                [b"signed", b"first!", b"second"].map(|it| ContentHash::of(it));
            let kept: Result<()> = write_tx!(store, |tx| {
                cases::insert(tx, &quarrel.case).await?;
                keep(tx, quarrel.case.id, (&signed, &first), quarrel.now).await?;
                keep(tx, quarrel.case.id, (&signed, &second), quarrel.now).await
            });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            assert_eq!(on(&mut read, &signed).await.unwrap(), Some(first.clone()));
            assert_eq!(on(&mut read, &second).await.unwrap(), None);
            assert!(referred::files(&mut read).await.unwrap().contains(&first));
        })
        .await;
    }
}
