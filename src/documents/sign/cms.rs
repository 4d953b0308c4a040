//! The CMS of a signature: bound to its certificate, without a signing time (ETSI EN 319 142-1, 6.3), the time said by
//! somebody else beside it. The root stays out: no signature covers what comes along, and whoever trusts it has it.

use ::cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use ::cms::content_info::{CmsVersion, ContentInfo};
use ::cms::signed_data::{
    EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier, SignerInfo,
};
use der::asn1::{Any, ObjectIdentifier, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence, Tag};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::Certificate;
use x509_cert::attr::Attribute;

use super::SignError;
use super::makers::{Begun, Timestamper};
use crate::documents::keys::{KeyError, Public};

pub(in crate::documents) const DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(in crate::documents) const SHA256: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(in crate::documents) const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// The timestamp over a signature (RFC 3161, appendix A).
pub(in crate::documents) const SIGNATURE_STAMP: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
pub(in crate::documents) const SIGNED_DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(in crate::documents) const CONTENT_TYPE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub(in crate::documents) const MESSAGE_DIGEST: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");

/// The longest signature in DER; both curves have 256 bits.
pub(super) const LONGEST: usize = 72;

/// `SigningCertificateV2` with the default hash, SHA-256 (RFC 5035).
#[derive(Sequence)]
pub(in crate::documents) struct SigningCertificateV2 {
    pub(in crate::documents) certs: Vec<EssCertId>,
}

#[derive(Sequence)]
pub(in crate::documents) struct EssCertId {
    pub(in crate::documents) hash: OctetString,
    /// Whose certificate it is; others say so again.
    #[asn1(optional = "true")]
    pub(in crate::documents) issuer: Option<Any>,
}

/// The signature over a SHA-256 digest, in DER, with a timestamp over it.
pub(super) fn sign(
    begun: Begun<'_>,
    digest: &[u8],
    (stamper, now): (&dyn Timestamper, Timestamp),
) -> Result<Vec<u8>, SignError> {
    let draft = Draft::over(digest, &begun.certificate)?;
    let signature = (begun.finish)(&draft.covered()?)?;
    let token = stamper.stamp(&Sha256::digest(&signature), now)?;
    Ok(draft.signed(signature, Some(&token))?)
}

/// How long such a signature gets at most, but for what is new in the next one.
pub(super) fn length(begun: &Begun<'_>, stamper: &dyn Timestamper) -> Result<usize, SignError> {
    let draft = Draft::over(&[0; 32], &begun.certificate)?;
    Ok(draft.signed(vec![0; LONGEST], None)?.len() + stamper.length()?)
}

/// A CMS that waits for its signature.
pub(super) struct Draft<'a> {
    version: CmsVersion,
    content: EncapsulatedContentInfo,
    attributes: SignedAttributes,
    signer: &'a Certificate,
}

impl<'a> Draft<'a> {
    /// Over what lies elsewhere.
    pub(super) fn over(digest: &[u8], signer: &'a Certificate) -> der::Result<Self> {
        Self::of(DATA, None, (digest, signer))
    }

    /// Over what lies inside.
    pub(super) fn with(
        kind: ObjectIdentifier,
        inside: Vec<u8>,
        signer: &'a Certificate,
    ) -> der::Result<Self> {
        let digest = Sha256::digest(&inside);
        let inside = Any::new(Tag::OctetString, inside)?;
        Self::of(kind, Some(inside), (&digest, signer))
    }

    fn of(
        kind: ObjectIdentifier,
        inside: Option<Any>,
        (digest, signer): (&[u8], &'a Certificate),
    ) -> der::Result<Self> {
        let attributes = vec![
            attribute(CONTENT_TYPE, Any::encode_from(&kind)?)?,
            attribute(
                MESSAGE_DIGEST,
                Any::encode_from(&OctetString::new(digest)?)?,
            )?,
            signing_certificate(signer)?,
        ];
        Ok(Self {
            // RFC 5652, 5.1: by what lies inside.
            version: match inside {
                None => CmsVersion::V1,
                Some(_) => CmsVersion::V3,
            },
            content: EncapsulatedContentInfo {
                econtent_type: kind,
                econtent: inside,
            },
            attributes: SetOfVec::try_from(attributes)?,
            signer,
        })
    }

    /// What is signed.
    pub(super) fn covered(&self) -> der::Result<Vec<u8>> {
        self.attributes.to_der()
    }

    /// The whole in DER.
    pub(super) fn signed(
        self,
        signature: Vec<u8>,
        stamp: Option<&[u8]>,
    ) -> Result<Vec<u8>, KeyError> {
        let beside = |token: &[u8]| {
            let attribute = attribute(SIGNATURE_STAMP, Any::from_der(token)?)?;
            SetOfVec::try_from(vec![attribute])
        };
        let tbs = self.signer.tbs_certificate();
        let info = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: tbs.issuer().clone(),
                serial_number: tbs.serial_number().clone(),
            }),
            digest_alg: plain(SHA256),
            signed_attrs: Some(self.attributes),
            signature_algorithm: plain(Public::of(self.signer)?.signature_algorithm()),
            signature: OctetString::new(signature)?,
            unsigned_attrs: stamp.map(beside).transpose()?,
        };
        let signer = CertificateChoices::Certificate(self.signer.clone());
        let data = SignedData {
            version: self.version,
            digest_algorithms: SetOfVec::try_from(vec![plain(SHA256)])?,
            encap_content_info: self.content,
            certificates: Some(vec![signer].try_into()?),
            crls: None,
            signer_infos: vec![info].try_into()?,
        };
        let info = ContentInfo {
            content_type: SIGNED_DATA,
            content: Any::encode_from(&data)?,
        };
        Ok(info.to_der()?)
    }
}

/// An algorithm that takes nothing more.
pub(in crate::documents) const fn plain(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid,
        parameters: None,
    }
}

/// Binds the signature to the certificate, so that no other with the same key can take its place.
fn signing_certificate(certificate: &Certificate) -> der::Result<Attribute> {
    let hash = Sha256::digest(certificate.to_der()?);
    let value = SigningCertificateV2 {
        certs: vec![EssCertId {
            hash: OctetString::new(hash.to_vec())?,
            issuer: None,
        }],
    };
    attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&value)?)
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    let mut values = SetOfVec::new();
    values.insert(value)?;
    Ok(Attribute { oid, values })
}
