//! The number of a person's document, as the mediator reads it off.

use jiff::civil::Date;

use crate::domain::identity::IdNumber;
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
        "residence_permit" => {
            let number = form.read("number", |text| resides(text, today))?;
            return Some((Document::ResidencePermit, of_card(&number, today)));
        }
        "" | "id_card" => {
            let number = form.read("number", parse::id_number(today))?;
            return Some((Document::IdCard, of_card(&number, today)));
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

fn of_card(number: &IdNumber, today: Date) -> Number {
    Number {
        whole: number.reveal().to_owned(),
        masked: number.masked(),
        age: number.age(today),
    }
}

/// The number of a 港澳台居民居住证 is built as that of an identity card, with the place of Hong Kong, Macao or Taiwan before it.
fn resides(text: &str, today: Date) -> Result<IdNumber, Text> {
    let number = parse::id_number(today)(text)?;
    let places = ["810000", "820000", "830000"];
    if places
        .iter()
        .any(|place| number.reveal().starts_with(place))
    {
        Ok(number)
    } else {
        Err(Text::key("sign-check-residence-shape"))
    }
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

    /// Born in 1990, with the check digits of GB 11643; the last is the card of somebody from Beijing.
    #[test]
    fn the_number_of_a_residence_permit_begins_with_its_place_and_has_its_check_digit() {
        let today = jiff::civil::date(2026, 11, 23);
        for (typed, age) in [
            ("810000199001010019", Some(36)),
            ("820000199001010010", Some(36)),
            ("830000199001010012", Some(36)),
            ("810000199001010011", None),
            ("110101199001010015", None),
        ] {
            let mut form = Form::blank()
                .filled("document", "residence_permit")
                .filled("number", typed);
            let read = of_person(&mut form, today);
            let found = read.map(|(document, number)| (document, number.age));
            let wanted = age.map(|age| (Document::ResidencePermit, Some(age)));
            assert_eq!(found, wanted, "{typed}");
            assert_eq!(form.has_errors(), age.is_none(), "{typed}");
        }
    }
}
