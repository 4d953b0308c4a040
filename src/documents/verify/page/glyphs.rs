//! Whether the letters of an embedded font look as they do in our typefaces: what is drawn is what is read and copied.

use std::ops::Range;

use ttf_parser::{Face, GlyphId, RawFace, Tag};

use crate::documents::font::Typeface;

/// What our subsets hold, and no bitmaps or pictures that would be shown in place of outlines.
const TABLES: [&[u8; 4]; 13] = [
    b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cvt ", b"fpgm", b"prep", b"name",
    b"post", b"OS/2", b"cmap",
];
/// Programs that move points of every outline.
const PROGRAMS: [&[u8; 4]; 3] = [b"cvt ", b"fpgm", b"prep"];
/// Where the head says how wide the numbers of `loca` are.
const LOCA_FORMAT: usize = 50;
/// Before the parts of a glyph: their number, and the box around it.
const HEAD: usize = 10;

/// The outlines of a font file.
pub(super) struct Outlines<'a> {
    face: Face<'a>,
    raw: RawFace<'a>,
    loca: &'a [u8],
    glyf: &'a [u8],
    wide: bool,
}

impl<'a> Outlines<'a> {
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let raw = RawFace::parse(file, 0).ok()?;
        let table = |name: &[u8; 4]| raw.table(Tag::from_bytes(name));
        let format = table(b"head")?.get(LOCA_FORMAT..LOCA_FORMAT + 2)?;
        Some(Self {
            loca: table(b"loca")?,
            glyf: table(b"glyf")?,
            wide: format != [0, 0],
            face: Face::parse(file, 0).ok()?,
            raw,
        })
    }

    /// Whether nothing but its glyphs differs from the typeface.
    pub(super) fn is_cut_from(&self, other: &Self) -> bool {
        let known = |tag: Tag| TABLES.iter().any(|it| Tag::from_bytes(it) == tag);
        let alike = |name: &[u8; 4]| {
            let tag = Tag::from_bytes(name);
            let own = self.raw.table(tag);
            own.is_none() || own == other.raw.table(tag)
        };
        self.raw
            .table_records
            .into_iter()
            .all(|record| known(record.tag))
            && PROGRAMS.iter().all(|name| alike(name))
            && self.face.units_per_em() == other.face.units_per_em()
    }

    /// Whether two glyphs are drawn alike, at the same place.
    pub(super) fn draws(&self, own: u16, other: &Self, theirs: u16) -> bool {
        let bearing = |of: &Self, id| of.face.glyph_hor_side_bearing(GlyphId(id));
        self.has_outline_of(own, other, theirs) && bearing(self, own) == bearing(other, theirs)
    }

    /// Whether two glyphs are made of the same bytes, but for the numbers under which a file keeps the parts of one.
    fn has_outline_of(&self, own: u16, other: &Self, theirs: u16) -> bool {
        let (Some(one), Some(two)) = (self.bytes(own), other.bytes(theirs)) else {
            return false;
        };
        let parts = parts(two);
        let number = |bytes: &[u8], at: usize| word(bytes, at).unwrap_or_default();
        let same = |at: usize| {
            let of_part = parts.iter().any(|part| (*part..part + 2).contains(&at));
            of_part || one.get(at) == two.get(at)
        };
        // Glyphs are filled up to even lengths.
        let padding = two.get(one.len()..).or_else(|| one.get(two.len()..));
        let padded = padding.is_some_and(|it| it.len() < 4 && it.iter().all(|byte| *byte == 0));
        padded
            && (0..one.len().min(two.len())).all(same)
            && parts
                .iter()
                .all(|at| self.has_outline_of(number(one, *at), other, number(two, *at)))
    }

    fn bytes(&self, id: u16) -> Option<&'a [u8]> {
        let at = |index: usize| -> Option<usize> {
            if self.wide {
                let number = self.loca.get(4 * index..4 * index + 4)?;
                usize::try_from(u32::from_be_bytes(number.try_into().ok()?)).ok()
            } else {
                let number = self.loca.get(2 * index..2 * index + 2)?;
                Some(2 * usize::from(u16::from_be_bytes(number.try_into().ok()?)))
            }
        };
        let index = usize::from(id);
        let range: Range<usize> = at(index)?..at(index + 1)?;
        self.glyf.get(range)
    }
}

/// Where the numbers of the glyphs stand that a glyph is put together from; one of outlines has none.
fn parts(glyph: &[u8]) -> Vec<usize> {
    let mut parts = Vec::new();
    if glyph.first().is_none_or(|first| *first < 0x80) {
        return parts;
    }
    let mut at = HEAD;
    while let Some(flags) = word(glyph, at) {
        parts.push(at + 2);
        let scale = match flags {
            it if it & 0x08 != 0 => 2,
            it if it & 0x40 != 0 => 4,
            it if it & 0x80 != 0 => 8,
            _ => 0,
        };
        let moved = if flags & 0x01 == 0 { 2 } else { 4 };
        at += 4 + moved + scale;
        if flags & 0x20 == 0 {
            break;
        }
    }
    parts
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let word = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes(word.try_into().ok()?))
}

/// The outlines of one of our typefaces.
pub(super) fn of(typeface: &Typeface) -> Option<Outlines<'static>> {
    Outlines::read(typeface.data)
}
