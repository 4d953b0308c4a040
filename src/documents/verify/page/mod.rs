//! What the pages of the base revision say: every text in the order of reading, if all of it can be seen and copied.

mod canvas;
mod fonts;
mod glyphs;
mod operators;
mod stream;

use std::collections::{BTreeMap, BTreeSet};

use self::canvas::{Area, Canvas, Sheet};
use self::fonts::Font;
pub(super) use self::operators::drawn;
pub(super) use self::stream::Unpacker;
use super::report::Code;
use crate::documents::layout::{HEIGHT, WIDTH, of_page};
use crate::documents::syntax::{Dict, Object, PdfFile, Value};

/// More than a dossier has.
const MOST_PAGES: usize = 2_000;
/// What two places to sign may have in common, in square points, where they only meet.
const APART: f32 = 0.5;
/// More than all papers together use.
const MOST_FONTS: usize = 64;

/// A text that is shown at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The kind of element it belongs to, such as `P` or `Lbl`.
    pub(super) tag: Vec<u8>,
    pub(super) text: String,
    /// In another language beside the Chinese.
    pub(super) aside: bool,
}

/// The pages of a file in their order, each with the number of its object.
pub(super) fn pages<'a>(file: &'a PdfFile<'_>) -> Result<Vec<(u32, &'a Dict)>, Code> {
    let dict = |id: u32| file.object(id, 0).and_then(Object::dict);
    let tree = file
        .root()
        .and_then(dict)
        .and_then(|root| root.reference("Pages"));
    let tree = tree.and_then(dict).filter(|tree| tree.is("Type", "Pages"));
    let tree = tree.ok_or(Code::Page)?;
    let kids = tree.array("Kids").unwrap_or_default();
    let counted = tree
        .integer("Count")
        .and_then(|count| usize::try_from(count).ok());
    if counted != Some(kids.len()) || kids.is_empty() || kids.len() > MOST_PAGES {
        return Err(Code::Page);
    }
    let mut known = BTreeSet::new();
    let mut page = |kid: &Value| match kid {
        Value::Ref(id) if known.insert(*id) => {
            let page = dict(*id).filter(|page| page.is("Type", "Page"))?;
            Some((*id, page))
        }
        _ => None,
    };
    kids.iter().map(|kid| page(kid).ok_or(Code::Page)).collect()
}

/// What the pages say.
#[derive(Default)]
pub(super) struct Text {
    /// In the order of reading.
    pub(super) pieces: Vec<Piece>,
    /// What stands above and below the text of each page.
    pub(super) running: Vec<Vec<String>>,
    /// What is written where an organisation seals, by the name of the place.
    pub(super) sealed: BTreeMap<String, String>,
    /// The marked contents of the pages in the order in which they are painted, and whether each is in another language.
    pub(super) marked: Vec<(Marked, bool)>,
}

/// A piece of a page that belongs to an element of the reading tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Marked {
    pub(super) page: usize,
    pub(super) id: i64,
    pub(super) tag: Vec<u8>,
}

/// Reads the text of every page, and says why it cannot be trusted to be what people see. The square codes lead to the `address`.
pub(super) fn read(
    file: &PdfFile<'_>,
    address: Option<&str>,
    unpacker: &mut Unpacker,
) -> Result<Text, Code> {
    let mut fonts = BTreeMap::new();
    let mut text = Text::default();
    let mut numbered = None;
    for (number, (_, page)) in pages(file)?.into_iter().enumerate() {
        let known = named(file, page, &mut fonts, unpacker)?;
        let content = page.reference("Contents").and_then(|id| file.object(id, 0));
        let content = unpacker.unpack(file, content.ok_or(Code::Page)?)?;
        let mut canvas = Canvas::new(sheet(page)?, (known, &fonts), unpacker);
        operators::paint(&content, &mut canvas)?;
        canvas.shows_code_whole()?;
        // The code of the first page says the address; or that of each page says it with the number of the page; there is no other.
        let first = address.filter(|_| number == 0);
        let leads = if let Some(address) = first
            && canvas.bears(address)?
        {
            true
        } else {
            numbered = numbered.or(first);
            match numbered {
                Some(address) => canvas.bears(&of_page(address, number + 1))?,
                None => !canvas.has_code(),
            }
        };
        if !leads {
            return Err(Code::SquareCode);
        }
        text.sealed
            .extend(places_are_free(file, page, &mut canvas)?);
        text.pieces.append(&mut canvas.pieces);
        text.running.push(canvas.running);
        let marked = canvas.marked.into_iter();
        text.marked.extend(marked.map(|(id, tag, aside)| {
            let page = number;
            (Marked { page, id, tag }, aside)
        }));
    }
    Ok(text)
}

/// The places to sign on a page lie apart, and where people sign nothing is written. Where an organisation seals, it seals over its
/// name and the date; what is written there is told.
fn places_are_free(
    file: &PdfFile<'_>,
    page: &Dict,
    canvas: &mut Canvas<'_>,
) -> Result<Vec<(String, String)>, Code> {
    let (mut areas, mut sealed): (Vec<Area>, Vec<_>) = (Vec::new(), Vec::new());
    for place in page.array("Annots").unwrap_or_default() {
        let Value::Ref(id) = place else {
            continue;
        };
        let place = file.object(*id, 0).and_then(Object::dict);
        let place = place.ok_or(Code::Page)?;
        let [left, bottom, right, top] = edges(place)?;
        let area = Area::around([left, bottom], [right, top]);
        let apart = areas.iter().all(|other| area.common(*other) <= APART);
        areas.push(area);
        let text = canvas.text_in(area)?;
        let name = place.text("T").ok_or(Code::Page)?;
        let seals = name.starts_with("seal");
        if !apart || canvas.has_code_in(area) || !(seals || text.is_empty()) {
            return Err(Code::Overlay);
        }
        sealed.extend(seals.then_some((name, text)));
    }
    Ok(sealed)
}

/// The fonts of a page by their names on it; each is read once.
fn named(
    file: &PdfFile<'_>,
    page: &Dict,
    fonts: &mut BTreeMap<u32, Font>,
    unpacker: &mut Unpacker,
) -> Result<BTreeMap<Vec<u8>, u32>, Code> {
    let list = page.dict("Resources").and_then(|all| all.dict("Font"));
    let mut known = BTreeMap::new();
    for (name, value) in list.into_iter().flat_map(Dict::pairs) {
        let Value::Ref(id) = value else {
            return Err(Code::Page);
        };
        if !fonts.contains_key(id) {
            if fonts.len() == MOST_FONTS {
                return Err(Code::TooLarge);
            }
            fonts.insert(*id, Font::read(file, *id, unpacker)?);
        }
        known.insert(name.to_vec(), *id);
    }
    Ok(known)
}

/// The rectangle of a place to sign.
pub(super) fn edges(field: &Dict) -> Result<[f32; 4], Code> {
    operators::numbers::<4>(field.array("Rect").unwrap_or_default())
}

/// Width and height of what a place shows, whose lower left corner is where all begins.
pub(super) fn extent(look: &Dict) -> Result<[f32; 2], Code> {
    match operators::numbers::<4>(look.array("BBox").unwrap_or_default())? {
        [0.0, 0.0, width, height] => Ok([width, height]),
        _ => Err(Code::Overlay),
    }
}

/// A4, as all our papers are.
fn sheet(page: &Dict) -> Result<Sheet, Code> {
    let edges = page.array("MediaBox").unwrap_or_default();
    match operators::numbers::<4>(edges)? {
        [left, bottom, width, height]
            if left == 0.0
                && bottom == 0.0
                && (width - WIDTH).abs() < 0.1
                && (height - HEIGHT).abs() < 0.1 =>
        {
            Ok(Sheet {
                width,
                height,
                look: false,
            })
        }
        _ => Err(Code::Page),
    }
}
