//! What was typed into a form, and what is wrong with it.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use serde::{Deserialize, Serialize};

use super::WebError;
use super::security::TOKEN_FIELD;
use crate::i18n::Text;

/// Characters that a field holds unless its reader says otherwise.
const FIELD_LIMIT: u32 = 5_000;

/// Stands for the form as a whole among the messages; no field has this name.
const WHOLE: &str = "";

/// A posted form. Templates get `form.values.<field>`, `form.lists.<field>` and `form.errors`;
/// the components `field`, `area`, `radios` and `error_summary` read them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Form {
    /// The first value of every field.
    values: BTreeMap<String, String>,
    /// All values of fields that came more than once, such as ticked boxes.
    lists: BTreeMap<String, Vec<String>>,
    /// In the order of reading, which is the order on the page.
    errors: Vec<FieldError>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct FieldError {
    field: String,
    text: Text,
}

impl Form {
    /// A form nobody has filled in.
    pub fn blank() -> Self {
        Self::default()
    }

    /// A form filled in beforehand, such as the address of a building from its QR code.
    #[must_use]
    pub fn filled(mut self, field: &str, value: impl Into<String>) -> Self {
        self.put(field.to_owned(), value.into());
        self
    }

    /// From `name=value&…`. Line ends become `\n`, blanks around a value go.
    pub fn decode(body: &[u8]) -> Self {
        Self::from_pairs(form_urlencoded::parse(body).into_owned())
    }

    pub fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs.filter(|(name, _)| name != TOKEN_FIELD) {
            let value = value.replace("\r\n", "\n").trim().to_owned();
            if value.contains('\0') {
                form.refuse(&name, Text::key("form-nul"));
            }
            form.put(name, value.replace('\0', ""));
        }
        form
    }

    fn put(&mut self, name: String, value: String) {
        self.lists
            .entry(name.clone())
            .or_default()
            .push(value.clone());
        self.values.entry(name).or_insert(value);
    }

    /// What stands in a field; nothing for one that was not sent.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// Every value of a field that may come more than once.
    pub fn values(&self, field: &str) -> &[String] {
        self.lists.get(field).map_or(&[], Vec::as_slice)
    }

    /// Reads a required field. An empty or wrong one leaves its message and gives nothing.
    pub fn read<T>(
        &mut self,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, Text>,
    ) -> Option<T> {
        if self.value(field).is_empty() {
            self.refuse(field, Text::key("form-required"));
            return None;
        }
        self.parse(field, parse)
    }

    /// Reads one of a fixed set by its name, with the message that asks to choose.
    pub fn choose<T>(&mut self, field: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let choose = || Text::key("form-choose");
        if self.value(field).is_empty() {
            self.refuse(field, choose());
            return None;
        }
        self.parse(field, |name| parse(name).ok_or_else(choose))
    }

    /// Reads a field that may be left empty: `Some(None)` then, and `None` if it is wrong.
    pub fn read_optional<T>(
        &mut self,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, Text>,
    ) -> Option<Option<T>> {
        if self.value(field).is_empty() {
            return (!self.refused(field)).then_some(None);
        }
        self.parse(field, parse).map(Some)
    }

    fn parse<T>(&mut self, field: &str, parse: impl FnOnce(&str) -> Result<T, Text>) -> Option<T> {
        let value = self.value(field);
        let parsed = if value.chars().nth(FIELD_LIMIT as usize).is_some() {
            Err(Text::key("form-too-long").with("limit", FIELD_LIMIT))
        } else {
            parse(value)
        };
        match parsed {
            Ok(_) if self.refused(field) => None,
            Ok(value) => Some(value),
            Err(text) => {
                self.refuse(field, text);
                None
            }
        }
    }

    /// Puts a message beside a field; the first one stays.
    pub fn refuse(&mut self, field: &str, text: Text) {
        if !self.refused(field) {
            self.errors.push(FieldError {
                field: field.to_owned(),
                text,
            });
        }
    }

    /// Says what stands in the way of the whole form, where no field is to blame.
    pub fn refuse_whole(&mut self, text: Text) {
        self.refuse(WHOLE, text);
    }

    fn refused(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The first message, for an answer that is no page.
    pub fn first_error(&self) -> Option<Text> {
        self.errors.first().map(|error| error.text.clone())
    }

    /// As typed, its messages taken away: what a draft keeps.
    #[must_use]
    pub fn clean(mut self) -> Self {
        self.errors.clear();
        self
    }

    /// Forgets a field, such as a password or a code that must be typed again.
    /// Puts another value into a field, such as what a name in braces stands for.
    pub fn replace(&mut self, field: &str, value: String) {
        self.forget(field);
        self.put(field.to_owned(), value);
    }

    pub fn forget(&mut self, field: &str) {
        self.values.remove(field);
        self.lists.remove(field);
    }
}

/// One answer to choose, for `radios`, `ticks` and `choose`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub value: String,
    /// In words.
    pub label: String,
    /// In words; may be empty.
    pub hint: String,
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let body = axum::body::Bytes::from_request(request, state).await?;
        Ok(Self::decode(&body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Result<u32, Text> {
        text.parse().map_err(|_error| Text::key("form-date"))
    }

    #[test]
    fn what_was_typed_stays_beside_what_is_wrong_with_it() {
        let mut form = Form::decode(b"csrf=t&name=+Wang%0D%0AMing+&sum=many&day=a&day=b");
        assert_eq!(form.read("sum", number), None);
        assert_eq!(form.read("missing", number), None);
        assert_eq!(form.value("name"), "Wang\nMing");
        assert_eq!(form.value("sum"), "many");
        assert_eq!(form.values("day"), ["a", "b"]);
        assert_eq!(
            form.value("csrf"),
            "",
            "the token is not part of what was typed"
        );
        let fields: Vec<_> = form
            .errors
            .iter()
            .map(|error| error.field.as_str())
            .collect();
        assert_eq!(fields, ["sum", "missing"]);
    }

    #[test]
    fn a_nul_is_refused_and_the_rest_is_kept() {
        let mut form = Form::decode(b"sum=1%002");
        assert_eq!(form.read("sum", number), None);
        assert_eq!(form.read_optional("sum", number), None);
        assert_eq!(form.value("sum"), "12");
        assert!(form.has_errors());
    }

    #[test]
    fn empty_is_not_wrong_where_a_field_is_optional() {
        let mut form = Form::decode(b"sum=");
        assert_eq!(form.read_optional("sum", number), Some(None));
        assert!(!form.has_errors());
    }

    #[test]
    fn a_field_has_a_limit() {
        let mut form = Form::blank().filled("sum", "9".repeat(FIELD_LIMIT as usize + 1));
        assert_eq!(form.read("sum", |text| Ok(text.to_owned())), None);
    }
}
