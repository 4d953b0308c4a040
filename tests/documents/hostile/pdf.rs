//! Revisions of PDF files written by hand.

use std::io::{Read as _, Write as _};

use sha2::{Digest, Sha256};

use super::forger::NOW_PDF;

/// Room for a signature, in hexadecimal digits.
const ROOM: usize = 12_000;
const HELD: &str = "1111111111 2222222222 3333333333";

pub(super) fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

pub(super) fn find_last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}

/// Replaces the first occurrence by bytes of any length.
pub(super) fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = find(bytes, from).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(from)));
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

fn number(bytes: &[u8]) -> usize {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    std::str::from_utf8(&bytes[..digits])
        .unwrap()
        .parse()
        .unwrap()
}

fn after<'a>(bytes: &'a [u8], word: &[u8]) -> &'a [u8] {
    &bytes[find_last(bytes, word).unwrap() + word.len()..]
}

/// The position of the newest table.
pub(super) fn table(pdf: &[u8]) -> usize {
    number(after(pdf, b"startxref\n"))
}

/// One more than the highest object number.
pub(super) fn size(pdf: &[u8]) -> usize {
    number(after(pdf, b"/Size "))
}

/// What the newest state of an object says, between its first and its last line.
pub(super) fn body(pdf: &[u8], id: usize) -> Vec<u8> {
    let rest = after(pdf, format!("\n{id} 0 obj\n").as_bytes());
    rest[..find(rest, b"\nendobj\n").unwrap()].to_vec()
}

/// The number of the object that contains these bytes first.
pub(super) fn object_with(pdf: &[u8], what: &[u8]) -> usize {
    let at = find(pdf, what).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(what)));
    let head = find_last(&pdf[..at], b" 0 obj\n").unwrap();
    let line = find_last(&pdf[..head], b"\n").unwrap() + 1;
    number(&pdf[line..])
}

/// The number that follows a key in an object.
pub(super) fn reference(pdf: &[u8], id: usize, key: &str) -> usize {
    let body = body(pdf, id);
    number(&body[find(&body, key.as_bytes()).unwrap() + key.len()..])
}

pub(super) fn object(id: usize, body: &[u8]) -> Vec<u8> {
    [format!("{id} 0 obj\n").as_bytes(), body, b"\nendobj\n\n"].concat()
}

/// A stream that is not packed.
pub(super) fn stream(about: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{about}/Length {}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

pub(super) fn unpacked(pdf: &[u8], id: usize) -> Vec<u8> {
    let body = body(pdf, id);
    let start = find(&body, b"\nstream\n").unwrap() + 8;
    let mut out = Vec::new();
    flate2::read::ZlibDecoder::new(&body[start..])
        .read_to_end(&mut out)
        .unwrap();
    out
}

pub(super) fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// Appends a revision with these objects.
pub(super) fn append(pdf: &[u8], objects: &[(usize, Vec<u8>)]) -> Vec<u8> {
    append_with(pdf, objects, |trailer| trailer)
}

pub(super) fn append_with(
    pdf: &[u8],
    objects: &[(usize, Vec<u8>)],
    change: impl FnOnce(String) -> String,
) -> Vec<u8> {
    let mut out = pdf.to_vec();
    let mut rows = Vec::new();
    let mut most = size(pdf);
    for (id, body) in objects {
        rows.push(format!("{id} 1\n{:010} 00000 n\r\n", out.len()));
        out.extend(object(*id, body));
        most = most.max(id + 1);
    }
    let start = out.len();
    out.extend(format!("xref\n{}trailer\n", rows.concat()).bytes());
    out.extend(trailer(pdf, most, change));
    out.extend(format!("\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

/// The trailer of the base with another size and a pointer back.
fn trailer(pdf: &[u8], size: usize, change: impl FnOnce(String) -> String) -> Vec<u8> {
    let start = find(pdf, b"trailer\n").unwrap() + 8;
    let base = &pdf[start..start + find(&pdf[start..], b"\nstartxref").unwrap()];
    let line = find(base, b"/Size ").unwrap();
    let digits = number(&base[line + 6..]).to_string().len();
    let added = change(format!("/Size {size}/Prev {}", table(pdf)));
    [&base[..line], added.as_bytes(), &base[line + 6 + digits..]].concat()
}

/// The base again with another content of one object, and every offset right.
pub(super) fn rewritten(base: &[u8], id: usize, body: &[u8]) -> Vec<u8> {
    let table = table(base);
    let rows: Vec<&[u8]> = base[table..].split(|byte| *byte == b'\n').collect();
    let count = number(&rows[1][2..]);
    let places: Vec<usize> = rows[2..2 + count].iter().map(|row| number(row)).collect();
    let mut order: Vec<usize> = (1..count).collect();
    order.sort_by_key(|id| places[*id]);
    let mut out = base[..places[order[0]]].to_vec();
    let mut now = vec![0; count];
    for (index, one) in order.iter().enumerate() {
        let end = order.get(index + 1).map_or(table, |next| places[*next]);
        now[*one] = out.len();
        if *one == id {
            out.extend(object(id, body));
        } else {
            out.extend(&base[places[*one]..end]);
        }
    }
    let start = out.len();
    out.extend(format!("xref\n0 {count}\n0000000000 65535 f\r\n").bytes());
    for place in &now[1..] {
        out.extend(format!("{place:010} 00000 n\r\n").bytes());
    }
    let rest = &base[table + find(&base[table..], b"trailer\n").unwrap()..];
    let rest = &rest[..find(rest, b"startxref\n").unwrap()];
    out.extend(rest);
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out
}

/// The base with more objects behind its own, and every offset right.
pub(super) fn enlarged(base: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let (table, first) = (table(base), size(base));
    let rest = find(&base[table..], b"trailer\n").unwrap() + table;
    let head = format!("xref\n0 {first}\n");
    let mut rows = base[table + head.len()..rest].to_vec();
    let mut out = base[..table].to_vec();
    for (id, body) in (first..).zip(more) {
        rows.extend(format!("{:010} 00000 n\r\n", out.len()).bytes());
        out.extend(object(id, body));
    }
    let (start, count) = (out.len(), first + more.len());
    out.extend(format!("xref\n0 {count}\n").bytes());
    out.extend(rows);
    let trailer = &base[rest..rest + find(&base[rest..], b"startxref\n").unwrap()];
    let sized = format!("/Size {count}\n");
    out.extend(replace(
        trailer,
        format!("/Size {first}\n").as_bytes(),
        sized.as_bytes(),
    ));
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out
}

/// The number of the field with this name.
pub(super) fn field(pdf: &[u8], name: &str) -> usize {
    object_with(pdf, format!("/T ({name})").as_bytes())
}

/// How a signature is written, where it differs from ours.
#[derive(Default)]
pub(super) struct Written<'a> {
    /// The byte range with its key, in words.
    pub(super) range: Option<&'a str>,
    /// The place of the signature with its key, in words.
    pub(super) contents: Option<&'a str>,
    /// What is drawn.
    pub(super) look: Option<&'a str>,
    /// More keys.
    pub(super) more: &'a str,
}

/// Appends a signature in a field, made over everything but itself.
pub(super) fn signed(
    pdf: &[u8],
    name: &str,
    written: &Written<'_>,
    cms: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Vec<u8> {
    let id = field(pdf, name);
    let before = body(pdf, id);
    let (look, value) = (size(pdf), size(pdf) + 1);
    let drawing = written.look.unwrap_or("0 0 m 9 9 l S");
    let rect = after(&body(pdf, blank(pdf, id)), b"/BBox ").to_vec();
    let rect = String::from_utf8(rect[..=find(&rect, b"]").unwrap()].to_vec()).unwrap();
    let about = format!("/Type/XObject/Subtype/Form/BBox {rect}/Resources<<>>");
    let mut after = before[..find(&before, b"/AP").unwrap()].to_vec();
    after.extend(format!("/AP<</N {look} 0 R>>/V {value} 0 R>>").bytes());
    let dict = dictionary("Sig/SubFilter/ETSI.CAdES.detached", written);
    let dict = format!("{dict}/M({NOW_PDF})/Name(X){}>>", written.more);
    let objects = [
        (look, stream(&about, drawing.as_bytes())),
        (value, dict.into_bytes()),
        (id, after),
    ];
    sealed(append(pdf, &objects), pdf.len(), cms)
}

/// The empty look of a field.
fn blank(pdf: &[u8], field: usize) -> usize {
    let body = body(pdf, field);
    let look = &body[find(&body, b"/AP").unwrap()..];
    number(&look[find(look, b"/N ").unwrap() + 3..])
}

fn dictionary(kind: &str, written: &Written<'_>) -> String {
    let range = format!("/ByteRange[0 {HELD}]");
    let contents = format!("/Contents<{}>", "f".repeat(ROOM));
    format!(
        "<</Type/{kind}/Filter/Adobe.PPKLite{}{}",
        written.range.unwrap_or(&range),
        written.contents.unwrap_or(&contents)
    )
}

/// Appends an archive timestamp.
pub(super) fn archived(pdf: &[u8], cms: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let id = field(pdf, "archive-timestamp");
    let before = body(pdf, id);
    let value = size(pdf);
    let open = &before[..find_last(&before, b">>").unwrap()];
    let after = [open, format!("/V {value} 0 R>>").as_bytes()].concat();
    let dict = dictionary("DocTimeStamp/SubFilter/ETSI.RFC3161", &Written::default());
    let objects = [(value, format!("{dict}>>").into_bytes()), (id, after)];
    sealed(append(pdf, &objects), pdf.len(), cms)
}

/// Fills in the byte range and the signature, if there are places for them.
fn sealed(mut pdf: Vec<u8>, from: usize, cms: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let held = find(&pdf[from..], format!("<{}", "f".repeat(ROOM)).as_bytes());
    let Some(start) = held.map(|at| from + at) else {
        return pdf;
    };
    let end = start + ROOM + 2;
    if let Some(at) = find(&pdf[from..], HELD.as_bytes()).map(|at| from + at) {
        let range = format!("{start} {end} {}", pdf.len() - end);
        let range = format!("{range:<width$}", width = HELD.len());
        pdf[at..at + HELD.len()].copy_from_slice(range.as_bytes());
    }
    let mut hash = Sha256::new();
    hash.update(&pdf[..start]);
    hash.update(&pdf[end..]);
    fill(&mut pdf[start + 1..end - 1], &cms(&hash.finalize()));
    pdf
}

/// Writes bytes in hexadecimal digits and zeros behind them.
pub(super) fn fill(place: &mut [u8], bytes: &[u8]) {
    place.fill(b'0');
    for (at, byte) in bytes.iter().enumerate() {
        place[2 * at..2 * at + 2].copy_from_slice(format!("{byte:02x}").as_bytes());
    }
}

/// Where the newest signature stands, with its brackets.
pub(super) fn contents(pdf: &[u8]) -> std::ops::Range<usize> {
    let start = find_last(pdf, b"/Contents").unwrap();
    let start = start + find(&pdf[start..], b"<").unwrap();
    start..start + find(&pdf[start..], b">").unwrap() + 1
}

/// Appends what proves the certificates.
pub(super) fn evidence(pdf: &[u8], certificates: &[Vec<u8>], lists: &[Vec<u8>]) -> Vec<u8> {
    let first = size(pdf);
    let both = [certificates, lists].concat();
    let mut objects: Vec<_> = (first..)
        .zip(&both)
        .map(|(id, bytes)| (id, stream("", bytes)))
        .collect();
    let store = first + both.len();
    let refs = |range: std::ops::Range<usize>| {
        range
            .map(|id| format!("{id} 0 R "))
            .collect::<Vec<_>>()
            .concat()
    };
    let middle = first + certificates.len();
    let (certs, crls) = (refs(first..middle), refs(middle..store));
    let dict = format!("<</Type/DSS/Certs[{certs}]/CRLs[{crls}]>>");
    objects.push((store, dict.into_bytes()));
    let root = object_with(pdf, b"/Type /Catalog");
    let before = body(pdf, root);
    let open = &before[..find_last(&before, b">>").unwrap()];
    objects.push((
        root,
        [open, format!("/DSS {store} 0 R>>").as_bytes()].concat(),
    ));
    append(pdf, &objects)
}
