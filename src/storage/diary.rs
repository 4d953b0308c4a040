//! Who has which quarter-hour, who is away, and at which hours of the week somebody mediates.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::{Read, Result, Tx, affected, instant, micros, parsed};
use crate::domain::diary::{Booking, Hours, begins, quarters};
use crate::domain::ids::{CaseId, PersonId};

/// Somebody's time that was given away already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    pub person: PersonId,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// A session or a leave in somebody's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The session's or the leave's.
    pub id: String,
    /// None for a leave.
    pub case: Option<CaseId>,
    /// The case's number and its kind of dispute; no name is read for a calendar.
    pub about: Option<(String, String)>,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// Rows in one statement; both databases take far more values.
const ROWS: usize = 96;

/// Changes what a case takes of people's time. The primary key refuses a quarter-hour that is taken, whoever is
/// faster; the first of them is the answer, and the caller then gives the whole change up.
///
/// # Errors
/// The database's; a double booking is no error here but the answer.
pub async fn rebook(
    tx: &mut Tx,
    case: CaseId,
    before: &BTreeSet<Booking>,
    after: &BTreeSet<Booking>,
) -> Result<Option<Clash>> {
    for gone in before.difference(after) {
        sqlx::query("DELETE FROM slots WHERE person_id = $1 AND quarter = $2 AND session_id = $3")
            .bind(gone.person.to_string())
            .bind(gone.quarter)
            .bind(gone.session.to_string())
            .execute(tx.conn())
            .await?;
    }
    let wanted: Vec<_> = after.difference(before).copied().collect();
    let mut clash = None;
    for part in wanted.chunks(ROWS) {
        let rows = part.iter().map(|it| Slot {
            person: it.person,
            quarter: it.quarter,
            id: it.session.to_string(),
            case: Some(case),
        });
        clash = clash.or(take(tx, rows.collect()).await?);
    }
    Ok(clash)
}

/// What a case takes of people's time, in place of all that it took; for one that was never entered. What is free of it
/// is taken even where something stands in the way of the rest.
///
/// # Errors
/// As [`rebook`].
pub async fn book_anew(
    tx: &mut Tx,
    case: CaseId,
    after: &BTreeSet<Booking>,
) -> Result<Option<Clash>> {
    sqlx::query("DELETE FROM slots WHERE case_id = $1")
        .bind(case.to_string())
        .execute(tx.conn())
        .await?;
    rebook(tx, case, &BTreeSet::new(), after).await
}

/// The cases that have something in somebody's calendar.
pub async fn cases_of(tx: &mut Tx, person: PersonId) -> Result<Vec<CaseId>> {
    let rows = sqlx::query(
        "SELECT DISTINCT case_id FROM slots WHERE person_id = $1 AND case_id IS NOT NULL ORDER BY case_id",
    )
    .bind(person.to_string())
    .fetch_all(tx.conn())
    .await?;
    let id = |row: &AnyRow| parsed("case id", row.try_get("case_id")?);
    rows.iter().map(id).collect()
}

struct Slot {
    person: PersonId,
    quarter: i64,
    id: String,
    case: Option<CaseId>,
}

/// Takes all of them, or says what stands in the way.
async fn take(tx: &mut Tx, slots: Vec<Slot>) -> Result<Option<Clash>> {
    let values: Vec<_> = (0..slots.len())
        .map(|row| {
            let at = row * 4;
            format!("(${}, ${}, ${}, ${})", at + 1, at + 2, at + 3, at + 4)
        })
        .collect();
    let sql = format!(
        "INSERT INTO slots (person_id, quarter, session_id, case_id) VALUES {} ON CONFLICT (person_id, quarter) DO NOTHING",
        values.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for slot in &slots {
        query = query
            .bind(slot.person.to_string())
            .bind(slot.quarter)
            .bind(slot.id.clone())
            .bind(slot.case.map(|case| case.to_string()));
    }
    let taken = query.execute(tx.conn()).await?.rows_affected();
    if taken == u64::try_from(slots.len()).unwrap_or(u64::MAX) {
        return Ok(None);
    }
    for slot in &slots {
        if let Some(clash) = other(tx, slot).await? {
            return Ok(Some(clash));
        }
    }
    // It went away between the two statements; whoever asked asks again.
    Err(super::StorageError::Conflict)
}

/// What somebody else's entry holds of this quarter-hour, from its beginning to its end.
async fn other(tx: &mut Tx, slot: &Slot) -> Result<Option<Clash>> {
    let row = sqlx::query(
        "SELECT session_id FROM slots WHERE person_id = $1 AND quarter = $2 AND session_id <> $3",
    )
    .bind(slot.person.to_string())
    .bind(slot.quarter)
    .bind(slot.id.clone())
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let id: String = row.try_get("session_id")?;
    let row = sqlx::query("SELECT MIN(quarter) AS first, MAX(quarter) AS last FROM slots WHERE person_id = $1 AND session_id = $2")
        .bind(slot.person.to_string())
        .bind(id)
        .fetch_one(tx.conn())
        .await?;
    Ok(Some(Clash {
        person: slot.person,
        from: begins(row.try_get("first")?),
        until: begins(row.try_get::<i64, _>("last")? + 1),
    }))
}

/// Writes a leave down and takes its time; a session in it stands in the way.
pub async fn insert_leave(
    tx: &mut Tx,
    id: uuid::Uuid,
    person: PersonId,
    (from, until): (Timestamp, Timestamp),
) -> Result<Option<Clash>> {
    sqlx::query("INSERT INTO leaves (id, person_id, from_at, until_at) VALUES ($1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(person.to_string())
        .bind(micros(from))
        .bind(micros(until))
        .execute(tx.conn())
        .await?;
    let all: Vec<i64> = quarters(from, until).collect();
    for part in all.chunks(ROWS) {
        let rows = part.iter().map(|quarter| Slot {
            person,
            quarter: *quarter,
            id: id.to_string(),
            case: None,
        });
        if let Some(clash) = take(tx, rows.collect()).await? {
            return Ok(Some(clash));
        }
    }
    Ok(None)
}

/// # Errors
/// `Conflict` where the person has no such leave.
pub async fn delete_leave(tx: &mut Tx, id: uuid::Uuid, person: PersonId) -> Result<()> {
    let result = sqlx::query("DELETE FROM leaves WHERE id = $1 AND person_id = $2")
        .bind(id.to_string())
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    affected(result, 1)?;
    sqlx::query("DELETE FROM slots WHERE session_id = $1 AND person_id = $2")
        .bind(id.to_string())
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What is in somebody's calendar between two moments, in order.
pub async fn entries(
    read: &mut Read,
    person: PersonId,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Entry>> {
    let span = quarters(from, until);
    let rows = sqlx::query(
        "SELECT session_id, case_id, number, dispute, MIN(quarter) AS first, MAX(quarter) AS last FROM slots \
         LEFT JOIN cases ON cases.id = slots.case_id \
         WHERE person_id = $1 AND quarter >= $2 AND quarter < $3 \
         GROUP BY session_id, case_id, number, dispute ORDER BY first",
    )
    .bind(person.to_string())
    .bind(span.start)
    .bind(span.end)
    .fetch_all(read.conn())
    .await?;
    let entry = |row: &AnyRow| {
        let case: Option<&str> = row.try_get("case_id")?;
        let (number, dispute): (Option<String>, Option<String>) =
            (row.try_get("number")?, row.try_get("dispute")?);
        Ok(Entry {
            about: number.zip(dispute),
            id: row.try_get("session_id")?,
            case: case.map(|id| parsed("case id", id)).transpose()?,
            from: begins(row.try_get("first")?),
            until: begins(row.try_get::<i64, _>("last")? + 1),
        })
    };
    rows.iter().map(entry).collect()
}

/// Puts the hash of a new address in place of the one before.
pub async fn set_feed(tx: &mut Tx, person: PersonId, secret: &str, now: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO calendar_feeds (person_id, secret, made_at) VALUES ($1, $2, $3) \
         ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at",
    )
    .bind(person.to_string())
    .bind(secret)
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn delete_feed(tx: &mut Tx, person: PersonId) -> Result<()> {
    sqlx::query("DELETE FROM calendar_feeds WHERE person_id = $1")
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Since when somebody's calendar has an address.
pub async fn feed_of(read: &mut Read, person: PersonId) -> Result<Option<Timestamp>> {
    let row = sqlx::query("SELECT made_at FROM calendar_feeds WHERE person_id = $1")
        .bind(person.to_string())
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| instant(row.try_get("made_at")?)).transpose()
}

/// Whose calendar the address with this hash leads to.
pub async fn fed(read: &mut Read, secret: &str) -> Result<Option<PersonId>> {
    let row = sqlx::query("SELECT person_id FROM calendar_feeds WHERE secret = $1")
        .bind(secret)
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| parsed("person id", row.try_get("person_id")?))
        .transpose()
}

/// How many quarter-hours each person has given away between two moments.
pub async fn taken(
    read: &mut Read,
    from: Timestamp,
    until: Timestamp,
) -> Result<BTreeMap<PersonId, u32>> {
    let span = quarters(from, until);
    let rows = sqlx::query(
        "SELECT person_id, COUNT(*) AS taken FROM slots WHERE quarter >= $1 AND quarter < $2 GROUP BY person_id",
    )
    .bind(span.start)
    .bind(span.end)
    .fetch_all(read.conn())
    .await?;
    let count = |row: &AnyRow| {
        let taken: i64 = row.try_get("taken")?;
        Ok((
            parsed("person id", row.try_get("person_id")?)?,
            u32::try_from(taken).unwrap_or(u32::MAX),
        ))
    };
    rows.iter().map(count).collect()
}

/// Who is away at a moment, and until when.
pub async fn away(read: &mut Read, at: Timestamp) -> Result<BTreeMap<PersonId, Timestamp>> {
    let rows = sqlx::query("SELECT person_id, MAX(until_at) AS until_at FROM leaves WHERE from_at <= $1 AND until_at > $1 GROUP BY person_id")
        .bind(micros(at))
        .fetch_all(read.conn())
        .await?;
    let away = |row: &AnyRow| {
        Ok((
            parsed("person id", row.try_get("person_id")?)?,
            instant(row.try_get("until_at")?)?,
        ))
    };
    rows.iter().map(away).collect()
}

/// The hours at which somebody mediates, for all who have said so.
pub async fn all_hours(read: &mut Read) -> Result<BTreeMap<PersonId, Vec<Hours>>> {
    let rows = sqlx::query("SELECT person_id, weekday, from_minute, until_minute FROM office_hours ORDER BY person_id, weekday, from_minute")
        .fetch_all(read.conn())
        .await?;
    let mut all: BTreeMap<PersonId, Vec<Hours>> = BTreeMap::new();
    for row in &rows {
        let person = parsed("person id", row.try_get("person_id")?)?;
        all.entry(person).or_default().push(hours_of(row)?);
    }
    Ok(all)
}

pub async fn hours(read: &mut Read, person: PersonId) -> Result<Vec<Hours>> {
    let rows = sqlx::query("SELECT weekday, from_minute, until_minute FROM office_hours WHERE person_id = $1 ORDER BY weekday, from_minute")
        .bind(person.to_string())
        .fetch_all(read.conn())
        .await?;
    rows.iter().map(hours_of).collect()
}

fn hours_of(row: &AnyRow) -> Result<Hours> {
    let number = |column| -> Result<u16> {
        let number: i64 = row.try_get(column)?;
        Ok(u16::try_from(number).unwrap_or(0))
    };
    Ok(Hours {
        weekday: i8::try_from(number("weekday")?).unwrap_or(0),
        from: number("from_minute")?,
        until: number("until_minute")?,
    })
}

/// Puts these hours in place of the ones before.
pub async fn set_hours(tx: &mut Tx, person: PersonId, hours: &[Hours]) -> Result<()> {
    sqlx::query("DELETE FROM office_hours WHERE person_id = $1")
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    for it in hours {
        sqlx::query("INSERT INTO office_hours (person_id, weekday, from_minute, until_minute) VALUES ($1, $2, $3, $4)")
            .bind(person.to_string())
            .bind(i64::from(it.weekday))
            .bind(i64::from(it.from))
            .bind(i64::from(it.until))
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::future::join_all;
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::SessionId;
    use crate::storage::fixture::on_both;
    use crate::storage::{StorageError, Store, write_tx};

    const PERSON: PersonId = PersonId(Uuid::from_u128(0xb3));

    fn case(number: u128) -> CaseId {
        CaseId(Uuid::from_u128(number))
    }

    fn booked(session: u128, from: &str, until: &str) -> BTreeSet<Booking> {
        let span = quarters(from.parse().unwrap(), until.parse().unwrap());
        let booking = |quarter| Booking {
            person: PERSON,
            quarter,
            session: SessionId(Uuid::from_u128(session)),
        };
        span.map(booking).collect()
    }

    async fn book(store: &Store, number: u128, wanted: &BTreeSet<Booking>) -> Option<Clash> {
        // As the door does it: a clash gives the whole change up.
        let outcome: std::result::Result<(), Refused> = write_tx!(store, |tx| {
            match rebook(tx, case(number), &BTreeSet::new(), wanted).await? {
                Some(clash) => Err(Refused::Clash(clash)),
                None => Ok(()),
            }
        });
        match outcome {
            Ok(()) => None,
            Err(Refused::Clash(clash)) => Some(clash),
            Err(Refused::Storage(error)) => panic!("{error}"),
        }
    }

    #[derive(Debug, thiserror::Error)]
    enum Refused {
        #[error("taken")]
        Clash(Clash),
        #[error(transparent)]
        Storage(#[from] StorageError),
    }

    #[tokio::test]
    async fn of_sixteen_who_book_one_hour_at_once_one_gets_it_and_fifteen_hear_when_it_is_taken() {
        on_both(async |store| {
            let store = Arc::new(store);
            let tries = (0..16_u128).map(|number| {
                let store = Arc::clone(&store);
                async move {
                    let wanted = booked(number, "2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z");
                    book(&store, number, &wanted).await
                }
            });
            let answers = join_all(tries).await;
            assert_eq!(answers.iter().filter(|clash| clash.is_none()).count(), 1);
            for clash in answers.into_iter().flatten() {
                assert_eq!(clash.from, "2026-03-02T02:00:00Z".parse().unwrap());
                assert_eq!(clash.until, "2026-03-02T03:00:00Z".parse().unwrap());
            }
            let day = (
                "2026-03-02T00:00:00Z".parse().unwrap(),
                "2026-03-03T00:00:00Z".parse().unwrap(),
            );
            let entries = entries(&mut store.read().await.unwrap(), PERSON, day)
                .await
                .unwrap();
            assert_eq!(entries.len(), 1, "nothing of the refused ones is kept");
        })
        .await;
    }

    /// Of more hours than one statement enters, the first is taken: the others are entered all the same.
    #[tokio::test]
    async fn what_is_free_of_an_older_case_is_entered_behind_a_clash_too() {
        on_both(async |store| {
            let first = booked(1, "2026-03-02T00:00:00Z", "2026-03-02T00:15:00Z");
            assert_eq!(book(&store, 1, &first).await, None);
            let long = booked(2, "2026-03-02T00:00:00Z", "2026-03-04T00:00:00Z");
            assert!(long.len() > ROWS);
            let clash: Result<Option<Clash>> =
                write_tx!(store, |tx| { book_anew(tx, case(2), &long).await });
            assert!(clash.unwrap().is_some());
            let span = (
                "2026-03-02T00:00:00Z".parse().unwrap(),
                "2026-03-05T00:00:00Z".parse().unwrap(),
            );
            let mut read = store.read().await.unwrap();
            let all = taken(&mut read, span.0, span.1).await.unwrap()[&PERSON];
            assert_eq!(
                usize::try_from(all).unwrap(),
                long.len(),
                "two days, each once"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_session_that_was_moved_frees_its_time() {
        on_both(async |store| {
            let first = booked(1, "2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z");
            let later = booked(1, "2026-03-02T02:30:00Z", "2026-03-02T03:30:00Z");
            assert_eq!(book(&store, 1, &first).await, None);
            let moved: Result<Option<Clash>> =
                write_tx!(store, |tx| { rebook(tx, case(1), &first, &later).await });
            assert_eq!(
                moved.unwrap(),
                None,
                "a session does not stand in its own way"
            );
            let other = booked(2, "2026-03-02T02:00:00Z", "2026-03-02T02:30:00Z");
            assert_eq!(book(&store, 2, &other).await, None);
            let span = (
                "2026-03-02T00:00:00Z".parse().unwrap(),
                "2026-03-03T00:00:00Z".parse().unwrap(),
            );
            let mut read = store.read().await.unwrap();
            assert_eq!(taken(&mut read, span.0, span.1).await.unwrap()[&PERSON], 6);
        })
        .await;
    }

    #[tokio::test]
    async fn nobody_mediates_on_leave_and_nobody_takes_leave_over_a_session() {
        on_both(async |store| {
            let at = |text: &str| text.parse::<Timestamp>().unwrap();
            let away_from = (at("2026-03-01T16:00:00Z"), at("2026-03-04T16:00:00Z"));
            let leave = Uuid::from_u128(9);
            let taken: Result<Option<Clash>> = write_tx!(store, |tx| {
                insert_leave(tx, leave, PERSON, away_from).await
            });
            assert_eq!(taken.unwrap(), None);
            let session = booked(1, "2026-03-02T02:00:00Z", "2026-03-02T03:00:00Z");
            let clash = book(&store, 1, &session).await.unwrap();
            assert_eq!((clash.from, clash.until), away_from);
            let mut read = store.read().await.unwrap();
            let until = away(&mut read, at("2026-03-03T00:00:00Z")).await.unwrap();
            assert_eq!(until[&PERSON], away_from.1);
            assert!(away(&mut read, away_from.1).await.unwrap().is_empty());
            drop(read);
            let strangers: Result<()> = write_tx!(store, |tx| {
                delete_leave(tx, leave, PersonId(Uuid::from_u128(1))).await
            });
            assert!(strangers.is_err(), "somebody else's leave");
            let done: Result<()> = write_tx!(store, |tx| { delete_leave(tx, leave, PERSON).await });
            done.unwrap();
            assert_eq!(book(&store, 1, &session).await, None);
        })
        .await;
    }

    #[tokio::test]
    async fn hours_are_kept_as_they_were_said_last() {
        on_both(async |store| {
            let evening = Hours {
                weekday: 3,
                from: 19 * 60,
                until: 21 * 60,
            };
            for said in [crate::domain::diary::office_hours(), vec![evening]] {
                let done: Result<()> =
                    write_tx!(store, |tx| { set_hours(tx, PERSON, &said).await });
                done.unwrap();
            }
            let mut read = store.read().await.unwrap();
            assert_eq!(hours(&mut read, PERSON).await.unwrap(), [evening]);
            assert_eq!(all_hours(&mut read).await.unwrap()[&PERSON], [evening]);
        })
        .await;
    }
}
