//! What parties say of the mediations of an office: told of enough of them only, by whole quarters that are over, so that
//! nobody is found in it, nor between two readings of it.

use jiff::civil::Date;

use super::Result;
use crate::domain::ids::OrganisationId;
use crate::domain::statistics::FEWEST;
use crate::domain::time::next_quarter;
use crate::storage::Read;
use crate::storage::ratings::{self, Rating, Sheet};

/// What enough people said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratings {
    /// Tenths of a star, on average.
    pub tenths: i64,
    /// Of a hundred, how many would come again.
    pub again: i64,
    /// In no order of time.
    pub words: Vec<String>,
}

impl Ratings {
    /// Of the sheets that have enough each: whatever sheets another reading has more or fewer of, they are no single voice.
    fn of(sheets: Vec<Sheet>) -> Option<Self> {
        let told = sheets.into_iter().map(|sheet| sheet.ratings);
        let enough = told.filter(|ratings| ratings.len() >= FEWEST as usize);
        let mut ratings: Vec<Rating> = enough.flatten().collect();
        ratings.sort();
        let number = i64::try_from(ratings.len()).ok().filter(|it| *it > 0)?;
        let stars: i64 = ratings.iter().map(|it| it.stars).sum();
        let again = ratings.iter().map(|it| i64::from(it.again)).sum::<i64>();
        let words = ratings.into_iter().map(|it| it.words);
        Some(Self {
            tenths: (stars * 10 + number / 2) / number,
            again: (again * 100 + number / 2) / number,
            words: words.filter(|words| !words.is_empty()).collect(),
        })
    }
}

/// What was said in the quarters that lie within a period as a whole, and are over.
pub async fn ratings(
    read: &mut Read,
    organisations: &[OrganisationId],
    (from, to): (Date, Date),
    today: Date,
) -> Result<Option<Ratings>> {
    let mut sheets = ratings::of_period(read, organisations, (from, to)).await?;
    sheets.retain(|sheet| {
        let next = next_quarter(sheet.quarter);
        next <= to.saturating_add(jiff::Span::new().days(1)) && next <= today
    });
    Ok(Ratings::of(sheets))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::fixture::{COMMITTEE, COURT};
    use crate::storage::fixture::on_both;
    use crate::storage::{Store, write_tx};

    fn rating(stars: i64) -> Rating {
        Rating {
            stars,
            again: stars > 2,
            words: if stars == 1 { "等得太久" } else { "" }.to_owned(),
        }
    }

    async fn rate(store: &Store, of: OrganisationId, quarter: Date, stars: &[i64]) {
        for (number, stars) in stars.iter().enumerate() {
            let slip = format!("{of} {quarter} {number}");
            let kept: Result<bool> = write_tx!(store, |tx| {
                ratings::insert(tx, &slip, (of, quarter), &rating(*stars)).await
            });
            assert!(kept.unwrap());
        }
    }

    #[tokio::test]
    async fn no_reading_beside_another_shows_what_one_person_said() {
        on_both(async |store| {
            let (first, second) = (date(2026, 1, 1), date(2026, 4, 1));
            rate(&store, COMMITTEE, first, &[5, 5, 4, 1, 3]).await;
            rate(&store, COMMITTEE, second, &[1]).await;
            rate(&store, COURT, first, &[2, 2, 2, 2]).await;
            let mut read = store.read().await.unwrap();
            let whole = Some((36, 80));
            let both = [COMMITTEE, COURT];
            let early = "2026-01-01 2026-03-31 2026-03-31";
            for (why, of, days, told) in [
                (
                    "five of a quarter",
                    0..1,
                    "2026-01-01 2026-03-31 2026-04-01",
                    whole,
                ),
                ("not before it is over", 0..1, early, None),
                (
                    "nor a part of it",
                    0..1,
                    "2026-01-01 2026-03-30 2026-09-01",
                    None,
                ),
                (
                    "nor the rest",
                    0..1,
                    "2026-01-02 2026-03-31 2026-09-01",
                    None,
                ),
                ("no sixth", 0..1, "2026-01-01 2026-06-30 2026-09-01", whole),
                (
                    "nor too few",
                    0..2,
                    "2026-01-01 2026-06-30 2026-09-01",
                    whole,
                ),
                (
                    "nor those alone",
                    1..2,
                    "2026-01-01 2026-06-30 2026-09-01",
                    None,
                ),
            ] {
                let days: Vec<Date> = days.split(' ').map(|day| day.parse().unwrap()).collect();
                let found = ratings(&mut read, &both[of], (days[0], days[1]), days[2]).await;
                let found = found.unwrap();
                let figures = found.as_ref().map(|it| (it.tenths, it.again));
                assert_eq!(figures, told, "{why}");
                assert!(found.is_none_or(|it| it.words == ["等得太久"]), "{why}");
            }
        })
        .await;
    }
}
