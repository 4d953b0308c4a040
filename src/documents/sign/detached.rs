//! A signature over bytes that are no paper, kept beside them: a CMS that `openssl cms -verify` reads, with a timestamp.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

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
    let identity = authority.one_shot(signer, now, clock)?;
    let stamp = authority.stamp()?;
    let digest = Sha256::digest(bytes);
    Ok(cms::sign(&identity, &digest, &stamp, (now, clock))?)
}
