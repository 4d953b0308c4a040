//! The desk of an authority: what it is asked, where, by whom, and its answer; nothing else of any case.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::{help, refusals};
use crate::casework::{self, Plea};
use crate::domain::help::HelpOutcome;
use crate::domain::ids::{CaseId, RequestId};
use crate::domain::permission::answers_requests;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

const HERE: &str = "/requests";
const LONGEST_TEXT: usize = 500;

#[derive(Serialize)]
pub struct RequestsPage {
    pub requests: Vec<PleaFace>,
}

#[derive(Serialize)]
pub struct RequestPage {
    pub request: PleaFace,
    pub call: OrganisationFace,
    pub outcomes: Vec<Choice>,
    pub form: Form,
}

#[derive(Clone, Serialize)]
pub struct PleaFace {
    pub href: String,
    pub address: String,
    pub what: String,
    /// Who agreed to be called.
    pub name: String,
    pub phone: String,
    pub due: Timestamp,
}

impl PleaFace {
    fn of(plea: &Plea) -> Self {
        let (name, phone) = plea.contact.clone().unwrap_or_default();
        Self {
            href: format!("{HERE}/{}/{}", plea.case, plea.id),
            address: plea.address.clone(),
            what: plea.what.clone(),
            name,
            phone,
            due: plea.due,
        }
    }

    fn sample(name: &str) -> Self {
        Self {
            href: "/requests/1/2".to_owned(),
            address: "柳荫里 3 号楼".to_owned(),
            what: "楼道堆物挡住消防通道".to_owned(),
            name: name.to_owned(),
            phone: if name.is_empty() { "" } else { "13800000001" }.to_owned(),
            due: Timestamp::UNIX_EPOCH,
        }
    }
}

impl Page for RequestsPage {
    const TEMPLATE: &'static str = "pages/requests.html";

    fn samples() -> Vec<Self> {
        [Vec::new(), vec![PleaFace::sample("")]]
            .map(|requests| Self { requests })
            .into()
    }
}

impl Page for RequestPage {
    const TEMPLATE: &'static str = "pages/request.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.choose("outcome", HelpOutcome::parse);
        wrong.read("text", parse::text(LONGEST_TEXT));
        let page = |form, name| Self {
            request: PleaFace::sample(name),
            call: OrganisationFace::sample(),
            outcomes: vec![Choice {
                value: "acted".to_owned(),
                label: "已经处理".to_owned(),
                hint: String::new(),
            }],
            form,
        };
        vec![page(Form::blank(), ""), page(wrong, "安和")]
    }
}

pub(in crate::web) fn routes() -> Routes {
    let office = Policy::Office(answers_requests);
    Routes::new()
        .get(HERE, office, list)
        .form("/requests/{case}/{request}", office, show, answer)
}

async fn list(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    viewer.person()?;
    if !answers_requests(&viewer.actor) {
        return Err(WebError::NotFound);
    }
    let pleas = casework::pleas(&web.desk, &viewer.actor).await?;
    let requests = pleas.iter().map(PleaFace::of).collect();
    viewer.show(&web, &RequestsPage { requests })
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    of: (CaseId, RequestId),
    form: Form,
) -> Result<RequestPage, WebError> {
    let pleas = casework::pleas(&web.desk, &viewer.actor).await?;
    let plea = pleas.iter().find(|plea| (plea.case, plea.id) == of);
    let plea = plea.ok_or(WebError::NotFound)?;
    Ok(RequestPage {
        request: PleaFace::of(plea),
        call: faces::organisation(web, viewer, plea.organisation).await?,
        outcomes: help::outcomes(web.own_words(viewer), viewer),
        form,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(of): Path<(CaseId, RequestId)>,
) -> Result<Response, WebError> {
    viewer.show(&web, &page(&web, &viewer, of, Form::blank()).await?)
}

async fn answer(
    State(web): State<Web>,
    viewer: Viewer,
    Path(of): Path<(CaseId, RequestId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let mut page = page(&web, &viewer, of, Form::blank()).await?;
    let outcome = form.choose("outcome", HelpOutcome::parse);
    let text = form.read("text", parse::text(LONGEST_TEXT));
    if let (Some(outcome), Some(text)) = (outcome, text) {
        match casework::answer_plea(&web.desk, &viewer.actor, of, outcome, &text).await {
            Ok(()) => return Ok(see_other(HERE)),
            Err(error) => refusals::beside(&mut form, "text", error)?,
        }
    }
    page.form = form;
    viewer.show_again(&web, &page)
}
