//! A report in words.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::foreign::Foreign;
use super::report::{Added, Code, Problem, Report, Signature, Step, Verdict};
use crate::documents::keys;
use crate::documents::words::Words;
use crate::i18n::{Locale, Texts};

/// The lines of a report, for a terminal or a page.
pub fn describe(report: &Report, texts: &Texts, locale: Locale) -> Vec<String> {
    let words = Words::new(texts, locale);
    let verdict = match report.verdict() {
        Verdict::Accepted => "documents-verify-accepted",
        Verdict::Elsewhere => "documents-verify-elsewhere",
        Verdict::Waiting => "documents-verify-incomplete",
        Verdict::Unsigned => "documents-verify-unsigned",
        Verdict::Doubtful if report.is_from_elsewhere() => "documents-verify-elsewhere",
        Verdict::Doubtful if report.is_only_worded_otherwise() => "documents-verify-worded",
        Verdict::Doubtful if report.is_only_unclosed() => "documents-verify-cut",
        Verdict::Doubtful => "documents-verify-whole",
        Verdict::Foreign => "documents-verify-foreign",
        Verdict::Refused => "documents-verify-refused",
    };
    let mut lines = vec![words.plain(verdict)];
    if let Some(seen) = &report.foreign {
        lines.extend(foreign(seen, words));
        return lines;
    }
    if report.is_from_elsewhere() {
        lines.push(words.plain("documents-verify-not-ours"));
    }
    lines.extend(report.signatures.iter().map(|one| line(one, report, words)));
    if let Some(at) = report.archived_at {
        lines.push(words.say("documents-verify-archived", &[("time", &civil(at))]));
    }
    if let Some(at) = report.archived_until {
        lines.push(words.say("documents-verify-archived-until", &[("time", &civil(at))]));
    }
    if !report.revocation_checked && !report.signatures.is_empty() {
        lines.push(words.plain("documents-verify-not-listed"));
    }
    for field in &report.unsigned {
        let place = awaited(field, report, words);
        lines.push(words.say("documents-verify-waiting", &[("field", &place)]));
    }
    lines.extend(history(report, texts, locale));
    if let Some(hash) = &report.refers_to {
        lines.push(words.say("documents-verify-refers", &[("hash", hash)]));
    }
    if report.translation.is_some() {
        lines.push(words.plain("documents-verify-beside"));
    }
    let uncompared = report.uncompared.iter();
    lines
        .extend(uncompared.map(|name| words.say("documents-verify-uncompared", &[("name", name)])));
    if let Some(is_about) = report.is_about {
        let key = match (&report.refers_to, is_about) {
            (_, true) => "documents-verify-refers-yes",
            (Some(_), false) => "documents-verify-refers-no",
            (None, false) => "documents-verify-refers-none",
        };
        lines.push(words.plain(key));
    }
    lines.extend(
        report
            .problems
            .iter()
            .map(|one| problem(one, report, words)),
    );
    lines
}

/// What came to the file, one revision after the other: those of the lines that say how it grew.
pub fn history(report: &Report, texts: &Texts, locale: Locale) -> Vec<String> {
    let words = Words::new(texts, locale);
    let steps = report.history.iter();
    steps.map(|one| step(one, report, words)).collect()
}

fn problem(problem: &Problem, report: &Report, words: Words<'_>) -> String {
    // Of most kinds of papers nothing can be compared where the wording is not known.
    let unread = problem.code == Code::Wording && !report.uncompared.is_empty();
    let more = if unread { "-unread" } else { "" };
    let what = words.plain(&["documents-problem-", problem.code.name(), more].concat());
    match &problem.field {
        Some(field) => words.say(
            "documents-verify-problem-of",
            &[("field", &awaited(field, report, words)), ("what", &what)],
        ),
        None => words.say("documents-verify-problem", &[("what", &what)]),
    }
}

/// What a revision added to the ones before.
fn step(step: &Step, report: &Report, words: Words<'_>) -> String {
    let number = step.revision.to_string();
    let signer = report
        .signatures
        .iter()
        .find(|signature| signature.revision == step.revision)
        .map_or_else(String::new, |signature| signer(signature, report, words));
    let key = match step.added {
        Added::Signature => "documents-verify-step-signature",
        Added::Evidence => "documents-verify-step-evidence",
        Added::ArchiveTimestamp => "documents-verify-step-archive-timestamp",
        Added::Something => "documents-verify-step-something",
    };
    words.say(key, &[("number", &number), ("signer", &signer)])
}

/// What can be seen of a file of somebody else.
fn foreign(seen: &Foreign, words: Words<'_>) -> Vec<String> {
    if !seen.pdf {
        return vec![words.plain("documents-verify-foreign-no-pdf")];
    }
    let mut lines = Vec::new();
    if seen.pages > 0 {
        let count = seen.pages.to_string();
        lines.push(words.say("documents-verify-foreign-pages", &[("count", &count)]));
    }
    let count = seen.signatures.len().to_string();
    lines.push(words.say("documents-verify-foreign-signatures", &[("count", &count)]));
    for one in &seen.signatures {
        let name = one.name.clone();
        let name = name.unwrap_or_else(|| words.plain("documents-verify-foreign-unnamed"));
        let key = if one.followed {
            "documents-verify-foreign-signer-followed"
        } else {
            "documents-verify-foreign-signer"
        };
        lines.push(words.say(key, &[("name", &name)]));
    }
    lines
}

/// Whose place a field is, by name where the data of the paper says it.
fn awaited(field: &str, report: &Report, words: Words<'_>) -> String {
    let known = report.places.get(field);
    known.map_or_else(|| place(field, words), |it| it.say(&it.name, words))
}

/// Whose place a field is, for people.
pub(super) fn place(field: &str, words: Words<'_>) -> String {
    let (kind, number) = field.split_once('-').unwrap_or((field, ""));
    match kind {
        "party" => words.say("documents-place-party", &[("number", number)]),
        "mediator" => words.plain("documents-role-mediator"),
        "member" => words.say("documents-place-member", &[("number", number)]),
        "judge" => words.plain("documents-role-judge"),
        "clerk" => words.plain("documents-role-clerk"),
        "seal" => words.plain("documents-place-seal"),
        _ => field.to_owned(),
    }
}

/// To the second, in the civil time of the place, +08:00.
pub(super) fn civil(at: Timestamp) -> String {
    let civil = at.to_zoned(TimeZone::fixed(Offset::constant(8)));
    civil.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn line(signature: &Signature, report: &Report, words: Words<'_>) -> String {
    let time = signature.stamped_at.or(signature.signed_at);
    let time = time.map_or_else(|| words.say("documents-verify-no-time", &[]), civil);
    let signer = signer(signature, report, words);
    let key = match (signature.intact, signature.trusted) {
        (true, true) => "documents-verify-good",
        (true, false) => "documents-verify-untrusted",
        (false, _) => "documents-verify-broken",
    };
    let told = words.say(key, &[("signer", &signer), ("time", &time)]);
    match &signature.stamped_by {
        Some(name) if name != keys::STAMP_NAME => {
            told + &words.say("documents-verify-stamped-by", &[("name", name)])
        }
        _ => told,
    }
}

/// By the name in the certificate, with the capacity and the organisation of whoever signs for one; by the place where no name can
/// be read.
fn signer(signature: &Signature, report: &Report, words: Words<'_>) -> String {
    let name = match (&signature.organisation, signature.signer.as_str()) {
        (_, "") => return awaited(&signature.field, report, words),
        (Some(organisation), name) if organisation != name => words.say(
            "documents-verify-of",
            &[("name", name), ("organisation", organisation)],
        ),
        (_, name) => name.to_owned(),
    };
    if let Some(known) = report.places.get(&signature.field) {
        return known.say(&name, words);
    }
    match place(&signature.field, words) {
        place if place == signature.field => name,
        place => words.say("documents-verify-as", &[("role", &place), ("name", &name)]),
    }
}
