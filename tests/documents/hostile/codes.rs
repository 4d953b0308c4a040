//! Papers whose square code leads to another paper, and whose colours or letters other programs take otherwise.

use std::fmt::Write as _;

use heyi::documents::papers::{OF_PAPERS, in_words};
use heyi::documents::samples::agreement;
use heyi::documents::verify::Code;
use heyi::documents::write;
use heyi::i18n::Texts;
use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};

use super::pdf::{self, body, object_with, rewritten};
use super::{PAPERS, by, check, refused};

/// As the samples have it.
fn address() -> String {
    agreement(2, true).verify_url
}

/// The address of another paper.
fn other() -> String {
    let address = address();
    let (host, _) = address.rsplit_once('/').unwrap();
    format!("{host}/{}", "f".repeat(32))
}

/// A square code in the corner, drawn module by module.
fn modules(text: &str) -> Vec<[f32; 4]> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    let rows = code.to_colors();
    let width = code.width();
    let side = |count: usize| f32::from(u16::try_from(count).unwrap());
    let step = 60.0 / side(width);
    let mut bars = Vec::new();
    for (row, line) in rows.chunks(width).enumerate() {
        let mut column = 0;
        for run in line.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let bottom = 761.89 + 60.0 - side(row + 1) * step;
                bars.push([
                    456.28 + side(column) * step,
                    bottom,
                    side(run.len()) * step,
                    step + 0.02,
                ]);
            }
            column += run.len();
        }
    }
    bars
}

fn drawn(bars: &[[f32; 4]]) -> String {
    bars.iter()
        .fold(String::new(), |mut out, [x, y, width, height]| {
            writeln!(out, "{x} {y} {width} {height} re").unwrap();
            out
        })
}

/// The base with what is drawn as its square code.
fn coded(what: &str) -> Vec<u8> {
    let base = &PAPERS.base;
    let page = object_with(base, b"/Type /Page\n");
    let content = pdf::reference(base, page, "/Contents ");
    let now = pdf::unpacked(base, content);
    let figure = pdf::find(&now, b"/Figure").unwrap();
    let start = figure + pdf::find(&now[figure..], b"BDC\n").unwrap() + 4;
    let end = start + pdf::find(&now[start..], b"EMC").unwrap();
    let now = [&now[..start], what.as_bytes(), b"\n", &now[end..]].concat();
    let paper = rewritten(base, content, &pdf::stream("", &now));
    by(&PAPERS.forger, &paper, "party-1")
}

#[test]
fn a_square_code_that_leads_to_another_paper_is_refused() {
    let own = drawn(&modules(&address()));
    assert_eq!(check(&coded(&(own + "f"))).problems, [], "drawn by hand");
    let elsewhere = address().replace("://", "://x");
    for text in [
        other(),
        elsewhere,
        address() + "#1",
        address() + "/",
        "1".to_owned(),
    ] {
        let code = drawn(&modules(&text)) + "f";
        assert_eq!(refused(&coded(&code)), [Code::SquareCode], "{text}");
    }
    assert_eq!(refused(&coded("")), [Code::SquareCode], "none");
}

#[test]
fn a_square_code_that_was_touched_up_is_refused() {
    let bars = modules(&address());
    let own = drawn(&bars);
    let [x, y, width, height] = bars[40];
    let [patch, line, moved] = [
        format!("{own}f 1 g {x} {y} {width} {height} re f 0 g"),
        format!("{own}f 0 G 1.4 w 430 {} m 560 {} l S", y + 0.7, y + 0.7),
        drawn(
            &bars
                .iter()
                .map(|[x, y, width, height]| [x - y / 90.0, *y, *width, *height])
                .collect::<Vec<_>>(),
        ) + "f",
    ];
    let mut fewer = bars.clone();
    fewer.remove(40);
    let mut more = bars.clone();
    more.push(bars[40]);
    let triangle = own.replacen(" re\n", " re\n440 800 m 441 801 l 441 800 l\n", 1);
    for (code, why) in [
        (patch, Code::SquareCode),
        (line, Code::SquareCode),
        (moved, Code::SquareCode),
        (drawn(&fewer) + "f", Code::SquareCode),
        (drawn(&more) + "f", Code::SquareCode),
        (triangle + "f", Code::Page),
    ] {
        assert_eq!(refused(&coded(&code)), [why], "{code}");
    }
}

#[test]
fn data_that_name_another_address_than_the_paper_are_refused() {
    let base = &PAPERS.base;
    let file = object_with(base, b"/Type /EmbeddedFile");
    let data = pdf::unpacked(base, file);
    let mut data: Value = serde_json::from_slice(&data).unwrap();
    assert_eq!(data["verify_url"], json!(address()));
    data["verify_url"] = json!(other());
    let data = heyi::documents::paper::canonical_json(&data);
    let paper = rewritten(base, file, &pdf::stream("/Type/EmbeddedFile", &data));
    assert_eq!(
        refused(&by(&PAPERS.forger, &paper, "party-1")),
        [Code::Data]
    );
}

/// The name of the host may change over the years, and many hosts issue papers.
#[test]
fn a_paper_that_was_issued_under_another_host_name_is_read_as_well() {
    let texts = Texts::load(None).unwrap();
    let mut content = agreement(2, true);
    content.verify_url = format!("http://192.0.2.7:8080/below/v/{}", "0".repeat(32));
    let paper = write(&in_words(&content, &texts, OF_PAPERS).unwrap()).unwrap();
    assert_eq!(check(&by(&PAPERS.forger, &paper, "party-1")).problems, []);
}

#[test]
fn colours_and_codes_that_other_programs_take_otherwise_are_refused() {
    let base = &PAPERS.base;
    let root = object_with(base, b"/Type /Catalog");
    let profile = pdf::reference(base, root, "/DestOutputProfile ");
    let bytes = pdf::unpacked(base, profile);
    let same = rewritten(base, profile, &pdf::stream("/N 3", &bytes));
    assert_eq!(check(&by(&PAPERS.forger, &same, "party-1")).problems, []);
    for at in [8, 20, 200, bytes.len() - 1] {
        let mut other = bytes.clone();
        other[at] ^= 1;
        let paper = rewritten(base, profile, &pdf::stream("/N 3", &other));
        assert_eq!(
            refused(&by(&PAPERS.forger, &paper, "party-1")),
            [Code::Page],
            "{at}"
        );
    }
    let font = object_with(base, b"/CIDSystemInfo");
    for (id, from, to) in [
        (profile, "/N 3", "/N 1"),
        (root, "/Info (sRGB)", "/Info (CMYK)"),
        (
            root,
            "/OutputConditionIdentifier (sRGB)",
            "/OutputConditionIdentifier (X)",
        ),
        (
            root,
            "/OutputIntents [",
            "/OutputIntents [<</Type/OutputIntent/S/GTS_PDFA1>>",
        ),
        (font, "/Ordering (Identity)", "/Ordering (GB1)"),
        (font, "/Registry (Adobe)", "/Registry (Other)"),
        (font, "/Supplement 0", "/Supplement 5"),
    ] {
        let now = pdf::replace(&body(base, id), from.as_bytes(), to.as_bytes());
        let paper = rewritten(base, id, &now);
        assert_eq!(
            refused(&by(&PAPERS.forger, &paper, "party-1")),
            [Code::Page],
            "{to}"
        );
    }
}
