//! Cases: kept whole, found by the copies beside the body.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{
    Read, Result, StorageError, Tx, affected, instant, json, micros, parsed, to_json, words,
};
use crate::domain::agreement::Settlement;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, OrganisationId, PersonId};
use crate::domain::paper::PaperKind;
use crate::domain::party::Party;

pub async fn insert(tx: &mut Tx, case: &Case) -> Result<()> {
    sqlx::query(
        "INSERT INTO cases (id, version, number, stage, organisation, district, court, mediator, dispute, opened_at, changed_at, due_at, body, provisional, certified, queue, place_in_queue, ended_at, copies) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1)",
    )
    .bind(case.id.to_string())
    .bind(case.version)
    .bind(&case.number)
    .bind(case.stage.name())
    .bind(case.organisation.to_string())
    .bind(&case.district.0)
    .bind(case.court().map(|court| court.to_string()))
    .bind(case.stage.mediator().map(|mediator| mediator.to_string()))
    .bind(&case.dispute.0)
    .bind(micros(case.opened_at))
    .bind(micros(case.opened_at))
    .bind(case.due(case.opened_at).map(|due| micros(due.at)))
    .bind(to_json("case", case)?)
    .bind(provisional(case))
    .bind(certified(case))
    .bind(queue(case))
    .bind(place_in_queue(case, case.opened_at))
    .bind(case.stage.over_since().map(micros))
    .execute(tx.conn())
    .await?;
    Box::pin(words::keep(tx, case, None)).await?;
    super::milestones::note(tx, case, case.opened_at).await?;
    index(tx, case).await
}

/// Saves `case`, whose version is one above the stored one.
///
/// # Errors
/// `Conflict` when somebody else has saved in between.
pub async fn update(tx: &mut Tx, case: &Case, now: Timestamp) -> Result<()> {
    let outdated = Box::pin(words::outdated(tx, case)).await?;
    let result = sqlx::query(
        "UPDATE cases SET version = $2, stage = $3, organisation = $4, court = $5, mediator = $6, dispute = $7, changed_at = $8, \
         due_at = $9, body = $10, provisional = $11, certified = $12, queue = $13, place_in_queue = $14, ended_at = $15 WHERE id = $1 AND version = $16",
    )
    .bind(case.id.to_string())
    .bind(case.version)
    .bind(case.stage.name())
    .bind(case.organisation.to_string())
    .bind(case.court().map(|court| court.to_string()))
    .bind(case.stage.mediator().map(|mediator| mediator.to_string()))
    .bind(&case.dispute.0)
    .bind(micros(now))
    .bind(case.due(now).map(|due| micros(due.at)))
    .bind(to_json("case", case)?)
    .bind(provisional(case))
    .bind(certified(case))
    .bind(queue(case))
    .bind(place_in_queue(case, now))
    .bind(case.stage.over_since().map(micros))
    .bind(case.version - 1)
    .execute(tx.conn())
    .await?;
    affected(result, 1)?;
    if let Some(before) = outdated {
        Box::pin(words::keep(tx, case, before.as_ref())).await?;
    }
    super::milestones::note(tx, case, now).await?;
    index(tx, case).await
}

/// Counts anew by when something is due, since a day of the case has passed with nothing done. Whoever has saved the case in
/// between has counted already.
pub async fn recount(tx: &mut Tx, case: &Case, now: Timestamp) -> Result<()> {
    sqlx::query("UPDATE cases SET due_at = $2, place_in_queue = $3 WHERE id = $1 AND version = $4")
        .bind(case.id.to_string())
        .bind(case.due(now).map(|due| micros(due.at)))
        .bind(place_in_queue(case, now))
        .bind(case.version)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Cases that are older than a table beside them, `most` at once, behind `after`; nothing for one that cannot be read.
pub async fn without_copies(
    tx: &mut Tx,
    after: Option<CaseId>,
    most: i64,
) -> Result<Vec<(CaseId, Option<Case>)>> {
    let rows =
        sqlx::query("SELECT id, body FROM cases WHERE copies = 0 AND id > $1 ORDER BY id LIMIT $2")
            .bind(after.map_or_else(String::new, |id| id.to_string()))
            .bind(most)
            .fetch_all(tx.conn())
            .await?;
    rows.iter().map(legible).collect()
}

/// The case of a row. One that cannot be read keeps nobody from the others: its id is told, and nothing of what it says.
pub(super) fn legible(row: &AnyRow) -> Result<(CaseId, Option<Case>)> {
    let id: CaseId = parsed("case id", row.try_get("id")?)?;
    let body = json("case", row.try_get("body")?);
    if let Err(StorageError::Corrupt { .. }) = &body {
        tracing::error!(case = %id, "the body of a case cannot be read; it is left out of lists and terms until it is mended");
    }
    Ok((id, body.ok()))
}

/// Makes anew what is kept beside a case here, and its place in the queues, and notes that it is there.
pub async fn copy(tx: &mut Tx, case: &Case) -> Result<()> {
    index(tx, case).await?;
    let row = sqlx::query("SELECT changed_at FROM cases WHERE id = $1")
        .bind(case.id.to_string())
        .fetch_one(tx.conn())
        .await?;
    let changed_at = instant(row.try_get("changed_at")?)?;
    sqlx::query("UPDATE cases SET copies = 1, queue = $2, place_in_queue = $3 WHERE id = $1")
        .bind(case.id.to_string())
        .bind(queue(case))
        .bind(place_in_queue(case, changed_at))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The queue of a stage whose work is done for now; such are read newest first.
const OVER: [&str; 10] = [
    CERTIFIED,
    "confirm.valid",
    "confirm.dismissed",
    "confirm.not_accepted",
    "confirm.withdrawn",
    "perform",
    "breached",
    "arbitrate",
    "litigate",
    "closed",
];

/// Those of `mediate.ended` whose certificate is issued: nobody has to do anything for them.
const CERTIFIED: &str = "mediate.ended.certified";

/// All is acknowledged, and somebody is to look on the spot, whatever stage the case is in.
const TO_VERIFY: &str = "perform.to_verify";

/// Closed, and nobody has asked yet how it stands.
const TO_FOLLOW_UP: &str = "closed.to_follow_up";

/// Somebody decides about the mediator, whatever stage the case is in.
const TO_DECIDE: &str = "mediate.to_decide";

/// Not sorted in time, and whoever is above was told.
const LATE: &str = "mediate.late";

/// Printed to be signed by hand, and no scan has come back.
const SHEETS: &str = "mediate.signing.sheets";

fn queue(case: &Case) -> &'static str {
    match case.stage.name() {
        "assess.submitted" | "mediate.received" if case.is_late() => LATE,
        _ if case.awaits_decision() => TO_DECIDE,
        "mediate.ended" if certified(case) == 1 => CERTIFIED,
        _ if case.to_verify().is_some() && performed(case) => TO_VERIFY,
        "mediate.signing" if case.awaits_sheets() => SHEETS,
        "closed" if case.to_follow_up().is_some() => TO_FOLLOW_UP,
        stage => stage,
    }
}

fn performed(case: &Case) -> bool {
    let settlement = case.stage.settlement();
    settlement.is_some_and(Settlement::is_performed)
}

/// Behind everything that is due, in microseconds.
const UNDUE: i64 = 100_000_000_000_000_000;

/// What is due first, then what has waited longest; of what is over, the newest.
fn place_in_queue(case: &Case, changed_at: Timestamp) -> i64 {
    if OVER.contains(&queue(case)) {
        return -micros(changed_at);
    }
    let due = case.due(changed_at).map(|due| micros(due.at));
    due.unwrap_or(UNDUE + micros(changed_at))
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
    let agents = case.parties.iter().filter_map(Party::agent);
    for person in agents.filter_map(|agent| agent.person) {
        sqlx::query("INSERT INTO case_team (case_id, person_id, capacity) VALUES ($1, $2, $3) ON CONFLICT (case_id, person_id, capacity) DO NOTHING")
            .bind(case.id.to_string())
            .bind(person.to_string())
            .bind("agent")
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
    super::checks::index(tx, case).await?;
    super::requests::index(tx, case).await?;
    super::deliveries::index(tx, case).await?;
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

/// Hash of the body of a case, as it is saved.
pub fn hash(case: &Case) -> Result<ContentHash> {
    Ok(ContentHash::of(to_json("case", case)?.as_bytes()))
}

/// Hash of the body of a case as it is stored, which need not be one that can be read.
pub async fn stored_hash(read: &mut Read, id: CaseId) -> Result<Option<ContentHash>> {
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM cases WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(read.conn())
        .await?;
    Ok(body.map(|body| ContentHash::of(body.as_bytes())))
}

/// The version of a case as it is stored.
pub async fn version(read: &mut Read, id: CaseId) -> Result<Option<i64>> {
    let version = sqlx::query_scalar("SELECT version FROM cases WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(read.conn())
        .await?;
    Ok(version)
}

/// All cases by id behind `after`, each with its number.
pub async fn numbers(
    read: &mut Read,
    after: Option<CaseId>,
    most: i64,
) -> Result<Vec<(CaseId, String)>> {
    let rows = sqlx::query("SELECT id, number FROM cases WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(after.map_or_else(String::new, |id| id.to_string()))
        .bind(most)
        .fetch_all(read.conn())
        .await?;
    rows.iter()
        .map(|row| {
            Ok((
                parsed("case id", row.try_get("id")?)?,
                row.try_get("number")?,
            ))
        })
        .collect()
}

/// The cases of an organisation that were over for it from one instant to before another, closed, ended or handed on, whatever
/// was added to them since: by id behind `after`, each with when that was.
pub async fn closed(
    read: &mut Read,
    organisation: OrganisationId,
    (from, to): (Timestamp, Timestamp),
    after: Option<CaseId>,
    most: i64,
) -> Result<Vec<(CaseId, Timestamp)>> {
    let rows = sqlx::query(
        "SELECT id, ended_at FROM cases WHERE organisation = $1 AND ended_at >= $2 AND ended_at < $3 AND id > $4 \
         ORDER BY id LIMIT $5",
    )
    .bind(organisation.to_string())
    .bind(micros(from))
    .bind(micros(to))
    .bind(after.map_or_else(String::new, |id| id.to_string()))
    .bind(most)
    .fetch_all(read.conn())
    .await?;
    rows.iter()
        .map(|row| {
            Ok((
                parsed("case id", row.try_get("id")?)?,
                instant(row.try_get("ended_at")?)?,
            ))
        })
        .collect()
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
