//! Where the head of a body keeps the list of its rooms for meeting people, which mediators choose from.

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{MeetingRoomId, OrganisationId};
use crate::domain::meeting_room::MeetingRoom;
use crate::domain::permission::{heads, heads_any};
use crate::i18n::Text;
use crate::storage::office::{self, Listed};
use crate::storage::{StorageError, meeting_rooms, write_tx};
use crate::web::{
    Choice, Form, Page, Policy, Query, Routes, Viewer, Web, WebError, parse, see_other,
};

const HERE: &str = "/desk/rooms";
/// Seats in one room.
const MOST_SEATS: u32 = 200;

#[derive(Serialize)]
pub struct MeetingRoomsPage {
    pub form: Form,
    pub bodies: Vec<BodyRooms>,
    /// The bodies to choose from for a new room.
    pub choices: Vec<Choice>,
    /// The room whose entry is being changed; without one another is added.
    pub room: Option<Entry>,
}

/// A room of a body.
#[derive(Clone, Serialize)]
pub struct Entry {
    pub body: String,
    pub id: String,
}

/// The room to change.
#[derive(Deserialize)]
struct Asked {
    room: Option<String>,
}

#[derive(Clone, Serialize)]
pub struct BodyRooms {
    pub id: String,
    pub name: String,
    pub rooms: Vec<RoomFace>,
}

#[derive(Clone, Serialize)]
pub struct RoomFace {
    pub id: String,
    pub name: String,
    pub address: String,
    pub seats: u32,
}

impl Page for MeetingRoomsPage {
    const TEMPLATE: &'static str = "pages/meeting-rooms.html";

    fn samples() -> Vec<Self> {
        let name = "柳荫社区人民调解委员会".to_owned();
        let body = |rooms| BodyRooms {
            id: "1".to_owned(),
            name: name.clone(),
            rooms,
        };
        let room = RoomFace {
            id: "1".to_owned(),
            name: "1号调解室".to_owned(),
            address: "和平路8号".to_owned(),
            seats: 8,
        };
        let choice = || Choice {
            value: "1".to_owned(),
            label: name.clone(),
            hint: String::new(),
        };
        let mut wrong = Form::blank().filled("seats", "0");
        for field in ["name", "address"] {
            wrong.read(field, parse::printed(50));
        }
        wrong.read("seats", seats);
        vec![
            Self {
                form: Form::blank(),
                bodies: vec![body(Vec::new())],
                choices: vec![choice()],
                room: None,
            },
            Self {
                form: Form::blank().filled("name", "1号调解室"),
                bodies: vec![body(vec![room.clone()])],
                choices: vec![choice()],
                room: Some(Entry {
                    body: "1".to_owned(),
                    id: "1".to_owned(),
                }),
            },
            Self {
                form: wrong,
                bodies: vec![body(vec![room.clone()]), body(vec![room])],
                choices: vec![choice(), choice()],
                room: None,
            },
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(HERE, Policy::Office(heads_any), show, change)
}

/// The bodies that the reader heads; nothing is found for whoever heads none.
pub(super) async fn headed(web: &Web, viewer: &Viewer) -> Result<Vec<Listed>, WebError> {
    viewer.person()?;
    let mut read = web.desk.store.read().await?;
    let mut bodies = Vec::new();
    for id in heads(&viewer.actor) {
        bodies.extend(office::organisation(&mut read, id).await?);
    }
    if bodies.is_empty() {
        return Err(WebError::NotFound);
    }
    Ok(bodies)
}

async fn page(
    web: &Web,
    viewer: &Viewer,
    headed: &[Listed],
    (form, room): (Form, Option<Entry>),
) -> Result<MeetingRoomsPage, WebError> {
    let mut read = web.desk.store.read().await?;
    let mut bodies = Vec::new();
    for body in headed {
        let rooms = meeting_rooms::of_organisation(&mut read, body.id).await?;
        let face = |room: MeetingRoom| RoomFace {
            id: room.id.to_string(),
            name: room.name,
            address: room.address,
            seats: room.seats,
        };
        let name = &body.organisation.name;
        bodies.push(BodyRooms {
            id: body.id.to_string(),
            name: name.for_tag(viewer.locale.tag()).to_owned(),
            rooms: rooms.into_iter().map(face).collect(),
        });
    }
    let choice = |body: &BodyRooms| Choice {
        value: body.id.clone(),
        label: body.name.clone(),
        hint: String::new(),
    };
    Ok(MeetingRoomsPage {
        form,
        choices: bodies.iter().map(choice).collect(),
        bodies,
        room,
    })
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let bodies = headed(&web, &viewer).await?;
    let shown = if let Some(room) = asked.room {
        let room = known(&web, &bodies, &room).await?;
        let form = Form::blank()
            .filled("name", &*room.name)
            .filled("address", &*room.address)
            .filled("seats", room.seats.to_string());
        (form, Some(Entry::of(&room)))
    } else {
        let address = bodies.first().map(|body| body.organisation.address.clone());
        let form = Form::blank().filled("address", address.unwrap_or_default());
        (form, None)
    };
    viewer.show(&web, &page(&web, &viewer, &bodies, shown).await?)
}

impl Entry {
    fn of(room: &MeetingRoom) -> Self {
        Self {
            body: room.organisation.to_string(),
            id: room.id.to_string(),
        }
    }
}

/// A room on one of their lists.
async fn known(web: &Web, bodies: &[Listed], id: &str) -> Result<MeetingRoom, WebError> {
    let mut read = web.desk.store.read().await?;
    for body in bodies {
        let rooms = meeting_rooms::of_organisation(&mut read, body.id).await?;
        let mut rooms = rooms.into_iter();
        if let Some(room) = rooms.find(|room| room.id.to_string() == id) {
            return Ok(room);
        }
    }
    Err(WebError::NotFound)
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let bodies = headed(&web, &viewer).await?;
    let mut room = None;
    let done = match form.value("do") {
        "discard" => {
            let gone = known(&web, &bodies, form.value("room")).await?;
            discard(&web, &mut form, &gone).await?
        }
        "change" => {
            let before = known(&web, &bodies, form.value("room")).await?;
            room = Some(Entry::of(&before));
            mend(&web, &mut form, &before).await?
        }
        _ => add(&web, &mut form, &bodies).await?,
    };
    if done {
        return Ok(see_other(HERE));
    }
    viewer.show_again(&web, &page(&web, &viewer, &bodies, (form, room)).await?)
}

async fn add(web: &Web, form: &mut Form, bodies: &[Listed]) -> Result<bool, WebError> {
    let body = of_form(bodies, form).ok_or(WebError::NotFound)?;
    let id = MeetingRoomId(web.desk.clock.new_id());
    let Some(room) = read(form, id, body.id) else {
        return Ok(false);
    };
    let district = body.organisation.area.district();
    let kept: Result<bool, StorageError> = write_tx!(web.desk.store, |tx| {
        meeting_rooms::keep(tx, &district, &room).await
    });
    Ok(unless_known(form, kept?))
}

/// Under the id that the sessions there know it by.
async fn mend(web: &Web, form: &mut Form, before: &MeetingRoom) -> Result<bool, WebError> {
    let Some(room) = read(form, before.id, before.organisation) else {
        return Ok(false);
    };
    let changed: Result<bool, StorageError> = write_tx!(web.desk.store, |tx| {
        meeting_rooms::change(tx, &room).await
    });
    Ok(unless_known(form, changed?))
}

fn unless_known(form: &mut Form, done: bool) -> bool {
    if !done {
        form.refuse("name", Text::key("desk-rooms-known"));
    }
    done
}

async fn discard(web: &Web, form: &mut Form, room: &MeetingRoom) -> Result<bool, WebError> {
    let now = web.desk.clock.now();
    let gone: Result<bool, StorageError> = write_tx!(web.desk.store, |tx| {
        meeting_rooms::discard(tx, room.organisation, room.id, now).await
    });
    let gone = gone?;
    if !gone {
        form.refuse_whole(Text::key("desk-rooms-in-use").with("name", &*room.name));
    }
    Ok(gone)
}

/// The body that the form names; the only one need not be named.
fn of_form<'a>(bodies: &'a [Listed], form: &Form) -> Option<&'a Listed> {
    match (bodies, form.value("body")) {
        ([only], "") => Some(only),
        (several, named) => several.iter().find(|body| body.id.to_string() == named),
    }
}

fn read(form: &mut Form, id: MeetingRoomId, organisation: OrganisationId) -> Option<MeetingRoom> {
    let name = form.read("name", parse::printed(30));
    let address = form.read("address", parse::printed(100));
    let seats = form.read("seats", seats);
    Some(MeetingRoom {
        id,
        organisation,
        name: name?,
        address: address?,
        seats: seats?,
    })
}

fn seats(text: &str) -> Result<u32, Text> {
    let number = text.trim().parse().ok();
    let number = number.filter(|it| (1..=MOST_SEATS).contains(it));
    number.ok_or_else(|| Text::key("desk-rooms-seats-wrong").with("most", MOST_SEATS))
}
