//! The mediation in writing through the browser's eyes, and what of it never leaves the table.

use axum::http::StatusCode;

use super::doors::{addresses, filled};
use super::matter::Matter;
use super::visitor::{Answer, House, Visitor, house};
use crate::casework;
use crate::domain::action::Action;
use crate::domain::fixture::{CLAIMANT, Quarrel, actor, rules};
use crate::domain::signature::Shown;
use crate::domain::stage::EndCode;
use crate::domain::time::civil_date;
use crate::domain::track::Way;
use crate::storage::events;
use crate::storage::fixture::{Database, on_each};

on_each!(
    two_agree_to_write_and_an_offer_becomes_the_clauses_of_their_agreement,
    instalments_that_do_not_add_up_are_told_beside_the_sum_and_nothing_is_lost,
    what_is_written_to_one_alone_is_read_by_those_two,
    an_offer_shown_to_the_mediator_is_no_concern_of_the_other_side_before_it_is_sent,
    nothing_that_was_offered_leaves_the_table,
    what_was_shown_to_the_mediator_is_taken_back_and_not_sent_when_nothing_is_offered,
    what_is_wrong_with_a_row_stands_beside_that_row,
    two_offers_are_declined_each_for_its_own_reason,
);

async fn active(house: &House) -> Matter<'_> {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules);
    quarrel.now = house.web.desk.clock.now();
    Matter::begin(house, quarrel.active().case).await
}

async fn writing(house: &House) -> Matter<'_> {
    let mut matter = active(house).await;
    matter.act("mediator", Action::ProposeWriting).await;
    for name in ["claimant", "respondent"] {
        matter.act(name, Action::AgreeToWriting).await;
    }
    matter
}

/// Days from today, as a field has it.
fn day(house: &House, days: i64) -> String {
    let today = civil_date(house.web.desk.clock.now());
    today
        .saturating_add(jiff::Span::new().days(days))
        .to_string()
}

/// Two instalments that nobody would write by chance.
fn offer(house: &House) -> Vec<(&'static str, String)> {
    let own = |text: &str| text.to_owned();
    vec![
        ("debtor", CLAIMANT.to_string()),
        ("purpose", own("补偿金绝无仅有")),
        ("sum", own("87654.32")),
        ("day_1", day(house, 20)),
        ("amount_1", own("7654.32")),
        ("day_2", day(house, 40)),
        ("amount_2", own("80000")),
        ("proof", own("转账记录")),
        ("on_default", own("另付利息")),
        ("valid_until", day(house, 7)),
    ]
}

async fn post(visitor: &mut Visitor<'_>, path: &str, pairs: &[(&str, String)]) -> Answer {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    visitor.fill(path, &pairs).await
}

async fn send(visitor: &mut Visitor<'_>, matter: &Matter<'_>, how: &str) -> Answer {
    let mut pairs = offer(matter.house);
    pairs.push(("do", how.to_owned()));
    post(visitor, &matter.at("writing/offer"), &pairs).await
}

async fn two_agree_to_write_and_an_offer_becomes_the_clauses_of_their_agreement(
    database: Database,
) {
    let house = house(database, false).await;
    let mut matter = active(&house).await;
    let page = matter.at("writing");
    let mut people = Vec::new();
    for name in ["mediator", "claimant", "respondent"] {
        people.push(matter.visitor(name).await);
    }
    for (visitor, act) in people.iter_mut().zip(["propose", "agree", "agree"]) {
        let done = visitor.fill(&page, &[("do", act)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let sent = send(&mut people[1], &matter, "send").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let read = people[2].get(&page).await.body;
    assert!(
        read.contains("87,654.32") && read.contains("80,000.00"),
        "{read}"
    );
    let gone = "会从协议里去掉";
    assert!(!read.contains(gone), "it takes the place of none");
    matter.reload().await;
    let work = matter.case.stage.work().unwrap();
    let offer = work.writing.as_ref().unwrap().offers[0].id.to_string();
    let accept = [("do", "accept"), ("offer", offer.as_str())];
    let done = people[2].fill(&page, &accept).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    matter.reload().await;
    let draft = &matter.case.stage.work().unwrap().draft;
    assert_eq!(draft.clauses.len(), 2);
    assert!(draft.is_agreed_by(&matter.case.party_ids()));
    let board = people[0].get(&matter.at("board")).await.body;
    assert!(board.contains("补偿金绝无仅有"), "{board}");
    let form = people[2].get(&matter.at("writing/offer")).await.body;
    assert!(
        form.contains("请一并写进新方案") && form.contains("补偿金绝无仅有"),
        "what a second offer would undo: {form}"
    );
    let sent = send(&mut people[2], &matter, "send").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let read = people[1].get(&page).await.body;
    assert!(read.contains(gone), "before they tap: {read}");
}

async fn instalments_that_do_not_add_up_are_told_beside_the_sum_and_nothing_is_lost(
    database: Database,
) {
    let house = house(database, false).await;
    let matter = writing(&house).await;
    let mut claimant = matter.visitor("claimant").await;
    let mut pairs = offer(&house);
    pairs.retain(|(name, _)| *name != "amount_2");
    pairs.push(("amount_2", "70000".to_owned()));
    pairs.push(("do", "send".to_owned()));
    let refused = post(&mut claimant, &matter.at("writing/offer"), &pairs).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("id=\"sum-error\""),
        "{}",
        refused.body
    );
    assert!(refused.body.contains("77,654.32"), "what they make");
    for typed in ["补偿金绝无仅有", "87654.32", "7654.32", "另付利息"] {
        assert!(refused.body.contains(typed), "{typed}");
    }
}

async fn what_is_written_to_one_alone_is_read_by_those_two(database: Database) {
    let house = house(database, false).await;
    let matter = writing(&house).await;
    let page = matter.at("writing");
    let mut claimant = matter.visitor("claimant").await;
    let alone = CLAIMANT.to_string();
    let secret = [
        ("do", "write"),
        ("to", alone.as_str()),
        ("text", "底线是三千"),
    ];
    let done = claimant.fill(&page, &secret).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let open = [("do", "write"), ("to", "all"), ("text", "发票我都留着")];
    claimant.fill(&page, &open).await;
    for (name, reads) in [
        ("claimant", true),
        ("mediator", true),
        ("respondent", false),
    ] {
        let read = matter.visitor(name).await.get(&page).await.body;
        assert_eq!(read.contains("底线是三千"), reads, "{name}");
        assert!(read.contains("发票我都留着"), "{name}");
    }
    let mut respondent = matter.visitor("respondent").await;
    let foreign = [("do", "write"), ("to", alone.as_str()), ("text", "偷看")];
    let refused = respondent.fill(&page, &foreign).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let known = casework::history(&house.web.desk, &actor("respondent"), matter.case.id).await;
    let written = known.unwrap();
    let written = written.iter().filter(|it| it.kind == "write_message");
    assert_eq!(written.count(), 1, "nobody learns that one wrote alone");
}

async fn an_offer_shown_to_the_mediator_is_no_concern_of_the_other_side_before_it_is_sent(
    database: Database,
) {
    let house = house(database, false).await;
    let matter = writing(&house).await;
    let page = matter.at("writing");
    let mut claimant = matter.visitor("claimant").await;
    let shown = send(&mut claimant, &matter, "show").await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
    for (name, reads) in [
        ("claimant", true),
        ("mediator", true),
        ("respondent", false),
    ] {
        let read = matter.visitor(name).await.get(&page).await.body;
        assert_eq!(read.contains("87,654.32"), reads, "{name}");
    }
    let form = claimant.get(&matter.at("writing/offer?kept=yes")).await;
    assert!(form.body.contains("87,654.32") && form.body.contains("补偿金绝无仅有"));
    send(&mut claimant, &matter, "send").await;
    let read = matter.visitor("respondent").await.get(&page).await.body;
    assert!(read.contains("87,654.32"));
    let giver = actor("claimant");
    let kept = casework::correspondence(&house.web.desk, &giver, matter.case.id);
    assert_eq!(kept.await.unwrap().kept, [], "it is sent");
}

async fn what_was_shown_to_the_mediator_is_taken_back_and_not_sent_when_nothing_is_offered(
    database: Database,
) {
    let house = house(database, false).await;
    let mut matter = writing(&house).await;
    let page = matter.at("writing");
    let mut claimant = matter.visitor("claimant").await;
    send(&mut claimant, &matter, "show").await;
    let read = claimant.get(&page).await.body;
    assert!(read.contains("writing/offer?kept=yes"), "{read}");
    matter.act("respondent", Action::AskForRoom).await;
    let read = claimant.get(&page).await.body;
    assert!(
        !read.contains("writing/offer?kept=yes"),
        "no way to a refusal"
    );
    assert!(read.contains("value=\"take-back\""), "{read}");
    let mut mediator = matter.visitor("mediator").await;
    let theirs = mediator.get(&page).await.body;
    assert!(theirs.contains("87,654.32") && !theirs.contains("value=\"take-back\""));
    let refused = mediator.fill(&page, &[("do", "take-back")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let back = claimant.fill(&page, &[("do", "take-back")]).await;
    assert_eq!(back.location(), page, "{}", back.body);
    let theirs = mediator.get(&page).await.body;
    assert!(!theirs.contains("87,654.32"), "{theirs}");
}

/// Instalments 1 and 5 and the third act only: nothing is moved to another row, nor dropped.
async fn what_is_wrong_with_a_row_stands_beside_that_row(database: Database) {
    let house = house(database, false).await;
    let matter = writing(&house).await;
    let mut claimant = matter.visitor("claimant").await;
    let form = matter.at("writing/offer");
    let mut pairs = offer(&house);
    pairs.retain(|(name, _)| !name.ends_with("_2"));
    pairs.push(("day_5", day(&house, 3)));
    pairs.push(("amount_5", "80000".to_owned()));
    pairs.push(("who_103", CLAIMANT.to_string()));
    pairs.push(("act_103", "晚十点后不弹琴".to_owned()));
    pairs.push(("day_103", day(&house, 2)));
    pairs.push(("do", "send".to_owned()));
    let refused = post(&mut claimant, &form, &pairs).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (field, wrong) in [
        ("day_5", true),
        ("day_103", true),
        ("day_2", false),
        ("day_101", false),
    ] {
        let told = refused.body.contains(&format!("id=\"{field}-error\""));
        assert_eq!(told, wrong, "{field}: {}", refused.body);
    }
    let mut pairs = offer(&house);
    pairs.push(("day_102", day(&house, 20)));
    pairs.push(("do", "send".to_owned()));
    let half = post(&mut claimant, &form, &pairs).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        half.body.contains("id=\"act_102-error\""),
        "a day alone is no act"
    );
    let purpose = [("purpose", "补偿金"), ("act_101", "不弹琴"), ("do", "send")];
    let half = claimant.fill(&form, &purpose).await;
    assert!(half.body.contains("id=\"sum-error\""), "{}", half.body);
}

async fn two_offers_are_declined_each_for_its_own_reason(database: Database) {
    let house = house(database, false).await;
    let mut matter = writing(&house).await;
    for name in ["claimant", "respondent"] {
        let mut visitor = matter.visitor(name).await;
        let sent = send(&mut visitor, &matter, "send").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    matter.reload().await;
    let work = matter.case.stage.work().unwrap();
    let offers = &work.writing.as_ref().unwrap().offers;
    let [own, other] = [1, 0].map(|at: usize| offers[at].id.to_string());
    let mut respondent = matter.visitor("respondent").await;
    let silent = [("do", "decline"), ("offer", other.as_str())];
    let refused = respondent.fill(&matter.at("writing"), &silent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains(&format!("id=\"reason-{other}-error\""))
    );
    assert!(!refused.body.contains(&format!("id=\"reason-{own}-error\"")));
    assert!(
        !refused.body.contains("id=\"reason\""),
        "no name that two share"
    );
}

/// 解释 107: what was given way in to settle is no evidence later, and so stands in nothing that goes out.
async fn nothing_that_was_offered_leaves_the_table(database: Database) {
    let house = house(database, false).await;
    let mut matter = writing(&house).await;
    let mut claimant = matter.visitor("claimant").await;
    send(&mut claimant, &matter, "send").await;
    matter.reload().await;
    let work = matter.case.stage.work().unwrap();
    let offer = work.writing.as_ref().unwrap().offers[0].id.to_string();
    let page = matter.at("writing");
    let mut respondent = matter.visitor("respondent").await;
    let reason = format!("reason-{offer}");
    let declined = [
        ("do", "decline"),
        ("offer", offer.as_str()),
        (reason.as_str(), "理由绝无仅有"),
    ];
    respondent.fill(&page, &declined).await;
    let said = [("do", "write"), ("to", "all"), ("text", "让步绝无仅有")];
    respondent.fill(&page, &said).await;
    matter.reload().await;
    search(&matter, &["dispatcher", "head", "seal_holder", "operator"]).await;
    let code = EndCode::TooFarApart;
    matter.act("mediator", Action::End { code }).await;
    let everybody = [
        "claimant",
        "respondent",
        "mediator",
        "dispatcher",
        "head",
        "seal_holder",
    ];
    search(&matter, &everybody).await;
    let chancery = &house.web.chancery;
    let draft = chancery.draft_certificate(&matter.case).await.unwrap();
    nothing_in(&format!("{:?}", draft.text), "the certificate");
    let (holder, read) = (actor("seal_holder"), draft.hash());
    let issued = chancery.issue_certificate(&holder, matter.case.id, &read, Shown::default());
    matter.case = issued.await.unwrap();
    matter
        .act("claimant", Action::HandOver { to: Way::Court })
        .await;
    search(&matter, &everybody).await;
    let body = serde_json::to_string(&matter.case).unwrap();
    nothing_in(&body, "the case once it is handed over");
    let mut read = house.web.desk.store.read().await.unwrap();
    for link in events::chain(&mut read, matter.case.id).await.unwrap() {
        let details = events::details(&mut read, matter.case.id, link.seq).await;
        nothing_in(&details.unwrap().unwrap().payload, &link.kind);
    }
}

/// Looks into every address below the case, except the table's own.
async fn search(matter: &Matter<'_>, names: &[&str]) {
    for name in names {
        let mut visitor = matter.visitor(name).await;
        for address in addresses(matter.house, "/") {
            let of_case = address.starts_with("/cases/{id}") || address.starts_with("/api/");
            if !of_case || address.contains("/writing") {
                continue;
            }
            let path = filled(&address, &format!("/cases/{}", matter.case.id));
            let answer = visitor.get(&path).await;
            nothing_in(&answer.body, &format!("{address} for {name}"));
        }
    }
}

fn nothing_in(text: &str, what: &str) {
    for secret in [
        "绝无仅有",
        "87654.32",
        "87,654.32",
        "8765432",
        "80,000",
        "7,654.32",
    ] {
        assert!(!text.contains(secret), "{secret} in {what}");
    }
}
