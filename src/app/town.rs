//! The areas, doors and organisations of a real installation, from files like those of the demo town.

use std::path::Path;

use super::{App, StartError};
use crate::accounts::AccountsError;
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::town::Town;
use crate::storage::office::{self, Listed};
use crate::storage::{Tx, write_tx};

const GROUND: &str = "town.toml";
const ORGANISATIONS: &str = "organisations.toml";
/// People are made one by one, each with a password of their own.
const NOBODY: (&str, &str) = ("people.toml", "staff = []\nneighbour = []\n");

/// Reads `town.toml` and `organisations.toml` of a folder and adds what is not there yet: areas by their path, doors by
/// their code, organisations by their prefix. Gives how many rows were added.
pub async fn found(app: &App, folder: &Path) -> Result<usize, StartError> {
    let read = |name: &str| {
        let file = folder.join(name);
        std::fs::read_to_string(&file).map_err(|source| StartError::Io {
            what: file.display().to_string(),
            source,
        })
    };
    let (ground, organisations) = (read(GROUND)?, read(ORGANISATIONS)?);
    let files = [
        (GROUND, ground.as_str()),
        (ORGANISATIONS, &organisations),
        NOBODY,
    ];
    let town = Town::parse(&app.rules, &files)?;
    Ok(write_tx!(app.store, |tx| { add(app, tx, &town).await })?)
}

async fn add(app: &App, tx: &mut Tx, town: &Town) -> Result<usize, AccountsError> {
    let mut added = 0;
    for (area, name) in &town.areas {
        if office::area_name(tx, area).await?.is_none() {
            office::insert_area(tx, area, name).await?;
            added += 1;
        }
    }
    for place in &town.places {
        if office::place(tx, &place.code).await?.is_none() {
            office::insert_place(tx, place).await?;
            added += 1;
        }
    }
    let known = office::organisations(tx).await?;
    for organisation in town.organisations.values() {
        let is_known = |listed: &Listed| listed.organisation.prefix == organisation.prefix;
        if !known.iter().any(is_known) {
            let listed = Listed {
                id: OrganisationId(app.clock.new_id()),
                organisation: organisation.clone(),
            };
            office::insert_organisation(tx, &listed).await?;
            added += 1;
        }
    }
    Ok(added)
}
