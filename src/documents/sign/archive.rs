//! Closing a paper for its archive: the certificates and what was taken back of them (DSS), then a timestamp over all, so
//! that it can be checked when every certificate has run out.

use der::Encode;
use jiff::Timestamp;
use x509_cert::Certificate;

use super::increment::Increment;
use super::makers::{Makers, Timestamper};
use super::{SPARE, SignError, find_field, held, object, seal_bytes};
use crate::clock::Clock;
use crate::documents::keys::{Authority, Name};
use crate::documents::pdf::ARCHIVE_FIELD;
use crate::documents::syntax::{Dict, PdfFile, Value, hex};
use crate::documents::verify;

pub(super) fn close(
    paper: &[u8],
    authority: &Authority,
    at: (Timestamp, &Clock),
) -> Result<Vec<u8>, SignError> {
    let closed = loop {
        let (evident, stamping) = evidence(paper, authority, at.0)?;
        let closed = stamped(&evident, authority, at)?;
        // Somebody may make the next root between the two: then what proves the timestamp is not in it.
        if authority.stamp()?.certificate.tbs_certificate().issuer() == &stamping {
            break closed;
        }
    };
    if authority.outside().is_there() {
        holds(&closed, authority)?;
    }
    Ok(closed)
}

/// What came from elsewhere is in it for good: a paper that we would refuse ourselves is not handed out.
fn holds(closed: &[u8], authority: &Authority) -> Result<(), SignError> {
    let report = verify::run(closed, &authority.roots()?);
    // In which words the house writes is its own affair.
    let mut problems = report.problems.iter();
    match problems.find(|it| it.code != verify::Code::Wording) {
        Some(problem) => Err(SignError::Damaged(problem.code.name().to_owned())),
        None => Ok(()),
    }
}

/// Adds the roots and their lists, and says who is to vouch for the archive timestamp; the certificates of the signers lie in the
/// signatures.
fn evidence(
    paper: &[u8],
    authority: &Authority,
    now: Timestamp,
) -> Result<(Vec<u8>, Name), SignError> {
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
    let stamps = authority.stamp()?;
    let stamping = stamps.certificate.tbs_certificate().issuer();
    let used =
        |root: &Certificate| root.tbs_certificate().subject() == stamping || names(paper, root);
    let (mut roots, mut lists) = (Vec::new(), Vec::new());
    for proof in authority.evidence(now)? {
        if used(&proof.root) {
            roots.push(proof.root.to_der()?);
            lists.push(proof.list);
        }
    }
    let theirs = authority.outside();
    let theirs = theirs.evidence(now, |root| names(paper, root))?;
    store.set("Certs", streams([roots, theirs.roots].concat()));
    store.set("CRLs", streams([lists, theirs.lists].concat()));
    let id = update.number();
    update.add(id, &object(id, &store));
    catalog.set("DSS", Value::Ref(id));
    update.add(root, &object(root, &catalog));
    Ok((update.finish(), stamping.clone()))
}

/// Whether a certificate in the paper names this issuer; the generations of one authority have different names, and of two of one
/// name both go in.
fn names(paper: &[u8], issuer: &Certificate) -> bool {
    issuer
        .tbs_certificate()
        .subject()
        .to_der()
        .is_ok_and(|subject| {
            let digits = hex(&subject);
            let mut windows = paper.windows(digits.len());
            windows.any(|window| window == digits.as_bytes())
        })
}

fn stream(id: u32, bytes: &[u8]) -> Vec<u8> {
    let header = format!("{id} 0 obj\n<</Length {}>>\nstream\n", bytes.len());
    [header.as_bytes(), bytes, b"\nendstream\nendobj\n\n"].concat()
}

fn stamped(
    paper: &[u8],
    authority: &Authority,
    (now, clock): (Timestamp, &Clock),
) -> Result<Vec<u8>, SignError> {
    let file = PdfFile::parse(paper)?;
    let (id, mut field) = find_field(&file, ARCHIVE_FIELD)?;
    if field.get("V").is_some() {
        return Err(SignError::AlreadySigned(ARCHIVE_FIELD.to_owned()));
    }
    let makers = Makers::of(authority, clock);
    // Only with what proves it in the paper already may a timestamp from elsewhere close it.
    let theirs = authority.outside().stamps(|root| names(paper, root));
    let stamper: &dyn Timestamper = if theirs {
        makers.stamper()
    } else {
        &makers.own
    };
    let room = stamper.length()? + SPARE;
    let mut update = Increment::new(&file);
    let value = update.number();
    let dict = held("DocTimeStamp", "ETSI.RFC3161", room);
    update.add(value, &object(value, &dict));
    field.set("V", Value::Ref(value));
    update.add(id, &object(id, &field));
    seal_bytes(update.finish(), paper.len(), room, |digest| {
        stamper.stamp(digest, now)
    })
}
