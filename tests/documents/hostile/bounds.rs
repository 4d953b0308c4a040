//! Files made to wear the verifier out: each is answered soon, with a reason, and without much memory.

use std::io::Write as _;
use std::process::Command;

use heyi::documents::verify::Code;

use super::pdf::{self, append, append_with, body, object_with, packed, rewritten, size};
use super::{PAPERS, by, check, refused};

/// What the verifier may do for any file, in its steps, which it counts.
const MOST_WORK: usize = 250_000_000;
/// What it does for an honest paper, and half as much again.
const LITTLE: usize = 1_300_000;
/// Almost the largest file that is looked at.
const LARGE: usize = 19 << 20;

/// What is wrong with a paper that costs the verifier no more than an honest one.
fn soon(paper: &[u8]) -> Vec<Code> {
    within(paper, LITTLE)
}

fn within(paper: &[u8], most: usize) -> Vec<Code> {
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
fn within_bounds(paper: &[u8]) -> Option<i32> {
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

/// The base with more of the same in an object, by what stands there before it.
fn with_more_of(id: usize, before: &str, more: &str, base: &[u8]) -> Vec<u8> {
    let now = [before, more].concat();
    let now = pdf::replace(&body(base, id), before.as_bytes(), now.as_bytes());
    rewritten(base, id, &now)
}

fn references(ids: impl Iterator<Item = usize>) -> String {
    let all: Vec<_> = ids.map(|id| format!("{id} 0 R ")).collect();
    all.concat()
}

/// Fonts of a page by names of their own, in objects from the first on.
fn fonts(first: usize, numbers: std::ops::Range<usize>) -> String {
    let all: Vec<_> = numbers
        .map(|it| format!("/X{it} {} 0 R ", first + it))
        .collect();
    all.concat()
}

fn by_the_first(base: &[u8]) -> Vec<u8> {
    by(&PAPERS.forger, base, "party-1")
}

#[test]
fn many_figures_are_counted() {
    let base = &PAPERS.base;
    let figure = object_with(base, b"/S /Figure");
    let one = body(base, figure);
    let document = object_with(base, b"/S /Document");
    let first = size(base);
    let with = |count: usize| {
        let refs = references(first..first + count);
        let base = with_more_of(document, "/K [", &refs, base);
        by_the_first(&pdf::enlarged(&base, &vec![one.clone(); count]))
    };
    assert_eq!(within(&with(500), 3_000_000), [Code::Page]);
    assert_eq!(within(&with(30_000), 120_000_000), [Code::Page]);
}

#[test]
fn many_files_within_are_counted() {
    let base = &PAPERS.base;
    let root = object_with(base, b"/Type /Catalog");
    let spec = object_with(base, b"/Type /Filespec");
    let named = |names: &[String], refs: &[usize]| {
        let pairs = names.iter().zip(refs);
        let list: Vec<_> = pairs
            .map(|(name, id)| format!("({name}) {id} 0 R "))
            .collect();
        let refs = references(refs.iter().copied());
        let base = with_more_of(root, "/Names [", &list.concat(), base);
        with_more_of(root, "/AF [", &refs, &base)
    };
    // The same again and again, which would be compared again and again.
    let same = named(&vec!["agreement.json".to_owned(); 900], &[spec; 900]);
    assert_eq!(soon(&by_the_first(&same)), [Code::Data]);
    let first = size(base);
    let all: Vec<String> = (0..900)
        .map(|number| format!("a{number:04}.json"))
        .collect();
    let specs: Vec<Vec<u8>> = all
        .iter()
        .map(|name| {
            let own = String::from_utf8(body(base, spec)).unwrap();
            own.replace("(agreement.json)", &format!("({name})"))
                .into_bytes()
        })
        .collect();
    let ids: Vec<usize> = (first..first + 900).collect();
    let other = pdf::enlarged(&named(&all, &ids), &specs);
    assert_eq!(soon(&by_the_first(&other)), [Code::Data]);
    let most = named(&vec!["a".to_owned(); 5_000], &vec![spec; 5_000]);
    assert_eq!(soon(&by_the_first(&most)), [Code::TooLarge]);
}

#[test]
fn many_fonts_are_counted() {
    let base = &PAPERS.base;
    let font = object_with(base, b"/Subtype /Type0");
    let page = object_with(base, b"/Type /Page\n");
    let with = |count: usize| {
        let first = size(base);
        let fonts = fonts(first, 0..count);
        let base = with_more_of(page, "/Font <<", &fonts, base);
        by_the_first(&pdf::enlarged(&base, &vec![body(&base, font); count]))
    };
    let few = check(&with(30));
    assert_eq!(few.problems, []);
    assert!(few.work < 10_000_000, "{}", few.work);
    // On one page there are not so many, and on all together neither.
    assert_eq!(within(&with(80), LITTLE), [Code::Object]);
    let first = size(base);
    let both = with_more_of(page, "/Font <<", &fonts(first, 0..40), base);
    let both = with_more_of(page + 1, "/Font <<", &fonts(first, 40..80), &both);
    let both = by_the_first(&pdf::enlarged(&both, &vec![body(base, font); 80]));
    assert_eq!(within(&both, 20_000_000), [Code::TooLarge]);
}

/// The first page with something behind all else, signed.
fn painted(what: &[u8]) -> Vec<u8> {
    let base = &PAPERS.base;
    let page = object_with(base, b"/Type /Page\n");
    let content = pdf::reference(base, page, "/Contents ");
    let now = [&pdf::unpacked(base, content), &b"\n"[..], what].concat();
    let stream = pdf::stream("/Filter/FlateDecode", &packed(&now));
    by_the_first(&rewritten(base, content, &stream))
}

#[test]
fn many_letters_for_which_another_text_is_read_are_counted() {
    let span =
        |text: &str| painted(format!("/P<</MCID 99/ActualText({text})>>BDC\nEMC\n").as_bytes());
    assert_eq!(soon(&span(&"a".repeat(1_000))), [Code::Glyphs]);
    let long = span(&"a".repeat(15 << 20));
    assert_eq!(within(&long, MOST_WORK), [Code::TooLarge]);
    assert_eq!(within_bounds(&long), Some(2));
    let letters = format!(
        "/P<</MCID 99/ActualText(a)>>BDC\nBT\n/F0 9 Tf\n0 Tr\n1 0 0 1 90 400 Tm\n{}ET\nEMC\n",
        "<00010001> Tj\n".repeat(200_000)
    );
    let many = painted(letters.as_bytes());
    assert_eq!(soon(&many).len(), 1);
    assert_eq!(within_bounds(&many), Some(2));
}

#[test]
fn many_heads_are_counted_and_none_says_anything_else() {
    let base = &PAPERS.base;
    let page = object_with(base, b"/Type /Page\n");
    let content = pdf::unpacked(base, pdf::reference(base, page, "/Contents "));
    let shown = pdf::find(&content, b" Tj").unwrap();
    let open = pdf::find_last(&content[..shown], b"\n").unwrap() + 1;
    let codes = &content[open..shown];
    let head = |count: usize| {
        let one = |at: usize| {
            let (x, y) = (10 + (at % 5) * 80, 830 - (at / 5) * 6);
            [format!("1 0 0 1 {x} {y} Tm\n").as_bytes(), codes, b" Tj\n"].concat()
        };
        let all = (0..count).flat_map(one).collect::<Vec<_>>();
        painted(
            &[
                b"/Artifact BMC\nBT\n/F0 5 Tf\n0 Tr\n0 Tc\n",
                &all[..],
                b"ET\nEMC\n",
            ]
            .concat(),
        )
    };
    // A text of the paper, of which somebody could put together something else.
    assert_eq!(soon(&head(1)), [Code::Data]);
    assert_eq!(soon(&head(60)), [Code::Data]);
}
