//! Staff without a second factor sign with a code to their own address, bound to the text.

use super::court::hidden;
use super::matter::Matter;
use super::*;
use crate::domain::fixture::Quarrel;
use crate::domain::paper::PaperKind;

on_each!(
    the_agreement_is_there_in_large_print_for_those_who_read_it,
    a_mediator_signs_with_a_code_for_this_text_and_not_with_the_password,
    nothing_comes_on_the_board_that_no_paper_can_show,
    an_address_read_off_a_card_is_one_that_papers_can_show,
);

/// The domicile stands in the agreement and in the application to the court.
async fn an_address_read_off_a_card_is_one_that_papers_can_show(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let mut mediator = matter.visitor("mediator").await;
    let page = matter.at(&format!("identity/{}", matter.case.parties[0].id));
    let seen = [
        ("method", "card_at_counter"),
        ("number", "11010119900101001X"),
        ("address", "柳荫路3号😀"),
        ("name_matches", "yes"),
        ("face_matches", "yes"),
    ];
    let refused = mediator.fill(&page, &seen).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let summary = "href=\"#address\"";
    assert!(refused.body.contains(summary), "{}", refused.body);
    assert!(refused.body.contains("柳荫路3号😀"), "what was typed stays");
}

/// What two people have agreed to is never taken away again: a character without a glyph would bar every signature.
async fn nothing_comes_on_the_board_that_no_paper_can_show(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    let mut mediator = matter.visitor("mediator").await;
    let page = matter.at("board");
    let debtor = matter.case.parties[0].id.to_string();
    let fields = [
        "fact",
        "facts",
        "disputed",
        "responsibility",
        "terms",
        "proof",
        "on_default",
    ];
    for (act, typed) in [
        ("fact", &fields[..1]),
        ("facts", &fields[1..4]),
        ("clause", &fields[4..]),
    ] {
        for field in typed {
            let mut sent = vec![
                ("act", act),
                ("debtor", debtor.as_str()),
                ("due", "2027-03-01"),
            ];
            sent.extend(typed.iter().map(|name| {
                (
                    *name,
                    if name == field {
                        "修好😀"
                    } else {
                        "修好"
                    },
                )
            }));
            let refused = mediator.fill(&page, &sent).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            let summary = format!("href=\"#{field}\"");
            assert!(refused.body.contains(&summary), "{field}: {}", refused.body);
            assert!(refused.body.contains("修好😀"), "what was typed stays");
        }
    }
}

async fn the_agreement_is_there_in_large_print_for_those_who_read_it(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).agreed().case).await;
    matter.prepare().await;
    let mut party = matter.visitor("claimant").await;
    let page = party.get(&matter.at("sign")).await.body;
    let paper = matter.at(&format!("papers/{}", matter.paper(PaperKind::Agreement).id));
    let large = format!("{paper}?print=large");
    assert!(page.contains(&large), "{page}");
    let copy = party.get(&large).await;
    assert_eq!(copy.status, StatusCode::OK, "{}", copy.body);
    let signed = crate::documents::unsigned_fields(&copy.bytes).unwrap();
    assert!(signed.is_empty(), "nobody signs the copy: {signed:?}");
    assert_ne!(copy.bytes, party.get(&paper).await.bytes);
    let mut stranger = matter.visitor("stranger").await;
    assert_eq!(stranger.get(&large).await.status, StatusCode::NOT_FOUND);
}

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
    assert!(
        other.body.contains("class=\"error-summary\""),
        "{}",
        other.body
    );
    let done = send(hash, "sign", &code).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    matter.reload().await;
    assert_eq!(matter.case.stage.signing().unwrap().signatures.len(), 3);
}
