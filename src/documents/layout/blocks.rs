//! How each block of a paper stands on the sheet.

use super::lines::{Line, lines};
use super::sheet::{BODY, Column, HEADING, Sheet, Style, TABLE};
use super::{Ink, Role, signatures};
use crate::documents::font;
use crate::documents::paper::{Block, Clause, Entry};

/// Width of the first column of a table: seven characters.
const LABELS: f32 = 7.0 * TABLE.size + 6.0;
/// Space around the text of a notice.
const PADDING: f32 = 10.0;

pub(super) fn place(sheet: &mut Sheet, block: &Block) {
    match block {
        Block::Heading(text) => heading(sheet, text),
        Block::Paragraph(text) => paragraph(sheet, text, true),
        Block::Flush(text) => paragraph(sheet, text, false),
        Block::Table(entries) => table(sheet, entries),
        Block::Clauses(clauses) => {
            let column = sheet.column(false);
            list(sheet, None, column, clauses);
        }
        Block::Notice { title, text } => notice(sheet, title, text),
        Block::Signatures(slots) => signatures::place(sheet, slots),
    }
}

/// A heading never stands alone at the foot of a page: two lines of what follows stay with it.
fn heading(sheet: &mut Sheet, text: &str) {
    sheet.gap(6.0);
    sheet.room(HEADING.leading + 2.0 * BODY.leading);
    let element = sheet.element(Role::Heading, None);
    let column = sheet.column(true);
    sheet.flow(element, column, HEADING, text);
}

fn paragraph(sheet: &mut Sheet, text: &str, indent: bool) {
    let element = sheet.element(Role::Paragraph, None);
    let column = sheet.column(indent);
    sheet.flow(element, column, BODY, text);
}

fn table(sheet: &mut Sheet, entries: &[Entry]) {
    sheet.gap(4.0);
    let table = sheet.element(Role::Table, None);
    if let Some(first) = entries.first() {
        sheet.room(least(sheet, first));
    }
    rule(sheet);
    for entry in entries {
        let row = sheet.element(Role::Row, Some(table));
        let heading = sheet.element(Role::RowHeading, Some(row));
        let cell = sheet.element(Role::Cell, Some(row));
        let label = lines(&entry.label, TABLE.size, LABELS - 8.0, LABELS - 8.0);
        let column = sheet.column(false).inset(LABELS);
        sheet.room(least(sheet, entry));
        sheet.gap(3.0);
        let order = sheet.here();
        let mut at = sheet.flow(cell, column, TABLE, &entry.value);
        at.y -= TABLE.leading * last(&label);
        for line in label.iter().rev() {
            let style = (sheet.frame.left + 4.0, bold(TABLE));
            sheet.label(order, at, style, heading, &line.text);
            if at.page == sheet.page() {
                sheet.y = sheet.y.min(at.y - (TABLE.leading - TABLE.size));
            }
            at.y += TABLE.leading;
        }
        sheet.y -= 3.0;
        rule(sheet);
    }
    sheet.gap(6.0);
}

/// Keeps a heading with the first row of the table under it.
pub(super) fn room_for_headed(sheet: &mut Sheet, entries: &[Entry]) {
    let row = entries.first().map_or(0.0, |first| least(sheet, first));
    sheet.room(6.0 + HEADING.leading + 4.0 + row);
}

/// What of a row stands together.
fn least(sheet: &Sheet, entry: &Entry) -> f32 {
    let column = sheet.column(false).inset(LABELS);
    let whole = Sheet::height(column, TABLE, &entry.value);
    whole.min(3.0 * TABLE.leading) + 6.0
}

/// How many lines below the first the last line of a label stands.
#[expect(clippy::cast_precision_loss, reason = "a label has a few lines")]
fn last(label: &[Line]) -> f32 {
    label.len().saturating_sub(1) as f32
}

fn rule(sheet: &mut Sheet) {
    let ink = Ink::Rule {
        x: sheet.frame.left,
        y: sheet.y,
        length: sheet.frame.measure(),
    };
    sheet.mark(sheet.page(), None, ink);
}

const fn bold(style: Style) -> Style {
    Style {
        bold: true,
        ..style
    }
}

/// Numbers hang at the left of their text; terms are a list inside the clause.
fn list(sheet: &mut Sheet, parent: Option<usize>, column: Column, clauses: &[Clause]) {
    let whole = sheet.element(Role::List, parent);
    let widest = clauses
        .iter()
        .map(|clause| font::width(&clause.number, BODY.size))
        .fold(0.0, f32::max);
    let inner = column.inset((widest + 5.0).max(1.5 * BODY.size));
    for clause in clauses {
        let item = sheet.element(Role::Item, Some(whole));
        let label = sheet.element(Role::Label, Some(item));
        let body = sheet.element(Role::Body, Some(item));
        let text = sheet.element(Role::Paragraph, Some(body));
        if !clause.terms.is_empty() {
            sheet.room(2.0 * BODY.leading);
        }
        let order = sheet.here();
        let at = sheet.flow(text, inner, BODY, &clause.text);
        sheet.label(order, at, (column.left, BODY), label, &clause.number);
        if !clause.terms.is_empty() {
            list(sheet, Some(body), inner, &clause.terms);
        }
    }
}

/// A tinted box, kept on one page where it fits one.
fn notice(sheet: &mut Sheet, title: &str, text: &str) {
    let frame = sheet.frame;
    let column = Column {
        left: frame.left + PADDING,
        width: frame.measure() - 2.0 * PADDING,
        indent: 0.0,
    };
    let height = Sheet::height(column, TABLE, text) + TABLE.leading + 2.0 * PADDING;
    sheet.gap(8.0);
    sheet.room(height);
    let ink = Ink::Tint {
        x: frame.left,
        y: (sheet.y - height).max(frame.bottom),
        width: frame.measure(),
        height: height.min(sheet.y - frame.bottom),
    };
    sheet.mark(sheet.page(), None, ink);
    sheet.y -= PADDING;
    let heading = sheet.element(Role::Heading, None);
    sheet.flow(heading, column, bold(TABLE), title);
    let body = sheet.element(Role::Paragraph, None);
    sheet.flow(body, column, TABLE, text);
    sheet.gap(PADDING + 6.0);
}
