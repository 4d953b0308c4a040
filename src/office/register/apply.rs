//! Taking files in: all of them or nothing.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::notice::{Touched, tell};
use super::plan::{Known, by_hand, check};
use super::{AREAS, ORGANISATIONS, PLACES, Register, STAFF, StaffRow, read};
use crate::clock::Clock;
use crate::domain::actor::{Post, Role};
use crate::domain::hash::ContentHash;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::OrganisationKey;
use crate::domain::organisation::town::QrPlace;
use crate::domain::rules::Rules;
use crate::office::Result;
use crate::storage::accounts::people::{self, Person};
use crate::storage::accounts::{setups, staff as accounts};
use crate::storage::office::{self, Listed, RosterRow};
use crate::storage::register::changes::{self, Change, What};
use crate::storage::{Store, Tx, register as stored, to_json, write_tx};

/// What the files change, or would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Empty where they can be taken in.
    pub faults: Vec<Fault>,
    /// By file: how many rows are new, and how many say something else than before.
    pub rows: BTreeMap<&'static str, (usize, usize)>,
    /// Logins of those whose posts end, each with the post.
    pub leaving: Vec<(String, Role)>,
    /// Logins of those who are new, and choose a password first.
    pub newcomers: Vec<(String, PersonId)>,
    /// Every row that changes, as it is and as it will be, in one word: what is taken in is what was shown.
    pub shown: String,
    /// Whether it was done.
    pub done: bool,
}

/// Whoever takes files in on the page. The shell belongs to whoever owns the machine, and is nobody's hand.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    pub person: PersonId,
    /// [`Outcome::shown`] of the dry run that they have seen.
    pub shown: &'a str,
    /// Of the installation, without a slash at the end.
    pub address: &'a str,
}

/// Takes the files in, or only says what that would do: `password` is the hash that new staff begin with, and `None` a
/// dry run. Nothing is kept where anything is wrong, or where it would do something else than `hand` was shown. What is
/// done on the page is told to those whom it is about, and who did it is written down.
pub async fn import(
    store: &Store,
    clock: &Clock,
    rules: &Rules,
    files: &[(&str, &[u8])],
    hand: Option<Hand<'_>>,
    password: Option<&str>,
) -> Result<Outcome> {
    let (register, mut faults) = read(rules, files);
    let Some(password) = password.filter(|_| faults.is_empty()) else {
        let known = Known::read(&mut store.read().await?, &register).await?;
        faults.extend(check(&register, &known));
        faults.extend(by_hand(&register, &known, hand.map(|hand| hand.person)));
        faults.sort();
        return Ok(Outcome {
            faults,
            ..outcome(&register, &known)?
        });
    };
    write_tx!(store, |tx| {
        let known = Known::read(tx, &register).await?;
        let mut outcome = outcome(&register, &known)?;
        outcome.faults = check(&register, &known);
        let by_hand = by_hand(&register, &known, hand.map(|hand| hand.person));
        outcome.faults.extend(by_hand);
        let as_shown = hand.is_none_or(|hand| hand.shown == outcome.shown);
        if outcome.faults.is_empty() && as_shown {
            let touched = Touched::of(&register, &known);
            outcome.newcomers = apply(tx, clock, &register, &known, password).await?;
            let change = change(clock, &outcome, &touched, hand);
            changes::insert(tx, &change).await?;
            if let Some(hand) = hand {
                tell(tx, (&register, &known), &touched, &change, hand.address).await?;
            }
            outcome.done = true;
        }
        Ok::<_, crate::storage::StorageError>(outcome)
    })
}

fn change(clock: &Clock, outcome: &Outcome, touched: &Touched, hand: Option<Hand<'_>>) -> Change {
    let number = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
    let rows = outcome.rows.iter();
    let newcomers = outcome.newcomers.iter();
    Change {
        id: clock.new_id(),
        at: clock.now(),
        hand: hand.map(|hand| hand.person),
        what: What::Import {
            files: rows
                .map(|(file, it)| ((*file).to_owned(), (number(it.0), number(it.1))))
                .collect(),
            newcomers: newcomers.map(|(_, person)| *person).collect(),
            touched: touched.people.iter().copied().collect(),
        },
    }
}

fn outcome(register: &Register, known: &Known) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut said = Vec::new();
    let mut count = |file, before: Option<String>, after: String| {
        let (added, changed) = outcome.rows.entry(file).or_insert((0, 0));
        match &before {
            None => *added += 1,
            Some(before) => *changed += usize::from(*before != after),
        }
        if before.as_ref() != Some(&after) {
            said.push(format!("{file} {before:?} {after}"));
        }
    };
    for (area, (_, name)) in &register.areas {
        let row = |name| to_json(AREAS, &(area, name));
        let before = known.areas.get(area).map(row).transpose()?;
        count(AREAS, before, row(name)?);
    }
    for (key, (_, body)) in &register.organisations {
        let row = |body| to_json(ORGANISATIONS, &(key, body));
        let before = known.organisations.get(key).map(|it| &it.organisation);
        count(ORGANISATIONS, before.map(row).transpose()?, row(body)?);
    }
    for (seat, (_, row)) in &register.staff {
        let (before, after) = seats(seat, row, known)?;
        count(STAFF, before, after);
    }
    for (code, (_, place)) in &register.places {
        let row = |place: &QrPlace| {
            let kind = place.kind.name();
            to_json(PLACES, &(code, &place.area, &place.address, kind))
        };
        let before = known.places.get(code).map(row).transpose()?;
        count(PLACES, before, row(place)?);
    }
    let leaving = known.leaving(register);
    said.push(format!("{leaving:?}"));
    outcome.shown = ContentHash::of(said.join("\n").as_bytes()).to_string();
    let leaving = leaving.into_iter();
    outcome.leaving = leaving.map(|(login, _, _, role)| (login, role)).collect();
    Ok(outcome)
}

/// What is known of somebody at a body and what a row says, written alike and whole: a contact in `Debug` is masked.
/// Nothing is known of them there before they have a post.
fn seats(
    (login, key): &(String, OrganisationKey),
    row: &StaffRow,
    known: &Known,
) -> Result<(Option<String>, String)> {
    let person = known.staff.get(login);
    let body = known.organisations.get(key);
    let at = person.zip(body).map(|(person, body)| (person.id, body.id));
    let roles = at.and_then(|at| known.posts.get(&at));
    let seat = at.and_then(|at| known.mediators.get(&at));
    let before = person.zip(roles).map(|(it, roles)| {
        let seat = seat.map(|seat| (&seat.profile, seat.elsewhere));
        let who = (&it.name, &it.mail, &it.phone);
        to_json(STAFF, &(login, key, who, roles, seat))
    });
    let profile = profile(row, seat);
    let mediates = profile.as_ref().map(|it| (it, row.elsewhere));
    // Whose phone is written over where they are given a first post here.
    let first = person.filter(|_| roles.is_none());
    let contact = first.map(|it| (&it.name, &it.mail, &it.phone));
    let who = (&row.name, &row.mail, &row.phone);
    let after = (login, key, who, row.posts(), mediates);
    let after = match contact {
        Some(contact) => to_json(STAFF, &(after, contact)),
        None => to_json(STAFF, &after),
    };
    Ok((before.transpose()?, after?))
}

/// As the file says, with what no file tells: the keyed hash of the identity number, and whether the head let them rest.
fn profile(
    row: &StaffRow,
    before: Option<&RosterRow>,
) -> Option<crate::domain::organisation::MediatorProfile> {
    let mut profile = row.mediator.clone()?;
    profile.fingerprint = before.and_then(|row| row.profile.fingerprint.clone());
    profile.paused = before.is_some_and(|row| row.profile.paused);
    Some(profile)
}

async fn apply(
    tx: &mut Tx,
    clock: &Clock,
    register: &Register,
    known: &Known,
    password: &str,
) -> Result<Vec<(String, PersonId)>> {
    for (area, (_, name)) in &register.areas {
        match known.areas.get(area) {
            None => office::insert_area(tx, area, name).await?,
            Some(before) if before != name => stored::update_area(tx, area, name).await?,
            Some(_) => {}
        }
    }
    let mut bodies: BTreeMap<&OrganisationKey, OrganisationId> = BTreeMap::new();
    bodies.extend(known.organisations.iter().map(|(key, it)| (key, it.id)));
    for (key, (_, organisation)) in &register.organisations {
        let before = known.organisations.get(key);
        let listed = Listed {
            id: before.map_or_else(|| OrganisationId(clock.new_id()), |it| it.id),
            organisation: organisation.clone(),
        };
        match before {
            None => office::insert_organisation(tx, &listed).await?,
            Some(before) if *before != listed => stored::update_organisation(tx, &listed).await?,
            Some(_) => {}
        }
        bodies.insert(key, listed.id);
    }
    for (_, person, organisation, role) in known.leaving(register) {
        stored::end_post(tx, person, Post { organisation, role }).await?;
        if role == Role::Mediator {
            stored::drop_mediator(tx, person, organisation).await?;
        }
    }
    let newcomers = staff(tx, clock, register, known, (&bodies, password)).await?;
    for (code, (_, place)) in &register.places {
        match known.places.get(code) {
            None => office::insert_place(tx, place).await?,
            Some(before) if before != place => stored::update_place(tx, place).await?,
            Some(_) => {}
        }
    }
    Ok(newcomers)
}

/// Whoever is new, by login.
async fn staff(
    tx: &mut Tx,
    clock: &Clock,
    register: &Register,
    known: &Known,
    (bodies, password): (&BTreeMap<&OrganisationKey, OrganisationId>, &str),
) -> Result<Vec<(String, PersonId)>> {
    let mut people: BTreeMap<&str, PersonId> = BTreeMap::new();
    for ((login, key), (_, row)) in &register.staff {
        let Some(organisation) = bodies.get(key).copied() else {
            continue;
        };
        let person = match people.get(login.as_str()) {
            Some(person) => *person,
            None => keep(tx, clock, login, row, known, password).await?,
        };
        people.insert(login, person);
        for role in &row.roles {
            let role = *role;
            office::give_post(tx, person, Post { organisation, role }).await?;
        }
        let before = known.mediators.get(&(person, organisation));
        if let Some(profile) = profile(row, before) {
            let row = RosterRow {
                person,
                organisation,
                profile,
                elsewhere: row.elsewhere,
            };
            if before != Some(&row) {
                stored::keep_mediator(tx, &row).await?;
            }
        }
    }
    let new = people
        .into_iter()
        .filter(|(login, _)| !known.staff.contains_key(*login));
    Ok(new
        .map(|(login, person)| (login.to_owned(), person))
        .collect())
}

/// The person of a row, made or brought up to date.
async fn keep(
    tx: &mut Tx,
    clock: &Clock,
    login: &str,
    row: &StaffRow,
    known: &Known,
    password: &str,
) -> Result<PersonId> {
    let before = known.staff.get(login);
    let now = clock.now();
    let person = Person {
        id: before.map_or_else(|| PersonId(clock.new_id()), |it| it.id),
        name: row.name.clone(),
        phone: row.phone.clone(),
        mail: row.mail.clone(),
        locale: before.map_or_else(|| "zh-CN".to_owned(), |it| it.locale.clone()),
        elder: before.is_some_and(|it| it.elder),
        created_at: before.map_or(now, |it| it.created_at),
    };
    match before {
        None => {
            people::insert(tx, &person).await?;
            accounts::insert(tx, person.id, login, password, now).await?;
            setups::await_choice(tx, person.id).await?;
        }
        Some(before) if *before != person => stored::update_person(tx, &person).await?,
        Some(_) => {}
    }
    Ok(person.id)
}
