//! Appending to a PDF: new objects, a classic table with a pointer to the last one, never a changed byte.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::documents::syntax::{Dict, PdfFile, Value};

/// Holds the place of a number of at most ten digits.
pub(super) const WIDEST: i64 = 1_000_000_000;
/// The three placeholders as they are written.
const HELD: &[u8] = b"1000000000 1000000000 1000000000";

/// What will be appended.
pub(super) struct Increment {
    bytes: Vec<u8>,
    offsets: BTreeMap<u32, usize>,
    trailer: Dict,
    next: u32,
}

impl Increment {
    pub(super) fn new(file: &PdfFile<'_>) -> Self {
        let last = file.revisions.last();
        let mut trailer = last
            .map(|revision| revision.trailer.clone())
            .unwrap_or_default();
        let table = last.map_or(0, |revision| revision.table);
        trailer.set(
            "Prev",
            Value::Integer(i64::try_from(table).unwrap_or(i64::MAX)),
        );
        Self {
            bytes: file.bytes.to_vec(),
            offsets: BTreeMap::new(),
            trailer,
            next: last.map_or(1, |revision| revision.size),
        }
    }

    /// A number for a new object.
    pub(super) fn number(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    pub(super) fn add(&mut self, id: u32, object: &[u8]) {
        self.offsets.insert(id, self.bytes.len());
        self.bytes.extend_from_slice(object);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let table = self.bytes.len();
        self.bytes.extend(b"xref\n");
        for run in runs(&self.offsets) {
            let header = format!("{} {}\n", run.first().map_or(0, |(id, _)| *id), run.len());
            self.bytes.extend(header.bytes());
            for (_, offset) in run {
                self.bytes
                    .extend(format!("{offset:010} 00000 n\r\n").bytes());
            }
        }
        self.trailer
            .set("Size", Value::Integer(i64::from(self.next)));
        self.bytes.extend(b"trailer\n");
        self.trailer.write(&mut self.bytes);
        let end = format!("\nstartxref\n{table}\n%%EOF\n");
        self.bytes.extend(end.bytes());
        self.bytes
    }
}

/// Neighbouring numbers share a section of the table.
fn runs(offsets: &BTreeMap<u32, usize>) -> Vec<Vec<(u32, usize)>> {
    let all: Vec<(u32, usize)> = offsets.iter().map(|(id, at)| (*id, *at)).collect();
    all.chunk_by(|a, b| a.0 + 1 == b.0)
        .map(<[(u32, usize)]>::to_vec)
        .collect()
}

/// Writes the byte range over its placeholders and returns the gap: the place of the signature with its angle brackets.
pub(super) fn set_byte_range(bytes: &mut [u8], from: usize, room: usize) -> Option<Range<usize>> {
    let added = bytes.get(from..)?;
    let find = |what: &[u8]| {
        added
            .windows(what.len())
            .position(|window| window == what)
            .map(|at| from + at)
    };
    let start = find(b"/Contents <ff")? + b"/Contents ".len();
    let range = find(HELD)?;
    let end = start + 2 * room + 2;
    let numbers = format!("{start} {end} {}", bytes.len().checked_sub(end)?);
    let padded = format!("{numbers:<width$}", width = HELD.len());
    bytes
        .get_mut(range..range + HELD.len())?
        .copy_from_slice(padded.as_bytes());
    Some(start..end)
}

/// An instant as PDF writes it, `D:20261122100000+08'00`.
pub(super) fn date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::fixed(Offset::constant(8)))
        .strftime("D:%Y%m%d%H%M%S+08'00")
        .to_string()
}
