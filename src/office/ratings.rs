//! What parties say of the mediations of an office: told of enough of them only, so that nobody is found in it.

use jiff::civil::Date;

use super::Result;
use crate::domain::ids::OrganisationId;
use crate::domain::statistics::FEWEST;
use crate::storage::Read;
use crate::storage::ratings::{self, Rating};

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
    /// `None` of fewer than may be told.
    fn of(ratings: Vec<Rating>) -> Option<Self> {
        if ratings.len() < FEWEST as usize {
            return None;
        }
        let number = i64::try_from(ratings.len()).ok()?;
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

/// What was said in the months of a period; a month counts whole.
pub async fn ratings(
    read: &mut Read,
    organisations: &[OrganisationId],
    (from, to): (Date, Date),
) -> Result<Option<Ratings>> {
    let months = (from.first_of_month(), to.first_of_month());
    Ok(Ratings::of(
        ratings::of_period(read, organisations, months).await?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::COMMITTEE;

    #[test]
    fn fewer_than_five_are_not_told_and_five_are_told_together() {
        let rating = |stars: i64| Rating {
            organisation: COMMITTEE,
            month: Date::constant(2026, 3, 1),
            stars,
            again: stars > 2,
            words: if stars == 1 { "等得太久" } else { "" }.to_owned(),
        };
        let four: Vec<_> = [5, 5, 4, 1].map(rating).into();
        assert_eq!(Ratings::of(four.clone()), None);
        let five = four.into_iter().chain([rating(3)]).collect();
        let told = Ratings::of(five).unwrap();
        assert_eq!((told.tenths, told.again), (36, 80));
        assert_eq!(told.words, ["等得太久"]);
    }
}
