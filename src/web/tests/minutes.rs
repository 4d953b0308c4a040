//! The record of a session through the browser's eyes: written, put right, signed, and read by nobody outside.

use axum::http::StatusCode;

use super::court::hidden;
use super::matter::Matter;
use super::visitor::{House, Visitor, house};
use crate::documents::{Look, verify};
use crate::domain::action::Action;
use crate::domain::attendance::{Attendance, Happening};
use crate::domain::contact_record::{ContactChannel, Outcome};
use crate::domain::fixture::{MEDIATOR, Quarrel, RESPONDENT, SESSION, actor, rules};
use crate::domain::ids::PersonId;
use crate::domain::paper::PaperKind;
use crate::domain::signature::Shown;
use crate::domain::stage::EndCode;
use crate::domain::team::Capacity;
use crate::domain::time::civil;
use crate::paperwork::record_hash;
use crate::storage::fixture::{Database, on_each};
use crate::storage::{StorageError, attendance, write_tx};

on_each!(
    a_record_is_written_put_right_signed_by_those_present_and_closed,
    proposals_that_one_party_does_not_want_recorded_are_in_no_record,
    an_interpreter_signs_on_the_page_and_the_mediator_notes_who_does_not,
    the_record_of_a_session_is_begun_after_the_mediation_is_over,
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
    for member in matter.case.team.iter().filter(|it| it.capacity.sits_in()) {
        fields.push((format!("at_{}", member.person), "on_site".to_owned()));
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
    let signed = chancery
        .sign_record(&actor, id, &read, (&look, Shown::default()))
        .await;
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
    let roots = house.web.chancery.authority.roots().unwrap();
    let report = verify::run(&file, &roots);
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

/// Somebody from outside, with everybody's consent.
async fn with_interpreter(matter: &mut Matter<'_>) -> PersonId {
    let person = actor("stranger").person().unwrap();
    let capacity = Capacity::Interpreter;
    let invite = Action::InviteMember { person, capacity };
    matter.act("mediator", invite).await;
    matter.act("stranger", Action::JoinTeam).await;
    for name in ["claimant", "respondent"] {
        let agrees = true;
        let consent = Action::ConsentToMember { person, agrees };
        matter.act(name, consent).await;
    }
    person
}

async fn an_interpreter_signs_on_the_page_and_the_mediator_notes_who_does_not(database: Database) {
    let house = house(database, false).await;
    let mut matter = meeting(&house).await;
    with_interpreter(&mut matter).await;
    drafted(&mut matter, "约定下周再谈").await;
    let page = page(&matter);
    let mut interpreter = matter.visitor("stranger").await;
    let asked = interpreter.get(&page).await;
    let read = hidden(&asked, "hash").to_owned();
    let look = |act, code| {
        vec![
            ("act", act),
            ("hash", read.as_str()),
            ("way", "typed"),
            ("typed", "陈明"),
            ("read", "yes"),
            ("consent", "yes"),
            ("code", code),
        ]
    };
    let sent = interpreter.fill(&page, &look("look", "")).await;
    assert!(sent.body.contains("name=\"code\""), "{}", sent.body);
    let code = Visitor::of(&house).code().await;
    interpreter.expect(&page, &look("sign", &code), &page).await;
    matter.reload().await;
    sign(&mut matter, "claimant").await;
    noted(&mut matter).await;
    matter.reload().await;
    sign(&mut matter, "mediator").await;
    assert!(matter.case.record_of(SESSION).unwrap().closed.is_some());
    let file = matter.file(PaperKind::SessionRecord).await;
    let written = String::from_utf8_lossy(&file);
    assert!(written.contains(&utf16("记明：电话里说不签")));
    assert!(!written.contains(&utf16("拒绝")), "they refused nothing");
    let report = verify::run(&file, &house.web.chancery.authority.roots().unwrap());
    let fields: Vec<_> = report
        .signatures
        .iter()
        .map(|it| it.field.as_str())
        .collect();
    assert_eq!(fields, ["member-1", "party-1", "mediator"]);
    assert!(
        report.signatures[0].organisation.is_none(),
        "for themselves alone"
    );
}

/// The mediator calls the respondent, and notes what came of it.
async fn noted(matter: &mut Matter<'_>) {
    let page = page(matter);
    let mut mediator = matter.visitor("mediator").await;
    let early = mediator.get(&page).await.body;
    assert!(early.contains("先等一等") && !early.contains("value=\"note\""));
    let call = Action::RecordContact {
        party: RESPONDENT,
        channel: ContactChannel::Call,
        outcome: Outcome::NoAnswer,
        note: String::new(),
        at: matter.house.web.desk.clock.now(),
        message: None,
    };
    matter.act("mediator", call).await;
    let waits = mediator.get(&page).await;
    let respondent = matter.case.parties[1].id.to_string();
    assert!(
        waits.body.contains(&format!("value=\"{respondent}\"")),
        "{}",
        waits.body
    );
    let silent = mediator
        .fill(&page, &[("act", "note"), ("of", &respondent)])
        .await;
    assert!(silent.body.contains("id=\"why-error\""), "{}", silent.body);
    let note = [
        ("act", "note"),
        ("of", respondent.as_str()),
        ("why", "电话里说不签"),
    ];
    mediator.expect(&page, &note, &page).await;
    let told = mediator.get(&page).await.body;
    assert!(told.contains("没有签名；调解员"), "{told}");
    assert!(!told.contains("没有签名，理由是"), "nobody said so: {told}");
}

/// As the reason of a signature stands in the file.
fn utf16(text: &str) -> String {
    let units: Vec<_> = text.encode_utf16().map(|it| format!("{it:04x}")).collect();
    units.concat()
}

async fn the_record_of_a_session_is_begun_after_the_mediation_is_over(database: Database) {
    let house = house(database, false).await;
    let mut matter = meeting(&house).await;
    let desk = &house.web.desk;
    let people = matter.case.parties.iter().filter_map(|it| it.person);
    let line = Attendance {
        at: desk.clock.now(),
        what: Happening::Joined,
        people: people.collect(),
    };
    let (id, room) = (desk.clock.new_id(), (matter.case.id, SESSION));
    let kept: Result<(), StorageError> = write_tx!(desk.store, |tx| {
        attendance::insert(tx, id, room, &line).await
    });
    kept.unwrap();
    let session = SESSION;
    matter
        .act("mediator", Action::CloseSession { session })
        .await;
    let code = EndCode::TooFarApart;
    matter.act("mediator", Action::End { code }).await;
    let (record, page) = (matter.at("record"), page(&matter));
    let mut mediator = matter.visitor("mediator").await;
    let way = mediator.get(&record).await;
    assert!(
        way.body.contains(&format!("href=\"{page}\"")),
        "{}",
        way.body
    );
    let other = matter.visitor("claimant").await.get(&record).await;
    assert!(!other.body.contains(&page), "there is nothing to read yet");
    let form = mediator.get(&page).await;
    assert!(form.body.contains("T09:00"), "when they met: {}", form.body);
    drafted(&mut matter, "分歧较大").await;
    for name in ["claimant", "respondent", "mediator"] {
        sign(&mut matter, name).await;
    }
    assert!(matter.case.record_of(SESSION).unwrap().closed.is_some());
}
