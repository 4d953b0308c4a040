//! Files made to wear the verifier out: each is answered soon, with a reason, and without much memory.

use std::io::Write as _;
use std::process::Command;

use heyi::documents::verify::Code;

use super::pdf::{self, append, append_with, body, object_with, packed, rewritten, size};
use super::{PAPERS, by, check, refused};

/// What the verifier may do for any file, in its steps, which it counts.
pub(super) const MOST_WORK: usize = 250_000_000;
/// What it does for an honest paper, and half as much again.
pub(super) const LITTLE: usize = 1_300_000;
/// Almost the largest file that is looked at.
const LARGE: usize = 19 << 20;

/// What is wrong with a paper that costs the verifier no more than an honest one.
pub(super) fn soon(paper: &[u8]) -> Vec<Code> {
    within(paper, LITTLE)
}

pub(super) fn within(paper: &[u8], most: usize) -> Vec<Code> {
    let report = check(paper);
    assert!(report.work <= most, "{} steps", report.work);
    refused(paper)
}

fn with_object(value: &[u8]) -> Vec<Code> {
    let papers = &*PAPERS;
    soon(&append(
        &papers.once,
        &[(size(&papers.once), value.to_vec())],
    ))
}

#[test]
fn a_file_above_the_limit_is_not_read() {
    let papers = &*PAPERS;
    let mut large = papers.once.clone();
    large.resize((20 << 20) + 1, b' ');
    assert_eq!(refused(&large), [Code::TooLarge]);
}

#[test]
fn deep_long_and_unclosed_values_end_soon() {
    for value in [
        b"[".repeat(LARGE),
        b"<</A".repeat(LARGE / 4),
        [&b"["[..], &b"0 ".repeat(LARGE / 2), b"]"].concat(),
        [
            &b"<<"[..],
            &(0..LARGE / 12)
                .map(|key| format!("/K{key} 0"))
                .collect::<Vec<_>>()
                .concat()
                .into_bytes(),
            b">>",
        ]
        .concat(),
        [&b"("[..], &vec![b'a'; LARGE]].concat(),
        [&b"<"[..], &vec![b'0'; LARGE]].concat(),
        vec![b' '; LARGE],
        vec![b'9'; LARGE],
    ] {
        assert!(matches!(
            with_object(&value)[..],
            [Code::Object | Code::Overwritten]
        ));
    }
    // A long text of one piece is no danger; it is still more than a signature. No name is long.
    let long = vec![b'a'; LARGE];
    let text = with_object(&[&b"("[..], &long, b")"].concat());
    assert_eq!(text, [Code::Additions]);
    assert_eq!(with_object(&[&b"/"[..], &long].concat()), [Code::Object]);
}

#[test]
fn more_objects_or_revisions_than_any_paper_has_end_soon() {
    let papers = &*PAPERS;
    let many: Vec<_> = (size(&papers.once)..)
        .take(150_000)
        .map(|id| (id, b"0".to_vec()))
        .collect();
    assert_eq!(soon(&append(&papers.once, &many)), [Code::Table]);
    let object = [(size(&papers.once), b"null".to_vec())];
    let one = append(&papers.once, &object);
    let row = format!("{} 1\n", size(&papers.once));
    let counted = pdf::replace(&one, row.as_bytes(), b"1 9999999999\n");
    assert_eq!(soon(&counted), [Code::Table]);
    let mut long = papers.once.clone();
    for _ in 0..80 {
        long = append(&long, &[(size(&long), b"null".to_vec())]);
    }
    assert_eq!(soon(&long), [Code::Table]);
}

#[test]
fn many_revisions_that_each_rewrite_a_large_object_end_soon() {
    let papers = &*PAPERS;
    let field = pdf::field(&papers.base, "party-2");
    let plain = body(&papers.base, field);
    let large = [&b"/Large["[..], &b"0 ".repeat(8_000), b"]/AP"].concat();
    let large = pdf::replace(&plain, b"/AP", &large);
    let mut long = papers.once.clone();
    for _ in 0..60 {
        long = append(&long, &[(field, large.clone())]);
    }
    assert_eq!(soon(&long), [Code::FieldChanged]);
}

/// What the verifier may take to read any file, as the system counts it: kilobytes of memory, and seconds of a processor; with all checks
/// of a build for tests.
const MEMORY: u32 = 160_000;
const SECONDS: u32 = 10;

/// The exit code of `heyi verify`, to which the system gives no more than that; none where it was stopped.
pub(super) fn within_bounds(paper: &[u8]) -> Option<i32> {
    with_beside(paper, &[])
}

/// The same with files beside it, each behind its option.
fn with_beside(paper: &[u8], beside: &[(&str, &[u8])]) -> Option<i32> {
    let kept = |bytes: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    };
    let limited = format!("ulimit -d {MEMORY}; ulimit -t {SECONDS}; exec \"$0\" verify \"$@\"");
    let heyi = env!("CARGO_BIN_EXE_heyi");
    let file = kept(paper);
    let mut shell = Command::new("sh");
    shell.args(["-c", &limited, heyi]).arg(file.path());
    let beside: Vec<_> = beside
        .iter()
        .map(|(option, bytes)| (option, kept(bytes)))
        .collect();
    for (option, file) in &beside {
        shell.arg(option).arg(file.path());
    }
    shell.output().unwrap().status.code()
}

#[test]
fn no_file_takes_much_memory() {
    let papers = &*PAPERS;
    let lists = |bytes: usize| format!("[{}]", "[0]".repeat(bytes / 3));
    let whole = lists(LARGE - (1 << 20)).into_bytes();
    let one = append(&papers.once, &[(size(&papers.once), whole)]);
    // Each part of a file may be large; all of them together may not.
    let part = format!("/ID [{}", lists(1_400_000));
    let base = pdf::replace(&papers.base, b"/ID [", part.as_bytes());
    let many = (0..12).fold(base, |paper, _| {
        append(&paper, &[(size(&paper), b"null".to_vec())])
    });
    for paper in [many, one] {
        assert!(paper.len() < 20 << 20, "{}", paper.len());
        assert_eq!(within_bounds(&paper), Some(2));
    }
    // Nor does what the platform is said to tell of it, of which the program reads no more than it needs.
    for bytes in [LARGE, (1 << 20) - 100] {
        let record = format!("{{\"record\":{},\"signature\":\"\"}}", deep(bytes));
        let proof = format!("{{\"schema\":{}}}", deep(bytes));
        for (option, told) in [("--record", record), ("--inclusion", proof)] {
            let beside = [(option, told.as_bytes())];
            let code = with_beside(&papers.archived, &beside);
            assert!(matches!(code, Some(1 | 2)), "{option} of {bytes}: {code:?}");
        }
    }
}

/// JSON of so many bytes that takes as much memory as any.
fn deep(bytes: usize) -> String {
    format!("[{}[]]", "[{}],".repeat(bytes / 5))
}

#[test]
fn operators_that_paint_nothing_are_counted() {
    let papers = &*PAPERS;
    let base = &papers.base;
    let page = object_with(base, b"/Type /Page\n");
    let content = pdf::reference(base, page, "/Contents ");
    let all = pdf::unpacked(base, content);
    let painted = |what: &[u8], count: usize| {
        let more = [
            &all[..],
            b"\n/Artifact BMC\n",
            &what.repeat(count),
            b"EMC\n",
        ]
        .concat();
        let stream = pdf::stream("/Filter/FlateDecode", &packed(&more));
        let paper = rewritten(base, content, &stream);
        assert!(paper.len() < base.len() + 100_000);
        within(&by(&papers.forger, &paper, "party-1"), MOST_WORK)
    };
    // What else is said of it follows from not having read it to its end.
    assert_eq!(painted(b"f ", 8 << 20).first(), Some(&Code::TooLarge));
    assert_eq!(painted(b"S ", 11 << 20).first(), Some(&Code::TooLarge));
}

#[test]
fn a_long_name_is_not_told_once_for_each_place() {
    let papers = &*PAPERS;
    let base = &papers.base;
    let root = object_with(base, b"/Type /Catalog");
    let field = pdf::field(base, "party-2");
    let name = format!("/T ({})", "n".repeat(10_000));
    let long = pdf::replace(&body(base, field), b"/T (party-2)", name.as_bytes());
    let paper = rewritten(base, field, &long);
    let many = format!("/Fields [{}", format!("{field} 0 R ").repeat(2_000));
    let fields = pdf::replace(&body(&paper, root), b"/Fields [", many.as_bytes());
    let report = check(&rewritten(&paper, root, &fields));
    let told: usize = report.unsigned.iter().map(String::len).sum();
    assert!(told < 10_000, "{told}");
    assert_eq!(report.problems[0].code, Code::Page);
}

/// Where a seal lies over a paper in a wording that is not known, what stands there is compared with what the place is called.
#[test]
fn what_a_place_is_called_is_no_longer_than_any_name() {
    let base = &PAPERS.base;
    let field = pdf::field(base, "seal");
    let called = |label: &str| {
        let now = body(base, field);
        let start = pdf::find(&now, b"/TU ").unwrap();
        let end = start + pdf::find(&now[start..], b"\n").unwrap();
        let other = [&now[..start], label.as_bytes(), &now[end..]].concat();
        rewritten(base, field, &other)
    };
    let colons = format!("/TU ({})", ":".repeat(4 << 20));
    for long in [
        colons,
        format!("/TU ({})", "a".repeat(10_000)),
        "/TU 1".to_owned(),
    ] {
        let paper = by(&PAPERS.forger, &called(&long), "seal");
        assert_eq!(soon(&paper).first(), Some(&Code::Page), "{}", &long[..5]);
        assert_eq!(within_bounds(&paper), Some(2));
    }
}

#[test]
fn a_stream_that_unpacks_to_very_much_ends_soon() {
    let papers = &*PAPERS;
    let base = &papers.base;
    let page = object_with(base, b"/Type /Page\n");
    let content = pdf::reference(base, page, "/Contents ");
    let bomb = |bytes: &[u8]| {
        let stream = pdf::stream("/Filter/FlateDecode", &packed(bytes));
        soon(&by(
            &papers.forger,
            &rewritten(base, content, &stream),
            "party-1",
        ))
    };
    assert_eq!(bomb(&vec![b' '; 200 << 20]), [Code::TooLarge]);
    assert_eq!(
        bomb(&b"/Artifact BMC 0 0 1 1 re ".repeat(1_000_000)),
        [Code::Page]
    );
    let shapes = [
        &b"/Artifact BMC "[..],
        &b"0 0 1 1 re ".repeat(1_000_000),
        b"f EMC",
    ]
    .concat();
    assert_eq!(bomb(&shapes), [Code::TooLarge]);
    assert_eq!(bomb(&b"[".repeat(10 << 20)), [Code::Page]);
}

#[test]
fn very_many_places_to_sign_or_pages_end_soon() {
    let papers = &*PAPERS;
    let base = &papers.base;
    let root = object_with(base, b"/Type /Catalog");
    let field = pdf::field(base, "party-1");
    let many = format!("/Fields [{}", format!("{field} 0 R ").repeat(100_000));
    let fields = pdf::replace(&body(base, root), b"/Fields [", many.as_bytes());
    assert_eq!(soon(&rewritten(base, root, &fields)), [Code::Page]);
    let tree = object_with(base, b"/Type /Pages");
    let page = object_with(base, b"/Type /Page\n");
    let kids = format!(
        "<</Type/Pages/Count 2000/Kids[{}]>>",
        format!("{page} 0 R ").repeat(2_000)
    );
    let again = soon(&rewritten(base, tree, kids.as_bytes()));
    assert!(
        matches!(again[..], [Code::Page | Code::TooLarge]),
        "{again:?}"
    );
    let most = format!(
        "<</Type/Pages/Count 500000/Kids[{}]>>",
        format!("{page} 0 R ").repeat(500_000)
    );
    assert_eq!(soon(&rewritten(base, tree, most.as_bytes())), [Code::Page]);
}

#[test]
fn a_signature_of_deep_or_broken_der_ends_soon() {
    let papers = &*PAPERS;
    let mut deep = Vec::new();
    while deep.len() < 5_900 {
        deep = super::der::tlv(0x30, &deep);
    }
    let indefinite = [0x30, 0x80].repeat(2_900);
    let long = [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF].to_vec();
    for der in [deep, indefinite, long] {
        let mut paper = papers.once.clone();
        let place = pdf::contents(&paper);
        pdf::fill(&mut paper[place.start + 1..place.end - 1], &der);
        let codes = soon(&paper);
        assert!(
            matches!(codes[..], [Code::Cms | Code::Contents]),
            "{codes:?}"
        );
    }
}

#[test]
fn strangers_are_looked_at_soon() {
    for part in [
        &b"/ByteRange[0 1 2 3]/Contents<"[..],
        b"/ByteRange[",
        b"/Contents<00>",
        b"/Type/Page ",
        b"/ObjStm stream\nx\x9c",
        b"/",
    ] {
        let file = [&b"%PDF-1.4\n"[..], &part.repeat(LARGE / part.len())].concat();
        assert!(check(&file).foreign.is_some());
        assert_eq!(within_bounds(&file), Some(2));
    }
    let object = [(9, b"null".to_vec())];
    // The same behind the head with which ours begin.
    let head = PAPERS.base[..16].to_vec();
    let file = [
        head,
        b"/v/0123456789abcdef0".repeat(LARGE / 20),
        b"%%EOF".to_vec(),
    ]
    .concat();
    assert!(check(&file).foreign.is_some());
    assert_eq!(within_bounds(&file), Some(2));
    let papers = &*PAPERS;
    let other = append_with(&papers.once, &object, |trailer| trailer);
    assert!(check(&other).foreign.is_none());
}
