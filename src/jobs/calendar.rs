//! The calendar file of a session (RFC 5545), for the mail that tells of it.

use icalendar::{Calendar, Component as _, Event};
use jiff::{SignedDuration, Timestamp};

use crate::domain::session::{Session, SessionState};

/// A file that puts the session into a calendar, or takes a cancelled one out again: its uid is the session's id.
pub(super) fn file(session: &Session, summary: &str, link: &str, now: Timestamp) -> String {
    let cancelled = session.state == SessionState::Cancelled;
    let ends = session.at + SignedDuration::from_mins(i64::from(session.minutes));
    let mut event = Event::new()
        .uid(&format!("{}@heyi", session.id))
        .summary(summary)
        .add_property("DTSTAMP", stamp(now))
        .add_property("DTSTART", stamp(session.at))
        .add_property("DTEND", stamp(ends))
        .add_property("URL", link)
        .add_property("SEQUENCE", if cancelled { "1" } else { "0" })
        .add_property("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" })
        .done();
    if let Some(place) = &session.venue {
        event.add_property("LOCATION", place.says());
    }
    let mut calendar = Calendar::new();
    calendar.append_property(("METHOD", if cancelled { "CANCEL" } else { "PUBLISH" }));
    calendar.push(event);
    calendar.to_string()
}

/// `20261122T113000Z`
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::SessionId;
    use crate::domain::session::Venue;

    fn session(state: SessionState) -> Session {
        Session {
            id: SessionId(Uuid::nil()),
            at: "2026-11-22T11:30:00Z".parse().unwrap(),
            minutes: 90,
            state,
            venue: Some(Venue {
                room: "一号调解室".to_owned(),
                address: "和平路8号".to_owned(),
                mixed: false,
                kept: None,
            }),
            at_screen: Vec::new(),
        }
    }

    #[test]
    fn a_session_is_written_in_utc_with_its_length_and_link() {
        let now = "2026-11-20T00:00:00Z".parse().unwrap();
        let text = file(
            &session(SessionState::Scheduled),
            "见面",
            "https://heyi.test/x",
            now,
        );
        for line in [
            "DTSTART:20261122T113000Z",
            "DTEND:20261122T130000Z",
            "DTSTAMP:20261120T000000Z",
            "URL:https://heyi.test/x",
            "SUMMARY:见面",
            "UID:00000000-0000-0000-0000-000000000000@heyi",
            "STATUS:CONFIRMED",
            "LOCATION:和平路8号 一号调解室",
        ] {
            assert!(
                text.lines().any(|found| found.trim_end() == line),
                "{line} in\n{text}"
            );
        }
        assert_eq!(text.matches("DTSTAMP").count(), 1);
    }

    #[test]
    fn a_cancelled_session_leaves_the_calendar() {
        let text = file(
            &session(SessionState::Cancelled),
            "取消",
            "https://heyi.test/x",
            Timestamp::UNIX_EPOCH,
        );
        assert!(
            text.contains("METHOD:CANCEL") && text.contains("STATUS:CANCELLED"),
            "{text}"
        );
    }
}
