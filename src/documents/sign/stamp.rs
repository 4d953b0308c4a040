//! Timestamps: that something was there at a time, said by a key that signs nothing else (RFC 3161).

use std::time::Duration;

use ::cms::builder::Error;
use ::cms::signed_data::EncapsulatedContentInfo;
use der::asn1::{Any, GeneralizedTime, ObjectIdentifier, OctetString};
use der::{Encode, Sequence, Tag};
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;
use x509_cert::serial_number::SerialNumber;

use super::cms::{SHA256, Signed};
use crate::clock::Clock;
use crate::documents::keys::Issued;

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
    pub(in crate::documents) accuracy: Accuracy,
}

#[derive(Sequence)]
pub(in crate::documents) struct Imprint {
    pub(in crate::documents) algorithm: AlgorithmIdentifierOwned,
    pub(in crate::documents) hash: OctetString,
}

#[derive(Sequence)]
pub(in crate::documents) struct Accuracy {
    pub(in crate::documents) seconds: u8,
}

/// The timestamp over a SHA-256 digest, in DER.
pub(super) fn token(
    stamp: &Issued,
    digest: &[u8],
    (now, clock): (Timestamp, &Clock),
) -> Result<Vec<u8>, Error> {
    let mut serial = clock.random::<16>();
    serial[0] = serial[0] & 0x3F | 0x40;
    let second = u64::try_from(now.as_second()).unwrap_or(0);
    let info = TstInfo {
        version: 1,
        policy: POLICY,
        imprint: Imprint {
            algorithm: AlgorithmIdentifierOwned {
                oid: SHA256,
                parameters: None,
            },
            hash: OctetString::new(digest)?,
        },
        serial: SerialNumber::new(&serial)?,
        time: GeneralizedTime::from_unix_duration(Duration::from_secs(second))?,
        accuracy: Accuracy { seconds: 1 },
    };
    let content = EncapsulatedContentInfo {
        econtent_type: TST_INFO,
        econtent: Some(Any::new(Tag::OctetString, info.to_der()?)?),
    };
    let signed = Signed {
        content: &content,
        digest: None,
    };
    signed.by(&stamp.own, &stamp.issuer, |_| Ok(()))
}
