//! The one typeface of the papers: which characters it has, how wide they are and how they are drawn.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Noto Serif SC Regular; its licence lies beside it.
pub(super) static DATA: &[u8] = include_bytes!("../../assets/fonts/NotoSerifSC-Regular.ttf");

#[expect(
    clippy::expect_used,
    reason = "the font is part of the binary and parsed by every test"
)]
static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(DATA, 0).expect("the embedded font parses"));

/// Measures of the whole typeface in thousandths of the type size, as PDF wants them.
pub(super) struct Measures {
    pub(super) bounds: [f32; 4],
    pub(super) ascent: f32,
    pub(super) descent: f32,
    pub(super) cap_height: f32,
}

pub(super) fn measures() -> Measures {
    let scale = 1000.0 * unit();
    let bounds = FACE.global_bounding_box();
    Measures {
        bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
            .map(|edge| f32::from(edge) * scale),
        ascent: f32::from(FACE.ascender()) * scale,
        descent: f32::from(FACE.descender()) * scale,
        cap_height: f32::from(FACE.capital_height().unwrap_or(733)) * scale,
    }
}

/// The glyph of a character, or `None` where the typeface has none.
pub(super) fn glyph(character: char) -> Option<u16> {
    FACE.glyph_index(character)
        .map(|glyph| glyph.0)
        .filter(|glyph| *glyph != 0)
}

/// The advance of a glyph as a fraction of the type size.
pub(super) fn advance(glyph: u16) -> f32 {
    let units = FACE.glyph_hor_advance(GlyphId(glyph)).unwrap_or(1000);
    f32::from(units) * unit()
}

/// The width of a text at a type size, in points; a missing glyph counts as a full square.
pub(super) fn width(text: &str, size: f32) -> f32 {
    text.chars()
        .map(|character| glyph(character).map_or(1.0, advance) * size)
        .sum()
}

/// Draws the outline of a glyph in font units; [`unit`] scales it to a type size of one.
pub(super) fn outline(glyph: u16, into: &mut dyn OutlineBuilder) {
    FACE.outline_glyph(GlyphId(glyph), into);
}

/// The size of one font unit at a type size of one point.
pub(super) fn unit() -> f32 {
    1.0 / f32::from(FACE.units_per_em())
}

/// The characters of a text that no paper can show, each once, in order of appearance.
///
/// A form asks this before it accepts a name, so that a paper never fails on it.
pub fn unsupported_characters(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for character in text.chars() {
        let laid_out = matches!(character, '\n' | '\r' | '\t');
        if !laid_out && glyph(character).is_none() && !missing.contains(&character) {
            missing.push(character);
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_name_character_without_glyph_is_named() {
        assert_eq!(unsupported_characters("张䶮、𡋤，𡋤\n"), ['𡋤']);
    }

    #[test]
    fn a_chinese_character_is_one_square_wide() {
        assert!((width("和议", 14.0) - 28.0).abs() < 0.01);
    }
}
