//! The tree of meaning: which piece of which page is a heading, a clause, a cell, a form field.

use pdf_writer::types::{ListNumbering, StructRole, TableHeaderScope};
use pdf_writer::writers::{ObjectRef, StructElement, StructTreeRoot};
use pdf_writer::{Finish, Name, Pdf, Ref, TextStr};

use super::pages::Marked;
use super::{Refs, widgets};
use crate::documents::layout::{Layout, Role};

pub(super) fn write(pdf: &mut Pdf, refs: &Refs, layout: &Layout, marked: &Marked) {
    let keys = layout.pages.len() + refs.widgets.len();
    let mut root = pdf.indirect(refs.tree).start::<StructTreeRoot<'_>>();
    root.child(refs.document);
    root.pair(Name(b"ParentTree"), refs.parents);
    root.parent_tree_next_key(i32::try_from(keys).unwrap_or(i32::MAX));
    root.finish();
    let mut document = pdf.struct_element(refs.document);
    document.kind(StructRole::Document).parent(refs.tree);
    let mut children = document.children();
    for (element, id) in layout.elements.iter().zip(&refs.elements) {
        if element.parent.is_none() {
            children.struct_element(*id);
        }
    }
    children.struct_element(refs.archive);
    children.finish();
    document.finish();
    for index in 0..layout.elements.len() {
        element(pdf, refs, layout, marked, index);
    }
    let form = pdf.struct_element(refs.archive);
    self::form(form, refs, layout, layout.fields.len());
    parents(pdf, refs, layout, marked);
}

fn element(pdf: &mut Pdf, refs: &Refs, layout: &Layout, marked: &Marked, index: usize) {
    let (Some(node), Some(id)) = (layout.elements.get(index), refs.elements.get(index)) else {
        return;
    };
    let mut element = pdf.struct_element(*id);
    let parent = node.parent.and_then(|parent| refs.elements.get(parent));
    match &node.role {
        Role::Form(widget) => return form(element, refs, layout, *widget),
        role => element.kind(kind(role)),
    };
    element.parent(parent.copied().unwrap_or(refs.document));
    if let Some(language) = &node.language {
        element.lang(TextStr(language));
    }
    match &node.role {
        Role::Figure(alt) => {
            element.alt(TextStr(alt));
        }
        Role::RowHeading => {
            let mut attributes = element.attributes();
            attributes.push().table().scope(TableHeaderScope::Row);
        }
        Role::List => {
            let mut attributes = element.attributes();
            attributes
                .push()
                .list()
                .list_numbering(ListNumbering::Decimal);
        }
        _ => {}
    }
    let mut children = element.children();
    for (child, id) in layout.elements.iter().zip(&refs.elements) {
        if child.parent == Some(index) {
            children.struct_element(*id);
        }
    }
    for (page, owners) in refs.sheets.iter().zip(&marked.pages) {
        for (id, owner) in (0_i32..).zip(owners) {
            if *owner == index {
                children
                    .marked_content_ref()
                    .page(*page)
                    .marked_content_id(id);
            }
        }
    }
}

/// The only child is one direct object reference: with an array, validators call earlier signatures modified.
fn form(mut element: StructElement<'_>, refs: &Refs, layout: &Layout, widget: usize) {
    let archive = widgets::archive();
    let place = layout.fields.get(widget).unwrap_or(&archive);
    element
        .kind(StructRole::Form)
        .parent(refs.document)
        .alt(TextStr(&place.label));
    if let (Some(page), Some(object)) = (refs.sheets.get(place.page), refs.widgets.get(widget)) {
        element
            .insert(Name(b"K"))
            .start::<ObjectRef<'_>>()
            .page(*page)
            .object(*object);
    }
}

const fn kind(role: &Role) -> StructRole {
    match role {
        Role::Title => StructRole::H1,
        Role::Heading => StructRole::H2,
        Role::Paragraph => StructRole::P,
        Role::Table => StructRole::Table,
        Role::Row => StructRole::TR,
        Role::RowHeading => StructRole::TH,
        Role::Cell => StructRole::TD,
        Role::List => StructRole::L,
        Role::Item => StructRole::LI,
        Role::Label => StructRole::Lbl,
        Role::Body => StructRole::LBody,
        Role::Figure(_) => StructRole::Figure,
        Role::Form(_) => StructRole::Form,
    }
}

/// From marked pieces and widgets back to their elements.
fn parents(pdf: &mut Pdf, refs: &Refs, layout: &Layout, marked: &Marked) {
    let mut tree = pdf.indirect(refs.parents).dict();
    let mut numbers = tree.insert(Name(b"Nums")).array();
    for (page, owners) in (0_i32..).zip(&marked.pages) {
        numbers.item(page);
        let owners: Vec<Ref> = owners
            .iter()
            .filter_map(|owner| refs.elements.get(*owner).copied())
            .collect();
        numbers.push().array().items(owners);
    }
    let first = i32::try_from(layout.pages.len()).unwrap_or(i32::MAX);
    for (key, widget) in (first..).zip(0..refs.widgets.len()) {
        numbers.item(key).item(refs.form(layout, widget));
    }
}
