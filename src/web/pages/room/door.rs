//! The door of a session that cannot be entered now, and how well its lines held once it is over.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::super::case::view;
use super::{Found, address, case_page, screen};
use crate::domain::quality::{Quality, Rung};
use crate::domain::session::SessionState;
use crate::i18n::Text;
use crate::storage::session_quality;
use crate::web::{Page, Viewer, Web, WebError};

/// A session that cannot be entered now: not opened yet, or over.
#[derive(Serialize)]
pub struct RoomDoorPage {
    pub here: String,
    pub case_page: String,
    pub at: Timestamp,
    pub state: Text,
    /// Where people come to.
    pub place: Option<Text>,
    /// The reader can open it now.
    pub can_open: bool,
    /// Where the reader compares cards and faces of those at the table.
    pub identities: Option<String>,
    /// The record that the reader writes.
    pub record: Option<String>,
    /// Where the reader says who sits in front of the room's screen.
    pub screen: Option<String>,
    /// Where the reader, who sits in front of the screen, is asked whether the session may be recorded.
    pub recording: Option<String>,
    /// The reader leads those at the table and says when it is over.
    pub can_close: bool,
    /// How well the lines held, for whoever led it.
    pub lines: Option<LinesHeld>,
}

/// How well the lines of a session held, of all who sat in it together.
#[derive(Serialize)]
pub struct LinesHeld {
    pub joins: u64,
    pub reconnects: u64,
    /// In percent.
    pub loss: Option<String>,
    pub spent: Vec<Spent>,
}

/// How long people had so much of a line: a picture, a small one, sound alone, words alone.
#[derive(Serialize)]
pub struct Spent {
    pub rung: Text,
    pub minutes: u64,
}

impl From<&Quality> for LinesHeld {
    fn from(quality: &Quality) -> Self {
        let spent = quality.spent.iter().rev().map(|(rung, time)| Spent {
            rung: Text::key(match rung {
                Rung::Video => "room-lines-video",
                Rung::Small => "room-lines-small",
                Rung::Signs => "room-lines-signs",
                Rung::Audio => "room-lines-audio",
                Rung::Messages => "room-lines-messages",
                Rung::Phone => "room-lines-phone",
            }),
            minutes: time.as_secs().div_ceil(60),
        });
        let percent = |thousandths: u64| format!("{}.{}%", thousandths / 10, thousandths % 10);
        Self {
            joins: quality.joins,
            reconnects: quality.reconnects,
            loss: quality.mean_loss().map(percent),
            spent: spent.collect(),
        }
    }
}

impl Page for RoomDoorPage {
    const TEMPLATE: &'static str = "pages/room-door.html";

    fn samples() -> Vec<Self> {
        let page = |state, can_open| Self {
            here: "/cases/1/sessions/1".to_owned(),
            case_page: "/cases/1".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            state: Text::key(state),
            place: Some(Text::key("case-session-at").with("place", "和平路 8 号 一号调解室")),
            can_open,
            identities: None,
            record: None,
            screen: None,
            recording: (state == "room-door-seated")
                .then(|| "/cases/1/sessions/1/recording".to_owned()),
            can_close: false,
            lines: None,
        };
        let held = Quality {
            joins: 3,
            reconnects: 1,
            measured: 50,
            lost: 600,
            spent: Rung::ALL
                .into_iter()
                .zip([1, 2, 5, 61].map(Duration::from_mins))
                .collect(),
            ..Quality::default()
        };
        let closed = Self {
            lines: Some(LinesHeld::from(&held)),
            ..page("room-door-closed", false)
        };
        let table = Self {
            identities: Some("/cases/1/identity".to_owned()),
            record: Some("/cases/1/sessions/1/record".to_owned()),
            can_close: true,
            ..page("room-door-table-open", false)
        };
        vec![
            table,
            Self {
                screen: Some("/cases/1/sessions/1/screen".to_owned()),
                ..page("room-door-scheduled", true)
            },
            page("room-door-seated", false),
            page("room-door-table", true),
            page("room-door-scheduled", true),
            page("room-door-on-site", false),
            page("room-door-closed", false),
            closed,
            page("room-door-cancelled", false),
        ]
    }
}

/// Only whoever led the session is told, and once it is over.
pub(super) async fn lines_held(web: &Web, found: &Found) -> Result<Option<LinesHeld>, WebError> {
    if !found.leads || !matches!(found.session.state, SessionState::Closed { .. }) {
        return Ok(None);
    }
    let mut read = web.desk.store.read().await?;
    let session = (found.case.id, found.session.id);
    let held = session_quality::of_session(&mut read, session).await?;
    Ok(held.as_ref().map(LinesHeld::from))
}

/// Why the call is not shown; a party may wait inside before the mediator comes.
pub(super) fn shut(viewer: &Viewer, found: &Found) -> Option<&'static str> {
    let at_a_table = found.session.is_at_a_table();
    let person = viewer.actor.person();
    let seated = person.is_some_and(|it| found.session.seats_person(&found.case, it));
    match (&found.session.state, found.leads) {
        (SessionState::Closed { .. }, _) => Some("room-door-closed"),
        (SessionState::Cancelled, _) => Some("room-door-cancelled"),
        (_, false) if at_a_table => Some("room-door-on-site"),
        (_, false) if seated => Some("room-door-seated"),
        (SessionState::Scheduled, true) if at_a_table => Some("room-door-table"),
        (SessionState::Scheduled, true) => Some("room-door-scheduled"),
        (SessionState::Open { .. }, true) if at_a_table => Some("room-door-table-open"),
        (SessionState::Scheduled | SessionState::Open { .. }, _) => None,
    }
}

pub(super) fn door(
    viewer: &Viewer,
    found: &Found,
    state: &'static str,
    lines: Option<LinesHeld>,
) -> RoomDoorPage {
    let id = found.case.id;
    let at_a_table = found.leads && found.session.is_at_a_table() && found.session.is_open();
    let sessions = view::sessions(&found.case, &viewer.actor);
    let mut sessions = sessions.into_iter();
    let own = sessions.find(|face| face.id == found.session.id.to_string());
    RoomDoorPage {
        here: address(id, found.session.id),
        case_page: case_page(found),
        at: found.session.at,
        state: Text::key(state),
        place: found.session.venue.as_ref().map(view::place),
        can_open: found.leads && found.session.state == SessionState::Scheduled,
        identities: at_a_table.then(|| format!("/cases/{id}/identity")),
        record: own.and_then(|face| face.record).filter(|_| found.leads),
        screen: screen(found).filter(|_| found.session.is_to_come()),
        recording: found
            .case
            .open_recording(found.session.id)
            .filter(|_| !found.leads)
            .map(|_| format!("{}/recording", address(id, found.session.id))),
        can_close: at_a_table,
        lines,
    }
}
