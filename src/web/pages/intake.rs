//! The dispatcher takes a case in: sorts it, accepts it, or transfers it to a committee that fits better.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::assign::{self, Proposal};
use super::case::Head;
use super::case::act::{Open, act, act_beside, open};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::rules::DisputeKey;
use crate::i18n::Text;
use crate::web::{Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError};

const KINDS: [Kind; 3] = [Kind::Accept, Kind::Transfer, Kind::Triage];

#[derive(Serialize)]
pub struct IntakePage {
    pub head: Head,
    pub form: Form,
    pub story: String,
    pub may_accept: bool,
    pub may_transfer: bool,
    /// Committees, best first; the one that has the case is marked as `here`.
    pub committees: Vec<Proposal>,
    /// The kinds of matter, where it has to be sorted.
    pub disputes: Vec<Choice>,
}

impl Page for IntakePage {
    const TEMPLATE: &'static str = "pages/intake.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.refuse("dispute", Text::key("form-choose"));
        let choice = Choice {
            value: "noise".to_owned(),
            label: "噪音扰民".to_owned(),
            hint: String::new(),
        };
        let page = |form, sorted| Self {
            head: Head::sample(),
            form,
            story: "夜里总有拖椅子的声音。".to_owned(),
            may_accept: sorted,
            may_transfer: sorted,
            committees: if sorted {
                Proposal::samples()
            } else {
                Vec::new()
            },
            disputes: if sorted {
                Vec::new()
            } else {
                vec![choice.clone()]
            },
        };
        vec![page(Form::blank(), true), page(wrong, false)]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/intake", Policy::Does(&KINDS), show, take)
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    viewer.show(&web, &page(&web, &viewer, &open, Form::blank()).await?)
}

async fn page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> Result<IntakePage, WebError> {
    let may_transfer = open.has(Kind::Transfer);
    let committees = if may_transfer {
        assign::committees(web, viewer, &open.case).await?
    } else {
        Vec::new()
    };
    let disputes = if open.has(Kind::Triage) {
        disputes(web, viewer, &open.case)
    } else {
        Vec::new()
    };
    Ok(IntakePage {
        head: Head::of(web, viewer, &open.case),
        form,
        story: open.case.story.clone(),
        may_accept: open.has(Kind::Accept),
        may_transfer,
        committees,
        disputes,
    })
}

fn disputes(web: &Web, viewer: &Viewer, case: &Case) -> Vec<Choice> {
    let choice = |dispute: &crate::domain::rules::DisputeType| Choice {
        value: dispute.key.to_string(),
        label: dispute.name.for_tag(viewer.locale.tag()).to_owned(),
        hint: String::new(),
    };
    let rules = web.desk.rules.of(&case.district);
    rules.disputes().map(choice).collect()
}

async fn take(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let done = match form.value("do") {
        "accept" => Some(act(&web, &viewer, id, Action::Accept).await?),
        "transfer" => match form.read("organisation", organisation) {
            Some(organisation) => Some(transfer(&web, &viewer, &open, organisation).await?),
            None => None,
        },
        _ => match form.read("dispute", |key| Ok(DisputeKey(key.to_owned()))) {
            Some(dispute) => {
                act_beside(
                    &web,
                    &viewer,
                    id,
                    Action::Triage { dispute },
                    (&mut form, "dispute"),
                )
                .await?
            }
            None => None,
        },
    };
    match done {
        Some(done) => Ok(done),
        None => viewer.show_again(&web, &page(&web, &viewer, &open, form).await?),
    }
}

fn organisation(id: &str) -> Result<OrganisationId, Text> {
    id.parse().map_err(|_error| Text::key("form-choose"))
}

/// Only to a committee of the list; who gives a case away does not see it any more.
async fn transfer(
    web: &Web,
    viewer: &Viewer,
    open: &Open,
    organisation: OrganisationId,
) -> Result<Response, WebError> {
    let listed = assign::committees(web, viewer, &open.case).await?;
    if !listed
        .iter()
        .any(|committee| committee.id == organisation.to_string())
    {
        return Err(WebError::BadRequest("no committee of the list".to_owned()));
    }
    let action = Action::Transfer { organisation };
    crate::casework::perform(&web.desk, &viewer.actor, open.case.id, action).await?;
    Ok(crate::web::see_other("/desk"))
}
