//! Whether a certificate deserves trust: issued by a root, valid at the time, meant for what it did, never taken back.

use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::crl::{CertificateList, TbsCertList};
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

use super::key::Key;
use super::report::Code;
use crate::documents::keys::{DOCUMENT_SIGNING, Name, Root, Roots, TIME_STAMPING, Task, Use};

/// Bytes of a list of what was taken back: a hundred thousand certificates.
const LONGEST_LIST: usize = 4 << 20;

/// How far two clocks may be from each other, in seconds.
const APART: u64 = 300;

/// Everything that speaks against the certificate.
pub(in crate::documents) fn check(
    certificate: &Certificate,
    roots: &Roots,
    terms: (Option<Timestamp>, Task),
) -> Vec<Code> {
    judge(certificate, roots, terms).0
}

/// Everything that speaks against the certificate, and the root that vouches for it.
pub(super) fn judge<'a>(
    certificate: &Certificate,
    roots: &'a Roots,
    (at, task): (Option<Timestamp>, Task),
) -> (Vec<Code>, Option<&'a Root>) {
    let mut problems = Vec::new();
    let voucher = roots
        .of_task(task)
        .find(|root| issued(certificate, &root.certificate) && valid(&root.certificate, at));
    if voucher.is_none() {
        problems.push(Code::Untrusted);
    }
    if !valid(certificate, at) {
        problems.push(Code::Expired);
    }
    if !is_meant_for(certificate, purpose(task)) {
        problems.push(Code::Usage);
    }
    (problems, voucher)
}

/// A certificate on which a paper rests, and the root that vouches for it.
pub(super) struct Vouched {
    pub(super) certificate: Certificate,
    pub(super) root: Option<Certificate>,
}

impl Vouched {
    pub(super) fn new(certificate: Certificate, root: Option<&Root>) -> Self {
        Self {
            certificate,
            root: root.map(|root| root.certificate.clone()),
        }
    }

    /// Whether its root is this one: of one name and one key, since anybody may take the name of another.
    pub(super) fn is_by(&self, other: &Certificate) -> bool {
        let of = |root: &Certificate| {
            let tbs = root.tbs_certificate();
            (tbs.subject().clone(), tbs.subject_public_key_info().clone())
        };
        self.root.as_ref().is_some_and(|root| of(root) == of(other))
    }
}

const fn purpose(task: Task) -> ObjectIdentifier {
    match task {
        Task::Paper | Task::Platform => DOCUMENT_SIGNING,
        Task::Time => TIME_STAMPING,
    }
}

/// Whether this platform itself issued the certificate, to whoever signs or says the time.
pub(super) fn is_ours(certificate: &Certificate, roots: &Roots) -> bool {
    let issuer = certificate.tbs_certificate().issuer();
    let ours = roots.all().filter(|root| {
        root.used.is_ours() && root.certificate.tbs_certificate().subject() == issuer
    });
    ours.map(|root| &root.certificate)
        .any(|root| issued(certificate, root))
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
        let key = Key::of(root)?;
        Some(key.verifies(&tbs.to_der().ok()?, signature))
    };
    may && tbs.issuer() == root.tbs_certificate().subject() && did() == Some(true)
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

fn is_meant_for(certificate: &Certificate, purpose: ObjectIdentifier) -> bool {
    let tbs = certificate.tbs_certificate();
    let usage = tbs.get_extension::<KeyUsage>();
    let purposes = tbs.get_extension::<ExtendedKeyUsage>();
    let commits = purpose == DOCUMENT_SIGNING;
    // Of others, what is meant for timestamps may commit as well.
    let may = |usage: &KeyUsage| {
        let (signs, binds) = (usage.digital_signature(), usage.non_repudiation());
        if commits {
            signs && binds
        } else {
            signs || binds
        }
    };
    usage.is_ok_and(|found| found.is_some_and(|(_, usage)| may(&usage)))
        && purposes.is_ok_and(|found| found.is_some_and(|(_, purposes)| purposes.0 == [purpose]))
}

/// The lists of what the roots have taken back; `None` where one is not theirs.
pub(super) struct Revocations(Vec<List>);

struct List {
    of: Certificate,
    list: TbsCertList,
}

impl Revocations {
    pub(super) fn read(lists: &[&[u8]], roots: &Roots) -> Option<Self> {
        let read = |bytes: &&[u8]| {
            let short = (bytes.len() <= LONGEST_LIST).then_some(bytes)?;
            let list = CertificateList::from_der(short).ok()?;
            let again = list.to_der().is_ok_and(|again| again == *bytes);
            let mut all = roots.all().map(|root| &root.certificate);
            let of = all.find(|root| is_of(&list, root).is_some())?;
            again.then(|| List {
                of: of.clone(),
                list: list.tbs_cert_list,
            })
        };
        lists.iter().map(read).collect::<Option<_>>().map(Self)
    }

    /// Whether there is a list of whoever issued the certificate.
    pub(super) fn cover(&self, one: &Vouched) -> bool {
        self.0.iter().any(|list| one.is_by(&list.of))
    }

    /// Whether a list of whoever issued the certificate was made since that time.
    pub(super) fn tell_of(&self, one: &Vouched, at: Option<Timestamp>) -> bool {
        let since = at.and_then(|at| u64::try_from(at.as_second()).ok());
        self.0.iter().any(|list| {
            let made = list.list.this_update.to_unix_duration().as_secs();
            one.is_by(&list.of) && since.is_some_and(|since| since <= made + APART)
        })
    }

    /// Whether each list holds at that time.
    pub(super) fn hold(&self, at: Timestamp) -> bool {
        let second = u64::try_from(at.as_second()).unwrap_or(0);
        self.0.iter().all(|list| valid_at(&list.list, second))
    }

    /// Whether the certificate had been taken back at that time.
    pub(super) fn name(&self, one: &Vouched, at: Option<Timestamp>) -> bool {
        let serial = one.certificate.tbs_certificate().serial_number();
        let of_issuer = self.0.iter().filter(|list| one.is_by(&list.of));
        of_issuer
            .flat_map(|list| list.list.revoked_certificates.iter().flatten())
            .filter(|revoked| revoked.serial_number == *serial)
            .any(|revoked| {
                let since = revoked.revocation_date.to_unix_duration().as_secs();
                at.is_none_or(|at| u64::try_from(at.as_second()).is_ok_and(|at| since <= at))
            })
    }
}

/// Whether this is the list of one of them, in DER.
pub(in crate::documents) fn is_list(list: &[u8], roots: &[Vec<u8>]) -> bool {
    let roots = roots
        .iter()
        .map(|root| (Use::SigningElsewhere, root.clone()));
    Revocations::read(&[list], &Roots::of(roots)).is_some()
}

/// Whether a list holds at that time.
pub(in crate::documents) fn holds(list: &[u8], at: Timestamp) -> bool {
    let second = u64::try_from(at.as_second()).unwrap_or(0);
    CertificateList::from_der(list).is_ok_and(|list| valid_at(&list.tbs_cert_list, second))
}

fn valid_at(list: &TbsCertList, second: u64) -> bool {
    let until = list
        .next_update
        .map(|until| until.to_unix_duration().as_secs());
    // Whoever stamps may be elsewhere, by another clock.
    list.this_update.to_unix_duration().as_secs() <= second + APART
        && until.is_some_and(|until| second <= until)
}

fn is_of(list: &CertificateList, root: &Certificate) -> Option<()> {
    if list.tbs_cert_list.issuer != *root.tbs_certificate().subject() {
        return None;
    }
    let covered = list.tbs_cert_list.to_der().ok()?;
    let made = Key::of(root)?.verifies(&covered, list.signature.as_bytes()?);
    made.then_some(())
}

/// A text attribute of a subject.
pub(in crate::documents) fn attribute(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    let found = name.iter().find(|attribute| attribute.oid == oid)?;
    match DirectoryString::from_der(&found.value.to_der().ok()?).ok()? {
        DirectoryString::Utf8String(text) => Some(text),
        DirectoryString::PrintableString(text) => Some(text.to_string()),
        _ => None,
    }
}
