//! The number of a person's document, as the mediator reads it off.

use jiff::civil::Date;

use crate::domain::party::Document;
use crate::i18n::Text;
use crate::web::{Form, parse};

/// Whole and as papers show it.
pub(in crate::web::pages) struct Number {
    pub(in crate::web::pages) whole: String,
    pub(in crate::web::pages) masked: String,
    /// As far as the number tells it: that of an identity card alone does.
    pub(in crate::web::pages) age: Option<i16>,
}

/// Of the document that the form names; an identity card where it names none.
pub(in crate::web::pages) fn of_person(form: &mut Form, today: Date) -> Option<(Document, Number)> {
    let document = match form.value("document") {
        "passport" => Document::Passport,
        "hk_macao_permit" => Document::HkMacaoPermit,
        "taiwan_permit" => Document::TaiwanPermit,
        "" | "id_card" => {
            let number = form.read("number", parse::id_number(today))?;
            let number = Number {
                whole: number.reveal().to_owned(),
                masked: number.masked(),
                age: number.age(today),
            };
            return Some((Document::IdCard, number));
        }
        _ => {
            form.refuse("document", Text::key("form-choose"));
            return None;
        }
    };
    let whole = form.read("number", |text| travels(&document, text))?;
    let (shown, hidden) = (whole.len() - 4, whole.len() - 5);
    let masked = format!("{}{}{}", &whole[..1], "*".repeat(hidden), &whole[shown..]);
    let number = Number {
        whole,
        masked,
        age: None,
    };
    Some((document, number))
}

/// Nobody can tell the age from the number of a passport or a permit, so that the mediator says what stands in it.
pub(in crate::web::pages) fn adult(form: &mut Form) {
    if form.value("adult") != "yes" {
        form.refuse("adult", Text::key("sign-check-adult-missing"));
    }
}

/// Digits and capital letters, as the lines at the foot of every passport have them (ICAO 9303: nine places, some countries
/// more). A permit for residents of Hong Kong and Macao has H or M and eight digits, two more on those of before; that for
/// residents of Taiwan eight digits, with two and a letter behind on those of before.
fn travels(document: &Document, text: &str) -> Result<String, Text> {
    let plain = |it: &char| !it.is_whitespace() && !"()（）".contains(*it);
    let number: String = text.chars().filter(plain).collect();
    let number = number.to_ascii_uppercase();
    let fits = number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let digits = |from: usize, until: usize| {
        let part = number.as_bytes().get(from..until);
        part.is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let length = number.len();
    let (shape, why) = match document {
        Document::HkMacaoPermit => {
            let is_one = number.starts_with(['H', 'M']) && [9, 11].contains(&length);
            (is_one && digits(1, length), "sign-check-permit-shape")
        }
        Document::TaiwanPermit => {
            let is_one = digits(0, 8) && [8, 10, 11].contains(&length);
            (
                is_one && digits(0, length.min(10)),
                "sign-check-permit-shape",
            )
        }
        _ => ((6..=20).contains(&length), "sign-check-passport-shape"),
    };
    if fits && shape {
        Ok(number)
    } else {
        Err(Text::key(why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_shape_of_its_document() {
        for (document, typed, read) in [
            (Document::Passport, "e 1234 4567", Some("E12344567")),
            (Document::Passport, "E123-4567", None),
            (Document::HkMacaoPermit, "h12345678", Some("H12345678")),
            (Document::HkMacaoPermit, "M1234567801", Some("M1234567801")),
            (Document::HkMacaoPermit, "12345678", None),
            (Document::HkMacaoPermit, "H1234567", None),
            (Document::TaiwanPermit, "12345678", Some("12345678")),
            (
                Document::TaiwanPermit,
                "1234567801（B）",
                Some("1234567801B"),
            ),
            (Document::TaiwanPermit, "H12345678", None),
            (Document::TaiwanPermit, "1234567", None),
        ] {
            let found = travels(&document, typed).ok();
            assert_eq!(found.as_deref(), read, "{document:?} {typed}");
        }
    }
}
