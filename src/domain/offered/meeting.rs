//! Payloads of what belongs to meeting: times, rooms, who sits where, and cards beside faces.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::case::Case;
use super::super::ids::SessionId;
use super::super::party::{IdentityMethod, Party};
use super::super::session::Sitter;

pub(super) fn payloads(case: &Case, kind: ActionKind, now: Timestamp) -> Vec<Action> {
    use ActionKind as K;
    let sessions = case.stage.work().map_or(&[][..], |work| &work.sessions);
    let each = |act: fn(SessionId) -> Action| sessions.iter().map(|it| act(it.id)).collect();
    match kind {
        K::ScheduleSession => vec![Action::ScheduleSession {
            session: SessionId(Uuid::nil()),
            at: now + SignedDuration::from_hours(1),
            minutes: 60,
            venue: None,
        }],
        K::CancelSession => each(|session| Action::CancelSession { session }),
        K::OpenSession => each(|session| Action::OpenSession { session }),
        K::CloseSession => each(|session| Action::CloseSession { session }),
        K::SeatAtScreen => {
            let parties = sessions.iter().flat_map(|session| {
                let seat = |party: &Party| Action::SeatAtScreen {
                    session: session.id,
                    who: Sitter::Party(party.id),
                    here: !session.seats(Sitter::Party(party.id)),
                    seen: true,
                };
                case.parties.iter().map(seat)
            });
            parties.collect()
        }
        K::RecordIdentity => case.parties.iter().map(check).collect(),
        _ => Vec::new(),
    }
}

fn check(party: &Party) -> Action {
    let words = || "…".to_owned();
    Action::RecordIdentity {
        party: party.id,
        method: IdentityMethod::CardAtCounter,
        address: words(),
        masked: words(),
        sealed: words(),
        fingerprint: words(),
        document: None,
    }
}
