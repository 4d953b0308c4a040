//! The record of a session through the browser's eyes: written, put right, signed, and read by nobody outside.

use axum::http::StatusCode;

use super::matter::Matter;
use super::visitor::{House, house};
use crate::documents::{Look, verify};
use crate::domain::action::Action;
use crate::domain::fixture::{MEDIATOR, Quarrel, SESSION, actor, rules};
use crate::domain::paper::PaperKind;
use crate::domain::time::civil;
use crate::paperwork::record_hash;
use crate::storage::fixture::{Database, on_each};

on_each!(
    a_record_is_written_put_right_signed_by_those_present_and_closed,
    proposals_that_one_party_does_not_want_recorded_are_in_no_record,
);

/// Two who have agreed on a clause, in a session that is open.
async fn meeting(house: &House) -> Matter<'_> {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    quarrel.now = house.web.desk.clock.now();
    for (seat, mark) in quarrel.case.parties.iter_mut().zip(["aa", "bb"]) {
        mark.clone_into(&mut seat.identity.as_mut().unwrap().fingerprint);
    }
    let mut matter = Matter::begin(house, quarrel.case).await;
    let (session, at, minutes) = (SESSION, house.web.desk.clock.now(), 60);
    let schedule = Action::ScheduleSession {
        session,
        at,
        minutes,
        venue: None,
    };
    matter.act("mediator", schedule).await;
    matter
        .act("mediator", Action::OpenSession { session })
        .await;
    matter
}

fn page(matter: &Matter<'_>) -> String {
    matter.at(&format!("sessions/{SESSION}/record"))
}

/// What the mediator types, with both parties there on site.
async fn drafted(matter: &mut Matter<'_>, result: &str) {
    let now = civil(matter.house.web.desk.clock.now());
    let now = now.strftime("%Y-%m-%dT%H:%M").to_string();
    let mut fields = vec![
        ("act".to_owned(), "draft".to_owned()),
        ("place".to_owned(), "柳荫社区调解室".to_owned()),
        ("from".to_owned(), now.clone()),
        ("until".to_owned(), now),
        ("opening".to_owned(), "identity".to_owned()),
        ("recusal".to_owned(), "双方都不申请回避".to_owned()),
        ("proposals".to_owned(), "铺一块隔音垫".to_owned()),
        ("result".to_owned(), result.to_owned()),
        (format!("at_{MEDIATOR}"), "on_site".to_owned()),
    ];
    for party in &matter.case.parties {
        fields.push((
            format!("at_{}", party.person.unwrap()),
            "on_site".to_owned(),
        ));
        fields.push((format!("says_{}", party.id), "夜里睡不着".to_owned()));
    }
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let mut mediator = matter.visitor("mediator").await;
    let done = mediator.fill(&page(matter), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let laid = mediator.fill(&page(matter), &[("act", "lay")]).await;
    assert_eq!(laid.status, StatusCode::SEE_OTHER, "{}", laid.body);
    matter.reload().await;
}

async fn sign(matter: &mut Matter<'_>, name: &str) {
    let record = matter.case.record_of(SESSION).unwrap();
    let laid = record.laid.as_ref().unwrap();
    let read = record_hash(laid, matter.case.paper(laid.paper).unwrap()).clone();
    let look = Look::Typed("姓名".to_owned());
    let actor = actor(name);
    let id = (matter.case.id, SESSION);
    let chancery = &matter.house.web.chancery;
    let signed = chancery.sign_record(&actor, id, &read, &look).await;
    matter.case = signed.unwrap();
}

async fn a_record_is_written_put_right_signed_by_those_present_and_closed(database: Database) {
    let house = house(database, false).await;
    let mut matter = meeting(&house).await;
    drafted(&mut matter, "约定下周再谈").await;
    let mut respondent = matter.visitor("respondent").await;
    let read = respondent.get(&page(&matter)).await.body;
    for told in [
        "柳荫社区调解室",
        "双方都不申请回避",
        "夜里睡不着",
        "约定下周再谈",
    ] {
        assert!(read.contains(told), "{told}: {read}");
    }
    let note = [("act", "correct"), ("note", "是下周三")];
    let asked = respondent.fill(&page(&matter), &note).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let seen = matter.visitor("mediator").await.get(&page(&matter)).await;
    assert!(seen.body.contains("是下周三"), "{}", seen.body);
    drafted(&mut matter, "约定下周三再谈").await;
    for name in ["claimant", "respondent", "mediator"] {
        sign(&mut matter, name).await;
    }
    let record = matter.case.record_of(SESSION).unwrap();
    assert!(record.closed.is_some());
    let file = matter.file(PaperKind::SessionRecord).await;
    let root = house.web.chancery.authority.root().unwrap();
    let report = verify::run(&file, &[root]);
    assert!(
        report.accepted && report.signatures.len() == 3,
        "{report:?}"
    );
    for name in ["clerk", "judge", "stranger", "grid_worker", "supervisor"] {
        let answer = matter.visitor(name).await.get(&page(&matter)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
}

async fn proposals_that_one_party_does_not_want_recorded_are_in_no_record(database: Database) {
    let house = house(database, false).await;
    let mut matter = meeting(&house).await;
    drafted(&mut matter, "没有谈成").await;
    let record = matter.case.record_of(SESSION).unwrap();
    let text = house.web.chancery.laid_text(&matter.case, record).await;
    let text = format!("{:?}", text.unwrap());
    assert!(
        text.contains("没有谈成") && !text.contains("隔音垫"),
        "{text}"
    );
}
