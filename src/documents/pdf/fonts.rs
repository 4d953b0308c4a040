//! The glyphs a paper uses, cut from each typeface and embedded with their widths and their Unicode meaning.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;

use super::{Refs, deflate};
use crate::documents::DocumentError;
use crate::documents::font::{self, FaceId, Glyph, Piece, Typeface};
use crate::documents::layout::{Ink, Layout};
use crate::documents::paper::Paper;

/// Whose characters the codes of our fonts are: of nobody, each is the number of a glyph.
pub(in crate::documents) const CODES: [&str; 2] = ["Adobe", "Identity"];

const SYSTEM: SystemInfo<'static> = SystemInfo {
    registry: Str(CODES[0].as_bytes()),
    ordering: Str(CODES[1].as_bytes()),
    supplement: 0,
};

/// Stands where a glyph has no meaning but that of the glyph before it.
const NOTHING: &str = "\u{200B}";

/// The embedded fonts of one file.
pub(super) struct Embedded {
    cuts: BTreeMap<FaceId, Cut>,
}

/// What is cut from one typeface.
struct Cut {
    font: Ref,
    remapper: GlyphRemapper,
    /// What each glyph means to those who copy it: the first thing it was used for.
    meanings: BTreeMap<u16, String>,
}

impl Embedded {
    /// The fonts under the names that pages call them by.
    pub(super) fn names(&self) -> impl Iterator<Item = (String, Ref)> {
        (0..)
            .zip(self.cuts.values())
            .map(|(index, cut)| (name(index), cut.font))
    }

    /// The name of a typeface's font, and the codes of a piece in it.
    pub(super) fn encode(&self, piece: &Piece<'_>) -> (String, Vec<u16>) {
        let index = self.cuts.range(..piece.face).count();
        let cut = self.cuts.get(&piece.face);
        let code = |glyph: &Glyph<'_>| cut.and_then(|cut| cut.remapper.get(glyph.id));
        let codes = piece.glyphs.iter().filter_map(code).collect();
        (name(index), codes)
    }

    /// Whether the codes alone say what the piece says.
    pub(super) fn is_plain(&self, piece: &Piece<'_>) -> bool {
        let Some(cut) = self.cuts.get(&piece.face) else {
            return true;
        };
        !piece.shaped
            && piece.glyphs.iter().all(|glyph| {
                let code = cut.remapper.get(glyph.id);
                let meaning = code.and_then(|code| cut.meanings.get(&code));
                meaning.is_some_and(|meaning| meaning == glyph.says)
            })
    }
}

fn name(index: usize) -> String {
    format!("F{index}")
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
    let mut cuts = BTreeMap::new();
    for text in texts(layout) {
        for piece in font::pieces(text).map_err(DocumentError::MissingGlyph)? {
            let cut = cuts.entry(piece.face).or_insert_with(|| Cut {
                font: refs.next(),
                remapper: GlyphRemapper::new(),
                meanings: BTreeMap::new(),
            });
            cut.learn(&piece);
        }
    }
    for (index, (face, cut)) in (0_u8..).zip(&cuts) {
        write(pdf, refs, face.typeface(), index, cut)?;
    }
    Ok(Embedded { cuts })
}

impl Cut {
    fn learn(&mut self, piece: &Piece<'_>) {
        let typeface = piece.face.typeface();
        for glyph in &piece.glyphs {
            let code = self.remapper.remap(glyph.id);
            self.meanings.entry(code).or_insert_with(|| {
                let own = |it: &char| typeface.glyph(*it) == Some(glyph.id);
                // Of a shaped group the glyph of a character means that character, wherever it stands.
                let character = piece.text.chars().find(own).map(String::from);
                let group = (!glyph.says.is_empty()).then(|| glyph.says.to_owned());
                let meaning = if piece.shaped {
                    character.or(group)
                } else {
                    group
                };
                meaning.unwrap_or_else(|| NOTHING.to_owned())
            });
        }
    }
}

fn write(
    pdf: &mut Pdf,
    refs: &mut Refs,
    typeface: &Typeface,
    index: u8,
    cut: &Cut,
) -> Result<(), DocumentError> {
    let subset = subsetter::subset(typeface.data, 0, &cut.remapper)?;
    // Six letters of its own before the name of each subset.
    let tag = char::from(b'A' + index.min(25));
    let name = format!("HEYIA{tag}+{}", typeface.name);
    let [descendant, descriptor, file, meaning] = [(); 4].map(|()| refs.next());
    pdf.type0_font(cut.font)
        .base_font(Name(name.as_bytes()))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(meaning);
    describe(
        pdf,
        [descendant, descriptor, file],
        (typeface, Name(name.as_bytes())),
        &cut.remapper,
    );
    let packed = deflate(&subset)?;
    let mut stream = pdf.stream(file, &packed);
    stream.filter(Filter::FlateDecode);
    stream.pair(
        Name(b"Length1"),
        i32::try_from(subset.len()).unwrap_or(i32::MAX),
    );
    stream.finish();
    let mut map = UnicodeCmap::<u16>::new(Name(b"Custom"), SYSTEM);
    for (code, says) in &cut.meanings {
        map.pair_with_multiple(*code, says.chars());
    }
    let packed = deflate(map.finish().as_slice())?;
    pdf.cmap(meaning, &packed).filter(Filter::FlateDecode);
    Ok(())
}

fn texts(layout: &Layout) -> impl Iterator<Item = &str> {
    layout
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|mark| match &mark.ink {
            Ink::Text(run) => Some(run.text.as_str()),
            _ => None,
        })
}

fn describe(
    pdf: &mut Pdf,
    [descendant, descriptor, file]: [Ref; 3],
    (typeface, name): (&Typeface, Name<'_>),
    remapper: &GlyphRemapper,
) {
    let mut cid = pdf.cid_font(descendant);
    cid.subtype(CidFontType::Type2)
        .base_font(name)
        .system_info(SYSTEM)
        .font_descriptor(descriptor)
        .default_width(1000.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = cid.widths();
    for (new, old) in (0_u16..).zip(remapper.remapped_gids()) {
        let width = typeface.advance(old) * 1000.0;
        if (width - 1000.0).abs() > 0.01 {
            widths.consecutive(new, [width]);
        }
    }
    widths.finish();
    cid.finish();
    let measures = typeface.measures();
    let [left, bottom, right, top] = measures.bounds;
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(left, bottom, right, top))
        .italic_angle(0.0)
        .ascent(measures.ascent)
        .descent(measures.descent)
        .cap_height(measures.cap_height)
        .stem_v(80.0)
        .font_file2(file);
}
