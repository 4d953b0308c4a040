//! Who is to sign where, and as what, as the data of a paper says.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::documents::words::Words;

/// One place to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    pub name: String,
    #[serde(rename = "as")]
    pub role: Role,
    /// In whose place, where it is somebody else's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<ActsFor>,
}

/// The party in whose place somebody signs, and by what right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActsFor {
    pub party: String,
    pub right: Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Applicant,
    Respondent,
    Mediator,
    CoMediator,
    Interpreter,
    Judge,
    Clerk,
    Seal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    Attorney,
    Guardian,
    Representative,
    Principal,
    Operator,
}

impl Role {
    const fn key(self) -> &'static str {
        match self {
            Self::Applicant => "documents-role-applicant",
            Self::Respondent => "documents-role-respondent",
            Self::Mediator => "documents-role-mediator",
            Self::CoMediator => "documents-role-co-mediator",
            Self::Interpreter => "documents-role-interpreter",
            Self::Judge => "documents-role-judge",
            Self::Clerk => "documents-role-clerk",
            Self::Seal => "documents-place-seal",
        }
    }
}

impl Place {
    /// `name` with the capacity in which they sign: 申请人安和的委托代理人言正.
    pub(super) fn say(&self, name: &str, words: Words<'_>) -> String {
        let role = words.plain(self.role.key());
        let Some(acts) = &self.acts_for else {
            let key = match self.role {
                Role::Seal => "documents-verify-as-seal",
                _ => "documents-verify-as",
            };
            return words.say(key, &[("role", &role), ("name", name)]);
        };
        let key = match acts.right {
            Right::Attorney => "documents-verify-as-attorney",
            Right::Guardian => "documents-verify-as-guardian",
            Right::Representative => "documents-verify-as-representative",
            Right::Principal => "documents-verify-as-principal",
            Right::Operator => "documents-verify-as-operator",
        };
        let said = [
            ("role", role.as_str()),
            ("party", acts.party.as_str()),
            ("name", name),
        ];
        words.say(key, &said)
    }
}

/// By the fields of the signatures.
pub(super) fn read(data: &Json) -> BTreeMap<String, Place> {
    let list = |key: &str| data.get(key).and_then(Json::as_array).into_iter().flatten();
    let mut places = BTreeMap::new();
    for one in list("parties").chain(list("applicants")) {
        places.extend(party(one));
    }
    let mut office = |one: &Json, role| {
        let of = |key| text(one, key).map(str::to_owned);
        let place = |name| Place {
            name,
            role,
            acts_for: None,
        };
        places.extend(of("/field").zip(of("/name").map(place)));
    };
    for (number, one) in list("mediators").enumerate() {
        let role = if number == 0 {
            Role::Mediator
        } else {
            Role::CoMediator
        };
        office(one, role);
    }
    list("interpreters").for_each(|one| office(one, Role::Interpreter));
    for (key, role) in [("judge", Role::Judge), ("clerk", Role::Clerk)] {
        if let Some(one) = data.get(key) {
            office(one, role);
        }
    }
    let body = text(data, "/court").or(text(data, "/organisation"));
    let seal = |name: &str| Place {
        name: name.to_owned(),
        role: Role::Seal,
        acts_for: None,
    };
    let field = text(data, "/seal_field").map(str::to_owned);
    places.extend(field.zip(body.map(seal)));
    places
}

fn text<'a>(data: &'a Json, key: &str) -> Option<&'a str> {
    data.pointer(key)?.as_str().filter(|it| !it.is_empty())
}

fn party(one: &Json) -> Option<(String, Place)> {
    let field = text(one, "/field")?.to_owned();
    let party = text(one, "/name")?.to_owned();
    let role = match text(one, "/role") {
        Some("respondent") => Role::Respondent,
        _ => Role::Applicant,
    };
    let right = match text(one, "/agent/right") {
        Some("attorney") => Some(Right::Attorney),
        Some("guardian") => Some(Right::Guardian),
        Some("representative") => Some(Right::Representative),
        Some("principal") => Some(Right::Principal),
        Some("operator") => Some(Right::Operator),
        _ => None,
    };
    let signs = one.pointer("/agent/signs").and_then(Json::as_bool) == Some(true);
    let agent = text(one, "/agent/name").filter(|_| signs).zip(right);
    let place = match agent {
        Some((agent, right)) => Place {
            name: agent.to_owned(),
            role,
            acts_for: Some(ActsFor { party, right }),
        },
        None => Place {
            name: party,
            role,
            acts_for: None,
        },
    };
    Some((field, place))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::i18n::{Locale, Texts};

    #[test]
    fn everybody_is_named_with_the_capacity_in_which_they_sign() {
        let attorney = json!({"name": "言正", "right": "attorney", "signs": true});
        let silent = json!({"name": "言不签", "right": "attorney", "signs": false});
        let mother = json!({"name": "康慈", "right": "guardian", "signs": true});
        let data = json!({
            "organisation": "柳荫调解委员会",
            "parties": [
                {"name": "安和", "role": "applicant", "field": "party-1", "agent": attorney},
                {"name": "康宁", "role": "respondent", "field": "party-2", "agent": mother},
                {"name": "李四", "role": "respondent", "field": "party-3", "agent": silent},
            ],
            "mediators": [
                {"name": "陈明", "field": "mediator"},
                {"name": "周明", "field": "member-1"},
                {"name": "只列名", "field": ""},
            ],
            "interpreters": [{"name": "玛依拉", "field": "member-2"}],
            "seal_field": "seal",
        });
        let places = read(&data);
        let texts = Texts::load(None).unwrap();
        let say = |locale| {
            let words = Words::new(&texts, locale);
            let told = places.values().map(|place| place.say(&place.name, words));
            told.collect::<Vec<_>>()
        };
        let chinese = [
            "调解员陈明",
            "共同调解员周明",
            "翻译玛依拉",
            "申请人安和的委托代理人言正",
            "被申请人康宁的法定代理人康慈",
            "被申请人李四",
            "柳荫调解委员会（印章）",
        ];
        assert_eq!(say(Locale::ZhCn), chinese);
        let english = say(Locale::En).join("; ");
        for part in [
            "言正 (attorney of the Applicant 安和)",
            "Co-mediator 周明",
            "Interpreter 玛依拉",
        ] {
            assert!(english.contains(part), "{part}: {english}");
        }
    }

    #[test]
    fn what_is_no_place_is_passed_over() {
        for data in [
            json!(null),
            json!({"parties": [{"field": 1}, {"name": "安和"}], "judge": "x"}),
        ] {
            assert!(read(&data).is_empty(), "{data}");
        }
    }
}
