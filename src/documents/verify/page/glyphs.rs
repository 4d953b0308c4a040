//! Whether the letters of an embedded font look as they do in our typefaces: what is drawn is what is read and copied.

use std::borrow::Cow;
use std::ops::Range;

use crate::documents::font::Typeface;

/// How a font file of outlines begins that holds one font.
const ONE_FONT: [u8; 4] = [0, 1, 0, 0];
/// What our subsets hold, in this order: no bitmaps or pictures that would be shown in place of outlines.
const TABLES: [&[u8; 4]; 13] = [
    b"OS/2", b"cmap", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp",
    b"name", b"post", b"prep",
];
/// Programs that move points of every outline.
const PROGRAMS: [&[u8; 4]; 3] = [b"cvt ", b"fpgm", b"prep"];
/// Where the first table is listed, and how long its row is.
const ROWS: usize = 12;
const ROW: usize = 16;
/// Before the parts of a glyph: their number, and the box around it.
const BOX: usize = 10;
/// The deepest glyph of our typefaces is put together from parts of parts.
const DEEPEST: usize = 4;

/// The outlines of a font file.
pub(super) struct Outlines {
    bytes: Cow<'static, [u8]>,
    glyf: Range<usize>,
    loca: Range<usize>,
    hmtx: Range<usize>,
    programs: [Option<Range<usize>>; 3],
    /// How many glyphs there are, and of how many the widths are listed.
    counts: [usize; 2],
    units: u16,
    wide: bool,
}

impl Outlines {
    /// A font that lies in a paper: read in the one way in which every program reads it.
    pub(super) fn embedded(bytes: Vec<u8>) -> Option<Self> {
        let tags = tags(&bytes)?;
        let known = tags.iter().all(|tag| TABLES.contains(tag));
        let once = tags.is_sorted_by(|one, next| one < next);
        let font = Self::read(Cow::Owned(bytes))?;
        let width = if font.wide { 4 } else { 2 };
        let whole = font.loca.len() == (font.counts[0] + 1) * width;
        (known && once && whole).then_some(font)
    }

    /// One of our own.
    pub(super) fn of(typeface: &Typeface) -> Option<Self> {
        Self::read(Cow::Borrowed(typeface.data))
    }

    fn read(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let [head, maxp, hhea] = [b"head", b"maxp", b"hhea"].map(|tag| table(&bytes, *tag));
        let (head, maxp, hhea) = (head?, maxp?, hhea?);
        Some(Self {
            glyf: table(&bytes, *b"glyf")?,
            loca: table(&bytes, *b"loca")?,
            hmtx: table(&bytes, *b"hmtx")?,
            programs: PROGRAMS.map(|tag| table(&bytes, *tag)),
            counts: [
                usize::from(word(&bytes, maxp.start + 4)?),
                usize::from(word(&bytes, hhea.start + 34)?),
            ],
            units: word(&bytes, head.start + 18)?,
            wide: match word(&bytes, head.start + 50)? {
                0 => false,
                1 => true,
                _ => return None,
            },
            bytes,
        })
    }

    /// Whether nothing but its glyphs differs from the typeface.
    pub(super) fn is_cut_from(&self, other: &Self) -> bool {
        let program = |of: &Self, index: usize| {
            let range = of.programs.get(index)?.clone()?;
            of.bytes.get(range).map(<[u8]>::to_vec)
        };
        let alike = |index: usize| {
            let own = program(self, index);
            own.is_none() || own == program(other, index)
        };
        (0..PROGRAMS.len()).all(alike) && self.units == other.units
    }

    /// Whether two glyphs are drawn alike, at the same place: they are made of the same bytes, but for the numbers under which a
    /// file keeps the parts of one.
    pub(super) fn draws(&self, own: u16, other: &Self, theirs: u16) -> bool {
        self.is_like(own, other, theirs, 0)
    }

    fn is_like(&self, own: u16, other: &Self, theirs: u16, depth: usize) -> bool {
        let (Some(one), Some(two)) = (self.glyph(own), other.glyph(theirs)) else {
            return false;
        };
        let length = one.len().min(two.len());
        // Glyphs are filled up to even lengths.
        let padding = one.get(length..).into_iter().chain(two.get(length..));
        let padded = one.len().abs_diff(two.len()) < 4 && padding.flatten().all(|byte| *byte == 0);
        let metrics = self.metrics(own).is_some() && self.metrics(own) == other.metrics(theirs);
        if depth > DEEPEST || !padded || !metrics {
            return false;
        }
        let parts = parts(two);
        let mut from = 0;
        let apart = parts.iter().all(|at| {
            let same = one.get(from..*at) == two.get(from..*at);
            from = at + 2;
            let numbers = word(one, *at).zip(word(two, *at));
            same && numbers.is_some_and(|(own, theirs)| self.is_like(own, other, theirs, depth + 1))
        });
        apart && one.get(from..length) == two.get(from..length)
    }

    /// The bytes of a glyph.
    fn glyph(&self, id: u16) -> Option<&[u8]> {
        let index = usize::from(id);
        let loca = self.bytes.get(self.loca.clone())?;
        let at = |index: usize| -> Option<usize> {
            if self.wide {
                let number = loca.get(4 * index..4 * index + 4)?;
                usize::try_from(u32::from_be_bytes(number.try_into().ok()?)).ok()
            } else {
                word(loca, 2 * index).map(|half| 2 * usize::from(half))
            }
        };
        let range = at(index)?..at(index + 1)?;
        let glyf = self.bytes.get(self.glyf.clone())?;
        glyf.get(range).filter(|_| index < self.counts[0])
    }

    /// How wide a glyph is and where it begins.
    fn metrics(&self, id: u16) -> Option<[u16; 2]> {
        let (index, listed) = (usize::from(id), self.counts[1]);
        let hmtx = self.bytes.get(self.hmtx.clone())?;
        let row = index.min(listed.checked_sub(1)?);
        let bearing = if index < listed {
            4 * index + 2
        } else {
            4 * listed + 2 * (index - listed)
        };
        Some([word(hmtx, 4 * row)?, word(hmtx, bearing)?])
    }
}

/// The tables that a font file lists, in its order.
fn tags(bytes: &[u8]) -> Option<Vec<&[u8; 4]>> {
    let count = usize::from(word(bytes, 4)?);
    let one = bytes.get(..4) == Some(&ONE_FONT);
    let rows = bytes.get(ROWS..ROWS + ROW * count).filter(|_| one)?;
    let tags = rows.chunks_exact(ROW);
    tags.map(|row| row.first_chunk()).collect()
}

fn table(bytes: &[u8], tag: [u8; 4]) -> Option<Range<usize>> {
    let row = tags(bytes)?.iter().position(|it| **it == tag)?;
    let number = |at: usize| -> Option<usize> {
        let number = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(number)).ok()
    };
    let start = number(ROWS + ROW * row + 8)?;
    let range = start..start.checked_add(number(ROWS + ROW * row + 12)?)?;
    bytes.get(range.clone()).map(|_| range)
}

/// Where the numbers of the glyphs stand that a glyph is put together from; one of outlines has none.
fn parts(glyph: &[u8]) -> Vec<usize> {
    let mut parts = Vec::new();
    if glyph.first().is_none_or(|first| *first < 0x80) {
        return parts;
    }
    let mut at = BOX;
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
    let word = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(word.try_into().ok()?))
}
