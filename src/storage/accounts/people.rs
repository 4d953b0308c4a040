//! People and the contacts they have proved.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::identity::{Email, PersonName, Phone};
use crate::domain::ids::PersonId;
use crate::storage::{Read, Result, StorageError, Tx, affected, instant, micros, parsed};

/// A human being known to the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: PersonName,
    pub phone: Option<Phone>,
    pub mail: Option<Email>,
    /// `zh-CN` or `en`: in which language messages are written.
    pub locale: String,
    pub elder: bool,
    pub created_at: Timestamp,
}

/// # Errors
/// `Unique` when the phone or the mail address belongs to somebody else.
pub async fn insert(tx: &mut Tx, person: &Person) -> Result<()> {
    sqlx::query(
        "INSERT INTO people (id, name, phone, mail, locale, elder, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(person.id.to_string())
    .bind(person.name.as_str())
    .bind(person.phone.as_ref().map(|phone| phone.as_e164().to_owned()))
    .bind(person.mail.as_ref().map(|mail| mail.as_str().to_owned()))
    .bind(&person.locale)
    .bind(i64::from(person.elder))
    .bind(micros(person.created_at))
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn load(read: &mut Read, id: PersonId) -> Result<Option<Person>> {
    let row = sqlx::query(
        "SELECT id, name, phone, mail, locale, elder, created_at FROM people WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(person).transpose()
}

pub async fn by_phone(read: &mut Read, phone: &Phone) -> Result<Option<Person>> {
    let row = sqlx::query(
        "SELECT id, name, phone, mail, locale, elder, created_at FROM people WHERE phone = $1",
    )
    .bind(phone.as_e164())
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(person).transpose()
}

pub async fn by_mail(read: &mut Read, mail: &Email) -> Result<Option<Person>> {
    let row = sqlx::query(
        "SELECT id, name, phone, mail, locale, elder, created_at FROM people WHERE mail = $1",
    )
    .bind(mail.as_str())
    .fetch_optional(read.conn())
    .await?;
    row.as_ref().map(person).transpose()
}

/// Keeps how somebody likes to read.
pub async fn set_preferences(tx: &mut Tx, id: PersonId, locale: &str, elder: bool) -> Result<()> {
    let result = sqlx::query("UPDATE people SET locale = $2, elder = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(locale)
        .bind(i64::from(elder))
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

/// Everybody, oldest first: the page of people of a demo town.
pub async fn all(read: &mut Read, limit: i64) -> Result<Vec<Person>> {
    let rows = sqlx::query(
        "SELECT id, name, phone, mail, locale, elder, created_at FROM people ORDER BY created_at, id LIMIT $1",
    )
    .bind(limit)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(person).collect()
}

pub(in crate::storage) fn person(row: &AnyRow) -> Result<Person> {
    let phone: Option<String> = row.try_get("phone")?;
    let mail: Option<String> = row.try_get("mail")?;
    let name: String = row.try_get("name")?;
    let elder: i64 = row.try_get("elder")?;
    Ok(Person {
        id: parsed("person id", row.try_get("id")?)?,
        name: PersonName::parse(&name).map_err(|error| corrupt("name", &error))?,
        phone: phone
            .map(|phone| Phone::parse(&phone))
            .transpose()
            .map_err(|error| corrupt("phone", &error))?,
        mail: mail
            .map(|mail| Email::parse(&mail))
            .transpose()
            .map_err(|error| corrupt("mail", &error))?,
        locale: row.try_get("locale")?,
        elder: elder != 0,
        created_at: instant(row.try_get("created_at")?)?,
    })
}

fn corrupt(what: &'static str, why: &dyn std::fmt::Display) -> StorageError {
    StorageError::Corrupt {
        what,
        why: why.to_string(),
    }
}
