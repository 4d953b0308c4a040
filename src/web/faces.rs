//! Names and numbers of people and organisations, as pages show them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::pages::case::Failure;
use super::{Viewer, Web, WebError};
use crate::accounts::people;
use crate::domain::agent::NamedAs;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OrganisationId, PersonId};
use crate::domain::lamp::{Lamp, Reading};
use crate::i18n::Text;
use crate::storage::{messages, office};

/// Who has the case, and how to call them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationFace {
    pub name: String,
    pub phone: String,
    pub address: String,
}

/// A three-colour lamp with its words, for the component `lamp`.
#[derive(Clone, Debug, Serialize)]
pub struct LampFace {
    /// The kind of the tag.
    pub kind: &'static str,
    pub text: Text,
}

impl LampFace {
    pub(super) fn of(web: &Web, due: Timestamp) -> Self {
        Self::read(Reading::of(
            due,
            web.desk.clock.now(),
            web.desk.rules.amber_days,
        ))
    }

    fn read(reading: Reading) -> Self {
        let kind = match reading.lamp {
            Lamp::Green => "good",
            Lamp::Amber => "care",
            Lamp::Red => "bad",
        };
        let text = match reading.days {
            0 => Text::key("due-lamp-today"),
            over if over < 0 => Text::key("due-lamp-over").with("days", -over),
            left => Text::key("due-lamp-left").with("days", left),
        };
        Self { kind, text }
    }

    pub(super) fn sample(days: i64) -> Self {
        let lamp = match days {
            ..=0 => Lamp::Red,
            1..=3 => Lamp::Amber,
            _ => Lamp::Green,
        };
        Self::read(Reading { lamp, days })
    }
}

/// Names by person.
pub type Names = BTreeMap<PersonId, String>;

pub(super) async fn organisation(
    web: &Web,
    viewer: &Viewer,
    id: OrganisationId,
) -> Result<OrganisationFace, WebError> {
    let mut read = web.desk.store.read().await?;
    let listed = office::organisation(&mut read, id).await?;
    let organisation = listed.ok_or(WebError::NotFound)?.organisation;
    Ok(OrganisationFace {
        name: organisation.name.for_tag(viewer.locale.tag()).to_owned(),
        phone: organisation.phone.domestic(),
        address: organisation.address,
    })
}

/// What somebody is called in a case: a party as it is named there, and whoever acts for one by their own name with for
/// whom and by what right.
pub(super) fn name_in(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    names: &Names,
    person: PersonId,
) -> String {
    case.named_as(person)
        .map(|named| name_of(web, viewer, case, &named))
        .or_else(|| names.get(&person).cloned())
        .unwrap_or_default()
}

pub(super) fn name_of(web: &Web, viewer: &Viewer, case: &Case, named: &NamedAs<'_>) -> String {
    let Some(right) = named.right_name() else {
        return named.name.to_string();
    };
    let text = Text::key("agent-named")
        .with("agent", named.name.as_str())
        .with("party", named.party.name.as_str())
        .with("right", right);
    web.words(case).say(viewer.locale, &text)
}

/// The names of `people`, as far as they are known.
pub(super) async fn names(web: &Web, people: Vec<PersonId>) -> Result<Names, WebError> {
    let mut read = web.desk.store.read().await?;
    let mut names = Names::new();
    for id in people {
        if names.contains_key(&id) {
            continue;
        }
        if let Some(person) = people::load(&mut read, id).await? {
            names.insert(id, person.name.as_str().to_owned());
        }
    }
    Ok(names)
}

/// Messages about the case that reached nobody.
pub(super) async fn failed_messages(web: &Web, case: CaseId) -> Result<Vec<Failure>, WebError> {
    let failed = messages::failed_of_case(&mut web.desk.store.read().await?, case).await?;
    Ok(failed
        .into_iter()
        .filter_map(|message| {
            Some(Failure {
                to: message.address,
                at: message.failed_at?,
            })
        })
        .collect())
}
