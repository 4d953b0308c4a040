//! `POST /api/v1/intake`: another body hands over a matter. The token is the key to it, not a session; the same key of
//! idempotency with the same body gets the same answer and makes one case.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::matter::{FieldProblem, Matter};
use crate::accounts::integrators;
use crate::casework::{self, CaseworkError};
use crate::domain::hash::ContentHash;
use crate::domain::integrator::Integrator;
use crate::storage::integrators as rows;
use crate::storage::write_tx;
use crate::web::{Viewer, Web, WebError};

/// Where matters are handed over; the only address that changes something and asks for no form's token.
pub(in crate::web) const HERE: &str = "/api/v1/intake";

/// Keys are known for so long, which is more than the day that is promised.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
const LONGEST_KEY: usize = 200;

/// What is answered to a matter that was taken in.
#[derive(Serialize, Deserialize, ToSchema)]
pub(super) struct Taken {
    case: Uuid,
    /// 和调〔2026〕000128号
    number: String,
    /// Such as `mediate.received`.
    stage: String,
    /// The committee that has it.
    organisation: Uuid,
}

/// RFC 9457, with the fields that are wrong.
#[derive(Serialize, ToSchema)]
pub(super) struct IntakeProblem {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// What to tell us on the phone.
    reference: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldProblem>,
}

/// Why a matter is not taken in.
enum Refusal {
    Token,
    Key,
    Json(String),
    Fields(Vec<FieldProblem>),
    OtherBody,
}

impl Refusal {
    fn answer(self, reference: &str) -> Response {
        let (status, slug, title, detail) = match &self {
            Self::Token => (
                StatusCode::UNAUTHORIZED,
                "token",
                "No such token",
                "Send Authorization: Bearer with a token that is in force.".to_owned(),
            ),
            Self::Key => (
                StatusCode::BAD_REQUEST,
                "idempotency-key",
                "No key",
                format!(
                    "Send Idempotency-Key with 1 to {LONGEST_KEY} characters, one for each matter."
                ),
            ),
            Self::Json(why) => (
                StatusCode::BAD_REQUEST,
                "json",
                "Not the JSON that is wanted",
                why.clone(),
            ),
            Self::Fields(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "fields",
                "Some fields are wrong",
                "Nothing was taken in; see fields.".to_owned(),
            ),
            Self::OtherBody => (
                StatusCode::CONFLICT,
                "key-used",
                "The key was used for another matter",
                "Each matter has a key of its own; the first one stands.".to_owned(),
            ),
        };
        let fields = if let Self::Fields(fields) = self {
            fields
        } else {
            Vec::new()
        };
        let problem = IntakeProblem {
            r#type: format!("urn:heyi:problem:{slug}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail,
            reference: reference.to_owned(),
            fields,
        };
        json(status, &problem, "application/problem+json")
    }
}

fn json(status: StatusCode, body: &impl Serialize, kind: &'static str) -> Response {
    let mut response = (status, Json(body)).into_response();
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Hands over a matter for mediation, with the consent of the person concerned.
#[utoipa::path(post, path = "/api/v1/intake", request_body = Matter,
    params(("Idempotency-Key" = String, Header, description = "One for each matter, 200 characters at most; known for a week.")),
    security(("integrator" = [])),
    responses(
        (status = 201, body = Taken),
        (status = 400, body = IntakeProblem, content_type = "application/problem+json"),
        (status = 401, body = IntakeProblem, content_type = "application/problem+json"),
        (status = 409, body = IntakeProblem, content_type = "application/problem+json"),
        (status = 422, body = IntakeProblem, content_type = "application/problem+json"),
))]
pub(super) async fn take(
    State(web): State<Web>,
    viewer: Viewer,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, WebError> {
    match read(&web, &headers, &body).await? {
        Ok((integrator, key, matter)) => {
            let answer = open(&web, &integrator, &key, &body, matter).await?;
            Ok(answer.unwrap_or_else(|refusal| refusal.answer(&viewer.reference)))
        }
        Err(refusal) => Ok(refusal.answer(&viewer.reference)),
    }
}

async fn read(
    web: &Web,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Result<(Integrator, String, Matter), Refusal>, WebError> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let token = text("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let Some(token) = token else {
        return Ok(Err(Refusal::Token));
    };
    let Some(integrator) = integrators::find(&web.accounts, token).await? else {
        return Ok(Err(Refusal::Token));
    };
    let key = text("idempotency-key").filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
    let Some(key) = key else {
        return Ok(Err(Refusal::Key));
    };
    Ok(match serde_json::from_slice(body) {
        Ok(matter) => Ok((integrator, key.to_owned(), matter)),
        Err(error) => Err(Refusal::Json(error.to_string())),
    })
}

/// Opens the case under its key, or gives what was answered before.
async fn open(
    web: &Web,
    integrator: &Integrator,
    key: &str,
    body: &Bytes,
    matter: Matter,
) -> Result<Result<Response, Refusal>, WebError> {
    let new = match matter.into_case(web, integrator).await? {
        Ok(new) => new,
        Err(fields) => return Ok(Err(Refusal::Fields(fields))),
    };
    let (now, id) = (web.desk.clock.now(), integrator.id);
    let hash = ContentHash::of(body).to_string();
    let answer: Result<Option<String>, CaseworkError> = write_tx!(web.desk.store, |tx| {
        rows::forget_keys(tx, id, now - KEPT).await?;
        if let Some(kept) = rows::take_key(tx, id, key, &hash, now).await? {
            return Ok((kept.body_hash == hash).then_some(kept.answer));
        }
        let case = Box::pin(casework::open_in(&web.desk, tx, new.clone())).await?;
        let taken = Taken {
            case: case.id.0,
            number: case.number.clone(),
            stage: case.stage.name().to_owned(),
            organisation: case.organisation.0,
        };
        let answer = crate::storage::to_json("answer", &taken)?;
        rows::keep_answer(tx, id, key, &answer).await?;
        Ok(Some(answer))
    });
    let Some(answer) = answer? else {
        return Ok(Err(Refusal::OtherBody));
    };
    let taken: Taken = serde_json::from_str(&answer).map_err(|error| WebError::internal(&error))?;
    Ok(Ok(json(StatusCode::CREATED, &taken, "application/json")))
}
