//! What is spoken: Opus and VP8, with retransmission, and nothing that would have to be transcoded.

use std::time::{Duration, Instant};

use rtc::interceptor::{Registry, Slot};
use rtc::media_stream::MediaStreamTrack;
use rtc::peer_connection::configuration::RTCConfigurationBuilder;
use rtc::peer_connection::configuration::interceptor_registry::register_default_interceptors;
use rtc::peer_connection::configuration::media_engine::MediaEngine;
use rtc::peer_connection::configuration::setting_engine::SettingEngineBuilder;
use rtc::peer_connection::transport::RTCDtlsRole;
use rtc::peer_connection::{RTCPeerConnection, RTCPeerConnectionBuilder};
use rtc::rtp_transceiver::rtp_sender::{
    RTCPFeedback, RTCRtpCodec, RTCRtpCodecParameters, RTCRtpCodingParameters,
    RTCRtpEncodingParameters, RTCRtpRtxParameters, RtpCodecKind,
};
use rtc::rtp_transceiver::{RTCRtpTransceiverDirection, RTCRtpTransceiverInit};
use rtc::shared::error::Error;

use super::tap::KeyFrameTap;
use crate::domain::ids::PersonId;
use crate::rooms::rewrite::Kind;

const OPUS: u8 = 111;
const VP8: u8 = 96;
const RETRANSMISSION: u8 = 97;
/// Behind every interceptor of the crate, next to the application.
const TAP: usize = 14_000;
/// Silence of a path after which it counts as broken, then as gone; how often a living one is checked.
const PATH_TIMES: [Duration; 3] = [
    Duration::from_secs(5),
    Duration::from_secs(20),
    Duration::from_secs(2),
];

/// The payload type under which the room sends.
pub(super) const fn payload_type(kind: Kind) -> u8 {
    match kind {
        Kind::Audio => OPUS,
        Kind::Video => VP8,
    }
}

/// A connection as DTLS server and ICE-lite agent: the page always makes the first step.
pub(super) fn connection(now: Instant) -> Result<RTCPeerConnection, Error> {
    let mut media = MediaEngine::default();
    for (codec, payload_type, kind) in [
        (audio(), OPUS, RtpCodecKind::Audio),
        (video(), VP8, RtpCodecKind::Video),
        (retransmission(), RETRANSMISSION, RtpCodecKind::Video),
    ] {
        media.register_codec(
            RTCRtpCodecParameters {
                rtp_codec: codec,
                payload_type,
            },
            kind,
        )?;
    }
    let interceptors = register_default_interceptors(Registry::new(), &mut media)?
        .with(Slot::from(TAP), KeyFrameTap::default());
    let [broken, gone, check] = PATH_TIMES;
    let settings = SettingEngineBuilder::new()
        .with_lite(true)
        .with_include_loopback_candidate(true)
        .with_multicast_dns_mode(rtc::ice::mdns::MulticastDnsMode::Disabled)
        .with_answering_dtls_role(RTCDtlsRole::Server)
        .with_ice_timeouts(Some(broken), Some(gone), Some(check))
        .build();
    RTCPeerConnectionBuilder::new()
        .with_configuration(RTCConfigurationBuilder::new().build())
        .with_media_engine(media)
        .with_interceptor_registry(interceptors)
        .with_setting_engine(settings)
        .build(now)
}

/// The track and transceiver that carry one person's sound or picture to a page. The stream is named after
/// the person, which is how the page knows whose it is.
pub(super) fn outgoing(
    person: PersonId,
    track: &str,
    kind: Kind,
    ssrc: u32,
    retransmission: u32,
) -> (MediaStreamTrack, RTCRtpTransceiverInit) {
    let (codec, codec_kind) = match kind {
        Kind::Audio => (audio(), RtpCodecKind::Audio),
        Kind::Video => (video(), RtpCodecKind::Video),
    };
    let rtx = (kind == Kind::Video).then_some(RTCRtpRtxParameters {
        ssrc: retransmission,
    });
    let coding = RTCRtpEncodingParameters {
        rtp_coding_parameters: RTCRtpCodingParameters {
            ssrc: Some(ssrc),
            rtx,
            ..Default::default()
        },
        codec: RTCRtpCodec {
            rtcp_feedback: Vec::new(),
            ..codec
        },
        ..Default::default()
    };
    let stream = person.to_string();
    let media = MediaStreamTrack::new(
        stream.clone(),
        track.to_owned(),
        track.to_owned(),
        codec_kind,
        vec![coding],
    );
    let init = RTCRtpTransceiverInit {
        direction: RTCRtpTransceiverDirection::Sendonly,
        streams: vec![stream],
        send_encodings: Vec::new(),
    };
    (media, init)
}

fn audio() -> RTCRtpCodec {
    RTCRtpCodec {
        mime_type: "audio/opus".to_owned(),
        clock_rate: 48_000,
        channels: 2,
        sdp_fmtp_line: "minptime=10;useinbandfec=1".to_owned(),
        rtcp_feedback: Vec::new(),
    }
}

fn video() -> RTCRtpCodec {
    let feedback = |typ: &str, parameter: &str| RTCPFeedback {
        typ: typ.to_owned(),
        parameter: parameter.to_owned(),
    };
    RTCRtpCodec {
        mime_type: "video/VP8".to_owned(),
        clock_rate: 90_000,
        channels: 0,
        sdp_fmtp_line: String::new(),
        rtcp_feedback: vec![
            feedback("ccm", "fir"),
            feedback("nack", ""),
            feedback("nack", "pli"),
            feedback("goog-remb", ""),
        ],
    }
}

fn retransmission() -> RTCRtpCodec {
    RTCRtpCodec {
        mime_type: "video/rtx".to_owned(),
        clock_rate: 90_000,
        channels: 0,
        sdp_fmtp_line: format!("apt={VP8}"),
        rtcp_feedback: Vec::new(),
    }
}
