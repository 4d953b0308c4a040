//! How papers name people.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// As what a party stands in a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Applicant,
    Respondent,
}

/// A party as it is printed; what is empty or `None` is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub role: Role,
    pub name: String,
    /// The number of the identity document with all but the last four characters masked, never the whole number; of a
    /// company its code, which is public.
    pub masked_identity: Option<String>,
    /// Of what the number is.
    #[serde(default)]
    pub document: Document,
    /// Who heads a company, a shop or another body, where somebody else acts for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// As what; without one, as 法定代表人.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    pub address: String,
    /// A phone number or mail address.
    pub contact: String,
    /// The name of the signature field.
    pub field: String,
    /// Who signs in this field in the party's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
}

/// By what a party is identified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Document {
    #[default]
    IdCard,
    Passport,
    /// 港澳居民来往内地通行证
    HkMacaoPermit,
    /// 台湾居民来往大陆通行证
    TaiwanPermit,
    /// 港澳台居民居住证
    ResidencePermit,
    /// 营业执照, of a company.
    Licence,
}

/// As what somebody heads a party that is no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Title {
    /// 法定代表人
    Representative,
    /// 负责人
    Principal,
    /// 经营者
    Operator,
}

/// What almost every paper would say is left out of its data.
fn is_usual<T: Default + PartialEq>(it: &T) -> bool {
    *it == T::default()
}

/// Who acts for a party, and by what right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    pub name: String,
    pub masked_identity: Option<String>,
    /// Of what the number is.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub document: Document,
    #[serde(flatten)]
    pub right: Right,
    /// Whether the name in the party's field is theirs.
    pub signs: bool,
}

/// By what right somebody acts for a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "right", rename_all = "kebab-case")]
pub enum Right {
    /// 委托代理人, by a power of attorney of this day (民事诉讼法 62).
    Attorney { special: bool, power: Date },
    /// 法定代理人 of whoever cannot act for themselves, such as 母亲 (民法典 23, 27).
    Guardian { relation: String },
    /// 法定代表人 of a legal person (民法典 61).
    Representative,
    /// 负责人 of a partnership, a branch, a committee of owners (民法典 102, 105).
    Principal,
    /// 经营者 of an individual business (民法典 54).
    Operator,
}

/// Someone who signs by office: a mediator, a judge, a clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    pub name: String,
    /// The name of the signature field; empty for somebody who is only named.
    pub field: String,
}
