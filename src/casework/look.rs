//! Looking at cases: only what the actor may see, and a child only through its case.

use jiff::Timestamp;

use super::{CaseworkError, Desk};
use crate::domain::action::ActionKind;
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::caucus::{CaucusNote, Confidential};
use crate::domain::chain;
use crate::domain::ids::{CaseId, PartyId};
use crate::domain::permission::{
    may_attend_sessions, may_keep_caucus_notes, may_know_of, may_only_hear,
};
use crate::storage::lists::{self, CaseRow, Found, Key, Wanted};
use crate::storage::{Read, StorageError, write_tx};
use crate::storage::{cases, caucus, events, instant};

/// The case, if `actor` may see it.
///
/// # Errors
/// [`CaseworkError::NotFound`] where there is none for this actor.
pub async fn load(desk: &Desk, actor: &Actor, id: CaseId) -> Result<Case, CaseworkError> {
    let case = cases::load(&mut desk.store.read().await?, id)
        .await?
        .ok_or(CaseworkError::NotFound)?;
    if case.may_see(actor) {
        Ok(case)
    } else {
        Err(CaseworkError::NotFound)
    }
}

/// The case that `actor` was asked to join, or whose sessions they watch; for the page that asks, which shows no more of
/// it than that needs.
///
/// # Errors
/// [`CaseworkError::NotFound`] where nobody asked this actor.
pub async fn invitation(desk: &Desk, actor: &Actor, id: CaseId) -> Result<Case, CaseworkError> {
    let case = cases::load(&mut desk.store.read().await?, id).await?;
    case.filter(|case| case.is_invited(actor) || may_only_hear(actor, case))
        .ok_or(CaseworkError::NotFound)
}

/// The case whose sessions `actor` comes to, also of whom they see nothing else; for the pages of a session.
///
/// # Errors
/// [`CaseworkError::NotFound`] for everybody else.
pub async fn attended(desk: &Desk, actor: &Actor, id: CaseId) -> Result<Case, CaseworkError> {
    let case = cases::load(&mut desk.store.read().await?, id).await?;
    case.filter(|case| may_attend_sessions(actor, case))
        .ok_or(CaseworkError::NotFound)
}

/// The cases that `actor` may see, newest change first, after `after`, at most `limit`.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<CaseRow>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut rows = lists::visible_to(&mut read, actor, after, limit).await?;
    // By when staff have to reach somebody, look on the spot or ask how it stands is no party's to read.
    if !matches!(actor, Actor::Staff { .. }) {
        for row in &mut rows {
            let case = cases::load(&mut read, row.id).await?;
            let seat = case.as_ref().and_then(|case| case.seat_for(actor));
            let due = case.as_ref().and_then(|case| match seat {
                Some(party) => case.due_for(party),
                None => case.stage.due_for_parties(),
            });
            row.due_at = due
                .filter(|_| !row.stage.starts_with("mediate.inviting"))
                .map(|due| due.at);
        }
    }
    Ok(rows)
}

/// The work in some queues that `actor` may see, after `after`, at most `most` of it.
pub async fn queue(
    desk: &Desk,
    actor: &Actor,
    queues: &[&str],
    after: Option<Key>,
    most: usize,
) -> Result<Vec<CaseRow>, CaseworkError> {
    let mut read = desk.store.read().await?;
    Ok(lists::queue(&mut read, actor, queues, after, most).await?)
}

/// How much work there is in some queues that `actor` may see; nobody counts further than [`lists::COUNTED`].
pub async fn in_queue(desk: &Desk, actor: &Actor, queues: &[&str]) -> Result<usize, CaseworkError> {
    let mut read = desk.store.read().await?;
    Ok(lists::in_queue(&mut read, actor, queues).await?)
}

/// What `actor` may see of what is wanted, newest first, opened before `after`.
pub async fn search(
    desk: &Desk,
    actor: &Actor,
    wanted: &Wanted,
    after: Option<CaseId>,
    most: usize,
) -> Result<Found, CaseworkError> {
    let mut read = desk.store.read().await?;
    Ok(lists::search(&mut read, actor, wanted, after, most).await?)
}

/// What is due within a stretch of time of the cases in some stages that `actor` may see, the earliest first.
pub async fn due(
    desk: &Desk,
    actor: &Actor,
    stages: &[&str],
    span: lists::Span,
    most: usize,
) -> Result<Vec<CaseRow>, CaseworkError> {
    Ok(lists::due(&mut desk.store.read().await?, actor, stages, span, most).await?)
}

/// One line of a case's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    pub kind: String,
    pub actor: Actor,
    pub at: Timestamp,
    pub to_stage: String,
    pub hash: String,
}

/// The history of a case as far as `actor` may know it, checked against its whole chain.
///
/// # Errors
/// [`CaseworkError::Storage`] with `Corrupt` where the chain is broken: somebody changed the records.
pub async fn history(desk: &Desk, actor: &Actor, id: CaseId) -> Result<Vec<Entry>, CaseworkError> {
    let case = load(desk, actor, id).await?;
    let links = sound_chain(&mut desk.store.read().await?, id).await?;
    let entry = |link: chain::Link| -> Result<Entry, CaseworkError> {
        Ok(Entry {
            seq: link.seq,
            kind: link.kind,
            actor: crate::storage::json("actor", &link.actor)?,
            at: instant(link.at)?,
            to_stage: link.to_stage,
            hash: link.hash.to_string(),
        })
    };
    // What is no action, such as the opening of the case, everybody may know who may see the case.
    let open = |link: &chain::Link| {
        ActionKind::parse(&link.kind).is_none_or(|kind| may_know_of(actor, &case, kind))
    };
    links.into_iter().filter(open).map(entry).collect()
}

/// The events of a case, checked against their chain: nothing is told of records that somebody changed.
pub(super) async fn sound_chain(
    read: &mut Read,
    id: CaseId,
) -> Result<Vec<chain::Link>, StorageError> {
    let links = events::chain(read, id).await?;
    chain::verify(&id.to_string(), &links).map_err(|broken| StorageError::Corrupt {
        what: "chain of events",
        why: broken.to_string(),
    })?;
    Ok(links)
}

/// The case whose paper carries `verify_id` in its QR code. For checking a paper only: it says nothing about who may see it.
pub async fn case_of_paper(desk: &Desk, verify_id: &str) -> Result<Option<Case>, CaseworkError> {
    Ok(cases::by_verify_id(&mut desk.store.read().await?, verify_id).await?)
}

/// Writes down what one side said alone. Only the mediator of the case may.
pub async fn note_caucus(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    with: PartyId,
    text: String,
) -> Result<(), CaseworkError> {
    let case = load(desk, actor, id).await?;
    let author = actor.person().ok_or(CaseworkError::Forbidden)?;
    if !may_keep_caucus_notes(actor, &case) || case.party(with).is_none() {
        return Err(CaseworkError::Forbidden);
    }
    let note = CaucusNote {
        with,
        author,
        text: Confidential::new(text),
        at: desk.clock.now(),
    };
    let note_id = desk.clock.new_id();
    write_tx!(desk.store, |tx| {
        caucus::insert(tx, note_id, id, &note)
            .await
            .map_err(CaseworkError::from)
    })
}

/// The mediator's own notes; empty for everybody else.
pub async fn caucus_notes(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
) -> Result<Vec<CaucusNote>, CaseworkError> {
    let case = load(desk, actor, id).await?;
    match actor.person() {
        Some(author) if may_keep_caucus_notes(actor, &case) => {
            Ok(caucus::of_author(&mut desk.store.read().await?, id, author).await?)
        }
        _ => Ok(Vec::new()),
    }
}
