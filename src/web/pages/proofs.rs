//! Files that people handed in, for those who may open them.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::casework;
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::domain::permission::may_open;
use crate::web::{Path, Policy, Routes, Viewer, Web, WebError};

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get("/cases/{id}/proofs/{hash}", Policy::Sees, proof)
}

/// A file that the case names; no other can be asked for by its hash.
async fn proof(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, hash)): Path<(CaseId, ContentHash)>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_open(&viewer.actor, &case, &hash) {
        return Err(WebError::NotFound);
    }
    let bytes = web
        .chancery
        .files
        .get(&hash)
        .await
        .map_err(|error| WebError::internal(&error))?;
    let (kind, ending) = super::upload::kind(&bytes)
        .or_else(|| super::upload::sound(&bytes))
        .unwrap_or(("application/octet-stream", "bin"));
    let name = format!("proof-{}.{ending}", &hash.as_str()[..8]);
    Ok(file(bytes, kind, &name))
}

/// A download: never shown inside our pages, and kept by no cache on the way.
fn file(bytes: bytes::Bytes, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
