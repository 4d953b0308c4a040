//! Very much of what an honest paper has a little of: each of it is counted.

use heyi::documents::paper::{Attachment, Nature};
use heyi::documents::verify::Code;

use super::bounds::{LITTLE, MOST_WORK, soon, within, within_bounds};
use super::pdf::{self, body, object_with, packed, rewritten, size};
use super::{PAPERS, by, check, refused, samples};

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

/// A report tells the names of data that nothing could compare.
#[test]
fn a_file_within_has_a_name_that_can_be_told() {
    for (bytes, code) in [
        (128, Code::Unsigned),
        (129, Code::Data),
        (4 << 20, Code::Data),
    ] {
        let [(_, mut letter), ..] = samples::unsigned();
        letter.attachments = vec![Attachment {
            name: format!("{}.json", "a".repeat(bytes - 5)),
            description: "a".to_owned(),
            bytes: b"{}".to_vec(),
            nature: Nature::Data,
        }];
        let report = check(&heyi::documents::write(&letter).unwrap());
        let codes: Vec<_> = report.problems.iter().map(|it| it.code).collect();
        assert_eq!(codes, [code], "{bytes}");
        let told: usize = report.uncompared.iter().map(String::len).sum();
        assert_eq!(told, if code == Code::Unsigned { bytes } else { 0 });
    }
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
    painted_on(0, what)
}

/// The same of the page with this index.
fn painted_on(page: usize, what: &[u8]) -> Vec<u8> {
    let base = &PAPERS.base;
    let page = object_with(base, b"/Type /Page\n") + page;
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
    // Below all else, each over the one before.
    let drawn = |codes: &str, times: usize| {
        let one = format!("1 0 0 1 10 10 Tm\n<{codes}> Tj\n");
        let all = one.repeat(times);
        let open = "/P<</MCID 99/ActualText(a)>>BDC\nBT\n/F0 9 Tf\n0 Tr\n0 Tc\n";
        painted(format!("{open}{all}ET\nEMC\n").as_bytes())
    };
    let many = drawn("00010001", 200_000);
    assert_eq!(within(&many, 4_000_000), [Code::TooLarge]);
    assert_eq!(within_bounds(&many), Some(2));
    // A thousand steps for each.
    let wide = drawn(&"0001".repeat(60), 1_900);
    assert_eq!(refused(&wide), [Code::Glyphs]);
    let work = check(&wide).work;
    assert!((60 * 1_900 * 1_000..MOST_WORK).contains(&work), "{work}");
    assert_eq!(within_bounds(&wide), Some(2));
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
            // Above and below the head that is there.
            let (row, x) = (at / 5, 10 + (at % 5) * 80);
            let y = if row < 6 {
                830 - row * 6
            } else {
                810 - row * 6
            };
            [format!("1 0 0 1 {x} {y} Tm\n").as_bytes(), codes, b" Tj\n"].concat()
        };
        let all = (0..count).flat_map(one).collect::<Vec<_>>();
        painted_on(
            1,
            &[
                b"/Artifact BMC\nBT\n/F0 5 Tf\n0 Tr\n0 Tc\n",
                &all[..],
                b"ET\nEMC\n",
            ]
            .concat(),
        )
    };
    // A text of the paper, of which somebody could put together something else.
    let [one, many] = [1, 50].map(head);
    assert_eq!(soon(&one), [Code::Data]);
    assert_eq!(soon(&many), [Code::Data]);
    let work = [&one, &many].map(|paper| check(paper).work);
    assert!(work[0] + 49 * 300 < work[1], "{work:?}");
}
