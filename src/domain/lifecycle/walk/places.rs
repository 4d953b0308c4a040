//! Where people of a walk meet, and who sits in front of the screen there.

use super::super::super::action::Action;
use super::super::super::ids::{PartyId, SessionId};
use super::super::super::session::{Sitter, Venue};
use super::super::super::stage::Declaration;

/// Some come there and others join by video.
pub(super) fn hall() -> Venue {
    Venue {
        address: "和平路 8 号".to_owned(),
        room: String::new(),
        mixed: true,
        kept: None,
    }
}

pub(super) fn sits(session: SessionId, party: PartyId, which: usize) -> Action {
    Action::SeatAtScreen {
        session,
        who: Sitter::Party(party),
        here: which != 3,
        seen: which.is_multiple_of(2),
    }
}

pub(super) fn declared(other: String) -> Declaration {
    Declaration {
        other,
        ..Declaration::default()
    }
}
