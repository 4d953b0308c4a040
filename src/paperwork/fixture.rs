//! The people and the bodies of the fixture's quarrel, written down for tests that make papers of it.

use jiff::Timestamp;

use crate::domain::case::Case;
use crate::domain::fixture::{COMMITTEE, COURT, actors};
use crate::domain::identity::{Email, PersonName};
use crate::domain::ids::PersonId;
use crate::domain::organisation::OrganisationKind;
use crate::storage::accounts::people::{self, Person};
use crate::storage::fixture::body;
use crate::storage::office::insert_organisation;
use crate::storage::{Store, cases, write_tx};

/// Writes down everybody who comes near the case, and the two bodies that seal.
pub(crate) async fn settle(store: &Store, case: &Case, now: Timestamp) {
    let people: Vec<Person> = actors()
        .iter()
        .filter_map(|(name, actor)| Some((*name, actor.person()?)))
        .map(|(name, id)| person(name, id, now))
        .collect();
    write_tx!(store, |tx| {
        insert_organisation(
            tx,
            &body(
                COMMITTEE,
                OrganisationKind::People,
                "柳荫街道人民调解委员会",
                "柳荫",
            ),
        )
        .await?;
        insert_organisation(
            tx,
            &body(COURT, OrganisationKind::Court, "柳荫区人民法院", "和0101"),
        )
        .await?;
        for person in &people {
            people::insert(tx, person).await?;
        }
        cases::insert(tx, case).await
    })
    .unwrap();
}

fn person(seat: &str, id: PersonId, created_at: Timestamp) -> Person {
    // Each has a name of their own, so that nobody stands on a paper for another.
    let name = match seat {
        "mediator" => "陈明",
        "other_mediator" => "周和",
        "stranger" => "林译",
        "clerk" => "孙书记",
        "judge" => "赵明理",
        "seal_holder" => "方章",
        "dispatcher" => "钱分",
        _ => "何人",
    };
    Person {
        id,
        name: PersonName::parse(name).unwrap(),
        phone: None,
        mail: Some(Email::parse(&format!("{}@example.com", seat.replace('_', "-"))).unwrap()),
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at,
    }
}
