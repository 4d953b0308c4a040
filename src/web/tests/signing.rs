//! Staff without a second factor sign with a code to their own address, bound to the text.

use super::court::hidden;
use super::matter::Matter;
use super::*;
use crate::domain::fixture::Quarrel;

on_each!(a_mediator_signs_with_a_code_for_this_text_and_not_with_the_password,);

async fn a_mediator_signs_with_a_code_for_this_text_and_not_with_the_password(database: Database) {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    for (seat, mark) in quarrel.case.parties.iter_mut().zip(["aa", "bb"]) {
        mark.clone_into(&mut seat.identity.as_mut().unwrap().fingerprint);
    }
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, quarrel.case).await;
    matter.prepare().await;
    for name in ["claimant", "respondent"] {
        matter.sign(name).await;
    }
    let page = matter.at("sign");
    let mut mediator = matter.visitor("mediator").await;
    let open = mediator.get(&page).await;
    let hash = hidden(&open, "hash");
    let mut send = async |hash: &str, act: &str, code: &str| {
        let fields = [
            ("act", act),
            ("hash", hash),
            ("way", "typed"),
            ("typed", "陈明"),
            ("read", "yes"),
            ("consent", "yes"),
            ("code", code),
        ];
        mediator.fill(&page, &fields).await
    };
    let password = send(hash, "sign", "nobody signs in with it").await;
    assert_eq!(password.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = send(hash, "look", "").await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    assert!(asked.body.contains("@heyi.test") && !asked.body.contains("mediator@"));
    let code = Visitor::of(&house).code().await;
    let other = send(&"0".repeat(64), "sign", &code).await;
    assert!(other.body.contains("href=\"#paper\""), "{}", other.body);
    let done = send(hash, "sign", &code).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    matter.reload().await;
    assert_eq!(matter.case.stage.signing().unwrap().signatures.len(), 3);
}
