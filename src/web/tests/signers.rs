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
    whoever_acts_for_a_party_may_show_a_passport_or_a_permit,
    an_agent_is_named_looked_at_and_signs_in_the_party_s_place,
    whoever_was_named_after_the_mediator_had_looked_is_not_accepted,
    naming_somebody_makes_no_account_before_they_have_proved_the_contact,
    whoever_signs_for_a_party_joins_the_application_under_their_own_name_and_proves_it_as_they_do,
    a_no_on_the_page_ends_the_signing_and_its_reason_stays_with_the_mediator,
);
pub(super) const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
const NUMBER: &str = "110101190001010022";

pub(super) async fn agreed(house: &House) -> Matter<'_> {
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
pub(super) fn accepting<'a>(
    party: &'a str,
    seen: &'a str,
    code: &'a str,
) -> Vec<(&'a str, &'a str)> {
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
pub(super) async fn code_of(
    mediator: &mut Visitor<'_>,
    page: &str,
    (party, seen): (&str, &str),
) -> String {
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

pub(super) fn agent_of(matter: &Matter<'_>) -> Option<crate::domain::ids::PersonId> {
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

/// A mother from abroad, a head of a company from Hong Kong: nobody can tell their age from the number.
async fn whoever_acts_for_a_party_may_show_a_passport_or_a_permit(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    let (page, party) = (matter.at("agents"), CLAIMANT.to_string());
    let mut claimant = matter.visitor("claimant").await;
    let named = lawyer(&party, "言正", "13700000014");
    claimant.upload(&page, &named, ("file", PHOTO)).await;
    let mut mediator = matter.visitor("mediator").await;
    let shown = mediator.get(&page).await;
    assert!(
        shown.body.contains("港澳居民来往内地通行证") && !shown.body.contains("value=\"licence\"")
    );
    let seen = hidden(&shown, "seen").to_owned();
    let code = code_of(&mut mediator, &page, (&party, &seen)).await;
    let mut fields = accepting(&party, &seen, &code);
    fields.retain(|(name, _)| *name != "number");
    fields.extend([("document", "hk_macao_permit"), ("number", "12345678")]);
    let refused = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("通行证号码不对"), "{}", refused.body);
    fields.pop();
    fields.push(("number", "h 12345678"));
    let young = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(young.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(young.body.contains("满十八周岁"), "{}", young.body);
    fields.push(("adult", "yes"));
    let done = mediator.upload(&page, &fields, ("file", b"")).await;
    assert_eq!(done.location(), page, "{}", done.body);
    matter.reload().await;
    let seat = matter.case.party(CLAIMANT).unwrap();
    let check = seat.agent().unwrap().accepted.as_ref().unwrap();
    assert_eq!(check.document.name(), "hk_macao_permit");
    assert_eq!(check.masked, "H****5678");
}
