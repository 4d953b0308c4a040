//! veraPDF, the reference validator of both, on each kind of paper: an archivable file (PDF/A-3a) that a screen reader reads
//! (PDF/UA-1), as it lies before anybody signs, after each signature, and when it is closed.

use heyi::clock::Clock;
use heyi::documents::keys::Authority;

use super::checkers::run;
use super::{capacities, samples};

#[test]
fn every_paper_can_be_archived_and_read_aloud_at_every_revision() {
    let clock = Clock::system();
    let authority = Authority::create(&clock).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (name, paper) in samples::all() {
        let signed = samples::signed_by_all(&paper, &authority, &clock);
        let revisions = capacities::files(folder.path(), name, signed.last().unwrap());
        assert_eq!(
            revisions.len(),
            signed.len() + 2,
            "what proves it, and the archive"
        );
        files.extend(revisions);
    }
    let mut keep = |name: String, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        files.push(path);
    };
    for (name, paper) in samples::unsigned() {
        let bytes = heyi::documents::write(&paper).unwrap();
        keep(format!("{name}.pdf"), &bytes);
    }
    for (name, bytes) in samples::sheets() {
        keep(format!("{name}.pdf"), &bytes);
    }
    capacities::conform(&files);
}

/// The type sizes of a file's pages as they stand in the streams, without headers and page numbers.
fn sizes(bytes: &[u8]) -> Vec<f32> {
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let options = ["--qdf", "--object-streams=disable"];
    let plain = run("qpdf", &options, file.path(), &["-"]);
    let mut sizes = Vec::new();
    let mut decoration = false;
    for line in String::from_utf8_lossy(&plain.stdout).lines() {
        match line.trim() {
            "/Artifact BMC" => decoration = true,
            "EMC" => decoration = false,
            set if set.ends_with(" Tf") && !decoration => {
                sizes.push(set.split(' ').nth(1).unwrap().parse().unwrap());
            }
            _ => {}
        }
    }
    sizes
}

#[test]
fn nothing_that_is_read_is_printed_smaller_than_twelve_points() {
    let papers = samples::all().into_iter().chain(samples::unsigned());
    for (name, paper) in papers {
        let codes = usize::from(paper.check.is_some());
        let sizes = sizes(&heyi::documents::write(&paper).unwrap());
        assert!(sizes.len() > 2, "{name}");
        // The words under the square code, which say what it is.
        let small = sizes.iter().filter(|size| **size < 12.0).count();
        assert_eq!(small, codes, "{name}: {sizes:?}");
    }
    let large = heyi::documents::write_large(&samples::settlement(), "大字", [("大字", "大字"); 2]);
    let sizes = sizes(&large.unwrap());
    assert_eq!(sizes.iter().filter(|size| **size < 15.9).count(), 1);
}
