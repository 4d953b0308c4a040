//! What a connection says of itself and what comes in through it.

use std::time::Instant;

use rtc::peer_connection::event::{RTCPeerConnectionEvent, RTCTrackEvent, RTCTrackEventInit};
use rtc::peer_connection::message::RTCMessage;
use rtc::peer_connection::state::{RTCIceConnectionState, RTCPeerConnectionState};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;

use super::tap::wants_key_frame;
use super::{Event, Packet, Peer, Track};
use crate::rooms::path::Path;
use crate::rooms::rewrite::{Kind, Position, vp8_key_frame_starts};

impl Peer {
    pub(super) fn note(&mut self, event: RTCPeerConnectionEvent, now: Instant) {
        match event {
            RTCPeerConnectionEvent::OnIceConnectionStateChangeEvent(
                RTCIceConnectionState::Connected,
            ) if self.path.is_none() => {
                self.path = self.fed.map(|from| Path::new(from, now));
                self.nomination.chosen();
                for (datagram, from) in self.early.release() {
                    self.handshake(&datagram, from, now);
                }
            }
            RTCPeerConnectionEvent::OnConnectionStateChangeEvent(state) => match state {
                RTCPeerConnectionState::Connected if !self.up => {
                    self.up = true;
                    self.events.push_back(Event::Connected);
                }
                RTCPeerConnectionState::Failed | RTCPeerConnectionState::Closed => {
                    self.up = false;
                    self.events.push_back(Event::Closed);
                }
                _ => {}
            },
            RTCPeerConnectionEvent::OnTrack(RTCTrackEvent::OnOpen(track)) => self.open(&track),
            _ => {}
        }
    }

    pub(super) fn open(&mut self, track: &RTCTrackEventInit) {
        let Some(receiver) = self.connection.rtp_receiver(track.receiver_id) else {
            return;
        };
        let kind = match receiver.track().kind() {
            RtpCodecKind::Audio => Kind::Audio,
            RtpCodecKind::Video => Kind::Video,
            _ => return,
        };
        self.tracks.insert(
            track.ssrc,
            Track {
                kind,
                receiver: track.receiver_id,
            },
        );
    }

    pub(super) fn read(&mut self, message: RTCMessage) {
        match message {
            RTCMessage::RtpPacket(_, packet) => {
                let Some(track) = self.tracks.get(&packet.header.ssrc) else {
                    return;
                };
                let starts = track.kind == Kind::Audio || vp8_key_frame_starts(&packet.payload);
                let position = Position {
                    ssrc: packet.header.ssrc,
                    sequence: packet.header.sequence_number,
                    timestamp: packet.header.timestamp,
                    starts,
                };
                self.events.push_back(Event::Media(Packet {
                    kind: track.kind,
                    position,
                    marker: packet.header.marker,
                    payload: packet.payload,
                }));
            }
            RTCMessage::RtcpPacket(_, packets) => {
                for ssrc in packets
                    .iter()
                    .filter_map(|packet| wants_key_frame(packet.as_ref()))
                {
                    let slot = self.slots.iter().find(|(_, slot)| slot.ssrc == ssrc);
                    self.events
                        .extend(slot.map(|((person, _), _)| Event::NeedsKeyFrame(*person)));
                }
            }
            _ => {}
        }
    }
}
