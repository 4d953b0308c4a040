//! What stands behind the square code of an application and of a ruling.

use super::matter::Matter;
use super::verify::{CURRENT, STATES};
use super::visitor::{Visitor, house, rules};
use crate::domain::action::Action;
use crate::domain::fixture::{CLAUSE, COURT, Quarrel};
use crate::domain::paper::PaperKind;
use crate::paperwork::Decision;
use crate::storage::fixture::{Database, on_each};

on_each!(
    a_square_code_says_how_far_an_application_has_come,
    a_ruling_names_its_court_also_when_the_case_is_closed,
);

/// What stands behind the code of a paper: the state of `STATES`, and the page.
async fn behind(matter: &Matter<'_>, kind: PaperKind) -> (&'static str, String) {
    let path = format!("/v/{}", matter.paper(kind).verify_id);
    let body = Visitor::of(matter.house).get(&path).await.body;
    let found = STATES.into_iter().find(|state| body.contains(state));
    (found.expect("a state"), body)
}

async fn a_square_code_says_how_far_an_application_has_come(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    let [_, signing, filed, decided, dropped] = STATES;
    let mut late = matter.beside(0xcb).await;
    let mut refused = matter.beside(0xcc).await;
    for matter in [&mut matter, &mut late, &mut refused] {
        matter.prepare().await;
        assert_eq!(behind(matter, PaperKind::Agreement).await.0, signing);
        matter.sign_all().await;
        matter.join("respondent").await;
        let (state, _) = behind(matter, PaperKind::Application).await;
        assert_eq!(state, signing, "one has signed, the other not");
        matter.join("claimant").await;
        let (state, _) = behind(matter, PaperKind::Application).await;
        assert_eq!(state, filed);
        assert_eq!(behind(matter, PaperKind::Agreement).await.0, CURRENT);
    }
    late.act("claimant", Action::WithdrawConfirmation).await;
    assert_eq!(behind(&late, PaperKind::Application).await.0, dropped);
    let grounds = ["outside-courts".to_owned()];
    let reasons = "不属于受理范围。".to_owned();
    let grounds = grounds.to_vec();
    refused.issue(&Decision::Refuse { grounds, reasons }).await;
    assert_eq!(behind(&refused, PaperKind::Application).await.0, dropped);
    matter.confirm().await;
    assert_eq!(behind(&matter, PaperKind::Application).await.0, decided);
    assert_eq!(behind(&matter, PaperKind::Ruling).await.0, CURRENT);
}

async fn a_ruling_names_its_court_also_when_the_case_is_closed(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.settle().await;
    for name in ["respondent", "claimant"] {
        matter.join(name).await;
    }
    matter.confirm().await;
    let clause = CLAUSE;
    let note = "一直安静".to_owned();
    let proof = None;
    let done = Action::ReportPerformance {
        clause,
        note,
        proof,
    };
    matter.act("respondent", done).await;
    let kept = Action::AcknowledgePerformance { clause };
    matter.act("claimant", kept).await;
    let seen = Quarrel::new(&rules).seen();
    matter.act("mediator", seen).await;
    assert_eq!(matter.case.stage.name(), "closed");
    let court = Some(COURT);
    assert_eq!(matter.paper(PaperKind::Ruling).court, court);
    let (_, page) = behind(&matter, PaperKind::Ruling).await;
    assert!(page.contains("出具单位"), "{page}");
    let (state, _) = behind(&matter, PaperKind::Application).await;
    assert_eq!(state, STATES[3]);
}
