//! One typeface: which characters it has, how wide they are and how they are drawn.

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// A font file of the binary, parsed once.
pub(in crate::documents) struct Typeface {
    /// As the font calls itself to other programs.
    pub(in crate::documents) name: &'static str,
    pub(in crate::documents) data: &'static [u8],
    face: Face<'static>,
    /// By character up to U+FFFF, 0 where there is none: every paper asks for the same ones many times.
    glyphs: Vec<u16>,
    /// By glyph, as fractions of the type size.
    advances: Vec<f32>,
}

/// Measures of the whole typeface in thousandths of the type size, as PDF wants them.
pub(in crate::documents) struct Measures {
    pub(in crate::documents) bounds: [f32; 4],
    pub(in crate::documents) ascent: f32,
    pub(in crate::documents) descent: f32,
    pub(in crate::documents) cap_height: f32,
}

impl Typeface {
    #[expect(
        clippy::expect_used,
        reason = "the fonts are part of the binary and parsed by a test"
    )]
    pub(super) fn parse(name: &'static str, data: &'static [u8]) -> Self {
        let face = Face::parse(data, 0).expect("the embedded font parses");
        let unit = unit(&face);
        let advance = |glyph| {
            let units = face.glyph_hor_advance(GlyphId(glyph));
            units.map_or(1.0, |units| f32::from(units) * unit)
        };
        Self {
            name,
            data,
            glyphs: glyphs(&face),
            advances: (0..face.number_of_glyphs()).map(advance).collect(),
            face,
        }
    }

    pub(in crate::documents) fn measures(&self) -> Measures {
        let scale = 1000.0 * self.unit();
        let bounds = self.face.global_bounding_box();
        Measures {
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
                .map(|edge| f32::from(edge) * scale),
            ascent: f32::from(self.face.ascender()) * scale,
            descent: f32::from(self.face.descender()) * scale,
            cap_height: self
                .face
                .capital_height()
                .map_or(733.0, |height| f32::from(height) * scale),
        }
    }

    /// The glyph of a character, or `None` where the typeface has none.
    pub(in crate::documents) fn glyph(&self, character: char) -> Option<u16> {
        let glyph = match u16::try_from(u32::from(character)) {
            Ok(code) => self.glyphs.get(usize::from(code)).copied(),
            Err(_) => self.face.glyph_index(character).map(|glyph| glyph.0),
        };
        glyph.filter(|glyph| *glyph != 0)
    }

    /// The advance of a glyph as a fraction of the type size.
    pub(in crate::documents) fn advance(&self, glyph: u16) -> f32 {
        self.advances
            .get(usize::from(glyph))
            .copied()
            .unwrap_or(1.0)
    }

    /// Draws the outline of a glyph in font units; [`Self::unit`] scales it to a type size of one.
    pub(in crate::documents) fn outline(&self, glyph: u16, into: &mut dyn OutlineBuilder) {
        self.face.outline_glyph(GlyphId(glyph), into);
    }

    /// The size of one font unit at a type size of one point.
    pub(in crate::documents) fn unit(&self) -> f32 {
        unit(&self.face)
    }
}

fn unit(face: &Face<'_>) -> f32 {
    1.0 / f32::from(face.units_per_em())
}

fn glyphs(face: &Face<'_>) -> Vec<u16> {
    let mut characters = Vec::new();
    let tables = face.tables().cmap.into_iter();
    for table in tables.flat_map(|cmap| cmap.subtables) {
        if table.is_unicode() {
            table.codepoints(|code| characters.extend(char::from_u32(code)));
        }
    }
    let mut glyphs = Vec::new();
    for character in characters {
        let code = u16::try_from(u32::from(character)).ok().map(usize::from);
        if let (Some(code), Some(glyph)) = (code, face.glyph_index(character)) {
            if glyphs.len() <= code {
                glyphs.resize(code + 1, 0);
            }
            if let Some(place) = glyphs.get_mut(code) {
                *place = glyph.0;
            }
        }
    }
    glyphs
}
