//! Texts that mediators begin a message with.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::clauses::fillable;
use super::load::Source;
use super::{Rules, RulesError};
use crate::domain::wording::Wording;

/// A text to begin with; the mediator changes what does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageTemplate {
    pub key: String,
    pub name: Wording,
    /// May hold names in braces, see [`fillers`](crate::domain::fillers).
    pub text: Wording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessagesFile {
    message: Vec<RawMessage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMessage {
    key: Spanned<String>,
    name: Spanned<Wording>,
    text: Spanned<Wording>,
}

impl Rules {
    pub fn message_templates(&self) -> &[MessageTemplate] {
        &self.messages
    }
}

pub(super) fn messages(source: &Source<'_>) -> Result<Vec<MessageTemplate>, RulesError> {
    let mut seen = BTreeSet::new();
    let mut list = Vec::new();
    for raw in source.read::<MessagesFile>()?.message {
        let at = raw.key.span();
        let key = raw.key.into_inner();
        source.once(&mut seen, &key, &at)?;
        list.push(MessageTemplate {
            key,
            name: source.wording(raw.name)?,
            text: fillable(source, raw.text)?,
        });
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::rules;
    use crate::domain::organisation::District;

    #[test]
    fn a_district_has_texts_of_its_own_and_a_slip_is_named_with_its_line() {
        let mut house = rules();
        let own = "[[message]]\nkey = \"please-sign\"\nname = { zh = \"请签\", en = \"Sign\" }\ntext = { zh = \"请签{案号}\", en = \"Sign {number}\" }\n";
        let district = District("beiling".to_owned());
        house
            .lay_over(district.clone(), &[("messages.toml", own)])
            .unwrap();
        let text = |rules: &Rules| {
            let mut all = rules.message_templates().iter();
            all.find(|it| it.key == "please-sign")
                .unwrap()
                .text
                .zh
                .clone()
        };
        assert_eq!(text(house.of(&district)), "请签{案号}");
        assert_ne!(text(&house), "请签{案号}");
        let wrong = own.replace("{案号}", "{对方}");
        let refused = rules()
            .lay_over(district, &[("messages.toml", &wrong)])
            .unwrap_err();
        assert_eq!(refused.line, 4, "{refused}");
    }
}
