//! Looking for cases by words and filters: candidates from an index, each held to what was asked; never more looked
//! through than a fixed number at a time, however many there are.

use jiff::Timestamp;
use sqlx::Row;

use super::{CaseRow, Scope, Sql, row};
use crate::domain::actor::Actor;
use crate::domain::case::Case;
use crate::domain::ids::CaseId;
use crate::storage::words::Words;
use crate::storage::{Read, Result, json, micros, parsed};

/// How many cases are looked through for one page.
const REACH: usize = 400;

/// What is looked for; all of it must be so.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub number: Option<String>,
    pub words: Vec<Words>,
    /// Any of these, where there are some.
    pub queues: Vec<String>,
    pub organisation: Option<String>,
    pub mediator: Option<String>,
    pub dispute: Option<String>,
    pub opened_from: Option<Timestamp>,
    pub opened_before: Option<Timestamp>,
    pub due_before: Option<Timestamp>,
}

/// A page of what was found, newest first.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub rows: Vec<CaseRow>,
    /// From where to look on, if not everything was looked through.
    pub next: Option<CaseId>,
}

/// What `actor` may see of what is wanted, the newest first, opened before `after`: at most `most`.
pub async fn search(
    read: &mut Read,
    actor: &Actor,
    wanted: &Wanted,
    after: Option<CaseId>,
    most: usize,
) -> Result<Found> {
    let mut found = Found::default();
    let mut ends = Vec::new();
    for scope in Scope::of(actor) {
        let (rows, end) = look(read, &scope, wanted, after, most).await?;
        found.rows.extend(rows);
        ends.extend(end);
    }
    found
        .rows
        .sort_by_key(|row| std::cmp::Reverse(row.id.to_string()));
    found.rows.dedup_by_key(|row| row.id);
    // What one reason has not looked through yet, another may have: the page ends where the first of them ended.
    let end = ends.into_iter().max_by_key(ToString::to_string);
    if let Some(end) = end {
        found
            .rows
            .retain(|row| row.id.to_string() >= end.to_string());
    }
    found.next = end;
    if found.rows.len() > most {
        found.rows.truncate(most);
        found.next = found.rows.last().map(|row| row.id);
    }
    Ok(found)
}

/// What one reason to see cases lets through, and where it stopped looking.
async fn look(
    read: &mut Read,
    scope: &Scope,
    wanted: &Wanted,
    after: Option<CaseId>,
    most: usize,
) -> Result<(Vec<CaseRow>, Option<CaseId>)> {
    let mut sql = Sql::default();
    let Some(candidates) = candidates(read, &mut sql, scope, wanted, after).await? else {
        return Ok((Vec::new(), None));
    };
    let asked = sql.again();
    let filters = filters(&mut sql, wanted);
    let text = format!(
        "SELECT cases.id AS id, number, queue, district, dispute, opened_at, changed_at, due_at, changed_at AS place{} \
         FROM ({candidates}) AS candidates JOIN cases ON cases.id = candidates.id \
         WHERE {filters} ORDER BY cases.id DESC LIMIT {}",
        if wanted.words.is_empty() {
            ""
        } else {
            ", body"
        },
        most + 1
    );
    let rows = sql.rows(read, text).await?;
    let mut fitting = Vec::new();
    for found in &rows {
        if wanted.words.is_empty() || has_words(found.try_get("body")?, &wanted.words)? {
            fitting.push(row(found)?);
        }
    }
    // A page filled by what only looks alike goes on behind it.
    let end = match rows.last() {
        Some(last) if rows.len() > most => Some(parsed("case id", last.try_get("id")?)?),
        _ => end(read, asked, &candidates).await?,
    };
    Ok((fitting, end))
}

/// The last candidate, if there are as many as are looked through.
async fn end(read: &mut Read, sql: Sql, candidates: &str) -> Result<Option<CaseId>> {
    let text =
        format!("SELECT COUNT(*) AS many, MIN(id) AS last FROM ({candidates}) AS candidates");
    let rows = sql.rows(read, text).await?;
    let many: i64 = rows[0].try_get("many")?;
    if usize::try_from(many).is_ok_and(|many| many < REACH) {
        return Ok(None);
    }
    Ok(Some(parsed("case id", rows[0].try_get("last")?)?))
}

fn has_words(body: &str, words: &[Words]) -> Result<bool> {
    let case: Case = json("case", body)?;
    Ok(words.iter().all(|word| word.are_in(&case)))
}

/// Ids of cases that may be meant, newest first, at most [`REACH`]; nothing where words are too short to be found by.
async fn candidates(
    read: &mut Read,
    sql: &mut Sql,
    scope: &Scope,
    wanted: &Wanted,
    after: Option<CaseId>,
) -> Result<Option<String>> {
    let mut hashes = Vec::new();
    if let Some(body) = scope.body() {
        for words in &wanted.words {
            let some = words.hashes(read.index_key(), body);
            if some.is_empty() {
                return Ok(None);
            }
            hashes.extend(some);
        }
    }
    let rarest = rarest(read, hashes).await?;
    let condition = scope.condition(sql);
    let mut conditions = vec![condition];
    if let Some(number) = &wanted.number {
        conditions.push(format!("number = {}", sql.text(number)));
    }
    if let Some(after) = after {
        conditions.push(format!("cases.id < {}", sql.text(&after)));
    }
    let mut hashes = rarest.into_iter();
    let from = match hashes.next() {
        Some(first) => {
            let first = sql.number(first);
            conditions.push(format!("case_words.word = {first}"));
            "case_words JOIN cases ON cases.id = case_words.case_id"
        }
        None => "cases",
    };
    for hash in hashes {
        let hash = sql.number(hash);
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM case_words other WHERE other.word = {hash} AND other.case_id = cases.id)"
        ));
    }
    let order = if from == "cases" {
        "cases.id"
    } else {
        "case_words.case_id"
    };
    Ok(Some(format!(
        "SELECT cases.id AS id FROM {from} WHERE {} ORDER BY {order} DESC LIMIT {REACH}",
        conditions.join(" AND ")
    )))
}

/// The words, the one that the fewest cases have first; told apart as far as it costs nothing.
async fn rarest(read: &mut Read, hashes: Vec<i64>) -> Result<Vec<i64>> {
    let mut counted = Vec::new();
    for hash in hashes {
        let mut sql = Sql::default();
        let word = sql.number(hash);
        let text = format!(
            "SELECT COUNT(*) AS many FROM (SELECT 1 FROM case_words WHERE word = {word} LIMIT {REACH}) AS counted"
        );
        let rows = sql.rows(read, text).await?;
        let many: i64 = rows[0].try_get("many")?;
        counted.push((many, hash));
    }
    counted.sort_unstable();
    Ok(counted.into_iter().map(|(_, hash)| hash).collect())
}

/// What the columns must hold.
fn filters(sql: &mut Sql, wanted: &Wanted) -> String {
    let mut conditions = vec!["1 = 1".to_owned()];
    if !wanted.queues.is_empty() {
        let queues: Vec<_> = wanted.queues.iter().map(|queue| sql.text(queue)).collect();
        conditions.push(format!("queue IN ({})", queues.join(", ")));
    }
    let equal = [
        ("organisation", &wanted.organisation),
        ("mediator", &wanted.mediator),
        ("dispute", &wanted.dispute),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            conditions.push(format!("{column} = {}", sql.text(value)));
        }
    }
    let bounds = [
        ("opened_at >=", wanted.opened_from),
        ("opened_at <", wanted.opened_before),
        ("due_at <", wanted.due_before),
    ];
    for (column, at) in bounds {
        if let Some(at) = at {
            conditions.push(format!("{column} {}", sql.number(micros(at))));
        }
    }
    conditions.join(" AND ")
}
