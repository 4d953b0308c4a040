//! Who sits in front of the screen of a room, as the record of who came and left has it: written together with the case.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{CaseworkError, Desk};
use crate::domain::attendance::{Attendance, Happening};
use crate::domain::case::Case;
use crate::domain::ids::{PersonId, SessionId};
use crate::storage::{Tx, attendance};

pub(super) type Places = BTreeSet<(SessionId, PersonId)>;

/// Who sits there in a session that is open; before it begins and once it is over nobody is present.
pub(super) fn seated(case: &Case) -> Places {
    let sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
    let open = sessions.filter(|session| session.is_open());
    let places = open.flat_map(|session| {
        let people = session.at_screen.iter();
        let people = people.filter_map(|seated| seated.who.person(case));
        people.map(|person| (session.id, person))
    });
    places.collect()
}

/// Notes who has sat down since `before`, and who has got up.
pub(super) async fn note(
    desk: &Desk,
    tx: &mut Tx,
    before: &Places,
    case: &Case,
    at: Timestamp,
) -> Result<(), CaseworkError> {
    let now = seated(case);
    let down = now.difference(before).map(|it| (Happening::SatDown, *it));
    let up = before.difference(&now).map(|it| (Happening::GotUp, *it));
    for (what, (session, person)) in down.chain(up) {
        let line = Attendance {
            at,
            what,
            people: vec![person],
        };
        attendance::insert(tx, desk.clock.new_id(), (case.id, session), &line).await?;
    }
    Ok(())
}
