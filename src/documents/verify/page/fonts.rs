//! What the codes of a font mean, how wide they are, and whether they look like what they mean.

use std::collections::{BTreeMap, BTreeSet};

use super::Unpacker;
use super::glyphs::Outlines;
use super::operators::number;
use crate::documents::font::{self, Typeface};
use crate::documents::pdf::CODES;
use crate::documents::syntax::{Dict, Object, Parser, PdfFile, Value};
use crate::documents::verify::report::Code;

/// What it costs to look at a code.
const OF_CODE: usize = 500;
/// More bytes than one code stands for, in UTF-16.
const LONGEST_MEANING: usize = 64;

/// One font of the file.
pub(super) struct Font {
    meaning: BTreeMap<u16, String>,
    /// In thousandths of the type size.
    widths: BTreeMap<u16, f32>,
    default_width: f32,
    outlines: Outlines,
    /// The codes that look like the one character that they mean.
    faithful: BTreeSet<u16>,
}

impl Font {
    pub(super) fn read(file: &PdfFile<'_>, id: u32, unpacker: &mut Unpacker) -> Result<Self, Code> {
        let object = |id: u32| file.object(id, 0);
        let font = object(id).and_then(Object::dict).ok_or(Code::Page)?;
        let [Value::Ref(descendant)] = font.array("DescendantFonts").unwrap_or_default() else {
            return Err(Code::Page);
        };
        let known = font.is("Subtype", "Type0") && font.is("Encoding", "Identity-H");
        let meaning = font.reference("ToUnicode").and_then(object);
        let (true, Some(meaning)) = (known, meaning) else {
            return Err(Code::Page);
        };
        let descendant = object(*descendant)
            .and_then(Object::dict)
            .ok_or(Code::Page)?;
        if !descendant.dict("CIDSystemInfo").is_some_and(is_our_system) {
            return Err(Code::Page);
        }
        let descriptor = descendant.reference("FontDescriptor").and_then(object);
        let outlines = descriptor
            .and_then(Object::dict)
            .and_then(|it| it.reference("FontFile2"))
            .and_then(object)
            .ok_or(Code::Page)?;
        let name = match font.get("BaseFont") {
            Some(Value::Name(name)) => String::from_utf8_lossy(name).into_owned(),
            _ => return Err(Code::Page),
        };
        let (_, name) = name.split_once('+').ok_or(Code::Page)?;
        let outlines = Outlines::embedded(unpacker.unpack(file, outlines)?);
        let mut read = Self {
            meaning: meanings(&unpacker.unpack(file, meaning)?, unpacker)?,
            widths: widths(descendant)?,
            default_width: descendant.get("DW").and_then(number).unwrap_or(1000.0),
            outlines: outlines.ok_or(Code::Glyphs)?,
            faithful: BTreeSet::new(),
        };
        unpacker.spend(OF_CODE * read.meaning.len())?;
        read.faithful = read.looks_like(name).ok_or(Code::Glyphs)?;
        Ok(read)
    }

    /// The codes that the typeface of this name draws in the same way.
    fn looks_like(&self, name: &str) -> Option<BTreeSet<u16>> {
        let mut known: Vec<(&'static Typeface, Outlines)> = Vec::new();
        let mut faithful = BTreeSet::new();
        for (code, meaning) in &self.meaning {
            let mut characters = meaning.chars();
            let Some(character) = characters.next() else {
                continue;
            };
            let typeface = font::named(name, character)?;
            let place = known.iter().position(|(it, _)| std::ptr::eq(*it, typeface));
            let place = if let Some(place) = place {
                place
            } else {
                let theirs = Outlines::of(typeface)?;
                if !self.outlines.is_cut_from(&theirs) {
                    return None;
                }
                known.push((typeface, theirs));
                known.len() - 1
            };
            let (_, theirs) = known.get(place)?;
            let single = characters.next().is_none();
            let glyph = typeface.glyph(character).filter(|_| single);
            if glyph.is_some_and(|glyph| self.is_drawn_as(*code, (typeface, theirs), glyph)) {
                faithful.insert(*code);
            }
        }
        Some(faithful)
    }

    fn is_drawn_as(
        &self,
        code: u16,
        (typeface, theirs): (&Typeface, &Outlines),
        glyph: u16,
    ) -> bool {
        let wide = (self.width(code) - typeface.advance(glyph) * 1000.0).abs() < 0.5;
        wide && self.outlines.draws(code, theirs, glyph)
    }

    /// Whether each code looks like the one character that it means.
    pub(super) fn is_faithful(&self, codes: &[u8]) -> bool {
        let mut codes = codes.chunks_exact(2);
        codes.all(|pair| {
            self.faithful
                .contains(&u16::from_be_bytes([pair[0], pair[1]]))
        })
    }

    /// Whether a code looks like a glyph of one of our typefaces.
    pub(super) fn draws(&self, code: u16, (typeface, glyph): (&Typeface, u16)) -> bool {
        let theirs = Outlines::of(typeface);
        theirs.is_some_and(|theirs| self.is_drawn_as(code, (typeface, &theirs), glyph))
    }

    /// In thousandths of the type size.
    pub(super) fn width(&self, code: u16) -> f32 {
        *self.widths.get(&code).unwrap_or(&self.default_width)
    }

    /// The text of a string of codes, and its width and number of codes at a type size of one.
    pub(super) fn decode(&self, codes: &[u8]) -> Result<(String, f32, usize), Code> {
        if !codes.len().is_multiple_of(2) {
            return Err(Code::Page);
        }
        let (mut text, mut width) = (String::new(), 0.0);
        for pair in codes.chunks_exact(2) {
            let code = u16::from_be_bytes([pair[0], pair[1]]);
            text.push_str(self.meaning.get(&code).ok_or(Code::Page)?);
            width += self.width(code) / 1000.0;
        }
        Ok((text, width, codes.len() / 2))
    }
}

/// By another system other programs take the codes for the letters of another one.
fn is_our_system(system: &Dict) -> bool {
    let called = [system.text("Registry"), system.text("Ordering")];
    called == CODES.map(|name| Some(name.to_owned())) && system.integer("Supplement") == Some(0)
}

/// The table from codes to characters; a code has one meaning.
fn meanings(table: &[u8], budget: &mut Unpacker) -> Result<BTreeMap<u16, String>, Code> {
    let mut meanings = BTreeMap::new();
    let mut at = 0;
    let word = b"beginbfchar";
    while let Some(found) = find(table.get(at..).unwrap_or_default(), word) {
        // What stands in a comment or in a text, other programs do not take for a part of the table.
        let before = table.get(at..at + found).unwrap_or_default();
        let line = before.rsplit(|byte| *byte == b'\n').next();
        let counted =
            line.is_some_and(|it| it.iter().all(|byte| matches!(byte, b'0'..=b'9' | b' ')));
        if !counted || (at > 0 && before.iter().any(|byte| matches!(byte, b'%' | b'('))) {
            return Err(Code::Page);
        }
        let mut parser = Parser::new(table, at + found + word.len());
        loop {
            parser.spaces();
            if parser.exactly(b"endbfchar").is_some() {
                break;
            }
            let (Some(Value::Text(code)), Some(Value::Text(meaning))) =
                (parser.value(), parser.value())
            else {
                return Err(Code::Page);
            };
            let code = <[u8; 2]>::try_from(code.as_slice()).or(Err(Code::Page))?;
            let meaning = utf16(&meaning).ok_or(Code::Page)?;
            budget.keep(meaning.len())?;
            if meanings.insert(u16::from_be_bytes(code), meaning).is_some() {
                return Err(Code::Page);
            }
        }
        at = parser.at;
    }
    let other = find(table, b"beginbfrange").is_some() || find(table, b"usecmap").is_some();
    if other { Err(Code::Page) } else { Ok(meanings) }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let units = bytes.chunks_exact(2);
    if !(1..=LONGEST_MEANING).contains(&bytes.len()) || !units.remainder().is_empty() {
        return None;
    }
    let units: Vec<u16> = units
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16(&units).ok()
}

/// `c [w1 w2 …]` gives the widths of the codes from `c` on.
fn widths(descendant: &Dict) -> Result<BTreeMap<u16, f32>, Code> {
    let mut widths = BTreeMap::new();
    let list = descendant.array("W").unwrap_or_default();
    for pair in list.chunks(2) {
        let [Value::Integer(first), Value::Array(run)] = pair else {
            return Err(Code::Page);
        };
        let first = u16::try_from(*first).or(Err(Code::Page))?;
        for (code, width) in (u32::from(first)..).zip(run) {
            let code = u16::try_from(code).or(Err(Code::Page))?;
            if widths
                .insert(code, number(width).ok_or(Code::Page)?)
                .is_some()
            {
                return Err(Code::Page);
            }
        }
    }
    Ok(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &[u8]) -> Result<BTreeMap<u16, String>, Code> {
        meanings(table, &mut Unpacker::new())
    }

    #[test]
    fn a_code_has_one_meaning() {
        let one =
            b"1 beginbfchar\n<0001> <6211>\nendbfchar\n2 beginbfchar\n<0002> <D842DF9F>\nendbfchar";
        let known = read(one).unwrap();
        assert_eq!(known[&1], "我");
        assert_eq!(known[&2], "𠮟");
        let two = b"2 beginbfchar\n<0001> <6211>\n<0001> <4F60>\nendbfchar";
        assert_eq!(read(two), Err(Code::Page));
        assert_eq!(read(b"beginbfchar\n<0001>"), Err(Code::Page));
        for hidden in ["% ", "(", "/A "] {
            let table = format!("{hidden}1 beginbfchar\n<0001> <6211>\nendbfchar");
            assert_eq!(read(table.as_bytes()), Err(Code::Page), "{hidden}");
        }
        // A code that stands for very much would fill the memory from a short page.
        let long = format!("beginbfchar\n<0001> <{}>\nendbfchar", "6211".repeat(33));
        assert_eq!(read(long.as_bytes()), Err(Code::Page));
    }
}
