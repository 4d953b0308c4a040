//! What can be laid on the table of a call, for the page's script: what its reader is shown and can be looked at together.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::domain::evidence::{Audience, Media, Sort};
use crate::domain::ids::CaseId;
use crate::evidence::{self, Shown};
use crate::web::{Path, Viewer, Web, WebError, faces};

/// One file.
#[derive(Debug, Serialize)]
pub(in crate::web::pages) struct Thing {
    id: String,
    sort: &'static str,
    /// What it shows, or else how its giver called it.
    name: String,
    by: String,
    /// Given to the mediator alone.
    alone: bool,
}

pub(super) async fn list(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Json<Vec<Thing>>, WebError> {
    let case = crate::casework::load(&web.desk, &viewer.actor, id).await?;
    let all = evidence::all(&web.cabinet, &viewer.actor, id).await?;
    let names = faces::names(&web, all.iter().map(|piece| piece.by).collect()).await?;
    let thing = |shown: &Shown| {
        let by = faces::name_in(&web, &viewer, &case, &names, shown.by);
        Thing::of(shown, by)
    };
    let shown = all.iter().rev().filter(|shown| !shown.withdrawn);
    Ok(Json(shown.filter_map(thing).collect()))
}

impl Thing {
    /// None for what is only to be downloaded.
    pub(in crate::web::pages) fn of(shown: &Shown, by: String) -> Option<Self> {
        Some(Self {
            id: shown.id.to_string(),
            sort: looked_at(shown)?,
            name: called(shown),
            by,
            alone: shown.audience == Audience::Mediator,
        })
    }
}

/// How it is looked at in a call.
fn looked_at(shown: &Shown) -> Option<&'static str> {
    match shown.file.media {
        Media::Pdf => Some("paper"),
        media if media.sort() == Sort::File => None,
        media => Some(media.sort().name()),
    }
}

fn called(shown: &Shown) -> String {
    let called = if shown.note.is_empty() {
        &shown.file.name
    } else {
        &shown.note
    };
    called.clone()
}
