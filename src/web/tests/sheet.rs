//! The sheet for a door: what it says, where its code leads, and who finds the list of doors.

use axum::http::StatusCode;

use super::link::dispatcher;
use super::visitor::{Visitor, house};
use crate::domain::organisation::Area;
use crate::domain::organisation::town::{PlaceKind, QrPlace};
use crate::domain::wording::Wording;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{StorageError, office, write_tx};
use crate::web::pages::qr;

on_each!(
    the_sheet_of_a_door_leads_to_it_and_names_whom_to_call,
    a_dispatcher_finds_the_sheets_of_the_area,
    the_sheet_of_a_merchants_desk_speaks_of_buying_and_is_small,
);

async fn the_sheet_of_a_door_leads_to_it_and_names_whom_to_call(database: Database) {
    let house = house(database, false).await;
    let mut anybody = Visitor::of(&house);
    let sheet = anybody.get("/q/b3/sheet").await;
    assert_eq!(sheet.status, StatusCode::OK);
    let address = "http://localhost/q/b3";
    for said in [
        &qr::picture(address) as &str,
        address,
        "Building 3, 8 Willow Street",
        "Willow Street</strong>",
        "tel:01065550100",
        "邻里有了纠纷",
        "A quarrel with a neighbour",
        "人民调解不收费",
        "mediation is free",
    ] {
        assert!(sheet.body.contains(said), "{said}:\n{}", sheet.body);
    }
    let led = anybody.get("/q/b3").await;
    assert_eq!(led.location(), "/start/matter");
    for (shape, pages) in [("", 1), ("?size=desk", 1)] {
        let pdf = anybody.get(&format!("/q/b3/sheet.pdf{shape}")).await;
        assert_eq!(pdf.headers["content-type"], "application/pdf");
        let text = String::from_utf8_lossy(&pdf.bytes).into_owned();
        assert!(pdf.bytes.starts_with(b"%PDF-"));
        assert_eq!(text.matches("/Type /Page\n").count(), pages, "{shape}");
    }
    let nowhere = anybody.get("/q/b4/sheet.pdf").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let unknown = anybody.get("/q/b4/sheet").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

fn wording(words: &str) -> Wording {
    Wording {
        zh: words.to_owned(),
        en: words.to_owned(),
    }
}

async fn a_dispatcher_finds_the_sheets_of_the_area(database: Database) {
    let house = house(database, true).await;
    let far = QrPlace {
        code: "far".to_owned(),
        area: Area("hefeng/lin/2".to_owned()),
        address: "1 Forest Road".to_owned(),
        kind: PlaceKind::Door,
    };
    let kept: Result<(), StorageError> = write_tx!(house.web.accounts.store, |tx| {
        office::insert_area(tx, &far.area, &wording("Forest")).await?;
        office::insert_place(tx, &far).await
    });
    kept.unwrap();
    let mut he = dispatcher(&house).await;
    assert!(he.get("/desk").await.body.contains("/desk/doors"));
    let doors = he.get("/desk/doors").await;
    assert!(doors.body.contains("/q/b3/sheet"), "{}", doors.body);
    assert!(!doors.body.contains("/q/far/sheet"), "not of this area");
    let mut wang = Visitor::at_home(&house, "13800138000").await;
    let hidden = wang.get("/desk/doors").await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let demo = wang.get("/demo").await;
    assert!(demo.body.contains("/q/b3/sheet"), "{}", demo.body);
}

async fn the_sheet_of_a_merchants_desk_speaks_of_buying_and_is_small(database: Database) {
    let house = house(database, false).await;
    let desk = QrPlace {
        code: "mall".to_owned(),
        area: Area("hefeng/lin/2".to_owned()),
        address: "1 Forest Mall".to_owned(),
        kind: PlaceKind::MerchantDesk,
    };
    let kept: Result<(), StorageError> = write_tx!(house.web.accounts.store, |tx| {
        office::insert_area(tx, &desk.area, &wording("Forest")).await?;
        office::insert_place(tx, &desk).await
    });
    kept.unwrap();
    let mut anybody = Visitor::of(&house);
    let sheet = anybody.get("/q/mall/sheet").await.body;
    assert!(
        sheet.contains("买卖有了纠纷") && !sheet.contains("邻里有了纠纷"),
        "{sheet}"
    );
    let door = anybody.get("/q/b3/sheet").await.body;
    assert!(door.contains("邻里有了纠纷"));
    let usual = anybody.get("/q/mall/sheet.pdf").await.bytes;
    let cards = anybody.get("/q/mall/sheet.pdf?size=desk").await.bytes;
    let large = anybody.get("/q/mall/sheet.pdf?size=door").await.bytes;
    assert_eq!(usual.len(), cards.len(), "six to cut, where nobody asked");
    assert_ne!(usual.len(), large.len());
}
