//! Who looks a second time at the scan of an agreement where the committee has nobody but the officer who certified it.

use std::collections::BTreeSet;

use super::Result;
use crate::domain::actor::{Post, Role};
use crate::domain::case::Case;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::wording::Wording;
use crate::storage::Read;
use crate::storage::accounts::people;
use crate::storage::office::{self, Listed};

/// Somebody of another body of the district who can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmer {
    pub person: PersonId,
    pub name: String,
    pub body: Wording,
}

/// Nobody where a colleague keeps the seal or heads the committee, or somebody was asked already. Otherwise whoever heads the
/// nearest body above that has somebody; where none is, whoever heads another body of the district, or oversees it.
pub async fn confirmers(read: &mut Read, case: &Case) -> Result<Vec<Confirmer>> {
    let certified = case.stage.signing().filter(|open| open.is_certified());
    let Some(officer) = certified.and_then(|open| open.signatures.first()) else {
        return Ok(Vec::new());
    };
    if case.second_look().is_some() {
        return Ok(Vec::new());
    }
    let fits = |person: &PersonId| *person != officer.person && case.named_as(*person).is_none();
    let mut own = BTreeSet::new();
    for role in [Role::SealHolder, Role::Head] {
        own.extend(holders(read, case.organisation, role).await?);
    }
    if own.iter().any(fits) {
        return Ok(Vec::new());
    }
    let mut bodies = office::organisations(read).await?;
    bodies.retain(|it| it.organisation.area.district() == case.district);
    let above = above(&bodies, case.organisation);
    for body in above {
        let found = heading(read, &[body], &[Role::Head], &fits).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let all: Vec<_> = bodies.iter().collect();
    heading(read, &all, &[Role::Head, Role::Supervisor], &fits).await
}

/// The bodies above, the nearest first; a circle of parents ends as well.
fn above(bodies: &[Listed], body: OrganisationId) -> Vec<&Listed> {
    let mut chain: Vec<&Listed> = Vec::new();
    let mut at = bodies.iter().find(|it| it.id == body);
    while let Some(key) = at.and_then(|it| it.organisation.parent.as_ref()) {
        at = bodies.iter().find(|it| it.organisation.key == *key);
        match at {
            Some(next) if next.id != body && chain.iter().all(|it| it.id != next.id) => {
                chain.push(next);
            }
            _ => break,
        }
    }
    chain
}

async fn heading(
    read: &mut Read,
    bodies: &[&Listed],
    roles: &[Role],
    fits: &impl Fn(&PersonId) -> bool,
) -> Result<Vec<Confirmer>> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for body in bodies {
        for role in roles {
            for person in holders(read, body.id, *role).await? {
                if !fits(&person) || !seen.insert(person) {
                    continue;
                }
                if let Some(known) = people::load(read, person).await? {
                    found.push(Confirmer {
                        person,
                        name: known.name.to_string(),
                        body: body.organisation.name.clone(),
                    });
                }
            }
        }
    }
    Ok(found)
}

async fn holders(
    read: &mut Read,
    organisation: OrganisationId,
    role: Role,
) -> Result<Vec<PersonId>> {
    office::holders(read, Post { organisation, role }).await
}
