//! Staff without a second factor sign with a code to their own address, bound to the text.

use super::court::{court, employ, enter, hidden};
use super::*;
use crate::accounts::sessions::Method;
use crate::documents::Look;
use crate::domain::fixture::{COMMITTEE, Quarrel, actor};
use crate::paperwork::text_hash;

/// An agreement that both parties have signed, and its page.
async fn signed_by_both(house: &House, quarrel: &Quarrel<'_>) -> String {
    let chancery = &house.web.chancery;
    let mediator = actor("mediator");
    let case = chancery.prepare_signing(&mediator, &quarrel.case).await;
    let case = case.unwrap();
    let agreement = case.stage.signing().unwrap();
    let hash = text_hash(agreement, case.paper(agreement.paper).unwrap());
    for name in ["claimant", "respondent"] {
        let look = Look::Typed(name.to_owned());
        let signed = chancery.sign(&actor(name), case.id, hash, &look).await;
        signed.unwrap();
    }
    format!("/cases/{}/sign", case.id)
}

#[tokio::test]
async fn a_mediator_signs_with_a_code_for_this_text_and_not_with_the_password() {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    for (seat, mark) in quarrel.case.parties.iter_mut().zip(["aa", "bb"]) {
        mark.clone_into(&mut seat.identity.as_mut().unwrap().fingerprint);
    }
    let house = court(&quarrel).await;
    let (organisation, role) = (COMMITTEE, Role::Mediator);
    employ(&house, "mediator", Post { organisation, role }).await;
    let page = signed_by_both(&house, &quarrel).await;
    let mut mediator = enter(&house, "mediator", Method::Password).await;
    let open = mediator.get(&page).await;
    let hash = hidden(&open, "hash").to_owned();
    let with = |act: &'static str, code: &str| -> Vec<(&'static str, String)> {
        let fields = [
            ("act", act),
            ("hash", &hash),
            ("way", "typed"),
            ("typed", "陈明"),
            ("read", "yes"),
            ("consent", "yes"),
            ("code", code),
        ];
        fields
            .map(|(name, value)| (name, value.to_owned()))
            .to_vec()
    };
    let mut send = async |act, code: &str| {
        let fields = with(act, code);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        mediator.fill(&page, &fields).await
    };
    let unasked = send("sign", "a long password").await;
    assert_eq!(unasked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = send("look", "").await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    assert!(asked.body.contains("@example.com") && !asked.body.contains("mediator@"));
    let code = Visitor::of(&house).code().await;
    let done = send("sign", &code).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let case = casework::load(&house.web.desk, &actor("mediator"), quarrel.case.id).await;
    assert_eq!(case.unwrap().stage.signing().unwrap().signatures.len(), 3);
}
