//! Text messages: by a gateway of the operator's choice, or into the outbox of a demo town.

use std::time::Duration;

use async_trait::async_trait;
use serde::Serialize;
use uuid::Uuid;

use super::{NotifyError, Undelivered};
use crate::config::Secret;

const PATIENCE: Duration = Duration::from_secs(20);

/// Whoever carries text messages. The id is the same at every try.
#[async_trait]
pub trait SmsDriver: Send + Sync {
    async fn send(&self, id: Uuid, to: &str, text: &str) -> Result<(), Undelivered>;
}

/// Nobody: the row of the message is the outbox.
#[derive(Debug)]
pub struct Outbox;

#[async_trait]
impl SmsDriver for Outbox {
    async fn send(&self, _id: Uuid, _to: &str, _text: &str) -> Result<(), Undelivered> {
        Ok(())
    }
}

/// An HTTP gateway: `POST {"id", "to", "text"}` with a bearer token. 2xx: taken; 400, 404, 410, 422: never; else
/// again later. Gateways of telecoms stand behind a small adapter that speaks this.
pub struct Gateway {
    client: reqwest::Client,
    url: String,
    token: Secret,
}

#[derive(Serialize)]
struct Body<'a> {
    id: Uuid,
    to: &'a str,
    text: &'a str,
}

impl Gateway {
    pub fn new(url: &str, token: &Secret) -> Result<Self, NotifyError> {
        Ok(Self {
            client: reqwest::Client::builder().timeout(PATIENCE).build()?,
            url: url.to_owned(),
            token: token.clone(),
        })
    }
}

#[async_trait]
impl SmsDriver for Gateway {
    async fn send(&self, id: Uuid, to: &str, text: &str) -> Result<(), Undelivered> {
        let body = serde_json::to_vec(&Body { id, to, text })
            .map_err(|error| Undelivered::Never(error.to_string()))?;
        let answer = self
            .client
            .post(&self.url)
            .bearer_auth(self.token.reveal())
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .map_err(|error| Undelivered::Later(error.without_url().to_string()))?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            code @ (400 | 404 | 410 | 422) => {
                Err(Undelivered::Never(format!("the gateway answered {code}")))
            }
            code => Err(Undelivered::Later(format!("the gateway answered {code}"))),
        }
    }
}
