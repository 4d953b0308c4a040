//! Looking for cases: found is what the reader may see and nothing else, by whole numbers and by parts of names.

use axum::http::StatusCode;

use super::link::dispatcher;
use super::visitor::{Answer, House, Visitor, house};
use crate::domain::fixture::{COMMITTEE, Quarrel, rules};
use crate::domain::identity::{PersonName, Phone};
use crate::domain::ids::{CaseId, OrganisationId};
use crate::storage::fixture::{Database, on_each, put};
use crate::storage::{StorageError, cases, write_tx};

on_each!(
    a_case_is_found_by_number_phone_name_and_address,
    what_one_may_not_see_is_not_found_either,
    no_sign_stands_for_other_signs,
    what_is_left_of_many_is_found_further_back,
    a_changed_name_is_found_and_the_former_is_not,
);

/// Stores a case of the committee with this number, claimant, phone and address.
async fn keep(house: &House, of: OrganisationId, said: [&str; 4]) -> crate::domain::case::Case {
    let rules = rules();
    let mut case = Quarrel::new(&rules).received().case;
    let [number, name, phone, address] = said;
    case.id = CaseId(house.web.desk.clock.new_id());
    case.organisation = of;
    number.clone_into(&mut case.number);
    case.parties[0].name = PersonName::parse(name).unwrap();
    case.parties[0].contact.phone = Some(Phone::parse(phone).unwrap());
    for place in [&mut case.parties[0].address, &mut case.place.address] {
        address.clone_into(place);
    }
    let kept: Result<(), StorageError> = write_tx!(house.web.desk.store, |tx| {
        cases::insert(tx, &case).await
    });
    kept.unwrap();
    case
}

async fn look(reader: &mut Visitor<'_>, q: &str) -> Answer {
    reader.fill("/desk/search", &[("q", q)]).await
}

fn numbers(page: &Answer) -> Vec<&str> {
    assert!(page.status.is_success(), "{}", page.body);
    let list = page.body.split("找到的案件").nth(1).unwrap();
    let list = list.split("<form").next().unwrap();
    let mut found: Vec<_> = list
        .match_indices("和调〔2026〕")
        .map(|(at, sign)| &list[at + sign.len()..][..6])
        .collect();
    found.sort_unstable();
    found
}

const FIRST: [&str; 4] = [
    "和调〔2026〕000501号",
    "欧阳晴",
    "13900000501",
    "梧桐巷 7 号院 2 单元",
];
const SECOND: [&str; 4] = [
    "和调〔2026〕000502号",
    "欧阳雨",
    "13900000502",
    "银杏路 19 号",
];

async fn a_case_is_found_by_number_phone_name_and_address(database: Database) {
    let house = house(database, false).await;
    for said in [FIRST, SECOND] {
        keep(&house, house.committee, said).await;
    }
    let mut he = dispatcher(&house).await;
    for (q, found) in [
        ("和调〔2026〕000501号", &["000501"][..]),
        ("2026-502", &["000502"]),
        ("139 0000 0501", &["000501"]),
        ("欧阳", &["000501", "000502"]),
        ("欧阳晴", &["000501"]),
        ("梧桐巷7号院", &["000501"]),
        ("欧阳 银杏", &["000502"]),
        ("2026-503", &[]),
        ("13900000503", &[]),
        ("晴欧阳", &[]),
    ] {
        let page = look(&mut he, q).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(numbers(&page), found, "{q}");
    }
    let short = look(&mut he, "晴").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("id=\"q-error\"") && short.body.contains("晴"));
    let narrow = [("q", "欧阳"), ("stage", "mediate")];
    assert!(numbers(&he.fill("/desk/search", &narrow).await).is_empty());
    let narrow = [
        ("q", ""),
        ("stage", "accept"),
        ("dispute", "noise"),
        ("from", "2026-01-01"),
    ];
    assert_eq!(numbers(&he.fill("/desk/search", &narrow).await).len(), 2);
    let narrow = [("q", "欧阳"), ("until", "2026-01-01")];
    assert!(numbers(&he.fill("/desk/search", &narrow).await).is_empty());
}

async fn what_one_may_not_see_is_not_found_either(database: Database) {
    let house = house(database, false).await;
    keep(&house, COMMITTEE, FIRST).await;
    keep(&house, house.committee, SECOND).await;
    let mut he = dispatcher(&house).await;
    for q in ["2026-501", "13900000501", "欧阳晴", "梧桐巷"] {
        assert!(numbers(&look(&mut he, q).await).is_empty(), "{q}");
    }
    assert_eq!(numbers(&look(&mut he, "").await), ["000502"]);
    let wang = Visitor::at_home(&house, "13800138000")
        .await
        .get("/desk/search")
        .await;
    assert_eq!(wang.status, StatusCode::NOT_FOUND);
}

async fn no_sign_stands_for_other_signs(database: Database) {
    let house = house(database, false).await;
    keep(&house, house.committee, FIRST).await;
    let mut he = dispatcher(&house).await;
    for q in [
        "欧_晴",
        "欧阳%",
        "%%",
        "__",
        "**",
        "欧?晴",
        "' OR '1'='1",
        "和调%",
    ] {
        let page = look(&mut he, q).await;
        // Signs are left out and letters count: too few of them are not looked for at all.
        let few = page.status == StatusCode::UNPROCESSABLE_ENTITY;
        let found = if few { 0 } else { numbers(&page).len() };
        assert_eq!(found, usize::from(q == "欧阳%"), "{q}");
    }
}

async fn what_is_left_of_many_is_found_further_back(database: Database) {
    let house = house(database, false).await;
    for number in 0..30 {
        let number = format!("和调〔2026〕{:06}号", 600 + number);
        let said = [&number, "欧阳晴", "13900000501", "梧桐巷 7 号院"];
        keep(&house, house.committee, said).await;
    }
    let mut he = dispatcher(&house).await;
    let first = look(&mut he, "梧桐巷").await;
    assert_eq!(numbers(&first).len(), 20);
    let after = first.body.split("name=\"after\" value=\"").nth(1).unwrap();
    let after = after.split('"').next().unwrap().to_owned();
    let more = [("q", "梧桐巷"), ("after", after.as_str())];
    let rest = he.fill("/desk/search", &more).await;
    assert_eq!(numbers(&rest).len(), 10);
    assert!(!rest.body.contains("name=\"after\""), "that was all");
    assert!(
        numbers(&rest)
            .iter()
            .all(|number| !numbers(&first).contains(number))
    );
}

async fn a_changed_name_is_found_and_the_former_is_not(database: Database) {
    let house = house(database, false).await;
    let mut case = keep(&house, house.committee, FIRST).await;
    case.version += 1;
    case.parties[0].name = PersonName::parse("司马青").unwrap();
    let now = house.web.desk.clock.now();
    let changed: Result<(), StorageError> =
        write_tx!(house.web.desk.store, |tx| { put(tx, &case, now).await });
    changed.unwrap();
    let mut he = dispatcher(&house).await;
    assert_eq!(numbers(&look(&mut he, "司马").await), ["000501"]);
    assert!(numbers(&look(&mut he, "欧阳").await).is_empty());
}
