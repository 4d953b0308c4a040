//! The demo town: an invented district with its committees, its court and its people, made once in an empty store.

use std::collections::BTreeMap;
use std::path::Path;

use super::shipped::demo_texts;
use super::{App, StartError};
use crate::accounts::{AccountsError, second_factor, staff};
use crate::domain::actor::{Post, Role};
use crate::domain::identity::{Email, PersonName, Phone};
use crate::domain::ids::{MeetingRoomId, OrganisationId, PersonId};
use crate::domain::meeting_room::MeetingRoom;
use crate::domain::organisation::OrganisationKind;
use crate::domain::organisation::town::{Member, Town};
use crate::storage::accounts::people::{self, Person};
use crate::storage::office::{self, Listed, RosterRow};
use crate::storage::{Tx, meeting_rooms, write_tx};

/// Of every member of staff of the demo town. Outside of a demo no such account exists.
const PASSWORD: &str = "heyi-demo-2026";

/// Fills an empty store with the town; a store that has organisations is left as it is.
pub(super) async fn settle(app: &App) -> Result<(), StartError> {
    let known = office::organisations(&mut app.store.read().await?).await?;
    if !known.is_empty() {
        return Ok(());
    }
    let town = town(app, app.config.assets.as_deref())?;
    let accounts = app.accounts();
    let password = staff::hash_password(&accounts, PASSWORD)?;
    write_tx!(app.store, |tx| {
        let organisations = bodies(app, tx, &town).await?;
        for member in &town.staff {
            let organisation = organisations[&member.organisation];
            let person = employ(app, tx, member, organisation, &password).await?;
            if member.roles.iter().any(|role| role.wants_second_factor()) {
                let secret = app.clock.random();
                second_factor::enrol_in(tx, &accounts, person, &secret).await?;
            }
        }
        for neighbour in &town.neighbours {
            let person = person(
                app,
                &neighbour.name,
                Some(&neighbour.phone),
                neighbour.mail.as_ref(),
            );
            people::insert(tx, &person).await?;
        }
        Ok::<_, AccountsError>(())
    })?;
    Ok(())
}

fn town(app: &App, overlay: Option<&Path>) -> Result<Town, StartError> {
    let texts = demo_texts(overlay)?;
    let files: Vec<_> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Ok(Town::parse(&app.rules, &files)?)
}

/// Areas, doors and organisations; the ids of the latter by their key.
async fn bodies(
    app: &App,
    tx: &mut Tx,
    town: &Town,
) -> Result<BTreeMap<String, OrganisationId>, AccountsError> {
    for (area, name) in &town.areas {
        office::insert_area(tx, area, name).await?;
    }
    for place in &town.places {
        office::insert_place(tx, place).await?;
    }
    let mut ids = BTreeMap::new();
    for (key, organisation) in &town.organisations {
        let listed = Listed {
            id: OrganisationId(app.clock.new_id()),
            organisation: organisation.clone(),
        };
        office::insert_organisation(tx, &listed).await?;
        if organisation.kind == OrganisationKind::People {
            let room = MeetingRoom {
                id: MeetingRoomId(app.clock.new_id()),
                organisation: listed.id,
                name: "1号调解室".to_owned(),
                address: organisation.address.clone(),
                seats: 8,
            };
            meeting_rooms::keep(tx, &organisation.area.district(), &room).await?;
        }
        ids.insert(key.clone(), listed.id);
    }
    Ok(ids)
}

async fn employ(
    app: &App,
    tx: &mut Tx,
    member: &Member,
    organisation: OrganisationId,
    password: &str,
) -> Result<PersonId, AccountsError> {
    let person = person(app, &member.name, Some(&member.phone), Some(&member.mail));
    staff::add_in(tx, &person, &member.key, password).await?;
    for role in &member.roles {
        office::give_post(
            tx,
            person.id,
            Post {
                organisation,
                role: *role,
            },
        )
        .await?;
    }
    if let Some(profile) = member.mediator.clone()
        && member.roles.contains(&Role::Mediator)
    {
        let row = RosterRow {
            person: person.id,
            organisation,
            profile,
            elsewhere: member.elsewhere,
        };
        office::insert_mediator(tx, &row).await?;
    }
    Ok(person.id)
}

fn person(app: &App, name: &PersonName, phone: Option<&Phone>, mail: Option<&Email>) -> Person {
    Person {
        id: PersonId(app.clock.new_id()),
        name: name.clone(),
        phone: phone.cloned(),
        mail: mail.cloned(),
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: app.clock.now(),
    }
}
