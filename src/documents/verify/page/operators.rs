//! The operators of a page as our papers use them, and no other.

use std::collections::BTreeMap;

use super::Unpacker;
use super::canvas::{Area, Canvas, Mark};
use crate::documents::syntax::{Dict, Parser, Value};
use crate::documents::verify::report::Code;

/// More than any operator of ours takes.
const MOST_OPERANDS: usize = 8;
/// What one of them may take in memory.
const OPERAND: usize = 200;

/// Carries out the content of a page.
pub(super) fn paint(content: &[u8], canvas: &mut Canvas<'_>) -> Result<(), Code> {
    each(
        content,
        canvas,
        |canvas, operator, operands| match operator {
            b"BMC" | b"BDC" | b"EMC" => mark(canvas, operator, operands),
            b"BT" | b"ET" | b"Tr" | b"Tf" | b"Tc" | b"Tm" | b"Tj" => {
                text(canvas, operator, operands)
            }
            b"g" | b"G" | b"rg" | b"RG" | b"w" => ink(canvas, operator, operands),
            b"J" | b"j" => numbers::<1>(operands).map(|_| ()),
            _ => path(canvas, operator, operands),
        },
    )?;
    canvas.finish()
}

/// Whether the look of a signature is nothing but dark or coloured lines and shapes within its place: it hides nothing.
pub(in crate::documents::verify) fn drawn(
    content: &[u8],
    place: [f32; 2],
    budget: &mut Unpacker,
) -> Result<(), Code> {
    let fonts = BTreeMap::new();
    let mut canvas = Canvas::look(place, &fonts, budget);
    each(
        content,
        &mut canvas,
        |canvas, operator, operands| match operator {
            b"g" | b"G" | b"rg" | b"RG" | b"w" => ink(canvas, operator, operands),
            b"J" | b"j" => numbers::<1>(operands).map(|_| ()),
            _ => path(canvas, operator, operands),
        },
    )
}

fn each<'a>(
    content: &[u8],
    canvas: &mut Canvas<'a>,
    mut apply: impl FnMut(&mut Canvas<'a>, &[u8], &[Value]) -> Result<(), Code>,
) -> Result<(), Code> {
    let mut parser = Parser::new(content, 0);
    let mut operands = Vec::new();
    loop {
        parser.spaces();
        if parser.at == content.len() {
            return if operands.is_empty() {
                Ok(())
            } else {
                Err(Code::Page)
            };
        }
        if let Some(operator) = parser.operator() {
            canvas.step()?;
            apply(canvas, operator, &operands)?;
            operands.clear();
        } else {
            parser.allow(OPERAND);
            operands.push(parser.value().ok_or(Code::Page)?);
            if operands.len() > MOST_OPERANDS {
                return Err(Code::Page);
            }
        }
    }
}

fn mark(canvas: &mut Canvas<'_>, operator: &[u8], operands: &[Value]) -> Result<(), Code> {
    let mark = match (operator, operands) {
        (b"EMC", []) => return canvas.end_mark(),
        (b"BMC", [Value::Name(tag)]) if tag == b"Artifact" => Mark::Decoration,
        (b"BDC", [Value::Name(tag), Value::Dict(_)]) if tag == b"Artifact" => Mark::Decoration,
        (b"BDC", [Value::Name(tag), Value::Dict(about)]) if is_plain(about) => Mark::Element {
            id: about.integer("MCID"),
            tag: tag.clone(),
            instead: about.text("ActualText"),
            aside: is_aside(about),
        },
        _ => return Err(Code::Page),
    };
    canvas.begin_mark(mark)
}

/// Whether nothing is said of a text but what we read of it, in a way that we read.
fn is_plain(about: &Dict) -> bool {
    about.pairs().all(|(key, value)| match (key, value) {
        (b"MCID", Value::Integer(_)) => true,
        (b"Lang", Value::Text(_)) => about.text("Lang").is_some(),
        (b"ActualText", Value::Text(_)) => about.text("ActualText").is_some(),
        _ => false,
    })
}

/// Whether a text says that it is in another language than the paper.
fn is_aside(about: &Dict) -> bool {
    let language = about.text("Lang");
    language.is_some_and(|language| !language.starts_with("zh"))
}

fn text(canvas: &mut Canvas<'_>, operator: &[u8], operands: &[Value]) -> Result<(), Code> {
    match (operator, operands) {
        (b"BT", []) => canvas.begin_text(),
        (b"ET", []) => canvas.end_text(),
        (b"Tf", [Value::Name(name), size]) => {
            canvas.set_font(name, number(size).ok_or(Code::Page)?)
        }
        (b"Tj", [Value::Text(codes)]) => canvas.show(codes),
        (b"Tr", [Value::Integer(mode)]) => {
            canvas.mode = *mode;
            Ok(())
        }
        (b"Tc", _) => {
            [canvas.spread] = numbers(operands)?;
            Ok(())
        }
        (b"Tm", _) => {
            let matrix = numbers::<6>(operands)?;
            canvas.place(matrix)
        }
        _ => Err(Code::Page),
    }
}

/// How light each colour is, from black to white.
fn ink(canvas: &mut Canvas<'_>, operator: &[u8], operands: &[Value]) -> Result<(), Code> {
    let parts: Vec<f32> = operands.iter().filter_map(number).collect();
    // Beyond black and white every program draws what it likes.
    if operator != b"w" && !parts.iter().all(|part| (0.0..=1.0).contains(part)) {
        return Err(Code::Page);
    }
    let light = |[red, green, blue]: [f32; 3]| 0.3 * red + 0.59 * green + 0.11 * blue;
    match operator {
        b"g" => [canvas.fill] = numbers(operands)?,
        b"G" => [canvas.stroke] = numbers(operands)?,
        b"rg" => canvas.fill = light(numbers(operands)?),
        b"RG" => canvas.stroke = light(numbers(operands)?),
        _ => [canvas.line] = numbers(operands)?,
    }
    Ok(())
}

fn path(canvas: &mut Canvas<'_>, operator: &[u8], operands: &[Value]) -> Result<(), Code> {
    match operator {
        b"m" => canvas.open(numbers(operands)?),
        b"l" => canvas.reach(numbers(operands)?),
        b"c" => {
            let [x1, y1, x2, y2, x, y] = numbers(operands)?;
            [[x1, y1], [x2, y2], [x, y]]
                .into_iter()
                .try_for_each(|point| canvas.reach(point))
        }
        b"h" if operands.is_empty() => Ok(()),
        b"re" => {
            let [x, y, width, height] = numbers(operands)?;
            canvas.rectangle(Area::around([x, y], [x + width, y + height]))
        }
        b"f" if operands.is_empty() => canvas.paint_filled(),
        b"S" if operands.is_empty() => canvas.paint_line(),
        _ => Err(Code::Page),
    }
}

/// Exactly so many numbers.
pub(super) fn numbers<const N: usize>(operands: &[Value]) -> Result<[f32; N], Code> {
    let all: Option<Vec<f32>> = operands.iter().map(number).collect();
    all.and_then(|all| <[f32; N]>::try_from(all).ok())
        .ok_or(Code::Page)
}

pub(super) fn number(value: &Value) -> Option<f32> {
    let number: f32 = match value {
        Value::Integer(number) => number.to_string().parse().ok()?,
        Value::Real(digits) => digits.parse().ok()?,
        _ => return None,
    };
    (number.abs() < 1_000_000.0).then_some(number)
}
