//! The places to sign: hands two in a row on a line each, seals at the right over name and date (骑年盖月).

use super::lines::{Line, lines};
use super::sheet::{BODY, Baseline, Sheet, TABLE};
use super::{Ink, Place, Role};
use crate::documents::font;
use crate::documents::paper::{Slot, SlotKind};

/// Space for a drawn name with its time under it.
const HAND: (f32, f32) = (206.0, 58.0);
/// A seal of 42 mm, as committees and courts have it.
const SEAL: f32 = 119.0;
/// The same with the gap under it.
const SEALED: f32 = SEAL + 8.0;

pub(super) fn place(sheet: &mut Sheet, slots: &[Slot]) {
    sheet.gap(10.0);
    let mut hands = Vec::new();
    for slot in slots {
        match &slot.kind {
            SlotKind::Hand => hands.push(slot),
            SlotKind::Seal { organisation, date } => {
                place_hands(sheet, &hands, SEALED);
                hands.clear();
                seal(sheet, slot, organisation, date);
            }
        }
    }
    place_hands(sheet, &hands, 0.0);
}

/// Two in a row; the longer of their labels, which may take several lines, decides where both sign. The last row stays with what is
/// `below` it.
fn place_hands(sheet: &mut Sheet, slots: &[&Slot], below: f32) {
    let frame = sheet.frame;
    let width = HAND.0.min((frame.measure() - 24.0) / 2.0);
    let rows = slots.len().div_ceil(2);
    for (row, pair) in (1..).zip(slots.chunks(2)) {
        let labels: Vec<Vec<Line>> = pair
            .iter()
            .map(|slot| lines(&slot.label, TABLE.size, width, width))
            .collect();
        let lines = labels.iter().map(Vec::len).max().unwrap_or(1);
        let below = if row == rows { below } else { 0.0 };
        sheet.room(height(lines) + HAND.1 + 14.0 + below);
        let baselines: Vec<Baseline> = (0..lines).map(|_| sheet.next_line(TABLE)).collect();
        for ((slot, label), x) in pair
            .iter()
            .zip(&labels)
            .zip([frame.left, frame.right - width])
        {
            hand(sheet, slot, (label, &baselines), (x, width));
        }
        sheet.y -= HAND.1 + 14.0;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a label has a few lines")]
fn height(lines: usize) -> f32 {
    TABLE.leading * lines as f32
}

fn hand(
    sheet: &mut Sheet,
    slot: &Slot,
    (label, baselines): (&[Line], &[Baseline]),
    (x, width): (f32, f32),
) {
    let caption = sheet.element(Role::Paragraph, None);
    let skipped = baselines.len().saturating_sub(label.len());
    for (line, at) in label.iter().zip(baselines.iter().skip(skipped)) {
        sheet.set(*at, x, TABLE, caption, &line.text);
    }
    let (page, bottom) = (sheet.page(), sheet.y - HAND.1);
    let line = Ink::Rule {
        x,
        y: bottom,
        length: width,
    };
    sheet.mark(page, None, line);
    field(sheet, slot, page, [x, bottom, x + width, bottom + HAND.1]);
}

/// The name of the organisation and the date stand centred under each other; the seal covers their middle.
fn seal(sheet: &mut Sheet, slot: &Slot, organisation: &str, date: &str) {
    let measure = sheet.frame.measure();
    let broken = lines(organisation, BODY.size, measure, measure);
    let texts: Vec<&str> = broken.iter().map(|line| line.text.as_str()).collect();
    let texts: Vec<&str> = texts.into_iter().chain([date]).collect();
    sheet.room(SEALED);
    let top = sheet.y;
    sheet.lonely |= top >= sheet.frame.top;
    let widths = texts.iter().map(|text| font::width(text, BODY.size));
    let half = (widths.fold(0.0, f32::max) / 2.0).clamp(SEAL / 2.0, measure / 2.0);
    let middle = sheet.frame.right - half;
    sheet.y -= SEAL / 2.0 - BODY.leading;
    for text in texts {
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
