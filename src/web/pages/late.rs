//! The first minutes of a case went by: what the head above its committee reads of it, which is how late it is and whom to
//! call, and no more.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::head::address;
use super::triage::pace::{self, PaceFace};
use crate::domain::ids::CaseId;
use crate::domain::permission::heads_any;
use crate::office;
use crate::storage::accounts::people::Person;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError};

#[derive(Serialize)]
pub struct LatePage {
    pub number: String,
    pub call: OrganisationFace,
    pub paces: Vec<PaceFace>,
    /// Who sorts the matters there.
    pub dispatchers: Vec<Dispatcher>,
    /// The case, for whoever sees it besides.
    pub case: Option<String>,
}

#[derive(Serialize)]
pub struct Dispatcher {
    pub name: String,
    pub phone: Option<String>,
}

impl Dispatcher {
    fn of(person: &Person) -> Self {
        let phone = person.phone.as_ref();
        Self {
            name: person.name.to_string(),
            phone: phone.map(crate::domain::identity::Phone::domestic),
        }
    }
}

impl Page for LatePage {
    const TEMPLATE: &'static str = "pages/late.html";

    fn samples() -> Vec<Self> {
        let dispatcher = |phone: Option<&str>| Dispatcher {
            name: "陶安然".to_owned(),
            phone: phone.map(str::to_owned),
        };
        let page = |dispatchers, case: Option<&str>| Self {
            number: "和调〔2026〕000128号".to_owned(),
            call: OrganisationFace::sample(),
            paces: PaceFace::samples(),
            dispatchers,
            case: case.map(str::to_owned),
        };
        vec![
            page(
                vec![dispatcher(Some("19900000001")), dispatcher(None)],
                None,
            ),
            page(Vec::new(), Some("/cases/1")),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get("/desk/late/{case}", Policy::Office(heads_any), show)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let mut read = web.desk.store.read().await?;
    let late = office::late(&mut read, &viewer.actor, id).await?;
    drop(read);
    let late = late.ok_or(WebError::NotFound)?;
    let page = LatePage {
        number: late.number,
        call: faces::organisation(&web, &viewer, late.organisation).await?,
        paces: pace::of(&late.pace, web.desk.clock.now()),
        dispatchers: late.dispatchers.iter().map(Dispatcher::of).collect(),
        case: late.sees.then(|| address(id)),
    };
    viewer.show(&web, &page)
}
