//! The dossier of a case for its keepers and for each party, as PDF and as data; and its current paper, to print.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use super::papers::pdf;
use super::refusals::out_of_order;
use crate::casework;
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::permission::may_keep_file;
use crate::paperwork::{Current, Dossier, Outgoing};
use crate::web::api::body::Problem;
use crate::web::{Path, Policy, Routes, Viewer, Web, WebError, see_other};

pub(in crate::web) fn routes() -> Routes {
    let keeps = Policy::Of(may_keep_file);
    Routes::new()
        .get("/cases/{id}/dossier/pdf", keeps, file)
        .get("/cases/{id}/dossier/json", keeps, data)
        .get("/cases/{id}/dossier/zip", keeps, bundle)
        .get("/cases/{id}/print", keeps, print)
}

async fn find(web: &Web, viewer: &Viewer, id: CaseId) -> Result<Case, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if may_keep_file(&viewer.actor, &case) {
        Ok(case)
    } else {
        Err(WebError::NotFound)
    }
}

async fn file(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = find(&web, &viewer, id).await?;
    let bytes = web.chancery.dossier_file(&viewer.actor, &case).await?;
    pdf(&format!("dossier-{}", case.id), bytes)
}

async fn bundle(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = find(&web, &viewer, id).await?;
    let outgoing = web.chancery.dossier_bundle(&viewer.actor, &case)?;
    zip(&format!("dossier-{}", case.id), outgoing)
}

/// A ZIP as it is made.
pub(super) fn zip(name: &str, outgoing: Outgoing) -> Result<Response, WebError> {
    let name = format!("attachment; filename=\"{name}.zip\"");
    let name = HeaderValue::from_str(&name).map_err(|error| WebError::internal(&error))?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/zip"),
        ),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, Body::from_stream(outgoing)).into_response())
}

/// The dossier as data, `heyi-dossier/1`, in the version of whoever asks: of the staff who keep the file, or a party's own.
#[utoipa::path(get, path = "/api/v1/cases/{id}/dossier",
    params(("id" = uuid::Uuid, Path)), responses(
    (status = 200, body = Dossier),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn data(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = find(&web, &viewer, id).await?;
    let dossier = web.chancery.dossier(&viewer.actor, &case).await?;
    Ok(Json(dossier).into_response())
}

async fn print(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = find(&web, &viewer, id).await?;
    match web.chancery.current_paper(&viewer.actor, &case).await? {
        Some(Current::Kept(paper)) => Ok(see_other(&format!("/cases/{id}/papers/{paper}"))),
        Some(Current::Draft(bytes)) => pdf(&format!("draft-{}", case.id), bytes),
        None => Err(out_of_order(OutOfOrder::WrongState)),
    }
}
