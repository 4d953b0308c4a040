//! The key of a certificate, as far as it has to be checked: on a curve like ours, or by RSA, as timestamp authorities elsewhere
//! have it. We make no key and no signature by RSA.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use der::asn1::{Any, ObjectIdentifier};
use spki::AlgorithmIdentifierOwned;
use x509_cert::Certificate;

use crate::documents::keys::Public;
use crate::documents::sign::cms::plain;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

pub(super) enum Key {
    Curve(Public),
    /// In DER (RFC 8017, A.1.1).
    Rsa(Vec<u8>),
}

impl Key {
    /// Nothing where it is of another kind.
    pub(super) fn of(certificate: &Certificate) -> Option<Self> {
        let info = certificate.tbs_certificate().subject_public_key_info();
        if info.algorithm.oid == RSA {
            let bytes = info.subject_public_key.as_bytes()?;
            return Some(Self::Rsa(bytes.to_vec()));
        }
        Public::of(certificate).ok().map(Self::Curve)
    }

    /// Whether this key made the signature, over SHA-256 where it is by RSA.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Curve(key) => key.verifies(message, signature),
            Self::Rsa(key) => UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)
                .verify(message, signature)
                .is_ok(),
        }
    }

    /// Whether its signatures are known by this name; those by RSA have two, with empty parameters or none.
    pub(super) fn signs_by(&self, named: &AlgorithmIdentifierOwned) -> bool {
        match self {
            Self::Curve(key) => *named == plain(key.signature_algorithm()),
            Self::Rsa(_) => {
                let parameters = named.parameters.as_ref();
                let empty = parameters.is_none_or(|it| *it == Any::null());
                [RSA, RSA_WITH_SHA256].contains(&named.oid) && empty
            }
        }
    }
}
