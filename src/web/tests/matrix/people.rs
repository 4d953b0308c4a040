//! Everybody who could stand before a page: the people of the case, and each role in the committee of the case, in its
//! court, in both a committee and a court of another place, and in those of another district.

use uuid::Uuid;

use crate::domain::actor::{Actor, Post, Role};
use crate::domain::fixture::{COMMITTEE, COURT, actors};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::OrganisationKind;
use crate::web::tests::matter::{employ, enter, found, found_in};
use crate::web::tests::visitor::{House, Visitor};

const OTHER_COMMITTEE: OrganisationId = OrganisationId(Uuid::from_u128(0xd0));
const OTHER_COURT: OrganisationId = OrganisationId(Uuid::from_u128(0xd1));
/// Of 北岭区, which shares the installation and nothing else.
const DISTANT: [(OrganisationId, OrganisationKind); 3] = [
    (
        OrganisationId(Uuid::from_u128(0xd2)),
        OrganisationKind::People,
    ),
    (
        OrganisationId(Uuid::from_u128(0xd3)),
        OrganisationKind::Court,
    ),
    (
        OrganisationId(Uuid::from_u128(0xd4)),
        OrganisationKind::Bureau,
    ),
];

/// Somebody with a name for messages and a browser of their own.
pub(super) struct Somebody<'a> {
    pub(super) name: String,
    /// Where, for somebody who is nothing but a role: `here`, `court`, `elsewhere`, or `distant` in another district.
    pub(super) office: Option<&'static str>,
    pub(super) actor: Actor,
    pub(super) browser: Visitor<'a>,
    /// The token of this browser's forms.
    pub(super) token: String,
}

/// Writes down whoever is not there yet; the people of the case are.
pub(super) async fn everybody(house: &House) -> Vec<Somebody<'_>> {
    found(house, OTHER_COMMITTEE, OrganisationKind::People).await;
    found(house, OTHER_COURT, OrganisationKind::Court).await;
    for (body, kind) in DISTANT {
        found_in(house, body, kind, "beiling/yunxi").await;
    }
    let mut people: Vec<_> = actors()
        .into_iter()
        .filter(|(_, actor)| *actor != Actor::Clock)
        .map(|(name, actor)| (name.to_owned(), None, actor))
        .collect();
    for (name, office, actor) in offices() {
        employ(house, &name, &actor).await;
        people.push((name, Some(office), actor));
    }
    let mut everybody = Vec::new();
    for (name, office, actor) in people {
        everybody.push(somebody(house, (name, office), actor).await);
    }
    everybody
}

async fn somebody<'a>(
    house: &'a House,
    (name, office): (String, Option<&'static str>),
    actor: Actor,
) -> Somebody<'a> {
    let mut browser = match &actor {
        Actor::Anonymous => Visitor::of(house),
        known => enter(house, known).await,
    };
    let token = browser.csrf().await;
    Somebody {
        name,
        office,
        actor,
        browser,
        token,
    }
}

/// Every role in each of the bodies, also where it makes no sense: an office elsewhere opens nothing here.
fn offices() -> Vec<(String, &'static str, Actor)> {
    let distant = DISTANT.map(|(body, _)| body);
    let bodies: [(&'static str, &[OrganisationId]); 4] = [
        ("here", &[COMMITTEE]),
        ("court", &[COURT]),
        ("elsewhere", &[OTHER_COMMITTEE, OTHER_COURT]),
        ("distant", &distant),
    ];
    let mut offices = Vec::new();
    for (place, bodies) in bodies {
        for role in Role::ALL {
            let number = 0xf00 + offices.len() as u128;
            let actor = Actor::Staff {
                person: PersonId(Uuid::from_u128(number)),
                posts: bodies
                    .iter()
                    .map(|body| Post {
                        organisation: *body,
                        role,
                    })
                    .collect(),
            };
            let name = format!("{}-{place}", role.name().replace('_', "-"));
            offices.push((name, place, actor));
        }
    }
    offices
}
