//! Which browser is the screen of a session's room, and the code by which one becomes it.

use jiff::Timestamp;
use sqlx::Row;

use super::{Read, Result, Tx, micros, parsed};
use crate::domain::ids::{CaseId, SessionId};

/// Another code, in place of any before; the screen that was open is none any more.
pub async fn offer(
    tx: &mut Tx,
    (case, session): (CaseId, SessionId),
    code: &str,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO screens (session_id, case_id, code, expires_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (session_id) DO UPDATE SET code = excluded.code, expires_at = excluded.expires_at, browser = NULL",
    )
    .bind(session.to_string())
    .bind(case.to_string())
    .bind(code)
    .bind(micros(expires_at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The browser becomes the screen, and of no other session any more. False where the code is spent or too old.
pub async fn take(tx: &mut Tx, code: &str, browser: &str, now: Timestamp) -> Result<bool> {
    let known = sqlx::query("SELECT session_id FROM screens WHERE code = $1 AND expires_at > $2")
        .bind(code)
        .bind(micros(now))
        .fetch_optional(tx.conn())
        .await?;
    if known.is_none() {
        return Ok(false);
    }
    // Nowhere before is as good as one place before.
    sqlx::query("UPDATE screens SET browser = NULL WHERE browser = $1")
        .bind(browser)
        .execute(tx.conn())
        .await?;
    let taken = sqlx::query(
        "UPDATE screens SET code = NULL, browser = $2 WHERE code = $1 AND expires_at > $3",
    )
    .bind(code)
    .bind(browser)
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// The session whose screen this browser is.
pub async fn of_browser(read: &mut Read, browser: &str) -> Result<Option<(CaseId, SessionId)>> {
    let row = sqlx::query("SELECT case_id, session_id FROM screens WHERE browser = $1")
        .bind(browser)
        .fetch_optional(read.conn())
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let case = parsed("case id", row.try_get("case_id")?)?;
    let session = parsed("session id", row.try_get("session_id")?)?;
    Ok(Some((case, session)))
}

/// Whether some browser is the screen of the session.
pub async fn is_taken(read: &mut Read, session: SessionId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS open FROM screens WHERE session_id = $1 AND browser IS NOT NULL",
    )
    .bind(session.to_string())
    .fetch_one(read.conn())
    .await?;
    Ok(row.try_get::<i64, _>("open")? == 1)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use uuid::Uuid;

    use super::*;
    use crate::domain::fixture::{Quarrel, rules};
    use crate::storage::fixture::on_both;
    use crate::storage::{Store, cases, write_tx};

    async fn take_now(store: &Store, code: &str, browser: &str, now: Timestamp) -> bool {
        let taken: Result<bool> = write_tx!(store, |tx| { take(tx, code, browser, now).await });
        taken.unwrap()
    }

    #[tokio::test]
    async fn a_code_makes_one_browser_the_screen_of_one_session_once() {
        on_both(async |store| {
            let rules = rules();
            let case = Quarrel::new(&rules).case;
            let [one, other] = [1, 2].map(|it| SessionId(Uuid::from_u128(it)));
            let (now, until) = (
                Timestamp::UNIX_EPOCH,
                Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1),
            );
            let made: Result<()> = write_tx!(store, |tx| {
                cases::insert(tx, &case).await?;
                offer(tx, (case.id, one), "c1", until).await?;
                offer(tx, (case.id, other), "c2", until).await
            });
            made.unwrap();
            assert!(!take_now(&store, "c1", "tablet", until).await, "too late");
            assert!(!take_now(&store, "c3", "tablet", now).await);
            assert!(take_now(&store, "c1", "tablet", now).await);
            assert!(!take_now(&store, "c1", "phone", now).await, "spent");
            let mut read = store.read().await.unwrap();
            assert_eq!(
                of_browser(&mut read, "tablet").await.unwrap(),
                Some((case.id, one))
            );
            assert!(is_taken(&mut read, one).await.unwrap());
            assert!(!is_taken(&mut read, other).await.unwrap());
            drop(read);
            assert!(take_now(&store, "c2", "tablet", now).await);
            let mut read = store.read().await.unwrap();
            assert!(
                !is_taken(&mut read, one).await.unwrap(),
                "one session at a time"
            );
            drop(read);
            let again: Result<()> = write_tx!(store, |tx| {
                offer(tx, (case.id, other), "c4", until).await
            });
            again.unwrap();
            let mut read = store.read().await.unwrap();
            assert_eq!(of_browser(&mut read, "tablet").await.unwrap(), None);
        })
        .await;
    }
}
