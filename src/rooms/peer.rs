//! One WebRTC connection of one person. The only file that names the rtc crate, beside `turn`, which speaks its messages.
//!
//! The line is `rtc` 0.21.1, sans-I/O on one socket: with the workarounds beside this file it connected 21
//! of 21 pages at 20% loss each way, where the crate `webrtc` 0.17 connected 18, at 25.8 µs of CPU a forwarded
//! packet against 47.9. Nothing here opens a socket or reads a clock.

mod codecs;
mod description;
mod negotiation;
mod reading;
mod sending;
mod tap;

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use rtc::peer_connection::RTCPeerConnection;
use rtc::peer_connection::message::TaggedRTCMessage;
use rtc::rtp_transceiver::RTCRtpReceiverId;
use rtc::sansio::Protocol;
use rtc::shared::error::Error;
use rtc::shared::{TaggedBytesMut, TransportContext, TransportProtocol};
use thiserror::Error as ThisError;

use super::early::{self, Early};
use super::flights::{Incoming, Outgoing, Step};
use super::nomination::Nomination;
use super::path::Path;
use super::queue::Queue;
use super::rewrite::{Kind, Position};
use super::stun::{Class, Stun};
use crate::domain::ids::PersonId;

/// Key frames are asked for at most this often; a page answers the first anyway.
const KEY_FRAME_GAP: Duration = Duration::from_millis(200);

/// A description could not be used or made.
#[derive(Debug, ThisError)]
#[error("the connection could not be negotiated: {0}")]
pub(crate) struct NotNegotiated(#[from] Error);

impl NotNegotiated {
    /// The crate panicked over a description.
    pub(crate) fn panicked() -> Self {
        Self(Error::Other("the media library panicked".to_owned()))
    }
}

/// A packet of sound or picture, without the header that belongs to one connection only.
#[derive(Clone, Debug)]
pub(crate) struct Packet {
    pub(crate) kind: Kind,
    pub(crate) position: Position,
    pub(crate) marker: bool,
    pub(crate) payload: Bytes,
}

/// What a connection reports.
#[derive(Debug)]
pub(crate) enum Event {
    /// Connected for the first time: packets can flow.
    Connected,
    /// Closed by the page, or its path is gone for good.
    Closed,
    /// The page proved, by the integrity of a STUN request, that this address is its own.
    Bound(SocketAddr),
    Media(Packet),
    /// The page cannot go on seeing this person without a key frame.
    NeedsKeyFrame(PersonId),
}

/// One stream that goes out.
#[derive(Debug)]
struct Slot {
    track: String,
    ssrc: u32,
}

/// One stream that comes in.
#[derive(Clone, Copy, Debug)]
struct Track {
    kind: Kind,
    receiver: RTCRtpReceiverId,
}

/// One connection.
pub(crate) struct Peer {
    connection: RTCPeerConnection,
    local: SocketAddr,
    /// All candidates of this server, as the page is told them.
    announced: Vec<SocketAddr>,
    /// Our half of the STUN user name, by which a first datagram finds this connection.
    name: String,
    nomination: Nomination,
    early: Early,
    incoming: Incoming,
    outgoing: Outgoing,
    /// Where handshake datagrams go: the chosen path.
    remote: Option<SocketAddr>,
    path: Option<Path>,
    /// Who sent what the crate was given last.
    fed: Option<SocketAddr>,
    /// The request that is being answered, and who asked.
    answering: Option<([u8; 12], SocketAddr)>,
    up: bool,
    answered: bool,
    tracks: BTreeMap<u32, Track>,
    slots: BTreeMap<(PersonId, Kind), Slot>,
    waiting: Queue<(String, rtc::rtp::Packet)>,
    key_frame: KeyFrame,
    wire: VecDeque<(Bytes, SocketAddr)>,
    events: VecDeque<Event>,
    next: Option<Instant>,
}

#[derive(Debug, Default)]
struct KeyFrame {
    wanted: bool,
    last: Option<Instant>,
}

impl Peer {
    /// A new connection that answers at `announced`, of which the first is used inside.
    pub(crate) fn new(announced: &[SocketAddr], now: Instant) -> Result<Self, NotNegotiated> {
        let local = announced
            .first()
            .copied()
            .ok_or(Error::ErrNoRemoteDescription)?;
        let connection = codecs::connection(now)?;
        Ok(Self {
            connection,
            local,
            announced: announced.to_vec(),
            name: String::new(),
            nomination: Nomination::default(),
            early: Early::default(),
            incoming: Incoming::default(),
            outgoing: Outgoing::default(),
            remote: None,
            path: None,
            fed: None,
            answering: None,
            up: false,
            answered: false,
            tracks: BTreeMap::new(),
            slots: BTreeMap::new(),
            waiting: Queue::default(),
            key_frame: KeyFrame::default(),
            wire: VecDeque::new(),
            events: VecDeque::new(),
            next: Some(now),
        })
    }

    /// Known once it has offered or answered.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has connected and was not lost for good.
    pub(crate) const fn is_up(&self) -> bool {
        self.up
    }

    /// A datagram for this connection: found by address, or, for STUN requests, by [`Self::name`].
    pub(crate) fn receive(&mut self, datagram: &[u8], from: SocketAddr, now: Instant) {
        match Stun::read(datagram) {
            Some(stun) if stun.class == Class::Request => {
                // We are the controlled side by construction; the crate would change roles unverified.
                if stun.controlled {
                    return;
                }
                let moves = |path: &Path| stun.nominates && path.is_elsewhere(from);
                if self.path.as_ref().is_none_or(moves) {
                    self.nomination.keep(datagram, from, stun.nominates, now);
                }
                if self.answered {
                    self.check(datagram, from, now);
                }
            }
            Some(stun) => {
                self.feed(datagram, from, now);
                self.pump(now);
                if stun.class == Class::Success {
                    if let Some(path) = &mut self.path {
                        path.answers(from, stun.transaction);
                    }
                    if let Some((request, from)) = self.nomination.again() {
                        self.check(&request, from, now);
                    }
                }
            }
            None => self.carried(datagram, from, now),
        }
    }

    fn carried(&mut self, datagram: &[u8], from: SocketAddr, now: Instant) {
        let Some(path) = &mut self.path else {
            return self.early.keep(datagram, from);
        };
        path.carries(from, now);
        if early::is_dtls(datagram) {
            return self.handshake(datagram, from, now);
        }
        if self.up {
            self.outgoing.settle();
        }
        self.feed(datagram, from, now);
        self.pump(now);
    }

    /// Hands over a STUN request. Only if the connection itself answers the sender, which it does after
    /// checking the message's integrity, is the address the page's own.
    fn check(&mut self, request: &[u8], from: SocketAddr, now: Instant) {
        let Some(asked) = Stun::read(request) else {
            return;
        };
        self.pump(now);
        let before = self.wire.len();
        self.answering = Some((asked.transaction, from));
        self.feed(request, from, now);
        self.pump(now);
        self.answering = None;
        let (mut granted, mut checks) = (false, None);
        for (datagram, to) in self.wire.range(before.min(self.wire.len())..) {
            if *to != from {
                continue;
            }
            match Stun::read(datagram) {
                Some(stun) if stun.class == Class::Success => {
                    granted |= stun.transaction == asked.transaction;
                }
                Some(stun) if stun.class == Class::Request => checks = Some(stun.transaction),
                _ => {}
            }
        }
        if !granted && checks.is_none() {
            return;
        }
        self.events.push_back(Event::Bound(from));
        let Some(path) = &mut self.path else {
            return;
        };
        if asked.nominates && granted {
            if path.is_elsewhere(from) {
                path.proved(from);
                self.nomination.chosen();
            }
            path.carries(from, now);
        } else if let Some(transaction) = checks {
            path.asks(from, transaction);
        }
    }

    fn handshake(&mut self, datagram: &[u8], from: SocketAddr, now: Instant) {
        match self.incoming.step(datagram, from) {
            Step::Feed(datagrams) => {
                self.outgoing.begin();
                for (datagram, from) in datagrams {
                    self.feed(&datagram, from, now);
                }
                self.pump(now);
            }
            Step::Resend => {
                let flight = self
                    .outgoing
                    .resend(now)
                    .iter()
                    .map(|part| (Bytes::copy_from_slice(part), from));
                self.wire.extend(flight);
            }
            Step::Hold => {}
        }
    }

    fn feed(&mut self, datagram: &[u8], from: SocketAddr, now: Instant) {
        self.fed = Some(from);
        let transport = TransportContext {
            local_addr: self.local,
            peer_addr: self.path.as_ref().map_or(from, |path| path.inwards(from)),
            transport_protocol: TransportProtocol::UDP,
            ecn: None,
        };
        let message = TaggedBytesMut {
            now,
            transport,
            message: BytesMut::from(datagram),
        };
        if let Err(error) = self.connection.handle_read(message) {
            tracing::debug!(%error, "a datagram was refused by its connection");
        }
    }

    /// Takes out whatever the connection has to say.
    fn pump(&mut self, now: Instant) {
        loop {
            while let Some(out) = self.connection.poll_write() {
                if early::is_dtls(&out.message) {
                    self.outgoing.sent(&out.message, now);
                    self.remote = Some(out.transport.peer_addr);
                }
                let to = self.outwards(&out.message, out.transport.peer_addr);
                self.wire.push_back((out.message.freeze(), to));
            }
            let Some(event) = self.connection.poll_event() else {
                break;
            };
            self.note(event, now);
        }
        while let Some(TaggedRTCMessage { message, .. }) = self.connection.poll_read() {
            self.read(message);
        }
        self.next = self.connection.poll_timeout();
    }

    /// Who asks is answered; everything else goes to where the page is.
    fn outwards(&self, datagram: &[u8], to: SocketAddr) -> SocketAddr {
        if let Some((transaction, from)) = self.answering
            && let Some(stun) = Stun::read(datagram)
            && stun.class == Class::Success
            && stun.transaction == transaction
        {
            return from;
        }
        self.path.as_ref().map_or(to, |path| path.outwards(to))
    }

    /// Lets time pass: the crate's timers and those of the workarounds.
    pub(crate) fn tick(&mut self, now: Instant) {
        if self.next.is_some_and(|next| next <= now) {
            if let Err(error) = self.connection.handle_timeout(now) {
                tracing::debug!(%error, "a timer of a connection failed");
            }
            self.pump(now);
        }
        if self.answered
            && let Some((datagram, from)) = self.nomination.due(now)
        {
            self.check(&datagram, from, now);
        }
        if let Some(to) = self.remote {
            let to = self.outwards(&[], to);
            let flight = self
                .outgoing
                .due(now)
                .iter()
                .map(|part| (Bytes::copy_from_slice(part), to));
            self.wire.extend(flight);
        }
    }

    /// When [`Self::tick`] is next of use.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let key_frame = self
            .key_frame
            .last
            .filter(|_| self.key_frame.wanted && self.up);
        [
            self.next,
            self.nomination.deadline(),
            self.outgoing.deadline(),
            key_frame.map(|last| last + KEY_FRAME_GAP),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    pub(crate) fn event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The next datagram to send; put it back with [`Self::unsent`] if the socket is full.
    pub(crate) fn datagram(&mut self) -> Option<(Bytes, SocketAddr)> {
        self.wire.pop_front()
    }

    pub(crate) fn unsent(&mut self, datagram: (Bytes, SocketAddr)) {
        self.wire.push_front(datagram);
    }

    /// Tells the page that the connection ends.
    pub(crate) fn close(&mut self, now: Instant) {
        if let Err(error) = self.connection.close() {
            tracing::debug!(%error, "a connection was not closed in good order");
        }
        self.pump(now);
    }
}
