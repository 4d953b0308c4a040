//! The anchors for everybody: what was sealed at which hour, the files to keep, and how to check them. Nothing of them leads to a
//! person or a matter.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::anchor::{Anchor, Entry, entries};
use crate::domain::hash::ContentHash;
use crate::storage::anchors::{self, Sealed};
use crate::web::{Page, Path, Policy, Query, Routes, Viewer, Web, WebError};

/// A day.
const MOST: i64 = 24;

#[derive(Serialize)]
pub struct TransparencyPage {
    pub rows: Vec<Row>,
    /// Of the last one here, where there are older ones.
    pub older: Option<u64>,
    /// Whether these are the newest ones.
    pub newest: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub number: u64,
    pub hour: Timestamp,
    pub added: u64,
    pub leaves: u64,
    pub root: String,
    /// Of the whole file, which the next anchor names.
    pub hash: String,
}

impl Page for TransparencyPage {
    const TEMPLATE: &'static str = "pages/transparency.html";

    fn samples() -> Vec<Self> {
        let row = |number| Row {
            number,
            hour: Timestamp::UNIX_EPOCH,
            added: 0,
            leaves: 123_456,
            root: "0".repeat(64),
            hash: "f".repeat(64),
        };
        let page = |rows, older, newest| Self {
            rows,
            older,
            newest,
        };
        vec![
            page(Vec::new(), None, true),
            page(vec![row(2), row(1)], None, true),
            page(vec![row(9)], Some(9), false),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/transparency", Policy::Anyone, show)
        .get("/transparency/roots.pem", Policy::Anyone, roots)
        .get("/transparency/{number}/anchor.json", Policy::Anyone, anchor)
        .get("/transparency/{number}/anchor.p7s", Policy::Anyone, seal)
        .get("/transparency/{number}/leaves.txt", Policy::Anyone, leaves)
}

#[derive(Deserialize)]
struct Asked {
    before: Option<u64>,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let mut read = web.desk.store.read().await?;
    let all = anchors::before(&mut read, asked.before, MOST + 1).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let rows: Vec<_> = all.iter().take(most).filter_map(row).collect();
    let page = TransparencyPage {
        older: rows
            .last()
            .map(|row| row.number)
            .filter(|_| all.len() > most),
        newest: asked.before.is_none(),
        rows,
    };
    viewer.show(&web, &page)
}

fn row(sealed: &Sealed) -> Option<Row> {
    let anchor = Anchor::read(&sealed.body)?;
    Some(Row {
        number: sealed.number,
        hour: sealed.hour,
        added: anchor.added,
        leaves: anchor.leaves,
        root: anchor.root.to_string(),
        hash: ContentHash::of(sealed.body.as_bytes()).to_string(),
    })
}

async fn find(web: &Web, number: u64) -> Result<Sealed, WebError> {
    let mut read = web.desk.store.read().await?;
    let found = anchors::numbered(&mut read, number).await?;
    found.ok_or(WebError::NotFound)
}

async fn anchor(State(web): State<Web>, Path(number): Path<u64>) -> Result<Response, WebError> {
    let sealed = find(&web, number).await?;
    let name = format!("anchor-{number:06}.json");
    file(&name, "application/json", sealed.body.into_bytes())
}

async fn seal(State(web): State<Web>, Path(number): Path<u64>) -> Result<Response, WebError> {
    let sealed = find(&web, number).await?;
    let name = format!("anchor-{number:06}.p7s");
    file(&name, "application/pkcs7-signature", sealed.seal)
}

/// The hashes of the added leaves, a line each, which show that an anchor only adds to the one before it. What they stand for is not
/// told: a hash leads to nothing.
async fn leaves(State(web): State<Web>, Path(number): Path<u64>) -> Result<Response, WebError> {
    let sealed = find(&web, number).await?;
    let anchor = Anchor::read(&sealed.body).ok_or(WebError::NotFound)?;
    let place = anchor.entries_place();
    let bytes = web
        .files
        .anchors()
        .get(&place)
        .await
        .map_err(|error| WebError::internal(&error))?;
    let bytes = bytes.ok_or(WebError::NotFound)?;
    let entries = std::str::from_utf8(&bytes).ok().and_then(entries);
    let entries = entries.ok_or(WebError::NotFound)?;
    let leaf = |entry: &Entry| ContentHash::of_digest(entry.leaf()).to_string() + "\n";
    let lines: String = entries.iter().map(leaf).collect();
    let name = format!("anchor-{number:06}.leaves.txt");
    file(&name, "text/plain; charset=utf-8", lines.into_bytes())
}

/// The certificates under which anchors and papers are signed.
async fn roots(State(web): State<Web>) -> Result<Response, WebError> {
    let pem = web.chancery.authority.roots_pem();
    let pem = pem.map_err(|error| WebError::internal(&error))?;
    file("heyi-roots.pem", "application/x-pem-file", pem.into_bytes())
}

/// A file to keep.
fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Result<Response, WebError> {
    let name = format!("attachment; filename=\"{name}\"");
    let name = HeaderValue::from_str(&name).map_err(|error| WebError::internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}
