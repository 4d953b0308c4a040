//! A mediator's private notes on a case.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::case::Head;
use crate::casework;
use crate::domain::ids::CaseId;
use crate::domain::permission::may_keep_caucus_notes;
use crate::web::{
    Form, Page, Path, Policy, Routes, Viewer, Web, WebError, faces, parse, see_other,
};

#[derive(Serialize)]
pub struct NotesPage {
    pub head: Head,
    pub notes: Vec<NoteFace>,
    pub form: Form,
}

#[derive(Serialize)]
pub struct NoteFace {
    pub by: String,
    pub text: String,
    pub at: Timestamp,
}

impl Page for NotesPage {
    const TEMPLATE: &'static str = "pages/notes.html";

    fn samples() -> Vec<Self> {
        let page = |notes, form| Self {
            head: Head::sample(),
            notes,
            form,
        };
        let mut empty = Form::blank();
        empty.read("text", parse::text(5_000));
        let note = NoteFace {
            by: "陈明".to_owned(),
            text: "下次先问孩子几点睡。".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        vec![page(Vec::new(), empty), page(vec![note], Form::blank())]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(
        "/cases/{id}/notes",
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
    let Some(text) = form.read("text", parse::text(5_000)) else {
        let page = page(&web, &viewer, id, form).await?;
        return viewer.show_again(&web, &page);
    };
    casework::note_privately(&web.desk, &viewer.actor, id, text).await?;
    Ok(see_other(&format!("/cases/{id}/notes")))
}

/// To everybody but whoever mediates the case this page does not exist.
async fn page(web: &Web, viewer: &Viewer, id: CaseId, form: Form) -> Result<NotesPage, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_keep_caucus_notes(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let notes = casework::private_notes(&web.desk, &viewer.actor, id).await?;
    let names = faces::names(web, notes.iter().map(|note| note.author).collect()).await?;
    let face = |note: &crate::domain::note::PrivateNote| NoteFace {
        by: names.get(&note.author).cloned().unwrap_or_default(),
        text: note.text.for_the_mediator().to_owned(),
        at: note.at,
    };
    Ok(NotesPage {
        head: Head::of(web, viewer, &case),
        notes: notes.iter().rev().map(face).collect(),
        form,
    })
}
