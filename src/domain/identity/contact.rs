//! Where somebody can be reached: phones in E.164 and mail addresses.

use std::fmt;

use phonenumber::{Mode, country::Id};
use serde::{Deserialize, Serialize};

use super::half_width;

/// A phone number in E.164, such as `+8613800138000`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Why a phone number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    #[error("no phone number was given")]
    Empty,
    #[error("this is not a phone number")]
    NotAPhone,
}

impl PhoneError {
    /// The stable message key for forms.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "law-phone-empty",
            Self::NotAPhone => "law-phone-not-a-phone",
        }
    }
}

impl Phone {
    /// Reads a number with or without country code; without one it is taken for +86.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let text = half_width(text);
        let text = text.trim();
        if text.is_empty() {
            return Err(PhoneError::Empty);
        }
        // The crate also reads `tel:` links, letters and extensions; a phone that gets a code has none of them.
        if text.len() > 24
            || !text
                .chars()
                .all(|c| c.is_ascii_digit() || "+-() .".contains(c))
        {
            return Err(PhoneError::NotAPhone);
        }
        match phonenumber::parse(Some(Id::CN), text) {
            Ok(number) if number.is_valid() => {
                Ok(Self(number.format().mode(Mode::E164).to_string()))
            }
            Ok(_) | Err(_) => Err(PhoneError::NotAPhone),
        }
    }

    /// `+8613800138000`
    pub fn as_e164(&self) -> &str {
        &self.0
    }

    /// As it is dialled within the mainland: `13800138000`, `01065550100`, `4008001234`; a number of elsewhere as it is.
    pub fn domestic(&self) -> String {
        let Some(number) = self.0.strip_prefix("+86") else {
            return self.0.clone();
        };
        let service = number.len() == 10 && ["400", "800"].iter().any(|it| number.starts_with(it));
        if self.is_mainland_mobile() || service {
            number.to_owned()
        } else {
            format!("0{number}")
        }
    }

    /// `138****8000`, with the country code unless it is +86.
    pub fn masked(&self) -> String {
        let shown = self.0.strip_prefix("+86").unwrap_or(&self.0);
        let head = shown.len().saturating_sub(8).clamp(1, 4);
        let tail = shown.len().saturating_sub(4).max(head);
        format!("{}****{}", &shown[..head], &shown[tail..])
    }

    /// A mainland mobile number, which is what text messages can be sent to.
    pub fn is_mainland_mobile(&self) -> bool {
        self.0.len() == 14 && self.0.starts_with("+861")
    }
}

/// The whole number: for the page of its owner and for dialling.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// A mail address with a lowercased domain.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why a mail address was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    #[error("no mail address was given")]
    Empty,
    #[error("this is not a mail address")]
    NotAnAddress,
    #[error("a mail address has at most 254 characters")]
    TooLong,
}

impl EmailError {
    /// The stable message key for forms.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "law-mail-empty",
            Self::NotAnAddress => "law-mail-not-an-address",
            Self::TooLong => "law-mail-too-long",
        }
    }
}

impl Email {
    /// Reads `name@host.tld`: plain characters in the name, a host of letters, digits and hyphens. Quoted
    /// names and address literals are refused; nobody types them.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = half_width(text);
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.len() > 254 {
            return Err(EmailError::TooLong);
        }
        let (name, host) = text.rsplit_once('@').ok_or(EmailError::NotAnAddress)?;
        if is_local_part(name) && is_host(host) {
            Ok(Self(format!("{name}@{}", host.to_ascii_lowercase())))
        } else {
            Err(EmailError::NotAnAddress)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `w***@example.com`
    pub fn masked(&self) -> String {
        let (name, host) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        format!("{}***@{host}", &name[..name.len().min(1)])
    }
}

fn is_local_part(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    host.contains('.') && host.split('.').all(label)
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.masked())
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, EmailError> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(mail: Email) -> Self {
        mail.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn phones_become_e164_and_default_to_the_mainland() {
        for text in [
            "13800138000",
            "138 0013 8000",
            "+86 138-0013-8000",
            "１３８００１３８０００",
        ] {
            let phone = Phone::parse(text).unwrap();
            assert_eq!(phone.as_e164(), "+8613800138000", "{text}");
            assert_eq!(phone.masked(), "138****8000");
            assert!(phone.is_mainland_mobile());
        }
        assert_eq!(
            Phone::parse("+852 2123 4567").unwrap().as_e164(),
            "+85221234567"
        );
        assert!(!Phone::parse("010-62345678").unwrap().is_mainland_mobile());
        for (typed, dialled) in [
            ("+86 138 0013 8000", "13800138000"),
            ("010-62345678", "01062345678"),
            ("0571 8765 4321", "057187654321"),
            ("400 810 1234", "4008101234"),
            ("+852 2123 4567", "+85221234567"),
        ] {
            let phone = Phone::parse(typed).unwrap();
            assert_eq!(phone.domestic(), dialled);
            assert_eq!(Phone::parse(dialled), Ok(phone), "{dialled} is read back");
        }
        assert_eq!(
            Phone::parse("19900000001").unwrap().as_e164(),
            "+8619900000001"
        );
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        assert_eq!(Phone::parse(" "), Err(PhoneError::Empty));
        for text in [
            "123",
            "1380013800",
            "phone",
            "13800138000 ext 5",
            "tel:13800138000",
            "1".repeat(99).as_str(),
        ] {
            assert_eq!(Phone::parse(text), Err(PhoneError::NotAPhone), "{text}");
        }
    }

    #[test]
    fn mail_addresses_keep_their_name_and_lower_their_host() {
        assert_eq!(
            Email::parse(" Wang.Li@Example.COM ").unwrap().as_str(),
            "Wang.Li@example.com"
        );
        assert_eq!(
            Email::parse("wang＠example.com").unwrap().masked(),
            "w***@example.com"
        );
        assert_eq!(Email::parse(""), Err(EmailError::Empty));
        for text in [
            "wang",
            "wang@",
            "@example.com",
            "a b@example.com",
            "a@b",
            "a@-b.cn",
            "a..b@c.cn",
            "a@b.cn\r\nBcc: x@y.z",
        ] {
            assert_eq!(Email::parse(text), Err(EmailError::NotAnAddress), "{text}");
        }
    }

    #[test]
    fn debug_shows_neither_phone_nor_mail() {
        let shown = format!(
            "{:?} {:?}",
            Phone::parse("13800138000"),
            Email::parse("wangli@example.com")
        );
        assert!(
            !shown.contains("00138") && !shown.contains("wangli"),
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_the_readers_panic_and_what_is_read_reads_again(text in ".{0,60}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.as_e164()), Ok(phone));
            }
            if let Ok(mail) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(mail.as_str()), Ok(mail));
            }
        }
    }
}
