//! A paper in two languages, for parties who do not read Chinese: set side by side, signed once, checked as any other.

use heyi::documents::keys::Roots;
use heyi::documents::papers::{OF_PAPERS, in_words};
use heyi::documents::samples::{bilingual, signed_by_all};
use heyi::documents::verify::Code;
use heyi::documents::{Paper, verify, write, write_large};
use heyi::domain::translation::Tongue;
use heyi::i18n::Texts;

use super::checkers::{pdfsig, pyhanko, qpdf, text, verapdf};
use super::signed::Bench;

fn paper() -> Paper {
    let texts = Texts::load(None).unwrap();
    in_words(&bilingual(2, true), &texts, OF_PAPERS).unwrap()
}

/// The file, and what is copied from it without white space.
fn copied(bytes: &[u8]) -> (tempfile::NamedTempFile, String) {
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    qpdf(file.path());
    let copied = text(file.path()).split_whitespace().collect();
    (file, copied)
}

const SAID: [&str; 6] = [
    "两种文本不一致的，以中文文本为准。",
    "Wherethetwotextsdiffer,theChinesetextprevails.",
    "多次上门和在业主群里交涉；双方于2026年10月18日发生争吵，社区民警到场劝开。",
    "Ouyang Jianguo has practised the piano every evening",
    "CNY1,234.05(incapitalcharacters:壹仟贰佰叁拾肆元零伍分)",
    "张䶮",
];

#[test]
fn a_paper_in_two_languages_is_archived_and_copied_as_any_other() {
    let bytes = write(&paper()).unwrap();
    assert_eq!(bytes, write(&paper()).unwrap());
    let (file, copied) = copied(&bytes);
    for sentence in SAID {
        let sentence: String = sentence.split_whitespace().collect();
        assert!(copied.contains(&sentence), "{sentence}: {copied}");
    }
    let (conform, said) = verapdf(&[file.path().to_owned()]);
    assert!(conform, "{said}");
}

#[test]
fn everybody_signs_a_paper_in_two_languages_once_and_others_accept_every_revision() {
    let bench = Bench::new();
    let revisions = signed_by_all(&paper(), &bench.authority, &bench.clock).unwrap();
    let mut files = Vec::new();
    for (signatures, revision) in revisions.iter().enumerate() {
        let file = bench.folder.path().join(format!("{}.pdf", revision.name));
        std::fs::write(&file, &revision.bytes).unwrap();
        qpdf(&file);
        if signatures > 0 {
            let report = bench.report(&revision.bytes);
            assert_eq!(report.problems, []);
            assert_eq!(report.signatures.len(), signatures);
        }
        files.push(file);
    }
    assert_eq!(
        files.len(),
        5,
        "as drafted, two parties, the mediator, the seal"
    );
    let (conform, said) = verapdf(&files);
    assert!(conform, "{said}");
    let last = files.last().unwrap();
    let said = pdfsig(last);
    assert_eq!(said.matches("Signature is Valid").count(), 4, "{said}");
    let (valid, said) = pyhanko(last, &bench.folder.path().join("authority.crt"));
    assert!(valid, "{said}");
    assert_eq!(said.matches("judged VALID").count(), 4, "{said}");
}

#[test]
fn a_copy_in_large_print_says_everything_in_both_languages() {
    let notes = [
        ("大字阅读版", "以签署的为准。"),
        ("Large print", "The signed one decides."),
    ];
    let bytes = write_large(&paper(), "大字", notes).unwrap();
    let report = verify::run(&bytes, &Roots::default());
    let problems: Vec<_> = report.problems.iter().map(|it| it.code).collect();
    assert_eq!(problems, [Code::Unsigned]);
    let (file, copied) = copied(&bytes);
    for sentence in SAID.iter().chain(&["Thesignedonedecides."]) {
        let sentence: String = sentence.split_whitespace().collect();
        assert!(copied.contains(&sentence), "{sentence}: {copied}");
    }
    let (conform, said) = verapdf(&[file.path().to_owned()]);
    assert!(conform, "{said}");
}

/// What people typed stands in their language; the sentence that the Chinese prevails is said in each.
#[test]
fn every_language_that_can_be_chosen_is_set_without_a_missing_glyph() {
    let texts = Texts::load(None).unwrap();
    let typed = [
        "pays 100 yuan, œuvre, naïve",
        "paie la réparation — œuvre achevée, déjà reçue",
        "zahlt für Maßnahmen und Übergabe",
        "pagará la reparación, ¿cuánto? mañana",
        "оплачивает ремонт потолка и объём работ",
        "төбені жөндеу ақысын төлейді, қаңтар, һәм",
        "trả tiền sửa trần nhà, được xác nhận đầy đủ",
        "မျက်နှာကျက် ပြင်ဆင်ခကို ပေးရမည်",
    ];
    let mut files = Vec::new();
    for (tongue, words) in Tongue::ALL.into_iter().zip(typed) {
        let mut content = bilingual(2, true);
        let translation = content.translation.as_mut().unwrap();
        tongue.tag().clone_into(&mut translation.language);
        words.repeat(6).clone_into(&mut translation.facts);
        words.clone_into(&mut translation.obligations[0].does);
        let paper = in_words(&content, &texts, OF_PAPERS).unwrap();
        let other = paper.beside.as_ref().unwrap();
        assert_eq!(other.language_of(words), tongue.tag());
        assert_eq!(other.language_of("Legal consequences"), "en");
        let (file, copied) = copied(&write(&paper).unwrap());
        let prevails = "theChinesetextprevails.";
        assert!(copied.contains(prevails), "{}: {copied}", tongue.tag());
        files.push(file);
    }
    let paths: Vec<_> = files.iter().map(|file| file.path().to_owned()).collect();
    let (conform, said) = verapdf(&paths);
    assert!(conform, "{said}");
}
