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
        "300 70 9 2 re f",
        "300 70 m 310 70 l 310 72 l f",
    ] {
        assert_eq!(drawn(figure), [Code::Page], "{figure}");
    }
}

/// The first text of a page: its codes, and how it is set.
fn first_text(content: &[u8]) -> (String, String) {
    let start = pdf::find(content, b"BT\n").unwrap() + 3;
    let shown = start + pdf::find(&content[start..], b" Tj").unwrap();
    let open = pdf::find_last(&content[..shown], b"\n").unwrap() + 1;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&content[open..shown]), text(&content[start..open]))
}

/// The page with something more at its end, made of the codes of its first text and how they are set.
fn more(what: impl FnOnce(&str, &str) -> String) -> Vec<Code> {
    painted(|content| {
        let (codes, set) = first_text(content);
        [content, b"\n", what(&codes, &set).as_bytes()].concat()
    })
}

#[test]
fn text_that_is_said_to_be_decoration_is_refused_but_where_it_belongs() {
    let at = |y: i32| {
        more(|codes, set| {
            let moved = format!("/Artifact BMC\nBT\n{set}1 0 0 1 70 {y} Tm\n{codes} Tj\nET\nEMC\n");
            moved.replace("16 Tf", "9 Tf").replace("14 Tf", "9 Tf")
        })
    };
    for y in [400, 700, 100] {
        assert_eq!(at(y), [Code::Page], "{y}");
    }
    // Below the text, too, nothing else is said than which page of which paper it is.
    let said = more(|codes, set| {
        let twice = format!("{codes} Tj\n{codes} Tj\n");
        format!("/Artifact BMC\nBT\n{set}1 0 0 1 70 40 Tm\n{twice}ET\nEMC\n")
    });
    assert!(!said.is_empty());
    let other = more(|codes, set| {
        let instead = "/Span<</ActualText(1)>>BDC\n";
        format!("/Artifact BMC\n{instead}BT\n{set}1 0 0 1 90 400 Tm\n{codes} Tj\nET\nEMC\nEMC\n")
    });
    assert_eq!(other, [Code::Page]);
}

#[test]
fn clauses_that_change_places_for_the_eye_alone_are_refused() {
    // Two texts below each other, each drawn where the other belongs.
    let swapped = painted(|content| {
        let lines: Vec<(usize, usize)> = content
            .windows(4)
            .enumerate()
            .filter(|(_, it)| *it == b" Tm\n")
            .map(|(end, _)| (pdf::find_last(&content[..end], b"\n").unwrap() + 1, end))
            .collect();
        let (one, other) = (lines[3], lines[lines.len() - 4]);
        [
            &content[..one.0],
            &content[other.0..other.1],
            &content[one.1..other.0],
            &content[one.0..one.1],
            &content[other.1..],
        ]
        .concat()
    });
    assert_eq!(swapped, [Code::Page]);
}

#[test]
fn a_ground_that_hides_a_part_of_a_line_is_refused() {
    let hidden = painted(|content| {
        let place = pdf::find(content, b" Tm").unwrap();
        let line = pdf::find_last(&content[..place], b"\n").unwrap() + 1;
        let matrix = String::from_utf8(content[line..place].to_vec()).unwrap();
        let at: Vec<f32> = matrix.split(' ').map(|it| it.parse().unwrap()).collect();
        let patch = format!("{} {} 9 8 re f\n", at[4] + 12.0, at[5]);
        [
            content,
            b"\n/Artifact BMC\n1 g\n",
            patch.as_bytes(),
            b"EMC\n",
        ]
        .concat()
    });
    assert_eq!(hidden, [Code::HiddenText]);
}

#[test]
fn ink_that_others_see_otherwise_is_refused() {
    for ink in ["1 1 -9 rg", "0.0e0 g", "2 g", "-1 G"] {
        assert_eq!(
            painted(|content| [ink.as_bytes(), b"\n", content].concat()),
            [Code::Page],
            "{ink}"
        );
    }
    let pale = painted(|content| pdf::replace(content, b"BT\n", b"BT\n0.5 g\n"));
    assert!(
        matches!(pale[..], [Code::HiddenText | Code::Page]),
        "{pale:?}"
    );
}

/// The base with another font file.
fn with_font(change: impl FnOnce(&mut Vec<u8>)) -> Vec<Code> {
    let base = &PAPERS.base;
    let file = object_with(base, b"/Length1");
    let mut font = pdf::unpacked(base, file);
    change(&mut font);
    signed(&rewritten(base, file, &pdf::stream("", &font)))
}

#[test]
fn font_files_that_others_read_otherwise_are_refused() {
    let row = |font: &[u8], tag: &[u8]| {
        let rows = &font[12..12 + 16 * usize::from(font[5])];
        12 + 16
            * rows
                .chunks(16)
                .position(|row| row.starts_with(tag))
                .unwrap()
    };
    // Listed twice, out of order, and one of many.
    let twice = with_font(|font| {
        let (glyf, head) = (row(font, b"glyf"), row(font, b"head"));
        font.copy_within(glyf..glyf + 16, head);
    });
    assert_eq!(twice, [Code::Glyphs]);
    let turned = with_font(|font| {
        let (glyf, head) = (row(font, b"glyf"), row(font, b"head"));
        let one = font[glyf..glyf + 16].to_vec();
        font.copy_within(head..head + 16, glyf);
        font[head..head + 16].copy_from_slice(&one);
    });
    assert_eq!(turned, [Code::Glyphs]);
    assert_eq!(
        with_font(|font| font[..4].copy_from_slice(b"ttcf")),
        [Code::Glyphs]
    );
    // A number of glyphs beyond which others draw nothing.
    let fewer = with_font(|font| {
        let maxp = row(font, b"maxp");
        let at = usize::try_from(u32::from_be_bytes(
            font[maxp + 8..maxp + 12].try_into().unwrap(),
        ));
        font[at.unwrap() + 5] = 5;
    });
    assert_eq!(fewer, [Code::Glyphs]);
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
