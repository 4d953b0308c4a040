//! One WebRTC connection of a participant, by another stack than the rooms', and the UDP socket it goes through.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use heyi::domain::ids::PersonId;
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::crypto::from_feature_flags;
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{RtpPacket, RtpWrite};
use str0m::{Candidate, Event, Input, Output, Rtc};
use tokio::net::UdpSocket;

/// Datagrams read before others have their turn.
const BATCH: usize = 64;
/// As long as the call page waits for a connection before it makes another.
const PATIENCE: Duration = Duration::from_millis(2_500);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Sound,
    Picture,
}

/// A packet to send, but for what belongs to the connection.
pub(crate) struct Outgoing {
    pub(crate) kind: Kind,
    pub(crate) timestamp: u32,
    /// Ends a picture.
    pub(crate) last: bool,
    pub(crate) payload: Vec<u8>,
}

/// A packet that came, and whose it is by the name of its stream, where that is a person's.
pub(crate) struct Arrived {
    pub(crate) at: Instant,
    pub(crate) from: Option<PersonId>,
    pub(crate) kind: Kind,
    pub(crate) payload: Arc<[u8]>,
}

/// A stream of ours.
struct Own {
    mid: Mid,
    sequence: u64,
}

pub(crate) struct Line {
    rtc: Rtc,
    socket: UdpSocket,
    local: SocketAddr,
    /// When it was made, or its successor asked for.
    begun: Instant,
    pending: Option<SdpPendingOffer>,
    own: BTreeMap<Kind, Own>,
    /// Whose streams come in, by their numbers on the wire.
    named: BTreeMap<u32, (Option<PersonId>, Kind)>,
    up: bool,
    key_frame_wanted: bool,
    next: Instant,
}

impl Line {
    /// From this address of the machine.
    pub(crate) async fn new(here: IpAddr) -> Self {
        let socket = UdpSocket::bind((here, 0)).await.unwrap();
        let local = socket.local_addr().unwrap();
        let begun = Instant::now();
        let mut rtc = Rtc::builder()
            .set_crypto_provider(Arc::new(from_feature_flags()))
            .clear_codecs()
            .enable_opus(true, false)
            .enable_vp8(true)
            .set_rtp_mode(true)
            .build(begun);
        let candidate = Candidate::host(local, "udp").unwrap();
        assert!(rtc.add_local_candidate(candidate).is_some());
        Self {
            rtc,
            socket,
            local,
            begun,
            pending: None,
            own: BTreeMap::new(),
            named: BTreeMap::new(),
            up: false,
            key_frame_wanted: false,
            next: begun,
        }
    }

    /// Offers a stream of sound and one of picture.
    pub(crate) async fn offer(&mut self) -> String {
        let mut changes = self.rtc.sdp_api();
        for (kind, media) in [
            (Kind::Sound, MediaKind::Audio),
            (Kind::Picture, MediaKind::Video),
        ] {
            let mid = changes.add_media(media, Direction::SendOnly, None, None, None);
            self.own.insert(kind, Own { mid, sequence: 0 });
        }
        let (offer, pending) = changes.apply().unwrap();
        self.pending = Some(pending);
        self.turn().await;
        offer.to_sdp_string()
    }

    /// Takes the answer to our offer.
    pub(crate) async fn accept(&mut self, answer: &str) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        let pending = self.pending.take().unwrap();
        self.rtc.sdp_api().accept_answer(pending, answer).unwrap();
        self.turn().await;
    }

    /// Answers a first or a further offer.
    pub(crate) async fn answer(&mut self, offer: &str) -> String {
        self.named = named(offer);
        let offer = SdpOffer::from_sdp_string(offer).unwrap();
        let answer = self.rtc.sdp_api().accept_offer(offer).unwrap();
        self.turn().await;
        answer.to_sdp_string()
    }

    /// Whether our offer still waits for its answer.
    pub(crate) const fn is_offered(&self) -> bool {
        self.pending.is_some()
    }

    /// Whether packets can flow.
    pub(crate) const fn is_up(&self) -> bool {
        self.up
    }

    /// Whether it has not come to stand in good time; from then on it has that time again.
    pub(crate) fn is_late(&mut self) -> bool {
        let late = !self.up && self.begun.elapsed() >= PATIENCE;
        if late {
            self.begun = Instant::now();
        }
        late
    }

    /// Whether somebody has asked for a key frame since this was last asked.
    pub(crate) fn take_key_frame_wanted(&mut self) -> bool {
        std::mem::take(&mut self.key_frame_wanted)
    }

    /// Readable when something has come in for [`Self::take`].
    pub(crate) const fn socket(&self) -> &UdpSocket {
        &self.socket
    }

    pub(crate) async fn take(&mut self) -> Vec<Arrived> {
        let mut arrived = Vec::new();
        let mut buffer = [0; 2048];
        for _ in 0..BATCH {
            // A refusal of an earlier datagram is as good as nothing.
            let Ok((length, source)) = self.socket.try_recv_from(&mut buffer) else {
                break;
            };
            let datagram = &buffer[..length];
            let received = Receive::new(Protocol::Udp, source, self.local, datagram).unwrap();
            let input = Input::Receive(Instant::now(), received);
            self.rtc.handle_input(input).unwrap();
            let packets = self.turn().await;
            arrived.extend(packets.into_iter().map(|packet| self.arrived(packet)));
        }
        arrived
    }

    fn arrived(&self, packet: RtpPacket) -> Arrived {
        let (from, kind) = self.named[&*packet.header.ssrc];
        Arrived {
            at: packet.timestamp,
            from,
            kind,
            payload: packet.payload,
        }
    }

    pub(crate) async fn send(&mut self, out: Outgoing) {
        let now = Instant::now();
        let payload_type = self.payload_type(out.kind);
        let own = self.own.get_mut(&out.kind).unwrap();
        own.sequence += 1;
        let packet = RtpWrite::new(
            payload_type,
            own.sequence.into(),
            out.timestamp,
            now,
            out.payload,
        );
        let packet = packet.marker(out.last).nackable(out.kind == Kind::Picture);
        let mut streams = self.rtc.direct_api();
        let stream = streams.stream_tx_by_mid(own.mid, None).unwrap();
        stream.write_rtp(packet);
        self.rtc.handle_input(Input::Timeout(now)).unwrap();
        self.turn().await;
    }

    fn payload_type(&self, kind: Kind) -> Pt {
        let codec = match kind {
            Kind::Sound => Codec::Opus,
            Kind::Picture => Codec::Vp8,
        };
        let known = self.rtc.codec_config();
        known.find(|one| one.spec().codec == codec).unwrap().pt()
    }

    /// When [`Self::tick`] is next of use.
    pub(crate) fn deadline(&self) -> Instant {
        if self.up {
            self.next
        } else {
            self.next.min(self.begun + PATIENCE)
        }
    }

    pub(crate) async fn tick(&mut self) {
        let now = Instant::now();
        if self.next <= now {
            self.rtc.handle_input(Input::Timeout(now)).unwrap();
            self.turn().await;
        }
    }

    /// Takes out whatever the connection has to say, and gives the packets that are for the participant.
    async fn turn(&mut self) -> Vec<RtpPacket> {
        let mut packets = Vec::new();
        loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(next) => {
                    self.next = next;
                    return packets;
                }
                Output::Transmit(out) => {
                    let sent = self.socket.send_to(&out.contents, out.destination).await;
                    if let Err(error) = sent {
                        tracing::debug!(%error, "a datagram is lost on its first steps");
                    }
                }
                Output::Event(Event::Connected) => self.up = true,
                Output::Event(Event::Closed) => self.up = false,
                Output::Event(Event::KeyframeRequest(_)) => self.key_frame_wanted = true,
                Output::Event(Event::RtpPacket(packet)) => packets.push(packet),
                Output::Event(_) => {}
            }
        }
    }
}

/// The streams of an offer: the room names each after the person whose it is.
fn named(offer: &str) -> BTreeMap<u32, (Option<PersonId>, Kind)> {
    let mut named = BTreeMap::new();
    for medium in offer.split("\r\nm=").skip(1) {
        let kind = if medium.starts_with("audio") {
            Kind::Sound
        } else {
            Kind::Picture
        };
        let after = |mark: &'static str| {
            let lines = medium
                .lines()
                .filter_map(move |line| line.strip_prefix(mark));
            lines.filter_map(|line| line.split_whitespace().next())
        };
        let name = after("a=msid:").next();
        let person = name.and_then(|name| name.parse().ok()).map(PersonId);
        named.extend(after("a=ssrc:").map(|number| (number.parse().unwrap(), (person, kind))));
    }
    named
}
