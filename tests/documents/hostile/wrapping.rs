//! Universal signature forgery and signature wrapping: signatures that cover nothing, or something else than they seem to.

use heyi::documents::verify::Code;

use super::pdf::{self, Written, append};
use super::{PAPERS, refused};

fn forged(written: &Written<'_>) -> Vec<Code> {
    let papers = &*PAPERS;
    let forged = pdf::signed(&papers.once, "party-2", written, |digest| {
        let signer = papers.forger.holder("party-2");
        signer.sign(digest, Some(&papers.forger.now()))
    });
    refused(&forged)
}

#[test]
fn a_signature_without_content_is_refused() {
    let zeros = format!("/Contents<{}>", "0".repeat(12_000));
    for contents in [
        "",
        "/Contents<>",
        "/Contents<00>",
        "/Contents null",
        "/Contents()",
        "/Contents[]",
        &zeros,
    ] {
        let written = Written {
            contents: Some(contents),
            range: Some("/ByteRange[0 1 2 3]"),
            ..Written::default()
        };
        let codes = forged(&written);
        assert!(
            matches!(codes.as_slice(), [Code::Contents | Code::ByteRange]),
            "{contents} {codes:?}"
        );
    }
}

#[test]
fn an_empty_place_of_a_signature_is_refused_even_where_the_range_fits() {
    let papers = &*PAPERS;
    let mut empty = papers.all.clone();
    let place = pdf::contents(&empty);
    empty[place.start + 1..place.end - 1].fill(b'0');
    assert_eq!(refused(&empty), [Code::Contents]);
    let mut upper = papers.all.clone();
    upper[pdf::contents(&papers.all)].make_ascii_uppercase();
    assert_eq!(refused(&upper), [Code::Contents]);
    let mut padded = papers.all.clone();
    padded[place.end - 2] = b'1';
    assert_eq!(refused(&padded), [Code::Contents]);
}

#[test]
fn a_byte_range_that_is_missing_or_covers_less_is_refused() {
    for range in [
        "",
        "/ByteRange null",
        "/ByteRange[]",
        "/ByteRange[0 0 0 0]",
        "/ByteRange[0 -1 -1 -1]",
        "/ByteRange[0 99999999999 99999999999 1]",
        "/ByteRange[9223372036854775807 9223372036854775807 9223372036854775807 9223372036854775807]",
        "/ByteRange[0 1000]",
        "/ByteRange[0 1000 2000 3000 4000 5000]",
        "/ByteRange 1 0 R",
        "/ByteRange[0 1 0 R 0 0]",
        "/ByteRange(0 1 2 3)",
    ] {
        let written = Written {
            range: Some(range),
            ..Written::default()
        };
        assert_eq!(forged(&written), [Code::ByteRange], "{range}");
    }
}

#[test]
fn a_byte_range_that_leaves_more_out_than_the_signature_is_refused() {
    let papers = &*PAPERS;
    let place = pdf::contents(&papers.all);
    let tail = papers.all.len() - place.end;
    let honest = format!("[0 {} {} {tail}", place.start, place.end);
    let held = honest.len();
    for (start, end, tail) in [
        (place.start - 1, place.end, tail),
        (place.start, place.end + 1, tail - 1),
        (place.start, place.end, tail - 1),
        (place.start, place.end, tail + 1),
    ] {
        let range = format!("{:<held$}", format!("[0 {start} {end} {tail}"));
        let changed = pdf::replace(&papers.all, honest.as_bytes(), range.as_bytes());
        assert_eq!(refused(&changed), [Code::ByteRange]);
    }
}

#[test]
fn keys_beside_those_of_a_signature_and_keys_given_twice_are_refused() {
    for more in ["/Reference[]", "/ByteRange2[0 0 0 0]", "/Prop_Build<<>>"] {
        let written = Written {
            more,
            ..Written::default()
        };
        assert_eq!(forged(&written), [Code::Additions], "{more}");
    }
    let twice = Written {
        more: "/ByteRange[0 0 0 0]",
        ..Written::default()
    };
    assert_eq!(forged(&twice), [Code::Object]);
}

/// What was signed is kept, but moved to the end; between its parts stands what a reader would show.
#[test]
fn a_wrapped_signature_is_refused() {
    let papers = &*PAPERS;
    let signed = &papers.once;
    let place = pdf::contents(signed);
    let (before, after) = (&signed[..place.start], &signed[place.end..]);
    let root = pdf::object_with(&papers.base, b"/Type /Catalog");
    let shown = append(signed, &[(root, b"<</Type/Catalog/Pages 2 0 R>>".to_vec())]);
    let wrapped = [before, &shown[place.start..], after].concat();
    let codes = refused(&wrapped);
    assert!(matches!(codes.as_slice(), [Code::Gap]), "{codes:?}");
    let range = format!("[0 {} {} {}", place.start, place.end, after.len());
    let moved = format!(
        "[0 {} {} {}",
        place.start,
        wrapped.len() - after.len(),
        after.len()
    );
    let at = pdf::find(&wrapped, range.as_bytes()).unwrap();
    let mut pointed = wrapped.clone();
    pointed[at..at + moved.len()].copy_from_slice(moved.as_bytes());
    assert_eq!(refused(&pointed), [Code::Gap]);
}
