//! A call goes on while a thousand sockets stand idle and one core does nothing but try to get in without a right to.

use std::net::{SocketAddr, UdpSocket};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use super::apart::{Apart, Place, Plan, command, on_core, open_many_sockets, say};
use super::load::stretch;
use crate::figure::{Target, percentile, print};
use crate::house::{fill, name_in};
use crate::support::http::Client;
use crate::support::participant::all_meet;
use crate::support::socket::Socket;

const IDLE: usize = 1_000;
/// The first is the call, in the others sit three a room.
const ROOMS: usize = 1 + IDLE.div_ceil(3);
const TIME: Duration = Duration::from_mins(1);
/// Attempts that are under way at once.
const AT_ONCE: usize = 64;

pub(crate) async fn measure() {
    open_many_sockets();
    let house = Apart::open(Plan {
        rooms: ROOMS,
        led: false,
        place: Place::Loopback,
        core: None,
    })
    .await;
    let rooms = [fill(&house.base, 0, 3).await];
    all_meet(&rooms[0], 1).await;
    let idle = idle_sockets(&house.base).await;
    let besiegers = besiegers(&house);
    for there in &rooms[0] {
        there.tally().pongs.clear();
    }
    let call = stretch(&rooms, TIME, || Duration::ZERO).await;
    let pongs = rooms[0]
        .iter()
        .flat_map(|there| there.tally().pongs.clone());
    let mut pongs: Vec<_> = pongs.map(|it| it.as_secs_f64() * 1_000.0).collect();
    let told = besiegers.wait_with_output().await.unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let rates = told.split_whitespace();
    let rates: Vec<f64> = rates.map(|rate| rate.parse().unwrap()).collect();
    let idle = f64::from(u32::try_from(idle.len()).unwrap());
    for (metric, value, unit, target) in [
        ("idle_sockets", idle, "sockets", Target::None),
        ("sockets_tried", rates[0], "1/s", Target::None),
        ("datagrams_tried", rates[1], "1/s", Target::None),
        ("tried", rates.iter().sum(), "1/s", Target::AtLeast(2_000.0)),
        ("call_lost", call.lost_percent(), "%", Target::AtMost(1.0)),
        (
            "signalling_p99",
            percentile(&mut pongs, 99),
            "ms",
            Target::AtMost(200.0),
        ),
    ] {
        print("rooms", &format!("siege_{metric}"), value, unit, target);
    }
}

/// Three in every room but the first, who say nothing.
async fn idle_sockets(base: &str) -> Vec<Socket> {
    let mut idle = Vec::new();
    for at in 0..IDLE {
        let seat = ["mediator", "applicant", "respondent"][at % 3];
        let address = format!("/{}", name_in(1 + at / 3, seat));
        idle.push(Socket::open(&mut Client::new(base), &address, "").await);
    }
    idle
}

fn besiegers(house: &Apart) -> Child {
    let own = std::env::current_exe().unwrap();
    let seconds = (TIME.as_secs() + 5).to_string();
    let mut words = on_core(1);
    words.extend([own.to_str().unwrap(), "besiege"]);
    words.extend([house.base.as_str(), &house.media, &seconds]);
    let mut besiegers = Command::from(command(&words));
    besiegers.stdout(Stdio::piped()).kill_on_drop(true);
    besiegers.spawn().unwrap()
}

/// What the besiegers' process does: `besiege BASE MEDIA SECONDS`. It says how many sockets and datagrams it tried a second.
pub(crate) async fn besiege(words: &[String]) {
    let [base, media, seconds] = words else {
        panic!("besiege BASE MEDIA SECONDS");
    };
    let at = base.strip_prefix("http://").unwrap().to_owned();
    let media: SocketAddr = media.parse().unwrap();
    let time = Duration::from_secs(seconds.parse().unwrap());
    let tried = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
    let begun = Instant::now();
    let mut all = Vec::new();
    for _ in 0..AT_ONCE {
        let (at, tried) = (at.clone(), Arc::clone(&tried));
        all.push(tokio::spawn(async move {
            let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
            while begun.elapsed() < time {
                for datagram in [unknown_name(), client_hello(), vec![0x5A; 200]] {
                    socket.send_to(&datagram, media).unwrap();
                    tried[1].fetch_add(1, Ordering::Relaxed);
                }
                tried[0].fetch_add(u64::from(knock(&at).await), Ordering::Relaxed);
            }
        }));
    }
    for one in all {
        one.await.unwrap();
    }
    let rate = |at: usize| tried[at].load(Ordering::Relaxed) / time.as_secs();
    say(&format!("{} {}", rate(0), rate(1)));
}

/// A socket of a call with a token that nobody gave. True if the platform took it before it turned it away.
async fn knock(at: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(at).await else {
        return false;
    };
    let greeting = format!(
        "GET /applicant/socket HTTP/1.1\r\nhost: {at}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    let token = br#"{"token":"eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmVkIGJ5IG5vYm9keQ"}"#;
    let mut hello = vec![0x81, 0x80 | u8::try_from(token.len()).unwrap(), 0, 0, 0, 0];
    hello.extend(token);
    let mut answer = Vec::new();
    // Being turned away in the middle of it is what is to be expected.
    let tried = async {
        stream.write_all(greeting.as_bytes()).await?;
        stream.write_all(&hello).await?;
        stream.read_to_end(&mut answer).await
    };
    if tried.await.is_err() {
        tracing::debug!("turned away");
    }
    answer.starts_with(b"HTTP/1.1 101 ")
}

/// A binding request to a connection that does not exist (RFC 8489).
fn unknown_name() -> Vec<u8> {
    let mut request = vec![0, 1, 0, 16, 0x21, 0x12, 0xA4, 0x42];
    request.extend([7; 12]);
    request.extend([0, 6, 0, 9]);
    request.extend(b"none:some\0\0\0");
    request
}

/// The head of a first flight of DTLS 1.2 (RFC 6347) with nothing behind it.
fn client_hello() -> Vec<u8> {
    let mut hello = vec![22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12];
    hello.extend([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    hello
}
