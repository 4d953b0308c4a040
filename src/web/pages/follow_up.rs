//! 回访: asking both sides how it stands, a while after the case was closed.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{act_beside, open};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::ids::CaseId;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 1] = [Kind::FollowUp];
const LONGEST_TEXT: usize = 1_000;

#[derive(Serialize)]
pub struct FollowUpPage {
    pub head: Head,
    pub form: Form,
}

impl Page for FollowUpPage {
    const TEMPLATE: &'static str = "pages/follow-up.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.choose("kept", kept);
        wrong.read("note", parse::text(LONGEST_TEXT));
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/follow-up", Policy::Does(&KINDS), show, record)
}

fn kept(value: &str) -> Option<bool> {
    ["no", "yes"]
        .iter()
        .position(|it| *it == value)
        .map(|at| at == 1)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    form: Form,
) -> Result<FollowUpPage, WebError> {
    let open = open(web, viewer, id, &KINDS).await?;
    let head = Head::of(web, viewer, &open.case);
    Ok(FollowUpPage { head, form })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    viewer.show(&web, &page(&web, &viewer, id, Form::blank()).await?)
}

async fn record(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let kept = form.choose("kept", kept);
    let note = form.read("note", parse::text(LONGEST_TEXT));
    if let (Some(kept), Some(note)) = (kept, note) {
        let action = Action::FollowUp { kept, note };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "note")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, id, form).await?)
}
