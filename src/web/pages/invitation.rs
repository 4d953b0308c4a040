//! The respondent's answer: yes, no with a reason, or "I need help".

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::case::Head;
use super::case::act::{act, act_beside, open};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::paper::PaperKind;
use crate::domain::party::PartyRole;
use crate::web::faces::{self, OrganisationFace};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse};

const KINDS: [Kind; 4] = [
    Kind::AcceptInvitation,
    Kind::DeclineInvitation,
    Kind::AskForHelp,
    Kind::AskToMeet,
];

#[derive(Serialize)]
pub struct InvitationPage {
    pub head: Head,
    pub inviter: String,
    pub call: OrganisationFace,
    /// Whether the notice of rights and duties is there to be read first.
    pub rights: bool,
    pub may_ask_for_help: bool,
    pub may_ask_to_meet: bool,
}

impl Page for InvitationPage {
    const TEMPLATE: &'static str = "pages/invitation.html";

    fn samples() -> Vec<Self> {
        [true, false]
            .map(|may_ask_for_help| Self {
                head: Head::sample(),
                inviter: "安和".to_owned(),
                call: OrganisationFace::sample(),
                rights: may_ask_for_help,
                may_ask_for_help,
                may_ask_to_meet: !may_ask_for_help,
            })
            .into()
    }
}

#[derive(Serialize)]
pub struct DeclinePage {
    pub head: Head,
    pub form: Form,
}

impl Page for DeclinePage {
    const TEMPLATE: &'static str = "pages/invitation-decline.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank();
        wrong.read("reason", parse::text(1_000));
        [Form::blank(), wrong]
            .map(|form| Self {
                head: Head::sample(),
                form,
            })
            .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .form("/cases/{id}/invitation", Policy::Does(&KINDS), show, answer)
        .form(
            "/cases/{id}/invitation/decline",
            Policy::Does(&[Kind::DeclineInvitation]),
            show_decline,
            decline,
        )
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    let page = InvitationPage {
        head: Head::of(&web, &viewer, &open.case),
        inviter: inviter(&open.case),
        call: faces::organisation(&web, &viewer, open.case.organisation).await?,
        rights: open.case.latest_paper(PaperKind::RightsNotice).is_some(),
        may_ask_for_help: open.has(Kind::AskForHelp),
        may_ask_to_meet: open.has(Kind::AskToMeet),
    };
    viewer.show(&web, &page)
}

fn inviter(case: &Case) -> String {
    case.parties
        .iter()
        .find(|party| party.role == PartyRole::Claimant)
        .map_or_else(String::new, |party| party.name.as_str().to_owned())
}

async fn answer(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    form: Form,
) -> Result<Response, WebError> {
    let action = match form.value("do") {
        "accept" => Action::AcceptInvitation,
        "help" => Action::AskForHelp,
        "meet" => Action::AskToMeet,
        _ => return Err(WebError::BadRequest("no such answer".to_owned())),
    };
    act(&web, &viewer, id, action).await
}

async fn show_decline(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::DeclineInvitation]).await?;
    viewer.show(
        &web,
        &DeclinePage {
            head: Head::of(&web, &viewer, &open.case),
            form: Form::blank(),
        },
    )
}

async fn decline(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::DeclineInvitation]).await?;
    if let Some(reason) = form.read("reason", parse::text(1_000)) {
        let action = Action::DeclineInvitation { reason };
        if let Some(done) = act_beside(&web, &viewer, id, action, (&mut form, "reason")).await? {
            return Ok(done);
        }
    }
    viewer.show_again(
        &web,
        &DeclinePage {
            head: Head::of(&web, &viewer, &open.case),
            form,
        },
    )
}
