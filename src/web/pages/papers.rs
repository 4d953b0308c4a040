//! The papers of a case as files, for those who may see the case.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::casework;
use crate::domain::ids::{CaseId, DocumentId};
use crate::domain::paper::PaperKind;
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
    /// `large` for a copy of the agreement to read, in large print and without signatures.
    print: Option<String>,
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
    let name = format!("{}-{}", paper.kind.name(), paper.verify_id);
    if wanted.print.as_deref() == Some("large") {
        if paper.kind != PaperKind::Agreement {
            return Err(WebError::NotFound);
        }
        return pdf(
            &format!("{name}-large"),
            web.chancery.large_agreement(&case).await?,
        );
    }
    let bytes = web
        .files
        .get(&paper.hash)
        .await
        .map_err(|error| WebError::internal(&error))?;
    pdf(&name, bytes)
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
