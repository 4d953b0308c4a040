//! Cases: kept whole, found by the copies beside the body.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::{Read, Result, Tx, affected, instant, json, micros, parsed, to_json};
use crate::domain::actor::{Actor, Role};
use crate::domain::case::Case;
use crate::domain::confirmation::Phase;
use crate::domain::ids::{CaseId, OrganisationId, PersonId};
use crate::domain::organisation::District;
use crate::domain::paper::PaperKind;
use crate::domain::stage::Stage;

/// One line of a list; nothing in it but what the columns hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    pub id: CaseId,
    pub number: String,
    pub stage: String,
    pub district: District,
    pub dispute: String,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    pub due_at: Option<Timestamp>,
}

pub async fn insert(tx: &mut Tx, case: &Case) -> Result<()> {
    sqlx::query(
        "INSERT INTO cases (id, version, number, stage, organisation, district, court, mediator, dispute, opened_at, changed_at, due_at, body, provisional, certified) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(case.id.to_string())
    .bind(case.version)
    .bind(&case.number)
    .bind(case.stage.name())
    .bind(case.organisation.to_string())
    .bind(&case.district.0)
    .bind(court(case).map(|court| court.to_string()))
    .bind(case.stage.mediator().map(|mediator| mediator.to_string()))
    .bind(&case.dispute.0)
    .bind(micros(case.opened_at))
    .bind(micros(case.opened_at))
    .bind(case.stage.due().map(|due| micros(due.at)))
    .bind(to_json("case", case)?)
    .bind(provisional(case))
    .bind(certified(case))
    .execute(tx.conn())
    .await?;
    index(tx, case).await
}

/// Saves `case`, whose version is one above the stored one.
///
/// # Errors
/// `Conflict` when somebody else has saved in between.
pub async fn update(tx: &mut Tx, case: &Case, now: Timestamp) -> Result<()> {
    let result = sqlx::query(
        "UPDATE cases SET version = $2, stage = $3, organisation = $4, court = $5, mediator = $6, dispute = $7, changed_at = $8, \
         due_at = $9, body = $10, provisional = $11, certified = $12 WHERE id = $1 AND version = $13",
    )
    .bind(case.id.to_string())
    .bind(case.version)
    .bind(case.stage.name())
    .bind(case.organisation.to_string())
    .bind(court(case).map(|court| court.to_string()))
    .bind(case.stage.mediator().map(|mediator| mediator.to_string()))
    .bind(&case.dispute.0)
    .bind(micros(now))
    .bind(case.stage.due().map(|due| micros(due.at)))
    .bind(to_json("case", case)?)
    .bind(provisional(case))
    .bind(certified(case))
    .bind(case.version - 1)
    .execute(tx.conn())
    .await?;
    affected(result, 1)?;
    index(tx, case).await
}

/// The court that may see the case: only once the application lies before it.
fn court(case: &Case) -> Option<OrganisationId> {
    match &case.stage {
        Stage::Confirm {
            application, phase, ..
        } if *phase != Phase::Prepared => Some(application.court),
        _ => None,
    }
}

fn provisional(case: &Case) -> i64 {
    i64::from(case.stage.due().is_some_and(|due| due.provisional))
}

fn certified(case: &Case) -> i64 {
    i64::from(case.latest_paper(PaperKind::NonSettlement).is_some())
}

/// The cases whose running term was counted without holidays that were not published then.
pub async fn with_provisional_terms(read: &mut Read) -> Result<Vec<CaseId>> {
    let rows = sqlx::query("SELECT id FROM cases WHERE provisional = 1 ORDER BY id")
        .fetch_all(read.conn())
        .await?;
    rows.iter()
        .map(|row| parsed("case id", row.try_get("id")?))
        .collect()
}

/// Keeps the tables by which people and papers are found equal to the body.
async fn index(tx: &mut Tx, case: &Case) -> Result<()> {
    for party in &case.parties {
        let Some(person) = party.person else { continue };
        sqlx::query("INSERT INTO case_people (case_id, party_id, person_id) VALUES ($1, $2, $3) ON CONFLICT (case_id, party_id) DO NOTHING")
            .bind(case.id.to_string())
            .bind(party.id.to_string())
            .bind(person.to_string())
            .execute(tx.conn())
            .await?;
    }
    sqlx::query("DELETE FROM case_team WHERE case_id = $1")
        .bind(case.id.to_string())
        .execute(tx.conn())
        .await?;
    for member in &case.team {
        sqlx::query("INSERT INTO case_team (case_id, person_id, capacity) VALUES ($1, $2, $3) ON CONFLICT (case_id, person_id, capacity) DO NOTHING")
            .bind(case.id.to_string())
            .bind(member.person.to_string())
            .bind(member.capacity.name())
            .execute(tx.conn())
            .await?;
    }
    for paper in &case.papers {
        sqlx::query("INSERT INTO papers (id, case_id, verify_id) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING")
            .bind(paper.id.to_string())
            .bind(case.id.to_string())
            .bind(&paper.verify_id)
            .execute(tx.conn())
            .await?;
    }
    super::invitations::index(tx, case).await?;
    super::triage::index(tx, case).await
}

pub async fn load(read: &mut Read, id: CaseId) -> Result<Option<Case>> {
    let row = sqlx::query("SELECT body FROM cases WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| json("case", row.try_get("body")?))
        .transpose()
}

/// The cases of an organisation for which somebody is to be found, what waits longest first.
pub async fn waiting(
    read: &mut Read,
    organisation: OrganisationId,
    most: i64,
) -> Result<Vec<Case>> {
    let rows = sqlx::query(
        "SELECT body FROM cases WHERE stage = 'mediate.selecting' AND organisation = $1 ORDER BY changed_at, id LIMIT $2",
    )
    .bind(organisation.to_string())
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter()
        .map(|row| json("case", row.try_get("body")?))
        .collect()
}

/// The case on one of whose papers the QR code carries `verify_id`.
pub async fn by_verify_id(read: &mut Read, verify_id: &str) -> Result<Option<Case>> {
    let row = sqlx::query("SELECT cases.body AS body FROM cases JOIN papers ON papers.case_id = cases.id WHERE papers.verify_id = $1")
        .bind(verify_id)
        .fetch_optional(read.conn())
        .await?;
    row.map(|row| json("case", row.try_get("body")?))
        .transpose()
}

/// What `actor` may see, newest change first; a property test holds this equal to `Case::may_see`.
pub async fn visible_to(read: &mut Read, actor: &Actor, limit: i64) -> Result<Vec<CaseRow>> {
    let mut binds = Vec::new();
    let condition = condition(actor, &mut binds);
    let sql = format!(
        "SELECT id, number, stage, district, dispute, opened_at, changed_at, due_at FROM cases WHERE {condition} ORDER BY changed_at DESC, id LIMIT ${}",
        binds.len() + 1
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for bind in binds {
        query = query.bind(bind);
    }
    let rows = query.bind(limit).fetch_all(read.conn()).await?;
    rows.iter().map(row).collect()
}

/// Which end of a queue comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What is due first, then what has waited longest.
    Urgent,
    Newest,
}

/// A part of the cases in some stages: `most` of them after the first `from`.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// `mediate.ended.certified` are those of `mediate.ended` whose certificate is issued; they are in no other.
    pub stages: &'a [&'a str],
    pub order: Order,
    pub from: i64,
    pub most: i64,
}

/// A part of what `actor` may see, and how many there are in all.
pub async fn queue(read: &mut Read, actor: &Actor, part: Part<'_>) -> Result<(Vec<CaseRow>, i64)> {
    let mut binds = Vec::new();
    let condition = condition(actor, &mut binds);
    let stages: Vec<_> = part
        .stages
        .iter()
        .map(|stage| {
            binds.push((*stage).to_owned());
            format!("${}", binds.len())
        })
        .collect();
    let order = match part.order {
        Order::Urgent => "CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, changed_at, id",
        Order::Newest => "changed_at DESC, id",
    };
    // The total stands beside each row, so that both are of one moment.
    let sql = format!(
        "SELECT id, number, queue AS stage, district, dispute, opened_at, changed_at, due_at, COUNT(*) OVER () AS total FROM \
         (SELECT *, CASE WHEN certified = 1 AND stage = 'mediate.ended' THEN 'mediate.ended.certified' ELSE stage END AS queue FROM cases) AS cases \
         WHERE {condition} AND queue IN ({}) ORDER BY {order} LIMIT ${} OFFSET ${}",
        stages.join(", "),
        binds.len() + 1,
        binds.len() + 2,
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for bind in binds {
        query = query.bind(bind);
    }
    let rows = query.bind(part.most).bind(part.from);
    let rows = rows.fetch_all(read.conn()).await?;
    let total = match rows.first() {
        Some(row) => row.try_get("total")?,
        None => 0,
    };
    let rows: Result<Vec<_>> = rows.iter().map(row).collect();
    Ok((rows?, total))
}

/// The condition holds placeholders only; what they stand for goes to `binds` in their order.
fn condition(actor: &Actor, binds: &mut Vec<String>) -> String {
    if let Actor::Clock | Actor::System { .. } = actor {
        return "1 = 1".to_owned();
    }
    let Some(person) = actor.person() else {
        return "1 = 0".to_owned();
    };
    binds.push(person.to_string());
    let mut condition = "(id IN (SELECT case_id FROM case_people WHERE person_id = $1) \
                         OR id IN (SELECT case_id FROM case_team WHERE person_id = $1)"
        .to_owned();
    if let Actor::Staff { posts, .. } = actor {
        for post in posts {
            let number = binds.len() + 1;
            let clause = match post.role {
                Role::Dispatcher | Role::SealHolder | Role::Head => {
                    format!(" OR organisation = ${number}")
                }
                Role::Mediator => format!(" OR (mediator = $1 AND organisation = ${number})"),
                Role::Clerk | Role::Judge => format!(" OR court = ${number}"),
                Role::IntakeOfficer | Role::GridWorker | Role::Supervisor | Role::Operator => {
                    continue;
                }
            };
            binds.push(post.organisation.to_string());
            condition += &clause;
        }
    }
    condition + ")"
}

fn row(row: &AnyRow) -> Result<CaseRow> {
    let due: Option<i64> = row.try_get("due_at")?;
    Ok(CaseRow {
        id: parsed("case id", row.try_get("id")?)?,
        number: row.try_get("number")?,
        stage: row.try_get("stage")?,
        district: District(row.try_get("district")?),
        dispute: row.try_get("dispute")?,
        opened_at: instant(row.try_get("opened_at")?)?,
        changed_at: instant(row.try_get("changed_at")?)?,
        due_at: due.map(instant).transpose()?,
    })
}

/// How many cases each mediator has in hand, for ranking by load; whoever has none is missing.
pub async fn open_loads(read: &mut Read) -> Result<BTreeMap<PersonId, u32>> {
    let rows = sqlx::query(
        "SELECT mediator, COUNT(*) AS load FROM cases WHERE mediator IS NOT NULL AND \
         stage IN ('mediate.disclosing', 'mediate.active', 'mediate.paused', 'mediate.signing') GROUP BY mediator",
    )
    .fetch_all(read.conn())
    .await?;
    let load = |row: &AnyRow| {
        let load: i64 = row.try_get("load")?;
        Ok((
            parsed("person id", row.try_get("mediator")?)?,
            u32::try_from(load).unwrap_or(u32::MAX),
        ))
    };
    rows.iter().map(load).collect()
}

/// The next number of a series in a year, from 1; a gap stays where its transaction was rolled back.
pub async fn next_number(tx: &mut Tx, series: &str, year: i16) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO counters (series, year, last) VALUES ($1, $2, 1) \
         ON CONFLICT (series, year) DO UPDATE SET last = counters.last + 1 RETURNING last",
    )
    .bind(series)
    .bind(i64::from(year))
    .fetch_one(tx.conn())
    .await?;
    Ok(row.try_get("last")?)
}

/// The number last drawn in a series; 0 before the first.
pub async fn last_number(read: &mut Read, series: &str, year: i16) -> Result<i64> {
    let row = sqlx::query("SELECT last FROM counters WHERE series = $1 AND year = $2")
        .bind(series)
        .bind(i64::from(year))
        .fetch_optional(read.conn())
        .await?;
    Ok(row.map(|row| row.try_get("last")).transpose()?.unwrap_or(0))
}
