//! Whether the letters of an embedded font look as they do in our typefaces: what is drawn is what is read and copied.

use std::ops::Range;

use ttf_parser::{Face, GlyphId, OutlineBuilder, RawFace, Tag};

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
        let simple = |bytes: &[u8]| bytes.first().is_none_or(|first| *first < 0x80);
        let same = match (self.bytes(own), other.bytes(theirs)) {
            (Some(one), Some(two)) if one == two && simple(one) => true,
            _ => self.path(own) == other.path(theirs),
        };
        same && bearing(self, own) == bearing(other, theirs)
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

    fn path(&self, id: u16) -> Path {
        let mut path = Path(Vec::new());
        self.face.outline_glyph(GlyphId(id), &mut path);
        path
    }
}

/// The steps of an outline.
#[derive(PartialEq)]
struct Path(Vec<(u8, [f32; 6])>);

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push((0, [x, y, 0.0, 0.0, 0.0, 0.0]));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push((1, [x, y, 0.0, 0.0, 0.0, 0.0]));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push((2, [x1, y1, x, y, 0.0, 0.0]));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push((3, [x1, y1, x2, y2, x, y]));
    }

    fn close(&mut self) {
        self.0.push((4, [0.0; 6]));
    }
}

/// The outlines of one of our typefaces.
pub(super) fn of(typeface: &Typeface) -> Option<Outlines<'static>> {
    Outlines::read(typeface.data)
}
