//! Who has met whom in which matter, found by the other one's mark; and the ties that mediators declared.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::{Read, Result, StorageError, Tx, parsed};
use crate::domain::assignment::{Encounter, MetAs, Tie};
use crate::domain::ids::PersonId;
use crate::domain::organisation::District;

/// Values in one statement.
const AT_ONCE: usize = 400;

/// A meeting with the district of its matter; `None` where the matter is not kept here any more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub encounter: Encounter,
    pub district: Option<District>,
}

/// Writes down who has met whom; twice changes nothing.
pub async fn insert(tx: &mut Tx, encounter: &Encounter) -> Result<()> {
    sqlx::query(
        "INSERT INTO encounters (person_id, mark, case_id, role) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (mark, person_id, case_id, role) DO NOTHING",
    )
    .bind(encounter.person.to_string())
    .bind(&encounter.mark)
    .bind(encounter.case.to_string())
    .bind(encounter.role.name())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Everybody who has met one of these, by the index of marks.
pub async fn of_marks(read: &mut Read, marks: &BTreeSet<String>) -> Result<Vec<Found>> {
    let marks: Vec<_> = marks.iter().collect();
    let mut found = Vec::new();
    for part in marks.chunks(AT_ONCE) {
        let places: Vec<_> = (1..=part.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT e.person_id, e.mark, e.case_id, e.role, c.district FROM encounters e \
             LEFT JOIN cases c ON c.id = e.case_id WHERE e.mark IN ({})",
            places.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for mark in part {
            query = query.bind((*mark).clone());
        }
        for row in &query.fetch_all(read.conn()).await? {
            let district: Option<String> = row.try_get("district")?;
            found.push(Found {
                encounter: encounter(row)?,
                district: district.map(District),
            });
        }
    }
    Ok(found)
}

fn encounter(row: &AnyRow) -> Result<Encounter> {
    let role: &str = row.try_get("role")?;
    Ok(Encounter {
        person: parsed("person id", row.try_get("person_id")?)?,
        mark: row.try_get("mark")?,
        case: parsed("case id", row.try_get("case_id")?)?,
        role: MetAs::parse(role).ok_or_else(|| StorageError::Corrupt {
            what: "encounter",
            why: role.to_owned(),
        })?,
    })
}

/// What every mediator declared beforehand.
pub async fn all_ties(read: &mut Read) -> Result<BTreeMap<PersonId, Vec<Tie>>> {
    let rows =
        sqlx::query("SELECT person_id, kind, value FROM ties ORDER BY person_id, kind, value")
            .fetch_all(read.conn())
            .await?;
    let mut all: BTreeMap<PersonId, Vec<Tie>> = BTreeMap::new();
    for row in &rows {
        let person = parsed("person id", row.try_get("person_id")?)?;
        all.entry(person).or_default().push(tie(row)?);
    }
    Ok(all)
}

pub async fn ties(read: &mut Read, person: PersonId) -> Result<Vec<Tie>> {
    let rows =
        sqlx::query("SELECT kind, value FROM ties WHERE person_id = $1 ORDER BY kind, value")
            .bind(person.to_string())
            .fetch_all(read.conn())
            .await?;
    rows.iter().map(tie).collect()
}

fn tie(row: &AnyRow) -> Result<Tie> {
    let (kind, value): (&str, &str) = (row.try_get("kind")?, row.try_get("value")?);
    Tie::read(kind, value).ok_or_else(|| StorageError::Corrupt {
        what: "tie",
        why: kind.to_owned(),
    })
}

/// Puts these ties in place of the ones before.
pub async fn set_ties(tx: &mut Tx, person: PersonId, ties: &[Tie]) -> Result<()> {
    sqlx::query("DELETE FROM ties WHERE person_id = $1")
        .bind(person.to_string())
        .execute(tx.conn())
        .await?;
    for tie in ties {
        sqlx::query("INSERT INTO ties (person_id, kind, value) VALUES ($1, $2, $3) ON CONFLICT (person_id, kind, value) DO NOTHING")
            .bind(person.to_string())
            .bind(tie.kind())
            .bind(tie.value())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::identity::PersonName;
    use crate::domain::ids::CaseId;
    use crate::storage::fixture::on_both;
    use crate::storage::write_tx;

    #[tokio::test]
    async fn meetings_are_found_by_the_mark_of_the_other_one_alone() {
        on_both(async |store| {
            let met = |person: u128, mark: &str| Encounter {
                person: PersonId(Uuid::from_u128(person)),
                mark: mark.to_owned(),
                case: CaseId(Uuid::from_u128(7)),
                role: MetAs::Mediator,
            };
            let all = [met(1, "person:a"), met(2, "person:a"), met(1, "identity:b")];
            let done: Result<()> = write_tx!(store, |tx| {
                for encounter in all.iter().chain(&all) {
                    insert(tx, encounter).await?;
                }
                Ok(())
            });
            done.unwrap();
            let mut read = store.read().await.unwrap();
            let asked = BTreeSet::from(["person:a".to_owned(), "person:zz".to_owned()]);
            let mut found = of_marks(&mut read, &asked).await.unwrap();
            found.sort();
            let unknown = |met: &Encounter| Found {
                encounter: met.clone(),
                district: None,
            };
            assert_eq!(found, [&all[0], &all[1]].map(unknown));
        })
        .await;
    }

    #[tokio::test]
    async fn ties_are_kept_as_they_were_declared_last() {
        on_both(async |store| {
            let person = PersonId(Uuid::from_u128(1));
            let ties_of = |name: &str| {
                vec![
                    Tie::Relative(PersonName::parse(name).unwrap()),
                    Tie::Employer("和风客运".to_owned()),
                ]
            };
            for name in ["江海燕", "林可风"] {
                let done: Result<()> =
                    write_tx!(store, |tx| { set_ties(tx, person, &ties_of(name)).await });
                done.unwrap();
            }
            let mut read = store.read().await.unwrap();
            let mut found = ties(&mut read, person).await.unwrap();
            found.sort_by_key(|tie| tie.kind() != "relative");
            assert_eq!(found, ties_of("林可风"));
            assert_eq!(all_ties(&mut read).await.unwrap()[&person].len(), 2);
        })
        .await;
    }
}
