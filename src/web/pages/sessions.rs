//! The mediator sets a time to meet, or takes one back.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Time;
use serde::Serialize;

use super::case::Head;
use super::case::act::{act, open};
use super::case::view::{self, SessionFace};
use super::refusals;
use crate::casework::{self, CaseworkError};
use crate::domain::action::{Action, ActionKind as Kind};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId, SessionId};
use crate::domain::meeting_room::MeetingRoom;
use crate::domain::permission::may_lead_sessions;
use crate::domain::session::Venue;
use crate::domain::time::{civil_date, instant};
use crate::i18n::Text;
use crate::storage::{meeting_rooms, office};
use crate::web::{
    Choice, Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other,
};

const KINDS: [Kind; 2] = [Kind::ScheduleSession, Kind::CancelSession];

const LONGEST_PLACE: usize = 100;

/// No room of a list: the address is written down.
const ELSEWHERE: &str = "elsewhere";

/// By video, at a table, or some at a table and some by video.
const MODES: [&str; 3] = ["online", "on-site", "mixed"];

/// How long a session can be planned for, in minutes.
const LENGTHS: [u32; 5] = [30, 45, 60, 90, 120];

#[derive(Serialize)]
pub struct SessionsPage {
    pub head: Head,
    pub form: Form,
    pub lengths: Vec<Choice>,
    pub modes: Vec<Choice>,
    /// The rooms that can be kept free, and the last one for elsewhere.
    pub rooms: Vec<Choice>,
    pub sessions: Vec<SessionFace>,
    /// Where the warning is read and lifted that keeps the two from one table.
    pub barred: Option<String>,
}

impl Page for SessionsPage {
    const TEMPLATE: &'static str = "pages/sessions.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::blank().filled("day", "30.2.").filled("time", "25");
        wrong.read("day", parse::date);
        wrong.read("time", time);
        let length = Choice {
            value: "60".to_owned(),
            label: "60".to_owned(),
            hint: String::new(),
        };
        let barred = || "/cases/1/safety".to_owned();
        [
            (Form::blank(), None),
            (wrong, None),
            (Form::blank(), Some(barred())),
        ]
        .map(|(form, barred)| Self {
            barred,
            head: Head::sample(),
            form,
            lengths: vec![length.clone()],
            modes: vec![length.clone()],
            rooms: vec![length.clone()],
            sessions: vec![SessionFace::sample(true), SessionFace::sample(false)],
        })
        .into()
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form("/cases/{id}/sessions", Policy::Does(&KINDS), show, change)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: Form,
) -> Result<SessionsPage, WebError> {
    let rooms = rooms(web, viewer, case).await?;
    let length = |minutes: u32| Choice {
        value: minutes.to_string(),
        label: web.words(case).t(
            viewer.locale,
            "case-session-minutes",
            &[("minutes", minutes.into())],
        ),
        hint: String::new(),
    };
    let mode = |name: &str| Choice {
        value: name.to_owned(),
        label: web
            .words(case)
            .t(viewer.locale, &format!("case-session-mode-{name}"), &[]),
        hint: String::new(),
    };
    let room = |room: &MeetingRoom| Choice {
        value: room.id.to_string(),
        label: web.words(case).t(
            viewer.locale,
            "case-session-room-choice",
            &[
                ("name", room.name.as_str().into()),
                ("address", room.address.as_str().into()),
                ("seats", room.seats.into()),
            ],
        ),
        hint: String::new(),
    };
    let elsewhere = Choice {
        value: ELSEWHERE.to_owned(),
        label: web
            .words(case)
            .t(viewer.locale, "case-session-elsewhere", &[]),
        hint: String::new(),
    };
    Ok(SessionsPage {
        head: Head::of(web, viewer, case),
        form,
        lengths: LENGTHS.map(length).into(),
        modes: MODES.map(mode).into(),
        rooms: rooms.iter().map(room).chain([elsewhere]).collect(),
        sessions: view::sessions(case, &viewer.actor),
        barred: is_barred(case).then(|| format!("/cases/{}/safety", case.id)),
    })
}

/// The rooms of the case's organisation and of those over it, its own first.
async fn rooms(web: &Web, viewer: &Viewer, case: &Case) -> Result<Vec<MeetingRoom>, WebError> {
    if !may_lead_sessions(&viewer.actor, case) {
        return Ok(Vec::new());
    }
    let mut read = web.desk.store.read().await?;
    let body = office::organisation(&mut read, case.organisation).await?;
    let body = body.ok_or(WebError::NotFound)?;
    let mut rooms = meeting_rooms::around(&mut read, &body.organisation.area).await?;
    rooms.sort_by_key(|room| room.organisation != case.organisation);
    Ok(rooms)
}

/// Whether somebody is to be kept from the table (反家庭暴力法 10).
fn is_barred(case: &Case) -> bool {
    case.stage.work().is_some() && case.intake.safety.stands()
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if is_barred(&case) && may_lead_sessions(&viewer.actor, &case) {
        let page = page(&web, &viewer, &case, Form::blank()).await?;
        return viewer.show(&web, &page);
    }
    let open = open(&web, &viewer, id, &KINDS).await?;
    let tomorrow = civil_date(web.desk.clock.now()).tomorrow();
    let day = tomorrow.map_or_else(|_end_of_time| String::new(), |day| day.to_string());
    let form = Form::blank()
        .filled("day", day)
        .filled("time", "19:30")
        .filled("minutes", "60")
        .filled("mode", MODES[0]);
    let page = page(&web, &viewer, &open.case, form).await?;
    let chosen = page.rooms.first().map(|room| room.value.clone());
    let form = page.form.filled("room", chosen.unwrap_or_default());
    viewer.show(&web, &SessionsPage { form, ..page })
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &KINDS).await?;
    if form.value("do") == "cancel" {
        let session: SessionId = form
            .value("session")
            .parse()
            .map_err(|_error| WebError::BadRequest("no such session".to_owned()))?;
        return act(&web, &viewer, id, Action::CancelSession { session }).await;
    }
    let rooms = rooms(&web, &viewer, &open.case).await?;
    if let Some((action, room)) = schedule(&web, &mut form, &rooms) {
        match casework::perform(&web.desk, &viewer.actor, id, action).await {
            Ok(_case) => return Ok(see_other(&format!("/cases/{id}"))),
            Err(CaseworkError::Taken(clash)) if room == Some(clash.person) => {
                form.refuse("room", refusals::room_taken(&clash));
            }
            Err(error) => refusals::beside(&mut form, "day", error)?,
        }
    }
    let page = page(&web, &viewer, &open.case, form).await?;
    viewer.show_again(&web, &page)
}

/// When, and where if people come; and the room that is to be kept free then.
fn schedule(
    web: &Web,
    form: &mut Form,
    rooms: &[MeetingRoom],
) -> Option<(Action, Option<PersonId>)> {
    let day = form.read("day", parse::date);
    let time = form.read("time", time);
    let minutes = form.read("minutes", |minutes| {
        let known = minutes
            .parse()
            .ok()
            .filter(|minutes| LENGTHS.contains(minutes));
        known.ok_or_else(|| Text::key("form-choose"))
    });
    let session = SessionId(web.desk.clock.new_id());
    let venue = match form.value("mode") {
        "on-site" => Some(venue(form, rooms, false)?),
        "mixed" => Some(venue(form, rooms, true)?),
        _ => None,
    };
    let room = venue.as_ref().and_then(Venue::in_calendar);
    let action = Action::ScheduleSession {
        session,
        at: instant(day?, time?)?,
        minutes: minutes?,
        venue,
    };
    Some((action, room))
}

/// A room of the list, or else the address that was written down.
fn venue(form: &mut Form, rooms: &[MeetingRoom], mixed: bool) -> Option<Venue> {
    let chosen = form.value("room");
    if let Some(room) = rooms.iter().find(|room| room.id.to_string() == chosen) {
        return Some(room.venue(mixed));
    }
    if chosen != ELSEWHERE {
        form.refuse("room", Text::key("form-choose"));
        return None;
    }
    let address = form.read("address", parse::printed(LONGEST_PLACE));
    Some(Venue {
        address: address?,
        room: String::new(),
        mixed,
        kept: None,
    })
}

/// `19:30`, also with a full-width colon.
pub(super) fn time(text: &str) -> Result<Time, Text> {
    let text = text.replace('：', ":");
    Time::strptime("%H:%M", text.trim()).map_err(|_error| Text::key("desk-time-wrong"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_type_them() {
        assert_eq!(time("19：30").unwrap(), Time::constant(19, 30, 0, 0));
        assert_eq!(time("9:05").unwrap(), Time::constant(9, 5, 0, 0));
        assert!(time("25:00").is_err());
        assert!(time("half past").is_err());
    }
}
