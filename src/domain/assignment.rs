//! Which committee and which mediator to propose for a case, each with its reasons. It proposes; a dispatcher assigns.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::diary::TimeLeft;
use super::identity::PersonName;
use super::ids::{OrganisationId, PersonId};
use super::organisation::{Area, Language, MediatorProfile, Organisation};
use super::rules::DisputeType;
use super::wording::Wording;

mod conflict;
mod history;
mod reason;

pub use conflict::Tie;
pub use history::{Encounter, Met, MetAs, encounters, marks};
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
    /// Whom the parties named, once for each party that did.
    pub preferred: &'a [PersonId],
    /// Who has met the parties in other matters.
    pub met: &'a BTreeMap<PersonId, Vec<Met>>,
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
    pub time: TimeLeft,
    /// What they declared beforehand.
    pub ties: &'a [Tie],
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
    reasons.extend(stood(met(wanted, seat)));
    if wanted.earlier.contains(&seat.person) {
        reasons.push(Reason::EarlierRole);
    }
    if wanted.refused.contains(&seat.person) {
        reasons.push(Reason::Refused);
    }
    if seat.profile.paused {
        reasons.push(Reason::Paused);
    }
    if seat.load >= seat.profile.load_limit {
        reasons.push(Reason::LoadFull { load: seat.load });
    }
    if let Some(until) = seat.time.away_until {
        reasons.push(Reason::Away { until });
    }
    reasons
}

/// What ties somebody to a party who is to sit at the table without mediating; `profile` where they are on a roster.
pub fn ties_between(
    person: PersonId,
    name: Option<&PersonName>,
    profile: Option<&MediatorProfile>,
    ties: &[Tie],
    parties: &[PartyFacts],
    met: &[Met],
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if let Some(profile) = profile {
        let seat = Seat {
            person,
            profile,
            load: 0,
            time: TimeLeft::default(),
            ties,
        };
        reasons.extend(conflict::conflicts(&seat, parties));
    } else if let Some(name) = name {
        reasons.extend(conflict::by_name(name, ties, parties));
    }
    reasons.extend(stood(met));
    reasons
}

/// Whoever stood on a side once does not sit in the middle later.
fn stood(met: &[Met]) -> Vec<Reason> {
    let side = |met: &Met| match met.role {
        MetAs::Mediator => None,
        _ if met.elsewhere => Some(Reason::StoodElsewhere),
        MetAs::Opponent => Some(Reason::StoodAgainst(met.party.clone())),
        MetAs::Companion => Some(Reason::StoodBeside(met.party.clone())),
    };
    let mut reasons: Vec<_> = met.iter().filter_map(side).collect();
    reasons.dedup();
    reasons
}

fn met<'a>(wanted: &Wanted<'a>, seat: &Seat<'_>) -> &'a [Met] {
    wanted.met.get(&seat.person).map_or(&[], Vec::as_slice)
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
    let by = wanted.preferred.iter().filter(|it| **it == seat.person);
    match by.count() {
        0 => {}
        by => reasons.push(Reason::Preferred {
            by: u32::try_from(by).unwrap_or(u32::MAX),
        }),
    }
    reasons.extend(mediated_before(wanted, seat));
    reasons.push(load(seat));
    reasons.push(match seat.time.free_hours {
        0 => Reason::WeekFull,
        hours => Reason::WeekFree { hours },
    });
    reasons.push(Reason::NoConflict);
    RankedMediator {
        person: seat.person,
        score: total(&reasons),
        reasons,
    }
}

fn load(seat: &Seat<'_>) -> Reason {
    let (load, limit) = (seat.load, seat.profile.load_limit);
    let free = limit - load;
    if free * 3 >= limit {
        Reason::LoadFree { load, free }
    } else {
        Reason::LoadBusy { load, free }
    }
}

/// Knowing both sides from earlier matters helps; knowing one of them has to be disclosed (在线调解规则 13 (3)).
fn mediated_before(wanted: &Wanted<'_>, seat: &Seat<'_>) -> Vec<Reason> {
    let met = met(wanted, seat).iter();
    let met: Vec<_> = met
        .filter(|it| it.role == MetAs::Mediator && !it.elsewhere)
        .collect();
    let known = |party: &PartyFacts| met.iter().any(|it| it.party == party.name.as_str());
    if met.is_empty() {
        Vec::new()
    } else if wanted.parties.iter().all(known) {
        vec![Reason::KnowsAll]
    } else {
        let one_sided = |met: &&Met| Reason::KnowsOne {
            party: met.party.clone(),
            cases: met.cases,
        };
        met.iter().map(one_sided).collect()
    }
}

fn total(reasons: &[Reason]) -> i32 {
    reasons.iter().map(Reason::weight).sum()
}

#[cfg(test)]
mod tests;
