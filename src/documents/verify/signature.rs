//! One signature: the bytes it covers, its CMS, its key.

use ::cms::cert::CertificateChoices;
use ::cms::content_info::{CmsVersion, ContentInfo};
use ::cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Decode, Encode};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use p256::ecdsa::DerSignature;
use sha2::{Digest, Sha256};
use signature::Verifier;
use spki::AlgorithmIdentifierOwned;
use x509_cert::Certificate;

use super::chain;
use super::report::{Code, Signature};
use super::structure::SignedRevision;
use crate::documents::keys;
use crate::documents::sign::cms::{DATA, SHA256, SIGNING_CERTIFICATE_V2, SigningCertificateV2};
use crate::documents::syntax::{PdfFile, Value};

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// Checks the signature of one revision; everything wrong with it comes beside it.
pub(super) fn check(
    file: &PdfFile<'_>,
    revision: &SignedRevision<'_>,
    roots: &[Vec<u8>],
) -> (Signature, Vec<Code>) {
    let mut report = Signature {
        field: revision.field.text("T").unwrap_or_default(),
        signer: String::new(),
        organisation: None,
        pseudonym: None,
        signed_at: time(revision),
        revision: revision.index,
        intact: false,
        trusted: false,
    };
    let Signed {
        certificate,
        companions,
    } = match intact(file, revision) {
        Ok(signed) => signed,
        Err(code) => return (report, vec![code]),
    };
    let subject = certificate.tbs_certificate().subject();
    report.signer = chain::attribute(subject, keys::name::COMMON).unwrap_or_default();
    report.organisation = chain::attribute(subject, keys::name::ORGANISATION);
    report.pseudonym = chain::attribute(subject, keys::name::SERIAL);
    report.intact = true;
    let mut problems = chain::check(&certificate, roots, report.signed_at);
    let strange = |companion: &Vec<u8>| !roots.contains(companion);
    if companions.iter().any(strange) && !problems.contains(&Code::Untrusted) {
        problems.push(Code::Untrusted);
    }
    report.trusted = problems.is_empty();
    (report, problems)
}

/// Whose key signed, and which other certificates came along.
struct Signed {
    certificate: Certificate,
    /// In DER; no signature covers them.
    companions: Vec<Vec<u8>>,
}

/// The certificate whose key signed exactly the bytes of this revision.
fn intact(file: &PdfFile<'_>, revision: &SignedRevision<'_>) -> Result<Signed, Code> {
    let gap = revision.signature.span("Contents").ok_or(Code::Contents)?;
    let expected = [0, gap.start, gap.end, revision.end.saturating_sub(gap.end)];
    let range: Vec<usize> = revision
        .signature
        .array("ByteRange")
        .unwrap_or_default()
        .iter()
        .filter_map(|item| match item {
            Value::Integer(number) => usize::try_from(*number).ok(),
            _ => None,
        })
        .collect();
    if range != expected || revision.signature.array("ByteRange").map(<[_]>::len) != Some(4) {
        return Err(Code::ByteRange);
    }
    let cms = contents(file.bytes.get(gap.clone()).unwrap_or_default())?;
    let mut hash = Sha256::new();
    hash.update(file.bytes.get(..gap.start).unwrap_or_default());
    hash.update(file.bytes.get(gap.end..revision.end).unwrap_or_default());
    signed(&cms, &hash.finalize())
}

/// The DER bytes of the signature: lower-case digits between angle brackets, then nothing but zeros.
fn contents(place: &[u8]) -> Result<Vec<u8>, Code> {
    let digits = place
        .strip_prefix(b"<")
        .and_then(|rest| rest.strip_suffix(b">"))
        .filter(|digits| digits.len() % 2 == 0)
        .ok_or(Code::Contents)?;
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        _ => Err(Code::Contents),
    };
    let bytes = digits
        .chunks_exact(2)
        .map(|pair| Ok(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect::<Result<Vec<u8>, Code>>()?;
    let length = der_length(&bytes).ok_or(Code::Contents)?;
    let (der, padding) = bytes.split_at_checked(length).ok_or(Code::Contents)?;
    if padding.iter().any(|byte| *byte != 0) {
        return Err(Code::Contents);
    }
    Ok(der.to_vec())
}

/// The length of the first DER element with its header.
fn der_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x30, length @ 0..=0x7F, ..] => Some(2 + usize::from(*length)),
        [0x30, 0x81, length, ..] => Some(3 + usize::from(*length)),
        [0x30, 0x82, high, low, ..] => Some(4 + usize::from(u16::from_be_bytes([*high, *low]))),
        _ => None,
    }
}

/// Checks a CMS over a digest.
fn signed(cms: &[u8], digest: &[u8]) -> Result<Signed, Code> {
    let info = ContentInfo::from_der(cms).or(Err(Code::Cms))?;
    if info.content_type != SIGNED_DATA {
        return Err(Code::Cms);
    }
    let data: SignedData = info.content.decode_as().or(Err(Code::Cms))?;
    let content = &data.encap_content_info;
    let others = data.certificates.iter().flat_map(|set| set.0.iter());
    let only_certificates = others
        .into_iter()
        .all(|choice| matches!(choice, CertificateChoices::Certificate(_)));
    if content.econtent_type != DATA
        || content.econtent.is_some()
        || data.crls.is_some()
        || !only_certificates
    {
        return Err(Code::Cms);
    }
    let [signer] = data.signer_infos.0.as_slice() else {
        return Err(Code::Cms);
    };
    if !is_plain(&data, signer) {
        return Err(Code::Cms);
    }
    if attribute::<OctetString>(signer, MESSAGE_DIGEST)?.as_bytes() != digest {
        return Err(Code::Digest);
    }
    if attribute::<ObjectIdentifier>(signer, CONTENT_TYPE)? != DATA {
        return Err(Code::Cms);
    }
    let certificate = bound(&data, signer)?;
    verify(&certificate, signer)?;
    let companions = certificates(&data)
        .filter(|other| **other != certificate)
        .map(|other| other.to_der().or(Err(Code::Cms)))
        .collect::<Result<_, Code>>()?;
    Ok(Signed {
        certificate,
        companions,
    })
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
fn is_plain(data: &SignedData, signer: &SignerInfo) -> bool {
    let algorithm = |oid| AlgorithmIdentifierOwned {
        oid,
        parameters: None,
    };
    data.version == CmsVersion::V1
        && signer.version == CmsVersion::V1
        && data.digest_algorithms.as_slice() == [algorithm(SHA256)]
        && signer.digest_alg == algorithm(SHA256)
        && signer.signature_algorithm == algorithm(ECDSA_WITH_SHA256)
        && signer.unsigned_attrs.is_none()
}

/// The one value of a signed attribute; a `PAdES` signature has these three and no signing time.
fn attribute<T: for<'a> Decode<'a, Error = der::Error> + der::FixedTag>(
    signer: &SignerInfo,
    oid: ObjectIdentifier,
) -> Result<T, Code> {
    let attributes = signer.signed_attrs.as_ref().ok_or(Code::Cms)?;
    if attributes.len() != 3 {
        return Err(Code::Cms);
    }
    let found = attributes.iter().find(|attribute| attribute.oid == oid);
    match found.map(|attribute| attribute.values.as_slice()) {
        Some([value]) => T::from_der(&value.to_der().or(Err(Code::Cms))?).or(Err(Code::Cms)),
        _ => Err(Code::Cms),
    }
}

/// The certificate that the signature itself names by hash, issuer and serial number.
fn bound(data: &SignedData, signer: &SignerInfo) -> Result<Certificate, Code> {
    let named = attribute::<SigningCertificateV2>(signer, SIGNING_CERTIFICATE_V2)?;
    let [named] = named.certs.as_slice() else {
        return Err(Code::Binding);
    };
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
        .cloned()
        .ok_or(Code::Binding)
}

fn verify(certificate: &Certificate, signer: &SignerInfo) -> Result<(), Code> {
    let key = keys::public_key(certificate).or(Err(Code::Forged))?;
    let attributes = signer.signed_attrs.as_ref().ok_or(Code::Cms)?;
    let covered = attributes.to_der().or(Err(Code::Cms))?;
    let signature = DerSignature::from_bytes(signer.signature.as_bytes()).or(Err(Code::Forged))?;
    key.verify(&covered, &signature).or(Err(Code::Forged))
}

/// The time a signature claims, when it is written as we write it.
fn time(revision: &SignedRevision<'_>) -> Option<Timestamp> {
    let text = revision.signature.text("M")?;
    let civil = text.strip_prefix("D:")?.strip_suffix("+08'00")?;
    let civil = DateTime::strptime("%Y%m%d%H%M%S", civil).ok()?;
    Offset::constant(8).to_timestamp(civil).ok()
}
