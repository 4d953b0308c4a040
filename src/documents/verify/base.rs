//! What the base revision may be made of: pages of visible text, the places to sign, and data that says the same as the
//! pages. Nothing that acts by itself or can show something else later.

use std::collections::BTreeSet;

use super::address;
use super::data::{self, Data};
use super::kinds;
use super::page::{self, Unpacker};
use super::report::{Code, Problem};
use super::structure::{self, MOST_FIELDS};
use crate::documents::layout::{HEIGHT, WIDTH};
use crate::documents::pdf::{ARCHIVE_FIELD, colours};
use crate::documents::syntax::{Dict, Object, PdfFile, Value};
use crate::i18n::Texts;

/// What runs, leads out of the file, or is shown only sometimes.
const ACTIVE: [&str; 11] = [
    "JS",
    "JavaScript",
    "AA",
    "OpenAction",
    "OCProperties",
    "OCGs",
    "XFA",
    "Launch",
    "URI",
    "RichMedia",
    "Perms",
];
const ACTIONS: [&str; 9] = [
    "JavaScript",
    "Launch",
    "URI",
    "GoToR",
    "GoToE",
    "SubmitForm",
    "ImportData",
    "Hide",
    "SetOCGState",
];

/// What is found in a base revision.
pub(super) struct Base {
    pub(super) problems: Vec<Problem>,
    /// How many pages there are.
    pub(super) pages: usize,
    /// What its data say.
    pub(super) data: Data,
}

pub(super) fn check(file: &PdfFile<'_>, unpacker: &mut Unpacker, texts: &Texts) -> Base {
    let mut base = Base {
        problems: Vec::new(),
        pages: page::pages(file).map_or(0, |pages| pages.len()),
        data: Data::default(),
    };
    let known = is_passive(file).and_then(|()| kinds::check(file));
    let known = known.and_then(|()| is_in_our_colours(file, unpacker));
    if let Err(code) = known.and_then(|()| shows_fields_only(file)) {
        base.problem(code);
        return base;
    }
    let read = page::read(file, address::of(file), unpacker)
        .and_then(|pieces| data::check(file, &pieces, (unpacker, texts)));
    match read {
        Ok(found) => {
            if found.strange {
                base.problem(Code::Wording);
            }
            base.data = found;
        }
        Err(code) => base.problem(code),
    }
    base
}

impl Base {
    fn problem(&mut self, code: Code) {
        self.problems.push(Problem { code, field: None });
    }
}

/// Nothing acts, anywhere in the base.
fn is_passive(file: &PdfFile<'_>) -> Result<(), Code> {
    let base = file.revisions.first().ok_or(Code::Table)?;
    let quiet = |object: &Object| is_quiet(&object.value) && kinds::is_plainly_named(object);
    if base.objects.values().all(quiet) {
        Ok(())
    } else {
        Err(Code::Active)
    }
}

fn is_quiet(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(is_quiet),
        Value::Dict(dict) => {
            let acts = ACTIONS.iter().any(|action| dict.is("S", action));
            let key = |key: &[u8]| !ACTIVE.iter().any(|it| it.as_bytes() == key);
            !acts
                && dict
                    .pairs()
                    .all(|(name, value)| key(name) && is_quiet(value))
        }
        _ => true,
    }
}

/// The one colour space is ours, byte by byte: by another one other programs would show other colours, or none.
fn is_in_our_colours(file: &PdfFile<'_>, unpacker: &mut Unpacker) -> Result<(), Code> {
    let root = file.root().and_then(|id| file.object(id, 0)?.dict());
    let intents = root.and_then(|root| root.array("OutputIntents"));
    let Some([Value::Dict(intent)]) = intents else {
        return Err(Code::Page);
    };
    let stream = intent.reference("DestOutputProfile");
    let stream = stream.and_then(|id| file.object(id, 0)).ok_or(Code::Page)?;
    let (profile, name) = colours();
    let called = |key: &str| intent.text(key).as_deref() == Some(name);
    let fits = ["Type", "S"].iter().all(|key| intent.get(key).is_some())
        && called("OutputConditionIdentifier")
        && called("Info")
        && stream.dict().and_then(|dict| dict.integer("N")) == Some(3)
        && unpacker.unpack(file, stream)? == profile;
    if fits { Ok(()) } else { Err(Code::Page) }
}

/// Larger than any place to sign, in large print too.
const WIDEST: f32 = 280.0;
const HIGHEST: f32 = 165.0;

/// A place to sign lies on the sheet and is no larger than a name or a seal; that of the archive timestamp is nowhere.
fn lies_fitly(field: &Dict, name: &str) -> Result<(), Code> {
    let edges = page::edges(field)?;
    let [left, bottom, right, top] = edges;
    let within = left >= 0.0
        && bottom >= 0.0
        && right <= WIDTH
        && top <= HEIGHT
        && (0.0..=WIDEST).contains(&(right - left))
        && (0.0..=HIGHEST).contains(&(top - bottom));
    let fits = if name == ARCHIVE_FIELD {
        edges.iter().all(|edge| edge.abs() < f32::EPSILON)
    } else {
        within
    };
    if fits { Ok(()) } else { Err(Code::Overlay) }
}

/// What will be shown in a place is drawn at its own size, neither spread out nor pressed together.
fn is_shown_as_large(file: &PdfFile<'_>, field: &Dict) -> Result<(), Code> {
    let blank = field.dict("AP").and_then(|looks| looks.reference("N"));
    let blank = blank
        .and_then(|id| file.object(id, 0))
        .and_then(Object::dict);
    let [left, bottom, right, top] = page::edges(field)?;
    let extent = page::extent(blank.ok_or(Code::Page)?)?;
    let alike = |one: f32, two: f32| (one - two).abs() < 0.01;
    if alike(extent[0], right - left) && alike(extent[1], top - bottom) {
        Ok(())
    } else {
        Err(Code::Overlay)
    }
}

/// Over the pages lie the places to sign and no other annotation; each has a name of its own.
fn shows_fields_only(file: &PdfFile<'_>) -> Result<(), Code> {
    let fields = structure::field_numbers(file);
    let places: BTreeSet<u32> = fields.iter().copied().collect();
    if places.len() != fields.len() || fields.len() > MOST_FIELDS {
        return Err(Code::Page);
    }
    let mut names = BTreeSet::new();
    for id in &fields {
        let field = file
            .object(*id, 0)
            .and_then(Object::dict)
            .ok_or(Code::Page)?;
        let name = structure::name(field).ok_or(Code::Page)?;
        structure::label(field).ok_or(Code::Page)?;
        if !field.is("Subtype", "Widget") || !field.is("FT", "Sig") {
            return Err(Code::Page);
        }
        lies_fitly(field, &name)?;
        is_shown_as_large(file, field)?;
        if !names.insert(name) {
            return Err(Code::Page);
        }
    }
    let mut shown = BTreeSet::new();
    for (_, page) in page::pages(file)? {
        for annotation in page.array("Annots").unwrap_or_default() {
            match annotation {
                Value::Ref(id) if shown.insert(*id) => {}
                _ => return Err(Code::Page),
            }
        }
    }
    if shown == places {
        Ok(())
    } else {
        Err(Code::Page)
    }
}
