//! The page on which somebody tries, before a session, whether their phone and their network carry one.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde_json::json;
use tokio::time::timeout;

use super::A_WHILE;
use crate::rooms::MESSAGE_BYTES;
use crate::web::{Form, Page, Policy, Routes, Viewer, Web, WebError};

const HERE: &str = "/room/test";
/// How long a socket is open for it.
const TRIED_WITHIN: Duration = Duration::from_secs(20);
/// What a socket carries for it each way, in frames of this size at most.
const CARRIED: usize = 1 << 20;
const FRAME: usize = 64 * 1024;

/// What is tried; the page's script fills in what came of it.
#[derive(Serialize)]
pub struct TrialPage {
    pub here: String,
    /// By which relays, as connections take them: the text of a JSON object.
    pub ice: String,
}

impl Page for TrialPage {
    const TEMPLATE: &'static str = "pages/room-test.html";

    fn samples() -> Vec<Self> {
        vec![Self {
            here: HERE.to_owned(),
            ice: r#"{"iceServers":[]}"#.to_owned(),
        }]
    }
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(HERE, Policy::SignedIn, show)
        .post("/room/test/connection", Policy::SignedIn, connect)
        .get("/room/test/socket", Policy::SignedIn, open_socket)
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let ice = web.rooms.ice(viewer.person()?);
    let ice = serde_json::to_string(&ice);
    let page = TrialPage {
        here: HERE.to_owned(),
        ice: ice.map_err(|error| WebError::Internal(error.to_string()))?,
    };
    viewer.show(&web, &page)
}

/// A connection to the rooms' own port, which carries nothing and ends by itself.
async fn connect(State(web): State<Web>, viewer: Viewer, form: Form) -> Result<Response, WebError> {
    let offer = form.value("sdp");
    if offer.len() > MESSAGE_BYTES {
        return Err(WebError::TooLarge(Vec::new()));
    }
    let answer = web.rooms.probe(viewer.person()?, offer.to_owned()).await;
    let sdp = answer.ok_or_else(|| WebError::BadRequest("no connection can be tried".into()))?;
    Ok(Json(json!({ "sdp": sdp })).into_response())
}

async fn open_socket(
    State(web): State<Web>,
    viewer: Viewer,
    upgrade: WebSocketUpgrade,
) -> Result<Response, WebError> {
    let open = web.sockets.open(viewer.client);
    let open = open.ok_or(WebError::TooMany { seconds: A_WHILE })?;
    let upgrade = upgrade.max_message_size(FRAME);
    Ok(upgrade.on_upgrade(async move |socket| {
        if timeout(TRIED_WITHIN, echo(socket)).await.is_err() {
            tracing::debug!("a socket was tried for too long");
        }
        drop(open);
    }))
}

/// Sends back what comes, so that the page can tell how long that takes.
async fn echo(mut socket: WebSocket) {
    let mut carried = 0;
    while let Some(Ok(message)) = socket.recv().await {
        let Message::Binary(bytes) = message else {
            return;
        };
        carried += bytes.len();
        if carried > CARRIED || socket.send(Message::Binary(bytes)).await.is_err() {
            return;
        }
    }
}
