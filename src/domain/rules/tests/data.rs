//! The shipped data, and what happens to the start when it is damaged.

use jiff::civil::date;

use super::*;
use crate::domain::rules::dispute::{Arbitration, Committee, Confirmability, Signing};

/// The shipped data with one text of one file replaced.
fn damaged(file: &str, from: &str, to: &str) -> RulesError {
    let texts: Vec<(&str, String)> = FILES
        .iter()
        .map(|(name, text)| {
            assert!(
                *name != file || text.contains(from),
                "{file} does not contain {from}"
            );
            (
                *name,
                if *name == file {
                    text.replacen(from, to, 1)
                } else {
                    (*text).to_owned()
                },
            )
        })
        .collect();
    let borrowed: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    Rules::parse(&borrowed).unwrap_err()
}

fn line_of(file: &str, text: &str) -> usize {
    let (_, whole) = FILES.iter().find(|(name, _)| *name == file).unwrap();
    whole[..whole.find(text).unwrap()].matches('\n').count() + 1
}

/// File, what stands there, what is put there instead, what the error says.
const SLIPS: [(&str, &str, &str, &str); 15] = [
    (
        "disputes.toml",
        "by = \"people\"",
        "by = \"parish\"",
        "unknown variant `parish`",
    ),
    (
        "disputes.toml",
        "civil-code@2021-01-01 294",
        "civil-code@2021-01-01 2294",
        "has no gist",
    ),
    (
        "disputes.toml",
        "civil-code@2021-01-01 294",
        "civil-code@2020-01-01 294",
        "unknown statute",
    ),
    (
        "disputes.toml",
        "civil-code@2021-01-01 294",
        "civil-code 294",
        "is not a citation",
    ),
    (
        "disputes.toml",
        "zh = \"噪音扰民\", en = \"Noise\"",
        "zh = \"噪音扰民\"",
        "missing field `en`",
    ),
    (
        "disputes.toml",
        "en = \"Noise\"",
        "en = \"\"",
        "a translation is missing",
    ),
    (
        "disputes.toml",
        "en = \"Noise\"",
        "en = \"噪音\"",
        "wrong language",
    ),
    (
        "disputes.toml",
        "money = \"three-years\"",
        "money = \"four-years\"",
        "unknown limitation rule",
    ),
    (
        "disputes.toml",
        "key = \"drainage\"",
        "key = \"noise\"",
        "appears twice",
    ),
    (
        "gists.toml",
        "civil-code@2021-01-01 1167",
        "noise@2022-06-05 1167",
        "unknown statute",
    ),
    (
        "holidays.toml",
        "2026-02-14",
        "2026-02-16",
        "no weekend day",
    ),
    (
        "holidays.toml",
        "to = \"2026-01-03\"",
        "to = \"2026-13-03\"",
        "",
    ),
    (
        "terms.toml",
        "length = 3",
        "length = 0",
        "a term has a length",
    ),
    (
        "conditions.toml",
        "found = \"hand\"",
        "found = \"rule\"",
        "cannot be found by rule",
    ),
    (
        "tracks.toml",
        "confirmable = true",
        "confirmable = \"yes\"",
        "invalid type",
    ),
];

#[test]
fn the_shipped_data_is_whole() {
    let rules = rules();
    assert_eq!(rules.disputes().count(), 36);
    assert_eq!(Rules::FILES.to_vec(), FILES.map(|(name, _)| name).to_vec());
    let noise = rules.dispute(&key("noise")).unwrap();
    assert_eq!(
        (noise.name.zh.as_str(), noise.by),
        ("噪音扰民", Committee::People)
    );
    assert_eq!(noise.arbitration, Arbitration::Agreement);
    assert_eq!(noise.esign, Signing::Yes);
    assert!(rules.dispute(&key("private-loan")).unwrap().fraud_check);
    assert_eq!(
        rules.dispute(&key("wages")).unwrap().arbitration,
        Arbitration::Labour
    );
    assert_eq!(
        rules.dispute(&key("land-title")).unwrap().confirmation,
        Confirmability::No
    );
}

#[test]
fn noise_leak_and_property_fee_have_the_gists_of_their_articles() {
    let rules = rules();
    let articles = |name: &str| -> Vec<u16> {
        rules
            .gists_for(&key(name), date(2026, 11, 22))
            .iter()
            .map(|gist| gist.citation.article)
            .collect()
    };
    assert_eq!(articles("noise"), [294, 1167, 594, 599]);
    assert_eq!(articles("water-leak"), [288, 295, 237]);
    assert_eq!(articles("property-fee"), [937, 944, 2, 41, 64]);
}

#[test]
fn an_old_case_is_not_judged_by_a_code_that_came_later() {
    // 生态环境法典 1242: in force from 2026-08-15.
    let before: Vec<u16> = rules()
        .gists_for(&key("noise"), date(2026, 8, 14))
        .iter()
        .map(|g| g.citation.article)
        .collect();
    assert_eq!(before, [294, 1167]);
}

#[test]
fn personal_relations_are_signed_in_wet_ink() {
    // 电子签名法 3
    let rules = rules();
    for name in ["divorce", "inheritance", "child-support"] {
        assert!(!rules.may_sign_electronically(&key(name)), "{name}");
    }
    assert!(rules.may_sign_electronically(&key("noise")));
    assert!(!rules.may_sign_electronically(&key("no-such-type")));
}

#[test]
fn a_slip_in_the_data_stops_the_start_with_file_and_line() {
    for (file, from, to, what) in SLIPS {
        let error = damaged(file, from, to);
        assert_eq!(error.file, file, "{error}");
        assert!(error.what.contains(what), "{error}");
        // A missing field is reported where its row begins; everything else on the very line.
        let line = line_of(file, from);
        assert!(error.line.abs_diff(line) <= 4, "{error}, not {line}");
    }
}

#[test]
fn a_missing_row_stops_the_start() {
    let error = damaged(
        "terms.toml",
        "tracks = [\"people\"]\nbasis = \"peoples",
        "tracks = []\nbasis = \"peoples",
    );
    assert!(
        error
            .what
            .contains("no term for Confirmation on the track people"),
        "{error}"
    );
    let fewer: Vec<_> = FILES
        .into_iter()
        .filter(|(name, _)| *name != "holidays.toml")
        .collect();
    assert_eq!(
        Rules::parse(&fewer).unwrap_err().to_string(),
        "holidays.toml:0: the file is missing"
    );
}
