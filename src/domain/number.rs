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

/// The number that somebody wrote, whichever brackets they have: `和调〔2026〕000128号`, `2026-128`, `(2026) 128`.
pub fn read(text: &str) -> Option<String> {
    let text = text
        .trim()
        .trim_start_matches(SERIES)
        .trim_end_matches('号');
    let is_mark = |c: char| c.is_whitespace() || "〔〕[]［］【】()（）-—/".contains(c);
    let parts: Vec<&str> = text
        .split(is_mark)
        .filter(|part| !part.is_empty())
        .collect();
    let [year, count] = parts[..] else {
        return None;
    };
    let year: i16 = year
        .parse()
        .ok()
        .filter(|year| (2000..2200).contains(year))?;
    let count: i64 = count
        .parse()
        .ok()
        .filter(|count| (1..10_000_000).contains(count))?;
    Some(of_case(year, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_its_brackets_are_written() {
        let number = "和调〔2026〕000128号";
        for text in [
            number,
            "和调[2026]128号",
            "2026-128",
            "（2026）000128",
            " 2026 128 ",
        ] {
            assert_eq!(read(text).as_deref(), Some(number), "{text}");
        }
        for text in [
            "2026",
            "128-2026",
            "安和",
            "13800000001",
            "2026-12-8",
            "2026-0",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_paper_takes_year_and_count_from_its_case() {
        let number = of_case(2026, 128);
        assert_eq!(number, "和调〔2026〕000128号");
        assert_eq!(serial(&number), "〔2026〕000128号");
    }
}
