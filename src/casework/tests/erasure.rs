//! What people wrote can be erased once the mediation is over, and the chain holds.

use super::super::{correspondence, perform, send_offer, show_offer, write_to_all, write_to_one};
use super::{active, desk};
use crate::domain::action::Action;
use crate::domain::chain;
use crate::domain::fixture::{Quarrel, actor, rules};
use crate::domain::stage::EndCode;
use crate::domain::writing::WithoutPrejudice;
use crate::storage::erasure::erase_words;
use crate::storage::fixture::on_both;
use crate::storage::{StorageError, events, write_tx, writing};

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
        let early: Result<u64, StorageError> =
            write_tx!(desk.store, |tx| { erase_words(tx, id).await });
        assert!(matches!(early, Err(StorageError::Conflict)), "{early:?}");
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
        let erased: Result<u64, StorageError> =
            write_tx!(desk.store, |tx| { erase_words(tx, id).await });
        assert!(erased.unwrap() > 2);
        let mut read = desk.store.read().await.unwrap();
        assert_eq!(writing::of_case(&mut read, id).await.unwrap(), []);
        assert_eq!(writing::confided(&mut read, id).await.unwrap(), []);
        assert_eq!(events::details(&mut read, id, 1).await.unwrap(), None);
        let links = events::chain(&mut read, id).await.unwrap();
        assert_eq!(chain::verify(&id.to_string(), &links), Ok(()));
    })
    .await;
}
