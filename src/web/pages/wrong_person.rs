//! "You have the wrong person": one tap on a page that says nothing of the matter, without a code and for good.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::invite;
use crate::accounts::links;
use crate::casework::{self, CaseworkError};
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::lifecycle::OutOfOrder;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

const STOPPED: &str = "/i/wrong";

/// Where somebody else has the seat: staff are told.
const TOLD: &str = "/i/told";

#[derive(Serialize)]
pub struct WrongPersonPage {
    pub call: OrganisationFace,
    /// To the letter, for whoever is the right one after all.
    pub back: String,
}

impl Page for WrongPersonPage {
    const TEMPLATE: &'static str = "pages/wrong-person.html";

    fn samples() -> Vec<Self> {
        vec![Self {
            call: OrganisationFace::sample(),
            back: "/i/abc".to_owned(),
        }]
    }
}

#[derive(Serialize)]
pub struct StoppedPage {
    pub stopped: bool,
}

impl Page for StoppedPage {
    const TEMPLATE: &'static str = "pages/wrong-person-done.html";

    fn samples() -> Vec<Self> {
        [true, false].map(|stopped| Self { stopped }).into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get(STOPPED, Policy::Anyone, show_stopped)
        .get(TOLD, Policy::Anyone, show_told)
        .form("/i/{token}/wrong", Policy::Anyone, show, stop)
        .merge(super::call_back::routes())
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    if let Some(link) = links::lapsed(&web.accounts, &token).await? {
        return lapsed(&web, &token, link.case, link.party).await;
    }
    let seat = invite::seat(&web, &token).await?;
    let call = faces::organisation(&web, &viewer, seat.case.organisation).await?;
    let back = format!("/i/{token}");
    viewer.show(&web, &WrongPersonPage { call, back })
}

/// The link ends with it: whoever has it learns no more.
async fn stop(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, WebError> {
    if let Some(link) = links::lapsed(&web.accounts, &token).await? {
        return lapsed(&web, &token, link.case, link.party).await;
    }
    let seat = invite::seat(&web, &token).await?;
    let (_, channel) = links::way(&token);
    match casework::report_wrong_person(&web.desk, seat.case.id, seat.party, channel).await {
        Ok(()) | Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => {}
        Err(error) => return Err(error.into()),
    }
    let party = seat.case.party(seat.party);
    let stopped = party.is_some_and(|party| party.person.is_none());
    Ok(see_other(if stopped { STOPPED } else { TOLD }))
}

/// Whoever tries again is told the same; of a link that ended otherwise nothing is claimed.
async fn lapsed(web: &Web, token: &str, id: CaseId, party: PartyId) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &invite::ACCOUNTS, id).await?;
    let stopped = case.is_wrong_person(party);
    Ok(if stopped {
        see_other(STOPPED)
    } else {
        see_other(&format!("/i/{token}/again"))
    })
}

async fn show_stopped(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &StoppedPage { stopped: true })
}

async fn show_told(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &StoppedPage { stopped: false })
}
