//! The certificates: one of the authority for ten years, one for each signature for three.

use std::time::Duration;

use der::asn1::{
    Any, GeneralizedTime, ObjectIdentifier, OctetString, PrintableStringRef, Utf8StringRef,
};
use der::{Decode, Encode};
use jiff::Timestamp;
use p256::ecdsa::{DerSignature, SigningKey, VerifyingKey};
use spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages,
    SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
pub(in crate::documents) use x509_cert::name::Name;
use x509_cert::name::{RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};

use super::{Authority, KeyError, Signer};
use crate::clock::Clock;

/// Signing documents as the only purpose (RFC 9336).
pub(in crate::documents) const DOCUMENT_SIGNING: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36");
/// No revocation information will ever be made: the key is gone after one use (RFC 9608).
const NO_REVOCATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.56");

const DAY: u64 = 86_400;

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

/// What distinguishes the two kinds of certificate.
struct Profile {
    subject: Name,
    issuer: Name,
    authority: bool,
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
        let usage = if self.authority {
            KeyUsages::KeyCertSign | KeyUsages::CRLSign
        } else {
            KeyUsages::DigitalSignature | KeyUsages::NonRepudiation
        };
        let constraints = BasicConstraints {
            ca: self.authority,
            path_len_constraint: self.authority.then_some(0),
        };
        let mut extensions = vec![
            SubjectKeyIdentifier::try_from(key)?.to_extension(subject, &[])?,
            authority.to_extension(subject, &[])?,
            constraints.to_extension(subject, &[])?,
            KeyUsage(usage).to_extension(subject, &[])?,
        ];
        if !self.authority {
            extensions.push(ExtendedKeyUsage(vec![DOCUMENT_SIGNING]).to_extension(subject, &[])?);
            extensions.push(Extension {
                extn_id: NO_REVOCATION,
                critical: false,
                extn_value: OctetString::new([5, 0])?,
            });
        }
        Ok(extensions)
    }
}

pub(super) fn authority(key: &SigningKey, clock: &Clock) -> Result<Certificate, KeyError> {
    let subject = subject("heyi", "heyi document authority", None)?;
    let profile = Profile {
        issuer: subject.clone(),
        subject,
        authority: true,
    };
    let terms = Terms {
        days: 3_653,
        now: clock.now(),
    };
    build(profile, &terms, key, key, clock)
}

pub(super) fn signer(
    authority: &Authority,
    key: &SigningKey,
    signer: &Signer,
    now: Timestamp,
    clock: &Clock,
) -> Result<Certificate, KeyError> {
    let organisation = signer.organisation.as_deref().unwrap_or_default();
    let profile = Profile {
        subject: subject(organisation, &signer.name, Some(&signer.pseudonym))?,
        issuer: authority.certificate.tbs_certificate().subject().clone(),
        authority: false,
    };
    build(
        profile,
        &Terms { days: 1_096, now },
        key,
        &authority.key,
        clock,
    )
}

struct Terms {
    days: u64,
    now: Timestamp,
}

fn build(
    profile: Profile,
    terms: &Terms,
    key: &SigningKey,
    issuer: &SigningKey,
    clock: &Clock,
) -> Result<Certificate, KeyError> {
    let mut serial = clock.random::<16>();
    serial[0] = serial[0] & 0x3F | 0x40;
    let start = u64::try_from(terms.now.as_second()).unwrap_or(0);
    let validity = Validity::new(
        instant(start.saturating_sub(60))?,
        instant(start + terms.days * DAY)?,
    );
    let public = SubjectPublicKeyInfoOwned::from_key(key.verifying_key())
        .map_err(x509_cert::builder::Error::from)?;
    let builder = CertificateBuilder::new(profile, SerialNumber::new(&serial)?, validity, public)?;
    Ok(builder.build::<_, DerSignature>(issuer)?)
}

fn instant(seconds: u64) -> Result<Time, KeyError> {
    let at = GeneralizedTime::from_unix_duration(Duration::from_secs(seconds))?;
    Ok(Time::GeneralTime(at))
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

pub(super) fn public_key(certificate: &Certificate) -> Result<VerifyingKey, KeyError> {
    let info = certificate.tbs_certificate().subject_public_key_info();
    Ok(VerifyingKey::from_sec1_bytes(
        info.subject_public_key.raw_bytes(),
    )?)
}
