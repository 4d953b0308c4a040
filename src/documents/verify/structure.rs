//! What a later revision may do: fill one empty field with one signature and its look, and nothing else.

use crate::documents::pdf::ARCHIVE_FIELD;
use crate::documents::syntax::{Dict, PdfFile, Value};

use super::report::{Code, Problem};

/// A revision that is one signature.
pub(super) struct SignedRevision<'a> {
    pub(super) index: usize,
    pub(super) end: usize,
    pub(super) field: &'a Dict,
    pub(super) signature: &'a Dict,
}

/// The fields of the base revision, in the order of their list, as they are now.
pub(in crate::documents) fn fields<'a>(file: &'a PdfFile<'_>) -> Vec<(u32, &'a Dict)> {
    field_numbers(file)
        .into_iter()
        .filter_map(|id| Some((id, file.newest(id)?)))
        .collect()
}

/// The names of the fields nobody has signed, the archive timestamp not among them.
pub(in crate::documents) fn unsigned(file: &PdfFile<'_>) -> Vec<String> {
    fields(file)
        .into_iter()
        .filter(|(_, field)| field.get("V").is_none())
        .filter_map(|(_, field)| field.text("T"))
        .filter(|name| name != ARCHIVE_FIELD)
        .collect()
}

/// What is wrong with the shape of the later revisions; nothing for a base alone.
pub(in crate::documents) fn shape(file: &PdfFile<'_>) -> Vec<Problem> {
    (1..file.revisions.len())
        .filter_map(|index| signed_revision(file, index).err())
        .map(|code| Problem { code, field: None })
        .collect()
}

fn field_numbers(file: &PdfFile<'_>) -> Vec<u32> {
    let form = || {
        let root = file.object(file.root()?, 0)?.dict()?;
        root.dict("AcroForm")?.array("Fields")
    };
    form()
        .unwrap_or_default()
        .iter()
        .filter_map(|item| match item {
            Value::Ref(id) => Some(*id),
            _ => None,
        })
        .collect()
}

/// Reads the revision with this index as one signature, or says why it is none.
pub(super) fn signed_revision<'a>(
    file: &'a PdfFile<'_>,
    index: usize,
) -> Result<SignedRevision<'a>, Code> {
    let revision = file.revisions.get(index).ok_or(Code::Table)?;
    let known = |id: u32| file.object(id, index.saturating_sub(1));
    let (old, new): (Vec<u32>, Vec<u32>) = revision
        .objects
        .keys()
        .partition(|id| known(**id).is_some());
    let [id] = old.as_slice() else {
        return Err(if old.is_empty() {
            Code::Additions
        } else {
            Code::Overwritten
        });
    };
    if !field_numbers(file).contains(id) {
        return Err(Code::Overwritten);
    }
    let current = |id: u32| revision.objects.get(&id).and_then(|object| object.dict());
    let before = known(*id).and_then(|object| object.dict());
    let (Some(before), Some(field)) = (before, current(*id)) else {
        return Err(Code::FieldChanged);
    };
    let signing = before.get("V").is_none()
        && revision.objects[id].stream.is_none()
        && field.same_but(before, &["V", "AP"]);
    if !signing {
        return Err(Code::FieldChanged);
    }
    let look = field.dict("AP").filter(|look| look.keys().count() == 1);
    let (Some(value), Some(look)) = (
        field.reference("V"),
        look.and_then(|look| look.reference("N")),
    ) else {
        return Err(Code::FieldChanged);
    };
    let mut expected = [value, look];
    expected.sort_unstable();
    if new != expected {
        return Err(Code::Additions);
    }
    let blank = before.dict("AP").and_then(|look| look.reference("N"));
    let blank = blank.and_then(known).and_then(|object| object.dict());
    if !is_look(current(look), blank) {
        return Err(Code::Additions);
    }
    let signature = current(value)
        .filter(|dict| is_signature(dict) && revision.objects[&value].stream.is_none())
        .ok_or(Code::Additions)?;
    Ok(SignedRevision {
        index,
        end: revision.end,
        field,
        signature,
    })
}

/// A drawing that refers to nothing, of the size of the empty field.
fn is_look(look: Option<&Dict>, blank: Option<&Dict>) -> bool {
    let known: [&[u8]; 6] = [
        b"Type",
        b"Subtype",
        b"BBox",
        b"Resources",
        b"Filter",
        b"Length",
    ];
    let (Some(look), Some(blank)) = (look, blank) else {
        return false;
    };
    look.is("Type", "XObject")
        && look.is("Subtype", "Form")
        && look.get("BBox") == blank.get("BBox")
        && look.dict("Resources") == Some(&Dict::default())
        && look.keys().all(|key| known.contains(&key))
}

fn is_signature(dict: &Dict) -> bool {
    let known: [&[u8]; 8] = [
        b"Type",
        b"Filter",
        b"SubFilter",
        b"ByteRange",
        b"Contents",
        b"M",
        b"Name",
        b"Reason",
    ];
    dict.is("Type", "Sig")
        && dict.is("Filter", "Adobe.PPKLite")
        && dict.is("SubFilter", "ETSI.CAdES.detached")
        && dict.keys().all(|key| known.contains(&key))
}
