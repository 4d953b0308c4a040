//! Payloads for whoever acts for a party.

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::action::{Action, ActionKind};
use crate::domain::agent::{Agent, Named, Right};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{PartyId, PersonId};
use crate::domain::party::{Contact, IdentityMethod, Party};
use crate::domain::time::civil_date;

/// No party has this id.
const NOBODY: Uuid = Uuid::max();

pub(super) fn examples(case: &Case, kind: ActionKind, now: Timestamp) -> Vec<Action> {
    let one = |seat: &Party| example(seat, kind, now);
    let both = |seat: &Party| {
        let named = seat.agent.iter().chain(&seat.named);
        named
            .map(|agent| Action::DismissAgent {
                party: seat.id,
                seen: agent.mark(),
            })
            .collect::<Vec<_>>()
    };
    match kind {
        ActionKind::DismissAgent => case.parties.iter().flat_map(both).collect(),
        _ => case.parties.iter().map(one).collect(),
    }
}

fn example(seat: &Party, kind: ActionKind, now: Timestamp) -> Action {
    let party: PartyId = seat.id;
    match kind {
        ActionKind::NameAgent => Action::NameAgent {
            party,
            named: Box::new(Named {
                name: seat.name.clone(),
                contact: Contact::default(),
                right: Right::Attorney {
                    special: true,
                    signs: true,
                    power: civil_date(now),
                },
                proof: ContentHash::of(NOBODY.as_bytes()),
            }),
        },
        _ => Action::AcceptAgent {
            party,
            seen: seat.waiting().map_or_else(nothing, Agent::mark),
            person: PersonId(NOBODY),
            method: IdentityMethod::CardAtCounter,
            masked: String::new(),
            sealed: String::new(),
            fingerprint: String::new(),
            address: None,
            document: None,
        },
    }
}

fn nothing() -> ContentHash {
    ContentHash::of(b"")
}
