//! Random payloads of who is a party, and of whoever acts for one.

use uuid::Uuid;

use crate::domain::action::{Action, ActionKind};
use crate::domain::agent::{Agent, Named, Right};
use crate::domain::fixture::Quarrel;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{PartyId, PersonId};
use crate::domain::party::{Contact, IdentityMethod, Party, PartyRole};
use crate::domain::time::civil_date;

pub(super) fn payload(quarrel: &Quarrel<'_>, kind: ActionKind, which: usize) -> Action {
    let seat = &quarrel.case.parties[which % 2];
    let party = seat.id;
    let rights = [
        Right::Attorney {
            special: which.is_multiple_of(2),
            signs: true,
            power: civil_date(quarrel.now),
        },
        Right::Guardian {
            relation: "母亲".to_owned(),
            for_both: true,
        },
        Right::Representative,
    ];
    // Somebody from outside, a party of the other side, and the mediator.
    let people = [0xba, 0xb1, 0xb2, 0xb3];
    match kind {
        ActionKind::NameAgent => Action::NameAgent {
            party,
            named: Box::new(Named {
                name: seat.name.clone(),
                contact: Contact::default(),
                right: rights[which % 3].clone(),
                proof: ContentHash::of(&[u8::try_from(which).unwrap_or(0)]),
            }),
        },
        ActionKind::AcceptAgent => Action::AcceptAgent {
            party,
            seen: seen(seat),
            person: PersonId(Uuid::from_u128(people[which % 4])),
            method: IdentityMethod::ALL[which % 2],
            masked: "1**2".to_owned(),
            sealed: "x".to_owned(),
            fingerprint: format!("agent {which}"),
            address: None,
            document: None,
        },
        ActionKind::CorrectContact => Action::CorrectContact {
            party,
            contact: quarrel.case.parties[0].contact.clone(),
            address: format!("柳荫里 {which} 号"),
        },
        // Seldom: every further party has to sit down and agree too.
        ActionKind::AddParty => Action::AddParty {
            party: match which % 4 {
                0 => PartyId(Uuid::from_u128(0xd0)),
                _ => party,
            },
            role: PartyRole::Respondent,
            name: seat.name.clone(),
            contact: Contact::default(),
            address: String::new(),
        },
        _ => Action::DismissAgent {
            party,
            seen: seen(seat),
        },
    }
}

fn seen(seat: &Party) -> ContentHash {
    let named = seat.waiting().or(seat.agent.as_deref());
    named.map_or_else(|| ContentHash::of(b""), Agent::mark)
}
