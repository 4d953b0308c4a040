//! The rooms that bodies keep for people to meet in.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, parsed};
use crate::domain::diary::quarters;
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

/// Another name, address or number of seats of the same room, whose quarter-hours stay taken; false where its body has no
/// such room, or the district has one of that name already.
pub async fn change(tx: &mut Tx, room: &MeetingRoom) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE meeting_rooms SET same = $3, name = $4, address = $5, seats = $6 WHERE id = $1 AND organisation = $2 \
         AND NOT EXISTS (SELECT 1 FROM meeting_rooms o WHERE o.district = meeting_rooms.district AND o.same = $3 AND o.id <> $1)",
    )
    .bind(room.id.to_string())
    .bind(room.organisation.to_string())
    .bind(room.key())
    .bind(&room.name)
    .bind(&room.address)
    .bind(i64::from(room.seats))
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sessions that were held there stay as they are; false where some are to come, or the body has no such room. Listed
/// again it would be another one, free at an hour at which people meet there.
pub async fn discard(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: MeetingRoomId,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "DELETE FROM meeting_rooms WHERE id = $1 AND organisation = $2 \
         AND NOT EXISTS (SELECT 1 FROM slots WHERE person_id = $1 AND quarter >= $3)",
    )
    .bind(id.to_string())
    .bind(organisation.to_string())
    .bind(quarters(now, now).start)
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
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
            let now = Timestamp::UNIX_EPOCH;
            let done: Result<Vec<bool>> = write_tx!(store, |tx| {
                let with = |organisation, name| named(7, organisation, name);
                Ok(vec![
                    change(tx, &with(other, "三号")).await?,
                    change(tx, &with(street, "二号")).await?,
                    change(tx, &with(street, "三号")).await?,
                    discard(tx, other, room, now).await?,
                    keep(tx, &district, &named(8, street, "3号")).await?,
                    discard(tx, street, room, now).await?,
                ])
            });
            assert_eq!(done.unwrap(), [false, false, true, false, false, true]);
        })
        .await;
    }
}
