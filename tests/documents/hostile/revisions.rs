//! Changes after signing: in the bytes, by another revision, by cutting, by what is added at the end.

use heyi::documents::verify::{Code, Verdict};

use super::pdf::{self, Written, append, append_with, body, object_with, size};
use super::{PAPERS, check, closed, lists, refused};

#[test]
fn a_flipped_byte_is_refused_wherever_it_is() {
    let papers = &*PAPERS;
    let flipped = |at: usize| {
        let mut paper = papers.all.clone();
        paper[at] ^= 1;
        refused(&paper)
    };
    let font = pdf::object_with(&papers.all, b"/Length1");
    let inside = pdf::find(&papers.all, format!("\n{font} 0 obj").as_bytes()).unwrap() + 500;
    assert!(flipped(inside).contains(&Code::Digest));
    assert!(flipped(0).contains(&Code::NotAPaper));
    assert_eq!(flipped(papers.all.len() - 2), [Code::End]);
    assert_eq!(flipped(pdf::table(&papers.all)), [Code::Table]);
    let inside = pdf::contents(&papers.all).start + 1_500;
    let codes = flipped(inside);
    let signature = [
        Code::Cms,
        Code::Contents,
        Code::Forged,
        Code::Binding,
        Code::Untrusted,
        Code::Stamp,
    ];
    assert!(
        codes.iter().any(|code| signature.contains(code)),
        "{codes:?}"
    );
}

#[test]
fn other_content_in_a_later_revision_is_refused() {
    let papers = &*PAPERS;
    let page = object_with(&papers.base, b"/Type /Page\n");
    let content = pdf::reference(&papers.base, page, "/Contents ");
    let blank = pdf::stream("", b"");
    assert_eq!(
        refused(&append(&papers.all, &[(content, blank)])),
        [Code::Overwritten]
    );
}

#[test]
fn an_overlay_is_refused() {
    let papers = &*PAPERS;
    let page = object_with(&papers.base, b"/Type /Page\n");
    let new = size(&papers.all);
    let note =
        b"<</Type/Annot/Subtype/FreeText/Rect[0 0 500 800]/Contents(0)/DA(/F0 9 Tf)>>".to_vec();
    let shown = pdf::replace(
        &body(&papers.base, page),
        b"/Annots [",
        format!("/Annots [{new} 0 R ").as_bytes(),
    );
    let annotated = append(&papers.all, &[(new, note.clone()), (page, shown)]);
    assert_eq!(refused(&annotated), [Code::Overwritten]);
    assert_eq!(
        refused(&append(&papers.all, &[(new, note)])),
        [Code::Additions]
    );
    let over = pdf::stream("", b"1 g 0 0 600 900 re f");
    let contents = pdf::reference(&papers.base, page, "/Contents ");
    let both = format!("/Contents [{contents} 0 R {new} 0 R]");
    let one = format!("/Contents {contents} 0 R");
    let page_now = pdf::replace(&body(&papers.base, page), one.as_bytes(), both.as_bytes());
    let covered = append(&papers.all, &[(new, over), (page, page_now)]);
    assert_eq!(refused(&covered), [Code::Overwritten]);
}

#[test]
fn text_that_copies_out_differently_is_refused() {
    let papers = &*PAPERS;
    let font = object_with(&papers.base, b"/Subtype /Type0");
    let table = pdf::reference(&papers.base, font, "/ToUnicode ");
    let says = pdf::unpacked(&papers.base, table);
    let lies = pdf::replace(&says, b"<0031>", b"<0039>");
    let changed = append(&papers.all, &[(table, pdf::stream("", &lies))]);
    assert_eq!(refused(&changed), [Code::Overwritten]);
}

#[test]
fn another_root_is_refused() {
    let papers = &*PAPERS;
    let new = size(&papers.all);
    let root = object_with(&papers.base, b"/Type /Catalog");
    let copy = body(&papers.base, root);
    let trailer = append(&papers.all, &[(new, copy.clone())]);
    assert_eq!(refused(&trailer), [Code::Additions]);
    let from = format!("/Root {root} 0 R");
    let at = pdf::find_last(&trailer, from.as_bytes()).unwrap();
    let to = format!("/Root {new} 0 R");
    let swapped = [&trailer[..at], to.as_bytes(), &trailer[at + from.len()..]].concat();
    assert_eq!(refused(&swapped), [Code::Root]);
    assert_eq!(
        refused(&append(&papers.all, &[(root, copy)])),
        [Code::Overwritten]
    );
}

#[test]
fn a_signature_from_another_paper_is_refused() {
    let papers = &*PAPERS;
    let taken = papers.once[pdf::contents(&papers.once)].to_vec();
    let mut reused = papers.all.clone();
    let place = pdf::contents(&reused);
    reused[place].copy_from_slice(&taken);
    assert_eq!(refused(&reused), [Code::Digest]);
}

#[test]
fn another_look_of_a_signature_is_refused() {
    let papers = &*PAPERS;
    let field = pdf::field(&papers.base, "party-1");
    let now = body(&papers.once, field);
    let look = pdf::reference(&papers.once, field, "/AP<</N ");
    let drawn = pdf::stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>",
        b"0 0 9 9 re f",
    );
    let new = size(&papers.once);
    let pointed = pdf::replace(
        &now,
        format!("/N {look} ").as_bytes(),
        format!("/N {new} ").as_bytes(),
    );
    let swapped = append(&papers.once, &[(new, drawn.clone()), (field, pointed)]);
    assert_eq!(refused(&swapped), [Code::FieldChanged]);
    assert_eq!(
        refused(&append(&papers.once, &[(look, drawn)])),
        [Code::Overwritten]
    );
}

#[test]
fn nothing_may_stand_after_the_end_or_between_revisions() {
    let papers = &*PAPERS;
    let late = pdf::object(size(&papers.all), b"<</Type/Annot>>");
    for tail in [&b"\n"[..], b"%%EOF\n", b"\0", &late] {
        assert_eq!(refused(&[&papers.all, tail].concat()), [Code::End]);
    }
    let between = [&papers.once, &b"% nothing\n"[..]].concat();
    let again = append(&between, &[(size(&papers.once), b"null".to_vec())]);
    assert_eq!(refused(&again), [Code::Gap]);
}

#[test]
fn a_file_that_was_cut_is_refused_unless_it_is_an_earlier_paper() {
    let papers = &*PAPERS;
    assert_eq!(refused(&papers.all[..papers.all.len() - 1]), [Code::End]);
    for length in (0..papers.all.len()).step_by(997) {
        let report = check(&papers.all[..length]);
        assert!(!report.whole || length == papers.once.len(), "{length}");
    }
    // An earlier paper is whole by itself and says who has yet to sign; only the platform's record knows of more.
    let report = check(&papers.all[..papers.once.len()]);
    assert!(!report.accepted);
    assert_eq!(report.verdict(), Verdict::Waiting);
    assert_eq!(report.unsigned, ["party-2", "mediator-1", "seal"]);
    // With what closes it everything is gone that tells of certificates taken back.
    assert_eq!(
        refused(&papers.archived[..papers.all.len()]),
        [Code::Unclosed]
    );
    let cut = check(&papers.all);
    assert_eq!(cut.verdict(), Verdict::Doubtful);
    let texts = heyi::i18n::Texts::load(None).unwrap();
    for (locale, words) in [
        (heyi::i18n::Locale::ZhCn, "末尾的封存部分不在"),
        (
            heyi::i18n::Locale::En,
            "what seals the file at its end is missing",
        ),
    ] {
        let told = heyi::documents::verify::describe(&cut, &texts, locale);
        assert!(told[0].contains(words), "{told:?}");
    }
    assert_eq!(
        refused(&papers.archived[..papers.evident.len()]),
        [Code::Additions]
    );
}

#[test]
fn the_evidence_cannot_be_left_out_emptied_or_swapped() {
    let papers = &*PAPERS;
    let roots = papers.forger.certificates();
    assert_eq!(
        refused(&closed(&papers.forger, &papers.all)),
        [Code::Additions]
    );
    let with = |certificates: &[Vec<u8>], lists: &[Vec<u8>]| {
        let evident = pdf::evidence(&papers.all, certificates, lists);
        refused(&closed(&papers.forger, &evident))
    };
    let honest = lists(&papers.forger);
    assert_eq!(with(&roots, &[]), [Code::Evidence]);
    assert_eq!(with(&roots, &honest[..1]), [Code::Evidence]);
    for certificates in [&[][..], &roots[..1], &roots[1..]] {
        assert_eq!(with(certificates, &honest), [Code::Evidence]);
    }
    let other = super::Forger::new("other");
    assert_eq!(with(&roots, &lists(&other)), [Code::Evidence]);
    assert_eq!(with(&other.certificates(), &honest), [Code::Untrusted]);
    let mut broken = honest.clone();
    let last = broken[0].len() - 1;
    broken[0][last] ^= 1;
    assert_eq!(with(&roots, &broken), [Code::Evidence]);
    let root = object_with(&papers.base, b"/Type /Catalog");
    let other = pdf::replace(&body(&papers.evident, root), b"/DSS ", b"/DSS 1");
    let again = closed(&papers.forger, &append(&papers.evident, &[(root, other)]));
    assert!(refused(&again).contains(&Code::Overwritten));
}

#[test]
fn a_field_is_signed_once_and_moved_never() {
    let papers = &*PAPERS;
    let field = pdf::field(&papers.base, "party-2");
    let moved = pdf::replace(&body(&papers.once, field), b"/F 132", b"/F 2");
    assert_eq!(
        refused(&append(&papers.once, &[(field, moved)])),
        [Code::FieldChanged]
    );
    let twice = pdf::signed(&papers.once, "party-2", &Written::default(), |digest| {
        let signer = papers.forger.holder("party-2");
        signer.sign(digest, Some(&papers.forger.now()))
    });
    let field = pdf::field(&papers.base, "party-2");
    let again = append(&twice, &[(field, body(&twice, field))]);
    assert_eq!(refused(&again), [Code::FieldChanged]);
}

#[test]
fn tables_that_lead_in_circles_or_elsewhere_are_refused() {
    let papers = &*PAPERS;
    let new = size(&papers.once);
    let object = [(new, b"null".to_vec())];
    let start = pdf::table(&append(&papers.once, &object));
    let back = format!("/Prev {}", pdf::table(&papers.once));
    for prev in [start, start - 1, 0, 9_999_999_999] {
        let looped = append_with(&papers.once, &object, |trailer| {
            trailer.replace(&back, &format!("/Prev {prev}"))
        });
        assert_eq!(refused(&looped), [Code::Table], "{prev}");
    }
    let streamed = append_with(&papers.once, &object, |trailer| trailer + "/XRefStm 9");
    assert_eq!(refused(&streamed), [Code::Table]);
    let first = pdf::replace(
        &append(&papers.once, &object),
        format!("{new} 1\n").as_bytes(),
        b"4294967295 1\n",
    );
    assert_eq!(refused(&first), [Code::Table]);
}
