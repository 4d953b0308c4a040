//! Where the head of a body keeps the list of its rooms for meeting people, which mediators choose from.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use crate::domain::ids::{MeetingRoomId, OrganisationId};
use crate::domain::meeting_room::MeetingRoom;
use crate::domain::permission::{heads, heads_any};
use crate::i18n::Text;
use crate::storage::office::{self, Listed};
use crate::storage::{StorageError, meeting_rooms, write_tx};
use crate::web::{Choice, Form, Page, Policy, Routes, Viewer, Web, WebError, parse, see_other};

const HERE: &str = "/desk/rooms";
/// Seats in one room.
const MOST_SEATS: u32 = 200;

#[derive(Serialize)]
pub struct MeetingRoomsPage {
    pub form: Form,
    pub bodies: Vec<BodyRooms>,
    /// The bodies to choose from for a new room.
    pub choices: Vec<Choice>,
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
            },
            Self {
                form: wrong,
                bodies: vec![body(vec![room.clone()]), body(vec![room])],
                choices: vec![choice(), choice()],
            },
        ]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new().form(HERE, Policy::Office(heads_any), show, change)
}

/// The bodies that the reader heads.
async fn headed(web: &Web, viewer: &Viewer) -> Result<Vec<Listed>, WebError> {
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
    form: Form,
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
    })
}

async fn show(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let bodies = headed(&web, &viewer).await?;
    let address = bodies.first().map(|body| body.organisation.address.clone());
    let form = Form::blank().filled("address", address.unwrap_or_default());
    viewer.show(&web, &page(&web, &viewer, &bodies, form).await?)
}

async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    mut form: Form,
) -> Result<Response, WebError> {
    let bodies = headed(&web, &viewer).await?;
    let body = of_form(&bodies, &form).ok_or(WebError::NotFound)?;
    if form.value("do") == "discard" {
        let room: MeetingRoomId = form
            .value("room")
            .parse()
            .map_err(|_none| WebError::NotFound)?;
        let gone: Result<(), StorageError> = write_tx!(web.desk.store, |tx| {
            meeting_rooms::discard(tx, body.id, room).await
        });
        gone?;
        return Ok(see_other(HERE));
    }
    if let Some(room) = read(&web, &mut form, body.id) {
        let district = body.organisation.area.district();
        let kept: Result<bool, StorageError> = write_tx!(web.desk.store, |tx| {
            meeting_rooms::keep(tx, &district, &room).await
        });
        if kept? {
            return Ok(see_other(HERE));
        }
        form.refuse("name", Text::key("desk-rooms-known"));
    }
    viewer.show_again(&web, &page(&web, &viewer, &bodies, form).await?)
}

/// The body that the form names; the only one need not be named.
fn of_form<'a>(bodies: &'a [Listed], form: &Form) -> Option<&'a Listed> {
    match (bodies, form.value("body")) {
        ([only], "") => Some(only),
        (several, named) => several.iter().find(|body| body.id.to_string() == named),
    }
}

fn read(web: &Web, form: &mut Form, organisation: OrganisationId) -> Option<MeetingRoom> {
    let name = form.read("name", parse::printed(30));
    let address = form.read("address", parse::printed(100));
    let seats = form.read("seats", seats);
    Some(MeetingRoom {
        id: MeetingRoomId(web.desk.clock.new_id()),
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
