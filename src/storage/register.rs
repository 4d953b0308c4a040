//! All staff and posts at once, and changing what is known of bodies, people and places, for files that tell the whole.

pub mod changes;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row;
use sqlx::any::AnyRow;

use super::accounts::people::Person;
use super::office::{Listed, RosterRow};
use super::{Read, Result, StorageError, Tx, affected, parsed, to_json};
use crate::domain::actor::{Post, Role};
use crate::domain::identity::{Email, Phone};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::Area;
use crate::domain::organisation::town::QrPlace;
use crate::domain::wording::Wording;

/// Every member of staff by login.
pub async fn staff(read: &mut Read) -> Result<BTreeMap<String, Person>> {
    let rows = sqlx::query(
        "SELECT staff.login AS login, people.id AS id, name, phone, mail, locale, elder, people.created_at AS created_at \
         FROM staff JOIN people ON people.id = staff.person_id",
    )
    .fetch_all(read.conn())
    .await?;
    let member = |row: &AnyRow| Ok((row.try_get("login")?, super::accounts::people::person(row)?));
    rows.iter().map(member).collect()
}

/// Who holds which offices where.
pub async fn posts(
    read: &mut Read,
) -> Result<BTreeMap<(PersonId, OrganisationId), BTreeSet<Role>>> {
    let rows = sqlx::query("SELECT person_id, organisation_id, role FROM posts")
        .fetch_all(read.conn())
        .await?;
    let mut posts: BTreeMap<_, BTreeSet<Role>> = BTreeMap::new();
    for row in &rows {
        let role: &str = row.try_get("role")?;
        let role = Role::parse(role).ok_or_else(|| StorageError::Corrupt {
            what: "role",
            why: role.to_owned(),
        })?;
        let seat = (
            parsed("person id", row.try_get("person_id")?)?,
            parsed("organisation id", row.try_get("organisation_id")?)?,
        );
        posts.entry(seat).or_default().insert(role);
    }
    Ok(posts)
}

/// How many cases each mediator has that are not closed, by organisation.
pub async fn in_hand(read: &mut Read) -> Result<BTreeMap<(PersonId, OrganisationId), u32>> {
    let rows = sqlx::query(
        "SELECT mediator, organisation, COUNT(*) AS number FROM cases WHERE mediator IS NOT NULL AND stage <> 'closed' \
         GROUP BY mediator, organisation",
    )
    .fetch_all(read.conn())
    .await?;
    let hand = |row: &AnyRow| {
        let number: i64 = row.try_get("number")?;
        let seat = (
            parsed("person id", row.try_get("mediator")?)?,
            parsed("organisation id", row.try_get("organisation")?)?,
        );
        Ok((seat, u32::try_from(number).unwrap_or(u32::MAX)))
    };
    rows.iter().map(hand).collect()
}

/// The organisations that have cases.
pub async fn with_cases(read: &mut Read) -> Result<BTreeSet<OrganisationId>> {
    let rows = sqlx::query("SELECT DISTINCT organisation FROM cases")
        .fetch_all(read.conn())
        .await?;
    rows.iter()
        .map(|row| parsed("organisation id", row.try_get("organisation")?))
        .collect()
}

pub async fn update_organisation(tx: &mut Tx, listed: &Listed) -> Result<()> {
    let result =
        sqlx::query("UPDATE organisations SET kind = $2, area = $3, body = $4 WHERE id = $1")
            .bind(listed.id.to_string())
            .bind(listed.organisation.kind.name())
            .bind(&listed.organisation.area.0)
            .bind(to_json("organisation", &listed.organisation)?)
            .execute(tx.conn())
            .await?;
    affected(result, 1)
}

pub async fn update_area(tx: &mut Tx, area: &Area, name: &Wording) -> Result<()> {
    let result = sqlx::query("UPDATE areas SET name = $2 WHERE path = $1")
        .bind(&area.0)
        .bind(to_json("area", name)?)
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

pub async fn update_place(tx: &mut Tx, place: &QrPlace) -> Result<()> {
    let result =
        sqlx::query("UPDATE places SET area = $2, address = $3, kind = $4 WHERE code = $1")
            .bind(&place.code)
            .bind(&place.area.0)
            .bind(&place.address)
            .bind(place.kind.name())
            .execute(tx.conn())
            .await?;
    affected(result, 1)
}

/// Name and contacts of a member of staff.
pub async fn update_person(tx: &mut Tx, person: &Person) -> Result<()> {
    let result = sqlx::query("UPDATE people SET name = $2, phone = $3, mail = $4 WHERE id = $1")
        .bind(person.id.to_string())
        .bind(person.name.as_str())
        .bind(
            person
                .phone
                .as_ref()
                .map(|it: &Phone| it.as_e164().to_owned()),
        )
        .bind(
            person
                .mail
                .as_ref()
                .map(|it: &Email| it.as_str().to_owned()),
        )
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

/// Writes a mediator's profile, new or changed.
pub async fn keep_mediator(tx: &mut Tx, row: &RosterRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO mediators (person_id, organisation_id, elsewhere, body) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person_id, organisation_id) DO UPDATE SET elsewhere = excluded.elsewhere, body = excluded.body",
    )
    .bind(row.person.to_string())
    .bind(row.organisation.to_string())
    .bind(i64::from(row.elsewhere))
    .bind(to_json("mediator", &row.profile)?)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes somebody off a roster.
pub async fn drop_mediator(
    tx: &mut Tx,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<()> {
    sqlx::query("DELETE FROM mediators WHERE person_id = $1 AND organisation_id = $2")
        .bind(person.to_string())
        .bind(organisation.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Ends one office; harmless where it is not held.
pub async fn end_post(tx: &mut Tx, person: PersonId, post: Post) -> Result<()> {
    sqlx::query("DELETE FROM posts WHERE person_id = $1 AND organisation_id = $2 AND role = $3")
        .bind(person.to_string())
        .bind(post.organisation.to_string())
        .bind(post.role.name())
        .execute(tx.conn())
        .await?;
    Ok(())
}
