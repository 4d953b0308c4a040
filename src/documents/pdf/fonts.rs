//! The glyphs a paper uses, cut from the typeface and embedded with their widths and their Unicode meaning.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;

use super::{Refs, deflate};
use crate::documents::DocumentError;
use crate::documents::font;
use crate::documents::layout::{Ink, Layout};
use crate::documents::paper::Paper;

const NAME: Name<'static> = Name(b"HEYIAA+NotoSerifSC-Regular");
const SYSTEM: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// The embedded font of one file.
pub(super) struct Embedded {
    pub(super) font: Ref,
    glyphs: BTreeMap<char, u16>,
}

impl Embedded {
    /// The codes of a text in this font.
    pub(super) fn encode(&self, text: &str) -> Result<Vec<u8>, DocumentError> {
        let mut codes = Vec::with_capacity(2 * text.len());
        for character in text.chars() {
            let glyph = self
                .glyphs
                .get(&character)
                .ok_or(DocumentError::MissingGlyph(character))?;
            codes.extend(glyph.to_be_bytes());
        }
        Ok(codes)
    }
}

/// Embeds the characters of the layout; a character without glyph is an error that names it.
pub(super) fn embed(
    pdf: &mut Pdf,
    refs: &mut Refs,
    paper: &Paper,
    layout: &Layout,
) -> Result<Embedded, DocumentError> {
    if let Some(missing) = font::unsupported_characters(&paper.title).first() {
        return Err(DocumentError::MissingGlyph(*missing));
    }
    let mut remapper = GlyphRemapper::new();
    let mut glyphs = BTreeMap::new();
    for character in characters(layout) {
        if glyphs.contains_key(&character) {
            continue;
        }
        let glyph = font::glyph(character).ok_or(DocumentError::MissingGlyph(character))?;
        glyphs.insert(character, remapper.remap(glyph));
    }
    let subset = subsetter::subset(font::DATA, 0, &remapper)?;
    let [font, descendant, descriptor, file, meaning] = [(); 5].map(|()| refs.next());
    pdf.type0_font(font)
        .base_font(NAME)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(meaning);
    describe(pdf, descendant, descriptor, file, &remapper);
    let packed = deflate(&subset)?;
    let mut stream = pdf.stream(file, &packed);
    stream.filter(Filter::FlateDecode);
    stream.pair(
        Name(b"Length1"),
        i32::try_from(subset.len()).unwrap_or(i32::MAX),
    );
    stream.finish();
    let mut map = UnicodeCmap::<u16>::new(Name(b"Custom"), SYSTEM);
    for (character, glyph) in &glyphs {
        map.pair(*glyph, *character);
    }
    let packed = deflate(map.finish().as_slice())?;
    pdf.cmap(meaning, &packed).filter(Filter::FlateDecode);
    Ok(Embedded { font, glyphs })
}

fn characters(layout: &Layout) -> impl Iterator<Item = char> + '_ {
    layout
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|mark| match &mark.ink {
            Ink::Text(run) => Some(run.text.chars()),
            _ => None,
        })
        .flatten()
}

fn describe(pdf: &mut Pdf, descendant: Ref, descriptor: Ref, file: Ref, remapper: &GlyphRemapper) {
    let mut cid = pdf.cid_font(descendant);
    cid.subtype(CidFontType::Type2)
        .base_font(NAME)
        .system_info(SYSTEM)
        .font_descriptor(descriptor)
        .default_width(1000.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = cid.widths();
    for (new, old) in (0_u16..).zip(remapper.remapped_gids()) {
        let width = font::advance(old) * 1000.0;
        if (width - 1000.0).abs() > 0.01 {
            widths.consecutive(new, [width]);
        }
    }
    widths.finish();
    cid.finish();
    let measures = font::measures();
    let [left, bottom, right, top] = measures.bounds;
    pdf.font_descriptor(descriptor)
        .name(NAME)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(left, bottom, right, top))
        .italic_angle(0.0)
        .ascent(measures.ascent)
        .descent(measures.descent)
        .cap_height(measures.cap_height)
        .stem_v(80.0)
        .font_file2(file);
}
