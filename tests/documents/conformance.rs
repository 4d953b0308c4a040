//! veraPDF, the reference validator of both, on each kind of paper: an archivable file (PDF/A-3a) that a screen reader reads
//! (PDF/UA-1), before anybody signs and after everybody has.

use heyi::clock::Clock;
use heyi::documents::keys::Authority;

use super::checkers::verapdf;
use super::samples;

#[test]
fn every_paper_can_be_archived_and_read_aloud_before_and_after_it_is_signed() {
    let clock = Clock::system();
    let authority = Authority::create(&clock).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    let mut keep = |name: String, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        files.push(path);
    };
    for (name, paper) in samples::all() {
        let revisions = samples::signed_by_all(&paper, &authority, &clock);
        keep(format!("{name}-unsigned.pdf"), &revisions[0]);
        keep(format!("{name}-signed.pdf"), revisions.last().unwrap());
    }
    for (name, paper) in samples::unsigned() {
        let bytes = heyi::documents::write(&paper).unwrap();
        keep(format!("{name}.pdf"), &bytes);
    }
    for (name, bytes) in samples::sheets() {
        keep(format!("{name}.pdf"), &bytes);
    }
    let (conform, said) = verapdf(&files);
    assert!(conform, "{said}");
    assert_eq!(said.matches(" conforms").count(), 2 * files.len(), "{said}");
}
