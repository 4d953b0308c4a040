//! Recordings of sessions: which of them run, and the parts of each as the room told of them.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, instant, micros, parsed};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId, RecordingId};
use crate::domain::recording::{Recording, Segment};

/// Keeps the list of recordings equal to what the case says of this one.
pub async fn keep(tx: &mut Tx, case: &Case, recording: &Recording) -> Result<()> {
    sqlx::query(
        "INSERT INTO recordings (id, case_id, session_id, state, running) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, running = excluded.running",
    )
    .bind(recording.id.to_string())
    .bind(case.id.to_string())
    .bind(recording.session.to_string())
    .bind(recording.state.name())
    .bind(i64::from(recording.is_running()))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Those that run, by what the cases say.
pub async fn running(read: &mut Read) -> Result<Vec<(CaseId, RecordingId)>> {
    let rows = sqlx::query("SELECT case_id, id FROM recordings WHERE running = 1 ORDER BY id")
        .fetch_all(read.conn())
        .await?;
    let found = |row: &AnyRow| {
        let case = parsed("case id", row.try_get("case_id")?)?;
        Ok((case, parsed("recording id", row.try_get("id")?)?))
    };
    rows.iter().map(found).collect()
}

/// Notes a part that is on the disk; one that is known already stays as it was first told.
pub async fn insert(tx: &mut Tx, recording: RecordingId, segment: &Segment) -> Result<()> {
    sqlx::query(
        "INSERT INTO recording_segments \
         (recording_id, person_id, source, number, hash, previous, bytes, first_at, last_at, torn) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (recording_id, person_id, source, number) DO NOTHING",
    )
    .bind(recording.to_string())
    .bind(segment.person.to_string())
    .bind(&segment.source)
    .bind(i64::from(segment.number))
    .bind(segment.hash.as_str())
    .bind(
        segment
            .previous
            .as_ref()
            .map(super::super::domain::hash::ContentHash::as_str),
    )
    .bind(i64::try_from(segment.bytes).unwrap_or(i64::MAX))
    .bind(micros(segment.from))
    .bind(micros(segment.until))
    .bind(i64::from(segment.torn))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The parts of a recording, by person, line and number.
pub async fn segments(read: &mut Read, recording: RecordingId) -> Result<Vec<Segment>> {
    let rows = sqlx::query(
        "SELECT person_id, source, number, hash, previous, bytes, first_at, last_at, torn \
         FROM recording_segments WHERE recording_id = $1 ORDER BY person_id, source, number",
    )
    .bind(recording.to_string())
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(segment).collect()
}

fn segment(row: &AnyRow) -> Result<Segment> {
    let previous: Option<String> = row.try_get("previous")?;
    Ok(Segment {
        person: parsed("person id", row.try_get("person_id")?)?,
        source: row.try_get("source")?,
        number: u32::try_from(row.try_get::<i64, _>("number")?).unwrap_or(u32::MAX),
        hash: parsed("hash", row.try_get("hash")?)?,
        previous: previous.map(|it| parsed("hash", &it)).transpose()?,
        bytes: u64::try_from(row.try_get::<i64, _>("bytes")?).unwrap_or(0),
        from: instant(row.try_get("first_at")?)?,
        until: instant(row.try_get("last_at")?)?,
        torn: row.try_get::<i64, _>("torn")? == 1,
    })
}

/// Notes that packets of a line were not kept.
pub async fn miss(
    tx: &mut Tx,
    recording: RecordingId,
    (person, source): (PersonId, &str),
    packets: u64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO recording_gaps (recording_id, person_id, source, packets) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (recording_id, person_id, source) \
         DO UPDATE SET packets = recording_gaps.packets + excluded.packets",
    )
    .bind(recording.to_string())
    .bind(person.to_string())
    .bind(source)
    .bind(i64::try_from(packets).unwrap_or(i64::MAX))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many packets of a recording were not kept.
pub async fn missed(read: &mut Read, recording: RecordingId) -> Result<u64> {
    let packets: Vec<i64> =
        sqlx::query_scalar("SELECT packets FROM recording_gaps WHERE recording_id = $1")
            .bind(recording.to_string())
            .fetch_all(read.conn())
            .await?;
    let packets = packets.into_iter().map(|it| u64::try_from(it).unwrap_or(0));
    Ok(packets.sum())
}

/// Forgets the parts of what was deleted; that there was a recording, and why it went, the case says.
pub async fn forget(tx: &mut Tx, recording: RecordingId) -> Result<()> {
    for sql in [
        "DELETE FROM recording_segments WHERE recording_id = $1",
        "DELETE FROM recording_gaps WHERE recording_id = $1",
    ] {
        sqlx::query(sql)
            .bind(recording.to_string())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use uuid::Uuid;

    use super::*;
    use crate::domain::fixture::{MEDIATOR, Quarrel, SESSION, rules};
    use crate::domain::hash::ContentHash;
    use crate::domain::recording::{RecordingState, Run};
    use crate::storage::fixture::on_both;
    use crate::storage::{StorageError, cases, write_tx};

    const ID: RecordingId = RecordingId(Uuid::from_u128(7));

    fn recording(quarrel: &Quarrel<'_>, until: Option<SignedDuration>) -> Recording {
        let from = quarrel.now;
        Recording {
            id: ID,
            session: SESSION,
            asked_at: from,
            asked_by: MEDIATOR,
            consents: Vec::new(),
            runs: vec![Run {
                from,
                until: until.map(|it| from + it),
            }],
            state: RecordingState::Open,
        }
    }

    fn part(quarrel: &Quarrel<'_>, number: u32, text: &str) -> Segment {
        Segment {
            person: MEDIATOR,
            source: "microphone".to_owned(),
            number,
            hash: ContentHash::of(text.as_bytes()),
            previous: (number > 0).then(|| ContentHash::of(b"0")),
            bytes: 12,
            from: quarrel.now,
            until: quarrel.now + SignedDuration::from_secs(10),
            torn: number == 1,
        }
    }

    #[tokio::test]
    async fn what_runs_is_found_until_it_stops_and_a_part_told_twice_stays_as_first_told() {
        on_both(async |store| {
            let rules = rules();
            let quarrel = Quarrel::new(&rules);
            let parts = [part(&quarrel, 0, "0"), part(&quarrel, 1, "1")];
            write_tx!(store, |tx| {
                cases::insert(tx, &quarrel.case).await?;
                keep(tx, &quarrel.case, &recording(&quarrel, None)).await?;
                for part in parts.iter().rev() {
                    insert(tx, ID, part).await?;
                }
                insert(tx, ID, &part(&quarrel, 1, "another")).await?;
                miss(tx, ID, (MEDIATOR, "camera"), 3).await?;
                miss(tx, ID, (MEDIATOR, "camera"), 4).await
            })
            .unwrap();
            let mut read = store.read().await.unwrap();
            let here = (quarrel.case.id, ID);
            assert_eq!(running(&mut read).await.unwrap(), [here]);
            assert_eq!(segments(&mut read, ID).await.unwrap(), parts);
            assert_eq!(missed(&mut read, ID).await.unwrap(), 7);
            drop(read);
            let ended = recording(&quarrel, Some(SignedDuration::from_secs(20)));
            write_tx!(store, |tx| {
                keep(tx, &quarrel.case, &ended).await?;
                forget(tx, ID).await?;
                Ok::<_, StorageError>(())
            })
            .unwrap();
            let mut read = store.read().await.unwrap();
            assert_eq!(running(&mut read).await.unwrap(), []);
            assert_eq!(segments(&mut read, ID).await.unwrap(), []);
            assert_eq!(missed(&mut read, ID).await.unwrap(), 0);
        })
        .await;
    }
}
