//! Mail and text messages: their words, and the ways out of the house.

mod mail;
mod sms;
#[cfg(test)]
mod tests;
mod webhook;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

pub use mail::Mailer;
pub use sms::{Gateway, Outbox, SmsDriver};
pub use webhook::{Call, Webhooks};
pub use words::{Words, Writer};

use crate::config::{Config, Sms};
use crate::domain::message::Channel;
use crate::i18n::{Locale, Texts};

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The same at every try, so that a server that has it already can tell.
    pub id: Uuid,
    pub channel: Channel,
    /// A mail address, or a phone number in E.164.
    pub address: String,
    pub locale: Locale,
    /// The stem of its texts: `invitation` for `notice-invitation-subject` and `-body`.
    pub name: String,
    /// What fills them. `link` also stands on a line of its own.
    pub facts: BTreeMap<String, String>,
    /// A calendar file to go with a mail.
    pub calendar: Option<String>,
}

/// Why a message did not arrive. The words may name the address: for staff, not for logs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    #[error("{0}")]
    Later(String),
    #[error("{0}")]
    Never(String),
}

/// Why messages cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    #[error("the templates of messages: {0}")]
    Template(#[from] tera::Error),
    #[error("mail: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    #[error("mail.from: {0}")]
    From(#[from] lettre::address::AddressError),
    #[error("mail.ca: {0}")]
    Authority(std::io::Error),
    #[error("the gateway of text messages: {0}")]
    Gateway(#[from] reqwest::Error),
}

/// The ways out of the house.
pub struct Carriers {
    pub writer: Writer,
    pub webhooks: Webhooks,
    mail: Option<Mailer>,
    sms: Option<Box<dyn SmsDriver>>,
    /// A demo town delivers into its outbox what it has no server for.
    demo: bool,
}

impl std::fmt::Debug for Carriers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Carriers")
    }
}

impl Carriers {
    pub fn new(config: &Config, demo: bool, texts: Arc<Texts>) -> Result<Self, NotifyError> {
        let sms: Option<Box<dyn SmsDriver>> = match &config.sms {
            Sms::Gateway { url, token } => Some(Box::new(Gateway::new(url, token)?)),
            Sms::Outbox if demo => Some(Box::new(Outbox)),
            Sms::Outbox => None,
        };
        Ok(Self {
            webhooks: Webhooks {
                allowed: config.webhooks.allow.clone(),
            },
            writer: Writer::new(config.assets.as_deref(), texts)?,
            mail: config.mail.as_ref().map(Mailer::new).transpose()?,
            sms,
            demo,
        })
    }

    /// Hands a message to whoever carries its channel.
    pub async fn send(&self, outgoing: &Outgoing, words: &Words) -> Result<(), Undelivered> {
        match (outgoing.channel, &self.mail, &self.sms) {
            (Channel::Mail, Some(mailer), _) => mailer.send(outgoing, words).await,
            (Channel::Mail, None, _) if self.demo => Ok(()),
            (Channel::Mail, None, _) => Err(unset("mail")),
            (Channel::Sms, _, Some(driver)) => {
                driver
                    .send(outgoing.id, &outgoing.address, &words.body)
                    .await
            }
            (Channel::Sms, _, None) => Err(unset("sms")),
        }
    }
}

/// An installation without a carrier can be given one, so its messages wait.
fn unset(key: &str) -> Undelivered {
    Undelivered::Later(format!("{key} is not set up in the configuration"))
}
