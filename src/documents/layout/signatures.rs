//! The places to sign: hands two in a row on a line each, seals at the right over name and date (骑年盖月).

use super::lines::{Line, lines};
use super::sheet::{BODY, Baseline, Sheet, TABLE};
use super::{Ink, LEFT, MEASURE, Place, RIGHT, Role};
use crate::documents::font;
use crate::documents::paper::{Slot, SlotKind};

/// Space for a drawn name with its time under it.
const HAND: (f32, f32) = (206.0, 58.0);
/// A seal of 42 mm, as committees and courts have it.
const SEAL: f32 = 119.0;

pub(super) fn place(sheet: &mut Sheet, slots: &[Slot]) {
    sheet.gap(10.0);
    let mut hands = Vec::new();
    for slot in slots {
        match &slot.kind {
            SlotKind::Hand => hands.push(slot),
            SlotKind::Seal { organisation, date } => {
                place_hands(sheet, &hands);
                hands.clear();
                seal(sheet, slot, organisation, date);
            }
        }
    }
    place_hands(sheet, &hands);
}

fn place_hands(sheet: &mut Sheet, slots: &[&Slot]) {
    for pair in slots.chunks(2) {
        let captions: Vec<Vec<Line>> = pair
            .iter()
            .map(|slot| lines(&slot.label, TABLE.size, HAND.0, HAND.0))
            .collect();
        let rows = captions.iter().map(Vec::len).max().unwrap_or(1);
        let height: f32 = (0..rows).map(|_| TABLE.leading).sum();
        sheet.room(height + HAND.1 + 14.0);
        let rows: Vec<Baseline> = (0..rows).map(|_| sheet.next_line(TABLE)).collect();
        let columns = [LEFT, RIGHT - HAND.0];
        for ((slot, caption), x) in pair.iter().zip(&captions).zip(columns) {
            hand(sheet, slot, (caption, &rows), x);
        }
        sheet.y -= HAND.1 + 14.0;
    }
}

/// The caption stands right above its line, in as many rows as it needs.
fn hand(sheet: &mut Sheet, slot: &Slot, (caption, rows): (&[Line], &[Baseline]), x: f32) {
    let element = sheet.element(Role::Paragraph, None);
    let unused = rows.len().saturating_sub(caption.len());
    for (line, at) in caption.iter().zip(rows.iter().skip(unused)) {
        sheet.set(*at, x, TABLE, element, &line.text);
    }
    let page = rows.last().map_or(0, |at| at.page);
    let bottom = sheet.y - HAND.1;
    let line = Ink::Rule {
        x,
        y: bottom,
        length: HAND.0,
    };
    sheet.mark(page, None, line);
    field(sheet, slot, page, [x, bottom, x + HAND.0, bottom + HAND.1]);
}

/// The name of the organisation and the date stand centred under each other; the seal covers their middle.
fn seal(sheet: &mut Sheet, slot: &Slot, organisation: &str, date: &str) {
    sheet.room(SEAL + 8.0);
    let top = sheet.y;
    let widest = font::width(organisation, BODY.size).max(font::width(date, BODY.size));
    let half = (widest / 2.0).clamp(SEAL / 2.0, MEASURE / 2.0);
    let middle = RIGHT - half;
    sheet.y -= SEAL / 2.0 - BODY.leading;
    for text in [organisation, date] {
        let element = sheet.element(Role::Paragraph, None);
        let at = sheet.next_line(BODY);
        let x = middle - font::width(text, BODY.size) / 2.0;
        sheet.set(at, x, BODY, element, text);
    }
    let bottom = top - SEAL;
    let rect = [
        middle - SEAL / 2.0,
        bottom,
        middle + SEAL / 2.0,
        bottom + SEAL,
    ];
    field(sheet, slot, sheet.page(), rect);
    sheet.y = bottom - 8.0;
}

fn field(sheet: &mut Sheet, slot: &Slot, page: usize, rect: [f32; 4]) {
    let index = sheet.field(Place {
        name: slot.field.clone(),
        label: slot.label.clone(),
        page,
        rect,
    });
    sheet.element(Role::Form(index), None);
}
