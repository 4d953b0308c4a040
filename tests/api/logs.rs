//! What the log holds after a whole story: nothing about its people.

use crate::support::http::Client;
use crate::support::neighbours::{RESPONDENT_PHONE, Town};

#[tokio::test]
async fn the_log_of_a_whole_story_tells_nothing_of_its_people() {
    let environment = [
        ("HEYI_LOG", "json"),
        ("RUST_LOG", "info,sqlx=warn,heyi=debug"),
    ];
    let mut town = Town::open(&environment).await;
    let mut claimant = town.tell(RESPONDENT_PHONE).await;
    let mut respondent = town.invite().await;
    let mut mediator = town.assign().await;
    town.draft(&mut mediator, [&mut claimant, &mut respondent])
        .await;
    town.end(&mut mediator).await;

    // What goes wrong is what is logged: strangers, old links, wrong codes, foreign forms.
    let mut stranger = town.become_one("邵桂兰").await;
    assert_eq!(stranger.get(&town.case).await.status, 404);
    let link = town.secrets[1].clone();
    for path in [
        format!("/i/{link}x"),
        format!("/i/{link}?to={RESPONDENT_PHONE}"),
    ] {
        stranger.get(&path).await;
    }
    let foreign = [("contact".to_owned(), RESPONDENT_PHONE.to_owned())];
    let mut nobody = Client::new(&town.server.base);
    assert!(nobody.post("/sign-in", &foreign).await.status >= 400);
    let code = nobody.get("/sign-in").await;
    let asked = [("contact", RESPONDENT_PHONE)];
    let code = nobody.submit(&code, "/sign-in", &asked).await;
    nobody.submit(&code, "", &[("code", "000000")]).await;

    town.server.ask_to_end().await;
    assert!(town.server.ended().await.success());
    let log = town.server.said();
    assert!(log.contains("a request was refused"), "{log}");
    assert!(log.contains("asked to end"), "{log}");
    let cookies = [&claimant, &respondent, &mediator].map(|client| {
        let session = client.cookie("heyi-session");
        session.expect("they are signed in").to_owned()
    });
    for secret in town.told().iter().chain(&cookies) {
        assert!(!town.server.tells(secret), "{secret} is in the log:\n{log}");
    }
}
