//! The signing act: a `PAdES` signature of one signer, appended to what was there without touching a byte of it. After the
//! last one come what proves the certificates and a timestamp over all (B-LTA, ETSI EN 319 142-1).

mod appearance;
mod archive;
pub(super) mod cms;
mod detached;
mod increment;
pub(super) mod makers;
mod seal;
pub(super) mod stamp;
mod strokes;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use self::makers::{Makers, Order, Purpose};
use super::DocumentError;
use super::keys::{Authority, KeyError, Signer};
use super::outside::OutsideError;
use super::syntax::{Dict, Flaw, PdfFile, Value};
use crate::clock::Clock;

pub use detached::sign_beside;
pub use strokes::Strokes;

/// What a signature looks like on the paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    /// As drawn by hand.
    Strokes(Strokes),
    /// The name as text, for those who cannot or do not want to draw.
    Typed(String),
    /// The round red seal of an organisation with its name.
    Seal(String),
}

/// One signature to be made.
#[derive(Debug, Clone)]
pub struct Signing<'a> {
    /// The name of a field of the base revision that nobody has signed.
    pub field: &'a str,
    pub signer: &'a Signer,
    pub look: &'a Look,
    /// What the signer agreed to, in words.
    pub reason: &'a str,
    pub now: Timestamp,
}

/// Why a paper was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    #[error("the paper is not whole: {0}")]
    Damaged(String),
    #[error("the paper has no field {0:?}")]
    UnknownField(String),
    #[error("the field {0:?} is signed already")]
    AlreadySigned(String),
    #[error("the place {0:?} is somebody else's")]
    OtherName(String),
    #[error("nothing was drawn")]
    NothingDrawn,
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Nothing is lost: the same may be asked for again.
    #[error(transparent)]
    Outside(#[from] OutsideError),
    #[error("signature: {0}")]
    Der(#[from] der::Error),
    #[error("the signature of {0} bytes does not fit its place")]
    TooLong(usize),
}

impl From<Flaw> for SignError {
    fn from(flaw: Flaw) -> Self {
        Self::Damaged(flaw.to_string())
    }
}

/// Signs a paper in one field; the result begins with all the bytes that were there. With its last field signed, the
/// paper is closed for its archive.
///
/// The key of a person is made here and destroyed here; an organisation has one for its seal. A paper whose structure is not whole is refused.
///
/// # Errors
/// See [`SignError`]; nothing is kept of a failed attempt.
pub fn sign(
    paper: &[u8],
    signing: &Signing<'_>,
    authority: &Authority,
    clock: &Clock,
) -> Result<Vec<u8>, SignError> {
    let file = PdfFile::parse(paper)?;
    if let Some(problem) = super::verify::shape(&file).first() {
        return Err(SignError::Damaged(problem.code.name().to_owned()));
    }
    let (id, field) = find_field(&file, signing.field)?;
    if field.get("V").is_some() {
        return Err(SignError::AlreadySigned(signing.field.to_owned()));
    }
    // Whoever is called otherwise since the paper was written would put another name where it names them.
    let of = signing.signer.organisation.as_deref();
    if !super::verify::fits(&field, &signing.signer.name, of) {
        return Err(SignError::OtherName(signing.field.to_owned()));
    }
    let makers = Makers::of(authority, clock);
    let begun = makers.signer().begin(&Order {
        subject: signing.signer,
        purpose: match signing.look {
            Look::Seal(_) => Purpose::Seal,
            Look::Strokes(_) | Look::Typed(_) => Purpose::Signature,
        },
        file: &Sha256::digest(paper).into(),
        now: signing.now,
    })?;
    let stamper = makers.stamper();
    let room = cms::length(&begun, stamper)? + SPARE;
    let mut update = increment::Increment::new(&file);
    let appearance = update.number();
    let signature = update.number();
    let size = extent(&field).ok_or_else(|| SignError::UnknownField(signing.field.to_owned()))?;
    update.add(
        appearance,
        &appearance::object(appearance, size, signing.look, signing.now)?,
    );
    update.add(signature, &signature_object(signature, signing, room));
    update.add(id, &field_object(id, field, signature, appearance));
    let signed = update.finish();
    let signed = seal_bytes(signed, paper.len(), room, |digest| {
        cms::sign(begun, digest, (stamper, signing.now))
    })?;
    if super::verify::unsigned(&PdfFile::parse(&signed)?).is_empty() {
        return archive::close(&signed, authority, (signing.now, clock));
    }
    Ok(signed)
}

/// What a signature may be longer than it was measured: the attribute around its timestamp, and longer lengths with it.
const SPARE: usize = 64;

/// The names of the fields nobody has signed, the archive timestamp not among them.
pub fn unsigned_fields(paper: &[u8]) -> Result<Vec<String>, SignError> {
    let file = PdfFile::parse(paper)?;
    Ok(super::verify::unsigned(&file))
}

fn find_field(file: &PdfFile<'_>, name: &str) -> Result<(u32, Dict), SignError> {
    super::verify::fields(file)
        .into_iter()
        .find(|(_, field)| field.text("T").as_deref() == Some(name))
        .map(|(id, field)| (id, field.clone()))
        .ok_or_else(|| SignError::UnknownField(name.to_owned()))
}

/// Width and height of a widget.
fn extent(field: &Dict) -> Option<(f32, f32)> {
    let number = |value: &Value| match value {
        Value::Integer(number) => number.to_string().parse::<f32>().ok(),
        Value::Real(digits) => digits.parse::<f32>().ok(),
        _ => None,
    };
    let edges: Vec<f32> = field.array("Rect")?.iter().filter_map(number).collect();
    match edges.as_slice() {
        [left, bottom, right, top] => Some((right - left, top - bottom)),
        _ => None,
    }
}

fn field_object(id: u32, mut field: Dict, signature: u32, appearance: u32) -> Vec<u8> {
    let mut looks = Dict::default();
    looks.set("N", Value::Ref(appearance));
    field.set("AP", Value::Dict(looks));
    field.set("V", Value::Ref(signature));
    object(id, &field)
}

/// The signature dictionary; the place of the CMS is filled with `ff`, the byte range with the widest numbers.
fn signature_object(id: u32, signing: &Signing<'_>, room: usize) -> Vec<u8> {
    let mut dict = held("Sig", "ETSI.CAdES.detached", room);
    dict.set("M", Value::Text(increment::date(signing.now).into_bytes()));
    dict.set("Name", Value::text(&signing.signer.name));
    dict.set("Reason", Value::text(signing.reason));
    object(id, &dict)
}

/// A signature dictionary with the places that are filled in at last.
fn held(kind: &str, format: &str, room: usize) -> Dict {
    let mut dict = Dict::default();
    dict.set("Type", Value::name(kind));
    dict.set("Filter", Value::name("Adobe.PPKLite"));
    dict.set("SubFilter", Value::name(format));
    let widest = Value::Integer(increment::WIDEST);
    dict.set(
        "ByteRange",
        Value::Array(vec![
            Value::Integer(0),
            widest.clone(),
            widest.clone(),
            widest,
        ]),
    );
    dict.set("Contents", Value::Text(vec![0xFF; room]));
    dict
}

fn object(id: u32, dict: &Dict) -> Vec<u8> {
    let mut out = format!("{id} 0 obj\n").into_bytes();
    dict.write(&mut out);
    out.extend(b"\nendobj\n\n");
    out
}

/// Fills in the byte range and what `made` makes over everything but itself.
fn seal_bytes(
    mut bytes: Vec<u8>,
    from: usize,
    room: usize,
    made: impl FnOnce(&[u8]) -> Result<Vec<u8>, SignError>,
) -> Result<Vec<u8>, SignError> {
    let gap = increment::set_byte_range(&mut bytes, from, room)
        .ok_or_else(|| SignError::Damaged("contents".to_owned()))?;
    let mut hash = Sha256::new();
    hash.update(&bytes[..gap.start]);
    hash.update(&bytes[gap.end..]);
    let signature = made(&hash.finalize())?;
    if signature.len() > room {
        return Err(SignError::TooLong(signature.len()));
    }
    let digits = super::syntax::hex(&signature);
    let place = &mut bytes[gap.start + 1..gap.end - 1];
    place.fill(b'0');
    place[..digits.len()].copy_from_slice(digits.as_bytes());
    Ok(bytes)
}
