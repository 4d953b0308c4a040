//! Whether the data that a paper carries says what its pages say: value by value and in order, whatever the wording
//! around them, which may change over the years.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::address;
use super::around;
use super::heard;
use super::page::{Piece, Text, Unpacker};
use super::places::Place;
use super::report::Code;
use super::structure::{self, field_numbers};
use super::worded::{self, Match, Shown};
use crate::documents::paper::canonical_json;
use crate::documents::papers::{PREVAILS, bare};
use crate::documents::pdf::ARCHIVE_FIELD;
use crate::documents::syntax::{Object, PdfFile, Value};
use crate::i18n::Texts;

/// More than a paper carries.
const MOST_FILES: usize = 1_000;
/// Bytes of the name of one, which is told where it could not be compared.
const LONGEST_NAME: usize = 128;
/// Bytes of data: read as JSON they take some thirty times as much memory.
const MOST_DATA: usize = 1 << 20;

/// What is found in the data besides.
#[derive(Default)]
pub(super) struct Data {
    /// The fingerprint of the agreement that a ruling names.
    pub(super) refers_to: Option<String>,
    /// Who is to sign where.
    pub(super) places: BTreeMap<String, Place>,
    /// The language of the text beside the Chinese one.
    pub(super) translation: Option<String>,
    /// Whether some are in a wording that is not known.
    pub(super) strange: bool,
    /// The names of those of which nothing is known to compare with, not even where their kind is.
    pub(super) uncompared: Vec<String>,
}

/// Compares the data with the pages: word for word where the wording is known, and else value by value.
pub(super) fn check(
    file: &PdfFile<'_>,
    text: &Text,
    (unpacker, texts): (&mut Unpacker, &Texts),
) -> Result<Data, Code> {
    heard::check(file, text, unpacker)?;
    let page = Said::of(text.pieces.iter().filter(|piece| !piece.aside));
    let other = Said::of(text.pieces.iter().filter(|piece| piece.aside));
    let (mut found, mut unread) = (Data::default(), Vec::new());
    let (mut compared, mut known) = (false, false);
    let places = places(file);
    let shown = Shown {
        text: &page.text,
        aside: &other.text,
        places: &places,
        sealed: &text.sealed,
        address: address::of(file),
    };
    for (name, stream) in carried(file)? {
        let Some(kind) = name.strip_suffix(".json") else {
            continue;
        };
        if !worded::is_worded(kind, texts) {
            found.uncompared.push(name);
            continue;
        }
        let data = plain(&unpacker.unpack(file, stream)?)?;
        let worded = worded::compare(kind, &data, &shown, texts);
        let agrees = agrees((worded, kind), &data, (&page, &other), &places)?;
        if !agrees {
            return Err(Code::Data);
        }
        compared = true;
        known |= worded == Match::Same;
        found.strange |= worded == Match::Unknown;
        if worded == Match::Unknown && !has_values(kind) {
            unread.push(name);
            continue;
        }
        if let Some(hash) = data.pointer("/agreement_hash").and_then(Json::as_str) {
            found.refers_to = Some(hash.to_owned());
        }
        let beside = data.pointer("/translation/language").and_then(Json::as_str);
        found.translation = beside.map(str::to_owned).or(found.translation);
        found.places.extend(super::places::read(&data));
    }
    for sealed in text.sealed.iter().filter(|_| !known) {
        if !around::is_of_seal(&places, sealed, unpacker)? {
            return Err(Code::Overlay);
        }
    }
    // Every paper that is signed carries its data and no others.
    let signed = !places.is_empty();
    if signed && !(compared && found.uncompared.is_empty()) {
        return Err(Code::Data);
    }
    found.uncompared.append(&mut unread);
    let is_running = around::is_running(text, &page.text, unpacker)?;
    is_running.then_some(found).ok_or(Code::Data)
}

/// Data that can be read in one way only.
fn plain(bytes: &[u8]) -> Result<Json, Code> {
    if bytes.len() > MOST_DATA {
        return Err(Code::TooLarge);
    }
    let data: Json = serde_json::from_slice(bytes).or(Err(Code::Data))?;
    let once = canonical_json(&data) == bytes;
    once.then_some(data).ok_or(Code::Data)
}

/// Whether the values of papers of this kind are looked for on the pages where the wording is not known.
fn has_values(kind: &str) -> bool {
    ["agreement", "ruling"].contains(&kind)
}

/// Whether the pages say what the data say: value by value where the wording is not known.
fn agrees(
    (worded, kind): (Match, &str),
    data: &Json,
    (page, other): (&Said, &Said),
    places: &[(String, String)],
) -> Result<bool, Code> {
    Ok(match (worded, kind) {
        (Match::Other, _) => false,
        (Match::Covered, _) => return Err(Code::Overlay),
        (Match::Same, _) => data.get("translation").is_none_or(prevails),
        (Match::Unknown, "agreement") => {
            agreement(data, page) && translation(data, other) && names_fields(data, places)
        }
        (Match::Unknown, "ruling") => ruling(data, page) && other.text.is_empty(),
        (Match::Unknown, _) => {
            other.text.is_empty() || data.get("translation").is_some_and(prevails)
        }
    })
}

/// The file with this name within a paper of ours; nothing where there is none, or it cannot be unpacked.
pub fn carries(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let file = PdfFile::parse(bytes).ok()?;
    let files = carried(&file).ok()?;
    let (_, stream) = files.into_iter().find(|(known, _)| known == name)?;
    Unpacker::new().unpack(&file, stream).ok()
}

/// The files within the file, under the one name that each has everywhere.
pub(super) fn carried<'a>(file: &'a PdfFile<'_>) -> Result<Vec<(String, &'a Object)>, Code> {
    let object = |id: u32| file.object(id, 0);
    let root = file.root().and_then(object).and_then(Object::dict);
    let names = root.and_then(|root| root.dict("Names"));
    let files = names.and_then(|names| names.dict("EmbeddedFiles"));
    let list = files
        .and_then(|files| files.array("Names"))
        .unwrap_or_default();
    let beside = root.and_then(|root| root.array("AF")).unwrap_or_default();
    if list.len() > 2 * MOST_FILES || beside.len() > MOST_FILES {
        return Err(Code::TooLarge);
    }
    let listed: Vec<&Value> = list.iter().skip(1).step_by(2).collect();
    // Whoever reads files by one of the two lists finds those of the other.
    let alike = listed.len() == beside.len() && beside.iter().all(|one| listed.contains(&one));
    // Each has a name of its own, in the order in which programs look for it.
    let names = || list.iter().step_by(2);
    let text = |name: &Value| match name {
        Value::Text(name) => name.clone(),
        _ => Vec::new(),
    };
    let ordered = names()
        .zip(names().skip(1))
        .all(|(one, next)| text(one) < text(next));
    if files.is_some() && list.is_empty() || !alike || !ordered {
        return Err(Code::Data);
    }
    let one = |pair: &[Value]| {
        let [Value::Text(name), Value::Ref(id)] = pair else {
            return None;
        };
        let name = Some(name).filter(|name| name.len() <= LONGEST_NAME)?;
        let name = String::from_utf8(name.clone()).ok()?;
        let about = object(*id)?.dict()?;
        let same = |key: &str| about.text(key).as_deref() == Some(&name);
        let places = about.dict("EF")?;
        let stream = places.reference("F")?;
        let alike = places.reference("UF") == Some(stream);
        (same("F") && same("UF") && alike).then_some((name, object(stream)?))
    };
    list.chunks(2)
        .map(|pair| one(pair).ok_or(Code::Data))
        .collect()
}

/// The text of the pages without white space, with the places where numbers of clauses end.
struct Said {
    text: String,
    /// Where each piece begins.
    starts: BTreeSet<usize>,
    labels: Vec<(usize, String)>,
}

impl Said {
    fn of<'b>(pieces: impl Iterator<Item = &'b Piece>) -> Self {
        let mut said = Self {
            text: String::new(),
            starts: BTreeSet::new(),
            labels: Vec::new(),
        };
        for piece in pieces {
            let text = packed(&piece.text);
            if piece.tag == b"Lbl" {
                said.labels.push((said.text.len(), text.clone()));
            }
            said.starts.insert(said.text.len());
            said.text.push_str(&text);
        }
        said
    }

    /// Where a value ends that stands on the page from there on.
    fn find(&self, at: usize, value: &str) -> Option<usize> {
        let value = packed(value);
        let mut places = self.text.get(at..)?.match_indices(&value);
        let (found, _) = places.find(|(found, _)| self.is_whole(at + found, &value))?;
        Some(at + found + value.len())
    }

    /// Where the last of the values ends, if they stand on the page in their order.
    fn chain<'b>(&self, values: impl IntoIterator<Item = &'b str>) -> Option<usize> {
        values
            .into_iter()
            .try_fold(0, |at, value| self.find(at, value))
    }

    /// Whether a figure that begins or ends here is not a part of a longer one.
    fn is_whole(&self, at: usize, value: &str) -> bool {
        let end = at + value.len();
        let before = self.text.get(..at).unwrap_or_default();
        let after = self.text.get(end..).unwrap_or_default();
        let begun = self.starts.contains(&at)
            || !value.starts_with(is_figure)
            || !goes_on(before.chars().rev());
        let ended =
            self.starts.contains(&end) || !value.ends_with(is_figure) || !goes_on(after.chars());
        begun && ended
    }

    /// Whether values stand on the page in their order.
    fn has<'b>(&self, values: impl IntoIterator<Item = &'b str>) -> bool {
        self.chain(values).is_some()
    }

    /// The number of the first clause from here on.
    fn next_label(&self, at: usize) -> Option<&str> {
        let after = self.labels.iter().find(|(place, _)| *place >= at);
        after.map(|(_, label)| label.as_str())
    }
}

/// A digit, or one of those in which sums are written out.
fn is_figure(character: char) -> bool {
    character.is_ascii_digit() || "零壹贰叁肆伍陆柒捌玖拾佰仟万亿".contains(character)
}

/// Whether a figure does, seen from where it was left.
fn goes_on(mut rest: impl Iterator<Item = char>) -> bool {
    match rest.next() {
        Some(',' | '.') => rest.next().is_some_and(|it| it.is_ascii_digit()),
        next => next.is_some_and(is_figure),
    }
}

pub(super) fn packed(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace() && !character.is_control())
        .collect()
}

fn texts<'a>(data: &'a Json, keys: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let text = |key: &&str| data.pointer(key).and_then(Json::as_str);
    keys.iter().filter_map(text)
}

fn list<'a>(data: &'a Json, key: &str) -> &'a [Json] {
    let list = data.get(key).and_then(Json::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

fn all_texts<'a>(data: &'a Json, key: &str) -> impl Iterator<Item = &'a str> {
    list(data, key).iter().filter_map(Json::as_str)
}

const PERSON: [&str; 7] = [
    "/name",
    "/masked_identity",
    "/address",
    "/contact",
    "/head",
    "/agent/name",
    "/agent/masked_identity",
];

/// Whether people stand on the page one after the other, with all that is said of each.
fn people(list: &[Json], page: &Said) -> bool {
    page.has(list.iter().flat_map(|one| texts(one, &PERSON)))
}

fn agreement(data: &Json, page: &Said) -> bool {
    let parties = list(data, "parties");
    let single = [
        "/number",
        "/organisation",
        "/facts",
        "/disputed",
        "/responsibility",
    ];
    let once =
        ["/number", "/organisation"].map(|key| data.pointer(key).is_some_and(Json::is_string));
    once == [true; 2]
        && !parties.is_empty()
        && !list(data, "obligations").is_empty()
        && single.iter().all(|key| page.has(texts(data, &[key])))
        && people(parties, page)
        && page.has(all_texts(data, "undisputed"))
        && people(list(data, "mediators"), page)
        && people(list(data, "interpreters"), page)
        && obligations(list(data, "obligations"), page)
}

/// Whether the text in the second language says what the data say of it; without one in the data there is none on the
/// page, where nobody could tell what had been agreed.
fn translation(data: &Json, page: &Said) -> bool {
    let Some(translation) = data.get("translation") else {
        return page.text.is_empty();
    };
    let single = [
        "/organisation",
        "/cause",
        "/facts",
        "/disputed",
        "/responsibility",
    ];
    let alike = |key: &str| list(data, key).len() == list(translation, key).len();
    prevails(translation)
        && alike("obligations")
        && alike("undisputed")
        && single
            .iter()
            .all(|key| page.has(texts(translation, &[key])))
        && people(list(data, "parties"), page)
        && page.has(all_texts(translation, "undisputed"))
        && obligations(list(translation, "obligations"), page)
}

/// Whether the Chinese text prevails over another one.
fn prevails(translation: &Json) -> bool {
    let is = |key: &str, wanted: fn(&str) -> bool| {
        let tag = translation.get(key).and_then(Json::as_str);
        tag.is_some_and(wanted)
    };
    is("prevails", |tag| tag == PREVAILS) && is("language", |tag| !tag.starts_with("zh"))
}

/// One after the other, each value in its place, and after the last one no further.
fn obligations(obligations: &[Json], page: &Said) -> bool {
    let values = [
        "/who",
        "/does",
        "/sum/figures",
        "/sum/capital",
        "/by",
        "/proof",
        "/on_default",
    ];
    let end = page.chain(
        obligations
            .iter()
            .flat_map(|one| texts(one, &values).map(bare)),
    );
    let further = format!("{}.", obligations.len() + 1);
    end.is_some_and(|end| page.next_label(end) != Some(&further))
}

fn ruling(data: &Json, page: &Said) -> bool {
    let applicants = list(data, "applicants");
    let single = ["/court", "/number", "/agreement_number", "/organisation"];
    !applicants.is_empty()
        && single
            .iter()
            .all(|key| data.pointer(key).is_some_and(Json::is_string))
        && single.iter().all(|key| page.has(texts(data, &[key])))
        && people(applicants, page)
        && (data.pointer("/outcome").and_then(Json::as_str) != Some("valid")
            || page.has(all_texts(data, "terms")))
}

/// Every place to sign that the data names is on the page, and every party's place on the page is in the data.
fn names_fields(data: &Json, places: &[(String, String)]) -> bool {
    let mut named = BTreeSet::new();
    collect_fields(data, &mut named);
    let on_page: BTreeSet<String> = places.iter().map(|(name, _)| name.clone()).collect();
    named.is_subset(&on_page)
        && on_page
            .iter()
            .filter(|name| name.starts_with("party"))
            .all(|name| named.contains(name))
}

/// The places to sign, with what they are called.
fn places(file: &PdfFile<'_>) -> Vec<(String, String)> {
    let place = |id: u32| {
        let field = file.object(id, 0)?.dict()?;
        Some((structure::name(field)?, structure::label(field)?))
    };
    let all = field_numbers(file).into_iter().filter_map(place);
    all.filter(|(name, _)| name != ARCHIVE_FIELD).collect()
}

fn collect_fields(data: &Json, named: &mut BTreeSet<String>) {
    match data {
        Json::Array(items) => items.iter().for_each(|item| collect_fields(item, named)),
        Json::Object(members) => {
            for (key, value) in members {
                match value {
                    Json::String(name) if key == "field" || key == "seal_field" => {
                        named.extend((!name.is_empty()).then(|| name.clone()));
                    }
                    _ => collect_fields(value, named),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn page(pieces: &[(&str, &str)]) -> Said {
        let piece = |(tag, text): &(&str, &str)| Piece {
            tag: tag.as_bytes().to_vec(),
            text: (*text).to_owned(),
            aside: false,
        };
        let pieces: Vec<Piece> = pieces.iter().map(piece).collect();
        Said::of(pieces.iter())
    }

    #[test]
    fn values_stand_on_the_page_in_their_order_and_none_is_left_out() {
        let said = page(&[
            ("Lbl", "1."),
            ("P", "李四 应当付"),
            ("P", "款5,000元。"),
            ("Lbl", "2."),
            ("P", "张三应当致歉。"),
        ]);
        let pay = json!({"who": "李四", "does": "应当付款", "sum": {"figures": "5,000"}});
        let sorry = json!({"who": "张三", "does": "应当致歉。"});
        assert!(obligations(&[pay.clone(), sorry.clone()], &said));
        assert!(!obligations(&[sorry.clone(), pay.clone()], &said));
        assert!(!obligations(&[pay], &said), "the second is left out");
        let more = json!({"who": "李四", "does": "应当付款", "sum": {"figures": "50,000"}});
        assert!(!obligations(&[more, sorry.clone()], &said));
        let part = json!({"who": "李四", "does": "应当付款", "sum": {"figures": "000"}});
        assert!(!obligations(&[part, sorry], &said), "a part of a figure");
    }
}
