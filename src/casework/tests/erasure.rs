//! What people wrote can be erased once the matter is over, with who asked for it; and the chain holds.

use uuid::Uuid;

use super::super::{
    Desk, correspondence, perform, send_offer, show_offer, write_to_all, write_to_one,
};
use super::{active, desk};
use crate::domain::action::Action;
use crate::domain::case::Case;
use crate::domain::chain;
use crate::domain::evidence::Audience;
use crate::domain::fixture::{Quarrel, actor, rules};
use crate::domain::ids::{CaseId, UploadId};
use crate::domain::message::Channel;
use crate::domain::stage::EndCode;
use crate::domain::writing::WithoutPrejudice;
use crate::storage::erasure::{self, AskedBy, Erasure, erase};
use crate::storage::fixture::on_both;
use crate::storage::messages::NewMessage;
use crate::storage::uploads::Upload;
use crate::storage::{StorageError, Store, events, messages, uploads, write_tx, writing};

#[tokio::test]
async fn words_go_with_the_case_and_an_offer_that_was_never_sent_with_the_mediation() {
    on_both(async |store| {
        let (desk, rules) = (desk(store).await, rules());
        let case = active(&desk).await;
        let (id, mine, theirs) = (case.id, case.parties[0].id, case.parties[1].id);
        let act = async |name: &str, action: Action| {
            perform(&desk, &actor(name), id, action).await.unwrap()
        };
        act("mediator", Action::ProposeWriting).await;
        for name in ["claimant", "respondent"] {
            act(name, Action::AgreeToWriting).await;
        }
        let mut terms = Quarrel::new(&rules).offer_terms();
        terms.payment.as_mut().unwrap().debtor = theirs;
        terms.conduct[0].debtor = mine;
        let claimant = actor("claimant");
        let sent = send_offer(&desk, &claimant, id, None, &terms)
            .await
            .unwrap();
        let offer = sent.stage.work().unwrap().writing.as_ref().unwrap().offers[0].id;
        let reason = WithoutPrejudice("拿不出绝无仅有的数".to_owned());
        let declined = act("respondent", Action::DeclineOffer { offer, reason }).await;
        let body = |case| serde_json::to_string(&case).unwrap();
        assert!(body(declined).contains("绝无仅有"));
        write_to_all(&desk, &claimant, id, "说给大家听")
            .await
            .unwrap();
        write_to_one(&desk, &claimant, id, mine, "底线三千")
            .await
            .unwrap();
        show_offer(&desk, &claimant, id, &terms).await.unwrap();
        let erasure = asked_for(&desk, &case);
        let ask = async || -> Result<u64, StorageError> {
            write_tx!(desk.store, |tx| { erase(tx, &erasure).await })
        };
        let early = ask().await;
        assert!(matches!(early, Err(StorageError::Conflict)), "{early:?}");
        beside(&desk.store, &case).await;
        let read = correspondence(&desk, &claimant, id).await.unwrap();
        assert_eq!(
            (read.messages.len(), read.alone.len(), read.kept.len()),
            (1, 1, 1)
        );
        let code = EndCode::TooFarApart;
        let ended = act("mediator", Action::End { code }).await;
        assert!(!body(ended).contains("绝无仅有"), "nor why it was declined");
        let mut read = desk.store.read().await.unwrap();
        assert_eq!(writing::kept_offers(&mut read, id).await.unwrap(), []);
        assert_eq!(writing::of_case(&mut read, id).await.unwrap().len(), 1);
        drop(read);
        let erased = ask().await.unwrap();
        assert!(erased > 4, "{erased}");
        nothing_is_left(&desk, id).await;
        let mut read = desk.store.read().await.unwrap();
        let written_down = erasure::all(&mut read).await.unwrap();
        let rows = i64::try_from(erased).unwrap();
        assert_eq!(written_down, [(erasure.clone(), rows)], "and no early one");
    })
    .await;
}

fn asked_for(desk: &Desk, case: &Case) -> Erasure {
    Erasure {
        id: desk.clock.new_id(),
        number: case.number.clone(),
        at: desk.clock.now(),
        asked_by: AskedBy::Claimant,
        why: "本人要求".to_owned(),
    }
}

async fn nothing_is_left(desk: &Desk, id: CaseId) {
    let mut read = desk.store.read().await.unwrap();
    assert_eq!(writing::of_case(&mut read, id).await.unwrap(), []);
    assert_eq!(writing::confided(&mut read, id).await.unwrap(), []);
    assert_eq!(events::details(&mut read, id, 1).await.unwrap(), None);
    let giver = actor("claimant").person().unwrap();
    let on_the_way = uploads::of_person(&mut read, giver, id).await;
    assert_eq!(on_the_way.unwrap(), []);
    let told = messages::newest(&mut read, 99).await.unwrap();
    let names: Vec<_> = told.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["to-be-sent"], "and what is not sent yet stays");
    let links = events::chain(&mut read, id).await.unwrap();
    assert_eq!(chain::verify(&id.to_string(), &links), Ok(()));
}

/// A file on its way with a note for the mediator alone, a message that was sent and one that was not.
async fn beside(store: &Store, case: &Case) {
    let upload = Upload {
        id: UploadId(Uuid::from_u128(7)),
        case: case.id,
        person: actor("claimant").person().unwrap(),
        name: "录音.m4a".to_owned(),
        note: "只给调解员听".to_owned(),
        audience: Audience::Mediator,
        size: 2,
        received: 1,
        parts: 1,
    };
    let message = |name: &str| NewMessage {
        key: name.to_owned(),
        channel: Channel::Sms,
        address: "+8619900000001".to_owned(),
        locale: "zh-CN".to_owned(),
        name: name.to_owned(),
        facts: [("number".to_owned(), case.number.clone())].into(),
        case: Some(case.id),
        calendar: None,
    };
    let now = case.opened_at;
    let kept: Result<(), StorageError> = write_tx!(store, |tx| {
        uploads::insert(tx, &upload, now).await?;
        messages::post(tx, &message("was-sent"), now).await?;
        let all = messages::newest(tx, 1).await?;
        messages::sent(tx, all[0].id, None, now).await?;
        messages::post(tx, &message("to-be-sent"), now).await?;
        Ok(())
    });
    kept.unwrap();
}
