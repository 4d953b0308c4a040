//! A report in words.

use jiff::tz::{Offset, TimeZone};

use super::report::{Report, Signature};
use crate::documents::Say;

/// The lines of a report, for a terminal or a page.
pub fn describe(report: &Report, say: &Say<'_>) -> Vec<String> {
    let verdict = match (report.accepted, report.whole) {
        (true, _) => "documents-verify-accepted",
        (false, true) => "documents-verify-whole",
        (false, false) => "documents-verify-refused",
    };
    let mut lines = vec![say(verdict, &[])];
    lines.extend(
        report
            .signatures
            .iter()
            .map(|signature| line(signature, say)),
    );
    for field in &report.unsigned {
        lines.push(say("documents-verify-waiting", &[("field", field)]));
    }
    for problem in &report.problems {
        let what = say(&format!("documents-problem-{}", problem.code.name()), &[]);
        lines.push(match &problem.field {
            Some(field) => say(
                "documents-verify-problem-of",
                &[("field", field), ("what", &what)],
            ),
            None => say("documents-verify-problem", &[("what", &what)]),
        });
    }
    lines
}

fn line(signature: &Signature, say: &Say<'_>) -> String {
    let time = signature.signed_at.map_or_else(
        || say("documents-verify-no-time", &[]),
        |at| {
            at.to_zoned(TimeZone::fixed(Offset::constant(8)))
                .strftime("%Y-%m-%d %H:%M:%S")
                .to_string()
        },
    );
    let signer = match (&signature.organisation, signature.signer.as_str()) {
        (Some(organisation), name) if organisation != name && !name.is_empty() => say(
            "documents-verify-of",
            &[("name", name), ("organisation", organisation)],
        ),
        (_, "") => signature.field.clone(),
        (_, name) => name.to_owned(),
    };
    let key = match (signature.intact, signature.trusted) {
        (true, true) => "documents-verify-good",
        (true, false) => "documents-verify-untrusted",
        (false, _) => "documents-verify-broken",
    };
    say(key, &[("signer", &signer), ("time", &time)])
}
