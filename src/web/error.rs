//! Every failure a request can have, and the one table of what each looks like.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::api::body::Problem;
use super::page::{Page, TemplatesError};
use crate::accounts::AccountsError;
use crate::casework::CaseworkError;
use crate::domain::lifecycle::OutOfOrder;
use crate::i18n::{Locale, Text, Texts};
use crate::storage::StorageError;

/// A failure on its way out. Handlers return it with `?`; the frame turns it into a page in the
/// reader's language, or into problem+json below `/api`.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Nothing there, or nothing this reader may know of: both look the same.
    #[error("not found")]
    NotFound,
    /// The page opens after signing in: who looks is led to the sign-in form, who sent something is told of it.
    #[error("sign-in needed")]
    SignInNeeded,
    /// What binds others is confirmed with the second factor.
    #[error("second factor needed")]
    SecondFactorNeeded,
    /// The reader may see the case but not do this, or not now.
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// Somebody changed the case since the page was shown.
    #[error("conflict: {0}")]
    Conflict(String),
    /// The reader may do this, but the case is not where it can be done.
    #[error("out of order: {0}")]
    OutOfOrder(OutOfOrder),
    /// A paper cannot show this character of a name.
    #[error("no glyph for {0:?}")]
    Glyph(char),
    /// A form without its token, or from another site.
    #[error("stale or foreign form")]
    StaleForm,
    #[error("bad request: {0}")]
    BadRequest(String),
    /// With what was written beside a file, to be copied from the answer.
    #[error("too large")]
    TooLarge(Vec<String>),
    /// Wait that long, in seconds.
    #[error("too many attempts")]
    TooMany { seconds: u32 },
    #[error("method not allowed")]
    Method,
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Ours to mend. The words go to the log, never to the reader.
    #[error("{0}")]
    Internal(String),
}

/// What a failure looks like from outside.
#[derive(Debug)]
pub struct Face {
    pub status: StatusCode,
    /// Stable name for programs.
    pub slug: &'static str,
    pub title: Text,
    pub more: Text,
}

/// Every failure has the texts `error-<slug>` and `error-<slug>-more`.
const TEXTS: &str = "error-";

impl WebError {
    /// Anything unexpected, with the whole chain of its causes.
    pub fn internal(error: &dyn std::error::Error) -> Self {
        let mut words = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            words = format!("{words}: {error}");
            cause = error.source();
        }
        Self::Internal(words)
    }

    /// The one mapping from failure to status, slug and text.
    pub fn face(&self) -> Face {
        let (status, slug) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::SignInNeeded => (StatusCode::UNAUTHORIZED, "sign-in"),
            Self::SecondFactorNeeded => (StatusCode::FORBIDDEN, "second-factor"),
            Self::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Self::OutOfOrder(_) => (StatusCode::CONFLICT, "out-of-order"),
            Self::Glyph(_) => (StatusCode::CONFLICT, "glyph"),
            Self::StaleForm => (StatusCode::FORBIDDEN, "stale-form"),
            Self::BadRequest(_) => (StatusCode::BAD_REQUEST, "bad-request"),
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "method"),
            Self::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        let more = Text::key(format!("{TEXTS}{slug}-more"));
        let more = match self {
            Self::TooMany { seconds } => more.with("minutes", seconds.div_ceil(60)),
            Self::OutOfOrder(why) => Text::key(why.key()),
            Self::Glyph(character) => more.with("character", character.to_string()),
            _ => more,
        };
        let title = Text::key(format!("{TEXTS}{slug}"));
        Face {
            status,
            slug,
            title,
            more,
        }
    }

    /// Writes the failure to the log, once, with the reference the reader sees.
    pub(super) fn log(&self, reference: &str, path: &str) {
        let path = without_token(path);
        match self {
            Self::Internal(what) => tracing::error!(reference, path, what, "a request failed"),
            Self::Unavailable(what) => {
                tracing::warn!(reference, path, what, "a request was turned away");
            }
            other => tracing::info!(
                reference,
                path,
                slug = other.face().slug,
                "a request was refused"
            ),
        }
    }

    /// RFC 9457, for programs.
    pub(super) fn problem(&self, texts: &Texts, locale: Locale, reference: &str) -> Response {
        let face = self.face();
        let problem = Problem {
            r#type: format!("urn:heyi:problem:{}", face.slug),
            title: texts.say(locale, &face.title),
            status: face.status.as_u16(),
            detail: texts.say(locale, &face.more),
            reference: reference.to_owned(),
        };
        let mut response = (face.status, axum::Json(problem)).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        response
    }
}

impl IntoResponse for WebError {
    /// An empty answer that carries the failure to the frame, which knows language and reference.
    fn into_response(self) -> Response {
        let mut response = self.face().status.into_response();
        if let Self::TooMany { seconds } = &self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

impl From<CaseworkError> for WebError {
    fn from(error: CaseworkError) -> Self {
        match error {
            CaseworkError::NotFound => Self::NotFound,
            CaseworkError::Forbidden => Self::Forbidden(error.to_string()),
            CaseworkError::OutOfOrder(OutOfOrder::Stale) | CaseworkError::Conflict => {
                Self::Conflict(error.to_string())
            }
            CaseworkError::Taken(_) => Self::Conflict(error.to_string()),
            CaseworkError::OutOfOrder(why) => Self::OutOfOrder(why),
            CaseworkError::Storage(error) => error.into(),
        }
    }
}

impl From<AccountsError> for WebError {
    fn from(error: AccountsError) -> Self {
        match error {
            AccountsError::TooMany { seconds } => Self::TooMany { seconds },
            AccountsError::Storage(error) => error.into(),
            AccountsError::Taken => Self::Conflict(error.to_string()),
            other => Self::internal(&other),
        }
    }
}

impl From<StorageError> for WebError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::NotFound => Self::NotFound,
            StorageError::Conflict => Self::Conflict(error.to_string()),
            StorageError::Busy(_) => Self::Unavailable(error.to_string()),
            other => Self::internal(&other),
        }
    }
}

impl From<TemplatesError> for WebError {
    fn from(error: TemplatesError) -> Self {
        Self::internal(&error)
    }
}

/// The page of a failure.
#[derive(Serialize)]
pub struct ErrorPage {
    pub title: Text,
    pub more: Text,
    pub reference: String,
    /// The page of the case, where what has changed can be read.
    pub case: Option<String>,
    /// The form to sign in at, where that was missing.
    pub sign_in: Option<String>,
    /// What the reader wrote into a form that came too late: theirs to keep.
    pub typed: Vec<String>,
}

impl ErrorPage {
    pub(super) fn of(error: &WebError, reference: &str, path: &str) -> Self {
        let face = error.face();
        let about_case = matches!(
            error,
            WebError::Conflict(_)
                | WebError::OutOfOrder(_)
                | WebError::Glyph(_)
                | WebError::Forbidden(_)
        );
        Self {
            title: face.title,
            more: face.more,
            reference: reference.to_owned(),
            case: case_of(path).filter(|_| about_case),
            sign_in: None,
            typed: Vec::new(),
        }
    }
}

/// The path as logs may hold it: what stands behind `/i/` opens a party's page.
fn without_token(path: &str) -> &str {
    ["/i/", "/v/"]
        .into_iter()
        .find(|prefix| path.starts_with(prefix))
        .unwrap_or(path)
}

/// `/cases/{id}` from an address below it.
fn case_of(path: &str) -> Option<String> {
    let id = path.strip_prefix("/cases/")?.split('/').next()?;
    Some(format!("/cases/{id}"))
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "pages/error.html";

    fn samples() -> Vec<Self> {
        let of = |error: &WebError| Self::of(error, "K7Q2-M9XD", "/cases/1/end");
        let signed_out = Self {
            sign_in: Some("/sign-in?next=%2Fcases%2F1%2Fend".to_owned()),
            ..of(&WebError::SignInNeeded)
        };
        let late = Self {
            typed: vec!["我们已经私下说好了。".to_owned()],
            ..of(&WebError::OutOfOrder(OutOfOrder::WrongState))
        };
        let every = every_failure();
        every.iter().map(of).chain([signed_out, late]).collect()
    }
}

/// One of each, for samples and tests.
fn every_failure() -> Vec<WebError> {
    let what = String::new;
    vec![
        WebError::NotFound,
        WebError::SignInNeeded,
        WebError::SecondFactorNeeded,
        WebError::Forbidden(what()),
        WebError::Conflict(what()),
        WebError::OutOfOrder(OutOfOrder::WrongState),
        WebError::Glyph('😀'),
        WebError::StaleForm,
        WebError::BadRequest(what()),
        WebError::TooLarge(Vec::new()),
        WebError::TooMany { seconds: 61 },
        WebError::Method,
        WebError::Unavailable(what()),
        WebError::Internal(what()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partys_link_stays_out_of_the_log() {
        assert_eq!(without_token("/i/secret-of-22-letters"), "/i/");
        assert_eq!(without_token("/i/secret/code"), "/i/");
        assert_eq!(without_token("/cases/1/sign"), "/cases/1/sign");
    }

    #[test]
    fn failures_have_slugs_of_their_own() {
        let mut slugs: Vec<_> = every_failure()
            .iter()
            .map(|error| error.face().slug)
            .collect();
        slugs.sort_unstable();
        let count = slugs.len();
        slugs.dedup();
        assert_eq!(slugs.len(), count);
    }

    #[test]
    fn what_went_wrong_inside_is_not_told_outside() {
        let error = WebError::Internal("password in the log line".to_owned());
        let page = serde_json::to_string(&ErrorPage::of(&error, "R", "/")).unwrap();
        assert!(!page.contains("password"));
    }
}
