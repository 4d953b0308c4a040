//! The bookmarks: one for each heading, which leads to its place.

use pdf_writer::{Finish, Name, Pdf, Ref, TextStr};

use super::Refs;
use crate::documents::layout::{Headed, LEFT, Layout};

/// Writes the bookmarks and gives what the catalog names; nothing where there is no heading.
pub(super) fn write(pdf: &mut Pdf, refs: &mut Refs, layout: &Layout) -> Option<Ref> {
    let headings = layout.headings();
    // A number that nothing gets would stand in the table as one that was taken away.
    if headings.is_empty() {
        return None;
    }
    let root = refs.next();
    let items: Vec<Ref> = headings.iter().map(|_| refs.next()).collect();
    let (first, last) = (*items.first()?, *items.last()?);
    let count = i32::try_from(items.len()).unwrap_or(i32::MAX);
    pdf.outline(root).first(first).last(last).count(count);
    for (index, heading) in headings.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| items.get(index));
        let near = (before, items.get(index + 1));
        if let (Some(id), Some(page)) = (items.get(index), refs.sheets.get(heading.page)) {
            item(pdf, (*id, root), near, (heading, *page));
        }
    }
    Some(root)
}

fn item(
    pdf: &mut Pdf,
    (id, root): (Ref, Ref),
    (before, after): (Option<&Ref>, Option<&Ref>),
    (heading, page): (&Headed, Ref),
) {
    let mut item = pdf.outline_item(id);
    item.title(TextStr(&heading.text)).parent(root);
    if let Some(before) = before {
        item.prev(*before);
    }
    if let Some(after) = after {
        item.next(*after);
    }
    let mut place = item.insert(Name(b"Dest")).array();
    place
        .item(page)
        .item(Name(b"XYZ"))
        .item(LEFT)
        .item(heading.y)
        .item(0);
    place.finish();
    item.finish();
}
