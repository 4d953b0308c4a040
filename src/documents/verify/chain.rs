//! Whether a certificate deserves trust: issued by a root, valid at the time, meant for signing papers.

use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use jiff::Timestamp;
use p256::ecdsa::DerSignature;
use signature::Verifier;
use x509_cert::Certificate;
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

use super::report::Code;
use crate::documents::keys::{self, DOCUMENT_SIGNING, Name};

/// Everything that speaks against the certificate.
pub(super) fn check(
    certificate: &Certificate,
    roots: &[Vec<u8>],
    at: Option<Timestamp>,
) -> Vec<Code> {
    let mut problems = Vec::new();
    let trusted = roots.iter().any(|root| {
        keys::parse(root).is_ok_and(|root| issued(certificate, &root) && valid(&root, at))
    });
    if !trusted {
        problems.push(Code::Untrusted);
    }
    if !valid(certificate, at) {
        problems.push(Code::Expired);
    }
    if !meant_for_signing(certificate) {
        problems.push(Code::Usage);
    }
    problems
}

/// Whether `root` may issue and did issue the certificate.
fn issued(certificate: &Certificate, root: &Certificate) -> bool {
    let tbs = certificate.tbs_certificate();
    let may = root
        .tbs_certificate()
        .get_extension::<BasicConstraints>()
        .is_ok_and(|found| found.is_some_and(|(_, constraints)| constraints.ca))
        && root
            .tbs_certificate()
            .get_extension::<KeyUsage>()
            .is_ok_and(|found| found.is_some_and(|(_, usage)| usage.key_cert_sign()));
    let did = || {
        let signature = certificate.signature().as_bytes()?;
        let signature = DerSignature::from_bytes(signature).ok()?;
        let key = keys::public_key(root).ok()?;
        key.verify(&tbs.to_der().ok()?, &signature).ok()
    };
    may && tbs.issuer() == root.tbs_certificate().subject() && did().is_some()
}

/// A signature that claims no time was made at no time at which the certificate was valid.
fn valid(certificate: &Certificate, at: Option<Timestamp>) -> bool {
    let validity = certificate.tbs_certificate().validity();
    let within = |at: Timestamp| {
        let second = u64::try_from(at.as_second()).unwrap_or(0);
        (validity.not_before.to_unix_duration().as_secs()
            ..=validity.not_after.to_unix_duration().as_secs())
            .contains(&second)
    };
    at.is_some_and(within)
}

fn meant_for_signing(certificate: &Certificate) -> bool {
    let tbs = certificate.tbs_certificate();
    let usage = tbs.get_extension::<KeyUsage>();
    let purpose = tbs.get_extension::<ExtendedKeyUsage>();
    usage.is_ok_and(|found| {
        found.is_some_and(|(_, usage)| usage.digital_signature() && usage.non_repudiation())
    }) && purpose
        .is_ok_and(|found| found.is_some_and(|(_, purpose)| purpose.0 == [DOCUMENT_SIGNING]))
}

/// A text attribute of a subject.
pub(super) fn attribute(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    let found = name.iter().find(|attribute| attribute.oid == oid)?;
    match DirectoryString::from_der(&found.value.to_der().ok()?).ok()? {
        DirectoryString::Utf8String(text) => Some(text),
        DirectoryString::PrintableString(text) => Some(text.to_string()),
        _ => None,
    }
}
