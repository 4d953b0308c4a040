//! Letters that change their form and place beside each other: Burmese, and accents that are characters of their own.

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};

use super::Glyph;
use super::typeface::Typeface;

/// The glyphs of a text in the order of drawing, or nothing where one of them is missing.
pub(super) fn shape<'a>(typeface: &Typeface, text: &'a str) -> Option<Vec<Glyph<'a>>> {
    let font = FontRef::new(typeface.data).ok()?;
    let data = ShaperData::new(&font);
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaped = data
        .shaper(&font)
        .build()
        .shape(buffer, ShapeOptions::new());
    let infos = shaped.glyph_infos();
    let unit = typeface.unit();
    let mut glyphs = Vec::with_capacity(infos.len());
    for (index, (info, place)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
        let id = u16::try_from(info.glyph_id).ok().filter(|id| *id != 0)?;
        let first = index == 0 || infos.get(index - 1).map(|it| it.cluster) != Some(info.cluster);
        let says = if first {
            let next = infos.iter().skip(index).map(|it| it.cluster);
            let end = next.into_iter().find(|cluster| *cluster > info.cluster);
            let end = end.map_or(text.len(), |end| end as usize);
            text.get(info.cluster as usize..end).unwrap_or_default()
        } else {
            ""
        };
        glyphs.push(Glyph {
            id,
            advance: units(place.x_advance) * unit,
            offset: (units(place.x_offset) * unit, units(place.y_offset) * unit),
            says,
        });
    }
    Some(glyphs)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "measures of a font are below 65,536"
)]
const fn units(measure: i32) -> f32 {
    measure as f32
}
