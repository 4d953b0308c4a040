//! Who sits in front of a room's screen: the parties, and those of the team with the side that they came with.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::ids::{PersonId, SessionId};
use crate::domain::party::{IdentityCheck, Party, PartyRole};
use crate::domain::session::{Seated, Session, Sitter};
use crate::i18n::Text;
use crate::web::pages::case::view;
use crate::web::pages::team;
use crate::web::{Choice, Form, Viewer, Web, WebError, faces};

#[derive(Clone, Serialize)]
pub struct SeatFace {
    pub party: String,
    pub name: String,
    pub role: Text,
    /// Where the card is compared first, as long as it was not.
    pub identity: Option<String>,
    /// Compared on another day or by somebody else, so that card and face are looked at again.
    pub earlier: Option<EarlierCheck>,
    /// Who let the party sit down there.
    pub by: Option<String>,
}

#[derive(Clone, Serialize)]
pub struct EarlierCheck {
    pub by: String,
    pub at: Timestamp,
}

#[derive(Clone, Serialize)]
pub struct MemberFace {
    pub person: String,
    pub name: String,
    pub capacity: Option<Text>,
    /// The field of the side.
    pub field: String,
    /// Who let them sit down, and with which side they came.
    pub by: Option<String>,
    pub side: Option<Text>,
}

fn named(names: &faces::Names, person: PersonId) -> String {
    names.get(&person).cloned().unwrap_or_default()
}

pub(super) fn party_face(
    viewer: &Viewer,
    (case, session): (&Case, &Session),
    party: &Party,
    names: &faces::Names,
    now: Timestamp,
) -> SeatFace {
    let since = session.since().unwrap_or(now);
    let vouched = |check: &IdentityCheck| {
        let person = viewer.actor.person();
        person.is_some_and(|person| check.vouches(person, since))
    };
    let check = party.check();
    SeatFace {
        party: party.id.to_string(),
        name: party.name.to_string(),
        role: view::role_text(party.role),
        identity: check
            .is_none()
            .then(|| format!("/cases/{}/identity/{}", case.id, party.id)),
        earlier: check
            .filter(|check| !vouched(check))
            .map(|check| EarlierCheck {
                by: named(names, check.by),
                at: check.at,
            }),
        by: session
            .seat(Sitter::Party(party.id))
            .map(|seated| named(names, seated.by)),
    }
}

/// Whom the parties agreed to, once each, and whoever sits there still.
pub(super) fn members(case: &Case, session: &Session, names: &faces::Names) -> Vec<MemberFace> {
    let mut seen = BTreeSet::new();
    let team = case.team.iter().map(|it| it.person);
    let there = session.at_screen.iter().filter_map(|it| match it.who {
        Sitter::Member { person, .. } => Some(person),
        Sitter::Party(_) => None,
    });
    let people = team.chain(there).filter(|person| seen.insert(*person));
    let face = |person: PersonId| {
        let capacity = Sitter::capacity(case, person);
        let seated = session.seat(Sitter::Member { person, side: None });
        (capacity.is_some() || seated.is_some()).then(|| MemberFace {
            person: person.to_string(),
            name: named(names, person),
            capacity: capacity.map(team::capacity_text),
            field: side_field(&person.to_string()),
            by: seated.map(|it| named(names, it.by)),
            side: seated.and_then(side_of),
        })
    };
    people.filter_map(face).collect()
}

const SIDES: [Option<PartyRole>; 3] =
    [Some(PartyRole::Claimant), Some(PartyRole::Respondent), None];

const fn side_name(side: Option<PartyRole>) -> &'static str {
    match side {
        Some(role) => role.name(),
        None => "neither",
    }
}

pub(super) fn side_text(side: Option<PartyRole>) -> Text {
    Text::key(format!("room-screen-side-{}", side_name(side)))
}

fn side_of(seated: &Seated) -> Option<Text> {
    match seated.who {
        Sitter::Member { side, .. } => Some(side_text(side)),
        Sitter::Party(_) => None,
    }
}

/// Nothing is chosen beforehand: a wrong side would let the other one listen.
pub(super) fn side_choices(web: &Web, viewer: &Viewer, case: &Case) -> Vec<Choice> {
    let words = web.words(case);
    let choice = |value: &str, key: &str| Choice {
        value: value.to_owned(),
        label: words.t(viewer.locale, key, &[]),
        hint: String::new(),
    };
    let side = |side| {
        let name = side_name(side);
        choice(name, &format!("room-screen-side-{name}"))
    };
    let none = choice("", "room-screen-side-unsaid");
    std::iter::once(none).chain(SIDES.map(side)).collect()
}

/// The field that says with whom this one of the team came.
pub(super) fn side_field(person: &str) -> String {
    format!("side_{person}")
}

/// Who sits down or gets up; nothing where it is not said with which side they came.
pub(super) fn wish(form: &mut Form, session: SessionId) -> Result<Option<Action>, WebError> {
    let unknown = || WebError::BadRequest("nobody can sit there so".to_owned());
    let (here, seen) = match form.value("do") {
        "sit" => (true, false),
        "sit-again" => (true, true),
        "rise" => (false, false),
        _ => return Err(unknown()),
    };
    let who = if form.value("party").is_empty() {
        let person: PersonId = form.value("person").parse().map_err(|_error| unknown())?;
        let side = if here {
            let sides = |name: &str| SIDES.into_iter().find(|side| side_name(*side) == name);
            let Some(side) = form.choose(&side_field(&person.to_string()), sides) else {
                return Ok(None);
            };
            side
        } else {
            None
        };
        Sitter::Member { person, side }
    } else {
        Sitter::Party(form.value("party").parse().map_err(|_error| unknown())?)
    };
    Ok(Some(Action::SeatAtScreen {
        session,
        who,
        here,
        seen,
    }))
}
