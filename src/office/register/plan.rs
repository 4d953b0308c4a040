//! What files would change in what is known, and what stands in the way.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Fault, What};
use super::{AREAS, ORGANISATIONS, PLACES, Register, STAFF, StaffRow};
use crate::domain::actor::Role;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::town::QrPlace;
use crate::domain::organisation::{Area, Organisation, OrganisationKey};
use crate::domain::wording::Wording;
use crate::office::Result;
use crate::storage::accounts::people::{self, Person};
use crate::storage::office::{self, Listed, RosterRow};
use crate::storage::{Read, register as stored};

/// Everything that is known, at once.
pub(super) struct Known {
    pub(super) areas: BTreeMap<Area, Wording>,
    pub(super) organisations: BTreeMap<OrganisationKey, Listed>,
    pub(super) staff: BTreeMap<String, Person>,
    pub(super) posts: BTreeMap<(PersonId, OrganisationId), BTreeSet<Role>>,
    pub(super) mediators: BTreeMap<(PersonId, OrganisationId), RosterRow>,
    pub(super) places: BTreeMap<String, QrPlace>,
    in_hand: BTreeMap<(PersonId, OrganisationId), u32>,
    with_cases: BTreeSet<OrganisationId>,
    /// Who owns a phone or a mail address that the files name.
    owners: BTreeMap<String, PersonId>,
}

impl Known {
    pub(super) async fn read(read: &mut Read, register: &Register) -> Result<Self> {
        let organisations = office::organisations(read).await?.into_iter();
        let roster = office::roster(read).await?.into_iter();
        let places = office::places(read).await?.into_iter();
        Ok(Self {
            areas: office::areas(read).await?.into_iter().collect(),
            organisations: organisations
                .map(|it| (it.organisation.key.clone(), it))
                .collect(),
            staff: stored::staff(read).await?,
            posts: stored::posts(read).await?,
            mediators: roster
                .map(|row| ((row.person, row.organisation), row))
                .collect(),
            places: places.map(|it| (it.code.clone(), it)).collect(),
            in_hand: stored::in_hand(read).await?,
            with_cases: stored::with_cases(read).await?,
            owners: owners(read, register).await?,
        })
    }

    /// The organisation as it will stand: as the files say, or as it is known.
    pub(super) fn organisation<'a>(
        &'a self,
        register: &'a Register,
        key: &OrganisationKey,
    ) -> Option<&'a Organisation> {
        let told = register.organisations.get(key).map(|(_, it)| it);
        told.or_else(|| self.organisations.get(key).map(|it| &it.organisation))
    }

    /// Whose posts end: who works for a body that the staff's file names, and stands in no row of it. The operator's
    /// post is nobody's to end by a file, lest the installation lock itself.
    pub(super) fn leaving(
        &self,
        register: &Register,
    ) -> Vec<(String, PersonId, OrganisationId, Role)> {
        let bodies: BTreeSet<_> = register.staff.keys().map(|(_, key)| key).collect();
        let logins: BTreeMap<_, _> = self
            .staff
            .iter()
            .map(|(login, it)| (it.id, login))
            .collect();
        let mut leaving = Vec::new();
        for listed in bodies.iter().filter_map(|key| self.organisations.get(*key)) {
            for ((person, at), roles) in self.posts.iter().filter(|((_, at), _)| *at == listed.id) {
                let Some(login) = logins.get(person) else {
                    continue;
                };
                let seat = ((*login).clone(), listed.organisation.key.clone());
                let row = register.staff.get(&seat);
                let kept = row.map_or(&[][..], |(_, row)| &row.roles);
                let ends = |role: &&Role| !kept.contains(role) && **role != Role::Operator;
                let ended = roles.iter().filter(ends);
                leaving.extend(ended.map(|role| ((*login).clone(), *person, *at, *role)));
            }
        }
        leaving
    }
}

async fn owners(read: &mut Read, register: &Register) -> Result<BTreeMap<String, PersonId>> {
    let mut owners = BTreeMap::new();
    for (_, row) in register.staff.values() {
        if let Some(phone) = &row.phone
            && let Some(owner) = people::by_phone(read, phone).await?
        {
            owners.insert(phone.as_e164().to_owned(), owner.id);
        }
        if let Some(mail) = &row.mail
            && let Some(owner) = people::by_mail(read, mail).await?
        {
            owners.insert(mail.as_str().to_owned(), owner.id);
        }
    }
    Ok(owners)
}

/// Everything that stands in the way of taking the files in, beyond what the files alone showed.
pub(super) fn check(register: &Register, known: &Known) -> Vec<Fault> {
    let mut faults = Vec::new();
    areas(register, known, &mut faults);
    for (row, organisation) in register.organisations.values() {
        let what = organisation_faults(register, known, organisation);
        faults.extend(what.into_iter().map(|(column, what)| Fault {
            file: ORGANISATIONS,
            row: *row,
            column,
            what,
        }));
    }
    staff(register, known, &mut faults);
    leaving(register, known, &mut faults);
    for (row, place) in register.places.values() {
        if !has_area(register, known, &place.area) {
            faults.push(Fault {
                file: PLACES,
                row: *row,
                column: "area",
                what: What::NoSuch(place.area.0.clone()),
            });
        }
    }
    faults
}

fn has_area(register: &Register, known: &Known, area: &Area) -> bool {
    register.areas.contains_key(area) || known.areas.contains_key(area)
}

fn areas(register: &Register, known: &Known, faults: &mut Vec<Fault>) {
    for (area, (row, _)) in &register.areas {
        if area
            .parent()
            .is_some_and(|it| !has_area(register, known, &it))
        {
            faults.push(Fault {
                file: AREAS,
                row: *row,
                column: "path",
                what: What::NoParentArea,
            });
        }
    }
}

fn organisation_faults(
    register: &Register,
    known: &Known,
    it: &Organisation,
) -> Vec<(&'static str, What)> {
    let mut faults = Vec::new();
    if !has_area(register, known, &it.area) {
        faults.push(("area", What::NoSuch(it.area.0.clone())));
    }
    match &it.parent {
        None if it.kind.parent().is_some() => faults.push(("parent", What::WrongParent)),
        None => {}
        Some(key) => match known.organisation(register, key) {
            None => faults.push(("parent", What::NoSuch(key.0.clone()))),
            Some(above) if it.kind.parent().is_some_and(|kind| kind != above.kind) => {
                faults.push(("parent", What::WrongParent));
            }
            Some(above) if *key == it.key || !above.area.covers(&it.area) => {
                faults.push(("parent", What::NotCovered));
            }
            Some(_) => {}
        },
    }
    if let Some(before) = known.organisations.get(&it.key) {
        let old = &before.organisation;
        if old.area.district() != it.area.district() {
            faults.push(("area", What::Moves));
        }
        if old.kind != it.kind && known.with_cases.contains(&before.id) {
            faults.push(("kind", What::KindChanges));
        }
    }
    faults
}

fn staff(register: &Register, known: &Known, faults: &mut Vec<Fault>) {
    let mut first: BTreeMap<&str, (&StaffRow, Option<&Organisation>)> = BTreeMap::new();
    let mut contacts: BTreeMap<String, &str> = BTreeMap::new();
    for ((login, key), (row, member)) in &register.staff {
        let mut fault = |column, what| {
            faults.push(Fault {
                file: STAFF,
                row: *row,
                column,
                what,
            });
        };
        let organisation = known.organisation(register, key);
        match organisation {
            None => fault("organisation", What::NoSuch(key.0.clone())),
            Some(body) => {
                let wrong = member.roles.iter().find(|it| !body.kind.has_post(**it));
                if let Some(role) = wrong {
                    fault("roles", What::NoSuchPost(role.name().to_owned()));
                }
            }
        }
        if let Some((other, at)) = first.get(login.as_str()) {
            let same = (&other.name, &other.mail, &other.phone)
                == (&member.name, &member.mail, &member.phone);
            if !same {
                fault("login", What::Contradiction);
            }
            if let (Some(at), Some(here)) = (at, organisation)
                && at.area.district() != here.area.district()
            {
                fault("organisation", What::TwoDistricts);
            }
        } else {
            first.insert(login, (member, organisation));
        }
        let own = known.staff.get(login).map(|it| it.id);
        let phone = member.phone.as_ref().map(|it| ("phone", it.as_e164()));
        let mail = member.mail.as_ref().map(|it| ("mail", it.as_str()));
        for (column, contact) in phone.into_iter().chain(mail) {
            let owner = known.owners.get(contact);
            let twice = contacts.insert(contact.to_owned(), login);
            let elsewhere = owner.is_some_and(|owner| Some(*owner) != own);
            if elsewhere || twice.is_some_and(|other| other != login) {
                fault(column, What::Taken(contact.to_owned()));
            }
        }
    }
}

/// What nobody does on the page who takes files in there: give themselves a post or have codes sent elsewhere, since that
/// asks for another operator; and make another operator, who would be themselves.
pub(super) fn by_hand(register: &Register, known: &Known, hand: Option<PersonId>) -> Vec<Fault> {
    if hand.is_none() {
        return Vec::new();
    }
    let mut faults = own(register, known, hand);
    for ((login, key), (row, member)) in &register.staff {
        let seat = known.staff.get(login).zip(known.organisations.get(key));
        let held = seat.and_then(|(person, body)| known.posts.get(&(person.id, body.id)));
        let holds = held.is_some_and(|roles| roles.contains(&Role::Operator));
        if member.roles.contains(&Role::Operator) && !holds {
            faults.push(Fault {
                file: STAFF,
                row: *row,
                column: "roles",
                what: What::OperatorPost,
            });
        }
    }
    faults
}

/// Rows of the one who takes the files in, where they say something else of them than is known.
fn own(register: &Register, known: &Known, hand: Option<PersonId>) -> Vec<Fault> {
    let fault = |row, column| Fault {
        file: STAFF,
        row,
        column,
        what: What::Own,
    };
    let mut faults = Vec::new();
    for ((login, key), (row, member)) in &register.staff {
        let Some(person) = known.staff.get(login).filter(|it| Some(it.id) == hand) else {
            continue;
        };
        if person.phone != member.phone || person.mail != member.mail {
            faults.push(fault(*row, "login"));
        }
        let body = known.organisations.get(key);
        let held = body.and_then(|body| known.posts.get(&(person.id, body.id)));
        if held != Some(&member.posts()) {
            faults.push(fault(*row, "roles"));
        }
    }
    let leaving = known.leaving(register).into_iter();
    let leaving = leaving.filter(|(_, person, ..)| Some(*person) == hand);
    faults.extend(leaving.map(|_| fault(0, "roles")));
    faults
}

/// Nobody leaves with cases in hand: they are handed over first.
fn leaving(register: &Register, known: &Known, faults: &mut Vec<Fault>) {
    for (login, person, at, role) in known.leaving(register) {
        let cases = known.in_hand.get(&(person, at)).copied().unwrap_or(0);
        if role != Role::Mediator || cases == 0 {
            continue;
        }
        let seat = register.staff.iter().find(|((other, key), _)| {
            *other == login && known.organisations.get(key).is_some_and(|it| it.id == at)
        });
        faults.push(Fault {
            file: STAFF,
            row: seat.map_or(0, |(_, (row, _))| *row),
            column: "roles",
            what: What::CasesInHand { who: login, cases },
        });
    }
}
