//! The dossier of each reader: whole, with the papers unaltered, and without a word that was said in confidence.

use super::*;
use crate::domain::caucus::{CaucusNote, Confidential};
use crate::domain::contact_record::{ContactChannel, Outcome};
use crate::domain::evidence::{ConfidedEvidence, EvidenceFile, Media};
use crate::domain::fixture::{CLAIMANT, MEDIATOR, RESPONDENT};
use crate::domain::ids::EvidenceId;
use crate::domain::note::PrivateNote;
use crate::domain::service::Wish;
use crate::domain::writing::WithoutPrejudice;
use crate::storage::{caucus, evidence, library};

on_each!(
    the_dossier_holds_every_paper_unaltered_and_nothing_said_in_confidence,
    whoever_keeps_no_file_gets_none,
    the_current_paper_is_the_draft_of_the_board_until_it_is_put_on_paper,
);

pub(super) const KEEPERS: [&str; 3] = ["mediator", "dispatcher", "head"];
/// Said to the mediator alone.
pub(super) const CONFIDED: [&str; 5] = [
    "底线是两千元",
    "私下录的那段",
    "自己留的后路",
    "我看他会让步",
    "只写给调解员看",
];
/// Offered on the way to a settlement, and why it was not taken (解释 107).
pub(super) const OFFERED: [&str; 3] = ["分三次付清", "先给您看看的方案", "这个数太少了"];
/// Between one party and the committee.
const HOUSE: &str = "约了下周二再打过去";

/// What one side told the mediator alone, by word and by file.
async fn confide(house: &House) {
    let at = house.chancery.desk.clock.now();
    let note = CaucusNote {
        with: CLAIMANT,
        author: MEDIATOR,
        text: Confidential::new(CONFIDED[0].to_owned()),
        at,
    };
    let file = ConfidedEvidence {
        id: EvidenceId(Uuid::from_u128(7)),
        from: CLAIMANT,
        by: actor("claimant").person().unwrap(),
        to: MEDIATOR,
        file: EvidenceFile {
            media: Media::Mp3,
            name: format!("{}.mp3", CONFIDED[2]),
            size: 9,
            original: ContentHash::of(b"confided"),
            preview: None,
        },
        note: Confidential::new(CONFIDED[1].to_owned()),
        at,
    };
    let own = PrivateNote {
        author: MEDIATOR,
        text: Confidential::new(CONFIDED[3].to_owned()),
        at,
    };
    let id = house.case.id;
    let kept: Result<(), crate::storage::StorageError> =
        write_tx!(house.chancery.desk.store, |tx| {
            caucus::insert(tx, Uuid::from_u128(8), id, &note).await?;
            library::note(tx, Uuid::from_u128(9), id, &own).await?;
            evidence::insert(tx, id, &file).await
        });
    kept.unwrap();
}

/// What was offered and written on the way: to the mediator alone, to the other side, and its answer.
async fn offer(house: &mut House) {
    house.act("mediator", Action::ProposeWriting).await;
    for name in ["claimant", "respondent"] {
        house.act(name, Action::AgreeToWriting).await;
    }
    let (desk, id) = (&house.chancery.desk, house.case.id);
    let (claimant, respondent) = (actor("claimant"), actor("respondent"));
    let told = casework::write_to_one(desk, &claimant, id, CLAIMANT, CONFIDED[4]);
    told.await.unwrap();
    let rules = Arc::clone(&desk.rules);
    let mut quarrel = Quarrel::new(&rules);
    quarrel.now = desk.clock.now();
    let terms = |purpose: &str| {
        let mut terms = quarrel.offer_terms();
        if let Some(payment) = &mut terms.payment {
            purpose.clone_into(&mut payment.purpose);
        }
        terms
    };
    let (kept, sent) = (terms(OFFERED[1]), terms(OFFERED[0]));
    let shown = casework::show_offer(desk, &respondent, id, &kept);
    shown.await.unwrap();
    let sent = casework::send_offer(desk, &respondent, id, None, &sent);
    let case = sent.await.unwrap();
    let writing = case.stage.work().unwrap().writing.as_ref().unwrap();
    let offer = writing.offers[0].id;
    let reason = WithoutPrejudice(OFFERED[2].to_owned());
    house
        .act("claimant", Action::DeclineOffer { offer, reason })
        .await;
}

/// A settled case with all that can lie with it.
pub(super) async fn full(database: Database) -> House {
    let mut house = house(database, true).await;
    confide(&house).await;
    offer(&mut house).await;
    let contact = Action::RecordContact {
        party: RESPONDENT,
        channel: ContactChannel::Call,
        outcome: Outcome::NoAnswer,
        note: HOUSE.to_owned(),
        at: house.chancery.desk.clock.now(),
        message: None,
    };
    house.act("mediator", contact).await;
    let wish = Wish {
        address: "柳荫里 3 号楼 502 室".to_owned(),
        ..Wish::default()
    };
    let chancery = &house.chancery;
    let draft = chancery.draft_service(&house.case, CLAIMANT, &wish).await;
    let hash = draft.unwrap().hash();
    let claimant = actor("claimant");
    let kept = chancery.confirm_service(&claimant, &house.case, wish, &hash);
    house.case = kept.await.unwrap();
    house.settled().await;
    house
}

pub(super) fn pdftotext(bytes: &[u8]) -> String {
    text_in(bytes, &[])
}

/// As it stands in the file: a row of a table whole, whatever stands beside it.
pub(super) fn text_in_order(bytes: &[u8]) -> String {
    text_in(bytes, &["-raw"])
}

fn text_in(bytes: &[u8], options: &[&str]) -> String {
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let run = |program: &str, before: &[&str], after: &[&str]| {
        let mut command = std::process::Command::new(program);
        let output = command.args(before).arg(file.path()).args(after).output();
        let output = output.unwrap_or_else(|error| panic!("{program} is missing: {error}"));
        assert!(output.status.success(), "{program}: {output:?}");
        output.stdout
    };
    run("qpdf", &["--check"], &[]);
    String::from_utf8(run("pdftotext", options, &["-"])).unwrap()
}

async fn the_dossier_holds_every_paper_unaltered_and_nothing_said_in_confidence(
    database: Database,
) {
    let house = full(database).await;
    let readers = KEEPERS.into_iter().chain(["claimant", "respondent"]);
    for name in readers {
        let reader = actor(name);
        let chancery = &house.chancery;
        let file = chancery.dossier_file(&reader, &house.case).await.unwrap();
        let data = chancery.dossier(&reader, &house.case).await.unwrap();
        let json = serde_json::to_string(&data).unwrap();
        let text = pdftotext(&file);
        let mut all = vec![text.clone(), json.clone()];
        for paper in &data.papers {
            all.push(pdftotext(&attachment(&file, &paper.file)));
        }
        all.push(String::from_utf8(attachment(&file, "dossier.json")).unwrap());
        for secret in CONFIDED.into_iter().chain(OFFERED) {
            let told = all
                .iter()
                .filter(|it| it.replace('\n', "").contains(secret));
            assert_eq!(told.count(), 0, "{name} reads {secret}");
        }
        let keeper = KEEPERS.contains(&name);
        assert_eq!(
            text.contains(HOUSE) && json.contains(HOUSE),
            keeper,
            "{name}"
        );
        assert_eq!(json.contains(HOUSE), keeper, "{name}");
        let kinds: Vec<_> = data
            .papers
            .iter()
            .map(|paper| paper.kind.as_str())
            .collect();
        let own = name != "respondent";
        assert_eq!(kinds.contains(&"service_address"), own, "{name}: {kinds:?}");
        assert!(
            kinds.contains(&"agreement") && text.contains("卷内目录"),
            "{name}"
        );
        for paper in &data.papers {
            assert!(
                text.replace(['\n', ' '], "").contains(&paper.sha256),
                "{name}"
            );
            attached_whole(&file, &paper.file, &paper.sha256);
        }
        let foreign = house.case.party(if name == "claimant" {
            RESPONDENT
        } else {
            CLAIMANT
        });
        let phone = foreign.unwrap().contact.phone.as_ref().unwrap().domestic();
        assert_eq!(json.contains(&phone), keeper, "{name} reads {phone}");
    }
}

/// A file within the dossier.
fn attachment(dossier: &[u8], name: &str) -> Vec<u8> {
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), dossier).unwrap();
    let mut command = std::process::Command::new("qpdf");
    let show = command.arg(format!("--show-attachment={name}"));
    let output = show.arg(file.path()).output().unwrap();
    assert!(output.status.success(), "{name}: {output:?}");
    output.stdout
}

/// A signed file stays valid only byte for byte.
fn attached_whole(dossier: &[u8], name: &str, hash: &str) {
    let found = attachment(dossier, name);
    assert_eq!(ContentHash::of(&found).as_str(), hash, "{name}");
}

async fn whoever_keeps_no_file_gets_none(database: Database) {
    let house = full(database).await;
    for name in [
        "stranger",
        "other_mediator",
        "operator",
        "supervisor",
        "judge",
    ] {
        let reader = actor(name);
        assert!(
            house.chancery.dossier(&reader, &house.case).await.is_err(),
            "{name}"
        );
        let file = house.chancery.dossier_file(&reader, &house.case).await;
        assert!(file.is_err(), "{name}");
    }
}

async fn the_current_paper_is_the_draft_of_the_board_until_it_is_put_on_paper(database: Database) {
    let mut house = house(database, true).await;
    let claimant = actor("claimant");
    let current = house.chancery.current_paper(&claimant, &house.case).await;
    let Some(Current::Draft(draft)) = current.unwrap() else {
        panic!("clauses lie on the board");
    };
    let text = pdftotext(&draft);
    assert!(
        text.contains("草稿") && !text.contains("（印章）"),
        "{text}"
    );
    house.settled().await;
    let current = house.chancery.current_paper(&claimant, &house.case).await;
    let Some(Current::Kept(paper)) = current.unwrap() else {
        panic!("it was put on paper");
    };
    assert_eq!(house.case.paper(paper).unwrap().kind, PaperKind::Agreement);
}
