//! Messages, taken by a real mail server and a real gateway.

mod undelivered;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use heyi::clock::Clock;
use heyi::config::{Config, Mail, Secret, Sms, StartTls};
use heyi::domain::message::Channel;
use heyi::i18n::{Locale, Texts};
use heyi::notify::{Carriers, Outgoing, Undelivered};
use tokio::sync::mpsc;

use crate::support::mail::MailServer;

fn carriers(config: &Config) -> Carriers {
    let texts = Arc::new(Texts::load(None).unwrap());
    Carriers::new(config, false, texts).unwrap()
}

fn outgoing(channel: Channel, address: &str) -> Outgoing {
    Outgoing {
        id: Clock::system().new_id(),
        channel,
        address: address.to_owned(),
        locale: Locale::ZhCn,
        name: "code-sign-in".to_owned(),
        facts: BTreeMap::from([
            ("code".to_owned(), "246810".to_owned()),
            ("minutes".to_owned(), "10".to_owned()),
            ("link".to_owned(), "https://heyi.test/i/1".to_owned()),
        ]),
        calendar: None,
    }
}

async fn send(carriers: &Carriers, outgoing: &Outgoing) -> Result<(), Undelivered> {
    let words = carriers.writer.write(outgoing).unwrap();
    carriers.send(outgoing, &words).await
}

fn mail(port: u16) -> Mail {
    Mail {
        host: "localhost".to_owned(),
        port,
        starttls: StartTls::Off,
        user: None,
        password: None,
        from: "和议 <heyi@heyi.test>".to_owned(),
        ca: None,
    }
}

/// A certificate for localhost in two files.
fn certificate(folder: &Path) -> (String, String) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    (cert.display().to_string(), key.display().to_string())
}

#[tokio::test]
async fn a_mail_goes_out_encrypted_and_logged_in_with_its_calendar_file() {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = certificate(folder.path());
    let options = ["--tls", &cert, &key, "--login", "heyi", "hunter2"];
    let mut server = MailServer::start(&options).await;
    let config = Config {
        mail: Some(Mail {
            starttls: StartTls::Required,
            user: Some("heyi".to_owned()),
            password: Some(Secret::from("hunter2")),
            ca: Some(cert.into()),
            ..mail(server.port)
        }),
        ..Config::default()
    };
    let outgoing = Outgoing {
        calendar: Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_owned()),
        ..outgoing(Channel::Mail, "he-guangming@example.com")
    };
    send(&carriers(&config), &outgoing).await.unwrap();
    let kept = server.next().await;
    assert!(kept.tls);
    assert_eq!(kept.from, "heyi@heyi.test");
    assert_eq!(kept.to, ["he-guangming@example.com"]);
    assert_eq!(kept.subject, "登录验证码");
    assert_eq!(
        kept.message_id.unwrap(),
        format!("<{}@heyi.test>", outgoing.id)
    );
    let kinds: Vec<_> = kept.parts.iter().map(|part| part.kind.as_str()).collect();
    assert_eq!(kinds, ["text/plain", "text/calendar"]);
    assert!(kept.parts[0].text.contains("246810"));
    assert!(kept.parts[0].text.contains("\nhttps://heyi.test/i/1"));
    assert_eq!(kept.parts[1].name.as_deref(), Some("heyi.ics"));
}

#[tokio::test]
async fn a_wrong_password_and_a_missing_starttls_are_not_the_fault_of_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = certificate(folder.path());
    let options = ["--tls", &cert, &key, "--login", "heyi", "hunter2"];
    let server = MailServer::start(&options).await;
    let plain = MailServer::start(&[]).await;
    let with_wrong_password = Mail {
        starttls: StartTls::Required,
        user: Some("heyi".to_owned()),
        password: Some(Secret::from("wrong")),
        ca: Some(cert.into()),
        ..mail(server.port)
    };
    let without_starttls = Mail {
        starttls: StartTls::Required,
        ..mail(plain.port)
    };
    for mail in [with_wrong_password, without_starttls] {
        let config = Config {
            mail: Some(mail),
            ..Config::default()
        };
        let outcome = send(
            &carriers(&config),
            &outgoing(Channel::Mail, "a@example.com"),
        )
        .await;
        assert!(matches!(outcome, Err(Undelivered::Later(_))), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_told_from_one_that_is_full() {
    let server = MailServer::start(&[]).await;
    let config = Config {
        mail: Some(mail(server.port)),
        ..Config::default()
    };
    let carriers = carriers(&config);
    let never = send(&carriers, &outgoing(Channel::Mail, "refused@example.com")).await;
    assert!(
        matches!(&never, Err(Undelivered::Never(why)) if why.contains("550")),
        "{never:?}"
    );
    let later = send(&carriers, &outgoing(Channel::Mail, "later@example.com")).await;
    assert!(matches!(later, Err(Undelivered::Later(_))), "{later:?}");
}

type Taken = mpsc::UnboundedSender<serde_json::Value>;

/// Takes text messages for 13… numbers, knows no other, and wants its token.
async fn take(State(taken): State<Taken>, headers: HeaderMap, body: String) -> StatusCode {
    if headers["authorization"] != "Bearer t0ken" {
        return StatusCode::UNAUTHORIZED;
    }
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    if !body["to"].as_str().unwrap().starts_with("+8613") {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    taken.send(body).unwrap();
    StatusCode::ACCEPTED
}

#[tokio::test]
async fn a_text_message_goes_to_the_gateway_with_its_token_and_id() {
    let (sender, mut taken) = mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let router = Router::new().route("/send", post(take)).with_state(sender);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let config = |token: &str| Config {
        sms: Sms::Gateway {
            url: url.clone(),
            token: Secret::from(token),
        },
        ..Config::default()
    };
    let message = outgoing(Channel::Sms, "+8613800138000");
    send(&carriers(&config("t0ken")), &message).await.unwrap();
    let body = taken.recv().await.unwrap();
    assert_eq!(body["id"], message.id.to_string());
    let text = body["text"].as_str().unwrap();
    assert!(text.starts_with("【和议】"), "{text}");
    assert!(text.ends_with(" https://heyi.test/i/1"), "{text}");
    let unknown = outgoing(Channel::Sms, "+8619900000020");
    let never = send(&carriers(&config("t0ken")), &unknown).await;
    assert!(matches!(never, Err(Undelivered::Never(_))), "{never:?}");
    let later = send(&carriers(&config("wrong")), &message).await;
    assert!(matches!(later, Err(Undelivered::Later(_))), "{later:?}");
}

#[tokio::test]
async fn without_a_server_messages_wait() {
    let carriers = carriers(&Config::default());
    for (channel, address) in [
        (Channel::Mail, "a@example.com"),
        (Channel::Sms, "+8613800138000"),
    ] {
        let outcome = send(&carriers, &outgoing(channel, address)).await;
        assert!(matches!(outcome, Err(Undelivered::Later(_))), "{outcome:?}");
    }
}
