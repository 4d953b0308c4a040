//! More than two people in one matter, told on the pages without a script.

use super::matter::Matter;
use super::*;
use crate::domain::case::Case;
use crate::domain::fixture::Quarrel;
use crate::domain::ids::CaseId;
use crate::domain::party::PartyRole;
use crate::storage::cases;

on_each!(
    five_people_are_named_one_by_one_and_nothing_typed_is_lost,
    at_the_counter_further_people_are_added_as_well,
    no_more_people_are_asked_for_than_sign_one_agreement,
    one_more_is_added_to_an_open_case_and_asked_to_come,
);

const HERE: &str = "/start/other";

/// Up to the question who else there is.
async fn begun(house: &House) -> Visitor<'_> {
    let mut visitor = Visitor::of(house);
    let story = [("address", "柳荫里 3 号楼"), ("story", "夜里打鼓")];
    let wish = [("want", "stop"), ("wish", "安静")];
    visitor
        .expect("/start/matter", &[("matter", "noise")], "/start/story")
        .await;
    visitor.expect("/start/story", &story, "/start/wish").await;
    visitor.expect("/start/wish", &wish, HERE).await;
    visitor
}

/// The claimant says who they are and looks once more at everybody named.
async fn told(house: &House, visitor: &mut Visitor<'_>, names: &[&str]) -> Case {
    let me = [("name", "安和"), ("contact", "13800138000")];
    visitor.expect("/start/me", &me, "/start/code").await;
    let code = visitor.code().await;
    visitor
        .expect("/start/code", &[("code", &code)], "/start/check")
        .await;
    let check = visitor.get("/start/check").await.body;
    for name in names {
        assert!(check.contains(name), "{name}: {check}");
    }
    visitor.expect("/start/check", &[], "/start/done").await;
    let path = visitor.case().await;
    let id: CaseId = path.rsplit('/').next().unwrap().parse().unwrap();
    let mut read = house.web.desk.store.read().await.unwrap();
    cases::load(&mut read, id).await.unwrap().unwrap()
}

/// Nobody of whom it is not said on which side they stand, nor two people under one number.
async fn refused_beside(visitor: &mut Visitor<'_>, people: &mut Vec<(&str, &str)>) {
    let refused = visitor.fill(HERE, people).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"further1_side-error\"") && refused.body.contains("安心"));
    people.push(("further1_side", "claimant"));
    let refused = visitor.fill(HERE, people).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("id=\"further1_contact-error\""),
        "{}",
        refused.body
    );
}

async fn five_people_are_named_one_by_one_and_nothing_typed_is_lost(database: Database) {
    let house = house(database, false).await;
    let mut visitor = begun(&house).await;
    let more = [("do", "more"), ("further", "0"), ("other_name", "康宁")];
    visitor.expect(HERE, &more, "/start/other#further").await;
    let shown = visitor.get(HERE).await.body;
    assert!(shown.contains("康宁") && shown.contains("name=\"further1_name\""));
    assert!(!shown.contains("further2_name"), "one at a time");
    let mut people = vec![
        ("further", "1"),
        ("other_name", "康宁"),
        ("other_contact", "13900000001"),
        ("further1_name", "安心"),
        ("further1_contact", "13900000001"),
    ];
    refused_beside(&mut visitor, &mut people).await;
    people[4].1 = "13900000002";
    for count in ["2", "3", "4"] {
        people.push(("do", "more"));
        visitor.expect(HERE, &people, "/start/other#further").await;
        people.pop();
        people[0].1 = count;
    }
    people.extend([
        ("further2_name", "康健"),
        ("further2_side", "respondent"),
        ("further2_contact", "kang@heyi.test"),
        // The third was not needed after all.
        ("further4_name", "康乐"),
        ("further4_side", "respondent"),
        ("further4_address", "和风路 2 号"),
    ]);
    visitor.expect(HERE, &people, "/start/me").await;
    let case = told(
        &house,
        &mut visitor,
        &["安和", "安心", "康宁", "康健", "康乐"],
    )
    .await;
    let seats: Vec<_> = case
        .parties
        .iter()
        .map(|it| (it.name.as_str(), it.role, it.person.is_some()))
        .collect();
    assert_eq!(
        seats,
        [
            ("安和", PartyRole::Claimant, true),
            ("安心", PartyRole::Claimant, false),
            ("康宁", PartyRole::Respondent, false),
            ("康健", PartyRole::Respondent, false),
            ("康乐", PartyRole::Respondent, false),
        ]
    );
}

async fn at_the_counter_further_people_are_added_as_well(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let matter = Matter::begin(&house, Quarrel::new(&rules).case).await;
    let mut officer = matter.visitor("intake_officer").await;
    let page = "/desk/enter";
    let typed = [
        ("my_name", "安和"),
        ("other_name", "康宁"),
        ("further", "0"),
        ("do", "more"),
    ];
    let shown = officer.upload(page, &typed, ("letter", b"")).await;
    assert_eq!(shown.status, StatusCode::OK);
    for kept in ["安和", "康宁", "name=\"further1_name\""] {
        assert!(shown.body.contains(kept), "{kept}: {}", shown.body);
    }
    let wrong = [
        ("my_name", "安和"),
        ("other_name", "康宁"),
        ("further", "1"),
        ("further1_name", "康健😀"),
        ("further1_side", "respondent"),
        ("do", "file"),
    ];
    let refused = officer.upload(page, &wrong, ("letter", b"")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"further1_name-error\""));
    assert!(refused.body.contains("康健😀"));
}

async fn no_more_people_are_asked_for_than_sign_one_agreement(database: Database) {
    let house = house(database, false).await;
    let mut visitor = begun(&house).await;
    let many = [("do", "more"), ("further", "17"), ("other_name", "康宁")];
    visitor.expect(HERE, &many, "/start/other#further").await;
    let shown = visitor.get(HERE).await.body;
    assert!(shown.contains("further18_name") && !shown.contains("value=\"more\""));
    let too_many = [("do", "more"), ("further", "9999"), ("other_name", "康宁")];
    visitor
        .expect(HERE, &too_many, "/start/other#further")
        .await;
    let shown = visitor.get(HERE).await.body;
    assert!(!shown.contains("further19_name"));
}

async fn one_more_is_added_to_an_open_case_and_asked_to_come(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let page = matter.at("parties");
    let mut claimant = matter.visitor("claimant").await;
    assert!(claimant.get(&page).await.status.is_client_error());
    let mut mediator = matter.visitor("mediator").await;
    let named = [("side", "respondent"), ("name", "康健")];
    let silent = mediator.fill(&page, &named).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("至少写一种"), "{}", silent.body);
    let twice = [named[0], named[1], ("phone", "13800000002")];
    let twice = mediator.fill(&page, &twice).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("id=\"phone-error\""), "{}", twice.body);
    let fields = [named[0], named[1], ("mail", "jian@heyi.test")];
    let done = mediator.fill(&page, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    matter.reload().await;
    let added = &matter.case.parties[2];
    assert_eq!(
        (added.name.as_str(), added.role),
        ("康健", PartyRole::Respondent)
    );
    assert!(matter.case.may_be_told(added.id));
    let seen = claimant
        .get(&format!("/cases/{}", matter.case.id))
        .await
        .body;
    assert!(
        seen.contains("加了一位当事人") && seen.contains("康健"),
        "{seen}"
    );
}
