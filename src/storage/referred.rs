//! Which files the records still name: in the bodies of cases, in the details of their events, and in what was confided.

use std::collections::BTreeSet;

use sqlx::Row;

use super::{Read, Result};
use crate::domain::hash::ContentHash;
use crate::domain::ids::CaseId;

/// Cases read at a time.
const PAGE: i64 = 100;

/// Every word of a case or of its events that may be the name of a file. A key or a digest that happens to look like
/// one is in it too, which costs nothing: it names no file.
///
/// A case is read before its events, and events are never changed: what leaves the body in between, such as a signed
/// revision that an edit makes void, is found in the event that brought it.
pub async fn files(read: &mut Read) -> Result<BTreeSet<ContentHash>> {
    let confided: Vec<String> = sqlx::query_scalar("SELECT file FROM confided_evidence")
        .fetch_all(read.conn())
        .await?;
    let reports: Vec<String> = sqlx::query_scalar("SELECT report FROM evidence_reports")
        .fetch_all(read.conn())
        .await?;
    let apart = confided.iter().chain(&reports);
    let mut found: BTreeSet<_> = apart.flat_map(|file| names(file)).collect();
    let mut after = String::new();
    loop {
        let rows = sqlx::query("SELECT id, body FROM cases WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(&after)
            .bind(PAGE)
            .fetch_all(read.conn())
            .await?;
        if rows.is_empty() {
            return Ok(found);
        }
        for row in rows {
            after = row.try_get("id")?;
            found.extend(names(row.try_get("body")?));
            let details: Vec<String> =
                sqlx::query_scalar("SELECT payload FROM event_details WHERE case_id = $1")
                    .bind(&after)
                    .fetch_all(read.conn())
                    .await?;
            found.extend(details.iter().flat_map(|payload| names(payload)));
        }
    }
}

/// The same of one body alone.
pub async fn by_body(read: &mut Read, case: CaseId) -> Result<BTreeSet<ContentHash>> {
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM cases WHERE id = $1")
        .bind(case.to_string())
        .fetch_optional(read.conn())
        .await?;
    Ok(body.iter().flat_map(|body| names(body)).collect())
}

/// Every word of a text that may be the name of a file.
pub fn names(json: &str) -> impl Iterator<Item = ContentHash> {
    json.split(|c: char| !c.is_ascii_hexdigit())
        .filter_map(|word| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_wherever_it_stands() {
        let (one, other) = (ContentHash::of(b"1"), ContentHash::of(b"2"));
        let json = format!("{{\"paper\":{{\"hash\":\"{one}\"}},\"note\":\"see {other}, abc\"}}");
        assert_eq!(names(&json).collect::<Vec<_>>(), [one, other]);
    }
}
