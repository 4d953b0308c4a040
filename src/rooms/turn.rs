//! A TURN server (RFC 8656) over UDP that leads to the rooms' own media socket and nowhere else: what it relays comes out
//! inside this process, under addresses that exist only here, so there is no socket by which it could reach anybody but those
//! who ask it. No I/O and no clock. Beside the peer the only one to name the rtc crate, of which it uses the messages: the
//! crate has a client of TURN and no server.

mod allocation;
mod bucket;
mod credentials;
mod message;
mod page;
mod place;
mod request;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use rtc::crypto::{CryptoError, RTCCryptoProvider, default_provider};
use rtc::shared::error::Error;
use rtc::stun::attributes::{
    ATTR_DATA, ATTR_MESSAGE_INTEGRITY, ATTR_NONCE, ATTR_REALM, ATTR_USERNAME,
};
use rtc::stun::error_code::{CODE_BAD_REQUEST, CODE_STALE_NONCE, CODE_UNAUTHORIZED, ErrorCode};
use rtc::stun::integrity::MessageIntegrity;
use rtc::stun::message::{
    CLASS_INDICATION, CLASS_REQUEST, METHOD_BINDING, METHOD_DATA, METHOD_SEND, Message,
    MessageType, TransactionId,
};
use rtc::stun::textattrs::TextAttribute;
use rtc::stun::xoraddr::XorMappedAddress;
use rtc::turn::proto::chandata::ChannelData;
use rtc::turn::proto::channum::ChannelNumber;
use rtc::turn::proto::data::Data;
use rtc::turn::proto::peeraddr::PeerAddress;
use zeroize::Zeroizing;

use self::allocation::{Allocation, Holder};
use self::bucket::Bucket;
use self::credentials::Nonces;
use self::message::Answer;
use self::place::Place;

pub(crate) use self::page::Relays;
pub use self::page::{Ice, RelayConfig};
pub(crate) use self::place::is_relayed;

const REALM: &str = "heyi";
/// Bytes a second through all of them.
const BYTES_OF_ALL: u32 = 50_000_000;
/// Answers a second to those who have proved nothing.
const UNPROVED: u32 = 2_000;
/// An answer to somebody who has proved nothing is at most so many times as long as the question: whose address was forged
/// is not flooded by our help.
const UNPROVED_FACTOR: usize = 2;
/// The rtc crate has no cryptography to check requests with.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct NoRelay(#[from] CryptoError);

/// Both clocks: the one of names that lapse, and the one of timers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Time {
    pub(crate) now: Timestamp,
    pub(crate) tick: Instant,
}

/// What follows from a datagram.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Out {
    /// To whoever sent it.
    Back(Vec<u8>),
    /// To the rooms, as if it came from this relayed address.
    In { from: SocketAddr, bytes: Vec<u8> },
}

/// The server. What it keeps is bounded by its quotas.
pub(crate) struct Turn {
    /// The addresses of the media socket: the only peers there are.
    ours: Vec<SocketAddr>,
    secret: Zeroizing<Vec<u8>>,
    nonces: Nonces,
    crypto: Arc<dyn RTCCryptoProvider>,
    /// By the address of the client.
    allocations: HashMap<SocketAddr, Allocation>,
    clients: HashMap<Place, SocketAddr>,
    next: Place,
    bytes: Bucket,
    unproved: Bucket,
}

impl Turn {
    /// A relay to the rooms at `ours`, for those whose names were issued under `key`.
    pub(crate) fn new(ours: &[SocketAddr], key: &[u8], tick: Instant) -> Result<Self, NoRelay> {
        Ok(Self {
            ours: ours.to_vec(),
            secret: page::secret(key),
            nonces: Nonces::new(credentials::subkey(key, "nonce").as_ref()),
            crypto: default_provider()?,
            allocations: HashMap::new(),
            clients: HashMap::new(),
            next: Place::first(),
            bytes: Bucket::new(BYTES_OF_ALL, tick),
            unproved: Bucket::new(UNPROVED, tick),
        })
    }

    /// A datagram of a client.
    pub(crate) fn receive(&mut self, datagram: &[u8], from: SocketAddr, at: Time) -> Option<Out> {
        // The first two bits tell messages from channels (RFC 8656, 12).
        match datagram.first()? >> 6 {
            0 => {
                let message = message::read(datagram)?;
                match (message.typ.class, message.typ.method) {
                    (CLASS_REQUEST, _) => self.asked(message, from, at).map(Out::Back),
                    (CLASS_INDICATION, METHOD_SEND) => self.sent(&message, from, at.tick),
                    _ => None,
                }
            }
            1 => self.channelled(datagram, from, at.tick),
            _ => None,
        }
    }

    /// What the rooms send to a relayed address, as it goes to the client.
    pub(crate) fn wrap(
        &mut self,
        to: SocketAddr,
        bytes: &[u8],
        tick: Instant,
    ) -> Option<(Vec<u8>, SocketAddr)> {
        let (place, peer) = Place::read(to)?;
        let client = *self.clients.get(&place)?;
        let held = self.allocations.get_mut(&client)?;
        let from = *self.ours.get(peer)?;
        let open = held.lives(tick) && held.is_permitted(peer, tick);
        if !open || !held.takes(bytes.len(), tick) || !self.bytes.take(bytes.len(), tick) {
            return None;
        }
        let wrapped = match held.channel(peer, tick) {
            Some(number) => {
                let mut data = ChannelData {
                    data: bytes.to_vec(),
                    number: ChannelNumber(number),
                    raw: Vec::new(),
                };
                data.encode();
                data.raw
            }
            None => indication(from, bytes).ok()?,
        };
        Some((wrapped, client))
    }

    /// Lets go of what has lapsed.
    pub(crate) fn sweep(&mut self, tick: Instant) {
        self.allocations.retain(|_, held| held.lives(tick));
        let allocations = &self.allocations;
        self.clients
            .retain(|_, client| allocations.contains_key(client));
    }

    fn held(&mut self, client: SocketAddr, tick: Instant) -> Option<&mut Allocation> {
        let held = self.allocations.get_mut(&client);
        held.filter(|held| held.lives(tick))
    }

    fn sent(&mut self, message: &Message, from: SocketAddr, tick: Instant) -> Option<Out> {
        let &[to] = message::peers(message)?.as_slice() else {
            return None;
        };
        let peer = self.ours.iter().position(|ours| *ours == to)?;
        let bytes = message::value(message, ATTR_DATA)?.to_vec();
        self.inwards(from, peer, bytes, tick)
    }

    fn channelled(&mut self, datagram: &[u8], from: SocketAddr, tick: Instant) -> Option<Out> {
        let mut data = ChannelData {
            raw: datagram.to_vec(),
            ..ChannelData::default()
        };
        data.decode().ok()?;
        let peer = self.held(from, tick)?.bound_to(data.number.0, tick)?;
        self.inwards(from, peer, data.data, tick)
    }

    fn inwards(
        &mut self,
        client: SocketAddr,
        peer: usize,
        bytes: Vec<u8>,
        tick: Instant,
    ) -> Option<Out> {
        let six = self.is_six();
        let held = self.held(client, tick)?;
        let open = held.is_permitted(peer, tick) && held.takes(bytes.len(), tick);
        let from = held.place.address(six, peer);
        (open && self.bytes.take(bytes.len(), tick)).then_some(Out::In { from, bytes })
    }

    /// Relayed addresses are of the family of ours, since browsers pair only those of one family.
    fn is_six(&self) -> bool {
        self.ours.iter().all(SocketAddr::is_ipv6)
    }

    fn asked(&mut self, mut request: Message, from: SocketAddr, at: Time) -> Option<Vec<u8>> {
        if request.typ.method == METHOD_BINDING {
            let seen = Answer::Granted(vec![Box::new(mapped(from))]);
            return self.briefly(&request, seen, at.tick);
        }
        let holder = match self.prove(&mut request, from, at) {
            Ok(holder) => holder,
            Err(CODE_BAD_REQUEST) => {
                let refused = Answer::refused(CODE_BAD_REQUEST);
                return self.briefly(&request, refused, at.tick);
            }
            Err(code) => {
                let nonce = TextAttribute::new(ATTR_NONCE, self.nonces.make(from, at.now));
                let realm = TextAttribute::new(ATTR_REALM, REALM.to_owned());
                let refused = Answer::Refused(code, vec![Box::new(realm), Box::new(nonce)]);
                return self.briefly(&request, refused, at.tick);
            }
        };
        let key = holder.key.clone();
        let answer = self.answer(&request, holder, from, at.tick);
        let crypto = self.crypto.crypto();
        message::answer(&request, answer, Some((&key, crypto))).ok()
    }

    /// An answer to somebody who has proved nothing.
    fn briefly(&mut self, request: &Message, said: Answer, tick: Instant) -> Option<Vec<u8>> {
        let answer = message::answer(request, said, None).ok()?;
        let fits = answer.len() <= request.raw.len() * UNPROVED_FACTOR;
        (fits && self.unproved.take(1, tick)).then_some(answer)
    }

    /// Who asks, if they know the password. A name that lapsed still holds what was made under it.
    fn prove(
        &mut self,
        request: &mut Message,
        from: SocketAddr,
        at: Time,
    ) -> Result<Holder, ErrorCode> {
        if message::value(request, ATTR_MESSAGE_INTEGRITY).is_none() {
            return Err(CODE_UNAUTHORIZED);
        }
        let text = |kind| message::text(request, kind).ok_or(CODE_BAD_REQUEST);
        let (username, nonce) = (text(ATTR_USERNAME)?.to_owned(), text(ATTR_NONCE)?);
        text(ATTR_REALM)?;
        if !self.nonces.is_fresh(nonce, from, at.now) {
            return Err(CODE_STALE_NONCE);
        }
        let held = self.held(from, at.tick).map(|held| held.holder.clone());
        let holder = match held.filter(|holder| holder.username == username) {
            Some(holder) => holder,
            None => self.holder(username, at.now).ok_or(CODE_UNAUTHORIZED)?,
        };
        let proved = message::is_proved(request, &holder.key, self.crypto.crypto());
        proved.then_some(holder).ok_or(CODE_UNAUTHORIZED)
    }

    fn holder(&self, username: String, now: Timestamp) -> Option<Holder> {
        let who = credentials::read(&username, now)?.to_owned();
        let key = MessageIntegrity::long_term_integrity_key(
            username.clone(),
            REALM.to_owned(),
            credentials::password(&self.secret, &username),
            self.crypto.crypto(),
        );
        let key = key.ok()?;
        Some(Holder { username, who, key })
    }
}

/// As an indication of data that came from our address.
fn indication(from: SocketAddr, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut message = Message::new();
    let (ip, port) = (from.ip(), from.port());
    message.build(&[
        Box::new(MessageType::new(METHOD_DATA, CLASS_INDICATION)),
        Box::new(TransactionId::new()),
        Box::new(PeerAddress { ip, port }),
        Box::new(Data(bytes.to_vec())),
    ])?;
    Ok(message.raw)
}

fn mapped(client: SocketAddr) -> XorMappedAddress {
    let (ip, port) = (client.ip(), client.port());
    XorMappedAddress { ip, port }
}
