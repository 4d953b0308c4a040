//! Which committee and which mediator to propose for a case, each with its reasons. It proposes; a dispatcher assigns.

use std::cmp::Reverse;

use super::identity::PersonName;
use super::ids::{OrganisationId, PersonId};
use super::organisation::{Area, Language, MediatorProfile, Organisation};
use super::rules::DisputeType;
use super::wording::Wording;

mod conflict;
mod reason;

pub use reason::{Filler, Reason};

/// The case, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub dispute: &'a DisputeType,
    /// Where it happens, when the place is known.
    pub area: Option<&'a Area>,
    /// What the parties wish to speak.
    pub languages: &'a [Language],
    pub parties: &'a [PartyFacts],
    /// Who has already declined this case or was challenged.
    pub refused: &'a [PersonId],
    /// Who has had another role in this matter: witness, agent, arbitrator (特邀调解规定 16).
    pub earlier: &'a [PersonId],
}

/// What could tie a party to a mediator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyFacts {
    pub name: PersonName,
    pub person: Option<PersonId>,
    pub fingerprint: Option<String>,
    pub address: String,
    pub employer: Option<String>,
}

/// A committee with its mediators.
#[derive(Clone, Debug)]
pub struct Body<'a> {
    pub id: OrganisationId,
    pub organisation: &'a Organisation,
    /// The name of its area, for the reasons.
    pub place: &'a Wording,
    pub roster: Vec<Seat<'a>>,
}

/// A mediator on a committee's roster.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'a> {
    pub person: PersonId,
    pub profile: &'a MediatorProfile,
    /// Cases now in hand.
    pub load: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedCommittee {
    pub organisation: OrganisationId,
    pub score: i32,
    pub reasons: Vec<Reason>,
    /// Best first.
    pub mediators: Vec<RankedMediator>,
    /// Who cannot take it, and why.
    pub excluded: Vec<Excluded>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedMediator {
    pub person: PersonId,
    pub score: i32,
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    pub person: PersonId,
    pub reasons: Vec<Reason>,
}

/// All bodies that mediate, best first; the same input gives the same order. Conflicts, refusals and full hands exclude.
pub fn rank(wanted: &Wanted<'_>, bodies: &[Body<'_>]) -> Vec<RankedCommittee> {
    let mut ranked: Vec<_> = bodies
        .iter()
        .filter(|body| body.organisation.kind.track().is_some())
        .map(|body| committee(wanted, body))
        .collect();
    // A committee that nobody can serve comes after all that somebody can.
    ranked.sort_by_key(|it| (it.mediators.is_empty(), Reverse(it.score), it.organisation));
    ranked
}

fn committee(wanted: &Wanted<'_>, body: &Body<'_>) -> RankedCommittee {
    let organisation = body.organisation;
    let mut reasons = Vec::new();
    reasons.push(if organisation.kind.usually_takes(wanted.dispute.by) {
        Reason::KindMatch
    } else {
        Reason::KindOther
    });
    if organisation.fields.contains(&wanted.dispute.key) {
        reasons.push(Reason::FieldMatch(wanted.dispute.name.clone()));
    } else if !organisation.fields.is_empty() {
        reasons.push(Reason::FieldOther);
    }
    reasons.extend(wanted.area.map(|area| place(area, body)));
    let (mut mediators, mut excluded) = (Vec::new(), Vec::new());
    for seat in &body.roster {
        match bar(wanted, seat) {
            reasons if reasons.is_empty() => mediators.push(mediator(wanted, seat)),
            reasons => excluded.push(Excluded {
                person: seat.person,
                reasons,
            }),
        }
    }
    mediators.sort_by_key(|it| (Reverse(it.score), it.person));
    if mediators.is_empty() {
        reasons.push(Reason::NoMediator);
    }
    RankedCommittee {
        organisation: body.id,
        score: total(&reasons),
        reasons,
        mediators,
        excluded,
    }
}

fn place(area: &Area, body: &Body<'_>) -> Reason {
    let covered = &body.organisation.area;
    if covered.covers(area) {
        // The smaller the area that it covers, the nearer it is: 柳荫社区 before the whole district.
        Reason::PlaceSame {
            place: body.place.clone(),
            depth: covered.0.matches('/').count(),
        }
    } else if covered.is_near(area) {
        Reason::PlaceNear(body.place.clone())
    } else {
        Reason::PlaceFar
    }
}

/// Everything that keeps this mediator out of the case; empty for one who may take it.
fn bar(wanted: &Wanted<'_>, seat: &Seat<'_>) -> Vec<Reason> {
    let mut reasons = conflict::conflicts(seat, wanted.parties);
    if wanted.earlier.contains(&seat.person) {
        reasons.push(Reason::EarlierRole);
    }
    if wanted.refused.contains(&seat.person) {
        reasons.push(Reason::Refused);
    }
    if seat.load >= seat.profile.load_limit {
        reasons.push(Reason::LoadFull { load: seat.load });
    }
    reasons
}

fn mediator(wanted: &Wanted<'_>, seat: &Seat<'_>) -> RankedMediator {
    let profile = seat.profile;
    let mut reasons = Vec::new();
    reasons.push(if profile.fields.contains(&wanted.dispute.key) {
        Reason::FieldMatch(wanted.dispute.name.clone())
    } else {
        Reason::FieldOther
    });
    for language in wanted.languages {
        reasons.push(if profile.languages.contains(language) {
            Reason::LanguageMatch(*language)
        } else {
            Reason::LanguageMissing(*language)
        });
    }
    let free = profile.load_limit - seat.load;
    reasons.push(if free * 3 >= profile.load_limit {
        Reason::LoadFree {
            load: seat.load,
            free,
        }
    } else {
        Reason::LoadBusy {
            load: seat.load,
            free,
        }
    });
    reasons.push(Reason::NoConflict);
    // Among equals the one with the most room comes first.
    let room = i32::try_from(free.min(9)).unwrap_or(9);
    RankedMediator {
        person: seat.person,
        score: total(&reasons) + room,
        reasons,
    }
}

fn total(reasons: &[Reason]) -> i32 {
    reasons.iter().map(Reason::weight).sum()
}

#[cfg(test)]
mod tests;
