//! What a participant speaks: the Opus and VP8 of the call page, with retransmission, as the side that begins.

use std::time::Instant;

use heyi::clock::Clock;
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

use super::tap::KeyFrameTap;

const RETRANSMISSION: u8 = 97;
/// Behind every interceptor of the crate, as in the rooms.
const TAP: usize = 14_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Sound,
    Picture,
}

impl Kind {
    pub(super) const fn payload_type(self) -> u8 {
        match self {
            Self::Sound => 111,
            Self::Picture => 96,
        }
    }

    pub(super) const fn track(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Picture => "picture",
        }
    }

    const fn codec_kind(self) -> RtpCodecKind {
        match self {
            Self::Sound => RtpCodecKind::Audio,
            Self::Picture => RtpCodecKind::Video,
        }
    }

    fn codec(self) -> RTCRtpCodec {
        let feedback = |typ: &str, parameter: &str| RTCPFeedback {
            typ: typ.to_owned(),
            parameter: parameter.to_owned(),
        };
        match self {
            Self::Sound => RTCRtpCodec {
                mime_type: "audio/opus".to_owned(),
                clock_rate: 48_000,
                channels: 2,
                sdp_fmtp_line: "minptime=10;useinbandfec=1".to_owned(),
                rtcp_feedback: Vec::new(),
            },
            Self::Picture => RTCRtpCodec {
                mime_type: "video/VP8".to_owned(),
                clock_rate: 90_000,
                channels: 0,
                sdp_fmtp_line: String::new(),
                rtcp_feedback: vec![feedback("nack", ""), feedback("nack", "pli")],
            },
        }
    }
}

fn retransmission() -> RTCRtpCodec {
    RTCRtpCodec {
        mime_type: "video/rtx".to_owned(),
        clock_rate: 90_000,
        channels: 0,
        sdp_fmtp_line: format!("apt={}", Kind::Picture.payload_type()),
        rtcp_feedback: Vec::new(),
    }
}

/// A connection as a page's: a full ICE agent and the client of the handshake.
pub(super) fn connection() -> Box<RTCPeerConnection> {
    let mut media = MediaEngine::default();
    let codecs = [
        (Kind::Sound.codec(), Kind::Sound.payload_type(), Kind::Sound),
        (
            Kind::Picture.codec(),
            Kind::Picture.payload_type(),
            Kind::Picture,
        ),
        (retransmission(), RETRANSMISSION, Kind::Picture),
    ];
    for (rtp_codec, payload_type, kind) in codecs {
        let codec = RTCRtpCodecParameters {
            rtp_codec,
            payload_type,
        };
        media.register_codec(codec, kind.codec_kind()).unwrap();
    }
    let interceptors = register_default_interceptors(Registry::new(), &mut media).unwrap();
    let settings = SettingEngineBuilder::new()
        .with_include_loopback_candidate(true)
        .with_multicast_dns_mode(rtc::ice::mdns::MulticastDnsMode::Disabled)
        .with_answering_dtls_role(RTCDtlsRole::Client)
        .build();
    let connection = RTCPeerConnectionBuilder::new()
        .with_configuration(RTCConfigurationBuilder::new().build())
        .with_media_engine(media)
        .with_interceptor_registry(interceptors.with(Slot::from(TAP), KeyFrameTap::default()))
        .with_setting_engine(settings)
        .build(Instant::now());
    Box::new(connection.unwrap())
}

/// Adds the track of the participant's own sound or picture; gives its number on the wire.
pub(super) fn add_track(connection: &mut RTCPeerConnection, kind: Kind) -> u32 {
    let clock = Clock::system();
    let ssrc = u32::from_be_bytes(clock.random());
    let rtx = (kind == Kind::Picture).then(|| RTCRtpRtxParameters {
        ssrc: u32::from_be_bytes(clock.random()),
    });
    let coding = RTCRtpEncodingParameters {
        rtp_coding_parameters: RTCRtpCodingParameters {
            ssrc: Some(ssrc),
            rtx,
            ..Default::default()
        },
        codec: RTCRtpCodec {
            rtcp_feedback: Vec::new(),
            ..kind.codec()
        },
        ..Default::default()
    };
    let (stream, track) = ("own".to_owned(), kind.track().to_owned());
    let media = MediaStreamTrack::new(
        stream.clone(),
        track.clone(),
        track,
        kind.codec_kind(),
        vec![coding],
    );
    let init = RTCRtpTransceiverInit {
        direction: RTCRtpTransceiverDirection::Sendonly,
        streams: vec![stream],
        send_encodings: Vec::new(),
    };
    connection
        .add_transceiver_from_track(media, Some(init))
        .unwrap();
    ssrc
}
