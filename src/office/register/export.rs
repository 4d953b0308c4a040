//! What is known, as the files that an empty installation takes in.

use super::plan::Known;
use super::{Register, StaffRow, write};
use crate::office::Result;
use crate::storage::Read;

/// The four files, by name. Equal offices give equal bytes.
pub async fn export(read: &mut Read) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let known = Known::read(read, &Register::default()).await?;
    Ok(write::files(&register(known)))
}

fn register(known: Known) -> Register {
    let mut register = Register::default();
    for (login, person) in &known.staff {
        let mine = known.posts.iter().filter(|((it, _), _)| *it == person.id);
        for ((_, at), roles) in mine {
            let bodies = known.organisations.values();
            let Some(body) = bodies.into_iter().find(|it| it.id == *at) else {
                continue;
            };
            let seat = known.mediators.get(&(person.id, *at));
            let row = StaffRow {
                name: person.name.clone(),
                mail: person.mail.clone(),
                phone: person.phone.clone(),
                roles: roles.iter().copied().collect(),
                mediator: seat.map(|row| row.profile.clone()),
                elsewhere: seat.map_or(0, |row| row.elsewhere),
            };
            let key = (login.clone(), body.organisation.key.clone());
            register.staff.insert(key, (0, row));
        }
    }
    let areas = known.areas.into_iter();
    register.areas = areas.map(|(area, name)| (area, (0, name))).collect();
    let bodies = known.organisations.into_iter();
    register.organisations = bodies
        .map(|(key, it)| (key, (0, it.organisation)))
        .collect();
    let places = known.places.into_iter();
    register.places = places.map(|(code, place)| (code, (0, place))).collect();
    register
}
