//! What is laid on the table of a call, for the screen of a room: files for everybody in its case, each by its id, which the
//! room tells the screen when it is shown there. There is no list of them.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

use super::own;
use crate::domain::ids::EvidenceId;
use crate::evidence::{self, Shown};
use crate::storage::cases;
use crate::web::pages::evidence::files::{Asked, picture_of, play_of};
use crate::web::pages::evidence::table::Thing;
use crate::web::{Path, Policy, Query, Routes, Viewer, Web, WebError, faces};

pub(super) fn routes() -> Routes {
    let screen = Policy::Anyone;
    Routes::new()
        .get("/screen/room/evidence/table", screen, thing)
        .get("/screen/room/evidence/{evidence}/picture", screen, picture)
        .get("/screen/room/evidence/{evidence}/play", screen, play)
}

/// Which file.
#[derive(Deserialize)]
struct Which {
    of: EvidenceId,
}

async fn thing(
    State(web): State<Web>,
    viewer: Viewer,
    Query(Which { of }): Query<Which>,
) -> Result<Json<Vec<Thing>>, WebError> {
    let shown = shown(&web, &viewer, of).await?;
    let (case, _) = own(&web, &viewer).await?.ok_or(WebError::NotFound)?;
    let mut read = web.desk.store.read().await?;
    let case = cases::load(&mut read, case).await?;
    let case = case.ok_or(WebError::NotFound)?;
    let names = faces::names(&web, [shown.by].into()).await?;
    let by = faces::name_in(&web, &viewer, &case, &names, shown.by);
    Ok(Json(Thing::of(&shown, by).into_iter().collect()))
}

async fn picture(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<EvidenceId>,
    Query(Asked { page }): Query<Asked>,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let shown = shown(&web, &viewer, id).await?;
    picture_of(&web, &shown, page, &asked).await
}

async fn play(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<EvidenceId>,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    play_of(&web, &shown(&web, &viewer, id).await?, &asked).await
}

async fn shown(web: &Web, viewer: &Viewer, id: EvidenceId) -> Result<Shown, WebError> {
    let (case, _) = own(web, viewer).await?.ok_or(WebError::NotFound)?;
    Ok(evidence::for_all(&web.cabinet, case, id).await?)
}
