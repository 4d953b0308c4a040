//! The seat of a room's screen: one participant of the call, with everybody in front of it.

use std::collections::BTreeMap;

use super::signaling::{Seat, SeatKind};
use crate::domain::case::Case;
use crate::domain::ids::PersonId;
use crate::domain::party::PartyRole;
use crate::domain::session::{Session, Sitter};
use crate::domain::team::Capacity;

impl SeatKind {
    pub const fn of(role: PartyRole) -> Self {
        match role {
            PartyRole::Claimant => Self::Applicant,
            PartyRole::Respondent => Self::Respondent,
        }
    }

    /// `None` for whoever does not sit in.
    pub const fn beside(capacity: Capacity) -> Option<Self> {
        Some(match capacity {
            Capacity::EnteredFor(_) | Capacity::Confirmer => return None,
            Capacity::CoMediator => Self::Mediator,
            Capacity::Volunteer => Self::Volunteer,
            Capacity::Lawyer => Self::Lawyer,
            Capacity::Kin => Self::Kin,
            Capacity::Expert => Self::Expert,
            Capacity::Interpreter => Self::Interpreter,
            Capacity::SignLanguage => Self::SignLanguage,
            Capacity::Helper(_) => Self::Helper,
            Capacity::Observer => Self::Observer,
        })
    }
}

impl Seat {
    /// `names` of those of the team; `None` where the session has no screen.
    pub fn of_screen(
        case: &Case,
        session: &Session,
        names: &BTreeMap<PersonId, String>,
    ) -> Option<Self> {
        session.screen()?;
        let seat = |who| match who {
            Sitter::Party(party) => {
                let party = case.party(party)?;
                Some(Self::new(party.name.to_string(), SeatKind::of(party.role)))
            }
            // Whoever has left the team meanwhile still hears what is said there.
            Sitter::Member { person, side } => {
                let kind = Sitter::capacity(case, person).and_then(SeatKind::beside);
                let name = names.get(&person).cloned().unwrap_or_default();
                let mut seat = Self::new(name, kind.unwrap_or(SeatKind::Observer));
                seat.with = side.map(SeatKind::of);
                Some(seat)
            }
        };
        let seated = session.at_screen.iter().filter_map(|it| seat(it.who));
        let name = session.venue.as_ref()?.says();
        let mut screen = Self::new(name, SeatKind::Screen);
        screen.seated = seated.collect();
        Some(screen)
    }
}
