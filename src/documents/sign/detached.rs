//! A signature over bytes that are no paper, kept beside them: a CMS that `openssl cms -verify` reads, with a timestamp.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::makers::{Makers, Order, Purpose, Signer as _};
use super::{SignError, cms};
use crate::clock::Clock;
use crate::documents::keys::{Authority, Signer};

/// Signs bytes of any kind; the signature in DER.
///
/// # Errors
/// Those of making a certificate and a signature.
pub fn sign_beside(
    bytes: &[u8],
    signer: &Signer,
    authority: &Authority,
    (now, clock): (Timestamp, &Clock),
) -> Result<Vec<u8>, SignError> {
    let makers = Makers::of(authority, clock);
    let digest = Sha256::digest(bytes);
    // In its own name the platform signs by itself, whoever signs for people.
    let begun = makers.own.begin(&Order {
        subject: signer,
        purpose: Purpose::Signature,
        file: &digest.into(),
        now,
    })?;
    cms::sign(begun, &digest, (makers.stamper(), now))
}
