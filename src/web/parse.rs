//! From a field's text to a value of the domain, or to the message beside the field.

use jiff::civil::Date;

use crate::accounts::address::Address;
use crate::accounts::codes::Checked;
use crate::documents::{is_mark, unsupported_characters};
use crate::domain::identity::{Email, IdNumber, PersonName, Phone, is_unseen};
use crate::domain::money::Fen;
use crate::i18n::Text;

pub fn person_name(text: &str) -> Result<PersonName, Text> {
    let name = PersonName::parse(text).map_err(|error| Text::key(error.key()))?;
    show(text)?;
    Ok(name)
}

/// What a paper will say, up to `limit` characters. Asked when it is typed: once two people have agreed to it, a
/// character that cannot be printed would stand in the way of every signature.
pub fn printed(limit: usize) -> impl Fn(&str) -> Result<String, Text> {
    move |typed| {
        // What comes along when a text is pasted.
        let seen: String = typed.chars().filter(|it| !is_unseen(*it)).collect();
        show(&seen)?;
        text(limit)(&seen)
    }
}

fn show(text: &str) -> Result<(), Text> {
    let missing: Vec<String> = unsupported_characters(text)
        .into_iter()
        .map(named)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Text::key("form-glyph").with("characters", missing.join(" ")))
}

/// By itself, over a dotted circle, or by its number where no screen shows it.
fn named(character: char) -> String {
    let private = matches!(u32::from(character), 0xE000..=0xF8FF | 0xF_0000..);
    if private || character.is_control() {
        return format!("U+{:04X}", u32::from(character));
    }
    if is_mark(character) {
        return format!("\u{25CC}{character}");
    }
    character.to_string()
}

pub fn phone(text: &str) -> Result<Phone, Text> {
    Phone::parse(text).map_err(|error| Text::key(error.key()))
}

pub fn email(text: &str) -> Result<Email, Text> {
    Email::parse(text).map_err(|error| Text::key(error.key()))
}

/// A phone number or a mail address, in one field.
pub fn address(text: &str) -> Result<Address, Text> {
    Address::parse(text).map_err(Text::key)
}

/// A sum of money in yuan.
pub fn money(text: &str) -> Result<Fen, Text> {
    Fen::parse(text).map_err(|error| Text::key(error.key()))
}

/// The message beside a code that was not right.
pub fn checked(checked: Checked) -> Result<(), Text> {
    match checked {
        Checked::Right { .. } => Ok(()),
        Checked::Wrong { tries_left } => {
            Err(Text::key("accounts-code-wrong").with("left", tries_left))
        }
        Checked::Void => Err(Text::key("accounts-code-void")),
    }
}

/// The message beside an address to which too many codes were sent.
pub fn wait(seconds: u32) -> Text {
    if seconds <= 90 {
        Text::key("accounts-wait-seconds").with("seconds", seconds)
    } else {
        Text::key("accounts-wait-minutes").with("minutes", seconds.div_ceil(60))
    }
}

/// A mainland identity number; `today` because nobody is born tomorrow.
pub fn id_number(today: Date) -> impl Fn(&str) -> Result<IdNumber, Text> {
    move |text| IdNumber::parse(text, today).map_err(|error| Text::key(error.key()))
}

/// Any text that no paper repeats, up to `limit` characters.
pub fn text(limit: usize) -> impl Fn(&str) -> Result<String, Text> {
    move |text| {
        if text.chars().count() > limit {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            return Err(Text::key("form-too-long").with("limit", limit));
        }
        Ok(text.to_owned())
    }
}

/// A code of six digits; blanks between them and full-width digits are forgiven.
pub fn code(text: &str) -> Result<String, Text> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
            other => other,
        })
        .collect();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(digits)
    } else {
        Err(Text::key("form-code"))
    }
}

/// One of a fixed set, read by its name.
pub fn choice<T>(parse: impl Fn(&str) -> Option<T>) -> impl Fn(&str) -> Result<T, Text> {
    move |name| parse(name).ok_or_else(|| Text::key("form-choose"))
}

/// A day, `2026-11-30`.
pub fn date(text: &str) -> Result<Date, Text> {
    text.parse().map_err(|_error| Text::key("form-date"))
}

/// A day that is not to come.
pub fn past_date(today: Date) -> impl Fn(&str) -> Result<Date, Text> {
    move |text| match date(text)? {
        day if day > today => Err(Text::key("form-date-to-come")),
        day => Ok(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_paper_can_show_is_refused_by_its_characters() {
        let glyph = |shown: &str| Text::key("form-glyph").with("characters", shown);
        assert_eq!(printed(50)("吵架😀，🎹😀"), Err(glyph("😀 🎹")));
        assert_eq!(person_name("王😀"), Err(glyph("😀")));
        assert_eq!(
            printed(50)("第一行\n第二行"),
            Ok("第一行\n第二行".to_owned())
        );
        assert_eq!(
            printed(50)("\u{FEFF}好\u{200B}的\u{FE0F}"),
            Ok("好的".to_owned())
        );
        assert_eq!(printed(50)("\u{10FFFD}"), Err(glyph("U+10FFFD")));
        assert_eq!(printed(50)("张\u{34F}三\u{200D}"), Ok("张三".to_owned()));
        assert_eq!(
            person_name("a\u{301}\u{301}"),
            Err(glyph("\u{25CC}\u{301}"))
        );
        assert!(person_name("王𡋤").is_ok() && person_name("Қожамқұл Ж.").is_ok());
        assert!(printed(2)("三个字").is_err());
        assert!(
            text(50)("😀").is_ok(),
            "said in the matter, and on no paper"
        );
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(code("123 456").unwrap(), "123456");
        assert_eq!(code("１２３４５６").unwrap(), "123456");
        assert!(code("12345").is_err());
        assert!(code("12345x").is_err());
    }
}
