//! Erasing what people wrote in a matter that is over, beside its body, its papers and its chain, which holds all the same;
//! and who asked for that (个人信息保护法 47).

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

use super::{Read, Result, StorageError, Tx, instant, json, micros, parsed};
use crate::domain::case::Case;
use crate::domain::ids::CaseId;

/// Where words stand of which nothing is needed once the mediation is over, and which rows they are besides those of the
/// case. A message that is still to be sent is sent first.
const ERASED: [(&str, &str); 9] = [
    ("caucus_notes", ""),
    ("confided_evidence", ""),
    ("confided_messages", ""),
    ("confided_offers", ""),
    ("event_details", ""),
    (
        "messages",
        " AND (sent_at IS NOT NULL OR failed_at IS NOT NULL)",
    ),
    ("private_notes", ""),
    ("uploads", ""),
    ("written_messages", ""),
];

/// On whose behalf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedBy {
    Claimant,
    Respondent,
    /// Nobody: the time for which it may be kept is over.
    Period,
    /// A court or an authority.
    Authority,
}

impl AskedBy {
    pub const ALL: [Self; 4] = [
        Self::Claimant,
        Self::Respondent,
        Self::Period,
        Self::Authority,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Claimant => "claimant",
            Self::Respondent => "respondent",
            Self::Period => "period",
            Self::Authority => "authority",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// One erasure, by the number of the matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub id: Uuid,
    pub number: String,
    pub at: Timestamp,
    pub asked_by: AskedBy,
    pub why: String,
}

/// The matter with this number, whose words may be erased.
///
/// # Errors
/// `NotFound` where there is none, `Conflict` where it is not over.
pub async fn over(read: &mut Read, number: &str) -> Result<Case> {
    let row = sqlx::query("SELECT body FROM cases WHERE number = $1")
        .bind(number)
        .fetch_optional(read.conn())
        .await?;
    let row = row.ok_or(StorageError::NotFound)?;
    let case: Case = json("case", row.try_get("body")?)?;
    if matches!(case.stage.name(), "mediate.ended" | "closed") {
        Ok(case)
    } else {
        Err(StorageError::Conflict)
    }
}

/// Erases the words and writes down that it was done. How many rows.
///
/// # Errors
/// As [`over`].
pub async fn erase(tx: &mut Tx, erasure: &Erasure) -> Result<u64> {
    let case = over(tx, &erasure.number).await?.id;
    let erased = erase_words(tx, case).await?;
    sqlx::query(
        "INSERT INTO erasures (id, case_id, at, asked_by, why, erased) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(erasure.id.to_string())
    .bind(case.to_string())
    .bind(micros(erasure.at))
    .bind(erasure.asked_by.name())
    .bind(&erasure.why)
    .bind(i64::try_from(erased).unwrap_or(i64::MAX))
    .execute(tx.conn())
    .await?;
    Ok(erased)
}

async fn erase_words(tx: &mut Tx, case: CaseId) -> Result<u64> {
    let mut erased = 0;
    for (table, besides) in ERASED {
        let sql = format!("DELETE FROM {table} WHERE case_id = $1{besides}");
        let result = sqlx::query(AssertSqlSafe(sql))
            .bind(case.to_string())
            .execute(tx.conn())
            .await?;
        erased += result.rows_affected();
    }
    Ok(erased)
}

/// All that was erased, the newest first, each with how many rows.
pub async fn all(read: &mut Read) -> Result<Vec<(Erasure, i64)>> {
    let rows = sqlx::query(
        "SELECT erasures.id AS id, number, at, asked_by, why, erased FROM erasures JOIN cases ON cases.id = case_id \
         ORDER BY at DESC, erasures.id DESC",
    )
    .fetch_all(read.conn())
    .await?;
    let erasure = |row: &AnyRow| {
        let asked_by: &str = row.try_get("asked_by")?;
        let erasure = Erasure {
            id: parsed("erasure id", row.try_get("id")?)?,
            number: row.try_get("number")?,
            at: instant(row.try_get("at")?)?,
            asked_by: AskedBy::parse(asked_by).ok_or_else(|| StorageError::Corrupt {
                what: "who asked for an erasure",
                why: asked_by.to_owned(),
            })?,
            why: row.try_get("why")?,
        };
        Ok((erasure, row.try_get("erased")?))
    };
    rows.iter().map(erasure).collect()
}

/// When words of a case were erased last.
pub async fn last_of(read: &mut Read, case: CaseId) -> Result<Option<Timestamp>> {
    let last: Option<i64> = sqlx::query_scalar("SELECT MAX(at) FROM erasures WHERE case_id = $1")
        .bind(case.to_string())
        .fetch_one(read.conn())
        .await?;
    last.map(instant).transpose()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::storage::fixture;

    /// Why the other tables keep what they hold.
    const KEPT: [(&str, &[&str]); 6] = [
        (
            "the body, which with its papers is the file that the committee keeps, and copies of what it says",
            &[
                "case_marks",
                "case_people",
                "case_team",
                "case_words",
                "cases",
                "checks",
                "deliveries",
                "evidence_reports",
                "invitations",
                "milestones",
                "pleas",
                "triage",
            ],
        ),
        (
            "who did what and when, by ids: nobody's words",
            &[
                "anchors",
                "attendance",
                "encounters",
                "erasures",
                "events",
                "number_reads",
                "papers",
                "recording_gaps",
                "recording_segments",
                "recordings",
                "register_changes",
                "session_quality",
                "slots",
                "unanchored",
            ],
        ),
        (
            "a file of the bureau's own, apart from the matter",
            &["complaints"],
        ),
        (
            "answered to another body, or work to be done: ids and numbers",
            &["intake_keys", "jobs"],
        ),
        (
            "secrets known as hashes, or sealed, which lapse by themselves",
            &[
                "codes",
                "dial_ins",
                "drafts",
                "former_links",
                "links",
                "requests",
                "screens",
                "sessions",
                "setups",
                "step_ups",
            ],
        ),
        (
            "of no matter",
            &[
                "areas",
                "calendar_feeds",
                "counters",
                "integrators",
                "leaves",
                "mediators",
                "meeting_rooms",
                "office_hours",
                "organisations",
                "own_clauses",
                "people",
                "places",
                "posts",
                "rating_sheets",
                "rating_slips",
                "staff",
                "ties",
            ],
        ),
    ];

    /// Whoever adds a table says here what becomes of the words in it.
    #[tokio::test]
    async fn of_every_table_it_is_said_whether_its_words_go_and_why_not() {
        let database = fixture::sqlite().await;
        let mut read = database.store.read().await.unwrap();
        let tables: Vec<String> =
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
                .fetch_all(read.conn())
                .await
                .unwrap();
        let own = |it: &&str| !it.starts_with("_sqlx") && !it.starts_with("sqlite_");
        let there: Vec<_> = tables.iter().map(String::as_str).filter(own).collect();
        let kept = KEPT.iter().flat_map(|(_, tables)| tables.iter().copied());
        let said: Vec<_> = ERASED.iter().map(|(it, _)| *it).chain(kept).collect();
        let (there_once, said_once): (BTreeSet<_>, BTreeSet<_>) = (
            there.iter().copied().collect(),
            said.iter().copied().collect(),
        );
        let differing: Vec<_> = there_once.symmetric_difference(&said_once).collect();
        assert!(differing.is_empty(), "{differing:?}");
        assert_eq!(said.len(), said_once.len(), "nothing is said twice");
    }
}
