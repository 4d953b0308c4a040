//! An authority is asked to help, answers at its own desk, and learns nothing else, as browsers see it.

use axum::http::StatusCode;

use super::matter::{Matter, found};
use super::outreach::employed;
use super::visitor::{House, Visitor, house};
use crate::domain::action::Action;
use crate::domain::actor::Role;
use crate::domain::case::Case;
use crate::domain::fixture::{CLAIMANT, MEDIATOR, Quarrel, actor, rules};
use crate::domain::help::Asked;
use crate::domain::ids::{OrganisationId, RequestId};
use crate::domain::organisation::OrganisationKind;
use crate::storage::fixture::{Database, on_each};

on_each!(
    an_authority_is_asked_and_answers_at_its_own_desk,
    what_is_kept_from_the_parties_stays_with_staff_and_goes_to_the_due_list,
    a_mediator_who_was_replaced_is_led_to_no_case_that_is_not_theirs_any_more,
);

/// Asked in the time of the quarrel, which is long ago for the house.
async fn asked_long_ago(house: &House) -> (Case, RequestId) {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    let authority = OrganisationId(house.web.accounts.clock.new_id());
    found(house, authority, OrganisationKind::Authority).await;
    let id = RequestId(house.web.accounts.clock.new_id());
    let asked = Asked {
        what: "夜里聚众吵闹".to_owned(),
        contact: None,
        shown: false,
    };
    quarrel.act(
        "mediator",
        Action::AskAuthority {
            id,
            authority,
            asked,
        },
    );
    (quarrel.case, id)
}

/// The mediator asks, first without the consent of whoever may be called.
async fn ask(matter: &mut Matter<'_>, authority: OrganisationId) -> RequestId {
    let mut mediator = matter.visitor("mediator").await;
    let help = matter.at("help");
    let (id, claimant) = (authority.to_string(), CLAIMANT.to_string());
    let mut fields = vec![
        ("authority", id.as_str()),
        ("what", "楼道堆物挡住消防通道"),
        ("contact", claimant.as_str()),
        ("shown", "yes"),
    ];
    let refused = mediator.fill(&help, &fields).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "no consent"
    );
    assert!(
        refused.body.contains("楼道堆物挡住消防通道"),
        "nothing typed is lost"
    );
    fields.push(("consent", "yes"));
    let asked = mediator.fill(&help, &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    matter.reload().await;
    matter.case.requests[0].id
}

async fn an_authority_is_asked_and_answers_at_its_own_desk(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let authority = OrganisationId(house.web.accounts.clock.new_id());
    found(&house, authority, OrganisationKind::Authority).await;
    let request = ask(&mut matter, authority).await;
    let mut officer = employed(&house, authority, Role::Dispatcher).await;
    let desk = officer.get("/desk").await.body;
    assert!(desk.contains("/requests"), "{desk}");
    let one = format!("/requests/{}/{request}", matter.case.id);
    let list = officer.get("/requests").await.body;
    assert!(list.contains(&one), "{list}");
    let page = officer.get(&one).await.body;
    assert!(
        page.contains("安和") && page.contains("13800000001"),
        "who agreed"
    );
    for hidden in ["康宁", "拖椅子", matter.case.number.as_str()] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    let case = format!("/cases/{}", matter.case.id);
    assert_eq!(officer.get(&case).await.status, StatusCode::NOT_FOUND);
    let elsewhere = OrganisationId(house.web.accounts.clock.new_id());
    found(&house, elsewhere, OrganisationKind::Authority).await;
    let mut other = employed(&house, elsewhere, Role::Dispatcher).await;
    assert_eq!(other.get(&one).await.status, StatusCode::NOT_FOUND);
    let empty = officer.fill(&one, &[("text", "已清理")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("outcome", "acted"), ("text", "已当场清理")];
    let answered = officer.fill(&one, &fields).await;
    assert_eq!(answered.location(), "/requests", "{}", answered.body);
    assert_eq!(officer.get(&one).await.status, StatusCode::NOT_FOUND);
    for name in ["claimant", "respondent", "mediator"] {
        let mut reader = matter.visitor(name).await;
        let body = reader.get(&case).await.body;
        assert!(body.contains("已当场清理"), "{name}: {body}");
    }
    let mut claimant = matter.visitor("claimant").await;
    let help = matter.at("help");
    assert_eq!(claimant.get(&help).await.status, StatusCode::CONFLICT);
}

async fn what_is_kept_from_the_parties_stays_with_staff_and_goes_to_the_due_list(
    database: Database,
) {
    let house = house(database, false).await;
    let (case, id) = asked_long_ago(&house).await;
    let mut matter = Matter::begin(&house, case).await;
    let case = format!("/cases/{}", matter.case.id);
    let mut claimant = matter.visitor("claimant").await;
    let body = claimant.get(&case).await.body;
    assert!(
        !body.contains("夜里聚众吵闹") && !body.contains("协助"),
        "{body}"
    );
    let mut mediator = matter.visitor("mediator").await;
    let due = mediator.get("/desk/due").await.body;
    assert!(due.contains(&matter.at("help")), "{due}");
    let csrf = mediator.csrf().await;
    let path = matter.at(&format!("help/{id}"));
    let fields = [
        ("csrf", csrf.as_str()),
        ("outcome", "acted"),
        ("text", "来电说已出警"),
    ];
    let sent = Visitor::request(&path, &fields);
    let recorded = mediator.send(sent).await;
    assert_eq!(recorded.status, StatusCode::SEE_OTHER, "{}", recorded.body);
    matter.reload().await;
    assert!(matter.case.requests[0].answer.as_ref().unwrap().recorded);
    let due = mediator.get("/desk/due").await.body;
    assert!(!due.contains(&matter.at("help")), "it is answered");
}

async fn a_mediator_who_was_replaced_is_led_to_no_case_that_is_not_theirs_any_more(
    database: Database,
) {
    let house = house(database, false).await;
    let (mut case, _) = asked_long_ago(&house).await;
    let other = actor("other_mediator").person().unwrap().to_string();
    let stage = serde_json::to_string(&case.stage).unwrap();
    let stage = stage.replace(&MEDIATOR.to_string(), &other);
    case.stage = serde_json::from_str(&stage).unwrap();
    let matter = Matter::begin(&house, case).await;
    let mut replaced = matter.visitor("mediator").await;
    let help = matter.at("help");
    assert_eq!(replaced.get(&help).await.status, StatusCode::NOT_FOUND);
    let due = replaced.get("/desk/due").await.body;
    assert!(!due.contains(&help), "no link to nothing: {due}");
    let due = matter
        .visitor("dispatcher")
        .await
        .get("/desk/due")
        .await
        .body;
    assert!(due.contains(&help), "it is not forgotten: {due}");
}
