//! Unified social credit codes of companies and other organisations by GB 32100-2015: 18 places with a check character.

use super::half_width;

/// A code that passed the check. It is public: every business licence shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditCode(String);

/// Why a code was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeError {
    #[error("a code has 18 places, digits and letters without I, O, S, V, Z")]
    Shape,
    #[error("the last place does not fit the others")]
    Checksum,
}

impl CreditCodeError {
    /// The stable message key for forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Shape => "law-credit-code-shape",
            Self::Checksum => "law-credit-code-checksum",
        }
    }
}

/// What may stand in a place, by its value.
const PLACES: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    /// Reads a code; blanks, full-width and small letters are forgiven.
    pub fn parse(text: &str) -> Result<Self, CreditCodeError> {
        let code: String = half_width(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let values: Option<Vec<usize>> = code.bytes().map(value).collect();
        let values = values.filter(|values| values.len() == 18);
        let values = values.ok_or(CreditCodeError::Shape)?;
        let (last, body) = values.split_last().ok_or(CreditCodeError::Shape)?;
        if *last == check_value(body) {
            Ok(Self(code))
        } else {
            Err(CreditCodeError::Checksum)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn value(place: u8) -> Option<usize> {
    PLACES.iter().position(|known| *known == place)
}

/// The places weighted by the powers of 3 modulo 31.
fn check_value(body: &[usize]) -> usize {
    let mut weight = 1;
    let mut sum = 0;
    for value in body {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented, with the check character that the standard gives it.
    const CODE: &str = "91110000MA01ABCD2Q";

    #[test]
    fn a_code_holds_and_every_single_slip_in_it_is_found() {
        // The example of the standard.
        assert!(CreditCode::parse("91350100M000100Y43").is_ok());
        assert_eq!(CreditCode::parse(CODE).unwrap().as_str(), CODE);
        for place in 0..18 {
            for other in PLACES {
                let mut wrong = CODE.as_bytes().to_vec();
                if wrong[place] == *other {
                    continue;
                }
                wrong[place] = *other;
                let wrong = String::from_utf8(wrong).unwrap();
                let refused = CreditCode::parse(&wrong);
                assert_eq!(refused, Err(CreditCodeError::Checksum), "{wrong}");
            }
        }
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        let (start, end) = CODE.split_at(8);
        let spaced = format!(" {} {end}", start.to_lowercase());
        assert_eq!(CreditCode::parse(&spaced).unwrap().as_str(), CODE);
        for wrong in ["", "1", &CODE[1..], "91110000MA01ABCDIO", "公司"] {
            let refused = CreditCode::parse(wrong);
            assert_eq!(refused, Err(CreditCodeError::Shape), "{wrong}");
        }
    }
}
