//! Complaining about a mediator and answering it. The case does not change, and nobody in it is told.

use std::collections::BTreeSet;

use super::{CaseworkError, Desk, load};
use crate::domain::actor::Actor;
use crate::domain::complaint::{Answer, Complaint, Misconduct, about, may_complain};
use crate::domain::ids::{CaseId, ComplaintId};
use crate::domain::organisation::OrganisationKind;
use crate::domain::permission::{answers_complaints_for, heads};
use crate::domain::rules::TermKey;
use crate::storage::{complaints, office, write_tx};

/// The most that one list shows.
const MOST: i64 = 200;

/// Brings a complaint before the supervisors of the district.
///
/// # Errors
/// `NotFound` for whoever is no party of a case that somebody mediates, and where the district has no supervisor.
pub async fn complain(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    kind: Misconduct,
    text: String,
) -> Result<Complaint, CaseworkError> {
    let case = load(desk, actor, id).await?;
    if !may_complain(actor, &case) {
        return Err(CaseworkError::NotFound);
    }
    let mut read = desk.store.read().await?;
    let bureaus = office::of_kind(&mut read, OrganisationKind::Bureau).await?;
    drop(read);
    let bureau = bureaus
        .into_iter()
        .find(|it| it.organisation.area.district() == case.district);
    let found = (bureau, about(&case), actor.person(), case.seat_for(actor));
    let (Some(bureau), Some(mediator), Some(by), Some(party)) = found else {
        return Err(CaseworkError::NotFound);
    };
    let at = desk.clock.now();
    let complaint = Complaint {
        id: ComplaintId(desk.clock.new_id()),
        case: id,
        number: case.number.clone(),
        bureau: bureau.id,
        committee: case.organisation,
        mediator,
        by,
        party,
        kind,
        text,
        at,
        due: desk
            .rules
            .due_for(TermKey::Complaint, case.track, &case.dispute, at),
        shared: false,
        answer: None,
    };
    write_tx!(desk.store, |tx| {
        complaints::insert(tx, &complaint).await?;
        Ok::<_, CaseworkError>(complaint.clone())
    })
}

/// # Errors
/// `NotFound` for whoever may not read it.
pub async fn complaint(
    desk: &Desk,
    actor: &Actor,
    id: ComplaintId,
) -> Result<Complaint, CaseworkError> {
    let found = complaints::load(&mut desk.store.read().await?, id).await?;
    found
        .map(|(complaint, _)| complaint)
        .filter(|complaint| complaint.may_read(actor))
        .ok_or(CaseworkError::NotFound)
}

/// What `actor` answers as a supervisor, what was shared with them as a head, then what they brought themselves.
pub async fn complaints(desk: &Desk, actor: &Actor) -> Result<Vec<Complaint>, CaseworkError> {
    let mut read = desk.store.read().await?;
    let mut found = Vec::new();
    for bureau in answers_complaints_for(actor) {
        found.extend(complaints::of_bureau(&mut read, bureau, MOST).await?);
    }
    for committee in heads(actor) {
        found.extend(complaints::shared(&mut read, committee, MOST).await?);
    }
    if let Some(person) = actor.person() {
        found.extend(complaints::by_person(&mut read, person, MOST).await?);
    }
    found.retain(|complaint| complaint.may_read(actor));
    let mut seen = BTreeSet::new();
    found.retain(|complaint| seen.insert(complaint.id));
    Ok(found)
}

/// Answers it, once and for all.
///
/// # Errors
/// `NotFound` for whoever does not answer it, `Conflict` where somebody was faster.
pub async fn answer_complaint(
    desk: &Desk,
    actor: &Actor,
    id: ComplaintId,
    upheld: bool,
    text: String,
) -> Result<(), CaseworkError> {
    let by = actor.person().ok_or(CaseworkError::NotFound)?;
    let answer = Answer {
        by,
        at: desk.clock.now(),
        upheld,
        text,
    };
    change(desk, actor, id, |complaint| {
        if complaint.answer.is_some() {
            return Err(CaseworkError::Conflict);
        }
        complaint.answer = Some(answer.clone());
        Ok(())
    })
    .await
}

/// Tells the committee's head and the mediator of it, with the name of who complained.
///
/// # Errors
/// As [`answer_complaint`].
pub async fn share_complaint(
    desk: &Desk,
    actor: &Actor,
    id: ComplaintId,
) -> Result<(), CaseworkError> {
    change(desk, actor, id, |complaint| {
        complaint.shared = true;
        Ok(())
    })
    .await
}

async fn change(
    desk: &Desk,
    actor: &Actor,
    id: ComplaintId,
    change: impl Fn(&mut Complaint) -> Result<(), CaseworkError>,
) -> Result<(), CaseworkError> {
    write_tx!(desk.store, |tx| {
        let found = complaints::load(tx, id).await?;
        let (mut complaint, version) = found
            .filter(|(complaint, _)| complaint.may_answer(actor))
            .ok_or(CaseworkError::NotFound)?;
        change(&mut complaint)?;
        Ok(complaints::update(tx, &complaint, version).await?)
    })
}
