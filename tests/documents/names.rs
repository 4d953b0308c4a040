//! Names of every script that people here are called by: rare ideographs, accents, Cyrillic, Burmese.

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Roots};
use heyi::documents::papers::{OF_PAPERS, in_words};
use heyi::documents::samples::agreement;
use heyi::documents::verify::Code;
use heyi::documents::{Paper, unsupported_characters, verify, write, write_large, write_to_sign};
use heyi::domain::identity::PersonName;
use heyi::i18n::Texts;
use proptest::prelude::*;

use super::capacities::signed_by_all;
use super::checkers::{pdfsig, qpdf, text, verapdf};
use super::samples;

const NAMES: [&str; 8] = [
    "王𡋤𪚥",
    "阿卜杜热合曼·买买提明",
    "José Núñez O’Brien",
    "Nguyễn Thị Ngọc Ánh",
    "Łukasz Şahin",
    "Қожамқұл Әлия Өміртайқызы",
    "အောင်မြင့်ထွန်း",
    "Ọ\u{301}láwálé",
];

/// An agreement that all of them sign.
fn signed_by_everyone() -> Paper {
    let mut content = agreement(NAMES.len(), false);
    for (party, name) in content.parties.iter_mut().zip(NAMES) {
        name.clone_into(&mut party.name);
    }
    content.facts = NAMES.join("、");
    let texts = Texts::load(None).unwrap();
    in_words(&content, &texts, OF_PAPERS).unwrap()
}

/// A letter with what people write, paste or pile upon it.
fn letters() -> impl Strategy<Value = String> {
    let plain = prop::char::ranges(
        [
            ' '..='~',
            '\u{A0}'..='\u{24F}',
            '\u{400}'..='\u{52F}',
            '\u{2010}'..='\u{2027}',
            '\u{3000}'..='\u{303F}',
            '\u{4E00}'..='\u{9FFF}',
            '\u{20000}'..='\u{2A6D6}',
        ]
        .as_slice()
        .into(),
    );
    let burmese = prop::char::range('\u{1000}', '\u{109F}');
    let unseen = prop::sample::select(vec![
        '\u{34F}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{FE0F}',
    ]);
    let accents = prop::collection::vec(prop::char::range('\u{300}', '\u{36F}'), 0..4);
    prop_oneof![
        4 => prop::collection::vec(plain.clone(), 1..6).prop_map(String::from_iter),
        2 => prop::collection::vec(burmese, 1..9).prop_map(String::from_iter),
        2 => (plain, accents).prop_map(|(letter, marks)| [letter].into_iter().chain(marks).collect()),
        1 => unseen.prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// What a form takes, nobody can be told later was hidden on the paper they signed.
    #[test]
    fn whatever_a_form_takes_is_a_paper_that_whoever_checks_it_accepts(
        parts in prop::collection::vec(letters(), 1..12),
        words in prop::collection::vec(letters(), 1..60),
    ) {
        let shown = |parts: &[String], joint: &str| {
            let shown = parts.iter().filter(|it| unsupported_characters(it).is_empty());
            let shown = shown.cloned().collect::<Vec<_>>().join(joint);
            // Put together, marks may pile up after all.
            if unsupported_characters(&shown).is_empty() { shown } else { String::new() }
        };
        let (name, story) = (shown(&parts, ""), shown(&words, " "));
        let mut content = agreement(2, false);
        if let Ok(name) = PersonName::parse(&name) {
            content.parties[0].name = name.to_string();
        }
        story.clone_into(&mut content.facts);
        let paper = in_words(&content, &Texts::load(None).unwrap(), OF_PAPERS).unwrap();
        let written = write_to_sign(&paper);
        prop_assert!(written.is_ok(), "{name:?} {story:?}: {:?}", written.err());
    }
}

#[test]
fn every_name_is_printed_signed_archived_and_copied_as_it_was_typed() {
    let clock = Clock::system();
    let authority = Authority::create(&clock).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let revisions = signed_by_all(&signed_by_everyone(), &authority, &clock);
    let (base, last) = (&revisions[0], &revisions[NAMES.len() + 1]);
    let files = [("unsigned.pdf", base), ("signed.pdf", last)].map(|(name, bytes)| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    });
    for file in &files {
        qpdf(file);
        let copied: String = text(file).split_whitespace().collect();
        for name in NAMES {
            let name = name.replace(' ', "");
            assert_eq!(copied.matches(&name).count(), 3, "{name}: {copied}");
        }
    }
    let report = verify::run(last, &authority.roots().unwrap());
    assert_eq!(report.problems, []);
    assert_eq!(pdfsig(&files[1]).matches("Signature is Valid").count(), 9);
    let (conform, said) = verapdf(&files);
    assert!(conform, "{said}");
}

#[test]
fn a_paper_without_rare_letters_carries_one_font() {
    let fonts = |paper: &Paper| {
        let bytes = write(paper).unwrap();
        let names: &[u8] = b"/FontName";
        bytes.windows(names.len()).filter(|it| *it == names).count()
    };
    assert_eq!(fonts(&samples::settlement()), 1);
    // The first, that of letters, Burmese, and two parts of the rare ideographs.
    assert_eq!(fonts(&signed_by_everyone()), 5);
}

/// What is wrong with a file that nobody has signed.
fn problems(file: &[u8]) -> Vec<Code> {
    let report = verify::run(file, &Roots::default());
    report.problems.iter().map(|it| it.code).collect()
}

#[test]
fn a_committee_may_have_a_rare_letter_anywhere_in_its_name() {
    let texts = Texts::load(None).unwrap();
    for name in [
        "𡋤镇和平街道人民调解委员会",
        "安𡋤镇和平街道人民调解委员会",
        "安宁𪚥镇和平街道人民调解委员会",
        "安宁市和平街道人民调解委员会𡋤",
        "安宁市和平街道“邻里”𡋤人民调解委员会",
        "阿克苏地区温宿县𡋤镇阿合布隆社区居民委员会人民调解委员会驻派出所调解室",
    ] {
        let mut content = agreement(2, true);
        name.clone_into(&mut content.organisation);
        let paper = in_words(&content, &texts, OF_PAPERS).unwrap();
        assert_eq!(
            problems(&write(&paper).unwrap()),
            [Code::Unsigned],
            "{name}"
        );
    }
}

#[test]
fn nothing_speaks_against_a_copy_in_large_print_but_that_nobody_signs_it() {
    let note = ("大字阅读版，以签署文本为准", "不在这一份上签名。");
    for (name, paper) in samples::all() {
        let bytes = write_large(&paper, "大字阅读版", [note; 2]).unwrap();
        assert_eq!(problems(&bytes), [Code::Unsigned], "{name}");
    }
}

#[test]
fn a_copy_in_large_print_can_be_archived_and_read_aloud() {
    let note = ("大字阅读版，以签署文本为准", "不在这一份上签名。");
    let bytes = write_large(&samples::settlement(), "大字阅读版", [note; 2]).unwrap();
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), &bytes).unwrap();
    qpdf(file.path());
    let copied: String = text(file.path()).split_whitespace().collect();
    for sentence in [note.0, "多次上门和在业主群里交涉", "调解员：王和平"] {
        assert!(copied.contains(sentence), "{sentence}: {copied}");
    }
    let (conform, said) = verapdf(&[file.path().to_owned()]);
    assert!(conform, "{said}");
}
