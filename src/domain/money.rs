//! Sums of money in 分, read from what people type and written in figures and in capital characters.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A sum in 分 (hundredths of a yuan); as JSON it is the integer.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Why a typed sum, or a sum in capital characters, was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("no sum was given")]
    Empty,
    #[error("this is not a sum of money")]
    NotANumber,
    #[error("a sum has at most two decimals")]
    TooManyDecimals,
    #[error("the sum is larger than 9,999 hundred millions")]
    TooLarge,
}

impl MoneyError {
    /// The stable message key for forms.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "law-money-empty",
            Self::NotANumber => "law-money-not-a-number",
            Self::TooManyDecimals => "law-money-too-many-decimals",
            Self::TooLarge => "law-money-too-large",
        }
    }
}

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

impl Fen {
    /// The largest sum that can be written in capitals: 9999 亿 9999 万 9999 元 9 角 9 分.
    pub const MAX: Self = Self(99_999_999_999_999);

    /// Reads a sum in yuan as people type it: `1234.05`, `1,234.05`, `￥１２３４．０５`, `1234元`. Never negative.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let plain: String = text.trim().chars().map(half_width).collect();
        let plain = plain.trim_start_matches('¥').trim_end_matches('元').trim();
        if plain.is_empty() {
            return Err(MoneyError::Empty);
        }
        let (yuan, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let yuan = digits(&without_commas(yuan)?)?;
        if fraction.len() > 2 {
            digits(fraction)?;
            return Err(MoneyError::TooManyDecimals);
        }
        if plain.ends_with('.') {
            return Err(MoneyError::NotANumber);
        }
        let fen = digits(&format!("{fraction:0<2}"))?;
        yuan.checked_mul(100)
            .and_then(|yuan| yuan.checked_add(fen))
            .map(Self)
            .filter(|sum| *sum <= Self::MAX)
            .ok_or(MoneyError::TooLarge)
    }

    /// The sum of both, or `None` above [`Fen::MAX`].
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0
            .checked_add(other.0)
            .map(Self)
            .filter(|sum| *sum <= Self::MAX)
    }

    /// The sum in capital characters as agreements carry it, e.g. 壹仟贰佰叁拾肆元零伍分; 整 when there are no 分.
    pub fn capital(self) -> String {
        let (yuan, jiao, fen) = (
            self.0.unsigned_abs() / 100,
            self.0.unsigned_abs() / 10 % 10,
            self.0.unsigned_abs() % 10,
        );
        let mut out = String::new();
        if self.0 < 0 {
            out.push('负');
        }
        if yuan > 0 || (jiao, fen) == (0, 0) {
            out.push_str(&yuan_capital(yuan));
            out.push('元');
        }
        match (jiao, fen) {
            (0, 0) => out.push('整'),
            (0, fen) => {
                if yuan > 0 {
                    out.push('零');
                }
                push_digit(&mut out, fen);
                out.push('分');
            }
            (jiao, fen) => {
                // A yuan ending in 0 is followed by 零 before 角, so that nothing can be written between them.
                if yuan > 0 && yuan % 10 == 0 {
                    out.push('零');
                }
                push_digit(&mut out, jiao);
                out.push('角');
                if fen == 0 {
                    out.push('整');
                } else {
                    push_digit(&mut out, fen);
                    out.push('分');
                }
            }
        }
        out
    }
}

/// `1,234.05`: groups of three and always two decimals, without a currency sign.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = (self.0.unsigned_abs() / 100).to_string();
        let mut grouped = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!(
            "{sign}{grouped}.{:02}",
            self.0.unsigned_abs() % 100
        ))
    }
}

/// Reads back what [`Fen::capital`] writes; 圆 and 正 are taken for 元 and 整.
pub fn parse_capital(text: &str) -> Result<Fen, MoneyError> {
    if text.chars().count() > 64 {
        return Err(MoneyError::TooLarge);
    }
    let text = text.trim().replace('圆', "元").replace('正', "整");
    let (negative, text) = match text.strip_prefix('负') {
        Some(rest) => (true, rest.to_owned()),
        None => (false, text),
    };
    let (yuan, rest) = text.split_once('元').unwrap_or(("", &text));
    let mut fen = read_yuan(yuan)?
        .checked_mul(100)
        .ok_or(MoneyError::TooLarge)?;
    let mut digit = None;
    for c in rest.chars() {
        match (c, digit) {
            ('角', Some(d)) => fen += d * 10,
            ('分', Some(d)) => fen += d,
            ('整' | '零', None) => continue,
            (c, None) => {
                digit = Some(value(c).ok_or(MoneyError::NotANumber)?);
                continue;
            }
            _ => return Err(MoneyError::NotANumber),
        }
        digit = None;
    }
    if text.is_empty() || digit.is_some() || (yuan.is_empty() && fen == 0) {
        return Err(MoneyError::NotANumber);
    }
    let sum = Fen(if negative { -fen } else { fen });
    // Only the one right spelling counts: a second reading of the same characters would be a forger's gap.
    if sum.capital() == format!("{}{text}", if negative { "负" } else { "" }) {
        Ok(sum)
    } else {
        Err(MoneyError::NotANumber)
    }
}

fn push_digit(out: &mut String, digit: u64) {
    out.extend(usize::try_from(digit).ok().and_then(|d| DIGITS.get(d)));
}

fn value(c: char) -> Option<i64> {
    DIGITS
        .iter()
        .position(|d| *d == c)
        .and_then(|at| i64::try_from(at).ok())
}

/// Groups of four digits with 万 and 亿; one 零 bridges any gap between digits that are written.
fn yuan_capital(yuan: u64) -> String {
    const YI: u64 = 100_000_000;
    if yuan == 0 {
        return "零".to_owned();
    }
    let mut out = String::new();
    if yuan >= YI {
        out.push_str(&yuan_capital(yuan / YI));
        out.push('亿');
    }
    let mut gap = false;
    for (group, unit) in [(yuan % YI / 10_000, "万"), (yuan % 10_000, "")] {
        for (place, name) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = group / place % 10;
            if digit == 0 {
                gap = true;
                continue;
            }
            if gap && !out.is_empty() {
                out.push('零');
            }
            gap = false;
            push_digit(&mut out, digit);
            out.push_str(name);
        }
        if group > 0 {
            out.push_str(unit);
        }
    }
    out
}

fn read_yuan(text: &str) -> Result<i64, MoneyError> {
    let (mut total, mut group, mut digit) = (0_i64, 0_i64, 0_i64);
    for c in text.chars() {
        let place = match c {
            '仟' => 1000,
            '佰' => 100,
            '拾' => 10,
            '亿' | '万' => {
                let unit = if c == '亿' { 100_000_000 } else { 10_000 };
                total += (group + digit) * unit;
                (group, digit) = (0, 0);
                continue;
            }
            _ => {
                digit = value(c).ok_or(MoneyError::NotANumber)?;
                continue;
            }
        };
        group += digit * place;
        digit = 0;
    }
    Ok(total + group + digit)
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '￥' => '¥',
        '。' => '.',
        c => c,
    }
}

/// Commas are taken only where they group thousands: `1,23` is a slip, not a hundred and twenty-three.
fn without_commas(text: &str) -> Result<String, MoneyError> {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let mut out = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return Err(MoneyError::NotANumber);
        }
        out.push_str(group);
    }
    Ok(out)
}

fn digits(text: &str) -> Result<i64, MoneyError> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(MoneyError::NotANumber);
    }
    text.bytes()
        .try_fold(0_i64, |sum, b| {
            sum.checked_mul(10)?.checked_add(i64::from(b - b'0'))
        })
        .ok_or(MoneyError::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sums_are_read_as_people_type_them() {
        for text in [
            "1234.05",
            "1,234.05",
            "１２３４．０５",
            "￥1,234.05",
            " 1234.05元 ",
        ] {
            assert_eq!(Fen::parse(text), Ok(Fen(123_405)), "{text}");
        }
        assert_eq!(Fen::parse("800"), Ok(Fen(80_000)));
        assert_eq!(Fen::parse("0.5"), Ok(Fen(50)));
    }

    #[test]
    fn what_is_not_a_sum_is_refused_with_its_reason() {
        assert_eq!(Fen::parse("  "), Err(MoneyError::Empty));
        assert_eq!(Fen::parse("1.234"), Err(MoneyError::TooManyDecimals));
        assert_eq!(
            Fen::parse("10000000000000000000"),
            Err(MoneyError::TooLarge)
        );
        assert_eq!(Fen::parse("1000000000000"), Err(MoneyError::TooLarge));
        for text in [
            "-5", "+5", "1,23", "1.", ".5", "five", "1,2345", "1.2.3", "1\u{0}",
        ] {
            assert_eq!(Fen::parse(text), Err(MoneyError::NotANumber), "{text:?}");
        }
    }

    #[test]
    fn figures_are_grouped_and_have_two_decimals() {
        assert_eq!(Fen(123_405).to_string(), "1,234.05");
        assert_eq!(Fen(0).to_string(), "0.00");
        assert_eq!(Fen(100_000_000).to_string(), "1,000,000.00");
        assert_eq!(Fen(-5).to_string(), "-0.05");
    }

    #[test]
    fn capitals_follow_the_rules_of_zero_and_whole() {
        for (fen, capital) in [
            (123_405, "壹仟贰佰叁拾肆元零伍分"),
            (0, "零元整"),
            (80_000, "捌佰元整"),
            (100_050, "壹仟元零伍角整"),
            (1_000, "壹拾元整"),
            (12_340, "壹佰贰拾叁元肆角整"),
            (5, "伍分"),
            (50, "伍角整"),
            (10_100_000, "壹拾万零壹仟元整"),
            (1_000_000_100, "壹仟万零壹元整"),
            (10_000_000_000, "壹亿元整"),
            (10_001_000_000, "壹亿零壹万元整"),
            (100_010_001_000, "壹拾亿零壹拾万零壹拾元整"),
        ] {
            assert_eq!(Fen(fen).capital(), capital);
        }
        assert_eq!(
            Fen::MAX.capital(),
            "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"
        );
    }

    #[test]
    fn a_second_spelling_of_the_same_sum_is_refused() {
        for text in [
            "壹壹元整",
            "捌佰元",
            "零捌佰元整",
            "",
            "元整",
            "捌佰元壹",
            "伍佰捌佰元整",
        ] {
            assert_eq!(parse_capital(text), Err(MoneyError::NotANumber), "{text}");
        }
        assert_eq!(parse_capital("捌佰圆正"), Ok(Fen(80_000)));
    }

    proptest! {
        #[test]
        fn capitals_read_back_to_the_same_sum(fen in prop_oneof![0..=Fen::MAX.0, 0..100_000_i64, (0..1_000_000_i64).prop_map(|n| n * 100_000)]) {
            prop_assert_eq!(parse_capital(&Fen(fen).capital()), Ok(Fen(fen)));
        }

        #[test]
        fn figures_read_back_to_the_same_sum(fen in 0..=Fen::MAX.0) {
            prop_assert_eq!(Fen::parse(&Fen(fen).to_string()), Ok(Fen(fen)));
        }

        #[test]
        fn no_text_makes_the_readers_panic(text in ".*") {
            if let Ok(sum) = Fen::parse(&text) {
                prop_assert!(sum <= Fen::MAX);
            }
            if let Ok(sum) = parse_capital(&text) {
                prop_assert_eq!(parse_capital(&sum.capital()), Ok(sum));
            }
        }
    }
}
