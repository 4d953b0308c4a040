//! Whom to propose for a case: committees and mediators in their order, and the court that could confirm.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::Result;
use crate::domain::assignment::{
    Body, Met, MetAs, PartyFacts, RankedCommittee, Reason, Seat, Tie, Wanted, marks, rank,
    ties_between,
};
use crate::domain::case::{Case, Place};
use crate::domain::diary::{TimeLeft, hours_a_week, office_hours};
use crate::domain::ids::{CaseId, OrganisationId, PersonId};
use crate::domain::organisation::{Area, District, Organisation, OrganisationKind};
use crate::domain::rules::dispute::DisputeType;
use crate::domain::rules::{DisputeKey, Rules};
use crate::domain::stage::{Mediate, Stage};
use crate::domain::team::{Capacity, Member};
use crate::domain::wording::Wording;
use crate::storage::accounts::people;
use crate::storage::encounters::Found;
use crate::storage::office::{Listed, RosterRow};
use crate::storage::{Read, cases, diary, encounters, office};

/// All committees for a case, best first, each with its mediators and the reasons for them. Empty for a type that
/// is not in the table: a person sorts it first. None is of another district.
pub async fn propose(
    read: &mut Read,
    rules: &Rules,
    case: &Case,
    now: Timestamp,
) -> Result<Vec<RankedCommittee>> {
    let mut proposals = propose_all(read, rules, std::slice::from_ref(case), now).await?;
    Ok(proposals.pop().unwrap_or_default())
}

/// As [`propose`], for many cases: everything is read once, however many there are.
pub async fn propose_all(
    read: &mut Read,
    rules: &Rules,
    cases: &[Case],
    now: Timestamp,
) -> Result<Vec<Vec<RankedCommittee>>> {
    let people = People::read(read, now).await?;
    let mut bodies: BTreeMap<District, Vec<Body<'_>>> = BTreeMap::new();
    for body in people.bodies() {
        let district = body.organisation.area.district();
        bodies.entry(district).or_default().push(body);
    }
    let marks = cases.iter().flat_map(|case| &case.parties).flat_map(marks);
    let encounters = encounters::of_marks(read, &marks.collect()).await?;
    let by_mark = by_mark(&encounters);
    let mut proposals = Vec::with_capacity(cases.len());
    for case in cases {
        let area = area_of(read, &case.place).await?;
        let met = met(case, &by_mark);
        let bodies = bodies.get(&case.district).map_or(&[][..], Vec::as_slice);
        let rules = rules.of(&case.district);
        proposals.push(ranked_for(rules, case, area.as_ref(), &met, bodies));
    }
    Ok(proposals)
}

fn ranked_for(
    rules: &Rules,
    case: &Case,
    area: Option<&Area>,
    met: &BTreeMap<PersonId, Vec<Met>>,
    bodies: &[Body<'_>],
) -> Vec<RankedCommittee> {
    let Some(dispute) = rules.dispute(&case.dispute) else {
        return Vec::new();
    };
    let parties: Vec<_> = case.parties.iter().map(facts).collect();
    let languages: BTreeSet<_> = case.parties.iter().flat_map(|it| &it.languages).collect();
    let languages: Vec<_> = languages.into_iter().copied().collect();
    let wanted = Wanted {
        dispute,
        area,
        languages: &languages,
        parties: &parties,
        refused: &refused(case),
        earlier: &other_roles(case),
        preferred: &preferred(case),
        met,
    };
    rank(&wanted, bodies)
}

/// Who stands by the case other than as a mediator, and so does not mediate it (特邀调解规定 16).
fn other_roles(case: &Case) -> Vec<PersonId> {
    let other = |it: &&Member| it.capacity != Capacity::CoMediator;
    let team = case.team.iter().filter(other).map(|it| it.person);
    team.chain(case.asked.iter().map(|it| it.person)).collect()
}

/// Whom the parties named, once all have spoken or the time is over; before that nobody hears of it.
fn preferred(case: &Case) -> Vec<PersonId> {
    match &case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Selecting { choice, .. } if choice.over => {
                choice.named.values().flatten().copied().collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What keeps somebody from sitting at the table in a capacity. Kin and whoever helps a party are tied to it by what they
/// are, and the parties agree to that; everybody else is looked at as a mediator is (在线调解规则 13).
pub async fn ties_of(
    read: &mut Read,
    case: &Case,
    person: PersonId,
    capacity: Capacity,
) -> Result<Vec<Reason>> {
    if matches!(capacity, Capacity::Kin | Capacity::Helper(_)) {
        return Ok(Vec::new());
    }
    let marks: BTreeSet<_> = case.parties.iter().flat_map(marks).collect();
    let encounters = encounters::of_marks(read, &marks).await?;
    let met = met(case, &by_mark(&encounters));
    let name = people::load(read, person).await?.map(|it| it.name);
    let ties = encounters::ties(read, person).await?;
    let profiles = office::roster(read).await?;
    let profile = profiles.into_iter().find(|row| row.person == person);
    let parties: Vec<_> = case.parties.iter().map(facts).collect();
    Ok(ties_between(
        person,
        name.as_ref(),
        profile.as_ref().map(|row| &row.profile),
        &ties,
        &parties,
        met.get(&person).map_or(&[], Vec::as_slice),
    ))
}

fn by_mark(found: &[Found]) -> BTreeMap<&str, Vec<&Found>> {
    let mut by_mark: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    for it in found {
        by_mark.entry(&it.encounter.mark).or_default().push(it);
    }
    by_mark
}

/// What people have had to do with the parties in other cases.
fn met(case: &Case, by_mark: &BTreeMap<&str, Vec<&Found>>) -> BTreeMap<PersonId, Vec<Met>> {
    let mut found: BTreeMap<PersonId, Vec<Met>> = BTreeMap::new();
    for party in &case.parties {
        let mut matters: BTreeMap<(PersonId, MetAs, bool), BTreeSet<CaseId>> = BTreeMap::new();
        for mark in marks(party) {
            for it in by_mark.get(mark.as_str()).into_iter().flatten() {
                let elsewhere = it.district.as_ref() != Some(&case.district);
                let it = &it.encounter;
                if it.case != case.id {
                    let known = matters.entry((it.person, it.role, elsewhere));
                    known.or_default().insert(it.case);
                }
            }
        }
        for ((person, role, elsewhere), cases) in matters {
            found.entry(person).or_default().push(Met {
                party: party.name.as_str().to_owned(),
                role,
                cases: u32::try_from(cases.len()).unwrap_or(u32::MAX),
                elsewhere,
            });
        }
    }
    found
}

/// Where it happens, as far as the sheet or the person said.
pub async fn area_of(read: &mut Read, place: &Place) -> Result<Option<Area>> {
    Ok(match (&place.area, &place.code) {
        (Some(area), _) => Some(area.clone()),
        (None, Some(code)) => office::place(read, code).await?.map(|place| place.area),
        (None, None) => None,
    })
}

/// Who takes in a matter of this type at this place, before anybody has looked at it: those who cover the place, the
/// fittest kind first. Where nobody does, or nothing but the district is known of the place, it goes to its widest
/// area, whose dispatcher finds the right one. Nobody, where not even the district is known among several.
pub async fn committee_for(
    read: &mut Read,
    rules: &Rules,
    dispute: &DisputeKey,
    area: Option<&Area>,
) -> Result<Option<OrganisationId>> {
    let mut organisations = office::organisations(read).await?;
    let districts: BTreeSet<_> = organisations.iter().map(district).collect();
    let own = area.map(Area::district);
    let only = || districts.first().filter(|_| districts.len() == 1).cloned();
    let Some(own) = own.or_else(only) else {
        return Ok(None);
    };
    organisations.retain(|listed| district(listed) == own);
    let rules = rules.of(&own);
    // Of another district nobody is looked up in it below.
    let ranked = nobody_s_yet(read, rules, dispute, area).await?;
    let rank = |listed: &&Listed| {
        let found = ranked.iter().position(|it| it.organisation == listed.id);
        (found, Reverse(depth(listed)))
    };
    let fits = [fits_best, takes_anything, mediates];
    let tiers = fits.map(|fits| {
        let known = rules.dispute(dispute);
        let mut tier: Vec<&Listed> = organisations
            .iter()
            .filter(|listed| fits(&listed.organisation, known))
            .collect();
        tier.sort_by_key(rank);
        tier
    });
    let covers = |listed: &&Listed| area.is_some_and(|area| listed.organisation.area.covers(area));
    // Who merely could mediate it is asked only where nobody else is.
    let near = tiers[..2].iter().flatten().copied().find(covers);
    let widest = || {
        tiers
            .iter()
            .find_map(|tier| tier.iter().min_by_key(|it| depth(it)))
    };
    Ok(near.or_else(|| widest().copied()).map(|listed| listed.id))
}

/// The committees for a matter of which only type and place are known.
async fn nobody_s_yet(
    read: &mut Read,
    rules: &Rules,
    dispute: &DisputeKey,
    area: Option<&Area>,
) -> Result<Vec<RankedCommittee>> {
    let Some(dispute) = rules.dispute(dispute) else {
        return Ok(Vec::new());
    };
    // Whoever is away today comes back before the matter has gone its way.
    let people = People::read(read, Timestamp::UNIX_EPOCH).await?;
    let wanted = Wanted {
        dispute,
        area,
        languages: &[],
        parties: &[],
        refused: &[],
        earlier: &[],
        preferred: &[],
        met: &BTreeMap::new(),
    };
    Ok(rank(&wanted, &people.bodies()))
}

/// Who takes in whatever happens at a place: the people's committee nearest to it, as far as there is one.
pub async fn committee_at(
    read: &mut Read,
    rules: &Rules,
    area: &Area,
) -> Result<Option<OrganisationId>> {
    let of_no_type = DisputeKey(String::new());
    committee_for(read, rules, &of_no_type, Some(area)).await
}

fn district(listed: &Listed) -> District {
    listed.organisation.area.district()
}

/// How far below the district its area lies.
fn depth(listed: &Listed) -> usize {
    listed.organisation.area.0.matches('/').count()
}

fn fits_best(organisation: &Organisation, dispute: Option<&DisputeType>) -> bool {
    dispute.is_some_and(|known| {
        let fields = &organisation.fields;
        organisation.kind.usually_takes(known.by)
            && (fields.is_empty() || fields.contains(&known.key))
    })
}

/// A people's committee takes every civil quarrel (人民调解法 2).
fn takes_anything(organisation: &Organisation, _: Option<&DisputeType>) -> bool {
    organisation.kind == OrganisationKind::People
}

fn mediates(organisation: &Organisation, _: Option<&DisputeType>) -> bool {
    organisation.kind.track().is_some()
}

/// The court of the seat of the mediating organisation (民事诉讼法 205 (2)).
pub async fn court_for(read: &mut Read, case: &Case) -> Result<Option<Listed>> {
    let Some(committee) = office::organisation(read, case.organisation).await? else {
        return Ok(None);
    };
    let courts = office::of_kind(read, OrganisationKind::Court).await?;
    Ok(courts
        .into_iter()
        .find(|court| court.organisation.area.covers(&committee.organisation.area)))
}

/// Everybody a case could be given to, read at once.
struct People {
    organisations: Vec<Listed>,
    roster: Vec<RosterRow>,
    places: BTreeMap<Area, Wording>,
    loads: BTreeMap<PersonId, u32>,
    time: BTreeMap<PersonId, TimeLeft>,
    ties: BTreeMap<PersonId, Vec<Tie>>,
    nameless: Wording,
}

impl People {
    async fn read(read: &mut Read, now: Timestamp) -> Result<Self> {
        let roster = office::roster(read).await?;
        Ok(Self {
            organisations: office::organisations(read).await?,
            places: office::areas(read).await?.into_iter().collect(),
            loads: cases::open_loads(read).await?,
            time: time_left(read, &roster, now).await?,
            ties: encounters::all_ties(read).await?,
            nameless: Wording {
                zh: String::new(),
                en: String::new(),
            },
            roster,
        })
    }

    fn bodies(&self) -> Vec<Body<'_>> {
        let mut seats: BTreeMap<OrganisationId, Vec<Seat<'_>>> = BTreeMap::new();
        for row in &self.roster {
            seats
                .entry(row.organisation)
                .or_default()
                .push(self.seat(row));
        }
        let body = |listed| self.body(listed, &mut seats);
        self.organisations.iter().map(body).collect()
    }

    fn body<'a>(
        &'a self,
        listed: &'a Listed,
        seats: &mut BTreeMap<OrganisationId, Vec<Seat<'a>>>,
    ) -> Body<'a> {
        let organisation = &listed.organisation;
        Body {
            id: listed.id,
            organisation,
            place: self
                .places
                .get(&organisation.area)
                .unwrap_or(&self.nameless),
            roster: seats.remove(&listed.id).unwrap_or_default(),
        }
    }

    fn seat<'a>(&'a self, row: &'a RosterRow) -> Seat<'a> {
        let load = self.loads.get(&row.person).copied().unwrap_or(0);
        Seat {
            person: row.person,
            profile: &row.profile,
            load: row.elsewhere.saturating_add(load),
            time: self.time.get(&row.person).copied().unwrap_or_default(),
            ties: self.ties.get(&row.person).map_or(&[], Vec::as_slice),
        }
    }
}

/// What is left of everybody's coming seven days.
async fn time_left(
    read: &mut Read,
    roster: &[RosterRow],
    now: Timestamp,
) -> Result<BTreeMap<PersonId, TimeLeft>> {
    let (hours, away) = (diary::all_hours(read).await?, diary::away(read, now).await?);
    let taken = diary::taken(read, now, now + SignedDuration::from_hours(7 * 24)).await?;
    let usual = hours_a_week(&office_hours());
    let left = |row: &RosterRow| {
        let offered = hours
            .get(&row.person)
            .map_or(usual, |own| hours_a_week(own));
        let taken = taken
            .get(&row.person)
            .map_or(0, |quarters| quarters.div_ceil(4));
        let left = TimeLeft {
            away_until: away.get(&row.person).copied(),
            free_hours: offered.saturating_sub(taken),
        };
        (row.person, left)
    };
    Ok(roster.iter().map(left).collect())
}

fn facts(party: &crate::domain::party::Party) -> PartyFacts {
    PartyFacts {
        name: party.name.clone(),
        person: party.person,
        fingerprint: party
            .identity
            .as_ref()
            .map(|check| check.fingerprint.clone()),
        address: party.address.clone(),
        employer: party.employer.clone(),
    }
}

fn refused(case: &Case) -> Vec<PersonId> {
    match &case.stage {
        Stage::Mediate { at } => match at.as_ref() {
            Mediate::Selecting { refused, .. } | Mediate::Disclosing { refused, .. } => {
                refused.clone()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
