//! The mediator's answer to an assignment: accepts and says what ties there are, or refuses.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{Open, act_beside, open};
use super::case::view::{self, SeatFace};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::actor::Actor;
use crate::domain::ids::CaseId;
use crate::i18n::Text;
use crate::web::faces::Names;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 2] = [Kind::AcceptAssignment, Kind::RefuseAssignment];

#[derive(Serialize)]
pub struct AssignmentPage {
    pub head: Head,
    pub form: Form,
    pub seats: Vec<SeatFace>,
    pub story: String,
    /// Not once something was disclosed: then the parties have the word, and the mediator can still refuse.
    pub may_accept: bool,
}

impl Page for AssignmentPage {
    const TEMPLATE: &'static str = "pages/assignment.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("ties", "some");
        wrong.read("disclosure", parse::text(2_000));
        wrong.read("reason", parse::text(1_000));
        let seat = SeatFace {
            role: Text::key("case-role-claimant"),
            name: "安和".to_owned(),
            contact: None,
            arrived: true,
            link: None,
        };
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
                seats: vec![seat.clone()],
                story: "夜里总有拖椅子的声音。".to_owned(),
                may_accept: true,
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/assignment", Policy::Does(&KINDS), show, answer)
}

fn page(web: &Web, viewer: &Viewer, open: &Open, form: Form) -> AssignmentPage {
    let case = &open.case;
    AssignmentPage {
        head: Head::of(web, viewer, case),
        form,
        seats: view::seats(case, &Actor::Anonymous, &Names::new()),
        story: case.story.clone(),
        may_accept: open.has(Kind::AcceptAssignment),
    }
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    viewer.show(&web, &page(&web, &viewer, &open, Form::blank()))
}

async fn answer(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let (action, field) = if form.value("do") == "refuse" {
        let reason = form.read("reason", parse::text(1_000));
        (
            reason.map(|reason| Action::RefuseAssignment { reason }),
            "reason",
        )
    } else {
        (accepting(&mut form), "disclosure")
    };
    if let Some(action) = action
        && let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, field)).await?
    {
        return Ok(done);
    }
    viewer.show_again(&web, &page(&web, &viewer, &open, form))
}

/// Silence is not a declaration: the mediator says either that there are no ties, or which.
fn accepting(form: &mut Form) -> Option<Action> {
    let known = |name: &str| match name {
        "none" => Some(false),
        "some" => Some(true),
        _ => None,
    };
    let disclosure = if form.read("ties", parse::choice(known))? {
        Some(form.read("disclosure", parse::text(2_000))?)
    } else {
        None
    };
    Some(Action::AcceptAssignment { disclosure })
}
