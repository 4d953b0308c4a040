//! Private keys and their public halves: on P-256, or on SM2 where an installation must use 国密.
//!
//! What SM2 makes is checked here by OpenSSL and by nobody else: it is not yet proven elsewhere.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use der::asn1::{BitString, ObjectIdentifier};
use p256::ecdsa::{DerSignature, Signature, SigningKey, VerifyingKey};
#[cfg(feature = "sm")]
use signature::Verifier as _;
use signature::{Error, Keypair, Signer};
use spki::{
    AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, EncodePublicKey,
    SignatureBitStringEncoding,
};
use x509_cert::Certificate;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::KeyError;
use crate::clock::Clock;
use crate::config::Algorithm;

/// Wipes itself when it is dropped, and so does what it signs with: [`OneUse`], since the type of the crate does not.
///
/// That is the memory in which a key is kept. What the crates of the curves copy and compute on the stack meanwhile is wiped
/// where they do it themselves; on SM2 they do not.
pub(in crate::documents) enum Key {
    P256(SigningKey),
    #[cfg(feature = "sm")]
    Sm2(sm2::SecretKey),
}

/// Nothing to do: each kind wipes itself, or this does not compile.
impl ZeroizeOnDrop for Key {}

const fn wipes<T: ZeroizeOnDrop>() {}
const _: () = {
    wipes::<SigningKey>();
    #[cfg(feature = "sm")]
    wipes::<sm2::SecretKey>();
};

/// What makes a signature by SM2 and is overwritten after it.
///
/// `sm2` 0.14 copies the secret number into its `SigningKey` and leaves it there when that is dropped. Behind a pointer, so
/// that no move makes another copy; of the one on the stack in which the crate makes it we have no hold.
#[cfg(feature = "sm")]
pub(super) struct OneUse(Box<sm2::dsa::SigningKey>);

#[cfg(feature = "sm")]
impl OneUse {
    pub(super) fn new(key: &sm2::SecretKey) -> Result<Self, Error> {
        Ok(Self(Box::new(sm2::dsa::SigningKey::new(IDENTITY, key)?)))
    }

    /// Puts the number one in the place of the secret one.
    pub(super) fn wipe(&mut self) {
        let mut bytes = [0; 32];
        bytes[31] = 1;
        if let Ok(one) = sm2::dsa::SigningKey::from_slice(IDENTITY, &bytes) {
            *self.0 = one;
        }
        // Looked at, or the compiler might leave out what nobody reads any more.
        std::hint::black_box(&self.0);
    }

    #[cfg(test)]
    pub(super) fn secret(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.to_bytes().to_vec())
    }
}

#[cfg(feature = "sm")]
impl Drop for OneUse {
    fn drop(&mut self) {
        self.wipe();
    }
}

#[cfg(feature = "sm")]
impl ZeroizeOnDrop for OneUse {}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::documents) enum Public {
    P256(VerifyingKey),
    #[cfg(feature = "sm")]
    Sm2(sm2::PublicKey),
}

/// A signature in DER.
pub(super) struct Made(Vec<u8>);

const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

#[cfg(feature = "sm")]
const SM2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.301");
#[cfg(feature = "sm")]
const SM2_WITH_SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.501");
/// The identity of a signer of whom nothing else was agreed (GM/T 0009, 10).
#[cfg(feature = "sm")]
const IDENTITY: &str = "1234567812345678";

impl Key {
    /// A fresh one; the few byte strings that are none are drawn again.
    pub(super) fn new(algorithm: Algorithm, clock: &Clock) -> Self {
        loop {
            let bytes = Zeroizing::new(clock.random::<32>());
            if let Ok(key) = Self::from_slice(algorithm, bytes.as_slice()) {
                return key;
            }
        }
    }

    pub(super) fn from_slice(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, Error> {
        match algorithm {
            Algorithm::P256 => SigningKey::from_slice(bytes).map(Self::P256),
            #[cfg(feature = "sm")]
            Algorithm::Sm2 => sm2::SecretKey::from_slice(bytes)
                .map(Self::Sm2)
                .map_err(Error::from_source),
        }
    }

    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        match self {
            Self::P256(key) => Zeroizing::new(Zeroizing::new(key.to_bytes()).to_vec()),
            #[cfg(feature = "sm")]
            Self::Sm2(key) => Zeroizing::new(Zeroizing::new(key.to_bytes()).to_vec()),
        }
    }

    pub(super) fn public(&self) -> Public {
        match self {
            Self::P256(key) => Public::P256(*key.verifying_key()),
            #[cfg(feature = "sm")]
            Self::Sm2(key) => Public::Sm2(key.public_key()),
        }
    }

    /// The signature over a message, in DER.
    pub(in crate::documents) fn sign_message(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        match self {
            Self::P256(key) => {
                let made: Signature = key.try_sign(message)?;
                Ok(made.normalize_s().to_der().as_bytes().to_vec())
            }
            #[cfg(feature = "sm")]
            Self::Sm2(key) => {
                let key = OneUse::new(key)?;
                let made: sm2::dsa::Signature = key.0.try_sign(message)?;
                Ok(made.to_der().as_bytes().to_vec())
            }
        }
    }
}

impl Public {
    /// The key of a certificate, when it is one on a curve that is known.
    pub(in crate::documents) fn of(certificate: &Certificate) -> Result<Self, KeyError> {
        let info = certificate.tbs_certificate().subject_public_key_info();
        let parameters = info.algorithm.parameters.as_ref();
        let curve = parameters.and_then(|it| it.decode_as::<ObjectIdentifier>().ok());
        let bytes = info.subject_public_key.raw_bytes();
        let curve = curve.filter(|_| info.algorithm.oid == EC);
        #[cfg(feature = "sm")]
        if curve == Some(SM2) {
            let key = sm2::PublicKey::from_sec1_bytes(bytes);
            return Ok(Self::Sm2(key.map_err(Error::from_source)?));
        }
        if curve == Some(P256) {
            return Ok(Self::P256(VerifyingKey::from_sec1_bytes(bytes)?));
        }
        Err(KeyError::Curve)
    }

    pub(super) const fn algorithm(&self) -> Algorithm {
        match self {
            Self::P256(_) => Algorithm::P256,
            #[cfg(feature = "sm")]
            Self::Sm2(_) => Algorithm::Sm2,
        }
    }

    /// Whether this key made the signature, which is in DER.
    pub(in crate::documents) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            // Checked by another library than signs, four times as fast; that it be in DER does not hang on how it reads.
            Self::P256(key) => {
                let point = key.to_sec1_point(false);
                DerSignature::from_bytes(signature).is_ok()
                    && UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
                        .verify(message, signature)
                        .is_ok()
            }
            #[cfg(feature = "sm")]
            Self::Sm2(key) => sm2::dsa::VerifyingKey::new(IDENTITY, *key)
                .and_then(|key| key.verify(message, &sm2::dsa::Signature::from_der(signature)?))
                .is_ok(),
        }
    }

    /// Of the two signatures that ECDSA has for one, the one that we make; what cannot be read stays as it is.
    pub(in crate::documents) fn normal(&self, signature: &[u8]) -> Vec<u8> {
        match self {
            Self::P256(_) => Signature::from_der(signature).map_or_else(
                |_| signature.to_vec(),
                |it| it.normalize_s().to_der().as_bytes().to_vec(),
            ),
            #[cfg(feature = "sm")]
            Self::Sm2(_) => signature.to_vec(),
        }
    }

    /// By what its signatures are known.
    pub(in crate::documents) const fn signature_algorithm(&self) -> ObjectIdentifier {
        match self {
            Self::P256(_) => ECDSA_WITH_SHA256,
            #[cfg(feature = "sm")]
            Self::Sm2(_) => SM2_WITH_SM3,
        }
    }
}

impl Keypair for Key {
    type VerifyingKey = Public;

    fn verifying_key(&self) -> Public {
        self.public()
    }
}

impl DynSignatureAlgorithmIdentifier for Key {
    fn signature_algorithm_identifier(&self) -> spki::Result<AlgorithmIdentifierOwned> {
        Ok(AlgorithmIdentifierOwned {
            oid: self.public().signature_algorithm(),
            parameters: None,
        })
    }
}

impl Signer<Made> for Key {
    fn try_sign(&self, message: &[u8]) -> Result<Made, Error> {
        self.sign_message(message).map(Made)
    }
}

impl EncodePublicKey for Public {
    fn to_public_key_der(&self) -> spki::Result<der::Document> {
        match self {
            Self::P256(key) => key.to_public_key_der(),
            #[cfg(feature = "sm")]
            Self::Sm2(key) => key.to_public_key_der(),
        }
    }
}

impl SignatureBitStringEncoding for Made {
    fn to_bitstring(&self) -> der::Result<BitString> {
        BitString::new(0, self.0.clone())
    }
}
