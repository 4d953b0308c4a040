//! What can be seen of a file that is not one of ours. None of it is checked.

use std::io::Read as _;

use ::cms::cert::CertificateChoices;
use ::cms::content_info::ContentInfo;
use ::cms::signed_data::{SignedData, SignerIdentifier};
use der::Decode;
use flate2::read::ZlibDecoder;
use serde::Serialize;

use super::chain;
use crate::documents::keys;

/// More signatures are not looked at.
const MOST_SIGNATURES: usize = 100;
/// More packed lists of objects are not opened.
const MOST_LISTS: usize = 200;
/// How far around a byte range its signature is looked for.
const NEAR: usize = 200_000;
/// What packed lists of objects may come to.
const MOST_BYTES: u64 = 24 << 20;

/// A file of somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Foreign {
    /// Whether it is a PDF at all.
    pub pdf: bool,
    /// How many pages seem to be in it; 0 where they cannot be counted.
    pub pages: usize,
    pub signatures: Vec<Unverified>,
}

/// A signature that is there, and may be false.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unverified {
    /// The name in the certificate, where it can be read.
    pub name: Option<String>,
    /// Whether something was added to the file after it.
    pub followed: bool,
}

/// With which words every paper of ours says where it can be checked, and calls its places to sign.
const OURS: [&[u8]; 7] = [
    b"/T (archive-timestamp)",
    b"/T (party-",
    b"/T (mediator",
    b"/T (member-",
    b"/T (judge",
    b"/T (clerk",
    b"/T (seal",
];
/// Digits of the address at which one can be checked.
const DIGITS: usize = 32;

/// Whether there is nothing in a whole file by which it could have been one of ours before somebody changed it.
pub(super) fn is_strange(bytes: &[u8]) -> bool {
    let whole = bytes.trim_ascii_end().ends_with(b"%%EOF");
    whole && !slashes(bytes).any(|at| bytes.get(at..).is_some_and(is_of_ours))
}

fn is_of_ours(rest: &[u8]) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    let address = rest.strip_prefix(b"/v/").and_then(|id| id.get(..DIGITS));
    address.is_some_and(|id| id.iter().all(digit)) || OURS.iter().any(|word| rest.starts_with(word))
}

pub(super) fn look_at(bytes: &[u8]) -> Foreign {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let mut seen = Foreign {
        pdf: head.windows(5).any(|window| window == b"%PDF-"),
        pages: 0,
        signatures: Vec::new(),
    };
    if !seen.pdf {
        return seen;
    }
    let (mut left, mut lists) = (MOST_BYTES, 0);
    for at in slashes(bytes) {
        let rest = bytes.get(at..).unwrap_or_default();
        if is_page(rest) {
            seen.pages += 1;
        } else if rest.starts_with(b"/ObjStm") && lists < MOST_LISTS {
            lists += 1;
            let unpacked = unpacked(rest, left);
            left = left.saturating_sub(u64::try_from(unpacked.len()).unwrap_or(u64::MAX));
            seen.pages += slashes(&unpacked)
                .filter(|at| unpacked.get(*at..).is_some_and(is_page))
                .count();
        } else if rest.starts_with(b"/ByteRange") && seen.signatures.len() < MOST_SIGNATURES {
            seen.signatures.extend(signature(bytes, at));
        }
    }
    seen
}

fn slashes(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let slash = |(at, byte): (usize, &u8)| (*byte == b'/').then_some(at);
    bytes.iter().enumerate().filter_map(slash)
}

fn is_page(rest: &[u8]) -> bool {
    let kind = rest.strip_prefix(b"/Type").map(<[u8]>::trim_ascii_start);
    let after = kind.and_then(|kind| kind.strip_prefix(b"/Page"));
    after.is_some_and(|after| {
        after
            .first()
            .is_none_or(|byte| !byte.is_ascii_alphanumeric())
    })
}

/// The packed list of objects whose dictionary has begun here.
fn unpacked(rest: &[u8], limit: u64) -> Vec<u8> {
    let near = rest.get(..rest.len().min(1024)).unwrap_or_default();
    let word = b"stream";
    let at = near.windows(word.len()).position(|window| window == word);
    let packed = at
        .and_then(|at| rest.get(at + word.len()..))
        .unwrap_or_default();
    let packed = packed.get(..packed.len().min(NEAR)).unwrap_or_default();
    let mut bytes = Vec::new();
    let mut reader = ZlibDecoder::new(packed.trim_ascii_start()).take(limit);
    // What comes before a flaw was unpacked all the same, and is counted.
    let _flaw = reader.read_to_end(&mut bytes).err();
    bytes
}

/// The signature around a byte range, if it covers anything.
fn signature(bytes: &[u8], at: usize) -> Option<Unverified> {
    let after = bytes.get(at..)?.strip_prefix(b"/ByteRange")?;
    let list = after.trim_ascii_start().strip_prefix(b"[")?;
    let list = list.get(..list.iter().take(100).position(|byte| *byte == b']')?)?;
    let list = std::str::from_utf8(list).ok()?;
    let numbers: Option<Vec<usize>> = list
        .split_whitespace()
        .map(|one| one.parse().ok())
        .collect();
    let [_, _, start, length] = numbers?.try_into().ok()?;
    let end = start.checked_add(length)?;
    let from = at.saturating_sub(NEAR);
    let around = bytes.get(from..bytes.len().min(at + NEAR))?;
    Some(Unverified {
        name: name(around, at - from),
        followed: end < bytes.len(),
    })
}

/// The name of whoever made the signature nearest to a place.
fn name(around: &[u8], at: usize) -> Option<String> {
    let word = b"/Contents";
    let places = slashes(around).filter(|place| {
        let rest = around
            .get(*place..)
            .and_then(|rest| rest.strip_prefix(word));
        rest.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"<"))
    });
    let place = places.min_by_key(|place| place.abs_diff(at))?;
    let rest = around.get(place + word.len()..)?.trim_ascii_start();
    let digits = rest.get(1..rest.iter().position(|byte| *byte == b'>')?)?;
    let digit = |byte: &u8| {
        char::from(*byte)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    let pair = |pair: &[u8]| Some(digit(pair.first()?)? << 4 | digit(pair.get(1)?)?);
    let der: Vec<u8> = digits.chunks_exact(2).map(pair).collect::<Option<_>>()?;
    signer(der.get(..super::signature::der_length(&der)?)?)
}

fn signer(cms: &[u8]) -> Option<String> {
    let info = ContentInfo::from_der(cms).ok()?;
    let data: SignedData = info.content.decode_as().ok()?;
    let SignerIdentifier::IssuerAndSerialNumber(id) = &data.signer_infos.0.as_slice().first()?.sid
    else {
        return None;
    };
    let own = |choice: &CertificateChoices| match choice {
        CertificateChoices::Certificate(one) => {
            let tbs = one.tbs_certificate();
            (*tbs.serial_number() == id.serial_number && *tbs.issuer() == id.issuer)
                .then(|| chain::attribute(tbs.subject(), keys::name::COMMON))?
        }
        CertificateChoices::Other(_) => None,
    };
    data.certificates.as_ref()?.0.iter().find_map(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_is_described_and_nothing_is_promised() {
        let file = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj 2 0 obj<</Type /Pages>>endobj \
            3 0 obj<</Type /Page /A 1>>endobj 4 0 obj<</ByteRange[0 10 20 30]/Contents<00>>>endobj\n%%EOF";
        let seen = look_at(file);
        assert!(seen.pdf);
        assert_eq!(seen.pages, 2);
        let unnamed = Unverified {
            name: None,
            followed: true,
        };
        assert_eq!(seen.signatures, [unnamed]);
        assert!(!look_at(b"<html>/Type/Page").pdf);
    }
}
