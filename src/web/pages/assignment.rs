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
use crate::domain::stage::Declaration;
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
        declared(&mut wrong);
        wrong.read("reason", parse::text(1_000));
        let seat = SeatFace {
            role: Text::key("case-role-claimant"),
            name: "安和".to_owned(),
            agent: None,
            contact: None,
            arrived: true,
            told: None,
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
    Routes::new()
        .form("/cases/{id}/assignment", Policy::Does(&KINDS), show, answer)
        .form(
            "/cases/{id}/disclose",
            Policy::Does(&[Kind::Disclose]),
            show_disclose,
            disclose,
        )
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
        (accepting(&mut form), "relation")
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
        Some(declared(form)?)
    } else {
        None
    };
    Some(Action::AcceptAssignment { disclosure })
}

/// The items of a declaration, of which at least one says something.
fn declared(form: &mut Form) -> Option<Declaration> {
    let mut item = |name: &str| {
        let said = form.read_optional(name, parse::text(1_000))?;
        Some(said.unwrap_or_default())
    };
    let (relation, interest) = (item("relation"), item("interest"));
    let (earlier, other) = (item("earlier"), item("other"));
    let declared = Declaration {
        relation: relation?,
        interest: interest?,
        earlier: earlier?,
        other: other?,
    };
    if declared.said().is_empty() {
        form.refuse("relation", Text::key("desk-declare-something"));
        return None;
    }
    Some(declared)
}

/// Where a mediator says what came up later.
#[derive(Serialize)]
pub struct DisclosePage {
    pub head: Head,
    pub form: Form,
}

impl Page for DisclosePage {
    const TEMPLATE: &'static str = "pages/disclose.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        declared(&mut wrong);
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
            })
            .into()
    }
}

async fn show_disclose(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Disclose]).await?;
    let (head, form) = (Head::of(&web, &viewer, &open.case), Form::blank());
    viewer.show(&web, &DisclosePage { head, form })
}

async fn disclose(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::Disclose]).await?;
    if let Some(declared) = declared(&mut form) {
        let action = Action::Disclose { declared };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "other")).await? {
            return Ok(done);
        }
    }
    let head = Head::of(&web, &viewer, &open.case);
    viewer.show_again(&web, &DisclosePage { head, form })
}
