//! Who is signed in.

use jiff::Timestamp;
use sqlx::Row;

use super::people::{self, Person};
use crate::domain::ids::PersonId;
use crate::storage::{Read, Result, Tx, affected, instant, micros};

/// A session with its person.
#[derive(Clone, Debug)]
pub struct Session {
    pub person: Person,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub second_factor_at: Option<Timestamp>,
    /// Whether the person signs in with a password, and may still do so.
    pub staff: bool,
}

#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    pub token_hash: &'a str,
    pub person: PersonId,
    pub now: Timestamp,
    pub expires_at: Timestamp,
    /// Opened by password, so that it carries the offices of its holder.
    pub as_staff: bool,
    pub second_factor_at: Option<Timestamp>,
}

pub async fn insert(tx: &mut Tx, new: &NewSession<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, as_staff, second_factor_at) \
         VALUES ($1, $2, $3, $3, $4, $5, $6)",
    )
    .bind(new.token_hash)
    .bind(new.person.to_string())
    .bind(micros(new.now))
    .bind(micros(new.expires_at))
    .bind(i64::from(new.as_staff))
    .bind(new.second_factor_at.map(micros))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The session of a cookie, unless it is over or its holder's account is closed.
pub async fn find(read: &mut Read, token_hash: &str, now: Timestamp) -> Result<Option<Session>> {
    let row = sqlx::query(
        "SELECT people.id, people.name, people.phone, people.mail, people.locale, people.elder, people.created_at, \
         sessions.seen_at, sessions.expires_at, sessions.second_factor_at, sessions.as_staff, staff.login \
         FROM sessions JOIN people ON people.id = sessions.person_id \
         LEFT JOIN staff ON staff.person_id = people.id \
         WHERE sessions.token_hash = $1 AND sessions.expires_at > $2 AND staff.disabled_at IS NULL",
    )
    .bind(token_hash)
    .bind(micros(now))
    .fetch_optional(read.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let second: Option<i64> = row.try_get("second_factor_at")?;
    let login: Option<String> = row.try_get("login")?;
    let as_staff: i64 = row.try_get("as_staff")?;
    Ok(Some(Session {
        person: people::person(&row)?,
        seen_at: instant(row.try_get("seen_at")?)?,
        expires_at: instant(row.try_get("expires_at")?)?,
        second_factor_at: second.map(instant).transpose()?,
        staff: login.is_some() && as_staff == 1,
    }))
}

pub async fn seen(
    tx: &mut Tx,
    token_hash: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    let result =
        sqlx::query("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1")
            .bind(token_hash)
            .bind(micros(now))
            .bind(micros(expires_at))
            .execute(tx.conn())
            .await?;
    affected(result, 1)
}

pub async fn second_factor_given(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<()> {
    let result = sqlx::query("UPDATE sessions SET second_factor_at = $2 WHERE token_hash = $1")
        .bind(token_hash)
        .bind(micros(now))
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

/// Signs out; a session that is gone already is as good.
pub async fn delete(tx: &mut Tx, token_hash: &str) -> Result<u64> {
    let result = sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(token_hash)
        .execute(tx.conn())
        .await?;
    Ok(result.rows_affected())
}

/// Ends every session of a person, such as when the account is closed.
pub async fn delete_of(tx: &mut Tx, person: PersonId) -> Result<u64> {
    let result = sqlx::query("DELETE FROM sessions WHERE person_id = $1")
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    Ok(result.rows_affected())
}

/// Removes what is over; gives how many.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    let result = sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
        .bind(micros(now))
        .execute(tx.conn())
        .await?;
    Ok(result.rows_affected())
}
