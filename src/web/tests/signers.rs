//! Who signs, as people meet it on pages: an agent in the party's place, a no, and an agreement on paper.

use super::court::hidden;
use super::matter::Matter;
use super::*;
use crate::accounts::address::Address;
use crate::accounts::people;
use crate::documents::verify;
use crate::domain::agent::{Agent, Right};
use crate::domain::fixture::{CLAIMANT, MEDIATOR, Quarrel, actor};
use crate::domain::hash::ContentHash;
use crate::domain::paper::PaperKind;
use crate::domain::party::{Contact, IdentityCheck, IdentityMethod};

on_each!(
    a_company_is_known_by_its_code_and_signs_by_its_head,
    an_agent_is_named_looked_at_and_signs_in_the_party_s_place,
    whoever_was_named_after_the_mediator_had_looked_is_not_accepted,
    naming_somebody_makes_no_account_before_they_have_proved_the_contact,
    whoever_signs_for_a_party_joins_the_application_under_their_own_name_and_proves_it_as_they_do,
    a_no_on_the_page_ends_the_signing_and_its_reason_stays_with_the_mediator,
    an_agreement_on_paper_is_certified_page_by_page,
    sheets_are_sent_one_after_the_other_up_to_what_a_certificate_can_hold,
    a_child_is_written_down_once_the_mediator_has_seen_who_acts_for_it,
    whoever_waits_reads_for_whom_and_who_signs_in_their_place,
);

/// A file of a scanner whose pictures only people can read.
const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj <<>> stream\nq Q\nendstream";
const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
const NUMBER: &str = "110101190001010022";
/// Of somebody who is eleven years old.
const CHILD: &str = "110101201501010003";

async fn agreed(house: &House) -> Matter<'_> {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    for (seat, mark) in quarrel.case.parties.iter_mut().zip(["aa", "bb"]) {
        mark.clone_into(&mut seat.identity.as_mut().unwrap().fingerprint);
    }
    Matter::begin(house, quarrel.case).await
}

async fn an_agent_is_named_looked_at_and_signs_in_the_party_s_place(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    let (page, party) = (matter.at("agents"), CLAIMANT.to_string());
    let mut agent = matter.visitor("stranger").await;
    let contact = format!("stranger@{}", "heyi.test");
    let names = lawyer(&party, "言正", &contact);
    let unsettling: Vec<_> = names
        .iter()
        .copied()
        .filter(|(name, _)| *name != "special")
        .collect();
    let mut claimant = matter.visitor("claimant").await;
    let wrong = claimant.upload(&page, &unsettling, ("file", PHOTO)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"special-error\"") && wrong.body.contains("言正"));
    let mut respondent = matter.visitor("respondent").await;
    let of_another = respondent.upload(&page, &names, ("file", PHOTO)).await;
    assert_eq!(
        of_another.status,
        StatusCode::NOT_FOUND,
        "nobody else's agent"
    );
    let done = claimant.upload(&page, &names, ("file", PHOTO)).await;
    assert_eq!(done.location(), page, "{}", done.body);
    let case_page = format!("/cases/{}", matter.case.id);
    assert_eq!(agent.get(&case_page).await.status, StatusCode::NOT_FOUND);
    let mut mediator = matter.visitor("mediator").await;
    let seen = hidden(&mediator.get(&page).await, "seen").to_owned();
    let unseen = accepting(&party, &seen, "123456");
    let unseen = mediator.upload(&page, &unseen[..7], ("file", b"")).await;
    assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unsent = accepting(&party, &seen, "123456");
    let unsent = mediator.upload(&page, &unsent, ("file", b"")).await;
    assert!(unsent.body.contains("id=\"code-error\""), "{}", unsent.body);
    let code = code_of(&mut mediator, &page, (&party, &seen)).await;
    let fields = accepting(&party, &seen, &code);
    let done = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(done.location(), page, "{}", done.body);
    assert_eq!(agent.get(&case_page).await.status, StatusCode::OK);
    let shown = respondent.get(&page).await.body;
    assert!(shown.contains("言正") && !shown.contains(NUMBER), "{shown}");
    matter.reload().await;
    matter.prepare().await;
    let sign = claimant.get(&matter.at("sign")).await;
    assert!(!sign.body.contains("name=\"typed\""), "the agent signs");
    matter.sign("stranger").await;
    let agreement = matter.case.stage.signing().unwrap();
    assert_eq!(Some(agreement.signatures[0].person), agent_of(&matter));
    let history = respondent.get(&case_page).await.body;
    let signed = "言正（安和的委托代理人）";
    assert!(history.contains(signed), "who signed is told: {history}");
    the_court_reads_the_card(matter, signed).await;
}

/// 解释 354: who stands before the court for a party.
async fn the_court_reads_the_card(mut matter: Matter<'_>, who: &str) {
    for name in ["respondent", "mediator"] {
        matter.sign(name).await;
    }
    matter.seal().await;
    for name in ["stranger", "respondent"] {
        matter.join(name).await;
    }
    for (name, whole) in [("judge", true), ("claimant", false)] {
        let record = matter.visitor(name).await.get(&matter.at("record")).await;
        assert!(record.body.contains(who), "{name}: {}", record.body);
        assert_eq!(record.body.contains(NUMBER), whole, "{name}");
    }
}

/// A stranger's number that a party types under any name makes nobody; nor does a naming that is refused.
async fn naming_somebody_makes_no_account_before_they_have_proved_the_contact(database: Database) {
    let house = house(database, false).await;
    let matter = agreed(&house).await;
    let (page, party) = (matter.at("agents"), CLAIMANT.to_string());
    let phone = Address::parse("13700000013").unwrap();
    let holder = async || {
        let mut read = house.web.desk.store.read().await.unwrap();
        people::holder(&mut read, &phone).await.unwrap()
    };
    let mut claimant = matter.visitor("claimant").await;
    let named = lawyer(&party, "言立", "13700000013");
    let done = claimant.upload(&page, &named, ("file", PHOTO)).await;
    assert_eq!(done.location(), page, "{}", done.body);
    assert_eq!(holder().await, None, "a number and a name are nobody");
    let mut mediator = matter.visitor("mediator").await;
    let seen = hidden(&mediator.get(&page).await, "seen").to_owned();
    let mut respondent = matter.visitor("respondent").await;
    let asks = [("act", "code"), ("party", &*party), ("seen", &*seen)];
    let of_another = respondent.upload(&page, &asks, ("file", b"")).await;
    assert_eq!(of_another.status, StatusCode::NOT_FOUND, "sends no codes");
    let code = code_of(&mut mediator, &page, (&party, &seen)).await;
    let fields = accepting(&party, &seen, &code);
    let done = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(done.location(), page, "{}", done.body);
    assert_eq!(holder().await.unwrap().name.as_str(), "言立");
}

/// The mediator has looked at whoever has this mark, and ticks everything.
fn accepting<'a>(party: &'a str, seen: &'a str, code: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("act", "accept"),
        ("party", party),
        ("seen", seen),
        ("method", "card_at_counter"),
        ("number", NUMBER),
        ("face_matches", "yes"),
        ("code", code),
        ("proof_seen", "yes"),
    ]
}

/// The code that goes to whoever is to act, who reads it out.
async fn code_of(mediator: &mut Visitor<'_>, page: &str, (party, seen): (&str, &str)) -> String {
    let asks = [("act", "code"), ("party", party), ("seen", seen)];
    let sent = mediator.upload(page, &asks, ("file", b"")).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    mediator.code().await
}

/// What the claimant writes of a lawyer with a special authority.
fn lawyer<'a>(party: &'a str, name: &'a str, contact: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("act", "name"),
        ("party", party),
        ("right", "attorney"),
        ("name", name),
        ("contact", contact),
        ("power", "2026-02-20"),
        ("special", "yes"),
        ("signs", "yes"),
    ]
}

async fn whoever_was_named_after_the_mediator_had_looked_is_not_accepted(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    let (page, party) = (matter.at("agents"), CLAIMANT.to_string());
    let mut claimant = matter.visitor("claimant").await;
    let named = lawyer(&party, "言正", "13700000011");
    claimant.upload(&page, &named, ("file", PHOTO)).await;
    let mut mediator = matter.visitor("mediator").await;
    let seen = hidden(&mediator.get(&page).await, "seen").to_owned();
    let named = lawyer(&party, "言立", "13700000012");
    claimant.upload(&page, &named, ("file", PHOTO)).await;
    let fields = accepting(&party, &seen, "123456");
    let refused = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("言立"),
        "is shown now: {}",
        refused.body
    );
    assert!(!refused.body.contains(NUMBER), "another's card is not kept");
    matter.reload().await;
    let seat = matter.case.party(CLAIMANT).unwrap();
    assert!(seat.agent().is_none(), "nobody was looked at");
}

/// A lawyer with an account and, in the second round, an authenticator.
async fn whoever_signs_for_a_party_joins_the_application_under_their_own_name_and_proves_it_as_they_do(
    database: Database,
) {
    let house = house(database, false).await;
    let matter = agreed(&house).await;
    for (id, hand) in [(0x901, "stranger"), (0x902, "operator")] {
        let mut case = matter.case.clone();
        case.parties[0].agent = Some(stands(&house, hand));
        let mut joins = matter.beside_as(id, case).await;
        joins.prepare().await;
        for name in [hand, "respondent", "mediator"] {
            joins.sign(name).await;
        }
        joins.seal().await;
        let (page, mut agent) = (joins.at("confirmation"), joins.visitor(hand).await);
        let read = agent.get(&page).await;
        assert!(
            read.body.contains("言正"),
            "whose name is put: {}",
            read.body
        );
        let (hash, court) = (hidden(&read, "hash"), hidden(&read, "court"));
        let of_client = agent
            .fill(&page, &joining("look", "安和", hash, court, ""))
            .await;
        assert_eq!(of_client.status, StatusCode::UNPROCESSABLE_ENTITY);
        let asked = agent
            .fill(&page, &joining("look", "言正", hash, court, ""))
            .await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
        let by_factor = hand == "operator";
        assert_eq!(asked.body.contains("动态口令"), by_factor, "{}", asked.body);
        let code = if by_factor {
            joins.one_time_password(hand).await
        } else {
            agent.code().await
        };
        let fields = joining("sign", "言正", hash, court, &code);
        agent.expect(&page, &fields, &page).await;
        joins.reload().await;
        let file = joins.file(PaperKind::Application).await;
        let roots = house.web.chancery.authority.roots().unwrap();
        let report = verify::run(&file, &roots);
        assert_eq!(report.signatures[0].signer, "言正");
    }
}

fn joining<'a>(
    act: &'a str,
    name: &'a str,
    hash: &'a str,
    court: &'a str,
    code: &'a str,
) -> [(&'a str, &'a str); 8] {
    [
        ("act", act),
        ("way", "typed"),
        ("typed", name),
        ("hash", hash),
        ("court", court),
        ("read", "yes"),
        ("consent", "yes"),
        ("code", code),
    ]
}

/// An attorney whom the mediator has looked at.
fn stands(house: &House, name: &str) -> Box<Agent> {
    let (mediator, at) = (MEDIATOR, house.web.desk.clock.now());
    Box::new(Agent {
        person: actor(name).person(),
        name: PersonName::parse("言正").unwrap(),
        contact: Contact::default(),
        right: Right::Attorney {
            special: true,
            signs: true,
            power: jiff::civil::date(2026, 2, 20),
        },
        proof: ContentHash::of(b"power"),
        named_by: mediator,
        named_at: at,
        accepted: Some(IdentityCheck {
            method: IdentityMethod::CardAtCounter,
            by: mediator,
            at,
            masked: "110***********0017".to_owned(),
            sealed: "x".to_owned(),
            fingerprint: format!("agent {name}"),
            document: crate::domain::party::Document::IdCard,
        }),
    })
}

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
    for field in ["number", "head"] {
        let beside = format!("id=\"{field}-error\"");
        assert!(wrong.body.contains(&beside), "{field}: {}", wrong.body);
    }
    assert!(wrong.body.contains("和平路 1 号") && wrong.body.contains("MA01ABCD2X"));
    licence[2].1 = "9111 0000 ma01abcd2q";
    licence.push(("head", "言正"));
    // What no paper can show is named here, and not when all is agreed.
    licence[3].1 = "翠湖🏠路 1 号";
    let unseen = mediator.fill(&page, &licence).await;
    assert!(unseen.body.contains("id=\"address-error\"") && unseen.body.contains("🏠"));
    licence[3].1 = "和平路 1 号";
    let checked = matter.at("identity");
    mediator.expect(&page, &licence, &checked).await;
    let board = mediator.get(&matter.at("board")).await.body;
    assert!(board.contains("谁替公司签名") && !board.contains("value=\"prepare\""));
    head_named(&matter, &mut mediator, &party).await;
    let (board, sign) = (matter.at("board"), matter.at("sign"));
    mediator.expect(&board, &[("act", "prepare")], &sign).await;
    let read = matter.visitor("stranger").await.get(&sign).await.body;
    for words in ["统一社会信用代码91110000MA01ABCD2Q", "法定代表人：言正"] {
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

fn agent_of(matter: &Matter<'_>) -> Option<crate::domain::ids::PersonId> {
    let seat = matter.case.party(CLAIMANT)?;
    seat.agent().and_then(|agent| agent.person)
}

async fn a_no_on_the_page_ends_the_signing_and_its_reason_stays_with_the_mediator(
    database: Database,
) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    matter.prepare().await;
    matter.sign("claimant").await;
    let case_page = format!("/cases/{}", matter.case.id);
    let verify_id = matter.paper(PaperKind::Agreement).verify_id.clone();
    let mut respondent = matter.visitor("respondent").await;
    let no = [("act", "decline"), ("reason", "金额写错了")];
    respondent.expect(&matter.at("sign"), &no, &case_page).await;
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "mediate.active");
    for (name, reads) in [("mediator", true), ("claimant", false)] {
        let mut reader = matter.visitor(name).await;
        let board = reader.get(&matter.at("board")).await.body;
        assert!(board.contains("没有签"), "{name} is told: {board}");
        assert_eq!(board.contains("金额写错了"), reads, "{name}");
        let case = reader.get(&case_page).await.body;
        let check = format!("/v/{verify_id}");
        assert!(
            case.contains("已经作废") && case.contains(&check),
            "{name}: {case}"
        );
        assert!(!case.contains("金额写错了"), "{name}: {case}");
    }
}

/// What the officer sends, with everything ticked that `left_out` does not name.
fn certifying<'a>(
    (act, hash, now): (&'a str, &'a str, &'a str),
    (scan, code): (&'a str, &'a str),
    left_out: &str,
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("act", act),
        ("hash", hash),
        ("way", "typed"),
        ("typed", "陈明"),
        ("read", "yes"),
        ("consent", "yes"),
        ("last_signed", now),
        ("scan", scan),
        ("code", code),
    ];
    let ticks = ["codes", "pages", "signatures", "text", "original"];
    let ticked = ticks.into_iter().filter(|tick| *tick != left_out);
    fields.extend(ticked.map(|tick| (tick, "yes")));
    fields
}

async fn an_agreement_on_paper_is_certified_page_by_page(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    matter.prepare().await;
    let page = matter.at("on-paper");
    let mut claimant = matter.visitor("claimant").await;
    let switch = [("act", "switch")];
    let switched = claimant.upload(&page, &switch, ("file", b"")).await;
    assert_eq!(switched.location(), page, "{}", switched.body);
    let sign = claimant.get(&matter.at("sign")).await;
    assert_eq!(sign.location(), page);
    let mut mediator = matter.visitor("mediator").await;
    let open = mediator.get(&page).await;
    let hash = hidden(&open, "hash").to_owned();
    let now = crate::domain::time::civil(house.web.desk.clock.now());
    let now = now.strftime("%Y-%m-%dT%H:%M").to_string();
    let fields = certifying(("look", &hash, &now), ("", ""), "");
    let broken = mediator.upload(&page, &fields, ("file", PHOTO)).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        broken.body.contains("id=\"file-error\""),
        "it is no picture"
    );
    let few = mediator.upload(&page, &fields, ("file", &photo(1))).await;
    assert_eq!(few.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(few.body.contains("页数不够"), "{}", few.body);
    let one = hidden(&few, "scan").to_owned();
    assert!(!one.is_empty(), "it need not be sent again");
    let fields = certifying(("look", &hash, &now), (&one, ""), "codes");
    let unread = mediator.upload(&page, &fields, ("file", SCAN)).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    let beside = unread.body.contains("id=\"file-error\"");
    assert!(
        beside && unread.body.contains("id=\"codes\""),
        "{}",
        unread.body
    );
    let sheet = hidden(&unread, "scan").to_owned();
    assert!(
        !sheet.contains(&one),
        "it came instead of what nobody can read"
    );
    assert!(!sheet.is_empty(), "it need not be sent again");
    let fields = certifying(("look", &hash, &now), (&sheet, ""), "pages");
    let unticked = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let beside = "id=\"pages-error\"";
    assert!(unticked.body.contains(beside), "{}", unticked.body);
    let scan = hidden(&unticked, "scan").to_owned();
    let fields = certifying(("look", &hash, &now), (&scan, ""), "");
    let asked = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    assert!(asked.body.contains("再发一次"), "{}", asked.body);
    let fields = certifying(("look", &hash, &now), (&scan, ""), "");
    let again = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(hidden(&again, "scan"), scan, "nothing is sent twice");
    let code = Visitor::of(&house).code().await;
    let fields = certifying(("sign", &hash, &now), (&scan, &code), "");
    let done = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(done.location(), page, "{}", done.body);
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "mediate.signing", "not yet");
    let file = matter.at(&format!("proofs/{scan}"));
    for name in ["claimant", "respondent", "mediator", "seal_holder"] {
        let mut reader = matter.visitor(name).await;
        let open = reader.get(&page).await.body;
        assert!(open.contains(&file), "{name} is shown the scan: {open}");
        assert_eq!(reader.get(&file).await.status, StatusCode::OK, "{name}");
    }
    let mut dispatcher = matter.visitor("dispatcher").await;
    assert_eq!(dispatcher.get(&file).await.status, StatusCode::NOT_FOUND);
    confirmed_by_another(&mut matter, &page).await;
    let settlement = matter.case.stage.settlement().unwrap();
    let by_hand = settlement.agreement.by_hand.clone().unwrap();
    assert_eq!(by_hand.scan[0].to_string(), scan);
}

/// A picture in which no code is to be found.
fn photo(shade: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = image::GrayImage::from_pixel(60, 80, image::Luma([shade]));
    let picture = image::DynamicImage::ImageLuma8(picture);
    picture
        .write_to(&mut file, image::ImageFormat::Jpeg)
        .unwrap();
    file.into_inner()
}

/// As much as fits in one request, and no more in all than the certificate can hold: said before a code is spent.
async fn sheets_are_sent_one_after_the_other_up_to_what_a_certificate_can_hold(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    matter.prepare().await;
    let page = matter.at("on-paper");
    let mut mediator = matter.visitor("mediator").await;
    let switched = mediator
        .upload(&page, &[("act", "switch")], ("file", b""))
        .await;
    assert_eq!(switched.location(), page, "{}", switched.body);
    let hash = hidden(&mediator.get(&page).await, "hash").to_owned();
    let mut scan = String::new();
    for shade in 0..2 {
        let fields = certifying(("look", &hash, "2026-03-02T09:00"), (&scan, ""), "pages");
        let sent = mediator
            .upload(&page, &fields, ("file", &photo(100 * shade)))
            .await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        scan = hidden(&sent, "scan").to_owned();
    }
    assert_eq!(scan.split(' ').count(), 2, "one beside the other");
    let mut large = b"%PDF-1.7".to_vec();
    large.resize(8 * 1024 * 1024, b' ');
    for (mark, kept) in [(b'1', 3), (b'2', 3)] {
        large[8] = mark;
        let fields = certifying(("look", &hash, "2026-03-02T09:00"), (&scan, ""), "pages");
        let sent = mediator.upload(&page, &fields, ("file", &large)).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refused = sent.body.contains("超过 15 MB");
        assert_eq!(refused, mark == b'2', "{}", sent.body);
        scan = hidden(&sent, "scan").to_owned();
        assert_eq!(scan.split(' ').count(), kept);
    }
}

/// Spoken against, and confirmed by whoever keeps the seal with their second factor alone.
async fn confirmed_by_another(matter: &mut Matter<'_>, page: &str) {
    let reason = "这不是我签的";
    let mut respondent = matter.visitor("respondent").await;
    let token = respondent.csrf().await;
    let against = [
        ("csrf", token.as_str()),
        ("act", "decline"),
        ("reason", reason),
    ];
    let sent = respondent
        .send(Visitor::request(&matter.at("sign"), &against))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    for (name, reads) in [
        ("seal_holder", true),
        ("mediator", true),
        ("claimant", false),
    ] {
        let open = matter.visitor(name).await.get(page).await.body;
        assert_eq!(open.contains(reason), reads, "{name}");
    }
    let mut keeper = matter.visitor("seal_holder").await;
    let nothing = keeper
        .upload(page, &[("act", "return")], ("file", b""))
        .await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nothing.body.contains("id=\"why-error\""),
        "{}",
        nothing.body
    );
    let open = keeper.get(page).await;
    let hash = hidden(&open, "hash").to_owned();
    let code = matter.one_time_password("seal_holder").await;
    let fields = [
        ("act", "confirm"),
        ("hash", hash.as_str()),
        ("code", code.as_str()),
        ("held", "yes"),
    ];
    let mut mediator = matter.visitor("mediator").await;
    let alone = mediator.upload(page, &fields, ("file", b"")).await;
    assert_eq!(alone.status, StatusCode::CONFLICT, "{}", alone.body);
    let unlike = keeper.upload(page, &fields[..3], ("file", b"")).await;
    assert_eq!(unlike.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = [fields[0], fields[1], ("code", "000000"), fields[3]];
    let wrong = keeper.upload(page, &wrong, ("file", b"")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "mediate.signing");
    let done = keeper.upload(page, &fields, ("file", b"")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    matter.reload().await;
    assert_eq!(matter.case.stage.name(), "mediate.settled");
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
