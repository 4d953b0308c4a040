//! The base revision of a paper as a tagged PDF/A-3a and PDF/UA-1 file, with a field for every signer.

mod fonts;
mod icc;
mod metadata;
mod outline;
mod pages;
mod tags;
mod widgets;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use pdf_writer::types::{AssociationKind, SigFlags};
use pdf_writer::writers::Catalog;
use pdf_writer::{Date, Filter, Finish, Name, Pdf, Ref, Str, TextStr};
use sha2::{Digest, Sha256};

pub(super) use fonts::CODES;
pub(super) use pages::bars;

use super::DocumentError;
use super::layout::{Layout, Role};
use super::paper::{Attachment, Nature, Paper};

/// The field that an archive timestamp will fill; it lies in every paper because fields cannot be added after a signature.
pub(super) const ARCHIVE_FIELD: &str = "archive-timestamp";

/// What the colour space is called.
const COLOURS: &str = "sRGB";

/// A paper of more pages has its headings as bookmarks, asked for or not.
const LEAFED: usize = 2;

/// The numbers of all objects, given out before anything is written.
struct Refs {
    last: i32,
    catalog: Ref,
    pages: Ref,
    metadata: Ref,
    profile: Ref,
    tree: Ref,
    document: Ref,
    parents: Ref,
    sheets: Vec<Ref>,
    elements: Vec<Ref>,
    /// One for each field of the layout and one for the archive timestamp.
    widgets: Vec<Ref>,
    /// The form element of the archive timestamp.
    archive: Ref,
    attachments: Vec<Ref>,
}

impl Refs {
    fn allot(paper: &Paper, layout: &Layout) -> Self {
        let mut last = 0;
        let mut next = || {
            last += 1;
            Ref::new(last)
        };
        let mut refs = Self {
            last: 0,
            catalog: next(),
            pages: next(),
            metadata: next(),
            profile: next(),
            tree: next(),
            document: next(),
            parents: next(),
            sheets: layout.pages.iter().map(|_| next()).collect(),
            elements: layout.elements.iter().map(|_| next()).collect(),
            widgets: layout.fields.iter().map(|_| next()).collect(),
            archive: next(),
            attachments: Vec::new(),
        };
        refs.widgets.push(next());
        refs.attachments = paper.attachments.iter().map(|_| next()).collect();
        refs.last = last;
        refs
    }

    /// A number nobody has yet.
    fn next(&mut self) -> Ref {
        self.last += 1;
        Ref::new(self.last)
    }

    /// The element of the widget with this index.
    fn form(&self, layout: &Layout, widget: usize) -> Ref {
        layout
            .elements
            .iter()
            .position(|element| element.role == Role::Form(widget))
            .and_then(|index| self.elements.get(index).copied())
            .unwrap_or(self.archive)
    }
}

/// The colour space of all papers, as an ICC profile, and what it is called.
pub(super) fn colours() -> (Vec<u8>, &'static str) {
    (icc::srgb(), COLOURS)
}

/// Writes the base revision.
///
/// # Errors
/// A character without glyph, by name; a font that cannot be cut down.
pub(super) fn write(paper: &Paper, layout: &Layout) -> Result<Vec<u8>, DocumentError> {
    let mut refs = Refs::allot(paper, layout);
    let mut pdf = Pdf::new();
    let font = fonts::embed(&mut pdf, &mut refs, paper, layout)?;
    let marked = pages::write(&mut pdf, &mut refs, layout, &font)?;
    widgets::write(&mut pdf, &mut refs, layout);
    tags::write(&mut pdf, &refs, layout, &marked);
    let files = refs.attachments.clone();
    for (attachment, at) in paper.attachments.iter().zip(files) {
        attach(&mut pdf, &mut refs, attachment, at, paper.made_at)?;
    }
    let outline = if paper.bookmarks || layout.pages.len() > LEAFED {
        outline::write(&mut pdf, &mut refs, layout)
    } else {
        None
    };
    let profile = deflate(&icc::srgb())?;
    pdf.icc_profile(refs.profile, &profile)
        .n(3)
        .filter(Filter::FlateDecode);
    metadata::write(&mut pdf, &mut refs, paper);
    catalog(&mut pdf, &refs, paper, outline);
    let id = Sha256::digest(pdf.as_bytes())
        .get(..16)
        .unwrap_or_default()
        .to_vec();
    pdf.set_file_id((id.clone(), id));
    let mut bytes = pdf.finish();
    bytes.push(b'\n');
    Ok(bytes)
}

fn catalog(pdf: &mut Pdf, refs: &Refs, paper: &Paper, outline: Option<Ref>) {
    let mut catalog = pdf.catalog(refs.catalog);
    catalog.pages(refs.pages).metadata(refs.metadata);
    catalog.pair(Name(b"StructTreeRoot"), refs.tree);
    catalog.mark_info().marked(true);
    catalog.lang(TextStr(paper.language));
    catalog.viewer_preferences().display_doc_title(true);
    catalog
        .output_intents()
        .push()
        .subtype(pdf_writer::types::OutputIntentSubtype::PDFA)
        .output_condition_identifier(TextStr(COLOURS))
        .info(TextStr(COLOURS))
        .dest_output_profile(refs.profile);
    let mut form = catalog.form();
    form.fields(refs.widgets.iter().copied());
    form.sig_flags(SigFlags::SIGNATURES_EXIST | SigFlags::APPEND_ONLY);
    form.finish();
    if let Some(outline) = outline {
        catalog.outlines(outline);
        catalog.page_mode(pdf_writer::types::PageMode::UseOutlines);
    }
    if !paper.attachments.is_empty() {
        name_attachments(&mut catalog, &paper.attachments, &refs.attachments);
    }
}

/// In the order of their names, as a name tree wants it.
fn name_attachments(catalog: &mut Catalog<'_>, attachments: &[Attachment], at: &[Ref]) {
    catalog
        .insert(Name(b"AF"))
        .array()
        .items(at.iter().copied());
    let mut sorted: Vec<_> = attachments
        .iter()
        .map(|one| one.name.as_bytes())
        .zip(at)
        .collect();
    sorted.sort_unstable();
    let mut names = catalog.insert(Name(b"Names")).dict();
    let mut files = names.insert(Name(b"EmbeddedFiles")).dict();
    let mut list = files.insert(Name(b"Names")).array();
    for (name, at) in sorted {
        list.item(Str(name)).item(*at);
    }
}

fn attach(
    pdf: &mut Pdf,
    refs: &mut Refs,
    attachment: &Attachment,
    at: Ref,
    made_at: Timestamp,
) -> Result<(), DocumentError> {
    let stream = refs.next();
    let packed = deflate(&attachment.bytes)?;
    let mut file = pdf.embedded_file(stream, &packed);
    file.filter(Filter::FlateDecode);
    let (mime, kind) = match attachment.nature {
        Nature::Data => (&b"application/json"[..], AssociationKind::Data),
        Nature::Paper => (&b"application/pdf"[..], AssociationKind::Supplement),
        Nature::Scan(mime) => (mime.as_bytes(), AssociationKind::Source),
    };
    file.subtype(Name(mime));
    file.params()
        .size(i32::try_from(attachment.bytes.len()).unwrap_or(i32::MAX))
        .modification_date(date(made_at));
    file.finish();
    let mut spec = pdf.file_spec(at);
    spec.path(Str(attachment.name.as_bytes()))
        .unic_file(TextStr(&attachment.name))
        .description(TextStr(&attachment.description))
        .association_kind(kind);
    let mut files = spec.insert(Name(b"EF")).dict();
    files.pair(Name(b"F"), stream).pair(Name(b"UF"), stream);
    Ok(())
}

/// An instant as PDF writes it, in the civil time of the place, +08:00.
pub(super) fn date(at: Timestamp) -> Date {
    let civil = at.to_zoned(TimeZone::fixed(Offset::constant(8)));
    let small = |part: i8| u8::try_from(part).unwrap_or(0);
    Date::new(u16::try_from(civil.year()).unwrap_or(0))
        .month(small(civil.month()))
        .day(small(civil.day()))
        .hour(small(civil.hour()))
        .minute(small(civil.minute()))
        .second(small(civil.second()))
        .utc_offset_hour(8)
        .utc_offset_minute(0)
}

/// Packing, of letters above all, is half the time of making a paper: level 3 takes a quarter less of it than the usual 6, for 1 to
/// 2 % more bytes.
pub(in crate::documents) fn deflate(bytes: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(3));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
