//! Which feedback a page sends for the application: the crate keeps all of it to itself unless an interceptor says otherwise.

use std::collections::VecDeque;
use std::time::Instant;

use rtc::interceptor::{Attribute, Interceptor, Packet, StreamInfo, TaggedPacket};
use rtc::rtcp::payload_feedbacks::full_intra_request::FullIntraRequest;
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::sansio::Protocol;
use rtc::shared::error::Error;

/// The stream a feedback packet wants a key frame of.
pub(super) fn wants_key_frame(packet: &dyn rtc::rtcp::Packet) -> Option<u32> {
    let packet = packet.as_any();
    if let Some(request) = packet.downcast_ref::<PictureLossIndication>() {
        return Some(request.media_ssrc);
    }
    let request = packet.downcast_ref::<FullIntraRequest>()?;
    request.fir.first().map(|entry| entry.ssrc)
}

/// Lets requests for key frames through to the application: the crate keeps all other feedback to itself.
#[derive(Default)]
pub(super) struct KeyFrameTap {
    read: VecDeque<TaggedPacket>,
    write: VecDeque<TaggedPacket>,
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for KeyFrameTap {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, mut packet: TaggedPacket) -> Result<(), Error> {
        if let Packet::Rtcp(packets) = &packet.message.packet {
            let wanted: Vec<_> = packets
                .iter()
                .filter(|packet| wants_key_frame(packet.as_ref()).is_some())
                .cloned()
                .collect();
            if !wanted.is_empty() {
                packet.message.packet = Packet::Rtcp(wanted);
                packet.message.add(Attribute::DeliverToApplication);
            }
        }
        self.read.push_back(packet);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.read.pop_front()
    }

    fn handle_write(&mut self, packet: TaggedPacket) -> Result<(), Error> {
        self.write.push_back(packet);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.write.pop_front()
    }

    fn handle_event(&mut self, (): ()) -> Result<(), Error> {
        Ok(())
    }

    fn poll_event(&mut self) -> Option<()> {
        None
    }

    fn handle_timeout(&mut self, _: Instant) -> Result<(), Error> {
        Ok(())
    }

    fn poll_timeout(&mut self) -> Option<Instant> {
        None
    }

    fn close(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

impl Interceptor for KeyFrameTap {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}
