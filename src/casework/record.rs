//! What the platform recorded of a mediation: who took it in, who led it, who met when. The bare facts by which an
//! organisation shows that it mediated (解释 354), never what was said.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::look::sound_chain;
use super::{CaseworkError, Desk, load};
use crate::domain::action::ActionKind;
use crate::domain::actor::Actor;
use crate::domain::attendance::{Attendance, Presence, presences};
use crate::domain::case::Case;
use crate::domain::chain::Link;
use crate::domain::ids::{CaseId, PersonId, SessionId};
use crate::domain::session::Session;
use crate::storage::{attendance, instant, number_reads, write_tx};

#[derive(Clone, Debug)]
pub struct MediationRecord {
    pub case: Case,
    /// When the organisation took the matter in.
    pub accepted_at: Option<Timestamp>,
    /// When the mediator who led it took it on.
    pub assigned_at: Option<Timestamp>,
    /// Sessions in which somebody was, the first one first.
    pub meetings: Vec<Meeting>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub session: SessionId,
    pub present: Vec<Presence>,
}

/// The record of a case, for whoever may see the case.
///
/// # Errors
/// [`CaseworkError::NotFound`] where there is none for this actor.
pub async fn mediation_record(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
) -> Result<MediationRecord, CaseworkError> {
    let case = load(desk, actor, id).await?;
    let mut read = desk.store.read().await?;
    let links = sound_chain(&mut read, id).await?;
    Ok(MediationRecord {
        accepted_at: last(&links, ActionKind::Accept)?,
        assigned_at: last(&links, ActionKind::AcceptAssignment)?,
        meetings: meetings(attendance::of_case(&mut read, id).await?),
        case,
    })
}

/// When the organisation took the matter in; no more than that, for the paper that tells how it ended.
///
/// # Errors
/// The database's.
pub async fn accepted_at(desk: &Desk, case: &Case) -> Result<Option<Timestamp>, CaseworkError> {
    let links = sound_chain(&mut desk.store.read().await?, case.id).await?;
    last(&links, ActionKind::Accept)
}

fn last(links: &[Link], kind: ActionKind) -> Result<Option<Timestamp>, CaseworkError> {
    let link = links.iter().rev().find(|link| link.kind == kind.name());
    Ok(link.map(|link| instant(link.at)).transpose()?)
}

fn meetings(lines: Vec<(SessionId, Attendance)>) -> Vec<Meeting> {
    let mut sessions: BTreeMap<SessionId, Vec<Attendance>> = BTreeMap::new();
    for (session, line) in lines {
        sessions.entry(session).or_default().push(line);
    }
    let mut meetings: Vec<_> = sessions
        .into_iter()
        .map(|(session, record)| {
            // Who sat in front of a screen came and went by name; the screen itself is nobody.
            let mut present = presences(&record);
            present.retain(|it| it.person != Session::screen_of(session));
            Meeting { session, present }
        })
        .filter(|meeting| !meeting.present.is_empty())
        .collect();
    meetings.sort_by_key(|meeting| meeting.present[0].from);
    meetings
}

/// Readings that a page tells of.
const MOST_READINGS: i64 = 20;

/// Writes down that `actor` reads whole identity numbers of the case.
///
/// # Errors
/// The database's; nobody reads then.
pub async fn note_number_read(desk: &Desk, actor: &Actor, id: CaseId) -> Result<(), CaseworkError> {
    let person = actor.person().ok_or(CaseworkError::NotFound)?;
    let (row, now) = (desk.clock.new_id(), desk.clock.now());
    write_tx!(desk.store, |tx| {
        number_reads::insert(tx, row, id, person, now).await?;
        Ok(())
    })
}

/// Who read them, the newest first: for whoever may see the case.
///
/// # Errors
/// [`CaseworkError::NotFound`] where there is none for this actor.
pub async fn number_readings(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
) -> Result<Vec<(PersonId, Timestamp)>, CaseworkError> {
    load(desk, actor, id).await?;
    let mut read = desk.store.read().await?;
    Ok(number_reads::of_case(&mut read, id, MOST_READINGS).await?)
}
