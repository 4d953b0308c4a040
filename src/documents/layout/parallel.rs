//! Two languages side by side: the Chinese text at the left, the other at the right, block by block.

use super::lines::{Line, lines};
use super::sheet::{Baseline, Column, Sheet, Style, TABLE, paragraphs};
use super::{Frame, Layout, Role, furniture, signatures};
use crate::documents::DocumentError;
use crate::documents::font;
use crate::documents::paper::{Block, Clause, Entry, Paper, Parallel, Slot};

/// Between the two columns.
const GUTTER: f32 = 18.0;

/// One of the two columns; the paper's own is Chinese.
struct Side<'a> {
    column: Column,
    other: Option<&'a Parallel>,
}

/// A paragraph of one side, broken into lines.
struct Row {
    element: usize,
    /// The number that hangs at the left of the first line, and its element.
    number: Option<(usize, String)>,
    left: f32,
    style: Style,
    lines: Vec<Line>,
}

pub(super) fn lay_out(paper: &Paper, other: &Parallel) -> Result<Layout, DocumentError> {
    let mut sheet = Sheet::new(Frame::USUAL);
    furniture::head(&mut sheet, paper)?;
    furniture::subtitle(&mut sheet, &other.title, other.wording);
    let whole = sheet.column(false);
    let width = (whole.width - GUTTER) / 2.0;
    let ours = Side {
        column: Column { width, ..whole },
        other: None,
    };
    let theirs = Side {
        column: Column {
            left: whole.left + width + GUTTER,
            width,
            ..whole
        },
        other: Some(other),
    };
    for index in 0..paper.blocks.len().max(other.blocks.len()) {
        let blocks = [paper.blocks.get(index), other.blocks.get(index)];
        if let [Some(Block::Signatures(slots)), there] = blocks {
            signatures::place(&mut sheet, &in_both(slots, there));
        } else {
            beside(&mut sheet, [&ours, &theirs], blocks);
        }
    }
    let mut layout = sheet.finish();
    furniture::running(&mut layout, Frame::USUAL, paper)?;
    Ok(layout)
}

/// The places to sign, named in both languages.
fn in_both(slots: &[Slot], there: Option<&Block>) -> Vec<Slot> {
    let others = match there {
        Some(Block::Signatures(others)) => others.as_slice(),
        _ => &[],
    };
    let mut slots = slots.to_vec();
    for slot in &mut slots {
        let other = others.iter().find(|other| other.field == slot.field);
        if let Some(other) = other.filter(|other| other.label != slot.label) {
            slot.label = format!("{}\u{3000}{}", slot.label, other.label);
        }
    }
    slots
}

/// Each pair of paragraphs begins on one line, whichever is longer.
fn beside(sheet: &mut Sheet, sides: [&Side<'_>; 2], blocks: [Option<&Block>; 2]) {
    let [ours, theirs] = sides;
    let left = blocks[0].map_or_else(Vec::new, |block| rows(sheet, ours, block));
    let right = blocks[1].map_or_else(Vec::new, |block| rows(sheet, theirs, block));
    if left.is_empty() && right.is_empty() {
        return;
    }
    sheet.gap(5.0);
    for index in 0..left.len().max(right.len()) {
        let pair = [(left.get(index), ours), (right.get(index), theirs)];
        let count = pair
            .iter()
            .filter_map(|(row, _)| row.map(|row| row.lines.len()));
        let count = count.max().unwrap_or_default();
        let stays = pair
            .iter()
            .any(|(row, _)| row.is_some_and(|row| row.style.bold));
        let baselines: Vec<Baseline> = (0..count)
            .map(|line| {
                // A heading stays with what follows, and no line of a paragraph stands alone.
                let needed = if stays { 4.0 } else { 2.0 };
                if stays || (count > 1 && (line == 0 || line + 2 == count)) {
                    sheet.room(needed * TABLE.leading);
                }
                sheet.next_line(TABLE)
            })
            .collect();
        for (row, side) in pair {
            if let Some(row) = row {
                set(sheet, row, side, &baselines);
            }
        }
    }
}

fn set(sheet: &mut Sheet, row: &Row, side: &Side<'_>, baselines: &[Baseline]) {
    let x = side.column.left + row.left;
    if let (Some((element, number)), Some(at)) = (&row.number, baselines.first()) {
        let x = x - font::width(number, TABLE.size) - 4.0;
        sheet.set(*at, x, row.style, *element, number);
    }
    for (line, at) in row.lines.iter().zip(baselines) {
        sheet.set_line(*at, x, row.style, row.element, line);
    }
}

fn rows(sheet: &mut Sheet, side: &Side<'_>, block: &Block) -> Vec<Row> {
    let bold = Style {
        bold: true,
        ..TABLE
    };
    match block {
        Block::Heading(text) => told(sheet, side, Role::Heading, bold, text),
        Block::Paragraph(text) | Block::Flush(text) => {
            told(sheet, side, Role::Paragraph, TABLE, text)
        }
        Block::Table(entries) => table(sheet, side, entries),
        Block::Clauses(clauses) => {
            let mut rows = Vec::new();
            list(sheet, side, (None, 0.0), clauses, &mut rows);
            rows
        }
        Block::Notice { title, text } => {
            let mut rows = told(sheet, side, Role::Heading, bold, title);
            rows.extend(told(sheet, side, Role::Paragraph, TABLE, text));
            rows
        }
        Block::Signatures(slots) => {
            let labels: Vec<&str> = slots.iter().map(|slot| slot.label.as_str()).collect();
            told(sheet, side, Role::Paragraph, TABLE, &labels.join("\n"))
        }
    }
}

fn told(sheet: &mut Sheet, side: &Side<'_>, role: Role, style: Style, text: &str) -> Vec<Row> {
    let element = begun(sheet, side, role);
    broken(sheet, (side, element), style, 0.0, text)
}

/// A node of its own in the language of its side's wording; what it contains speaks the same unless people typed it.
fn begun(sheet: &mut Sheet, side: &Side<'_>, role: Role) -> usize {
    let element = sheet.element(role, None);
    if let Some(other) = side.other {
        sheet.speaks(element, other.wording);
    }
    element
}

fn broken(
    sheet: &mut Sheet,
    (side, element): (&Side<'_>, usize),
    style: Style,
    left: f32,
    text: &str,
) -> Vec<Row> {
    if let Some(other) = side.other {
        sheet.speaks(element, other.language_of(text));
    }
    let measure = side.column.width - left;
    let row = |paragraph: String| Row {
        element,
        number: None,
        left,
        style,
        lines: lines(&paragraph, style.size, measure, measure),
    };
    paragraphs(text).into_iter().map(row).collect()
}

/// Label over value: half a sheet is too narrow for both beside each other.
fn table(sheet: &mut Sheet, side: &Side<'_>, entries: &[Entry]) -> Vec<Row> {
    let table = begun(sheet, side, Role::Table);
    let mut rows = Vec::new();
    for entry in entries {
        let row = sheet.element(Role::Row, Some(table));
        let heading = sheet.element(Role::RowHeading, Some(row));
        let cell = sheet.element(Role::Cell, Some(row));
        let bold = Style {
            bold: true,
            ..TABLE
        };
        rows.extend(broken(sheet, (side, heading), bold, 0.0, &entry.label));
        rows.extend(broken(sheet, (side, cell), TABLE, 10.0, &entry.value));
    }
    rows
}

fn list(
    sheet: &mut Sheet,
    side: &Side<'_>,
    (parent, left): (Option<usize>, f32),
    clauses: &[Clause],
    rows: &mut Vec<Row>,
) {
    let whole = match parent {
        None => begun(sheet, side, Role::List),
        parent => sheet.element(Role::List, parent),
    };
    let widths = clauses
        .iter()
        .map(|clause| font::width(&clause.number, TABLE.size));
    let left = left + widths.fold(0.0, f32::max) + 4.0;
    for clause in clauses {
        let item = sheet.element(Role::Item, Some(whole));
        let label = sheet.element(Role::Label, Some(item));
        let body = sheet.element(Role::Body, Some(item));
        let text = sheet.element(Role::Paragraph, Some(body));
        let mut told = broken(sheet, (side, text), TABLE, left, &clause.text);
        if let Some(first) = told.first_mut() {
            first.number = Some((label, clause.number.clone()));
        }
        rows.extend(told);
        if !clause.terms.is_empty() {
            list(sheet, side, (Some(body), left), &clause.terms, rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Ink, LEFT, WIDTH};
    use super::*;
    use crate::documents::paper;

    #[test]
    fn both_languages_begin_on_one_line_and_keep_to_their_column() {
        let paper = paper::of_all_blocks();
        let other = Parallel {
            language: "ru".to_owned(),
            wording: "en",
            typed: vec!["Пианино играло ночью".to_owned()],
            title: "Settlement agreement".to_owned(),
            blocks: vec![
                Block::Table(vec![Entry {
                    label: "Applicant".to_owned(),
                    value: "Zhang San".to_owned(),
                }]),
                Block::Heading("1. Facts".to_owned()),
                Block::Paragraph("Пианино играло ночью. ".repeat(12)),
            ],
        };
        let layout = lay_out(&paper, &other).unwrap();
        let found = |text: &str| {
            let marks = layout.pages.iter().flat_map(|page| &page.marks);
            let runs = marks.filter_map(|mark| match &mark.ink {
                Ink::Text(run) => Some((run, mark.element)),
                _ => None,
            });
            runs.into_iter()
                .find(|(run, _)| run.text.starts_with(text))
                .unwrap()
        };
        let (chinese, _) = found("一、纠纷主要事实");
        let (english, element) = found("1. Facts");
        assert!((chinese.y - english.y).abs() < 0.1);
        assert!(chinese.x < WIDTH / 2.0 && english.x > WIDTH / 2.0);
        assert_eq!(layout.language(element.unwrap()), Some("en"));
        let (_, typed) = found("Пианино");
        assert_eq!(layout.language(typed.unwrap()), Some("ru"));
        for run in layout.pages.iter().flat_map(|page| &page.marks) {
            let (Some(_), Ink::Text(run)) = (run.element, &run.ink) else {
                continue;
            };
            let end = run.x + font::width(&run.text, run.size);
            assert!(run.x > LEFT - 1.0 && end < WIDTH - LEFT + 7.0, "{run:?}");
        }
        assert_eq!(layout.fields.len(), 3, "each signs once");
        let headings: Vec<_> = layout.headings().into_iter().map(|it| it.text).collect();
        assert_eq!(headings, ["一、纠纷主要事实", "请注意"]);
    }
}
