//! Papers of one to twenty signatures before the other verifiers, now and when the certificates of the signers have run out.

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Signer};
use heyi::documents::paper::{Block, Paper, Slot, SlotKind};
use heyi::documents::{Look, Signing, sign, write};

use super::checkers::{adesverify, adesverify_later, pdfsig, pyhanko, qpdf, verapdf};
use super::signed::Bench;

/// A paper that so many people have signed, and so is closed for its archive.
fn signed_by(count: usize, authority: &Authority, clock: &Clock) -> Vec<u8> {
    let slot = |number: usize| Slot {
        field: format!("party-{number}"),
        label: format!("当事人{number}"),
        kind: SlotKind::Hand,
    };
    let paper = Paper {
        title: "调解协议书".to_owned(),
        language: "zh-CN",
        issuer: "安宁市和平街道人民调解委员会".to_owned(),
        number: "和平人调字〔2026〕第12号".to_owned(),
        blocks: vec![
            Block::Heading("一、协议内容".to_owned()),
            Block::Paragraph("楼道里的杂物由各户自行清走。".to_owned()),
            Block::Signatures((1..=count).map(slot).collect()),
        ],
        check: None,
        attachments: Vec::new(),
        beside: None,
        bookmarks: true,
        made_at: clock.now(),
    };
    (1..=count).fold(write(&paper).unwrap(), |bytes, number| {
        let signer = Signer {
            name: format!("王五{number}"),
            organisation: None,
            pseudonym: "0123456789abcdef".repeat(2),
        };
        let signing = Signing {
            field: &format!("party-{number}"),
            signer: &signer,
            look: &Look::Typed("王五".to_owned()),
            reason: "同意",
            now: clock.now(),
        };
        sign(&bytes, &signing, authority, clock).unwrap()
    })
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
        let said = pdfsig(&path);
        let valid = said.matches("Signature is Valid").count();
        // pdfsig counts the archive timestamp as one of them in some of its versions.
        assert!([count, count + 1].contains(&valid), "{count}: {said}");
        assert!(!said.contains("Invalid"), "{said}");
        std::thread::scope(|both| {
            let now = both.spawn(|| pyhanko(&path, &root));
            let (valid, said) = adesverify(&path, &root);
            assert!(valid, "{count}: {said}");
            let (valid, said) = adesverify_later(&path, &root, &later.to_string(), &lists);
            assert!(valid, "{count}: {said}");
            assert_eq!(said.matches("AdESPassed.OK").count(), count, "{said}");
            let (valid, said) = now.join().unwrap();
            assert!(valid, "{count}: {said}");
            assert!(said.matches("judged VALID").count() >= count, "{said}");
        });
    }
}

#[test]
fn a_paper_can_be_archived_and_read_aloud_at_every_revision() {
    let clock = Clock::system();
    let authority = Authority::create(&clock).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let paper = signed_by(20, &authority, &clock);
    let word = b"%%EOF\n";
    let ends = paper.windows(word.len()).enumerate();
    let ends = ends.filter_map(|(at, window)| (window == word).then_some(at + word.len()));
    let files: Vec<_> = ends
        .map(|end| {
            let file = folder.path().join(format!("{end}.pdf"));
            std::fs::write(&file, &paper[..end]).unwrap();
            file
        })
        .collect();
    // Unsigned, each signature, what proves the certificates, the archive timestamp.
    assert_eq!(files.len(), 23);
    let (conform, said) = verapdf(&files);
    assert!(conform, "{said}");
    assert_eq!(said.matches(" conforms").count(), 2 * files.len(), "{said}");
}
