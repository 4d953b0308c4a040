//! Who sits in front of the screen of a session's room: noted in the case, and in the record of who came and left.

use super::{CaseworkError, Desk, perform};
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::attendance::{Attendance, Happening};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PartyId, SessionId};
use crate::storage::{attendance, write_tx};

/// The party sits down there or gets up.
///
/// # Errors
/// As [`perform`].
pub async fn seat_at_screen(
    desk: &Desk,
    actor: &Actor,
    (id, session): (CaseId, SessionId),
    (party, here): (PartyId, bool),
) -> Result<Case, CaseworkError> {
    let seat = Action::SeatAtScreen {
        session,
        party,
        here,
    };
    let case = perform(desk, actor, id, seat).await?;
    let person = case.party(party).and_then(|it| it.person);
    let what = if here {
        Happening::Joined
    } else {
        Happening::Left
    };
    let line = Attendance {
        at: desk.clock.now(),
        what,
        people: person.into_iter().collect(),
    };
    let noted: Result<(), CaseworkError> = write_tx!(desk.store, |tx| {
        Ok(attendance::insert(tx, desk.clock.new_id(), (id, session), &line).await?)
    });
    noted?;
    Ok(case)
}
