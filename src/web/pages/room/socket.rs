//! The WebSocket between a page and its room.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::time::timeout;

use crate::rooms::{Connection, RoomId, Rooms};

/// A socket that says nothing for so long is no page.
const HELLO_WITHIN: Duration = Duration::from_secs(5);

/// Carries text frames between a page and its room until either ends. The first frame must bring a token.
pub async fn converse(rooms: Arc<Rooms>, room: RoomId, socket: WebSocket) {
    let (mut page, mut frames) = socket.split();
    let Ok(Some(Ok(Message::Text(hello)))) = timeout(HELLO_WITHIN, frames.next()).await else {
        return;
    };
    let Connection {
        mut incoming,
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
                Some(Ok(Message::Text(text))) => {
                    if let Err(error) = incoming.pass(&text) {
                        tracing::info!(%room, %error, "a socket of a room is closed");
                        break;
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => break,
            },
        }
    }
    if let Err(error) = page.close().await {
        tracing::debug!(%room, %error, "a socket of a room was closed already");
    }
}
