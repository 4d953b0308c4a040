//! veraPDF, the reference validator of both, on each kind of paper: an archivable file (PDF/A-3a) that a screen reader reads
//! (PDF/UA-1), as it lies before anybody signs, after each signature, and when it is closed. What screen readers go by beside it.

use std::path::Path;

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

/// The tree of meaning as poppler reads it, a line an element, a property or a text, with how far each is indented.
fn tree(file: &Path) -> Vec<(usize, String)> {
    let output = run("pdfinfo", &["-struct-text"], file, &[]);
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines = lines.lines().map(|line| {
        let words = line.trim_start();
        (line.len() - words.len(), words.to_owned())
    });
    lines.collect()
}

/// What lies inside the element of a line.
fn inside(tree: &[(usize, String)], at: usize) -> &[(usize, String)] {
    let rest = &tree[at + 1..];
    let end = rest.iter().position(|(depth, _)| *depth <= tree[at].0);
    &rest[..end.unwrap_or(rest.len())]
}

fn is(kind: &str, words: &str) -> bool {
    words.split([' ', ':']).next() == Some(kind)
}

#[test]
fn every_heading_of_a_long_paper_has_its_bookmark_and_every_row_its_heading() {
    let papers = samples::all().into_iter().chain(samples::unsigned());
    let mut counted = Vec::new();
    for (name, paper) in papers {
        let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
        std::fs::write(file.path(), heyi::documents::write(&paper).unwrap()).unwrap();
        let tree = tree(file.path());
        let places = |kind| {
            let lines = tree.iter().enumerate();
            let found = lines.filter(move |(_, (_, words))| is(kind, words));
            found.map(|(at, _)| at)
        };
        let headings: Vec<String> = places("H2")
            .map(|at| {
                let texts = inside(&tree, at)
                    .iter()
                    .map(|(_, text)| text.trim_matches('"'));
                texts.collect()
            })
            .collect();
        let read = run("qpdf", &["--json", "--json-key=outlines"], file.path(), &[]);
        let read: serde_json::Value = serde_json::from_slice(&read.stdout).unwrap();
        let marks = read["outlines"].as_array().unwrap().iter();
        let titles: Vec<_> = marks.map(|it| it["title"].as_str().unwrap()).collect();
        // Of two pages or less only where it is asked for.
        let pages = run("qpdf", &["--show-npages"], file.path(), &[]);
        let pages: usize = String::from_utf8(pages.stdout)
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        if paper.bookmarks || pages > 2 {
            assert_eq!(titles, headings, "{name}");
        } else {
            assert_eq!(titles, [""; 0], "{name}");
        }
        let rows: Vec<_> = places("TR").map(|at| inside(&tree, at)).collect();
        for row in &rows {
            let cells = row.iter().filter(|it| it.0 == row[0].0);
            let cells: Vec<_> = cells
                .map(|it| it.1.split([' ', ':']).next().unwrap())
                .collect();
            assert_eq!(cells, ["TH", "TD"], "{name}: {row:?}");
            assert_eq!(row[1].1, "/Scope /Row", "{name}: {row:?}");
        }
        counted.push((name, titles.len(), rows.len()));
    }
    for (paper, headings, rows) in [("agreement", 8, 2), ("dossier", 2, 1)] {
        let (_, found, tabled) = counted.iter().find(|it| it.0 == paper).unwrap();
        assert!(*found >= headings && *tabled >= rows, "{counted:?}");
    }
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
