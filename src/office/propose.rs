//! Whom to propose for a case: committees and mediators in their order, and the court that could confirm.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Result;
use crate::domain::assignment::{Body, PartyFacts, RankedCommittee, Seat, Wanted, rank};
use crate::domain::case::{Case, Place};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::{Area, District, Organisation, OrganisationKind};
use crate::domain::rules::dispute::DisputeType;
use crate::domain::rules::{DisputeKey, Rules};
use crate::domain::stage::{Mediate, Stage};
use crate::domain::wording::Wording;
use crate::storage::office::{Listed, RosterRow};
use crate::storage::{Read, cases, office};

/// All committees for a case, best first, each with its mediators and the reasons for them. Empty for a type that
/// is not in the table: a person sorts it first. None is of another district.
pub async fn propose(read: &mut Read, rules: &Rules, case: &Case) -> Result<Vec<RankedCommittee>> {
    let area = area_of(read, &case.place).await?;
    let parties: Vec<_> = case.parties.iter().map(facts).collect();
    let refused = refused(case);
    ranked(
        read,
        rules.of(&case.district),
        Among {
            district: &case.district,
            dispute: &case.dispute,
            area: area.as_ref(),
            parties: &parties,
            refused: &refused,
        },
    )
    .await
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
    let among = Among {
        district: &own,
        dispute,
        area,
        parties: &[],
        refused: &[],
    };
    let ranked = ranked(read, rules, among).await?;
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

/// What is looked for, and where.
struct Among<'a> {
    district: &'a District,
    dispute: &'a DisputeKey,
    area: Option<&'a Area>,
    parties: &'a [PartyFacts],
    refused: &'a [PersonId],
}

/// `rules` are those of the district.
async fn ranked(read: &mut Read, rules: &Rules, among: Among<'_>) -> Result<Vec<RankedCommittee>> {
    let Some(dispute) = rules.dispute(among.dispute) else {
        return Ok(Vec::new());
    };
    let mut organisations = office::organisations(read).await?;
    organisations.retain(|listed| district(listed) == *among.district);
    let roster = office::roster(read).await?;
    let mut places = BTreeMap::new();
    let mut loads = BTreeMap::new();
    for listed in &organisations {
        let name = office::area_name(read, &listed.organisation.area).await?;
        let nameless = || Wording {
            zh: String::new(),
            en: String::new(),
        };
        places.insert(listed.id, name.unwrap_or_else(nameless));
        loads.extend(cases::open_load(read, listed.id).await?);
    }
    let bodies: Vec<_> = organisations
        .iter()
        .map(|listed| body(listed, &places[&listed.id], &roster, &loads))
        .collect();
    let wanted = Wanted {
        dispute,
        area: among.area,
        languages: &[],
        parties: among.parties,
        refused: among.refused,
        earlier: &[],
    };
    Ok(rank(&wanted, &bodies))
}

fn body<'a>(
    listed: &'a Listed,
    place: &'a Wording,
    roster: &'a [RosterRow],
    loads: &BTreeMap<PersonId, i64>,
) -> Body<'a> {
    let seat = |row: &'a RosterRow| Seat {
        person: row.person,
        profile: &row.profile,
        load: row.elsewhere
            + loads
                .get(&row.person)
                .map_or(0, |load| u32::try_from(*load).unwrap_or(u32::MAX / 2)),
    };
    let roster = roster
        .iter()
        .filter(|row| row.organisation == listed.id)
        .map(seat);
    Body {
        id: listed.id,
        organisation: &listed.organisation,
        place,
        roster: roster.collect(),
    }
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
        employer: None,
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
