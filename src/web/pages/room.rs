//! The page of the call, and the door before it. What happens in the call goes through the room's socket.

pub(in crate::web) mod dial_in;
mod door;
mod socket;
mod trial;
mod words;

use axum::Json;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

pub(in crate::web) use self::dial_in::HERE as DIAL_IN;
pub use self::dial_in::WrongPins;
pub use self::door::{LinesHeld, RoomDoorPage, Spent};
use self::door::{door, lines_held, shut};
pub use self::socket::converse;
pub use self::trial::TrialPage;
pub use self::words::{Word, words};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, PersonId, SessionId};
use crate::domain::permission::{may_enter, may_lead_sessions, may_only_hear};
use crate::domain::session::Session;
use crate::rooms::{Audience, Ice, MESSAGE_BYTES, RoomId, Topic};
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, see_other};

/// After how many seconds a client with too many sockets had better come back.
const A_WHILE: u32 = 10;

/// The call as one person opens it.
#[derive(Serialize)]
pub struct RoomPage {
    /// The reader's name as others will see it.
    pub name: String,
    /// Whether the reader leads the session.
    pub leads: bool,
    /// Whether the reader watches and hears, and has neither voice nor picture.
    pub hears: bool,
    /// Whether it is the screen of a room, before which several sit.
    pub is_screen: bool,
    /// Where the mediator says who sits in front of the screen.
    pub screen: Option<String>,
    /// Path of this page, of the room's socket, of its tokens and of the case.
    pub here: String,
    pub socket: String,
    pub token: String,
    pub case_page: String,
    /// Path of the question whether the session may be recorded; the screen of a room is asked nothing.
    pub recording: Option<String>,
    /// Path at which the page asks for a PIN, where one can come by telephone.
    pub dial_in: Option<String>,
    /// Path of the clauses as a fragment, if clauses can be drafted now.
    pub board: Option<String>,
    /// Below which lie the files that can be looked at together.
    pub files: String,
    pub words: Vec<Word>,
}

impl Page for RoomPage {
    const TEMPLATE: &'static str = "pages/room.html";

    fn samples() -> Vec<Self> {
        let page = |leads, board: Option<&str>, hears| Self {
            hears,
            name: "王芳".to_owned(),
            leads,
            is_screen: board.is_none() && !hears,
            screen: leads.then(|| "/cases/1/sessions/1/screen".to_owned()),
            here: "/cases/1/sessions/1".to_owned(),
            socket: "/cases/1/sessions/1/socket".to_owned(),
            token: "/cases/1/sessions/1/token".to_owned(),
            case_page: "/cases/1".to_owned(),
            recording: board.map(|_| "/cases/1/sessions/1/recording".to_owned()),
            dial_in: board.map(|_| "/cases/1/sessions/1/dial-in".to_owned()),
            board: board.map(str::to_owned),
            files: "/cases/1/evidence".to_owned(),
            words: words(),
        };
        vec![
            page(false, None, false),
            page(false, None, true),
            page(true, Some("/cases/1/clauses/board"), false),
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    const HERE: &str = "/cases/{id}/sessions/{session}";
    Routes::new()
        .get(HERE, Policy::Attends, show)
        .post(HERE, Policy::Of(may_lead_sessions), change)
        .post(
            "/cases/{id}/sessions/{session}/token",
            Policy::Attends,
            token,
        )
        .get(
            "/cases/{id}/sessions/{session}/socket",
            Policy::SignedIn,
            open_socket,
        )
        .merge(dial_in::routes())
        .merge(trial::routes())
}

/// Tells those who sit in this case's open session that something beside the video has changed.
pub(in crate::web) fn refresh(web: &Web, case: &Case, topic: Topic) {
    let sessions = case.stage.work().map_or(&[][..], |work| &work.sessions);
    let version = u64::try_from(case.version).unwrap_or(0);
    for session in sessions.iter().filter(|session| session.is_open()) {
        let room = RoomId {
            case: case.id,
            session: session.id,
        };
        web.rooms.tell(room, Audience::Everyone, topic, version);
    }
}

/// A session as the reader finds it.
struct Found {
    case: Case,
    session: Session,
    leads: bool,
    /// The reader watches and hears, and sees nothing else of the case.
    hears: bool,
}

/// The session, for everybody who comes to it; for everybody else there is none.
async fn find(
    web: &Web,
    viewer: &Viewer,
    id: CaseId,
    session: SessionId,
) -> Result<Found, WebError> {
    let case = casework::attended(&web.desk, &viewer.actor, id).await?;
    let hears = may_only_hear(&viewer.actor, &case);
    let leads = may_lead_sessions(&viewer.actor, &case);
    let sessions = case.stage.work().map_or(&[][..], |work| &work.sessions);
    let session = sessions.iter().find(|found| found.id == session).cloned();
    let session = session.ok_or(WebError::NotFound)?;
    Ok(Found {
        case,
        session,
        leads,
        hears,
    })
}

fn address(id: CaseId, session: SessionId) -> String {
    format!("/cases/{id}/sessions/{session}")
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, session)): Path<(CaseId, SessionId)>,
) -> Result<Response, WebError> {
    let found = find(&web, &viewer, id, session).await?;
    match shut(&viewer, &found) {
        None => {
            let phones = web.site.dial_in.is_some();
            viewer.show(&web, &call(&viewer, &found, phones))
        }
        Some(state) => {
            let lines = lines_held(&web, &found).await?;
            viewer.show(&web, &door(&viewer, &found, state, lines))
        }
    }
}

fn call(viewer: &Viewer, found: &Found, phones: bool) -> RoomPage {
    let (id, leads) = (found.case.id, found.leads);
    let here = address(id, found.session.id);
    let named = viewer
        .actor
        .person()
        .and_then(|person| found.case.named_as(person));
    let signed_in = viewer
        .session
        .as_ref()
        .map(|session| session.person.name.to_string());
    let fragment = if leads { "" } else { "/fragment" };
    RoomPage {
        is_screen: false,
        screen: screen(found),
        name: named
            .map(|named| named.name.to_string())
            .or(signed_in)
            .unwrap_or_default(),
        leads,
        socket: format!("{here}/socket"),
        token: format!("{here}/token"),
        case_page: case_page(found),
        dial_in: phones.then(|| format!("{here}/dial-in")),
        board: (!found.hears).then(|| format!("/cases/{id}/board{fragment}")),
        hears: found.hears,
        files: format!("/cases/{id}/evidence"),
        recording: Some(format!("{here}/recording")),
        words: words(),
        here,
    }
}

/// Where the case is, as far as the reader sees any of it.
fn case_page(found: &Found) -> String {
    let below = if found.hears { "/joining" } else { "" };
    format!("/cases/{}{below}", found.case.id)
}

fn screen(found: &Found) -> Option<String> {
    found.session.screen().filter(|_| found.leads)?;
    Some(format!(
        "{}/screen",
        address(found.case.id, found.session.id)
    ))
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, session)): Path<(CaseId, SessionId)>,
    form: Form,
) -> Result<Response, WebError> {
    match form.value("do") {
        "open" => {
            let action = Action::OpenSession { session };
            casework::perform(&web.desk, &viewer.actor, id, action).await?;
            Ok(see_other(&address(id, session)))
        }
        "close" => {
            let action = Action::CloseSession { session };
            casework::perform(&web.desk, &viewer.actor, id, action).await?;
            web.rooms.end(RoomId { case: id, session });
            Ok(see_other(&format!("/cases/{id}")))
        }
        other => Err(WebError::BadRequest(format!(
            "{other:?} is not done to a session"
        ))),
    }
}

async fn token(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, session)): Path<(CaseId, SessionId)>,
) -> Result<Response, WebError> {
    let found = find(&web, &viewer, id, session).await?;
    let room = RoomId {
        case: id,
        session: found.session.id,
    };
    may_enter(&viewer.actor, &found.case, session).ok_or(WebError::NotFound)?;
    pass(&web, room, viewer.person()?)
}

/// What a page needs for one socket, and for connections of the next ten minutes.
#[derive(Serialize)]
struct Pass {
    token: String,
    ice: Ice,
}

pub(in crate::web) fn pass(
    web: &Web,
    room: RoomId,
    person: PersonId,
) -> Result<Response, WebError> {
    let token = web.rooms.token(room, person);
    let token = token.map_err(|error| WebError::Internal(error.to_string()))?;
    let ice = web.rooms.ice(person);
    Ok(Json(Pass { token, ice }).into_response())
}

/// The token in the first frame is the key; it was given to somebody who may enter, and to nobody else.
async fn open_socket(
    State(web): State<Web>,
    viewer: Viewer,
    Path((case, session)): Path<(CaseId, SessionId)>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, WebError> {
    carry(&web, &viewer, RoomId { case, session }, upgrade)
}

/// Makes a socket to this room of the request, if the client holds not too many.
pub(super) fn carry(
    web: &Web,
    viewer: &Viewer,
    room: RoomId,
    upgrade: WebSocketUpgrade,
) -> Result<Response, WebError> {
    let open = web.sockets.open(viewer.client);
    let open = open.ok_or(WebError::TooMany { seconds: A_WHILE })?;
    let rooms = std::sync::Arc::clone(&web.rooms);
    let upgrade = upgrade.max_message_size(MESSAGE_BYTES);
    Ok(upgrade.on_upgrade(async move |socket| {
        converse(rooms, room, socket).await;
        drop(open);
    }))
}
