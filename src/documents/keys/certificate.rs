//! The certificates: of the two roots for twenty years, of the timestamps for ten, of each signature for three, and none for
//! longer than its root; and the lists of those that were taken back.

use std::time::Duration;

use der::asn1::{
    Any, GeneralizedTime, ObjectIdentifier, PrintableStringRef, UtcTime, Utf8StringRef,
};
use der::{Decode, Encode};
use jiff::Timestamp;
use spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder, CrlBuilder};
use x509_cert::certificate::{Rfc5280, TbsCertificate};
use x509_cert::crl::RevokedCert;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CrlNumber, CrlReason, ExtendedKeyUsage, KeyUsage,
    KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
pub(in crate::documents) use x509_cert::name::Name;
use x509_cert::name::{RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};

use super::key::{Key, Made};
use super::{KeyError, Pair, Reason, Revoked, Signer};
use crate::clock::Clock;

/// Signing documents as the only purpose (RFC 9336).
pub(in crate::documents) const DOCUMENT_SIGNING: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36");
/// Saying what time it is as the only purpose (RFC 3161, 2.3).
pub(in crate::documents) const TIME_STAMPING: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");

/// Who says the time where nobody elsewhere does.
pub(in crate::documents) const STAMP_NAME: &str = "heyi timestamp";

/// How long a list of what was taken back holds, in days: a new one comes with every paper.
const LIST_HOLDS: u64 = 30;

const DAY: u64 = 86_400;

const ROOT_DAYS: u64 = 7_305;
const STAMP_DAYS: u64 = 3_653;
pub(super) const SIGNER_DAYS: u64 = 1_096;

/// The attributes of a subject that we use.
pub(in crate::documents) mod name {
    use der::asn1::ObjectIdentifier;

    pub(in crate::documents) const COMMON: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("2.5.4.3");
    pub(in crate::documents) const SERIAL: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("2.5.4.5");
    pub(in crate::documents) const COUNTRY: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("2.5.4.6");
    pub(in crate::documents) const ORGANISATION: ObjectIdentifier =
        ObjectIdentifier::new_unwrap("2.5.4.10");
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    Signer,
    Stamp,
}

/// What distinguishes the kinds of certificate.
struct Profile {
    subject: Name,
    issuer: Name,
    kind: Kind,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let subject = tbs.subject();
        let issuer = SubjectKeyIdentifier::try_from(issuer_key)?;
        let authority = AuthorityKeyIdentifier {
            key_identifier: Some(issuer.0),
            ..Default::default()
        };
        let usage = match self.kind {
            Kind::Root => KeyUsages::KeyCertSign | KeyUsages::CRLSign,
            Kind::Signer => KeyUsages::DigitalSignature | KeyUsages::NonRepudiation,
            Kind::Stamp => KeyUsages::DigitalSignature.into(),
        };
        let is_root = self.kind == Kind::Root;
        let constraints = BasicConstraints {
            ca: is_root,
            path_len_constraint: is_root.then_some(0),
        };
        let mut extensions = vec![
            SubjectKeyIdentifier::try_from(key)?.to_extension(subject, &[])?,
            authority.to_extension(subject, &[])?,
            constraints.to_extension(subject, &[])?,
            KeyUsage(usage).to_extension(subject, &[])?,
        ];
        let purpose = match self.kind {
            Kind::Root => None,
            Kind::Signer => Some(DOCUMENT_SIGNING),
            Kind::Stamp => Some(TIME_STAMPING),
        };
        if let Some(purpose) = purpose {
            let mut purpose = ExtendedKeyUsage(vec![purpose]).to_extension(subject, &[])?;
            // RFC 3161, 2.3 wants it so for timestamps.
            purpose.critical = self.kind == Kind::Stamp;
            extensions.push(purpose);
        }
        Ok(extensions)
    }
}

pub(super) fn root(key: &Key, name: &str, clock: &Clock) -> Result<Certificate, KeyError> {
    let subject = subject("heyi", name, None)?;
    let profile = Profile {
        issuer: subject.clone(),
        subject,
        kind: Kind::Root,
    };
    let terms = Terms {
        until: end(clock.now(), ROOT_DAYS),
        now: clock.now(),
    };
    build(profile, &terms, key, key, clock)
}

pub(super) fn signer(
    root: &Pair,
    key: &Key,
    signer: &Signer,
    (now, clock): (Timestamp, &Clock),
) -> Result<Certificate, KeyError> {
    let profile = Profile {
        subject: subject_of(signer)?,
        issuer: root.certificate.tbs_certificate().subject().clone(),
        kind: Kind::Signer,
    };
    let terms = Terms {
        until: end(now, SIGNER_DAYS).min(until(&root.certificate)),
        now,
    };
    build(profile, &terms, key, &root.key, clock)
}

pub(super) fn stamp(root: &Pair, key: &Key, clock: &Clock) -> Result<Certificate, KeyError> {
    let profile = Profile {
        subject: subject("heyi", STAMP_NAME, None)?,
        issuer: root.certificate.tbs_certificate().subject().clone(),
        kind: Kind::Stamp,
    };
    let terms = Terms {
        until: end(clock.now(), STAMP_DAYS).min(until(&root.certificate)),
        now: clock.now(),
    };
    build(profile, &terms, key, &root.key, clock)
}

/// The list of what a root has taken back, in DER; a later one has a higher number.
pub(super) fn revocations(
    root: &Pair,
    revoked: &[Revoked],
    now: Timestamp,
) -> Result<Vec<u8>, KeyError> {
    let second = u64::try_from(now.as_second()).unwrap_or(0);
    let number = CrlNumber::try_from(second)?;
    let mut list =
        CrlBuilder::<Rfc5280>::new_with_this_update(&root.certificate, number, instant(second)?)?
            .with_next_update(Some(instant(second + LIST_HOLDS * DAY)?));
    // A list of nothing has no place for it (RFC 5280, 5.1.2.6).
    if !revoked.is_empty() {
        let name = root.certificate.tbs_certificate().subject();
        let entries: Result<Vec<_>, _> = revoked.iter().map(|it| entry(it, name)).collect();
        list = list.with_certificates(entries?.into_iter());
    }
    Ok(list.build::<_, Made>(&root.key)?.to_der()?)
}

fn entry(revoked: &Revoked, issuer: &Name) -> Result<RevokedCert, KeyError> {
    let reason = match revoked.reason {
        Reason::Unspecified => None,
        Reason::KeyCompromise => Some(CrlReason::KeyCompromise),
        Reason::AffiliationChanged => Some(CrlReason::AffiliationChanged),
        Reason::Superseded => Some(CrlReason::Superseded),
        Reason::CessationOfOperation => Some(CrlReason::CessationOfOperation),
    };
    let extension = reason.map(|reason| reason.to_extension(issuer, &[]));
    let second = u64::try_from(revoked.since.as_second()).unwrap_or(0);
    Ok(RevokedCert {
        serial_number: SerialNumber::new(&unhex(&revoked.serial)?)?,
        revocation_date: instant(second)?,
        crl_entry_extensions: extension.transpose()?.map(|extension| vec![extension]),
    })
}

fn unhex(digits: &str) -> Result<Vec<u8>, KeyError> {
    let wrong = || KeyError::Serial(digits.to_owned());
    let pair = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    };
    let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(pair).collect();
    let fits = |bytes: &Vec<u8>| digits.len().is_multiple_of(2) && (1..=20).contains(&bytes.len());
    bytes.filter(fits).ok_or_else(wrong)
}

/// A serial number as operators write it, or why it is none.
pub(super) fn read_serial(text: &str) -> Result<String, KeyError> {
    let digits = text.replace(':', "").to_ascii_lowercase();
    unhex(&digits).map(|_bytes| digits)
}

/// The serial number in lower-case hexadecimal digits.
pub(in crate::documents) fn serial(certificate: &Certificate) -> String {
    let serial = certificate.tbs_certificate().serial_number();
    serial.to_string().replace(':', "").to_ascii_lowercase()
}

/// The name of a subject, where it is one of ours.
pub(super) fn common_name(certificate: &Certificate) -> String {
    let subject = certificate.tbs_certificate().subject();
    let found = subject.iter().find(|part| part.oid == name::COMMON);
    let text = found.and_then(|part| part.value.decode_as::<Utf8StringRef<'_>>().ok());
    text.map_or_else(String::new, |text| text.as_str().to_owned())
}

/// Whether a certificate is valid at that time.
pub(super) fn holds(certificate: &Certificate, at: Timestamp) -> bool {
    let validity = certificate.tbs_certificate().validity();
    let from = validity.not_before.to_unix_duration().as_secs();
    let until = validity.not_after.to_unix_duration().as_secs();
    u64::try_from(at.as_second()).is_ok_and(|at| (from..=until).contains(&at))
}

/// Until when a certificate is valid.
pub(super) fn until(certificate: &Certificate) -> Timestamp {
    let until = certificate.tbs_certificate().validity().not_after;
    let second = i64::try_from(until.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}

struct Terms {
    until: Timestamp,
    now: Timestamp,
}

fn build(
    profile: Profile,
    terms: &Terms,
    key: &Key,
    issuer: &Key,
    clock: &Clock,
) -> Result<Certificate, KeyError> {
    let mut serial = clock.random::<16>();
    serial[0] = serial[0] & 0x3F | 0x40;
    let start = second(terms.now);
    let validity = Validity::new(
        instant(start.saturating_sub(60))?,
        instant(second(terms.until))?,
    );
    let public = SubjectPublicKeyInfoOwned::from_key(&key.public())
        .map_err(x509_cert::builder::Error::from)?;
    let builder = CertificateBuilder::new(profile, SerialNumber::new(&serial)?, validity, public)?;
    Ok(builder.build::<_, Made>(issuer)?)
}

fn second(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or(0)
}

fn end(now: Timestamp, days: u64) -> Timestamp {
    let second = i64::try_from(second(now) + days * DAY).unwrap_or(i64::MAX);
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}

/// Until 2049 in the short form, afterwards in the long one (RFC 5280, 4.1.2.5).
fn instant(seconds: u64) -> Result<Time, KeyError> {
    let at = Duration::from_secs(seconds);
    if let Ok(short) = UtcTime::from_unix_duration(at) {
        return Ok(Time::UtcTime(short));
    }
    Ok(Time::GeneralTime(GeneralizedTime::from_unix_duration(at)?))
}

/// The subject of the certificate that is issued for somebody.
pub(super) fn subject_of(signer: &Signer) -> Result<Name, KeyError> {
    let organisation = signer.organisation.as_deref().unwrap_or_default();
    subject(organisation, &signer.name, Some(&signer.pseudonym))
}

/// The subject in its usual order; an empty organisation is left out.
fn subject(organisation: &str, common: &str, serial: Option<&str>) -> Result<Name, KeyError> {
    let mut parts = RdnSequence::default();
    let mut push = |oid: ObjectIdentifier, value: Any| -> der::Result<()> {
        let mut part = RelativeDistinguishedName::default();
        part.insert(AttributeTypeAndValue { oid, value })?;
        parts.push(part);
        Ok(())
    };
    push(
        name::COUNTRY,
        Any::encode_from(&PrintableStringRef::new("CN")?)?,
    )?;
    if !organisation.is_empty() {
        push(
            name::ORGANISATION,
            Any::encode_from(&Utf8StringRef::new(organisation)?)?,
        )?;
    }
    push(
        name::COMMON,
        Any::encode_from(&Utf8StringRef::new(common)?)?,
    )?;
    if let Some(serial) = serial {
        push(
            name::SERIAL,
            Any::encode_from(&PrintableStringRef::new(serial)?)?,
        )?;
    }
    Ok(Name::from_der(&parts.to_der()?)?)
}
