//! The service-address form: on the phone, confirmed by a code, and nobody else's business.

use super::court::hidden;
use super::matter::Matter;
use super::*;
use crate::domain::fixture::Quarrel;
use crate::domain::paper::PaperKind;
use crate::domain::service::Channel;

on_each!(a_party_says_on_the_phone_where_papers_reach_it);

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
