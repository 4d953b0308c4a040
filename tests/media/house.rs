//! A house with nothing but rooms: the real page, the real socket, the real media thread, and a list of people
//! who may enter.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path as Named, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use heyi::clock::Clock;
use heyi::domain::ids::{CaseId, PersonId, RecordingId, SessionId};
use heyi::i18n::{Locale, Texts};
use heyi::rooms::recording::Recording;
use heyi::rooms::{Desk, MediaConfig, RelayConfig, Report, RoomId, Rooms, Seat, SeatKind};
use heyi::web::assets::Assets;
use heyi::web::page::{Frame, Templates};
use heyi::web::pages::room::{RoomPage, converse, words};
use serde_json::{Value, json};
use thirtyfour::prelude::ElementWaitable as _;

use crate::support::browser::{Browser, Setup};
use crate::support::eventually;
use crate::support::http::Client;
use crate::support::participant::Participant;
use crate::support::road::{GATEWAY, Gateway};
use crate::support::socket::Socket;

const SEATS: [(&str, SeatKind); 11] = [
    ("mediator", SeatKind::Mediator),
    ("applicant", SeatKind::Applicant),
    ("respondent", SeatKind::Respondent),
    ("helper", SeatKind::Representative),
    ("sister", SeatKind::Kin),
    ("expert", SeatKind::Expert),
    ("lawyer", SeatKind::Lawyer),
    ("interpreter", SeatKind::Interpreter),
    ("signer", SeatKind::SignLanguage),
    ("child", SeatKind::Helper),
    ("observer", SeatKind::Observer),
];

/// Whom the child helps.
const HELPED: &str = "applicant";

/// The house and who may enter its rooms.
pub(crate) struct House {
    pub(crate) base: String,
    pub(crate) rooms: Arc<Rooms>,
    pub(crate) reports: Arc<Mutex<Vec<Report>>>,
    people: People,
}

/// By the name in the address of their page.
type People = Arc<BTreeMap<String, Sitter>>;

struct Sitter {
    room: RoomId,
    person: PersonId,
    seat: Seat,
}

#[derive(Clone)]
struct Inside {
    rooms: Arc<Rooms>,
    people: People,
    templates: Arc<Templates>,
}

impl House {
    /// With one room.
    pub(crate) fn open() -> Self {
        Self::with_rooms(1)
    }

    /// With one room, which sound and picture reach by a gateway.
    pub(crate) async fn behind_a_gateway() -> (Self, Gateway) {
        let house = Self::built(1, &config(Ipv4Addr::LOCALHOST.into(), Some(GATEWAY)));
        let gateway = Gateway::at(house.rooms.announced()[0].port()).await;
        (house, gateway)
    }

    pub(crate) fn with_rooms(number: usize) -> Self {
        Self::at(Ipv4Addr::LOCALHOST.into(), number)
    }

    /// At this address of the machine.
    pub(crate) fn at(here: IpAddr, number: usize) -> Self {
        Self::built(number, &config(here, None))
    }

    /// One room, to which there are these relays.
    pub(crate) fn with_relays(relays: RelayConfig) -> Self {
        let config = config(Ipv4Addr::LOCALHOST.into(), None);
        Self::built(1, &MediaConfig { relays, ..config })
    }

    /// One room, whose recordings lie in this folder.
    pub(crate) fn recording_in(folder: &Path) -> Self {
        let config = config(Ipv4Addr::LOCALHOST.into(), None);
        let recordings = folder.to_owned();
        let config = MediaConfig {
            recordings,
            ..config
        };
        Self::built(1, &config)
    }

    /// Asks that the first room be recorded, to which these have agreed.
    pub(crate) fn record(&self, id: RecordingId, names: &[&str]) {
        let consented = names.iter().map(|name| self.people[*name].person).collect();
        let recording = Recording {
            id,
            consented,
            begins: true,
        };
        self.rooms
            .record(self.people["mediator"].room, recording)
            .unwrap();
    }

    pub(crate) fn stop_recording(&self) {
        self.rooms
            .stop_recording(self.people["mediator"].room)
            .unwrap();
    }

    /// In every room there are the same seats; the names in those after the first end in the room's number.
    fn built(number: usize, config: &MediaConfig) -> Self {
        let here = config.listen.ip();
        let clock = Arc::new(Clock::system());
        let (rooms, desk) = Rooms::start(config, Arc::clone(&clock)).unwrap();
        let rooms = Arc::new(rooms);
        let people: People = Arc::new((0..number).flat_map(|room| seats(room, &clock)).collect());
        let reports = Arc::default();
        tokio::spawn(answer(desk, Arc::clone(&people), Arc::clone(&reports)));
        let base = serve(here, Arc::clone(&rooms), Arc::clone(&people));
        Self {
            base,
            rooms,
            reports,
            people,
        }
    }

    pub(crate) fn id(&self, name: &str) -> String {
        self.people[name].person.to_string()
    }

    /// The mediator and both parties of a room, without browsers.
    pub(crate) async fn fill(&self, room: usize) -> Vec<Participant> {
        fill(&self.base, room, 3).await
    }

    /// Somebody opens the page, with this script run before the page's own.
    pub(crate) async fn visit(&self, name: &str, setup: &Setup, script: &str) -> Guest {
        self.visit_by(&self.base, name, setup, script).await
    }

    /// The same by another address of the house.
    pub(crate) async fn visit_by(
        &self,
        base: &str,
        name: &str,
        setup: &Setup,
        script: &str,
    ) -> Guest {
        Guest::visits(base, name, setup, script).await
    }

    /// Somebody opens the page and enters with microphone and camera.
    pub(crate) async fn enter(&self, name: &str, setup: &Setup) -> Guest {
        let guest = self.visit(name, setup, COLLECT).await;
        guest.browser.enters_the_call().await;
        guest
    }

    pub(crate) async fn admit(&self, mediator: &Guest, name: &str) {
        let css = format!("[data-act=admit][data-person='{}']", self.id(name));
        mediator.click(&css).await;
    }
}

/// The first people of a room of the house at `base`, without browsers: the mediator, both parties, and who speaks for one.
pub(crate) async fn fill(base: &str, room: usize, people: usize) -> Vec<Participant> {
    let mut there = Vec::new();
    for (name, _) in &SEATS[..people] {
        there.push(seat(base, &name_in(room, name)).await);
    }
    there
}

/// Somebody sits down without a browser.
pub(crate) async fn seat(base: &str, name: &str) -> Participant {
    let socket = Socket::open(&mut Client::new(base), &format!("/{name}"), "").await;
    Participant::sit(socket).await
}

pub(crate) fn config(here: IpAddr, announce: Option<[u8; 4]>) -> MediaConfig {
    MediaConfig {
        listen: (here, 0).into(),
        announce: announce.into_iter().map(IpAddr::from).collect(),
        relays: RelayConfig::default(),
        recordings: std::env::temp_dir().join("heyi-house-without-recordings"),
    }
}

pub(crate) fn name_in(room: usize, name: &str) -> String {
    match room {
        0 => name.to_owned(),
        _ => format!("{name}-{room}"),
    }
}

/// The people of one room.
fn seats(room: usize, clock: &Clock) -> [(String, Sitter); SEATS.len()] {
    let id = RoomId {
        case: CaseId(clock.new_id()),
        session: SessionId(clock.new_id()),
    };
    let people = SEATS.map(|_| PersonId(clock.new_id()));
    let helped = SEATS
        .iter()
        .zip(people)
        .find(|((name, _), _)| *name == HELPED);
    let helped = helped.map(|(_, person)| person);
    std::array::from_fn(|at| {
        let (name, kind) = SEATS[at];
        let mut seat = Seat::new(name.to_owned(), kind);
        if kind == SeatKind::Helper {
            seat.beside = helped.into_iter().collect();
        }
        let person = people[at];
        let sitter = Sitter {
            room: id,
            person,
            seat,
        };
        (name_in(room, name), sitter)
    })
}

async fn answer(mut desk: Desk, people: People, reports: Arc<Mutex<Vec<Report>>>) {
    loop {
        tokio::select! {
            question = desk.questions.recv() => {
                let Some(question) = question else { return };
                let mut sitters = people.values();
                let asked = (question.room, question.person);
                let sitter = sitters.find(|sitter| (sitter.room, sitter.person) == asked);
                question.reply.answer(sitter.map(|sitter| sitter.seat.clone()), None);
            }
            report = desk.reports.recv() => {
                let Some(report) = report else { return };
                reports.lock().unwrap().push(report);
            }
        }
    }
}

fn serve(here: IpAddr, rooms: Arc<Rooms>, people: People) -> String {
    let texts = Arc::new(Texts::load(None).unwrap());
    let assets = Arc::new(Assets::load(None).unwrap());
    let templates = Arc::new(Templates::load(None, &texts, &assets).unwrap());
    let inside = Inside {
        rooms,
        people,
        templates,
    };
    let router = Router::new()
        .route("/{name}", get(page))
        .route("/{name}/token", post(token))
        .route("/{name}/socket", get(socket))
        .route("/assets/{mark}/{*path}", get(asset))
        .with_state(inside);
    let listener = heyi::web::sockets::listen((here, 0).into()).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    base
}

const fn speaks(kind: SeatKind) -> bool {
    !matches!(kind, SeatKind::Helper | SeatKind::Observer)
}

async fn page(State(inside): State<Inside>, Named(name): Named<String>) -> Html<String> {
    let frame = Frame {
        locale: Locale::ZhCn,
        signed_in: None,
        staff: false,
        csrf: "token".to_owned(),
        nonce: "nonce".to_owned(),
        elder: false,
        kiosk: None,
        path: "/".to_owned(),
        other_language: "/".to_owned(),
        elder_switch: "/".to_owned(),
        demo: false,
        district: None,
    };
    let page = RoomPage {
        recording: None,
        hears: !speaks(inside.people[&name].seat.kind),
        is_screen: false,
        screen: None,
        leads: inside.people[&name].seat.kind == SeatKind::Mediator,
        socket: format!("/{name}/socket"),
        token: format!("/{name}/token"),
        here: "/".to_owned(),
        case_page: "/".to_owned(),
        dial_in: None,
        board: None,
        files: "/evidence".to_owned(),
        words: words(),
        name,
    };
    Html(inside.templates.render(&frame, &page).unwrap())
}

async fn token(State(inside): State<Inside>, Named(name): Named<String>) -> String {
    let Sitter { room, person, .. } = inside.people[&name];
    let token = inside.rooms.token(room, person).unwrap();
    json!({ "token": token, "ice": inside.rooms.ice(person) }).to_string()
}

async fn socket(
    State(inside): State<Inside>,
    Named(name): Named<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let room = inside.people[&name].room;
    upgrade.on_upgrade(move |socket| converse(inside.rooms, room, socket))
}

async fn asset(Named((_, path)): Named<(String, String)>) -> Response {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let content = std::fs::read(assets.join(&path)).unwrap();
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        _ => "image/svg+xml",
    };
    ([(header::CONTENT_TYPE, kind)], content).into_response()
}

/// Keeps every connection a page makes, so that a test can read its statistics.
pub(super) const COLLECT: &str = "window.connections = [];
    const Original = RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
        constructor(...given) { super(...given); window.connections.push(this); }
    };";

/// Pictures decoded and packets received of each person: `{\"<person>-v\": {frames, packets}}`.
const RECEIVED: &str = "const received = {};
    for (const connection of window.connections) {
        if (connection.connectionState === 'closed') continue;
        for (const entry of (await connection.getStats()).values()) {
            if (entry.type !== 'inbound-rtp') continue;
            received[entry.trackIdentifier] = {
                frames: entry.framesDecoded ?? 0, packets: entry.packetsReceived,
                energy: entry.totalAudioEnergy ?? 0 };
        }
    }
    return received;";

/// One person's browser in the room.
pub(crate) struct Guest {
    pub(crate) browser: Browser,
    pub(crate) name: String,
}

impl Guest {
    /// Opens the page, with this script run before the page's own.
    pub(crate) async fn visits(base: &str, name: &str, setup: &Setup, script: &str) -> Self {
        let browser = Browser::open(base, setup).await;
        browser.runs_first(script).await;
        browser.goto(&format!("/{name}")).await;
        let name = name.to_owned();
        Self { browser, name }
    }

    pub(crate) async fn click(&self, css: &str) {
        let element = self.browser.find(css).await;
        element.wait_until().displayed().await.unwrap();
        element.click().await.unwrap();
    }

    /// Waits until the banner has this look, which says where one is.
    pub(crate) async fn is_at(&self, look: &str) {
        let script =
            format!("return document.getElementById('room-banner').dataset.look === '{look}'");
        self.browser
            .until(&format!("{} is at {look}", self.name), &script)
            .await;
    }

    pub(crate) async fn banner(&self) -> String {
        self.reads("return document.getElementById('room-banner-text').textContent")
            .await
    }

    /// The text that a script returns.
    pub(crate) async fn reads(&self, script: &str) -> String {
        let text = self.browser.evaluate(script).await;
        text.as_str().unwrap().to_owned()
    }

    pub(crate) async fn received(&self) -> Value {
        self.browser.evaluate(RECEIVED).await
    }

    /// How much of one stream has arrived: `what` is `frames` or `packets`.
    pub(crate) async fn count(&self, stream: &str, what: &str) -> u64 {
        self.received().await[stream][what].as_u64().unwrap_or(0)
    }

    /// With `HEYI_PICTURES`, keeps what stands on the screen for a person to look at.
    pub(crate) async fn pictured(&self, name: &str) {
        if let Some(folder) = std::env::var_os("HEYI_PICTURES") {
            let file = format!("room-{name}-{}.png", self.name);
            self.browser.pictured(&Path::new(&folder).join(file)).await;
        }
    }

    /// Waits until more of this stream arrives than has by now.
    pub(crate) async fn gets_more(&self, stream: &str, what: &str) {
        let before = self.count(stream, what).await;
        let waiting = format!("{} gets {what} of {stream}", self.name);
        eventually(&waiting, async || {
            let now = self.count(stream, what).await;
            (now > before + 5).then_some(())
        })
        .await;
    }
}
