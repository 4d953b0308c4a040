//! Sending one message.

use uuid::Uuid;

use super::{Setback, Work, contact, whole};
use crate::domain::contact_record::Outcome;
use crate::i18n::Locale;
use crate::notify::{Outgoing, Undelivered};
use crate::storage::jobs::Job;
use crate::storage::messages::{self, Message, Words};
use crate::storage::{Result, Tx, write_tx};

/// Sends a message that was not sent yet. A crash between the sending and its note sends it again, under the same id.
pub(super) async fn send(work: &Work, job: &Job) -> std::result::Result<(), Setback> {
    let id = message_id(job)?;
    let message = messages::load(&mut work.desk.store.read().await?, id).await?;
    if message.sent_at.is_some() || message.is_withdrawn() {
        return Ok(());
    }
    let outgoing = outgoing(message.clone());
    let words = work
        .carriers
        .writer
        .write(&outgoing)
        .map_err(|error| Setback::Fail(whole(&error)))?;
    match work.carriers.send(&outgoing, &words).await {
        Ok(()) => {}
        Err(Undelivered::Later(why)) => return Err(Setback::Retry(why)),
        Err(Undelivered::Never(why)) => return Err(Setback::Fail(why)),
    }
    let kept = work.demo.then(|| Words {
        subject: words.subject.clone(),
        body: words.body.clone(),
    });
    let now = work.desk.clock.now();
    let noted: Result<()> = write_tx!(work.desk.store, |tx| {
        messages::sent(tx, id, kept.as_ref(), now).await?;
        contact::note(tx, &message, Outcome::Sent, now).await
    });
    Ok(noted?)
}

/// Notes on the message that its address does not work.
pub(super) async fn give_up(tx: &mut Tx, job: &Job, why: &str, now: jiff::Timestamp) -> Result<()> {
    match message_id(job) {
        Ok(id) => {
            messages::gave_up(tx, id, why, now).await?;
            match messages::find(tx, id).await? {
                Some(message) => contact::note(tx, &message, Outcome::Undelivered, now).await,
                None => Ok(()),
            }
        }
        // A job without a message has no address to note it on; the dead job itself says what is wrong.
        Err(_unreadable) => Ok(()),
    }
}

fn message_id(job: &Job) -> std::result::Result<Uuid, Setback> {
    serde_json::from_value(job.payload["message"].clone())
        .map_err(|error| Setback::Fail(whole(&error)))
}

fn outgoing(message: Message) -> Outgoing {
    Outgoing {
        id: message.id,
        channel: message.channel,
        address: message.address,
        locale: Locale::parse(&message.locale).unwrap_or_default(),
        name: message.name,
        facts: message.facts,
        calendar: message.calendar,
    }
}
