//! What authorities were asked and have not answered, beside the cases.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, instant, micros, parsed};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OrganisationId, PersonId, RequestId};

/// One request that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRow {
    pub case: CaseId,
    pub id: RequestId,
    pub authority: OrganisationId,
    pub due: Timestamp,
}

/// Keeps the rows of a case equal to its body.
pub(super) async fn index(tx: &mut Tx, case: &Case) -> Result<()> {
    sqlx::query("DELETE FROM pleas WHERE case_id = $1")
        .bind(case.id.to_string())
        .execute(tx.conn())
        .await?;
    for request in case.requests.iter().filter(|it| it.is_open()) {
        sqlx::query(
            "INSERT INTO pleas (case_id, id, authority, organisation, by_person, due_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(case.id.to_string())
        .bind(request.id.to_string())
        .bind(request.authority.to_string())
        .bind(case.organisation.to_string())
        .bind(request.by.to_string())
        .bind(micros(request.due.at))
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// What is asked of an authority, the most urgent first.
pub async fn of_authority(
    read: &mut Read,
    authority: OrganisationId,
    most: i64,
) -> Result<Vec<RequestRow>> {
    let rows = sqlx::query(
        "SELECT case_id, id, authority, due_at FROM pleas WHERE authority = $1 ORDER BY due_at, case_id, id LIMIT $2",
    )
    .bind(authority.to_string())
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(row).collect()
}

/// What an organisation asked and is due before `until`, the longest overdue first.
pub async fn due_of_organisation(
    read: &mut Read,
    organisation: OrganisationId,
    until: Timestamp,
    most: i64,
) -> Result<Vec<RequestRow>> {
    let rows = sqlx::query(
        "SELECT case_id, id, authority, due_at FROM pleas WHERE organisation = $1 AND due_at < $2 ORDER BY due_at, case_id, id LIMIT $3",
    )
    .bind(organisation.to_string())
    .bind(micros(until))
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(row).collect()
}

/// As [`due_of_organisation`], of what one person asked.
pub async fn due_of_person(
    read: &mut Read,
    person: PersonId,
    until: Timestamp,
    most: i64,
) -> Result<Vec<RequestRow>> {
    let rows = sqlx::query(
        "SELECT case_id, id, authority, due_at FROM pleas WHERE by_person = $1 AND due_at < $2 ORDER BY due_at, case_id, id LIMIT $3",
    )
    .bind(person.to_string())
    .bind(micros(until))
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter().map(row).collect()
}

fn row(row: &AnyRow) -> Result<RequestRow> {
    Ok(RequestRow {
        case: parsed("case id", row.try_get("case_id")?)?,
        id: parsed("request id", row.try_get("id")?)?,
        authority: parsed("organisation id", row.try_get("authority")?)?,
        due: instant(row.try_get("due_at")?)?,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::action::Action;
    use crate::domain::fixture::{COMMITTEE, COURT, MEDIATOR, Quarrel, rules};
    use crate::domain::help::{Asked, HelpOutcome};
    use crate::storage::fixture::on_both;
    use crate::storage::{cases, write_tx};

    #[tokio::test]
    async fn a_request_is_listed_for_both_sides_of_it_until_it_is_answered() {
        on_both(async |store| {
            let rules = rules();
            let mut quarrel = Quarrel::new(&rules).active();
            let (id, authority) = (
                RequestId(Uuid::from_u128(1)),
                OrganisationId(Uuid::from_u128(2)),
            );
            let asked = Asked {
                what: "楼道堆物".to_owned(),
                contact: None,
                shown: true,
            };
            quarrel.act(
                "mediator",
                Action::AskAuthority {
                    id,
                    authority,
                    asked,
                },
            );
            let kept: Result<()> =
                write_tx!(store, |tx| { cases::insert(tx, &quarrel.case).await });
            kept.unwrap();
            let due = quarrel.case.requests[0].due.at;
            let after = due + jiff::SignedDuration::from_secs(1);
            {
                let mut read = store.read().await.unwrap();
                let listed = of_authority(&mut read, authority, 9).await.unwrap();
                assert_eq!((listed.len(), listed[0].id, listed[0].due), (1, id, due));
                for (of, until, number) in [
                    (COMMITTEE, after, 1),
                    (COMMITTEE, due, 0),
                    (COURT, after, 0),
                ] {
                    let found = due_of_organisation(&mut read, of, until, 9).await.unwrap();
                    assert_eq!(found.len(), number);
                }
                let mine = due_of_person(&mut read, MEDIATOR, after, 9).await.unwrap();
                assert_eq!(mine.len(), 1);
            }
            let text = "已清理".to_owned();
            let outcome = HelpOutcome::Acted;
            quarrel.act("mediator", Action::AnswerRequest { id, outcome, text });
            let now = quarrel.now;
            let kept: Result<()> =
                write_tx!(store, |tx| { cases::update(tx, &quarrel.case, now).await });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            assert_eq!(of_authority(&mut read, authority, 9).await.unwrap(), []);
        })
        .await;
    }
}
