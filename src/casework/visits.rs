//! Grid workers and the doors of their stations: who covers a place, and how one of them takes a visit.

use jiff::Timestamp;

use super::change::change;
use super::{CaseworkError, Desk};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, Post, Role, System};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::organisation::OrganisationKind;
use crate::storage::{Tx, cases, office};

/// Nobody is asked to look where no station with a grid worker covers the place.
pub(super) async fn somebody_goes_there(
    tx: &mut Tx,
    case: &Case,
    action: &Action,
) -> Result<(), CaseworkError> {
    let Action::AskVerification { .. } = action else {
        return Ok(());
    };
    let area = case
        .place
        .area
        .as_ref()
        .ok_or(OutOfOrder::NobodyGoesThere)?;
    for body in office::organisations(tx).await? {
        let is_station = body.organisation.kind == OrganisationKind::GridStation;
        if !is_station || !body.organisation.area.covers(area) {
            continue;
        }
        let post = Post {
            organisation: body.id,
            role: Role::GridWorker,
        };
        if !office::holders(tx, post).await?.is_empty() {
            return Ok(());
        }
    }
    Err(OutOfOrder::NobodyGoesThere.into())
}

/// The case once this grid worker has taken the visit, which they may have done before.
pub(super) async fn take(
    desk: &Desk,
    tx: &mut Tx,
    (id, person): (CaseId, PersonId),
    now: Timestamp,
) -> Result<Case, CaseworkError> {
    let office = Actor::System {
        system: System::Accounts,
    };
    let case = cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)?;
    let take = Action::TakeVisit { person };
    match Box::pin(change(desk, tx, &office, case.clone(), take, now)).await {
        Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => Ok(case),
        taken => taken,
    }
}
