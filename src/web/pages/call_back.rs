//! "Please call me": for whoever holds the link and has no number on which a code would reach them. Nothing of the matter
//! is told on the page; a person calls, and finds out who it is.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::invite;
use crate::casework::{self, CaseworkError};
use crate::domain::action::Action;
use crate::domain::lifecycle::OutOfOrder;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

const ASKED: &str = "/i/called";

#[derive(Serialize)]
pub struct CallBackPage {
    pub form: Form,
    pub call: OrganisationFace,
    pub back: String,
}

#[derive(Serialize)]
pub struct CalledPage {}

impl Page for CallBackPage {
    const TEMPLATE: &'static str = "pages/call-back.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("phone", "12345");
        wrong.read("phone", parse::phone);
        [Form::blank(), wrong]
            .map(|form| Self {
                form,
                call: OrganisationFace::sample(),
                back: "/i/abc".to_owned(),
            })
            .into()
    }
}

impl Page for CalledPage {
    const TEMPLATE: &'static str = "pages/call-back-done.html";

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get(ASKED, Policy::Anyone, show_asked).form(
        "/i/{token}/call",
        Policy::Anyone,
        show,
        ask,
    )
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    seat: &invite::Seat,
    token: &str,
    form: Form,
) -> Result<CallBackPage, WebError> {
    if !seat.is_asked() {
        return Err(WebError::NotFound);
    }
    Ok(CallBackPage {
        form,
        call: faces::organisation(web, viewer, seat.case.organisation).await?,
        back: format!("/i/{token}"),
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let seat = invite::seat(&web, &token).await?;
    let page = page(&web, &viewer, &seat, &token, Form::blank()).await?;
    viewer.show(&web, &page)
}

/// Staff are told once; whoever asks again is told the same.
async fn ask(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
    mut form: Form,
) -> Result<Response, WebError> {
    let seat = invite::seat(&web, &token).await?;
    let Some(phone) = form.read("phone", parse::phone) else {
        let page = page(&web, &viewer, &seat, &token, form).await?;
        return viewer.show_again(&web, &page);
    };
    let party = seat.party;
    let action = Action::AskCall { party, phone };
    match casework::perform(&web.desk, &invite::ACCOUNTS, seat.case.id, action).await {
        Ok(_) | Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => Ok(see_other(ASKED)),
        Err(CaseworkError::OutOfOrder(_)) => Err(WebError::NotFound),
        Err(error) => Err(error.into()),
    }
}

async fn show_asked(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &CalledPage {})
}
