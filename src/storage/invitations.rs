//! Invitations beside their cases: what staff have to do so that the other side is reached, and how many answered.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::{Read, Result, StorageError, Tx, instant, micros, parsed};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OrganisationId, PartyId};
use crate::domain::ladder::{Answer, TaskKind};
use crate::domain::organisation::Area;

/// One thing to do for one party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    pub case: CaseId,
    pub party: PartyId,
    pub kind: TaskKind,
    pub due: Timestamp,
    pub area: Option<Area>,
}

/// Where a list goes on: behind this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    pub due: Timestamp,
    pub case: CaseId,
}

/// Keeps the rows of a case equal to its body.
pub(super) async fn index(tx: &mut Tx, case: &Case) -> Result<()> {
    for invited in &case.invited {
        let task = case.task(invited.party);
        let due = case.stage.due().filter(|_| task.is_some());
        sqlx::query(
            "INSERT INTO invitations (case_id, party_id, organisation, area, invited_at, answered_at, answer, silent_at, task, task_due) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (case_id, party_id) DO UPDATE SET \
             organisation = excluded.organisation, area = excluded.area, answered_at = excluded.answered_at, answer = excluded.answer, \
             silent_at = excluded.silent_at, task = excluded.task, task_due = excluded.task_due",
        )
        .bind(case.id.to_string())
        .bind(invited.party.to_string())
        .bind(case.organisation.to_string())
        .bind(case.place.area.as_ref().map(|area| area.0.clone()))
        .bind(micros(invited.at))
        .bind(invited.answered.map(|answered| micros(answered.at)))
        .bind(invited.answered.map(|answered| answered.answer.name()))
        .bind(invited.silent_at.map(micros))
        .bind(task.map(TaskKind::name))
        .bind(due.map(|due| micros(due.at)))
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// What is to do for organisations, the most urgent first, `most` of it behind `after`.
pub async fn tasks(
    read: &mut Read,
    organisations: &[OrganisationId],
    after: Option<After>,
    most: i64,
) -> Result<Vec<TaskRow>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<_> = (0..organisations.len())
        .map(|number| format!("${}", number + 4))
        .collect();
    let sql = format!(
        "SELECT case_id, party_id, task, task_due, area FROM invitations WHERE task IS NOT NULL AND organisation IN ({}) \
         AND (task_due > $1 OR (task_due = $1 AND case_id > $2)) ORDER BY task_due, case_id, party_id LIMIT $3",
        places.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .bind(after.map_or(i64::MIN, |after| micros(after.due)))
        .bind(after.map_or_else(String::new, |after| after.case.to_string()))
        .bind(most);
    for organisation in organisations {
        query = query.bind(organisation.to_string());
    }
    let rows = query.fetch_all(read.conn()).await?;
    rows.iter().map(task).collect()
}

/// How many things are to do for organisations.
pub async fn number_of_tasks(read: &mut Read, organisations: &[OrganisationId]) -> Result<i64> {
    let mut number = 0;
    for organisation in organisations {
        let row = sqlx::query(
            "SELECT COUNT(*) AS number FROM invitations WHERE task IS NOT NULL AND organisation = $1",
        )
        .bind(organisation.to_string())
        .fetch_one(read.conn())
        .await?;
        number += row.try_get::<i64, _>("number")?;
    }
    Ok(number)
}

/// The doors to go to within an area, the most urgent first.
pub async fn visits(read: &mut Read, within: &Area, most: i64) -> Result<Vec<TaskRow>> {
    let rows = sqlx::query(
        "SELECT case_id, party_id, task, task_due, area FROM invitations WHERE task = 'visit' AND (area = $1 OR area LIKE $2) \
         ORDER BY task_due, case_id, party_id LIMIT $3",
    )
    .bind(&within.0)
    .bind(format!("{}/%", within.0))
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    let rows: Result<Vec<_>> = rows.iter().map(task).collect();
    // LIKE knows wildcards and, on one of the databases, no capitals.
    let covered = |row: &TaskRow| row.area.as_ref().is_some_and(|area| within.covers(area));
    Ok(rows?.into_iter().filter(covered).collect())
}

/// What came of the invitations of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub invited: i64,
    pub accepted: i64,
    pub declined: i64,
    pub help: i64,
    pub meet: i64,
    pub wrong_person: i64,
    /// Waiting ended without an answer.
    pub silent: i64,
}

impl Share {
    /// Those who answered themselves; whoever has a wrong address is not the one who was asked.
    pub const fn answered(&self) -> i64 {
        self.accepted + self.declined + self.help + self.meet
    }

    /// Those whose answer is still waited for.
    pub const fn waiting(&self) -> i64 {
        self.invited - self.answered() - self.wrong_person - self.silent
    }

    /// Of a hundred whose time to answer is over or who did; `None` before the first.
    pub const fn percent(&self) -> Option<i64> {
        let known = self.invited - self.waiting();
        if known == 0 {
            return None;
        }
        Some((self.answered() * 100 + known / 2) / known)
    }
}

/// What came of the invitations that `organisations` sent from `from` until before `to`.
pub async fn share(
    read: &mut Read,
    organisations: &[OrganisationId],
    (from, to): (Timestamp, Timestamp),
) -> Result<Share> {
    let mut share = Share::default();
    for organisation in organisations {
        let rows = sqlx::query(
            "SELECT COALESCE(answer, '') AS answer, CASE WHEN answer IS NULL AND silent_at IS NOT NULL THEN 1 ELSE 0 END AS silent, COUNT(*) AS number \
             FROM invitations WHERE organisation = $1 AND invited_at >= $2 AND invited_at < $3 \
             GROUP BY COALESCE(answer, ''), CASE WHEN answer IS NULL AND silent_at IS NOT NULL THEN 1 ELSE 0 END",
        )
        .bind(organisation.to_string())
        .bind(micros(from))
        .bind(micros(to))
        .fetch_all(read.conn())
        .await?;
        for row in rows {
            add(&mut share, &row)?;
        }
    }
    Ok(share)
}

fn add(share: &mut Share, row: &AnyRow) -> Result<()> {
    let number: i64 = row.try_get("number")?;
    let silent: i64 = row.try_get("silent")?;
    share.invited += number;
    match Answer::parse(row.try_get("answer")?) {
        Some(Answer::Accepted) => share.accepted += number,
        Some(Answer::Declined) => share.declined += number,
        Some(Answer::Help) => share.help += number,
        Some(Answer::Meet) => share.meet += number,
        Some(Answer::WrongPerson) => share.wrong_person += number,
        None if silent == 1 => share.silent += number,
        None => {}
    }
    Ok(())
}

fn task(row: &AnyRow) -> Result<TaskRow> {
    let kind: &str = row.try_get("task")?;
    let area: Option<String> = row.try_get("area")?;
    Ok(TaskRow {
        case: parsed("case id", row.try_get("case_id")?)?,
        party: parsed("party id", row.try_get("party_id")?)?,
        kind: TaskKind::parse(kind).ok_or_else(|| StorageError::Corrupt {
            what: "task",
            why: kind.to_owned(),
        })?,
        due: instant(row.try_get("task_due")?)?,
        area: area.map(Area),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::action::Action;
    use crate::domain::contact_record::ContactChannel;
    use crate::domain::fixture::{COMMITTEE, COURT, Quarrel, RESPONDENT, rules};
    use crate::domain::offered::due_action;
    use crate::domain::stage::EndCode;
    use crate::storage::fixture::on_both;
    use crate::storage::{Store, cases, write_tx};

    fn step_up(quarrel: &mut Quarrel, days: i64) {
        quarrel.wait(days);
        let action = due_action(quarrel.rules, &quarrel.case, quarrel.now).unwrap();
        quarrel.act("clock", action);
    }

    async fn keep(store: &Store, case: &Case) {
        let kept: Result<()> = write_tx!(store, |tx| { cases::insert(tx, case).await });
        kept.unwrap();
    }

    #[tokio::test]
    async fn what_is_to_do_is_listed_for_its_organisation_and_its_place() {
        on_both(async |store| {
            let rules = rules();
            let mut quarrel = Quarrel::new(&rules);
            quarrel.case.place.area = Some(Area("hefeng/qingshi".to_owned()));
            let mut quarrel = quarrel.inviting();
            step_up(&mut quarrel, 2);
            step_up(&mut quarrel, 2);
            keep(&store, &quarrel.case).await;
            let mut read = store.read().await.unwrap();
            let listed = tasks(&mut read, &[COMMITTEE], None, 10).await.unwrap();
            assert_eq!(listed.len(), 1);
            for (of, number) in [(COMMITTEE, 1), (COURT, 0)] {
                let counted = number_of_tasks(&mut read, &[of]).await.unwrap();
                assert_eq!(counted, number);
            }
            assert_eq!(
                (listed[0].party, listed[0].kind),
                (RESPONDENT, TaskKind::Call)
            );
            let after = After {
                due: listed[0].due,
                case: listed[0].case,
            };
            let behind = tasks(&mut read, &[COMMITTEE], Some(after), 10)
                .await
                .unwrap();
            assert_eq!(behind, []);
            assert_eq!(tasks(&mut read, &[COURT], None, 10).await.unwrap(), []);
            assert_eq!(tasks(&mut read, &[], None, 10).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test]
    async fn a_visit_is_listed_for_the_area_in_which_it_lies_and_no_other() {
        on_both(async |store| {
            let rules = rules();
            let mut quarrel = Quarrel::new(&rules);
            quarrel.case.place.area = Some(Area("hefeng/qingshi/liuyin".to_owned()));
            let mut quarrel = quarrel.inviting();
            for days in [2, 2, 4, 9] {
                step_up(&mut quarrel, days);
            }
            keep(&store, &quarrel.case).await;
            let mut read = store.read().await.unwrap();
            for (area, number) in [
                ("hefeng/qingshi", 1),
                ("hefeng/qingshi/liuyin", 1),
                ("hefeng/qing", 0),
                ("hefeng/qing_hi", 0),
                ("hefeng/baita", 0),
            ] {
                let found = visits(&mut read, &Area(area.to_owned()), 10).await.unwrap();
                assert_eq!(found.len(), number, "{area}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn the_share_counts_who_answered_among_those_whose_time_is_over() {
        on_both(async |store| {
            let rules = rules();
            let waiting = Quarrel::new(&rules).inviting();
            let mut silent = waiting.clone();
            silent.wait(60);
            for _ in 0..5 {
                let action = due_action(&rules, &silent.case, silent.now).unwrap();
                silent.act("clock", action);
                silent.wait(60);
            }
            let mut wrong = waiting.clone();
            let party = RESPONDENT;
            wrong.act(
                "accounts",
                Action::WrongPerson {
                    party,
                    channel: ContactChannel::Message,
                },
            );
            let accepted = Quarrel::new(&rules).selecting();
            let mut withdrawn = waiting.clone();
            let code = EndCode::Withdrawn;
            withdrawn.act("claimant", Action::End { code });
            let all = [waiting, silent, wrong, accepted, withdrawn];
            for (number, quarrel) in all.iter().enumerate() {
                let mut case = quarrel.case.clone();
                case.id = CaseId(uuid::Uuid::from_u128(number as u128));
                case.number = number.to_string();
                keep(&store, &case).await;
            }
            let mut read = store.read().await.unwrap();
            let day = |text: &str| -> Timestamp { text.parse().unwrap() };
            let march = (day("2026-03-01T00:00:00Z"), day("2026-04-01T00:00:00Z"));
            let found = share(&mut read, &[COMMITTEE], march).await.unwrap();
            assert_eq!((found.invited, found.answered()), (5, 1));
            assert_eq!(
                (found.silent, found.wrong_person, found.waiting()),
                (2, 1, 1),
                "whoever was not waited for to the end is waited for no more"
            );
            assert_eq!(found.percent(), Some(25));
            let april = (march.1, day("2026-05-01T00:00:00Z"));
            let none = share(&mut read, &[COMMITTEE], april).await.unwrap();
            assert_eq!((none, none.percent()), (Share::default(), None));
            let elsewhere = share(&mut read, &[COURT], march).await.unwrap();
            assert_eq!(elsewhere, Share::default());
        })
        .await;
    }
}
