//! A party's link that has lapsed or got lost, and how a fresh one is had: it goes to the contact that is known, never
//! to one that is typed in.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::view::contact;
use crate::accounts::links;
use crate::casework::{self, CaseworkError};
use crate::domain::actor::{Actor, System};
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::permission::may_send_link;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

const ACCOUNTS: Actor = Actor::System {
    system: System::Accounts,
};

/// What a link that has lapsed opens: no word of the matter any more.
#[derive(Serialize)]
pub struct LapsedPage {
    pub call: OrganisationFace,
}

impl Page for LapsedPage {
    const TEMPLATE: &'static str = "pages/link-lapsed.html";

    fn samples() -> Vec<Self> {
        vec![Self {
            call: OrganisationFace::sample(),
        }]
    }
}

/// The same for everybody who asked, whatever became of it.
#[derive(Serialize)]
pub struct LinkSentPage {}

impl Page for LinkSentPage {
    const TEMPLATE: &'static str = "pages/link-sent.html";

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

/// For those who work on the case: whom the link goes to.
#[derive(Serialize)]
pub struct LinkPage {
    pub head: Head,
    pub name: String,
    /// Empty where nothing is known: then they must be called upon.
    pub contact: String,
    pub sent: bool,
}

impl Page for LinkPage {
    const TEMPLATE: &'static str = "pages/link.html";

    fn samples() -> Vec<Self> {
        let page = |contact: &str, sent| Self {
            head: Head::sample(),
            name: "江北".to_owned(),
            contact: contact.to_owned(),
            sent,
        };
        vec![
            page("+8613800000002", false),
            page("+8613800000002", true),
            page("", false),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/i/sent", Policy::Anyone, show_sent)
        .form("/i/{token}/again", Policy::Anyone, show_lapsed, ask)
        .form(
            "/cases/{id}/link/{party}",
            Policy::Of(may_send_link),
            show,
            send,
        )
}

async fn show_lapsed(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let link = links::lapsed(&web.accounts, &token).await?;
    let Some(link) = link else {
        return Ok(see_other(&format!("/i/{token}")));
    };
    let case = casework::load(&web.desk, &ACCOUNTS, link.case).await?;
    let call = faces::organisation(&web, &viewer, case.organisation).await?;
    viewer.answer(&web, StatusCode::GONE, &LapsedPage { call })
}

async fn ask(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, WebError> {
    if let Some(link) = links::lapsed(&web.accounts, &token).await? {
        match casework::send_link(&web.desk, &ACCOUNTS, link.case, link.party).await {
            Ok(()) | Err(CaseworkError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(see_other("/i/sent"))
}

async fn show_sent(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.show(&web, &LinkSentPage {})
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    (id, place): (CaseId, PartyId),
    sent: bool,
) -> Result<LinkPage, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let party = case.party(place).ok_or(WebError::NotFound)?;
    if !may_send_link(&viewer.actor, &case) || !case.may_be_told(place) {
        return Err(WebError::NotFound);
    }
    Ok(LinkPage {
        head: Head::of(web, viewer, &case),
        name: party.name.to_string(),
        contact: contact(party),
        sent,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(seat): Path<(CaseId, PartyId)>,
) -> Result<Response, WebError> {
    viewer.show(&web, &page(&web, &viewer, seat, false).await?)
}

async fn send(
    State(web): State<Web>,
    viewer: Viewer,
    Path(seat): Path<(CaseId, PartyId)>,
) -> Result<Response, WebError> {
    let (case, party) = seat;
    casework::send_link(&web.desk, &viewer.actor, case, party).await?;
    viewer.show(&web, &page(&web, &viewer, seat, true).await?)
}
