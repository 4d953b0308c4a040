//! What ties a mediator to a party (在线调解规则 13, 特邀调解规定 15): found by comparing, or declared beforehand.

use super::{PartyFacts, Reason, Seat};
use crate::domain::identity::PersonName;

/// Something that a mediator declared before any case came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tie {
    Relative(PersonName),
    /// Works there, or did.
    Employer(String),
    /// Lives there, or owns it.
    Address(String),
    /// Somebody close who is no relative: a friend, a partner, an adversary.
    Person(PersonName),
}

impl Tie {
    pub const KINDS: [&'static str; 4] = ["relative", "employer", "address", "person"];

    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Relative(_) => "relative",
            Self::Employer(_) => "employer",
            Self::Address(_) => "address",
            Self::Person(_) => "person",
        }
    }

    pub fn value(&self) -> &str {
        match self {
            Self::Relative(name) | Self::Person(name) => name.as_str(),
            Self::Employer(text) | Self::Address(text) => text,
        }
    }

    /// The inverse of [`Tie::kind`] and [`Tie::value`]; `None` where there is no such kind, or it names nobody.
    pub fn read(kind: &str, value: &str) -> Option<Self> {
        Some(match kind {
            "relative" => Self::Relative(PersonName::parse(value).ok()?),
            "person" => Self::Person(PersonName::parse(value).ok()?),
            "employer" => Self::Employer(value.to_owned()),
            "address" => Self::Address(value.to_owned()),
            _ => return None,
        })
    }
}

/// Every tie that can be seen. A shared name is not yet a tie, but must be cleared before anybody is assigned.
pub(super) fn conflicts(seat: &Seat<'_>, parties: &[PartyFacts]) -> Vec<Reason> {
    parties
        .iter()
        .filter_map(|party| conflict(seat, party))
        .collect()
}

fn conflict(seat: &Seat<'_>, party: &PartyFacts) -> Option<Reason> {
    let profile = seat.profile;
    let name = || party.name.as_str().to_owned();
    if party.person == Some(seat.person)
        || same(profile.fingerprint.as_deref(), party.fingerprint.as_deref())
    {
        return Some(Reason::SamePerson(name()));
    }
    if same_name(&profile.name, &party.name) {
        return Some(Reason::SameName(name()));
    }
    if profile
        .relatives
        .iter()
        .any(|relative| same_name(relative, &party.name))
    {
        return Some(Reason::Relative(name()));
    }
    if same(profile.address.as_deref(), Some(&party.address)) {
        return Some(Reason::SameAddress(name()));
    }
    if same(profile.employer.as_deref(), party.employer.as_deref()) {
        return Some(Reason::SameEmployer(name()));
    }
    seat.ties.iter().find_map(|tie| declared(tie, party))
}

/// As [`conflicts`], for somebody of whom no more is known than a name and what they declared.
pub(super) fn by_name(name: &PersonName, ties: &[Tie], parties: &[PartyFacts]) -> Vec<Reason> {
    let tie = |party: &PartyFacts| {
        if same_name(name, &party.name) {
            return Some(Reason::SameName(party.name.as_str().to_owned()));
        }
        ties.iter().find_map(|tie| declared(tie, party))
    };
    parties.iter().filter_map(tie).collect()
}

fn declared(tie: &Tie, party: &PartyFacts) -> Option<Reason> {
    let name = || party.name.as_str().to_owned();
    match tie {
        Tie::Relative(relative) => {
            same_name(relative, &party.name).then(|| Reason::Relative(name()))
        }
        Tie::Person(person) => same_name(person, &party.name).then(|| Reason::Close(name())),
        Tie::Address(address) => {
            same(Some(address), Some(&party.address)).then(|| Reason::SameAddress(name()))
        }
        // An employer can itself be the party.
        Tie::Employer(employer) => (same(Some(employer), party.employer.as_deref())
            || same(Some(employer), Some(party.name.as_str())))
        .then(|| Reason::SameEmployer(name())),
    }
}

fn same_name(one: &PersonName, other: &PersonName) -> bool {
    same(Some(one.as_str()), Some(other.as_str()))
}

/// Equal but for blanks and case, and not empty: 柳荫社区 3 号楼 and 柳荫社区3号楼 are one place. Nothing is built for it:
/// a thousand cases are held against every mediator.
fn same(one: Option<&str>, other: Option<&str>) -> bool {
    fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
    }
    match (one, other) {
        (Some(one), Some(other)) => plain(one).next().is_some() && plain(one).eq(plain(other)),
        _ => false,
    }
}
