//! What each object of a base revision may be made of: the keys that we write, with the values that we give them, and no object that
//! nothing leads to.

mod tables;

use std::collections::BTreeMap;

use self::tables::{Is, Kind, Table};
use super::report::Code;
use crate::documents::syntax::{Dict, Object, PdfFile, Value};

/// Walks from the catalog to every object of the base.
pub(super) fn check(file: &PdfFile<'_>) -> Result<(), Code> {
    let base = file.revisions.first().ok_or(Code::Table)?;
    let mut walk = Walk {
        known: BTreeMap::new(),
        ahead: Vec::new(),
    };
    walk.meet(file.root().ok_or(Code::Page)?, Kind::Catalog)?;
    if let Some(info) = base.trailer.reference("Info") {
        walk.meet(info, Kind::Info)?;
    }
    while let Some((id, kind)) = walk.ahead.pop() {
        let object = base.objects.get(&id).ok_or(Code::Page)?;
        if object.stream.is_some() != kind.is_stream() {
            return Err(Code::Page);
        }
        if kind == Kind::Blank
            && object
                .stream
                .as_ref()
                .is_some_and(|range| !range.is_empty())
        {
            return Err(Code::Overlay);
        }
        walk.dict(object.dict().ok_or(Code::Page)?, kind)?;
    }
    if walk.known.len() == base.objects.len() {
        Ok(())
    } else {
        Err(Code::Page)
    }
}

struct Walk {
    known: BTreeMap<u32, Kind>,
    ahead: Vec<(u32, Kind)>,
}

impl Walk {
    fn meet(&mut self, id: u32, kind: Kind) -> Result<(), Code> {
        match self.known.insert(id, kind) {
            None => self.ahead.push((id, kind)),
            Some(before) if before == kind => {}
            Some(_) => return Err(Code::Page),
        }
        Ok(())
    }

    fn dict(&mut self, dict: &Dict, kind: Kind) -> Result<(), Code> {
        for (key, value) in dict.pairs() {
            let found = kind
                .table()
                .iter()
                .find(|(known, _)| known.as_bytes() == key);
            let (_, is) = found.ok_or_else(|| unknown(key, kind))?;
            self.value(value, is)?;
        }
        Ok(())
    }

    fn value(&mut self, value: &Value, is: &Is) -> Result<(), Code> {
        match (is, value) {
            (Is::Plain, value) if is_plain(value) => Ok(()),
            (Is::Name(known), Value::Name(name))
                if known.iter().any(|it| it.as_bytes() == name) =>
            {
                Ok(())
            }
            (Is::Ref(kind), Value::Ref(id)) => self.meet(*id, *kind),
            (Is::Refs(kind), Value::Array(items)) => self.refs(items, *kind),
            (Is::In(kind), Value::Dict(dict)) => self.dict(dict, *kind),
            (Is::Ins(kind), Value::Array(items)) => items.iter().try_for_each(|item| match item {
                Value::Dict(dict) => self.dict(dict, *kind),
                _ => Err(Code::Page),
            }),
            (Is::Named(kind), Value::Dict(dict)) => {
                let mut values = dict.pairs().map(|(_, value)| value);
                values.try_for_each(|value| self.value(value, &Is::Ref(*kind)))
            }
            (Is::Pairs(kind), Value::Array(items)) => {
                items.chunks(2).try_for_each(|pair| match pair {
                    [Value::Text(_), Value::Ref(id)] => self.meet(*id, *kind),
                    _ => Err(Code::Page),
                })
            }
            (Is::Kids, Value::Array(items)) => items.iter().try_for_each(|item| self.kid(item)),
            (Is::Kids, kid) => self.kid(kid),
            (Is::Numbered, Value::Array(items)) => {
                items.chunks(2).try_for_each(|pair| match pair {
                    [Value::Integer(_), Value::Ref(id)] => self.meet(*id, Kind::Element),
                    [Value::Integer(_), Value::Array(items)] => self.refs(items, Kind::Element),
                    _ => Err(Code::Page),
                })
            }
            _ => Err(Code::Page),
        }
    }

    fn refs(&mut self, items: &[Value], kind: Kind) -> Result<(), Code> {
        items
            .iter()
            .try_for_each(|item| self.value(item, &Is::Ref(kind)))
    }

    fn kid(&mut self, kid: &Value) -> Result<(), Code> {
        let dict = match kid {
            Value::Ref(id) => return self.meet(*id, Kind::Element),
            Value::Dict(dict) => dict,
            _ => return Err(Code::Page),
        };
        let shape: Table = if dict.is("Type", "OBJR") {
            &[
                ("Type", Is::Plain),
                ("Pg", Is::Ref(Kind::Page)),
                ("Obj", Is::Ref(Kind::Widget)),
            ]
        } else {
            &[
                ("Type", Is::Name(&["MCR"])),
                ("Pg", Is::Ref(Kind::Page)),
                ("MCID", Is::Plain),
            ]
        };
        for (key, value) in dict.pairs() {
            let found = shape.iter().find(|(known, _)| known.as_bytes() == key);
            self.value(value, &found.ok_or(Code::Page)?.1)?;
        }
        Ok(())
    }
}

/// A field that has a value before anybody signed would count as signed.
fn unknown(key: &[u8], kind: Kind) -> Code {
    match (kind, key) {
        (Kind::Widget, b"V") => Code::Filled,
        (Kind::Look | Kind::Blank, _) | (Kind::Widget, b"MK" | b"BS" | b"Border") => Code::Overlay,
        (Kind::Widget | Kind::Item, b"A" | b"AA")
        | (Kind::Catalog | Kind::Names | Kind::Form, _) => Code::Active,
        _ => Code::Page,
    }
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().all(is_plain),
        Value::Dict(_) => false,
        _ => true,
    }
}

/// Whether no name is written with `#`, by which it would be another name to other readers; types of media alone need it.
pub(super) fn is_plainly_named(object: &Object) -> bool {
    let file = object
        .dict()
        .is_some_and(|dict| dict.is("Type", "EmbeddedFile"));
    plainly(&object.value, file)
}

fn plainly(value: &Value, file: bool) -> bool {
    match value {
        Value::Name(name) => !name.contains(&b'#'),
        Value::Array(items) => items.iter().all(|item| plainly(item, false)),
        Value::Dict(dict) => dict.pairs().all(|(key, value)| {
            !key.contains(&b'#') && ((file && key == b"Subtype") || plainly(value, false))
        }),
        _ => true,
    }
}
