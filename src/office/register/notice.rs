//! Who is told that the register was changed on the page: whoever it is about, where they could be reached before, and
//! the head of their body. Whoever has the operator's password cannot give themselves a post unseen.

use std::collections::{BTreeMap, BTreeSet};

use super::Register;
use super::plan::Known;
use crate::domain::actor::Role;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::message::Channel;
use crate::office::Result;
use crate::storage::Tx;
use crate::storage::accounts::people::Person;
use crate::storage::messages::{NewMessage, post};
use crate::storage::register::changes::Change;

/// So many are named in a message; how many it is in all stands beside them.
const NAMED: usize = 3;

/// Of whom something is changed, and in which bodies.
pub(super) struct Touched {
    /// Those who were known before, with the bodies they work for.
    pub(super) people: BTreeMap<PersonId, BTreeSet<OrganisationId>>,
    /// Names of all, also of newcomers, by the body that was there before.
    bodies: BTreeMap<OrganisationId, BTreeSet<String>>,
}

impl Touched {
    pub(super) fn of(register: &Register, known: &Known) -> Self {
        let mut touched = Self {
            people: BTreeMap::new(),
            bodies: BTreeMap::new(),
        };
        for ((login, key), (_, row)) in &register.staff {
            let body = known.organisations.get(key).map(|it| it.id);
            let before = known.staff.get(login);
            let held = before
                .zip(body)
                .and_then(|(person, body)| known.posts.get(&(person.id, body)));
            if held != Some(&row.posts()) {
                touched.note(before, row.name.as_str(), body);
            }
            if let Some(person) = before
                && (&person.phone, &person.mail) != (&row.phone, &row.mail)
            {
                touched.note(before, row.name.as_str(), None);
                let posts = known.posts.keys().filter(|(of, _)| *of == person.id);
                for (_, body) in posts {
                    touched.note(before, row.name.as_str(), Some(*body));
                }
            }
        }
        for (login, _, body, _) in known.leaving(register) {
            let before = known.staff.get(&login);
            let name = before.map_or("", |person| person.name.as_str());
            touched.note(before, name, Some(body));
        }
        touched
    }

    fn note(&mut self, before: Option<&Person>, name: &str, body: Option<OrganisationId>) {
        if let Some(person) = before {
            self.people.entry(person.id).or_default().extend(body);
        }
        if let Some(body) = body {
            self.bodies.entry(body).or_default().insert(name.to_owned());
        }
    }
}

/// Writes the messages: to each at the address that was known before.
pub(super) async fn tell(
    tx: &mut Tx,
    known: &Known,
    touched: &Touched,
    change: &Change,
    address: &str,
) -> Result<()> {
    let staff: BTreeMap<PersonId, &Person> = known.staff.values().map(|it| (it.id, it)).collect();
    for person in touched.people.keys().filter_map(|id| staff.get(id)) {
        write(tx, person, ("register-own", BTreeMap::new()), change).await?;
    }
    let mut heads: BTreeMap<PersonId, BTreeSet<&str>> = BTreeMap::new();
    for (body, names) in &touched.bodies {
        for head in heads_over(known, *body) {
            heads
                .entry(head)
                .or_default()
                .extend(names.iter().map(String::as_str));
        }
    }
    for (head, names) in heads {
        let Some(person) = staff.get(&head) else {
            continue;
        };
        let first: Vec<_> = names.iter().copied().take(NAMED).collect();
        let facts = BTreeMap::from([
            ("name".to_owned(), first.join("、")),
            ("people".to_owned(), names.len().to_string()),
            ("link".to_owned(), format!("{address}/desk/staff")),
        ]);
        write(tx, person, ("register-body", facts), change).await?;
    }
    Ok(())
}

/// Whoever heads the body; where nobody does, whoever heads the body that it is a part of.
fn heads_over(known: &Known, body: OrganisationId) -> Vec<PersonId> {
    let of = |body| {
        let posts = known.posts.iter();
        let heads = posts.filter(|((_, at), roles)| *at == body && roles.contains(&Role::Head));
        heads.map(|((person, _), _)| *person).collect::<Vec<_>>()
    };
    let mut at = known.organisations.values().find(|it| it.id == body);
    // As many steps as there are bodies: a circle of parents ends as well.
    for _ in &known.organisations {
        let Some(listed) = at else { break };
        let heads = of(listed.id);
        if !heads.is_empty() {
            return heads;
        }
        let above = listed.organisation.parent.as_ref();
        at = above.and_then(|key| known.organisations.get(key));
    }
    Vec::new()
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
