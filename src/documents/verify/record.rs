//! A file beside the platform's record of it: the newest, an earlier one with fewer signatures, or another. No signature can
//! tell an earlier revision from the last one, which is whole in itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::address::public_id;
use super::check_beside;
use super::describe::{civil, place};
use super::report::Report;
use crate::documents::keys::Roots;
use crate::documents::paper::canonical_json;
use crate::documents::record::{Envelope, RECORD_SIGNER, Record, State, revisions};
use crate::documents::syntax::PdfFile;
use crate::documents::words::Words;
use crate::domain::hash::ContentHash;
use crate::i18n::{Locale, Texts};

/// More than a record of a paper with many signers needs.
const LARGEST: usize = 1 << 20;

/// Between the time that a record says and that of its timestamp, which another machine may have made.
const NEAR: SignedDuration = SignedDuration::from_mins(5);

/// What a file is to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The newest, signed by all who were to.
    Newest,
    /// The newest, and somebody has yet to sign.
    Waiting,
    /// An earlier one: others have signed since.
    Truncated,
    /// It has gone on since the record was drawn up.
    Later,
    /// The very file on which the recorded ruling decides.
    ReferredTo,
    /// The platform's report on how the document was signed.
    Report,
    /// What was printed to be signed by hand; the document is the scan of that.
    Printed,
    /// The document was taken back or replaced.
    Void,
    /// The document was not signed in time.
    Lapsed,
    /// Another file, or a changed one.
    Other,
}

impl Standing {
    pub const ALL: [Self; 10] = [
        Self::Newest,
        Self::Waiting,
        Self::Truncated,
        Self::Later,
        Self::ReferredTo,
        Self::Report,
        Self::Printed,
        Self::Void,
        Self::Lapsed,
        Self::Other,
    ];

    /// Whether the platform has this very file on its record.
    pub const fn is_recorded(self) -> bool {
        matches!(
            self,
            Self::Newest
                | Self::Waiting
                | Self::Truncated
                | Self::ReferredTo
                | Self::Report
                | Self::Printed
        )
    }

    /// As it stands at the end of its message key.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Waiting => "waiting",
            Self::Truncated => "truncated",
            Self::Later => "later",
            Self::ReferredTo => "referred-to",
            Self::Report => "report",
            Self::Printed => "printed",
            Self::Void => "void",
            Self::Lapsed => "lapsed",
            Self::Other => "other",
        }
    }
}

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    pub standing: Standing,
    /// The places that are signed on record and not in the file.
    pub missing: Vec<String>,
    /// The places that nobody has signed yet.
    pub waiting: Vec<String>,
    /// How the ruling in the record decides on the file.
    pub outcome: Option<String>,
    /// When the platform said what it was compared with; an older record tells nothing of what happened since.
    pub at: Timestamp,
}

/// Why a record is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordFlaw {
    #[error("the record is not one of this platform's, or of a later version of it")]
    Unknown,
    #[error("the record was changed, or its signature is not by an authority that is trusted")]
    Forged,
}

/// Reads a record that the authority behind `roots` has signed.
///
/// # Errors
/// See [`RecordFlaw`].
pub fn record(file: &[u8], roots: &Roots) -> Result<Record, RecordFlaw> {
    if file.len() > LARGEST {
        return Err(RecordFlaw::Unknown);
    }
    let envelope: Envelope = serde_json::from_slice(file).or(Err(RecordFlaw::Unknown))?;
    let said = canonical_json(&envelope.record);
    let signature = BASE64.decode(&envelope.signature);
    let signature = signature.or(Err(RecordFlaw::Forged))?;
    let signed_at = signed_at(&said, &signature, roots).ok_or(RecordFlaw::Forged)?;
    let record: Record = serde_json::from_value(envelope.record).or(Err(RecordFlaw::Unknown))?;
    if !record.is_known() {
        return Err(RecordFlaw::Unknown);
    }
    if record.at.duration_since(signed_at).abs() > NEAR {
        return Err(RecordFlaw::Forged);
    }
    Ok(record)
}

/// When the platform's key for records signed this.
fn signed_at(said: &[u8], signature: &[u8], roots: &Roots) -> Option<Timestamp> {
    let by = check_beside(said, signature, roots).ok()?;
    (by.signer == RECORD_SIGNER && by.organisation.is_none()).then_some(by.at)
}

/// What the file, of which `report` tells, is to the record.
pub fn compare(bytes: &[u8], report: &Report, record: &Record) -> Compared {
    let history = &record.history;
    let signers = || history.signers.iter();
    let names = |fields: Vec<&str>| fields.into_iter().map(str::to_owned).collect();
    let signed = |field: &str| report.signatures.iter().any(|it| it.field == field);
    let missing = signers().filter(|it| it.signed && !signed(&it.field));
    let waiting = signers().filter(|it| !it.signed);
    let standing = standing(bytes, report, record);
    let (missing, waiting) = match standing {
        Standing::Truncated => (missing.map(|it| it.field.as_str()).collect(), Vec::new()),
        Standing::Waiting => (Vec::new(), waiting.map(|it| it.field.as_str()).collect()),
        _ => (Vec::new(), Vec::new()),
    };
    let outcome = record.outcome.clone();
    Compared {
        outcome: outcome.filter(|_| standing == Standing::ReferredTo),
        at: record.at,
        standing,
        missing: names(missing),
        waiting: names(waiting),
    }
}

fn standing(bytes: &[u8], report: &Report, record: &Record) -> Standing {
    let hash = ContentHash::of(bytes);
    let history = &record.history;
    // A ruling that was taken back, or that not all have signed, decides nothing.
    if record.refers_to.as_ref() == Some(&hash) && record.state == State::Complete {
        return Standing::ReferredTo;
    }
    if record.evidence.as_ref() == Some(&hash) {
        return Standing::Report;
    }
    if record.by_hand.as_ref().is_some_and(|it| it.printed == hash) {
        return Standing::Printed;
    }
    if !history.revisions.contains(&hash) {
        let theirs = || PdfFile::parse(bytes).map(|file| revisions(&file));
        let later = || theirs().is_ok_and(|it| history.newest().is_some_and(|at| it.contains(at)));
        let of_it = public_id(bytes).as_deref() == Some(&record.verify_id);
        return match record.state {
            State::Void if of_it => Standing::Void,
            State::Lapsed if of_it => Standing::Lapsed,
            // What came after it has to be by somebody whom the platform would have let sign.
            State::Signing if report.whole && report.problems.is_empty() && later() => {
                Standing::Later
            }
            _ => Standing::Other,
        };
    }
    match record.state {
        State::Void => Standing::Void,
        State::Lapsed => Standing::Lapsed,
        _ if history.newest() != Some(&hash) => Standing::Truncated,
        State::Signing => Standing::Waiting,
        State::Complete => Standing::Newest,
    }
}

/// The comparison in words.
pub fn describe_record(compared: &Compared, texts: &Texts, locale: Locale) -> Vec<String> {
    let words = Words::new(texts, locale);
    let mut lines = vec![words.plain(&["documents-record-", compared.standing.name()].concat())];
    if let Some(outcome) = &compared.outcome {
        lines.push(words.plain(&["documents-outcome-", outcome].concat()));
    }
    lines.push(words.say("documents-record-at", &[("time", &civil(compared.at))]));
    for (key, fields) in [
        ("documents-record-missing", &compared.missing),
        ("documents-verify-waiting", &compared.waiting),
    ] {
        let line = |field: &String| words.say(key, &[("field", &place(field, words))]);
        lines.extend(fields.iter().map(line));
    }
    lines
}
