//! Base revisions that are not made as ours are: places to sign filled beforehand, something over the pages, names written so that only
//! other readers know them, objects that a table takes away.

use heyi::documents::papers::{OF_PAPERS, in_words};
use heyi::documents::samples::agreement;
use heyi::documents::verify::Code;
use heyi::documents::write;
use heyi::i18n::Texts;

use super::pdf::{self, append_with, body, object_with, rewritten, size};
use super::{PAPERS, by, check, refused};

fn signed(base: &[u8]) -> Vec<Code> {
    refused(&by(&PAPERS.forger, base, "party-1"))
}

/// The base with something in an object replaced, signed.
fn with(id: usize, from: &str, to: &str) -> Vec<Code> {
    let base = &PAPERS.base;
    let now = pdf::replace(&body(base, id), from.as_bytes(), to.as_bytes());
    signed(&rewritten(base, id, &now))
}

#[test]
fn a_table_that_takes_objects_away_is_refused() {
    let papers = &*PAPERS;
    let page = object_with(&papers.base, b"/Type /Page\n");
    let content = pdf::reference(&papers.base, page, "/Contents ");
    // What a signature or the evidence would add, and beside it a row by which the page is empty to other readers.
    for paper in [&papers.once, &papers.all, &papers.evident] {
        let honest = append_with(paper, &[(size(paper), b"null".to_vec())], |trailer| trailer);
        let row = format!("xref\n{content} 1\n0000000000 00001 f\r\n");
        let at = pdf::table(&honest);
        let freed = [&honest[..at], row.as_bytes(), &honest[at + 5..]].concat();
        assert_eq!(refused(&freed), [Code::Table]);
    }
    let base = &papers.base;
    for odd in ["0000000000 00000 f\r\n", "0000000001 65535 f\r\n"] {
        let table = pdf::table(base);
        let at = table + pdf::find(&base[table..], b"0000000000 65535 f").unwrap();
        let changed = [&base[..at], odd.as_bytes(), &base[at + 20..]].concat();
        assert_eq!(refused(&changed), [Code::Table], "{odd}");
    }
}

#[test]
fn a_place_that_was_filled_before_anybody_signed_is_refused() {
    let field = pdf::field(&PAPERS.base, "party-2");
    for value in ["<</Type/Sig>>", "1 0 R", "null"] {
        assert_eq!(
            with(field, "/FT", &format!("/V {value} /FT")),
            [Code::Filled],
            "{value}"
        );
    }
}

#[test]
fn what_lies_over_a_page_is_refused() {
    let base = &PAPERS.base;
    let archive = pdf::field(base, "archive-timestamp");
    let rect = "/Rect [0 0 0 0]";
    assert_eq!(with(archive, rect, "/Rect [0 0 595 842]"), [Code::Overlay]);
    let look = pdf::reference(base, archive, "/N ");
    let painted = pdf::stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<>>",
        b"1 g 0 0 595 842 re f",
    );
    assert_eq!(signed(&rewritten(base, look, &painted)), [Code::Overlay]);
    let field = pdf::field(base, "party-2");
    let now = String::from_utf8(body(base, field)).unwrap();
    let start = now.find("/Rect [").unwrap();
    let rect = &now[start..=start + now[start..].find(']').unwrap()];
    for there in [
        "[0 0 595 842]",
        "[79 600 285 700]",
        "[-9 -9 9 9]",
        "[9 9 0 0]",
    ] {
        let moved = with(field, rect, &format!("/Rect {there}"));
        assert_eq!(moved, [Code::Overlay], "{there}");
    }
    for more in ["/MK<</BG[1]>>", "/BS<</W 9>>", "/Border[0 0 9]"] {
        assert_eq!(
            with(field, "/FT", &format!("{more}/FT")),
            [Code::Overlay],
            "{more}"
        );
    }
    let tree = object_with(base, b"/Type /Pages");
    for more in ["/CropBox[0 0 300 300]", "/Rotate 90", "/Resources<<>>"] {
        assert_eq!(
            with(tree, "/Count", &format!("{more}/Count")),
            [Code::Page],
            "{more}"
        );
    }
    let page = object_with(base, b"/Type /Page\n");
    assert_eq!(with(page, "595.28", "300.00"), [Code::Page]);
}

#[test]
fn names_that_only_other_readers_know_are_refused() {
    let field = pdf::field(&PAPERS.base, "party-1");
    let item = object_with(&PAPERS.base, b"/Dest [");
    for id in [field, item] {
        for acts in [
            "/A<</S/Java#53cript/J#53(1)>>",
            "/A#41<</O<</S/Launch>>>>",
            "/#41<</S/Named/N/Print>>",
            "/A<</S/Named/N/Print>>",
            "/A<</S/ResetForm>>",
            "/A<</S/GoTo/D[1 0 R/Fit]>>",
        ] {
            let from = if id == field { "/FT" } else { "/Dest" };
            assert_eq!(
                with(id, from, &format!("{acts}{from}")),
                [Code::Active],
                "{acts}"
            );
        }
    }
}

#[test]
fn what_is_heard_instead_of_a_page_and_what_nothing_leads_to_is_refused() {
    let base = &PAPERS.base;
    let element = object_with(base, b"/S /P\n");
    for more in ["/ActualText(5,000)", "/Alt(5,000)", "/E(5,000)"] {
        assert_eq!(
            with(element, "/S /P", &format!("{more}/S /P")),
            [Code::Page],
            "{more}"
        );
    }
    let figure = object_with(base, b"/S /Figure");
    let heard = with(figure, "/Alt <FEFF", "/Alt <FEFF4E0D");
    assert_eq!(heard, [Code::Page]);
    let font = object_with(base, b"/CIDToGIDMap");
    assert_eq!(
        with(font, "/CIDToGIDMap /Identity", "/CIDToGIDMap /Identitx"),
        [Code::Page]
    );
    let root = object_with(base, b"/Type /Catalog");
    let unnamed = with(root, "/AF [", "/A1 [");
    assert_eq!(unnamed, [Code::Active]);
}

#[test]
fn files_that_are_listed_in_another_way_than_ours_are_refused() {
    let base = &PAPERS.base;
    let root = object_with(base, b"/Type /Catalog");
    let now = String::from_utf8(body(base, root)).unwrap();
    let start = now.find("/Names [").unwrap();
    let list = now[start..=start + now[start..].find(']').unwrap()].to_owned();
    assert_eq!(
        with(root, &list, &format!("/Kids [<<{list}>>]")),
        [Code::Page]
    );
    assert_eq!(with(root, &list, "/Names []"), [Code::Data]);
    let spec = object_with(base, b"/Type /Filespec");
    let nothing = with(root, &format!("/AF [{spec} 0 R]"), "/AF []");
    assert_eq!(nothing, [Code::Data]);
}

#[test]
fn the_writer_leaves_no_number_unused() {
    for (name, paper) in super::samples::all() {
        let mut paper = paper;
        paper.bookmarks = true;
        paper.blocks.truncate(1);
        let report = check(&heyi::documents::write(&paper).unwrap());
        let codes: Vec<_> = report.problems.iter().map(|it| it.code).collect();
        assert!(
            !codes.contains(&Code::Table) && !codes.contains(&Code::Page),
            "{name} {codes:?}"
        );
    }
}

#[test]
fn what_is_heard_in_another_order_than_it_stands_is_refused() {
    let base = &PAPERS.base;
    let document = object_with(base, b"/S /Document");
    let now = body(base, document);
    let text = String::from_utf8(now).unwrap();
    let start = text.find("/K [").unwrap() + 4;
    let end = start + text[start..].find(']').unwrap();
    let mut kids: Vec<&str> = text[start..end]
        .split_inclusive(" R")
        .map(str::trim)
        .collect();
    kids.swap(2, 4);
    let kids = kids.join(" ");
    let other = [&text[..start], &kids, &text[end..]].concat();
    assert_eq!(
        signed(&rewritten(base, document, other.as_bytes())),
        [Code::Page]
    );
}

#[test]
fn a_bookmark_that_says_what_no_page_says_is_refused() {
    let base = &PAPERS.base;
    let item = object_with(base, b"/Dest [");
    let text = body(base, item);
    let start = pdf::find(&text, b"/Title ").unwrap();
    let end = start + pdf::find(&text[start..], b"\n").unwrap();
    let other = [&text[..start], b"/Title (void)", &text[end..]].concat();
    assert_eq!(signed(&rewritten(base, item, &other)), [Code::Page]);
}

#[test]
fn a_paper_without_its_data_is_refused() {
    let texts = Texts::load(None).unwrap();
    let mut paper = in_words(&agreement(2, true), &texts, OF_PAPERS).unwrap();
    paper.attachments.clear();
    assert_eq!(signed(&write(&paper).unwrap()), [Code::Data]);
}

#[test]
fn a_paper_with_the_data_of_another_kind_is_refused() {
    let texts = Texts::load(None).unwrap();
    for name in ["dossier.json", "letter.json", "slip.json", "other.json"] {
        let mut paper = in_words(&agreement(2, true), &texts, OF_PAPERS).unwrap();
        let [data] = paper.attachments.as_mut_slice() else {
            panic!("the data alone");
        };
        name.clone_into(&mut data.name);
        data.bytes = b"{}".to_vec();
        assert_eq!(signed(&write(&paper).unwrap()), [Code::Data], "{name}");
    }
}
