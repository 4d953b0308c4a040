//! What a later revision may do: fill one empty field with one signature and its look; and at last close the paper with
//! what proves the certificates and a timestamp over all. Nothing else.

use crate::documents::pdf::ARCHIVE_FIELD;
use crate::documents::syntax::{Dict, Object, PdfFile, Revision, Value};

use super::report::{Code, Problem};

/// More than any paper has places to sign.
pub(super) const MOST_FIELDS: usize = 128;
/// Bytes of a name of one; ours have some ten.
const LONGEST_NAME: usize = 128;
/// Bytes of what one is called by, in two languages, with whom somebody acts for.
const LONGEST_LABEL: usize = 8 << 10;

/// What a later revision is.
pub(super) enum Later<'a> {
    Signed(SignedRevision<'a>),
    Evidence(Evidence<'a>),
    Archived(SignedRevision<'a>),
}

/// What proves the certificates, in DER.
pub(super) struct Evidence<'a> {
    pub(super) certificates: Vec<&'a [u8]>,
    pub(super) revocations: Vec<&'a [u8]>,
}

/// A revision that is one signature, or one timestamp.
pub(super) struct SignedRevision<'a> {
    pub(super) index: usize,
    pub(super) end: usize,
    pub(super) field: &'a Dict,
    pub(super) signature: &'a Dict,
    /// What is drawn in the field; an archive timestamp shows nothing.
    pub(super) look: Option<&'a Object>,
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
        .filter_map(|(_, field)| name(field))
        .filter(|name| name != ARCHIVE_FIELD)
        .collect()
}

/// What is wrong with the shape of the later revisions; nothing for a base alone.
pub(in crate::documents) fn shape(file: &PdfFile<'_>) -> Vec<Problem> {
    problems(&all(file))
}

/// The name of a field; none where it is longer than a name, which would be decoded again and again.
pub(super) fn name(field: &Dict) -> Option<String> {
    match field.get("T") {
        Some(Value::Text(bytes)) if bytes.len() <= LONGEST_NAME => field.text("T"),
        _ => None,
    }
}

/// What a place to sign is called by, which may be nothing; none where that is longer than any name.
pub(super) fn label(field: &Dict) -> Option<String> {
    match field.get("TU") {
        None => Some(String::new()),
        Some(Value::Text(bytes)) if bytes.len() <= LONGEST_LABEL => field.text("TU"),
        Some(_) => None,
    }
}

/// Every revision after the base.
pub(super) fn all<'a>(file: &'a PdfFile<'_>) -> Vec<Result<Later<'a>, Code>> {
    (1..file.revisions.len())
        .map(|index| later(file, index))
        .collect()
}

pub(super) fn problems(all: &[Result<Later<'_>, Code>]) -> Vec<Problem> {
    (0..all.len())
        .filter_map(|index| in_its_place(all, index).err())
        .map(|code| Problem { code, field: None })
        .collect()
}

/// What proves the certificates comes once, right before the timestamp that covers it, which is the last.
fn in_its_place(all: &[Result<Later<'_>, Code>], index: usize) -> Result<(), Code> {
    let at = |index: Option<usize>| index.and_then(|index| all.get(index));
    let next = at(index.checked_add(1));
    let fits = match at(Some(index)) {
        Some(Err(code)) => return Err(*code),
        Some(Ok(Later::Evidence(_))) => matches!(next, Some(Ok(Later::Archived(_)))),
        Some(Ok(Later::Archived(_))) => {
            let before = at(index.checked_sub(1));
            next.is_none() && matches!(before, Some(Ok(Later::Evidence(_))))
        }
        Some(Ok(Later::Signed(_))) | None => true,
    };
    if fits { Ok(()) } else { Err(Code::Additions) }
}

/// The numbers of the places to sign; one more than there may be shows that there are too many.
pub(super) fn field_numbers(file: &PdfFile<'_>) -> Vec<u32> {
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
        .take(MOST_FIELDS + 1)
        .collect()
}

/// Reads the revision with this index, or says why it may not be.
fn later<'a>(file: &'a PdfFile<'_>, index: usize) -> Result<Later<'a>, Code> {
    let change = Change::of(file, index)?;
    if file.root() == Some(change.id) {
        return Ok(Later::Evidence(evidence(file, &change)?));
    }
    if !field_numbers(file).contains(&change.id) {
        return Err(Code::Overwritten);
    }
    if change.before.get("V").is_some() || change.has_stream(change.id) {
        return Err(Code::FieldChanged);
    }
    if name(change.before).as_deref() == Some(ARCHIVE_FIELD) {
        archived(file, &change).map(Later::Archived)
    } else {
        signed(file, &change).map(Later::Signed)
    }
}

/// One object as it was and is, and the numbers of those that are new.
struct Change<'a> {
    index: usize,
    revision: &'a Revision,
    id: u32,
    before: &'a Dict,
    after: &'a Dict,
    new: Vec<u32>,
}

impl<'a> Change<'a> {
    fn of(file: &'a PdfFile<'_>, index: usize) -> Result<Self, Code> {
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
        let before = known(*id).and_then(Object::dict);
        let after = revision.objects.get(id).and_then(Object::dict);
        let (Some(before), Some(after)) = (before, after) else {
            return Err(Code::FieldChanged);
        };
        Ok(Self {
            index,
            revision,
            id: *id,
            before,
            after,
            new,
        })
    }

    fn current(&self, id: u32) -> Option<&'a Dict> {
        self.revision.objects.get(&id)?.dict()
    }

    fn has_stream(&self, id: u32) -> bool {
        let object = self.revision.objects.get(&id);
        object.is_some_and(|object| object.stream.is_some())
    }

    fn adds(&self, mut expected: Vec<u32>) -> bool {
        expected.sort_unstable();
        self.new == expected
    }

    fn with(&self, signature: &'a Dict) -> SignedRevision<'a> {
        SignedRevision {
            index: self.index,
            end: self.revision.end,
            field: self.after,
            signature,
            look: None,
        }
    }
}

fn signed<'a>(file: &'a PdfFile<'_>, change: &Change<'a>) -> Result<SignedRevision<'a>, Code> {
    if !change.after.same_but(change.before, &["V", "AP"]) {
        return Err(Code::FieldChanged);
    }
    let look = change.after.dict("AP");
    let look = look.filter(|look| look.keys().count() == 1);
    let (Some(value), Some(look)) = (
        change.after.reference("V"),
        look.and_then(|look| look.reference("N")),
    ) else {
        return Err(Code::FieldChanged);
    };
    let blank = change.before.dict("AP");
    let blank = blank.and_then(|look| look.reference("N"));
    let blank = blank.and_then(|id| file.object(id, change.index.saturating_sub(1)));
    if !change.adds(vec![value, look])
        || !is_look(change.current(look), blank.and_then(Object::dict))
    {
        return Err(Code::Additions);
    }
    let known = [
        "Type",
        "Filter",
        "SubFilter",
        "ByteRange",
        "Contents",
        "M",
        "Name",
        "Reason",
    ];
    let signature = change
        .current(value)
        .filter(|dict| is_signature(dict, ["Sig", "ETSI.CAdES.detached"], &known))
        .filter(|_| !change.has_stream(value));
    let signature = signature.ok_or(Code::Additions)?;
    Ok(SignedRevision {
        look: change.revision.objects.get(&look),
        ..change.with(signature)
    })
}

/// The archive timestamp shows nothing, so that its field gets no look.
fn archived<'a>(file: &PdfFile<'_>, change: &Change<'a>) -> Result<SignedRevision<'a>, Code> {
    if !change.after.same_but(change.before, &["V"]) || !unsigned(file).is_empty() {
        return Err(Code::FieldChanged);
    }
    let known = ["Type", "Filter", "SubFilter", "ByteRange", "Contents"];
    let stamp = change
        .after
        .reference("V")
        .filter(|value| change.adds(vec![*value]) && !change.has_stream(*value))
        .and_then(|value| change.current(value))
        .filter(|dict| is_signature(dict, ["DocTimeStamp", "ETSI.RFC3161"], &known));
    stamp.map(|stamp| change.with(stamp)).ok_or(Code::Additions)
}

fn evidence<'a>(file: &'a PdfFile<'_>, change: &Change<'a>) -> Result<Evidence<'a>, Code> {
    let store = change.after.reference("DSS");
    let only = change.before.get("DSS").is_none()
        && !change.has_stream(change.id)
        && change.after.same_but(change.before, &["DSS"]);
    let (true, Some(store)) = (only, store) else {
        return Err(Code::Overwritten);
    };
    let dict = change
        .current(store)
        .filter(|dict| dict.is("Type", "DSS") && dict.keys().count() == 3)
        .filter(|_| !change.has_stream(store))
        .ok_or(Code::Additions)?;
    let numbers = |key: &str| -> Option<Vec<u32>> {
        let reference = |item: &Value| match item {
            Value::Ref(id) => Some(*id),
            _ => None,
        };
        dict.array(key)?.iter().map(reference).collect()
    };
    let (Some(certificates), Some(revocations)) = (numbers("Certs"), numbers("CRLs")) else {
        return Err(Code::Additions);
    };
    let all = [certificates.as_slice(), &revocations, &[store]].concat();
    if !change.adds(all) {
        return Err(Code::Additions);
    }
    let bytes = |id: &u32| {
        let object = change.revision.objects.get(id).ok_or(Code::Additions)?;
        let plain = object
            .dict()
            .is_some_and(|dict| dict.keys().eq([b"Length"]));
        let stream = object.stream.clone().filter(|_| plain);
        stream
            .and_then(|range| file.bytes.get(range))
            .ok_or(Code::Additions)
    };
    Ok(Evidence {
        certificates: certificates.iter().map(bytes).collect::<Result<_, _>>()?,
        revocations: revocations.iter().map(bytes).collect::<Result<_, _>>()?,
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

fn is_signature(dict: &Dict, [kind, format]: [&str; 2], known: &[&str]) -> bool {
    dict.is("Type", kind)
        && dict.is("Filter", "Adobe.PPKLite")
        && dict.is("SubFilter", format)
        && dict
            .keys()
            .all(|key| known.iter().any(|it| it.as_bytes() == key))
}
