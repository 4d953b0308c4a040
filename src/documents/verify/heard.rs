//! What whoever cannot see the pages hears instead of them: all that stands there in its order, of the square code where it leads,
//! of a place to sign whose it is.

use std::collections::{BTreeMap, BTreeSet};

use super::address;
use super::data::packed;
use super::page::{self, Marked, Text, Unpacker};
use super::report::Code;
use super::structure;
use crate::documents::syntax::{Dict, Object, PdfFile, Value};

pub(super) fn check(file: &PdfFile<'_>, text: &Text, budget: &mut Unpacker) -> Result<(), Code> {
    let base = file.revisions.first().ok_or(Code::Table)?;
    let mut hearing = Hearing {
        file,
        pages: page::pages(file)?
            .iter()
            .enumerate()
            .map(|(number, (id, _))| (*id, number))
            .collect(),
        said: text.pieces.iter().map(|it| packed(&it.text)).collect(),
        address: address::of(file),
        known: BTreeSet::new(),
        heard: Vec::new(),
        budget,
    };
    let tree = file.root().and_then(|id| file.object(id, 0)?.dict());
    let tree = tree.and_then(|root| file.object(root.reference("StructTreeRoot")?, 0)?.dict());
    let document = tree.and_then(|tree| tree.get("K")).ok_or(Code::Page)?;
    let mut ahead: Vec<(&Value, &[u8])> = vec![(document, b"")];
    while let Some((kid, role)) = ahead.pop() {
        hearing.hear(kid, role, &mut ahead)?;
    }
    let is = |object: &&Object, kind| object.dict().is_some_and(|dict| dict.is("Type", kind));
    let all = base
        .objects
        .values()
        .filter(|it| is(it, "StructElem"))
        .count();
    // Page by page: where an element goes on upon the next one, its neighbour does so as well.
    hearing.heard.sort_by_key(|it| it.page);
    // What stands side by side in two languages may be heard column by column.
    let aside: BTreeSet<_> = text
        .marked
        .iter()
        .filter(|(_, aside)| *aside)
        .map(|(it, _)| it)
        .collect();
    let marked = text.marked.iter().map(|(it, _)| it);
    let (beside, own): (Vec<_>, Vec<_>) = marked.partition(|it| aside.contains(it));
    let (heard_beside, heard): (Vec<_>, Vec<_>) =
        hearing.heard.iter().partition(|it| aside.contains(it));
    if heard != own || heard_beside != beside || hearing.known.len() != all {
        return Err(Code::Page);
    }
    let items = base.objects.values().filter_map(Object::dict);
    let mut titles =
        items.filter_map(|item| item.text("Title").filter(|_| item.get("Dest").is_some()));
    titles.try_for_each(|title| hearing.is_said(&title))
}

struct Hearing<'a, 'b> {
    file: &'a PdfFile<'a>,
    /// By the object of a page.
    pages: BTreeMap<u32, usize>,
    /// All text of the pages.
    said: String,
    /// Where the paper says of itself that it can be checked.
    address: Option<&'a str>,
    known: BTreeSet<u32>,
    heard: Vec<Marked>,
    budget: &'b mut Unpacker,
}

impl<'a> Hearing<'a, '_> {
    /// One more kid of an element of some kind; its own kids come first on the pile.
    fn hear(
        &mut self,
        kid: &'a Value,
        role: &'a [u8],
        ahead: &mut Vec<(&'a Value, &'a [u8])>,
    ) -> Result<(), Code> {
        match kid {
            Value::Array(kids) => ahead.extend(kids.iter().rev().map(|kid| (kid, role))),
            Value::Ref(id) => {
                let element = self.file.object(*id, 0).and_then(Object::dict);
                let element = element
                    .filter(|_| self.known.insert(*id))
                    .ok_or(Code::Page)?;
                self.is_heard_rightly(element)?;
                let Some(Value::Name(role)) = element.get("S") else {
                    return Err(Code::Page);
                };
                ahead.extend(element.get("K").map(|kids| (kids, role.as_slice())));
            }
            Value::Dict(part) if part.is("Type", "MCR") => self.heard.push(Marked {
                page: part
                    .reference("Pg")
                    .and_then(|id| self.pages.get(&id).copied())
                    .ok_or(Code::Page)?,
                id: part.integer("MCID").ok_or(Code::Page)?,
                // On the page what stands beside a number is a paragraph like any other.
                tag: if role == b"LBody" { b"P" } else { role }.to_vec(),
            }),
            _ => {}
        }
        Ok(())
    }

    fn is_heard_rightly(&mut self, element: &Dict) -> Result<(), Code> {
        let heard = element.text("Alt");
        let fits = if element.is("S", "Figure") {
            let heard = heard.unwrap_or_default();
            let (caption, url) = heard.rsplit_once(' ').ok_or(Code::Page)?;
            self.is_said(caption)?;
            let stands = element.array("K").is_some_and(|kids| !kids.is_empty());
            stands && self.address == Some(url)
        } else if element.is("S", "Form") {
            let place = element.dict("K").and_then(|kid| kid.reference("Obj"));
            let place = place
                .and_then(|id| self.file.object(id, 0))
                .and_then(Object::dict);
            heard.is_some() && place.and_then(structure::label) == heard
        } else {
            element.get("Alt").is_none()
        };
        if fits { Ok(()) } else { Err(Code::Page) }
    }

    /// Whether the pages say this too.
    fn is_said(&mut self, text: &str) -> Result<(), Code> {
        self.budget.spend(self.said.len())?;
        let text = packed(text);
        if !text.is_empty() && self.said.contains(&text) {
            Ok(())
        } else {
            Err(Code::Page)
        }
    }
}
