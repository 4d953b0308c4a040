//! Who signed a paper and whether it is whole. Strict, apart from the code that signs, and never panicking on any bytes.

mod chain;
mod describe;
mod report;
mod signature;
mod structure;

use jiff::Timestamp;

use super::syntax::{Flaw, PdfFile};

pub use describe::describe;
pub use report::{Code, Problem, Report, Signature, Verdict};
pub(super) use structure::{fields, shape, unsigned};

/// Checks a file against the certificates that are trusted, each in DER.
///
/// It says what was changed, not when: a copy with fewer signatures is an older paper, which only the platform's
/// record of expected signers and of the hash can tell from the last one.
pub fn run(bytes: &[u8], roots: &[Vec<u8>]) -> Report {
    let file = match PdfFile::parse(bytes) {
        Ok(file) => file,
        Err(flaw) => return Report::refused(code(flaw)),
    };
    let mut problems = shape(&file);
    let mut signatures = Vec::new();
    let mut earlier: Option<Timestamp> = None;
    for index in 1..file.revisions.len() {
        let Ok(revision) = structure::signed_revision(&file, index) else {
            continue;
        };
        let (signature, found) = signature::check(&file, &revision, roots);
        problems.extend(found.into_iter().map(|code| Problem {
            code,
            field: Some(signature.field.clone()),
        }));
        if signature.signed_at < earlier {
            problems.push(Problem {
                code: Code::TimeOrder,
                field: Some(signature.field.clone()),
            });
        }
        earlier = signature.signed_at.or(earlier);
        signatures.push(signature);
    }
    if signatures.is_empty() && problems.is_empty() {
        problems.push(Problem {
            code: Code::Unsigned,
            field: None,
        });
    }
    let unsigned = unsigned(&file);
    Report::new(signatures, unsigned, problems)
}

const fn code(flaw: Flaw) -> Code {
    match flaw {
        Flaw::TooLarge | Flaw::Header => Code::NotAPaper,
        Flaw::End => Code::End,
        Flaw::Table => Code::Table,
        Flaw::Gap => Code::Gap,
        Flaw::Object => Code::Object,
        Flaw::Hidden => Code::Hidden,
        Flaw::Root => Code::Root,
    }
}

#[cfg(test)]
mod tests;
