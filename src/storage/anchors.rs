//! Anchors as they were signed, and the events that are in none yet.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, affected, instant, micros, parsed};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;

/// One anchor: its file, and the signature over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub number: u64,
    pub hour: Timestamp,
    pub body: String,
    pub seal: Vec<u8>,
}

/// An event that is in no anchor yet.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub case: CaseId,
    pub seq: i64,
    pub hash: ContentHash,
    /// Nothing once its words are erased.
    pub payload: Option<String>,
}

/// Notes that an event is to be anchored; in the transaction that appends it.
pub(crate) async fn wait(tx: &mut Tx, case: CaseId, seq: i64) -> Result<()> {
    sqlx::query("INSERT INTO unanchored (case_id, seq) VALUES ($1, $2)")
        .bind(case.to_string())
        .bind(seq)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What waits behind `after`, case by case in the order of the events.
pub async fn waiting(
    read: &mut Read,
    after: Option<(CaseId, i64)>,
    most: i64,
) -> Result<Vec<Waiting>> {
    let (case, seq) = after.map_or((String::new(), 0), |(case, seq)| (case.to_string(), seq));
    let rows = sqlx::query(
        "SELECT unanchored.case_id AS case_id, unanchored.seq AS seq, hash, payload FROM unanchored \
         JOIN events ON events.case_id = unanchored.case_id AND events.seq = unanchored.seq \
         LEFT JOIN event_details ON event_details.case_id = unanchored.case_id AND event_details.seq = unanchored.seq \
         WHERE unanchored.case_id > $1 OR (unanchored.case_id = $1 AND unanchored.seq > $2) \
         ORDER BY unanchored.case_id, unanchored.seq LIMIT $3",
    )
    .bind(case)
    .bind(seq)
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Waiting {
                case: parsed("case id", row.try_get("case_id")?)?,
                seq: row.try_get("seq")?,
                hash: parsed("hash", row.try_get("hash")?)?,
                payload: row.try_get("payload")?,
            })
        })
        .collect()
}

/// Forgets that the events of these cases wait, each up to the one named.
pub async fn taken(tx: &mut Tx, upto: &[(CaseId, i64)]) -> Result<()> {
    for (case, seq) in upto {
        sqlx::query("DELETE FROM unanchored WHERE case_id = $1 AND seq <= $2")
            .bind(case.to_string())
            .bind(seq)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// Which events of a case wait.
pub async fn waiting_of(read: &mut Read, case: CaseId) -> Result<Vec<i64>> {
    let rows = sqlx::query_scalar("SELECT seq FROM unanchored WHERE case_id = $1 ORDER BY seq")
        .bind(case.to_string())
        .fetch_all(read.conn())
        .await?;
    Ok(rows)
}

/// Adds the next anchor.
///
/// # Errors
/// `Unique` where somebody else has made it meanwhile.
pub async fn add(tx: &mut Tx, sealed: &Sealed) -> Result<()> {
    sqlx::query("INSERT INTO anchors (number, hour, body, seal) VALUES ($1, $2, $3, $4)")
        .bind(i64::try_from(sealed.number).unwrap_or(i64::MAX))
        .bind(micros(sealed.hour))
        .bind(&sealed.body)
        .bind(sealed.seal.clone())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes that its files are written.
pub async fn stored(tx: &mut Tx, number: u64, now: Timestamp) -> Result<()> {
    let result = sqlx::query("UPDATE anchors SET stored_at = $2 WHERE number = $1")
        .bind(i64::try_from(number).unwrap_or(i64::MAX))
        .bind(micros(now))
        .execute(tx.conn())
        .await?;
    affected(result, 1)
}

/// The oldest anchors whose files are not written.
pub async fn unstored(read: &mut Read, most: i64) -> Result<Vec<Sealed>> {
    let rows = sqlx::query(
        "SELECT number, hour, body, seal FROM anchors WHERE stored_at IS NULL ORDER BY number LIMIT $1",
    )
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(sealed).collect()
}

/// The newest anchors before that number, the newest first.
pub async fn before(read: &mut Read, number: Option<u64>, most: i64) -> Result<Vec<Sealed>> {
    let number = number.map_or(i64::MAX, |it| i64::try_from(it).unwrap_or(i64::MAX));
    let rows = sqlx::query(
        "SELECT number, hour, body, seal FROM anchors WHERE number < $1 ORDER BY number DESC LIMIT $2",
    )
    .bind(number)
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(sealed).collect()
}

/// The first anchors of that hour and later, the oldest first.
pub async fn since(read: &mut Read, hour: Timestamp, most: i64) -> Result<Vec<Sealed>> {
    let rows = sqlx::query(
        "SELECT number, hour, body, seal FROM anchors WHERE hour >= $1 ORDER BY number LIMIT $2",
    )
    .bind(micros(hour))
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(sealed).collect()
}

pub async fn newest(read: &mut Read) -> Result<Option<Sealed>> {
    Ok(before(read, None, 1).await?.pop())
}

pub async fn numbered(read: &mut Read, number: u64) -> Result<Option<Sealed>> {
    let found = before(read, number.checked_add(1), 1).await?.pop();
    Ok(found.filter(|it| it.number == number))
}

fn sealed(row: &AnyRow) -> Result<Sealed> {
    let number: i64 = row.try_get("number")?;
    Ok(Sealed {
        number: u64::try_from(number).unwrap_or(0),
        hour: instant(row.try_get("hour")?)?,
        body: row.try_get("body")?,
        seal: row.try_get("seal")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::fixture::{Database, on_each};
    use crate::storage::{StorageError, Store, write_tx};

    const ONE: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

    on_each!(a_number_is_taken_once_and_the_newest_come_first);

    fn anchor(number: u64) -> Sealed {
        Sealed {
            number,
            hour: Timestamp::UNIX_EPOCH,
            body: number.to_string(),
            seal: vec![0, 255],
        }
    }

    async fn adds(store: &Store, number: u64) -> Result<()> {
        write_tx!(store, |tx| { add(tx, &anchor(number)).await })
    }

    async fn a_number_is_taken_once_and_the_newest_come_first(database: Database) {
        let store = &database.store;
        for number in 1..=3 {
            adds(store, number).await.unwrap();
        }
        let again = adds(store, 3).await;
        assert!(matches!(again, Err(StorageError::Unique)), "{again:?}");
        let written: Result<()> =
            write_tx!(store, |tx| { stored(tx, 1, Timestamp::UNIX_EPOCH).await });
        written.unwrap();
        let mut read = store.read().await.unwrap();
        assert_eq!(newest(&mut read).await.unwrap(), Some(anchor(3)));
        assert_eq!(numbered(&mut read, 2).await.unwrap(), Some(anchor(2)));
        assert_eq!(numbered(&mut read, 9).await.unwrap(), None);
        assert_eq!(before(&mut read, Some(3), 1).await.unwrap(), [anchor(2)]);
        let hour = Timestamp::UNIX_EPOCH;
        let first = since(&mut read, hour, 2).await.unwrap();
        assert_eq!(first, [anchor(1), anchor(2)]);
        let later = since(&mut read, hour + ONE, 2).await.unwrap();
        assert_eq!(later, []);
        let missing = unstored(&mut read, 9).await.unwrap();
        assert_eq!(missing, [anchor(2), anchor(3)]);
    }
}
