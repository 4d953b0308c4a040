//! Looks on the spot by grid workers: the list of a place, and what they saw, with nothing else of the case.

use jiff::Timestamp;

use super::change::change;
use super::{CaseworkError, Desk};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::organisation::OrganisationKind;
use crate::domain::permission::goes_to_doors_from;
use crate::domain::verification::Seen;
use crate::storage::{cases, checks, office, write_tx};

/// What one list shows; a grid has fewer.
const MOST: i64 = 200;

/// What a look on the spot needs, and nothing else of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub case: CaseId,
    pub address: String,
    pub what: String,
    /// On whose behalf.
    pub organisation: OrganisationId,
    pub due: Timestamp,
}

/// What is to be looked at in the places where `actor` serves as a grid worker.
pub async fn spots(desk: &Desk, actor: &Actor) -> Result<Vec<Spot>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut spots: Vec<Spot> = Vec::new();
    for station in goes_to_doors_from(actor) {
        let Some(station) = office::organisation(&mut read, station).await? else {
            continue;
        };
        if station.organisation.kind != OrganisationKind::GridStation {
            continue;
        }
        for row in checks::within(&mut read, &station.organisation.area, MOST).await? {
            let case = cases::load(&mut read, row.case).await?;
            let case = case.ok_or(CaseworkError::NotFound)?;
            // Nobody bears witness in a matter of their own.
            if case.seat_for(actor).is_some() {
                continue;
            }
            let asked = case.to_verify().and_then(|check| check.visit.clone());
            if let Some(what) = asked
                && !spots.iter().any(|spot| spot.case == case.id)
            {
                spots.push(Spot {
                    case: case.id,
                    address: case.place.address.clone(),
                    what,
                    organisation: case.organisation,
                    due: row.due,
                });
            }
        }
    }
    spots.sort_by_key(|spot| (spot.due, spot.case));
    Ok(spots)
}

/// Writes down what a grid worker saw: they take the visit, and with it the record, and see nothing else.
///
/// # Errors
/// [`CaseworkError::NotFound`] where nothing is to be looked at there for `actor`.
pub async fn record_spot(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    seen: &Seen,
) -> Result<(), CaseworkError> {
    let listed = spots(desk, actor).await?;
    let person = actor.person().ok_or(CaseworkError::NotFound)?;
    if !listed.iter().any(|spot| spot.case == id) {
        return Err(CaseworkError::NotFound);
    }
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        let case = super::visits::take(desk, tx, (id, person), now).await?;
        let seen = Action::VerifyPerformance { seen: seen.clone() };
        change(desk, tx, actor, case, seen, now).await?;
        Ok(())
    })
}
