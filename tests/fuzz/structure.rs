//! Papers of which a value, a page or the data is changed and which are then written again with every offset right, so that the
//! change reaches what lies behind the reading of tables. Shared by the fuzz targets and by a test on stable.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::ops::Range;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use heyi::documents::keys::{Roots, Use};
use heyi::documents::verify::{Report, run};

/// Papers that the verifier accepts, closed for their archive.
pub(crate) const PAPERS: [&[u8]; 2] = [
    include_bytes!("seeds/agreement.pdf"),
    include_bytes!("seeds/certificate.pdf"),
];
/// Under which they were signed and stamped.
pub(crate) const ROOTS: [&[u8]; 2] = [
    include_bytes!("seeds/signing.der"),
    include_bytes!("seeds/stamping.der"),
];

/// What may stand where nobody expects it.
const WORDS: [&[u8]; 16] = [
    b"<<",
    b">>",
    b"[",
    b"]",
    b" null ",
    b"/V 9 0 R",
    b"/AA<</O<</S/JavaScript/JS(1)>>>>",
    b"/ActualText(1)",
    b"/Kids[1 0 R]",
    b"\nBT\n",
    b"\nEMC\n",
    b" 0 0 595 842 re f\n",
    b" 1e9 ",
    b"-1",
    b"9999999999",
    b"\\777",
];
/// Of a part, among which one is chosen, and how far behind a place one is looked for.
const MOST_WORDS: usize = 5_000;
const NEAR: usize = 50;
const OBJECT: &[u8] = b"endobj\n\n";
const REVISION: &[u8] = b"%%EOF\n";
const STREAM: &[u8] = b"\nstream\n";
const ENDSTREAM: &[u8] = b"\nendstream\n";
const RANGE: &[u8] = b"/ByteRange [";

pub(crate) fn roots() -> Roots {
    let uses = [Use::Signing, Use::Stamping];
    Roots::of(uses.into_iter().zip(ROOTS.map(<[u8]>::to_vec)))
}

/// Nothing is accepted but a seed, or how it was before somebody signed.
pub(crate) fn judge(bytes: &[u8]) -> Report {
    let report = run(bytes, &roots());
    let known = PAPERS.iter().any(|seed| seed.starts_with(bytes));
    assert!(
        known || !report.accepted,
        "accepted, and no paper of anybody's"
    );
    report
}

/// What somebody chose, as it is read off byte by byte; zeros behind its end.
struct Chosen<'a>(&'a [u8]);

impl Chosen<'_> {
    fn byte(&mut self) -> u8 {
        let first = self.0.split_first().map(|(first, rest)| (*first, rest));
        let (first, rest) = first.unwrap_or_default();
        self.0 = rest;
        first
    }

    fn below(&mut self, limit: usize) -> usize {
        let number = u32::from_be_bytes([self.byte(), self.byte(), self.byte(), self.byte()]);
        usize::try_from(number).unwrap_or(0) % limit.max(1)
    }
}

/// One change of some bytes, wherever it falls.
struct Change {
    at: usize,
    length: usize,
    by: By,
}

/// What comes in its place.
enum By {
    Bytes(Vec<u8>),
    /// Another word of the same kind from the same part, so that what comes out can be read to its end.
    Alike(usize),
}

impl Change {
    fn chosen(from: &mut Chosen<'_>, gently: bool) -> Self {
        Self {
            at: from.below(usize::MAX),
            length: from.below(24),
            by: match from.below(4 + WORDS.len()) {
                _ if gently => By::Alike(from.below(usize::MAX)),
                bytes @ 0..4 => By::Bytes((0..bytes).map(|_| from.byte()).collect()),
                word => By::Bytes(WORDS[word - 4].to_vec()),
            },
        }
    }

    /// Of an odd length it takes the place of a whole word, so that more than half of what comes out can be read.
    fn make(&self, bytes: &mut Vec<u8>) {
        let at = self.at % (bytes.len() + 1);
        let by = match &self.by {
            By::Bytes(bytes) => bytes,
            By::Alike(choice) => return alike(bytes, at, *choice),
        };
        let place = if self.length.is_multiple_of(2) {
            at..(at + self.length).min(bytes.len())
        } else {
            word(bytes, at)
        };
        bytes.splice(place, by.iter().copied());
    }
}

/// Puts another word in the place of the one there or of the next that has any of its kind: a whole number for a whole number, a name
/// for a name, a text for a text, so that brackets stay in pairs and references point somewhere.
fn alike(bytes: &mut Vec<u8>, at: usize, choice: usize) {
    let mut words: Vec<Range<usize>> = words(bytes);
    words.retain(|it| !is_key(bytes, it));
    let first = words.partition_point(|it| it.end <= at);
    for number in (0..words.len().min(NEAR)).map(|it| (first + it) % words.len()) {
        let own = &bytes[words[number].clone()];
        let measures = bytes[..words[number].start].ends_with(b"/Length ");
        let others = words.iter().map(|it| &bytes[it.clone()]);
        let others = others.filter(|it| *it != own && kind(it) == kind(own));
        let others: Vec<_> = others.take(MOST_WORDS).collect();
        if !measures && !others.is_empty() {
            let other = others[choice % others.len()].to_vec();
            bytes.splice(words[number].clone(), other);
            return;
        }
    }
}

/// Whether it is the key that begins a line of a dictionary: the same key twice is no dictionary any more.
fn is_key(bytes: &[u8], word: &Range<usize>) -> bool {
    let before = bytes[..word.start].trim_ascii_end().len();
    bytes[word.start] == b'/' && bytes[before..word.start].contains(&b'\n')
}

fn words(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in bytes.split(u8::is_ascii_whitespace) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    words
}

/// What a word begins with, and its brackets.
fn kind(word: &[u8]) -> (u8, Vec<u8>) {
    let bracket = |byte: &u8| b"[]<>()".contains(byte);
    let first = word.iter().find(|it| !bracket(it)).copied();
    let first = match first {
        Some(b'0'..=b'9' | b'-') if word.contains(&b'.') => b'.',
        Some(b'0'..=b'9' | b'-') => b'0',
        Some(other @ (b'/' | b'R')) => other,
        _ => 0,
    };
    (first, word.iter().copied().filter(bracket).collect())
}

/// The word around a place, without the space before and behind it.
fn word(bytes: &[u8], at: usize) -> Range<usize> {
    let space = |byte: &u8| byte.is_ascii_whitespace();
    let start = bytes[..at].iter().rposition(space).map_or(0, |it| it + 1);
    let end = bytes[at..].iter().position(space);
    start..end.map_or(bytes.len(), |it| at + it)
}

/// A seed with up to four changes, by what was chosen.
pub(crate) fn changed(choice: &[u8]) -> Vec<u8> {
    let mut from = Chosen(choice);
    let seed = PAPERS[from.below(PAPERS.len())];
    // Of four papers three keep the grammar of a file, and go wrong in what they say.
    let gently = !from.byte().is_multiple_of(4);
    let count = parts(seed).len();
    let mut changes: BTreeMap<usize, Vec<Change>> = BTreeMap::new();
    for _ in 0..=from.below(4) {
        let part = from.below(count);
        changes
            .entry(part)
            .or_default()
            .push(Change::chosen(&mut from, gently));
    }
    rebuilt(seed, |number, part| {
        for change in changes.get(&number).into_iter().flatten() {
            edit(part, change);
        }
    })
}

/// Changes an object: what its stream holds, packed again, where it has one and the place is even.
fn edit(part: &mut Vec<u8>, change: &Change) {
    let stream = find(part, STREAM).filter(|_| change.at.is_multiple_of(2));
    let body = stream.and_then(|at| {
        let start = at + STREAM.len();
        Some(start..start + find(&part[start..], ENDSTREAM)?)
    });
    let Some(body) = body else {
        return match change.by {
            By::Alike(_) => inside(part, change),
            By::Bytes(_) => change.make(part),
        };
    };
    let mut content = part[body.clone()].to_vec();
    let is_packed = find(&part[..body.start], b"/FlateDecode").is_some();
    if is_packed {
        content = unpacked(&content);
    }
    change.make(&mut content);
    if is_packed {
        content = packed(&content);
    }
    let length = content.len();
    part.splice(body, content);
    let Some(at) = find(part, b"/Length ").map(|at| at + 8) else {
        return;
    };
    let digits = digits(&part[at..]);
    part.splice(at..at + digits, length.to_string().into_bytes());
}

/// Changes what an object says, and neither its number nor where it ends.
fn inside(part: &mut Vec<u8>, change: &Change) {
    let Some(start) = find(part, b" obj\n").map(|at| at + 5) else {
        return;
    };
    let end = find(part, STREAM).or_else(|| find(part, b"\nendobj"));
    let end = end.unwrap_or(part.len()).max(start);
    let mut said = part[start..end].to_vec();
    change.make(&mut said);
    part.splice(start..end, said);
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let read = ZlibDecoder::new(packed).read_to_end(&mut out);
    read.map(|_| out).unwrap_or_default()
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(content);
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}

/// The file with each of its parts changed, and every offset and byte range right again.
pub(crate) fn rebuilt(file: &[u8], mut change: impl FnMut(usize, &mut Vec<u8>)) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let mut moved = BTreeMap::new();
    let mut ranges = Vec::new();
    for (number, place) in parts(file).into_iter().enumerate() {
        moved.insert(place.start, out.len());
        let start = out.len();
        let part = &file[place];
        if part.starts_with(b"xref\n") {
            out.extend(table(part, &moved));
            for (at, gap) in std::mem::take(&mut ranges) {
                fill(&mut out, at, gap);
            }
            continue;
        }
        let mut part = part.to_vec();
        change(number, &mut part);
        let shifted = |it: Range<usize>| start + it.start..start + it.end;
        ranges.extend(range(&part).map(|(at, gap)| (shifted(at), shifted(gap))));
        out.extend(part);
    }
    out
}

/// The header, every object, and every table with its trailer.
fn parts(file: &[u8]) -> Vec<Range<usize>> {
    let header = find(file, b"\n\n").map_or(0, |at| at + 2);
    let mut parts = Vec::new();
    parts.push(0..header);
    let mut at = header;
    while at < file.len() {
        let rest = &file[at..];
        let end = if rest.starts_with(b"xref\n") {
            REVISION
        } else {
            OBJECT
        };
        let length = find(rest, end).map_or(rest.len(), |found| found + end.len());
        parts.push(at..at + length);
        at += length;
    }
    parts
}

/// A table whose numbers are where things lie now.
fn table(part: &[u8], moved: &BTreeMap<usize, usize>) -> Vec<u8> {
    let mut out = Vec::new();
    for line in part.split_inclusive(|byte| *byte == b'\n') {
        let now = |digits: &[u8]| {
            let before = std::str::from_utf8(digits).ok()?.parse().ok()?;
            moved.get(&before).copied()
        };
        match line {
            [
                row @ ..,
                b' ',
                b'0',
                b'0',
                b'0',
                b'0',
                b'0',
                b' ',
                b'n',
                b'\r',
                b'\n',
            ] => {
                let at = now(row).unwrap_or(0);
                out.extend(format!("{at:010} 00000 n\r\n").bytes());
            }
            _ if out.ends_with(b"startxref\n") => {
                let at = now(line.trim_ascii_end()).unwrap_or(0);
                out.extend(format!("{at}\n").bytes());
            }
            line => out.extend(previous(line, now)),
        }
    }
    out
}

/// A line of a trailer, with the table before where it lies now.
fn previous(line: &[u8], now: impl Fn(&[u8]) -> Option<usize>) -> Vec<u8> {
    let Some(at) = find(line, b"/Prev ").map(|at| at + 6) else {
        return line.to_vec();
    };
    let end = at + digits(&line[at..]);
    let table = now(&line[at..end]).unwrap_or(0).to_string();
    [&line[..at], table.as_bytes(), &line[end..]].concat()
}

/// Where the byte range of a signature is written, and the place of the signature.
fn range(part: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    let start = find(part, RANGE)? + RANGE.len();
    let end = start + find(&part[start..], b"]")?;
    let contents = find(part, b"/Contents ")? + 10;
    let gap = contents..contents + find(&part[contents..], b">")? + 1;
    Some((start..end, gap))
}

fn fill(out: &mut [u8], at: Range<usize>, gap: Range<usize>) {
    let rest = out.len().saturating_sub(gap.end);
    let said = format!("0 {} {} {rest}", gap.start, gap.end);
    let width = at.len();
    let said = format!("{said:<width$}");
    if said.len() == width {
        out[at].copy_from_slice(said.as_bytes());
    }
}

fn digits(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
