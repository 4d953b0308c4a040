//! The CMS of a signature: bound to its certificate, without a signing time (ETSI EN 319 142-1, 6.3), the time said by
//! somebody else beside it.

use ::cms::builder::{Error, SignedDataBuilder, SignerInfoBuilder};
use ::cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use ::cms::signed_data::{EncapsulatedContentInfo, SignerIdentifier, SignerInfo};
use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence};
use jiff::Timestamp;
use p256::ecdsa::DerSignature;
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::Certificate;
use x509_cert::attr::Attribute;

use super::stamp;
use crate::clock::Clock;
use crate::documents::keys::{Issued, Pair};

pub(in crate::documents) const DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(in crate::documents) const SHA256: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(in crate::documents) const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// The timestamp over a signature (RFC 3161, appendix A).
pub(in crate::documents) const SIGNATURE_STAMP: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// `SigningCertificateV2` with the default hash, SHA-256 (RFC 5035).
#[derive(Sequence)]
pub(in crate::documents) struct SigningCertificateV2 {
    pub(in crate::documents) certs: Vec<EssCertId>,
}

#[derive(Sequence)]
pub(in crate::documents) struct EssCertId {
    pub(in crate::documents) hash: OctetString,
}

/// The signature over a SHA-256 digest, in DER, with a timestamp over it.
pub(super) fn sign(
    identity: &Issued,
    digest: &[u8],
    stamp: &Issued,
    (now, clock): (Timestamp, &Clock),
) -> Result<Vec<u8>, Error> {
    let content = EncapsulatedContentInfo {
        econtent_type: DATA,
        econtent: None,
    };
    let stamped = |info: &mut SignerInfo| {
        let digest = Sha256::digest(info.signature.as_bytes());
        let token = stamp::token(stamp, &digest, (now, clock))?;
        let attribute = attribute(SIGNATURE_STAMP, Any::from_der(&token)?)?;
        info.unsigned_attrs = Some(SetOfVec::try_from(vec![attribute])?);
        Ok(())
    };
    let signed = Signed {
        content: &content,
        digest: Some(digest),
    };
    signed.by(&identity.own, &identity.issuer, stamped)
}

/// What a CMS is made over.
pub(super) struct Signed<'a> {
    pub(super) content: &'a EncapsulatedContentInfo,
    /// Of what lies elsewhere.
    pub(super) digest: Option<&'a [u8]>,
}

impl Signed<'_> {
    /// In DER, with the certificates of the signer and of the root; `after` may add what no signature covers.
    pub(super) fn by(
        &self,
        pair: &Pair,
        root: &Certificate,
        after: impl FnOnce(&mut SignerInfo) -> Result<(), Error>,
    ) -> Result<Vec<u8>, Error> {
        let sha256 = AlgorithmIdentifierOwned {
            oid: SHA256,
            parameters: None,
        };
        let certificate = pair.certificate.tbs_certificate();
        let signer = SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: certificate.issuer().clone(),
            serial_number: certificate.serial_number().clone(),
        });
        let mut info = SignerInfoBuilder::new(signer, sha256.clone(), self.content, self.digest)?;
        info.add_signed_attribute(signing_certificate(&pair.certificate)?)?;
        let mut data = SignedDataBuilder::new(self.content);
        data.add_digest_algorithm(sha256)?;
        for certificate in [&pair.certificate, root] {
            data.add_certificate(CertificateChoices::Certificate(certificate.clone()))?;
        }
        data.add_signer_info_cb::<_, DerSignature, _>(info, &pair.key, after)?;
        Ok(data.build()?.to_der()?)
    }
}

/// Binds the signature to the certificate, so that no other with the same key can take its place.
fn signing_certificate(certificate: &Certificate) -> der::Result<Attribute> {
    let hash = Sha256::digest(certificate.to_der()?);
    let value = SigningCertificateV2 {
        certs: vec![EssCertId {
            hash: OctetString::new(hash.to_vec())?,
        }],
    };
    attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&value)?)
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    let mut values = SetOfVec::new();
    values.insert(value)?;
    Ok(Attribute { oid, values })
}
