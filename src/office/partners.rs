//! Partner seats 调解合作席位: who of the district's insurers, chambers, law firms, notaries and counselling centres can
//! sit in on a matter of their field.

use std::collections::BTreeMap;

use super::Result;
use crate::domain::case::Case;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisation::Organisation;
use crate::domain::rules::DisputeKey;
use crate::domain::team::Capacity;
use crate::domain::wording::Wording;
use crate::storage::office::{self, Listed};
use crate::storage::{Read, diary};

/// Somebody who can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    pub person: PersonId,
    pub name: String,
    pub body: Wording,
    pub capacity: Capacity,
}

/// Whoever is on duty for such matters: on the roster of a partner of the same district, neither resting nor on leave.
pub async fn partners(read: &mut Read, case: &Case, now: jiff::Timestamp) -> Result<Vec<Partner>> {
    let bodies = office::organisations(read).await?.into_iter();
    let bodies = bodies.filter(|it| is_partner(&it.organisation, case));
    let bodies: BTreeMap<OrganisationId, Listed> = bodies.map(|it| (it.id, it)).collect();
    let away = diary::away(read, now).await?;
    let mut found = Vec::new();
    for row in office::roster(read).await? {
        let Some(listed) = bodies.get(&row.organisation) else {
            continue;
        };
        let body = &listed.organisation;
        let Some(capacity) = body.kind.partner_seat() else {
            continue;
        };
        let profile = &row.profile;
        let rests = profile.paused || away.contains_key(&row.person);
        if !rests && covers(&profile.fields, &case.dispute) {
            found.push(Partner {
                person: row.person,
                name: profile.name.to_string(),
                body: body.name.clone(),
                capacity,
            });
        }
    }
    Ok(found)
}

fn is_partner(body: &Organisation, case: &Case) -> bool {
    body.kind.takes_partner_seat()
        && body.area.district() == case.district
        && covers(&body.fields, &case.dispute)
}

/// No field named means all.
fn covers(fields: &[DisputeKey], dispute: &DisputeKey) -> bool {
    fields.is_empty() || fields.contains(dispute)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::fixture::{Quarrel, rules};
    use crate::domain::identity::PersonName;
    use crate::domain::organisation::{Area, Language, MediatorProfile, OrganisationKind};
    use crate::storage::accounts::people::{self, Person};
    use crate::storage::fixture::{body, on_both};
    use crate::storage::office::RosterRow;
    use crate::storage::write_tx;

    fn seat(number: u128, fields: &[&str], paused: bool) -> RosterRow {
        RosterRow {
            person: PersonId(Uuid::from_u128(number)),
            organisation: OrganisationId(Uuid::from_u128(number / 10)),
            profile: MediatorProfile {
                name: PersonName::parse("林可风").unwrap(),
                fields: fields
                    .iter()
                    .map(|it| DisputeKey((*it).to_owned()))
                    .collect(),
                languages: vec![Language::Mandarin],
                load_limit: 5,
                employer: None,
                address: None,
                relatives: Vec::new(),
                fingerprint: None,
                paused,
            },
            elsewhere: 0,
        }
    }

    fn person(id: PersonId) -> Person {
        Person {
            id,
            name: PersonName::parse("林可风").unwrap(),
            phone: None,
            mail: None,
            locale: "zh-CN".to_owned(),
            elder: false,
            created_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[tokio::test]
    async fn partners_of_the_district_sit_in_on_matters_of_their_field() {
        on_both(async |store| {
            let rules = rules();
            let case = Quarrel::new(&rules).case;
            let id = |number| OrganisationId(Uuid::from_u128(number));
            let firm = body(id(1), OrganisationKind::LawFirm, "正言律师事务所", "律");
            let mut insurer = body(id(2), OrganisationKind::Insurer, "安心保险", "保");
            insurer.organisation.fields = vec![DisputeKey("water-leak".to_owned())];
            let mut distant = body(id(3), OrganisationKind::LawFirm, "北岭律师事务所", "北");
            distant.organisation.area = Area("beiling".to_owned());
            let committee = body(id(4), OrganisationKind::People, "柳荫调委会", "柳荫");
            let rows = [
                seat(10, &[], false),
                seat(11, &["noise"], false),
                seat(12, &["rent-deposit"], false),
                seat(13, &[], true),
                seat(20, &[], false),
                seat(30, &[], false),
                seat(40, &[], false),
            ];
            let kept: Result<()> = write_tx!(store, |tx| {
                for listed in [&firm, &insurer, &distant, &committee] {
                    office::insert_organisation(tx, listed).await?;
                }
                for row in &rows {
                    people::insert(tx, &person(row.person)).await?;
                    office::insert_mediator(tx, row).await?;
                }
                Ok(())
            });
            kept.unwrap();
            let mut read = store.read().await.unwrap();
            let found = partners(&mut read, &case, case.opened_at).await.unwrap();
            let found: Vec<_> = found.iter().map(|it| (it.person, it.capacity)).collect();
            let lawyer = |number| (PersonId(Uuid::from_u128(number)), Capacity::Lawyer);
            assert_eq!(found, [lawyer(10), lawyer(11)]);
        })
        .await;
    }
}
