//! Who changed the register, when and how, for whoever has to answer for it; ids and counts, no personal data.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::domain::ids::PersonId;
use crate::storage::{Read, Result, Tx, instant, json, micros, parsed, to_json};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: Uuid,
    pub at: Timestamp,
    /// Who did it on the page; nobody's name from the shell.
    pub hand: Option<PersonId>,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// Files were taken in: by file, how many rows were new and how many changed.
    Import {
        files: BTreeMap<String, (u32, u32)>,
        newcomers: Vec<PersonId>,
        /// Whose posts or contact are others than before.
        touched: Vec<PersonId>,
    },
    /// Somebody was given a link to a first password.
    Link { person: PersonId },
}

pub async fn insert(tx: &mut Tx, change: &Change) -> Result<()> {
    sqlx::query("INSERT INTO register_changes (id, at, hand, what) VALUES ($1, $2, $3, $4)")
        .bind(change.id.to_string())
        .bind(micros(change.at))
        .bind(change.hand.map(|hand| hand.to_string()))
        .bind(to_json("change of the register", &change.what)?)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The newest first.
pub async fn newest(read: &mut Read, most: i64) -> Result<Vec<Change>> {
    let rows = sqlx::query(
        "SELECT id, at, hand, what FROM register_changes ORDER BY at DESC, id DESC LIMIT $1",
    )
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    let change = |row: &AnyRow| {
        let hand: Option<&str> = row.try_get("hand")?;
        Ok(Change {
            id: parsed("change id", row.try_get("id")?)?,
            at: instant(row.try_get("at")?)?,
            hand: hand.map(|hand| parsed("person id", hand)).transpose()?,
            what: json("change of the register", row.try_get("what")?)?,
        })
    };
    rows.iter().map(change).collect()
}
