//! What whoever is above a committee reads of a case whose first minutes went by: how late it is, and whom to call.

use super::Result;
use super::roster::heads_over;
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::intake::Pace;
use crate::domain::permission::may_read_missed;
use crate::storage::accounts::people::{self, Person};
use crate::storage::{Read, cases, office};

/// Nothing in it is anything that a party has said or is.
#[derive(Clone, Debug)]
pub struct Late {
    pub number: String,
    pub organisation: OrganisationId,
    pub pace: Pace,
    /// Who sorts the committee's matters.
    pub dispatchers: Vec<Person>,
    /// Whether the reader sees the case as well.
    pub sees: bool,
}

/// `None` where there is no such case, nothing was missed, or `actor` is not above it.
pub async fn late(read: &mut Read, actor: &Actor, id: CaseId) -> Result<Option<Late>> {
    let Some(case) = cases::load(read, id).await? else {
        return Ok(None);
    };
    let above = heads_over(read, case.organisation).await?;
    if !may_read_missed(actor, &case, &above) {
        return Ok(None);
    }
    let Some(pace) = case.intake.pace.clone() else {
        return Ok(None);
    };
    let post = Post {
        organisation: case.organisation,
        role: Role::Dispatcher,
    };
    let mut dispatchers = Vec::new();
    for person in office::holders(read, post).await? {
        dispatchers.extend(people::load(read, person).await?);
    }
    Ok(Some(Late {
        sees: case.may_see(actor),
        number: case.number,
        organisation: case.organisation,
        pace,
        dispatchers,
    }))
}
