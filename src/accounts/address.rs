//! Where a code can be sent: a phone or a mail address.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::identity::{Email, Phone};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    Phone(Phone),
    Mail(Email),
}

impl Address {
    /// Reads what people type into one field: a mail address has an `@`. The error is a key of the catalogues.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.contains(['@', '＠']) {
            Email::parse(text)
                .map(Self::Mail)
                .map_err(|error| error.key())
        } else {
            Phone::parse(text)
                .map(Self::Phone)
                .map_err(|error| error.key())
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Phone(phone) => phone.as_e164(),
            Self::Mail(mail) => mail.as_str(),
        }
    }

    /// Enough for its holder to know it again, too little for anybody else.
    pub fn masked(&self) -> String {
        match self {
            Self::Phone(phone) => phone.masked(),
            Self::Mail(mail) => mail.masked(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
