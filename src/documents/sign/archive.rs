//! Closing a paper for its archive: the certificates and what was taken back of them (DSS), then a timestamp over all, so
//! that it can be checked when every certificate has run out.

use jiff::Timestamp;

use super::increment::Increment;
use super::{SPARE, SignError, find_field, held, object, seal_bytes, stamp};
use crate::clock::Clock;
use crate::documents::keys::Authority;
use crate::documents::pdf::ARCHIVE_FIELD;
use crate::documents::syntax::{Dict, PdfFile, Value, hex};

pub(super) fn close(
    paper: &[u8],
    authority: &Authority,
    at: (Timestamp, &Clock),
) -> Result<Vec<u8>, SignError> {
    let evident = evidence(paper, authority, at.0)?;
    stamped(&evident, authority, at)
}

/// Adds the roots and their lists; the certificates of the signers lie in the signatures.
fn evidence(paper: &[u8], authority: &Authority, now: Timestamp) -> Result<Vec<u8>, SignError> {
    let file = PdfFile::parse(paper)?;
    let root = file.root();
    let (root, mut catalog) = root
        .and_then(|id| Some((id, file.newest(id)?.clone())))
        .ok_or_else(|| SignError::Damaged("root".to_owned()))?;
    let mut update = Increment::new(&file);
    let mut streams = |all: Vec<Vec<u8>>| {
        let one = |bytes: &Vec<u8>| {
            let id = update.number();
            update.add(id, &stream(id, bytes));
            Value::Ref(id)
        };
        Value::Array(all.iter().map(one).collect())
    };
    let mut store = Dict::default();
    store.set("Type", Value::name("DSS"));
    // A paper names no generation on which it does not rest, so that it can be checked without that one.
    let proofs = authority.evidence(now)?;
    let used = proofs.into_iter().filter(|it| rests_on(paper, &it.root));
    let (roots, lists) = used.map(|it| (it.root, it.list)).unzip();
    store.set("Certs", streams(roots));
    store.set("CRLs", streams(lists));
    let id = update.number();
    update.add(id, &object(id, &store));
    catalog.set("DSS", Value::Ref(id));
    update.add(root, &object(root, &catalog));
    Ok(update.finish())
}

/// Every signature brings the certificates of its issuers along.
fn rests_on(paper: &[u8], root: &[u8]) -> bool {
    let digits = hex(root);
    let mut windows = paper.windows(digits.len());
    windows.any(|window| window == digits.as_bytes())
}

fn stream(id: u32, bytes: &[u8]) -> Vec<u8> {
    let header = format!("{id} 0 obj\n<</Length {}>>\nstream\n", bytes.len());
    [header.as_bytes(), bytes, b"\nendstream\nendobj\n\n"].concat()
}

fn stamped(
    paper: &[u8],
    authority: &Authority,
    at: (Timestamp, &Clock),
) -> Result<Vec<u8>, SignError> {
    let file = PdfFile::parse(paper)?;
    let (id, mut field) = find_field(&file, ARCHIVE_FIELD)?;
    if field.get("V").is_some() {
        return Err(SignError::AlreadySigned(ARCHIVE_FIELD.to_owned()));
    }
    let stamp = authority.stamp()?;
    let made = |digest: &[u8]| stamp::token(&stamp, digest, at);
    let room = made(&[0; 32])?.len() + SPARE;
    let mut update = Increment::new(&file);
    let value = update.number();
    let dict = held("DocTimeStamp", "ETSI.RFC3161", room);
    update.add(value, &object(value, &dict));
    field.set("V", Value::Ref(value));
    update.add(id, &object(id, &field));
    seal_bytes(update.finish(), paper.len(), room, |digest| {
        Ok(made(digest)?)
    })
}
