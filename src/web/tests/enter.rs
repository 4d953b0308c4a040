//! Writing a matter down for somebody: at the door, at the counter, from a letter.

use axum::http::StatusCode;

use super::matter::Matter;
use super::visitor::{Answer, Visitor, house};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::fixture::{GRID_WORKER, Quarrel, actor};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::intake::{ConsentWay, IntakeFileKind, Source};
use crate::domain::permission::may_open;
use crate::domain::rules::Rules;
use crate::storage::fixture::{Database, on_each};

const HERE: &str = "/desk/enter";
/// A picture by its first bytes.
const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0];

on_each!(
    a_grid_worker_writes_a_matter_down_and_sees_it_until_the_party_comes,
    nothing_typed_is_lost_and_nothing_is_filed_without_consent_or_a_way_to_the_person,
    what_may_have_been_told_already_is_pointed_out_before_it_is_filed,
);

fn told() -> Vec<(&'static str, &'static str)> {
    vec![
        ("source", "grid_worker"),
        ("my_name", "老秦"),
        ("my_contact", "13900000077"),
        ("language", "wu"),
        ("matter", "noise"),
        ("address", "高街 7 号院 3 号"),
        ("story", "楼上半夜拖桌子，老人睡不着。"),
        ("want", "stop"),
        ("wish", "夜里安静"),
        ("other_name", "高远"),
        ("consent", "in_person"),
        ("agreed", "yes"),
        ("asked", "yes"),
        ("way", "mediation"),
        ("do", "file"),
    ]
}

fn with(field: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut fields = told();
    fields.retain(|(name, _)| *name != field);
    fields.push((field, value));
    fields
}

/// A case that is there already, under a number that no other draws.
fn known(rules: &Rules) -> Case {
    let mut case = Quarrel::new(rules).received().case;
    "和调〔2026〕000900号".clone_into(&mut case.number);
    case
}

async fn send(visitor: &mut Visitor<'_>, fields: &[(&str, &str)]) -> Answer {
    visitor.upload(HERE, fields, ("scene", b"")).await
}

async fn filed(matter: &Matter<'_>, answer: &Answer) -> Case {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let id: CaseId = answer
        .location()
        .rsplit('/')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let store = &matter.house.web.desk.store;
    let found = crate::storage::cases::load(&mut store.read().await.unwrap(), id).await;
    found.unwrap().unwrap()
}

async fn a_grid_worker_writes_a_matter_down_and_sees_it_until_the_party_comes(database: Database) {
    let house = house(database, false).await;
    let rules = house.web.desk.rules.clone();
    let matter = Matter::begin(&house, known(&rules)).await;
    let mut worker = matter.visitor("grid_worker").await;
    let draft = [("story", "楼上半夜拖桌子"), ("do", "save")];
    let saved = worker.upload(HERE, &draft, ("scene", PHOTO)).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    assert!(
        worker.get(HERE).await.body.contains("楼上半夜拖桌子"),
        "saved"
    );
    let case = filed(&matter, &send(&mut worker, &told()).await).await;
    assert_eq!(case.intake.source, Source::GridWorker);
    assert_eq!(
        case.stage.name(),
        "mediate.received",
        "the party asked for it"
    );
    let entry = case.intake.entry.as_ref().unwrap();
    assert_eq!(
        (entry.by, entry.consent.how),
        (GRID_WORKER, ConsentWay::InPerson)
    );
    let file = &case.intake.files[0];
    assert_eq!(file.kind, IntakeFileKind::Scene);
    let mine = actor("grid_worker");
    assert!(case.may_see(&mine) && case.seat_for(&mine).is_none());
    let page = worker.get(&format!("/cases/{}?lang=zh-CN", case.id)).await;
    assert!(page.body.contains("网格员代为登记"), "{}", page.body);
    assert!(may_open(&actor("dispatcher"), &case, &file.file));
    assert!(!may_open(&actor("respondent"), &case, &file.file));
    assert!(!may_open(&actor("supervisor"), &case, &file.file));
    let claimant = &case.parties[0];
    let accounts = Actor::System {
        system: System::Accounts,
    };
    let take = Action::TakeSeat {
        party: claimant.id,
        person: PersonId(uuid::Uuid::from_u128(0x77)),
        proven: claimant.contact.clone(),
    };
    let desk = &house.web.desk;
    let seated = crate::casework::perform(desk, &accounts, case.id, take)
        .await
        .unwrap();
    assert!(!seated.may_see(&mine), "the party looks after it now");
    let gone = worker.get(&format!("/cases/{}", case.id)).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    for name in ["claimant", "mediator", "judge", "supervisor"] {
        let answer = matter.visitor(name).await.get(HERE).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
}

async fn nothing_typed_is_lost_and_nothing_is_filed_without_consent_or_a_way_to_the_person(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = house.web.desk.rules.clone();
    let matter = Matter::begin(&house, known(&rules)).await;
    let mut officer = matter.visitor("intake_officer").await;
    for (fields, wrong) in [
        (with("agreed", ""), "agreed"),
        (with("consent", ""), "consent"),
        (with("my_contact", ""), "my_contact"),
        (with("source", "police"), "source"),
        (with("story", ""), "story"),
    ] {
        let refused = send(&mut officer, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(
            refused.body.contains(&format!("id=\"{wrong}-error\"")),
            "{wrong}"
        );
        assert!(refused.body.contains("老秦"), "{wrong}");
    }
    for field in ["story", "wish", "address", "other_name"] {
        let refused = send(&mut officer, &with(field, "半夜拖桌子😀")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let beside = refused.body.split(&format!("id=\"{field}-error\"")).nth(1);
        assert!(beside.is_some_and(|it| it.contains('😀')), "named: {field}");
        assert!(refused.body.contains("半夜拖桌子😀"), "and kept: {field}");
    }
    let song = officer
        .upload(HERE, &with("do", "save"), ("scene", b"ID3\x04\0\0\0\0\0\0"))
        .await;
    assert_eq!(song.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(song.body.contains("id=\"scene-error\""));
    let mut without_phone = with("my_contact", "");
    without_phone.push(("through_name", "秦小妹"));
    without_phone.push(("through_phone", "13900000078"));
    let case = filed(&matter, &send(&mut officer, &without_phone).await).await;
    let person = case.intake.entry.unwrap().contact_person.unwrap();
    assert_eq!(person.name.as_str(), "秦小妹");
}

async fn what_may_have_been_told_already_is_pointed_out_before_it_is_filed(database: Database) {
    let house = house(database, false).await;
    let rules = house.web.desk.rules.clone();
    let matter = Matter::begin(&house, known(&rules)).await;
    let mut officer = matter.visitor("intake_officer").await;
    let again = with("my_contact", "13800000001");
    let asked = send(&mut officer, &again).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = asked.body.contains("手上有相似的案子") && !asked.body.contains(&matter.case.number);
    assert!(told, "whose it is, and no more: {}", asked.body);
    let mut dispatcher = matter.visitor("dispatcher").await;
    let seen = send(&mut dispatcher, &again).await;
    assert!(seen.body.contains(&matter.case.number), "{}", seen.body);
    assert!(
        !asked.body.contains(&matter.case.story),
        "and nothing of what is in it"
    );
    let mut another = again;
    another.push(("another", "yes"));
    filed(&matter, &send(&mut officer, &another).await).await;
}
