//! A case from the first page to the hand-over, by people without scripts, and what programs read of it.

use crate::support::http::{Answer, Client};
use crate::support::neighbours::{RESPONDENT_PHONE, Town, after};

#[tokio::test]
async fn a_case_goes_from_the_first_page_to_a_hand_over_without_scripts() {
    let mut town = Town::open(&[]).await;
    let mut claimant = town.tell(RESPONDENT_PHONE).await;
    let mut respondent = town.invite().await;
    let mut mediator = town.assign().await;
    let sessions = mediator.get(&town.below("sessions")).await;
    let late = [("day", "2020-01-01"), ("time", "19:30"), ("minutes", "60")];
    let refused = mediator.submit(&sessions, "/sessions", &late).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("value=\"2020-01-01\""),
        "nothing typed is lost"
    );
    let time = [("time", "19:30"), ("minutes", "60")];
    let planned = mediator.submit(&sessions, "/sessions", &time).await;
    assert_eq!((planned.status, &planned.path), (200, &town.case));
    assert!(claimant.get(&town.case).await.body.contains("19:30"));
    programs_read_what_pages_show(&mut claimant, &town).await;
    let end = respondent.get(&town.below("end/refused")).await;
    respondent.submit(&end, "/end/refused", &[]).await;
    let again = respondent
        .post(&town.below("end/refused"), &token(&end))
        .await;
    assert_eq!(again.status, 409, "an end is no step of an ended mediation");
    let court = claimant.get(&town.below("hand-over/court")).await;
    claimant.submit(&court, "/hand-over/court", &[]).await;
    assert!(claimant.get(&town.case).await.body.contains("已转去法院"));
}

fn token(page: &Answer) -> Vec<(String, String)> {
    let token = after(&page.body, "name=\"csrf\" value=\"").unwrap();
    vec![("csrf".to_owned(), token.to_owned())]
}

async fn programs_read_what_pages_show(claimant: &mut Client, town: &Town) {
    let case = &town.case;
    let read = claimant.get(&format!("/api/v1{case}")).await.json();
    assert_eq!(read["stage"], "mediate.active");
    let offered = read["offered"].as_array().unwrap();
    let offers = |kind: &str| offered.iter().any(|one| one == kind);
    assert!(offers("end") && offers("show_evidence") && offers("hand_in"));
    assert!(!offers("add_clause") && !offers("assign"), "{offered:?}");
    let events = claimant.get(&format!("/api/v1{case}/events")).await.json();
    assert_eq!(events[0]["kind"], "open");
    let mut stranger = town.become_one("邵桂兰").await;
    let hidden = stranger.get(&format!("/api/v1{case}")).await;
    assert_eq!(hidden.status, 404);
    assert_eq!(hidden.headers["content-type"], "application/problem+json");
    assert_eq!(
        stranger.get(case).await.status,
        404,
        "whoever may not see it is not told that it is there"
    );
    let nobody = Client::new(&town.server.base).get("/api/v1/cases").await;
    assert_eq!(nobody.status, 401);
    let described = claimant.get("/api/openapi.json").await.json();
    assert!(described["paths"]["/api/v1/cases/{id}/events"].is_object());
}
