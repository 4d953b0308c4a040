//! The papers that an accepted matter goes with, and where each party wants to be served.

use jiff::civil::date;

use super::dossier::pdftotext;
use super::*;
use crate::domain::fixture::{CLAIMANT, RESPONDENT};
use crate::domain::permission::may_read_paper;
use crate::domain::service::{Channel, Wish};
use crate::storage::StorageError;
use crate::storage::accounts::people;

on_each!(
    an_accepted_matter_has_its_record_and_its_notice_under_seal_once,
    what_no_paper_can_show_does_not_keep_a_matter_out_of_the_register,
    a_party_confirms_where_it_is_served_and_the_other_side_does_not_read_it,
    whoever_reads_english_gets_both_papers_in_two_languages,
    an_extension_that_all_agreed_to_is_on_a_sealed_paper_once,
    an_extension_is_on_paper_though_the_mediation_ended_before_the_paper_was_made,
);

async fn accepted(database: Database, story: &str) -> House {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).received();
    let (now, mut case) = (quarrel.now, quarrel.case);
    story.clone_into(&mut case.story);
    let mut house = house_of(database, case, now).await;
    house.act("dispatcher", Action::Accept).await;
    house
}

async fn said(house: &House, kind: PaperKind) -> String {
    let paper = house.case.latest_paper(kind).unwrap();
    let file = house.chancery.file(paper).await.unwrap();
    let report = verify::run(&file, &house.chancery.authority.roots().unwrap());
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
    assert_eq!(report.signatures[0].signer, "柳荫街道人民调解委员会");
    paper.verify_id.clone()
}

async fn an_accepted_matter_has_its_record_and_its_notice_under_seal_once(database: Database) {
    let mut house = accepted(database, "夜里总有拖椅子的声音。").await;
    assert!(house.case.papers.is_empty(), "the act itself makes none");
    for _ in 0..2 {
        house.chancery.draw_up(house.case.id).await.unwrap();
        house.reload().await;
        let kinds: Vec<_> = house.case.papers.iter().map(|paper| paper.kind).collect();
        assert_eq!(kinds, [PaperKind::IntakeRecord, PaperKind::RightsNotice]);
    }
    let one = said(&house, PaperKind::IntakeRecord).await;
    assert_ne!(one, said(&house, PaperKind::RightsNotice).await);
    for name in ["claimant", "dispatcher", "head"] {
        for paper in &house.case.papers {
            assert!(may_read_paper(&actor(name), &house.case, paper), "{name}");
        }
    }
    let paper = &house.case.papers[0];
    for name in ["stranger", "judge", "operator", "anonymous"] {
        assert!(!may_read_paper(&actor(name), &house.case, paper), "{name}");
    }
}

async fn what_no_paper_can_show_does_not_keep_a_matter_out_of_the_register(database: Database) {
    let mut house = accepted(database, "太吵了😡，睡不着").await;
    house.chancery.draw_up(house.case.id).await.unwrap();
    house.reload().await;
    said(&house, PaperKind::IntakeRecord).await;
}

fn by_message() -> Wish {
    Wish {
        address: "柳荫里 3 号楼 502 室".to_owned(),
        receiver: None,
        channels: [Channel::Sms].into(),
    }
}

async fn a_party_confirms_where_it_is_served_and_the_other_side_does_not_read_it(
    database: Database,
) {
    let mut house = house(database, false).await;
    let wish = by_message();
    let chancery = &house.chancery;
    let draft = chancery.draft_service(&house.case, CLAIMANT, &wish).await;
    let hash = draft.unwrap().hash();
    let (claimant, respondent) = (actor("claimant"), actor("respondent"));
    let other = Wish {
        channels: [Channel::Sms, Channel::Platform].into(),
        ..wish.clone()
    };
    // Another text than the one that was read, and the same text by the other side.
    for (who, wish) in [(&claimant, &other), (&respondent, &wish)] {
        let refused = chancery.confirm_service(who, &house.case, wish.clone(), &hash);
        assert!(refused.await.is_err(), "{who:?}");
    }
    let kept = chancery.confirm_service(&claimant, &house.case, wish.clone(), &hash);
    house.case = kept.await.unwrap();
    let service = house.case.party(CLAIMANT).unwrap().service.as_ref();
    assert_eq!(service.unwrap().wish, wish);
    assert!(house.case.party(RESPONDENT).unwrap().service.is_none());
    said(&house, PaperKind::ServiceAddress).await;
    let paper = house.case.latest_paper(PaperKind::ServiceAddress).unwrap();
    for (name, reads) in [
        ("claimant", true),
        ("mediator", true),
        ("dispatcher", true),
        ("respondent", false),
        ("stranger", false),
    ] {
        assert_eq!(
            may_read_paper(&actor(name), &house.case, paper),
            reads,
            "{name}"
        );
    }
}

async fn whoever_reads_english_gets_both_papers_in_two_languages(database: Database) {
    let mut house = accepted(database, "夜里总有拖椅子的声音。").await;
    let reader = house.case.party(CLAIMANT).unwrap().person.unwrap();
    let chosen: Result<(), StorageError> = write_tx!(house.chancery.desk.store, |tx| {
        people::set_preferences(tx, reader, "en", false).await
    });
    chosen.unwrap();
    house.chancery.draw_up(house.case.id).await.unwrap();
    house.reload().await;
    said(&house, PaperKind::RightsNotice).await;
    let paper = house.case.latest_paper(PaperKind::RightsNotice).unwrap();
    let notice = house.chancery.file(paper).await.unwrap();
    let wish = by_message();
    let form = house.chancery.draft_service(&house.case, CLAIMANT, &wish);
    let form = form.await.unwrap();
    let (claimant, hash) = (actor("claimant"), form.hash());
    let chancery = &house.chancery;
    let kept = chancery.confirm_service(&claimant, &house.case, wish, &hash);
    house.case = kept.await.unwrap();
    let form = form.bytes;
    let roots = house.chancery.authority.roots().unwrap();
    for (file, title) in [
        (notice.as_ref(), "Notice of Rights and Duties"),
        (form.as_slice(), "Confirmation of the Address for Service"),
    ] {
        let translation = verify::run(file, &roots).translation;
        assert_eq!(translation.as_deref(), Some("en"), "{title}");
        let said = pdftotext(file);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [title, "the Chinese text prevails", "以中文文本为准"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    // Who reads Chinese from now on is shown the same paper, and so is who reads it in large print.
    let chosen: Result<(), StorageError> = write_tx!(house.chancery.desk.store, |tx| {
        people::set_preferences(tx, reader, "zh-CN", true).await
    });
    chosen.unwrap();
    let shown = house.chancery.rights_notice(&house.case).await.unwrap();
    let beside = shown.beside.map(|it| it.title);
    assert_eq!(beside.as_deref(), Some("Notice of Rights and Duties"));
    for (kind, title) in [
        (PaperKind::RightsNotice, "Notice of Rights and Duties"),
        (
            PaperKind::ServiceAddress,
            "Confirmation of the Address for Service",
        ),
    ] {
        let paper = house.case.latest_paper(kind).unwrap();
        let large = house.chancery.large_copy(&house.case, paper).await.unwrap();
        let said = pdftotext(&large.unwrap());
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            said.contains(title) && !said.contains("它的用语改过"),
            "{said}"
        );
    }
}

/// 在线调解规则 24: by common wish, which the paper shows of each.
async fn an_extension_that_all_agreed_to_is_on_a_sealed_paper_once(database: Database) {
    let mut house = house(database, false).await;
    for (until, paper) in [(date(2026, 4, 12), 1), (date(2026, 4, 30), 2)] {
        let why = "等房屋检测的结果".to_owned();
        let ask = Action::ProposeExtension { until, why };
        house.act("claimant", ask).await;
        house.chancery.draw_up(house.case.id).await.unwrap();
        house.reload().await;
        assert_eq!(house.case.papers.len(), paper - 1, "one is not all");
        house.act("respondent", Action::AgreeExtension).await;
        for _ in 0..2 {
            house.chancery.draw_up(house.case.id).await.unwrap();
        }
        house.reload().await;
        assert_eq!(house.case.papers.len(), paper);
        said(&house, PaperKind::Extension).await;
    }
    let extended = &house.case.stage.work().unwrap().extended[0];
    let first = house.case.paper(extended.paper.unwrap()).unwrap();
    let text = pdftotext(&house.chancery.file(first).await.unwrap()).replace(['\n', ' '], "");
    for words in [
        "2026年4月1日",
        "2026年4月12日；这一天是节假日，顺延到2026年4月13日",
        "等房屋检测的结果",
        "安和于2026-03-02",
        "康宁于2026-03-02",
    ] {
        assert!(text.contains(&words.replace(' ', "")), "{words}: {text}");
    }
    for name in ["claimant", "respondent", "mediator"] {
        let data = house
            .chancery
            .dossier(&actor(name), &house.case)
            .await
            .unwrap();
        let kept = data.papers.iter().filter(|it| it.kind == "extension");
        assert_eq!(kept.count(), 2, "{name}");
    }
}

/// The job runs later than people act, and the worker may have been down.
async fn an_extension_is_on_paper_though_the_mediation_ended_before_the_paper_was_made(
    database: Database,
) {
    let mut house = house(database, false).await;
    let (until, why) = (date(2026, 4, 12), "等房屋检测的结果".to_owned());
    house
        .act("claimant", Action::ProposeExtension { until, why })
        .await;
    house.act("respondent", Action::AgreeExtension).await;
    let code = EndCode::TooFarApart;
    house.act("mediator", Action::End { code }).await;
    for _ in 0..2 {
        house.chancery.draw_up(house.case.id).await.unwrap();
    }
    house.reload().await;
    said(&house, PaperKind::Extension).await;
    let kept = house.case.papers.iter();
    let kept = kept.filter(|it| it.kind == PaperKind::Extension);
    assert_eq!(kept.count(), 1);
}
