//! A paper in two languages, for parties who do not read Chinese.

use heyi::clock::Clock;
use heyi::documents::keys::{Authority, Signer};
use heyi::documents::paper::{Block, Clause, Entry, Parallel};
use heyi::documents::{Look, Signing, sign, verify, write_parallel};

use super::checkers::{qpdf, text, verapdf};
use super::samples;

const SENTENCE: &str = "The neighbours agree that the piano is silent from nine in the evening until eight in the morning, \
    and that the landlord pays for the insulation.";

fn clauses(chinese: &[Clause]) -> Vec<Clause> {
    let one = |clause: &Clause| Clause {
        number: clause.number.clone(),
        text: SENTENCE.to_owned(),
        terms: clauses(&clause.terms),
    };
    chinese.iter().map(one).collect()
}

/// A block of the same kind in English.
fn english(block: &Block) -> Block {
    match block {
        Block::Heading(_) => Block::Heading("What happened".to_owned()),
        Block::Paragraph(_) | Block::Flush(_) => Block::Paragraph(SENTENCE.to_owned()),
        Block::Table(entries) => {
            let entry = Entry {
                label: "Applicant".to_owned(),
                value: "Zhang Yan, 3 Heping Road, Anning".to_owned(),
            };
            Block::Table(vec![entry; entries.len()])
        }
        Block::Clauses(chinese) => Block::Clauses(clauses(chinese)),
        Block::Notice { .. } => Block::Notice {
            title: "Please note".to_owned(),
            text: SENTENCE.to_owned(),
        },
        Block::Signatures(slots) => {
            let mut slots = slots.clone();
            for slot in &mut slots {
                "Party: Zhang Yan".clone_into(&mut slot.label);
            }
            Block::Signatures(slots)
        }
    }
}

fn other() -> Parallel {
    Parallel {
        language: "en".to_owned(),
        title: "Settlement agreement".to_owned(),
        prevails: [
            "本协议以中文和英文写成，两种文本不一致的，以中文为准。".to_owned(),
            "This agreement is in Chinese and English. Where the two differ, the Chinese text prevails."
                .to_owned(),
        ],
        blocks: samples::settlement().blocks.iter().map(english).collect(),
    }
}

#[test]
fn a_paper_in_two_languages_is_archived_and_copied_as_any_other() {
    let bytes = write_parallel(&samples::settlement(), &other()).unwrap();
    assert_eq!(
        bytes,
        write_parallel(&samples::settlement(), &other()).unwrap()
    );
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), &bytes).unwrap();
    qpdf(file.path());
    let copied: String = text(file.path()).split_whitespace().collect();
    let said = [
        "两种文本不一致的，以中文为准。",
        "Wherethetwodiffer,theChinesetextprevails.",
        "多次上门和在业主群里交涉；双方于2026年10月18日发生争吵，社区民警到场劝开。",
        "thepianoissilentfromnineintheeveninguntileightinthemorning",
        "张䶮",
    ];
    for sentence in said {
        assert!(copied.contains(sentence), "{sentence}: {copied}");
    }
    let (conform, said) = verapdf(&[file.path().to_owned()]);
    assert!(conform, "{said}");
}

#[test]
fn everybody_signs_a_paper_in_two_languages_once_and_its_data_says_the_same() {
    let clock = Clock::system();
    let authority = Authority::create(&clock).unwrap();
    let bytes = write_parallel(&samples::settlement(), &other()).unwrap();
    let signing = Signing {
        field: "party-1",
        signer: &Signer {
            name: "张䶮".to_owned(),
            organisation: None,
            pseudonym: "0123456789abcdef".repeat(2),
        },
        look: &Look::Typed("张䶮".to_owned()),
        reason: "已阅读全文，同意签署",
        now: clock.now(),
    };
    let signed = sign(&bytes, &signing, &authority, &clock).unwrap();
    let report = verify::run(&signed, &authority.roots().unwrap());
    assert!(report.accepted, "{:?}", report.problems);
    assert_eq!(report.unsigned, ["party-2", "mediator-1", "seal"]);
}
