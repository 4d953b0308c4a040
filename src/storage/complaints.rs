//! Complaints about mediators, apart from the cases.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, affected, json, micros, to_json};
use crate::domain::complaint::Complaint;
use crate::domain::ids::{ComplaintId, OrganisationId, PersonId};

pub async fn insert(tx: &mut Tx, complaint: &Complaint) -> Result<()> {
    sqlx::query(
        "INSERT INTO complaints (id, bureau, by_person, mediator, state, due_at, version, body, shared_with) \
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)",
    )
    .bind(complaint.id.to_string())
    .bind(complaint.bureau.to_string())
    .bind(complaint.by.to_string())
    .bind(complaint.mediator.to_string())
    .bind(complaint.state())
    .bind(micros(complaint.due.at))
    .bind(to_json("complaint", complaint)?)
    .bind(shared_with(complaint))
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The committee whose head may read it.
fn shared_with(complaint: &Complaint) -> Option<String> {
    complaint.shared.then(|| complaint.committee.to_string())
}

/// The complaint and the version that was read.
pub async fn load(read: &mut Read, id: ComplaintId) -> Result<Option<(Complaint, i64)>> {
    let row = sqlx::query("SELECT body, version FROM complaints WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| {
        Ok((
            json("complaint", row.try_get("body")?)?,
            row.try_get("version")?,
        ))
    })
    .transpose()
}

/// # Errors
/// `Conflict` where somebody else has changed it since.
pub async fn update(tx: &mut Tx, complaint: &Complaint, version: i64) -> Result<()> {
    let result = sqlx::query(
        "UPDATE complaints SET state = $2, body = $3, version = version + 1, shared_with = $5 WHERE id = $1 AND version = $4",
    )
    .bind(complaint.id.to_string())
    .bind(complaint.state())
    .bind(to_json("complaint", complaint)?)
    .bind(version)
    .bind(shared_with(complaint))
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

/// Of a bureau, the open ones first and what is due first.
pub async fn of_bureau(
    read: &mut Read,
    bureau: OrganisationId,
    most: i64,
) -> Result<Vec<Complaint>> {
    let rows = sqlx::query(
        "SELECT body FROM complaints WHERE bureau = $1 ORDER BY state DESC, due_at, id LIMIT $2",
    )
    .bind(bureau.to_string())
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(complaint).collect()
}

/// What was shared with the head of a committee, in the same order.
pub async fn shared(
    read: &mut Read,
    committee: OrganisationId,
    most: i64,
) -> Result<Vec<Complaint>> {
    let rows = sqlx::query(
        "SELECT body FROM complaints WHERE shared_with = $1 ORDER BY state DESC, due_at, id LIMIT $2",
    )
    .bind(committee.to_string())
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(complaint).collect()
}

/// What somebody brought themselves, the newest first.
pub async fn by_person(read: &mut Read, person: PersonId, most: i64) -> Result<Vec<Complaint>> {
    let rows =
        sqlx::query("SELECT body FROM complaints WHERE by_person = $1 ORDER BY id DESC LIMIT $2")
            .bind(person.to_string())
            .bind(most)
            .fetch_all(read.conn())
            .await?;
    rows.iter().map(complaint).collect()
}

fn complaint(row: &AnyRow) -> Result<Complaint> {
    json("complaint", row.try_get("body")?)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::domain::complaint::{Answer, Misconduct};
    use crate::domain::deadline::{Basis, Due};
    use crate::domain::ids::{CaseId, PartyId};
    use crate::storage::fixture::on_both;
    use crate::storage::write_tx;

    fn complaint(number: u128) -> Complaint {
        Complaint {
            id: ComplaintId(Uuid::from_u128(number)),
            case: CaseId(Uuid::from_u128(1)),
            number: "和调〔2026〕000001号".to_owned(),
            bureau: OrganisationId(Uuid::from_u128(2)),
            committee: OrganisationId(Uuid::from_u128(3)),
            mediator: PersonId(Uuid::from_u128(4)),
            by: PersonId(Uuid::from_u128(5)),
            party: PartyId(Uuid::from_u128(6)),
            kind: Misconduct::Insult,
            text: "说话难听".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            due: Due {
                at: Timestamp::UNIX_EPOCH,
                provisional: false,
                basis: Basis::HouseDefault,
            },
            shared: false,
            answer: None,
        }
    }

    #[tokio::test]
    async fn what_is_open_comes_first_and_of_two_answers_one_is_kept() {
        on_both(async |store| {
            let (mut first, second) = (complaint(1), complaint(2));
            let done: Result<()> = write_tx!(store, |tx| {
                insert(tx, &first).await?;
                insert(tx, &second).await
            });
            done.unwrap();
            first.answer = Some(Answer {
                by: PersonId(Uuid::from_u128(9)),
                at: Timestamp::UNIX_EPOCH,
                upheld: true,
                text: "已经约谈".to_owned(),
            });
            let save =
                async || -> Result<()> { write_tx!(store, |tx| { update(tx, &first, 1).await }) };
            save().await.unwrap();
            assert!(save().await.is_err(), "read before the first answer");
            let mut read = store.read().await.unwrap();
            let all = of_bureau(&mut read, first.bureau, 9).await.unwrap();
            assert_eq!(all, [second.clone(), first.clone()]);
            let mine = by_person(&mut read, first.by, 9).await.unwrap();
            assert_eq!(mine.len(), 2);
            assert_eq!(
                load(&mut read, first.id).await.unwrap().unwrap(),
                (first.clone(), 2)
            );
            let elsewhere = OrganisationId(Uuid::from_u128(77));
            assert!(of_bureau(&mut read, elsewhere, 9).await.unwrap().is_empty());
        })
        .await;
    }

    #[tokio::test]
    async fn a_shared_complaint_is_read_by_its_committee_however_many_others_the_bureau_has() {
        on_both(async |store| {
            let others: Vec<_> = (10..14).map(complaint).collect();
            let (mut told, mut foreign) = (complaint(20), complaint(21));
            foreign.committee = OrganisationId(Uuid::from_u128(4));
            foreign.shared = true;
            let done: Result<()> = write_tx!(store, |tx| {
                for other in others.iter().chain([&told, &foreign]) {
                    insert(tx, other).await?;
                }
                Ok(())
            });
            done.unwrap();
            let mut read = store.read().await.unwrap();
            let found = shared(&mut read, told.committee, 9).await.unwrap();
            assert!(found.is_empty(), "nobody was told yet");
            drop(read);
            told.shared = true;
            let done: Result<()> = write_tx!(store, |tx| { update(tx, &told, 1).await });
            done.unwrap();
            let mut read = store.read().await.unwrap();
            let found = shared(&mut read, told.committee, 1).await.unwrap();
            assert_eq!(found, [told]);
        })
        .await;
    }
}
