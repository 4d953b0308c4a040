//! A case from the first page to the hand-over, by people without scripts, and what programs read of it.

use crate::support::eventually;
use crate::support::http::{Answer, Client};
use crate::support::server::Server;

const CLAIMANT: &str = "13810040001";
const RESPONDENT: &str = "13810040002";

/// The first thing on the outbox page that stands between `before` and a quote, a blank or a tag.
fn after<'a>(body: &'a str, before: &str) -> Option<&'a str> {
    let rest = &body[body.find(before)? + before.len()..];
    let end = rest.find(['"', '<', ' ', '\n']).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The newest code of six digits that was sent.
fn code(outbox: &str) -> Option<String> {
    let start = outbox.find("验证码")?;
    let digits = |part: &&str| part.len() == 6 && part.bytes().all(|byte| byte.is_ascii_digit());
    outbox[start..]
        .split(|c: char| !c.is_ascii_digit())
        .find(digits)
        .map(str::to_owned)
}

/// Waits for messages beyond the first `before`, and gives what `find` sees in them.
async fn sent(server: &Server, before: usize, find: impl Fn(&str) -> Option<String>) -> String {
    eventually("a message is sent", async || {
        let mut client = Client::new(&server.base);
        let outbox = client.get("/demo/outbox").await.body;
        let fresh = messages(&outbox).saturating_sub(before);
        let newest: String = outbox.split(CARD).skip(1).take(fresh).collect();
        find(&newest)
    })
    .await
}

/// Where a message begins on the outbox page; the newest comes first.
const CARD: &str = "class=\"card\"";

fn messages(outbox: &str) -> usize {
    outbox.matches(CARD).count()
}

async fn count(server: &Server) -> usize {
    let mut client = Client::new(&server.base);
    messages(&client.get("/demo/outbox").await.body)
}

/// Steps into somebody of the demo town.
async fn demo(server: &Server, name: &str) -> Client {
    let mut client = Client::new(&server.base);
    let page = client.get("/demo").await;
    let at = page
        .body
        .find(&format!("> {name}<"))
        .unwrap_or_else(|| panic!("no {name}"));
    let form = page.body[..at].rfind("<form").unwrap();
    let own = Answer {
        body: page.body[form..].to_owned(),
        ..page
    };
    client.submit(&own, "", &[]).await;
    client
}

/// Tells a quarrel over noise and chooses mediation; the address of the case.
async fn open(server: &Server, claimant: &mut Client) -> String {
    let mut page = claimant.get("/q/LY-03-2").await;
    let steps: [&[(&str, &str)]; 4] = [
        &[("matter", "noise")],
        &[
            ("address", "柳荫里 3 号楼 502 室"),
            ("story", "夜里总有拖椅子的声音。"),
        ],
        &[("want", "stop"), ("wish", "夜里十点后安静")],
        &[("other_name", "江北"), ("other_contact", RESPONDENT)],
    ];
    for typed in steps {
        page = claimant.submit(&page, "/start", typed).await;
        assert_eq!(page.status, 200, "{}", page.body);
    }
    let before = count(server).await;
    page = claimant
        .submit(
            &page,
            "/start/me",
            &[("name", "安和"), ("contact", CLAIMANT)],
        )
        .await;
    let code = sent(server, before, code).await;
    page = claimant
        .submit(&page, "/start/code", &[("code", &code)])
        .await;
    claimant.submit(&page, "/start/check", &[]).await;
    let list = claimant.get("/cases").await;
    let case = format!("/cases/{}", after(&list.body, "href=\"/cases/").unwrap());
    let assess = claimant.get(&format!("{case}/assess")).await;
    assert!(assess.body.contains("《民法典》第294条"), "{}", assess.body);
    let chosen = claimant
        .submit(&assess, "/assess", &[("way", "mediation")])
        .await;
    assert_eq!((chosen.status, chosen.path.as_str()), (200, case.as_str()));
    case
}

/// The dispatcher accepts; the other side reads, proves the number and agrees.
async fn invite(server: &Server, case: &str) -> Client {
    let mut dispatcher = demo(server, "贺光明").await;
    let before = count(server).await;
    let intake = dispatcher.get(&format!("{case}/intake")).await;
    dispatcher
        .submit(&intake, "/intake", &[("do", "accept")])
        .await;
    let token = sent(server, before, |outbox| {
        after(outbox, "/i/").map(str::to_owned)
    })
    .await;
    let link = format!("/i/{token}");
    let mut respondent = Client::new(&server.base);
    let invitation = respondent.get(&link).await;
    assert!(
        invitation.body.contains("姓安的邻居"),
        "{}",
        invitation.body
    );
    assert!(
        !invitation.body.contains("拖椅子"),
        "the story stands behind the code"
    );
    let wrong = respondent
        .submit(&invitation, "/i/", &[("contact", "13810049999")])
        .await;
    let before = count(server).await;
    let right = respondent
        .submit(&invitation, "/i/", &[("contact", RESPONDENT)])
        .await;
    let same = |answer: &Answer| (answer.status, answer.path.clone());
    assert_eq!(
        same(&wrong),
        same(&right),
        "a wrong number gets the same answer"
    );
    let code = sent(server, before, code).await;
    let asked = respondent.submit(&right, "/code", &[("code", &code)]).await;
    let agreed = respondent
        .submit(&asked, "/invitation", &[("do", "accept")])
        .await;
    assert_eq!((agreed.status, agreed.path.as_str()), (200, case));
    respondent
}

#[tokio::test]
async fn a_case_goes_from_the_first_page_to_a_hand_over_without_scripts() {
    let (server, _folder) = Server::demo().await;
    let mut claimant = Client::new(&server.base);
    let case = open(&server, &mut claimant).await;
    let mut respondent = invite(&server, &case).await;
    let mut dispatcher = demo(&server, "贺光明").await;
    let assign = dispatcher.get(&format!("{case}/assign")).await;
    assert!(
        assign.body.contains("没有发现和当事人有关系"),
        "{}",
        assign.body
    );
    let name = after(&assign.body, "class=\"button\">指派")
        .unwrap()
        .to_owned();
    dispatcher.submit(&assign, "/assign", &[]).await;
    let mut mediator = demo(&server, &name).await;
    let answer = mediator.get(&format!("{case}/assignment")).await;
    mediator
        .submit(
            &answer,
            "/assignment",
            &[("ties", "none"), ("do", "accept")],
        )
        .await;
    let sessions = mediator.get(&format!("{case}/sessions")).await;
    let late = [("day", "2020-01-01"), ("time", "19:30"), ("minutes", "60")];
    let refused = mediator.submit(&sessions, "/sessions", &late).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("value=\"2020-01-01\""),
        "nothing typed is lost"
    );
    let planned = mediator
        .submit(
            &sessions,
            "/sessions",
            &[("time", "19:30"), ("minutes", "60")],
        )
        .await;
    assert_eq!(
        (planned.status, planned.path.as_str()),
        (200, case.as_str())
    );
    assert!(claimant.get(&case).await.body.contains("19:30"));
    programs_read_what_pages_show(&mut claimant, &server, &case).await;
    let end = respondent.get(&format!("{case}/end/refused")).await;
    respondent.submit(&end, "/end/refused", &[]).await;
    let again = respondent
        .post(&format!("{case}/end/refused"), &token(&end))
        .await;
    assert_eq!(again.status, 409, "an end is no step of an ended mediation");
    let court = claimant.get(&format!("{case}/hand-over/court")).await;
    claimant.submit(&court, "/hand-over/court", &[]).await;
    assert!(claimant.get(&case).await.body.contains("已转去法院"));
}

fn token(page: &Answer) -> Vec<(String, String)> {
    let token = after(&page.body, "name=\"csrf\" value=\"").unwrap();
    vec![("csrf".to_owned(), token.to_owned())]
}

async fn programs_read_what_pages_show(claimant: &mut Client, server: &Server, case: &str) {
    let read = claimant.get(&format!("/api/v1{case}")).await.json();
    assert_eq!(read["stage"], "mediate.active");
    assert_eq!(read["offered"], serde_json::json!(["end"]));
    let events = claimant.get(&format!("/api/v1{case}/events")).await.json();
    assert_eq!(events[0]["kind"], "open");
    let mut stranger = demo(server, "邵桂兰").await;
    let hidden = stranger.get(&format!("/api/v1{case}")).await;
    assert_eq!(hidden.status, 404);
    assert_eq!(hidden.headers["content-type"], "application/problem+json");
    assert_eq!(
        stranger.get(case).await.status,
        404,
        "whoever may not see it is not told that it is there"
    );
    let nobody = Client::new(&server.base).get("/api/v1/cases").await;
    assert_eq!(nobody.status, 401);
    let described = claimant.get("/api/openapi.json").await.json();
    assert!(described["paths"]["/api/v1/cases/{id}/events"].is_object());
}
