//! The pages of those who keep the house running: what did not arrive, and the sheets for doors.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::json;

use super::person::Person;
use crate::support::browser::{Setup, turn};
use crate::support::eventually;
use crate::support::mail::MailServer;
use crate::support::neighbours::Town;

/// No such mailbox, says the mail server of the tests.
const MAILBOX: &str = "refused@example.com";

#[tokio::test]
async fn what_did_not_arrive_and_the_sheets_for_doors_read_on_a_phone() {
    let _turn = turn().await;
    let mail = MailServer::start(&[]).await;
    let port = mail.port.to_string();
    let environment = [
        ("HEYI_MAIL__HOST", "localhost"),
        ("HEYI_MAIL__PORT", port.as_str()),
        ("HEYI_MAIL__STARTTLS", "off"),
        ("HEYI_MAIL__FROM", "heyi@heyi.test"),
    ];
    let mut town = Town::open(&environment).await;
    town.tell(MAILBOX).await;
    let mut dispatcher = town.accept().await;
    eventually("the mail is given up", async || {
        let page = dispatcher.get("/desk/undelivered").await;
        page.body.contains(MAILBOX).then_some(())
    })
    .await;
    let phone = Person::open(&town.server.base, &Setup::PHONE).await;
    for (name, page) in [
        ("卢守夜", "/desk/undelivered?of=operator"),
        ("贺光明", "/desk/undelivered"),
        ("贺光明", "/desk/doors"),
        ("贺光明", "/q/LY-03-2/sheet"),
    ] {
        phone.become_one(name).await;
        phone.visit(page).await;
    }
    let printed = print(&phone).await;
    let pages = printed.matches("/Type /Page\n").count();
    assert_eq!(pages, 1, "the sheet is one page");
    let a4 = "/MediaBox [0 0 594.95996 841.91998]";
    assert!(printed.contains(a4), "of A4");
}

/// The open page as a printer gets it.
async fn print(person: &Person) -> String {
    let cdp = person.browser.driver.cdp();
    let own_size = json!({"preferCSSPageSize": true});
    let printed = cdp.send_raw("Page.printToPDF", own_size).await.unwrap();
    let pdf = BASE64.decode(printed["data"].as_str().unwrap()).unwrap();
    String::from_utf8_lossy(&pdf).into_owned()
}
