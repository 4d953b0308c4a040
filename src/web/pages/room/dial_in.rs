//! The telephone as a way into a session: the page shows somebody a number and a PIN, a gateway takes the call and the PIN
//! and joins as that person's ears and mouth.

use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use subtle::ConstantTimeEq as _;
use utoipa::ToSchema;

use super::{carry, find};
use crate::accounts::dial_in;
use crate::config::DialIn;
use crate::domain::actor::Actor;
use crate::domain::ids::{CaseId, SessionId};
use crate::domain::permission::may_enter;
use crate::domain::session::Session;
use crate::rooms::{Ice, RoomId};
use crate::storage::dial_ins::Caller;
use crate::storage::{cases, office};
use crate::web::api::body::Problem;
use crate::web::pace::Cost;
use crate::web::{Path, Policy, Routes, Viewer, Web, WebError};

/// Where a gateway gives the PIN of a caller.
pub(in crate::web) const HERE: &str = "/api/v1/dial-in";
/// So long after its planned end nobody calls into a session any more, closed or not.
const OVERTIME: SignedDuration = SignedDuration::from_hours(3);
/// Wrong PINs of all callers together; with a hundred million of them nobody finds one by trying.
const WRONG_A_MINUTE: u32 = 30;
const MINUTE: i64 = 60;

/// How many wrong PINs were given in the running minute.
#[derive(Debug, Default)]
pub struct WrongPins(Mutex<(i64, u32)>);

impl WrongPins {
    fn count(&self, now: Timestamp, wrong: u32) -> Result<(), WebError> {
        let second = now.as_second();
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 != second.div_euclid(MINUTE) {
            *counted = (second.div_euclid(MINUTE), 0);
        }
        counted.1 += wrong;
        if counted.1 < WRONG_A_MINUTE {
            return Ok(());
        }
        let left = MINUTE - second.rem_euclid(MINUTE);
        let seconds = u32::try_from(left).unwrap_or_default();
        Err(WebError::TooMany { seconds })
    }
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .post(
            "/cases/{id}/sessions/{session}/dial-in",
            Policy::Attends,
            offer,
        )
        .post(HERE, Policy::Token, take)
        .get("/dial-in/{case}/{session}/socket", Policy::Anyone, socket)
}

fn gateway(web: &Web) -> Result<&DialIn, WebError> {
    web.site.dial_in.as_ref().ok_or(WebError::NotFound)
}

/// A PIN for the reader, in place of any before.
async fn offer(
    State(web): State<Web>,
    viewer: Viewer,
    Path((id, session)): Path<(CaseId, SessionId)>,
) -> Result<Response, WebError> {
    let found = find(&web, &viewer, id, session).await?;
    let number = gateway(&web)?.number.clone();
    may_enter(&viewer.actor, &found.case, session).ok_or(WebError::NotFound)?;
    let now = web.desk.clock.now();
    web.pace.count(viewer.client, Cost::Check, now)?;
    let caller = Caller {
        case: id,
        session,
        person: viewer.person()?,
    };
    let until = found.session.ends().max(now) + OVERTIME;
    let pin = dial_in::offer(&web.accounts, caller, until).await?;
    let pin = pin.ok_or_else(|| WebError::Internal("no PIN is free".to_owned()))?;
    Ok(Json(json!({ "number": number, "pin": pin })).into_response())
}

/// What the caller typed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Given {
    /// Eight digits.
    pin: String,
}

/// By what the gateway joins as the ear and mouth of whoever calls.
#[derive(Serialize, ToSchema)]
pub(in crate::web) struct Call {
    /// The first frame of the socket.
    token: String,
    /// Path of the WebSocket.
    socket: String,
    /// Configuration of connections, as browsers take it.
    #[schema(value_type = Object)]
    ice: Ice,
}

/// The gateway knows the secret, and the caller the PIN: a token for the phone of that person, if they may enter now.
#[utoipa::path(post, path = "/api/v1/dial-in", request_body = Given,
    security(("gateway" = [])),
    responses(
        (status = 200, body = Call),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::web) async fn take(
    State(web): State<Web>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, WebError> {
    let known = gateway(&web).is_ok_and(|it| knows(&headers, it.secret.reveal()));
    if !known {
        return Err(WebError::SignInNeeded);
    }
    let now = web.desk.clock.now();
    web.wrong_pins.count(now, 0)?;
    let given: Given = serde_json::from_slice(&body)
        .map_err(|error| WebError::BadRequest(format!("not the JSON that is wanted: {error}")))?;
    let Some(caller) = called(&web, &given.pin).await? else {
        web.wrong_pins.count(now, 1)?;
        return Err(WebError::NotFound);
    };
    let room = RoomId {
        case: caller.case,
        session: caller.session,
    };
    let phone = Session::phone_of(caller.person);
    let token = web.rooms.token(room, phone);
    let token = token.map_err(|error| WebError::Internal(error.to_string()))?;
    let socket = format!("/dial-in/{}/{}/socket", caller.case, caller.session);
    let ice = web.rooms.ice(phone);
    Ok(Json(Call { token, socket, ice }).into_response())
}

fn knows(headers: &HeaderMap, secret: &str) -> bool {
    let told = headers.get(header::AUTHORIZATION);
    let told = told.and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    told.is_some_and(|told| told.ct_eq(secret.as_bytes()).into())
}

/// Whose PIN it is, if they may enter the session now.
async fn called(web: &Web, pin: &str) -> Result<Option<Caller>, WebError> {
    let Some(caller) = dial_in::caller(&web.accounts, pin).await? else {
        return Ok(None);
    };
    let mut read = web.desk.store.read().await?;
    let case = cases::load(&mut read, caller.case).await?;
    let (person, posts) = (
        caller.person,
        office::posts(&mut read, caller.person).await?,
    );
    let actor = Actor::Staff { person, posts };
    let enters = |case| may_enter(&actor, &case, caller.session).is_some();
    Ok(Some(caller).filter(|_| case.is_some_and(enters)))
}

/// As for everybody, the token in the first frame is the key.
async fn socket(
    State(web): State<Web>,
    viewer: Viewer,
    Path((case, session)): Path<(CaseId, SessionId)>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, WebError> {
    gateway(&web)?;
    carry(&web, &viewer, RoomId { case, session }, upgrade)
}
