//! By which number somebody joins a session by telephone.

use jiff::Timestamp;
use sqlx::Row;

use super::{Read, Result, Tx, micros, parsed};
use crate::domain::ids::{CaseId, PersonId, SessionId};

/// Who calls, into which session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    pub case: CaseId,
    pub session: SessionId,
    pub person: PersonId,
}

/// Another one, in place of any before. False where somebody else has the same.
pub async fn offer(tx: &mut Tx, caller: &Caller, pin: &str, until: Timestamp) -> Result<bool> {
    let taken = sqlx::query("SELECT person_id FROM dial_ins WHERE pin = $1")
        .bind(pin)
        .fetch_optional(tx.conn())
        .await?;
    if taken.is_some() {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO dial_ins (session_id, person_id, case_id, pin, expires_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (session_id, person_id) DO UPDATE SET pin = excluded.pin, expires_at = excluded.expires_at",
    )
    .bind(caller.session.to_string())
    .bind(caller.person.to_string())
    .bind(caller.case.to_string())
    .bind(pin)
    .bind(micros(until))
    .execute(tx.conn())
    .await?;
    Ok(true)
}

/// Whose it is, as long as it is good.
pub async fn of_pin(read: &mut Read, pin: &str, now: Timestamp) -> Result<Option<Caller>> {
    let row = sqlx::query(
        "SELECT case_id, session_id, person_id FROM dial_ins WHERE pin = $1 AND expires_at > $2",
    )
    .bind(pin)
    .bind(micros(now))
    .fetch_optional(read.conn())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(Caller {
        case: parsed("case id", row.try_get("case_id")?)?,
        session: parsed("session id", row.try_get("session_id")?)?,
        person: parsed("person id", row.try_get("person_id")?)?,
    }))
}

/// Whether this person may call into this session.
pub async fn may_call(
    read: &mut Read,
    (session, person): (SessionId, PersonId),
    now: Timestamp,
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS good FROM dial_ins WHERE session_id = $1 AND person_id = $2 AND expires_at > $3",
    )
    .bind(session.to_string())
    .bind(person.to_string())
    .bind(micros(now))
    .fetch_one(read.conn())
    .await?;
    Ok(row.try_get::<i64, _>("good")? == 1)
}

/// Those whose time is over, so that their numbers can be given again.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<()> {
    sqlx::query("DELETE FROM dial_ins WHERE expires_at <= $1")
        .bind(micros(now))
        .execute(tx.conn())
        .await?;
    Ok(())
}
