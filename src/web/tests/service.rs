//! The service-address form: on the phone, confirmed by a code, and nobody else's business.

use super::court::hidden;
use super::matter::Matter;
use super::*;
use crate::domain::action::Action;
use crate::domain::fixture::{CLAIMANT, COURT, Quarrel, RESPONDENT, actor};
use crate::domain::ids::PartyId;
use crate::domain::paper::PaperKind;
use crate::domain::service::{Channel, Wish};

on_each!(
    a_party_says_on_the_phone_where_papers_reach_it,
    whoever_wants_it_on_paper_is_brought_it_and_the_proof_is_on_record,
    a_wrong_entry_is_taken_back_on_the_page,
    the_application_says_of_service_what_was_confirmed_and_nothing_else,
    a_party_opens_the_notice_of_its_rights_and_the_mediator_sees_that_it_did,
);

/// Confirms the form with these ways and no other.
async fn wishes(matter: &mut Matter<'_>, name: &str, party: PartyId, channels: &[Channel]) {
    let wish = Wish {
        address: "柳荫里 3 号楼 502 室".to_owned(),
        receiver: Some("安小和".to_owned()),
        channels: channels.iter().copied().collect(),
    };
    let chancery = &matter.house.web.chancery;
    let draft = chancery.draft_service(&matter.case, party, &wish).await;
    let hash = draft.unwrap().hash();
    let actor = actor(name);
    let kept = chancery.confirm_service(&actor, &matter.case, wish, &hash);
    matter.case = kept.await.unwrap();
}

async fn whoever_wants_it_on_paper_is_brought_it_and_the_proof_is_on_record(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).settled().case).await;
    let (page, list) = (matter.at("delivery"), "/desk/deliveries");
    let mut mediator = matter.visitor("mediator").await;
    let none = mediator.get(&page).await;
    assert_eq!(none.status, StatusCode::CONFLICT, "nobody asked for paper");
    wishes(&mut matter, "claimant", CLAIMANT, &[]).await;
    for name in ["mediator", "dispatcher"] {
        let mut reader = matter.visitor(name).await;
        let desk = reader.get("/desk").await;
        assert!(
            desk.body.contains("要送的文书：1 件"),
            "{name}: {}",
            desk.body
        );
        let errands = reader.get(list).await;
        for said in ["502 室", "安小和", "调解协议书", &page] {
            assert!(errands.body.contains(said), "{name}: {said}");
        }
    }
    for name in ["clerk", "other_mediator"] {
        let errands = matter.visitor(name).await.get(list).await;
        assert!(!errands.body.contains("502 室"), "{name}");
    }
    posted_and_received(&matter).await;
    let case = matter.at("").trim_end_matches('/').to_owned();
    assert!(!mediator.get("/desk").await.body.contains("要送的文书"));
    for (name, reads) in [
        ("claimant", true),
        ("dispatcher", true),
        ("respondent", false),
    ] {
        let mut reader = matter.visitor(name).await;
        let shown = reader.get(&case).await;
        assert_eq!(shown.body.contains("回执第 12 号"), reads, "{name}");
        let file = reader.get(&matter.at("dossier/json")).await;
        assert_eq!(file.body.contains("EMS 1012345678901"), reads, "{name}");
    }
    let (desk, clock) = (&house.web.desk, Actor::Clock);
    let events = casework::history(desk, &clock, matter.case.id).await;
    let events = events.unwrap().into_iter();
    assert_eq!(events.filter(|it| it.kind == "record_delivery").count(), 2);
}

/// By post, with the receipt that comes back.
async fn posted_and_received(matter: &Matter<'_>) {
    let page = matter.at("delivery");
    let mut mediator = matter.visitor("mediator").await;
    let agreement = matter.paper(PaperKind::Agreement).id;
    let what = format!("{agreement} {CLAIMANT}");
    let posted = [
        ("what", what.as_str()),
        ("how", "posted"),
        ("on", "2026-11-22"),
    ];
    let bare = mediator.fill(&page, &posted).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        bare.body.contains("id=\"mark-error\"") && bare.body.contains("value=\"posted\" checked")
    );
    let case = matter.at("").trim_end_matches('/').to_owned();
    let numbered = [&posted[..], &[("mark", "EMS 1012345678901")]].concat();
    mediator.expect(&page, &numbered, &case).await;
    let waits = mediator.get("/desk").await;
    assert!(
        waits.body.contains("要送的文书：1 件"),
        "posted is not served"
    );
    let received = [
        ("what", what.as_str()),
        ("how", "received"),
        ("on", "2026-11-22"),
        ("mark", "本人签收，回执第 12 号"),
    ];
    mediator.expect(&page, &received, &case).await;
}

/// A slip is taken back with a reason, and the paper is to be brought as before.
async fn a_wrong_entry_is_taken_back_on_the_page(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).settled().case).await;
    wishes(&mut matter, "claimant", CLAIMANT, &[]).await;
    posted_and_received(&matter).await;
    let (page, case) = (matter.at("delivery"), matter.at(""));
    let mut mediator = matter.visitor("mediator").await;
    let over = mediator.get(&page).await.body;
    assert!(over.contains("value=\"mistake\"") && !over.contains("name=\"what\""));
    let what = format!("{} {CLAIMANT}", matter.paper(PaperKind::Agreement).id);
    let silent = [("act", "mistake"), ("wrong", what.as_str())];
    let silent = mediator.fill(&page, &silent).await;
    assert!(silent.body.contains("id=\"why-error\""), "{}", silent.body);
    let mend = [
        ("act", "mistake"),
        ("wrong", what.as_str()),
        ("why", "是另一件的回执"),
    ];
    let case = case.trim_end_matches('/');
    mediator.expect(&page, &mend, case).await;
    assert!(
        mediator
            .get("/desk")
            .await
            .body
            .contains("要送的文书：1 件")
    );
    let read = mediator.get(case).await.body;
    assert!(read.contains("是另一件的回执") && read.contains("回执第 12 号"));
}

/// 在线诉讼规则 4, 29: consent is said, not inferred from a signature.
async fn the_application_says_of_service_what_was_confirmed_and_nothing_else(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).settled().case).await;
    let said = async |matter: &Matter<'_>| {
        let chancery = &matter.house.web.chancery;
        let draft = chancery.application(&matter.case, COURT).await.unwrap();
        format!("{:?}", draft.text.blocks)
    };
    let unsaid = said(&matter).await;
    assert!(
        unsaid.contains("没有确认电子送达") && !unsaid.contains("同意电子送达"),
        "{unsaid}"
    );
    wishes(&mut matter, "claimant", CLAIMANT, &[]).await;
    wishes(&mut matter, "respondent", RESPONDENT, &[Channel::Sms]).await;
    let both = said(&matter).await;
    assert!(
        both.contains("不同意电子送达") && both.contains("；同意电子送达：手机短信"),
        "{both}"
    );
    assert!(!both.contains("没有确认电子送达"), "{both}");
}

async fn a_party_says_on_the_phone_where_papers_reach_it(database: Database) {
    let rules = rules();
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).active().case).await;
    let page = matter.at("service");
    let mut claimant = matter.visitor("claimant").await;
    let asked = claimant.get(&page).await;
    assert!(
        !asked.body.contains(" checked"),
        "no way is ticked for anybody"
    );
    let empty = claimant
        .fill(&page, &[("act", "fill"), ("address", "")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("href=\"#address\""), "{}", empty.body);

    let wish = [("address", "柳荫里 3 号楼 502 室"), ("sms", "yes")];
    let send = |act, hash, code| {
        let sent = [("act", act), ("hash", hash), ("code", code)];
        [&wish[..], &sent[..]].concat()
    };
    let read = claimant.fill(&page, &send("fill", "", "")).await;
    assert!(read.body.contains("送达地址确认书"), "{}", read.body);
    let hash = hidden(&read, "hash").to_owned();
    claimant.fill(&page, &send("look", &hash, "")).await;
    let code = Visitor::of(&house).code().await;
    let mut other = send("sign", &hash, &code);
    other.push(("platform", "yes"));
    let refused = claimant.fill(&page, &other).await;
    assert!(
        refused.body.contains("class=\"error-summary\""),
        "not what was read"
    );
    matter.reload().await;
    assert!(matter.case.parties[0].service.is_none());

    claimant
        .expect(&page, &send("sign", &hash, &code), &page)
        .await;
    matter.reload().await;
    let service = matter.case.parties[0].service.as_ref().unwrap();
    assert_eq!(service.wish.channels, [Channel::Sms].into());
    only_the_other_side_does_not_read_it(&matter).await;
}

async fn only_the_other_side_does_not_read_it(matter: &Matter<'_>) {
    let paper = matter.paper(PaperKind::ServiceAddress).id;
    let (paper, case) = (matter.at(&format!("papers/{paper}")), matter.at(""));
    let case = case.trim_end_matches('/');
    for (name, finds) in [
        ("claimant", true),
        ("mediator", true),
        ("respondent", false),
    ] {
        let mut reader = matter.visitor(name).await;
        assert_eq!(
            reader.get(case).await.body.contains(&paper),
            finds,
            "{name}"
        );
        let status = reader.get(&paper).await.status;
        assert_eq!(status == StatusCode::OK, finds, "{name}");
        let listed = reader.get(&format!("/api/v1{case}")).await;
        assert_eq!(listed.body.contains("service_address"), finds, "{name}");
    }
}

/// 人民调解法 23, 24: told while it goes on, and it is seen who was.
async fn a_party_opens_the_notice_of_its_rights_and_the_mediator_sees_that_it_did(
    database: Database,
) {
    let rules = rules();
    let house = house(database, false).await;
    let mut matter = Matter::begin(&house, Quarrel::new(&rules).selecting().case).await;
    let page = matter.at("rights");
    let case = matter.at("").trim_end_matches('/').to_owned();
    let mut claimant = matter.visitor("claimant").await;
    assert_eq!(claimant.get(&page).await.location(), case, "not made yet");
    let paper = Quarrel::new(&rules).paper(PaperKind::RightsNotice, "rights");
    matter.act("accounts", Action::FilePaper { paper }).await;
    let sealed = claimant.get(&page).await;
    assert!(!sealed.body.contains("人民调解法"), "{}", sealed.body);
    claimant.expect(&page, &[], &page).await;
    claimant.expect(&page, &[], &page).await;
    let open = claimant.get(&page).await;
    assert!(open.body.contains("人民调解法") && open.body.contains("id=\"paper\""));
    let mut dispatcher = matter.visitor("dispatcher").await;
    let seen = dispatcher.get(&case).await;
    for said in ["2026年11月22日 看过", "还没看"] {
        assert!(seen.body.contains(said), "{said}: {}", seen.body);
    }
    let mut respondent = matter.visitor("respondent").await;
    assert!(!respondent.get(&case).await.body.contains("看过"));
    matter.reload().await;
    let told = matter.case.parties.iter().map(|it| it.told.is_some());
    assert_eq!(told.collect::<Vec<_>>(), [true, false]);
}
