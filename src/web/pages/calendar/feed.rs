//! A mediator's calendar for their phone (RFC 5545), under a secret address: times, places, numbers and
//! kinds, and nobody's name.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use icalendar::{Calendar, Component as _, Event};
use jiff::{SignedDuration, Timestamp};

use super::about;
use crate::accounts::feeds;
use crate::domain::session::Venue;
use crate::storage::diary::{Entry, entries};
use crate::storage::{Read, cases};
use crate::web::{Path, Policy, Routes, Viewer, Web, WebError};

/// How far the feed looks back and ahead.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 14);
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 90);

pub(in crate::web) fn routes() -> Routes {
    Routes::new().get("/calendar/{token}", Policy::Anyone, show)
}

/// To whoever holds no secret in force nothing is there.
async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let token = token.strip_suffix(".ics").unwrap_or(&token);
    let person = feeds::reader(&web.accounts, token).await?;
    let person = person.ok_or(WebError::NotFound)?;
    let now = web.desk.clock.now();
    let span = (now - BACK, now + AHEAD);
    let mut read = web.desk.store.read().await?;
    let booked = entries(&mut read, person, span).await?;
    let mut calendar = Calendar::new();
    for entry in &booked {
        let mut event = event(entry, &about(&web, viewer.locale, entry), now);
        if let Some(place) = place(&mut read, entry).await? {
            event.add_property("LOCATION", place);
        }
        calendar.push(event);
    }
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8");
    Ok(([kind], calendar.to_string()).into_response())
}

fn event(entry: &Entry, summary: &str, now: Timestamp) -> Event {
    Event::new()
        .uid(&format!("{}@heyi", entry.id))
        .summary(summary)
        .add_property("DTSTAMP", stamp(now))
        .add_property("DTSTART", stamp(entry.from))
        .add_property("DTEND", stamp(entry.until))
        .done()
}

/// The room of a body's list where people come to. A place that was typed in is as a rule somebody's home or the spot of
/// the quarrel, however it is written, and goes to no foreign calendar.
async fn place(read: &mut Read, entry: &Entry) -> Result<Option<String>, WebError> {
    let Some(id) = entry.case else {
        return Ok(None);
    };
    let Some(case) = cases::load(read, id).await? else {
        return Ok(None);
    };
    let mut sessions = case.stage.work().into_iter().flat_map(|it| &it.sessions);
    let session = sessions.find(|it| it.id.to_string() == entry.id);
    let venue = session.and_then(|it| it.venue.as_ref());
    let listed = venue.filter(|venue| venue.kept.is_some());
    Ok(listed.map(Venue::says))
}

/// `20261122T113000Z`
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
