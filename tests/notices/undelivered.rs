//! A mail that its server refuses: tried, given up, shown to staff, tried again.

use crate::support::eventually;
use crate::support::http::{Answer, Client};
use crate::support::mail::MailServer;
use crate::support::neighbours::{RESPONDENT, Town};

/// The mail server of the tests refuses the first mail to such an address, as for a mailbox made too late.
const MAILBOX: &str = "late-bird@example.com";

async fn desk(dispatcher: &mut Client) -> Answer {
    dispatcher.get("/desk/undelivered").await
}

async fn an_operator_learns_nothing_of_the_case(town: &Town) {
    let mut operator = town.become_one("卢守夜").await;
    let known = desk(&mut operator).await;
    assert!(known.body.contains("邮件没有送到"), "{}", known.body);
    for hidden in [MAILBOX, "550", RESPONDENT, &town.case] {
        assert!(!known.body.contains(hidden), "{hidden}: {}", known.body);
    }
    assert_eq!(operator.get(&town.case).await.status, 404);
}

#[tokio::test]
async fn a_refused_mail_is_shown_to_the_dispatcher_who_calls_and_sends_it_again() {
    let mut server = MailServer::start(&[]).await;
    let port = server.port.to_string();
    let environment = [
        ("HEYI_MAIL__HOST", "localhost"),
        ("HEYI_MAIL__PORT", port.as_str()),
        ("HEYI_MAIL__STARTTLS", "off"),
        ("HEYI_MAIL__FROM", "heyi@heyi.test"),
    ];
    let mut town = Town::open(&environment).await;
    let mut claimant = town.tell(MAILBOX).await;
    let mut dispatcher = town.accept().await;
    let page = eventually("the mail is given up", async || {
        let page = desk(&mut dispatcher).await;
        page.body.contains(MAILBOX).then_some(page)
    })
    .await;
    assert!(page.body.contains(RESPONDENT) && page.body.contains(&town.case));
    assert!(page.body.contains("550"), "the words of the mail server");
    assert!(
        dispatcher
            .get("/desk")
            .await
            .body
            .contains("1 条消息没有送到")
    );
    let case = dispatcher.get(&town.case).await.body;
    assert!(case.contains("这些消息没有送到"), "{case}");

    assert!(
        !claimant
            .get(&town.case)
            .await
            .body
            .contains("这些消息没有送到")
    );
    assert_eq!(desk(&mut claimant).await.status, 404);
    let mut mediator = town.become_one("陆晓月").await;
    assert_eq!(desk(&mut mediator).await.status, 404);
    let mut elsewhere = town.become_one("贾天佑").await;
    let theirs = desk(&mut elsewhere).await;
    assert_eq!(theirs.status, 200);
    assert!(!theirs.body.contains(MAILBOX), "another committee");

    an_operator_learns_nothing_of_the_case(&town).await;

    let again = dispatcher.submit(&page, "/desk/undelivered", &[]).await;
    assert_eq!(again.status, 200);
    assert!(!again.body.contains(MAILBOX), "it is on its way");
    let mail = loop {
        let mail = server.next().await;
        if mail.to == [MAILBOX] {
            break mail;
        }
    };
    assert!(mail.parts[0].text.contains("/i/"), "{mail:?}");
    let case = dispatcher.get(&town.case).await.body;
    assert!(!case.contains("这些消息没有送到"), "{case}");
    let twice = dispatcher.submit(&page, "/desk/undelivered", &[]).await;
    assert_eq!(twice.status, 404, "nothing is sent twice");
    assert!(!town.server.said().contains(MAILBOX));
}
