//! Who stands by a case beside its parties and its mediator, and as what. A member sees the case; what a member may do
//! beyond that, `permission` says for each capacity.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{PartyId, PersonId};

/// Somebody who has been brought into the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub person: PersonId,
    pub capacity: Capacity,
    pub since: Timestamp,
}

/// Somebody who was asked to stand by the case and does not yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub person: PersonId,
    pub capacity: Capacity,
    pub by: PersonId,
    pub at: Timestamp,
    /// Said yes.
    pub accepted: bool,
    /// The parties that agree.
    pub consented: BTreeSet<PartyId>,
}

impl Asked {
    /// Whether nothing is missing any more.
    pub fn is_ready(&self, parties: &[PartyId]) -> bool {
        let agreed = |party| self.consented.contains(party);
        self.accepted && (!self.capacity.wants_consent() || parties.iter().all(agreed))
    }
}

/// As what somebody stands by a case. One person can do so in several capacities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// Wrote the matter down for a party who wished so: a grid worker at the door, the counter, the hotline.
    EnteredFor(PartyId),
    /// Mediates beside the mediator of the case (人民调解法 19).
    CoMediator,
    Volunteer,
    Lawyer,
    /// 亲属, neighbours and colleagues, invited with the parties' consent (人民调解法 20).
    Kin,
    /// Somebody with special knowledge, likewise (人民调解法 20).
    Expert,
    Interpreter,
    /// Says in signs what is spoken, and in words what is signed.
    SignLanguage,
    /// Sits beside this party in silence, such as a child who helps a parent with the phone.
    Helper(PartyId),
    /// Watches and hears, by consent of all (人民调解法 20).
    Observer,
    /// Looks at the scan of an agreement beside the officer who certified it, where the committee has nobody else to.
    Confirmer,
}

impl Capacity {
    /// In which somebody can be invited, but for whoever helps one of the parties.
    pub const INVITED: [Self; 8] = [
        Self::CoMediator,
        Self::Volunteer,
        Self::Lawyer,
        Self::Kin,
        Self::Expert,
        Self::Interpreter,
        Self::SignLanguage,
        Self::Observer,
    ];

    /// Every one in which somebody can be invited who is not of the organisation, where these are the parties.
    pub fn outside(parties: &[PartyId]) -> Vec<Self> {
        let invited = Self::INVITED.into_iter().filter(|it| it.wants_consent());
        let helpers = parties.iter().map(|party| Self::Helper(*party));
        invited.chain(helpers).collect()
    }

    /// As a form writes it.
    pub fn code(self) -> String {
        match self {
            Self::Helper(party) => format!("helper-{party}"),
            other => other.name().to_owned(),
        }
    }

    /// The inverse of [`Capacity::code`], for those in which somebody can be invited.
    pub fn parse(code: &str) -> Option<Self> {
        let invited = || Self::INVITED.into_iter().find(|it| it.name() == code);
        match code.strip_prefix("helper-") {
            Some(party) => party.parse().ok().map(Self::Helper),
            None => invited(),
        }
    }

    /// Whether every party has to agree first: to whoever comes from outside of the organisation (人民调解法 20); that
    /// several of its own mediate, the organisation decides (人民调解法 19).
    pub const fn wants_consent(self) -> bool {
        !matches!(
            self,
            Self::CoMediator | Self::EnteredFor(_) | Self::Confirmer
        )
    }

    /// Whether somebody sits at the table in it.
    pub const fn sits_in(self) -> bool {
        !matches!(self, Self::EnteredFor(_) | Self::Confirmer)
    }

    /// Whether somebody is there to watch and hear and for nothing else: they are shown the session and nothing else of
    /// the case, say nothing and sign nothing.
    pub const fn only_hears(self) -> bool {
        matches!(self, Self::Helper(_) | Self::Observer)
    }

    /// Whether somebody carries what is said from one language into another, and so answers for it with a signature.
    pub const fn interprets(self) -> bool {
        matches!(self, Self::Interpreter | Self::SignLanguage)
    }

    /// Whether somebody comes for the case and not for a party, so that the session takes their time.
    pub const fn is_booked(self) -> bool {
        self.sits_in() && !self.only_hears() && !matches!(self, Self::Kin)
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::EnteredFor(_) => "entered_for",
            Self::CoMediator => "co_mediator",
            Self::Volunteer => "volunteer",
            Self::Lawyer => "lawyer",
            Self::Kin => "kin",
            Self::Expert => "expert",
            Self::Interpreter => "interpreter",
            Self::SignLanguage => "sign_language",
            Self::Helper(_) => "helper",
            Self::Observer => "observer",
            Self::Confirmer => "confirmer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_writes_of_a_capacity_is_read_back_and_nothing_else_is() {
        let party = PartyId(uuid::Uuid::from_u128(7));
        let invited = Capacity::INVITED.into_iter();
        for capacity in invited.chain([Capacity::Helper(party)]) {
            assert_eq!(Capacity::parse(&capacity.code()), Some(capacity));
        }
        for other in ["helper", "helper-", "helper-1", "confirmer", "entered_for"] {
            assert_eq!(Capacity::parse(other), None, "{other}");
        }
    }

    #[test]
    fn whoever_comes_from_outside_needs_consent_and_a_colleague_does_not() {
        let party = PartyId(uuid::Uuid::from_u128(7));
        let outside = Capacity::outside(&[party]);
        assert!(outside.contains(&Capacity::Helper(party)));
        assert!(outside.iter().all(|it| it.wants_consent() && it.sits_in()));
        assert!(!outside.contains(&Capacity::CoMediator));
    }
}
