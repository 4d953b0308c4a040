//! The platform's record of a document: which revisions it has had, who is to sign it and what became of it. Signed, so that it can be
//! kept and shown elsewhere; without a name, so that anybody may have it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::keys::{Authority, Signer};
use super::paper::canonical_json;
use super::pdf::ARCHIVE_FIELD;
use super::sign::{SignError, sign_beside};
use super::syntax::PdfFile;
use super::verify;
use crate::clock::Clock;
use crate::domain::hash::ContentHash;

/// Names the format, so that another can follow it.
const SCHEMA: &str = "heyi-record/1";

/// The subject of the certificate under a record: no person and no organisation signs as this.
pub(super) const RECORD_SIGNER: &str = "heyi platform record";

/// What the platform says of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub schema: String,
    /// The id of the document on the platform.
    pub document: String,
    /// Such as `agreement`; empty for a document of which nothing is kept any more.
    pub kind: String,
    /// 32 hexadecimal digits: `/v/{id}`.
    pub verify_id: String,
    pub state: State,
    #[serde(flatten)]
    pub history: History,
    /// Of a ruling: the very file that it decides on.
    #[serde(default)]
    pub refers_to: Option<ContentHash>,
    /// Of a ruling: `valid`, `dismissed` or `not-accepted`.
    #[serde(default)]
    pub outcome: Option<String>,
    /// The report on how it was signed, once somebody has asked for it.
    #[serde(default)]
    pub evidence: Option<ContentHash>,
    /// Of what was signed by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<OnPaper>,
    /// When the platform said so.
    pub at: Timestamp,
}

/// What was signed on sheets of paper, as an officer saw it there; the file itself is the officer's certificate of the scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnPaper {
    /// The file that was printed.
    pub printed: ContentHash,
    /// The files of the scan.
    pub scan: Vec<ContentHash>,
    /// Whose names and seal stand there.
    pub hands: Vec<Expected>,
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Somebody has yet to sign.
    Signing,
    /// All have signed who were to.
    Complete,
    /// Taken back or replaced by another.
    Void,
    /// Not signed in time.
    Lapsed,
}

/// What can be read off the newest file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// In the order of their places on the paper.
    pub signers: Vec<Expected>,
    /// The hash of the file after each revision; the last one is that of the newest file.
    pub revisions: Vec<ContentHash>,
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    pub field: String,
    /// Such as `party`: the field without its number.
    pub role: String,
    pub signed: bool,
}

/// A record as it is handed out: what it says, and the platform's signature over the canonical JSON of that (CMS, detached, base64).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Envelope {
    pub(super) record: serde_json::Value,
    pub(super) signature: String,
}

/// Why there is no record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error("the record: {0}")]
    Json(#[from] serde_json::Error),
}

/// A record, its canonical JSON and the signature over that, in DER.
#[derive(Debug, Clone)]
pub struct Issued {
    pub said: Vec<u8>,
    pub signature: Vec<u8>,
    /// Both in one file, as `heyi verify --record` takes it.
    pub file: Vec<u8>,
}

impl Expected {
    /// The place with this field.
    pub fn at(field: String, signed: bool) -> Self {
        let role = field.split('-').next().unwrap_or_default().to_owned();
        Self {
            field,
            role,
            signed,
        }
    }
}

impl History {
    /// # Errors
    /// `Damaged` for what is none of our papers.
    pub fn of(paper: &[u8]) -> Result<Self, SignError> {
        let file = PdfFile::parse(paper)?;
        let waiting = verify::unsigned(&file);
        let fields = verify::fields(&file).into_iter();
        let places = fields.filter_map(|(_, field)| field.text("T"));
        let places = places.filter(|field| field != ARCHIVE_FIELD);
        let expected = |field: String| {
            let signed = !waiting.contains(&field);
            Expected::at(field, signed)
        };
        Ok(Self {
            signers: places.map(expected).collect(),
            revisions: revisions(&file),
        })
    }

    pub fn signed(&self) -> usize {
        self.signers.iter().filter(|it| it.signed).count()
    }

    pub fn newest(&self) -> Option<&ContentHash> {
        self.revisions.last()
    }
}

/// The hash of the file after each revision.
pub(super) fn revisions(file: &PdfFile<'_>) -> Vec<ContentHash> {
    let (mut hash, mut from) = (Sha256::new(), 0);
    let mut after = |end: usize| {
        hash.update(file.bytes.get(from..end).unwrap_or_default());
        from = end;
        ContentHash::of_digest(hash.clone().finalize().into())
    };
    let ends = file.revisions.iter().map(|revision| revision.end);
    ends.map(&mut after).collect()
}

impl Record {
    /// A record of a paper with this id under its square code.
    pub fn new(document: String, verify_id: String, state: State, at: Timestamp) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            document,
            kind: String::new(),
            verify_id,
            state,
            history: History::default(),
            refers_to: None,
            outcome: None,
            evidence: None,
            by_hand: None,
            at,
        }
    }

    pub(super) fn is_known(&self) -> bool {
        self.schema == SCHEMA
    }

    /// Signs it, with a key that signs nothing else.
    pub fn issue(&self, authority: &Authority, clock: &Clock) -> Result<Issued, RecordError> {
        let record = serde_json::to_value(self)?;
        let said = canonical_json(&record);
        let signer = Signer {
            name: RECORD_SIGNER.to_owned(),
            organisation: None,
            pseudonym: ContentHash::of(&said).to_string(),
        };
        let signature = sign_beside(&said, &signer, authority, (clock.now(), clock))?;
        let envelope = Envelope {
            record,
            signature: BASE64.encode(&signature),
        };
        Ok(Issued {
            file: serde_json::to_vec_pretty(&envelope)?,
            said,
            signature,
        })
    }
}
