//! The seat of a room's screen: one participant of the call, with the parties in front of it.

use super::signaling::{Seat, SeatKind};
use crate::domain::case::Case;
use crate::domain::party::PartyRole;
use crate::domain::session::Session;

impl SeatKind {
    pub const fn of(role: PartyRole) -> Self {
        match role {
            PartyRole::Claimant => Self::Applicant,
            PartyRole::Respondent => Self::Respondent,
        }
    }
}

impl Seat {
    /// `None` where the session has no screen.
    pub fn of_screen(case: &Case, session: &Session) -> Option<Self> {
        session.screen()?;
        let parties = session.at_screen.iter();
        let parties = parties.filter_map(|seated| case.party(seated.party));
        let seat = |party: &crate::domain::party::Party| {
            Self::new(party.name.to_string(), SeatKind::of(party.role))
        };
        Some(Self {
            name: session.venue.as_ref()?.says(),
            kind: SeatKind::Screen,
            seated: parties.map(seat).collect(),
        })
    }
}
