//! What ties a mediator to a party (在线调解规则 13, 特邀调解规定 15): found by comparing, disclosed by people.

use super::{PartyFacts, Reason, Seat};
use crate::domain::identity::PersonName;

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
    same(profile.employer.as_deref(), party.employer.as_deref())
        .then(|| Reason::SameEmployer(name()))
}

fn same_name(one: &PersonName, other: &PersonName) -> bool {
    same(Some(one.as_str()), Some(other.as_str()))
}

/// Equal but for blanks and case, and not empty: 柳荫社区 3 号楼 and 柳荫社区3号楼 are one place.
fn same(one: Option<&str>, other: Option<&str>) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect()
    };
    match (one.map(plain), other.map(plain)) {
        (Some(one), Some(other)) => !one.is_empty() && one == other,
        _ => false,
    }
}
