//! The mediator's notes of what each side said alone. Only the mediator who wrote them reads them.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use crate::casework;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::permission::may_keep_caucus_notes;
use crate::i18n::Text;
use crate::web::form::Choice;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

#[derive(Serialize)]
pub struct CaucusPage {
    pub case: CaseId,
    pub number: String,
    pub parties: Vec<Choice>,
    pub notes: Vec<NoteFace>,
    pub form: Form,
}

/// One note as its author sees it.
#[derive(Serialize)]
pub struct NoteFace {
    pub with: String,
    pub text: String,
    pub at: Timestamp,
}

fn side(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
    }
}

impl Page for CaucusPage {
    const TEMPLATE: &'static str = "pages/caucus.html";

    fn samples() -> Vec<Self> {
        let page = |notes, form| Self {
            case: CaseId(uuid::Uuid::nil()),
            number: "和调〔2026〕000001号".to_owned(),
            parties: vec![side("1", "安和"), side("2", "康宁")],
            notes,
            form,
        };
        let mut empty = Form::blank();
        empty.choose("with", |_| Some(()));
        let note = NoteFace {
            with: "安和".to_owned(),
            text: "愿意先停一周。".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        vec![page(Vec::new(), empty), page(vec![note], Form::blank())]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(
        "/cases/{id}/caucus",
        Policy::Of(may_keep_caucus_notes),
        show,
        write,
    )
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let page = page(&web, &viewer, id, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn write(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let with = form.read("with", |id| {
        id.parse::<PartyId>()
            .map_err(|_error| Text::key("form-choose"))
    });
    let text = form.read("text", parse::text(5_000));
    let (Some(with), Some(text)) = (with, text) else {
        let page = page(&web, &viewer, id, form).await?;
        return viewer.show_again(&web, &page);
    };
    casework::note_caucus(&web.desk, &viewer.actor, id, with, text).await?;
    Ok(see_other(&format!("/cases/{id}/caucus")))
}

/// To everybody but the case's mediator this page does not exist.
async fn page(web: &Web, viewer: &Viewer, id: CaseId, form: Form) -> Result<CaucusPage, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_keep_caucus_notes(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let notes = casework::caucus_notes(&web.desk, &viewer.actor, id).await?;
    let name = |case: &Case, party| {
        case.party(party)
            .map(|party| party.name.as_str().to_owned())
            .unwrap_or_default()
    };
    Ok(CaucusPage {
        case: id,
        number: case.number.clone(),
        parties: case
            .parties
            .iter()
            .map(|party| side(&party.id.to_string(), party.name.as_str()))
            .collect(),
        notes: notes
            .into_iter()
            .map(|note| NoteFace {
                with: name(&case, note.with),
                text: note.text.for_the_mediator().to_owned(),
                at: note.at,
            })
            .collect(),
        form,
    })
}
