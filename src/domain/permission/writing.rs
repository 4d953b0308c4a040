//! Who reads and writes what is said in writing on the way to a settlement.

use super::{Actor, Case, PartyId, PersonId, Standing, may_sit_in_sessions};
use crate::domain::stage::{Mediate, Stage};

/// Whether `actor` reads what is written and offered for all at the table: whoever sits at it (解释 107).
pub fn may_read_writing(actor: &Actor, case: &Case) -> bool {
    may_sit_in_sessions(actor, case)
}

/// A talk in writing between one party and one mediator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alone {
    pub party: PartyId,
    pub mediator: PersonId,
}

/// In which talks `actor` writes now: a party in its own with the mediator at work, that mediator in one with each.
pub fn may_write_alone(actor: &Actor, case: &Case) -> Vec<Alone> {
    let active =
        matches!(&case.stage, Stage::Mediate { at } if matches!(**at, Mediate::Active { .. }));
    let Some(work) = case
        .stage
        .work()
        .filter(|work| active && work.writing.is_some())
    else {
        return Vec::new();
    };
    let mediator = work.mediator;
    let standings = case.standings(actor).into_iter();
    let parties = standings.flat_map(|standing| match standing {
        Standing::Party(party, _) => vec![party],
        Standing::Mediator => case.party_ids(),
        _ => Vec::new(),
    });
    parties.map(|party| Alone { party, mediator }).collect()
}

/// Whether `actor` reads such a talk: the party in it, and the mediator in it while they have the case.
pub fn may_read_alone(actor: &Actor, case: &Case, talk: Alone) -> bool {
    let of_party = case.seat_for(actor) == Some(talk.party);
    let of_mediator = actor.person() == Some(talk.mediator)
        && case.standings(actor).contains(&Standing::Mediator);
    of_party || of_mediator
}
