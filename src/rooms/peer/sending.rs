//! Packets out to the page, and key frames wanted from it.

use std::time::Instant;

use rtc::peer_connection::message::{RTCMessage, TaggedRTCMessage};
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::sansio::Protocol;

use super::{KEY_FRAME_GAP, KeyFrame, Packet, Peer, codecs};
use crate::domain::ids::PersonId;
use crate::rooms::rewrite::Kind;

impl Peer {
    /// Queues a packet of `speaker` at this place of the outgoing stream. True if picture had to be dropped,
    /// so that a key frame is wanted.
    pub(crate) fn send(&mut self, speaker: PersonId, packet: &Packet, place: (u16, u32)) -> bool {
        let Some(slot) = self.slots.get(&(speaker, packet.kind)) else {
            return false;
        };
        if !self.up {
            return false;
        }
        let header = rtc::rtp::Header {
            version: 2,
            marker: packet.marker,
            payload_type: codecs::payload_type(packet.kind),
            sequence_number: place.0,
            timestamp: place.1,
            ssrc: slot.ssrc,
            ..Default::default()
        };
        let out = rtc::rtp::Packet {
            header,
            payload: packet.payload.clone(),
        };
        self.waiting.push(packet.kind, (slot.track.clone(), out));
        self.waiting.take_lost_picture()
    }

    /// Asks the page's camera for a key frame, now or as soon as the last request is old enough.
    pub(crate) fn want_key_frame(&mut self) {
        self.key_frame.wanted = true;
    }

    fn ask_for_key_frame(&mut self, now: Instant) {
        let soon = |last: Instant| now.saturating_duration_since(last) < KEY_FRAME_GAP;
        if !self.key_frame.wanted || !self.up || self.key_frame.last.is_some_and(soon) {
            return;
        }
        let Some((&ssrc, track)) = self
            .tracks
            .iter()
            .rev()
            .find(|(_, track)| track.kind == Kind::Video)
        else {
            return;
        };
        self.key_frame = KeyFrame {
            wanted: false,
            last: Some(now),
        };
        let request = PictureLossIndication {
            sender_ssrc: 0,
            media_ssrc: ssrc,
        };
        if let Some(mut receiver) = self.connection.rtp_receiver(track.receiver)
            && let Err(error) = receiver.write_rtcp(now, vec![Box::new(request)])
        {
            tracing::debug!(%error, "a key frame could not be asked for");
        }
    }

    /// Turns everything queued into datagrams; called once a turn, because each call sweeps the whole crate.
    pub(crate) fn flush(&mut self, now: Instant) {
        self.ask_for_key_frame(now);
        while let Some((track, packet)) = self.waiting.pop() {
            let message = RTCMessage::RtpPacket(track, packet);
            if let Err(error) = self
                .connection
                .handle_write(TaggedRTCMessage { now, message })
            {
                tracing::debug!(%error, "a packet was refused by its connection");
            }
        }
        self.pump(now);
    }
}
