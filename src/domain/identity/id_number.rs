//! Mainland identity numbers by GB 11643-1999: region, date of birth, sequence, checksum.
//!
//! The checks are ours because the crates on offer read the system clock for "in the future".

use std::fmt;

use jiff::civil::Date;

use super::half_width;

/// A number that passed every check. It is personal data: `Debug` and `Display` show it masked, and it is
/// not serialisable; whoever keeps it encrypts [`IdNumber::reveal`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdNumber(String);

/// Why a number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    #[error("no number was given")]
    Empty,
    #[error("an identity number has 18 places, digits and perhaps an X at the end")]
    Shape,
    #[error("no region begins with these digits")]
    Region,
    #[error("digits 7 to 14 are not a date")]
    BirthDate,
    #[error("the date of birth lies in the future")]
    BirthInFuture,
    #[error("the last place does not fit the others")]
    Checksum,
}

impl IdNumberError {
    /// The stable message key for forms.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "law-id-number-empty",
            Self::Shape => "law-id-number-shape",
            Self::Region => "law-id-number-region",
            Self::BirthDate => "law-id-number-birth-date",
            Self::BirthInFuture => "law-id-number-birth-in-future",
            Self::Checksum => "law-id-number-checksum",
        }
    }
}

/// GB 11643 table: weight of each of the first 17 places.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character by the weighted sum modulo 11 (ISO 7064 MOD 11-2).
const CHECKS: &[u8; 11] = b"10X98765432";

impl IdNumber {
    /// Reads a number; blanks, full-width digits and a small x are forgiven. `today` is the date in Shanghai.
    pub fn parse(text: &str, today: Date) -> Result<Self, IdNumberError> {
        let number: String = half_width(text)
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if number.is_empty() {
            return Err(IdNumberError::Empty);
        }
        let bytes = number.as_bytes();
        let (Some(body), Some(last)) = (bytes.get(..17), bytes.get(17)) else {
            return Err(IdNumberError::Shape);
        };
        if bytes.len() != 18
            || !body.iter().all(u8::is_ascii_digit)
            || !(last.is_ascii_digit() || *last == b'X')
        {
            return Err(IdNumberError::Shape);
        }
        if !is_region(body) {
            return Err(IdNumberError::Region);
        }
        let born = birth_date(body).ok_or(IdNumberError::BirthDate)?;
        if born > today {
            return Err(IdNumberError::BirthInFuture);
        }
        if *last != check_character(body) {
            return Err(IdNumberError::Checksum);
        }
        Ok(Self(number))
    }

    /// The whole number, for encryption and for a keyed hash only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// First three and last four places: `110***********1234`.
    pub fn masked(&self) -> String {
        format!("{}***********{}", &self.0[..3], &self.0[14..])
    }

    pub fn birth_date(&self) -> Option<Date> {
        birth_date(self.0.as_bytes())
    }

    /// Completed years on `today`; minors need a guardian (民法典 17–20).
    pub fn age(&self, today: Date) -> Option<i16> {
        let born = self.birth_date()?;
        let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
        Some(today.year() - born.year() - i16::from(!had_birthday))
    }
}

impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber({})", self.masked())
    }
}

/// The provinces of GB/T 2260 and 83 for Taiwan residents; a permanent residence card for foreigners
/// (2023 issue) begins with 9 and then the province of acceptance.
fn is_region(body: &[u8]) -> bool {
    let two = |at: usize| match body.get(at..at + 2) {
        Some([tens, ones]) => (tens - b'0') * 10 + (ones - b'0'),
        _ => 0,
    };
    let is_province =
        |code: u8| matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65);
    is_province(two(0))
        || matches!(two(0), 71 | 81 | 82 | 83)
        || (body.first() == Some(&b'9') && is_province(two(1)))
}

fn birth_date(body: &[u8]) -> Option<Date> {
    let number = |from: usize, to: usize| {
        body.get(from..to)?.iter().try_fold(0_i16, |n, b| {
            n.checked_mul(10)?.checked_add(i16::from(b - b'0'))
        })
    };
    let year = number(6, 10)?;
    let month = i8::try_from(number(10, 12)?).ok()?;
    let day = i8::try_from(number(12, 14)?).ok()?;
    Date::new(year, month, day).ok().filter(|_| year >= 1900)
}

fn check_character(body: &[u8]) -> u8 {
    let sum: u32 = body
        .iter()
        .zip(WEIGHTS)
        .map(|(b, weight)| u32::from(b - b'0') * weight)
        .sum();
    CHECKS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    #[test]
    fn the_example_of_the_standard_is_accepted() {
        // GB 11643-1999 prints 11010519491231002X as its example.
        let number = IdNumber::parse("11010519491231002x", TODAY).unwrap();
        assert_eq!(number.reveal(), "11010519491231002X");
        assert_eq!(number.masked(), "110***********002X");
        assert_eq!(number.age(TODAY), Some(76));
        assert!(IdNumber::parse("１１０１０５ 19491231 002X", TODAY).is_ok());
    }

    #[test]
    fn each_fault_has_its_reason() {
        let refused = |text: &str| IdNumber::parse(text, TODAY).unwrap_err();
        assert_eq!(refused(" "), IdNumberError::Empty);
        assert_eq!(refused("110105491231002"), IdNumberError::Shape);
        assert_eq!(refused("1101051949123100X2"), IdNumberError::Shape);
        assert_eq!(refused("01010519491231002X"), IdNumberError::Region);
        assert_eq!(refused("11010519490230002X"), IdNumberError::BirthDate);
        assert_eq!(refused("11010520261123002X"), IdNumberError::BirthInFuture);
        assert_eq!(refused("110105194912310021"), IdNumberError::Checksum);
    }

    #[test]
    fn neither_debug_nor_display_shows_the_whole_number() {
        let number = IdNumber::parse("11010519491231002X", TODAY).unwrap();
        assert!(!format!("{number} {number:?}").contains("19491231"));
    }

    proptest! {
        #[test]
        fn one_changed_digit_never_passes(days in 0..45_000_i64, sequence in 0..1000_u32, at in 0..17_usize, by in 1..10_u8) {
            let born = date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let body = format!("110105{}{sequence:03}", born.strftime("%Y%m%d"));
            let number = format!("{body}{}", char::from(check_character(body.as_bytes())));
            prop_assert!(IdNumber::parse(&number, TODAY).is_ok());
            let mut changed = number.into_bytes();
            changed[at] = b'0' + (changed[at] - b'0' + by) % 10;
            prop_assert!(IdNumber::parse(std::str::from_utf8(&changed).unwrap(), TODAY).is_err());
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".*") {
            prop_assert!(IdNumber::parse(&text, TODAY).is_err());
        }
    }
}
