//! Who mediates: the parties' choice, what a mediator declares, and what stands against one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{PartyId, PersonId};

/// How many a party may name.
pub const MOST_NAMED: usize = 3;

/// The parties' own choice (在线调解规则 10, 人民调解法 23). No side reads the other's list before all have spoken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// By party, the dearest first; an empty list leaves it to the organisation.
    pub named: BTreeMap<PartyId, Vec<PersonId>>,
    /// All have spoken and agree on nobody, or the time is over.
    pub over: bool,
}

impl Choice {
    pub fn is_complete(&self, parties: &[PartyId]) -> bool {
        parties.iter().all(|party| self.named.contains_key(party))
    }

    /// Whom all have named: of several the one highest on the lists taken together.
    pub fn common(&self, parties: &[PartyId]) -> Option<PersonId> {
        let lists: Vec<_> = parties
            .iter()
            .map(|party| self.named.get(party).map_or(&[][..], Vec::as_slice))
            .collect();
        let place = |person: &PersonId| -> Option<usize> {
            let places = lists
                .iter()
                .map(|list| list.iter().position(|it| it == person));
            places.sum()
        };
        let ranked = lists
            .first()?
            .iter()
            .filter_map(|it| Some((place(it)?, *it)));
        ranked.min().map(|(_, person)| person)
    }
}

/// How somebody came to be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appointed {
    /// By the organisation, which may (人民调解法 19).
    #[default]
    ByOrganisation,
    /// All parties named them.
    Joint,
    /// The parties named nobody in common (在线调解规则 10, 特邀调解规定 12).
    NoneInCommon,
    /// Not every party named somebody in time (在线调解规则 10).
    TimeOver,
    /// A party left it to the organisation (在线调解规则 10).
    LeftToOrganisation,
}

impl Appointed {
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByOrganisation => "by-organisation",
            Self::Joint => "joint",
            Self::NoneInCommon => "none-in-common",
            Self::TimeOver => "time-over",
            Self::LeftToOrganisation => "left-to-organisation",
        }
    }
}

/// What could tie a mediator to a case, by what article 13 of 在线调解规则 asks; what is not said stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Kinship with a party or an agent (13 (1)).
    #[serde(default)]
    pub relation: String,
    /// An interest in the matter (13 (2)).
    #[serde(default)]
    pub interest: String,
    /// Another role in this matter before (特邀调解规定 16).
    #[serde(default)]
    pub earlier: String,
    /// Any other tie that may bear on fairness (13 (3)).
    #[serde(default, alias = "text")]
    pub other: String,
}

impl Declaration {
    /// What was said, with the name of each item.
    pub fn said(&self) -> Vec<(&'static str, &str)> {
        [
            ("relation", self.relation.as_str()),
            ("interest", self.interest.as_str()),
            ("earlier", self.earlier.as_str()),
            ("other", self.other.as_str()),
        ]
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .collect()
    }
}

/// Why somebody should not mediate, or not go on (在线调解规则 13 and 14, 特邀调解规定 15, 人民调解法 15).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    Relation,
    Interest,
    OtherTie,
    Conduct,
    /// Illness, leave, too much work: nobody's fault.
    Unable,
    #[default]
    Other,
}

impl Ground {
    pub const ALL: [Self; 6] = [
        Self::Relation,
        Self::Interest,
        Self::OtherTie,
        Self::Conduct,
        Self::Unable,
        Self::Other,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Relation => "relation",
            Self::Interest => "interest",
            Self::OtherTie => "other-tie",
            Self::Conduct => "conduct",
            Self::Unable => "unable",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }
}

/// That somebody asked for another mediator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The party; `None` where the mediator asked.
    pub by: Option<PartyId>,
    pub ground: Ground,
    pub why: String,
    pub at: Timestamp,
}

/// What the organisation decided on a mediator, with its reasons, for everybody to read (特邀调解规定 15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub at: Timestamp,
    pub by: PersonId,
    pub about: PersonId,
    /// Whether another takes over.
    pub replaced: bool,
    pub reason: String,
}

/// What one mediator leaves to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverNote {
    pub by: PersonId,
    pub at: Timestamp,
    pub text: String,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[test]
    fn of_several_in_common_the_one_dearest_to_both_is_picked() {
        let parties = [1, 2].map(|number| PartyId(Uuid::from_u128(number)));
        let mut choice = Choice::default();
        choice
            .named
            .insert(parties[0], vec![person(7), person(8), person(9)]);
        assert!(!choice.is_complete(&parties));
        assert_eq!(choice.common(&parties), None);
        choice.named.insert(parties[1], vec![person(8), person(7)]);
        assert_eq!(
            choice.common(&parties),
            Some(person(7)),
            "the same either way round"
        );
        choice.named.insert(parties[1], vec![person(5), person(9)]);
        assert_eq!(choice.common(&parties), Some(person(9)));
        choice.named.insert(parties[1], Vec::new());
        assert_eq!(choice.common(&parties), None);
        assert!(choice.is_complete(&parties));
    }

    #[test]
    fn an_older_disclosure_in_one_text_still_loads() {
        let declared: Declaration = serde_json::from_str(r#"{"text":"同住一个小区"}"#).unwrap();
        assert_eq!(declared.said(), [("other", "同住一个小区")]);
        for ground in Ground::ALL {
            assert_eq!(Ground::parse(ground.name()), Some(ground));
        }
    }
}
