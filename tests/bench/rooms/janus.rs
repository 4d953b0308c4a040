//! Janus with its videoroom, as Debian packs it, and the same people in its rooms.

use std::collections::BTreeSet;
use std::net::{IpAddr, TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use heyi::domain::ids::PersonId;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::apart::{command, on_core};
use super::net::Net;
use crate::support::eventually;
use crate::support::http::Client;
use crate::support::participant::line::Line;
use crate::support::participant::room::{due, readable};
use crate::support::participant::voice::{Voice, moments};
use crate::support::participant::{Participant, Tally};
use crate::support::socket::{Mouth, Socket};

const PEOPLE: usize = 3;
const PLUGIN: &str = "janus.plugin.videoroom";

/// Runs until dropped.
pub(super) struct Janus {
    pub(super) base: String,
    process: Child,
    _folder: TempDir,
}

impl Janus {
    /// On the first core, with the videoroom and the WebSocket alone.
    pub(super) async fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let port = {
            let free = TcpListener::bind((Net::HERE, 0)).unwrap();
            free.local_addr().unwrap().port()
        };
        configure(folder.path(), port);
        let folder_name = folder.path().to_str().unwrap();
        let mut words = on_core(0);
        words.extend(["janus", "-F", folder_name]);
        let process = Command::from(command(&words))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        eventually("Janus listens", async || {
            TcpStream::connect((Net::HERE, port)).ok()
        })
        .await;
        Self {
            base: format!("http://{}:{port}", Net::HERE),
            process,
            _folder: folder,
        }
    }

    pub(super) fn id(&self) -> u32 {
        self.process.id().unwrap()
    }
}

fn configure(folder: &Path, port: u16) {
    let packed = packed();
    for (kind, part) in [
        ("plugins", "libjanus_videoroom.so"),
        ("transports", "libjanus_websockets.so"),
        ("events", ""),
        ("loggers", ""),
    ] {
        let own = folder.join(kind);
        std::fs::create_dir(&own).unwrap();
        if !part.is_empty() {
            symlink(packed.join(kind).join(part), own.join(part)).unwrap();
        }
    }
    let at = folder.display();
    let here = Net::HERE;
    let general = format!(
        "general: {{\n configs_folder = \"{at}\"\n plugins_folder = \"{at}/plugins\"\n \
         transports_folder = \"{at}/transports\"\n events_folder = \"{at}/events\"\n \
         loggers_folder = \"{at}/loggers\"\n debug_level = 1\n session_timeout = 0\n}}\n\
         nat: {{\n ice_enforce_list = \"{here}\"\n}}\n"
    );
    let socket = format!(
        "general: {{\n ws = true\n ws_port = {port}\n ws_ip = \"{here}\"\n wss = false\n}}\n\
         admin: {{\n admin_ws = false\n}}\n"
    );
    for (name, text) in [
        ("janus", general.as_str()),
        ("janus.transport.websockets", &socket),
        ("janus.plugin.videoroom", "general: {\n}\n"),
    ] {
        std::fs::write(folder.join(format!("{name}.jcfg")), text).unwrap();
    }
}

/// Where Debian puts its parts, which differs by machine.
fn packed() -> PathBuf {
    let libraries = std::fs::read_dir("/usr/lib").unwrap();
    let mut places = libraries.map(|entry| entry.unwrap().path().join("janus/plugins"));
    let plugins = places.find(|place| place.exists());
    plugins
        .expect("Janus is installed")
        .parent()
        .unwrap()
        .to_owned()
}

/// Three people in a room of their own.
pub(super) async fn fill(base: &str, room: usize) -> Vec<Participant> {
    let mut there = Vec::new();
    for seat in 0..PEOPLE {
        there.push(sit(base, room + 1, room * PEOPLE + seat + 1).await);
    }
    there
}

async fn sit(base: &str, room: usize, number: usize) -> Participant {
    let mut client = Client::new(base);
    let protocol = [("sec-websocket-protocol", "janus-protocol")];
    let socket = Socket::upgrade(&mut client, "/", &protocol).await;
    let person = PersonId(Uuid::from_u128(number as u128));
    let tally = Arc::<Mutex<Tally>>::default();
    let (told, signals) = mpsc::unbounded_channel();
    let mut ear = socket.ear;
    let sitting = Sitting {
        room,
        number,
        here: socket.here,
        mouth: socket.mouth,
        signals,
        session: Value::Null,
        handles: Vec::new(),
        feeds: BTreeSet::new(),
        publishing: None,
        hearing: None,
        voice: Voice::new(person, Arc::clone(&tally)),
    };
    let task = tokio::spawn(async move {
        tokio::select! {
            () = async {
                while let Some(message) = ear.next().await {
                    told.send(message).unwrap();
                }
            } => {}
            () = sitting.go_on() => {}
        }
    });
    Participant::new(person, tally, task)
}

struct Sitting {
    room: usize,
    number: usize,
    here: IpAddr,
    mouth: Mouth,
    signals: mpsc::UnboundedReceiver<Value>,
    session: Value,
    /// Of the plugin: the one by which we publish, the one by which we hear.
    handles: Vec<Value>,
    /// The others who publish.
    feeds: BTreeSet<u64>,
    publishing: Option<Line>,
    hearing: Option<Line>,
    voice: Voice,
}

impl Sitting {
    async fn go_on(mut self) {
        self.come_in().await;
        let (mut sound, mut picture) = moments();
        loop {
            let deadline = self.deadline();
            tokio::select! {
                signal = self.signals.recv() => match signal {
                    Some(signal) => self.heed(&signal).await,
                    None => return,
                },
                () = readable(self.publishing.as_ref().map(Line::socket)) => {
                    self.publishing.as_mut().unwrap().take().await;
                }
                () = readable(self.hearing.as_ref().map(Line::socket)) => {
                    let arrived = self.hearing.as_mut().unwrap().take().await;
                    self.voice.count(&arrived);
                }
                _ = sound.tick() => self.voice.speak(self.publishing.as_mut()).await,
                _ = picture.tick() => self.voice.show(self.publishing.as_mut()).await,
                () = due(deadline) => self.let_time_pass().await,
            }
        }
    }

    /// A session with two handles, the room, and our sound and picture in it.
    async fn come_in(&mut self) {
        self.say(json!({ "janus": "create" })).await;
        self.session = self.until("success").await["data"]["id"].clone();
        for _ in 0..2 {
            self.say(json!({ "janus": "attach", "plugin": PLUGIN }))
                .await;
            let handle = self.until("success").await["data"]["id"].clone();
            self.handles.push(handle);
        }
        // Whoever comes second is told that it exists.
        let create = json!({ "request": "create", "room": self.room, "publishers": PEOPLE });
        self.ask(0, create, Value::Null).await;
        self.until("success").await;
        let join = json!({
            "request": "join", "ptype": "publisher", "room": self.room, "id": self.number,
        });
        self.ask(0, join, Value::Null).await;
        let joined = self.until("event").await;
        self.meet(&joined["plugindata"]["data"]).await;
        let mut line = Line::new(self.here).await;
        let sdp = line.offer().await;
        self.publishing = Some(line);
        let publish = json!({ "request": "publish", "audiocodec": "opus", "videocodec": "vp8" });
        self.ask(0, publish, json!({ "type": "offer", "sdp": sdp }))
            .await;
    }

    async fn say(&mut self, mut request: Value) {
        request["transaction"] = "t".into();
        if !self.session.is_null() {
            request["session_id"] = self.session.clone();
        }
        self.mouth.say(&request.to_string()).await;
    }

    async fn ask(&mut self, handle: usize, body: Value, description: Value) {
        let handle = self.handles[handle].clone();
        let mut request = json!({ "janus": "message", "handle_id": handle, "body": body });
        if !description.is_null() {
            request["jsep"] = description;
        }
        self.say(request).await;
    }

    async fn until(&mut self, kind: &str) -> Value {
        loop {
            let signal = self.signals.recv().await.unwrap();
            if signal["janus"] == kind {
                return signal;
            }
        }
    }

    async fn heed(&mut self, signal: &Value) {
        if signal["janus"] != "event" {
            return;
        }
        let description = signal["jsep"]["sdp"].as_str();
        match (description, signal["jsep"]["type"].as_str()) {
            (Some(sdp), Some("answer")) => self.publishing.as_mut().unwrap().accept(sdp).await,
            (Some(sdp), _) => {
                let mut line = Line::new(self.here).await;
                let answer = line.answer(sdp).await;
                self.hearing = Some(line);
                let start = json!({ "request": "start", "room": self.room });
                self.ask(1, start, json!({ "type": "answer", "sdp": answer }))
                    .await;
            }
            (None, _) => self.meet(&signal["plugindata"]["data"]).await,
        }
    }

    /// Once everybody else publishes, we listen.
    async fn meet(&mut self, told: &Value) {
        let publishers = told["publishers"].as_array().into_iter().flatten();
        let before = self.feeds.len();
        self.feeds
            .extend(publishers.filter_map(|one| one["id"].as_u64()));
        if before == PEOPLE - 1 || self.feeds.len() < PEOPLE - 1 {
            return;
        }
        let streams: Vec<_> = self
            .feeds
            .iter()
            .map(|feed| json!({ "feed": feed }))
            .collect();
        let listen = json!({
            "request": "join", "ptype": "subscriber", "room": self.room, "streams": streams,
        });
        self.ask(1, listen, Value::Null).await;
    }

    fn deadline(&self) -> Option<Instant> {
        let lines = [&self.publishing, &self.hearing].into_iter().flatten();
        lines.map(Line::deadline).min()
    }

    async fn let_time_pass(&mut self) {
        let lines = [&mut self.publishing, &mut self.hearing];
        for line in lines.into_iter().flatten() {
            line.tick().await;
            if line.is_late() {
                tracing::debug!("Janus takes its time");
            }
        }
    }
}
