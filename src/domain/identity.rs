//! Who somebody is, as typed: identity numbers by GB 11643, phones, mail addresses and names, read at the edge.

mod contact;
mod credit_code;
mod id_number;
mod name;

pub use contact::{Email, EmailError, Phone, PhoneError};
pub use credit_code::{CreditCode, CreditCodeError};
pub use id_number::{IdNumber, IdNumberError};
pub use name::{NameError, PersonName, is_unseen};

/// Full-width digits, letters and signs as their ASCII twins: Chinese keyboards produce both.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            c => c,
        })
        .collect()
}
