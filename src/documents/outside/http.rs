//! Asking somebody over HTTP, with a bound on time and size.

use std::time::Duration;

use reqwest::{Client, RequestBuilder};
use tokio::runtime::{Builder, Handle, RuntimeFlavor};

use crate::config::Secret;

/// No answer of these services is longer.
const LONGEST: usize = 1024 * 1024;

pub(super) struct Asked<'a> {
    pub(super) url: &'a str,
    pub(super) media_type: &'a str,
    pub(super) token: Option<&'a Secret>,
    /// The same at every try of the same thing.
    pub(super) idempotency_key: Option<&'a str>,
    pub(super) body: Vec<u8>,
    pub(super) patience: Duration,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Silence {
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    #[error("it answered {0}")]
    Status(u16),
    #[error("its answer is too long")]
    TooLong,
}

impl From<reqwest::Error> for Silence {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut told = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            told = format!("{told}: {inner}");
            cause = inner.source();
        }
        Self::Unreachable(told)
    }
}

/// What lies behind an address.
pub(super) fn get(url: &str, patience: Duration) -> Result<Vec<u8>, Silence> {
    waiting(|client| client.get(url), patience)
}

/// The body of the answer to a question.
pub(super) fn post(asked: Asked<'_>) -> Result<Vec<u8>, Silence> {
    let Asked {
        url,
        media_type,
        token,
        idempotency_key,
        body,
        patience,
    } = asked;
    let question = |client: &Client| {
        let mut request = client
            .post(url)
            .header("content-type", media_type)
            .body(body);
        if let Some(token) = token {
            request = request.bearer_auth(token.reveal());
        }
        match idempotency_key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        }
    };
    waiting(question, patience)
}

/// Whoever signs waits for it; the other work of the server does not.
fn waiting(
    question: impl FnOnce(&Client) -> RequestBuilder + Send,
    patience: Duration,
) -> Result<Vec<u8>, Silence> {
    let flavor = Handle::try_current().map(|handle| handle.runtime_flavor());
    if matches!(flavor, Ok(RuntimeFlavor::MultiThread)) {
        tokio::task::block_in_place(|| apart(question, patience))
    } else {
        apart(question, patience)
    }
}

/// On a thread with a runtime of its own, since nothing may wait inside another one.
fn apart(
    question: impl FnOnce(&Client) -> RequestBuilder + Send,
    patience: Duration,
) -> Result<Vec<u8>, Silence> {
    let ask = || {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Silence::Unreachable(error.to_string()))?;
        runtime.block_on(ask(question, patience))
    };
    let ended = || {
        Err(Silence::Unreachable(
            "the thread that asked ended".to_owned(),
        ))
    };
    std::thread::scope(|scope| scope.spawn(ask).join().unwrap_or_else(|_panic| ended()))
}

async fn ask(
    question: impl FnOnce(&Client) -> RequestBuilder,
    patience: Duration,
) -> Result<Vec<u8>, Silence> {
    let client = Client::builder()
        .timeout(patience)
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let mut answer = question(&client).send().await?;
    if !answer.status().is_success() {
        return Err(Silence::Status(answer.status().as_u16()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > LONGEST {
            return Err(Silence::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
