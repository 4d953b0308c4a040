//! The schema, embedded: the same numbers and names in `migrations/sqlite` and `migrations/postgres`.

use sqlx::AnyConnection;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::{Result, StorageError};
use crate::config::DatabaseUrl;

#[derive(rust_embed::RustEmbed)]
#[folder = "migrations/"]
struct Migrations;

/// Applies what is missing, each migration in a transaction of its own, under the database's lock.
pub(super) async fn migrate(connection: &mut AnyConnection, url: &DatabaseUrl) -> Result<()> {
    let folder = match url {
        DatabaseUrl::Sqlite(_) => "sqlite",
        DatabaseUrl::Postgres(_) => "postgres",
    };
    let migrations = numbered(folder)?
        .into_iter()
        .map(|(number, name, sql)| {
            Migration::new(
                number,
                name.into(),
                MigrationType::Simple,
                AssertSqlSafe(sql).into_sql_str(),
                false,
            )
        })
        .collect();
    Migrator::with_migrations(migrations)
        .run_direct(None, connection, false)
        .await?;
    Ok(())
}

/// Number, name and text of every migration of one folder, in order.
fn numbered(folder: &str) -> Result<Vec<(i64, String, String)>> {
    let mut migrations = Vec::new();
    for path in Migrations::iter() {
        let Some(file) = path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'))
            .and_then(|file| file.strip_suffix(".sql"))
        else {
            continue;
        };
        let unreadable = |why: &str| StorageError::Corrupt {
            what: "migration",
            why: format!("{path}: {why}"),
        };
        let (number, name) = file
            .split_once('_')
            .ok_or_else(|| unreadable("no number"))?;
        let number = number
            .parse()
            .map_err(|error| unreadable(&format!("{error}")))?;
        let text = Migrations::get(&path).ok_or_else(|| unreadable("gone"))?;
        let sql = String::from_utf8(text.data.into_owned())
            .map_err(|error| unreadable(&error.to_string()))?;
        migrations.push((number, name.to_owned(), sql));
    }
    migrations.sort();
    Ok(migrations)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::domain::fixture::{COMMITTEE, Quarrel, rules};
    use crate::domain::identity::PersonName;
    use crate::domain::ids::{CaseId, PersonId};
    use crate::domain::organisation::OrganisationKind;
    use crate::domain::stage::{Closing, Stage};
    use crate::storage::accounts::people::{self, Person};
    use crate::storage::accounts::{setups, staff};
    use crate::storage::register::changes::{self, Change, What};
    use crate::storage::{Store, Tx, cases, fixture, micros, office, to_json, write_tx};

    fn names(folder: &str) -> Vec<(i64, String)> {
        numbered(folder)
            .unwrap()
            .into_iter()
            .map(|(number, name, _)| (number, name))
            .collect()
    }

    #[test]
    fn both_databases_have_the_same_migrations() {
        let sqlite = names("sqlite");
        assert!(!sqlite.is_empty());
        assert_eq!(sqlite, names("postgres"));
    }

    /// Every column of the open database in the words of SQLite, such as `cases.due_at INTEGER?`.
    async fn columns(store: &Store, sql: &'static str) -> BTreeSet<String> {
        let mut read = store.read().await.unwrap();
        let lines: Vec<String> = sqlx::query_scalar(sql)
            .fetch_all(read.conn())
            .await
            .unwrap();
        let own = |line: &String| !line.starts_with("_sqlx") && !line.starts_with("sqlite_");
        lines.into_iter().filter(own).collect()
    }

    #[tokio::test]
    async fn both_databases_have_the_same_tables_columns_and_types() {
        let sqlite = columns(
            &fixture::sqlite().await.store,
            "SELECT t.name || '.' || c.name || ' ' || c.type || \
             CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN '' ELSE '?' END \
             FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
        )
        .await;
        let postgres = columns(
            &fixture::postgres().await.store,
            "SELECT CAST(table_name || '.' || column_name || ' ' || \
             CASE data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB' \
             ELSE data_type END || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END AS TEXT) \
             FROM information_schema.columns WHERE table_schema = current_schema()",
        )
        .await;
        assert!(sqlite.contains("cases.due_at INTEGER?"), "{sqlite:#?}");
        let differing: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
        assert!(differing.is_empty(), "{differing:#?}");
    }

    /// A case that was written before there were districts is one of its committee's district, in column and body.
    #[tokio::test]
    async fn an_older_case_lies_in_the_district_of_its_committee() {
        for (folder, database) in [
            ("sqlite", fixture::sqlite().await),
            ("postgres", fixture::postgres().await),
        ] {
            let rules = rules();
            let case = Quarrel::new(&rules).case;
            let older = to_json("case", &case)
                .unwrap()
                .replace("\"district\":\"hefeng\",", "");
            let committee = fixture::body(COMMITTEE, OrganisationKind::People, "柳荫", "柳荫");
            let mut migrations = numbered(folder).unwrap().into_iter();
            let (_, _, sql) = migrations.find(|(_, name, _)| name == "districts").unwrap();
            write_tx!(database.store, |tx| {
                office::insert_organisation(tx, &committee).await?;
                cases::insert(tx, &case).await?;
                sqlx::query("UPDATE cases SET district = '', body = $1")
                    .bind(&older)
                    .execute(tx.conn())
                    .await?;
                for fill in sql.split(';').filter(|it| it.contains("UPDATE cases")) {
                    sqlx::query(AssertSqlSafe(fill.to_owned()))
                        .execute(tx.conn())
                        .await?;
                }
                assert_eq!(cases::load(tx, case.id).await?.as_ref(), Some(&case));
                Ok::<_, StorageError>(())
            })
            .unwrap();
        }
    }

    /// The first event that led to an end tells; of a case without one no more is known than its last change.
    #[tokio::test]
    async fn an_older_case_is_of_the_day_on_which_it_ended() {
        const INSERT: &str = "INSERT INTO events (case_id, seq, kind, actor, at, from_stage, to_stage, details, hash) \
                              VALUES ($1, $2, 'end', '', $3, '', $4, '', '')";
        let at = |second| Timestamp::from_second(second).unwrap();
        for (folder, database) in [
            ("sqlite", fixture::sqlite().await),
            ("postgres", fixture::postgres().await),
        ] {
            let rules = rules();
            let mut case = Quarrel::new(&rules).case;
            case.stage = Stage::Closed {
                at: at(200),
                why: Closing::Ended { ending: None },
            };
            let mut silent = case.clone();
            silent.id = CaseId(Uuid::from_u128(0x51));
            silent.number = "2".to_owned();
            let mut migrations = numbered(folder).unwrap().into_iter();
            let (_, _, sql) = migrations.find(|(_, name, _)| name == "ended").unwrap();
            let found: Result<_> = write_tx!(database.store, |tx| {
                for one in [&case, &silent] {
                    cases::insert(tx, one).await?;
                }
                let stages = [
                    (1, "assess.routed"),
                    (100, "mediate.ended"),
                    (200, "closed"),
                ];
                for (seq, (second, stage)) in (1_i64..).zip(stages) {
                    sqlx::query(INSERT)
                        .bind(case.id.to_string())
                        .bind(seq)
                        .bind(micros(at(second)))
                        .bind(stage)
                        .execute(tx.conn())
                        .await?;
                }
                sqlx::query("UPDATE cases SET ended_at = NULL, changed_at = $1")
                    .bind(micros(at(300)))
                    .execute(tx.conn())
                    .await?;
                for fill in sql.split(';').filter(|it| it.contains("UPDATE cases")) {
                    sqlx::query(AssertSqlSafe(fill.to_owned()))
                        .execute(tx.conn())
                        .await?;
                }
                cases::closed(tx, COMMITTEE, (at(50), at(400)), None, 10).await
            });
            let mut expected = [(case.id, at(100)), (silent.id, at(300))];
            expected.sort_by_key(|(id, _)| id.to_string());
            assert_eq!(found.unwrap(), expected, "{folder}");
        }
    }

    async fn waits_for_a_password(tx: &mut Tx, id: PersonId) -> Result<()> {
        let person = Person {
            id,
            name: PersonName::parse("林可风").unwrap(),
            phone: None,
            mail: None,
            locale: "zh-CN".to_owned(),
            elder: false,
            created_at: Timestamp::UNIX_EPOCH,
        };
        people::insert(tx, &person).await?;
        let login = id.to_string();
        staff::insert(tx, id, &login, "nobody's", Timestamp::UNIX_EPOCH).await?;
        setups::await_choice(tx, id).await
    }

    /// Nobody takes a link on the page to the account of somebody who may have had a password.
    #[tokio::test]
    async fn who_waits_since_before_that_was_written_down_is_given_their_link_from_the_shell() {
        let [newcomer, changed, older] = [1, 2, 3].map(|number| PersonId(Uuid::from_u128(number)));
        let change = Change {
            id: Uuid::nil(),
            at: Timestamp::UNIX_EPOCH,
            hand: None,
            what: What::Import {
                files: BTreeMap::new(),
                newcomers: vec![newcomer],
                touched: vec![changed],
            },
        };
        for (folder, database) in [
            ("sqlite", fixture::sqlite().await),
            ("postgres", fixture::postgres().await),
        ] {
            let mut migrations = numbered(folder).unwrap().into_iter();
            let older_setups = migrations.find(|(_, name, _)| name == "older_setups");
            let (_, _, sql) = older_setups.unwrap();
            let waiting: Result<_> = write_tx!(database.store, |tx| {
                for person in [newcomer, changed, older] {
                    waits_for_a_password(tx, person).await?;
                }
                changes::insert(tx, &change).await?;
                sqlx::query(AssertSqlSafe(sql.clone()))
                    .execute(tx.conn())
                    .await?;
                setups::all(tx).await
            });
            let waiting: Vec<_> = waiting.unwrap().iter().map(|it| it.person).collect();
            assert_eq!(waiting, [newcomer], "{folder}");
        }
    }

    #[test]
    fn no_number_is_given_twice() {
        let mut numbers: Vec<_> = names("sqlite").into_iter().map(|(n, _)| n).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), names("sqlite").len());
    }

    #[test]
    fn every_sqlite_table_is_strict() {
        for (_, name, sql) in numbered("sqlite").unwrap() {
            let tables = sql.matches("CREATE TABLE").count();
            let strict =
                sql.matches(") STRICT").count() + sql.matches("WITHOUT ROWID, STRICT").count();
            assert_eq!(tables, strict, "{name}");
        }
    }

    #[test]
    fn postgres_uses_portable_types_only() {
        for (_, name, sql) in numbered("postgres").unwrap() {
            for banned in ["TIMESTAMP", "JSONB", "BOOLEAN", "SERIAL", "VARCHAR"] {
                assert!(!sql.to_uppercase().contains(banned), "{name}: {banned}");
            }
        }
    }
}
