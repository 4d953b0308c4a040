//! Who works for a committee, as its head looks after them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Result;
use crate::domain::actor::{Post, Role};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::Language;
use crate::domain::rules::DisputeKey;
use crate::storage::accounts::people;
use crate::storage::office::{self, RosterRow};
use crate::storage::{Read, Store, cases, diary, register, write_tx};

/// Somebody on the roster, with what they have in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mediating {
    pub row: RosterRow,
    /// Cases in hand, here and elsewhere.
    pub load: u32,
    pub away_until: Option<Timestamp>,
}

/// Somebody with another post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub person: PersonId,
    pub name: String,
    pub roles: Vec<Role>,
}

/// The people of one body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    pub mediating: Vec<Mediating>,
    pub others: Vec<Colleague>,
}

/// Whom a committee's dispatchers answer to: its head, or that of the nearest body above which has one.
pub async fn heads_over(read: &mut Read, body: OrganisationId) -> Result<Vec<PersonId>> {
    let all = office::organisations(read).await?;
    let mut at = all.iter().find(|it| it.id == body);
    // As many steps as there are bodies: a circle of parents ends as well.
    for _ in &all {
        let Some(listed) = at else { break };
        let post = Post {
            organisation: listed.id,
            role: Role::Head,
        };
        let heads = office::holders(read, post).await?;
        if !heads.is_empty() {
            return Ok(heads);
        }
        let above = listed.organisation.parent.as_ref();
        at = all.iter().find(|it| Some(&it.organisation.key) == above);
    }
    Ok(Vec::new())
}

pub async fn staff_of(read: &mut Read, body: OrganisationId, now: Timestamp) -> Result<Staff> {
    let loads = cases::open_loads(read).await?;
    let away = diary::away(read, now).await?;
    let roster = office::roster(read).await?.into_iter();
    let mediating = roster.filter(|row| row.organisation == body);
    let mediating = mediating.map(|row| Mediating {
        load: loads.get(&row.person).copied().unwrap_or(0) + row.elsewhere,
        away_until: away.get(&row.person).copied(),
        row,
    });
    let mut others: BTreeMap<PersonId, Vec<Role>> = BTreeMap::new();
    for ((person, at), roles) in register::posts(read).await? {
        let roles: Vec<_> = roles
            .into_iter()
            .filter(|it| *it != Role::Mediator)
            .collect();
        if at == body && !roles.is_empty() {
            others.insert(person, roles);
        }
    }
    let mut staff = Staff {
        mediating: mediating.collect(),
        others: Vec::new(),
    };
    for (person, roles) in others {
        let name = people::load(read, person).await?;
        staff.others.push(Colleague {
            person,
            name: name.map_or_else(String::new, |it| it.name.to_string()),
            roles,
        });
    }
    Ok(staff)
}

/// What a head may say of a mediator's work; name and contacts come with the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    pub fields: Vec<DisputeKey>,
    pub languages: Vec<Language>,
    pub load_limit: u32,
    pub paused: bool,
}

/// Changes it. False where nobody of that name is on the roster.
pub async fn set_work(
    store: &Store,
    body: OrganisationId,
    person: PersonId,
    work: &Work,
) -> Result<bool> {
    write_tx!(store, |tx| {
        let roster = office::roster(tx).await?.into_iter();
        let mut seat = roster.filter(|it| (it.organisation, it.person) == (body, person));
        let Some(mut row) = seat.next() else {
            return Ok(false);
        };
        row.profile.fields.clone_from(&work.fields);
        row.profile.languages.clone_from(&work.languages);
        row.profile.load_limit = work.load_limit;
        row.profile.paused = work.paused;
        register::keep_mediator(tx, &row).await?;
        Ok::<_, crate::storage::StorageError>(true)
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::organisation::OrganisationKind;
    use crate::storage::fixture::{body, on_both};

    #[tokio::test]
    async fn a_committee_without_a_head_answers_to_the_head_above() {
        on_both(async |store| {
            let [street, community] = [1, 2].map(|it| OrganisationId(Uuid::from_u128(it)));
            let above = body(street, OrganisationKind::People, "街道调委会", "街道");
            let mut below = body(community, OrganisationKind::People, "社区调委会", "社区");
            below.organisation.parent = Some(above.organisation.key.clone());
            let person = |number: u128, name: &str| people::Person {
                id: PersonId(Uuid::from_u128(number)),
                name: crate::domain::identity::PersonName::parse(name).unwrap(),
                phone: None,
                mail: None,
                locale: "zh-CN".to_owned(),
                elder: false,
                created_at: Timestamp::UNIX_EPOCH,
            };
            let (one, other) = (person(11, "陈明"), person(12, "贺小满"));
            let head = |organisation| Post {
                organisation,
                role: Role::Head,
            };
            let heads = async || {
                let mut read = store.read().await.unwrap();
                heads_over(&mut read, community).await.unwrap()
            };
            let kept: Result<()> = write_tx!(store, |tx| {
                office::insert_organisation(tx, &above).await?;
                office::insert_organisation(tx, &below).await?;
                people::insert(tx, &one).await?;
                people::insert(tx, &other).await
            });
            kept.unwrap();
            assert!(heads().await.is_empty());
            let given: Result<()> = write_tx!(store, |tx| {
                office::give_post(tx, one.id, head(street)).await
            });
            given.unwrap();
            assert_eq!(heads().await, [one.id]);
            let given: Result<()> = write_tx!(store, |tx| {
                office::give_post(tx, other.id, head(community)).await
            });
            given.unwrap();
            assert_eq!(heads().await, [other.id], "the nearest");
        })
        .await;
    }
}
