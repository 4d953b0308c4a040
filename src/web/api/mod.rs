//! The JSON interface: reading cases, their events and papers, with the same permissions as the pages.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};

pub(in crate::web) mod body;
pub(in crate::web) mod intake;
mod matter;

use super::pages::room::dial_in;
use super::pages::{dossier, papers};
use super::{Path, Policy, Query, Routes, Viewer, Web, WebError};
use crate::casework;
use crate::domain::ids::CaseId;
use crate::domain::offered::offered;
use crate::domain::permission::may_keep_file;
use crate::storage::lists::Key;
use body::{CaseBody, CaseLine, EventBody};

/// The description at `/api/openapi.json`.
#[derive(Debug, OpenApi)]
#[openapi(
    info(title = "heyi 和议", description = "Reading cases, events and papers: sign in on the pages; the session cookie is the key. A gateway of a telephone number: its secret is the key. Handing matters over: the token of an integrator is the key, and what becomes of them is told to its webhook by the Standard Webhooks scheme as matter.routed, matter.accepted, matter.settled, matter.ended."),
    paths(list, show, events, papers::read, dossier::data, intake::take, dial_in::take),
    components(schemas(body::Problem)),
    security(("session" = []))
)]
struct Description;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/openapi.json", Policy::Anyone, describe)
        .get("/api/{*rest}", Policy::Anyone, async || WebError::NotFound)
        .post(intake::HERE, Policy::Token, intake::take)
        .get("/api/v1/cases", Policy::SignedIn, list)
        .get("/api/v1/cases/{id}", Policy::Sees, show)
        .get("/api/v1/cases/{id}/events", Policy::Sees, events)
        .get(
            "/api/v1/cases/{id}/papers/{paper}",
            Policy::Sees,
            papers::read,
        )
        .get(
            "/api/v1/cases/{id}/dossier",
            Policy::Of(may_keep_file),
            dossier::data,
        )
}

/// The description with how one proves who one is, which depends on whether cookies are bound to TLS.
async fn describe(State(web): State<Web>) -> Json<utoipa::openapi::OpenApi> {
    use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};

    let mut description = Description::openapi();
    let cookie = if web.site.tls {
        "__Host-heyi-session"
    } else {
        "heyi-session"
    };
    let scheme = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(cookie)));
    let components = description.components.get_or_insert_default();
    components.add_security_scheme("session", scheme);
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.add_security_scheme("integrator", token.clone());
    components.add_security_scheme("gateway", token);
    Json(description)
}

#[derive(Deserialize, IntoParams)]
struct Paging {
    /// At most this many, 100 without it, 500 at most.
    limit: Option<u16>,
    /// The `key` of the last line of the page before.
    after: Option<String>,
}

/// The cases that you may see, newest change first.
#[utoipa::path(get, path = "/api/v1/cases", params(Paging), responses(
    (status = 200, body = Vec<CaseLine>),
    (status = 400, body = body::Problem, content_type = "application/problem+json"),
    (status = 401, body = body::Problem, content_type = "application/problem+json"),
))]
async fn list(
    State(web): State<Web>,
    viewer: Viewer,
    Query(paging): Query<Paging>,
) -> Result<Json<Vec<CaseLine>>, WebError> {
    let limit = paging.limit.unwrap_or(100).min(500).into();
    let read = |key: &str| {
        Key::parse(key).ok_or_else(|| WebError::BadRequest("no key of a line".to_owned()))
    };
    let after = paging.after.as_deref().map(read).transpose()?;
    let rows = casework::list(&web.desk, &viewer.actor, after, limit).await?;
    Ok(Json(rows.into_iter().map(CaseLine::from).collect()))
}

/// One case. A case that you may not see answers 404.
#[utoipa::path(get, path = "/api/v1/cases/{id}", params(("id" = uuid::Uuid, Path)), responses(
    (status = 200, body = CaseBody),
    (status = 401, body = body::Problem, content_type = "application/problem+json"),
    (status = 404, body = body::Problem, content_type = "application/problem+json"),
))]
async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Json<CaseBody>, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let offered = offered(&web.desk.rules, &case, &viewer.actor, web.desk.clock.now());
    Ok(Json(CaseBody::of(&case, &viewer.actor, &offered)))
}

/// What happened in a case, first event first, each with its link of the hash chain.
#[utoipa::path(get, path = "/api/v1/cases/{id}/events", params(("id" = uuid::Uuid, Path)), responses(
    (status = 200, body = Vec<EventBody>),
    (status = 401, body = body::Problem, content_type = "application/problem+json"),
    (status = 404, body = body::Problem, content_type = "application/problem+json"),
))]
async fn events(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Json<Vec<EventBody>>, WebError> {
    let entries = casework::history(&web.desk, &viewer.actor, id).await?;
    Ok(Json(entries.into_iter().map(EventBody::from).collect()))
}
