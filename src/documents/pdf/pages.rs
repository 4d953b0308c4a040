//! The pages: marks into content streams, each inside the element it belongs to.

use pdf_writer::types::{TabOrder, TextRenderingMode};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::fonts::Embedded;
use super::{Refs, deflate};
use crate::documents::DocumentError;
use crate::documents::font::{self, Piece};
use crate::documents::layout::{HEIGHT, Ink, Layout, Mark, Page, Role, Run, WIDTH};

/// A piece of content on a page and the element it belongs to; its index on the page is its identifier.
pub(super) struct Marked {
    /// For each page, the element of each marked piece in order.
    pub(super) pages: Vec<Vec<usize>>,
}

pub(super) fn write(
    pdf: &mut Pdf,
    refs: &mut Refs,
    layout: &Layout,
    font: &Embedded,
) -> Result<Marked, DocumentError> {
    let mut marked = Marked { pages: Vec::new() };
    for (index, page) in layout.pages.iter().enumerate() {
        let (content, elements) = content(layout, page, font)?;
        marked.pages.push(elements);
        let stream = refs.next();
        pdf.stream(stream, &deflate(&content)?)
            .filter(Filter::FlateDecode);
        let Some(id) = refs.sheets.get(index).copied() else {
            continue;
        };
        let mut sheet = pdf.page(id);
        sheet
            .parent(refs.pages)
            .media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT))
            .contents(stream)
            .struct_parents(i32::try_from(index).unwrap_or(0))
            .tab_order(TabOrder::StructureOrder);
        sheet.annotations(annotations(refs, layout, index));
        let mut resources = sheet.resources();
        let mut fonts = resources.fonts();
        for (name, font) in font.names() {
            fonts.pair(Name(name.as_bytes()), font);
        }
        fonts.finish();
        resources.finish();
        sheet.finish();
    }
    pdf.pages(refs.pages)
        .kids(refs.sheets.iter().copied())
        .count(i32::try_from(refs.sheets.len()).unwrap_or(i32::MAX));
    Ok(marked)
}

/// The widgets on a page; that of the archive timestamp, which nobody sees, is on the first.
fn annotations(refs: &Refs, layout: &Layout, page: usize) -> Vec<Ref> {
    let pages = layout.fields.iter().map(|place| place.page).chain([0]);
    refs.widgets
        .iter()
        .zip(pages)
        .filter(|(_, on)| *on == page)
        .map(|(widget, _)| *widget)
        .collect()
}

fn content(
    layout: &Layout,
    page: &Page,
    font: &Embedded,
) -> Result<(Vec<u8>, Vec<usize>), DocumentError> {
    let mut content = Content::new();
    let mut elements = Vec::new();
    for marks in page.marks.chunk_by(|a, b| a.element == b.element) {
        match marks.first().and_then(|mark| mark.element) {
            Some(element) => {
                let id = i32::try_from(elements.len()).unwrap_or(i32::MAX);
                elements.push(element);
                let mut piece = content.begin_marked_content_with_properties(tag(layout, element));
                let mut properties = piece.properties();
                properties.identify(id);
                if let Some(language) = layout.language(element) {
                    properties.pair(Name(b"Lang"), TextStr(language));
                }
            }
            None => {
                content.begin_marked_content(Name(b"Artifact"));
            }
        }
        for mark in marks {
            draw(&mut content, mark, font)?;
        }
        content.end_marked_content();
    }
    Ok((content.finish().to_vec(), elements))
}

fn tag(layout: &Layout, element: usize) -> Name<'static> {
    match layout.elements.get(element).map(|element| &element.role) {
        Some(Role::Title) => Name(b"H1"),
        Some(Role::Heading) => Name(b"H2"),
        Some(Role::RowHeading) => Name(b"TH"),
        Some(Role::Cell) => Name(b"TD"),
        Some(Role::Label) => Name(b"Lbl"),
        Some(Role::Figure(_)) => Name(b"Figure"),
        _ => Name(b"P"),
    }
}

fn draw(content: &mut Content, mark: &Mark, font: &Embedded) -> Result<(), DocumentError> {
    match &mark.ink {
        Ink::Text(run) => text(content, run, font, mark.element.is_some())?,
        Ink::Rule { x, y, length } => {
            content.set_stroke_gray(0.6).set_line_width(0.5);
            content.move_to(*x, *y).line_to(x + length, *y).stroke();
        }
        Ink::Tint {
            x,
            y,
            width,
            height,
        } => {
            content.set_fill_gray(0.955);
            content.rect(*x, *y, *width, *height).fill_nonzero();
            content.set_fill_gray(0.0);
        }
        Ink::Code {
            x,
            y,
            side,
            modules,
        } => code(content, [*x, *y, *side], modules),
    }
    Ok(())
}

/// One weight is embedded; bold is the same outline with a thin stroke around it.
fn text(
    content: &mut Content,
    run: &Run,
    font: &Embedded,
    read: bool,
) -> Result<(), DocumentError> {
    let pieces = font::pieces(&run.text).map_err(DocumentError::MissingGlyph)?;
    content.begin_text();
    if run.bold {
        content
            .set_text_rendering_mode(TextRenderingMode::FillStroke)
            .set_stroke_gray(0.0)
            .set_line_width(run.size / 38.0);
    } else {
        content.set_text_rendering_mode(TextRenderingMode::Fill);
    }
    let mut x = run.x;
    for piece in &pieces {
        let spelled = read && !font.is_plain(piece);
        if spelled {
            content
                .begin_marked_content_with_properties(Name(b"Span"))
                .properties()
                .actual_text(TextStr(piece.text));
        }
        show(content, run, x, piece, font);
        if spelled {
            content.end_marked_content();
        }
        x += piece.width() * run.size + spread(run, piece);
    }
    content.end_text();
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a line has fewer than a hundred characters"
)]
fn spread(run: &Run, piece: &Piece<'_>) -> f32 {
    piece.units() as f32 * run.spread
}

/// One string with even space between its glyphs, or glyph by glyph where shaping gave each a place.
fn show(content: &mut Content, run: &Run, x: f32, piece: &Piece<'_>, font: &Embedded) {
    let (name, codes) = font.encode(piece);
    content.set_font(Name(name.as_bytes()), run.size);
    if !piece.shaped {
        let codes: Vec<u8> = codes.into_iter().flat_map(u16::to_be_bytes).collect();
        content
            .set_char_spacing(run.spread)
            .set_text_matrix([1.0, 0.0, 0.0, 1.0, x, run.y])
            .show(Str(&codes));
        return;
    }
    content.set_char_spacing(0.0);
    let mut along = x;
    for (glyph, code) in piece.glyphs.iter().zip(codes) {
        let (right, up) = glyph.offset;
        let (x, y) = (along + right * run.size, run.y + up * run.size);
        content
            .set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y])
            .show(Str(&code.to_be_bytes()));
        along += glyph.advance * run.size;
    }
}

fn code(content: &mut Content, place: [f32; 3], modules: &[Vec<bool>]) {
    for [x, y, width, height] in bars(place, modules) {
        content.rect(x, y, width, height);
    }
    content.fill_nonzero();
}

/// Neighbouring dark modules of a row are one bar, a hair higher so that no seam shows: its lower left corner, its width and height.
#[expect(
    clippy::cast_precision_loss,
    reason = "a square code has fewer than 200 modules a side"
)]
pub(in crate::documents) fn bars(
    [x, y, side]: [f32; 3],
    modules: &[Vec<bool>],
) -> impl Iterator<Item = [f32; 4]> {
    let step = side / modules.len().max(1) as f32;
    modules.iter().enumerate().flat_map(move |(row, line)| {
        let bottom = y + side - (row + 1) as f32 * step;
        let mut column = 0;
        line.chunk_by(|a, b| a == b).filter_map(move |run| {
            let left = x + column as f32 * step;
            column += run.len();
            let dark = run.first() == Some(&true);
            dark.then_some([left, bottom, run.len() as f32 * step, step + 0.02])
        })
    })
}
