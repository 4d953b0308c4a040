//! The doors that a grid worker goes to: name, address, what to hand over, what came of it, and nothing else of the case.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::contacts::{came, choices};
use super::refusals;
use super::verification::SpotFace;
use crate::casework::{self, Visit};
use crate::domain::contact_record::ContactChannel;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::permission::goes_to_doors;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

const HERE: &str = "/visits";
const LONGEST_NOTE: usize = 500;

#[derive(Serialize)]
pub struct VisitsPage {
    pub visits: Vec<VisitFace>,
    /// Where to look whether an agreement is kept.
    pub spots: Vec<SpotFace>,
}

#[derive(Clone, Serialize)]
pub struct VisitFace {
    pub href: String,
    pub name: String,
    pub address: String,
    pub due: Timestamp,
}

#[derive(Serialize)]
pub struct VisitPage {
    pub visit: VisitFace,
    pub call: OrganisationFace,
    pub outcomes: Vec<Choice>,
    pub form: Form,
}

impl VisitFace {
    fn of(visit: &Visit) -> Self {
        Self {
            href: format!("{HERE}/{}/{}", visit.case, visit.party),
            name: visit.name.clone(),
            address: visit.address.clone(),
            due: visit.due,
        }
    }

    fn sample() -> Self {
        Self {
            href: "/visits/1/2".to_owned(),
            name: "康宁".to_owned(),
            address: "柳荫里 3 号楼 402 室".to_owned(),
            due: Timestamp::UNIX_EPOCH,
        }
    }
}

impl Page for VisitsPage {
    const TEMPLATE: &'static str = "pages/visits.html";

    fn samples() -> Vec<Self> {
        vec![
            Self {
                visits: Vec::new(),
                spots: Vec::new(),
            },
            Self {
                visits: vec![VisitFace::sample()],
                spots: vec![SpotFace::sample()],
            },
        ]
    }
}

impl Page for VisitPage {
    const TEMPLATE: &'static str = "pages/visit.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.choose("came", came);
        wrong.read("note", parse::text(LONGEST_NOTE));
        [Form::blank(), wrong]
            .map(|form| Self {
                visit: VisitFace::sample(),
                call: OrganisationFace::sample(),
                outcomes: vec![Choice {
                    value: "visit no_answer".to_owned(),
                    label: "没有人应答".to_owned(),
                    hint: String::new(),
                }],
                form,
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    let office = Policy::Office(goes_to_doors);
    Routes::new()
        .get(HERE, office, list)
        .form("/visits/{case}/{party}", office, show, record)
}

async fn list(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.person()?;
    if !goes_to_doors(&viewer.actor) {
        return Err(WebError::NotFound);
    }
    let visits = casework::visits(&web.desk, &viewer.actor).await?;
    let visits = visits.iter().map(VisitFace::of).collect();
    let spots = casework::spots(&web.desk, &viewer.actor).await?;
    let spots = spots.iter().map(SpotFace::of).collect();
    viewer.show(&web, &VisitsPage { visits, spots })
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    (case, party): (CaseId, PartyId),
    form: Form,
) -> Result<VisitPage, WebError> {
    let visits = casework::visits(&web.desk, &viewer.actor).await?;
    let mut visits = visits.iter();
    let visit = visits.find(|visit| (visit.case, visit.party) == (case, party));
    let visit = visit.ok_or(WebError::NotFound)?;
    Ok(VisitPage {
        visit: VisitFace::of(visit),
        call: faces::organisation(web, viewer, visit.organisation).await?,
        outcomes: choices(web.own_words(viewer), viewer, ContactChannel::Visit),
        form,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(door): Path<(CaseId, PartyId)>,
) -> Result<Response, WebError> {
    viewer.show(&web, &page(&web, &viewer, door, Form::blank()).await?)
}

async fn record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(door): Path<(CaseId, PartyId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let mut page = page(&web, &viewer, door, Form::blank()).await?;
    let outcome = form.choose("came", came);
    let note = form.read_optional("note", parse::text(LONGEST_NOTE));
    if let (Some((ContactChannel::Visit, outcome)), Some(note)) = (outcome, note) {
        let note = note.unwrap_or_default();
        match casework::record_visit(&web.desk, &viewer.actor, door, outcome, &note).await {
            Ok(()) => return Ok(see_other(HERE)),
            Err(error) => refusals::beside(&mut form, "note", error)?,
        }
    }
    page.form = form;
    viewer.show_again(&web, &page)
}
