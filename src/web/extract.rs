//! Reading paths, queries and files from a request: what cannot be read is refused in our own words.

use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;

use super::WebError;

/// The variables of the path. A malformed one is an address that leads nowhere.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(WebError))]
pub struct Path<T>(pub T);

/// What stands behind the question mark.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(WebError))]
pub struct Query<T>(pub T);

/// The parts of a form with files in it.
#[derive(Debug)]
pub struct Multipart(axum::extract::Multipart);

impl Multipart {
    pub async fn next(&mut self) -> Result<Option<Field<'_>>, WebError> {
        Ok(self.0.next_field().await?)
    }
}

impl<S: Send + Sync> FromRequest<S> for Multipart {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        Ok(Self(
            axum::extract::Multipart::from_request(request, state).await?,
        ))
    }
}

impl From<PathRejection> for WebError {
    fn from(rejection: PathRejection) -> Self {
        if rejection.status().is_server_error() {
            Self::Internal(rejection.body_text())
        } else {
            Self::NotFound
        }
    }
}

impl From<QueryRejection> for WebError {
    fn from(rejection: QueryRejection) -> Self {
        unread(rejection.status(), rejection.body_text())
    }
}

impl From<MultipartRejection> for WebError {
    fn from(rejection: MultipartRejection) -> Self {
        unread(rejection.status(), rejection.body_text())
    }
}

impl From<MultipartError> for WebError {
    fn from(error: MultipartError) -> Self {
        unread(error.status(), error.body_text())
    }
}

impl From<BytesRejection> for WebError {
    fn from(rejection: BytesRejection) -> Self {
        unread(rejection.status(), rejection.body_text())
    }
}

fn unread(status: StatusCode, why: String) -> WebError {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        WebError::TooLarge(Vec::new())
    } else {
        WebError::BadRequest(why)
    }
}
