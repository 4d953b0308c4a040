//! A report in words.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::report::{Report, Signature, Verdict};
use crate::documents::words::Words;
use crate::i18n::{Locale, Texts};

/// The lines of a report, for a terminal or a page.
pub fn describe(report: &Report, texts: &Texts, locale: Locale) -> Vec<String> {
    let words = Words::new(texts, locale);
    let verdict = match report.verdict() {
        Verdict::Accepted => "documents-verify-accepted",
        Verdict::Waiting => "documents-verify-incomplete",
        Verdict::Unsigned => "documents-verify-unsigned",
        Verdict::Doubtful => "documents-verify-whole",
        Verdict::Refused => "documents-verify-refused",
    };
    let mut lines = vec![words.plain(verdict)];
    lines.extend(
        report
            .signatures
            .iter()
            .map(|signature| line(signature, words)),
    );
    if let Some(at) = report.archived_at {
        lines.push(words.say("documents-verify-archived", &[("time", &civil(at))]));
    }
    for field in &report.unsigned {
        lines.push(words.say(
            "documents-verify-waiting",
            &[("field", &place(field, words))],
        ));
    }
    for problem in &report.problems {
        let what = words.plain(&["documents-problem-", problem.code.name()].concat());
        lines.push(match &problem.field {
            Some(field) => words.say(
                "documents-verify-problem-of",
                &[("field", &place(field, words)), ("what", &what)],
            ),
            None => words.say("documents-verify-problem", &[("what", &what)]),
        });
    }
    lines
}

/// Whose place a field is, for people.
fn place(field: &str, words: Words<'_>) -> String {
    let (kind, number) = field.split_once('-').unwrap_or((field, ""));
    match kind {
        "party" => words.say("documents-place-party", &[("number", number)]),
        "mediator" => words.plain("documents-role-mediator"),
        "judge" => words.plain("documents-role-judge"),
        "clerk" => words.plain("documents-role-clerk"),
        "seal" => words.plain("documents-place-seal"),
        _ => field.to_owned(),
    }
}

/// To the second, in the civil time of the place, +08:00.
fn civil(at: Timestamp) -> String {
    let civil = at.to_zoned(TimeZone::fixed(Offset::constant(8)));
    civil.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn line(signature: &Signature, words: Words<'_>) -> String {
    let time = signature.stamped_at.or(signature.signed_at);
    let time = time.map_or_else(|| words.say("documents-verify-no-time", &[]), civil);
    let signer = match (&signature.organisation, signature.signer.as_str()) {
        (Some(organisation), name) if organisation != name && !name.is_empty() => words.say(
            "documents-verify-of",
            &[("name", name), ("organisation", organisation)],
        ),
        (_, "") => place(&signature.field, words),
        (_, name) => name.to_owned(),
    };
    let key = match (signature.intact, signature.trusted) {
        (true, true) => "documents-verify-good",
        (true, false) => "documents-verify-untrusted",
        (false, _) => "documents-verify-broken",
    };
    words.say(key, &[("signer", &signer), ("time", &time)])
}
