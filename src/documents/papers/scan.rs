//! 扫描件核对证明: that a scan shows the agreement which everybody signed by hand, on the very text that was printed.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::paper::{
    Attachment, Clause, Entry, Nature, Paper, Slot, SlotKind, canonical_json,
};
use super::super::words::Words;
use super::{Block, Draft, Signatory};
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
    pub signed_at: String,
    pub officer: Signatory,
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

/// Puts it into words, with the files within the file.
pub fn scan(
    content: &Scan,
    enclosed: Enclosures,
    texts: &Texts,
) -> Result<Paper, serde_json::Error> {
    let words = Words::of_papers(texts);
    let mut draft = Draft::new(words);
    draft.paragraph(words.say(
        "documents-scan-lead",
        &[
            ("organisation", &content.organisation),
            ("number", &content.number),
            ("cause", &content.cause),
        ],
    ));
    draft.blocks.push(Block::Table(facts(content, words)));
    draft.section("documents-scan-checked");
    let ticks = [
        "documents-scan-tick-pages",
        "documents-scan-tick-signatures",
        "documents-scan-tick-text",
        "documents-scan-tick-original",
    ]
    .map(|key| words.plain(key));
    let numbered = (1..).zip(ticks).map(|(number, text)| Clause {
        number: format!("{number}."),
        text,
        terms: Vec::new(),
    });
    draft.blocks.push(Block::Clauses(numbered.collect()));
    draft.paragraph(words.plain("documents-scan-kept"));
    let name = [("name", content.officer.name.as_str())];
    draft.signatures(vec![Slot {
        field: content.officer.field.clone(),
        label: words.say("documents-scan-officer", &name),
        kind: SlotKind::Hand,
    }]);
    Ok(Paper {
        title: words.plain("documents-scan-title"),
        issuer: content.organisation.clone(),
        number: content.number.clone(),
        check: Some(draft.check(&content.verify_url)),
        blocks: draft.blocks,
        attachments: attachments(content, enclosed, words)?,
        bookmarks: false,
        made_at: content.made_at,
    })
}

fn facts(content: &Scan, words: Words<'_>) -> Vec<Entry> {
    let entry = |key: &str, value: String| Entry {
        label: words.plain(key),
        value,
    };
    let mut rows = vec![
        entry("documents-scan-signed-by", content.signed_by.join("、")),
        entry("documents-scan-signed-at", content.signed_at.clone()),
        entry(
            "documents-scan-printed",
            format!("SHA-256 {}", content.printed),
        ),
    ];
    rows.extend((1..).zip(&content.files).map(|(number, file)| Entry {
        label: words.say(
            "documents-scan-file",
            &[("number", &i32::to_string(&number))],
        ),
        value: format!("{} SHA-256 {}", file.name, file.sha256),
    }));
    rows
}

fn attachments(
    content: &Scan,
    enclosed: Enclosures,
    words: Words<'_>,
) -> Result<Vec<Attachment>, serde_json::Error> {
    let data = Attachment {
        name: "scan.json".to_owned(),
        description: words.plain("documents-scan-data"),
        bytes: canonical_json(&serde_json::to_value(content)?),
        nature: Nature::Data,
    };
    let printed = Attachment {
        name: "agreement.pdf".to_owned(),
        description: words.plain("documents-scan-print"),
        bytes: enclosed.printed,
        nature: Nature::Paper,
    };
    let scans = content.files.iter().zip(enclosed.scan);
    let scans = scans.map(|(file, (mime, bytes))| Attachment {
        name: file.name.clone(),
        description: words.plain("documents-scan-scan"),
        bytes,
        nature: Nature::Scan(mime),
    });
    Ok([data, printed].into_iter().chain(scans).collect())
}
