//! Who signed a paper and whether it is whole. Strict, apart from the code that signs, and never panicking on any bytes.

mod chain;
mod cms;
mod describe;
mod detached;
mod report;
mod signature;
mod stamp;
mod structure;

use jiff::Timestamp;
use x509_cert::Certificate;

use self::chain::Revocations;
use self::structure::{Later, SignedRevision};
use super::syntax::{Flaw, PdfFile};

pub use describe::describe;
pub use detached::{Beside, check_beside};
pub use report::{Code, Problem, Report, Signature, Verdict};
pub(super) use structure::{fields, shape, unsigned};

/// Checks a file against the certificates that are trusted, each in DER.
pub fn run(bytes: &[u8], roots: &[Vec<u8>]) -> Report {
    run_against(bytes, roots, &[])
}

/// Checks a file against the certificates that are trusted, and lists of what was taken back since it was closed, each in
/// DER; a list that none of them made is passed over.
///
/// It says what was changed, not when: a copy with fewer signatures is an older paper, which only the platform's
/// record of expected signers and of the hash can tell from the last one.
pub fn run_against(bytes: &[u8], roots: &[Vec<u8>], lists: &[Vec<u8>]) -> Report {
    let file = match PdfFile::parse(bytes) {
        Ok(file) => file,
        Err(flaw) => return Report::refused(code(flaw)),
    };
    let mut read = Reading::default();
    for index in 1..file.revisions.len() {
        match structure::later(&file, index) {
            Ok(Later::Signed(revision)) => read.signature(&file, &revision, roots),
            Ok(Later::Evidence(evidence)) => read.evidence(&evidence, roots),
            Ok(Later::Archived(revision)) => read.archived(&file, &revision, roots),
            Err(_) => {}
        }
    }
    let newest: Vec<_> = lists
        .iter()
        .filter_map(|list| Revocations::read(&[list.as_slice()], roots))
        .collect();
    for list in &newest {
        read.hold_against(list);
    }
    let mut problems = shape(&file);
    problems.extend(read.problems);
    if read.signatures.is_empty() && problems.is_empty() {
        problems.push(Problem {
            code: Code::Unsigned,
            field: None,
        });
    }
    let mut report = Report::new(read.signatures, unsigned(&file), problems);
    report.archived_at = read.archived_at;
    report
}

/// What is found from revision to revision.
#[derive(Default)]
struct Reading {
    signatures: Vec<Signature>,
    /// On which it rests, for whether one was taken back; without a field, those of the paper as a whole.
    certificates: Vec<(Certificate, Option<Timestamp>, Option<String>)>,
    archived_at: Option<Timestamp>,
    problems: Vec<Problem>,
}

impl Reading {
    fn problem(&mut self, code: Code, field: Option<&str>) {
        let field = field.map(str::to_owned);
        self.problems.push(Problem { code, field });
    }

    fn signature(&mut self, file: &PdfFile<'_>, revision: &SignedRevision<'_>, roots: &[Vec<u8>]) {
        let (signature, found, rests_on) = signature::check(file, revision, roots);
        let field = signature.field.clone();
        for code in found {
            self.problem(code, Some(&field));
        }
        let earlier = self
            .signatures
            .iter()
            .filter_map(|it| it.signed_at)
            .next_back();
        if signature.signed_at < earlier {
            self.problem(Code::TimeOrder, Some(&field));
        }
        for certificate in rests_on {
            let (at, field) = (signature.stamped_at, Some(field.clone()));
            self.certificates.push((certificate, at, field));
        }
        self.signatures.push(signature);
    }

    fn evidence(&mut self, evidence: &structure::Evidence<'_>, roots: &[Vec<u8>]) {
        let known = |bytes: &&[u8]| roots.iter().any(|root| root == bytes);
        if !evidence.certificates.iter().all(known) {
            self.problem(Code::Untrusted, None);
            return;
        }
        let Some(lists) = Revocations::read(&evidence.revocations, roots) else {
            self.problem(Code::Evidence, None);
            return;
        };
        self.hold_against(&lists);
    }

    fn hold_against(&mut self, lists: &Revocations) {
        let named = self
            .certificates
            .iter()
            .filter(|(certificate, at, _)| lists.name(certificate, *at));
        for (_, _, field) in named {
            let problem = Problem {
                code: Code::Revoked,
                field: field.clone(),
            };
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }

    fn archived(&mut self, file: &PdfFile<'_>, revision: &SignedRevision<'_>, roots: &[Vec<u8>]) {
        match signature::archived(file, revision, roots) {
            Ok(stamp) => {
                self.archived_at = Some(stamp.at);
                self.certificates
                    .push((stamp.certificate, Some(stamp.at), None));
            }
            Err(code) => self.problem(code, None),
        }
    }
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
