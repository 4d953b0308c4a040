//! Timestamps: that something was there at a time, said by a key that signs nothing else (RFC 3161).

use std::time::Duration;

use der::asn1::{Any, GeneralizedTime, ObjectIdentifier, OctetString, Uint};
use der::{Encode, Sequence};
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;
use x509_cert::serial_number::SerialNumber;

use super::SignError;
use super::cms::{Draft, LONGEST, SHA256, plain};
use crate::clock::Clock;
use crate::documents::keys::{KeyError, Pair};

pub(in crate::documents) const TST_INFO: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// Under which our timestamps are made: by a clock of the platform, to the second (an arc of our own under 2.25, which needs nobody's leave).
const POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.25.1214601577.3161.1");

/// What a timestamp says (RFC 3161, 2.4.2).
#[derive(Sequence)]
pub(in crate::documents) struct TstInfo {
    pub(in crate::documents) version: u8,
    pub(in crate::documents) policy: ObjectIdentifier,
    pub(in crate::documents) imprint: Imprint,
    pub(in crate::documents) serial: SerialNumber,
    pub(in crate::documents) time: GeneralizedTime,
    #[asn1(optional = "true")]
    pub(in crate::documents) accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    pub(in crate::documents) ordering: bool,
    /// Repeats what was asked; ours are not asked for over a wire.
    #[asn1(optional = "true")]
    pub(in crate::documents) nonce: Option<Uint>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(in crate::documents) authority: Option<Any>,
}

#[derive(Sequence)]
pub(in crate::documents) struct Imprint {
    pub(in crate::documents) algorithm: AlgorithmIdentifierOwned,
    pub(in crate::documents) hash: OctetString,
}

impl Imprint {
    pub(in crate::documents) fn of(digest: &[u8]) -> der::Result<Self> {
        Ok(Self {
            algorithm: plain(SHA256),
            hash: OctetString::new(digest)?,
        })
    }
}

#[derive(Sequence)]
pub(in crate::documents) struct Accuracy {
    #[asn1(optional = "true")]
    pub(in crate::documents) seconds: Option<u32>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub(in crate::documents) millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(in crate::documents) micros: Option<u16>,
}

/// The timestamp over a SHA-256 digest, in DER.
pub(super) fn token(
    stamp: &Pair,
    digest: &[u8],
    (now, clock): (Timestamp, &Clock),
) -> Result<Vec<u8>, SignError> {
    let draft = Draft::with(TST_INFO, info(digest, now, clock)?, &stamp.certificate)?;
    let made = stamp.key.sign_message(&draft.covered()?);
    Ok(draft.signed(made.map_err(KeyError::from)?, None)?)
}

/// How long a timestamp gets at most.
pub(super) fn length(stamp: &Pair) -> Result<usize, SignError> {
    let info = info(&[0; 32], Timestamp::UNIX_EPOCH, &Clock::system())?;
    let draft = Draft::with(TST_INFO, info, &stamp.certificate)?;
    Ok(draft.signed(vec![0; LONGEST], None)?.len())
}

fn info(digest: &[u8], now: Timestamp, clock: &Clock) -> der::Result<Vec<u8>> {
    let mut serial = clock.random::<16>();
    serial[0] = serial[0] & 0x3F | 0x40;
    let second = u64::try_from(now.as_second()).unwrap_or(0);
    let info = TstInfo {
        version: 1,
        policy: POLICY,
        imprint: Imprint::of(digest)?,
        serial: SerialNumber::new(&serial)?,
        time: GeneralizedTime::from_unix_duration(Duration::from_secs(second))?,
        accuracy: Some(Accuracy {
            seconds: Some(1),
            millis: None,
            micros: None,
        }),
        ordering: false,
        nonce: None,
        authority: None,
    };
    info.to_der()
}
