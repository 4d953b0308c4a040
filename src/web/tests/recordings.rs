//! Recordings of sessions: asked for, agreed to by a code, taken back with one tap; played by those who are in them and by
//! nobody else.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::court::hidden;
use super::doors::addresses;
use super::matter::Matter;
use super::visitor::{Answer, House, Visitor, house, rules};
use crate::domain::fixture::{Quarrel, RECORDING, SESSION, actor};
use crate::domain::recording::{RecordingState, Stop};
use crate::domain::signature::Means;
use crate::storage::fixture::{Database, on_each};

on_each!(
    each_agrees_to_the_words_by_a_code_and_takes_it_back_with_one_tap,
    a_no_leaves_no_trace_and_words_that_changed_are_read_again,
    what_was_recorded_is_played_by_those_in_it_and_reaches_nobody_else,
    the_head_deletes_it_with_a_reason_and_the_page_says_so,
);

/// What is said in the recording.
const MARKER: &[u8] = b"\x1a\x45\xdf\xa3 between-these-walls-71f3 \x80\x81";

/// Who was not there.
const ELSEWHERE: [&str; 11] = [
    "dispatcher",
    "seal_holder",
    "head",
    "clerk",
    "judge",
    "operator",
    "intake_officer",
    "grid_worker",
    "supervisor",
    "other_mediator",
    "stranger",
];

async fn in_session(house: &House) -> Matter<'_> {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.now = house.web.desk.clock.now();
    Matter::begin(house, quarrel.meeting().case).await
}

fn asking(matter: &Matter<'_>) -> String {
    matter.at(&format!("sessions/{SESSION}/recording"))
}

async fn send(who: &mut Visitor<'_>, page: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let shown = who.get(page).await;
    let recording = hidden(&shown, "recording").to_owned();
    let fields = [&[("act", act), ("recording", recording.as_str())], more].concat();
    who.fill(page, &fields).await
}

async fn agree(who: &mut Visitor<'_>, page: &str) {
    let shown = who.get(page).await;
    let hash = hidden(&shown, "hash").to_owned();
    let asked = send(who, page, "look", &[("hash", &hash)]).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    assert!(asked.body.contains("id=\"code\""), "{}", asked.body);
    let code = who.code().await;
    let agreed = send(who, page, "sign", &[("hash", &hash), ("code", &code)]).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.body);
}

async fn each_agrees_to_the_words_by_a_code_and_takes_it_back_with_one_tap(database: Database) {
    let house = house(database, false).await;
    let mut matter = in_session(&house).await;
    let page = asking(&matter);
    let mut mediator = matter.visitor("mediator").await;
    let mut claimant = matter.visitor("claimant").await;
    let mut respondent = matter.visitor("respondent").await;
    assert!(claimant.get(&page).await.body.contains("没有录音录像"));
    let theirs = claimant.fill(&page, &[("act", "ask")]).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
    mediator.expect(&page, &[("act", "ask")], &page).await;
    let asked = claimant.get(&page).await.body;
    for said in [
        "单独谈话从来不录",
        "不代替调解笔录",
        "保存 1 年",
        "不送法院",
    ] {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    let hash = hidden(&claimant.get(&page).await, "hash").to_owned();
    let sent = send(&mut claimant, &page, "look", &[("hash", &hash)]).await;
    assert!(sent.body.contains("138****0001"), "{}", sent.body);
    let wrong = [("hash", hash.as_str()), ("code", "000000")];
    let wrong = send(&mut claimant, &page, "sign", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"code-error\""), "{}", wrong.body);
    let code = claimant.code().await;
    let right = [("hash", hash.as_str()), ("code", code.as_str())];
    let agreed = send(&mut claimant, &page, "sign", &right).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.body);
    for who in [&mut respondent, &mut mediator] {
        agree(who, &page).await;
    }
    matter.reload().await;
    let recording = &matter.case.recordings[0];
    let shown: Vec<_> = recording
        .consents
        .iter()
        .map(|it| it.shown.identified)
        .collect();
    let (phone, mail) = (Some(Means::CodeByPhone), Some(Means::CodeByMail));
    assert_eq!(shown, [phone, phone, mail]);
    assert!(recording.consents[0].words.contains("单独谈话从来不录"));
    let tells = mediator.get(&page).await.body;
    assert!(tells.contains("已经有 3 个人同意"), "{tells}");
    let taken = send(&mut respondent, &page, "withdraw", &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    matter.reload().await;
    let RecordingState::Over { why, .. } = &matter.case.recordings[0].state else {
        panic!("it is over");
    };
    assert_eq!(*why, Stop::Withdrawn);
    assert!(claimant.get(&page).await.body.contains("没有录音录像"));
}

async fn a_no_leaves_no_trace_and_words_that_changed_are_read_again(database: Database) {
    let house = house(database, false).await;
    let mut matter = in_session(&house).await;
    let page = asking(&matter);
    let mut mediator = matter.visitor("mediator").await;
    mediator.expect(&page, &[("act", "ask")], &page).await;
    matter.reload().await;
    let before = matter.case.version;
    let mut respondent = matter.visitor("respondent").await;
    let no = send(&mut respondent, &page, "no", &[]).await;
    assert!(no.body.contains("对您没有任何影响"), "{}", no.body);
    let other = "0".repeat(64);
    let stale = send(&mut respondent, &page, "look", &[("hash", &other)]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!stale.body.contains("id=\"code\""));
    matter.reload().await;
    assert_eq!(matter.case.version, before, "a no is nobody's business");
    let told = mediator.get(&page).await.body;
    assert!(told.contains("还没有人同意"), "{told}");
    // A yes to what was asked before is none to what is asked now.
    let shown = respondent.get(&page).await;
    let (first, hash) = (
        hidden(&shown, "recording").to_owned(),
        hidden(&shown, "hash").to_owned(),
    );
    send(&mut mediator, &page, "stop", &[]).await;
    mediator.expect(&page, &[("act", "ask")], &page).await;
    let late = [
        ("act", "look"),
        ("recording", first.as_str()),
        ("hash", hash.as_str()),
    ];
    let late = respondent.fill(&page, &late).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.body.contains("刚才问的那一次已经结束"),
        "{}",
        late.body
    );
}

/// A case with something to play, in which nobody sees the claimant's words who was not there.
async fn recorded(house: &House) -> Matter<'_> {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).active();
    quarrel.now = house.web.desk.clock.now();
    let mut quarrel = quarrel.meeting();
    quarrel.recorded();
    let file = house.web.files.put(film()).await.unwrap();
    quarrel.keeps_recording(file, LENGTH as u64);
    Matter::begin(house, quarrel.case).await
}

/// Longer than what a player gets at a time.
const LENGTH: usize = 2_500_000;

fn film() -> Vec<u8> {
    let mut film = MARKER.to_vec();
    film.resize(LENGTH, 7);
    film
}

fn holds(answer: &Answer) -> bool {
    answer.bytes.windows(MARKER.len()).any(|it| it == MARKER)
}

async fn what_was_recorded_is_played_by_those_in_it_and_reaches_nobody_else(database: Database) {
    let house = house(database, false).await;
    let matter = recorded(&house).await;
    let page = matter.at(&format!("recordings/{RECORDING}"));
    let person = actor("claimant").person().unwrap();
    let here = format!("{page}/{person}");
    let hash = matter.case.recordings[0].films()[0].file.to_string();
    for name in ["claimant", "respondent", "mediator"] {
        let mut reader = matter.visitor(name).await;
        let shown = reader.get(&page).await.body;
        assert!(
            shown.contains(&here) && shown.contains(&hash),
            "{name}: {shown}"
        );
        let request = Request::get(&here).header(header::RANGE, "bytes=4-");
        let part = reader.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT, "{name}");
        assert_eq!(part.bytes, film()[4..][..1 << 20], "{name}");
        let whole = reader.get(&here).await;
        assert_eq!(whole.status, StatusCode::OK, "{name} downloads it");
        assert_eq!(whole.bytes, film(), "{name}");
        assert_eq!(part.headers[header::CONTENT_TYPE], "audio/webm");
        let listed = reader.get(&matter.at("dossier/json")).await.body;
        assert!(listed.contains(&hash), "{name}: {listed}");
        let zip = reader.get(&matter.at("dossier/zip")).await;
        assert!(holds(&zip), "{name}: it goes along");
    }
    let zip = matter
        .visitor("dispatcher")
        .await
        .get(&matter.at("dossier/zip"))
        .await;
    assert_eq!(zip.status, StatusCode::OK);
    assert!(!holds(&zip), "who only keeps the file has the hashes");
    let pages = addresses(&house, "/cases/{id}");
    for name in ELSEWHERE {
        let mut reader = matter.visitor(name).await;
        let refused = reader.get(&here).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{name}");
        for address in &pages {
            let path = address
                .replace("{id}", &matter.case.id.to_string())
                .replace("{recording}", &RECORDING.to_string())
                .replace("{session}", &SESSION.to_string())
                .replace("{person}", &person.to_string())
                .replace("{hash}", &hash);
            if !path.contains('{') {
                let answer = reader.get(&path).await;
                assert!(!holds(&answer), "{name}: {path}");
            }
        }
    }
}

async fn the_head_deletes_it_with_a_reason_and_the_page_says_so(database: Database) {
    let house = house(database, false).await;
    let mut matter = recorded(&house).await;
    let page = matter.at(&format!("recordings/{RECORDING}"));
    let mut claimant = matter.visitor("claimant").await;
    assert!(!claimant.get(&page).await.body.contains("name=\"reason\""));
    let theirs = claimant.fill(&page, &[("reason", "不想留着")]).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
    let mut head = matter.visitor("head").await;
    assert!(head.get(&page).await.body.contains("name=\"reason\""));
    let silent = head.fill(&page, &[("reason", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("id=\"reason-error\""));
    let why = [("reason", "申请人撤回同意，请求删除")];
    head.expect(&page, &why, &page).await;
    matter.reload().await;
    assert_eq!(matter.case.recordings[0].state.name(), "deleted");
    let told = claimant.get(&page).await.body;
    assert!(told.contains("申请人撤回同意，请求删除") && !told.contains("<audio"));
    let person = actor("claimant").person().unwrap();
    let film = claimant.get(&format!("{page}/{person}")).await;
    assert_eq!(
        film.status,
        StatusCode::NOT_FOUND,
        "before the job has come to it"
    );
}
