//! By what two cases are found to be alike: the same person asks again, against the same person, at the same address.

use super::case::{Case, Place};
use super::identity::PersonName;
use super::party::{Contact, PartyRole};

/// What two cases may have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alike {
    /// The claimant's phone or mail address.
    Claimant,
    /// The respondent's phone or mail address.
    Opponent,
    /// The respondent's name, which may be another person's.
    OpponentName,
    Address,
    /// The one asks against the other, and the other against the one.
    Crossed,
}

impl Alike {
    pub const ALL: [Self; 5] = [
        Self::Claimant,
        Self::Opponent,
        Self::OpponentName,
        Self::Address,
        Self::Crossed,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Claimant => "claimant",
            Self::Opponent => "opponent",
            Self::OpponentName => "opponent_name",
            Self::Address => "address",
            Self::Crossed => "crossed",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|alike| alike.name() == name)
    }

    /// As what the same value stands in the other case.
    pub const fn mirrored(self) -> Option<Self> {
        match self {
            Self::Claimant => Some(Self::Opponent),
            Self::Opponent => Some(Self::Claimant),
            _ => None,
        }
    }
}

/// A value under which a case is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub kind: Alike,
    pub value: String,
}

/// The shortest address that tells one place from another.
const SHORTEST_ADDRESS: usize = 4;

/// The marks of a case.
pub fn marks(case: &Case) -> Vec<Mark> {
    let people = case.parties.iter();
    marks_of(
        &case.place,
        people.map(|it| (it.role, &it.contact, &it.name)),
    )
}

/// The marks of a matter that is told, before it is a case.
pub fn marks_of<'a>(
    place: &Place,
    people: impl Iterator<Item = (PartyRole, &'a Contact, &'a PersonName)>,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (role, contact, name) in people {
        let kind = match role {
            PartyRole::Claimant => Alike::Claimant,
            PartyRole::Respondent => Alike::Opponent,
        };
        marks.extend(contacts(contact).map(|value| Mark { kind, value }));
        if role == PartyRole::Respondent {
            marks.push(Mark {
                kind: Alike::OpponentName,
                value: plain(name.as_str()),
            });
        }
    }
    let address = plain(&place.address);
    if address.chars().count() >= SHORTEST_ADDRESS {
        let area = place.area.as_ref().map_or("", |area| &area.0);
        let value = format!("{area} {address}");
        let kind = Alike::Address;
        marks.push(Mark { kind, value });
    }
    marks.sort();
    marks.dedup();
    marks
}

fn contacts(contact: &Contact) -> impl Iterator<Item = String> {
    let phone = contact.phone.as_ref().map(|it| it.as_e164().to_owned());
    let mail = contact.mail.as_ref().map(|it| it.as_str().to_lowercase());
    phone.into_iter().chain(mail)
}

/// Without what people write now so, now so: blanks, dots and dashes, wide figures, capitals.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        _ => c,
    };
    let kept = text.chars().map(narrow).filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{Quarrel, rules};

    #[test]
    fn every_kind_is_read_back_by_its_name() {
        for kind in Alike::ALL {
            assert_eq!(Alike::parse(kind.name()), Some(kind));
        }
    }

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        let rules = rules();
        let mut one = Quarrel::new(&rules).case;
        let mut other = one.clone();
        "柳荫里 ３号楼，5-02".clone_into(&mut one.place.address);
        "柳荫里3号楼502".clone_into(&mut other.place.address);
        assert_eq!(marks(&one), marks(&other));
        "3楼".clone_into(&mut other.place.address);
        let kinds: Vec<_> = marks(&other).iter().map(|it| it.kind).collect();
        assert!(!kinds.contains(&Alike::Address), "too short to tell");
    }

    #[test]
    fn a_case_is_found_by_both_phones_and_the_opponent_s_name() {
        let rules = rules();
        let case = Quarrel::new(&rules).case;
        let found: Vec<_> = marks(&case)
            .into_iter()
            .map(|it| (it.kind, it.value))
            .collect();
        assert!(found.contains(&(Alike::Claimant, "+8613800000001".to_owned())));
        assert!(found.contains(&(Alike::Opponent, "+8613800000002".to_owned())));
        assert!(found.contains(&(Alike::OpponentName, "康宁".to_owned())));
    }
}
