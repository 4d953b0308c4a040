//! The court's pages: intake, findings, questions, and the ruling that is read before it is issued.

use super::matter::Matter;
use super::*;
use crate::domain::confirmation::Phase;
use crate::domain::fixture::{COURT_NUMBER, Quarrel, all_clear};
use crate::domain::paper::PaperKind;
use crate::domain::stage::Stage;

/// The hidden field of a page.
pub(super) fn hidden<'a>(page: &'a Answer, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split(&mark).nth(1).expect("a hidden field");
    rest.split('"').next().unwrap()
}

on_each!(
    the_ruling_is_read_before_it_is_issued_and_bound_to_what_was_read,
    a_dismissal_keeps_its_words_from_the_form_to_the_draft_and_back,
    a_dismissal_is_issued_in_the_words_that_were_read,
    a_dismissal_keeps_its_words_when_too_many_codes_were_wrong,
    a_clerk_takes_an_application_in_and_the_judge_waits_for_it,
    the_judge_rules_not_to_accept_and_the_parties_get_the_paper,
    ticks_are_saved_together_and_a_note_alone_is_asked_about,
    the_parties_read_nothing_of_the_court_s_notes_over_the_api,
);

async fn the_ruling_is_read_before_it_is_issued_and_bound_to_what_was_read(database: Database) {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).reviewing();
    quarrel.act("judge", all_clear(&rules));
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, quarrel.case).await;
    let review = format!("/cases/{}/review", matter.case.id);
    let ruling = format!("{review}/ruling");
    let mut judge = matter.visitor("judge").await;
    let mut clerk = matter.visitor("clerk").await;
    let page = judge.get(&review).await;
    assert!(page.body.contains(&format!("href=\"{ruling}\"")));
    assert_eq!(clerk.get(&ruling).await.status, StatusCode::NOT_FOUND);
    let draft = judge.get(&ruling).await;
    for said in [COURT_NUMBER, "书记员", "民事裁定书"] {
        assert!(draft.body.contains(said), "{said}");
    }
    let (read, code) = (
        hidden(&draft, "hash"),
        matter.one_time_password("judge").await,
    );
    let sign = [("act", "sign"), ("hash", read), ("code", "000000")];
    let wrong = judge.fill(&ruling, &sign).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"code-error\"") && wrong.body.contains(read));
    // The clerk notes something more: the case is no longer the one that was read.
    let note = [
        ("act", "find"),
        ("clear-unclear", "yes"),
        ("note-unclear", "再看"),
    ];
    clerk.expect(&review, &note, &review).await;
    let sign = [("act", "sign"), ("hash", read), ("code", code.as_str())];
    let changed = judge.fill(&ruling, &sign).await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(changed.body.contains("class=\"error-summary\""));
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "confirm.reviewing");
    let again = hidden(&changed, "hash");
    assert_ne!(again, read);
    let sign = [("act", "sign"), ("hash", again), ("code", code.as_str())];
    judge.expect(&ruling, &sign, &review).await;
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "confirm.valid");
}

const REASONS: &str = "第一条没有写明\"做到什么程度\"。";
const ESCAPED: &str = "第一条没有写明&quot;做到什么程度&quot;。";

/// A dismissal on its way: ground and reasons travel with every step.
fn dismissal<'a>(act: &'a str, hash: &'a str, code: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("ground", "unclear"),
        ("reasons", REASONS),
        ("act", act),
        ("hash", hash),
        ("code", code),
    ]
}

async fn a_dismissal_keeps_its_words_from_the_form_to_the_draft_and_back(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules).reviewing().case).await;
    let page = matter.at("review/dismissal");
    let mut judge = matter.visitor("judge").await;
    let groundless = [("act", "look"), ("reasons", REASONS)];
    let missing = judge.fill(&page, &groundless).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("id=\"ground-error\"") && missing.body.contains(ESCAPED));
    let draft = judge.fill(&page, &dismissal("look", "", "")).await;
    assert_eq!(draft.status, StatusCode::OK);
    let kept = draft.body.matches(ESCAPED).count();
    assert!(kept >= 2, "in the text and in the form");
    let file = judge.fill(&page, &dismissal("pdf", "", "")).await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
    let edit = judge.fill(&page, &dismissal("edit", "", "")).await;
    let area = format!(">{ESCAPED}</textarea>");
    assert!(edit.body.contains(&area), "{}", edit.body);
}

async fn a_dismissal_keeps_its_words_when_too_many_codes_were_wrong(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules).reviewing().case).await;
    let page = matter.at("review/dismissal");
    let mut judge = matter.visitor("judge").await;
    let draft = judge.fill(&page, &dismissal("look", "", "")).await;
    let read = hidden(&draft, "hash");
    for _ in 0..9 {
        let wrong = judge.fill(&page, &dismissal("sign", read, "000000")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("id=\"code-error\"") && wrong.body.contains(ESCAPED));
    }
}

async fn a_dismissal_is_issued_in_the_words_that_were_read(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).reviewing().case).await;
    let page = matter.at("review/dismissal");
    let mut judge = matter.visitor("judge").await;
    let draft = judge.fill(&page, &dismissal("look", "", "")).await;
    let code = matter.one_time_password("judge").await;
    let read = hidden(&draft, "hash");
    let wrong = judge.fill(&page, &dismissal("sign", read, "000000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains(ESCAPED) && wrong.body.contains(read));
    let mut other = dismissal("sign", read, &code);
    other[1].1 = "第二条没有写明。";
    let other = judge.fill(&page, &other).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = judge.fill(&page, &dismissal("sign", read, &code)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    matter.reload().await;
    let Stage::Confirm {
        phase: Phase::Dismissed { ruling },
        ..
    } = &matter.case.stage
    else {
        panic!("{}", matter.case.stage.name());
    };
    assert_eq!(ruling.reasons, REASONS);
}

async fn a_clerk_takes_an_application_in_and_the_judge_waits_for_it(database: Database) {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).filed();
    let house = house(database, false).await;
    let matter = Matter::begin(&house, quarrel.case).await;
    let review = format!("/cases/{}/review", matter.case.id);
    let mut judge = matter.visitor("judge").await;
    let waiting = judge.get(&review).await;
    assert!(
        !waiting.body.contains("value=\"accept\""),
        "intake is the clerk's"
    );
    let mut clerk = matter.visitor("clerk").await;
    clerk.expect(&review, &[("act", "accept")], &review).await;
    assert!(clerk.get(&review).await.body.contains("诉前调确1号"));
    // Somebody else was faster: what was typed is still there.
    let typed = [
        ("act", "look"),
        ("ground", "other-court"),
        ("reasons", "应向别处申请。"),
    ];
    let late = judge.fill(&matter.at("review/refusal"), &typed).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("class=\"error-summary\"") && late.body.contains("应向别处申请。"));
    let ask = |words: &'static str| [("act", "ask"), ("question", words)];
    judge.expect(&review, &ask("谁来买？"), &review).await;
    let twice = judge.fill(&review, &ask("什么时候买？")).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("class=\"error-summary\"") && twice.body.contains("什么时候买？"));
}

async fn ticks_are_saved_together_and_a_note_alone_is_asked_about(database: Database) {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).filed();
    let before = quarrel.case.version;
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, quarrel.case).await;
    let review = format!("/cases/{}/review", matter.case.id);
    let mut clerk = matter.visitor("clerk").await;
    let ticks = [
        ("act", "find"),
        ("clear-late", "yes"),
        ("clear-title", "no"),
    ];
    clerk.expect(&review, &ticks, &review).await;
    clerk.expect(&review, &ticks, &review).await;
    matter.reload().await;
    let case = &matter.case;
    assert_eq!(
        case.version,
        before + 1,
        "one step, and none for nothing new"
    );
    let alone = [("act", "find"), ("note-unclear", "第二条？")];
    let asked = clerk.fill(&review, &alone).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("id=\"clear-unclear-error\"") && asked.body.contains("第二条？"));
}

async fn the_parties_read_nothing_of_the_court_s_notes_over_the_api(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).reviewing().case).await;
    matter.act("clerk", all_clear(&rules)).await;
    let path = format!("/api/v1/cases/{}/events", matter.case.id);
    for (name, knows) in [("clerk", true), ("claimant", false), ("respondent", false)] {
        let events = matter.visitor(name).await.get(&path).await;
        assert_eq!(events.status, StatusCode::OK);
        let told = events.body.contains("\"find\"");
        assert_eq!(told, knows, "{name}: {}", events.body);
    }
}

/// 解释 355: read to the end, then issued under a number of its own, and laid open to both.
async fn the_judge_rules_not_to_accept_and_the_parties_get_the_paper(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).filed().case).await;
    let (page, review) = (matter.at("review/refusal"), matter.at("review"));
    let mut clerk = matter.visitor("clerk").await;
    assert_eq!(clerk.get(&page).await.status, StatusCode::NOT_FOUND);
    let mut judge = matter.visitor("judge").await;
    let refuses = |act: &'static str, hash: &str, code: &str| {
        [
            ("ground", "other-court".to_owned()),
            ("reasons", REASONS.to_owned()),
            ("act", act.to_owned()),
            ("hash", hash.to_owned()),
            ("code", code.to_owned()),
        ]
    };
    let fields = refuses("look", "", "");
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let draft = judge.fill(&page, &fields).await;
    for words in ["不予受理", "诉前调确1号", "第三百五十五条"] {
        assert!(draft.body.contains(words), "{words}: {}", draft.body);
    }
    let code = matter.one_time_password("judge").await;
    let fields = refuses("sign", hidden(&draft, "hash"), &code);
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    judge.expect(&page, &fields, &review).await;
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "confirm.not_accepted");
    let mut claimant = matter.visitor("claimant").await;
    let shown = claimant.get(&matter.at("confirmation")).await;
    assert!(shown.body.contains("value=\"receive\""), "{}", shown.body);
    let ruling = matter.paper(PaperKind::Ruling).id;
    let file = claimant.get(&matter.at(&format!("papers/{ruling}"))).await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
}
