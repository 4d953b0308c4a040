//! One event into the chain of its case: who did what and when, with the hash of what may be erased and of the body of the case.

use jiff::Timestamp;

use super::{CaseworkError, Desk};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::chain::{Link, digest};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;
use crate::storage::events::Details;
use crate::storage::{StorageError, Tx, cases, events, micros, to_json};

/// The body of the case is the one that its newest event covers. What somebody changed behind the events goes no further,
/// and the next event does not cover it as if it had been so.
pub(super) async fn stands(tx: &mut Tx, case: CaseId) -> Result<(), StorageError> {
    let covered = events::head(tx, case).await?.and_then(|head| head.body);
    if covered.is_none() || covered == cases::stored_hash(tx, case).await? {
        return Ok(());
    }
    Err(StorageError::Corrupt {
        what: "body of a case",
        why: "it is not the one that the newest event covers".to_owned(),
    })
}

/// One event on its way into the chain.
pub(super) struct Event<'a> {
    pub(super) kind: &'a str,
    pub(super) actor: &'a Actor,
    pub(super) at: Timestamp,
    pub(super) stages: (&'a str, &'a str),
    /// JSON; may name people and is kept where it can be erased.
    pub(super) payload: String,
}

/// Appends to the case's chain. The version check on the case's row keeps two from taking the same place.
pub(super) async fn record(
    desk: &Desk,
    tx: &mut Tx,
    case: &Case,
    event: Event<'_>,
) -> Result<(), CaseworkError> {
    let body = cases::hash(case)?;
    let case = case.id;
    let head = events::head(tx, case).await?;
    let salt = ContentHash::of(&desk.clock.random::<32>()).to_string();
    let mut link = Link {
        seq: head.as_ref().map_or(1, |head| head.seq + 1),
        kind: event.kind.to_owned(),
        actor: to_json("actor", event.actor)?,
        at: micros(event.at),
        from_stage: event.stages.0.to_owned(),
        to_stage: event.stages.1.to_owned(),
        details: digest(&salt, &event.payload),
        body: Some(body),
        hash: ContentHash::of(b""),
    };
    link.hash = link.expected(&head.map_or_else(|| case.to_string(), |head| head.hash.to_string()));
    events::append(
        tx,
        case,
        &link,
        &Details {
            salt,
            payload: event.payload,
        },
    )
    .await?;
    Ok(())
}
