//! The page of the call. What happens on it goes through the room's socket, not through forms.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt as _, StreamExt as _};
use serde::Serialize;
use tokio::time::timeout;

use crate::i18n::Text;
use crate::rooms::RoomId;
use crate::rooms::{Connection, Rooms};
use crate::web::Page;

/// The call as one person opens it.
#[derive(Serialize)]
pub struct RoomPage {
    /// The reader's name as others will see it.
    pub name: String,
    /// Whether the reader leads the session.
    pub leads: bool,
    /// Path of the room's socket, of its tokens and of the case.
    pub socket: String,
    pub token: String,
    pub case_page: String,
    /// Path of the clauses as a fragment, if clauses can be drafted now.
    pub board: Option<String>,
    pub words: Vec<Word>,
}

/// A text for the page's script, with its placeholders left for the script to fill.
#[derive(Serialize)]
pub struct Word {
    key: &'static str,
    text: Text,
}

/// Every text the script says, and the placeholders it fills.
const WORDS: &[(&str, &[&str])] = &[
    ("named", &["name", "kind"]),
    ("you", &["name"]),
    ("list-comma", &[]),
    ("kind-mediator", &[]),
    ("kind-applicant", &[]),
    ("kind-respondent", &[]),
    ("kind-representative", &[]),
    ("kind-interpreter", &[]),
    ("kind-helper", &[]),
    ("kind-observer", &[]),
    ("heard-nobody", &[]),
    ("heard-broken", &[]),
    ("heard-waiting", &[]),
    ("heard-off", &[]),
    ("heard-joint", &["names"]),
    ("heard-caucus", &["names"]),
    ("seen-joint", &["names"]),
    ("seen-caucus", &["names"]),
    ("sign-away", &[]),
    ("sign-mic-off", &[]),
    ("sign-camera-off", &[]),
    ("sign-hand", &[]),
    ("elsewhere-caucus", &["names"]),
    ("elsewhere-joint", &["names"]),
    ("microphone-on", &[]),
    ("microphone-off", &[]),
    ("camera-on", &[]),
    ("camera-off", &[]),
    ("hand-on", &[]),
    ("hand-off", &[]),
    ("knocking", &["count"]),
    ("place-waiting", &[]),
    ("place-joint", &[]),
    ("place-caucus", &[]),
    ("said", &["name"]),
    ("said-caucus", &["name"]),
    ("device-refused", &[]),
    ("device-missing", &[]),
    ("muted", &[]),
    ("moved-caucus", &[]),
    ("moved-joint", &[]),
    ("not-moved", &[]),
    ("not-said", &[]),
    ("not-sent", &[]),
    ("pick-first", &[]),
    ("goodbye", &[]),
    ("end-sure", &[]),
    ("network-building", &[]),
    ("network-good", &[]),
    ("network-weak", &[]),
    ("network-bad", &[]),
    ("network-broken", &[]),
    ("over-left", &[]),
    ("over-ended", &[]),
    ("over-removed", &[]),
    ("over-refused", &[]),
    ("over-replaced", &[]),
];

/// The texts for the script of any room.
pub fn words() -> Vec<Word> {
    let filled = |key: &&str, names: &&[&'static str]| {
        let text = Text::key(["room-word-", *key].concat());
        names
            .iter()
            .fold(text, |text, name| text.with(*name, format!("{{{name}}}")))
    };
    WORDS
        .iter()
        .map(|(key, names)| Word {
            key,
            text: filled(key, names),
        })
        .collect()
}

impl Page for RoomPage {
    const TEMPLATE: &'static str = "pages/room.html";

    fn samples() -> Vec<Self> {
        let page = |leads, board: Option<&str>| Self {
            name: "王芳".to_owned(),
            leads,
            socket: "/rooms/1/socket".to_owned(),
            token: "/rooms/1/token".to_owned(),
            case_page: "/cases/1".to_owned(),
            board: board.map(str::to_owned),
            words: words(),
        };
        vec![
            page(false, None),
            page(true, Some("/cases/1/clauses/board")),
        ]
    }
}

/// A socket that says nothing for so long is no page.
const HELLO_WITHIN: Duration = Duration::from_secs(5);

/// Carries text frames between a page and its room until either ends. The first frame must bring a token.
pub async fn converse(rooms: Arc<Rooms>, room: RoomId, socket: WebSocket) {
    let (mut page, mut frames) = socket.split();
    let Ok(Some(Ok(Message::Text(hello)))) = timeout(HELLO_WITHIN, frames.next()).await else {
        return;
    };
    let Connection {
        incoming,
        mut outgoing,
    } = match rooms.connect(room, &hello) {
        Ok(connection) => connection,
        Err(error) => {
            tracing::info!(%room, %error, "a socket of a room was refused");
            return;
        }
    };
    loop {
        tokio::select! {
            text = outgoing.recv() => {
                let Some(text) = text else { break };
                if page.send(Message::Text(text.into())).await.is_err() {
                    break;
                }
            }
            frame = frames.next() => match frame {
                Some(Ok(Message::Text(text))) if incoming.pass(&text).is_ok() => {}
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => break,
            },
        }
    }
    if let Err(error) = page.close().await {
        tracing::debug!(%room, %error, "a socket of a room was closed already");
    }
}
