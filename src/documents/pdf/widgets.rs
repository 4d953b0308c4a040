//! The signature fields, merged with their widgets, empty until someone signs.

use pdf_writer::types::{AnnotationFlags, FieldType};
use pdf_writer::{Finish, Name, Pdf, Rect, TextStr};

use super::{ARCHIVE_FIELD, Refs};
use crate::documents::layout::{Layout, Place};

pub(super) fn write(pdf: &mut Pdf, refs: &mut Refs, layout: &Layout) {
    let archive = archive();
    for (index, place) in layout.fields.iter().chain([&archive]).enumerate() {
        let appearance = refs.next();
        let (Some(id), Some(page)) = (
            refs.widgets.get(index).copied(),
            refs.sheets.get(place.page).copied(),
        ) else {
            continue;
        };
        let [left, bottom, right, top] = place.rect;
        let mut field = pdf.indirect(id).start::<pdf_writer::writers::Field<'_>>();
        field
            .field_type(FieldType::Signature)
            .partial_name(TextStr(&place.name))
            .alternate_name(TextStr(&place.label));
        let mut widget = field.into_annotation();
        widget
            .page(page)
            .rect(Rect::new(left, bottom, right, top))
            .flags(AnnotationFlags::PRINT | AnnotationFlags::LOCKED)
            .struct_parent(i32::try_from(layout.pages.len() + index).unwrap_or(0));
        widget
            .insert(Name(b"AP"))
            .dict()
            .pair(Name(b"N"), appearance);
        widget.finish();
        let mut blank = pdf.form_xobject(appearance, b"");
        blank.bbox(Rect::new(0.0, 0.0, right - left, top - bottom));
        blank.resources();
    }
}

/// The archive timestamp is not seen: a field without extent on the first page.
pub(super) fn archive() -> Place {
    Place {
        name: ARCHIVE_FIELD.to_owned(),
        label: "归档时间戳".to_owned(),
        page: 0,
        rect: [0.0; 4],
    }
}
