//! Staff who have not chosen a password yet, and the link by which they do.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::ids::PersonId;
use crate::storage::{Read, Result, Tx, instant, micros, parsed};

/// Somebody who is to choose a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub person: PersonId,
    pub login: String,
    pub name: String,
    /// Until when their link is good, where they were given one.
    pub expires_at: Option<Timestamp>,
}

/// Notes that somebody is to choose a password; twice changes nothing.
pub async fn await_choice(tx: &mut Tx, person: PersonId) -> Result<()> {
    sqlx::query("INSERT INTO setups (person_id) VALUES ($1) ON CONFLICT (person_id) DO NOTHING")
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Gives somebody who never had a password another link, in place of any before. False where nobody waits for one.
pub async fn offer(
    tx: &mut Tx,
    person: PersonId,
    token_hash: &str,
    expires_at: Timestamp,
) -> Result<bool> {
    let result = sqlx::query(
        "UPDATE setups SET token_hash = $2, expires_at = $3 WHERE person_id = $1 AND again = 0",
    )
    .bind(person.to_string())
    .bind(token_hash)
    .bind(micros(expires_at))
    .execute(tx.conn())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Gives anybody a link to another password; whoever has one keeps it until they choose.
pub async fn offer_anew(
    tx: &mut Tx,
    person: PersonId,
    token_hash: &str,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO setups (person_id, token_hash, expires_at, again) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
    )
    .bind(person.to_string())
    .bind(token_hash)
    .bind(micros(expires_at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets the links to another password that nobody used in time.
pub async fn drop_lapsed(tx: &mut Tx, now: Timestamp) -> Result<()> {
    sqlx::query("DELETE FROM setups WHERE again = 1 AND expires_at <= $1")
        .bind(micros(now))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whose link it is, while it is good and they are not shut out.
pub async fn whose(read: &mut Read, token_hash: &str, now: Timestamp) -> Result<Option<Waiting>> {
    let row = sqlx::query(
        "SELECT setups.person_id AS person_id, login, name, expires_at FROM setups \
         JOIN staff ON staff.person_id = setups.person_id JOIN people ON people.id = setups.person_id \
         WHERE token_hash = $1 AND expires_at > $2 AND disabled_at IS NULL",
    )
    .bind(token_hash)
    .bind(micros(now))
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(waiting).transpose()
}

/// Everybody who never chose a password, by login.
pub async fn all(read: &mut Read) -> Result<Vec<Waiting>> {
    let rows = sqlx::query(
        "SELECT setups.person_id AS person_id, login, name, expires_at FROM setups \
         JOIN staff ON staff.person_id = setups.person_id JOIN people ON people.id = setups.person_id \
         WHERE disabled_at IS NULL AND again = 0 ORDER BY login",
    )
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(waiting).collect()
}

/// Nobody waits for this choice any more. Whether somebody did.
pub async fn done(tx: &mut Tx, person: PersonId) -> Result<bool> {
    let result = sqlx::query("DELETE FROM setups WHERE person_id = $1")
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    Ok(result.rows_affected() == 1)
}

fn waiting(row: &AnyRow) -> Result<Waiting> {
    let expires_at: Option<i64> = row.try_get("expires_at")?;
    Ok(Waiting {
        person: parsed("person id", row.try_get("person_id")?)?,
        login: row.try_get("login")?,
        name: row.try_get("name")?,
        expires_at: expires_at.map(instant).transpose()?,
    })
}
