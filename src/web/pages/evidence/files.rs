//! The files of evidence for whoever is shown them: a picture or a page of a paper, a recording from any point, a download.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::gets_original;
use crate::domain::evidence::Sort;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, EvidenceId};
use crate::evidence::{self, EvidenceError, Shown};
use crate::web::{Path, Query, Viewer, Web, WebError};

/// Bytes of one answer to a player, which asks for the next ones by itself.
const AT_ONCE: u64 = 1024 * 1024;

/// Asked again at each look, since another may hold the phone now; what is unchanged is not sent again.
const KEPT: HeaderValue = HeaderValue::from_static("private, no-cache");

pub(super) async fn picture(
    State(web): State<Web>,
    viewer: Viewer,
    Path((case, id)): Path<(CaseId, EvidenceId)>,
    Query(Asked { page }): Query<Asked>,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let shown = evidence::find(&web.cabinet, &viewer.actor, case, id).await?;
    picture_of(&web, &shown, page, &asked).await
}

/// The picture of a photo, or of a page of a paper, the first where none is named.
pub(in crate::web::pages) async fn picture_of(
    web: &Web,
    shown: &Shown,
    page: Option<u32>,
    asked: &HeaderMap,
) -> Result<Response, WebError> {
    let (page, preview) = (page.unwrap_or(1), shown.file.preview.clone());
    let mark = mark(preview.as_ref().unwrap_or(&shown.file.original), page)?;
    let headers = [
        (header::CACHE_CONTROL, KEPT),
        (header::ETAG, mark.clone()),
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
    ];
    if asked.get(header::IF_NONE_MATCH) == Some(&mark) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let (bytes, of) = if let Some(preview) = preview {
        let bytes = web.files.get(&preview).await;
        (bytes.map_err(EvidenceError::from)?, 1)
    } else {
        let leaf = web.cabinet.leaf(shown, page).await?;
        let leaf = leaf.ok_or(WebError::NotFound)?;
        (leaf.picture, leaf.of)
    };
    Ok((headers, [(PAGES, HeaderValue::from(of))], bytes).into_response())
}

/// Which page of a paper.
#[derive(Deserialize)]
pub(in crate::web::pages) struct Asked {
    pub(in crate::web::pages) page: Option<u32>,
}

/// How many pages the paper has of which one is shown.
const PAGES: HeaderName = HeaderName::from_static("x-pages");

fn mark(hash: &ContentHash, page: u32) -> Result<HeaderValue, WebError> {
    HeaderValue::from_str(&format!("\"{hash}-{page}\"")).map_err(|error| WebError::internal(&error))
}

/// A part of sound or clip as a player asks for it (RFC 9110, 14.2).
pub(super) async fn play(
    State(web): State<Web>,
    viewer: Viewer,
    Path((case, id)): Path<(CaseId, EvidenceId)>,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let shown = evidence::find(&web.cabinet, &viewer.actor, case, id).await?;
    play_of(&web, &shown, &asked).await
}

pub(in crate::web::pages) async fn play_of(
    web: &Web,
    shown: &Shown,
    asked: &HeaderMap,
) -> Result<Response, WebError> {
    let file = &shown.file;
    if !matches!(file.media.sort(), Sort::Sound | Sort::Clip) {
        return Err(WebError::NotFound);
    }
    let whole = (&file.original, file.size);
    part(web, whole, file.media.mime(), asked).await
}

/// The part of a file that a player asks for; all of it for whoever asks for no part.
pub(in crate::web::pages) async fn part(
    web: &Web,
    (file, size): (&ContentHash, u64),
    mime: &'static str,
    asked: &HeaderMap,
) -> Result<Response, WebError> {
    let headers = [
        (header::CACHE_CONTROL, KEPT),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (header::CONTENT_TYPE, HeaderValue::from_static(mime)),
    ];
    if !asked.contains_key(header::RANGE) {
        let bytes = web.files.stream(file).await;
        let body = Body::from_stream(bytes.map_err(EvidenceError::from)?);
        let length = [(header::CONTENT_LENGTH, HeaderValue::from(size))];
        return Ok((headers, length, body).into_response());
    }
    let from = beginning(asked, size);
    let from = from.ok_or_else(|| WebError::BadRequest("a range behind the end".to_owned()))?;
    let until = last(asked, size).min(from + AT_ONCE - 1);
    let bytes = web.files.get_range(file, from..until + 1).await;
    let bytes = bytes.map_err(EvidenceError::from)?;
    let span = format!("bytes {from}-{until}/{size}");
    let span = [(header::CONTENT_RANGE, span)];
    Ok((StatusCode::PARTIAL_CONTENT, headers, span, bytes).into_response())
}

/// Both ends of the first range asked for, as they stand; a player asks for one.
fn range(asked: &HeaderMap) -> Option<(Option<u64>, Option<u64>)> {
    let text = asked.get(header::RANGE)?.to_str().ok()?;
    let (from, until) = text.strip_prefix("bytes=")?.split_once('-')?;
    Some((from.trim().parse().ok(), until.trim().parse().ok()))
}

/// Where the answer begins; `None` behind the end of the file.
fn beginning(asked: &HeaderMap, size: u64) -> Option<u64> {
    let from = match range(asked) {
        Some((Some(from), _)) => from,
        Some((None, Some(last))) => size.saturating_sub(last),
        _ => 0,
    };
    (from < size).then_some(from)
}

fn last(asked: &HeaderMap, size: u64) -> u64 {
    match range(asked) {
        Some((Some(from), Some(until))) if until >= from => until.min(size - 1),
        _ => size - 1,
    }
}

/// The file as it came, as a download: nothing that a stranger made is ever opened inside our pages.
pub(super) async fn original(
    State(web): State<Web>,
    viewer: Viewer,
    Path((case, id)): Path<(CaseId, EvidenceId)>,
) -> Result<Response, WebError> {
    let shown = evidence::find(&web.cabinet, &viewer.actor, case, id).await?;
    if !gets_original(&shown) {
        return Err(WebError::NotFound);
    }
    let file = shown.file;
    let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC);
    let disposition = format!(
        "attachment; filename=\"evidence.{}\"; filename*=UTF-8''{name}",
        file.media.ending()
    );
    let bytes = web.files.stream(&file.original).await;
    let body = Body::from_stream(bytes.map_err(EvidenceError::from)?);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(file.media.mime()),
        ),
        (header::CONTENT_LENGTH, HeaderValue::from(file.size)),
    ];
    let named = [(header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, named, body).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_players_write_it() {
        let ends = |text: &'static str| {
            let asked = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(text))]);
            beginning(&asked, 100).map(|from| (from, last(&asked, 100)))
        };
        assert_eq!(ends("bytes=0-"), Some((0, 99)));
        assert_eq!(ends("bytes=10-19"), Some((10, 19)));
        assert_eq!(ends("bytes=-5"), Some((95, 99)));
        assert_eq!(ends("bytes=90-400"), Some((90, 99)));
        assert_eq!(ends("bytes=100-"), None);
        assert_eq!(
            ends("lines=4-5"),
            Some((0, 99)),
            "an unknown unit is left aside"
        );
    }
}
