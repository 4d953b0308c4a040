//! What whoever was asked to join a case reads of it and answers, and where those who only hear find their sessions.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::super::case::Head;
use super::super::case::view::{self, SessionFace};
use super::{asked_as, sees_text};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::ids::CaseId;
use crate::i18n::Text;
use crate::web::{Form, Page, Path, Viewer, Web, WebError, see_other};

/// What somebody reads who was asked to come.
#[derive(Serialize)]
pub struct JoiningPage {
    pub number: String,
    pub dispute: String,
    pub parties: Vec<String>,
    pub capacity: Text,
    pub sees: Text,
    /// Said yes; the parties have not all agreed yet.
    pub waits: bool,
    /// May come, and reads here when: whoever watches and hears sees no other page of the case.
    pub there: bool,
    pub sessions: Vec<SessionFace>,
}

impl Page for JoiningPage {
    const TEMPLATE: &'static str = "pages/joining.html";

    fn samples() -> Vec<Self> {
        [(false, false), (true, false), (false, true)]
            .map(|(waits, there)| Self {
                number: "和调〔2026〕000001号".to_owned(),
                dispute: "噪音扰民".to_owned(),
                parties: vec!["安和".to_owned(), "康宁".to_owned()],
                capacity: Text::key("team-capacity-kin"),
                sees: Text::key("team-sees-kin"),
                waits,
                there,
                sessions: if there {
                    vec![SessionFace::sample(true)]
                } else {
                    Vec::new()
                },
            })
            .into()
    }
}

pub(super) async fn show_joining(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::invitation(&web.desk, &viewer.actor, id).await?;
    let person = viewer.person()?;
    let asked = case.asked.iter().find(|it| it.person == person);
    let mut team = case.team.iter().filter(|it| it.person == person);
    let seated = team.find(|it| it.capacity.only_hears());
    let capacity = asked.map(|it| it.capacity);
    let capacity = capacity.or(seated.map(|it| it.capacity));
    let capacity = capacity.ok_or(WebError::NotFound)?;
    let sessions = view::sessions(&case, &viewer.actor);
    let head = Head::of(&web, &viewer, &case);
    let page = JoiningPage {
        number: head.number,
        dispute: head.dispute,
        parties: case
            .parties
            .iter()
            .map(|it| it.name.as_str().to_owned())
            .collect(),
        capacity: asked_as(&case, capacity),
        sees: sees_text(capacity),
        waits: asked.is_some_and(|it| it.accepted),
        there: asked.is_none(),
        sessions: if asked.is_none() {
            sessions
        } else {
            Vec::new()
        },
    };
    viewer.show(&web, &page)
}

pub(super) async fn answer(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    form: Form,
) -> Result<Response, WebError> {
    casework::invitation(&web.desk, &viewer.actor, id).await?;
    if form.value("do") == "no" {
        casework::perform(&web.desk, &viewer.actor, id, Action::LeaveTeam).await?;
        return Ok(see_other("/cases"));
    }
    let case = casework::perform(&web.desk, &viewer.actor, id, Action::JoinTeam).await?;
    let below = if case.may_see(&viewer.actor) {
        ""
    } else {
        "/joining"
    };
    Ok(see_other(&format!("/cases/{id}{below}")))
}
