//! Whether what is seen is what is read: letter by letter, from left to right, line under line.

use super::{Area, Canvas, Mark};
use crate::documents::font::{self, Piece};
use crate::documents::verify::page::fonts::Font;
use crate::documents::verify::report::Code;

/// A letter that is drawn while another text is read in its stead.
pub(super) struct Letter {
    font: u32,
    code: u16,
    at: [f32; 2],
    size: f32,
    /// The space behind it.
    spread: f32,
}

/// How far a letter may be from where it belongs, in points.
const ASTRAY: f32 = 1.0;
/// The same up and down.
const UNEVEN: f32 = 0.5;
/// The lowest header and the highest page number, in large print too.
const HEADER: f32 = 755.0;
const FOOTER: f32 = 62.0;
/// Larger than they are, in large print too.
const RUNNING: f32 = 16.0;
/// Where the right one of two places to sign begins, and how high the text over one is.
const MIDDLE: f32 = 297.0;
const PLACE: f32 = 90.0;
/// What looking at a letter costs.
const LOOK: usize = 1_000;

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
        if !font.is_faithful(codes) {
            return Err(Code::Glyphs);
        }
        let width: f32 = codes
            .chunks_exact(2)
            .map(|pair| font.width(code(pair)) / 1000.0 * size + self.spread)
            .sum();
        if matches!(self.marks.last(), Some(Mark::Element { .. })) {
            return self.follows([x, y], x + width);
        }
        // What nobody compares with anything stands above and below the text.
        let beside = (y >= HEADER || y <= FOOTER) && size <= RUNNING;
        if beside { Ok(()) } else { Err(Code::Page) }
    }

    /// Within an element letters follow each other from left to right and line under line; an element begins beside the one that is
    /// read before it or further down, but for what stands by the square code and over a place to sign at the right.
    fn follows(&mut self, [x, y]: [f32; 2], end: f32) -> Result<(), Code> {
        let is_after = |[before, line]: [f32; 2]| {
            y < line - UNEVEN || ((y - line).abs() <= UNEVEN && x >= before - ASTRAY)
        };
        let by_code = Area::around([x, y], [end, y]).is_of_code();
        let begins = std::mem::replace(&mut self.fresh, false) && !by_code;
        if begins {
            let column = usize::from(self.is_aside());
            let before = self.began.get_mut(column).ok_or(Code::Page)?;
            let is_beside =
                |[left, line]: [f32; 2]| left < MIDDLE && x >= MIDDLE && (y - line).abs() <= PLACE;
            let fits = |it| is_after(it) || is_beside(it);
            if !before.replace([x, y]).is_none_or(fits) {
                return Err(Code::Page);
            }
        }
        let in_line = self.ended.is_none_or(is_after);
        self.ended = Some([end, y]);
        if in_line { Ok(()) } else { Err(Code::Page) }
    }

    fn collect(
        &mut self,
        (id, font): (u32, &Font),
        codes: &[u8],
        ([mut x, y], size): ([f32; 2], f32),
    ) {
        for pair in codes.chunks_exact(2) {
            let code = code(pair);
            self.span.push(Letter {
                font: id,
                code,
                at: [x, y],
                size,
                spread: self.spread,
            });
            x += font.width(code) / 1000.0 * size + self.spread;
        }
    }

    /// What was drawn is what we would draw for the text that is read in its stead.
    pub(super) fn looks_like(&mut self, text: &str) -> Result<(), Code> {
        let span = std::mem::take(&mut self.span);
        self.budget.spend(LOOK * (span.len() + text.len()))?;
        let pieces = font::pieces(text).unwrap_or_default();
        let place = if pieces.iter().any(|piece| piece.shaped) {
            self.is_shaped_as(&span, &pieces)
        } else {
            self.is_spelled_as(&span, text)
        };
        let (from, end) = place.ok_or(Code::Glyphs)?;
        self.follows(from, end)
    }

    /// Where it begins and ends, with each glyph where shaping puts it.
    fn is_shaped_as(&self, span: &[Letter], pieces: &[Piece<'_>]) -> Option<([f32; 2], f32)> {
        let set = pieces.iter().flat_map(|piece| {
            let typeface = piece.face.typeface();
            piece.glyphs.iter().map(move |glyph| (typeface, glyph))
        });
        let set: Vec<_> = set.collect();
        let (first, (_, glyph)) = (span.first()?, set.first()?);
        let start = first.at[0] - glyph.offset.0 * first.size;
        let base = first.at[1] - glyph.offset.1 * first.size;
        let mut along = start;
        let mut fits = set.len() == span.len();
        for (letter, (typeface, glyph)) in span.iter().zip(&set) {
            let x = along + glyph.offset.0 * letter.size;
            let y = base + glyph.offset.1 * letter.size;
            fits &= (letter.at[0] - x).abs() <= ASTRAY
                && (letter.at[1] - y).abs() <= UNEVEN
                && self.draws(letter, (*typeface, glyph.id));
            along += glyph.advance * letter.size;
        }
        fits.then_some(([start, base], along))
    }

    /// The same, with a letter a character, in a row.
    fn is_spelled_as(&self, span: &[Letter], text: &str) -> Option<([f32; 2], f32)> {
        let start = span.first()?.at;
        let [mut along, base] = start;
        let mut fits = text.chars().count() == span.len();
        for (character, letter) in text.chars().zip(span) {
            let mut all = font::drawn_by_any(character);
            let (typeface, glyph) = all.find(|glyph| self.draws(letter, *glyph))?;
            let [x, y] = letter.at;
            fits &= (x - along).abs() <= ASTRAY && (y - base).abs() <= UNEVEN;
            along = x + typeface.advance(glyph) * letter.size + letter.spread;
        }
        fits.then_some((start, along))
    }

    fn draws(&self, letter: &Letter, glyph: (&font::Typeface, u16)) -> bool {
        let font = self.fonts.get(&letter.font);
        font.is_some_and(|font| font.draws(letter.code, glyph))
    }
}

fn code(pair: &[u8]) -> u16 {
    let bytes = pair.try_into().unwrap_or_default();
    u16::from_be_bytes(bytes)
}
