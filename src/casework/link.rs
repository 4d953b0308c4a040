//! Sending a party the link to the case once more. The case stays as it is.

use serde_json::json;

use super::{CaseworkError, Desk};
use crate::domain::actor::Actor;
use crate::domain::follow_up::{FollowUp, Notice, Recipient};
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::job::JobKind;
use crate::domain::permission::may_send_link;
use crate::storage::cases;
use crate::storage::jobs::{NewJob, enqueue};
use crate::storage::write_tx;

/// Has the link sent to the contacts that are written at the seat, and to no other; once an hour, however often it is
/// asked for.
///
/// # Errors
/// [`CaseworkError::NotFound`] where there is no such seat, or none that `actor` may have a link sent to.
pub async fn send_link(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    party: PartyId,
) -> Result<(), CaseworkError> {
    let now = desk.clock.now();
    write_tx!(desk.store, |tx| {
        let case = cases::load(tx, id).await?.ok_or(CaseworkError::NotFound)?;
        if !case.may_be_told(party) || !may_send_link(actor, &case) {
            return Err(CaseworkError::NotFound);
        }
        let to = Recipient::Party { party };
        let notice = Notice::NewLink;
        let job = NewJob {
            kind: JobKind::Notify,
            key: format!("link/{party}/{}", now.as_second() / 3600),
            payload: json!({ "case": id, "follow_up": FollowUp::Notify { to, notice } }),
            not_before: now,
        };
        enqueue(tx, &job, now).await?;
        Ok(())
    })
}
