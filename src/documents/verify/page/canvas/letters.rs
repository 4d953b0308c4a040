//! Whether what is seen is what is read: letter by letter, from left to right, line under line.

use super::{Canvas, Mark};
use crate::documents::font::{self, Piece};
use crate::documents::verify::page::fonts::Font;
use crate::documents::verify::report::Code;

/// A letter that is drawn while another text is read in its stead.
pub(super) struct Letter {
    font: u32,
    code: u16,
    at: [f32; 2],
    size: f32,
}

/// How far a letter may be from where it belongs, in points.
const ASTRAY: f32 = 1.0;
/// The same up and down.
const UNEVEN: f32 = 0.5;
/// The lowest header and the highest page number, in large print too.
const HEADER: f32 = 755.0;
const FOOTER: f32 = 62.0;
/// What looking at a letter costs.
const LOOK: usize = 100;

/// The text that is read in the stead of what is drawn.
pub(super) fn instead(mark: &Mark) -> Option<&str> {
    match mark {
        Mark::Element { instead, .. } => instead.as_deref(),
        Mark::Decoration => None,
    }
}

impl Canvas<'_> {
    pub(super) fn is_spelled(&self) -> bool {
        self.marks.iter().any(|mark| instead(mark).is_some())
    }

    /// Letters look like what they mean, and follow each other as they are read; of those that another text stands for it is asked
    /// when all of them are there.
    pub(super) fn is_what_it_says(
        &mut self,
        (id, font): (u32, &Font),
        codes: &[u8],
        ([x, y], size): ([f32; 2], f32),
    ) -> Result<(), Code> {
        if self.spread < 0.0 {
            return Err(Code::Page);
        }
        if self.is_spelled() {
            self.collect((id, font), codes, ([x, y], size));
            return Ok(());
        }
        if !matches!(self.marks.last(), Some(Mark::Element { .. })) {
            // What nobody compares with anything stands above and below the text.
            let beside = y >= HEADER || y <= FOOTER;
            return if beside { Ok(()) } else { Err(Code::Page) };
        }
        let follows = self.ended.is_none_or(|[end, line]| {
            y < line - UNEVEN || ((y - line).abs() <= UNEVEN && x >= end - ASTRAY)
        });
        match (font.is_faithful(codes), follows) {
            (false, _) => Err(Code::Glyphs),
            (true, false) => Err(Code::Page),
            (true, true) => Ok(()),
        }
    }

    fn collect(
        &mut self,
        (id, font): (u32, &Font),
        codes: &[u8],
        ([mut x, y], size): ([f32; 2], f32),
    ) {
        for pair in codes.chunks_exact(2) {
            let code = u16::from_be_bytes([pair[0], pair[1]]);
            self.span.push(Letter {
                font: id,
                code,
                at: [x, y],
                size,
            });
            x += font.width(code) / 1000.0 * size + self.spread;
        }
    }

    /// What was drawn is what we would draw for the text that is read in its stead.
    pub(super) fn looks_like(&mut self, text: &str) -> Result<(), Code> {
        let span = std::mem::take(&mut self.span);
        let pieces = font::pieces(text).unwrap_or_default();
        self.budget.spend(LOOK * (span.len() + text.len()))?;
        let fits = if pieces.iter().any(|piece| piece.shaped) {
            self.is_shaped_as(&span, &pieces)
        } else {
            self.is_spelled_as(&span, text)
        };
        if fits { Ok(()) } else { Err(Code::Glyphs) }
    }

    /// Each glyph where shaping puts it.
    fn is_shaped_as(&self, span: &[Letter], pieces: &[Piece<'_>]) -> bool {
        let set = pieces.iter().flat_map(|piece| {
            let typeface = piece.face.typeface();
            piece.glyphs.iter().map(move |glyph| (typeface, glyph))
        });
        let set: Vec<_> = set.collect();
        let (Some(first), Some((_, glyph))) = (span.first(), set.first()) else {
            return false;
        };
        let mut along = first.at[0] - glyph.offset.0 * first.size;
        let base = first.at[1] - glyph.offset.1 * first.size;
        let mut fits = set.len() == span.len();
        for (letter, (typeface, glyph)) in span.iter().zip(&set) {
            let x = along + glyph.offset.0 * letter.size;
            let y = base + glyph.offset.1 * letter.size;
            fits &= (letter.at[0] - x).abs() <= ASTRAY
                && (letter.at[1] - y).abs() <= UNEVEN
                && self.draws(letter, (*typeface, glyph.id));
            along += glyph.advance * letter.size;
        }
        fits
    }

    /// A letter a character, in a row.
    fn is_spelled_as(&self, span: &[Letter], text: &str) -> bool {
        let row = span.windows(2).all(|pair| {
            pair[1].at[0] >= pair[0].at[0] && (pair[1].at[1] - pair[0].at[1]).abs() <= UNEVEN
        });
        let mut letters = text.chars().zip(span);
        let same = letters.all(|(character, letter)| {
            font::drawn_by_any(character).any(|glyph| self.draws(letter, glyph))
        });
        row && same && text.chars().count() == span.len()
    }

    fn draws(&self, letter: &Letter, glyph: (&font::Typeface, u16)) -> bool {
        let font = self.fonts.get(&letter.font);
        font.is_some_and(|font| font.draws(letter.code, glyph))
    }
}
