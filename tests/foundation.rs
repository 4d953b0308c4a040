//! What the tests stand on, held against a server of a few lines.

use axum::Router;
use axum::extract::Form;
use axum::response::{Html, Redirect};
use axum::routing::get;
use serde::Deserialize;

use crate::support::axe::{assert_accessible, serious_violations};
use crate::support::browser::{Browser, Setup, turn};
use crate::support::fit::misfits;
use crate::support::http::Client;
use crate::support::mail::MailServer;

const PAGE: &str = r#"<!doctype html><html lang="zh"><title>t</title><meta name="viewport" content="width=device-width">
    <main><h1>纠纷</h1><p id="script"></p><script>document.getElementById("script").textContent = "script ran";</script>
    <form method="post" action="/"><input type="hidden" name="csrf" value="t">
    <label>事由 <input name="matter"></label><label><input type="radio" name="when" value="night"> 夜间</label><button>下一步</button></form></main>"#;

#[derive(Deserialize)]
struct Typed {
    csrf: String,
    matter: String,
    when: Option<String>,
}

async fn serve() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let submit = async |Form(typed): Form<Typed>| {
        assert_eq!(typed.csrf, "t");
        let noise = format!("/noise?when={}", typed.when.unwrap_or_default());
        Redirect::to(if typed.matter == "噪声" {
            &noise
        } else {
            "/"
        })
    };
    let noise = async || {
        (
            [("set-cookie", "seen=yes; HttpOnly")],
            Html("<p>噪声<img src=x>"),
        )
    };
    let router = Router::new()
        .route("/", get(async || Html(PAGE)).post(submit))
        .route("/noise", get(noise))
        .route("/json", get(async || r#"{"a": 1}"#));
    tokio::spawn(async move { axum::serve(listener, router).await });
    base
}

#[tokio::test]
async fn a_client_submits_a_form_and_keeps_its_cookie() {
    let mut client = Client::new(&serve().await);
    let page = client.get("/").await;
    assert_eq!(
        (page.status, page.headers["content-type"].to_str().unwrap()),
        (200, "text/html; charset=utf-8")
    );
    let noise = client.submit(&page, "", &[("matter", "噪声")]).await;
    assert_eq!(noise.path, "/noise?when=");
    assert_eq!(client.cookie("seen"), Some("yes"));
    assert_eq!(client.get("/json").await.json()["a"], 1);
}

#[tokio::test]
async fn a_phone_shows_and_submits_a_page() {
    let _turn = turn().await;
    let phone = Browser::open(&serve().await, &Setup::PHONE).await;
    phone.goto("/").await;
    phone.sees("script ran").await;
    assert_eq!(
        phone
            .evaluate("return [innerWidth, navigator.language]")
            .await,
        serde_json::json!([360, "zh-CN"])
    );
    assert_accessible(&phone).await;
    let widen = "document.querySelector('h1').style.width = '400px'; return true";
    phone.evaluate(widen).await;
    let found = misfits(&phone).await.join("\n");
    for wrong in [
        "plain: 4",
        "sticks out: <h1",
        "pixels of text: <label>",
        "pixels: <button>",
    ] {
        assert!(found.contains(wrong), "{wrong} in\n{found}");
    }
    phone.fill("matter", "噪声").await;
    phone.choose("when", "night").await;
    phone.press("下一步").await;
    phone.sees("噪声").await;
    assert_eq!(phone.path().await, "/noise?when=night");
    let found = serious_violations(&phone).await;
    assert!(
        found.iter().any(|line| line.starts_with("image-alt")),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_desk_without_scripts_runs_none() {
    let _turn = turn().await;
    let setup = Setup {
        javascript: false,
        ..Setup::DESK
    };
    let desk = Browser::open(&serve().await, &setup).await;
    desk.goto("/").await;
    desk.sees("纠纷").await;
    assert!(!desk.text().await.contains("script ran"));
    assert!(desk.has("form [name=matter]").await);
}

#[tokio::test]
async fn the_fake_camera_gives_moving_pictures() {
    let _turn = turn().await;
    let phone = Browser::open(&serve().await, &Setup::PHONE).await;
    phone.goto("/").await;
    phone
        .evaluate(
            "navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then((stream) => {
                const video = document.createElement('video');
                video.muted = true;
                video.srcObject = stream;
                document.body.append(video);
                window.film = video;
                return video.play();
            });
            return true",
        )
        .await;
    let script =
        "return window.film && film.currentTime > 0.2 && [film.videoWidth, film.videoHeight]";
    assert_eq!(
        phone.until("the camera plays", script).await,
        serde_json::json!([320, 180])
    );
}

#[tokio::test]
async fn the_mail_server_keeps_a_mail() {
    use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
    let mut server = MailServer::start(&[]).await;
    let mail = Message::builder()
        .from("a@heyi.test".parse().unwrap())
        .to("b@heyi.test".parse().unwrap())
        .subject("调解邀请")
        .body("您好".to_owned())
        .unwrap();
    let smtp = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(server.port)
        .build();
    smtp.send(mail).await.unwrap();
    let kept = server.next().await;
    assert_eq!(
        (kept.from.as_str(), kept.to.as_slice()),
        ("a@heyi.test", ["b@heyi.test".to_owned()].as_slice())
    );
    assert_eq!(
        (kept.subject.as_str(), kept.tls, kept.message_id),
        ("调解邀请", false, None)
    );
    let part = &kept.parts[0];
    assert_eq!(
        (part.kind.as_str(), part.text.trim(), &part.name),
        ("text/plain", "您好", &None)
    );
}
