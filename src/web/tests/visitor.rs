//! A small house, and a visitor without scripts.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router as AxumRouter;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use tower::ServiceExt as _;

use crate::accounts::secrets::{KeyUse, Secrets};
use crate::clock::Clock;
use crate::config::{DialIn, Turn, TurnServer};
use crate::documents::keys::Authority;
use crate::domain::identity::Phone;
use crate::domain::ids::OrganisationId;
use crate::domain::organisation::town::{PlaceKind, QrPlace};
use crate::domain::organisation::{Area, Organisation, OrganisationKey, OrganisationKind};
use crate::domain::rules::Rules;
use crate::domain::wording::Wording;
use crate::evidence::Press;
use crate::rooms::{MediaConfig, RelayConfig};
use crate::storage::fixture::Database;
use crate::storage::office::{self, Listed};
use crate::storage::{StorageError, messages, write_tx};
use crate::web::*;

/// A house with one committee and one sheet.
pub(super) struct House {
    pub(super) web: Web,
    pub(super) router: AxumRouter,
    pub(super) committee: OrganisationId,
    pub(super) _database: Database,
    pub(super) _files: tempfile::TempDir,
}

pub(super) async fn house(database: Database, demo: bool) -> House {
    house_saying(database, demo, Texts::load(None).unwrap()).await
}

/// A house with these words.
pub(super) async fn house_saying(database: Database, demo: bool, texts: Texts) -> House {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(Clock::fixed("2026-11-22T01:00:00Z".parse().unwrap()));
    let secrets = Arc::new(Secrets::fleeting(&clock));
    let store = database.store.clone();
    let texts = Arc::new(texts);
    let assets = Arc::new(assets::Assets::load(None).unwrap());
    let desk = Desk {
        store: store.clone(),
        clock: Arc::clone(&clock),
        rules: Arc::new(rules()),
    };
    let files = Files::open(folder.path()).unwrap();
    let web = Arc::new(State {
        rooms: Arc::new(rooms(&clock)),
        chancery: Arc::new(Chancery {
            desk: desk.clone(),
            files: files.clone(),
            authority: Arc::new(Authority::create(&clock).unwrap()),
            texts: Arc::clone(&texts),
            key: secrets.key(KeyUse::Pseudonym),
            address: "http://localhost".to_owned(),
        }),
        cabinet: Cabinet::new(desk.clone(), files.clone(), Press::new("heyi".into())),
        desk,
        accounts: Accounts {
            store,
            clock,
            secrets,
        },
        files,
        templates: page::Templates::load(None, &texts, &assets).unwrap(),
        checks: checks::Checks::default(),
        texts,
        assets,
        site: Site {
            demo,
            metrics_token: Some(METRICS_TOKEN.into()),
            dial_in: Some(DialIn {
                number: "0571-8888 0000".to_owned(),
                secret: "known to the gateway and to us".into(),
            }),
            ..Site::default()
        },
        pace: pace::Pace::default(),
        sockets: sockets::Sockets::default(),
        wrong_pins: crate::web::pages::room::WrongPins::default(),
        issued: issued::Issued::default(),
    });
    let committee = settle(&web).await;
    House {
        router: router(Arc::clone(&web)),
        web,
        committee,
        _database: database,
        _files: folder,
    }
}

/// By which `/metrics` is read.
pub(super) const METRICS_TOKEN: &str = "0123456789abcdef";

pub(super) fn rooms(clock: &Arc<Clock>) -> Rooms {
    let elsewhere = TurnServer {
        urls: vec!["turns:relay.example:443?transport=tcp".to_owned()],
        secret: "north".into(),
    };
    let config = MediaConfig {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        announce: Vec::new(),
        relays: RelayConfig {
            settings: Turn {
                servers: vec![elsewhere],
                ..Turn::default()
            },
            ..RelayConfig::default()
        },
        recordings: std::env::temp_dir().join("heyi-house-without-recordings"),
    };
    let (rooms, _desk) = Rooms::start(&config, Arc::clone(clock)).unwrap();
    rooms
}

pub(super) fn rules() -> Rules {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/data/");
    let read = |name: &str| {
        (
            name.to_owned(),
            std::fs::read_to_string(format!("{folder}{name}")).unwrap(),
        )
    };
    let files: Vec<_> = Rules::FILES.iter().map(|name| read(name)).collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Rules::parse(&files).unwrap()
}

/// A people's committee for everything, and a sheet on a building near it.
pub(super) async fn settle(web: &Web) -> OrganisationId {
    let id = OrganisationId(web.accounts.clock.new_id());
    let words = |text: &str| Wording {
        zh: text.to_owned(),
        en: text.to_owned(),
    };
    let area = Area("hefeng/liu/1".to_owned());
    let organisation = Organisation {
        key: OrganisationKey("liu".to_owned()),
        kind: OrganisationKind::People,
        name: words("Willow Street"),
        prefix: "柳".to_owned(),
        area: area.clone(),
        address: "8 Willow Street".to_owned(),
        phone: Phone::parse("010 6555 0100").unwrap(),
        hours: words("9-17"),
        fields: web
            .desk
            .rules
            .disputes()
            .map(|known| known.key.clone())
            .collect(),
        parent: None,
        fee: None,
    };
    let listed = Listed { id, organisation };
    let place = QrPlace {
        code: "b3".to_owned(),
        area: area.clone(),
        address: "Building 3, 8 Willow Street".to_owned(),
        kind: PlaceKind::Door,
    };
    let outcome: Result<(), StorageError> = write_tx!(web.accounts.store, |tx| {
        office::insert_area(tx, &area, &words("Willow")).await?;
        office::insert_organisation(tx, &listed).await?;
        office::insert_place(tx, &place).await
    });
    outcome.unwrap();
    id
}

/// Somebody's browser.
pub(super) struct Visitor<'a> {
    pub(super) house: &'a House,
    pub(super) cookies: BTreeMap<String, String>,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
    /// The body as it came, such as a file's.
    pub(super) bytes: Vec<u8>,
}

impl Answer {
    pub(super) fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// The token in the first form of the page.
    pub(super) fn token(&self) -> &str {
        let rest = self
            .body
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .expect("a form with a token");
        rest.split('"').next().unwrap()
    }
}

impl<'a> Visitor<'a> {
    pub(super) fn of(house: &'a House) -> Self {
        Self {
            house,
            cookies: BTreeMap::new(),
        }
    }

    pub(super) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request
            .headers_mut()
            .insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 4000))));
        let response = self.house.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body.to_vec(),
        }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub(super) fn request(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        Request::post(path)
            .header(header::HOST, "heyi.test")
            .header(header::ORIGIN, "http://heyi.test")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    }

    /// Somebody who has told a matter and is signed in by it.
    pub(super) async fn at_home(house: &'a House, phone: &str) -> Self {
        let mut visitor = Self::of(house);
        visitor.tell_from(phone).await;
        visitor.expect("/start/check", &[], "/start/done").await;
        visitor
    }

    /// The address of the newest case on this visitor's list.
    pub(super) async fn case(&mut self) -> String {
        let list = self.get("/cases").await.body;
        let rest = list.split("href=\"/cases/").nth(1).expect("a case");
        format!("/cases/{}", rest.split('"').next().unwrap())
    }

    /// The token of this browser.
    pub(super) async fn csrf(&mut self) -> String {
        self.get("/verify").await.token().to_owned()
    }

    /// Opens a page and sends its form.
    pub(super) async fn fill(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let token = page.token().to_owned();
        let fields: Vec<_> = [("csrf", token.as_str())]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.send(Self::request(path, &fields)).await
    }

    /// Opens a page and sends its form with a file in it.
    pub(super) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, file): (&str, &[u8]),
    ) -> Answer {
        let page = self.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let token = page.token().to_owned();
        let fields: Vec<_> = [("csrf", token.as_str())]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.send(Self::multipart(path, &fields, (name, file)))
            .await
    }

    /// A form with a file in it; its first field is the token.
    pub(super) fn multipart(
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &[u8]),
    ) -> Request<Body> {
        Self::multipart_of(path, fields, &[file])
    }

    /// A form with files in it; its first field is the token.
    pub(super) fn multipart_of(
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Request<Body> {
        const MARK: &str = "----a-line-between-parts";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!(
                "--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        for (name, file) in files {
            let head = format!(
                "--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"file\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(file);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{MARK}--\r\n").as_bytes());
        Request::post(path)
            .header(header::HOST, "heyi.test")
            .header(header::ORIGIN, "http://heyi.test")
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={MARK}"),
            )
            .body(Body::from(body))
            .unwrap()
    }

    /// The code in the newest message.
    pub(super) async fn code(&self) -> String {
        let mut read = self.house.web.accounts.store.read().await.unwrap();
        messages::newest(&mut read, 1).await.unwrap()[0].facts["code"].clone()
    }

    pub(super) async fn expect(&mut self, path: &str, fields: &[(&str, &str)], to: &str) {
        let answer = self.fill(path, fields).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{path}:\n{}",
            answer.body
        );
        assert_eq!(answer.location(), to, "{path}");
    }

    pub(super) async fn tell(&mut self) {
        self.tell_from("138 0013 8000").await;
    }

    async fn tell_from(&mut self, phone: &str) {
        let story = [
            ("address", "Building 3, 8 Willow Street"),
            ("story", "Drums after ten"),
        ];
        self.tell_whole(phone, &story).await;
    }

    pub(super) async fn tell_at(&mut self, story: &[(&str, &str)]) {
        self.tell_whole("138 0013 8000", story).await;
    }

    async fn tell_whole(&mut self, phone: &str, story: &[(&str, &str)]) {
        self.expect("/start/matter", &[("matter", "noise")], "/start/story")
            .await;
        self.expect("/start/story", story, "/start/wish").await;
        let wish = [
            ("want", "stop"),
            ("want", "money"),
            ("amount", "1200.50"),
            ("wish", "Quiet nights"),
        ];
        self.expect("/start/wish", &wish, "/start/other").await;
        self.expect(
            "/start/other",
            &[("other_name", "The flat above")],
            "/start/me",
        )
        .await;
        self.expect(
            "/start/me",
            &[("name", "王小明"), ("contact", phone)],
            "/start/code",
        )
        .await;
        let code = self.code().await;
        self.expect("/start/code", &[("code", &code)], "/start/check")
            .await;
    }
}
