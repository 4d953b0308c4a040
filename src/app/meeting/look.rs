//! Whether somebody in a session may be shown a file of its case.

use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{EvidenceId, PersonId, SessionId};
use crate::domain::permission::{may_look_at, may_look_at_confided};
use crate::storage::{Read, StorageError, cases, evidence, office};

use super::Question;

/// By the same rules as on the page of evidence. A screen shows what everybody may see, whoever sits in front of it.
pub(super) async fn may_be_shown(
    read: &mut Read,
    question: &Question,
    id: EvidenceId,
) -> Result<bool, StorageError> {
    let Some(case) = cases::load(read, question.room.case).await? else {
        return Ok(false);
    };
    let piece = case.evidence.iter().find(|piece| piece.id == id);
    let person = question.person;
    if is_screen(&case, question.room.session, person) {
        return Ok(piece.is_some_and(Evidence::is_shown));
    }
    let posts = office::posts(read, person).await?;
    let actor = Actor::Staff { person, posts };
    if let Some(piece) = piece {
        return Ok(may_look_at(&actor, &case, piece).is_some());
    }
    let confided = evidence::of_case(read, case.id).await?;
    let piece = confided.iter().find(|piece| piece.id == id);
    Ok(piece.is_some_and(|piece| may_look_at_confided(&actor, &case, piece)))
}

fn is_screen(case: &Case, session: SessionId, person: PersonId) -> bool {
    let mut sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
    let session = sessions.find(|it| it.id == session);
    session.is_some_and(|it| it.screen() == Some(person))
}
