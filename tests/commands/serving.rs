//! How a server is reached: by its certificate, by all its addresses, through proxies.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use reqwest::{Certificate, Client, Method};

use crate::support::form::Form;
use crate::support::http;
use crate::support::server::Server;

/// A client that believes this certificate and nothing else.
fn trusting(pem: &[u8]) -> Client {
    let only = [Certificate::from_pem(pem).unwrap()];
    Client::builder().tls_certs_only(only).build().unwrap()
}

async fn ready(client: &Client, address: SocketAddr) -> Option<u16> {
    let answer = client.get(format!("https://{address}/readyz")).send().await;
    answer.ok().map(|answer| answer.status().as_u16())
}

fn listening(server: &Server) -> SocketAddr {
    let (_, address) = server.base.split_once("://").unwrap();
    address.parse().unwrap()
}

#[tokio::test]
async fn a_certificate_from_files_is_the_one_served() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let (cert, key) = (
        folder.path().join("cert.pem"),
        folder.path().join("key.pem"),
    );
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let file = folder.path().join("heyi.toml");
    let text = format!(
        "tls = {{ cert = '{}', key = '{}' }}",
        cert.display(),
        key.display()
    );
    std::fs::write(&file, text).unwrap();
    let options = ["--demo", "--config", file.to_str().unwrap()];
    let server = Server::start(&folder.path().join("data"), &options, &[]).await;
    let address = listening(&server);
    assert_eq!(
        ready(&trusting(made.cert.pem().as_bytes()), address).await,
        Some(200)
    );
    let other = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    assert_eq!(
        ready(&trusting(other.cert.pem().as_bytes()), address).await,
        None
    );
}

#[tokio::test]
async fn a_self_signed_certificate_is_good_for_every_address_of_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let options = ["--demo", "--listen", "0.0.0.0:0"];
    let environment = [
        ("HEYI_TLS", "self-signed"),
        ("HEYI_RTC__ANNOUNCE", "[\"192.0.2.7\"]"),
    ];
    let server = Server::start(&data, &options, &environment).await;
    let pem = std::fs::read(data.join("tls/cert.pem")).unwrap();
    let client = trusting(&pem);
    let port = listening(&server).port();
    let own = heyi::app::own_addresses().unwrap();
    for ip in own.into_iter().filter(IpAddr::is_ipv4) {
        assert_eq!(
            ready(&client, SocketAddr::new(ip, port)).await,
            Some(200),
            "{ip}"
        );
    }
    // The one that phones are told first, also in the square code, is what the installation announces.
    let told = format!("https://192.0.2.7:{port}/");
    assert!(server.said().contains(&told), "{}", server.said());
    let names = std::fs::read_to_string(data.join("tls/names")).unwrap();
    assert!(names.lines().any(|name| name == "192.0.2.7"), "{names}");
}

/// Asks for more codes than one client gets in an hour, each time from another place as the header has it; how many
/// were granted.
async fn ask(data: &Path, environment: &[(&str, &str)]) -> usize {
    let server = Server::start(data, &["--demo"], environment).await;
    let mut client = http::Client::new(&server.base);
    let page = client.get("/sign-in").await;
    let mut form = Form::find(&page.body, "/sign-in").unwrap();
    let mut granted = 0;
    for number in 0..65 {
        form.set("contact", &format!("138100500{number:02}"));
        let mut body = reqwest::Url::parse("http://form").unwrap();
        body.query_pairs_mut().extend_pairs(&form.fields);
        let request = client
            .request(Method::POST, &form.action)
            .header("origin", &server.base)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-forwarded-for", format!("203.0.113.{number}"))
            .body(body.query().unwrap().to_owned());
        let answer = client.send_once(request).await;
        granted += usize::from(answer.status().as_u16() == 303);
    }
    granted
}

#[tokio::test]
async fn a_forwarded_address_is_believed_from_a_trusted_proxy_alone() {
    let folder = tempfile::tempdir().unwrap();
    let trusted = [("HEYI_TRUSTED_PROXIES", "[\"127.0.0.1\"]")];
    let behind_a_proxy = ask(&folder.path().join("one"), &trusted).await;
    assert_eq!(behind_a_proxy, 65, "every reader is counted alone");
    let in_the_open = ask(&folder.path().join("other"), &[]).await;
    assert_eq!(
        in_the_open, 60,
        "whoever invents an address is counted as the one they are"
    );
}
