//! The dispatchers' queue, and the marks by which cases are found to be alike.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::{Read, Result, StorageError, Tx, json, micros, parsed};
use crate::domain::alike::{Alike, Mark, marks};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OrganisationId};
use crate::domain::organisation::{District, Language};
use crate::domain::safety::Urgency;

/// Of cases that bear the same mark, only so many are looked at: one opponent may have thousands.
const NEWEST: i64 = 20;

/// Keeps queue and marks equal to the case.
pub(super) async fn index(tx: &mut Tx, case: &Case) -> Result<()> {
    sqlx::query(
        "INSERT INTO triage (case_id, organisation, waiting, urgency, language, opened_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (case_id) DO UPDATE SET organisation = excluded.organisation, waiting = excluded.waiting, \
         urgency = excluded.urgency, language = excluded.language",
    )
    .bind(case.id.to_string())
    .bind(case.organisation.to_string())
    .bind(i64::from(case.awaits_triage()))
    .bind(weight(case.intake.urgency()))
    .bind(case.intake.language.map_or("", Language::name))
    .bind(micros(case.opened_at))
    .execute(tx.conn())
    .await?;
    // What was corrected is found by its old value no more.
    sqlx::query("DELETE FROM case_marks WHERE case_id = $1")
        .bind(case.id.to_string())
        .execute(tx.conn())
        .await?;
    for mark in marks(case) {
        sqlx::query("INSERT INTO case_marks (case_id, district, organisation, kind, mark) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (case_id, kind, mark) DO NOTHING")
            .bind(case.id.to_string())
            .bind(&case.district.0)
            .bind(case.organisation.to_string())
            .bind(mark.kind.name())
            .bind(&mark.value)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

const fn weight(urgency: Urgency) -> i64 {
    match urgency {
        Urgency::Ordinary => 0,
        Urgency::Soon => 1,
        Urgency::Urgent => 2,
    }
}

/// Where in the queue a case stands, for the page that goes on behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    urgency: i64,
    opened_at: i64,
    case: CaseId,
}

impl Turn {
    #[must_use]
    pub fn of(case: &Case) -> Self {
        Self {
            urgency: weight(case.intake.urgency()),
            opened_at: micros(case.opened_at),
            case: case.id,
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        Some(Self {
            urgency: parts.next()?.parse().ok()?,
            opened_at: parts.next()?.parse().ok()?,
            case: parts.next()?.parse().ok()?,
        })
    }
}

impl std::fmt::Display for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.urgency, self.opened_at, self.case)
    }
}

/// What waits for the dispatchers of some organisations: the urgent first, then what has waited longest. At most `most`
/// of them behind `after`, and how many there are in all.
pub async fn queue(
    read: &mut Read,
    organisations: &[OrganisationId],
    language: Option<Language>,
    after: Option<Turn>,
    most: usize,
) -> Result<(Vec<Case>, i64)> {
    if organisations.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let language = language.map_or("", Language::name);
    let total = count(read, organisations, language).await?;
    let next = organisations.len() + 2;
    let behind = after.map_or_else(String::new, |_| {
        format!(
            "AND (urgency < ${next} OR (urgency = ${next} AND (opened_at, case_id) > (${}, ${})))",
            next + 1,
            next + 2
        )
    });
    // The page is chosen before any case is read.
    let sql = format!(
        "SELECT cases.body AS body FROM (SELECT case_id, urgency, opened_at FROM triage WHERE {} {behind} \
         ORDER BY urgency DESC, opened_at, case_id LIMIT {most}) AS page \
         JOIN cases ON cases.id = page.case_id ORDER BY page.urgency DESC, page.opened_at, page.case_id",
        waiting(organisations.len()),
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for organisation in organisations {
        query = query.bind(organisation.to_string());
    }
    query = query.bind(language);
    if let Some(after) = after {
        query = query.bind(after.urgency).bind(after.opened_at);
        query = query.bind(after.case.to_string());
    }
    let rows = query.fetch_all(read.conn()).await?;
    let case = |row: &AnyRow| json("case", row.try_get("body")?);
    let cases: Result<Vec<_>> = rows.iter().map(case).collect();
    Ok((cases?, total))
}

async fn count(read: &mut Read, organisations: &[OrganisationId], language: &str) -> Result<i64> {
    let sql = format!(
        "SELECT COUNT(*) FROM triage WHERE {}",
        waiting(organisations.len())
    );
    let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
    for organisation in organisations {
        query = query.bind(organisation.to_string());
    }
    Ok(query
        .bind(language.to_owned())
        .fetch_one(read.conn())
        .await?)
}

/// What waits for so many organisations, `$1, $2, …`, in the language that comes after them, or in any.
fn waiting(organisations: usize) -> String {
    let language = organisations + 1;
    format!(
        "triage.waiting = 1 AND triage.organisation IN ({}) AND (${language} = '' OR triage.language = ${language})",
        places(organisations, 1)
    )
}

/// `$first, $first+1, …`
fn places(count: usize, first: usize) -> String {
    let places: Vec<_> = (first..first + count)
        .map(|place| format!("${place}"))
        .collect();
    places.join(", ")
}

/// The newest cases of a district that bear a mark as `kind`, `except` one.
pub async fn bearing(
    read: &mut Read,
    district: &District,
    kind: Alike,
    mark: &Mark,
    except: Option<CaseId>,
) -> Result<Vec<CaseId>> {
    let rows = sqlx::query(
        "SELECT case_id FROM case_marks WHERE district = $1 AND kind = $2 AND mark = $3 AND case_id <> $4 \
         ORDER BY case_id DESC LIMIT $5",
    )
    .bind(&district.0)
    .bind(kind.name())
    .bind(&mark.value)
    .bind(except.map_or_else(String::new, |id| id.to_string()))
    .bind(NEWEST)
    .fetch_all(read.conn())
    .await?;
    let id = |row: &AnyRow| parsed("case id", row.try_get("case_id")?);
    rows.iter().map(id).collect()
}

/// By what a case is like another of its district.
#[derive(Clone, Copy, Debug)]
pub struct Likeness {
    pub case: CaseId,
    pub kind: Alike,
    /// Whether one of the reader's own bodies has the other.
    pub own: bool,
    /// Whether a body that is not theirs has.
    pub elsewhere: bool,
}

/// Which of these cases are like others, as far as the newest of these tell; what the bodies in `own` have is the
/// reader's own.
pub async fn alike(
    read: &mut Read,
    cases: &[CaseId],
    own: &[OrganisationId],
) -> Result<Vec<Likeness>> {
    if cases.is_empty() || own.is_empty() {
        return Ok(Vec::new());
    }
    let newest = format!(
        "SELECT other.organisation AS organisation FROM case_marks other \
         WHERE other.district = one.district AND other.kind = one.kind AND other.mark = one.mark \
         AND other.case_id <> one.case_id ORDER BY other.case_id DESC LIMIT {NEWEST}"
    );
    let own_places = places(own.len(), 1);
    let is = |which: &str| {
        format!(
            "CAST(EXISTS (SELECT 1 FROM ({newest}) AS newest WHERE newest.organisation {which} ({own_places})) AS INTEGER)"
        )
    };
    let sql = format!(
        "SELECT one.case_id AS case_id, one.kind AS kind, {} AS own, {} AS elsewhere FROM case_marks one \
         WHERE one.case_id IN ({}) ORDER BY one.case_id, one.kind",
        is("IN"),
        is("NOT IN"),
        places(cases.len(), own.len() + 1)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for organisation in own {
        query = query.bind(organisation.to_string());
    }
    for case in cases {
        query = query.bind(case.to_string());
    }
    let rows = query.fetch_all(read.conn()).await?;
    let found = |row: &AnyRow| {
        let kind: &str = row.try_get("kind")?;
        let kind = Alike::parse(kind).ok_or_else(|| StorageError::Corrupt {
            what: "kind of mark",
            why: kind.to_owned(),
        })?;
        Ok(Likeness {
            case: parsed("case id", row.try_get("case_id")?)?,
            kind,
            own: flag(row, "own")?,
            elsewhere: flag(row, "elsewhere")?,
        })
    };
    rows.iter().map(found).collect()
}

fn flag(row: &AnyRow, column: &str) -> Result<bool> {
    let flag: i64 = row.try_get(column)?;
    Ok(flag != 0)
}
