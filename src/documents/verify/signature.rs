//! One signature: the bytes it covers, its CMS, its key, the time at which it was there.

use std::ops::Range;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;

use super::chain::{self, Vouched};
use super::cms::{self, Content, Opened};
use super::report::{CertificateFacts, Code, Signature};
use super::stamp::{self, Stamped};
use super::structure::SignedRevision;
use crate::documents::keys::{self, Roots, Task};
use crate::documents::syntax::Value;

/// Between the time a signature claims and the one its timestamp says.
const NEAR: SignedDuration = SignedDuration::from_mins(5);

/// Checks the signature of one revision; everything wrong with it comes beside it, and the certificates that it rests on.
pub(super) fn check(
    read: &mut Covered<'_>,
    revision: &SignedRevision<'_>,
    roots: &Roots,
) -> (Signature, Vec<Code>, Vec<Vouched>) {
    let mut report = Signature {
        field: revision.field.text("T").unwrap_or_default(),
        signer: String::new(),
        organisation: None,
        pseudonym: None,
        serial: None,
        signed_at: time(revision),
        stamped_at: None,
        stamped_by: None,
        revision: revision.index,
        intact: false,
        trusted: false,
        certificate: None,
    };
    let opened = read
        .of(revision)
        .and_then(|(cms, digest)| cms::open(&cms, &Content::Elsewhere(&digest)));
    let opened = match opened {
        Ok(opened) => opened,
        Err(code) => return (report, vec![code], Vec::new()),
    };
    let subject = opened.certificate.tbs_certificate().subject();
    report.signer = chain::attribute(subject, keys::name::COMMON).unwrap_or_default();
    report.organisation = chain::attribute(subject, keys::name::ORGANISATION);
    report.pseudonym = chain::attribute(subject, keys::name::SERIAL);
    report.serial = Some(keys::serial(&opened.certificate));
    report.certificate = Some(facts(&opened.certificate));
    report.intact = true;
    let stamp = stamped(&opened, report.signed_at, roots);
    if let Ok(stamp) = &stamp {
        report.stamped_at = Some(stamp.at);
        let subject = stamp.by.certificate.tbs_certificate().subject();
        report.stamped_by = chain::attribute(subject, keys::name::COMMON);
    }
    let at = report.stamped_at.or(report.signed_at);
    let (mut problems, root) = chain::judge(&opened.certificate, roots, (at, Task::Paper));
    if let Err(code) = &stamp {
        report.intact = *code == Code::StampUntrusted;
        problems.push(*code);
    }
    report.trusted = problems.is_empty();
    let own = Vouched::new(opened.certificate, root);
    let rests_on = [own]
        .into_iter()
        .chain(stamp.ok().map(|stamp| stamp.by))
        .collect();
    (report, problems, rests_on)
}

/// Until when a certificate holds.
pub(super) fn until(certificate: &Certificate) -> Option<Timestamp> {
    facts(certificate).until
}

fn facts(certificate: &Certificate) -> CertificateFacts {
    let tbs = certificate.tbs_certificate();
    let second = |time: &x509_cert::time::Time| {
        let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
        Timestamp::from_second(seconds).ok()
    };
    CertificateFacts {
        issuer: chain::attribute(tbs.issuer(), keys::name::COMMON).unwrap_or_default(),
        from: second(&tbs.validity().not_before),
        until: second(&tbs.validity().not_after),
    }
}

/// The timestamp over a signature, whose time is near the one that it claims.
fn stamped(opened: &Opened, claimed: Option<Timestamp>, roots: &Roots) -> Result<Stamped, Code> {
    let token = opened.stamp.as_ref().ok_or(Code::Stamp)?;
    let stamp = stamp::read(token, &Sha256::digest(&opened.signature), roots)?;
    let after = |claimed: Timestamp| stamp.at.duration_since(claimed);
    // Whoever stamps may be elsewhere, by another clock.
    let near = |claimed| after(claimed).abs() <= NEAR;
    if claimed.is_some_and(near) {
        Ok(stamp)
    } else {
        Err(Code::Stamp)
    }
}

/// The archive timestamp.
pub(super) fn archived(
    read: &mut Covered<'_>,
    revision: &SignedRevision<'_>,
    roots: &Roots,
) -> Result<Stamped, Code> {
    let (cms, digest) = read.of(revision)?;
    stamp::read(&cms, &digest, roots)
}

/// What the signatures of a file cover, each byte hashed once however many there are.
pub(super) struct Covered<'a> {
    bytes: &'a [u8],
    at: usize,
    hash: Sha256,
}

impl<'a> Covered<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            hash: Sha256::new(),
        }
    }

    /// The CMS of a revision and the digest of what it covers: all bytes up to its end but its own.
    fn of(&mut self, revision: &SignedRevision<'_>) -> Result<(Vec<u8>, Vec<u8>), Code> {
        let gap = revision.signature.span("Contents").ok_or(Code::Contents)?;
        let expected = [0, gap.start, gap.end, revision.end.saturating_sub(gap.end)];
        let range: Option<Vec<usize>> = revision
            .signature
            .array("ByteRange")
            .unwrap_or_default()
            .iter()
            .map(|item| match item {
                Value::Integer(number) => usize::try_from(*number).ok(),
                _ => None,
            })
            .collect();
        if range.is_none_or(|range| range != expected) {
            return Err(Code::ByteRange);
        }
        let cms = contents(self.bytes.get(gap.clone()).unwrap_or_default())?;
        let digest = self.digest(gap, revision.end).ok_or(Code::ByteRange)?;
        Ok((cms, digest))
    }

    /// Of all bytes up to `end` but the gap; gaps come in the order of the file.
    fn digest(&mut self, gap: Range<usize>, end: usize) -> Option<Vec<u8>> {
        self.hash.update(self.bytes.get(self.at..gap.start)?);
        self.at = gap.start;
        let mut hash = self.hash.clone();
        hash.update(self.bytes.get(gap.end..end)?);
        Some(hash.finalize().to_vec())
    }
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
pub(super) fn der_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x30, length @ 0..=0x7F, ..] => Some(2 + usize::from(*length)),
        [0x30, 0x81, length, ..] => Some(3 + usize::from(*length)),
        [0x30, 0x82, high, low, ..] => Some(4 + usize::from(u16::from_be_bytes([*high, *low]))),
        _ => None,
    }
}

/// The time a signature claims, when it is written as we write it.
fn time(revision: &SignedRevision<'_>) -> Option<Timestamp> {
    let text = revision.signature.text("M")?;
    let civil = text.strip_prefix("D:")?.strip_suffix("+08'00")?;
    let civil = DateTime::strptime("%Y%m%d%H%M%S", civil).ok()?;
    Offset::constant(8).to_timestamp(civil).ok()
}
