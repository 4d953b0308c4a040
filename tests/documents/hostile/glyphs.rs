//! Papers on which something else is seen than is read: false letters, false places, lines and shapes that make figures.

use heyi::documents::verify::Code;

use super::pdf::{self, object_with, rewritten};
use super::{PAPERS, by, refused};

fn signed(base: &[u8]) -> Vec<Code> {
    refused(&by(&PAPERS.forger, base, "party-1"))
}

/// The first page with another content.
fn painted(change: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<Code> {
    let base = &PAPERS.base;
    let page = object_with(base, b"/Type /Page\n");
    let content = pdf::reference(base, page, "/Contents ");
    let now = change(&pdf::unpacked(base, content));
    signed(&rewritten(base, content, &pdf::stream("", &now)))
}

/// The first text of the page with something around it.
fn around(before: &str, after: &str) -> Vec<Code> {
    painted(|content| {
        let shown = pdf::find(content, b" Tj").unwrap();
        let open = pdf::find_last(&content[..shown], b"\n").unwrap() + 1;
        [
            &content[..open],
            before.as_bytes(),
            &content[open..shown + 4],
            after.as_bytes(),
            &content[shown + 4..],
        ]
        .concat()
    })
}

#[test]
fn another_text_that_is_read_in_the_stead_of_what_is_drawn_is_refused() {
    for text in ["5,000", ""] {
        let span = format!("/Span<</ActualText({text})>>BDC\n");
        assert_eq!(around(&span, "EMC\n"), [Code::Glyphs], "{text}");
    }
    // What others read in their own ways, we take for nothing.
    for about in [
        "/ActualText(\u{FE}\u{FF})",
        "/ActualText/5,000",
        "/Alt(5,000)",
        "/E(5,000)",
        "/Lang(\u{FE}en)",
    ] {
        let span = format!("/Span<<{about}>>BDC\n");
        assert_eq!(around(&span, "EMC\n"), [Code::Page], "{about}");
    }
}

#[test]
fn letters_that_mean_something_else_than_they_look_like_are_refused() {
    let base = &PAPERS.base;
    let font = object_with(base, b"/Subtype /Type0");
    let table = pdf::reference(base, font, "/ToUnicode ");
    let says = pdf::unpacked(base, table);
    let swapped = pdf::replace(&says, b"<0031>", b"<FFFF>");
    let swapped = pdf::replace(&swapped, b"<0032>", b"<0031>");
    let swapped = pdf::replace(&swapped, b"<FFFF>", b"<0032>");
    let lies = rewritten(base, table, &pdf::stream("", &swapped));
    assert_eq!(signed(&lies), [Code::Glyphs]);
}

#[test]
fn letters_drawn_in_another_way_are_refused() {
    let base = &PAPERS.base;
    let file = object_with(base, b"/Length1");
    let font = pdf::unpacked(base, file);
    let glyf = font.windows(4).position(|it| it == b"glyf").unwrap();
    let number = |at: usize| {
        let bytes = font[at..at + 4].try_into().unwrap();
        usize::try_from(u32::from_be_bytes(bytes)).unwrap()
    };
    let (start, length) = (number(glyf + 8), number(glyf + 12));
    // The first is the glyph of what no text means.
    for at in [start + 600, start + length / 2, start + length - 40] {
        let mut other = font.clone();
        other[at..at + 24].reverse();
        let drawn = rewritten(base, file, &pdf::stream("", &other));
        assert_eq!(signed(&drawn), [Code::Glyphs], "{at}");
    }
    for broken in [&b""[..], b"OTTO", &font[..200]] {
        let drawn = rewritten(base, file, &pdf::stream("", broken));
        assert_eq!(signed(&drawn), [Code::Glyphs]);
    }
}

#[test]
fn letters_that_stand_in_another_order_than_they_are_read_are_refused() {
    assert_eq!(around("-30 Tc\n", ""), [Code::Page]);
    let again = painted(|content| {
        let shown = pdf::find(content, b" Tj").unwrap();
        let open = pdf::find_last(&content[..shown], b"\n").unwrap() + 1;
        let text = &content[open..shown + 4];
        [
            &content[..shown + 4],
            b"1 0 0 1 80 780 Tm\n",
            text,
            b"1 0 0 1 80 805 Tm\n",
            text,
            &content[shown + 4..],
        ]
        .concat()
    });
    assert!(
        matches!(again[..], [Code::Page | Code::HiddenText]),
        "{again:?}"
    );
}

#[test]
fn figures_made_of_lines_or_shapes_and_texts_struck_out_are_refused() {
    let drawn = |what: &str| {
        painted(|content| {
            [
                content,
                b"\n/Artifact BMC\n0 g 0 G 1 w\n",
                what.as_bytes(),
                b"\nEMC\n",
            ]
            .concat()
        })
    };
    for figure in [
        "100 100 m 100 110 l S",
        "100 100 m 120 100 l S",
        "100 100 m 300 120 l S",
        "100 100 m 300 100 l 300 120 l S",
        "100 100 9 2 re f",
        "100 100 m 110 100 l 110 102 l f",
    ] {
        assert_eq!(drawn(figure), [Code::Page], "{figure}");
    }
}

#[test]
fn text_that_is_said_to_be_decoration_is_refused_within_the_page() {
    let added = painted(|content| {
        let start = pdf::find(content, b"BT\n").unwrap();
        let end = pdf::find(content, b"ET\n").unwrap() + 3;
        [
            content,
            b"\n/Artifact BMC\n",
            &content[start..end],
            b"EMC\n",
        ]
        .concat()
    });
    assert_eq!(added, [Code::Page]);
}

#[test]
fn a_text_that_is_struck_out_is_refused() {
    let struck = painted(|content| {
        let place = pdf::find(content, b" Tm").unwrap();
        let line = pdf::find_last(&content[..place], b"\n").unwrap() + 1;
        let matrix = String::from_utf8(content[line..place].to_vec()).unwrap();
        let y: f32 = matrix.rsplit(' ').next().unwrap().parse().unwrap();
        let y = y + 4.0;
        let line = format!("\n/Artifact BMC\n0 G 1 w\n20 {y} m 580 {y} l S\nEMC\n");
        [content, line.as_bytes()].concat()
    });
    assert_eq!(struck, [Code::HiddenText]);
}
