//! What parties rated. Which slips were used stands apart from what was said, and what was said has no order of time: no
//! row, count or stamp of the database leads from the one to the other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Read, Result, Tx, json, parsed, to_json};
use crate::domain::ids::OrganisationId;

/// What somebody said of a mediation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rating {
    /// One to five.
    pub stars: i64,
    /// Whether they would come again.
    pub again: bool,
    /// May be empty.
    pub words: String,
}

/// What was said of a body in a quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub organisation: OrganisationId,
    /// Its first day; a day, or a month of few cases, would lead to the case.
    pub quarter: Date,
    /// In the order of what they say.
    pub ratings: Vec<Rating>,
}

/// Keeps what was said, once for each slip; `false` where the slip was used before.
pub async fn insert(
    tx: &mut Tx,
    slip: &str,
    (organisation, quarter): (OrganisationId, Date),
    rating: &Rating,
) -> Result<bool> {
    let used =
        sqlx::query("INSERT INTO rating_slips (slip) VALUES ($1) ON CONFLICT (slip) DO NOTHING")
            .bind(slip)
            .execute(tx.conn())
            .await?;
    if used.rows_affected() == 0 {
        return Ok(false);
    }
    let sheets = of_period(tx, &[organisation], (quarter, quarter)).await?;
    let said = sheets.into_iter().flat_map(|sheet| sheet.ratings);
    let mut ratings: Vec<_> = said.chain([rating.clone()]).collect();
    ratings.sort();
    sqlx::query(
        "INSERT INTO rating_sheets (organisation, quarter, ratings) VALUES ($1, $2, $3) \
         ON CONFLICT (organisation, quarter) DO UPDATE SET ratings = excluded.ratings",
    )
    .bind(organisation.to_string())
    .bind(quarter.to_string())
    .bind(to_json("ratings", &ratings)?)
    .execute(tx.conn())
    .await?;
    Ok(true)
}

pub async fn is_used(read: &mut Read, slip: &str) -> Result<bool> {
    let row = sqlx::query("SELECT COUNT(*) AS number FROM rating_slips WHERE slip = $1")
        .bind(slip)
        .fetch_one(read.conn())
        .await?;
    Ok(row.try_get::<i64, _>("number")? > 0)
}

/// What was said of organisations in the quarters that begin from `from` until `to`.
pub async fn of_period(
    read: &mut Read,
    organisations: &[OrganisationId],
    (from, to): (Date, Date),
) -> Result<Vec<Sheet>> {
    let mut sheets = Vec::new();
    for organisation in organisations {
        let rows = sqlx::query(
            "SELECT quarter, ratings FROM rating_sheets WHERE organisation = $1 AND quarter >= $2 AND quarter <= $3 ORDER BY quarter",
        )
        .bind(organisation.to_string())
        .bind(from.to_string())
        .bind(to.to_string())
        .fetch_all(read.conn())
        .await?;
        let sheet = |row: &AnyRow| -> Result<Sheet> {
            Ok(Sheet {
                organisation: *organisation,
                quarter: parsed("quarter", row.try_get("quarter")?)?,
                ratings: json("ratings", row.try_get("ratings")?)?,
            })
        };
        for row in &rows {
            sheets.push(sheet(row)?);
        }
    }
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{COMMITTEE, COURT};
    use crate::storage::Store;
    use crate::storage::fixture::on_both;
    use crate::storage::write_tx;

    fn rating(stars: i64) -> Rating {
        Rating {
            stars,
            again: true,
            words: "耐心".to_owned(),
        }
    }

    async fn keep(store: &Store, slip: &str, quarter: Date, stars: i64) -> bool {
        let kept: Result<bool> = write_tx!(store, |tx| {
            insert(tx, slip, (COMMITTEE, quarter), &rating(stars)).await
        });
        kept.unwrap()
    }

    #[tokio::test]
    async fn a_slip_counts_once_and_what_was_said_is_found_by_quarter_and_organisation() {
        on_both(async |store| {
            let quarter = jiff::civil::date(2026, 1, 1);
            assert!(keep(&store, "a slip", quarter, 5).await);
            let next = jiff::civil::date(2026, 4, 1);
            assert!(!keep(&store, "a slip", next, 1).await, "one rating a slip");
            let mut read = store.read().await.unwrap();
            assert!(is_used(&mut read, "a slip").await.unwrap());
            assert!(!is_used(&mut read, "another").await.unwrap());
            let found = of_period(&mut read, &[COMMITTEE], (quarter, quarter)).await;
            assert_eq!(found.unwrap()[0].ratings, [rating(5)]);
            for (of, from) in [(COMMITTEE, next), (COURT, quarter)] {
                let none = of_period(&mut read, &[of], (from, Date::MAX)).await;
                assert_eq!(none.unwrap(), []);
            }
        })
        .await;
    }

    /// Whoever lays the marks of the used slips beside what was said, in whatever order the database has them, learns
    /// nothing: what is kept is the same whoever came first.
    #[tokio::test]
    async fn the_order_in_which_people_rated_is_kept_nowhere() {
        let quarter = jiff::civil::date(2026, 1, 1);
        on_both(async |store| {
            for (slip, stars) in [("first", 5), ("second", 1), ("third", 3)] {
                assert!(keep(&store, slip, quarter, stars).await);
            }
            let mut read = store.read().await.unwrap();
            let rows = sqlx::query("SELECT ratings FROM rating_sheets")
                .fetch_all(read.conn())
                .await
                .unwrap();
            assert_eq!(rows.len(), 1, "no row of its own");
            let kept: String = rows[0].try_get("ratings").unwrap();
            let sorted = [rating(1), rating(3), rating(5)];
            assert_eq!(kept, to_json("ratings", &sorted).unwrap());
        })
        .await;
    }
}
