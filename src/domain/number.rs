//! The number of a case, such as 和调〔2026〕000128号, which people read to each other on the phone.

/// What every number begins with: 和 for the platform, 调 for what it does.
const SERIES: &str = "和调";

/// The number of the `count`th case of a year.
pub fn of_case(year: i16, count: i64) -> String {
    format!("{SERIES}〔{year}〕{count:06}号")
}

/// Year and count, such as 〔2026〕000128号, for numbers of papers that begin with the name of a body.
pub fn serial(number: &str) -> &str {
    number.strip_prefix(SERIES).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_takes_year_and_count_from_its_case() {
        let number = of_case(2026, 128);
        assert_eq!(number, "和调〔2026〕000128号");
        assert_eq!(serial(&number), "〔2026〕000128号");
    }
}
