//! One file: its bytes as headed rows of cells and back, whatever a spreadsheet made of them.

use super::fault::{Fault, What};

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Neither UTF-8 nor GB18030 nor UTF-16 with its mark.
    Encoding,
    /// A quotation mark that never ends.
    Quotes,
    NoHeadings,
}

/// The rows of a file, each cell under its heading.
pub(super) struct Table {
    pub(super) file: &'static str,
    /// Names of the known columns, in the order of the file.
    headings: Vec<&'static str>,
    rows: Vec<(usize, Vec<String>)>,
}

/// What a cell begins with that a spreadsheet would take for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Table {
    /// Reads a file with these columns; those that `wanted` names must be there.
    pub(super) fn parse(
        file: &'static str,
        bytes: &[u8],
        columns: &[&'static str],
        wanted: &[&'static str],
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        let fault = |row, column, what| Fault {
            file,
            row,
            column,
            what,
        };
        let refuse = |refusal| fault(0, "", What::Unreadable(refusal));
        let mut records = match records(bytes) {
            Ok(records) => records.into_iter(),
            Err(refusal) => {
                faults.push(refuse(refusal));
                return None;
            }
        };
        let Some(first) = records
            .next()
            .filter(|it| it.iter().any(|it| !it.is_empty()))
        else {
            faults.push(refuse(Refusal::NoHeadings));
            return None;
        };
        let known = |name: &String| columns.iter().copied().find(|column| column == name);
        for name in first.iter().filter(|name| known(name).is_none()) {
            faults.push(fault(1, "", What::ColumnUnknown(name.clone())));
        }
        let headings: Vec<_> = first.iter().map(|name| known(name).unwrap_or("")).collect();
        for column in wanted.iter().filter(|it| !headings.contains(it)) {
            faults.push(fault(1, column, What::ColumnMissing));
        }
        if wanted.iter().any(|it| !headings.contains(it)) {
            return None;
        }
        let mut rows = Vec::new();
        for (row, cells) in (2..).zip(records) {
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if cells.len() == headings.len() {
                rows.push((row, cells));
            } else {
                faults.push(fault(row, "", What::Cells));
            }
        }
        Some(Self {
            file,
            headings,
            rows,
        })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Cells<'_>> {
        self.rows.iter().map(|(row, cells)| Cells {
            table: self,
            row: *row,
            values: cells,
        })
    }
}

/// One row, being read.
pub(super) struct Cells<'a> {
    table: &'a Table,
    pub(super) row: usize,
    values: &'a [String],
}

impl Cells<'_> {
    /// What stands under a heading; empty where the file has no such column.
    pub(super) fn text(&self, column: &str) -> &str {
        let at = self.table.headings.iter().position(|it| *it == column);
        at.and_then(|at| self.values.get(at))
            .map_or("", |cell| cell.trim())
    }

    pub(super) fn fault(&self, column: &'static str, what: What) -> Fault {
        Fault {
            file: self.table.file,
            row: self.row,
            column,
            what,
        }
    }

    /// What must stand there.
    pub(super) fn wanted(&self, column: &'static str, faults: &mut Vec<Fault>) -> Option<String> {
        let text = self.text(column);
        if text.is_empty() {
            faults.push(self.fault(column, What::Empty));
            return None;
        }
        Some(text.to_owned())
    }

    /// What must be one of a kind, such as a phone.
    pub(super) fn parsed<T>(
        &self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let text = self.wanted(column, faults)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            faults.push(self.fault(column, What::Malformed(text)));
        }
        parsed
    }

    /// As [`Cells::parsed`]; nothing where nothing stands.
    pub(super) fn optional<T>(
        &self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        if self.text(column).is_empty() {
            return None;
        }
        self.parsed(column, parse, faults)
    }

    /// Words between spaces, each once.
    pub(super) fn words<T: PartialEq>(
        &self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Vec<Fault>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for word in self.text(column).split_whitespace() {
            match parse(word) {
                Some(it) if found.contains(&it) => {
                    faults.push(self.fault(column, What::Twice(word.to_owned())));
                }
                Some(it) => found.push(it),
                None => faults.push(self.fault(column, What::UnknownWord(word.to_owned()))),
            }
        }
        found
    }
}

/// The cells of every row, as a spreadsheet shows them.
fn records(bytes: &[u8]) -> Result<Vec<Vec<String>>, Refusal> {
    let text = decode(bytes).ok_or(Refusal::Encoding)?;
    // csv takes a quotation mark that never ends for one that ends with the file.
    if text.matches('"').count() % 2 == 1 {
        return Err(Refusal::Quotes);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => records.push(record.iter().map(unguarded).collect()),
            Err(_) => return Err(Refusal::Quotes),
        }
    }
    Ok(records)
}

/// A Chinese Excel saves GB18030, its "Unicode text" UTF-16; everybody else UTF-8, with or without a mark.
fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!wrong).then(|| text.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let (text, wrong) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    (!wrong).then(|| text.into_owned())
}

/// What stands most often between the headings.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(b',')
}

/// Rows as bytes: UTF-8 with the mark by which Excel knows it, and no cell that is a formula.
pub(super) fn written(headings: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<_> = cells.map(|cell| quoted(&guarded(cell))).collect();
        bytes.extend(cells.join(",").into_bytes());
        bytes.extend(b"\r\n");
    };
    line(&mut headings.iter().copied());
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
    bytes
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', ';', '"', '\n', '\r', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// An apostrophe before what a spreadsheet would run.
fn guarded(cell: &str) -> String {
    if cell.starts_with(FORMULA) || cell.starts_with('\'') {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn unguarded(cell: &str) -> String {
    let inside = cell.strip_prefix('\'');
    let inside = inside.filter(|it| it.starts_with(FORMULA) || it.starts_with('\''));
    inside.unwrap_or(cell).to_owned()
}
