//! Messages to people: written with the change that causes them, each sent by a job of its own.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::jobs::{NewJob, enqueue};
use super::{Read, Result, StorageError, Tx, affected, instant, json, micros, parsed, to_json};
use crate::clock::Clock;
use crate::domain::ids::CaseId;
use crate::domain::job::JobKind;
use crate::domain::message::Channel;

/// A message to one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// The same key is written, and so sent, once.
    pub key: String,
    pub channel: Channel,
    /// A mail address, or a phone number in E.164.
    pub address: String,
    /// The tag of the language, such as `zh-CN`.
    pub locale: String,
    /// The stem of its texts in the catalogue: `invitation` for `notice-invitation-subject` and `-body`.
    pub name: String,
    /// What fills the placeholders of its texts. `link` is shown as an address of its own.
    pub facts: BTreeMap<String, String>,
    pub case: Option<CaseId>,
    /// A calendar file to go with a mail.
    pub calendar: Option<String>,
}

/// A stored message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: Uuid,
    pub channel: Channel,
    pub address: String,
    pub locale: String,
    pub name: String,
    pub facts: BTreeMap<String, String>,
    pub case: Option<CaseId>,
    pub created_at: Timestamp,
    pub calendar: Option<String>,
    /// Its words: known from the first try to send it; gone after sending, except in a demo town.
    pub words: Option<Words>,
    pub sent_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    pub failure: Option<String>,
}

impl Message {
    /// Whether it must not go out any more.
    pub fn is_withdrawn(&self) -> bool {
        self.failure.as_deref() == Some(WITHDRAWN)
    }
}

/// A message put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub subject: String,
    pub body: String,
}

/// Writes a message and the job that sends it; false when its key was written before.
pub async fn post(tx: &mut Tx, message: &NewMessage, now: Timestamp) -> Result<bool> {
    let id = Clock::system().new_id().to_string();
    let result = sqlx::query(
        "INSERT INTO messages (id, key, channel, address, locale, name, facts, case_id, calendar, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING",
    )
    .bind(id.as_str())
    .bind(message.key.as_str())
    .bind(message.channel.name())
    .bind(message.address.as_str())
    .bind(message.locale.as_str())
    .bind(message.name.as_str())
    .bind(to_json("message", &message.facts)?)
    .bind(message.case.map(|case| case.to_string()))
    .bind(message.calendar.clone())
    .bind(micros(now))
    .execute(tx.conn())
    .await?;
    if result.rows_affected() == 0 {
        return Ok(false);
    }
    let job = NewJob {
        kind: JobKind::SendMessage,
        key: format!("message/{id}"),
        payload: serde_json::json!({ "message": id }),
        not_before: now,
    };
    enqueue(tx, &job, now).await
}

/// Stands where the carrier's words stand for a message that its address refused.
const WITHDRAWN: &str = "withdrawn";

const COLUMNS: &str = "SELECT id, channel, address, locale, name, facts, case_id, created_at, calendar, \
     subject, body, sent_at, failed_at, failure FROM messages";

pub async fn load(read: &mut Read, id: Uuid) -> Result<Message> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = $1")))
        .bind(id.to_string())
        .fetch_one(read.conn())
        .await?;
    read_message(&row)
}

/// As [`load`], where there may be none.
pub async fn find(read: &mut Read, id: Uuid) -> Result<Option<Message>> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = $1")))
        .bind(id.to_string())
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| read_message(&row)).transpose()
}

/// Every message, newest first: the outbox of a demo town.
pub async fn newest(read: &mut Read, limit: i64) -> Result<Vec<Message>> {
    let sql = format!("{COLUMNS} ORDER BY created_at DESC, id DESC LIMIT $1");
    list(read, sql, limit).await
}

async fn list(read: &mut Read, sql: String, limit: i64) -> Result<Vec<Message>> {
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(limit);
    let rows = query.fetch_all(read.conn()).await?;
    rows.iter().map(read_message).collect()
}

/// Messages of one case that reached nobody, newest first.
pub async fn failed_of_case(read: &mut Read, case: CaseId) -> Result<Vec<Message>> {
    let sql = format!(
        "{COLUMNS} WHERE case_id = $1 AND failed_at IS NOT NULL AND failure <> '{WITHDRAWN}' ORDER BY failed_at DESC, id DESC"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(case.to_string());
    let rows = query.fetch_all(read.conn()).await?;
    rows.iter().map(read_message).collect()
}

/// Notes that a message went out. Its words are kept only if asked for; they may hold codes and links.
pub async fn sent(tx: &mut Tx, id: Uuid, words: Option<&Words>, now: Timestamp) -> Result<()> {
    let result = sqlx::query(
        "UPDATE messages SET sent_at = $1, failed_at = NULL, failure = NULL, subject = $2, body = $3, \
           facts = CASE WHEN $2 IS NULL THEN '{}' ELSE facts END \
         WHERE id = $4 AND sent_at IS NULL",
    )
    .bind(micros(now))
    .bind(words.map(|words| words.subject.clone()))
    .bind(words.map(|words| words.body.clone()))
    .bind(id.to_string())
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

/// Notes that a message will not arrive at its address. Where there is no such message there is nothing to note, and the
/// job that was to send it ends all the same.
pub async fn gave_up(tx: &mut Tx, id: Uuid, failure: &str, now: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE messages SET failed_at = $1, failure = $2 WHERE id = $3 AND sent_at IS NULL",
    )
    .bind(micros(now))
    .bind(failure)
    .bind(id.to_string())
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Stops what has not gone out yet of the messages about a case to an address.
pub async fn withdraw(tx: &mut Tx, case: CaseId, address: &str, now: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE messages SET failed_at = $1, failure = $2 WHERE case_id = $3 AND address = $4 AND sent_at IS NULL",
    )
    .bind(micros(now))
    .bind(WITHDRAWN)
    .bind(case.to_string())
    .bind(address)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes that note back, because the message is to be tried again; what was withdrawn stays so.
pub async fn try_again(tx: &mut Tx, id: Uuid) -> Result<()> {
    let result = sqlx::query(
        "UPDATE messages SET failed_at = NULL, failure = NULL \
         WHERE id = $1 AND sent_at IS NULL AND failed_at IS NOT NULL AND failure <> $2",
    )
    .bind(id.to_string())
    .bind(WITHDRAWN)
    .execute(tx.conn())
    .await?;
    affected(result, 1)
}

fn read_message(row: &AnyRow) -> Result<Message> {
    let channel: &str = row.try_get("channel")?;
    let case: Option<&str> = row.try_get("case_id")?;
    let subject: Option<String> = row.try_get("subject")?;
    let body: Option<String> = row.try_get("body")?;
    let moment = |column: &str| -> Result<Option<Timestamp>> {
        let micros: Option<i64> = row.try_get(column)?;
        micros.map(instant).transpose()
    };
    Ok(Message {
        id: parsed("message id", row.try_get("id")?)?,
        channel: Channel::parse(channel).ok_or_else(|| StorageError::Corrupt {
            what: "channel",
            why: channel.to_owned(),
        })?,
        address: row.try_get("address")?,
        locale: row.try_get("locale")?,
        name: row.try_get("name")?,
        facts: json("message", row.try_get("facts")?)?,
        case: case.map(|case| parsed("case id", case)).transpose()?,
        created_at: instant(row.try_get("created_at")?)?,
        calendar: row.try_get("calendar")?,
        words: subject
            .zip(body)
            .map(|(subject, body)| Words { subject, body }),
        sent_at: moment("sent_at")?,
        failed_at: moment("failed_at")?,
        failure: row.try_get("failure")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::fixture::on_both;
    use crate::storage::{Store, write_tx};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn message(key: &str) -> NewMessage {
        NewMessage {
            key: key.to_owned(),
            channel: Channel::Sms,
            address: "+8613800138000".to_owned(),
            locale: "zh-CN".to_owned(),
            name: "invitation".to_owned(),
            facts: BTreeMap::from([("link".to_owned(), "https://heyi.test/i/1".to_owned())]),
            case: Some(CaseId(Clock::system().new_id())),
            calendar: None,
        }
    }

    async fn add(store: &Store, new: &NewMessage) -> bool {
        let added: Result<bool> = write_tx!(store, |tx| { post(tx, new, at(5)).await });
        added.unwrap()
    }

    async fn only(store: &Store) -> Message {
        let mut all = newest(&mut store.read().await.unwrap(), 10).await.unwrap();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[tokio::test]
    async fn a_message_is_written_once_with_its_job() {
        on_both(async |store| {
            let new = message("k");
            assert!(add(&store, &new).await);
            assert!(!add(&store, &new).await);
            let stored = only(&store).await;
            assert_eq!(stored.facts, new.facts);
            assert_eq!((stored.case, stored.sent_at), (new.case, None));
            let claimed: Result<Vec<_>> = write_tx!(store, |tx| {
                crate::storage::jobs::claim(tx, at(9), at(60), 10).await
            });
            let jobs = claimed.unwrap();
            assert_eq!(jobs.len(), 1);
            assert_eq!(jobs[0].payload["message"], stored.id.to_string());
        })
        .await;
    }

    #[tokio::test]
    async fn what_was_sent_forgets_its_words_unless_they_are_to_be_shown() {
        on_both(async |store| {
            add(&store, &message("k")).await;
            let id = only(&store).await.id;
            let outcome: Result<()> = write_tx!(store, |tx| { sent(tx, id, None, at(9)).await });
            outcome.unwrap();
            let stored = only(&store).await;
            assert_eq!((stored.words, stored.sent_at), (None, Some(at(9))));
            assert!(stored.facts.is_empty());
            let again: Result<()> = write_tx!(store, |tx| { sent(tx, id, None, at(9)).await });
            assert!(matches!(again, Err(StorageError::Conflict)));
        })
        .await;
    }

    #[tokio::test]
    async fn a_demo_town_keeps_the_words() {
        on_both(async |store| {
            add(&store, &message("k")).await;
            let id = only(&store).await.id;
            let words = Words {
                subject: "邀请".to_owned(),
                body: "您好".to_owned(),
            };
            let outcome: Result<()> =
                write_tx!(store, |tx| { sent(tx, id, Some(&words), at(9)).await });
            outcome.unwrap();
            assert_eq!(only(&store).await.words, Some(words));
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_withdrawn_goes_to_no_address_and_is_no_failure() {
        on_both(async |store| {
            let new = message("k");
            let case = new.case.unwrap();
            add(&store, &new).await;
            for (case, address, stopped) in [
                (case, "+8613800138001", false),
                (CaseId(Clock::system().new_id()), "+8613800138000", false),
                (case, "+8613800138000", true),
            ] {
                let outcome: Result<()> =
                    write_tx!(store, |tx| { withdraw(tx, case, address, at(9)).await });
                outcome.unwrap();
                assert_eq!(only(&store).await.is_withdrawn(), stopped);
            }
            let mut read = store.read().await.unwrap();
            assert_eq!(failed_of_case(&mut read, case).await.unwrap(), []);
            drop(read);
            let id = only(&store).await.id;
            let again: Result<()> = write_tx!(store, |tx| { try_again(tx, id).await });
            assert!(again.is_err(), "nobody takes that back");
            assert!(only(&store).await.is_withdrawn());
        })
        .await;
    }

    #[tokio::test]
    async fn a_failed_address_is_listed_with_its_case() {
        on_both(async |store| {
            let new = message("k");
            add(&store, &new).await;
            let id = only(&store).await.id;
            let mut read = store.read().await.unwrap();
            let case = new.case.unwrap();
            assert!(failed_of_case(&mut read, case).await.unwrap().is_empty());
            let outcome: Result<()> = write_tx!(store, |tx| {
                gave_up(tx, id, "550 no such user", at(9)).await
            });
            outcome.unwrap();
            let listed = failed_of_case(&mut read, case).await.unwrap();
            assert_eq!(listed[0].failure.as_deref(), Some("550 no such user"));
            assert_eq!(load(&mut read, id).await.unwrap(), listed[0]);
            let outcome: Result<()> = write_tx!(store, |tx| { try_again(tx, id).await });
            outcome.unwrap();
            assert!(failed_of_case(&mut read, case).await.unwrap().is_empty());
        })
        .await;
    }
}
