//! Files in parts, for the script of the page: announced, sent on from where the last part ended, asked after.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::{about, words};
use crate::casework::CaseworkError;
use crate::domain::ids::{CaseId, UploadId};
use crate::evidence::{self, EvidenceError, Progress};
use crate::i18n::Text;
use crate::web::{Form, Path, Viewer, Web, WebError};

/// The header that says at which byte a part begins.
const OFFSET: &str = "upload-offset";

pub(super) async fn begin(
    State(web): State<Web>,
    viewer: Viewer,
    Path(case): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let size = form.read("size", |text| {
        text.parse::<u64>()
            .map_err(|_error| Text::key("form-required"))
    });
    let name = form.value("name").to_owned();
    let (Some(about), Some(size)) = (about(&mut form, &name), size) else {
        return Ok(refused(&web, &viewer, form.first_error()));
    };
    match evidence::begin(&web.cabinet, &viewer.actor, case, about, size).await {
        Ok(upload) => {
            let body = json!({ "id": upload.id, "received": 0 });
            Ok((StatusCode::CREATED, Json(body)).into_response())
        }
        Err(error) => answer(&web, &viewer, error),
    }
}

pub(super) async fn state(
    State(web): State<Web>,
    viewer: Viewer,
    Path((case, id)): Path<(CaseId, UploadId)>,
) -> Result<Response, WebError> {
    let all = evidence::on_their_way(&web.cabinet, &viewer.actor, case).await?;
    let upload = all.into_iter().find(|upload| upload.id == id);
    let received = upload.ok_or(WebError::NotFound)?.received;
    Ok(Json(json!({ "received": received })).into_response())
}

pub(super) async fn go_on(
    State(web): State<Web>,
    viewer: Viewer,
    Path((case, id)): Path<(CaseId, UploadId)>,
    headers: HeaderMap,
    part: Bytes,
) -> Result<Response, WebError> {
    let from = headers.get(OFFSET).and_then(|value| value.to_str().ok());
    let from = from.and_then(|text| text.parse().ok());
    let from = from.ok_or_else(|| WebError::BadRequest(format!("no {OFFSET}")))?;
    match evidence::go_on(&web.cabinet, &viewer.actor, case, (id, from), part).await {
        Ok(Progress::Received(received)) => {
            Ok(Json(json!({ "received": received })).into_response())
        }
        Ok(Progress::Kept) => Ok(Json(json!({ "kept": true })).into_response()),
        Err(EvidenceError::Offset { received }) => {
            let body = json!({ "received": received });
            Ok((StatusCode::CONFLICT, Json(body)).into_response())
        }
        Err(error) => answer(&web, &viewer, error),
    }
}

fn answer(web: &Web, viewer: &Viewer, error: EvidenceError) -> Result<Response, WebError> {
    match error {
        EvidenceError::Refused(refusal) => Ok(refused(web, viewer, Some(words(refusal)))),
        EvidenceError::Casework(CaseworkError::OutOfOrder(why)) => {
            Ok(refused(web, viewer, Some(Text::key(why.key()))))
        }
        error => Err(error.into()),
    }
}

/// Words for the person, beside the file.
fn refused(web: &Web, viewer: &Viewer, text: Option<Text>) -> Response {
    let text = text.unwrap_or_else(|| Text::key("form-choose"));
    let body = json!({ "error": web.texts.say(viewer.locale, &text) });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}
