//! Who signs for whoever has no hand of their own, as people meet it on pages: a company's head, a child's guardian.

use super::court::hidden;
use super::matter::Matter;
use super::signers::{PHOTO, accepting, agent_of, agreed, code_of};
use super::*;
use crate::domain::fixture::{CLAIMANT, Quarrel};

on_each!(
    a_company_is_known_by_its_code_and_signs_by_its_head,
    a_child_is_written_down_once_the_mediator_has_seen_who_acts_for_it,
    whoever_waits_reads_for_whom_and_who_signs_in_their_place,
);

/// Of somebody who is eleven years old.
const CHILD: &str = "110101201501010003";

/// The head of the company at this seat is named by whoever sits there, and looked at.
async fn head_named(matter: &Matter<'_>, mediator: &mut Visitor<'_>, party: &str) {
    let contact = format!("stranger@{}", "heyi.test");
    let named = [
        ("act", "name"),
        ("party", party),
        ("right", "representative"),
        ("name", "言正"),
        ("contact", contact.as_str()),
    ];
    let agents = matter.at("agents");
    let mut claimant = matter.visitor("claimant").await;
    let done = claimant.upload(&agents, &named, ("file", PHOTO)).await;
    assert_eq!(done.location(), agents, "{}", done.body);
    let seen = hidden(&mediator.get(&agents).await, "seen").to_owned();
    let code = code_of(mediator, &agents, (party, &seen)).await;
    let looked_at = accepting(party, &seen, &code);
    let done = mediator.upload(&agents, &looked_at, ("file", b"")).await;
    assert_eq!(done.location(), agents, "{}", done.body);
}

async fn a_company_is_known_by_its_code_and_signs_by_its_head(database: Database) {
    const CODE: &str = "91110000MA01ABCD2Q";
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    let party = CLAIMANT.to_string();
    let page = matter.at(&format!("identity/{party}"));
    let mut mediator = matter.visitor("mediator").await;
    let mut licence = vec![
        ("method", "card_at_counter"),
        ("document", "licence"),
        ("number", "91110000MA01ABCD2X"),
        ("address", "和平路 1 号"),
        ("name_matches", "yes"),
    ];
    let wrong = mediator.fill(&page, &licence).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["number", "title", "head"] {
        let beside = format!("id=\"{field}-error\"");
        assert!(wrong.body.contains(&beside), "{field}: {}", wrong.body);
    }
    assert!(wrong.body.contains("和平路 1 号") && wrong.body.contains("MA01ABCD2X"));
    licence[2].1 = "9111 0000 ma01abcd2q";
    licence.extend([("head", "言正"), ("title", "operator")]);
    // What no paper can show is named here, and not when all is agreed.
    licence[3].1 = "翠湖🏠路 1 号";
    let unseen = mediator.fill(&page, &licence).await;
    assert!(unseen.body.contains("id=\"address-error\"") && unseen.body.contains("🏠"));
    licence[3].1 = "和平路 1 号";
    let checked = matter.at("identity");
    mediator.expect(&page, &licence, &checked).await;
    let board = mediator.get(&matter.at("board")).await.body;
    assert!(board.contains("谁代为签名") && !board.contains("value=\"prepare\""));
    head_named(&matter, &mut mediator, &party).await;
    let (board, sign) = (matter.at("board"), matter.at("sign"));
    mediator.expect(&board, &[("act", "prepare")], &sign).await;
    let read = matter.visitor("stranger").await.get(&sign).await.body;
    for words in ["统一社会信用代码91110000MA01ABCD2Q", "经营者：言正"] {
        assert!(read.contains(words), "{words}: {read}");
    }
    matter.reload().await;
    matter.sign("stranger").await;
    let agreement = matter.case.stage.signing().unwrap();
    assert_eq!(Some(agreement.signatures[0].person), agent_of(&matter));
    assert_eq!(
        matter.case.parties[0].identity.as_ref().unwrap().masked,
        CODE
    );
}

/// Somebody whom the mediator has looked at, in the place of a party.
async fn acts(matter: &mut Matter<'_>, seat: usize, right: Acts) {
    let party = matter.case.parties[seat].id.to_string();
    let page = matter.at("agents");
    let contact = format!("stranger@{}", "heyi.test");
    let mut told = vec![
        ("act", "name"),
        ("party", party.as_str()),
        ("name", "言正"),
        ("contact", contact.as_str()),
    ];
    told.extend(match right {
        Acts::Guardian => vec![
            ("right", "guardian"),
            ("relation", "母亲"),
            ("for_both", "yes"),
        ],
        Acts::Attorney => vec![
            ("right", "attorney"),
            ("power", "2026-02-20"),
            ("special", "yes"),
            ("signs", "yes"),
        ],
    });
    let mut mediator = matter.visitor("mediator").await;
    let done = mediator.upload(&page, &told, ("file", PHOTO)).await;
    assert_eq!(done.location(), page, "{}", done.body);
    let seen = hidden(&mediator.get(&page).await, "seen").to_owned();
    let code = code_of(&mut mediator, &page, (&party, &seen)).await;
    let mut fields = accepting(&party, &seen, &code);
    fields.push(("address", "柳荫里 3 号楼 502 室"));
    let done = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(done.location(), page, "{}", done.body);
    matter.reload().await;
}

enum Acts {
    Attorney,
    Guardian,
}

async fn a_child_is_written_down_once_the_mediator_has_seen_who_acts_for_it(database: Database) {
    let house = house(database, false).await;
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    let child = &mut quarrel.case.parties[1];
    child.identity = None;
    child.address.clear();
    let mut matter = Matter::begin(&house, quarrel.case).await;
    let page = matter.at(&format!("identity/{}", matter.case.parties[1].id));
    let card = [
        ("method", "card_at_counter"),
        ("number", CHILD),
        ("address", "柳荫里 3 号楼 502 室"),
        ("name_matches", "yes"),
    ];
    let mut mediator = matter.visitor("mediator").await;
    let alone = mediator.fill(&page, &card).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alone.body.contains("请先在“代理人、监护人”里登记监护人"));
    acts(&mut matter, 1, Acts::Guardian).await;
    let board = mediator.get(&matter.at("board")).await;
    let asked = board.body.contains(&matter.at("identity"));
    assert!(!asked, "nothing is missing: {}", board.body);
    let open = mediator.get(&page).await.body;
    assert!(open.contains("监护人言正") && !open.contains("name=\"face_matches\""));
    mediator.expect(&page, &card, &matter.at("identity")).await;
    matter.reload().await;
    assert!(matter.case.parties[1].identity.is_some());
    matter.prepare().await;
    assert_eq!(matter.case.stage.name(), "mediate.signing");
}

async fn whoever_waits_reads_for_whom_and_who_signs_in_their_place(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    acts(&mut matter, 0, Acts::Attorney).await;
    matter.prepare().await;
    let sign = matter.at("sign");
    let mut mediator = matter.visitor("mediator").await;
    let waits = mediator.get(&sign).await.body;
    let (claimant, respondent) = ("安和（由言正代签）", "康宁");
    assert!(
        waits.contains("还没有轮到")
            && waits.contains(&format!("现在由{claimant}、{respondent}签")),
        "{waits}"
    );
    let own = matter.visitor("claimant").await.get(&sign).await.body;
    assert!(
        own.contains("由言正替您签") && !own.contains("还没有轮到"),
        "{own}"
    );
    matter.sign("respondent").await;
    let waits = mediator.get(&sign).await.body;
    assert!(waits.contains(&format!("现在由{claimant}签")), "{waits}");
}
