//! Who read whole identity numbers, which is written down each time.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, instant, micros, parsed};
use crate::domain::ids::{CaseId, PersonId};

pub async fn insert(
    tx: &mut Tx,
    id: uuid::Uuid,
    case: CaseId,
    person: PersonId,
    at: Timestamp,
) -> Result<()> {
    sqlx::query("INSERT INTO number_reads (id, case_id, person_id, at) VALUES ($1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(case.to_string())
        .bind(person.to_string())
        .bind(micros(at))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The last `most` of a case, the newest first.
pub async fn of_case(
    read: &mut Read,
    case: CaseId,
    most: i64,
) -> Result<Vec<(PersonId, Timestamp)>> {
    let rows = sqlx::query(
        "SELECT person_id, at FROM number_reads WHERE case_id = $1 ORDER BY at DESC, id LIMIT $2",
    )
    .bind(case.to_string())
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    let line = |row: &AnyRow| {
        let person = parsed("person id", row.try_get("person_id")?)?;
        Ok((person, instant(row.try_get("at")?)?))
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{MEDIATOR, Quarrel, rules};
    use crate::storage::fixture::on_both;
    use crate::storage::{cases, write_tx};

    #[tokio::test]
    async fn every_reading_is_kept_and_the_newest_stands_first() {
        on_both(async |store| {
            let rules = rules();
            let quarrel = Quarrel::new(&rules);
            let (case, now) = (quarrel.case.id, quarrel.now);
            let later = now + jiff::SignedDuration::from_mins(5);
            let kept: Result<()> = write_tx!(store, |tx| {
                cases::insert(tx, &quarrel.case).await?;
                insert(tx, uuid::Uuid::from_u128(1), case, MEDIATOR, now).await?;
                insert(tx, uuid::Uuid::from_u128(2), case, MEDIATOR, later).await
            });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            let found = of_case(&mut read, case, 9).await.unwrap();
            assert_eq!(found, [(MEDIATOR, later), (MEDIATOR, now)]);
            assert_eq!(of_case(&mut read, case, 1).await.unwrap().len(), 1);
        })
        .await;
    }
}
