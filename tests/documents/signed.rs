//! Signed papers before pyHanko, pdfsig, qpdf and our own verifier.

use der::Encode;
use heyi::clock::Clock;
use heyi::documents::keys::Authority;
use heyi::documents::papers::Outcome;
use heyi::documents::verify;
use heyi::i18n::{Locale, Texts};

use super::checkers::{adesverify, adesverify_later, pdfsig, pyhanko, qpdf};
use super::samples;

/// An authority with its folder, in which the papers to judge lie too.
pub(super) struct Bench {
    pub(super) folder: tempfile::TempDir,
    pub(super) authority: Authority,
    pub(super) clock: Clock,
}

impl Bench {
    pub(super) fn new() -> Self {
        let clock = Clock::system();
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::open_or_create(folder.path(), b"passphrase", &clock).unwrap();
        Self {
            folder,
            authority,
            clock,
        }
    }

    pub(super) fn file(&self, bytes: &[u8]) -> std::path::PathBuf {
        let path = self.folder.path().join("paper.pdf");
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The file of what the root of the timestamps has revoked by a day. That of the signers lies in the paper, of the time: a
    /// later one need not name what has run out (RFC 5280, 3.3).
    pub(super) fn revoked_by(&self, day: jiff::Timestamp) -> Vec<std::path::PathBuf> {
        let lists = self.authority.revocations(day).unwrap();
        let path = self.folder.path().join("timestamps.crl");
        std::fs::write(&path, &lists[1]).unwrap();
        vec![path]
    }

    pub(super) fn report(&self, bytes: &[u8]) -> verify::Report {
        verify::run(bytes, &self.authority.roots().unwrap())
    }
}

#[test]
fn every_signature_stays_valid_for_other_verifiers_when_the_next_is_added() {
    let bench = Bench::new();
    for (name, paper) in samples::all() {
        let revisions = samples::signed_by_all(&paper, &bench.authority, &bench.clock);
        let last = revisions.last().unwrap();
        let path = bench.file(last);
        qpdf(&path);
        let signers = revisions.len() - 1;
        let said = pdfsig(&path);
        assert_eq!(
            said.matches("Signature is Valid").count(),
            signers,
            "{name}: {said}"
        );
        assert_eq!(said.matches("Total document signed").count(), 1, "{said}");
        let root = bench.folder.path().join("authority.crt");
        let (valid, said) = pyhanko(&path, &root);
        assert!(valid, "{name}: {said}");
        assert_eq!(said.matches("judged VALID").count(), signers, "{said}");
    }
}

#[test]
fn our_verifier_names_every_signer_after_every_revision() {
    let bench = Bench::new();
    let revisions = samples::signed_by_all(&samples::settlement(), &bench.authority, &bench.clock);
    for (count, bytes) in revisions.iter().enumerate().skip(1) {
        let report = bench.report(bytes);
        assert_eq!(report.problems, []);
        assert_eq!(report.signatures.len(), count);
        assert_eq!(report.unsigned.len(), 4 - count);
    }
    let report = bench.report(revisions.last().unwrap());
    let organisations: Vec<_> = report
        .signatures
        .iter()
        .map(|signature| signature.organisation.as_deref().unwrap_or("-"))
        .collect();
    let committee = "安宁市和平街道人民调解委员会";
    assert_eq!(organisations, ["-", "-", committee, committee]);
}

#[test]
fn a_changed_paper_is_refused_by_all_three() {
    let bench = Bench::new();
    let revisions = samples::signed_by_all(&samples::settlement(), &bench.authority, &bench.clock);
    let mut bytes = revisions.last().unwrap().clone();
    bytes[20_000] ^= 1;
    assert!(!bench.report(&bytes).whole);
    let path = bench.file(&bytes);
    assert!(!pdfsig(&path).contains("Signature is Valid"));
    let root = bench.folder.path().join("authority.crt");
    assert!(!pyhanko(&path, &root).0);
}

#[test]
fn a_report_reads_in_both_languages() {
    let bench = Bench::new();
    let fixed = Clock::fixed("2026-11-22T02:00:00Z".parse().unwrap());
    let authority = Authority::create(&fixed).unwrap();
    let revisions =
        samples::signed_by_all(&samples::court_ruling(Outcome::Valid), &authority, &fixed);
    let texts = Texts::load(None).unwrap();
    let report = verify::run(&revisions[2], &authority.roots().unwrap());
    let mut read = Vec::new();
    for locale in Locale::ALL {
        read.extend(verify::describe(&report, &texts, locale));
    }
    let strangers = bench.report(&revisions[1]);
    read.extend(verify::describe(&strangers, &texts, Locale::ZhCn));
    insta::assert_snapshot!(read.join("\n"));
}

#[test]
fn the_roots_are_certificates_that_other_programs_read() {
    let bench = Bench::new();
    let roots = bench.authority.roots().unwrap();
    let pem = std::fs::read(bench.folder.path().join("authority.crt")).unwrap();
    let read = x509_cert::Certificate::load_pem_chain(&pem).unwrap();
    let read: Vec<_> = read.iter().map(|root| root.to_der().unwrap()).collect();
    assert_eq!(
        read.iter().collect::<Vec<_>>(),
        roots.iter().collect::<Vec<_>>()
    );
}

#[test]
fn a_paper_that_all_have_signed_outlives_their_certificates() {
    let bench = Bench::new();
    for (name, paper) in samples::all() {
        let revisions = samples::signed_by_all(&paper, &bench.authority, &bench.clock);
        let last = revisions.last().unwrap();
        assert!(bench.report(last).archived_at.is_some(), "{name}");
        let root = bench.folder.path().join("authority.crt");
        let file = bench.file(last);
        let (valid, said) = adesverify(&file, &root);
        assert!(valid, "{name}: {said}");
        // The certificates of the signers hold for three years.
        let later = bench.clock.now() + jiff::SignedDuration::from_hours(24 * 365 * 5);
        let lists = bench.revoked_by(later);
        let (valid, said) = adesverify_later(&file, &root, &later.to_string(), &lists);
        assert!(valid, "{name}: {said}");
        assert_eq!(
            said.matches("AdESPassed.OK").count(),
            revisions.len() - 1,
            "{name}: {said}"
        );
    }
}
