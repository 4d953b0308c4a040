//! Organisations, who holds which office in them, and the places they cover.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, StorageError, Tx, affected, json, parsed, to_json};
use crate::domain::actor::{Post, Role};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::town::{PlaceKind, QrPlace};
use crate::domain::organisation::{Area, MediatorProfile, Organisation, OrganisationKind};
use crate::domain::wording::Wording;

/// An organisation under its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: OrganisationId,
    pub organisation: Organisation,
}

/// A mediator on the roster of one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterRow {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub profile: MediatorProfile,
    /// Cases in hand outside of this installation.
    pub elsewhere: u32,
}

pub async fn insert_organisation(tx: &mut Tx, listed: &Listed) -> Result<()> {
    sqlx::query(
        "INSERT INTO organisations (id, key, kind, area, body) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(listed.id.to_string())
    .bind(&listed.organisation.key.0)
    .bind(listed.organisation.kind.name())
    .bind(&listed.organisation.area.0)
    .bind(to_json("organisation", &listed.organisation)?)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn organisation(read: &mut Read, id: OrganisationId) -> Result<Option<Listed>> {
    let row = sqlx::query("SELECT id, body FROM organisations WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(read.conn())
        .await?;
    row.as_ref().map(listed).transpose()
}

/// All of them, in the order in which they were made.
pub async fn organisations(read: &mut Read) -> Result<Vec<Listed>> {
    let rows = sqlx::query("SELECT id, body FROM organisations ORDER BY id")
        .fetch_all(read.conn())
        .await?;
    rows.iter().map(listed).collect()
}

pub async fn of_kind(read: &mut Read, kind: OrganisationKind) -> Result<Vec<Listed>> {
    let rows = sqlx::query("SELECT id, body FROM organisations WHERE kind = $1 ORDER BY id")
        .bind(kind.name())
        .fetch_all(read.conn())
        .await?;
    rows.iter().map(listed).collect()
}

fn listed(row: &AnyRow) -> Result<Listed> {
    Ok(Listed {
        id: parsed("organisation id", row.try_get("id")?)?,
        organisation: json("organisation", row.try_get("body")?)?,
    })
}

/// Gives somebody an office; giving it twice changes nothing.
pub async fn give_post(tx: &mut Tx, person: PersonId, post: Post) -> Result<()> {
    sqlx::query(
        "INSERT INTO posts (person_id, organisation_id, role) VALUES ($1, $2, $3) \
         ON CONFLICT (person_id, organisation_id, role) DO NOTHING",
    )
    .bind(person.to_string())
    .bind(post.organisation.to_string())
    .bind(post.role.name())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// # Errors
/// `Conflict` where the person does not hold it.
pub async fn take_post(tx: &mut Tx, person: PersonId, post: Post) -> Result<()> {
    let result = sqlx::query(
        "DELETE FROM posts WHERE person_id = $1 AND organisation_id = $2 AND role = $3",
    )
    .bind(person.to_string())
    .bind(post.organisation.to_string())
    .bind(post.role.name())
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

/// The offices that a person holds.
pub async fn posts(read: &mut Read, person: PersonId) -> Result<Vec<Post>> {
    let rows = sqlx::query(
        "SELECT organisation_id, role FROM posts WHERE person_id = $1 ORDER BY organisation_id, role",
    )
    .bind(person.to_string())
    .fetch_all(read.conn())
    .await?;
    let post = |row: &AnyRow| {
        let role: &str = row.try_get("role")?;
        Ok(Post {
            organisation: parsed("organisation id", row.try_get("organisation_id")?)?,
            role: Role::parse(role).ok_or_else(|| StorageError::Corrupt {
                what: "role",
                why: role.to_owned(),
            })?,
        })
    };
    rows.iter().map(post).collect()
}

/// Everybody who holds an office, to be told of something.
pub async fn holders(read: &mut Read, post: Post) -> Result<Vec<PersonId>> {
    let rows = sqlx::query(
        "SELECT person_id FROM posts WHERE organisation_id = $1 AND role = $2 ORDER BY person_id",
    )
    .bind(post.organisation.to_string())
    .bind(post.role.name())
    .fetch_all(read.conn())
    .await?;
    rows.iter()
        .map(|row| parsed("person id", row.try_get("person_id")?))
        .collect()
}

pub async fn insert_mediator(tx: &mut Tx, row: &RosterRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO mediators (person_id, organisation_id, elsewhere, body) VALUES ($1, $2, $3, $4)",
    )
    .bind(row.person.to_string())
    .bind(row.organisation.to_string())
    .bind(i64::from(row.elsewhere))
    .bind(to_json("mediator", &row.profile)?)
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn roster(read: &mut Read) -> Result<Vec<RosterRow>> {
    let rows = sqlx::query(
        "SELECT person_id, organisation_id, elsewhere, body FROM mediators ORDER BY organisation_id, person_id",
    )
    .fetch_all(read.conn())
    .await?;
    let seat = |row: &AnyRow| {
        let elsewhere: i64 = row.try_get("elsewhere")?;
        Ok(RosterRow {
            person: parsed("person id", row.try_get("person_id")?)?,
            organisation: parsed("organisation id", row.try_get("organisation_id")?)?,
            profile: json("mediator", row.try_get("body")?)?,
            elsewhere: u32::try_from(elsewhere).unwrap_or(u32::MAX),
        })
    };
    rows.iter().map(seat).collect()
}

pub async fn insert_area(tx: &mut Tx, area: &Area, name: &Wording) -> Result<()> {
    sqlx::query("INSERT INTO areas (path, name) VALUES ($1, $2)")
        .bind(&area.0)
        .bind(to_json("area", name)?)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub async fn area_name(read: &mut Read, area: &Area) -> Result<Option<Wording>> {
    let row = sqlx::query("SELECT name FROM areas WHERE path = $1")
        .bind(&area.0)
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| json("area", row.try_get("name")?))
        .transpose()
}

/// All of them, a larger one before those in it.
pub async fn areas(read: &mut Read) -> Result<Vec<(Area, Wording)>> {
    let rows = sqlx::query("SELECT path, name FROM areas")
        .fetch_all(read.conn())
        .await?;
    let area = |row: &AnyRow| {
        Ok((
            Area(row.try_get("path")?),
            json("area", row.try_get("name")?)?,
        ))
    };
    let mut areas = rows.iter().map(area).collect::<Result<Vec<_>>>()?;
    // Not by the database, whose order of letters differs.
    areas.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(areas)
}

pub async fn insert_place(tx: &mut Tx, place: &QrPlace) -> Result<()> {
    sqlx::query("INSERT INTO places (code, area, address, kind) VALUES ($1, $2, $3, $4)")
        .bind(&place.code)
        .bind(&place.area.0)
        .bind(&place.address)
        .bind(place.kind.name())
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub async fn place(read: &mut Read, code: &str) -> Result<Option<QrPlace>> {
    let row = sqlx::query("SELECT code, area, address, kind FROM places WHERE code = $1")
        .bind(code)
        .fetch_optional(read.conn())
        .await?;
    row.as_ref().map(qr_place).transpose()
}

pub async fn places(read: &mut Read) -> Result<Vec<QrPlace>> {
    let rows = sqlx::query("SELECT code, area, address, kind FROM places ORDER BY code")
        .fetch_all(read.conn())
        .await?;
    rows.iter().map(qr_place).collect()
}

fn qr_place(row: &AnyRow) -> Result<QrPlace> {
    let kind: &str = row.try_get("kind")?;
    Ok(QrPlace {
        code: row.try_get("code")?,
        area: Area(row.try_get("area")?),
        address: row.try_get("address")?,
        kind: PlaceKind::parse(kind).ok_or_else(|| StorageError::Corrupt {
            what: "kind of place",
            why: kind.to_owned(),
        })?,
    })
}
