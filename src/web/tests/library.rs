//! What a mediator writes for themselves: clauses to begin with, notes on a case, and a desk by whose turn it is.

use super::matter::Matter;
use super::visitor::{House, house, rules};
use super::*;
use crate::domain::action::Action;
use crate::domain::fixture::Quarrel;

on_each!(
    one_tap_puts_a_clause_into_the_form_and_its_names_are_filled_from_the_case,
    a_ready_text_is_filled_from_the_case_and_offered_to_the_mediator_alone,
    a_mediator_s_notes_stay_with_whoever_mediates,
    a_desk_tells_whose_turn_it_is,
);

async fn active(house: &House) -> Matter<'_> {
    let rules = rules();
    Matter::begin(house, Quarrel::new(&rules).active().case).await
}

async fn one_tap_puts_a_clause_into_the_form_and_its_names_are_filled_from_the_case(
    database: Database,
) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let mut mediator = matter.visitor("mediator").await;
    let listed = mediator.get(&matter.at("clauses")).await;
    let tap = matter.at("board?begin=no-more-claims");
    assert!(
        listed.body.contains(&format!("{tap}#clause-form")),
        "{}",
        listed.body
    );
    let board = mediator.get(&tap).await;
    assert!(
        board.body.contains("{申请人}与{被申请人}"),
        "{}",
        board.body
    );

    let debtor = matter.case.parties[0].id.to_string();
    let due = "2027-03-01";
    let send = |terms| {
        [
            ("act", "clause"),
            ("debtor", debtor.as_str()),
            ("terms", terms),
            ("due", due),
            ("proof", "双方签字"),
            ("on_default", "另行协商"),
        ]
    };
    let refused = mediator
        .fill(&matter.at("board"), &send("{对方}道歉"))
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("href=\"#terms\"") && refused.body.contains("{对方}道歉"));
    let board = matter.at("board");
    mediator
        .expect(&board, &send("{申请人}与{被申请人}和好"), &board)
        .await;
    matter.reload().await;
    let act = &matter.case.stage.work().unwrap().draft.clauses[0].terms.act;
    let names = matter.case.parties.iter().map(|party| party.name.as_str());
    let names: Vec<_> = names.collect();
    assert_eq!(*act, format!("{}与{}和好", names[0], names[1]));
    own_clauses(&matter).await;
}

async fn own_clauses(matter: &Matter<'_>) {
    let mut mediator = matter.visitor("mediator").await;
    let keep = |text| [("do", "keep"), ("title", "门口"), ("text", text)];
    let wrong = mediator
        .fill("/desk/library", &keep("{门口}不放鞋柜"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("href=\"#text\"") && wrong.body.contains("{门口}不放鞋柜"));
    mediator
        .expect("/desk/library", &keep("门口不放鞋柜"), "/desk/library")
        .await;
    assert!(
        mediator
            .get(&matter.at("clauses"))
            .await
            .body
            .contains("门口不放鞋柜")
    );
    let mut other = matter.visitor("other_mediator").await;
    assert!(
        !other
            .get("/desk/library")
            .await
            .body
            .contains("门口不放鞋柜")
    );
    let mut party = matter.visitor("claimant").await;
    assert_eq!(
        party.get(&matter.at("clauses")).await.status,
        StatusCode::NOT_FOUND
    );
}

async fn a_ready_text_is_filled_from_the_case_and_offered_to_the_mediator_alone(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = rules();
    let matter = Matter::begin(&house, Quarrel::new(&rules).writing().case).await;
    let mut mediator = matter.visitor("mediator").await;
    let page = mediator.get(&matter.at("writing")).await.body;
    let here = matter.at("writing");
    assert!(page.contains("value=\"please-sign\""), "{page}");
    let one = matter.case.parties[1].id.to_string();
    let typed = [
        ("begin", "please-sign"),
        ("text", "昨天您说{楼下}太吵"),
        ("to", one.as_str()),
    ];
    let begun = mediator.fill(&here, &typed).await;
    assert_eq!(begun.status, StatusCode::OK);
    let to = format!("value=\"{one}\" checked");
    assert!(
        begun.body.contains(&to),
        "to whom stays chosen: {}",
        begun.body
    );
    let text = begun.body.split("<textarea id=\"text\"").nth(1).unwrap();
    let text = text.split("</textarea>").next().unwrap();
    let (ready, own) = text.split_once("昨天您说{楼下}太吵").unwrap();
    assert!(
        ready.contains(&matter.case.number) && !ready.contains('{') && own.is_empty(),
        "{text}"
    );
    let early = [("begin", "session-reminder"), ("text", "周末")];
    let early = mediator.fill(&here, &early).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early.body.contains("id=\"text-error\"") && early.body.contains("周末"),
        "no session is set"
    );
    let mut party = matter.visitor("claimant").await;
    let theirs = party.get(&here).await.body;
    assert!(!theirs.contains("name=\"begin\""), "{theirs}");
    let foreign = party.fill(&here, &[("begin", "please-sign")]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}

async fn a_mediator_s_notes_stay_with_whoever_mediates(database: Database) {
    const NOTE: &str = "我看他下次会让步";
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let page = matter.at("notes");
    let mut mediator = matter.visitor("mediator").await;
    let empty = mediator.fill(&page, &[("text", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    mediator.expect(&page, &[("text", NOTE)], &page).await;
    assert!(mediator.get(&page).await.body.contains(NOTE));
    let case = page.trim_end_matches("/notes").to_owned();
    for name in [
        "claimant",
        "respondent",
        "dispatcher",
        "head",
        "other_mediator",
    ] {
        let mut reader = matter.visitor(name).await;
        assert_eq!(
            reader.get(&page).await.status,
            StatusCode::NOT_FOUND,
            "{name}"
        );
        for below in [
            case.clone(),
            format!("/api/v1{case}"),
            format!("/api/v1{case}/dossier"),
        ] {
            assert!(
                !reader.get(&below).await.body.contains(NOTE),
                "{name} {below}"
            );
        }
    }
    let gone = Action::DecideReplacement {
        replace: true,
        reason: "病了".to_owned(),
    };
    matter.act("head", gone).await;
    let next = crate::domain::fixture::actor("other_mediator")
        .person()
        .unwrap();
    matter
        .act("dispatcher", Action::Assign { mediator: next })
        .await;
    let accept = Action::AcceptAssignment { disclosure: None };
    matter.act("other_mediator", accept).await;
    assert_eq!(mediator.get(&page).await.status, StatusCode::NOT_FOUND);
    let mut next = matter.visitor("other_mediator").await;
    let opened = next.get(&page).await;
    assert_eq!(opened.status, StatusCode::OK);
    assert!(!opened.body.contains(NOTE), "a note does not go along");
}

async fn a_desk_tells_whose_turn_it_is(database: Database) {
    let house = house(database, false).await;
    let matter = active(&house).await;
    let mut mediator = matter.visitor("mediator").await;
    let desk = mediator.get("/desk").await;
    let at = |text: &str| desk.body.find(text);
    assert!(at("等我办的").or(at("快到期的")).is_some(), "{}", desk.body);
    assert_eq!(
        desk.body.matches(&matter.case.number).count(),
        1,
        "each once"
    );
    let mut dispatcher = matter.visitor("dispatcher").await;
    let search = dispatcher.get("/desk/search").await;
    assert!(search.body.contains("name=\"mediator\""), "{}", search.body);
    let theirs = |who| [("mediator", who)];
    let mediator = matter.case.stage.mediator().unwrap().to_string();
    let found = dispatcher
        .fill("/desk/search", &theirs(mediator.as_str()))
        .await;
    assert!(found.body.contains(&matter.case.number), "{}", found.body);
    let nobody = uuid::Uuid::nil().to_string();
    let found = dispatcher
        .fill("/desk/search", &theirs(nobody.as_str()))
        .await;
    assert!(!found.body.contains(&matter.case.number));
}
