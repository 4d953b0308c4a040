//! When each case reached what, beside the cases: what statistics are counted from.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::{Read, Result, Tx, instant, micros, parsed};
use crate::domain::case::Case;
use crate::domain::ids::OrganisationId;
use crate::domain::rules::DisputeKey;
use crate::domain::statistics::{Course, Mark};

/// Notes what the case has reached; what it reached once keeps its first time.
pub(super) async fn note(tx: &mut Tx, case: &Case, now: Timestamp) -> Result<()> {
    let (column, at) = match Mark::of(&case.stage) {
        Some(mark) => (mark.name(), Some(micros(now))),
        // Coming here says nothing new; the organisation may be another.
        None => (Mark::Received.name(), None),
    };
    let sql = format!(
        "INSERT INTO milestones (case_id, organisation, district, dispute, opened_at, {column}_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (case_id) DO UPDATE SET organisation = excluded.organisation, district = excluded.district, \
         dispute = excluded.dispute, {column}_at = COALESCE(milestones.{column}_at, excluded.{column}_at)"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(case.id.to_string())
        .bind(case.organisation.to_string())
        .bind(&case.district.0)
        .bind(&case.dispute.0)
        .bind(micros(case.opened_at))
        .bind(at)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The courses of the cases of `organisations` that were opened from `from` until before `to`.
pub async fn of_period(
    read: &mut Read,
    organisations: &[OrganisationId],
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Course>> {
    let mut courses = Vec::new();
    for organisation in organisations {
        let rows = sqlx::query(
            "SELECT organisation, dispute, opened_at, received_at, accepted_at, consented_at, begun_at, settled_at, ended_at, \
             confirmed_at, performed_at FROM milestones WHERE organisation = $1 AND opened_at >= $2 AND opened_at < $3",
        )
        .bind(organisation.to_string())
        .bind(micros(from))
        .bind(micros(to))
        .fetch_all(read.conn())
        .await?;
        for row in &rows {
            courses.push(course(row)?);
        }
    }
    Ok(courses)
}

fn course(row: &AnyRow) -> Result<Course> {
    let mut course = Course {
        organisation: parsed("organisation id", row.try_get("organisation")?)?,
        dispute: DisputeKey(row.try_get("dispute")?),
        opened: instant(row.try_get("opened_at")?)?,
        reached: std::collections::BTreeMap::new(),
    };
    for mark in Mark::ALL {
        let at: Option<i64> = row.try_get(format!("{}_at", mark.name()).as_str())?;
        if let Some(at) = at {
            course.reached.insert(mark, instant(at)?);
        }
    }
    Ok(course)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::domain::fixture::{COMMITTEE, COURT, Quarrel, rules};
    use crate::storage::fixture::on_both;
    use crate::storage::{cases, write_tx};

    #[tokio::test]
    async fn a_course_keeps_the_first_time_of_what_was_reached() {
        on_both(async |store| {
            let rules = rules();
            let quarrel = Quarrel::new(&rules).received();
            let mut case = quarrel.case.clone();
            let begun = quarrel.now;
            let later = begun + SignedDuration::from_hours(5);
            let kept: Result<()> = write_tx!(store, |tx| {
                cases::insert(tx, &case).await?;
                case.version += 1;
                cases::update(tx, &case, later).await
            });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            let all = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
            let found = of_period(&mut read, &[COMMITTEE], all).await.unwrap();
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].reached[&Mark::Received], case.opened_at);
            assert_eq!(found[0].reached.len(), 1);
            let before = (Timestamp::UNIX_EPOCH, case.opened_at);
            for (organisation, period) in [(COMMITTEE, before), (COURT, all)] {
                let none = of_period(&mut read, &[organisation], period).await.unwrap();
                assert_eq!(none, []);
            }
        })
        .await;
    }
}
