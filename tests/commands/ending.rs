//! The end of the process: what runs is finished, the rooms say goodbye, and it does not take long.

use std::time::Duration;

use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::form::Form;
use crate::support::http::Client;
use crate::support::neighbours::{RESPONDENT_PHONE, Town};
use crate::support::socket::Socket;

/// Requests have ten seconds to finish; the rest is the machine's.
const BOUND: Duration = Duration::from_secs(15);

/// A form of which the server has read the head and waits for the body.
struct Slow {
    stream: TcpStream,
    body: String,
}

impl Slow {
    async fn begin(base: &str) -> Self {
        let mut client = Client::new(base);
        let page = client.get("/sign-in").await;
        let mut form = Form::find(&page.body, "/sign-in").unwrap();
        form.set("contact", "13810040009");
        let mut body = reqwest::Url::parse("http://form").unwrap();
        body.query_pairs_mut().extend_pairs(&form.fields);
        let body = body.query().unwrap().to_owned();
        let host = base.trim_start_matches("http://");
        let cookie = client.cookie("heyi-browser").unwrap();
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {host}\r\nOrigin: {base}\r\nCookie: heyi-browser={cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
             Expect: 100-continue\r\n\r\n",
            form.action,
            body.len()
        );
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut said = [0; 25];
        stream.read_exact(&mut said).await.unwrap();
        assert_eq!(&said, b"HTTP/1.1 100 Continue\r\n\r\n");
        Self { stream, body }
    }

    /// Sends the rest and gives the whole answer.
    async fn finish(mut self) -> String {
        self.stream.write_all(self.body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

/// The mediator fixes a time, opens the room and goes in.
async fn enter(town: &Town, mediator: &mut Client) -> Socket {
    let (room, page) = town.open_session(mediator).await;
    Socket::enter(mediator, &room, &page).await
}

#[tokio::test]
async fn at_the_end_a_request_is_finished_and_rooms_are_told_goodbye() {
    let mut town = Town::open(&[]).await;
    town.tell(RESPONDENT_PHONE).await;
    town.invite().await;
    let mut mediator = town.assign().await;
    let mut room = enter(&town, &mut mediator).await;
    room.until("welcome").await;

    let slow = Slow::begin(&town.server.base).await;
    town.server.ask_to_end().await;
    room.until("goodbye").await;
    let answer = slow.finish().await;
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let ended = timeout(BOUND, town.server.ended()).await;
    assert!(ended.expect("it ends in time").success());
    let request = mediator.request(Method::GET, "/");
    assert!(request.send().await.is_err(), "nobody answers any more");
}
