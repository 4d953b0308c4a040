//! Papers that somebody has to bring to a party, for whoever brings them.

use jiff::Timestamp;

use super::{CaseworkError, Desk};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::permission::brings_papers_for;
use crate::storage::deliveries::{self, DeliveryRow, Part};
use crate::storage::lists::COUNTED;
use crate::storage::{Read, cases};

/// What one page shows; the rest is one link away.
const SHOWN: usize = 50;

/// One paper for one party, and the case it belongs to.
#[derive(Clone, Debug)]
pub struct Errand {
    pub case: Case,
    pub row: DeliveryRow,
}

/// The errands of one page, and behind which row the next one goes on.
#[derive(Clone, Debug)]
pub struct Errands {
    pub errands: Vec<Errand>,
    pub more: Option<DeliveryRow>,
}

/// What `actor` or their office is to bring and is due before `until`, the longest due first, behind `after`.
pub async fn errands(
    desk: &Desk,
    actor: &Actor,
    until: Timestamp,
    after: Option<DeliveryRow>,
) -> Result<Errands, CaseworkError> {
    let mut read = desk.store.read().await?;
    let most = SHOWN + 1;
    let part = Part { until, after, most };
    let mut rows = rows(&mut read, actor, part).await?;
    let is_whole = rows.len() <= SHOWN;
    rows.truncate(SHOWN);
    let more = rows.last().copied().filter(|_| !is_whole);
    let mut errands = Vec::new();
    for row in rows {
        let case = cases::load(&mut read, row.case).await?;
        let case = case.ok_or(CaseworkError::NotFound)?;
        if case.may_see(actor) {
            errands.push(Errand { case, row });
        }
    }
    Ok(Errands { errands, more })
}

/// How many there are; nobody counts further than [`COUNTED`].
pub async fn number_of_errands(desk: &Desk, actor: &Actor) -> Result<usize, CaseworkError> {
    let mut read = desk.store.read().await?;
    let part = Part {
        until: Timestamp::MAX,
        after: None,
        most: COUNTED,
    };
    Ok(rows(&mut read, actor, part).await?.len().min(COUNTED))
}

/// At least as many as the part asks for, where there are so many.
async fn rows(
    read: &mut Read,
    actor: &Actor,
    part: Part,
) -> Result<Vec<DeliveryRow>, CaseworkError> {
    let mut rows = Vec::new();
    for office in brings_papers_for(actor) {
        rows.extend(deliveries::of_organisation(read, office, part).await?);
    }
    if let Some(person) = actor.person() {
        rows.extend(deliveries::of_mediator(read, person, part).await?);
    }
    // Whoever assigns and mediates finds it in both.
    rows.sort_by_key(|row| (row.due, row.case, row.paper, row.party));
    rows.dedup();
    Ok(rows)
}
