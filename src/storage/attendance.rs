//! The record of who came to a session, who left, and who spoke alone.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, StorageError, Tx, instant, json, micros, parsed, to_json};
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

/// The records of all sessions of a case, oldest line first.
pub async fn of_case(read: &mut Read, case: CaseId) -> Result<Vec<(SessionId, Attendance)>> {
    let rows = sqlx::query(
        "SELECT session_id, at, what, people FROM attendance WHERE case_id = $1 ORDER BY at, id",
    )
    .bind(case.to_string())
    .fetch_all(read.conn())
    .await?;
    let line = |row| {
        Ok((
            parsed("session id", AnyRow::try_get(row, "session_id")?)?,
            line(row)?,
        ))
    };
    rows.iter().map(line).collect()
}

fn line(row: &AnyRow) -> Result<Attendance> {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::domain::fixture::{MEDIATOR, Quarrel, SESSION, rules};
    use crate::storage::fixture::on_both;
    use crate::storage::{StorageError, cases, write_tx};

    #[tokio::test]
    async fn the_record_of_a_session_is_read_in_the_order_of_time() {
        on_both(async |store| {
            let (rules, clock) = (rules(), Clock::system());
            let quarrel = Quarrel::new(&rules);
            let line = |what, seconds| Attendance {
                at: quarrel.now + jiff::SignedDuration::from_secs(seconds),
                what,
                people: vec![MEDIATOR],
            };
            let lines = [
                line(Happening::CaucusOpened, 60),
                line(Happening::Joined, 0),
            ];
            let room = (quarrel.case.id, SESSION);
            let ids = [clock.new_id(), clock.new_id()];
            write_tx!(store, |tx| {
                cases::insert(tx, &quarrel.case).await?;
                for (id, line) in ids.iter().zip(&lines) {
                    insert(tx, *id, room, line).await?;
                }
                Ok::<_, StorageError>(())
            })
            .unwrap();
            let mut read = store.read().await.unwrap();
            let [opened, joined] = lines.map(|line| (SESSION, line));
            assert_eq!(of_case(&mut read, room.0).await.unwrap(), [joined, opened]);
            let other = CaseId(uuid::Uuid::nil());
            assert!(of_case(&mut read, other).await.unwrap().is_empty());
        })
        .await;
    }
}
