//! The papers of a case as files, for those who may see the case.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::refusals::out_of_order;
use crate::audit;
use crate::casework;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, DocumentId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::paper::Paper;
use crate::domain::permission::{may_read_evidence, may_read_paper};
use crate::web::api::body::Problem;
use crate::web::{Path, Policy, Query, Routes, Viewer, Web, WebError};

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/papers/{paper}", Policy::Sees, read)
        .get(
            "/cases/{id}/papers/{paper}/evidence",
            Policy::Sees,
            evidence,
        )
}

/// How a paper is wanted.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Wanted {
    /// `large` for a copy to read, in large print and without signatures.
    print: Option<String>,
    /// `inclusion` for the way from the file up to an hourly anchor, instead of the file.
    proof: Option<String>,
}

/// A paper of a case as PDF, as it stands now.
#[utoipa::path(get, path = "/api/v1/cases/{id}/papers/{paper}",
    params(("id" = uuid::Uuid, Path), ("paper" = uuid::Uuid, Path)), responses(
    (status = 200, content_type = "application/pdf", body = Vec<u8>),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn read(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, paper)): Path<(CaseId, DocumentId)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let paper = case.paper(paper);
    let paper = paper.filter(|paper| may_read_paper(&viewer.actor, &case, paper));
    let paper = paper.ok_or(WebError::NotFound)?;
    if wanted.proof.as_deref() == Some("inclusion") {
        return inclusion(&web, &case, paper).await;
    }
    let name = format!("{}-{}", paper.kind.name(), paper.verify_id);
    if wanted.print.as_deref() == Some("large") {
        // An older paper carries no data, and is there as it is alone.
        if let Some(copy) = web.chancery.large_copy(&case, paper).await? {
            return pdf(&format!("{name}-large"), copy);
        }
    }
    let bytes = web
        .files
        .get(&paper.hash)
        .await
        .map_err(|error| WebError::internal(&error))?;
    pdf(&name, bytes)
}

/// All that shows elsewhere that the file is under an anchor; nothing before the first that was made after it.
async fn inclusion(web: &Web, case: &Case, paper: &Paper) -> Result<Response, WebError> {
    let signings = casework::signings(&web.desk, case.id).await?;
    let mut acts = signings.acts.iter();
    let act = acts.find(|act| act.made == paper.hash);
    let since = act.map_or(paper.made_at, |act| act.at);
    let (store, of) = (&web.desk.store, (case.id, &paper.hash));
    let shown = audit::prove((store, &web.files), of, since).await;
    let shown = shown.map_err(|error| WebError::internal(&error))?;
    let shown = shown.ok_or_else(|| out_of_order(OutOfOrder::NotDue))?;
    let name = format!(
        "attachment; filename=\"inclusion-{}.json\"",
        paper.verify_id
    );
    let name = HeaderValue::from_str(&name).map_err(|error| WebError::internal(&error))?;
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(shown)).into_response())
}

/// The report on how a paper was signed.
async fn evidence(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, paper)): Path<(CaseId, DocumentId)>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let paper = case.paper(paper);
    let paper = paper.filter(|paper| may_read_evidence(&viewer.actor, &case, paper));
    let paper = paper.ok_or(WebError::NotFound)?;
    let report = web.chancery.evidence_report(&case, paper).await?;
    pdf(&format!("evidence-{}", paper.verify_id), report)
}

/// A file that browsers show.
pub(super) fn pdf(name: &str, bytes: impl Into<Body>) -> Result<Response, WebError> {
    let name = format!("inline; filename=\"{name}.pdf\"");
    let name = HeaderValue::from_str(&name).map_err(|error| WebError::internal(&error))?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/pdf"),
        ),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes.into()).into_response())
}
