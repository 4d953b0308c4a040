//! Where grid workers are asked to look whether an agreement is kept, beside the cases.

use jiff::Timestamp;
use sqlx::Row;

use super::{Read, Result, Tx, instant, micros, parsed};
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::organisation::Area;

/// One place to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    pub case: CaseId,
    pub due: Timestamp,
}

/// Keeps the row of a case equal to its body.
pub(super) async fn index(tx: &mut Tx, case: &Case) -> Result<()> {
    sqlx::query("DELETE FROM checks WHERE case_id = $1")
        .bind(case.id.to_string())
        .execute(tx.conn())
        .await?;
    let asked = case.to_verify().filter(|check| check.visit.is_some());
    if let (Some(check), Some(area)) = (asked, &case.place.area) {
        sqlx::query("INSERT INTO checks (case_id, area, due_at) VALUES ($1, $2, $3)")
            .bind(case.id.to_string())
            .bind(&area.0)
            .bind(micros(check.due.at))
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// What is to be looked at within an area, the most urgent first.
pub async fn within(read: &mut Read, area: &Area, most: i64) -> Result<Vec<CheckRow>> {
    let rows = sqlx::query(
        "SELECT case_id, area, due_at FROM checks WHERE area = $1 OR area LIKE $2 ORDER BY due_at, case_id LIMIT $3",
    )
    .bind(&area.0)
    .bind(format!("{}/%", area.0))
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    let mut found = Vec::new();
    for row in &rows {
        // LIKE knows wildcards and, on one of the databases, no capitals.
        if area.covers(&Area(row.try_get("area")?)) {
            found.push(CheckRow {
                case: parsed("case id", row.try_get("case_id")?)?,
                due: instant(row.try_get("due_at")?)?,
            });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::action::Action;
    use crate::domain::fixture::{CLAUSE, Quarrel, rules};
    use crate::storage::fixture::on_both;
    use crate::storage::{cases, write_tx};

    #[tokio::test]
    async fn a_look_on_the_spot_is_listed_in_its_area_until_somebody_has_looked() {
        on_both(async |store| {
            let rules = rules();
            let mut quarrel = Quarrel::new(&rules).settled();
            quarrel.case.place.area = Some(Area("hefeng/qingshi/liuyin".to_owned()));
            quarrel.act(
                "claimant",
                Action::AcknowledgePerformance { clause: CLAUSE },
            );
            let what = "看看地垫".to_owned();
            quarrel.act("mediator", Action::AskVerification { what });
            let kept: Result<()> =
                write_tx!(store, |tx| { cases::insert(tx, &quarrel.case).await });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            for (area, number) in [
                ("hefeng/qingshi", 1),
                ("hefeng/qing_hi", 0),
                ("hefeng/baita", 0),
            ] {
                let found = within(&mut read, &Area(area.to_owned()), 10).await.unwrap();
                assert_eq!(found.len(), number, "{area}");
            }
        })
        .await;
    }
}
