//! The rooms that bodies keep for people to meet in.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, affected, parsed};
use crate::domain::ids::{MeetingRoomId, OrganisationId};
use crate::domain::meeting_room::MeetingRoom;
use crate::domain::organisation::{Area, District};

/// Puts a room on its body's list; false where the district has it already, under whatever spelling.
pub async fn keep(tx: &mut Tx, district: &District, room: &MeetingRoom) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO meeting_rooms (id, organisation, district, same, name, address, seats) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (district, same) DO NOTHING",
    )
    .bind(room.id.to_string())
    .bind(room.organisation.to_string())
    .bind(&district.0)
    .bind(room.key())
    .bind(&room.name)
    .bind(&room.address)
    .bind(i64::from(room.seats))
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sessions that were set there stay as they are.
///
/// # Errors
/// `Conflict` where the body has no such room.
pub async fn discard(tx: &mut Tx, organisation: OrganisationId, id: MeetingRoomId) -> Result<()> {
    let result = sqlx::query("DELETE FROM meeting_rooms WHERE id = $1 AND organisation = $2")
        .bind(id.to_string())
        .bind(organisation.to_string())
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

pub async fn of_organisation(
    read: &mut Read,
    organisation: OrganisationId,
) -> Result<Vec<MeetingRoom>> {
    let rows = sqlx::query(
        "SELECT id, organisation, name, address, seats FROM meeting_rooms WHERE organisation = $1 ORDER BY same",
    )
    .bind(organisation.to_string())
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(room).collect()
}

/// The rooms for people of an area: those of the bodies there and of the bodies over them.
pub async fn around(read: &mut Read, area: &Area) -> Result<Vec<MeetingRoom>> {
    let rows = sqlx::query(
        "SELECT r.id, r.organisation, r.name, r.address, r.seats, o.area FROM meeting_rooms r \
         JOIN organisations o ON o.id = r.organisation WHERE r.district = $1 ORDER BY r.same",
    )
    .bind(area.district().0)
    .fetch_all(read.conn())
    .await?;
    let mut rooms = Vec::new();
    for row in &rows {
        if Area(row.try_get("area")?).covers(area) {
            rooms.push(room(row)?);
        }
    }
    Ok(rooms)
}

fn room(row: &AnyRow) -> Result<MeetingRoom> {
    let seats: i64 = row.try_get("seats")?;
    Ok(MeetingRoom {
        id: parsed("room id", row.try_get("id")?)?,
        organisation: parsed("organisation id", row.try_get("organisation")?)?,
        name: row.try_get("name")?,
        address: row.try_get("address")?,
        seats: u32::try_from(seats).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::organisation::OrganisationKind;
    use crate::storage::fixture::{body, on_both};
    use crate::storage::office;
    use crate::storage::write_tx;

    fn named(number: u128, organisation: OrganisationId, name: &str) -> MeetingRoom {
        MeetingRoom {
            id: MeetingRoomId(Uuid::from_u128(number)),
            organisation,
            name: name.to_owned(),
            address: "和平路8号".to_owned(),
            seats: 8,
        }
    }

    #[tokio::test]
    async fn a_room_is_on_one_list_of_its_district_and_seen_from_below() {
        on_both(async |store| {
            let [street, other] = [1, 2].map(|it| OrganisationId(Uuid::from_u128(it)));
            let district = District("hefeng".to_owned());
            let kept: Result<Vec<bool>> = write_tx!(store, |tx| {
                for (id, area) in [(street, "hefeng/qingshi"), (other, "hefeng/nanqiao")] {
                    let mut listed = body(id, OrganisationKind::People, area, "和");
                    listed.organisation.area = Area(area.to_owned());
                    office::insert_organisation(tx, &listed).await?;
                }
                Ok(vec![
                    keep(tx, &district, &named(7, street, "一号")).await?,
                    keep(tx, &district, &named(8, street, "1号")).await?,
                    keep(tx, &district, &named(9, other, "１号")).await?,
                    keep(tx, &district, &named(10, other, "2号")).await?,
                ])
            });
            assert_eq!(kept.unwrap(), [true, false, false, true]);
            let mut read = store.read().await.unwrap();
            let own = of_organisation(&mut read, street).await.unwrap();
            assert_eq!(own, [named(7, street, "一号")]);
            let below = Area("hefeng/qingshi/liuyin".to_owned());
            assert_eq!(around(&mut read, &below).await.unwrap(), own);
            let elsewhere = Area("beiling/qingshi".to_owned());
            assert!(around(&mut read, &elsewhere).await.unwrap().is_empty());
            drop(read);
            let room = own[0].id;
            let stolen: Result<()> = write_tx!(store, |tx| { discard(tx, other, room).await });
            assert!(stolen.is_err());
            let gone: Result<()> = write_tx!(store, |tx| { discard(tx, street, room).await });
            gone.unwrap();
        })
        .await;
    }
}
