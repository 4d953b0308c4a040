//! Who reads the identity number of a party, and how much of it.

use super::{Actor, Case, PartyId, Stage, Standing, is_mediating, may_review};
use crate::domain::confirmation::Phase;

/// How much of an identity number somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberRead {
    Masked,
    Whole,
}

/// How much `actor` reads of the identity number of a party: the court all of it while it has the application before it
/// (解释 354), and nothing after; the mediator, who compared it, and the party itself its ends; nobody else anything.
pub fn may_read_number(actor: &Actor, case: &Case, of: PartyId) -> Option<NumberRead> {
    if may_review(actor, case) {
        return is_before_court(case).then_some(NumberRead::Whole);
    }
    let own = |standing: &Standing| match standing {
        Standing::Party(party, _) => *party == of,
        standing => is_mediating(*standing),
    };
    let mut standings = case.standings(actor).into_iter();
    standings
        .any(|standing| own(&standing))
        .then_some(NumberRead::Masked)
}

fn is_before_court(case: &Case) -> bool {
    matches!(
        &case.stage,
        Stage::Confirm {
            phase: Phase::Filed { .. } | Phase::Reviewing { .. },
            ..
        }
    )
}
