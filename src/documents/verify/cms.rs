//! A CMS as we write it and in no other way: what is in it, and whose key signed it.

use ::cms::cert::CertificateChoices;
use ::cms::content_info::{CmsVersion, ContentInfo};
use ::cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{Any, ObjectIdentifier, OctetString};
use der::{Decode, Encode};
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::Certificate;

use super::key::Key;
use super::report::Code;
use crate::documents::keys::{Public, Root, Use};
use crate::documents::sign::cms::{
    CONTENT_TYPE, DATA, MESSAGE_DIGEST, SHA256, SIGNATURE_STAMP, SIGNED_DATA,
    SIGNING_CERTIFICATE_V2, SigningCertificateV2, plain,
};

/// What a timestamp of others says beside the rest; it is signed, and says nothing new.
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const ALGORITHM_PROTECTION: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.52");

/// What is signed.
pub(super) enum Content<'a> {
    /// Bytes elsewhere with this SHA-256 digest.
    Elsewhere(&'a [u8]),
    /// Bytes of this type inside.
    Inside(ObjectIdentifier),
}

/// A CMS whose signature fits.
pub(super) struct Opened {
    /// Whose key signed.
    pub(super) certificate: Certificate,
    /// What lies inside.
    pub(super) content: Vec<u8>,
    pub(super) signature: Vec<u8>,
    /// The timestamp over the signature, in DER.
    pub(super) stamp: Option<Vec<u8>>,
    /// Whether it is as we write it, in the one way that there is.
    strict: bool,
}

impl Opened {
    /// Whether it is written as this root, which issued the certificate, may have it: services elsewhere write in their own way
    /// what no signature covers.
    pub(super) fn is_as_of(&self, root: &Root) -> bool {
        self.strict || root.used == Use::StampingElsewhere
    }
}

pub(super) fn open(cms: &[u8], content: &Content<'_>) -> Result<Opened, Code> {
    let data = data(cms)?;
    let [signer] = data.signer_infos.0.as_slice() else {
        return Err(Code::Cms);
    };
    let (kind, version) = match content {
        Content::Elsewhere(_) => (DATA, CmsVersion::V1),
        Content::Inside(kind) => (*kind, CmsVersion::V3),
    };
    let foreign = matches!(content, Content::Inside(_));
    let fits = is_plain(&data, signer, foreign) && says_no_more(signer, foreign);
    if !fits || data.version != version {
        return Err(Code::Cms);
    }
    let inside = data.encap_content_info.econtent.as_ref();
    let (digest, inside) = match (content, inside) {
        (Content::Elsewhere(digest), None) => (digest.to_vec(), Vec::new()),
        (Content::Inside(_), Some(any)) => {
            let bytes = any.decode_as::<OctetString>().or(Err(Code::Cms))?;
            let bytes = bytes.as_bytes().to_vec();
            (Sha256::digest(&bytes).to_vec(), bytes)
        }
        _ => return Err(Code::Cms),
    };
    if attribute::<OctetString>(signer, MESSAGE_DIGEST)?.as_bytes() != digest {
        return Err(Code::Digest);
    }
    let named = attribute::<ObjectIdentifier>(signer, CONTENT_TYPE)?;
    if data.encap_content_info.econtent_type != kind || named != kind {
        return Err(Code::Cms);
    }
    let (certificate, plain) = bound(&data, signer)?;
    verify(&certificate, signer, foreign)?;
    let signature = signer.signature.as_bytes();
    let normal = Public::of(&certificate).is_ok_and(|key| key.normal(signature) == signature);
    let written = is_plain(&data, signer, false) && says_no_more(signer, false);
    // No signature covers what else would come along.
    let alone = certificates(&data).count() == 1;
    let strict = normal && written && plain;
    if !alone || (!strict && !foreign) {
        return Err(Code::Cms);
    }
    Ok(Opened {
        certificate,
        content: inside,
        signature: signature.to_vec(),
        stamp: stamp(signer)?,
        strict,
    })
}

/// The signed data, if writing it again gives the same bytes: there is no second way to write it.
fn data(cms: &[u8]) -> Result<SignedData, Code> {
    let info = ContentInfo::from_der(cms).or(Err(Code::Cms))?;
    if info.content_type != SIGNED_DATA {
        return Err(Code::Cms);
    }
    let data: SignedData = info.content.decode_as().or(Err(Code::Cms))?;
    let same = |again: der::Result<Vec<u8>>, first: &[u8]| again.is_ok_and(|it| it == first);
    let content = info.content.to_der().or(Err(Code::Cms))?;
    if same(info.to_der(), cms) && same(data.to_der(), &content) {
        Ok(data)
    } else {
        Err(Code::Cms)
    }
}

fn certificates(data: &SignedData) -> impl Iterator<Item = &Certificate> {
    let set = data.certificates.as_ref().map(|set| set.0.as_slice());
    set.unwrap_or_default()
        .iter()
        .filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate),
            CertificateChoices::Other(_) => None,
        })
}

/// The parts of a CMS that no signature covers are exactly as we write them, so that nobody can vary them.
fn is_plain(data: &SignedData, signer: &SignerInfo, foreign: bool) -> bool {
    // Others write that a digest takes no parameters in another way, which means the same (RFC 5754, 2).
    let empty = AlgorithmIdentifierOwned {
        oid: SHA256,
        parameters: Some(Any::null()),
    };
    let sha256 = |it: &AlgorithmIdentifierOwned| *it == plain(SHA256) || (foreign && *it == empty);
    let mut others = data.certificates.iter().flat_map(|set| set.0.iter());
    matches!(data.digest_algorithms.as_slice(), [digest] if sha256(digest))
        && data.crls.is_none()
        && others.all(|choice| matches!(choice, CertificateChoices::Certificate(_)))
        && signer.version == CmsVersion::V1
        && sha256(&signer.digest_alg)
}

/// Of what a signature covers, ours have three attributes and no signing time; timestamps of others may have it.
fn says_no_more(signer: &SignerInfo, foreign: bool) -> bool {
    let Some(attributes) = &signer.signed_attrs else {
        return false;
    };
    let ours = [CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2];
    let theirs = [SIGNING_TIME, ALGORITHM_PROTECTION];
    let count = |oid| attributes.iter().filter(|it| it.oid == oid).count();
    let known = |oid| ours.contains(&oid) || (foreign && theirs.contains(&oid));
    ours.iter().all(|oid| count(*oid) == 1) && attributes.iter().all(|it| known(it.oid))
}

/// The timestamp, which is all that may stand beside what is signed.
fn stamp(signer: &SignerInfo) -> Result<Option<Vec<u8>>, Code> {
    let Some(attributes) = &signer.unsigned_attrs else {
        return Ok(None);
    };
    let [attribute] = attributes.as_slice() else {
        return Err(Code::Cms);
    };
    match attribute.values.as_slice() {
        [value] if attribute.oid == SIGNATURE_STAMP => value.to_der().map(Some).or(Err(Code::Cms)),
        _ => Err(Code::Cms),
    }
}

/// The one value of a signed attribute.
fn attribute<T: for<'a> Decode<'a, Error = der::Error> + der::FixedTag>(
    signer: &SignerInfo,
    oid: ObjectIdentifier,
) -> Result<T, Code> {
    let attributes = signer.signed_attrs.as_ref().ok_or(Code::Cms)?;
    let found = attributes.iter().find(|attribute| attribute.oid == oid);
    match found.map(|attribute| attribute.values.as_slice()) {
        Some([value]) => T::from_der(&value.to_der().or(Err(Code::Cms))?).or(Err(Code::Cms)),
        _ => Err(Code::Cms),
    }
}

/// The certificate that the signature itself names by hash, issuer and serial number, and whether it says no more.
fn bound(data: &SignedData, signer: &SignerInfo) -> Result<(Certificate, bool), Code> {
    let named = attribute::<SigningCertificateV2>(signer, SIGNING_CERTIFICATE_V2)?;
    // RFC 5035, 5.4: the first is that of the signer; others bind those of its issuers, as OpenSSL does when they come along.
    let [named, others @ ..] = named.certs.as_slice() else {
        return Err(Code::Binding);
    };
    let plain = others.is_empty() && named.issuer.is_none();
    let SignerIdentifier::IssuerAndSerialNumber(id) = &signer.sid else {
        return Err(Code::Binding);
    };
    let named_here = |certificate: &&Certificate| {
        let tbs = certificate.tbs_certificate();
        *tbs.issuer() == id.issuer
            && *tbs.serial_number() == id.serial_number
            && certificate
                .to_der()
                .is_ok_and(|bytes| Sha256::digest(bytes).as_slice() == named.hash.as_bytes())
    };
    certificates(data)
        .find(named_here)
        .map(|certificate| (certificate.clone(), plain))
        .ok_or(Code::Binding)
}

/// What is signed here is signed on a curve; timestamps of others may be signed by RSA.
fn verify(certificate: &Certificate, signer: &SignerInfo, foreign: bool) -> Result<(), Code> {
    let key = Key::of(certificate).ok_or(Code::Forged)?;
    let known = foreign || matches!(key, Key::Curve(_));
    if !known || !key.signs_by(&signer.signature_algorithm) {
        return Err(Code::Cms);
    }
    let attributes = signer.signed_attrs.as_ref().ok_or(Code::Cms)?;
    let covered = attributes.to_der().or(Err(Code::Cms))?;
    if key.verifies(&covered, signer.signature.as_bytes()) {
        Ok(())
    } else {
        Err(Code::Forged)
    }
}
