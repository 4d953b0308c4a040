//! The CMS of a `PAdES` signature: detached, bound to its certificate, without a signing time (ETSI EN 319 142-1, 6.3).

use ::cms::builder::{Error, SignedDataBuilder, SignerInfoBuilder};
use ::cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use ::cms::signed_data::{EncapsulatedContentInfo, SignerIdentifier};
use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use der::{Encode, Sequence};
use p256::ecdsa::DerSignature;
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;

use crate::documents::keys::OneShot;

pub(in crate::documents) const DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(in crate::documents) const SHA256: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(in crate::documents) const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// `SigningCertificateV2` with the default hash, SHA-256 (RFC 5035).
#[derive(Sequence)]
pub(in crate::documents) struct SigningCertificateV2 {
    pub(in crate::documents) certs: Vec<EssCertId>,
}

#[derive(Sequence)]
pub(in crate::documents) struct EssCertId {
    pub(in crate::documents) hash: OctetString,
}

/// The signature over a SHA-256 digest, in DER.
pub(super) fn sign(identity: &OneShot, digest: &[u8]) -> Result<Vec<u8>, Error> {
    let content = EncapsulatedContentInfo {
        econtent_type: DATA,
        econtent: None,
    };
    let sha256 = AlgorithmIdentifierOwned {
        oid: SHA256,
        parameters: None,
    };
    let certificate = identity.certificate.tbs_certificate();
    let signer = SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
        issuer: certificate.issuer().clone(),
        serial_number: certificate.serial_number().clone(),
    });
    let mut info = SignerInfoBuilder::new(signer, sha256.clone(), &content, Some(digest))?;
    info.add_signed_attribute(signing_certificate(identity)?)?;
    let mut data = SignedDataBuilder::new(&content);
    data.add_digest_algorithm(sha256)?;
    for certificate in [&identity.certificate, &identity.issuer] {
        data.add_certificate(CertificateChoices::Certificate(certificate.clone()))?;
    }
    data.add_signer_info::<_, DerSignature>(info, &identity.key)?;
    Ok(data.build()?.to_der()?)
}

/// Binds the signature to the certificate, so that no other with the same key can take its place.
fn signing_certificate(identity: &OneShot) -> der::Result<Attribute> {
    let hash = Sha256::digest(identity.certificate.to_der()?);
    let value = SigningCertificateV2 {
        certs: vec![EssCertId {
            hash: OctetString::new(hash.to_vec())?,
        }],
    };
    let mut values = SetOfVec::new();
    values.insert(Any::encode_from(&value)?)?;
    Ok(Attribute {
        oid: SIGNING_CERTIFICATE_V2,
        values,
    })
}
