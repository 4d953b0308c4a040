//! One WebRTC connection of a participant and the UDP socket it goes through.

use std::net::SocketAddr;
use std::time::Instant;

use bytes::BytesMut;
use rtc::peer_connection::RTCPeerConnection;
use rtc::peer_connection::event::RTCPeerConnectionEvent;
use rtc::peer_connection::message::{RTCMessage, TaggedRTCMessage};
use rtc::peer_connection::sdp::RTCSessionDescription;
use rtc::peer_connection::state::RTCPeerConnectionState;
use rtc::peer_connection::transport::{
    CandidateConfig, CandidateHostConfig, RTCIceCandidate, RTCIceCandidateInit,
};
use rtc::sansio::Protocol;
use rtc::shared::{TaggedBytesMut, TransportContext, TransportProtocol};
use tokio::net::UdpSocket;

use super::codecs::{self, Kind};
use super::tap::wants_key_frame;

/// Datagrams read before others have their turn.
const BATCH: usize = 64;

pub(super) struct Line {
    connection: Box<RTCPeerConnection>,
    socket: UdpSocket,
    local: SocketAddr,
    described: bool,
    up: bool,
    key_frame_wanted: bool,
    next: Option<Instant>,
}

impl Line {
    pub(super) async fn new() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        Self {
            connection: codecs::connection(),
            local: socket.local_addr().unwrap(),
            socket,
            described: false,
            up: false,
            key_frame_wanted: false,
            next: None,
        }
    }

    /// Adds a track of the participant's own; gives its number on the wire.
    pub(super) fn add(&mut self, kind: Kind) -> u32 {
        codecs::add_track(&mut self.connection, kind)
    }

    pub(super) async fn offer(&mut self) -> String {
        let offer = self.connection.create_offer(None).unwrap();
        self.describe(offer).await
    }

    /// Takes the answer to our offer.
    pub(super) async fn accept(&mut self, answer: &str) {
        let answer = RTCSessionDescription::answer(answer.to_owned()).unwrap();
        self.connection
            .set_remote_description(Instant::now(), answer)
            .unwrap();
        self.turn().await;
    }

    /// Answers a first or a further offer.
    pub(super) async fn answer(&mut self, offer: &str) -> String {
        let offer = RTCSessionDescription::offer(offer.to_owned()).unwrap();
        self.connection
            .set_remote_description(Instant::now(), offer)
            .unwrap();
        let answer = self.connection.create_answer(None).unwrap();
        self.describe(answer).await
    }

    async fn describe(&mut self, description: RTCSessionDescription) -> String {
        self.connection
            .set_local_description(Instant::now(), description)
            .unwrap();
        if !self.described {
            self.described = true;
            let own = candidate(self.local);
            self.connection.add_local_candidate(own).unwrap();
        }
        self.turn().await;
        self.connection.local_description().unwrap().sdp
    }

    /// Whether packets can flow.
    pub(super) const fn is_up(&self) -> bool {
        self.up
    }

    /// Whether somebody has asked for a key frame since this was last asked.
    pub(super) fn take_key_frame_wanted(&mut self) -> bool {
        std::mem::take(&mut self.key_frame_wanted)
    }

    /// Readable when something has come in for [`Self::take`].
    pub(super) const fn socket(&self) -> &UdpSocket {
        &self.socket
    }

    /// What has come in, with the moment it was taken from the socket.
    pub(super) async fn take(&mut self) -> Vec<(Instant, rtc::rtp::Packet)> {
        let mut arrived = Vec::new();
        let mut buffer = [0; 2048];
        for _ in 0..BATCH {
            let Ok((length, peer_addr)) = self.socket.try_recv_from(&mut buffer) else {
                break;
            };
            let now = Instant::now();
            let transport = TransportContext {
                local_addr: self.local,
                peer_addr,
                transport_protocol: TransportProtocol::UDP,
                ecn: None,
            };
            let message = TaggedBytesMut {
                now,
                transport,
                message: BytesMut::from(&buffer[..length]),
            };
            self.connection.handle_read(message).unwrap();
            let packets = self.turn().await;
            arrived.extend(packets.into_iter().map(|packet| (now, packet)));
        }
        arrived
    }

    pub(super) async fn send(&mut self, kind: Kind, packet: rtc::rtp::Packet) {
        let message = RTCMessage::RtpPacket(kind.track().to_owned(), packet);
        let now = Instant::now();
        self.connection
            .handle_write(TaggedRTCMessage { now, message })
            .unwrap();
        self.turn().await;
    }

    /// When [`Self::tick`] is next of use.
    pub(super) const fn deadline(&self) -> Option<Instant> {
        self.next
    }

    pub(super) async fn tick(&mut self) {
        let now = Instant::now();
        if self.next.is_some_and(|next| next <= now) {
            self.connection.handle_timeout(now).unwrap();
            self.turn().await;
        }
    }

    /// Takes out whatever the connection has to say, and gives the packets that are for the participant.
    async fn turn(&mut self) -> Vec<rtc::rtp::Packet> {
        loop {
            while let Some(out) = self.connection.poll_write() {
                let sent = self.socket.send_to(&out.message, out.transport.peer_addr);
                sent.await.unwrap();
            }
            let Some(event) = self.connection.poll_event() else {
                break;
            };
            if let RTCPeerConnectionEvent::OnConnectionStateChangeEvent(state) = event {
                self.up = state == RTCPeerConnectionState::Connected;
            }
        }
        let mut packets = Vec::new();
        while let Some(TaggedRTCMessage { message, .. }) = self.connection.poll_read() {
            match message {
                RTCMessage::RtpPacket(_, packet) => packets.push(packet),
                RTCMessage::RtcpPacket(_, feedback) => {
                    self.key_frame_wanted |= feedback
                        .iter()
                        .any(|packet| wants_key_frame(packet.as_ref()).is_some());
                }
                _ => {}
            }
        }
        self.next = self.connection.poll_timeout();
        packets
    }
}

fn candidate(local: SocketAddr) -> RTCIceCandidateInit {
    let base_config = CandidateConfig {
        network: "udp".to_owned(),
        address: local.ip().to_string(),
        port: local.port(),
        component: 1,
        ..Default::default()
    };
    let host = CandidateHostConfig {
        base_config,
        ..Default::default()
    };
    RTCIceCandidate::from(&host.new_candidate_host().unwrap())
        .to_json()
        .unwrap()
}
