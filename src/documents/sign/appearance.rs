//! What a signature shows: lines as drawn, a name as text, or a seal. Glyphs are drawn as outlines, so that no font is needed after the base revision.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Chunk, Content, Filter, Rect, Ref};
use ttf_parser::OutlineBuilder;

use super::{Look, seal};
use crate::documents::{DocumentError, font, pdf};

/// Height kept free under a drawn or typed name for the time.
const FOOT: f32 = 13.0;
const TIME_SIZE: f32 = 8.5;

/// The appearance stream of a signature as an object of the file.
pub(super) fn object(
    id: u32,
    (width, height): (f32, f32),
    look: &Look,
    now: Timestamp,
) -> Result<Vec<u8>, DocumentError> {
    let mut content = Content::new();
    match look {
        Look::Strokes(strokes) => {
            let lines = strokes.fitted(width - 12.0, height - FOOT - 6.0);
            draw(&mut content, &lines, (6.0, FOOT + 3.0));
            time(&mut content, width, now)?;
        }
        Look::Typed(name) => {
            typed(&mut content, name, width, height)?;
            time(&mut content, width, now)?;
        }
        Look::Seal(organisation) => seal::draw(&mut content, organisation, width, height)?,
    }
    let packed = pdf::deflate(&content.finish())?;
    let mut chunk = Chunk::new();
    let id = Ref::new(i32::try_from(id).unwrap_or(i32::MAX));
    let mut form = chunk.form_xobject(id, &packed);
    form.filter(Filter::FlateDecode);
    form.bbox(Rect::new(0.0, 0.0, width, height));
    form.resources();
    drop(form);
    Ok(chunk.as_bytes().to_vec())
}

fn draw(content: &mut Content, lines: &[Vec<(f32, f32)>], (left, bottom): (f32, f32)) {
    content
        .set_line_width(1.6)
        .set_line_cap(LineCapStyle::RoundCap)
        .set_line_join(LineJoinStyle::RoundJoin)
        .set_stroke_rgb(0.05, 0.05, 0.25);
    for line in lines {
        for (index, (x, y)) in line.iter().enumerate() {
            if index == 0 {
                content.move_to(left + x, bottom + y);
                content.line_to(left + x, bottom + y);
            } else {
                content.line_to(left + x, bottom + y);
            }
        }
        if !line.is_empty() {
            content.stroke();
        }
    }
}

fn typed(content: &mut Content, name: &str, width: f32, height: f32) -> Result<(), DocumentError> {
    let natural = font::width(name, 26.0).max(1.0);
    let size = (26.0 * (width - 12.0) / natural).min(26.0);
    content.set_fill_rgb(0.05, 0.05, 0.25);
    let y = FOOT + (height - FOOT - size) / 2.0 + 0.12 * size;
    let x = (width - font::width(name, size)) / 2.0;
    text(content, name, Matrix::plain(size, (x, y)))
}

/// The time of signing, small, at the lower right.
fn time(content: &mut Content, width: f32, now: Timestamp) -> Result<(), DocumentError> {
    let time = now
        .to_zoned(TimeZone::fixed(Offset::constant(8)))
        .strftime("%Y-%m-%d %H:%M")
        .to_string();
    content.set_fill_gray(0.25);
    let x = width - font::width(&time, TIME_SIZE) - 2.0;
    text(content, &time, Matrix::plain(TIME_SIZE, (x, 3.5)))
}

/// Takes a glyph of type size one to the paper: where its baseline leads, where its height, where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix {
    pub(super) along: (f32, f32),
    pub(super) up: (f32, f32),
    pub(super) origin: (f32, f32),
}

impl Matrix {
    const fn plain(size: f32, origin: (f32, f32)) -> Self {
        Self {
            along: (size, 0.0),
            up: (0.0, size),
            origin,
        }
    }

    fn moved(self, right: f32, up: f32) -> Self {
        Self {
            origin: (
                self.origin.0 + self.along.0 * right + self.up.0 * up,
                self.origin.1 + self.along.1 * right + self.up.1 * up,
            ),
            ..self
        }
    }
}

/// Fills the outlines of a text on one line.
pub(super) fn text(content: &mut Content, text: &str, matrix: Matrix) -> Result<(), DocumentError> {
    let mut along = 0.0;
    for piece in font::pieces(text).map_err(DocumentError::MissingGlyph)? {
        let typeface = piece.face.typeface();
        for glyph in &piece.glyphs {
            let (right, up) = glyph.offset;
            let matrix = matrix.moved(along + right, up);
            let unit = typeface.unit();
            let at = (0.0, 0.0);
            typeface.outline(
                glyph.id,
                &mut Outline {
                    content,
                    matrix,
                    unit,
                    at,
                },
            );
            content.fill_nonzero();
            along += glyph.advance;
        }
    }
    Ok(())
}

/// Takes the outline of a glyph into a content stream; quadratic curves become cubic ones.
struct Outline<'a> {
    content: &'a mut Content,
    matrix: Matrix,
    /// The size of a font unit.
    unit: f32,
    at: (f32, f32),
}

impl Outline<'_> {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let Matrix { along, up, origin } = self.matrix;
        let (x, y) = (x * self.unit, y * self.unit);
        (
            round(along.0 * x + up.0 * y + origin.0),
            round(along.1 * x + up.1 * y + origin.1),
        )
    }
}

/// Hundredths of a point are finer than any printer.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

impl OutlineBuilder for Outline<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (to_x, to_y) = self.place(x, y);
        self.content.move_to(to_x, to_y);
        self.at = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (to_x, to_y) = self.place(x, y);
        self.content.line_to(to_x, to_y);
        self.at = (x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let third = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
        let (x0, y0) = self.at;
        self.curve_to(
            third(x0, x1),
            third(y0, y1),
            third(x, x1),
            third(y, y1),
            x,
            y,
        );
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second, end) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.content
            .cubic_to(first.0, first.1, second.0, second.1, end.0, end.1);
        self.at = (x, y);
    }

    fn close(&mut self) {
        self.content.close_path();
    }
}
