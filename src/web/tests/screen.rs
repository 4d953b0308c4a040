//! A community's screen in a mixed session: opened by a code, one participant, and who sits in front of it.

use std::collections::BTreeMap;

use axum::http::StatusCode;

use super::evidence::shown_clip;
use super::matter::Matter;
use super::mediators::active;
use super::places::room;
use super::visitor::{House, Visitor, house};
use crate::domain::action::Action;
use crate::domain::fixture::{SESSION, actor};
use crate::domain::ids::PersonId;
use crate::domain::party::IdentityMethod;
use crate::domain::team::Capacity;
use crate::rooms::{Seat, SeatKind};
use crate::storage::fixture::{Database, on_each};

on_each!(
    a_code_makes_one_browser_the_screen_and_nobody_is_signed_in_on_it,
    whoever_sits_before_the_screen_was_checked_and_joins_by_it_alone,
    the_screen_is_given_the_file_it_is_told_of_and_no_list_of_files,
    an_uncle_of_the_other_side_is_noted_before_the_screen_with_whom_he_came,
);

async fn mixed(house: &House) -> Matter<'_> {
    let mut matter = active(house).await;
    let hall = room(&matter, "1号调解室").await;
    let set = Action::ScheduleSession {
        session: SESSION,
        at: house.web.desk.clock.now(),
        minutes: 60,
        venue: Some(hall.venue(true)),
    };
    matter.act("mediator", set).await;
    matter
}

async fn code(matter: &Matter<'_>) -> String {
    let mut mediator = matter.visitor("mediator").await;
    let page = matter.at(&format!("sessions/{SESSION}/screen"));
    let made = mediator.fill(&page, &[("do", "code")]).await;
    let code = made.body.split("class=\"code\">").nth(1);
    code.unwrap().split('<').next().unwrap().to_owned()
}

async fn a_code_makes_one_browser_the_screen_and_nobody_is_signed_in_on_it(database: Database) {
    let house = house(database, false).await;
    let mut matter = mixed(&house).await;
    let code = code(&matter).await;
    let mut tablet = matter.visitor("mediator").await;
    let wrong = tablet.fill("/screen", &[("code", "2222-3333-4444")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"code-error\""));
    let typed = code.to_uppercase().replace('-', " ");
    tablet
        .expect("/screen", &[("code", typed.as_str())], "/screen/room")
        .await;
    let call = tablet.get("/screen/room").await;
    assert!(
        call.body.contains("data-socket=\"/screen/room/socket\""),
        "{}",
        call.body
    );
    assert!(call.body.contains("1号调解室") && !call.body.contains("room-lead"));
    let case = matter.at("").trim_end_matches('/').to_owned();
    assert_eq!(
        tablet.get(&case).await.status,
        StatusCode::SEE_OTHER,
        "nobody is signed in"
    );
    for party in &matter.case.parties {
        assert!(!call.body.contains(party.name.as_str()));
    }
    let token = tablet.fill_at("/screen/room/token", &call).await;
    assert!(token.body.starts_with("{\"token\":\"ey"), "{}", token.body);
    let relay = "\"urls\":[\"turns:relay.example:443?transport=tcp\"],\"username\":\"";
    assert!(token.body.contains(relay), "{}", token.body);

    let mut other = Visitor::of(&house);
    let spent = other.fill("/screen", &[("code", code.as_str())]).await;
    assert_eq!(spent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shut = other.get("/screen/room").await;
    assert!(!shut.body.contains("data-socket"));
    let refused = other.fill_at("/screen/room/token", &shut).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);

    let session = SESSION;
    matter
        .act("mediator", Action::OpenSession { session })
        .await;
    matter
        .act("mediator", Action::CloseSession { session })
        .await;
    let over = tablet.get("/screen/room").await;
    assert!(!over.body.contains("data-socket"), "it is over");
    let refused = tablet.fill_at("/screen/room/token", &over).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

async fn the_screen_is_given_the_file_it_is_told_of_and_no_list_of_files(database: Database) {
    let house = house(database, false).await;
    let mut matter = mixed(&house).await;
    let code = code(&matter).await;
    let mut tablet = Visitor::of(&house);
    tablet
        .expect("/screen", &[("code", code.as_str())], "/screen/room")
        .await;
    matter.act("claimant", shown_clip(&house).await).await;
    let id = matter.case.evidence[0].id;
    let below = "/screen/room/evidence";
    let thing = format!("{below}/table?of={id}");
    let files = [
        (thing.clone(), StatusCode::OK),
        (format!("{below}/{id}/picture"), StatusCode::OK),
        (format!("{below}/{id}/play"), StatusCode::OK),
    ];
    for (file, status) in &files {
        assert_eq!(tablet.get(file).await.status, *status, "{file}");
        let nobody = Visitor::of(&house).get(file).await;
        assert_eq!(nobody.status, StatusCode::NOT_FOUND, "{file}");
    }
    assert!(tablet.get(&thing).await.body.contains("\"sort\":\"clip\""));
    let all = tablet.get(&format!("{below}/table")).await;
    assert_eq!(all.status, StatusCode::BAD_REQUEST);

    matter
        .act("claimant", Action::WithdrawEvidence { id })
        .await;
    for (file, _) in &files {
        assert_eq!(tablet.get(file).await.status, StatusCode::NOT_FOUND);
    }
}

async fn whoever_sits_before_the_screen_was_checked_and_joins_by_it_alone(database: Database) {
    let house = house(database, false).await;
    let mut matter = mixed(&house).await;
    let session = SESSION;
    let here = matter.at(&format!("sessions/{SESSION}"));
    let mut leader = matter.visitor("mediator").await;
    let early = leader.get(&format!("{here}/screen")).await.body;
    assert!(early.contains("还没有开始"), "{early}");
    matter
        .act("mediator", Action::OpenSession { session })
        .await;
    let page = format!("{here}/screen");
    let party = matter.case.parties[0].clone();
    let id = party.id.to_string();
    let mut mediator = matter.visitor("mediator").await;
    let sit = |act: &'static str| [("do", act), ("party", id.as_str())];
    let unchecked = mediator.fill(&page, &sit("sit")).await;
    assert_eq!(unchecked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        unchecked.body.contains("class=\"error-summary\""),
        "{}",
        unchecked.body
    );
    assert!(
        unchecked
            .body
            .contains(&matter.at(&format!("identity/{id}")))
    );
    let check = Action::RecordIdentity {
        party: party.id,
        method: IdentityMethod::CardAtCounter,
        address: party.address.clone(),
        masked: "1**2".to_owned(),
        sealed: "x".to_owned(),
        fingerprint: "y".to_owned(),
        document: None,
    };
    matter.act("mediator", check).await;

    let mut claimant = matter.visitor("claimant").await;
    assert!(claimant.get(&here).await.body.contains("data-socket"));
    mediator.expect(&page, &sit("sit"), &page).await;
    let door = claimant.get(&here).await;
    assert!(
        !door.body.contains("data-socket") && door.body.contains("屏幕"),
        "{}",
        door.body
    );
    let token = claimant.fill_at(&format!("{here}/token"), &door).await;
    assert_eq!(token.status, StatusCode::NOT_FOUND);
    is_in_the_records(&matter, &here).await;

    mediator.expect(&page, &sit("rise"), &page).await;
    assert!(claimant.get(&here).await.body.contains("data-socket"));
    is_in_the_records(&matter, &here).await;
    for name in ["claimant", "respondent", "dispatcher", "head"] {
        let mut other = matter.visitor(name).await;
        let found = other.get(&page).await.status;
        assert_eq!(found, StatusCode::NOT_FOUND, "{name}");
    }
}

/// Asked by the mediator, and agreed to by both.
async fn with_uncle(matter: &mut Matter<'_>) -> PersonId {
    let person = actor("stranger").person().unwrap();
    let capacity = Capacity::Kin;
    matter
        .act("mediator", Action::InviteMember { person, capacity })
        .await;
    matter.act("stranger", Action::JoinTeam).await;
    for party in ["claimant", "respondent"] {
        let agrees = true;
        let consent = Action::ConsentToMember { person, agrees };
        matter.act(party, consent).await;
    }
    person
}

async fn an_uncle_of_the_other_side_is_noted_before_the_screen_with_whom_he_came(
    database: Database,
) {
    let house = house(database, false).await;
    let mut matter = mixed(&house).await;
    let uncle = with_uncle(&mut matter).await;
    let session = SESSION;
    matter
        .act("mediator", Action::OpenSession { session })
        .await;
    let here = matter.at(&format!("sessions/{SESSION}"));
    let page = format!("{here}/screen");
    let (person, field) = (uncle.to_string(), format!("side_{uncle}"));
    let mut mediator = matter.visitor("mediator").await;
    let unsaid = [("do", "sit"), ("person", person.as_str())];
    let unsaid = mediator.fill(&page, &unsaid).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.body.contains(&format!("id=\"{field}-error\"")));
    let came = [
        ("do", "sit"),
        ("person", person.as_str()),
        (field.as_str(), "respondent"),
    ];
    mediator.expect(&page, &came, &page).await;
    assert!(mediator.get(&page).await.body.contains("跟被申请人来的"));
    matter.reload().await;
    let sessions = &matter.case.stage.work().unwrap().sessions;
    let names = BTreeMap::from([(uncle, "老李".to_owned())]);
    let screen = Seat::of_screen(&matter.case, &sessions[0], &names).unwrap();
    let sits = &screen.seated[0];
    assert_eq!(
        (sits.name.as_str(), sits.kind, sits.with),
        ("老李", SeatKind::Kin, Some(SeatKind::Respondent))
    );
    let mut visitor = matter.visitor("stranger").await;
    let door = visitor.get(&here).await.body;
    assert!(!door.contains("data-socket"), "{door}");
    let record = mediator.get(&format!("{here}/record")).await.body;
    let row = record
        .split_once(&format!("<select id=\"at_{uncle}\""))
        .unwrap()
        .1;
    let chosen = row.split("</select>").next().unwrap();
    assert!(chosen.contains("value=\"on_site\" selected"), "{chosen}");
}

/// Whoever sits there came to the place, and stands in the record of the mediation under their own name.
async fn is_in_the_records(matter: &Matter<'_>, here: &str) {
    let mut mediator = matter.visitor("mediator").await;
    let party = &matter.case.parties[0];
    let draft = mediator.get(&format!("{here}/record")).await.body;
    let field = format!("at_{}", party.person.unwrap());
    let row = draft
        .split_once(&format!("<select id=\"{field}\""))
        .unwrap()
        .1;
    let chosen = row.split("</select>").next().unwrap();
    assert!(chosen.contains("value=\"on_site\" selected"), "{chosen}");
    let record = mediator.get(&matter.at("record")).await.body;
    let met = record.split("<h3>").nth(1).unwrap();
    assert!(met.contains(party.name.as_str()), "{met}");
}
