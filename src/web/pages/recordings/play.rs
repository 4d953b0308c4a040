//! A recording of a session: played by those who are in it, with the hashes by which it can be checked, and deleted before
//! its time where the head of the committee decides so.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::super::case::Head;
use super::super::evidence::files::part;
use super::super::refusals::beside;
use super::{began, state};
use crate::casework;
use crate::domain::action::{Action, ActionKind};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId, RecordingId};
use crate::domain::offered::is_offered;
use crate::domain::permission::{may_play_recording, may_see_recording, may_sit_in_sessions};
use crate::domain::recording::{Deletion, Film, Recording, RecordingState, TrackHead};
use crate::i18n::Text;
use crate::web::faces::{Names, name_in, names};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

const LONGEST_REASON: usize = 500;

#[derive(Serialize)]
pub struct PlayPage {
    pub head: Head,
    pub action: String,
    pub at: Timestamp,
    pub state: Text,
    /// What is wrong with it.
    pub faults: Vec<Text>,
    /// Empty where there is nothing to play, or not for the reader.
    pub films: Vec<FilmShown>,
    /// There is something to play, and not for the reader.
    pub for_others: bool,
    pub tracks: Vec<TrackShown>,
    pub until: Option<Timestamp>,
    pub deleted: Option<DeletedShown>,
    pub can_delete: bool,
    pub form: Form,
}

/// Sound and picture of one person.
#[derive(Clone, Serialize)]
pub struct FilmShown {
    pub name: String,
    pub src: String,
    pub has_picture: bool,
    /// Milliseconds after the first film begins.
    pub after: i64,
    pub seconds: u32,
    pub hash: String,
}

/// What was sealed of one line.
#[derive(Clone, Serialize)]
pub struct TrackShown {
    pub name: String,
    pub line: Text,
    pub segments: u32,
    pub head: String,
}

#[derive(Clone, Serialize)]
pub struct DeletedShown {
    pub at: Timestamp,
    pub why: Text,
    pub reason: String,
}

impl Page for PlayPage {
    const TEMPLATE: &'static str = "pages/recording.html";

    fn samples() -> Vec<Self> {
        let film = |has_picture| FilmShown {
            name: "安和".to_owned(),
            src: "/cases/1/recordings/1/2".to_owned(),
            has_picture,
            after: 1_200,
            seconds: 65,
            hash: "0".repeat(64),
        };
        let page = || Self {
            head: Head::sample(),
            action: "/cases/1/recordings/1".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            state: Text::key("recording-state-kept"),
            faults: Vec::new(),
            films: vec![film(true), film(false)],
            for_others: false,
            tracks: vec![TrackShown {
                name: "安和".to_owned(),
                line: Text::key("recording-line-microphone"),
                segments: 12,
                head: "0".repeat(64),
            }],
            until: Some(Timestamp::UNIX_EPOCH),
            deleted: None,
            can_delete: false,
            form: Form::blank(),
        };
        let mut silent = Form::blank();
        silent.refuse("reason", Text::key("form-required"));
        vec![
            page(),
            Self {
                faults: vec![Text::key("recording-fault-torn")],
                films: Vec::new(),
                for_others: true,
                can_delete: true,
                form: silent,
                ..page()
            },
            Self {
                state: Text::key("recording-state-deleted"),
                films: Vec::new(),
                tracks: Vec::new(),
                until: None,
                deleted: Some(DeletedShown {
                    at: Timestamp::UNIX_EPOCH,
                    why: Text::key("recording-deleted-decided"),
                    reason: "本人请求删除".to_owned(),
                }),
                ..page()
            },
            Self {
                state: Text::key("recording-state-making"),
                films: Vec::new(),
                until: None,
                ..page()
            },
        ]
    }
}

pub(super) fn routes() -> Routes {
    const HERE: &str = "/cases/{id}/recordings/{recording}";
    Routes::new()
        .form(HERE, Policy::Of(may_see_recording), show, delete)
        .get(
            "/cases/{id}/recordings/{recording}/{person}",
            Policy::Of(may_sit_in_sessions),
            film,
        )
}

async fn find(
    web: &Web,
    viewer: &Viewer,
    (id, recording): (CaseId, RecordingId),
) -> Result<(Case, Recording), WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if !may_see_recording(&viewer.actor, &case) {
        return Err(WebError::NotFound);
    }
    let found = case.recording(recording).cloned();
    let found = found.filter(|it| began(it).is_some());
    Ok((case, found.ok_or(WebError::NotFound)?))
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(here): Path<(CaseId, RecordingId)>,
) -> Result<Response, WebError> {
    let found = find(&web, &viewer, here).await?;
    let page = page(&web, &viewer, &found, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    (case, recording): &(Case, Recording),
    form: Form,
) -> Result<PlayPage, WebError> {
    let people = recording.tracks().iter().map(|it| it.person).collect();
    let names = names(web, people).await?;
    let plays = may_play_recording(&viewer.actor, case, recording);
    let action = format!("/cases/{}/recordings/{}", case.id, recording.id);
    let first = recording.films().iter().map(|it| it.from).min();
    let film = |it: &Film| FilmShown {
        name: name_in(web, viewer, case, &names, it.person),
        src: format!("{action}/{}", it.person),
        has_picture: it.has_picture,
        after: first.map_or(0, |first| it.from.as_millisecond() - first.as_millisecond()),
        seconds: it.seconds,
        hash: it.file.to_string(),
    };
    let films = recording.films();
    let now = web.desk.clock.now();
    Ok(PlayPage {
        head: Head::of(web, viewer, case),
        at: began(recording).unwrap_or(recording.asked_at),
        state: state(recording),
        faults: recording
            .faults()
            .iter()
            .map(|it| Text::key(format!("recording-fault-{}", it.name().replace('_', "-"))))
            .collect(),
        films: films.iter().filter(|_| plays).map(film).collect(),
        for_others: !plays && !films.is_empty(),
        tracks: tracks((web, viewer), case, (recording, &names)),
        until: match &recording.state {
            RecordingState::Kept { until, .. } => Some(until.at),
            _ => None,
        },
        deleted: deleted(recording),
        can_delete: !recording.tracks().is_empty()
            && is_offered(
                &web.desk.rules,
                case,
                &viewer.actor,
                ActionKind::DeleteRecording,
                now,
            ),
        action,
        form,
    })
}

fn tracks(
    (web, viewer): (&Web, &Viewer),
    case: &Case,
    (recording, names): (&Recording, &Names),
) -> Vec<TrackShown> {
    let shown = |it: &TrackHead| TrackShown {
        name: name_in(web, viewer, case, names, it.person),
        line: Text::key(format!("recording-line-{}", it.source)),
        segments: it.segments,
        head: it.head.to_string(),
    };
    recording.tracks().iter().map(shown).collect()
}

fn deleted(recording: &Recording) -> Option<DeletedShown> {
    let RecordingState::Deleted { at, why, .. } = &recording.state else {
        return None;
    };
    Some(DeletedShown {
        at: *at,
        why: Text::key(format!("recording-deleted-{}", why.name())),
        reason: match why {
            Deletion::Decided { reason } => reason.clone(),
            Deletion::Term | Deletion::Erased => String::new(),
        },
    })
}

async fn delete(
    State(web): State<Web>,
    viewer: Viewer,
    Path(here): Path<(CaseId, RecordingId)>,
    mut form: Form,
) -> Result<Response, WebError> {
    let found = find(&web, &viewer, here).await?;
    if let Some(reason) = form.read("reason", parse::printed(LONGEST_REASON)) {
        let action = Action::DeleteRecording {
            recording: found.1.id,
            why: Deletion::Decided { reason },
        };
        match casework::perform(&web.desk, &viewer.actor, found.0.id, action).await {
            Ok(_) => {
                return Ok(see_other(&format!(
                    "/cases/{}/recordings/{}",
                    here.0, here.1
                )));
            }
            Err(error) => beside(&mut form, "reason", error)?,
        }
    }
    let page = page(&web, &viewer, &found, form).await?;
    viewer.show_again(&web, &page)
}

/// A part of somebody's film, as a player asks for it.
async fn film(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, recording, person)): Path<(CaseId, RecordingId, PersonId)>,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let (case, recording) = find(&web, &viewer, (id, recording)).await?;
    if !may_play_recording(&viewer.actor, &case, &recording) {
        return Err(WebError::NotFound);
    }
    let film = recording.films().iter().find(|it| it.person == person);
    let film = film.ok_or(WebError::NotFound)?;
    let mime = if film.has_picture {
        "video/webm"
    } else {
        "audio/webm"
    };
    part(&web, (&film.file, film.bytes), mime, &asked).await
}
