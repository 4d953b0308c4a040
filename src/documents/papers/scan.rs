//! 扫描件核对证明: that a scan shows the agreement which everybody signed by hand, on the very text that was printed.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::DocumentError;
use super::super::paper::{Attachment, Nature, Paper};
use super::{OF_PAPERS, Signatory, Worded, in_words, samples};
use crate::i18n::Texts;

/// What the paper says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Of the agreement.
    pub number: String,
    pub organisation: String,
    pub cause: String,
    /// Everybody whose name or seal stands on the sheets.
    pub signed_by: Vec<String>,
    /// SHA-256 of the file that was printed.
    pub printed: String,
    pub files: Vec<ScanFile>,
    /// The last signature by hand.
    pub signed_at: Timestamp,
    pub officer: Signatory,
    /// Of whoever confirms it for the organisation.
    pub seal_field: String,
    pub date: Date,
    pub made_at: Timestamp,
    pub verify_url: String,
}

/// One file of the scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanFile {
    /// As it is named inside.
    pub name: String,
    pub sha256: String,
    pub size: u64,
}

/// What is inside: the file that was printed, and the scan with the type of each of its files.
#[derive(Debug, Clone)]
pub struct Enclosures {
    pub printed: Vec<u8>,
    pub scan: Vec<(&'static str, Vec<u8>)>,
}

impl Worded for Scan {
    const KIND: &'static str = "scan";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        vec![samples::scan()]
    }
}

/// Puts it into words, with the files within the file; `called` says what the print and the scan are.
///
/// # Errors
/// As [`in_words`].
pub fn scan(
    content: &Scan,
    enclosed: Enclosures,
    called: [&str; 2],
    texts: &Texts,
) -> Result<Paper, DocumentError> {
    let mut paper = in_words(content, texts, OF_PAPERS)?;
    paper.attachments.push(Attachment {
        name: "agreement.pdf".to_owned(),
        description: called[0].to_owned(),
        bytes: enclosed.printed,
        nature: Nature::Paper,
    });
    let scans = content.files.iter().zip(enclosed.scan);
    let scans = scans.map(|(file, (mime, bytes))| Attachment {
        name: file.name.clone(),
        description: called[1].to_owned(),
        bytes,
        nature: Nature::Scan(mime),
    });
    paper.attachments.extend(scans);
    Ok(paper)
}
