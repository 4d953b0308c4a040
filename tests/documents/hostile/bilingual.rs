//! Papers in two languages that were false before anybody signed them: one language says something else on the page
//! than in the data.

use heyi::documents::paper::canonical_json;
use heyi::documents::papers::{Agreement, OF_PAPERS, in_words};
use heyi::documents::samples::{agreement, bilingual};
use heyi::documents::verify::{Code, describe};
use heyi::documents::{Paper, write};
use heyi::i18n::{Locale, Texts};
use serde_json::Value;

use super::{PAPERS, by, check, refused, samples};

fn worded(content: &Agreement) -> Paper {
    let texts = Texts::load(None).unwrap();
    in_words(content, &texts, OF_PAPERS).unwrap()
}

/// Pages of one agreement with the data of another, signed by whoever is trusted.
fn mixed(pages: &Agreement, data: &Agreement) -> Vec<u8> {
    let mut paper = worded(pages);
    paper.attachments = worded(data).attachments;
    by(&PAPERS.forger, &write(&paper).unwrap(), "party-1")
}

type Change = fn(&mut Agreement);

/// What differs between the two languages' texts, each in one place.
const CHANGES: [(&str, Change); 9] = [
    ("facts", |it| "没有发生过争吵。".clone_into(&mut it.facts)),
    ("sum", |it| {
        let sum = it.obligations[1].sum.as_mut().unwrap();
        "9,234.05".clone_into(&mut sum.figures);
    }),
    ("translated facts", |it| {
        let translation = it.translation.as_mut().unwrap();
        "Nobody ever quarrelled.".clone_into(&mut translation.facts);
    }),
    ("translated fact", |it| {
        let translation = it.translation.as_mut().unwrap();
        translation.undisputed = vec!["They live far apart.".to_owned()];
    }),
    ("translated act", |it| {
        let translation = it.translation.as_mut().unwrap();
        "pays nothing".clone_into(&mut translation.obligations[1].does);
    }),
    ("translated sum", |it| {
        let translation = it.translation.as_mut().unwrap();
        let sum = translation.obligations[1].sum.as_mut().unwrap();
        "9,234.05".clone_into(&mut sum.figures);
    }),
    ("translated day", |it| {
        let translation = it.translation.as_mut().unwrap();
        "31 December 2027".clone_into(&mut translation.obligations[1].by);
    }),
    ("translated order", |it| {
        it.translation.as_mut().unwrap().obligations.swap(0, 1);
    }),
    ("translated organisation", |it| {
        let translation = it.translation.as_mut().unwrap();
        "Another Committee".clone_into(&mut translation.organisation);
    }),
];

#[test]
fn a_text_that_differs_in_either_language_is_refused_on_the_page_and_in_the_data() {
    let honest = bilingual(2, true);
    let report = check(&mixed(&honest, &honest));
    assert_eq!(report.problems, []);
    assert_eq!(report.translation.as_deref(), Some("en"));
    let texts = Texts::load(None).unwrap();
    let said = describe(&report, &texts, Locale::ZhCn).join("");
    assert!(said.contains("以中文为准"), "{said}");
    for (what, change) in CHANGES {
        let mut other = honest.clone();
        change(&mut other);
        assert_eq!(
            refused(&mixed(&other, &honest)),
            [Code::Data],
            "page: {what}"
        );
        assert_eq!(
            refused(&mixed(&honest, &other)),
            [Code::Data],
            "data: {what}"
        );
    }
}

#[test]
fn a_language_that_is_on_the_page_alone_or_in_the_data_alone_is_refused() {
    let (chinese, both) = (agreement(2, true), bilingual(2, true));
    assert_eq!(refused(&mixed(&chinese, &both)), [Code::Data]);
    assert_eq!(refused(&mixed(&both, &chinese)), [Code::Data]);
    // A paper of a kind that is never written in two.
    let mut certificate = samples::ended();
    certificate.beside = worded(&both).beside;
    assert_eq!(
        refused(&by(&PAPERS.forger, &write(&certificate).unwrap(), "seal")),
        [Code::Data]
    );
    let mut fewer = both.clone();
    fewer.translation.as_mut().unwrap().obligations.pop();
    assert_eq!(refused(&mixed(&both, &fewer)), [Code::Data]);
}

#[test]
fn no_other_text_prevails_than_the_chinese() {
    let both = bilingual(2, true);
    for (prevails, language) in [("en", "en"), ("", "en"), ("zh-CN", "zh-CN")] {
        let mut paper = worded(&both);
        let files = &mut paper.attachments;
        let file = files.iter_mut().find(|it| it.name == "agreement.json");
        let bytes = &mut file.unwrap().bytes;
        let mut data: Value = serde_json::from_slice(bytes).unwrap();
        data["translation"]["prevails"] = prevails.into();
        data["translation"]["language"] = language.into();
        *bytes = canonical_json(&data);
        let codes = refused(&by(&PAPERS.forger, &write(&paper).unwrap(), "party-1"));
        assert_eq!(codes, [Code::Data], "{prevails} {language}");
    }
}
