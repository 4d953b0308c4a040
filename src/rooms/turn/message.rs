//! STUN messages as they come, read strictly, and the answers to them, on the rtc crate's types.

use std::net::SocketAddr;

use rtc::crypto::RTCCrypto;
use rtc::shared::error::Error;
use rtc::stun::attributes::{
    ATTR_CHANNEL_NUMBER, ATTR_DATA, ATTR_DONT_FRAGMENT, ATTR_LIFETIME, ATTR_MESSAGE_INTEGRITY,
    ATTR_NONCE, ATTR_REALM, ATTR_REQUESTED_ADDRESS_FAMILY, ATTR_REQUESTED_TRANSPORT, ATTR_USERNAME,
    ATTR_XOR_PEER_ADDRESS, AttrType, Attributes, RawAttribute,
};
use rtc::stun::error_code::{ErrorCode, ErrorCodeAttribute};
use rtc::stun::integrity::MessageIntegrity;
use rtc::stun::message::{
    CLASS_ERROR_RESPONSE, CLASS_SUCCESS_RESPONSE, Getter as _, MESSAGE_HEADER_SIZE, Message,
    MessageType, Setter,
};
use rtc::stun::uattrs::UnknownAttributes;
use rtc::turn::proto::peeraddr::PeerAddress;

/// What we read; of the rest, whatever must be understood is refused (RFC 8489, 6.3.1). The relayed side is no
/// network, where nothing would be cut into fragments.
const KNOWN: [AttrType; 11] = [
    ATTR_USERNAME,
    ATTR_MESSAGE_INTEGRITY,
    ATTR_REALM,
    ATTR_NONCE,
    ATTR_CHANNEL_NUMBER,
    ATTR_LIFETIME,
    ATTR_XOR_PEER_ADDRESS,
    ATTR_DATA,
    ATTR_REQUESTED_ADDRESS_FAMILY,
    ATTR_REQUESTED_TRANSPORT,
    ATTR_DONT_FRAGMENT,
];
/// Lengths of an address of either family (RFC 8489, 14.1).
const ADDRESS_LENGTHS: [usize; 2] = [8, 20];
/// No message of a client needs more; the longest has an address for each of ours.
const MOST_ATTRIBUTES: usize = 24;

/// What goes into an answer.
pub(super) type Said = Vec<Box<dyn Setter>>;

/// What comes of a request.
pub(super) enum Answer {
    Granted(Said),
    Refused(ErrorCode, Said),
}

impl Answer {
    pub(super) const fn refused(code: ErrorCode) -> Self {
        Self::Refused(code, Vec::new())
    }
}

/// A message that is whole and nothing besides.
pub(super) fn read(datagram: &[u8]) -> Option<Message> {
    let mut message = Message::new();
    message.unmarshal_binary(datagram).ok()?;
    let length = usize::try_from(message.length).ok()?;
    let whole = MESSAGE_HEADER_SIZE + length == datagram.len() && length.is_multiple_of(4);
    (whole && message.attributes.0.len() <= MOST_ATTRIBUTES).then_some(message)
}

pub(super) fn value(message: &Message, kind: AttrType) -> Option<&[u8]> {
    let mut all = message.attributes.0.iter();
    all.find(|it| it.typ == kind).map(|it| it.value.as_slice())
}

pub(super) fn text(message: &Message, kind: AttrType) -> Option<&str> {
    str::from_utf8(value(message, kind)?).ok()
}

/// Whether whoever knows the key has made the message. What stands behind the proof is not covered by it, and goes.
pub(super) fn is_proved(message: &mut Message, key: &[u8], crypto: &dyn RTCCrypto) -> bool {
    let proved = MessageIntegrity::check(message, key, crypto).is_ok();
    let mut all = message.attributes.0.iter();
    if let Some(last) = all.position(|it| it.typ == ATTR_MESSAGE_INTEGRITY) {
        message.attributes.0.truncate(last + 1);
    }
    proved
}

/// What must be understood and is not.
pub(super) fn unknown(message: &Message) -> Vec<AttrType> {
    let all = message.attributes.0.iter().map(|it| it.typ);
    all.filter(|kind| kind.required() && !KNOWN.contains(kind))
        .collect()
}

/// Every address that is named as a peer; none if one of them is no address.
pub(super) fn peers(message: &Message) -> Option<Vec<SocketAddr>> {
    let all = message.attributes.0.iter();
    all.filter(|it| it.typ == ATTR_XOR_PEER_ADDRESS)
        .map(|it| address(message, it))
        .collect()
}

fn address(message: &Message, attribute: &RawAttribute) -> Option<SocketAddr> {
    if !ADDRESS_LENGTHS.contains(&attribute.value.len()) {
        return None;
    }
    // The crate reads the first one of a message.
    let alone = Message {
        transaction_id: message.transaction_id,
        attributes: Attributes(vec![attribute.clone()]),
        ..Message::default()
    };
    let mut peer = PeerAddress::default();
    peer.get_from(&alone).ok()?;
    Some(SocketAddr::new(peer.ip.to_canonical(), peer.port))
}

/// The answer to a request; proved by the key, where the request was.
pub(super) fn answer(
    request: &Message,
    answer: Answer,
    key: Option<(&[u8], &dyn RTCCrypto)>,
) -> Result<Vec<u8>, Error> {
    let (class, said) = match answer {
        Answer::Granted(said) => (CLASS_SUCCESS_RESPONSE, said),
        Answer::Refused(code, mut said) => {
            let reason = Vec::new();
            said.insert(0, Box::new(ErrorCodeAttribute { code, reason }));
            (CLASS_ERROR_RESPONSE, said)
        }
    };
    let mut setters: Vec<Box<dyn Setter + '_>> = vec![
        Box::new(MessageType::new(request.typ.method, class)),
        Box::new(request.transaction_id),
    ];
    setters.extend(said.into_iter().map(|it| -> Box<dyn Setter + '_> { it }));
    if let Some((key, crypto)) = key {
        let proof = MessageIntegrity::new_raw_integrity_with_provider(key, crypto);
        setters.push(Box::new(proof));
    }
    let mut message = Message::new();
    message.build(&setters)?;
    Ok(message.raw)
}

/// A list of what is not understood.
pub(super) fn not_understood(kinds: Vec<AttrType>) -> Said {
    vec![Box::new(UnknownAttributes(kinds))]
}
