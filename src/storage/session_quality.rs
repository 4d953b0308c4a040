//! How well the lines of each session held: a number under each name.

use sqlx::Row;

use super::{Read, Result, Tx};
use crate::domain::ids::{CaseId, SessionId};
use crate::domain::quality::Quality;

/// Adds to what is kept of this session.
pub async fn add(
    tx: &mut Tx,
    (case, session): (CaseId, SessionId),
    counted: &Quality,
) -> Result<()> {
    for (what, amount) in counted.amounts().filter(|(_, amount)| *amount > 0) {
        sqlx::query(
            "INSERT INTO session_quality (session_id, case_id, what, amount) VALUES ($1, $2, $3, $4)
             ON CONFLICT (session_id, what) DO UPDATE SET amount = session_quality.amount + excluded.amount",
        )
        .bind(session.to_string())
        .bind(case.to_string())
        .bind(what)
        .bind(i64::try_from(amount).unwrap_or(i64::MAX))
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// All that is kept of this session of this case; nothing where it had no room.
pub async fn of_session(
    read: &mut Read,
    (case, session): (CaseId, SessionId),
) -> Result<Option<Quality>> {
    let rows = sqlx::query(
        "SELECT what, amount FROM session_quality WHERE session_id = $1 AND case_id = $2",
    )
    .bind(session.to_string())
    .bind(case.to_string())
    .fetch_all(read.conn())
    .await?;
    let mut amounts = Vec::new();
    for row in &rows {
        let amount: i64 = row.try_get("amount")?;
        let what: String = row.try_get("what")?;
        amounts.push((what, u64::try_from(amount).unwrap_or_default()));
    }
    Ok((!amounts.is_empty()).then(|| Quality::of(amounts)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::fixture::{Quarrel, SESSION, rules};
    use crate::domain::quality::Rung;
    use crate::storage::fixture::on_both;
    use crate::storage::{StorageError, cases, write_tx};

    #[tokio::test]
    async fn what_is_counted_of_a_session_adds_up() {
        on_both(async |store| {
            let rules = rules();
            let quarrel = Quarrel::new(&rules);
            let session = (quarrel.case.id, SESSION);
            let counted = Quality {
                joins: 2,
                lost: 7,
                spent: [(Rung::Video, Duration::from_mins(1))].into(),
                ..Quality::default()
            };
            let mut read = store.read().await.unwrap();
            assert_eq!(of_session(&mut read, session).await.unwrap(), None);
            drop(read);
            write_tx!(store, |tx| {
                cases::insert(tx, &quarrel.case).await?;
                add(tx, session, &counted).await?;
                add(tx, session, &counted).await?;
                Ok::<_, StorageError>(())
            })
            .unwrap();
            let mut twice = counted.clone();
            twice.add(&counted);
            let mut read = store.read().await.unwrap();
            let known = of_session(&mut read, session).await.unwrap();
            assert_eq!(known, Some(twice));
            let elsewhere = (CaseId(uuid::Uuid::nil()), SESSION);
            assert_eq!(of_session(&mut read, elsewhere).await.unwrap(), None);
        })
        .await;
    }
}
