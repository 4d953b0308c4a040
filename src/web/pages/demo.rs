//! The demo town: step into anybody with one tap, and read every message that was sent. Not there otherwise.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::sheet;
use crate::accounts::second_factor;
use crate::accounts::sessions::{self, Method};
use crate::domain::actor::Role;
use crate::domain::ids::PersonId;
use crate::domain::organisation::town::QrPlace;
use crate::i18n::Locale;
use crate::storage::accounts::people;
use crate::storage::{Read, messages, office};
use crate::web::viewer::signed_in;
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError};

/// Rows that a list shows.
const MOST: i64 = 200;

#[derive(Serialize)]
pub struct PeoplePage {
    pub people: Vec<Resident>,
    /// Buildings with a QR code on the door.
    pub places: Vec<Door>,
}

/// What scanning the code of a door opens, and the sheet with the code.
#[derive(Serialize)]
pub struct Door {
    pub code: String,
    pub sheet: String,
    pub address: String,
}

/// Somebody to step into.
#[derive(Serialize)]
pub struct Resident {
    pub id: PersonId,
    pub name: String,
    /// The offices held: key of the role's name, and the organisation's name.
    pub posts: Vec<Held>,
    /// The phone or mail address of a party.
    pub contact: Option<String>,
    /// The one-time password of this moment, for whoever has a second factor.
    pub code: Option<String>,
}

#[derive(Serialize)]
pub struct Held {
    pub role: &'static str,
    pub organisation: String,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "pages/demo-people.html";

    fn samples() -> Vec<Self> {
        let resident = |name: &str, contact: Option<&str>, code: Option<&str>| Resident {
            id: PersonId(uuid::Uuid::nil()),
            name: name.to_owned(),
            posts: Role::ALL
                .into_iter()
                .filter(|_| code.is_some())
                .map(|role| Held {
                    role: role.name(),
                    organisation: "Court".to_owned(),
                })
                .collect(),
            contact: contact.map(str::to_owned),
            code: code.map(str::to_owned),
        };
        let people = vec![
            resident("王小明", Some("138****8000"), None),
            resident("赵法官", None, Some("123456")),
        ];
        vec![
            Self {
                people: Vec::new(),
                places: Vec::new(),
            },
            Self {
                people,
                places: vec![Door {
                    code: "b3".to_owned(),
                    sheet: sheet::address("b3"),
                    address: "8 Willow Street".to_owned(),
                }],
            },
        ]
    }
}

#[derive(Serialize)]
pub struct OutboxPage {
    pub messages: Vec<Sent>,
}

#[derive(Serialize)]
pub struct Sent {
    pub to: String,
    /// `sms` or `mail`.
    pub channel: &'static str,
    pub at: Timestamp,
    pub subject: Option<String>,
    /// Its parts, links apart from words.
    pub body: Vec<Piece>,
    pub failure: Option<String>,
}

/// A piece of a message.
#[derive(Serialize)]
pub struct Piece {
    pub text: String,
    pub link: bool,
}

impl Page for OutboxPage {
    const TEMPLATE: &'static str = "pages/demo-outbox.html";

    fn samples() -> Vec<Self> {
        let sent = |channel, failure: Option<&str>| Sent {
            to: "+8613800138000".to_owned(),
            channel,
            at: Timestamp::UNIX_EPOCH,
            subject: failure.is_none().then(|| "Code".to_owned()),
            body: pieces("Look at http://127.0.0.1:8080/i/abc now"),
            failure: failure.map(str::to_owned),
        };
        vec![
            Self {
                messages: Vec::new(),
            },
            Self {
                messages: vec![sent("sms", None), sent("mail", Some("refused"))],
            },
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/demo", Policy::Anyone, show_people)
        .post("/demo/as/{person}", Policy::Anyone, step_into)
        .get("/demo/outbox", Policy::Anyone, show_outbox)
}

async fn show_people(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let mut read = web.accounts.store.read().await?;
    let mut residents = Vec::new();
    for person in people::all(&mut read, MOST).await? {
        let contact = person.phone.as_ref().map(ToString::to_string);
        residents.push(Resident {
            id: person.id,
            name: person.name.to_string(),
            posts: held(&mut read, person.id, viewer.locale).await?,
            contact: contact.or_else(|| person.mail.as_ref().map(ToString::to_string)),
            code: second_factor::current(&web.accounts, person.id).await?,
        });
    }
    let places = office::places(&mut read).await?;
    let door = |place: QrPlace| Door {
        sheet: sheet::address(&place.code),
        code: place.code,
        address: place.address,
    };
    let page = PeoplePage {
        people: residents,
        places: places.into_iter().map(door).collect(),
    };
    viewer.show(&web, &page)
}

async fn held(read: &mut Read, person: PersonId, locale: Locale) -> Result<Vec<Held>, WebError> {
    let mut held = Vec::new();
    for post in office::posts(read, person).await? {
        let listed = office::organisation(read, post.organisation).await?;
        let name = listed.map(|listed| listed.organisation.name.for_tag(locale.tag()).to_owned());
        held.push(Held {
            role: post.role.name(),
            organisation: name.unwrap_or_default(),
        });
    }
    Ok(held)
}

async fn step_into(
    State(web): State<Web>,
    Path(person): Path<PersonId>,
) -> Result<Response, WebError> {
    people::load(&mut web.accounts.store.read().await?, person)
        .await?
        .ok_or(WebError::NotFound)?;
    let token = sessions::open(&web.accounts, person, Method::Full).await?;
    Ok(signed_in(&web, &token, "/cases"))
}

async fn show_outbox(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let newest = messages::newest(&mut web.accounts.store.read().await?, MOST).await?;
    let messages = newest
        .into_iter()
        .map(|message| Sent {
            to: message.address,
            channel: message.channel.name(),
            at: message.created_at,
            subject: message.words.as_ref().map(|words| words.subject.clone()),
            body: message
                .words
                .map_or_else(Vec::new, |words| pieces(&words.body)),
            failure: message.failure,
        })
        .collect();
    viewer.show(&web, &OutboxPage { messages })
}

/// Parts a text at its addresses, so that they can be tapped.
fn pieces(body: &str) -> Vec<Piece> {
    body.split_inclusive(char::is_whitespace)
        .map(|word| {
            let link = word.starts_with("http://") || word.starts_with("https://");
            Piece {
                text: word.to_owned(),
                link,
            }
        })
        .collect()
}
