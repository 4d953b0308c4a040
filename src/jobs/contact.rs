//! What was sent to a party, written down in the contact record of the case.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::{Setback, Work, whole};
use crate::casework::{self, CaseworkError};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::contact_record::Outcome;
use crate::domain::identity::{Email, Phone};
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::job::JobKind;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::message::Channel;
use crate::storage::jobs::{Job, NewJob, enqueue};
use crate::storage::messages::Message;
use crate::storage::{Result, Tx};

/// The messages by which a party is called upon; the others tell somebody who has come already.
const CALLS: [&str; 3] = ["invitation", "invitation-reminder", "new-link"];

/// The message by which a claimant learns that what somebody else wrote down for them has arrived.
const RECEIPT: &str = "case-opened";

const MESSAGES: Actor = Actor::System {
    system: System::Messages,
};

#[derive(Deserialize)]
struct Sent {
    case: CaseId,
    message: Uuid,
    #[serde(default)]
    name: String,
    channel: Channel,
    address: String,
    outcome: Outcome,
    at: Timestamp,
}

/// Has the sending written down, in the transaction that notes it on the message.
pub(super) async fn note(
    tx: &mut Tx,
    message: &Message,
    outcome: Outcome,
    at: Timestamp,
) -> Result<()> {
    let told = CALLS.contains(&message.name.as_str()) || message.name == RECEIPT;
    let (Some(case), true) = (message.case, told) else {
        return Ok(());
    };
    let sent = serde_json::json!({
        "case": case,
        "message": message.id,
        "name": message.name,
        "channel": message.channel,
        "address": message.address,
        "outcome": outcome,
        "at": at,
    });
    let job = NewJob {
        kind: JobKind::RecordContact,
        key: format!("contact/{}/{}", message.id, outcome.name()),
        payload: sent,
        not_before: at,
    };
    enqueue(tx, &job, at).await?;
    Ok(())
}

/// Writes it down, once however often the job runs.
pub(super) async fn record(work: &Work, job: &Job) -> std::result::Result<(), Setback> {
    let sent = Sent::deserialize(&job.payload).map_err(|error| Setback::Fail(whole(&error)))?;
    let case = casework::load(&work.desk, &Actor::Clock, sent.case).await?;
    let awaited = case
        .intake
        .pace
        .as_ref()
        .is_some_and(|pace| pace.received.is_none());
    if sent.name == RECEIPT && !awaited {
        return Ok(());
    }
    // Whoever has corrected the address meanwhile has nothing to prove of the old one.
    let Some(party) = reached(&case, sent.channel, &sent.address) else {
        return Ok(());
    };
    let action = Action::RecordContact {
        party,
        channel: sent.channel.into(),
        outcome: sent.outcome,
        note: String::new(),
        at: sent.at,
        message: Some(sent.message),
    };
    match casework::perform(&work.desk, &MESSAGES, sent.case, action).await {
        // It is written down already, or the case was closed meanwhile.
        Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone | OutOfOrder::WrongState))
        | Ok(_) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn reached(case: &Case, channel: Channel, address: &str) -> Option<PartyId> {
    let party = case.parties.iter().find(|party| {
        let known = match channel {
            Channel::Sms => party.contact.phone.as_ref().map(Phone::as_e164),
            Channel::Mail => party.contact.mail.as_ref().map(Email::as_str),
        };
        known == Some(address)
    });
    party.map(|party| party.id)
}
