//! The WebSocket of a call page, as far as the tests speak it: short text frames.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

use reqwest::{Method, Upgraded};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::time::timeout;

use super::DEADLINE;
use super::http::{Answer, Client};

pub(crate) struct Socket {
    /// Our address on the way to the platform.
    pub(crate) here: IpAddr,
    pub(crate) mouth: Mouth,
    pub(crate) ear: Ear,
}

/// The half that speaks to the room.
pub(crate) struct Mouth(WriteHalf<Upgraded>);

/// The half that listens to it.
pub(crate) struct Ear(ReadHalf<Upgraded>);

impl Socket {
    /// Fetches a token for the room whose page is open, and goes in.
    pub(crate) async fn enter(client: &mut Client, room: &str, page: &Answer) -> Self {
        let mark = "data-csrf=\"";
        let start = page.body.find(mark).expect("the page of a call") + mark.len();
        let csrf = page.body[start..].split('"').next().unwrap();
        Self::open(client, room, csrf).await
    }

    /// Fetches a token and goes in.
    pub(crate) async fn open(client: &mut Client, room: &str, csrf: &str) -> Self {
        let token = Self::token(client, room, csrf).await;
        Self::greet(client, room, &token).await
    }

    /// The first message of a socket to this room.
    pub(crate) async fn token(client: &mut Client, room: &str, csrf: &str) -> String {
        let address = format!("{room}/token");
        let fields = [("csrf".to_owned(), csrf.to_owned())];
        let pass = client.post(&address, &fields).await;
        let pass: Value = serde_json::from_str(&pass.body).unwrap();
        json!({ "token": pass["token"] }).to_string()
    }

    /// Goes in with this first message.
    pub(crate) async fn greet(client: &mut Client, room: &str, hello: &str) -> Self {
        let mut socket = Self::upgrade(client, &format!("{room}/socket"), &[]).await;
        socket.mouth.say(hello).await;
        socket
    }

    /// Any WebSocket, with these headers beside the usual.
    pub(crate) async fn upgrade(
        client: &mut Client,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Self {
        let mut request = client
            .request(Method::GET, path)
            .header("connection", "Upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = client.send_once(request).await;
        assert_eq!(answer.status(), 101);
        // A connected UDP socket says which address leads there, without sending anything.
        let way = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        way.connect(answer.remote_addr().unwrap()).unwrap();
        let here = way.local_addr().unwrap().ip();
        let (ear, mouth) = tokio::io::split(answer.upgrade().await.unwrap());
        let (mouth, ear) = (Mouth(mouth), Ear(ear));
        Self { here, mouth, ear }
    }

    /// The next message of this type, awaited.
    pub(crate) async fn until(&mut self, kind: &str) -> Value {
        let message = timeout(DEADLINE, self.find(kind)).await;
        let message = message.unwrap_or_else(|_| panic!("no {kind} came"));
        message.unwrap_or_else(|| panic!("the socket closed before a {kind} came"))
    }

    /// The next message of this type; none when the socket closes before.
    pub(crate) async fn find(&mut self, kind: &str) -> Option<Value> {
        loop {
            let message = self.ear.next().await?;
            if message["type"] == kind {
                return Some(message);
            }
        }
    }
}

impl Mouth {
    pub(crate) async fn say(&mut self, text: &str) {
        assert!(self.says(text).await, "the room closed the socket");
    }

    /// Sends a text frame, masked with zeros; false if the socket is closed.
    pub(crate) async fn says(&mut self, text: &str) -> bool {
        let length = u16::try_from(text.len()).unwrap();
        let mut frame = vec![0x81, 0xFE];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).await.is_ok()
    }
}

impl Ear {
    /// The next message; none when the room has closed the socket, or it broke.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        self.read().await.ok().flatten()
    }

    async fn read(&mut self) -> std::io::Result<Option<Value>> {
        const REST: u8 = 0x0;
        const TEXT: u8 = 0x1;
        const CLOSE: u8 = 0x8;
        const LAST: u8 = 0x80;
        let mut text = Vec::new();
        loop {
            let first = self.0.read_u8().await?;
            match first & 0x0F {
                REST | TEXT => {}
                CLOSE => return Ok(None),
                kind => panic!("{kind:#x} is no frame of text"),
            }
            let length = match self.0.read_u8().await? {
                126 => u64::from(self.0.read_u16().await?),
                127 => self.0.read_u64().await?,
                short => u64::from(short),
            };
            let mut frame = vec![0; usize::try_from(length).unwrap()];
            self.0.read_exact(&mut frame).await?;
            text.extend(frame);
            if first & LAST != 0 {
                break;
            }
        }
        Ok(Some(serde_json::from_slice(&text).unwrap()))
    }
}
