//! A file as a chain of revisions in which every byte belongs to exactly one object, table or trailer.

use std::collections::BTreeMap;
use std::ops::Range;

use super::parser::{MOST_VALUES, Parser};
use super::value::{Dict, Value};

const HEADER: &[u8] = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n";
/// More than a paper with many pages, signers and timestamps needs.
pub(in crate::documents) const LARGEST: usize = 20 << 20;
const MOST_REVISIONS: usize = 64;
const MOST_OBJECTS: usize = 100_000;

/// What makes a file not one of ours, or not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::documents) enum Flaw {
    #[error("the file is too large")]
    TooLarge,
    #[error("the file does not begin as our papers do")]
    Header,
    #[error("something stands after the end of the last revision, or the end is missing")]
    End,
    #[error("a cross-reference table is broken")]
    Table,
    #[error("revisions do not follow each other without a gap")]
    Gap,
    #[error("an object is not where the table says, or is broken")]
    Object,
    #[error("bytes belong to no object")]
    Hidden,
    #[error("the trailer of a later revision names another root")]
    Root,
}

/// A parsed file.
#[derive(Debug)]
pub(in crate::documents) struct PdfFile<'a> {
    pub(in crate::documents) bytes: &'a [u8],
    /// From the base to the newest.
    pub(in crate::documents) revisions: Vec<Revision>,
}

/// One revision: the base or what was appended at once.
#[derive(Debug)]
pub(in crate::documents) struct Revision {
    /// The position after its last byte.
    pub(in crate::documents) end: usize,
    /// The position of its table.
    pub(in crate::documents) table: usize,
    /// One more than the highest object number so far.
    pub(in crate::documents) size: u32,
    pub(in crate::documents) trailer: Dict,
    pub(in crate::documents) objects: BTreeMap<u32, Object>,
}

#[derive(Debug)]
pub(in crate::documents) struct Object {
    pub(in crate::documents) value: Value,
    /// The packed bytes of a stream.
    pub(in crate::documents) stream: Option<Range<usize>>,
}

impl Object {
    pub(in crate::documents) fn dict(&self) -> Option<&Dict> {
        match &self.value {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }
}

impl<'a> PdfFile<'a> {
    /// Reads a file from its end to its beginning and accounts for every byte.
    pub(in crate::documents) fn parse(bytes: &'a [u8]) -> Result<Self, Flaw> {
        if bytes.len() > LARGEST {
            return Err(Flaw::TooLarge);
        }
        if !bytes.starts_with(HEADER) {
            return Err(Flaw::Header);
        }
        let mut sections = Vec::new();
        let mut end = bytes.len();
        let mut table = last_table(bytes)?;
        let mut left = Left {
            numbers: MOST_OBJECTS,
            values: MOST_VALUES,
        };
        loop {
            let section = Section::parse(bytes, table, (end, &mut left))?;
            let first = section.offsets.values().min().copied();
            let previous = section.previous;
            sections.push((section, end));
            match previous {
                None => break,
                Some(previous) => {
                    end = first.ok_or(Flaw::Table)?;
                    table = previous;
                }
            }
            if sections.len() >= MOST_REVISIONS || table >= end {
                return Err(Flaw::Table);
            }
        }
        sections.reverse();
        let mut parser = Parser::new(bytes, HEADER.len());
        parser.left = left.values;
        let mut revisions = Vec::new();
        for (section, end) in sections {
            revisions.push(section.revision(&mut parser, end)?);
            parser.at = end;
        }
        let file = Self { bytes, revisions };
        file.same_root()?;
        Ok(file)
    }

    /// An object as it stood after the revision with this index.
    pub(in crate::documents) fn object(&self, id: u32, revision: usize) -> Option<&Object> {
        self.revisions
            .get(..=revision)?
            .iter()
            .rev()
            .find_map(|revision| revision.objects.get(&id))
    }

    /// The newest state of an object that is a dictionary.
    pub(in crate::documents) fn newest(&self, id: u32) -> Option<&Dict> {
        self.object(id, self.revisions.len().checked_sub(1)?)?
            .dict()
    }

    pub(in crate::documents) fn root(&self) -> Option<u32> {
        self.revisions.first()?.trailer.reference("Root")
    }

    fn same_root(&self) -> Result<(), Flaw> {
        for pair in self.revisions.windows(2) {
            let same = ["Root", "Info", "ID"]
                .iter()
                .all(|key| pair[0].trailer.get(key) == pair[1].trailer.get(key));
            if !same || pair[1].size < pair[0].size {
                return Err(Flaw::Root);
            }
        }
        Ok(())
    }
}

/// The position of the newest table, from the very last lines of the file.
fn last_table(bytes: &[u8]) -> Result<usize, Flaw> {
    let tail = bytes.len().saturating_sub(40);
    let word = b"startxref\n";
    let at = bytes
        .get(tail..)
        .unwrap_or_default()
        .windows(word.len())
        .rposition(|window| window == word)
        .ok_or(Flaw::End)?;
    let mut parser = Parser::new(bytes, tail + at + word.len());
    let table = parser.number().ok_or(Flaw::End)?;
    let done = parser.exactly(b"\n%%EOF\n").is_some() && parser.at == bytes.len();
    if done { Ok(table) } else { Err(Flaw::End) }
}

/// What a whole file may still hold, over all its tables and revisions.
struct Left {
    /// Numbers that its tables list.
    numbers: usize,
    /// Values of its trailers and objects.
    values: usize,
}

/// A table with its trailer.
struct Section {
    table: usize,
    offsets: BTreeMap<u32, usize>,
    trailer: Dict,
    previous: Option<usize>,
    size: u32,
}

impl Section {
    fn parse(bytes: &[u8], table: usize, (end, left): (usize, &mut Left)) -> Result<Self, Flaw> {
        let mut parser = Parser::new(bytes, table);
        parser.left = left.values;
        let (offsets, begins) = offsets(&mut parser, &mut left.numbers).ok_or(Flaw::Table)?;
        let Some(Value::Dict(trailer)) = parser.value() else {
            return Err(Flaw::Table);
        };
        left.values = parser.left;
        let closed = parser.exactly(b"\nstartxref\n").is_some()
            && parser.number() == Some(table)
            && parser.exactly(b"\n%%EOF\n").is_some();
        if !closed || parser.at != end {
            return Err(Flaw::Gap);
        }
        let known: [&[u8]; 5] = [b"Size", b"Root", b"Info", b"Prev", b"ID"];
        let number = |key: &str| trailer.integer(key).and_then(|n| usize::try_from(n).ok());
        let size = number("Size").and_then(|size| u32::try_from(size).ok());
        let size = size.ok_or(Flaw::Table)?;
        let previous = number("Prev");
        let strange = trailer.keys().any(|key| !known.contains(&key))
            || trailer.get("Prev").is_some() != previous.is_some()
            || trailer.reference("Root").is_none()
            || begins != previous.is_none()
            || offsets.keys().any(|id| *id >= size);
        if strange {
            return Err(Flaw::Table);
        }
        Ok(Self {
            table,
            offsets,
            trailer,
            previous,
            size,
        })
    }

    /// Reads the objects in the order of the file; they fill it from where the parser stands to the table.
    fn revision(self, parser: &mut Parser<'_>, end: usize) -> Result<Revision, Flaw> {
        let mut places: Vec<(usize, u32)> = self
            .offsets
            .iter()
            .map(|(id, offset)| (*offset, *id))
            .collect();
        places.sort_unstable();
        let mut objects = BTreeMap::new();
        for (offset, id) in places {
            if parser.at != offset {
                return Err(Flaw::Hidden);
            }
            let object = object(parser, id).ok_or(Flaw::Object)?;
            objects.insert(id, object);
        }
        if parser.at != self.table {
            return Err(Flaw::Hidden);
        }
        Ok(Revision {
            end,
            table: self.table,
            size: self.size,
            trailer: self.trailer,
            objects,
        })
    }
}

/// The one row of a number that is not in use, which is that of no object, in the base alone: any other would take an object
/// away before the eyes of other readers.
const NO_OBJECT: &[u8] = b"0000000000 65535 f\r\n";

/// Where the objects of a table are, and whether it begins with [`NO_OBJECT`]; `left` counts how many numbers the tables of
/// a file may still list.
fn offsets(parser: &mut Parser<'_>, left: &mut usize) -> Option<(BTreeMap<u32, usize>, bool)> {
    parser.exactly(b"xref\n")?;
    let mut offsets = BTreeMap::new();
    let mut begins = false;
    while parser.exactly(b"trailer\n").is_none() {
        let first = u32::try_from(parser.number()?).ok()?;
        parser.exactly(b" ")?;
        let count = parser.number()?;
        parser.exactly(b"\n")?;
        *left = left.checked_sub(count).filter(|_| count > 0)?;
        let end = first.checked_add(u32::try_from(count).ok()?)?;
        for id in first..end {
            if id == 0 {
                parser.exactly(NO_OBJECT).filter(|()| !begins)?;
                begins = true;
                continue;
            }
            let row = parser.at;
            let offset = parser.number()?;
            // Programs count on rows of one length.
            if parser.at != row + 10 {
                return None;
            }
            parser.exactly(b" 00000 n\r\n")?;
            if offsets.insert(id, offset).is_some() {
                return None;
            }
        }
    }
    Some((offsets, begins))
}

/// One object with the white space after it.
fn object(parser: &mut Parser<'_>, id: u32) -> Option<Object> {
    if parser.number()? != usize::try_from(id).ok()? {
        return None;
    }
    parser.exactly(b" 0 obj\n")?;
    let value = parser.value()?;
    parser.exactly(b"\n")?;
    let mut stream = None;
    if parser.exactly(b"stream\n").is_some() {
        let Value::Dict(dict) = &value else {
            return None;
        };
        stream = Some(parser.skip(usize::try_from(dict.integer("Length")?).ok()?)?);
        parser.exactly(b"\nendstream\n")?;
    }
    parser.exactly(b"endobj\n\n")?;
    Some(Object { value, stream })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{paper, write};

    #[test]
    fn a_base_revision_is_read_to_the_last_byte() {
        let bytes = write(&paper::sample()).unwrap();
        let file = PdfFile::parse(&bytes).unwrap();
        assert_eq!(file.revisions.len(), 1);
        assert_eq!(file.revisions[0].end, bytes.len());
        let root = file.newest(file.root().unwrap()).unwrap();
        assert!(root.is("Type", "Catalog"));
    }

    #[test]
    fn appended_bytes_are_seen() {
        let mut bytes = write(&paper::sample()).unwrap();
        bytes.push(b'\n');
        assert_eq!(PdfFile::parse(&bytes).unwrap_err(), Flaw::End);
    }

    #[test]
    fn a_comment_between_objects_is_seen() {
        let bytes = write(&paper::sample()).unwrap();
        let at = bytes.windows(6).position(|w| w == b"endobj").unwrap();
        let mut changed = bytes.clone();
        changed.splice(at + 7..at + 7, *b"%a\n");
        assert!(PdfFile::parse(&changed).is_err());
    }

    /// What every table and every object takes of what a file may hold, so that no file takes more memory than one of them
    /// may.
    #[test]
    fn all_parts_of_a_file_share_what_it_may_hold() {
        let bytes = write(&paper::sample()).unwrap();
        let table = last_table(&bytes).unwrap();
        let mut left = Left {
            numbers: MOST_OBJECTS,
            values: MOST_VALUES,
        };
        let first = Section::parse(&bytes, table, (bytes.len(), &mut left)).unwrap();
        let after_one = left.values;
        assert!(after_one < MOST_VALUES);
        Section::parse(&bytes, table, (bytes.len(), &mut left)).unwrap();
        assert_eq!(MOST_VALUES - left.values, 2 * (MOST_VALUES - after_one));
        // No paper comes near it.
        let mut parser = Parser::new(&bytes, HEADER.len());
        first.revision(&mut parser, bytes.len()).unwrap();
        let taken = MOST_VALUES - parser.left;
        assert!((1_000..MOST_VALUES / 50).contains(&taken), "{taken}");
        parser.at = HEADER.len();
        parser.left = taken - 1;
        let again = Section::parse(&bytes, table, (bytes.len(), &mut left)).unwrap();
        let out = again.revision(&mut parser, bytes.len());
        assert_eq!(out.unwrap_err(), Flaw::Object);
    }
}
