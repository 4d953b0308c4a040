//! Who is told that the register was changed on the page: whoever it is about, where they could be reached before, and
//! whoever watches over the body. Nobody with the operator's password gives out a post or makes a body unseen.

use std::collections::{BTreeMap, BTreeSet};

use super::Register;
use super::plan::Known;
use crate::domain::actor::Role;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::message::Channel;
use crate::domain::organisation::{District, Organisation, OrganisationKey};
use crate::domain::wording::Wording;
use crate::office::Result;
use crate::storage::Tx;
use crate::storage::accounts::people::Person;
use crate::storage::messages::{NewMessage, post};
use crate::storage::register::changes::Change;

/// So many are named in a message; how many it is in all stands beside them.
const NAMED: usize = 3;

/// Of whom something is changed, and in which bodies.
pub(super) struct Touched {
    /// Those who were known before.
    pub(super) people: BTreeSet<PersonId>,
    /// Names of all, also of newcomers, by their body.
    names: BTreeMap<OrganisationKey, BTreeSet<String>>,
    /// Bodies that are new, or of which something else is said than before.
    bodies: BTreeMap<OrganisationKey, Wording>,
}

impl Touched {
    pub(super) fn of(register: &Register, known: &Known) -> Self {
        let mut touched = Self {
            people: BTreeSet::new(),
            names: BTreeMap::new(),
            bodies: BTreeMap::new(),
        };
        let listed = known.organisations.iter();
        let keys: BTreeMap<_, _> = listed.map(|(key, it)| (it.id, key)).collect();
        for ((login, key), (_, row)) in &register.staff {
            let body = known.organisations.get(key);
            let before = known.staff.get(login);
            let held = before
                .zip(body)
                .and_then(|(person, body)| known.posts.get(&(person.id, body.id)));
            if held != Some(&row.posts()) {
                touched.note(before, row.name.as_str(), key);
            }
            if let Some(person) = before
                && (&person.phone, &person.mail) != (&row.phone, &row.mail)
            {
                touched.people.insert(person.id);
                let posts = known.posts.keys().filter(|(of, _)| *of == person.id);
                for key in posts.filter_map(|(_, body)| keys.get(body)) {
                    touched.note(before, row.name.as_str(), key);
                }
            }
        }
        for (login, _, body, _) in known.leaving(register) {
            let before = known.staff.get(&login);
            let name = before.map_or("", |person| person.name.as_str());
            if let Some(key) = keys.get(&body) {
                touched.note(before, name, key);
            }
        }
        for (key, (_, body)) in &register.organisations {
            let before = known.organisations.get(key);
            if before.map(|it| &it.organisation) != Some(body) {
                touched.bodies.insert(key.clone(), body.name.clone());
            }
        }
        touched
    }

    fn note(&mut self, before: Option<&Person>, name: &str, body: &OrganisationKey) {
        self.people.extend(before.map(|person| person.id));
        let names = self.names.entry(body.clone()).or_default();
        names.insert(name.to_owned());
    }
}

/// Writes the messages: to each at the address that was known before.
pub(super) async fn tell(
    tx: &mut Tx,
    (register, known): (&Register, &Known),
    touched: &Touched,
    change: &Change,
    address: &str,
) -> Result<()> {
    let staff: BTreeMap<PersonId, &Person> = known.staff.values().map(|it| (it.id, it)).collect();
    for person in touched.people.iter().filter_map(|id| staff.get(id)) {
        write(tx, person, ("register-own", BTreeMap::new()), change).await?;
    }
    let watch = Watch::of(register, known);
    for (watcher, names) in watch.names(touched) {
        let Some(person) = staff.get(&watcher) else {
            continue;
        };
        let page = if watch.is_head(watcher) {
            "/desk/staff"
        } else {
            "/organisations"
        };
        let first: Vec<_> = names.iter().copied().take(NAMED).collect();
        let facts = BTreeMap::from([
            ("name".to_owned(), first.join("、")),
            ("people".to_owned(), names.len().to_string()),
            ("link".to_owned(), format!("{address}{page}")),
        ]);
        write(tx, person, ("register-body", facts), change).await?;
    }
    for (watcher, bodies) in watch.bodies(touched) {
        let (Some(person), Some(first)) = (staff.get(&watcher), bodies.first()) else {
            continue;
        };
        let facts = BTreeMap::from([
            ("name".to_owned(), first.for_tag(&person.locale).to_owned()),
            ("bodies".to_owned(), bodies.len().to_string()),
            ("link".to_owned(), format!("{address}/organisations")),
        ]);
        write(tx, person, ("register-office", facts), change).await?;
    }
    Ok(())
}

/// Who heads and who supervises what, as it was before the change.
struct Watch<'a> {
    register: &'a Register,
    known: &'a Known,
    heads: BTreeMap<OrganisationId, BTreeSet<PersonId>>,
    heads_in: BTreeMap<District, BTreeSet<PersonId>>,
    supervisors: BTreeMap<District, BTreeSet<PersonId>>,
}

impl<'a> Watch<'a> {
    fn of(register: &'a Register, known: &'a Known) -> Self {
        let mut watch = Self {
            register,
            known,
            heads: BTreeMap::new(),
            heads_in: BTreeMap::new(),
            supervisors: BTreeMap::new(),
        };
        let listed = known.organisations.values();
        let districts: BTreeMap<_, _> = listed
            .map(|it| (it.id, it.organisation.area.district()))
            .collect();
        for ((person, body), roles) in &known.posts {
            let Some(district) = districts.get(body) else {
                continue;
            };
            if roles.contains(&Role::Head) {
                watch.heads.entry(*body).or_default().insert(*person);
                let all = watch.heads_in.entry(district.clone());
                all.or_default().insert(*person);
            }
            if roles.contains(&Role::Supervisor) {
                let all = watch.supervisors.entry(district.clone());
                all.or_default().insert(*person);
            }
        }
        watch
    }

    /// By whoever is told: of whom.
    fn names<'b>(&self, touched: &'b Touched) -> BTreeMap<PersonId, BTreeSet<&'b str>> {
        let mut told: BTreeMap<PersonId, BTreeSet<&str>> = BTreeMap::new();
        for (key, names) in &touched.names {
            for watcher in self.over(key, touched.bodies.contains_key(key)) {
                let names = names.iter().map(String::as_str);
                told.entry(watcher).or_default().extend(names);
            }
        }
        told
    }

    /// By whoever is told: of which bodies.
    fn bodies<'b>(&self, touched: &'b Touched) -> BTreeMap<PersonId, Vec<&'b Wording>> {
        let mut told: BTreeMap<PersonId, Vec<&Wording>> = BTreeMap::new();
        for (key, name) in &touched.bodies {
            for watcher in self.over(key, true) {
                told.entry(watcher).or_default().push(name);
            }
        }
        told
    }

    fn is_head(&self, person: PersonId) -> bool {
        self.heads.values().any(|heads| heads.contains(&person))
    }

    /// Whoever heads the body, or the one that it is or will be a part of; the supervisors of the district as well where
    /// it `is_new` or changed, or has no head above it; and where there are none of these, every head of the district.
    fn over(&self, key: &OrganisationKey, is_new: bool) -> BTreeSet<PersonId> {
        let before = self.known.organisations.get(key);
        let before = before.map(|it| &it.organisation);
        let after = self.known.organisation(self.register, key);
        let mut over = BTreeSet::new();
        for body in [before, after].into_iter().flatten() {
            over.extend(self.nearest_heads(body));
        }
        let Some(body) = after else { return over };
        let district = body.area.district();
        if is_new || over.is_empty() {
            over.extend(self.supervisors.get(&district).into_iter().flatten());
        }
        if over.is_empty() {
            over.extend(self.heads_in.get(&district).into_iter().flatten());
        }
        over
    }

    fn nearest_heads(&self, body: &Organisation) -> BTreeSet<PersonId> {
        let mut at = Some(body);
        // As many steps as there are bodies: a circle of parents ends as well.
        let most = self.known.organisations.len() + self.register.organisations.len();
        for _ in 0..most {
            let Some(body) = at else { break };
            let listed = self.known.organisations.get(&body.key);
            if let Some(heads) = listed.and_then(|listed| self.heads.get(&listed.id)) {
                return heads.clone();
            }
            let above = body.parent.as_ref();
            at = above.and_then(|key| self.known.organisation(self.register, key));
        }
        BTreeSet::new()
    }
}

async fn write(
    tx: &mut Tx,
    person: &Person,
    (name, facts): (&str, BTreeMap<String, String>),
    change: &Change,
) -> Result<()> {
    let phone = person.phone.as_ref();
    let phone = phone.map(|it| (Channel::Sms, it.as_e164().to_owned()));
    let mail = person.mail.as_ref();
    let mail = mail.map(|it| (Channel::Mail, it.as_str().to_owned()));
    for (channel, address) in phone.into_iter().chain(mail) {
        let message = NewMessage {
            key: format!("{name}/{}/{}/{}", change.id, person.id, channel.name()),
            channel,
            address,
            locale: person.locale.clone(),
            name: name.to_owned(),
            facts: facts.clone(),
            case: None,
            calendar: None,
        };
        post(tx, &message, change.at).await?;
    }
    Ok(())
}
