//! What each office finds on its desk: decisions, complaints, matters that were late, places to look at.

use axum::http::StatusCode;
use jiff::SignedDuration;

use super::matter::Matter;
use super::mediators::{active, supervised};
use super::visitor::{house, rules};
use crate::domain::action::Action;
use crate::domain::fixture::Quarrel;
use crate::domain::hash::ContentHash;
use crate::domain::intake::{Pace, Target};
use crate::domain::stage::{Declaration, Ground};
use crate::storage::fixture::{Database, on_each};

on_each!(
    a_challenge_waits_on_the_desks_of_head_and_dispatcher_until_it_is_decided,
    a_matter_that_was_late_is_on_the_desk_of_whoever_is_above,
    a_complaint_is_on_the_supervisor_s_desk_and_on_the_head_s_once_it_is_shared,
    sheets_that_have_not_come_back_are_on_the_desk_of_whoever_asks_after_them,
);

async fn a_challenge_waits_on_the_desks_of_head_and_dispatcher_until_it_is_decided(
    database: Database,
) {
    const WAITING: &str = "回避、更换调解员，等待决定";
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).disclosing().case).await;
    let disclosure = Some(Declaration {
        relation: "住在同一栋楼".to_owned(),
        ..Declaration::default()
    });
    matter
        .act("mediator", Action::AcceptAssignment { disclosure })
        .await;
    let challenge = Action::Challenge {
        ground: Ground::OtherTie,
        why: "怕不公平".to_owned(),
    };
    matter.act("respondent", challenge).await;
    for name in ["head", "dispatcher"] {
        let mut reader = matter.visitor(name).await;
        let desk = reader.get("/desk").await.body;
        let group = desk.split(WAITING).nth(1);
        let group = group.unwrap_or_else(|| panic!("{name}: {desk}"));
        assert!(group.contains(&matter.case.number), "{name}");
        assert_eq!(desk.matches(&matter.case.number).count(), 1, "{name}");
        let due = reader.get("/desk/due").await;
        assert_eq!(due.status, StatusCode::OK, "{name}");
    }
    let mut mediator = matter.visitor("mediator").await;
    let own = mediator.get("/desk").await.body;
    assert!(
        own.contains(&matter.case.number) && !own.contains(WAITING),
        "{own}"
    );
    let decide = Action::DecideChallenge {
        uphold: false,
        reason: "只是同住一楼".to_owned(),
    };
    matter.act("head", decide).await;
    let mut head = matter.visitor("head").await;
    assert!(!head.get("/desk").await.body.contains(WAITING));
}

async fn a_matter_that_was_late_is_on_the_desk_of_whoever_is_above(database: Database) {
    const LATE: &str = "超时未分流";
    let house = house(database, false).await;
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).received();
    let mut pace = Pace::new(house.web.desk.clock.now() - SignedDuration::from_mins(10));
    pace.missed.insert(Target::Route);
    quarrel.case.intake.pace = Some(pace);
    let mut matter = Matter::begin(&house, quarrel.case).await;
    let mut head = matter.visitor("head").await;
    let desk = head.get("/desk").await.body;
    assert!(
        desk.split(LATE)
            .nth(1)
            .is_some_and(|it| it.contains(&matter.case.number)),
        "{desk}"
    );
    let mut mediator = matter.visitor("other_mediator").await;
    assert!(
        !mediator
            .get("/desk")
            .await
            .body
            .contains(&matter.case.number)
    );
    matter.act("dispatcher", Action::Accept).await;
    assert!(
        !head.get("/desk").await.body.contains(LATE),
        "it was taken in"
    );
}

async fn a_complaint_is_on_the_supervisor_s_desk_and_on_the_head_s_once_it_is_shared(
    database: Database,
) {
    const OPEN: &str = "有 1 件投诉等待答复";
    let house = house(database, false).await;
    let matter = active(&house).await;
    supervised(&house).await;
    let mut claimant = matter.visitor("claimant").await;
    let fields = [("kind", "bias"), ("text", "总向着对方")];
    let made = claimant.fill(&matter.at("complain"), &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let mut supervisor = matter.visitor("supervisor").await;
    let mut head = matter.visitor("head").await;
    let desk = supervisor.get("/desk").await.body;
    assert!(
        desk.contains(OPEN) && !desk.contains("总向着对方"),
        "{desk}"
    );
    assert!(
        !head.get("/desk").await.body.contains(OPEN),
        "not shared yet"
    );
    let here = made.location().to_owned();
    supervisor.fill(&here, &[("do", "share")]).await;
    assert!(head.get("/desk").await.body.contains(OPEN));
    let answer = [("finding", "unfounded"), ("answer", "没有查到")];
    supervisor.fill(&here, &answer).await;
    for reader in [&mut supervisor, &mut head] {
        assert!(!reader.get("/desk").await.body.contains(OPEN));
    }
}

async fn sheets_that_have_not_come_back_are_on_the_desk_of_whoever_asks_after_them(
    database: Database,
) {
    const WAITING: &str = "纸质协议打印了，还没有交回来";
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).signing().case).await;
    let mut head = matter.visitor("head").await;
    assert!(!head.get("/desk").await.body.contains(WAITING));
    let printed = Action::SignOnPaper {
        from_hash: matter.case.papers[0].hash.clone(),
        to_hash: ContentHash::of(b"printed"),
    };
    matter.act("mediator", printed).await;
    let lapses = matter.case.stage.signing().unwrap().lapses.clone().unwrap();
    let clock = &house.web.desk.clock;
    clock.advance(lapses.at.duration_since(clock.now()) + SignedDuration::from_hours(24));
    let mut head = matter.visitor("head").await;
    let desk = head.get("/desk").await.body;
    let group = desk
        .split(WAITING)
        .nth(1)
        .unwrap_or_else(|| panic!("{desk}"));
    assert!(group.contains(&matter.case.number), "{desk}");
    let due = head.get("/desk/due").await.body;
    let overdue = due.split("今天到期").next().unwrap();
    assert!(overdue.contains(&matter.case.number), "{due}");
    let mut mediator = matter.visitor("mediator").await;
    let own = mediator.get("/desk").await.body;
    assert!(
        own.contains(&matter.case.number) && own.contains("等纸质协议交回来"),
        "{own}"
    );
    let certified = Action::CertifyScan {
        from_hash: ContentHash::of(b"printed"),
        to_hash: ContentHash::of(b"certified"),
        files: vec![ContentHash::of(b"scan")],
        last_signed: clock.now(),
        shown: None,
    };
    matter.act("mediator", certified).await;
    assert!(!head.get("/desk").await.body.contains(WAITING), "came back");
    let own = mediator.get("/desk").await.body;
    assert!(!own.contains("等纸质协议交回来"), "{own}");
}
