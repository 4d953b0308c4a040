//! Who signed a paper and whether it is whole. Strict, apart from the code that signs, and never panicking on any bytes.

mod address;
mod around;
mod base;
mod chain;
mod cms;
mod data;
mod decision;
mod describe;
mod detached;
mod foreign;
mod heard;
mod key;
mod kinds;
mod names;
mod page;
mod places;
mod record;
mod report;
mod signature;
mod stamp;
mod structure;
mod worded;

use std::sync::LazyLock;

use jiff::Timestamp;
use x509_cert::Certificate;

use self::chain::{Revocations, Vouched};
use self::page::Unpacker;
use self::signature::Covered;
use self::structure::{Evidence, Later, SignedRevision};
use super::keys::Roots;
use super::syntax::{Flaw, PdfFile};
use crate::i18n::Texts;

pub use address::public_id;
pub(super) use chain::{attribute, check as check_certificate, holds, is_list};
pub use data::carries;
pub use decision::{Decision, decision};
pub use describe::{describe, history};
pub use detached::{Beside, check_beside, check_beside_against};
pub use foreign::{Foreign, Unverified};
pub(super) use names::fits;
pub use places::{ActsFor, Place, Right, Role};
pub use record::{Compared, RecordFlaw, Standing, compare, describe_record, record};
pub use report::{Added, CertificateFacts, Code, Problem, Report, Signature, Step, Verdict};
/// Bytes of a file; a larger one is not looked at.
pub const LARGEST: usize = super::syntax::LARGEST;

pub(super) use stamp::read as read_stamp;
pub(super) use structure::{fields, shape, unsigned};

/// Checks a file against the certificates that are trusted.
pub fn run(bytes: &[u8], roots: &Roots) -> Report {
    run_against(bytes, roots, &[])
}

/// Checks a file against the certificates that are trusted, and lists of what was taken back since it was closed, each in
/// DER; a list that none of them made is passed over.
///
/// It says what was changed, not when: a copy with fewer signatures is an older paper, which only the platform's
/// record of expected signers and of the hash can tell from the last one.
pub fn run_against(bytes: &[u8], roots: &Roots, lists: &[Vec<u8>]) -> Report {
    run_in(bytes, (roots, lists), &SHIPPED)
}

/// The wording that comes with the program.
static SHIPPED: LazyLock<Texts> = LazyLock::new(shipped);

#[expect(
    clippy::expect_used,
    reason = "the texts are part of the binary and loaded by tests"
)]
fn shipped() -> Texts {
    Texts::load(None).expect("the shipped texts load")
}

/// As [`run_against`], where papers may be in the wording of `texts`, which is that of an installation.
pub fn run_in(bytes: &[u8], (roots, lists): (&Roots, &[Vec<u8>]), texts: &Texts) -> Report {
    let file = match PdfFile::parse(bytes) {
        Ok(file) => file,
        Err(flaw) => return stranger(bytes, flaw),
    };
    let mut unpacker = Unpacker::new();
    let base = base::check(&file, &mut unpacker, texts);
    let strange = base.problems.iter().any(|it| it.code != Code::Wording);
    let strange = strange && foreign::is_strange(bytes);
    let later = structure::all(&file);
    let mut read = Reading::new(&file, roots, unpacker);
    for (revision, one) in (1..).zip(&later) {
        read.step(revision, one.as_ref().ok());
    }
    let newest: Vec<_> = lists
        .iter()
        .filter_map(|list| Revocations::read(&[list.as_slice()], roots))
        .collect();
    for list in &newest {
        read.hold_against(list);
    }
    let mut problems = base.problems;
    problems.extend(structure::problems(&later));
    problems.append(&mut read.problems);
    let waiting = unsigned(&file);
    if problems.is_empty() {
        let code = if read.signatures.is_empty() {
            Some(Code::Unsigned)
        } else {
            // Whoever signs last closes the paper: without that, something was cut off.
            (waiting.is_empty() && read.archived_at.is_none()).then_some(Code::Unclosed)
        };
        problems.extend(code.map(|code| Problem { code, field: None }));
    }
    let checked = read.all_listed(&newest);
    let mut report = Report::new(read.signatures, waiting, problems);
    report.revocation_checked = checked;
    report.ours = read.ours;
    report.work = read.unpacker.spent();
    report.archived_at = read.archived_at;
    report.archived_until = read.archived_until;
    report.history = read.history;
    report.pages = base.pages;
    report.refers_to = base.data.refers_to;
    report.places = base.data.places;
    report.translation = base.data.translation;
    report.uncompared = base.data.uncompared;
    report.foreign = strange.then(|| foreign::look_at(bytes));
    report.judged()
}

/// What speaks against a paper that nobody has signed yet; in which words a house writes is its own affair.
pub(super) fn unsound(paper: &[u8]) -> Vec<Problem> {
    match PdfFile::parse(paper) {
        Ok(file) => {
            let mut problems = base::check(&file, &mut Unpacker::new(), &SHIPPED).problems;
            problems.retain(|it| it.code != Code::Wording);
            problems
        }
        Err(flaw) => Report::refused(code(flaw)).problems,
    }
}

/// What can be said of a file that we did not write.
fn stranger(bytes: &[u8], flaw: Flaw) -> Report {
    let mut report = Report::refused(code(flaw));
    // Others write with the same library, and begin alike.
    let strange = match flaw {
        Flaw::Header => true,
        Flaw::TooLarge => false,
        _ => foreign::is_strange(bytes),
    };
    if strange {
        report.foreign = Some(foreign::look_at(bytes));
    }
    report.judged()
}

/// What is found from revision to revision.
struct Reading<'a> {
    file: &'a PdfFile<'a>,
    roots: &'a Roots,
    unpacker: Unpacker,
    covered: Covered<'a>,
    signatures: Vec<Signature>,
    /// On which it rests, for whether one was taken back; without a field, those of the paper as a whole.
    certificates: Vec<(Vouched, Option<Timestamp>, Option<String>)>,
    lists: Option<Revocations>,
    /// The roots that it brings along to prove itself.
    proofs: Vec<&'a Certificate>,
    /// Whether a signature or a timestamp against which nothing speaks comes from this platform.
    ours: bool,
    archived_at: Option<Timestamp>,
    archived_until: Option<Timestamp>,
    history: Vec<Step>,
    problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    fn new(file: &'a PdfFile<'a>, roots: &'a Roots, unpacker: Unpacker) -> Self {
        Self {
            file,
            roots,
            unpacker,
            covered: Covered::new(file.bytes),
            signatures: Vec::new(),
            certificates: Vec::new(),
            lists: None,
            proofs: Vec::new(),
            ours: false,
            archived_at: None,
            archived_until: None,
            history: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reads one revision; none where it is nothing that we add.
    fn step(&mut self, revision: usize, later: Option<&Later<'_>>) {
        let (added, field) = match later {
            Some(Later::Signed(signed)) => {
                self.signature(signed);
                (Added::Signature, signed.field.text("T"))
            }
            Some(Later::Evidence(evidence)) => {
                self.evidence(evidence);
                (Added::Evidence, None)
            }
            Some(Later::Archived(stamp)) => {
                self.archived(stamp);
                (Added::ArchiveTimestamp, None)
            }
            None => (Added::Something, None),
        };
        self.history.push(Step {
            revision,
            added,
            field,
        });
    }

    fn problem(&mut self, code: Code, field: Option<&str>) {
        let field = field.map(str::to_owned);
        self.problems.push(Problem { code, field });
    }

    fn signature(&mut self, revision: &SignedRevision<'_>) {
        let (signature, mut found, certificates) =
            signature::check(&mut self.covered, revision, self.roots);
        if let Err(code) = self.look(revision) {
            found.push(code);
        }
        let of = signature.organisation.as_deref();
        if signature.intact && !fits(revision.field, &signature.signer, of) {
            found.push(Code::Name);
        }
        let is_ours = |it: &Vouched| chain::is_ours(&it.certificate, self.roots);
        self.ours = self.ours || (found.is_empty() && certificates.iter().any(is_ours));
        let earlier = self
            .signatures
            .iter()
            .filter_map(|it| it.signed_at)
            .next_back();
        if signature.signed_at < earlier {
            found.push(Code::TimeOrder);
        }
        for code in found {
            self.problem(code, Some(&signature.field));
        }
        for certificate in certificates {
            let field = Some(signature.field.clone());
            self.certificates
                .push((certificate, signature.stamped_at, field));
        }
        self.signatures.push(signature);
    }

    /// What a signature shows hides nothing of the page.
    fn look(&mut self, revision: &SignedRevision<'_>) -> Result<(), Code> {
        let look = revision.look.ok_or(Code::Look)?;
        let place = look.dict().ok_or(Code::Look)?;
        let place = page::extent(place).or(Err(Code::Look))?;
        let content = self.unpacker.unpack(self.file, look)?;
        page::drawn(&content, place, &mut self.unpacker).or(Err(Code::Look))
    }

    fn evidence(&mut self, evidence: &Evidence<'_>) {
        let roots = self.roots;
        let known = |bytes: &&[u8]| roots.contains(bytes);
        if !evidence.certificates.iter().all(known) {
            self.problem(Code::Untrusted, None);
            return;
        }
        let lists = Revocations::read(&evidence.revocations, roots);
        let brought = roots
            .all()
            .filter(|root| evidence.certificates.contains(&root.der.as_slice()));
        self.proofs = brought.map(|root| &root.certificate).collect();
        let complete = |lists: &Revocations| {
            let mut all = self.certificates.iter();
            all.all(|(one, ..)| lists.cover(one) && self.proves(one))
        };
        let Some(lists) = lists.filter(complete) else {
            self.problem(Code::Evidence, None);
            return;
        };
        self.hold_against(&lists);
        self.lists = Some(lists);
    }

    /// Whether the root of a certificate came along: whoever checks the file elsewhere need have trust in it alone.
    fn proves(&self, one: &Vouched) -> bool {
        self.proofs.iter().any(|root| one.is_by(root))
    }

    /// Whether of every certificate, but that of the archive timestamp, a list tells that was made since it was used.
    fn all_listed(&self, newest: &[Revocations]) -> bool {
        let mut used = self.certificates.iter().filter(|one| one.2.is_some());
        let lists = newest.iter().chain(&self.lists);
        used.all(|(certificate, at, _)| {
            let mut told = lists.clone();
            told.any(|list| list.tell_of(certificate, *at))
        })
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

    fn archived(&mut self, revision: &SignedRevision<'_>) {
        match signature::archived(&mut self.covered, revision, self.roots) {
            Ok(stamp) => {
                let fits = |lists: &Revocations| {
                    lists.hold(stamp.at)
                        && lists.cover(&stamp.by)
                        && self.proves(&stamp.by)
                        && !lists.name(&stamp.by, Some(stamp.at))
                };
                if self.lists.as_ref().is_some_and(|lists| !fits(lists)) {
                    self.problem(Code::Evidence, None);
                }
                self.ours = self.ours || chain::is_ours(&stamp.by.certificate, self.roots);
                self.archived_at = Some(stamp.at);
                self.archived_until = signature::until(&stamp.by.certificate);
                self.certificates.push((stamp.by, Some(stamp.at), None));
            }
            Err(code) => self.problem(code, None),
        }
    }
}

const fn code(flaw: Flaw) -> Code {
    match flaw {
        Flaw::TooLarge => Code::TooLarge,
        Flaw::Header => Code::NotAPaper,
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
