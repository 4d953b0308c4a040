//! A template is changed while people read and sign: nothing is signed that was not read, nothing signed is touched.

use super::*;
use crate::documents::{self, paper::Block};
use crate::domain::identity::PersonName;
use crate::storage::accounts::people;
use crate::storage::fixture::sqlite;
use crate::storage::{StorageError, register};

/// The words of the house with one template changed.
fn reworded(file: &str, from: &str, to: &str) -> Arc<Texts> {
    let mut shipped = crate::i18n::forms::shipped_files();
    let (_, text) = shipped.find(|(path, _)| path == file).unwrap();
    assert!(text.contains(from), "{file} says {from}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("papers").join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text.replace(from, to)).unwrap();
    Arc::new(Texts::load(Some(folder.path())).unwrap())
}

#[tokio::test]
async fn a_certificate_that_was_read_in_other_words_is_not_issued() {
    let mut house = house(sqlite().await, false).await;
    let end = Action::End {
        code: EndCode::TooFarApart,
    };
    house.act("mediator", end).await;
    let read = house.chancery.draft_certificate(&house.case).await.unwrap();
    let words = ("请您留意", "请您注意");
    Arc::get_mut(&mut house.chancery).unwrap().texts =
        reworded("cn/zh-CN/certificate.txt", words.0, words.1);
    let holder = actor("seal_holder");
    let issue = |read: ContentHash| {
        let (chancery, holder, id) = (&house.chancery, holder.clone(), house.case.id);
        async move {
            chancery
                .issue_certificate(&holder, id, &read, Shown::default())
                .await
        }
    };
    let refused = issue(read.hash()).await;
    assert!(matches!(
        refused,
        Err(PaperworkError::Casework(CaseworkError::OutOfOrder(
            OutOfOrder::PaperChanged
        )))
    ));
    let again = house.chancery.draft_certificate(&house.case).await.unwrap();
    assert!(format!("{:?}", again.text.blocks).contains("请您注意"));
    issue(again.hash()).await.unwrap();
}

#[tokio::test]
async fn an_application_begun_in_other_words_is_joined_as_it_was_begun() {
    let mut house = house(sqlite().await, true).await;
    house.settled().await;
    let begin = house
        .chancery
        .application(&house.case, COURT)
        .await
        .unwrap();
    let look = Look::Typed("姓名".to_owned());
    let join = async |house: &House, name: &str, read: &ContentHash| {
        let id = house.case.id;
        house
            .chancery
            .join_confirmation(&actor(name), id, COURT, read, (&look, Shown::default()))
            .await
    };
    house.case = join(&house, "respondent", &begin.text_hash())
        .await
        .unwrap();
    let told = house
        .chancery
        .application(&house.case, COURT)
        .await
        .unwrap();
    assert!(told.text.blocks.len() > 5, "the file says the same");
    Arc::get_mut(&mut house.chancery).unwrap().texts =
        reworded("cn/zh-CN/application.txt", "此致", "此呈");
    let told = house
        .chancery
        .application(&house.case, COURT)
        .await
        .unwrap();
    let [Block::Notice { title, .. }] = told.text.blocks.as_slice() else {
        panic!("other words than those of the file: {:?}", told.text.blocks);
    };
    assert_eq!(title, "请看文件本身");
    assert_eq!(told.text_hash(), begin.text_hash(), "the file is as it was");
    house.case = join(&house, "claimant", &told.text_hash()).await.unwrap();
    let report = house.report(PaperKind::Application).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
}

#[tokio::test]
async fn an_agreement_laid_out_in_other_words_is_signed_as_it_lies_and_read_as_the_file() {
    let mut house = house(sqlite().await, true).await;
    let mediator = actor("mediator");
    let laid = house
        .chancery
        .prepare_signing(&mediator, &house.case, Order::Free);
    house.case = laid.await.unwrap();
    house.willing().await;
    let read = house.text();
    let told = house.chancery.agreement_text(&house.case).await.unwrap();
    assert!(told.blocks.len() > 5, "the file says the same");
    Arc::get_mut(&mut house.chancery).unwrap().texts =
        reworded("cn/zh-CN/agreement.txt", "法律后果告知", "法律后果");
    let told = house.chancery.agreement_text(&house.case).await.unwrap();
    assert!(matches!(told.blocks.as_slice(), [Block::Notice { .. }]));
    for name in ["claimant", "respondent", "mediator"] {
        house.case = house.sign(name, &read).await.unwrap();
    }
    let holder = actor("seal_holder");
    let sealed = house
        .chancery
        .seal(&holder, house.case.id, &read, Shown::default());
    house.case = sealed.await.unwrap();
    let report = house.report(PaperKind::Agreement).await;
    assert!(report.accepted && report.unsigned.is_empty(), "{report:?}");
}

/// Whoever mediates is called otherwise since, and a party lives elsewhere.
async fn corrected(house: &mut House) {
    let store = &house.chancery.desk.store;
    let id = crate::domain::fixture::MEDIATOR;
    let found = people::load(&mut store.read().await.unwrap(), id).await;
    let mut mediator = found.unwrap().unwrap();
    mediator.name = PersonName::parse("陈更名").unwrap();
    let renamed: Result<(), StorageError> =
        write_tx!(store, |tx| { register::update_person(tx, &mediator).await });
    renamed.unwrap();
    for seat in &mut house.case.parties {
        "新华路 9 号".clone_into(&mut seat.address);
    }
}

#[tokio::test]
async fn what_was_laid_open_is_read_as_it_was_whoever_is_called_or_lives_otherwise_since() {
    let mut house = house(sqlite().await, true).await;
    let mediator = actor("mediator");
    let laid = house
        .chancery
        .prepare_signing(&mediator, &house.case, Order::Free);
    house.case = laid.await.unwrap();
    let before = house.chancery.agreement_text(&house.case).await.unwrap();
    corrected(&mut house).await;
    let told = house.chancery.agreement_text(&house.case).await.unwrap();
    let said = |text: &documents::Paper| format!("{:?}", text.blocks);
    assert_eq!(said(&told), said(&before));
    let paper = house.case.latest_paper(PaperKind::Agreement).unwrap();
    let large = house.chancery.large_copy(&house.case, paper).await;
    let large = super::dossier::pdftotext(&large.unwrap().unwrap()).replace(['\n', ' '], "");
    assert!(large.contains("柳荫里3号楼502室"), "{large}");
    assert!(!large.contains("新华路"), "{large}");
    let printed = house
        .chancery
        .sign_on_paper(&actor("claimant"), &house.case)
        .await;
    house.case = printed.unwrap();
    let text = house.chancery.agreement_text(&house.case).await.unwrap();
    let words = said(&text);
    assert!(
        words.contains("陈明") && words.contains("在纸上签名"),
        "{words}"
    );
    assert!(text.check.is_some_and(|check| check.on_each_page));
}
