//! Credentials of staff: password, second factor, and how often somebody guessed wrong.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::ids::PersonId;
use crate::storage::{Read, Result, Tx, affected, instant, micros, parsed};

/// How often somebody guessed wrong in a row, and until when nobody may guess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Door {
    pub failures: i64,
    pub locked_until: Option<Timestamp>,
}

/// What is guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    Password,
    OneTime,
}

#[derive(Clone, Debug)]
pub struct Credentials {
    pub person: PersonId,
    pub login: String,
    /// A PHC string of argon2id.
    pub password: String,
    /// Sealed secret of the second factor; not in force before `enrolled_at`.
    pub second_factor: Option<Vec<u8>>,
    pub enrolled_at: Option<Timestamp>,
    /// The newest step of the second factor that was spent; an older one is refused.
    pub last_step: i64,
    /// Where the password is asked for.
    pub password_door: Door,
    /// Where the one-time password is asked for.
    pub code_door: Door,
    pub disabled_at: Option<Timestamp>,
}

/// # Errors
/// `Unique` when the login is taken, or the person has one already.
pub async fn insert(
    tx: &mut Tx,
    person: PersonId,
    login: &str,
    password: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO staff (person_id, login, password, last_step, failures, created_at) VALUES ($1, $2, $3, 0, 0, $4)",
    )
    .bind(person.to_string())
    .bind(login)
    .bind(password)
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    Ok(())
}

const SELECT: &str = "SELECT person_id, login, password, second_factor, enrolled_at, last_step, failures, locked_until, \
                      code_failures, code_locked_until, disabled_at FROM staff WHERE ";

pub async fn by_login(read: &mut Read, login: &str) -> Result<Option<Credentials>> {
    let sql = format!("{SELECT}login = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(login)
        .fetch_optional(read.conn())
        .await?;
    row.as_ref().map(credentials).transpose()
}

pub async fn of(read: &mut Read, person: PersonId) -> Result<Option<Credentials>> {
    let sql = format!("{SELECT}person_id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(person.to_string())
        .fetch_optional(read.conn())
        .await?;
    row.as_ref().map(credentials).transpose()
}

fn credentials(row: &AnyRow) -> Result<Credentials> {
    let at = |column: &str| -> Result<Option<Timestamp>> {
        let micros: Option<i64> = row.try_get(column)?;
        micros.map(instant).transpose()
    };
    Ok(Credentials {
        person: parsed("person id", row.try_get("person_id")?)?,
        login: row.try_get("login")?,
        password: row.try_get("password")?,
        second_factor: row.try_get("second_factor")?,
        enrolled_at: at("enrolled_at")?,
        last_step: row.try_get("last_step")?,
        password_door: Door {
            failures: row.try_get("failures")?,
            locked_until: at("locked_until")?,
        },
        code_door: Door {
            failures: row.try_get("code_failures")?,
            locked_until: at("code_locked_until")?,
        },
        disabled_at: at("disabled_at")?,
    })
}

/// Keeps how often somebody guessed wrong.
pub async fn failed(tx: &mut Tx, person: PersonId, factor: Factor, door: Door) -> Result<()> {
    let sql = match factor {
        Factor::Password => {
            "UPDATE staff SET failures = $2, locked_until = $3 WHERE person_id = $1"
        }
        Factor::OneTime => {
            "UPDATE staff SET code_failures = $2, code_locked_until = $3 WHERE person_id = $1"
        }
    };
    let result = sqlx::query(sql)
        .bind(person.to_string())
        .bind(door.failures)
        .bind(door.locked_until.map(micros))
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

pub async fn set_password(tx: &mut Tx, person: PersonId, password: &str) -> Result<()> {
    let result = sqlx::query("UPDATE staff SET password = $2, failures = 0 WHERE person_id = $1")
        .bind(person.to_string())
        .bind(password)
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

/// Closes an account, or opens it again with `None`.
pub async fn disable(tx: &mut Tx, person: PersonId, at: Option<Timestamp>) -> Result<()> {
    let result = sqlx::query("UPDATE staff SET disabled_at = $2 WHERE person_id = $1")
        .bind(person.to_string())
        .bind(at.map(micros))
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

/// Keeps a sealed secret that is not yet in force.
///
/// # Errors
/// `Conflict` when one is in force already.
pub async fn offer_second_factor(tx: &mut Tx, person: PersonId, sealed: &[u8]) -> Result<()> {
    let result = sqlx::query(
        "UPDATE staff SET second_factor = $2 WHERE person_id = $1 AND enrolled_at IS NULL",
    )
    .bind(person.to_string())
    .bind(sealed.to_vec())
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

/// Puts the offered secret in force.
pub async fn enrol(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<()> {
    let result = sqlx::query(
        "UPDATE staff SET enrolled_at = $2 WHERE person_id = $1 AND enrolled_at IS NULL",
    )
    .bind(person.to_string())
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

/// Spends a step of the second factor for a subject. False when it, or a newer one, was spent before.
pub async fn spend_step(
    tx: &mut Tx,
    person: PersonId,
    step: i64,
    subject: &str,
    now: Timestamp,
) -> Result<bool> {
    let result =
        sqlx::query("UPDATE staff SET last_step = $2 WHERE person_id = $1 AND last_step < $2")
            .bind(person.to_string())
            .bind(step)
            .execute(tx.conn())
            .await?;
    if result.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query("INSERT INTO step_ups (person_id, step, subject, at) VALUES ($1, $2, $3, $4)")
        .bind(person.to_string())
        .bind(step)
        .bind(subject)
        .bind(micros(now))
        .execute(tx.conn())
        .await?;
    Ok(true)
}

/// Whether anybody can sign in at all.
pub async fn all(read: &mut Read) -> Result<Vec<Credentials>> {
    let sql = format!("{SELECT}1 = 1 ORDER BY login");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .fetch_all(read.conn())
        .await?;
    rows.iter().map(credentials).collect()
}

/// Forgets the second factor, in force or offered.
pub async fn forget_second_factor(tx: &mut Tx, person: PersonId) -> Result<()> {
    let result = sqlx::query(
        "UPDATE staff SET second_factor = NULL, enrolled_at = NULL, last_step = 0, code_failures = 0, \
         code_locked_until = NULL WHERE person_id = $1",
    )
    .bind(person.to_string())
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

pub async fn count(read: &mut Read) -> Result<i64> {
    let row = sqlx::query("SELECT COUNT(*) AS number FROM staff WHERE disabled_at IS NULL")
        .fetch_one(read.conn())
        .await?;
    Ok(row.try_get("number")?)
}
