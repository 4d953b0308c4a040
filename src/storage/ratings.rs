//! What parties rated. Which slips were used stands apart from what was said, and nothing leads from the one to the other.

use jiff::civil::Date;
use sqlx::Row;
use uuid::Uuid;

use super::{Read, Result, Tx, parsed};
use crate::domain::ids::OrganisationId;

/// What somebody said of a mediation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub organisation: OrganisationId,
    /// The first day of the month; a day would lead to the case.
    pub month: Date,
    /// One to five.
    pub stars: i64,
    /// Whether they would come again.
    pub again: bool,
    /// May be empty.
    pub words: String,
}

/// Keeps it under an id of its own, once for each slip; `false` where the slip was used before.
pub async fn insert(tx: &mut Tx, slip: &str, id: Uuid, rating: &Rating) -> Result<bool> {
    let used =
        sqlx::query("INSERT INTO rating_slips (slip) VALUES ($1) ON CONFLICT (slip) DO NOTHING")
            .bind(slip)
            .execute(tx.conn())
            .await?;
    if used.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("INSERT INTO ratings (id, organisation, month, stars, again, words) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id.to_string())
        .bind(rating.organisation.to_string())
        .bind(rating.month.to_string())
        .bind(rating.stars)
        .bind(i64::from(rating.again))
        .bind(&rating.words)
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

/// What was said of organisations in the months that begin from `from` until `to`, in no order of time.
pub async fn of_period(
    read: &mut Read,
    organisations: &[OrganisationId],
    (from, to): (Date, Date),
) -> Result<Vec<Rating>> {
    let mut ratings = Vec::new();
    for organisation in organisations {
        let rows = sqlx::query(
            "SELECT month, stars, again, words FROM ratings WHERE organisation = $1 AND month >= $2 AND month <= $3 ORDER BY id",
        )
        .bind(organisation.to_string())
        .bind(from.to_string())
        .bind(to.to_string())
        .fetch_all(read.conn())
        .await?;
        for row in &rows {
            let again: i64 = row.try_get("again")?;
            ratings.push(Rating {
                organisation: *organisation,
                month: parsed("month", row.try_get("month")?)?,
                stars: row.try_get("stars")?,
                again: again == 1,
                words: row.try_get("words")?,
            });
        }
    }
    Ok(ratings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{COMMITTEE, COURT};
    use crate::storage::fixture::on_both;
    use crate::storage::write_tx;

    #[tokio::test]
    async fn a_slip_counts_once_and_what_was_said_is_found_by_month_and_organisation() {
        on_both(async |store| {
            let month: Date = "2026-03-01".parse().unwrap();
            let rating = |stars| Rating {
                organisation: COMMITTEE,
                month,
                stars,
                again: true,
                words: "耐心".to_owned(),
            };
            let keep = async |stars, id| -> bool {
                let (slip, rating, id) = ("a slip", rating(stars), Uuid::from_u128(id));
                let kept: Result<bool> =
                    write_tx!(store, |tx| { insert(tx, slip, id, &rating).await });
                kept.unwrap()
            };
            assert!(keep(5, 1).await);
            assert!(!keep(1, 2).await, "one rating a slip");
            let mut read = store.read().await.unwrap();
            assert!(is_used(&mut read, "a slip").await.unwrap());
            assert!(!is_used(&mut read, "another").await.unwrap());
            let found = of_period(&mut read, &[COMMITTEE], (month, month))
                .await
                .unwrap();
            assert_eq!(found, [rating(5)]);
            let later = month.tomorrow().unwrap();
            for (of, from) in [(COMMITTEE, later), (COURT, month)] {
                let none = of_period(&mut read, &[of], (from, Date::MAX))
                    .await
                    .unwrap();
                assert_eq!(none, []);
            }
        })
        .await;
    }
}
