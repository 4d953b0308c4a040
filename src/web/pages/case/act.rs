//! Doing one thing to a case from a form: the case if it lies open, the change, and where one goes afterwards.

use axum::response::Response;

use super::head::address;
use crate::casework;
use crate::domain::action::{Action, ActionKind};
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::offered;
use crate::web::pages::refusals;
use crate::web::{Form, Viewer, Web, WebError, see_other};

/// A case and what the reader can do with it now.
pub(in crate::web) struct Open {
    pub(in crate::web) case: Case,
    offered: Vec<ActionKind>,
}

impl Open {
    pub(in crate::web) fn has(&self, kind: ActionKind) -> bool {
        self.offered.contains(&kind)
    }
}

/// The case, where at least one of `kinds` is offered to the reader now.
///
/// # Errors
/// `NotFound` for whoever may not see it, `OutOfOrder` where its time is not now.
pub(in crate::web) async fn open(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    kinds: &[ActionKind],
) -> Result<Open, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let offered = offered(&web.desk.rules, &case, &viewer.actor, web.desk.clock.now());
    if kinds.iter().any(|kind| offered.contains(kind)) {
        Ok(Open { case, offered })
    } else {
        Err(WebError::OutOfOrder(OutOfOrder::WrongState))
    }
}

/// Carries the action out and leads to the case.
pub(in crate::web) async fn act(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    action: Action,
) -> Result<Response, WebError> {
    casework::perform(&web.desk, &viewer.actor, id, action).await?;
    Ok(see_other(&address(id)))
}

/// As [`act`]; what stands in the way becomes a message, beside `field` if it is about that, and then there is no answer yet.
pub(in crate::web) async fn act_beside(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    action: Action,
    (form, field): (&mut Form, &str),
) -> Result<Option<Response>, WebError> {
    match casework::perform(&web.desk, &viewer.actor, id, action).await {
        Ok(case) => Ok(Some(see_other(&address(case.id)))),
        Err(error) => {
            refusals::beside(form, field, error)?;
            Ok(None)
        }
    }
}
