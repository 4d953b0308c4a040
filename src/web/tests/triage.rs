//! Sorting what comes in: the queue, the warning that keeps two people from one table, and a matter told twice.

use axum::http::StatusCode;

use super::matter::Matter;
use super::visitor::{Visitor, house};
use crate::domain::action::Action;
use crate::domain::fixture::{Quarrel, actor};
use crate::domain::intake::{Pace, Target};
use crate::domain::safety::Sign;
use crate::storage::fixture::{Database, on_each};

on_each!(
    the_queue_shows_the_danger_its_words_and_the_clock_and_a_mediator_has_none,
    who_fears_the_other_side_is_kept_from_the_table_and_the_other_side_reads_nothing_of_it,
    a_matter_told_twice_becomes_one_from_its_page,
);

async fn the_queue_shows_the_danger_its_words_and_the_clock_and_a_mediator_has_none(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = house.web.desk.rules.clone();
    let mut quarrel = Quarrel::new(&rules).received();
    quarrel.now = house.web.desk.clock.now();
    let matched = rules.danger.find("他拿刀堵在门口");
    quarrel.case.intake.safety.learn(matched, None, quarrel.now);
    let mut pace = Pace::new(quarrel.now);
    pace.urgent_since = Some(quarrel.now);
    pace.reach(Target::Receive, quarrel.now);
    quarrel.case.intake.pace = Some(pace);
    let matter = Matter::begin(&house, quarrel.case).await;
    let clock = &house.web.desk.clock;
    clock.advance(jiff::SignedDuration::from_secs(250));
    let mut dispatcher = matter.visitor("dispatcher").await;
    let queue = dispatcher.get("/desk/triage?lang=zh-CN").await;
    for said in [
        "紧急：马上打电话",
        "提到刀具等凶器",
        "拿刀",
        "1 分钟接收 已做到，用时 0:00",
        "3 分钟分流 超时，已过 4:10",
        "5 分钟联系 已过 4:10",
    ] {
        assert!(queue.body.contains(said), "{said}: {}", queue.body);
    }
    for key in ["a", "c", "s", "d", "Enter"] {
        assert!(queue.body.contains(&format!("data-key=\"{key}\"")), "{key}");
    }
    assert!(dispatcher.get("/desk").await.body.contains("/desk/triage"));
    for name in ["mediator", "seal_holder", "claimant"] {
        let answer = matter.visitor(name).await.get("/desk/triage").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
}

async fn who_fears_the_other_side_is_kept_from_the_table_and_the_other_side_reads_nothing_of_it(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = house.web.desk.rules.clone();
    let quarrel = Quarrel::new(&rules).active();
    let mut matter = Matter::begin(&house, quarrel.case).await;
    let safety = matter.at("safety");
    let mut dispatcher = matter.visitor("dispatcher").await;
    let silent = dispatcher.fill(&safety, &[("do", "screen")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("id=\"signs-error\""));
    let both = [("do", "screen"), ("signs", "hurt"), ("none", "yes")];
    let both = dispatcher.fill(&safety, &both).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
    let case = format!("/cases/{}", matter.case.id);
    let afraid = [("do", "screen"), ("signs", "afraid")];
    dispatcher.expect(&safety, &afraid, &case).await;
    let mut mediator = matter.visitor("mediator").await;
    let barred = mediator.get(&matter.at("sessions")).await;
    assert!(barred.body.contains("href=\"") && barred.body.contains("/safety"));
    assert!(!barred.body.contains("name=\"day\""), "no time can be set");
    for (name, told) in [("claimant", true), ("respondent", false)] {
        let mut party = matter.visitor(name).await;
        let page = party.get(&case).await.body;
        assert_eq!(page.contains("tel:110"), told, "{name}");
        assert!(!page.contains("/safety"), "{name}");
        let door = party.get(&safety).await.status;
        assert!(
            door == StatusCode::NOT_FOUND || door == StatusCode::CONFLICT,
            "{door}"
        );
        let events = party.get(&format!("/api/v1{case}/events")).await.body;
        assert!(!events.contains("screen"), "{events}");
    }
    let report = [("do", "report"), ("to", "柳荫派出所")];
    mediator.expect(&safety, &report, &case).await;
    let lift = [("do", "lift"), ("reason", "单独谈过，愿意见面")];
    mediator.expect(&safety, &lift, &case).await;
    let open = mediator.get(&matter.at("sessions")).await;
    assert!(open.body.contains("name=\"day\""));
    matter.reload().await;
    assert_eq!(matter.case.intake.safety.reports.len(), 1);
}

async fn a_matter_told_twice_becomes_one_from_its_page(database: Database) {
    let house = house(database, false).await;
    let rules = house.web.desk.rules.clone();
    let quarrel = Quarrel::new(&rules).received();
    let mut matter = Matter::begin(&house, quarrel.case).await;
    let mut again = matter.beside(0xcd).await;
    let mut dispatcher = matter.visitor("dispatcher").await;
    let page = dispatcher.get(&again.at("similar")).await;
    assert!(page.body.contains(&matter.case.number), "{}", page.body);
    let other = matter.case.id.to_string();
    let join = [("do", "join"), ("other", other.as_str())];
    let to = format!("/cases/{other}");
    dispatcher.expect(&again.at("similar"), &join, &to).await;
    again.reload().await;
    matter.reload().await;
    assert_eq!(again.case.stage.name(), "closed");
    assert_eq!(matter.case.intake.joined, [again.case.id]);
    let mut claimant: Visitor<'_> = matter.visitor("claimant").await;
    let closed = claimant.get(&format!("/cases/{}", again.case.id)).await;
    assert!(closed.body.contains(&to), "the way to the other case");
    let door = claimant.get(&matter.at("similar")).await.status;
    assert!(
        door == StatusCode::NOT_FOUND || door == StatusCode::CONFLICT,
        "{door}"
    );
    let screen = Action::Screen {
        signs: [Sign::Hurt].into(),
    };
    let dispatcher = actor("dispatcher");
    let desk = &house.web.desk;
    let late = crate::casework::perform(desk, &dispatcher, again.case.id, screen).await;
    assert!(late.is_err(), "what is closed is closed");
}
