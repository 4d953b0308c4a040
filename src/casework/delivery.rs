//! Papers that somebody has to bring to a party, for whoever brings them.

use jiff::Timestamp;

use super::{CaseworkError, Desk};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::permission::brings_papers_for;
use crate::storage::deliveries::{self, DeliveryRow};
use crate::storage::{Read, cases};

/// What one list shows.
const MOST: i64 = 200;

/// One paper for one party, and the case it belongs to.
#[derive(Clone, Debug)]
pub struct Errand {
    pub case: Case,
    pub row: DeliveryRow,
}

/// What `actor` or their office is to bring and is due before `until`, the longest due first.
pub async fn errands(
    desk: &Desk,
    actor: &Actor,
    until: Timestamp,
) -> Result<Vec<Errand>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut errands = Vec::new();
    for row in rows(&mut read, actor, until).await? {
        let case = cases::load(&mut read, row.case).await?;
        let case = case.ok_or(CaseworkError::NotFound)?;
        if case.may_see(actor) {
            errands.push(Errand { case, row });
        }
    }
    Ok(errands)
}

/// How many there are, as far as one list shows them.
pub async fn number_of_errands(desk: &Desk, actor: &Actor) -> Result<usize, CaseworkError> {
    let mut read = desk.store.read().await?;
    Ok(rows(&mut read, actor, Timestamp::MAX).await?.len())
}

async fn rows(
    read: &mut Read,
    actor: &Actor,
    until: Timestamp,
) -> Result<Vec<DeliveryRow>, CaseworkError> {
    let mut rows = Vec::new();
    for office in brings_papers_for(actor) {
        rows.extend(deliveries::of_organisation(read, office, until, MOST).await?);
    }
    if let Some(person) = actor.person() {
        rows.extend(deliveries::of_mediator(read, person, until, MOST).await?);
    }
    // Whoever assigns and mediates finds it in both.
    rows.sort_by_key(|row| (row.due, row.case, row.paper, row.party));
    rows.dedup();
    Ok(rows)
}
