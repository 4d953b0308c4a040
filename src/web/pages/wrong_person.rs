//! "You have the wrong person": one tap on a page that says nothing of the matter, without a code and for good.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::invite;
use crate::accounts::links;
use crate::casework::{self, CaseworkError};
use crate::domain::lifecycle::OutOfOrder;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

const DONE: &str = "/i/wrong";

#[derive(Serialize)]
pub struct WrongPersonPage {
    pub call: OrganisationFace,
}

impl Page for WrongPersonPage {
    const TEMPLATE: &'static str = "pages/wrong-person.html";

    fn samples() -> Vec<Self> {
        vec![Self {
            call: OrganisationFace::sample(),
        }]
    }
}

#[derive(Serialize)]
pub struct StoppedPage {}

impl Page for StoppedPage {
    const TEMPLATE: &'static str = "pages/wrong-person-done.html";

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get(DONE, Policy::Anyone, show_stopped).form(
        "/i/{token}/wrong",
        Policy::Anyone,
        show,
        stop,
    )
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let seat = invite::seat(&web, &token).await?;
    let call = faces::organisation(&web, &viewer, seat.case.organisation).await?;
    viewer.show(&web, &WrongPersonPage { call })
}

/// The link ends with it: whoever has it learns no more.
async fn stop(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, WebError> {
    // Whoever tries again, or late, is told the same.
    if links::lapsed(&web.accounts, &token).await?.is_some() {
        return Ok(see_other(DONE));
    }
    let seat = invite::seat(&web, &token).await?;
    match casework::report_wrong_person(&web.desk, seat.case.id, seat.party).await {
        Ok(()) | Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => {}
        Err(error) => return Err(error.into()),
    }
    let is_seated = seat
        .case
        .party(seat.party)
        .is_some_and(|party| party.person.is_some());
    if !is_seated {
        links::lapse(&web.accounts, seat.party).await?;
    }
    Ok(see_other(DONE))
}

async fn show_stopped(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &StoppedPage {})
}
