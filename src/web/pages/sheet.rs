//! The sheet for a building's door: one A4 page with its QR code, and the list of the doors a dispatcher looks after.

mod print;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::qr;
use crate::domain::organisation::town::{PlaceKind, QrPlace};
use crate::domain::organisation::{Organisation, OrganisationKind};
use crate::domain::permission::{prints_sheets, prints_sheets_for};
use crate::i18n::{Locale, Text, Texts};
use crate::storage::office;
use crate::web::{Page, Path, Policy, Routes, Viewer, Web, WebError};

/// A page to print. It says everything in both languages, whoever prints it.
#[derive(Serialize)]
pub struct SheetPage {
    /// The address of the door's building, as its people write it.
    pub door: String,
    /// What the QR code says, for whoever types it.
    pub url: String,
    pub picture: String,
    /// Chinese first.
    pub sides: Vec<Side>,
}

/// What the sheet says in one language.
#[derive(Serialize)]
pub struct Side {
    pub locale: Locale,
    pub title: String,
    pub what: String,
    pub scan: String,
    /// Said of a people's committee alone (人民调解法 4).
    pub free: Option<String>,
    pub or: String,
    pub body: Option<Body>,
}

/// Whom the sheet leads to.
#[derive(Serialize)]
pub struct Body {
    pub name: String,
    pub phone: String,
    pub address: String,
    pub hours: String,
}

#[derive(Serialize)]
pub struct DoorsPage {
    pub doors: Vec<Door>,
}

#[derive(Serialize)]
pub struct Door {
    pub href: String,
    /// The screen of a community that stands there.
    pub kiosk: String,
    pub address: String,
    /// What it is, such as a merchants' desk.
    pub kind: Text,
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "pages/sheet.html";

    fn samples() -> Vec<Self> {
        let side = |locale, known: bool| Side {
            locale,
            title: "邻里有纠纷".to_owned(),
            what: "噪音、漏水".to_owned(),
            scan: "扫一扫".to_owned(),
            free: known.then(|| "不收费".to_owned()),
            or: "打电话".to_owned(),
            body: known.then(|| Body {
                name: "柳荫社区人民调解委员会".to_owned(),
                phone: "01065550101".to_owned(),
                address: "柳荫路1号".to_owned(),
                hours: "9:00—17:00".to_owned(),
            }),
        };
        let sheet = |known| Self {
            door: "柳荫小区3号楼".to_owned(),
            url: "https://heyi.example/q/LY-03-2".to_owned(),
            picture: qr::picture("https://heyi.example/q/LY-03-2"),
            sides: Locale::ALL.map(|locale| side(locale, known)).into(),
        };
        vec![sheet(true), sheet(false)]
    }
}

impl Page for DoorsPage {
    const TEMPLATE: &'static str = "pages/doors.html";

    fn samples() -> Vec<Self> {
        let door = Door {
            href: "/q/LY-03-2/sheet".to_owned(),
            kiosk: "/kiosk/LY-03-2".to_owned(),
            kind: kind_text(PlaceKind::MerchantDesk),
            address: "柳荫小区3号楼".to_owned(),
        };
        vec![Self { doors: vec![] }, Self { doors: vec![door] }]
    }
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/q/{place}/sheet", Policy::Anyone, show)
        .get("/q/{place}/sheet.pdf", Policy::Anyone, print::one)
        .get("/desk/doors", Policy::Office(prints_sheets), list)
        .get(
            "/desk/doors.pdf",
            Policy::Office(prints_sheets),
            print::many,
        )
}

/// Where the sheet of a door is.
pub(super) fn address(code: &str) -> String {
    format!("/q/{code}/sheet")
}

/// Open to anybody, as the door is.
async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let mut read = web.accounts.store.read().await?;
    let place = office::place(&mut read, &code).await?;
    let place = place.ok_or(WebError::NotFound)?;
    let body = body(&web, &place).await?;
    let url = format!("{}/q/{}", web.chancery.address, place.code);
    let side = |locale| side(&web.texts, locale, (place.kind, body.as_ref()));
    let page = SheetPage {
        picture: qr::picture(&url),
        url,
        sides: [Locale::ZhCn, Locale::En].map(side).into(),
        door: place.address,
    };
    viewer.show(&web, &page)
}

/// Who takes in what happens behind the door, whatever it is.
async fn body(web: &Web, place: &QrPlace) -> Result<Option<Organisation>, WebError> {
    let mut read = web.accounts.store.read().await?;
    let rules = web.desk.rules.of(&place.area.district());
    let id = crate::office::committee_at(&mut read, rules, &place.area).await?;
    let Some(id) = id else { return Ok(None) };
    let listed = office::organisation(&mut read, id).await?;
    Ok(listed.map(|listed| listed.organisation))
}

fn side(texts: &Texts, locale: Locale, (kind, body): (PlaceKind, Option<&Organisation>)) -> Side {
    let say = |key| texts.t(locale, key, &[]);
    let free = body.is_some_and(|body| body.kind == OrganisationKind::People);
    Side {
        locale,
        title: say(if kind.sells() {
            "sheet-title-shop"
        } else {
            "sheet-title"
        }),
        what: say(match kind {
            PlaceKind::Shop | PlaceKind::MerchantDesk => "sheet-what-shop",
            PlaceKind::GridStation => "sheet-what-grid",
            PlaceKind::Door | PlaceKind::Kiosk => "sheet-what",
        }),
        scan: say("sheet-scan"),
        free: free.then(|| say("common-footer-free")),
        or: say("sheet-or"),
        body: body.map(|body| Body {
            name: body.name.for_tag(locale.tag()).to_owned(),
            phone: body.phone.domestic(),
            address: body.address.clone(),
            hours: body.hours.for_tag(locale.tag()).to_owned(),
        }),
    }
}

fn kind_text(kind: PlaceKind) -> Text {
    Text::key(format!("sheet-kind-{}", kind.name().replace('_', "-")))
}

/// The doors in the areas of the reader's committees.
async fn places_of(web: &Web, viewer: &Viewer) -> Result<Vec<QrPlace>, WebError> {
    let bodies = prints_sheets_for(&viewer.actor);
    if bodies.is_empty() {
        return Err(WebError::NotFound);
    }
    let mut read = web.accounts.store.read().await?;
    let mut areas = Vec::new();
    for body in bodies {
        let listed = office::organisation(&mut read, body).await?;
        areas.extend(listed.map(|listed| listed.organisation.area));
    }
    let mut places = office::places(&mut read).await?;
    places.retain(|place| areas.iter().any(|area| area.covers(&place.area)));
    Ok(places)
}

async fn list(State(web): State<Web>, viewer: Viewer) -> Result<Response, WebError> {
    let door = |place: QrPlace| Door {
        href: address(&place.code),
        kiosk: format!("/kiosk/{}", place.code),
        kind: kind_text(place.kind),
        address: place.address,
    };
    let places = places_of(&web, &viewer).await?;
    let doors = places.into_iter().map(door).collect();
    viewer.show(&web, &DoorsPage { doors })
}
