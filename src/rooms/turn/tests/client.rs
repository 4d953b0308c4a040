//! A client of the relay, made by hand, and the bench at which it meets the server.

use std::time::Duration;

use jiff::SignedDuration;
use rtc::stun::attributes::{
    ATTR_XOR_RELAYED_ADDRESS, ATTR_XORMAPPED_ADDRESS, AttrType, RawAttribute,
};
use rtc::stun::error_code::ErrorCodeAttribute;
use rtc::stun::message::{
    CLASS_ERROR_RESPONSE, CLASS_SUCCESS_RESPONSE, Getter as _, METHOD_ALLOCATE,
    METHOD_CREATE_PERMISSION, METHOD_REFRESH, Method, Setter,
};
use rtc::turn::proto::Protocol;
use rtc::turn::proto::lifetime::Lifetime;
use rtc::turn::proto::reqfamily::RequestedAddressFamily;
use rtc::turn::proto::reqtrans::RequestedTransport;

use super::super::credentials::Credentials;
use super::super::*;

/// The addresses of the media socket.
pub(super) const OURS: [&str; 2] = ["192.0.2.7:7000", "127.0.0.1:7000"];
const KEY: [u8; 32] = [7; 32];

type Asked = Vec<Box<dyn Setter>>;

/// The server under a clock that is moved by hand.
pub(super) struct Bench {
    pub(super) turn: Turn,
    pub(super) at: Time,
}

/// Somebody with a name, a password and a socket.
pub(super) struct Client {
    pub(super) at: SocketAddr,
    pub(super) credentials: Credentials,
    pub(super) nonce: String,
    pub(super) key: Vec<u8>,
}

impl Bench {
    pub(super) fn new() -> Self {
        Self::at(&OURS)
    }

    pub(super) fn at(ours: &[&str]) -> Self {
        let ours: Vec<_> = ours.iter().map(|at| at.parse().unwrap()).collect();
        let tick = Instant::now();
        let now = "2026-11-22T08:00:00Z".parse().unwrap();
        Self {
            turn: Turn::new(&ours, &KEY, tick).unwrap(),
            at: Time { now, tick },
        }
    }

    pub(super) fn pass(&mut self, seconds: u64) {
        self.at.tick += Duration::from_secs(seconds);
        self.at.now += SignedDuration::from_secs(i64::try_from(seconds).unwrap());
    }

    pub(super) fn held(&self) -> usize {
        assert_eq!(self.turn.allocations.len(), self.turn.clients.len());
        self.turn.allocations.len()
    }

    /// With a name for `who`, and a nonce.
    pub(super) fn client(&mut self, at: &str, who: &str) -> Client {
        let mut client = Client::new(at);
        client.credentials = Credentials::issue(&page::secret(&KEY), who, self.at.now);
        client.key();
        self.greet(&mut client);
        client
    }

    /// With a place.
    pub(super) fn inside(&mut self, at: &str) -> Client {
        let client = self.client(at, "ab");
        assert_eq!(self.asks(&client, METHOD_ALLOCATE, vec![transport(17)]), 0);
        client
    }

    /// A fresh nonce for the client.
    pub(super) fn greet(&mut self, client: &mut Client) {
        let request = unproved(METHOD_ALLOCATE, vec![transport(17)]);
        let answer = self.answer(client, &request).unwrap();
        client.nonce = message::text(&answer, ATTR_NONCE).unwrap().to_owned();
    }

    pub(super) fn refresh(&mut self, client: &mut Client) {
        self.greet(client);
        assert_eq!(self.asks(client, METHOD_REFRESH, Vec::new()), 0);
    }

    pub(super) fn receive(&mut self, client: &Client, datagram: &[u8]) -> Option<Out> {
        self.turn.receive(datagram, client.at, self.at)
    }

    pub(super) fn answer(&mut self, client: &Client, request: &[u8]) -> Option<Message> {
        match self.receive(client, request)? {
            Out::Back(answer) => Some(message::read(&answer).unwrap()),
            Out::In { .. } => panic!("a request came to the rooms"),
        }
    }

    /// What comes of a proved request: 0, or the number of the refusal.
    pub(super) fn asks(&mut self, client: &Client, method: Method, asked: Asked) -> u16 {
        let request = client.proved(method, asked);
        let answer = self.answer(client, &request).unwrap();
        match answer.typ.class {
            CLASS_SUCCESS_RESPONSE => 0,
            _ => error(&answer),
        }
    }

    /// Under which address the rooms see the client, when it speaks to this one of ours.
    pub(super) fn speaks(&mut self, client: &Client, ours: &str) -> SocketAddr {
        assert_eq!(
            self.asks(client, METHOD_CREATE_PERMISSION, vec![peer(ours)]),
            0
        );
        let said = indication(ours, b"hello");
        match self.receive(client, &said) {
            Some(Out::In { from, .. }) => from,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn hears(
        &mut self,
        relayed: SocketAddr,
        said: &[u8],
    ) -> Option<(Vec<u8>, SocketAddr)> {
        self.turn.wrap(relayed, said, self.at.tick)
    }
}

impl Client {
    pub(super) fn new(at: &str) -> Self {
        Self {
            at: at.parse().unwrap(),
            credentials: Credentials {
                username: String::new(),
                password: String::new(),
            },
            nonce: String::new(),
            key: Vec::new(),
        }
    }

    /// Makes the key of name and password anew.
    pub(super) fn key(&mut self) {
        let Credentials { username, password } = self.credentials.clone();
        let provider = default_provider().unwrap();
        let crypto = provider.crypto();
        self.key = MessageIntegrity::long_term_integrity_key(
            username,
            "heyi".to_owned(),
            password,
            crypto,
        )
        .unwrap();
    }

    pub(super) fn proved(&self, method: Method, asked: Asked) -> Vec<u8> {
        let mut message = Message::new();
        message
            .unmarshal_binary(&built(method, CLASS_REQUEST, asked))
            .unwrap();
        let text = |kind, text: &str| TextAttribute::new(kind, text.to_owned());
        text(ATTR_USERNAME, &self.credentials.username)
            .add_to(&mut message)
            .unwrap();
        text(ATTR_REALM, REALM).add_to(&mut message).unwrap();
        text(ATTR_NONCE, &self.nonce).add_to(&mut message).unwrap();
        let provider = default_provider().unwrap();
        let key = self.key.clone();
        MessageIntegrity::new_raw_integrity_with_provider(key, provider.crypto())
            .add_to(&mut message)
            .unwrap();
        message.raw
    }

    /// Whether the answer is proved by the client's key.
    pub(super) fn is_theirs(&self, answer: &Message) -> bool {
        let provider = default_provider().unwrap();
        let mut answer = answer.clone();
        message::is_proved(&mut answer, &self.key, provider.crypto())
    }
}

fn built(method: Method, class: rtc::stun::message::MessageClass, asked: Asked) -> Vec<u8> {
    let mut setters: Asked = vec![
        Box::new(MessageType::new(method, class)),
        Box::new(TransactionId::new()),
    ];
    setters.extend(asked);
    let mut message = Message::new();
    message.build(&setters).unwrap();
    message.raw
}

pub(super) fn unproved(method: Method, asked: Asked) -> Vec<u8> {
    built(method, CLASS_REQUEST, asked)
}

pub(super) fn indication(to: &str, said: &[u8]) -> Vec<u8> {
    let said: Box<dyn Setter> = Box::new(Data(said.to_vec()));
    built(METHOD_SEND, CLASS_INDICATION, vec![peer(to), said])
}

pub(super) fn transport(protocol: u8) -> Box<dyn Setter> {
    let protocol = Protocol(protocol);
    Box::new(RequestedTransport { protocol })
}

pub(super) fn family(number: u8) -> Box<dyn Setter> {
    Box::new(RequestedAddressFamily(number))
}

pub(super) fn peer(at: &str) -> Box<dyn Setter> {
    let at: SocketAddr = at.parse().unwrap();
    let (ip, port) = (at.ip(), at.port());
    Box::new(PeerAddress { ip, port })
}

pub(super) fn channel(number: u16) -> Box<dyn Setter> {
    Box::new(ChannelNumber(number))
}

/// Something that must be understood and is not: a place beside one that is held for it (RFC 8656, 18.7).
pub(super) fn unknown() -> Box<dyn Setter> {
    Box::new(RawAttribute {
        typ: AttrType(0x0018),
        length: 1,
        value: vec![0x80],
    })
}

pub(super) fn framed(number: u16, said: &[u8]) -> Vec<u8> {
    let mut framed = [
        number.to_be_bytes(),
        u16::try_from(said.len()).unwrap().to_be_bytes(),
    ]
    .concat();
    framed.extend(said);
    framed.resize(framed.len().next_multiple_of(4), 0);
    framed
}

/// From which of our addresses, and what.
pub(super) fn data(indication: &[u8]) -> (SocketAddr, Vec<u8>) {
    let message = message::read(indication).unwrap();
    assert_eq!(message.typ, MessageType::new(METHOD_DATA, CLASS_INDICATION));
    let said = message::value(&message, ATTR_DATA).unwrap().to_vec();
    (message::peers(&message).unwrap()[0], said)
}

pub(super) fn error(answer: &Message) -> u16 {
    assert_eq!(answer.typ.class, CLASS_ERROR_RESPONSE, "{answer}");
    let mut error = ErrorCodeAttribute::default();
    error.get_from(answer).unwrap();
    error.code.0
}

pub(super) fn lifetime(answer: &Message) -> u64 {
    let mut lifetime = Lifetime::default();
    lifetime.get_from(answer).unwrap();
    lifetime.0.as_secs()
}

pub(super) fn relayed(answer: &Message) -> SocketAddr {
    address(answer, ATTR_XOR_RELAYED_ADDRESS)
}

pub(super) fn mapped(answer: &Message) -> SocketAddr {
    address(answer, ATTR_XORMAPPED_ADDRESS)
}

fn address(answer: &Message, kind: AttrType) -> SocketAddr {
    let mut address = XorMappedAddress::default();
    address.get_from_as(answer, kind).unwrap();
    SocketAddr::new(address.ip, address.port)
}
