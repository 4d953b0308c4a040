//! Mail over SMTP, encrypted from STARTTLS on.

use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::Duration;

use super::words::Words;
use super::{NotifyError, Outgoing, Undelivered};
use crate::config::{Mail, StartTls};

const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server that takes our mail.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    pub fn new(config: &Mail) -> Result<Self, NotifyError> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .timeout(Some(PATIENCE));
        if config.starttls == StartTls::Required {
            builder = builder.tls(Tls::Required(tls(config)?));
        }
        if let (Some(user), Some(password)) = (&config.user, &config.password) {
            let credentials = Credentials::new(user.clone(), password.reveal().to_owned());
            builder = builder.credentials(credentials);
        }
        Ok(Self {
            transport: builder.build(),
            from: config.from.parse()?,
        })
    }

    pub(super) async fn send(&self, outgoing: &Outgoing, words: &Words) -> Result<(), Undelivered> {
        let mail = self
            .compose(outgoing, words)
            .map_err(|error| Undelivered::Never(error.to_string()))?;
        // lettre's own limit covers the connecting alone; a server that falls silent would hold the job for ever.
        let Ok(sent) = tokio::time::timeout(PATIENCE, self.transport.send(mail)).await else {
            return Err(Undelivered::Later("the mail server fell silent".to_owned()));
        };
        match sent {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() && !is_about_us(&error) => {
                Err(Undelivered::Never(error.to_string()))
            }
            Err(error) => Err(Undelivered::Later(error.to_string())),
        }
    }

    fn compose(
        &self,
        outgoing: &Outgoing,
        words: &Words,
    ) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let to: Mailbox = outgoing.address.parse()?;
        // The same at every try, so that a server can drop a double.
        let id = format!("<{}@{}>", outgoing.id, self.from.email.domain());
        let builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(id))
            .subject(&words.subject);
        let text = SinglePart::plain(words.body.clone());
        let Some(calendar) = &outgoing.calendar else {
            return Ok(builder.singlepart(text)?);
        };
        let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")?;
        let file = Attachment::new("heyi.ics".to_owned()).body(calendar.clone(), kind);
        let parts = MultiPart::mixed().singlepart(text).singlepart(file);
        Ok(builder.multipart(parts)?)
    }
}

/// A refused login says nothing about the address: it is tried again until somebody sets it right.
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    error
        .status()
        .is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538))
}

fn tls(config: &Mail) -> Result<TlsParameters, NotifyError> {
    let mut parameters = TlsParameters::builder(config.host.clone());
    if let Some(file) = &config.ca {
        let pem = std::fs::read(file).map_err(NotifyError::Authority)?;
        parameters = parameters.add_root_certificate(Certificate::from_pem(&pem)?);
    }
    Ok(parameters.build()?)
}
