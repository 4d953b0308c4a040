//! What a check found, for people and for machines.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::foreign::Foreign;
use super::places::Place;
use crate::documents::syntax::hex;

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own"
)]
pub struct Report {
    /// Nothing was changed since it was signed, and it is signed.
    pub whole: bool,
    /// It is whole, everybody has signed, it is closed for its archive, and nothing speaks against anybody's signature.
    pub accepted: bool,
    pub verdict: Verdict,
    /// Whether a signature or a timestamp in it comes from this platform itself, or the platform says beside the file that it is one of
    /// its own. Whoever has a certificate of a service elsewhere that is trusted too could make a file that looks like ours.
    pub ours: bool,
    /// Whether lists that were made since speak of every certificate, so that one which was taken back is known.
    pub revocation_checked: bool,
    /// In the order in which they were made.
    pub signatures: Vec<Signature>,
    /// The fields that still wait for a signature.
    pub unsigned: Vec<String>,
    /// Who is to sign in which field, and as what, as far as the data of the paper says so.
    pub places: BTreeMap<String, Place>,
    /// When it was closed for its archive, with all that proves its certificates.
    pub archived_at: Option<Timestamp>,
    /// Until when the certificate of that timestamp holds; from then on a later anchor has to prove the time.
    pub archived_until: Option<Timestamp>,
    /// What came to the base, one revision after the other.
    pub history: Vec<Step>,
    /// How many pages it has, where they can be counted.
    pub pages: usize,
    /// The fingerprint of the agreement that a ruling is about.
    pub refers_to: Option<String>,
    /// The language of the text beside the Chinese one, which prevails.
    pub translation: Option<String>,
    /// The names of the data in it that nothing here could compare with its pages.
    pub uncompared: Vec<String>,
    /// Whether that is the agreement it was compared with.
    pub is_about: Option<bool>,
    /// What can be seen of a file that is not one of ours.
    pub foreign: Option<Foreign>,
    pub problems: Vec<Problem>,
    /// What reading its pages and its data took, in steps of some nanoseconds; of a file that takes too many nothing more is read.
    #[serde(skip)]
    pub work: usize,
}

/// One revision after the base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// 1 for the first after the base.
    pub revision: usize,
    pub added: Added,
    /// The field that was signed.
    pub field: Option<String>,
}

/// What a revision added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Added {
    Signature,
    /// The certificates of the roots and what they took back.
    Evidence,
    ArchiveTimestamp,
    /// What we do not add.
    Something,
}

/// What a report comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Whole, and everybody has signed.
    Accepted,
    /// Whole as far as it is signed, and nothing in it comes from this platform: only its record tells whether it is one of its papers.
    Elsewhere,
    /// Whole as far as it is signed; somebody has not.
    Waiting,
    /// A paper of ours that nobody has signed.
    Unsigned,
    /// Whole, and something about who signed deserves no trust, or its end may be gone.
    Doubtful,
    /// Not one of ours, of which nothing can be said for certain.
    Foreign,
    Refused,
}

/// One signature of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// The name of its field.
    pub field: String,
    /// The name in the certificate, or empty where the signature could not be read.
    pub signer: String,
    pub organisation: Option<String>,
    /// The salted HMAC of the signer's identity.
    pub pseudonym: Option<String>,
    /// Of the certificate, in lower-case hexadecimal digits; by it the certificate is taken back.
    pub serial: Option<String>,
    /// The time the signature claims.
    pub signed_at: Option<Timestamp>,
    /// The time at which the signature was there, as a timestamp says.
    pub stamped_at: Option<Timestamp>,
    /// Who says that time.
    pub stamped_by: Option<String>,
    /// 1 for the first signature after the base.
    pub revision: usize,
    /// The signature fits the bytes it covers.
    pub intact: bool,
    /// The certificate comes from a trusted authority and was valid and meant for this.
    pub trusted: bool,
    /// What its certificate says besides, where it could be read.
    pub certificate: Option<CertificateFacts>,
}

/// What a certificate says besides its subject and serial number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateFacts {
    pub issuer: String,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

/// Something wrong, with the field it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub code: Code,
    pub field: Option<String>,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// Not a paper of this platform.
    NotAPaper,
    /// Larger than any paper, packed or unpacked.
    TooLarge,
    /// Bytes after the end, or the end is missing.
    End,
    /// A broken cross-reference table.
    Table,
    /// Revisions that do not follow each other.
    Gap,
    /// A broken or misplaced object.
    Object,
    /// Bytes that belong to nothing.
    Hidden,
    /// A later revision names another root.
    Root,
    /// Nobody has signed.
    Unsigned,
    /// A later revision overwrites something that was signed.
    Overwritten,
    /// A later revision changes a field beyond signing it.
    FieldChanged,
    /// A later revision adds more than a signature and its look, or less.
    Additions,
    /// The signature does not cover exactly its revision.
    ByteRange,
    /// The place of the signature holds something else.
    Contents,
    /// The signature cannot be read.
    Cms,
    /// The content differs from what was signed.
    Digest,
    /// The signature is not made by the key of the certificate.
    Forged,
    /// The signature is not bound to its certificate.
    Binding,
    /// The certificate comes from nobody who is trusted.
    Untrusted,
    /// The certificate was not valid at the time of signing.
    Expired,
    /// The certificate is not meant for signing papers.
    Usage,
    /// A signature claims to be older than the one before it.
    TimeOrder,
    /// The timestamp is missing, is broken, or tells another time.
    Stamp,
    /// The timestamp comes from nobody who is trusted.
    StampUntrusted,
    /// What proves the certificates is broken, or proves others.
    Evidence,
    /// The certificate had been taken back.
    Revoked,
    /// It has parts that act by themselves or show something else at another time.
    Active,
    /// A page is not written as we write pages.
    Page,
    /// A text cannot be seen, or is covered.
    HiddenText,
    /// The data it carries says something else than the pages.
    Data,
    /// What a signature shows hides something.
    Look,
    /// A place to sign was filled before anybody signed.
    Filled,
    /// Something lies over the pages.
    Overlay,
    /// What a letter looks like is not what it says.
    Glyphs,
    /// Somebody else signed than whose place it is.
    Name,
    /// Everybody has signed, and what closes the paper is missing.
    Unclosed,
    /// The wording is none that is known.
    Wording,
    /// The square code leads elsewhere than the paper says.
    SquareCode,
}

impl Code {
    pub const ALL: [Self; 38] = [
        Self::NotAPaper,
        Self::TooLarge,
        Self::End,
        Self::Table,
        Self::Gap,
        Self::Object,
        Self::Hidden,
        Self::Root,
        Self::Unsigned,
        Self::Overwritten,
        Self::FieldChanged,
        Self::Additions,
        Self::ByteRange,
        Self::Contents,
        Self::Cms,
        Self::Digest,
        Self::Forged,
        Self::Binding,
        Self::Untrusted,
        Self::Expired,
        Self::Usage,
        Self::TimeOrder,
        Self::Stamp,
        Self::StampUntrusted,
        Self::Evidence,
        Self::Revoked,
        Self::Active,
        Self::Page,
        Self::HiddenText,
        Self::Data,
        Self::Look,
        Self::Filled,
        Self::Overlay,
        Self::Glyphs,
        Self::Name,
        Self::Unclosed,
        Self::Wording,
        Self::SquareCode,
    ];

    /// The code in a report and at the end of its message key.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAPaper => "not-a-paper",
            Self::TooLarge => "too-large",
            Self::End => "end",
            Self::Table => "table",
            Self::Gap => "gap",
            Self::Object => "object",
            Self::Hidden => "hidden",
            Self::Root => "root",
            Self::Unsigned => "unsigned",
            Self::Overwritten => "overwritten",
            Self::FieldChanged => "field-changed",
            Self::Additions => "additions",
            Self::ByteRange => "byte-range",
            Self::Contents => "contents",
            Self::Cms => "cms",
            Self::Digest => "digest",
            Self::Forged => "forged",
            Self::Binding => "binding",
            Self::Untrusted => "untrusted",
            Self::Expired => "expired",
            Self::Usage => "usage",
            Self::TimeOrder => "time-order",
            Self::Stamp => "stamp",
            Self::StampUntrusted => "stamp-untrusted",
            Self::Evidence => "evidence",
            Self::Revoked => "revoked",
            Self::Active => "active",
            Self::Page => "page",
            Self::HiddenText => "hidden-text",
            Self::Data => "data",
            Self::Look => "look",
            Self::Filled => "filled",
            Self::Overlay => "overlay",
            Self::Glyphs => "glyphs",
            Self::Name => "name",
            Self::Unclosed => "unclosed",
            Self::Wording => "wording",
            Self::SquareCode => "square-code",
        }
    }

    /// Whether the paper may still be whole: the doubt is about the signer, not about the bytes.
    const fn concerns_trust(self) -> bool {
        matches!(
            self,
            Self::Untrusted
                | Self::Expired
                | Self::Usage
                | Self::StampUntrusted
                | Self::Revoked
                | Self::Name
                | Self::Unclosed
                | Self::Wording
        )
    }
}

impl Report {
    /// Holds a ruling against the agreement that it should be about; one that is not whole says nothing.
    pub fn compare(&mut self, agreement: &[u8]) {
        let hash = hex(&Sha256::digest(agreement));
        self.is_about = self.whole.then_some(self.refers_to.as_ref() == Some(&hash));
    }

    /// The platform itself says beside the file that it is one of its own: by a record that it signed, or by an anchor.
    pub fn vouch(&mut self) {
        self.ours = true;
        self.verdict = self.comes_to();
        self.accepted = self.verdict == Verdict::Accepted;
    }

    /// Whether nothing speaks against the file but that nothing in it comes from this platform: whoever made it could name any wording.
    pub fn is_from_elsewhere(&self) -> bool {
        !self.ours && !self.signatures.is_empty() && self.has_only_strange_words()
    }

    /// Whether nothing speaks against it but that what closes it is missing, as if it had been cut off.
    pub fn is_only_unclosed(&self) -> bool {
        self.whole
            && self.problems.iter().all(|it| it.code == Code::Unclosed)
            && !self.problems.is_empty()
    }

    /// Whether nothing speaks against a file of ours but that its wording is not known here, which concerns nobody's signature.
    pub fn is_only_worded_otherwise(&self) -> bool {
        self.ours && self.verdict == Verdict::Doubtful && self.has_only_strange_words()
    }

    /// Whether no more is wrong with it than that its wording is not known here, if that.
    fn has_only_strange_words(&self) -> bool {
        self.problems.iter().all(|it| it.code == Code::Wording)
    }

    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What all that was found comes to.
    pub(super) fn judged(mut self) -> Self {
        self.verdict = self.comes_to();
        self.accepted = self.verdict == Verdict::Accepted;
        self
    }

    fn comes_to(&self) -> Verdict {
        match self.problems.as_slice() {
            [] if !self.ours => Verdict::Elsewhere,
            [] if self.unsigned.is_empty() => Verdict::Accepted,
            [] => Verdict::Waiting,
            _ if self.whole => Verdict::Doubtful,
            [
                Problem {
                    code: Code::Unsigned,
                    ..
                },
            ] => Verdict::Unsigned,
            _ if self.foreign.is_some() => Verdict::Foreign,
            _ => Verdict::Refused,
        }
    }

    pub(super) fn new(
        signatures: Vec<Signature>,
        unsigned: Vec<String>,
        problems: Vec<Problem>,
    ) -> Self {
        let whole = !signatures.is_empty()
            && signatures.iter().all(|signature| signature.intact)
            && problems.iter().all(|problem| problem.code.concerns_trust());
        Self {
            whole,
            accepted: false,
            verdict: Verdict::Refused,
            ours: false,
            revocation_checked: false,
            signatures,
            unsigned,
            places: BTreeMap::new(),
            archived_at: None,
            archived_until: None,
            history: Vec::new(),
            pages: 0,
            refers_to: None,
            translation: None,
            uncompared: Vec::new(),
            is_about: None,
            foreign: None,
            problems,
            work: 0,
        }
    }

    /// The report on bytes that cannot even be read as a paper.
    pub(super) fn refused(code: Code) -> Self {
        Self::new(Vec::new(), Vec::new(), vec![Problem { code, field: None }]).judged()
    }
}
