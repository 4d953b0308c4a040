//! Who has met whom before, and as what: what a case leaves behind for later assignments.

use std::collections::BTreeSet;

use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::party::Party;
use crate::domain::stage::{Mediate, Stage};
use crate::domain::team::Capacity;

/// As what somebody met a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetAs {
    /// Mediated, alone or with others.
    Mediator,
    /// Stood on the other side.
    Opponent,
    /// Was there for a party, or as expert, lawyer or interpreter (特邀调解规定 16).
    Companion,
}

impl MetAs {
    pub const ALL: [Self; 3] = [Self::Mediator, Self::Opponent, Self::Companion];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Mediator => "mediator",
            Self::Opponent => "opponent",
            Self::Companion => "companion",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// One meeting of somebody with a party, in one case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Encounter {
    pub person: PersonId,
    /// By which the party is known again, see [`marks`].
    pub mark: String,
    pub case: CaseId,
    pub role: MetAs,
}

/// By what a party is known again in another case: who signed in, and whose document was compared. A name alone is
/// not enough.
pub fn marks(party: &Party) -> Vec<String> {
    let person = party.person.map(|person| format!("person:{person}"));
    let identity = party.identity.as_ref();
    let identity = identity.map(|check| format!("identity:{}", check.fingerprint));
    person.into_iter().chain(identity).collect()
}

/// Who has met whom in this case so far. Whoever was only asked to mediate has met nobody.
pub fn encounters(case: &Case) -> BTreeSet<Encounter> {
    let mut found = BTreeSet::new();
    let asked =
        matches!(&case.stage, Stage::Mediate { at } if matches!(**at, Mediate::Disclosing { .. }));
    let led = case.stage.mediator().filter(|_| !asked);
    for party in &case.parties {
        for mark in marks(party) {
            let encounter = |person, role| Encounter {
                person,
                mark: mark.clone(),
                case: case.id,
                role,
            };
            found.extend(led.map(|person| encounter(person, MetAs::Mediator)));
            for member in case.team.iter().filter(|it| it.capacity.sits_in()) {
                let role = match member.capacity {
                    Capacity::CoMediator => MetAs::Mediator,
                    _ => MetAs::Companion,
                };
                found.insert(encounter(member.person, role));
            }
            let others = case.parties.iter().filter(|other| other.role != party.role);
            let others = others.filter_map(|other| other.person);
            found.extend(others.map(|person| encounter(person, MetAs::Opponent)));
        }
    }
    found
}

/// What somebody on the roster has had to do with a party in other matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// The party's name.
    pub party: String,
    pub role: MetAs,
    /// How many matters.
    pub cases: u32,
    /// In another district, of which nothing is told but that it stands in the way.
    pub elsewhere: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{MEDIATOR, Quarrel, rules};

    #[test]
    fn a_mediator_who_took_the_case_has_met_both_sides_and_one_who_was_asked_nobody() {
        let rules = rules();
        let asked = encounters(&Quarrel::new(&rules).disclosing().case);
        assert!(asked.iter().all(|it| it.person != MEDIATOR), "{asked:?}");
        let active = encounters(&Quarrel::new(&rules).active().case);
        let met: Vec<_> = active.iter().filter(|it| it.person == MEDIATOR).collect();
        assert_eq!(met.len(), 2);
        assert!(met.iter().all(|it| it.role == MetAs::Mediator));
        let opposed = active.iter().filter(|it| it.role == MetAs::Opponent);
        assert_eq!(opposed.count(), 2, "each party has stood against the other");
    }

    #[test]
    fn a_compared_document_is_a_mark_of_its_own() {
        let rules = rules();
        let case = Quarrel::new(&rules).agreed().case;
        assert_eq!(marks(&case.parties[0]).len(), 2);
        for role in MetAs::ALL {
            assert_eq!(MetAs::parse(role.name()), Some(role));
        }
    }
}
