//! A mediator's private notes on a case: written and read by whoever mediates it now, each with its author.

use super::{CaseworkError, Desk, load};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::caucus::Confidential;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::note::PrivateNote;
use crate::domain::permission::may_keep_caucus_notes;
use crate::domain::team::Capacity;
use crate::storage::{library, write_tx};

/// Writes a note down. Only who mediates the case may.
///
/// # Errors
/// `Forbidden` for everybody else who sees the case.
pub async fn note_privately(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
    text: String,
) -> Result<(), CaseworkError> {
    let case = load(desk, actor, id).await?;
    let author = actor.person().ok_or(CaseworkError::Forbidden)?;
    if !may_keep_caucus_notes(actor, &case) {
        return Err(CaseworkError::Forbidden);
    }
    let note = PrivateNote {
        author,
        text: Confidential::new(text),
        at: desk.clock.now(),
    };
    let note_id = desk.clock.new_id();
    write_tx!(desk.store, |tx| {
        library::note(tx, note_id, id, &note)
            .await
            .map_err(CaseworkError::from)
    })
}

/// The notes of those who mediate the case now, for them; empty for everybody else. What a mediator wrote who was replaced
/// stays with them: a hand-over is written on purpose.
pub async fn private_notes(
    desk: &Desk,
    actor: &Actor,
    id: CaseId,
) -> Result<Vec<PrivateNote>, CaseworkError> {
    let case = load(desk, actor, id).await?;
    if !may_keep_caucus_notes(actor, &case) {
        return Ok(Vec::new());
    }
    let mut notes = library::notes(&mut desk.store.read().await?, id).await?;
    notes.retain(|note| mediates(&case, note.author));
    Ok(notes)
}

fn mediates(case: &Case, person: PersonId) -> bool {
    let beside = |it: &crate::domain::team::Member| {
        it.person == person && it.capacity == Capacity::CoMediator
    };
    case.stage.mediator() == Some(person) || case.team.iter().any(beside)
}
