//! The demo town is whole, and nobody in it can be mistaken for somebody real.

use jiff::civil::date;

use super::*;
use crate::domain::identity::IdNumber;
use crate::domain::organisation::District;
use crate::domain::rules::tests::rules;

pub(crate) const FILES: [(&str, &str); 3] = [
    (
        "town.toml",
        include_str!("../../../../assets/data/demo/town.toml"),
    ),
    (
        "organisations.toml",
        include_str!("../../../../assets/data/demo/organisations.toml"),
    ),
    (
        "people.toml",
        include_str!("../../../../assets/data/demo/people.toml"),
    ),
];

fn town() -> Town {
    Town::parse(&two_districts(), &FILES).unwrap()
}

/// The house's rules and those of the demo's second district.
pub(crate) fn two_districts() -> Rules {
    let mut rules = rules();
    let own = include_str!("../../../../assets/data/demo/districts/beiling/disputes.toml");
    rules
        .lay_over(District("beiling".to_owned()), &[("disputes.toml", own)])
        .unwrap();
    rules
}

#[test]
fn the_town_has_every_kind_of_body_that_the_story_needs() {
    let town = town();
    let kinds: BTreeSet<_> = town.organisations.values().map(|it| it.kind).collect();
    let not_here = [OrganisationKind::CourtInvited];
    for kind in OrganisationKind::ALL {
        if not_here.contains(&kind) {
            continue;
        }
        assert!(kinds.contains(&kind), "{}", kind.name());
    }
    for (key, organisation) in &town.organisations {
        let roles: BTreeSet<_> = town
            .staff
            .iter()
            .filter(|it| it.organisation == *key)
            .flat_map(|it| it.roles.clone())
            .collect();
        let needed = match organisation.kind {
            OrganisationKind::Court => [Role::Clerk, Role::Judge].as_slice(),
            OrganisationKind::Bureau => &[Role::Supervisor],
            OrganisationKind::Authority => &[Role::Dispatcher],
            kind if kind.track().is_some() => &[Role::Dispatcher, Role::Mediator, Role::SealHolder],
            _ => &[],
        };
        assert!(
            needed.iter().all(|role| roles.contains(role)),
            "{key} lacks somebody"
        );
    }
}

#[test]
fn everybody_is_plainly_invented() {
    let town = town();
    for neighbour in &town.neighbours {
        let number = IdNumber::parse(&neighbour.id_number, date(2026, 11, 22)).unwrap();
        assert_eq!(
            number.birth_date().unwrap().year(),
            1900,
            "{}",
            neighbour.key
        );
    }
    let phones = town
        .staff
        .iter()
        .map(|it| &it.phone)
        .chain(town.neighbours.iter().map(|it| &it.phone))
        .chain(town.organisations.values().map(|it| &it.phone));
    let mut seen = BTreeSet::new();
    for phone in phones {
        assert!(phone.as_e164().starts_with("+861990000"), "{phone}");
        assert!(seen.insert(phone), "{phone} twice");
    }
    let mails = town
        .staff
        .iter()
        .map(|it| &it.mail)
        .chain(town.neighbours.iter().filter_map(|it| it.mail.as_ref()));
    let mut seen = BTreeSet::new();
    for mail in mails {
        assert!(
            mail.as_str().ends_with("@example.com") && seen.insert(mail),
            "{mail}"
        );
    }
}

#[test]
fn a_reference_into_nothing_is_reported_with_its_line() {
    for (file, from, to, what) in [
        (
            "town.toml",
            "area = \"hefeng/qingshi/liuyin\"",
            "area = \"hefeng/atlantis\"",
            "unknown area",
        ),
        (
            "organisations.toml",
            "kind = \"people\"",
            "kind = \"guild\"",
            "unknown variant `guild`",
        ),
        (
            "people.toml",
            "organisation = \"liuyin\"",
            "organisation = \"atlantis\"",
            "unknown organisation",
        ),
        (
            "people.toml",
            "\"noise\"",
            "\"noises\"",
            "unknown dispute type",
        ),
    ] {
        let texts = FILES.map(|(name, text)| {
            (
                name,
                if name == file {
                    text.replacen(from, to, 1)
                } else {
                    text.to_owned()
                },
            )
        });
        let error = Town::parse(
            &two_districts(),
            &texts.each_ref().map(|(name, text)| (*name, text.as_str())),
        )
        .unwrap_err();
        assert_eq!(error.file, file);
        assert!(error.what.contains(what) && error.line > 1, "{error}");
    }
}
