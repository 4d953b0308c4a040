//! Papers of one to twenty signatures before the other verifiers, now and when the certificates of the signers have run out.

use heyi::clock::Clock;
use heyi::documents::keys::Authority;
use heyi::documents::papers::{OF_PAPERS, in_words};
use heyi::documents::samples::agreement;
use heyi::i18n::Texts;

use super::capacities::signed_by_all;
use super::checkers::{adesverify, adesverify_later, pdfsig_accepts, pyhanko_accepts, qpdf};
use super::signed::Bench;

/// A paper that so many have signed and sealed and nobody else, and so is closed for its archive.
fn signed_by(count: usize, authority: &Authority, clock: &Clock) -> Vec<u8> {
    let texts = Texts::load(None).unwrap();
    let paper = in_words(&agreement(count - 1, false), &texts, OF_PAPERS).unwrap();
    let revisions = signed_by_all(&paper, authority, clock);
    assert_eq!(revisions.len(), count + 1);
    revisions.into_iter().next_back().unwrap()
}

#[test]
fn one_to_twenty_signatures_are_valid_for_everybody_and_outlast_their_certificates() {
    let bench = Bench::new();
    let root = bench.folder.path().join("authority.crt");
    // Long after the three years of the signers' certificates.
    let later = bench.clock.now() + jiff::SignedDuration::from_hours(24 * 365 * 5);
    let lists = bench.revoked_by(later);
    for count in [1, 2, 5, 10, 20] {
        let paper = signed_by(count, &bench.authority, &bench.clock);
        let report = bench.report(&paper);
        assert!(
            report.accepted && report.archived_at.is_some(),
            "{report:?}"
        );
        assert_eq!(report.signatures.len(), count);
        let path = bench.file(&paper);
        qpdf(&path);
        let fields: Vec<_> = (1..count)
            .map(|number| format!("party-{number}"))
            .chain(["seal".to_owned()])
            .collect();
        pdfsig_accepts(&path, &fields);
        std::thread::scope(|both| {
            let now = both.spawn(|| pyhanko_accepts(&path, &root, &fields));
            let (valid, said) = adesverify(&path, &root);
            assert!(valid, "{count}: {said}");
            let (valid, said) = adesverify_later(&path, &root, &later.to_string(), &lists);
            assert!(valid, "{count}: {said}");
            assert_eq!(said.matches("AdESPassed.OK").count(), count, "{said}");
            now.join().unwrap();
        });
    }
}

/// Of the first two the certificates of the signers have run out by now. The key of the timestamps has followed itself, and
/// each of its generations stands before others.
#[test]
fn papers_of_the_ninth_eleventh_and_eighteenth_year_of_a_root_are_valid_for_others() {
    let now = Clock::system().now();
    let years = |count: i64| jiff::SignedDuration::from_hours(24 * 365 * count);
    let of_year = |year: i64| Clock::fixed(now - years(18) + years(year));
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::open_or_create(folder.path(), b"passphrase", &of_year(0)).unwrap();
    let papers = [9, 11, 18].map(|year| (year, signed_by(1, &authority, &of_year(year))));
    // The list of the signers is the one in the paper: a later one need not name what has run out (RFC 5280, 3.3).
    let lists = authority.revocations(now).unwrap();
    let list = folder.path().join("timestamps.crl");
    std::fs::write(&list, &lists[1]).unwrap();
    let lists = [list];
    let root = folder.path().join("authority.crt");
    for (year, paper) in papers {
        let report = heyi::documents::verify::run(&paper, &authority.roots().unwrap());
        assert!(report.accepted, "{year}: {report:?}");
        let path = folder.path().join("paper.pdf");
        std::fs::write(&path, paper).unwrap();
        let (valid, said) = adesverify_later(&path, &root, &now.to_string(), &lists);
        assert!(valid, "{year}: {said}");
        assert_eq!(said.matches("AdESPassed.OK").count(), 1, "{year}: {said}");
    }
}
