//! Papers and proofs as their people meet them on pages, and as nobody else does.

use axum::http::{StatusCode, header};

use super::matter::Matter;
use super::visitor::{Visitor, house, rules};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::actor::Actor;
use crate::domain::attendance::{Attendance, Happening};
use crate::domain::fixture::{CLAUSE, Quarrel, RESPONDENT, SESSION, actor};
use crate::domain::paper::PaperKind;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{StorageError, attendance, write_tx};

/// The bytes of a picture, as far as anybody looks.
const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

/// Said alone with the mediator.
const SAID: &str = "其实我愿意赔八千元";

/// Two facts are noted, both parties accept one of them, and one says something alone.
async fn talk(matter: &mut Matter<'_>) {
    for text in ["双方是上下楼邻居", "声音发生在夜里"] {
        let text = text.to_owned();
        matter
            .act("mediator", Action::NoteUndisputed { text })
            .await;
    }
    for name in ["claimant", "respondent"] {
        matter.act(name, Action::AgreeUndisputed { index: 0 }).await;
    }
    let (desk, mediator) = (&matter.house.web.desk, actor("mediator"));
    let note = casework::note_caucus(desk, &mediator, matter.case.id, RESPONDENT, SAID.to_owned());
    note.await.unwrap();
}

on_each!(
    what_was_typed_is_kept_when_somebody_was_faster,
    an_end_on_the_page_leads_to_a_sealed_certificate_that_tells_nothing_said_alone,
    papers_and_proofs_are_not_there_for_strangers_nor_through_another_case,
    what_was_typed_about_performance_is_not_lost_when_it_is_refused,
    the_application_lists_what_is_there_and_the_court_can_open_it,
    the_court_alone_reads_whole_identity_numbers,
    the_court_reads_no_number_once_the_application_is_gone,
    the_record_tells_mediator_and_dispatcher_who_was_in_a_session,
);

async fn an_end_on_the_page_leads_to_a_sealed_certificate_that_tells_nothing_said_alone(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    talk(&mut matter).await;
    let case_page = format!("/cases/{}", matter.case.id);
    let mut mediator = matter.visitor("mediator").await;
    mediator
        .expect(&matter.at("end/too_far_apart"), &[], &case_page)
        .await;

    let mut office = matter.visitor("seal_holder").await;
    let draft = office.get(&matter.at("certificate")).await;
    assert!(draft.body.contains("双方是上下楼邻居") && !draft.body.contains("声音发生在夜里"));
    let hash = draft.body.split("name=\"hash\" value=\"").nth(1).unwrap();
    let hash = hash.split('"').next().unwrap().to_owned();
    let code = matter.one_time_password("seal_holder").await;
    let typed = [("hash", hash.as_str()), ("code", &code)];
    office
        .expect(&matter.at("certificate"), &typed, &case_page)
        .await;

    matter.reload().await;
    let paper = matter.at(&format!(
        "papers/{}",
        matter.paper(PaperKind::NonSettlement).id
    ));
    for name in ["claimant", "respondent"] {
        let mut party = matter.visitor(name).await;
        assert!(
            party.get(&case_page).await.body.contains(&paper),
            "{name} finds it"
        );
        let file = party.get(&paper).await;
        assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
        let roots = house.web.chancery.authority.roots().unwrap();
        let report = crate::documents::verify::run(&file.bytes, &roots);
        assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
    }
    let text = house
        .web
        .chancery
        .draft_certificate(&matter.case)
        .await
        .unwrap()
        .text;
    let text = format!("{text:?}");
    for secret in [SAID, "八千", "声音发生在夜里"] {
        assert!(
            !draft.body.contains(secret) && !text.contains(secret),
            "{secret}"
        );
    }
    assert!(text.contains("双方是上下楼邻居"), "agreed by both");
}

async fn papers_and_proofs_are_not_there_for_strangers_nor_through_another_case(
    database: Database,
) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    let other = matter.beside(0xcb).await;
    matter.settle().await;
    let mut debtor = matter.visitor("respondent").await;
    let report = matter.at(&format!("performance/{CLAUSE}"));
    let sent = debtor
        .upload(&report, &[("note", "已经转账")], ("proof", PHOTO))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let mut creditor = matter.visitor("claimant").await;
    let why = format!("why-{CLAUSE}");
    let dispute: [(&str, &str); 3] = [
        ("act", "dispute"),
        (&why, "没有收到"),
        ("clause", &CLAUSE.to_string()),
    ];
    creditor
        .expect(
            &matter.at("performance"),
            &dispute,
            &matter.at("performance"),
        )
        .await;
    let ledger = creditor.get(&matter.at("performance")).await;
    assert!(ledger.body.contains("已经转账") && ledger.body.contains("没有收到"));
    let place = ledger
        .body
        .split("/proofs/")
        .nth(1)
        .expect("the proof stays");
    let proof = matter.at(&format!("proofs/{}", place.split('"').next().unwrap()));

    let paper = format!("papers/{}", matter.paper(PaperKind::Agreement).id);
    for name in ["claimant", "respondent", "mediator"] {
        let mut reader = matter.visitor(name).await;
        assert_eq!(reader.get(&proof).await.bytes, PHOTO, "{name}");
        assert_eq!(reader.get(&matter.at(&paper)).await.status, StatusCode::OK);
        // The same people, by way of another case of theirs.
        let elsewhere = proof.replace(&matter.case.id.to_string(), &other.case.id.to_string());
        assert_eq!(reader.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            reader.get(&other.at(&paper)).await.status,
            StatusCode::NOT_FOUND
        );
    }
    for name in ["stranger", "other_mediator", "judge", "operator"] {
        let mut reader = matter.visitor(name).await;
        for path in [&proof, &matter.at(&paper), &matter.at("performance")] {
            let answer = reader.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name} {path}");
        }
    }
    let mut dispatcher = matter.visitor("dispatcher").await;
    assert_eq!(dispatcher.get(&proof).await.status, StatusCode::NOT_FOUND);
}

async fn what_was_typed_about_performance_is_not_lost_when_it_is_refused(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.settle().await;
    let mut creditor = matter.visitor("claimant").await;
    let why = format!("why-{CLAUSE}");
    let early: [(&str, &str); 3] = [
        ("act", "dispute"),
        (&why, "一直没有收到"),
        ("clause", &CLAUSE.to_string()),
    ];
    let refused = creditor.fill(&matter.at("performance"), &early).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("一直没有收到</textarea>"));
    let mut debtor = matter.visitor("respondent").await;
    let report = matter.at(&format!("performance/{CLAUSE}"));
    let wrong = debtor
        .upload(&report, &[("note", "已经转账")], ("proof", b"<html>"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("已经转账"));
}

/// The mediator compares a card at the counter, through the page.
async fn compare(matter: &Matter<'_>, seat: usize, number: &str) {
    let mut mediator = matter.visitor("mediator").await;
    let page = matter.at(&format!("identity/{}", matter.case.parties[seat].id));
    let in_room = [
        ("method", "card_in_room"),
        ("number", number),
        ("address", "柳荫里 3 号楼 502 室"),
        ("name_matches", "yes"),
        ("face_matches", "yes"),
    ];
    let refused = mediator.fill(&page, &in_room).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"method-error\"") && refused.body.contains(number));
    let mut typed = in_room;
    typed[0].1 = "card_at_counter";
    mediator.expect(&page, &typed, &matter.at("identity")).await;
}

/// Both cards are compared, the agreement is in effect, and the claimant has handed in a deed; its address.
async fn deed_handed_in(matter: &mut Matter<'_>) -> String {
    for (seat, number) in NUMBERS.into_iter().enumerate() {
        compare(matter, seat, number).await;
    }
    matter.reload().await;
    matter.settle().await;
    let mut claimant = matter.visitor("claimant").await;
    let exhibits = matter.at("exhibits");
    let kind = [("kind", "property"), ("note", "502 室的房本")];
    let wrong = claimant.upload(&exhibits, &kind, ("file", b"<html>")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("502 室的房本"), "nothing typed is lost");
    let before = claimant.get(&matter.at("confirmation")).await;
    assert!(!before.body.contains(LISTED), "it is not there yet");
    let sent = claimant.upload(&exhibits, &kind, ("file", PHOTO)).await;
    assert_eq!(sent.location(), exhibits);
    matter.reload().await;
    matter.at(&format!("proofs/{}", matter.case.exhibits[0].file))
}

/// Valid and invented.
const NUMBERS: [&str; 2] = ["110101190001010022", "110101190002020011"];

/// How the application lists the deed.
const LISTED: &str = "财产权利证明（安和提交";

async fn the_application_lists_what_is_there_and_the_court_can_open_it(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    let file = deed_handed_in(&mut matter).await;
    let join = matter
        .visitor("respondent")
        .await
        .get(&matter.at("confirmation"))
        .await;
    assert!(join.body.contains(LISTED) && join.body.contains(&file));
    for name in ["respondent", "claimant"] {
        matter.join(name).await;
    }
    for name in ["claimant", "respondent", "mediator", "clerk", "judge"] {
        let mut reader = matter.visitor(name).await;
        assert_eq!(reader.get(&file).await.bytes, PHOTO, "{name}");
    }
    for name in ["stranger", "dispatcher", "seal_holder", "other_mediator"] {
        let mut reader = matter.visitor(name).await;
        for path in [&file, &matter.at("exhibits")] {
            let answer = reader.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
        }
    }
    let review = matter
        .visitor("clerk")
        .await
        .get(&matter.at("review"))
        .await;
    assert!(review.body.contains(&file) && review.body.contains(&matter.at("record")));
}

async fn the_court_alone_reads_whole_identity_numbers(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    deed_handed_in(&mut matter).await;
    for name in ["respondent", "claimant"] {
        matter.join(name).await;
    }
    let record = matter
        .visitor("clerk")
        .await
        .get(&matter.at("record"))
        .await;
    let whole = |page: &str| NUMBERS.iter().any(|number| page.contains(number));
    assert!(
        NUMBERS.iter().all(|number| record.body.contains(number)),
        "{}",
        record.body
    );
    assert!(record.body.contains("柜台当面出示") && record.body.contains("陈明"));
    let (desk, clerk) = (&house.web.desk, actor("clerk").person().unwrap());
    let read = casework::number_readings(desk, &Actor::Clock, matter.case.id).await;
    assert_eq!(
        read.unwrap(),
        [(clerk, desk.clock.now())],
        "who read them is kept"
    );
    let ends = |page: &str| {
        let parties = matter.case.parties.iter();
        let masked = parties.filter_map(|party| party.identity.as_ref());
        masked.filter(|check| page.contains(&check.masked)).count()
    };
    for (name, shown) in [
        ("claimant", 1),
        ("mediator", 2),
        ("dispatcher", 0),
        ("seal_holder", 0),
    ] {
        let record = matter.visitor(name).await.get(&matter.at("record")).await;
        assert_eq!(record.status, StatusCode::OK);
        assert!(!whole(&record.body), "{name}");
        assert_eq!(ends(&record.body), shown, "{name}");
    }
    let own = matter
        .visitor("claimant")
        .await
        .get(&matter.at("record"))
        .await;
    assert_eq!(own.body.matches("看过完整号码").count(), 1, "{}", own.body);
    let stranger = matter
        .visitor("stranger")
        .await
        .get(&matter.at("record"))
        .await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let read = casework::number_readings(desk, &Actor::Clock, matter.case.id).await;
    assert_eq!(read.unwrap().len(), 1, "nobody else read any");
}

async fn the_court_reads_no_number_once_the_application_is_gone(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    deed_handed_in(&mut matter).await;
    for name in ["respondent", "claimant"] {
        matter.join(name).await;
    }
    matter.act("claimant", Action::WithdrawConfirmation).await;
    let mut clerk = matter.visitor("clerk").await;
    let record = clerk.get(&matter.at("record")).await;
    let read = NUMBERS.iter().any(|number| record.body.contains(number));
    assert!(!read && !record.body.contains("110***"), "{}", record.body);
}

async fn the_record_tells_mediator_and_dispatcher_who_was_in_a_session(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let store = &house.web.desk.store;
    let start = house.web.desk.clock.now();
    let claimant = actor("claimant").person().unwrap();
    let lines = [(Happening::Joined, 0), (Happening::Left, 25)].map(|(what, minutes)| Attendance {
        at: start + jiff::SignedDuration::from_mins(minutes),
        what,
        people: vec![claimant],
    });
    for line in &lines {
        let (id, room) = (house.web.desk.clock.new_id(), (matter.case.id, SESSION));
        let kept: Result<(), StorageError> =
            write_tx!(store, |tx| { attendance::insert(tx, id, room, line).await });
        kept.unwrap();
    }
    for name in ["mediator", "dispatcher"] {
        let mut reader = matter.visitor(name).await;
        let page = reader.get(&format!("/cases/{}", matter.case.id)).await;
        assert!(page.body.contains(&matter.at("record")), "{name}");
        let record = reader.get(&matter.at("record")).await;
        assert!(
            record.body.contains("09:00") && record.body.contains("09:25"),
            "{}",
            record.body
        );
    }
}

/// The matter has gone on since the form was opened: nothing is done, and the words are there to be copied.
async fn what_was_typed_is_kept_when_somebody_was_faster(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    let mut respondent = matter.visitor("respondent").await;
    for (page, field) in [
        ("invitation/decline", "reason"),
        ("disclosure", "why"),
        ("challenge", "reason"),
        ("assignment", "reason"),
    ] {
        let said = "我们 <b>私下</b> 说好了";
        let token = respondent.csrf().await;
        let fields = [
            ("csrf", token.as_str()),
            (field, said),
            ("code", "没人 该看到"),
        ];
        let late = respondent
            .send(Visitor::request(&matter.at(page), &fields))
            .await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{page}");
        assert!(
            late.body.contains("我们 &lt;b&gt;私下&lt;/b&gt; 说好了"),
            "{page}: {}",
            late.body
        );
        assert!(!late.body.contains("没人 该看到"), "{page}");
    }
}
